/* test_explorer.c: the explorer itself: it sees every result that an order can have, and what it leaves out changes none. */
#include "explore.h"

#include "base/lock.h"

static haft__a32 x, y;
static haft__mutex lock_a = HAFT__MUTEX(HAFT__RANK_GATE), lock_b = HAFT__MUTEX(HAFT__RANK_RESOLVE);
static unsigned got[EXPLORE_THREADS], seen_results;

static void zero(void) {
    haft__store32(&x, 0);
    haft__store32(&y, 0);
}

static void note_x(void) { seen_results |= 1u << haft__load32(&x); }

static void add_badly(void) { haft__store32(&x, haft__load32(&x) + 1); }
static void add_well(void) { haft__add32(&x, 1); }
static void add_locked(void) {
    haft__lock(&lock_a);
    add_badly();
    haft__unlock(&lock_a);
}

/* Orders of two that read and write one place: 6 in all, of which 4 differ. */
TEST(explorer, two_that_add_badly) {
    explore_protocol p = { "two that add badly", zero, { add_badly, add_badly }, note_x };
    seen_results = 0;
    CHECK_EQ(explore_quietly(&p, true).runs, 6);
    CHECK_EQ(seen_results, 1u << 1 | 1u << 2);
    seen_results = 0;
    CHECK_EQ(explore_quietly(&p, false).runs, 4);
    CHECK_EQ(seen_results, 1u << 1 | 1u << 2);
}

TEST(explorer, three_that_add_badly) {
    explore_protocol p = { "three that add badly", zero, { add_badly, add_badly, add_badly }, note_x };
    seen_results = 0;
    CHECK_EQ(explore_quietly(&p, true).runs, 90); /* 6! / 2!^3 */
    CHECK_EQ(seen_results, 1u << 1 | 1u << 2 | 1u << 3);
    seen_results = 0;
    explore_figures f = explore_quietly(&p, false);
    CHECK(f.runs > 4 && f.runs < 90);
    CHECK_EQ(seen_results, 1u << 1 | 1u << 2 | 1u << 3);
}

TEST(explorer, three_that_add_well_or_locked) {
    explore_protocol well = { "three that add well", zero, { add_well, add_well, add_well }, note_x };
    explore_protocol locked = { "three that add locked", zero, { add_locked, add_locked, add_locked }, note_x };
    seen_results = 0;
    CHECK_EQ(explore_quietly(&well, false).runs, 6);
    CHECK_EQ(explore_quietly(&locked, false).runs, 6);
    CHECK_EQ(seen_results, 1u << 3);
}

/* Dekker's test: with every order of these, at least one of the two sees the other. */
static void see_y(void) {
    haft__store32(&x, 1);
    got[0] = haft__load32(&y);
}
static void see_x(void) {
    haft__store32(&y, 1);
    got[1] = haft__load32(&x);
}
static void note_both(void) { seen_results |= 1u << (got[0] * 2 + got[1]); }

TEST(explorer, what_two_see_of_each_other) {
    explore_protocol p = { "what two see of each other", zero, { see_y, see_x }, note_both };
    seen_results = 0;
    CHECK_EQ(explore_quietly(&p, false).runs, 3);
    CHECK_EQ(seen_results, 1u << 1 | 1u << 2 | 1u << 3);
}

/* Three places of which each thread reads one and writes the next: what is left out must not change what can come out. */
static haft__a32 ring[3];
static void zero_ring(void) {
    for (int i = 0; i < 3; i++) haft__store32(&ring[i], 0);
}
static void pass_on(void) {
    int me = explore_self();
    haft__store32(&ring[(me + 1) % 3], haft__load32(&ring[me]) + 1);
    haft__store32(&ring[me], haft__load32(&ring[(me + 2) % 3]) + 1);
}
static unsigned char results[8 * 8 * 8];
static void note_ring(void) {
    unsigned n = haft__load32(&ring[0]) * 64 + haft__load32(&ring[1]) * 8 + haft__load32(&ring[2]);
    results[n % sizeof results] = 1;
}

TEST(explorer, what_is_left_out_changes_no_result) {
    explore_protocol p = { "a ring", zero_ring, { pass_on, pass_on, pass_on }, note_ring };
    unsigned char all[sizeof results];
    memset(results, 0, sizeof results);
    CHECK_EQ(explore_quietly(&p, true).runs, 34650); /* 12! / 4!^3 */
    memcpy(all, results, sizeof all);
    memset(results, 0, sizeof results);
    CHECK(explore_quietly(&p, false).runs < 34650);
    CHECK_EQ(memcmp(all, results, sizeof all), 0);
}

/* ---- what is broken is found ---- */

static void must_be_two(void) { MUST(haft__load32(&x) == 2); }

TEST(explorer, a_lost_addition_is_found) {
    explore_protocol badly = { "two that add badly", zero, { add_badly, add_badly }, must_be_two };
    explore_protocol well = { "two that add well", zero, { add_well, add_well }, must_be_two };
    CHECK(explore_quietly(&badly, false).failed);
    CHECK(!explore_quietly(&well, false).failed);
}

static void a_then_b(void) {
    haft__lock(&lock_a);
    haft__lock(&lock_b);
    haft__unlock(&lock_b);
    haft__unlock(&lock_a);
}
static void b_then_a(void) {
    haft__lock(&lock_b);
    haft__lock(&lock_a);
    haft__unlock(&lock_a);
    haft__unlock(&lock_b);
}
static void nothing(void) {}

TEST(explorer, locks_out_of_order_are_found) {
    explore_protocol right = { "a then b, twice", zero, { a_then_b, a_then_b }, nothing };
    explore_protocol wrong = { "a then b, b then a", zero, { a_then_b, b_then_a }, nothing };
    CHECK(!explore_quietly(&right, false).failed);
    CHECK(explore_quietly(&wrong, false).failed);
}

static void keep_a(void) { haft__lock(&lock_a); }

TEST(explorer, a_deadlock_is_found) {
    explore_protocol p = { "a lock that is kept", zero, { keep_a, add_locked }, nothing };
    CHECK(explore_quietly(&p, false).failed);
}

static void wait_for_x(void) {
    while (haft__load32(&x) == 0) haft__yield(0);
}

TEST(explorer, a_spin_is_found) {
    explore_protocol p = { "one who waits", zero, { wait_for_x, add_well }, nothing };
    CHECK(explore_quietly(&p, false).failed);
}
