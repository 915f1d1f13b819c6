/* test_hold.c: one wrapper and its copies: closed once, never the value's next life, and in the right order. */
#include "unit.h"

#include "base/lock.h"
#include "core/ledger.h"
#include "core/opening.h"

#include <errno.h>

#define E (&unit_event)

static haft_hold hold(uint64_t raw) {
    haft_hold h = { 0, 0 };
    CHECK_EQ(haft__adopt(&h, raw, HAFT_OWNER_USER, E, NULL), HAFT_OK);
    return h;
}

TEST(hold, inv1_copies_close_once) {
    unit_closes_reset();
    haft_hold a = hold(0x100), b = a, c = a;
    CHECK_EQ(haft__close(&b, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_E_STALE);
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK); /* empty by now */
    haft__end(&c, E, NULL);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK_EQ(unit_closes.last, 0x100);
    CHECK(a.raw == 0 && a.tag == 0 && c.tag == 0);
}

TEST(hold, inv1_the_next_life_is_never_touched) {
    uint64_t found = haft_found(HAFT_FINDING_STALE);
    unit_closes_reset();
    haft_hold old = hold(0x104), copy = old;
    CHECK_EQ(haft__close(&old, E, NULL), HAFT_OK);
    haft_hold next = hold(0x104);
    CHECK_EQ(haft__close(&copy, E, NULL), HAFT_E_STALE);
    copy.raw = next.raw;
    CHECK_EQ(unit_closes.closes, 1);
    CHECK(haft__valid(&next, E));
    CHECK_EQ(haft__raw(&next, E, NULL), 0x104);
    CHECK_EQ(haft__close(&next, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 2);
    CHECK_EQ(haft_found(HAFT_FINDING_STALE), found + 1);
}

/* Within the system's close the entry is gone already: another thread that is given the value meanwhile begins a life of its
 * own. */
static haft_hold watched, reborn;
static size_t live_during;

static void look_around(uint64_t raw) {
    live_during = haft_live();
    CHECK(!haft__valid(&watched, E));
    CHECK_EQ(haft__adopt(&reborn, raw, HAFT_OWNER_USER, E, NULL), HAFT_OK);
}

TEST(hold, inv1_the_entry_goes_before_the_systems_close) {
    unit_closes_reset();
    memset(&reborn, 0, sizeof reborn);
    size_t live = haft_live();
    haft_hold h = watched = hold(0x108);
    CHECK_EQ(haft_live(), live + 1);
    unit_closes.during = look_around;
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_OK);
    CHECK_EQ(live_during, live);
    unit_closes.during = NULL;
    CHECK(haft__valid(&reborn, E)); /* what came after it stays */
    CHECK_EQ(haft__close(&reborn, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 2);
}

TEST(hold, a_stale_wrapper_gives_nothing) {
    unit_closes_reset();
    haft_hold a = hold(0x10c), b = a;
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK);
    uint64_t found = haft_found(HAFT_FINDING_STALE);
    CHECK(!haft__valid(&b, E));
    CHECK_EQ(haft__owner(&b, E), HAFT_OWNER_NONE);
    CHECK_EQ(haft__opens(&b, E), 0);
    CHECK_EQ(haft_found(HAFT_FINDING_STALE), found); /* looking is no finding */
    CHECK_EQ(haft__raw(&b, E, NULL), 0);
    CHECK_EQ(haft_found(HAFT_FINDING_STALE), found + 1);
    CHECK_EQ(haft__borrow(&b, E, NULL).tag, 0);
    CHECK_EQ(haft_found(HAFT_FINDING_STALE), found + 2);
    CHECK_EQ(haft__release(&b, E, NULL), 0);
    CHECK_EQ(haft_found(HAFT_FINDING_STALE), found + 3);
    CHECK_EQ(unit_closes.closes, 1);
}

TEST(hold, a_refused_close_is_told_and_is_over) {
    unit_closes_reset();
    unit_listen();
    size_t live = haft_live();
    haft_hold h = hold(0x110);
    unit_closes.refuses = true;
    errno = 0;
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_E_OS);
    CHECK_EQ(errno, UNIT_REFUSED); /* the system's own, though the sink spoils it */
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_CLOSE_FAILED);
    CHECK_EQ(h.tag, 0);
    CHECK_EQ(haft_live(), live);
    unit_deaf();
}

