/* threads.c: base/lock.h for the row `explore`, in place of src/base/lock.c: a lock is a step, and waits in the explorer. */
#include "explore.h"

#include "base/lock.h"

/* What is held now: a lock and its holder. The real mutex is not used; one thread is all there is. */
#define MOST 16
static struct held {
    const haft__mutex *lock;
    int by;
} held[MOST];

static struct held *find(const haft__mutex *m) {
    int i = 0;
    while (i < MOST && held[i].lock != m) i++;
    return i < MOST ? &held[i] : NULL;
}

bool explore_is_held(const void *where) { return where && find(where); }

void explore_drop_locks(void) { memset(held, 0, sizeof held); }

void haft__lock(haft__mutex *m) {
    for (int i = 0; i < MOST; i++)
        if (held[i].lock && held[i].by == explore_self()) MUST(held[i].lock->rank < m->rank);
    explore_step(EXPLORE_LOCK, m, __func__);
    MUST(!find(m));
    struct held *free_one = find(NULL);
    MUST(free_one);
    free_one->lock = m;
    free_one->by = explore_self();
}

/* No step of its own: all that it does is let others go on, and they cannot tell whether it did a step earlier. */
void haft__unlock(haft__mutex *m) {
    struct held *mine = find(m);
    MUST(mine && mine->by == explore_self());
    mine->lock = NULL;
    explore_left(m);
}

/* Nothing that is explored may wait by spinning: the explorer would go round for ever. */
void haft__yield(unsigned turns) {
    (void)turns;
    MUST(!"a thread spins");
}

/* Nothing here forks. */
void haft__guard_fork(haft__mutexes *more, void (*before)(void)) { (void)more, (void)before; }

bool haft__thread_start(void (*body)(void *argument), void *argument) {
    (void)body, (void)argument;
    return false;
}

void *haft__thread_mark(void) {
    static char marks[EXPLORE_THREADS + 1];
    return &marks[explore_self() + 1];
}
