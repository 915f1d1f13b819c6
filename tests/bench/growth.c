/* growth.c: a pair among 10^3 to 10^7 live handles, against a pair among 10^3.
 *
 * Three ways. next: the value that comes and goes is the lowest free one, which is what a system hands out. random: any of the
 * free ones, spread evenly among the live ones, one in sixteen; the next is nowhere near the last. bare: the same random values,
 * on a plain table of owner tags that is as large: two exchanges, so what is left is what the machine's caches and page tables
 * cost. Each time is measured against two exchanges on one place in the same round, so that rounds can be compared.
 */
#include "bench.h"

#include <haft.h>

#include "base/atomic.h"
#include "core/ledger.h"

#include <stdio.h>

#define FIRST 1000u
#define EACH 16u /* one of so many is free */
#define DECADES 5
#define MANY 10000000u

static unsigned range; /* free values now: EACH - 1 live ones to each */

static void held_up_to(unsigned live) {
    static unsigned done;
    for (; done < live; done++) {
        haft_fd f = HAFT_INIT;
        must(haft_fd_adopt(&f, (int)(FIRST + done / (EACH - 1) * EACH + done % (EACH - 1)), HAFT_OWNER_USER) == HAFT_OK);
    }
    range = live / (EACH - 1);
}

static int one_pair(unsigned value) {
    haft_fd f = HAFT_INIT;
    haft_fd_adopt(&f, (int)value, HAFT_OWNER_USER);
    return haft_fd_release(&f);
}

static double next(unsigned n) {
    unsigned lowest = FIRST + range * EACH + EACH - 1;
    double start = now();
    for (unsigned i = 0; i < n; i++) must(one_pair(lowest) == (int)lowest);
    return now() - start;
}

/* Which value is next is not known before the former pair is done (`done` is 0), as with a system call between them: a processor
 * that looks far ahead would otherwise fetch for several pairs at once. */
static uint32_t random_state = 1;
static inline unsigned any_free(uint32_t done) {
    random_state = random_state * 1664525u + 1013904223u + done;
    return (unsigned)((uint64_t)random_state * range >> 32) * EACH + EACH - 1;
}

static double at_random(unsigned n) {
    double start = now();
    uint32_t done = 0;
    for (unsigned i = 0; i < n; i++) {
        unsigned value = FIRST + any_free(done);
        done = (uint32_t)one_pair(value) - value;
    }
    return now() - start;
}

typedef struct bare_entry {
    haft__a64 tag;
    char rest[sizeof(haft__entry) - sizeof(haft__a64)];
} bare_entry;
static bare_entry *bare_table;

static double bare(unsigned n) {
    double start = now();
    uint32_t done = 0;
    for (unsigned i = 0; i < n; i++) {
        haft__a64 *slot = &bare_table[any_free(done)].tag;
        must(haft__cas64(slot, 0, i + 1) && haft__cas64(slot, i + 1, 0));
        done = (uint32_t)haft__load64(slot);
    }
    return now() - start;
}

static void make_bare_table(void) {
    const size_t count = (size_t)MANY / (EACH - 1) * EACH + EACH;
    bare_table = calloc(count, sizeof *bare_table);
    must(bare_table != NULL);
    for (size_t i = 0; i < count; i++) bare_table[i].rest[0] = 1; /* every page of it is there */
}

static void decade(work *const *way, double cost[3][ROUNDS]) {
    for (int i = 0; i < ROUNDS; i++)
        for (int w = 0; w < 3; w++) cost[w][i] = least(way[w], 20000) / least(two_exchanges, 20000);
}

void growth_rows(void) {
    static const char *const names[3] = { "next", "random", "bare" };
    static work *const way[3] = { next, at_random, bare };
    static double cost[DECADES][3][ROUNDS];
    unsigned live = 1000;
    make_bare_table();
    for (int d = 0; d < DECADES; d++, live *= 10) {
        held_up_to(live);
        decade(way, cost[d]);
    }
    for (int w = 0; w < 3; w++) {
        double base = median(cost[0][w]), growth[ROUNDS];
        for (int d = 1; d < DECADES; d++) {
            char id[32];
            for (int i = 0; i < ROUNDS; i++) growth[i] = cost[d][w][i] / base;
            snprintf(id, sizeof id, "growth_%s_%d", names[w], d + 3);
            row(id, growth);
        }
    }
}
