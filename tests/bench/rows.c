/* rows.c: what a row is made of: turns, rounds, their median and quartiles. */
#include "bench.h"

#include <stdio.h>
#include <string.h>

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void sorted(double to[ROUNDS], const double values[ROUNDS]) {
    memcpy(to, values, ROUNDS * sizeof *to);
    qsort(to, ROUNDS, sizeof *to, by_size);
}

double median(const double values[ROUNDS]) {
    double v[ROUNDS];
    sorted(v, values);
    return v[ROUNDS / 2];
}

void row(const char *id, const double values[ROUNDS]) {
    double v[ROUNDS];
    sorted(v, values);
    printf("ROW %s %.6g %.6g %.6g %.6g %.6g\n", id, v[ROUNDS / 2], v[0], v[ROUNDS / 4], v[ROUNDS - 1 - ROUNDS / 4], v[ROUNDS - 1]);
    fflush(stdout);
}

void row_one(const char *id, double value) {
    printf("ROW %s %.6g %.6g %.6g %.6g %.6g\n", id, value, value, value, value, value);
    fflush(stdout);
}

double least(work *w, unsigned n) {
    double best = w(n);
    for (int turn = 1; turn < TURNS; turn++) {
        double time = w(n);
        if (time < best) best = time;
    }
    return best;
}

void ratio(const char *id, work *mine, work *yardstick, unsigned n) {
    double values[ROUNDS];
    mine(n), yardstick(n);
    for (int i = 0; i < ROUNDS; i++) {
        double a = mine(n), b = yardstick(n);
        for (int turn = 1; turn < TURNS; turn++) {
            double more_a = mine(n), more_b = yardstick(n);
            if (more_a < a) a = more_a;
            if (more_b < b) b = more_b;
        }
        values[i] = a / b;
    }
    row(id, values);
}