TEST(hold, adopting_into_a_full_wrapper_closes_what_it_held) {
    unit_closes_reset();
    haft_hold h = hold(0x114);
    CHECK_EQ(haft__adopt(&h, 0x118, HAFT_OWNER_USER, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK_EQ(unit_closes.last, 0x114);
    CHECK_EQ(haft__adopt(&h, 0x118, HAFT_OWNER_USER, E, NULL), HAFT_E_TRACKED); /* itself: it stays as it is */
    CHECK_EQ(haft__adopt(&h, 0, HAFT_OWNER_USER, E, NULL), HAFT_E_INVALID);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK(haft__valid(&h, E));
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_OK);
}

TEST(hold, inv3_another_closers_value_is_refused) {
    unit_closes_reset();
    uint64_t found = haft_found(HAFT_FINDING_WRONG_CLASS);
    haft_hold e = hold(0x11c), k = { 0, 0 };
    CHECK_EQ(haft__adopt(&k, 0x11c, HAFT_OWNER_USER, &unit_key, NULL), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft__adopt(&k, 0x11c, HAFT_OWNER_BORROWED, &unit_key, NULL), HAFT_E_WRONG_CLASS);
    CHECK_EQ(k.tag, 0);
    CHECK_EQ(haft__close(&e, &unit_key, NULL), HAFT_E_WRONG_CLASS); /* a wrapper that was cast */
    CHECK_EQ(haft__raw(&e, &unit_key, NULL), 0);
    CHECK_EQ(haft__release(&e, &unit_key, NULL), 0);
    CHECK_EQ(haft__share(&k, &e, &unit_key, NULL), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft__transfer(&e, HAFT_OWNER_KERNEL, &unit_key, NULL), HAFT_E_WRONG_CLASS);
    haft__end(&e, &unit_key, NULL);
    CHECK_EQ(unit_closes.closes, 0);
    CHECK_EQ(haft_found(HAFT_FINDING_WRONG_CLASS), found + 8);
    CHECK(haft__valid(&e, E));
    CHECK_EQ(haft__close(&e, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
}

TEST(hold, inv4_errors_survive) {
    unit_closes_reset();
    unit_listen();
    haft_hold h = { 0, 0 }, copy, to = { 0, 0 };
    unit_mark_errors();
    CHECK_EQ(haft__adopt(&h, 0x120, HAFT_OWNER_USER, E, NULL), HAFT_OK);
    CHECK(unit_errors_kept());
    copy = h;
    CHECK_EQ(haft__adopt(&to, 0x120, HAFT_OWNER_USER, E, NULL), HAFT_E_TRACKED);
    CHECK_EQ(haft__adopt(&to, 0x120, HAFT_OWNER_USER, &unit_key, NULL), HAFT_E_WRONG_CLASS);
    CHECK(unit_errors_kept());
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_OK);
    CHECK(unit_errors_kept());
    h = copy;
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_E_STALE);
    CHECK_EQ(haft__raw(&copy, E, NULL), 0);
    haft__end(&copy, E, NULL);
    CHECK(unit_errors_kept());
    h = hold(0x120);
    CHECK_EQ(haft__transfer(&h, HAFT_OWNER_KERNEL, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_E_NOT_OWNER);
    CHECK(unit_errors_kept());
    CHECK_EQ(haft__release(&h, E, NULL), 0x120);
    CHECK(unit_errors_kept());
    CHECK_EQ(unit_last.times, 6);
    unit_deaf();
}

TEST(hold, the_sites_are_told) {
    unit_closes_reset();
    unit_listen();
    haft_hold a = hold(0x124), b = a;
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&b, E, NULL), HAFT_E_STALE);
    CHECK_EQ(unit_last.times, 1);
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_STALE);
    CHECK_EQ(unit_last.f.raw, 0x124);
    CHECK_EQ(unit_last.f.class_id, HAFT_CLASS_EVENT);
    CHECK(strstr(unit_last.opened, "+0x") && strstr(unit_last.closed, "+0x") && strstr(unit_last.at, "+0x"));
    CHECK(strcmp(unit_last.closed, unit_last.at) != 0);
    CHECK(strcmp(unit_last.closed, unit_last.opened) != 0);
    unit_deaf();
}

