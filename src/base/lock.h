/* lock.h: mutexes with ranks, and the host's threads for the NT model.
 *
 * A mutex is static and never destroyed. It keeps errno and GetLastError(). Each has a rank; a thread
 * takes them only in rising order, and a build with HAFT_DEBUG aborts where one does not.
 */
#ifndef HAFT_SRC_LOCK_H
#define HAFT_SRC_LOCK_H

#include "base/atomic.h"

#if defined(HAFT_POSIX)
#include <pthread.h>
#endif

/* ORDER RANK: from what is taken first to what is taken last. */
typedef enum haft__rank {
    HAFT__RANK_GATE = 1, /* fence: opens held off while a call's leavings are judged */
    HAFT__RANK_RESOLVE,  /* identity: one open of a name not seen before at a time */
    HAFT__RANK_IDENTITY, /* a shard of the identities */
    HAFT__RANK_LEDGER,   /* a shard of the hashed table */
    HAFT__RANK_SHARE,    /* the holders of shared handles */
    HAFT__RANK_SITE,     /* the table of sites */
    HAFT__RANK_SETTINGS, /* sink, user classes */
    HAFT__RANK_MODEL     /* the NT model: a system, so below everything */
} haft__rank;

typedef struct haft__mutex {
#if defined(HAFT_POSIX)
    pthread_mutex_t host;
#else
    haft__aptr word; /* NULL: free */
#endif
    haft__rank rank;
} haft__mutex;
#if defined(HAFT_POSIX)
#define HAFT__MUTEX(rank) { PTHREAD_MUTEX_INITIALIZER, rank }
#else
#define HAFT__MUTEX(rank) { { NULL }, rank }
#endif

void haft__lock(haft__mutex *m);
void haft__unlock(haft__mutex *m);

/* Lets other threads run; `turns` counts the caller's tries, so that it can wait longer each time. */
void haft__yield(unsigned turns);

/* Starts a thread that runs body(argument) and goes away by itself. False: the host has none left. */
bool haft__thread_start(void (*body)(void *argument), void *argument);

/* What tells the calling thread from all others that live; never NULL. */
void *haft__thread_mark(void);

#endif
