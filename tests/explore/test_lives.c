/* test_lives.c: the orders of those who begin and end the lives of one value. Each protocol runs in both tables. */
#include "system.h"

#include "base/host.h"
#include "shim/shim.h"

static haft_class *c;
static opened first;              /* what the threads race for */
static haft_status said[EXPLORE_THREADS];
static opened later[EXPLORE_THREADS];

static void open_first(void) {
    memset(said, 0, sizeof said);
    memset(later, 0, sizeof later);
    system_reset(c);
    first = system_open_tracked(HAFT_OWNER_USER);
}

static void close_copy(void) {
    haft_hold copy = first.hold;
    said[explore_self()] = system_close_held(&copy, first.opening);
    MUST(copy.tag == 0);
}

static int how_many(haft_status status, int among) {
    int n = 0;
    for (int i = 0; i < among; i++) n += said[i] == status;
    return n;
}

/* ---- closers of one opening ---- */

static void one_of_three_closed(void) {
    MUST(how_many(HAFT_OK, 3) == 1 && how_many(HAFT_E_STALE, 3) == 2);
    MUST(system_closes(first.opening) == 1 && system_live() == 0);
    MUST(system_found(HAFT_FINDING_STALE) == 2);
}

TEST(lives, inv1_three_closers_close_once) {
    explore_protocol p = { NULL, open_first, { close_copy, close_copy, close_copy }, one_of_three_closed };
    system_in_both_tables("three closers", &p, &c);
}

/* A life that was seen to have ended is not seen alive again, and one that is being closed is never seen alive afterwards. */
static void look_twice(void) {
    haft_hold copy = first.hold;
    uint64_t raw = haft__raw(&copy, c, AT);
    haft_hold look = haft__borrow(&copy, c, AT);
    MUST(raw == first.raw || raw == c->none[0]);
    MUST(raw != c->none[0] || look.tag == 0);
    if (look.tag && system_live() == 0) MUST(!haft__valid(&look, c));
}

static void one_of_two_closed(void) {
    MUST(how_many(HAFT_OK, 2) == 1 && how_many(HAFT_E_STALE, 2) == 1);
    MUST(system_closes(first.opening) == 1 && system_live() == 0);
}

TEST(lives, inv1_who_looks_meanwhile_sees_it_end_once) {
    explore_protocol p = { NULL, open_first, { close_copy, close_copy, look_twice }, one_of_two_closed };
    system_in_both_tables("two closers and one who looks", &p, &c);
}

/* ---- open against close of a value that lives again ---- */

static void open_another(void) { later[explore_self()] = system_open_tracked(HAFT_OWNER_USER); }

static void open_and_close_another(void) {
    opened mine = system_open_tracked(HAFT_OWNER_USER);
    MUST(haft__raw(&mine.hold, c, AT) == mine.raw);
    MUST(system_close_held(&mine.hold, mine.opening) == HAFT_OK);
    MUST(system_closes(mine.opening) == 1);
}

static void the_next_life_is_whole(void) {
    MUST(how_many(HAFT_OK, 2) == 1 && how_many(HAFT_E_STALE, 2) == 1);
    MUST(system_closes(first.opening) == 1 && system_live() == 1);
    MUST(system_closes(later[2].opening) == 0 && haft__valid(&later[2].hold, c));
    MUST(system_close_held(&later[2].hold, later[2].opening) == HAFT_OK);
    MUST(system_found(HAFT_FINDING_FOREIGN_CLOSE) == 0 && system_failed() == 0);
}

TEST(lives, inv1_the_next_life_of_a_value_is_never_touched) {
    explore_protocol p = { NULL, open_first, { close_copy, close_copy, open_another }, the_next_life_is_whole };
    system_in_both_tables("two closers and an opener of the same value", &p, &c);
}

static void all_is_closed(void) {
    MUST(said[0] == HAFT_OK && system_closes(first.opening) == 1 && system_live() == 0);
    MUST(system_found(HAFT_FINDING_FOREIGN_CLOSE) == 0 && system_found(HAFT_FINDING_STALE) == 0 && system_failed() == 0);
}

