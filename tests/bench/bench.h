/* bench.h: what the benchmarks share: rounds, rows, and the work that is measured.
 *
 * A row is a ratio within one run. In each round the work and its yardstick take short turns, one after the other, and the round's
 * ratio is that of the least time of each: what disturbs the machine for a moment disturbs neither. The row is the median of the
 * rounds, their quartiles, the least and the most. One line each on standard output:
 *
 *   ROW id median least lower-quartile upper-quartile most
 */
#ifndef HAFT_BENCH_H
#define HAFT_BENCH_H

#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#endif
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#if defined(_WIN32)
#include <windows.h>
#endif

#define ROUNDS 21
#define TURNS 25

typedef double work(unsigned n); /* seconds for n times */

static inline double now(void) {
#if defined(_WIN32)
    LARGE_INTEGER t, second;
    QueryPerformanceCounter(&t);
    QueryPerformanceFrequency(&second);
    return (double)t.QuadPart / (double)second.QuadPart;
#else
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
#endif
}
static inline void must(int ok) {
    if (!ok) abort();
}

void row(const char *id, const double values[ROUNDS]);
void row_one(const char *id, double value);
double median(const double values[ROUNDS]);
void ratio(const char *id, work *mine, work *yardstick, unsigned n);
double least(work *w, unsigned n);

/* pair.c: an opening's life in the ledger, and its yardsticks. Values are descriptors that no system call ever sees. */
#define VALUE 100
#define VALUES 64
work lives, adoptions, two_exchanges, locked_map;

/* open.c: real descriptors. */
work wrapped_opens, raw_opens, scopes, gotos, raw_gotos;

/* identity.c */
work reopens;

/* Each a group of rows. */
void thread_rows(void);
void memory_rows(void);
void identity_rows(void);
void report_rows(void);
void growth_rows(void); /* the last: it leaves ten million handles behind */

#endif
