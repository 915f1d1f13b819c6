/* test_opening.c: one opening on its way from its bound to the ledger, and what gives its count up again. */
#include "unit.h"

#include "core/opening.h"

#define M (&unit_memory)
#define AT_A ((const void *)&unit_closes.closes)
#define AT_B ((const void *)&unit_closes.last)

static haft_status begin(haft__opening *o, haft_class *c, const char *name, bool enforce, const void *at) {
    haft__ask ask = { c, at, name, name ? strlen(name) : 0, true, enforce, NULL };
    return haft__opening_begin(o, &ask);
}

static haft_status open_at(haft_hold *h, haft_class *c, const char *name, uint64_t raw, const void *at) {
    haft__opening o;
    haft_status status = begin(&o, c, name, true, at);
    h->raw = raw;
    h->tag = 0;
    return status == HAFT_OK ? haft__opening_done(&o, raw, HAFT_OWNER_USER, &h->tag) : status;
}

/* Whether exactly one more can be opened: nothing that failed still counts. */
static void room_for_one(haft_class *c, const char *name, const void *at) {
    haft__opening one, two;
    CHECK_EQ(begin(&one, c, name, true, at), HAFT_OK);
    CHECK_EQ(begin(&two, c, name, true, at), HAFT_E_LIMIT);
    haft__opening_cancel(&one);
}

TEST(opening, a_cancelled_one_does_not_count) {
    CHECK_EQ(haft_limit_set(HAFT_CLASS_LOCAL, 1), HAFT_OK);
    for (int i = 0; i < 3; i++) room_for_one(M, NULL, AT_A);
    room_for_one(M, NULL, AT_B); /* a site of its own */
    CHECK_EQ(haft_limit_set(HAFT_CLASS_LOCAL, 0), HAFT_OK);
}

TEST(opening, inv6_what_cannot_be_tracked_does_not_count) {
    haft__opening o;
    uint64_t tag = 0;
    CHECK_EQ(haft_limit_set(HAFT_CLASS_LOCAL, 1), HAFT_OK);
    CHECK_EQ(begin(&o, M, NULL, true, AT_A), HAFT_OK);
    unit_alloc_fail(1, true);
    CHECK_EQ(haft__opening_done(&o, UINT64_C(0x7fe000000000), HAFT_OWNER_USER, &tag), HAFT_E_NOMEM);
    unit_alloc_end();
    room_for_one(M, NULL, AT_A);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_LOCAL, 0), HAFT_OK);
}

