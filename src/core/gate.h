/* gate.h: what holds opens and closes off while a fence judges which handle a call has left. */
#ifndef HAFT_SRC_GATE_H
#define HAFT_SRC_GATE_H

#include "base/compiler.h"

#include <haft/class.h>

/* Held by whoever opens handles of a fenced type, from before the system's call until they are tracked, and by whoever
 * judges. A thread may take it again: a sink that is told of something meanwhile may open handles too. */
void haft__gate_lock(void);
void haft__gate_unlock(void);

/* From the first fence on, closes of what a fence may look for take the gate too. */
void haft__gate_arm(void);

/* Before a handle's entry ends, by whoever closes it: once fences are in use, and if the class is one that they may look for,
 * the gate is held until haft__gate_closed, lest what is out of the ledger and still open be taken for leaked, or its value
 * for one that was open all the time. */
bool haft__gate_close_armed(void);
static inline bool haft__gate_close(uint32_t class_id) {
    bool fenced = class_id == HAFT_CLASS_TOKEN || class_id == HAFT_CLASS_THREAD || class_id == HAFT_CLASS_HANDLE;
    return HAFT__UNLIKELY(fenced) && haft__gate_close_armed();
}
static inline void haft__gate_closed(bool held) {
    if (HAFT__UNLIKELY(held)) haft__gate_unlock();
}

#endif
