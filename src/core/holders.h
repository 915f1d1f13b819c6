/* holders.h: who holds a SHARED handle.
 *
 * Every holder has a number of its own, so a copy of a holder's wrapper that is closed a second time finds its number gone
 * and takes nothing from the others. Sharing takes one lock; tracking does not come here, but for classes whose values the
 * system hands out many times (modules), where every opening is a holder.
 */
#ifndef HAFT_SRC_HOLDERS_H
#define HAFT_SRC_HOLDERS_H

#include "core/ledger.h"

struct haft__holders;

/* The number of the last holder, as a tag has it; when they are used up there are no more holders. Under the holders' lock. */
extern uint64_t haft__holders_number;

/* The life `tag`, which has one owner, becomes SHARED, with so many holders: one or two. HAFT_E_STALE, HAFT_E_NOMEM, HAFT_E_LIMIT:
 * nothing changed, but for what is in ret. */
haft_status haft__share_start(haft__place place, uint64_t tag, uint64_t *ret, int count);

/* One holder more, on the word of the one whose tag this is. */
haft_status haft__share_join(haft__place place, uint64_t holder, uint64_t *ret);

/* A new opening of a value that the system hands out many times: its first holder, or one more. A life of another kind that is
 * there goes or stays as haft__begin_life has it, and comes back in *was. */
haft_status haft__share_open(haft__place place, const haft__birth *birth, uint64_t *ret, haft__life *was);

/* The holder goes: HAFT_OK. What the entry said is in *was. *ret_close: nobody is left for the opening that was his: the
 * system is to close it, and was->identity is the opening's own. With the last holder the life has ended. HAFT_E_STALE. */
haft_status haft__share_leave(haft__place place, uint64_t holder, uint32_t closed, bool *ret_close, haft__life *was);

/* One of those that a shim opened goes, with his opening: the system is to close it. *was as above. HAFT_E_STALE: not SHARED;
 * HAFT_E_NOT_OWNER: all holders are wrappers. */
haft_status haft__share_leave_raw(haft__place place, uint32_t closed, haft__life *was);

/* The only holder becomes the one owner, by another tag than any owner before: *ret. HAFT_E_STALE; HAFT_E_NOT_OWNER: there are
 * others; HAFT_E_LIMIT: there is no such tag left. */
haft_status haft__share_return(haft__place place, uint64_t holder, uint32_t owner, uint64_t *ret);

/* Whether this holder holds. */
bool haft__share_holds(haft__place place, uint64_t holder);

/* Ends the SHARED life that has this word, for code out of sight has closed its value: was->holders are the caller's to forget.
 * False: the life changed meanwhile. */
bool haft__share_end(haft__entry *e, uint64_t word, haft__life *was);

/* Frees such holders, and gives up what their openings count on. */
void haft__share_forget(struct haft__holders *holders);

#endif
