/* lock.c: mutexes, turns and threads.
 *
 * On Windows a mutex is one word that a thread takes by compare-and-swap; who finds it taken spins a little, then gives its turn
 * away, then sleeps a millisecond at a time. So it needs no making and no memory, and cannot fail, on every system from NT 4.0 on,
 * where a critical section may raise an exception for want of memory. It is not fair; Haft holds its mutexes for a few hundred
 * instructions and shards those that many threads want. Elsewhere it is the host's. */
#if !defined(_WIN32)
#define _GNU_SOURCE
#endif
#include "base/lock.h"

#include "base/host.h"

#include <stdlib.h>

#if defined(HAFT_WINDOWS)
#include <windows.h>
#else
#include <sched.h>
#include <time.h>
#endif

#define SPINS 32u
#define TURNS 64u

#ifdef HAFT_DEBUG
#include <stdio.h>

/* The ranks that this thread holds, a bit each. */
#if defined(HAFT_WINDOWS)
static DWORD held_slot = TLS_OUT_OF_INDEXES;
static uintptr_t held_get(void) {
    if (held_slot == TLS_OUT_OF_INDEXES) {
        DWORD mine = TlsAlloc();
        LONG none = (LONG)TLS_OUT_OF_INDEXES;
        if (InterlockedCompareExchange((LONG volatile *)&held_slot, (LONG)mine, none) != none) TlsFree(mine);
    }
    return (uintptr_t)TlsGetValue(held_slot);
}
static void held_set(uintptr_t held) { TlsSetValue(held_slot, (void *)held); }
#else
static HAFT__THREAD_LOCAL uintptr_t held_ranks;
static uintptr_t held_get(void) { return held_ranks; }
static void held_set(uintptr_t held) { held_ranks = held; }
#endif

static void rank_taken(const haft__mutex *m) {
    haft__error e = haft__error_save();
    uintptr_t held = held_get();
    if (held >> m->rank) {
        fprintf(stderr, "haft: a mutex of rank %d is taken while one of its rank or a later one is held\n", (int)m->rank);
        abort();
    }
    held_set(held | (uintptr_t)1 << m->rank);
    haft__error_restore(e);
}

static void rank_left(const haft__mutex *m) {
    haft__error e = haft__error_save();
    held_set(held_get() & ~((uintptr_t)1 << m->rank));
    haft__error_restore(e);
}
#else
#define rank_taken(m) ((void)(m))
#define rank_left(m) ((void)(m))
#endif

#if defined(HAFT_POSIX)
/* Marked by a thread that forks, it is everybody else's to wait for. */
static bool is_held_off(const haft__mutex *m) {
    return HAFT__UNLIKELY(m->forking != NULL) && m->forking != haft__thread_mark();
}

void haft__lock(haft__mutex *m) {
    rank_taken(m);
    pthread_mutex_lock(&m->host);
    for (unsigned turns = 0; is_held_off(m); turns++) {
        pthread_mutex_unlock(&m->host);
        haft__yield(turns);
        pthread_mutex_lock(&m->host);
    }
}

void haft__unlock(haft__mutex *m) {
    rank_left(m);
    pthread_mutex_unlock(&m->host);
}
#else
void haft__lock(haft__mutex *m) {
    rank_taken(m);
    for (unsigned turns = 0; haft__peekptr(&m->word) || !haft__casptr(&m->word, NULL, m); turns++) haft__yield(turns);
}

void haft__unlock(haft__mutex *m) {
    rank_left(m);
    haft__storeptr(&m->word, NULL);
}
#endif

/* ---- fork ----
 *
 * The child has a copy of all memory and one thread: what another was changing would stay half changed there, and its mutexes
 * taken. So a fork waits until nobody holds any: in the order of ranks each is taken, marked and let go, and who wants it then
 * waits until the mark is gone. They are not held throughout, for there are more than a thread sanitizer lets one thread hold. In
 * the child they are made anew: another thread may have held one while it looked at the mark. */
