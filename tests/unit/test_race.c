/* test_race.c: several threads at one handle. */
#include "unit.h"

#include "base/atomic.h"
#include "base/lock.h"
#include "core/holders.h"
#include "core/ledger.h"
#include "core/opening.h"

#define THREADS 4
#define ROUNDS 400

/* A class that says how often each of its values was closed. */
static haft__a32 closed[64], wrong;
static bool close_value(uint64_t raw) {
    haft__add32(&closed[(raw >> 2) % 64], 1);
    return true;
}
static haft_class racy = { "event", HAFT_CLASS_EVENT, HAFT_SPACE_KERNEL, { 0, UINTPTR_MAX }, close_value, NULL };
static haft_class racy_far = { "local", HAFT_CLASS_LOCAL, HAFT_SPACE_POINTER, { 0, 0 }, close_value, NULL };

/* Starts the body on all threads and waits until each has ended. */
static haft__a32 ready, ended;
static void (*the_body)(unsigned self);

static void thread_main(void *self) {
    haft__add32(&ready, 1);
    for (unsigned turns = 0; haft__load32(&ready) < THREADS; turns++) haft__yield(turns);
    the_body((unsigned)(uintptr_t)self);
    haft__add32(&ended, 1);
}

static void run_threads(void (*body)(unsigned self)) {
    uint32_t started = 0;
    haft__store32(&ready, 0);
    haft__store32(&ended, 0);
    the_body = body;
    for (uintptr_t i = 0; i < THREADS; i++) started += haft__thread_start(thread_main, (void *)i);
    CHECK_EQ(started, THREADS);
    haft__add32(&ready, THREADS - started);
    for (unsigned turns = 0; haft__load32(&ended) < started; turns++) haft__yield(turns);
}

/* All threads go through each round together. */
static haft__a32 round_gate[ROUNDS];
static void meet(int round) {
    haft__add32(&round_gate[round], 1);
    for (unsigned turns = 0; haft__load32(&round_gate[round]) < THREADS; turns++) haft__yield(turns);
}
static void new_rounds(void) {
    for (int i = 0; i < ROUNDS; i++) haft__store32(&round_gate[i], 0);
    haft__store32(&wrong, 0);
    for (int i = 0; i < 64; i++) haft__store32(&closed[i], 0);
}

static uint32_t closes_in_all(void) {
    uint32_t n = 0;
    for (int i = 0; i < 64; i++) n += haft__load32(&closed[i]);
    return n;
}

/* ---- copies of one wrapper, a closer each ---- */

static haft_class *race_class;
static uint64_t race_raw;
static haft_hold victims[ROUNDS];
static haft__a32 ok_count, stale_count;

static void close_copies(unsigned self) {
    (void)self;
    for (int r = 0; r < ROUNDS; r++) {
        haft_hold mine = victims[r];
        haft_status status = haft__close(&mine, race_class, NULL);
        if (status == HAFT_OK) haft__add32(&ok_count, 1);
        else if (status == HAFT_E_STALE) haft__add32(&stale_count, 1);
        else haft__add32(&wrong, 1);
    }
}

static void race_closers(haft_class *c, uint64_t first, uint64_t step) {
    size_t live = haft_live();
    new_rounds();
    race_class = c;
    haft__store32(&ok_count, 0);
    haft__store32(&stale_count, 0);
    for (int r = 0; r < ROUNDS; r++) {
        memset(&victims[r], 0, sizeof victims[r]);
        CHECK_EQ(haft__adopt(&victims[r], first + (uint64_t)r * step, HAFT_OWNER_USER, c, NULL), HAFT_OK);
    }
    run_threads(close_copies);
    CHECK_EQ(closes_in_all(), ROUNDS);
    CHECK_EQ(haft__load32(&ok_count), ROUNDS);
    CHECK_EQ(haft__load32(&stale_count), ROUNDS * (THREADS - 1));
    CHECK_EQ(haft__load32(&wrong), 0);
    CHECK_EQ(haft_live(), live);
}

TEST(race, inv1_racing_closers_close_once) { race_closers(&racy, 0x1000, 4); }
TEST(race, inv1_racing_closers_close_once_in_the_hashed_table) { race_closers(&racy_far, UINT64_C(0x7f0000000000), 64); }

/* ---- the value lives again at once: the late closer must not touch its next life ---- */

static haft_hold current;
static haft__a32 generation_won[ROUNDS];

static void close_and_reopen(unsigned self) {
    (void)self;
    for (int r = 0; r < ROUNDS; r++) {
        haft_hold mine = current;
        meet(r);
        if (haft__close(&mine, &racy, NULL) == HAFT_OK) {
            haft_hold next = { 0, 0 };
            haft__add32(&generation_won[r], 1);
            if (haft__adopt(&next, race_raw, HAFT_OWNER_USER, &racy, NULL) != HAFT_OK) haft__add32(&wrong, 1);
            current = next;
        }
        /* the others wait for the winner before they read `current` again */
        haft__add32(&round_gate[r], 1);
        for (unsigned turns = 0; haft__load32(&round_gate[r]) < 2 * THREADS; turns++) haft__yield(turns);
        if (!haft__valid(&current, &racy)) haft__add32(&wrong, 1);
    }
}

