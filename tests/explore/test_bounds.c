/* test_bounds.c: the orders of those who open one object by several names, within its bound, and of those who close. */
#include "system.h"

#include <haft/settings.h>

static haft_class *c;
static unsigned bound;
static unsigned asked[EXPLORE_THREADS + 1]; /* each thread's open while Haft does not know yet of what it is */
static haft_status said[EXPLORE_THREADS];
static opened kept[EXPLORE_THREADS], first;
static const char *const names[] = { "TRUE", "LINK A", "LINK B" };

/* The system may have one open more than the bound, while the name that it was asked for by is being made sure of. */
static void within(void) {
    int unsure = 0;
    for (int i = 0; i <= EXPLORE_THREADS; i++) unsure += asked[i] && !system_closes(asked[i]);
    MUST(unsure <= 1 && (int)system_live() - unsure <= (int)bound);
}

static haft_status open_with(haft_status (*begin)(haft__opening *o, const haft__ask *ask), const char *name, opened *ret) {
    haft__opening o;
    haft__ask ask = { c, AT, name, strlen(name), false, true, NULL };
    memset(ret, 0, sizeof *ret);
    haft_status status = begin(&o, &ask);
    if (status != HAFT_OK) return status;
    uint64_t raw = ret->raw = ret->hold.raw = system_open(&ret->opening);
    if (haft__opening_unsettled(&o)) asked[explore_self() + 1] = ret->opening;
    within();
    system_expect(ret->opening);
    status = haft__opening_settle(&o, raw, HAFT_OWNER_USER, "TRUE", 4);
    system_expect(0);
    asked[explore_self() + 1] = 0;
    within();
    if (status != HAFT_OK) return status;
    MUST(haft__opening_done(&o, raw, HAFT_OWNER_USER, &ret->hold.tag) == HAFT_OK);
    return HAFT_OK;
}

static haft_status open_by(const char *name, opened *ret) { return open_with(haft__opening_begin, name, ret); }

static haft_status close_it(opened *o) { return system_close_held(&o->hold, o->opening); }

static void start(haft_class *of, unsigned most) {
    memset(said, 0, sizeof said);
    memset(kept, 0, sizeof kept);
    c = of;
    bound = most;
    memset(asked, 0, sizeof asked);
    system_reset(c);
    MUST(haft_limit_set((haft_class_id)c->id, most) == HAFT_OK);
}
static void nothing_at_one(void) { start(&system_near, 1); }
static void nothing_at_two(void) { start(&system_near, 2); }

/* What nobody counts any more leaves room for as many as the bound allows, and not for one more. */
static void nothing_is_counted(void) {
    opened all[3];
    MUST(haft_live() == 0 && system_live() == 0);
    for (unsigned i = 0; i < bound; i++) MUST(open_by(names[i % 3], &all[i]) == HAFT_OK);
    opened more;
    MUST(open_by("TRUE", &more) == HAFT_E_LIMIT);
    for (unsigned i = 0; i < bound; i++) {
        MUST(haft__opens(&all[i].hold, c) == bound - i);
        MUST(close_it(&all[i]) == HAFT_OK);
    }
    MUST(haft_limit_set((haft_class_id)c->id, 0) == HAFT_OK);
}

/* ---- limit against open ---- */

static void open_and_keep(void) {
    int me = explore_self();
    said[me] = open_by(names[me], &kept[me]);
    MUST(said[me] == HAFT_OK || said[me] == HAFT_E_LIMIT);
}

static void as_many_as_the_bound(void) {
    unsigned open = 0;
    for (int i = 0; i < EXPLORE_THREADS; i++) {
        if (said[i] != HAFT_OK || !kept[i].opening) continue;
        open++;
        MUST(close_it(&kept[i]) == HAFT_OK);
    }
    MUST(open == bound);
    nothing_is_counted();
}

TEST(bounds, inv5_three_new_names_of_one_object) {
    explore_protocol p = { "three new names at a bound of two", nothing_at_two,
                           { open_and_keep, open_and_keep, open_and_keep }, as_many_as_the_bound };
    explore(&p);
}