TEST(lives, inv1_values_that_are_handed_round) {
    explore_protocol p = { NULL, open_first, { close_copy, open_and_close_another, open_and_close_another }, all_is_closed };
    system_in_both_tables("a closer, and two who open and close", &p, &c);
}

static void close_copy_then_open(void) {
    close_copy();
    opened mine = system_open_tracked(HAFT_OWNER_USER);
    MUST(system_close_held(&mine.hold, mine.opening) == HAFT_OK);
}

static void one_closed_the_first(void) {
    MUST(how_many(HAFT_OK, 2) == 1 && how_many(HAFT_E_STALE, 2) == 1);
    MUST(system_closes(first.opening) == 1 && system_live() == 0);
    MUST(system_found(HAFT_FINDING_FOREIGN_CLOSE) == 0 && system_failed() == 0);
}

TEST(lives, inv1_closers_who_open_it_again) {
    explore_protocol p = { NULL, open_first, { close_copy_then_open, close_copy_then_open }, one_closed_the_first };
    system_in_both_tables("two who close and open again", &p, &c);
}

/* ---- released, transferred ---- */

static void release_copy(void) {
    haft_hold copy = first.hold;
    uint64_t raw = haft__release(&copy, c, AT);
    said[explore_self()] = raw == first.raw ? HAFT_OK : HAFT_E_STALE;
    if (raw != first.raw) return;
    MUST(raw != c->none[0] && system_close(raw)); /* it is ours alone: nobody else may have closed it */
}

static void one_of_three_had_it(void) {
    MUST(how_many(HAFT_OK, 3) == 1 && how_many(HAFT_E_STALE, 3) == 2);
    MUST(system_closes(first.opening) == 1 && system_live() == 0 && system_failed() == 0);
}

TEST(lives, inv1_released_or_closed_never_both) {
    explore_protocol p = { NULL, open_first, { close_copy, release_copy, release_copy }, one_of_three_had_it };
    system_in_both_tables("a closer and two who release", &p, &c);
}

static void transfer_copy(void) {
    haft_hold copy = first.hold;
    said[explore_self()] = haft__transfer(&copy, HAFT_OWNER_KERNEL, c, AT);
    if (said[explore_self()] == HAFT_OK) later[explore_self()].hold = copy;
}

static void closed_or_transferred(void) {
    MUST(how_many(HAFT_OK, 3) == 1);
    MUST(system_closes(first.opening) == (said[0] == HAFT_OK ? 1 : 0));
    for (int i = 1; i < 3; i++) {
        if (said[i] != HAFT_OK) continue;
        MUST(haft__owner(&later[i].hold, c) == HAFT_OWNER_KERNEL);
        MUST(haft__release(&later[i].hold, c, AT) == first.raw);
    }
}

TEST(lives, inv2_transferred_or_closed_never_both) {
    explore_protocol p = { NULL, open_first, { close_copy, transfer_copy, transfer_copy }, closed_or_transferred };
    system_in_both_tables("a closer and two who transfer", &p, &c);
}

/* ---- adopt against raw close ---- */

static int raw_closers; /* the first so many threads */
static bool took_over[EXPLORE_THREADS];

static void open_raw(void) {
    memset(said, 0, sizeof said);
    memset(took_over, 0, sizeof took_over);
    memset(later, 0, sizeof later);
    system_reset(c);
    first = system_open_tracked(HAFT__OWNER_RAW);
}

/* What a shim does with CloseHandle. Who adopts a value that is being closed is at fault himself, and may be the first to close it:
 * the system tells the other so. */
static void close_raw(void) {
    haft__closing closing;
    said[explore_self()] = HAFT_E_NOT_OWNER;
    if (!haft__shim_close(&closing, c, first.raw, AT)) return;
    said[explore_self()] = closing.life.tag != 0 ? HAFT_OK : HAFT_E_STALE;
    if (closing.life.tag != 0) haft__shim_closed(&closing, system_close(first.raw));
}

