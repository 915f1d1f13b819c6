/* test_holders.c: SHARED handles: who holds them, and what is left of those who no longer do. */
#include "unit.h"

#include "core/holders.h"

#define E (&unit_event)

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

/* No owner is ever given a former one's tag, when his handle comes back from its holders. */
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