static void open_true_and_keep(void) { said[explore_self()] = open_by("TRUE", &kept[explore_self()]); }
static void open_link_and_keep(void) { said[explore_self()] = open_by("LINK A", &kept[explore_self()]); }

TEST(bounds, inv5_one_new_name_asked_for_twice) {
    explore_protocol p = { "one new name twice, and the true one, at a bound of one", nothing_at_one,
                           { open_link_and_keep, open_link_and_keep, open_true_and_keep }, as_many_as_the_bound };
    explore(&p);
}

/* ---- names that are known: opened, closed and forgotten ---- */

static void link_at_one(void) {
    start(&system_near, 1);
    MUST(open_by("LINK A", &first) == HAFT_OK);
}
static void link_at_two(void) {
    start(&system_near, 2);
    MUST(open_by("LINK A", &first) == HAFT_OK);
}

static void close_first(void) { MUST(close_it(&first) == HAFT_OK); }

static void open_and_close(const char *name) {
    opened mine;
    haft_status status = open_by(name, &mine);
    MUST(status == HAFT_OK || status == HAFT_E_LIMIT);
    if (status == HAFT_OK) MUST(close_it(&mine) == HAFT_OK);
}
static void by_link(void) { open_and_close("LINK A"); }
static void by_true(void) { open_and_close("TRUE"); }

static void nothing_refused_for_ever(void) { nothing_is_counted(); }

TEST(bounds, inv5_the_last_close_of_a_name_while_it_is_opened) {
    explore_protocol p = { "a close, an open by link and one by the true name, at a bound of one", link_at_one,
                           { close_first, by_link, by_true }, nothing_refused_for_ever };
    explore(&p);
}

static void both_are_open(void) {
    MUST(said[1] == HAFT_OK && close_it(&kept[1]) == HAFT_OK);
    nothing_is_counted();
}

TEST(bounds, below_the_bound_nobody_is_refused) {
    explore_protocol p = { "a close and an open, at a bound of two", link_at_two, { close_first, open_link_and_keep },
                           both_are_open };
    explore(&p);
}

/* ---- who asks how many there are ---- */

static void ask_how_many(void) {
    haft_hold copy = first.hold;
    uint32_t n = haft__opens(&copy, c);
    MUST(n <= bound + 1); /* an open that turns out to be one too many is counted until it is given up */
}

TEST(bounds, opens_can_be_asked_for_while_the_name_goes) {
    explore_protocol p = { "a close, an open and one who asks", link_at_two, { close_first, by_true, ask_how_many },
                           nothing_refused_for_ever };
    explore(&p);
}

/* ---- closed by code out of sight: the count is given up once ---- */

static void close_behind_and_open(void) {
    if (!system_close(first.raw)) return;
    said[explore_self()] = open_by("TRUE", &kept[explore_self()]);
}
static void close_what_is_gone(void) {
    haft_status status = system_close_gone(&first.hold, first.opening);
    MUST(status == HAFT_OK || status == HAFT_E_STALE || status == HAFT_E_OS);
}
static void counted_once(void) {
    if (kept[1].opening) MUST(said[1] == HAFT_OK && close_it(&kept[1]) == HAFT_OK);
    nothing_is_counted();
}

TEST(bounds, inv5_a_foreign_close_gives_up_one_count) {
    explore_protocol p = { "a closer of what was closed out of sight, and its opener", link_at_two,
                           { close_what_is_gone, close_behind_and_open }, counted_once };
    explore(&p);
}

/* ---- what is perhaps no open: made at the bound as well, and closed again ---- */

static void by_link_perhaps(void) {
    opened mine;
    haft_status status = open_with(haft__opening_begin_perhaps, "LINK A", &mine);
    MUST(status == HAFT_OK || status == HAFT_E_LIMIT);
    if (status == HAFT_OK) MUST(close_it(&mine) == HAFT_OK);
}
static void by_new_name(void) { open_and_close("LINK B"); }

TEST(bounds, inv5_what_is_perhaps_no_open_while_the_last_is_closed) {
    explore_protocol p = { "a close, what is perhaps no open, and a new name, at a bound of one", link_at_one,
                           { close_first, by_link_perhaps, by_new_name }, nothing_refused_for_ever };
    explore(&p);
}
