/* gate.c: one lock, that a thread may take again. */
#include "core/gate.h"

#include "base/atomic.h"
#include "base/lock.h"

static haft__mutex gate = HAFT__MUTEX(HAFT__RANK_GATE);
HAFT__FORK_SAFE(&gate, 1, 0)

static haft__aptr gate_holder; /* a thread's mark; NULL: nobody */
static uint32_t gate_depth;    /* the holder's alone */

void haft__gate_lock(void) {
    void *me = haft__thread_mark();
    if (haft__loadptr(&gate_holder) != me) {
        haft__lock(&gate);
        haft__storeptr(&gate_holder, me);
    }
    gate_depth++;
}

void haft__gate_unlock(void) {
    if (--gate_depth) return;
    haft__storeptr(&gate_holder, NULL);
    haft__unlock(&gate);
}

static haft__a32 armed;

void haft__gate_arm(void) { haft__store32(&armed, 1); }

bool haft__gate_close_armed(void) {
    if (!haft__load32(&armed)) return false;
    haft__gate_lock();
    return true;
}
