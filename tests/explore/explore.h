/* explore.h: runs a few short threads in every order of their steps that can make a difference.
 *
 * In this row the library's atomic operations (base/atomic.h beside this file) and its locks (threads.c) are steps: a thread
 * stops before each, and the explorer says who goes on. The threads are coroutines of one real thread, so a run is repeated
 * exactly by repeating its choices. A run goes from setup through all threads to check; explore() makes runs, depth first,
 * until every order that differs in the result has been seen (explore.c says how it knows). What a run must hold is said by
 * MUST; the first that does not hold, a deadlock, or a spin stops it, and the schedule is printed.
 *
 *     EXPLORE=AAABBA build/explore/debug/haft_tests GROUP NAME       makes that one run only, and prints each step
 *
 * Only sequentially consistent orders are made: what weaker memory orders add is not seen here.
 */
#ifndef HAFT_TESTS_EXPLORE_H
#define HAFT_TESTS_EXPLORE_H

#include "base/atomic.h"
#include "harness/test.h"

#define EXPLORE_THREADS 4
#define EXPLORE_STEPS 1024

typedef struct explore_protocol {
    const char *name;
    void (*setup)(void);
    void (*thread[EXPLORE_THREADS])(void); /* NULL: no more */
    void (*check)(void);
} explore_protocol;

typedef struct explore_figures {
    unsigned long runs;    /* orders that differ */
    unsigned long cut;     /* runs given up, because what they had left was seen before */
    unsigned steps;        /* of the longest run */
    bool failed;
} explore_figures;

/* All runs; a failure is the test's. Prints the figures. */
explore_figures explore(const explore_protocol *protocol);

/* The same without the test's failure and without a word: for tests of the explorer itself. `every`: all orders, also those that
 * cannot differ. */
explore_figures explore_quietly(const explore_protocol *protocol, bool every);

/* A step of something that is not the library's: the pretended system's. */
#define EXPLORE_SYSTEM(where) explore_step(EXPLORE_WRITE, (where), __func__)

/* In setup, in a thread or in check; where it does not hold, the run ends here. */
#define MUST(condition) ((condition) ? (void)0 : explore_broken(#condition, __FILE__, __LINE__))
void explore_broken(const char *what, const char *file, int line);

/* ---- between explore.c and threads.c ---- */

/* The thread that runs: its number; -1 in setup and check. */
int explore_self(void);

/* The calling thread has left the lock. */
void explore_left(const void *where);

bool explore_is_held(const void *where);
void explore_drop_locks(void);

#endif
