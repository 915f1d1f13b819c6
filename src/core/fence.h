/* fence.h: what a call into code of somebody else's leaves behind.
 *
 * The handles of one type that are open after the call, were not before, and are nobody's in the ledger. Limits: a handle
 * that another thread opens meanwhile, in code that Haft does not see, looks the same; so a fence gives candidates, and its
 * user must prove which is the one. Opens and closes that Haft does see are held off by the gate while it looks and judges.
 * Where code that Haft does not see closes a handle meanwhile, and the call is given its value, what the call left is not
 * seen at all.
 */
#ifndef HAFT_SRC_FENCE_H
#define HAFT_SRC_FENCE_H

#include "core/gate.h"
#include "port/port.h"

/* A handle that was open before. */
typedef struct haft__before {
    uint64_t handle;
    uint64_t tag; /* the ledger's word for it; not LIVE: nobody's */
} haft__before;

typedef struct haft__fence {
    haft__object_type type;
    haft__before *before; /* sorted */
    size_t count;
    uint64_t since; /* when it began, in the port's time */
    bool open;      /* false: the system could not be asked, before or after; there are no candidates then */
} haft__fence;

void haft__fence_begin(haft__fence *f, haft__object_type type);

/* The candidates: at most cap of them in list; gives back how many there are. The gate is held. Ends the fence.
 * *ret_doubt: whether one of them is a value that somebody had before or meanwhile and nobody has now: let go by its owner, or
 * closed and handed out again, this time to the call. Then none of them is proved. */
size_t haft__fence_end(haft__fence *f, uint64_t *list, size_t cap, bool *ret_doubt);

/* Ends the fence without asking: the call has left nothing. */
void haft__fence_drop(haft__fence *f);

#endif
