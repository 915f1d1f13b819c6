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
    void *forking; /* the thread that holds all others off because it forks; NULL: none */
#else
    haft__aptr word; /* NULL: free */
#endif
    haft__rank rank;
} haft__mutex;
#if defined(HAFT_POSIX)
#define HAFT__MUTEX(rank) { PTHREAD_MUTEX_INITIALIZER, NULL, rank }
#else
#define HAFT__MUTEX(rank) { { NULL }, rank }
#endif

/* Every mutex is made safe for fork, at file scope: the first of `count` that are `stride` bytes apart. A thread must not fork
 * while it holds one. HAFT__BEFORE_FORK: a function to be called before a fork, when no mutex is held yet. */
#if defined(HAFT_POSIX)
typedef struct haft__mutexes {
    haft__mutex *first;
    size_t count, stride;
    struct haft__mutexes *next;
} haft__mutexes;
void haft__guard_fork(haft__mutexes *more, void (*before)(void));
#define HAFT__FORK_SAFE(first, count, stride)                                                      \
    static __attribute__((constructor)) void HAFT__CONCAT(haft__fork_safe_, __LINE__)(void) {      \
        static haft__mutexes these = { first, count, stride, NULL };                               \
        haft__guard_fork(&these, NULL);                                                            \
    }
#define HAFT__BEFORE_FORK(function)                                                                \
    static __attribute__((constructor)) void haft__before_fork(void) { haft__guard_fork(NULL, function); }
#else /* there is no fork */
#define HAFT__FORK_SAFE(first, count, stride)
#define HAFT__BEFORE_FORK(function)
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