/* What is adopted from a shim keeps the site that opened it: so it can be told whether it lived. */
static void adopt_and_close(void) {
    const void *elsewhere = (const void *)system_close;
    int me = explore_self();
    haft_hold mine = { 0, 0 };
    said[me] = haft__adopt(&mine, first.raw, HAFT_OWNER_USER, c, elsewhere);
    if (said[me] != HAFT_OK) return;
    haft__place place = haft__place_of(c, c->id, mine.raw);
    haft__entry *e = haft__pin(place, false);
    took_over[me] = haft__peek32(&e->opened) == haft__site_of(AT);
    haft__unpin(place, e);
    system_close_gone(&mine, first.opening);
}

static void adopted_or_closed(void) {
    MUST(system_closes(first.opening) == 1 && system_live() == 0);
    MUST(system_found(HAFT_FINDING_CLOSE_FAILED) == system_failed());
    int had_it = 0;
    for (int i = 0; i < EXPLORE_THREADS; i++) had_it += took_over[i];
    for (int i = 0; i < raw_closers; i++) had_it += said[i] == HAFT_OK;
    MUST(had_it == 1);
}

TEST(lives, inv1_adopted_or_closed_by_raw_code) {
    explore_protocol p = { NULL, open_raw, { close_raw, adopt_and_close }, adopted_or_closed };
    raw_closers = 1;
    system_in_both_tables("a raw closer and an adopter", &p, &c);
}

TEST(lives, inv1_adopted_or_closed_by_two_closers) {
    explore_protocol p = { NULL, open_raw, { close_raw, close_raw, adopt_and_close }, adopted_or_closed };
    raw_closers = 2;
    system_in_both_tables("two raw closers and an adopter", &p, &c);
}

TEST(lives, inv1_adopted_by_two_or_closed) {
    explore_protocol p = { NULL, open_raw, { close_raw, adopt_and_close, adopt_and_close }, adopted_or_closed };
    raw_closers = 1;
    system_in_both_tables("a raw closer and two adopters", &p, &c);
}

/* Of two who adopt at once, one at a time owns it. */
static int owners;
static void open_untracked(void) {
    memset(said, 0, sizeof said);
    system_reset(c);
    owners = 0;
    first.raw = system_open(&first.opening);
}

static void adopt_and_own(void) {
    haft_hold mine = { 0, 0 };
    said[explore_self()] = haft__adopt(&mine, first.raw, HAFT_OWNER_USER, c, AT);
    MUST(said[explore_self()] == HAFT_OK || said[explore_self()] == HAFT_E_TRACKED);
    if (said[explore_self()] != HAFT_OK) return;
    MUST(system_count(&owners, 1) == 1);
    system_count(&owners, -1);
    MUST(haft__release(&mine, c, AT) == first.raw);
}

static void nobody_owns(void) {
    MUST(how_many(HAFT_OK, 2) >= 1 && system_closes(first.opening) == 0);
    MUST(haft_live() == 0);
}

TEST(lives, inv1_one_at_a_time_adopts) {
    explore_protocol p = { NULL, open_untracked, { adopt_and_own, adopt_and_own }, nobody_owns };
    system_in_both_tables("two adopters", &p, &c);
}

/* ---- the first of a page ---- */

/* Far from all other values, so that nothing else is on the page: each run begins without it. */
#define FAR_AWAY 0x200000u

static void no_page(void) {
    open_untracked();
    haft__place place = haft__place_of(c, c->id, FAR_AWAY);
    haft__aptr *slot = haft__dense_page(place);
    haft__free(haft__loadptr(slot));
    haft__storeptr(slot, NULL);
    haft__store32(&haft__tops[place.space], 1);
}

static void adopt_far_away(void) {
    haft_hold mine = { 0, 0 };
    uint64_t raw = FAR_AWAY + 4 * (uint64_t)explore_self();
    MUST(haft__adopt(&mine, raw, HAFT_OWNER_USER, c, AT) == HAFT_OK);
    MUST(haft__raw(&mine, c, AT) == raw);
    MUST(haft__release(&mine, c, AT) == raw);
}

static void nothing_lives(void) { MUST(haft_live() == 0); }

TEST(lives, the_first_of_a_page_make_it_together) {
    explore_protocol p = { "three adopters on a page that is not there", no_page,
                           { adopt_far_away, adopt_far_away, adopt_far_away }, nothing_lives };
    c = &system_near;
    explore(&p);
}