TEST(race, inv1_a_late_closer_never_closes_the_next_life) {
    new_rounds();
    for (int r = 0; r < ROUNDS; r++) haft__store32(&generation_won[r], 0);
    race_raw = 0x1800;
    memset(&current, 0, sizeof current);
    REQUIRE_EQ(haft__adopt(&current, race_raw, HAFT_OWNER_USER, &racy, NULL), HAFT_OK);
    run_threads(close_and_reopen);
    CHECK_EQ(closes_in_all(), ROUNDS);
    CHECK_EQ(haft__load32(&wrong), 0);
    for (int r = 0; r < ROUNDS; r++) CHECK_EQ(haft__load32(&generation_won[r]), 1);
    CHECK_EQ(haft__close(&current, &racy, NULL), HAFT_OK);
}

/* ---- one raw value, declared by all ---- */

static haft_hold declared[THREADS];

static void declare_all(unsigned self) {
    for (int r = 0; r < ROUNDS; r++) {
        haft_hold mine = { 0, 0 };
        meet(r);
        haft_status status = haft__adopt(&mine, 0x1900 + (uint64_t)r * 4, HAFT_OWNER_USER, &racy, NULL);
        if (status == HAFT_OK) haft__add32(&generation_won[r], 1);
        else if (status != HAFT_E_TRACKED) haft__add32(&wrong, 1);
        if (status == HAFT_OK && haft__close(&mine, &racy, NULL) != HAFT_OK) haft__add32(&wrong, 1);
        declared[self] = mine;
    }
}

TEST(race, inv1_declarers_of_one_value_close_as_often_as_they_own) {
    uint32_t owned = 0;
    size_t live = haft_live();
    new_rounds();
    for (int r = 0; r < ROUNDS; r++) haft__store32(&generation_won[r], 0);
    run_threads(declare_all);
    for (int r = 0; r < ROUNDS; r++) {
        uint32_t won = haft__load32(&generation_won[r]);
        CHECK(won >= 1);
        owned += won;
    }
    CHECK_EQ(closes_in_all(), owned);
    CHECK_EQ(haft__load32(&wrong), 0);
    CHECK_EQ(haft_live(), live);
}

/* A shim's handle: one adopts it, one closes it by its raw value. One of them gets it, never both. */
static uint64_t raw_tags[ROUNDS];

static void adopt_or_close(unsigned self) {
    for (int r = 0; r < ROUNDS; r++) {
        haft__place place = haft__place_of(&racy, HAFT_CLASS_EVENT, 0x2000 + (uint64_t)r * 4);
        haft_hold mine = { 0, 0 };
        haft__life was;
        meet(r);
        if (self % 2) {
            if (haft__end_life(place, raw_tags[r], 1, &was)) haft__add32(&generation_won[r], 1);
            continue;
        }
        haft_status status = haft__adopt(&mine, place.raw, HAFT_OWNER_USER, &racy, NULL);
        if (status == HAFT_OK && haft__close(&mine, &racy, NULL) != HAFT_OK) haft__add32(&wrong, 1);
        if (status != HAFT_OK && status != HAFT_E_TRACKED) haft__add32(&wrong, 1);
    }
}

TEST(race, a_raw_close_and_an_adoption_share_no_identity) {
    size_t live = haft_live();
    new_rounds();
    for (int r = 0; r < ROUNDS; r++) {
        haft__birth birth = { HAFT_CLASS_EVENT, HAFT__OWNER_RAW, 1, NULL, false };
        haft__life was;
        haft__store32(&generation_won[r], 0);
        haft__place place = haft__place_of(&racy, HAFT_CLASS_EVENT, 0x2000 + (uint64_t)r * 4);
        REQUIRE_EQ(haft__begin_life(place, &birth, &raw_tags[r], &was), HAFT_OK);
    }
    run_threads(adopt_or_close);
    for (int r = 0; r < ROUNDS; r++) CHECK(haft__load32(&generation_won[r]) <= 1);
    CHECK_EQ(haft__load32(&wrong), 0);
    CHECK_EQ(haft_live(), live);
}

/* ---- sharing, joining and leaving at once ---- */

static haft_hold seeds[THREADS];

