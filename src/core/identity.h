/* identity.h: the objects behind named handles, and how often each is open.
 *
 * An opening counts on the identity of the name that it was asked for. The system may know the object by another name (a
 * link, another root): it is asked once for each name not seen before, and from then on the name leads to the true one's
 * count. So a reopen costs one look-up and no question to the system, and all names of one object share one count.
 *
 *   reserve, open, (settle or attach), track ... release          a name's life, seen from one handle
 */
#ifndef HAFT_SRC_IDENTITY_H
#define HAFT_SRC_IDENTITY_H

#include "core/ledger.h"

#include <haft/status.h>

typedef struct haft__identity haft__identity;

/* A name to count on. It is in canonical form: UTF-8, ASCII letters in capitals. */
typedef struct haft__claim {
    uint32_t class_id; /* keeps the names of different kinds apart */
    const char *name;
    size_t length;
    uint32_t bound; /* 0: none */
    bool is_true;   /* no other name leads to this object: nothing to settle */
} haft__claim;

/* Counts one more open of a name, before it is made. HAFT_OK: *ret counts it, and *ret_settled says whether the true name is known.
 * HAFT_E_LIMIT: *ret_live are open already; nothing was counted. HAFT_E_NOMEM. */
haft_status haft__identity_reserve(const haft__claim *claim, haft__identity **ret, bool *ret_settled, uint32_t *ret_live);

/* An unsettled reservation, once the open is made and the system has told the true name (NULL: it cannot). The caller has
 * held the resolve lock since before the open, so no more than one open at a time is counted nowhere but in the system.
 * HAFT_E_LIMIT, HAFT_E_NOMEM: the reservation is given up, and the open must be undone. */
haft_status haft__identity_settle(haft__identity *id, const char *true_name, size_t length, uint32_t bound, uint32_t *ret_live);

/* An unsettled reservation, under the resolve lock and before the open. True: another thread has settled the name meanwhile, and
 * *ret_status is HAFT_OK, or HAFT_E_LIMIT with the reservation given up. False: it is still to be settled. */
bool haft__identity_attach(haft__identity *id, uint32_t bound, haft_status *ret_status, uint32_t *ret_live);
void haft__resolve_lock(void);
void haft__resolve_unlock(void);

/* One open fewer; the identity may be gone afterwards. NULL is ignored. */
void haft__identity_release(haft__identity *id);
/* The same for a reservation that was neither settled nor attached. */
void haft__identity_unreserve(haft__identity *id);

/* The object's true name, terminated, and its length; 0 when `place` no longer holds the life `tag`, which counts on the
 * identity. */
size_t haft__identity_name(haft__identity *id, haft__place place, uint64_t tag, char *text, size_t size);

/* Live opens of the object; `place` and `tag` as above. */
uint32_t haft__identity_opens(haft__identity *id, haft__place place, uint64_t tag);

#endif