TEST(hold, inv6_no_memory_leaves_the_value_to_its_caller) {
    unit_closes_reset();
    haft_hold m = { 0, 0 };
    unsigned n = 0;
    haft_status status = HAFT_E_NOMEM;
    for (n = 1; status != HAFT_OK && n < 10; n++) {
        unit_alloc_fail(n, true);
        status = haft__adopt(&m, UINT64_C(0x7ffd00000000), HAFT_OWNER_USER, &unit_memory, NULL);
        unit_alloc_end();
        if (status != HAFT_OK) CHECK_EQ(status, HAFT_E_NOMEM);
        if (status != HAFT_OK) CHECK(m.tag == 0 && unit_closes.closes == 0);
    }
    CHECK(n > 2); /* it did fail at first */
    CHECK_EQ(status, HAFT_OK);
    CHECK_EQ(haft__close(&m, &unit_memory, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
}

/* One declared, one opened. The sites are the same each time: the first time makes them known. */
static void open_and_close_two(void) {
    const void *at = &unit_closes;
    haft__ask ask = { E, at, NULL, 0, true, true, NULL };
    haft_hold declared = { 0, 0 }, opened = { 0x12c, 0 };
    haft__opening o;
    CHECK_EQ(haft__adopt(&declared, 0x128, HAFT_OWNER_USER, E, at), HAFT_OK);
    CHECK_EQ(haft__opening_begin(&o, &ask), HAFT_OK);
    CHECK_EQ(haft__opening_done(&o, opened.raw, HAFT_OWNER_USER, &opened.tag), HAFT_OK);
    CHECK_EQ(haft__raw(&opened, E, at), 0x12c);
    CHECK_EQ(haft__close(&declared, E, at), HAFT_OK);
    CHECK_EQ(haft__close(&opened, E, at), HAFT_OK);
}

TEST(hold, inv10_open_and_close_take_no_memory) {
    unit_closes_reset();
    open_and_close_two();
    unit_alloc_fail(1, true);
    open_and_close_two();
    CHECK_EQ(unit_alloc_end(), 0);
    CHECK_EQ(unit_closes.closes, 4);
}

/* A mutex of the last rank is held: whoever takes any other is stopped by the check of ranks, in builds that have it. */
TEST(hold, inv10_open_and_close_take_no_lock) {
    static haft__mutex last = HAFT__MUTEX(HAFT__RANK_MODEL);
    open_and_close_two();
    unit_closes_reset();
    haft__lock(&last);
    open_and_close_two();
    haft__unlock(&last);
    CHECK_EQ(unit_closes.closes, 2);
}

TEST(hold, a_wrapper_is_16_bytes) {
    CHECK_EQ(sizeof(haft_hold), 16);
    CHECK_EQ(sizeof(haft_event), 16);
}

/* ---- what is rare ---- */

TEST(hold, a_pseudo_handle_is_open_once) {
    haft_hold h = { 0, 0 };
    CHECK_EQ(haft__adopt(&h, 0x80000002u, HAFT_OWNER_USER, E, NULL), HAFT_OK);
    CHECK_EQ(haft__owner(&h, E), HAFT_OWNER_PSEUDO);
    CHECK_EQ(haft__opens(&h, E), 1);
}

TEST(hold, a_stale_loan_is_not_shared) {
    haft_hold h = { 0, 0 }, more = { 0, 0 };
    CHECK_EQ(haft__adopt(&h, 0x2f00, HAFT_OWNER_USER, E, NULL), HAFT_OK);
    haft_hold loan = haft__borrow(&h, E, NULL);
    CHECK_EQ(haft__share(&more, &loan, E, NULL), HAFT_E_NOT_OWNER);
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_OK);
    CHECK_EQ(haft__share(&more, &loan, E, NULL), HAFT_E_STALE);
    CHECK_EQ(more.tag, 0);
}

/* What another kind of handle uses up has nobody to borrow from: it is taken unchecked, as what nobody declared is. */
TEST(hold, a_shadow_is_borrowed_unchecked) {
    haft_class fd = { "fd", HAFT_CLASS_FD, HAFT_SPACE_FD, { UINTPTR_MAX, UINTPTR_MAX }, NULL, NULL };
    haft__place place = haft__place_of(&fd, HAFT_CLASS_FD, 9004);
    haft_hold h = { 0, 0 };
    haft__life was;
    haft__shadow_begin(place, HAFT_CLASS_STREAM, &was);
    CHECK_EQ(haft__adopt(&h, 9004, HAFT_OWNER_BORROWED, &fd, NULL), HAFT_OK);
    CHECK_EQ(haft__raw(&h, &fd, NULL), 9004);
    haft__shadow_end(place, HAFT_CLASS_STREAM);
    CHECK_EQ(haft__raw(&h, &fd, NULL), 9004); /* it hangs on no life */
    CHECK_EQ(haft__close(&h, &fd, NULL), HAFT_OK);
}

/* A closer of the program's own that calls a shim: the shim must know what is being closed, and nothing else. */
static bool knew_itself, knew_another;
static bool close_own(uint64_t raw) {
    knew_itself = haft__is_closing(raw);
    knew_another = haft__is_closing(raw + 4);
    return true;
}

TEST(hold, a_closer_of_the_programs_own_is_known_while_it_runs) {
    haft_class own = { "unit_own_closer", HAFT_CLASS_NONE, HAFT_SPACE_KERNEL, { 0, 0 }, close_own, NULL };
    haft_hold h = { 0, 0 };
    CHECK_EQ(haft__adopt(&h, 0x2f04, HAFT_OWNER_USER, &own, NULL), HAFT_OK);
    CHECK(!haft__is_closing(0x2f04));
    CHECK_EQ(haft__close(&h, &own, NULL), HAFT_OK);
    CHECK(knew_itself && !knew_another);
    CHECK(!haft__is_closing(0x2f04));
}
