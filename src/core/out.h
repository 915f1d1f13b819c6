/* out.h: wrappers whose raw value an API writes: haft_T_out.
 *
 * The API gets the address of the wrapper's own raw value, and says nothing when it is done: so the wrapper is marked, and the next
 * function that is given it makes of the value what it is. Until then the handle is not in the ledger.
 *
 * The mark is a tag of the owner OUT: in place of the generation it has the site, the slot's size, whether it is signed, and a
 * pattern that tells it from rubbish.
 */
#ifndef HAFT_SRC_OUT_H
#define HAFT_SRC_OUT_H

#include "core/tag.h"

#define HAFT__OUT_PATTERN UINT64_C(0x2D35)
#define HAFT__OUT_PATTERN_SHIFT 49

static inline bool haft__is_out(const haft_hold *h) {
    return haft__tag_owner(h->tag) == HAFT__OWNER_OUT && h->tag >> HAFT__OUT_PATTERN_SHIFT == HAFT__OUT_PATTERN;
}

/* The wrapper is USER; empty, where the slot holds none; BORROWED, with a finding, where another wrapper owns the value; empty,
 * with a finding, where it is of another class; USER of generation 0, with a finding, where there is no memory to track it. */
void haft__out_settle(haft_hold *h, haft_class *c);

#endif
