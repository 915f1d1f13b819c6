/* test_sharing.c: the orders of those who share, leave and take back one opening, and of modules. */
#include "system.h"

static haft_class *c;
static opened first;
static haft_hold holder[EXPLORE_THREADS]; /* each thread's own, from the start */
static haft_status said[EXPLORE_THREADS];

static void open_user(void) {
    memset(said, 0, sizeof said);
    memset(holder, 0, sizeof holder);
    system_reset(c);
    first = system_open_tracked(HAFT_OWNER_USER);
    holder[0] = first.hold;
}

static void open_shared(int holders) {
    open_user();
    for (int i = 1; i < holders; i++) MUST(haft__share(&holder[i], &holder[0], c, AT) == HAFT_OK);
}
static void open_for_two(void) { open_shared(2); }
static void open_for_three(void) { open_shared(3); }

static haft_status close_hold(haft_hold *h) { return system_close_held(h, first.opening); }

static void all_is_closed(void) {
    MUST(system_closes(first.opening) == 1 && system_live() == 0 && system_failed() == 0);
    MUST(haft_live() == 0);
}

/* ---- the last one closes ---- */

static void leave(void) { MUST(close_hold(&holder[explore_self()]) == HAFT_OK); }

TEST(sharing, inv2_the_last_of_three_closes) {
    explore_protocol p = { NULL, open_for_three, { leave, leave, leave }, all_is_closed };
    system_in_both_tables("three holders who leave", &p, &c);
}

/* On the word of the first holder, who may have left by then: nobody can join an opening that has no holder. */
static haft_hold word_of_first;
static void open_for_two_and_copy(void) {
    open_for_two();
    word_of_first = holder[0];
}
static void join_and_leave(void) {
    haft_hold copy = word_of_first, mine = { 0, 0 };
    haft_status status = haft__share(&mine, &copy, c, AT);
    MUST(status == HAFT_OK || status == HAFT_E_STALE);
    if (status != HAFT_OK) return;
    MUST(haft__raw(&mine, c, AT) == first.raw);
    MUST(system_closes(first.opening) == 0);
    MUST(close_hold(&mine) == HAFT_OK);
}

TEST(sharing, inv2_who_joins_while_the_last_leaves) {
    explore_protocol p = { NULL, open_for_two_and_copy, { leave, leave, join_and_leave }, all_is_closed };
    system_in_both_tables("two who leave and one who joins", &p, &c);
}

/* ---- USER becomes SHARED while a copy is closed ---- */

static void share_copy(void) {
    haft_hold copy = first.hold, more = { 0, 0 };
    said[explore_self()] = haft__share(&more, &copy, c, AT);
    if (said[explore_self()] != HAFT_OK) return;
    MUST(close_hold(&copy) == HAFT_OK && system_closes(first.opening) == 0);
    MUST(close_hold(&more) == HAFT_OK);
}

static void close_copy(void) {
    haft_hold copy = first.hold;
    said[explore_self()] = close_hold(&copy);
}

static void one_had_it(void) {
    int n = 0;
    for (int i = 0; i < 3; i++) n += said[i] == HAFT_OK;
    MUST(n == 1);
    all_is_closed();
}

TEST(sharing, inv1_shared_or_closed_never_both) {
    explore_protocol p = { NULL, open_user, { share_copy, share_copy, close_copy }, one_had_it };
    system_in_both_tables("two who share and a closer", &p, &c);
}

/* ---- the last holder takes it back ---- */

static void take_back(void) {
    haft_hold mine = holder[explore_self()];
    uint64_t raw = haft__release(&mine, c, AT);
    if (raw == c->none[0]) MUST(close_hold(&mine) == HAFT_OK);
    else MUST(system_closes(first.opening) == 0 && system_close(raw));
}

TEST(sharing, inv2_only_the_last_takes_it_back) {
    explore_protocol p = { NULL, open_for_two_and_copy, { take_back, leave, join_and_leave }, all_is_closed };
    system_in_both_tables("one who takes it back, one who leaves, one who joins", &p, &c);
}

/* ---- borrowed from a holder, looked at meanwhile ---- */

static void look(void) {
    haft_hold copy = word_of_first, borrowed = haft__borrow(&copy, c, AT);
    if (!borrowed.tag || !haft__valid(&borrowed, c)) return;
    MUST(haft__owner(&borrowed, c) == HAFT_OWNER_BORROWED || system_closes(first.opening) == 1 || !haft__valid(&borrowed, c));
}

TEST(sharing, who_looks_meanwhile_is_never_in_the_way) {
    explore_protocol p = { NULL, open_for_two_and_copy, { leave, leave, look }, all_is_closed };
    system_in_both_tables("two who leave and one who looks", &p, &c);
}

/* ---- one value that the system hands out many times ---- */

static void nothing_open(void) {
    c = &system_module;
    system_reset(c);
    first = system_open_tracked(HAFT_OWNER_USER);
}

static void load_and_free(void) {
    opened mine = system_open_tracked(HAFT_OWNER_USER);
    haft_hold more = { 0, 0 };
    if (explore_self() == 0) MUST(haft__share(&more, &mine.hold, c, AT) == HAFT_OK);
    MUST(haft__raw(&mine.hold, c, AT) == first.raw);
    MUST(haft__close(&mine.hold, c, AT) == HAFT_OK);
    haft__end(&more, c, AT);
}