TEST(opening, a_close_and_a_release_give_the_count_up) {
    haft_hold h;
    unit_closes_reset();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    CHECK_EQ(open_at(&h, &unit_event, "NAME", 0x1200, AT_A), HAFT_OK);
    CHECK_EQ(haft__close(&h, &unit_event, NULL), HAFT_OK);
    room_for_one(&unit_event, "NAME", AT_A);
    CHECK_EQ(open_at(&h, &unit_event, "NAME", 0x1200, AT_A), HAFT_OK);
    CHECK_EQ(haft__release(&h, &unit_event, NULL), 0x1200);
    room_for_one(&unit_event, "NAME", AT_A);
    CHECK_EQ(open_at(&h, &unit_event, "NAME", 0x1200, AT_A), HAFT_OK);
    unit_closes.refuses = true; /* the system will not close it: it is lost, not open */
    CHECK_EQ(haft__close(&h, &unit_event, NULL), HAFT_E_OS);
    unit_closes_reset();
    room_for_one(&unit_event, "NAME", AT_A);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

/* As long as the system has it open it counts: whoever opens the object meanwhile is one more. */
static haft_status status_meanwhile;
static void open_meanwhile(uint64_t raw) {
    haft__opening o;
    (void)raw;
    status_meanwhile = begin(&o, &unit_event, "NAME", true, AT_B);
    if (status_meanwhile == HAFT_OK) haft__opening_cancel(&o);
}

TEST(opening, inv5_what_is_being_closed_still_counts) {
    unit_closes_reset();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    for (int shared = 0; shared < 2; shared++) {
        haft_hold h, other = { 0, 0 };
        CHECK_EQ(open_at(&h, &unit_event, "NAME", 0x1214, AT_A), HAFT_OK);
        if (shared) CHECK_EQ(haft__share(&other, &h, &unit_event, NULL), HAFT_OK);
        if (shared) CHECK_EQ(haft__close(&other, &unit_event, NULL), HAFT_OK);
        unit_closes.during = open_meanwhile;
        status_meanwhile = HAFT_OK;
        CHECK_EQ(haft__close(&h, &unit_event, NULL), HAFT_OK);
        CHECK_EQ(status_meanwhile, HAFT_E_LIMIT);
        room_for_one(&unit_event, "NAME", AT_A);
        unit_closes_reset();
    }
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

/* So does what is closed again because it could not be tracked: its value has been reopened too often, */
TEST(opening, inv5_what_cannot_be_tracked_counts_until_it_is_closed) {
    haft__place place = haft__place_of(&unit_event, HAFT_CLASS_EVENT, 0x1218);
    haft_hold h;
    haft__entry *e = haft__pin(place, true);
    REQUIRE(e != NULL);
    haft__store64(&e->word, HAFT__GENERATION_MASK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    unit_closes_reset();
    unit_closes.during = open_meanwhile;
    status_meanwhile = HAFT_OK;
    CHECK_EQ(open_at(&h, &unit_event, "NAME", 0x1218, AT_A), HAFT_E_LIMIT);
    CHECK_EQ(status_meanwhile, HAFT_E_LIMIT);
    CHECK_EQ(unit_closes.closes, 1);
    unit_closes_reset();
    room_for_one(&unit_event, "NAME", AT_A);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
    haft__store64(&e->word, 0);
    haft__unpin(place, e);
}

/* ... and what there was no memory to count by its true name is closed at once, before another new name is opened. */
TEST(opening, inv5_what_cannot_be_counted_is_closed_at_once) {
    haft__opening o;
    haft__ask ask = { &unit_event, AT_A, "ALIAS", 5, false, true, NULL };
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    for (int theirs = 0; theirs < 2; theirs++) {
        CHECK_EQ(haft__opening_begin(&o, &ask), HAFT_OK);
        REQUIRE(haft__opening_unsettled(&o));
        unit_closes_reset();
        unit_alloc_fail(1, true);
        CHECK_EQ(haft__opening_settle(&o, 0x121c, theirs ? HAFT__OWNER_RAW : HAFT_OWNER_USER, "NAME", 4), HAFT_E_NOMEM);
        unit_alloc_end();
        CHECK_EQ(unit_closes.closes, !theirs);
        room_for_one(&unit_event, "NAME", AT_A);
    }
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

TEST(opening, shared_handles_count_once) {
    haft_hold h, other = { 0, 0 }, third = { 0, 0 };
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 2), HAFT_OK);
    CHECK_EQ(open_at(&h, &unit_event, "NAME", 0x1204, AT_A), HAFT_OK);
    CHECK_EQ(haft__share(&other, &h, &unit_event, NULL), HAFT_OK);
    CHECK_EQ(haft__share(&third, &h, &unit_event, NULL), HAFT_OK);
    CHECK_EQ(haft__opens(&other, &unit_event), 1);
    room_for_one(&unit_event, "NAME", AT_A);
    CHECK_EQ(haft__close(&h, &unit_event, NULL), HAFT_OK);
    CHECK_EQ(haft__opens(&third, &unit_event), 1);
    room_for_one(&unit_event, "NAME", AT_A);
    CHECK_EQ(haft__close(&third, &unit_event, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&other, &unit_event, NULL), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    room_for_one(&unit_event, "NAME", AT_A);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

/* Code out of sight has closed it; its count goes when the system hands its value out again. */
TEST(opening, a_foreign_close_gives_the_count_up) {
    haft_hold lost, other = { 0, 0 }, next;
    unit_closes_reset();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 2), HAFT_OK);
    for (int shared = 0; shared < 2; shared++) {
        uint64_t found = haft_found(HAFT_FINDING_FOREIGN_CLOSE);
        CHECK_EQ(open_at(&lost, &unit_event, "NAME", 0x1208, AT_A), HAFT_OK);
        if (shared) CHECK_EQ(haft__share(&other, &lost, &unit_event, NULL), HAFT_OK);
        CHECK_EQ(open_at(&next, &unit_event, "NAME", 0x1208, AT_B), HAFT_OK);
        CHECK_EQ(haft_found(HAFT_FINDING_FOREIGN_CLOSE), found + 1);
        CHECK_EQ(haft__opens(&next, &unit_event), 1);
        CHECK_EQ(haft__close(&lost, &unit_event, NULL), HAFT_E_STALE);
        if (shared) CHECK_EQ(haft__close(&other, &unit_event, NULL), HAFT_E_STALE);
        CHECK_EQ(haft__close(&next, &unit_event, NULL), HAFT_OK);
    }
    CHECK_EQ(unit_closes.closes, 2);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    room_for_one(&unit_event, "NAME", AT_A);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

TEST(opening, a_bound_that_is_not_enforced_is_a_finding) {
    haft__opening o[3];
    uint64_t found = haft_found(HAFT_FINDING_LIMIT);
    unit_listen();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    for (int i = 0; i < 3; i++) CHECK_EQ(begin(&o[i], &unit_event, "NAME", false, AT_A), HAFT_OK);
    CHECK_EQ(haft_found(HAFT_FINDING_LIMIT), found + 2);
    CHECK_EQ(unit_last.f.count, 2); /* live when the third was asked for */
    CHECK_STR(unit_last.name, "NAME");
    for (int i = 0; i < 3; i++) haft__opening_cancel(&o[i]);
    room_for_one(&unit_event, "NAME", AT_A);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
    unit_deaf();
}

TEST(opening, inv5_the_finding_tells_name_count_and_site) {
    haft__opening o, more;
    unit_listen();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    CHECK_EQ(begin(&o, &unit_event, "NAME", true, AT_A), HAFT_OK);
    CHECK_EQ(begin(&more, &unit_event, "NAME", true, AT_A), HAFT_E_LIMIT);
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_LIMIT);
    CHECK_EQ(unit_last.f.class_id, HAFT_CLASS_EVENT);
    CHECK_EQ(unit_last.f.count, 1);
    CHECK_STR(unit_last.name, "NAME");
    CHECK(unit_last.at[0] != '\0');
    haft__opening_cancel(&o);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
    unit_deaf();
}

/* The name is new, and only the system knows that it leads to an object that is open as often already. */
TEST(opening, a_bound_that_is_not_enforced_is_passed_by_a_new_name) {
    haft__opening o;
    haft_hold one, two = { 0x1214, 0 };
    haft__ask ask = { &unit_event, AT_A, "ALIAS", 5, false, false, NULL };
    uint64_t found = haft_found(HAFT_FINDING_LIMIT);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    CHECK_EQ(open_at(&one, &unit_event, "NAME", 0x1210, AT_A), HAFT_OK);
    CHECK_EQ(haft__opening_begin(&o, &ask), HAFT_OK);
    CHECK_EQ(haft_found(HAFT_FINDING_LIMIT), found);
    CHECK_EQ(haft__opening_settle(&o, two.raw, HAFT_OWNER_USER, "NAME", 4), HAFT_OK);
    CHECK_EQ(haft_found(HAFT_FINDING_LIMIT), found + 1);
    CHECK_EQ(haft__opening_done(&o, two.raw, HAFT_OWNER_USER, &two.tag), HAFT_OK);
    CHECK_EQ(haft__opens(&two, &unit_event), 2);
    CHECK_EQ(haft__close(&one, &unit_event, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&two, &unit_event, NULL), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

/* The bound is met, and only the call can tell whether it is an open: then it is refused, or told of. */
TEST(opening, what_is_perhaps_no_open_is_refused_after_the_call) {
    haft__opening o;
    haft_hold one;
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    CHECK_EQ(open_at(&one, &unit_event, "NAME", 0x1220, AT_A), HAFT_OK);
    for (int enforce = 0; enforce < 2; enforce++) {
        haft__ask ask = { &unit_event, AT_A, "NAME", 4, true, enforce != 0, NULL };
        uint64_t found = haft_found(HAFT_FINDING_LIMIT);
        CHECK_EQ(haft__opening_begin_perhaps(&o, &ask), HAFT_OK);
        haft__opening_cancel(&o); /* it was none */
        CHECK_EQ(haft_found(HAFT_FINDING_LIMIT), found);
        CHECK_EQ(haft__opens(&one, &unit_event), 1);
        unit_closes_reset();
        unit_listen();
        CHECK_EQ(haft__opening_begin_perhaps(&o, &ask), HAFT_OK);
        CHECK(haft__opening_unsettled(&o));
        CHECK_EQ(haft__opening_settle(&o, 0x1224, HAFT__OWNER_RAW, "NAME", 4), enforce ? HAFT_E_LIMIT : HAFT_OK);
        CHECK_EQ(unit_closes.closes, enforce);
        CHECK_EQ(unit_last.times, 1);
        CHECK_EQ(unit_last.f.count, 1);
        CHECK_STR(unit_last.name, "NAME");
        CHECK_EQ(haft__opens(&one, &unit_event), enforce ? 1 : 2);
        haft__opening_cancel(&o);
        unit_deaf();
    }
    CHECK_EQ(haft__close(&one, &unit_event, NULL), HAFT_OK);
    room_for_one(&unit_event, "NAME", AT_A);
    CHECK_EQ(haft__opening_begin_perhaps(&o, &(haft__ask){ &unit_event, AT_A, "NAME", 4, true, true, NULL }), HAFT_OK);
    CHECK(!haft__opening_unsettled(&o));
    haft__opening_cancel(&o);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

/* A bound that is set later counts what is opened from then on. */
TEST(opening, handles_that_live_already_keep_what_they_have) {
    haft_hold before, after;
    CHECK_EQ(open_at(&before, &unit_event, "NAME", 0x120c, AT_A), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    CHECK_EQ(haft__opens(&before, &unit_event), 1); /* not counted */
    CHECK_EQ(open_at(&after, &unit_event, "NAME", 0x1210, AT_A), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
    CHECK_EQ(haft__opens(&after, &unit_event), 1); /* counted, though no more */
    CHECK_EQ(haft__close(&before, &unit_event, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&after, &unit_event, NULL), HAFT_OK);
}
