/* sync.h: events, mutexes, semaphores and timers, between sync.c and wait.c. */
#ifndef HAFT_SRC_MODEL_SYNC_H
#define HAFT_SRC_MODEL_SYNC_H

#include "port/model/model.h"

typedef struct haft__m_sync {
    haft__m_named_object base;
    bool manual;             /* event, timer: stays set after a wait */
    bool set;                /* event, timer */
    int32_t count, maximum;  /* semaphore; a mutex's count is how often its owner has it */
    uint32_t owner;          /* mutex: the thread's number, 0 when free */
    bool abandoned;          /* mutex: its owner ended */
    struct haft__m_sync *next_owned;
} haft__m_sync;

void haft__m_mutex_take(haft__m_sync *mutex, uint32_t thread_number);

#endif
