/* test_holders_many.c: values that the system hands out many times: modules, each opening of which is a holder. */
#include "unit.h"

#include "core/holders.h"
#include "core/opening.h"

#define E (&unit_event)
#define M (&unit_module)

static haft_hold hold(haft_class *c, uint64_t raw) {
    haft_hold h = { 0, 0 };
    CHECK_EQ(haft__adopt(&h, raw, HAFT_OWNER_USER, c, NULL), HAFT_OK);
    return h;
}

/* ---- one value, many openings ---- */

#define AT_A ((const void *)&unit_closes.closes)
#define AT_B ((const void *)&unit_closes.last)

static haft_status open_module(haft_hold *h, uint64_t raw, const void *at) {
    haft__opening o;
    haft__ask ask = { M, at, NULL, 0, true, true, NULL };
    haft_status status = haft__opening_begin(&o, &ask);
    if (status != HAFT_OK) return status;
    h->raw = raw;
    return haft__opening_done(&o, raw, HAFT_OWNER_USER, &h->tag);
}

TEST(holders, inv1_each_opening_of_a_module_is_closed) {
    haft_hold a = { 0, 0 }, b = { 0, 0 }, c = { 0, 0 };
    size_t live = haft_live();
    unit_closes_reset();
    CHECK_EQ(open_module(&a, 0x7f0010000, AT_A), HAFT_OK);
    CHECK_EQ(open_module(&b, 0x7f0010000, AT_B), HAFT_OK);
    CHECK_EQ(haft__adopt(&c, 0x7f0010000, HAFT_OWNER_USER, M, NULL), HAFT_OK);
    CHECK_EQ(haft_live(), live + 1); /* one value */
    haft_hold copy = b;
    CHECK_EQ(haft__close(&b, M, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK_EQ(haft__close(&copy, M, NULL), HAFT_E_STALE);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK_EQ(haft__raw(&a, M, NULL), 0x7f0010000);
    CHECK_EQ(haft__close(&a, M, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&c, M, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 3);
    CHECK_EQ(haft_live(), live);
}

/* A share is no opening: the system was not asked for the module once more, so it must not be given back once more. */
TEST(holders, inv1_a_shared_module_is_closed_as_often_as_opened) {
    haft_hold a = { 0, 0 }, b = { 0, 0 }, c = { 0, 0 };
    unit_closes_reset();
    CHECK_EQ(open_module(&a, 0x7f0020000, AT_A), HAFT_OK);
    CHECK_EQ(haft__share(&b, &a, M, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&a, M, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 0);
    CHECK_EQ(open_module(&c, 0x7f0020000, AT_A), HAFT_OK);
    CHECK_EQ(haft__close(&b, M, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK_EQ(haft__close(&c, M, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 2);
}

TEST(holders, inv5_modules_are_counted_by_site_and_uncounted_again) {
    haft_hold h[4];
    unit_closes_reset();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_MODULE, 2), HAFT_OK);
    for (int turn = 0; turn < 5; turn++) {
        memset(h, 0, sizeof h);
        CHECK_EQ(open_module(&h[0], 0x7f0030000, AT_A), HAFT_OK);
        CHECK_EQ(open_module(&h[1], 0x7f0030000, AT_A), HAFT_OK);
        CHECK_EQ(open_module(&h[2], 0x7f0030000, AT_A), HAFT_E_LIMIT);
        CHECK_EQ(open_module(&h[2], 0x7f0030000, AT_B), HAFT_OK);
        CHECK_EQ(haft__close(&h[turn % 2], M, NULL), HAFT_OK); /* either of the two makes room for one */
        CHECK_EQ(open_module(&h[3], 0x7f0030000, AT_A), HAFT_OK);
        for (int i = 0; i < 4; i++) haft__end(&h[i], M, NULL);
    }
    CHECK_EQ(unit_closes.closes, 20);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_MODULE, 0), HAFT_OK);
}

TEST(holders, a_module_is_released_by_its_last_holder) {
    haft_hold a = { 0, 0 }, b = { 0, 0 };
    size_t live = haft_live();
    unit_closes_reset();
    CHECK_EQ(open_module(&a, 0x7f0040000, AT_A), HAFT_OK);
    CHECK_EQ(open_module(&b, 0x7f0040000, AT_A), HAFT_OK);
    CHECK_EQ(haft__release(&a, M, NULL), 0);
    CHECK_EQ(haft__close(&b, M, NULL), HAFT_OK);
    CHECK_EQ(haft__release(&a, M, NULL), 0x7f0040000);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK_EQ(haft_live(), live);
}

static haft_hold adopt_as(haft_class *c, uint64_t raw, haft_owner owner, haft_status expected) {
    haft_hold h = { 0, 0 };
    CHECK_EQ(haft__adopt(&h, raw, owner, c, NULL), expected);
    return h;
}

TEST(holders, a_components_module_is_not_adopted_as_own) {
    uint64_t raw = 0x7f00a0000, tracked = haft_found(HAFT_FINDING_TRACKED);
    haft_hold kernel = adopt_as(M, raw, HAFT_OWNER_KERNEL, HAFT_OK);
    adopt_as(M, raw, HAFT_OWNER_USER, HAFT_E_TRACKED);
    CHECK_EQ(haft_found(HAFT_FINDING_TRACKED), tracked + 1);
    CHECK_EQ(haft__raw(&kernel, M, NULL), raw);
    haft_hold again = adopt_as(M, raw, HAFT_OWNER_KERNEL, HAFT_OK);
    CHECK_EQ(haft__release(&again, M, NULL), raw);
    haft_hold user = adopt_as(M, raw, HAFT_OWNER_USER, HAFT_OK);
    adopt_as(M, raw, HAFT_OWNER_KERNEL, HAFT_E_TRACKED);
    CHECK_EQ(haft__close(&user, M, NULL), HAFT_OK);
    CHECK_EQ(haft_live(), 0);
}

TEST(holders, inv3_what_is_no_module_is_not_adopted_as_one) {
    haft_hold h = hold(&unit_memory, 0x7f00b0000), other = { 0, 0 };
    uint64_t wrong = haft_found(HAFT_FINDING_WRONG_CLASS);
    unit_closes_reset();
    for (int shared = 0; shared < 2; shared++) {
        if (shared) CHECK_EQ(haft__share(&other, &h, &unit_memory, NULL), HAFT_OK);
        adopt_as(M, h.raw, HAFT_OWNER_USER, HAFT_E_WRONG_CLASS);
        CHECK(haft__valid(&h, &unit_memory));
    }
    CHECK_EQ(haft_found(HAFT_FINDING_WRONG_CLASS), wrong + 2);
    CHECK_EQ(haft__close(&h, &unit_memory, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&other, &unit_memory, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK_EQ(haft_live(), 0);
}

/* The system has mapped a module where code out of sight has freed something else; a component's life ends without a word. */
TEST(holders, a_module_where_something_else_was) {
    haft_hold other = { 0, 0 }, m = { 0, 0 };
    for (int shared = 0; shared < 2; shared++) {
        uint64_t found = haft_found(HAFT_FINDING_FOREIGN_CLOSE), raw = 0x7f00c0000;
        haft_hold h = hold(&unit_memory, raw);
        if (shared) CHECK_EQ(haft__share(&other, &h, &unit_memory, NULL), HAFT_OK);
        CHECK_EQ(open_module(&m, raw, AT_A), HAFT_OK);
        CHECK_EQ(haft_found(HAFT_FINDING_FOREIGN_CLOSE), found + 1);
        CHECK_EQ(haft__close(&h, &unit_memory, NULL), HAFT_E_STALE);
        if (shared) CHECK_EQ(haft__close(&other, &unit_memory, NULL), HAFT_E_STALE);
        CHECK_EQ(haft__close(&m, M, NULL), HAFT_OK);
        h = adopt_as(M, raw, HAFT_OWNER_KERNEL, HAFT_OK);
        CHECK_EQ(open_module(&m, raw, AT_A), HAFT_OK);
        CHECK_EQ(haft_found(HAFT_FINDING_FOREIGN_CLOSE), found + 1);
        CHECK(!haft__valid(&h, M));
        CHECK_EQ(haft__close(&m, M, NULL), HAFT_OK);
    }
    CHECK_EQ(haft_live(), 0);
}

/* A component's module that comes back is held like any other, so that one load more is one holder more. */
TEST(holders, inv1_a_module_that_comes_back_is_closed_as_often_as_opened) {
    haft_hold a = { 0, 0 }, b = { 0, 0 }, c = { 0, 0 };
    unit_closes_reset();
    CHECK_EQ(open_module(&a, 0x7f00d0000, AT_A), HAFT_OK);
    CHECK_EQ(haft__transfer(&a, HAFT_OWNER_KERNEL, M, NULL), HAFT_OK);
    unit_alloc_fail(1, true);
    CHECK_EQ(haft__transfer(&a, HAFT_OWNER_USER, M, NULL), HAFT_E_NOMEM);
    unit_alloc_end();
    CHECK_EQ(haft__owner(&a, M), HAFT_OWNER_KERNEL);
    CHECK_EQ(haft__transfer(&a, HAFT_OWNER_USER, M, NULL), HAFT_OK);
    CHECK_EQ(haft__owner(&a, M), HAFT_OWNER_SHARED); /* as it was */
    CHECK_EQ(open_module(&b, 0x7f00d0000, AT_A), HAFT_OK);
    CHECK_EQ(haft__adopt(&c, 0x7f00d0000, HAFT_OWNER_USER, M, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&a, M, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&b, M, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&c, M, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 3);
    CHECK_EQ(haft_live(), 0);
}

/* ---- openings that a shim saw ---- */

static haft__place module_at(uint64_t raw) { return haft__place_of(M, HAFT_CLASS_MODULE, raw); }

static haft_status open_raw(uint64_t raw, uint64_t *tag) {
    haft__birth birth = { HAFT_CLASS_MODULE, HAFT__OWNER_RAW, 0, NULL, false };
    haft__life was;
    return haft__share_open(module_at(raw), &birth, tag, &was);
}

TEST(holders, a_shims_opening_goes_over_to_the_wrapper_that_adopts_it) {
    haft_hold first = { 0, 0 }, second = { 0, 0 };
    uint64_t tag = 0;
    haft__life was;
    unit_closes_reset();
    CHECK_EQ(open_module(&first, 0x7f0050000, AT_A), HAFT_OK); /* another's: the shim's is not the first */
    CHECK_EQ(open_raw(0x7f0050000, &tag), HAFT_OK);
    CHECK_EQ(haft__adopt(&second, 0x7f0050000, HAFT_OWNER_USER, M, NULL), HAFT_OK);
    CHECK_EQ(haft__share_leave_raw(module_at(0x7f0050000), 0, &was), HAFT_E_NOT_OWNER); /* the wrapper's by now */
    CHECK_EQ(haft__close(&second, M, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&first, M, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 2); /* two openings, not three */
    CHECK_EQ(haft_live(), 0);
}

TEST(holders, a_shims_openings_are_closed_by_raw_code) {
    uint64_t tag = 0;
    haft__life was;
    CHECK_EQ(haft__share_leave_raw(module_at(0x7f0060000), 0, &was), HAFT_E_STALE); /* nothing is there */
    CHECK_EQ(open_raw(0x7f0060000, &tag), HAFT_OK);
    CHECK_EQ(open_raw(0x7f0060000, &tag), HAFT_OK);
    CHECK_EQ(haft__share_leave_raw(module_at(0x7f0060000), 0, &was), HAFT_OK);
    CHECK_EQ(haft_live(), 1);
    CHECK_EQ(haft__share_leave_raw(module_at(0x7f0060000), 0, &was), HAFT_OK);
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(haft__share_leave_raw(module_at(0x7f0060000), 0, &was), HAFT_E_STALE);
}

TEST(holders, raw_code_leaves_what_is_not_shared) {
    haft_hold h = hold(E, 0x320);
    haft__life was;
    CHECK_EQ(haft__share_leave_raw(haft__place_of(E, HAFT_CLASS_EVENT, 0x320), 0, &was), HAFT_E_STALE);
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_OK);
}

TEST(holders, inv6_no_room_for_one_opening_more) {
    enum { MANY = 9 };
    haft_hold h[MANY];
    memset(h, 0, sizeof h);
    int n = 0;
    CHECK_EQ(open_module(&h[n++], 0x7f0070000, AT_A), HAFT_OK);
    unit_alloc_fail(1, true);
    haft_status status = HAFT_OK;
    while (status == HAFT_OK && n < MANY) status = open_module(&h[n++], 0x7f0070000, AT_A);
    unit_alloc_end();
    CHECK_EQ(status, HAFT_E_NOMEM);
    unit_closes_reset();
    for (int i = 0; i < n - 1; i++) CHECK_EQ(haft__close(&h[i], M, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, (unsigned)n - 1);
    CHECK_EQ(haft_live(), 0);
}

/* ---- numbers that are used up ---- */

/* No holder is ever given a former one's number: then there are no more holders. */
TEST(holders, inv5_holders_numbers_saturate) {
    haft_hold a = hold(E, 0x324), b = { 0, 0 }, m = { 0, 0 };
    uint64_t kept = haft__holders_number, tag = 0;
    CHECK_EQ(open_raw(0x7f0080000, &tag), HAFT_OK);
    haft__holders_number = HAFT__GENERATION_MASK;
    unit_closes_reset();
    CHECK_EQ(haft__share(&b, &a, E, NULL), HAFT_E_LIMIT);
    CHECK_EQ(open_module(&m, 0x7f0080000, AT_A), HAFT_E_LIMIT); /* one more, the first, and one that goes over */
    CHECK_EQ(open_module(&m, 0x7f0090000, AT_A), HAFT_E_LIMIT);
    CHECK_EQ(haft__adopt(&m, 0x7f0080000, HAFT_OWNER_USER, M, NULL), HAFT_E_LIMIT);
    haft__holders_number = HAFT__GENERATION_MASK - HAFT__GENERATION_ONE;
    CHECK_EQ(haft__share(&b, &a, E, NULL), HAFT_E_LIMIT); /* it takes two */
    haft__holders_number = kept + HAFT__GENERATION_ONE;
    CHECK_EQ(haft__owner(&a, E), HAFT_OWNER_USER);
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK);
    CHECK_EQ(haft__adopt(&m, 0x7f0080000, HAFT_OWNER_USER, M, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&m, M, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 4); /* with the two that could not be tracked */
    CHECK_EQ(haft_live(), 0);
}

TEST(holders, inv5_a_value_whose_generations_are_used_up_has_no_holders) {
    haft_class low = { "module", HAFT_CLASS_MODULE, HAFT_SPACE_KERNEL, { 0, 0 }, NULL, NULL };
    haft__place place = haft__place_of(&low, HAFT_CLASS_MODULE, 0x328);
    haft__birth birth = { HAFT_CLASS_MODULE, HAFT_OWNER_USER, 0, NULL, false };
    haft__life was;
    uint64_t tag = 0;
    haft__entry *e = haft__pin(place, true);
    REQUIRE(e != NULL);
    haft__store64(&e->word, HAFT__GENERATION_MASK);
    CHECK_EQ(haft__share_open(place, &birth, &tag, &was), HAFT_E_LIMIT);
    CHECK_EQ(haft_live(), 0);
    haft__store64(&e->word, 0);
    haft__unpin(place, e);
}
