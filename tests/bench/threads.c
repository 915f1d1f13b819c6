/* threads.c: the work that threads do together on handles of their own, against what one does; and the bare exchanges likewise,
 * for what the machine itself gives. */
#include "bench.h"

#include <haft.h>

#include "base/atomic.h"

#include <pthread.h>
#include <stdio.h>

#define THREADS 4
#define APART 5000 /* values: a page of the ledger each, so cache lines of their own */

typedef struct worker {
    unsigned number;
    unsigned n;
} worker;

static void *adopt(void *argument) {
    worker *w = argument;
    for (unsigned i = 0; i < w->n; i++) {
        haft_fd f = HAFT_INIT;
        haft_fd_adopt(&f, (int)(VALUE + w->number * APART), HAFT_OWNER_USER);
        must(haft_fd_release(&f) >= 0);
    }
    return NULL;
}

static haft__a64 tags[THREADS * 64];

static void *exchange(void *argument) {
    worker *w = argument;
    haft__a64 *slot = &tags[w->number * 64];
    for (unsigned i = 0; i < w->n; i++) must(haft__cas64(slot, 0, i + 1) && haft__cas64(slot, i + 1, 0));
    return NULL;
}

static double together(unsigned threads, unsigned n, void *(*what)(void *)) {
    pthread_t id[THREADS];
    worker w[THREADS];
    double start = now();
    for (unsigned t = 0; t < threads; t++) {
        w[t].number = t;
        w[t].n = n;
        must(pthread_create(&id[t], NULL, what, &w[t]) == 0);
    }
    for (unsigned t = 0; t < threads; t++) pthread_join(id[t], NULL);
    return now() - start;
}

static double least_of(unsigned threads, unsigned n, void *(*what)(void *)) {
    double best = together(threads, n, what);
    for (int turn = 1; turn < TURNS; turn++) {
        double time = together(threads, n, what);
        if (time < best) best = time;
    }
    return best;
}

static void rows_of(const char *name, unsigned n, void *(*what)(void *)) {
    double values[THREADS + 1][ROUNDS];
    char id[32];
    for (int i = 0; i < ROUNDS; i++) {
        double one = least_of(1, n, what);
        for (unsigned t = 2; t <= THREADS; t++) values[t][i] = t * one / least_of(t, n, what);
    }
    for (unsigned t = 2; t <= THREADS; t++) {
        snprintf(id, sizeof id, "%s_%u", name, t);
        row(id, values[t]);
    }
}

void thread_rows(void) {
    rows_of("threads", 50000, adopt);
    rows_of("threads_bare", 150000, exchange);
}
