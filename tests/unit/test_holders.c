/* test_holders.c: SHARED handles, and values that the system hands out many times. */
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

TEST(holders, inv2_the_last_of_many_closes) {
    enum { MANY = 40 };
    haft_hold h[MANY];
    memset(h, 0, sizeof h);
    unit_closes_reset();
    h[0] = hold(E, 0x300);
    for (int i = 1; i < MANY; i++) CHECK_EQ(haft__share(&h[i], &h[i / 2], E, NULL), HAFT_OK);
    for (int i = 0; i < MANY; i++) CHECK_EQ(haft__raw(&h[i], E, NULL), 0x300);
    for (int i = 1; i < MANY; i++) CHECK_EQ(haft__close(&h[(i * 7) % MANY], E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 0);
    CHECK_EQ(haft__close(&h[0], E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
}

TEST(holders, inv1_a_copy_cannot_take_anothers_hold) {
    haft_hold a = hold(E, 0x304), b = { 0, 0 }, c = { 0, 0 };
    unit_closes_reset();
    CHECK_EQ(haft__share(&b, &a, E, NULL), HAFT_OK);
    haft_hold copy = b, copy2 = b;
    CHECK_EQ(haft__close(&b, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&copy, E, NULL), HAFT_E_STALE);
    CHECK_EQ(haft__share(&c, &copy2, E, NULL), HAFT_E_STALE);
    CHECK_EQ(haft__share(&c, &a, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&copy2, E, NULL), HAFT_E_STALE); /* nor that of one who came later */
    CHECK(haft__valid(&a, E) && haft__valid(&c, E));
    CHECK_EQ(unit_closes.closes, 0);
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 0);
    CHECK_EQ(haft__close(&c, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
}

TEST(holders, a_copy_of_the_former_user_is_stale) {
    haft_hold a = hold(E, 0x308), copy = a, b = { 0, 0 };
    unit_closes_reset();
    CHECK_EQ(haft__share(&b, &a, E, NULL), HAFT_OK);
    CHECK(!haft__valid(&copy, E));
    CHECK_EQ(haft__close(&copy, E, NULL), HAFT_E_STALE);
    CHECK_EQ(unit_closes.closes, 0);
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&b, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
}

TEST(holders, holders_of_a_closed_life_are_stale_in_the_next) {
    haft_hold a = hold(E, 0x30c), b = { 0, 0 };
    unit_closes_reset();
    CHECK_EQ(haft__share(&b, &a, E, NULL), HAFT_OK);
    haft_hold copy = b;
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&b, E, NULL), HAFT_OK);
    haft_hold next = hold(E, 0x30c), next2 = { 0, 0 };
    CHECK_EQ(haft__share(&next2, &next, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&copy, E, NULL), HAFT_E_STALE);
    CHECK_EQ(haft__close(&next, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&next2, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 2);
}

TEST(holders, sharing_into_a_full_wrapper_closes_what_it_held) {
    haft_hold a = hold(E, 0x310), b = hold(E, 0x314);
    unit_closes_reset();
    CHECK_EQ(haft__share(&b, &a, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK_EQ(unit_closes.last, 0x314);
    CHECK_EQ(haft__share(&b, &a, E, NULL), HAFT_OK); /* its own former hold goes */
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK_EQ(haft__close(&b, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 2);
}

TEST(holders, sharing_with_itself_is_invalid) {
    haft_hold a = hold(E, 0x318), none = { 0, 0 };
    CHECK_EQ(haft__share(&a, &a, E, NULL), HAFT_E_INVALID);
    CHECK_EQ(haft__share(NULL, &a, E, NULL), HAFT_E_INVALID);
    CHECK_EQ(haft__share(&none, NULL, E, NULL), HAFT_E_INVALID);
    CHECK_EQ(haft__owner(&a, E), HAFT_OWNER_USER);
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK);
}

TEST(holders, inv6_no_memory_to_share_changes_nothing) {
    haft_hold a = hold(E, 0x31c), b = { 0, 0 }, holders[9];
    unit_closes_reset();
    unit_alloc_fail(1, true);
    CHECK_EQ(haft__share(&b, &a, E, NULL), HAFT_E_NOMEM);
    unit_alloc_end();
    CHECK_EQ(haft__owner(&a, E), HAFT_OWNER_USER);
    CHECK_EQ(b.tag, 0);
    memset(holders, 0, sizeof holders);
    int n = 0;
    haft_status status = haft__share(&holders[n++], &a, E, NULL);
    unit_alloc_fail(1, true);
    while (status == HAFT_OK && n < 9) status = haft__share(&holders[n++], &a, E, NULL);
    unit_alloc_end();
    CHECK_EQ(status, HAFT_E_NOMEM); /* no room for one more */
    for (int i = 0; i < n; i++) CHECK_EQ(haft__valid(&holders[i], E), i < n - 1);
    for (int i = 0; i < n; i++) haft__end(&holders[i], E, NULL);
    CHECK_EQ(unit_closes.closes, 0);
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
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

/* ---- openings that a shim saw ---- */

static haft__place module_at(uint64_t raw) { return haft__place_of(M, HAFT_CLASS_MODULE, raw); }

static haft_status open_raw(uint64_t raw, uint64_t *tag) {
    haft__birth birth = { HAFT_CLASS_MODULE, HAFT__OWNER_RAW, 0, NULL, false };
    return haft__share_open(module_at(raw), &birth, tag);
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

/* ---- what is over ---- */

/* In the hashed table an entry goes with its life: whoever comes then finds none. */
TEST(holders, copies_of_what_is_gone_are_stale) {
    haft_class *c = &unit_memory;
    haft_hold a = hold(c, 0x7f1000010), b = { 0, 0 }, more = { 0, 0 }, before = a;
    unit_closes_reset();
    CHECK_EQ(haft__share(&b, &a, c, NULL), HAFT_OK);
    haft_hold copy = b, joins = b, releases = b;
    CHECK_EQ(haft__close(&a, c, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&b, c, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
    CHECK_EQ(haft__share(&more, &before, c, NULL), HAFT_E_STALE);
    CHECK_EQ(haft__share(&more, &joins, c, NULL), HAFT_E_STALE);
    CHECK(!haft__valid(&copy, c));
    CHECK_EQ(haft__release(&releases, c, NULL), 0);
    CHECK_EQ(haft__close(&copy, c, NULL), HAFT_E_STALE);
    CHECK_EQ(unit_closes.closes, 1);
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
    CHECK_EQ(unit_closes.closes, 2);
    CHECK_EQ(haft_live(), 0);
}

TEST(holders, inv5_a_value_whose_generations_are_used_up_has_no_holders) {
    haft_class low = { "module", HAFT_CLASS_MODULE, HAFT_SPACE_KERNEL, { 0, 0 }, NULL, NULL };
    haft__place place = haft__place_of(&low, HAFT_CLASS_MODULE, 0x328);
    haft__birth birth = { HAFT_CLASS_MODULE, HAFT_OWNER_USER, 0, NULL, false };
    uint64_t tag = 0;
    haft__entry *e = haft__pin(place, true);
    REQUIRE(e != NULL);
    haft__store64(&e->word, HAFT__GENERATION_MASK);
    CHECK_EQ(haft__share_open(place, &birth, &tag), HAFT_E_LIMIT);
    CHECK_EQ(haft_live(), 0);
    haft__store64(&e->word, 0);
    haft__unpin(place, e);
}

/* Nor is an owner ever given a former one's tag, when his handle comes back from its holders. */
TEST(holders, inv5_returns_from_sharing_saturate) {
    haft_hold a = hold(E, 0x32c), b = { 0, 0 };
    haft__place place = haft__place_of(E, HAFT_CLASS_EVENT, 0x32c);
    haft__entry *e = haft__pin(place, false);
    REQUIRE(e != NULL);
    CHECK_EQ(haft__share(&b, &a, E, NULL), HAFT_OK);
    haft__end(&b, E, NULL);
    uint64_t word = haft__load64(&e->word);
    haft__store64(&e->word, haft__tag(HAFT__GENERATION_MASK | HAFT__RETURNS_MASK, HAFT_CLASS_EVENT, HAFT_OWNER_SHARED));
    CHECK_EQ(haft__transfer(&a, HAFT_OWNER_KERNEL, E, NULL), HAFT_E_LIMIT);
    CHECK_EQ(haft__release(&a, E, NULL), 0);
    CHECK_EQ(haft__owner(&a, E), HAFT_OWNER_SHARED); /* it is held as before, and can be closed */
    haft__store64(&e->word, word);
    CHECK_EQ(haft__close(&a, E, NULL), HAFT_OK);
    haft__unpin(place, e);
}
