/* bench.c: what Haft costs, as ratios within one run; `premake4 bench` builds it, adds what is counted and draws it.
 *
 *   haft_bench                 all rows
 *   haft_bench --count W N     does the work W N times, for a tool that counts instructions
 */
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

static int count(const char *name, unsigned n) {
    static const struct { const char *name; work *w; } all[] = {
        { "pair", lives },       { "adopt", adoptions }, { "exchanges", two_exchanges }, { "map", locked_map },
        { "open", wrapped_opens }, { "auto", scopes },     { "goto", gotos },
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].name, name) == 0) return all[i].w(n), 0;
    return 2;
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "--count") == 0) return count(argv[2], (unsigned)strtoul(argv[3], NULL, 10));
    ratio("pair_exchanges", lives, two_exchanges, 20000);
    ratio("pair_map", lives, locked_map, 20000);
    ratio("adopt_exchanges", adoptions, two_exchanges, 20000);
    ratio("open_raw", wrapped_opens, raw_opens, 200);
    ratio("auto_raw", scopes, raw_gotos, 100);
    thread_rows();
    memory_rows();
    identity_rows();
    report_rows();
    growth_rows();
    return 0;
}
