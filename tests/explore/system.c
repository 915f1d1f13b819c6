/* system.c: the pretended system: a table of values, lowest first. */
#include "system.h"

#include <haft/settings.h>

#include <stdio.h>

#define VALUES 8
#define OPENINGS 32

static unsigned table[VALUES]; /* the opening that is there; 0: none */
static unsigned closes[OPENINGS], last_opening, failed, live;
static struct {
    unsigned opening;
    bool gone; /* it may be closed already */
} expected[EXPLORE_THREADS + 1];
static uint64_t found_before[HAFT_FINDING_KINDS];
static haft_class *the_class;

static bool close_value(uint64_t raw);
haft_class system_near = { "event", HAFT_CLASS_EVENT, HAFT_SPACE_KERNEL, { 0, UINTPTR_MAX }, close_value, NULL };
haft_class system_far = { "local", HAFT_CLASS_LOCAL, HAFT_SPACE_POINTER, { 0, 0 }, close_value, NULL };
haft_class system_token = { "token", HAFT_CLASS_TOKEN, HAFT_SPACE_KERNEL, { 0, UINTPTR_MAX }, close_value, NULL };
haft_class system_module = { "module", HAFT_CLASS_MODULE, HAFT_SPACE_POINTER, { 0, 0 }, close_value, NULL };

static bool is_near(void) { return the_class->space == HAFT_SPACE_KERNEL; }

static uint64_t value_of(unsigned i) { return is_near() ? 0x1000 + 4 * i : UINT64_C(0x7f001000) + 64 * i; }
static unsigned index_of(uint64_t raw) {
    return (unsigned)(is_near() ? (raw - 0x1000) / 4 : (raw - UINT64_C(0x7f001000)) / 64);
}

/* What a dead entry still says of its last life decides whether the next one writes it again: each run begins with none. */
static void wipe_entries(void) {
    for (unsigned i = 0; i < VALUES; i++) {
        haft__place place = haft__place_of(&system_near, system_near.id, 0x1000 + 4 * i);
        haft__entry *e = haft__is_dense(place) ? haft__dense_entry(place) : NULL;
        if (!e) continue;
        haft__put32(&e->opened, 0);
        haft__put32(&e->closed, 0);
        haft__putptr(&e->identity, NULL);
    }
}

void system_reset(haft_class *c) {
    the_class = c;
    wipe_entries();
    memset(table, 0, sizeof table);
    memset(closes, 0, sizeof closes);
    memset(expected, 0, sizeof expected);
    last_opening = failed = live = 0;
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) {
        haft_level_set((haft_finding_kind)k, HAFT_LEVEL_SILENT);
        found_before[k] = haft_found((haft_finding_kind)k);
    }
}

uint64_t system_found(haft_finding_kind kind) { return haft_found(kind) - found_before[kind]; }

/* A module has one value, whose openings are only counted. */
uint64_t system_open(unsigned *ret_opening) {
    unsigned i = 0;
    EXPLORE_SYSTEM(table);
    while (i < VALUES && table[i] && the_class != &system_module) i++;
    MUST(i < VALUES && last_opening + 1 < OPENINGS);
    *ret_opening = table[i] = ++last_opening;
    live++;
    return value_of(i);
}

bool system_close(uint64_t raw) {
    EXPLORE_SYSTEM(table);
    unsigned i = index_of(raw), there = i < VALUES ? table[i] : 0;
    if (!there) return failed++, false;
    live--;
    closes[there]++;
    if (the_class != &system_module || live == 0) table[i] = 0;
    return true;
}

void system_expect(unsigned opening) {
    expected[explore_self() + 1].opening = opening;
    expected[explore_self() + 1].gone = false;
}

static bool close_value(uint64_t raw) {
    EXPLORE_SYSTEM(table);
    unsigned i = index_of(raw), there = i < VALUES ? table[i] : 0, mine = expected[explore_self() + 1].opening;
    bool gone = expected[explore_self() + 1].gone;
    if (the_class != &system_module) MUST(there == mine || mine == 0 || (gone && there != mine));
    if (!gone) MUST(there);
    if (!there || (gone && there != mine)) return failed++, false;
    live--;
    closes[there]++;
    if (the_class != &system_module || live == 0) table[i] = 0;
    return true;
}

opened system_open_tracked(uint32_t owner) {
    opened o = { { 0, 0 }, 0, 0 };
    haft__opening opening;
    haft__ask ask = { the_class, AT, NULL, 0, false, true, NULL };
    MUST(haft__opening_begin(&opening, &ask) == HAFT_OK);
    o.raw = o.hold.raw = system_open(&o.opening);
    MUST(haft__opening_done(&opening, o.raw, owner, &o.hold.tag) == HAFT_OK);
    return o;
}

haft_status system_close_held(haft_hold *h, unsigned opening) {
    system_expect(opening);
    haft_status status = haft__close(h, the_class, AT);
    system_expect(0);
    return status;
}

haft_status system_close_gone(haft_hold *h, unsigned opening) {
    system_expect(opening);
    expected[explore_self() + 1].gone = true;
    haft_status status = haft__close(h, the_class, AT);
    system_expect(0);
    return status;
}

void system_in_both_tables(const char *name, const explore_protocol *p, haft_class **c) {
    static haft_class *const tables[] = { &system_near, &system_far };
    char text[160];
    explore_protocol named = *p;
    for (int i = 0; i < 2; i++) {
        *c = tables[i];
        snprintf(text, sizeof text, "%s, %s", name, i ? "in the locked table" : "in the table without locks");
        named.name = text;
        CHECK_EQ(haft_live(), 0);
        if (explore(&named).failed) return;
        CHECK_EQ(haft_live(), 0);
    }
}

unsigned system_closes(unsigned opening) { return closes[opening]; }
unsigned system_live(void) { return live; }
unsigned system_failed(void) { return failed; }

size_t system_handles(haft__handle_info *list, size_t cap) {
    size_t count = 0;
    EXPLORE_SYSTEM(table);
    for (unsigned i = 0; i < VALUES; i++) {
        if (!table[i]) continue;
        if (count < cap) list[count].handle = value_of(i), list[count].type = HAFT__OBJECT_TOKEN;
        count++;
    }
    return count;
}

unsigned system_opening_at(uint64_t raw) { return table[index_of(raw)]; }

int system_count(int *n, int by) {
    EXPLORE_SYSTEM(n);
    return *n += by;
}