static void share_and_leave(unsigned self) {
    for (int r = 0; r < ROUNDS; r++) {
        haft_hold more = { 0, 0 }, even_more = { 0, 0 };
        if (haft__share(&more, &seeds[self], &racy, NULL) != HAFT_OK) haft__add32(&wrong, 1);
        if (haft__share(&even_more, &more, &racy, NULL) != HAFT_OK) haft__add32(&wrong, 1);
        if (haft__raw(&even_more, &racy, NULL) != 0x2800) haft__add32(&wrong, 1);
        haft_hold copy = more;
        if (haft__close(&more, &racy, NULL) != HAFT_OK) haft__add32(&wrong, 1);
        if (haft__close(&copy, &racy, NULL) != HAFT_E_STALE) haft__add32(&wrong, 1);
        haft__end(&even_more, &racy, NULL);
    }
    haft__end(&seeds[self], &racy, NULL);
}

TEST(race, inv1_shared_handles_close_once) {
    size_t live = haft_live();
    new_rounds();
    memset(seeds, 0, sizeof seeds);
    REQUIRE_EQ(haft__adopt(&seeds[0], 0x2800, HAFT_OWNER_USER, &racy, NULL), HAFT_OK);
    for (int i = 1; i < THREADS; i++) REQUIRE_EQ(haft__share(&seeds[i], &seeds[0], &racy, NULL), HAFT_OK);
    run_threads(share_and_leave);
    CHECK_EQ(closes_in_all(), 1);
    CHECK_EQ(haft__load32(&wrong), 0);
    CHECK_EQ(haft_live(), live);
}

/* ---- a bound, from all sides and by several names ---- */

static haft__a32 open_now, most_open;

static void open_bounded(unsigned self) {
    static const char *const names[] = { "TRUE", "LINK A", "LINK B", "LINK C" };
    const char *name = names[self % 4];
    for (int r = 0; r < ROUNDS; r++) {
        haft__ask ask = { &racy, (const void *)(uintptr_t)0x77001, name, strlen(name), false, true, NULL };
        haft__opening o;
        haft_status status = haft__opening_begin(&o, &ask);
        if (status == HAFT_OK) status = haft__opening_settle(&o, 0x2c00, HAFT_OWNER_USER, "TRUE", 4);
        if (status != HAFT_OK && status != HAFT_E_LIMIT) haft__add32(&wrong, 1);
        if (status != HAFT_OK) continue;
        uint32_t now = haft__add32(&open_now, 1), most = haft__load32(&most_open);
        while (now > most && !haft__cas32(&most_open, most, now)) most = haft__load32(&most_open);
        haft__yield(40);
        haft__add32(&open_now, (uint32_t)-1);
        haft__opening_cancel(&o);
    }
}

TEST(race, inv5_the_bound_holds_whoever_opens) {
    uint64_t tag = 0;
    haft__opening o;
    new_rounds();
    haft__store32(&open_now, 0);
    haft__store32(&most_open, 0);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 2), HAFT_OK);
    run_threads(open_bounded);
    CHECK_EQ(haft__load32(&wrong), 0);
    CHECK(haft__load32(&most_open) >= 1 && haft__load32(&most_open) <= 2);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK); /* nothing is still counted */
    haft__ask ask = { &racy, NULL, "TRUE", 4, true, true, NULL };
    CHECK_EQ(haft__opening_begin(&o, &ask), HAFT_OK);
    CHECK_EQ(haft__opening_done(&o, 0x2c00, HAFT_OWNER_USER, &tag), HAFT_OK);
    haft_hold h = { 0x2c00, tag };
    CHECK_EQ(haft__opens(&h, &racy), 1);
    CHECK_EQ(haft__close(&h, &racy, NULL), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

/* ---- different handles, first pages and first sites made at once, walked meanwhile ---- */

static void open_and_close_own(unsigned self) {
    for (int r = 0; r < ROUNDS; r++) {
        haft_hold a = { 0, 0 }, b = { 0, 0 };
        uint64_t raw = ((uint64_t)r << 16) + 0x10000 + self * 4;
        const void *site = (const char *)0x10000 + r * 16; /* the same for all threads */
        if (haft__adopt(&a, raw, HAFT_OWNER_USER, &racy, site) != HAFT_OK) haft__add32(&wrong, 1);
        if (haft__adopt(&b, (raw << 20) + self, HAFT_OWNER_USER, &racy_far, site) != HAFT_OK) haft__add32(&wrong, 1);
        if (r % 50 == 0 && haft_live() < 2) haft__add32(&wrong, 1);
        if (haft__close(&a, &racy, site) != HAFT_OK || haft__close(&b, &racy_far, site) != HAFT_OK) haft__add32(&wrong, 1);
    }
}

TEST(race, threads_on_different_handles) {
    size_t live = haft_live();
    new_rounds();
    run_threads(open_and_close_own);
    CHECK_EQ(haft__load32(&wrong), 0);
    CHECK_EQ(closes_in_all(), 2 * THREADS * ROUNDS);
    CHECK_EQ(haft_live(), live);
}
