/* guard.c: opens held off while a recovery judges. */
#include "types/guard.h"

#include "core/gate.h"

bool haft__guard_hold(haft_quirk quirk) {
    bool held = haft_quirk_active(quirk);
    if (held) haft__gate_lock();
    return held;
}

void haft__guard_let(bool held) {
    if (held) haft__gate_unlock();
}