#if defined(HAFT_POSIX)
static haft__mutexes *guarded; /* in the order of ranks */
static void (*call_before)(void);
static pthread_mutex_t one_fork = PTHREAD_MUTEX_INITIALIZER;

static void each_mutex(void (*visit)(haft__mutex *m)) {
    for (const haft__mutexes *some = guarded; some; some = some->next)
        for (size_t i = 0; i < some->count; i++) visit((haft__mutex *)(void *)((char *)some->first + i * some->stride));
}

static void mark(haft__mutex *m) {
    pthread_mutex_lock(&m->host);
    m->forking = haft__thread_mark();
    pthread_mutex_unlock(&m->host);
}

static void unmark(haft__mutex *m) {
    pthread_mutex_lock(&m->host);
    m->forking = NULL;
    pthread_mutex_unlock(&m->host);
}

static void renew(haft__mutex *m) {
    pthread_mutex_init(&m->host, NULL);
    m->forking = NULL;
}

static void before_fork(void) {
    if (call_before) call_before();
    pthread_mutex_lock(&one_fork);
    each_mutex(mark);
}

static void after_fork(void) {
    each_mutex(unmark);
    pthread_mutex_unlock(&one_fork);
}

static void in_child(void) {
    each_mutex(renew);
    pthread_mutex_init(&one_fork, NULL);
}

/* Constructors call it, so there is one thread, or the loader's lock is held. */
void haft__guard_fork(haft__mutexes *more, void (*before)(void)) {
    haft__mutexes **at = &guarded;
    static bool registered;
    if (!registered) pthread_atfork(before_fork, after_fork, in_child);
    registered = true;
    if (before) call_before = before;
    if (!more) return;
    while (*at && (*at)->first->rank <= more->first->rank) at = &(*at)->next;
    more->next = *at;
    *at = more;
}
#endif

static void turn(unsigned turns) {
#if defined(HAFT_WINDOWS)
    Sleep(turns < TURNS ? 0 : 1);
#else
    static const struct timespec millisecond = { 0, 1000000 };
    if (turns < TURNS) sched_yield();
    else nanosleep(&millisecond, NULL);
#endif
}

void haft__yield(unsigned turns) {
    if (turns < SPINS) {
#if defined(__i386__) || defined(__x86_64__)
        __asm__ __volatile__("pause");
#endif
        return;
    }
    haft__error e = haft__error_save();
    turn(turns);
    haft__error_restore(e);
}

/* What a new thread is to do; it frees it. */
typedef struct errand {
    void (*body)(void *argument);
    void *argument;
} errand;

static void run(errand *mine) {
    errand e = *mine;
    haft__free(mine);
    e.body(e.argument);
}

#if defined(HAFT_WINDOWS)
static DWORD WINAPI thread_main(LPVOID mine) {
    run(mine);
    return 0;
}

static bool start(errand *e) {
    DWORD id; /* Windows 95 faults without one */
    HANDLE thread = CreateThread(NULL, 0, thread_main, e, 0, &id);
    if (thread) CloseHandle(thread);
    return thread != NULL;
}

void *haft__thread_mark(void) { return (void *)(uintptr_t)GetCurrentThreadId(); }
#else
static void *thread_main(void *mine) {
    run(mine);
    return NULL;
}

static bool start(errand *e) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, thread_main, e) != 0) return false;
    pthread_detach(thread);
    return true;
}

void *haft__thread_mark(void) {
    static HAFT__THREAD_LOCAL char mine;
    return &mine;
}
#endif

bool haft__thread_start(void (*body)(void *argument), void *argument) {
    errand *e = haft__alloc(sizeof *e);
    if (!e) return false;
    e->body = body;
    e->argument = argument;
    haft__error error = haft__error_save();
    bool started = start(e);
    haft__error_restore(error);
    if (!started) haft__free(e);
    return started;
}
