/* identity.c: what it costs to count one more open of an object that is open already, and to count it down again. */
#include "bench.h"

#include "core/identity.h"

static const char name[] = "\\REGISTRY\\MACHINE\\SOFTWARE\\ATTACHMATE\\EXTRA\\SESSIONS";

static haft__identity *open_once(void) {
    haft__claim claim = { HAFT_CLASS_KEY, name, sizeof name - 1, 60000, true };
    haft__identity *id;
    bool settled;
    uint32_t live;
    must(haft__identity_reserve(&claim, &id, &settled, &live) == HAFT_OK);
    return id;
}

double reopens(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) haft__identity_release(open_once());
    return now() - start;
}

void identity_rows(void) {
    const unsigned n = 10000;
    double values[ROUNDS];
    haft__identity *open = open_once();
    ratio("reopen_map", reopens, locked_map, n);
    for (int i = 0; i < ROUNDS; i++) values[i] = least(reopens, n) / n * 1e9;
    row("reopen_ns", values);
    haft__identity_release(open);
}
