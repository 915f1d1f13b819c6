/* bench.c: what Haft costs, as ratios within one run.
 *
 * Each row times a piece of work and its own yardstick in turn, several times, and prints the median of the ratios and
 * their spread. The yardsticks stand here, so that a ratio can be judged: two exchanges on a plain table of owner tags, a
 * mutex and a hash map, the raw call.
 */
#define _GNU_SOURCE
#include <haft.h>

#include "base/atomic.h"
#include "core/identity.h"
#include "core/site.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 15

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

typedef double work(unsigned n); /* seconds for n times */

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void row(const char *what, double values[ROUNDS], const char *bar) {
    qsort(values, ROUNDS, sizeof values[0], by_size);
    printf("%-68s %8.3f  (%.3f to %.3f)  %s\n", what, values[ROUNDS / 2], values[0], values[ROUNDS - 1], bar);
}

static void ratio(const char *what, work *a, work *b, unsigned n, const char *bar) {
    double values[ROUNDS];
    a(n / 10), b(n / 10);
    for (int i = 0; i < ROUNDS; i++) {
        double mine = a(n);
        values[i] = mine / b(n);
    }
    row(what, values, bar);
}

/* ---- track and untrack ---- */

#define VALUE 100
#define VALUES 64

/* What every opening and closing does in the ledger: site, class, tag and generation. */
static double lives(unsigned n) {
    static const char here;
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        haft__place place = { VALUE + i % VALUES, HAFT_SPACE_FD };
        haft__birth birth = { HAFT_CLASS_FD, HAFT_OWNER_USER, haft__site_of(&here), NULL, false };
        haft__life was;
        uint64_t tag;
        if (haft__begin_life(place, &birth, &tag, &was) != HAFT_OK) abort();
        if (!haft__end_life(place, tag, haft__site_of(&here), &was)) abort();
    }
    return now() - start;
}

/* The same by a wrapper, which must also find out that nobody else has the value. */
static double pairs(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        haft_fd f = HAFT_INIT;
        haft_fd_adopt(&f, (int)(VALUE + i % VALUES), HAFT_OWNER_USER);
        if (haft_fd_release(&f) < 0) abort();
    }
    return now() - start;
}

/* The least that an owner check can be: one exchange to own a slot, one to give it up. */
static haft__a64 owner_tags[1024];

static double two_exchanges(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        haft__a64 *slot = &owner_tags[VALUE + i % VALUES];
        if (!haft__cas64(slot, 0, i + 1) || !haft__cas64(slot, i + 1, 0)) abort();
    }
    return now() - start;
}

typedef struct node {
    struct node *next;
    int key;
} node;
static node *buckets[1024];
static pthread_mutex_t map_lock = PTHREAD_MUTEX_INITIALIZER;

static double locked_map(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        int key = (int)(VALUE + i % VALUES);
        node **bucket = &buckets[(unsigned)key * 2654435761u >> 22], *added = malloc(sizeof *added);
        if (!added) abort();
        added->key = key;
        pthread_mutex_lock(&map_lock);
        added->next = *bucket;
        *bucket = added;
        pthread_mutex_unlock(&map_lock);
        pthread_mutex_lock(&map_lock);
        node **link = bucket;
        while ((*link)->key != key) link = &(*link)->next;
        node *gone = *link;
        *link = gone->next;
        pthread_mutex_unlock(&map_lock);
        free(gone);
    }
    return now() - start;
}

/* ---- a real handle ---- */

static double wrapped_opens(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        HAFT_AUTO(haft_fd, f);
        if (haft_fd_open(&f, "/dev/null", O_RDONLY, 0) != HAFT_OK) abort();
    }
    return now() - start;
}

static double raw_opens(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        int fd = open("/dev/null", O_RDONLY);
        if (fd < 0 || close(fd)) abort();
    }
    return now() - start;
}

/* ---- threads on different handles ---- */

typedef struct worker {
    int value;
    unsigned n;
} worker;

static void *pairs_of(void *argument) {
    worker *w = argument;
    for (unsigned i = 0; i < w->n; i++) {
        haft_fd f = HAFT_INIT;
        haft_fd_adopt(&f, w->value, HAFT_OWNER_USER);
        if (haft_fd_release(&f) < 0) abort();
    }
    return NULL;
}