static void free_first(void) {
    haft_hold copy = first.hold;
    MUST(haft__close(&copy, c, AT) == HAFT_OK);
}

static void as_often_as_opened(void) {
    MUST(system_live() == 0 && system_failed() == 0);
    MUST(haft_live() == 0);
}

TEST(sharing, inv1_a_module_is_freed_as_often_as_loaded) {
    explore_protocol p = { "a module: two who load, share and free, one who frees", nothing_open,
                           { load_and_free, load_and_free, free_first }, as_often_as_opened };
    explore(&p);
}

/* ---- closed by code out of sight, and handed out again, while its holders leave, join and look ---- */

static opened next;

static void close_behind_and_open(void) {
    system_close(first.raw);
    next = system_open_tracked(HAFT_OWNER_USER);
}

/* The last to leave who ends the life in time calls the system for what is gone: that is the fault of the code out of sight. But
 * Haft's own books must be right. */
static void leave_what_is_gone(void) {
    haft_hold *mine = &holder[explore_self()];
    said[explore_self()] = system_close_gone(mine, first.opening);
    MUST(said[explore_self()] == HAFT_OK || said[explore_self()] == HAFT_E_STALE || said[explore_self()] == HAFT_E_OS);
}

static void join_what_is_gone(void) {
    haft_hold copy = word_of_first, mine = { 0, 0 };
    said[explore_self()] = haft__share(&mine, &copy, c, AT);
    if (said[explore_self()] == HAFT_OK) system_close_gone(&mine, first.opening);
}

static void books_are_right(void) {
    MUST(haft_live() == 1 && haft__valid(&next.hold, c));
    MUST(haft__release(&next.hold, c, AT) == next.raw);
    MUST(haft_live() == 0);
}

TEST(sharing, who_finds_a_foreign_close_takes_all_holders) {
    explore_protocol p = { NULL, open_for_two_and_copy, { leave_what_is_gone, leave_what_is_gone, close_behind_and_open },
                           books_are_right };
    system_in_both_tables("two who leave what was closed out of sight, and its opener", &p, &c);
}

TEST(sharing, who_joins_what_was_closed_out_of_sight) {
    explore_protocol p = { NULL, open_for_two_and_copy, { leave_what_is_gone, join_what_is_gone, close_behind_and_open },
                           books_are_right };
    system_in_both_tables("one who leaves and one who joins what was closed out of sight, and its opener", &p, &c);
}

static void share_what_is_gone(void) {
    haft_hold copy = first.hold, more = { 0, 0 };
    said[explore_self()] = haft__share(&more, &copy, c, AT);
    if (said[explore_self()] != HAFT_OK) return;
    system_close_gone(&copy, first.opening);
    system_close_gone(&more, first.opening);
}

TEST(sharing, who_shares_what_was_closed_out_of_sight) {
    explore_protocol p = { NULL, open_user, { share_what_is_gone, close_behind_and_open }, books_are_right };
    system_in_both_tables("one who shares what was closed out of sight, and its opener", &p, &c);
}

/* ---- the last holder hands it to a kernel-mode component while a copy of his is closed ---- */

static void open_for_one(void) {
    open_for_two();
    MUST(haft__close(&holder[1], c, AT) == HAFT_OK);
}

static void transfer_there_and_back(void) {
    haft_hold copy = holder[0];
    said[explore_self()] = haft__transfer(&copy, HAFT_OWNER_KERNEL, c, AT);
    if (said[explore_self()] != HAFT_OK) return;
    MUST(haft__transfer(&copy, HAFT_OWNER_USER, c, AT) == HAFT_OK);
    MUST(close_hold(&copy) == HAFT_OK);
}

static void close_holders_copy(void) {
    haft_hold copy = holder[0];
    said[explore_self()] = close_hold(&copy);
}

static void closed_by_one(void) {
    MUST((said[0] == HAFT_OK) + (said[1] == HAFT_OK) == 1);
    MUST(said[0] == HAFT_E_STALE || said[1] == HAFT_E_STALE);
    all_is_closed();
}

TEST(sharing, inv2_the_last_holders_transfer_or_close) {
    explore_protocol p = { NULL, open_for_one, { transfer_there_and_back, close_holders_copy }, closed_by_one };
    system_in_both_tables("a last holder who transfers and one who closes his copy", &p, &c);
}

/* What was copied before there were holders fits at no moment of all that: nor would it close the value's next life. */
static void close_former_users_copy(void) {
    haft_hold copy = first.hold;
    MUST(haft__close(&copy, c, AT) == HAFT_E_STALE);
}

static void transferred_and_closed(void) {
    MUST(said[0] == HAFT_OK);
    all_is_closed();
}

TEST(sharing, inv1_a_copy_from_before_it_was_shared_never_fits) {
    explore_protocol p = { NULL, open_for_one, { transfer_there_and_back, close_former_users_copy }, transferred_and_closed };
    system_in_both_tables("a last holder who transfers and a copy from before", &p, &c);
}

static void release_and_close(void) {
    haft_hold mine = holder[0];
    uint64_t raw = haft__release(&mine, c, AT);
    MUST(raw == first.raw && system_closes(first.opening) == 0 && system_close(raw));
}

TEST(sharing, inv1_a_copy_from_before_it_was_shared_never_releases) {
    explore_protocol p = { NULL, open_for_one, { release_and_close, close_former_users_copy }, all_is_closed };
    system_in_both_tables("a last holder who releases and a copy from before", &p, &c);
}