static double on_threads(unsigned threads, unsigned n) {
    pthread_t id[4];
    worker w[4];
    double start = now();
    for (unsigned t = 0; t < threads; t++) {
        w[t].value = VALUE + (int)t * 5000; /* pages of their own, so cache lines of their own */
        w[t].n = n;
        if (pthread_create(&id[t], NULL, pairs_of, &w[t])) abort();
    }
    for (unsigned t = 0; t < threads; t++) pthread_join(id[t], NULL);
    return now() - start;
}

static void thread_scaling(unsigned n) {
    double values[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        double one = on_threads(1, n);
        values[i] = 2 * one / on_threads(2, n);
    }
    row("work done by 2 threads on different handles / by 1", values, "bar: at least 1.9");
}

/* ---- growth ---- */

/* Even values are held; pairs come and go on the odd ones between them. */
static double pairs_spread(unsigned live, unsigned n) {
    double start = now();
    uint32_t random = 1;
    for (unsigned i = 0; i < n; i++) {
        haft_fd f = HAFT_INIT;
        random = random * 1664525u + 1013904223u;
        haft_fd_adopt(&f, (int)(1001 + 2 * ((random >> 8) % live)), HAFT_OWNER_USER);
        if (haft_fd_release(&f) < 0) abort();
    }
    return now() - start;
}

static haft_fd *hold_many(unsigned count) {
    haft_fd *held = calloc(count, sizeof *held);
    if (!held) abort();
    for (unsigned i = 0; i < count; i++)
        if (haft_fd_adopt(&held[i], (int)(1000 + 2 * i), HAFT_OWNER_USER) != HAFT_OK) abort();
    return held;
}

static void let_go(haft_fd *held, unsigned count) {
    for (unsigned i = 0; i < count; i++)
        if (haft_fd_release(&held[i]) < 0) abort();
    free(held);
}

static void growth(void) {
    const unsigned few = 1000, many = 5000000, n = 1000000;
    double values[ROUNDS], start;
    haft_fd *held = hold_many(many);
    pairs_spread(few, n);
    for (int i = 0; i < ROUNDS; i++) {
        double small = pairs_spread(few, n);
        values[i] = pairs_spread(many, n) / small;
    }
    row("pair among 5,000,000 live handles, at random / among 1,000", values, "bar: at most 2 at 10^7");
    start = now();
    if (haft_live() < many) abort();
    printf("%-68s %8.3f s\n", "haft_live() over 5,000,000 live handles", now() - start);
    let_go(held, many);
}

static void report_time(void) {
    const unsigned many = 1000000;
    FILE *nowhere = fopen("/dev/null", "w");
    haft_fd *held = hold_many(many);
    double start = now();
    if (!nowhere) abort();
    haft_report_text(nowhere);
    printf("%-68s %8.3f s                    bar: under 0.3 s\n", "report over 1,000,000 live handles", now() - start);
    fclose(nowhere);
    let_go(held, many);
}

/* ---- identity ---- */

static void identity_time(unsigned n) {
    static const char name[] = "\\REGISTRY\\MACHINE\\SOFTWARE\\ATTACHMATE\\EXTRA\\SESSIONS";
    haft__claim claim = { HAFT_CLASS_KEY, name, sizeof name - 1, 60000, true };
    haft__identity *first, *again;
    bool settled;
    uint32_t live;
    if (haft__identity_reserve(&claim, &first, &settled, &live)) abort();
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        if (haft__identity_reserve(&claim, &again, &settled, &live)) abort();
        haft__identity_release(again);
    }
    printf("%-68s %8.1f ns                   bar: at most 100 ns\n",
           "counted reopen of a named object and its release: identity alone", (now() - start) / n * 1e9);
    haft__identity_release(first);
}

int main(void) {
    printf("%-68s %8s  (spread)\n", "what / yardstick", "median");
    ratio("track + untrack of a descriptor / two compare-and-swaps on a table", lives, two_exchanges, 2000000, "bar: at most 0.8");
    ratio("track + untrack of a descriptor / mutex and hash map", lives, locked_map, 1000000, "bar: at most 0.3");
    ratio("adopt + release by a wrapper / two compare-and-swaps on a table", pairs, two_exchanges, 2000000, "");
    ratio("open + close of /dev/null through a wrapper / raw", wrapped_opens, raw_opens, 100000, "bar: at most 1.03");
    thread_scaling(1000000);
    growth();
    report_time();
    identity_time(1000000);
    printf("%-68s %8zu bytes\n", "memory of a live kernel handle or descriptor", sizeof(haft__entry));
    return 0;
}
