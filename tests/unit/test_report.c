/* test_report.c: what is live, grouped by site and class, most first. */
#include "unit.h"

#include "core/opening.h"

#include <stdio.h>
#include <stdlib.h>

#define MANY 100000
#define LINES 64

typedef struct report {
    char line[LINES][1200];
    int lines;
} report;

static report *read_report(void) {
    static report r;
    FILE *out = tmpfile();
    memset(&r, 0, sizeof r);
    if (!out) return &r;
    haft_report_text(out);
    rewind(out);
    for (; r.lines < LINES && fgets(r.line[r.lines], sizeof r.line[0], out); r.lines++)
        r.line[r.lines][strcspn(r.line[r.lines], "\r\n")] = '\0';
    fclose(out);
    return &r;
}

static const char *line_with(const report *r, const char *text) {
    for (int i = 0; i < r->lines; i++)
        if (strstr(r->line[i], text)) return r->line[i];
    return "";
}

#define SITE(n) ((const void *)(uintptr_t)(0xd0001 + (n) * 16)) /* told as ?+0xd0000 + n * 16 */

static void open_at(haft_hold *h, haft_class *c, uint64_t raw, const void *at) {
    CHECK_EQ(haft__adopt(h, raw, HAFT_OWNER_USER, c, at), HAFT_OK);
}

TEST(report, groups_most_first) {
    haft_hold h[9];
    memset(h, 0, sizeof h);
    for (uint64_t i = 0; i < 3; i++) open_at(&h[i], &unit_event, 0xa00 + i * 4, SITE(1));
    for (uint64_t i = 3; i < 5; i++) open_at(&h[i], &unit_key, 0xa00 + i * 4, SITE(1));
    for (uint64_t i = 5; i < 9; i++) open_at(&h[i], &unit_memory, 0xa0000 + i, SITE(2));
    const report *r = read_report();
    CHECK_STR(r->line[0], "4 live local opened at ?+0xd0020");
    CHECK_STR(r->line[1], "3 live event opened at ?+0xd0010");
    CHECK_STR(r->line[2], "2 live key opened at ?+0xd0010");
    CHECK_STR(r->line[3], "9 live handles, 0 not tracked");
    CHECK_EQ(haft_live(), 9);
    for (int i = 0; i < 9; i++) haft__end(&h[i], i < 3 ? &unit_event : i < 5 ? &unit_key : &unit_memory, NULL);
    CHECK_STR(read_report()->line[0], "0 live handles, 0 not tracked");
    CHECK_EQ(haft_live(), 0);
}

TEST(report, owners_are_told_and_loans_are_not) {
    haft_hold k = { 0, 0 }, b, p = { 0, 0 };
    CHECK_EQ(haft__adopt(&k, 0xb00, HAFT_OWNER_KERNEL, &unit_event, SITE(3)), HAFT_OK);
    b = haft__borrow(&k, &unit_event, NULL);
    CHECK_EQ(haft__adopt(&p, 0x80000002u, HAFT_OWNER_USER, &unit_event, NULL), HAFT_OK);
    const report *r = read_report();
    CHECK_STR(r->line[0], "1 live event opened at ?+0xd0030 owner KERNEL");
    CHECK_EQ(haft_live(), 1);
    haft__end(&b, &unit_event, NULL);
    CHECK_EQ(haft__release(&k, &unit_event, NULL), 0xb00);
}

static haft_hold open_named(haft_class *c, uint64_t raw, const char *name, const void *at) {
    haft__opening o;
    haft_hold h = { raw, 0 };
    haft__ask ask = { c, at, name, strlen(name), true, true, NULL };
    CHECK_EQ(haft__opening_begin(&o, &ask), HAFT_OK);
    CHECK_EQ(haft__opening_done(&o, raw, HAFT_OWNER_USER, &h.tag), HAFT_OK);
    return h;
}

TEST(report, names_are_shown_where_all_have_one) {
    haft_hold a = open_named(&unit_key, 0xc00, "\\REGISTRY\\ONE", SITE(4));
    haft_hold b = open_named(&unit_key, 0xc04, "\\REGISTRY\\ONE", SITE(4));
    CHECK_STR(read_report()->line[0], "2 live key opened at ?+0xd0040 (\\REGISTRY\\ONE)");
    haft_hold c = open_named(&unit_key, 0xc08, "\\REGISTRY\\TWO", SITE(4));
    CHECK_STR(read_report()->line[0], "3 live key opened at ?+0xd0040");
    haft__end(&a, &unit_key, NULL);
    haft__end(&b, &unit_key, NULL);
    CHECK_STR(read_report()->line[0], "1 live key opened at ?+0xd0040 (\\REGISTRY\\TWO)");
    haft__end(&c, &unit_key, NULL);
}

TEST(report, a_name_cannot_forge_a_line) {
    haft_hold a = open_named(&unit_key, 0xc10, "X\n9999 live key\r\x1b[2J\x7f\t", SITE(5));
    const report *r = read_report();
    CHECK_STR(r->line[0], "1 live key opened at ?+0xd0050 (X.9999 live key..[2J..)");
    CHECK_STR(r->line[1], "1 live handles, 0 not tracked");
    haft__end(&a, &unit_key, NULL);
}

TEST(report, findings_are_counted) {
    haft_hold a = { 0, 0 }, b;
    open_at(&a, &unit_event, 0xd00, NULL);
    b = a;
    haft__end(&a, &unit_event, NULL);
    haft__end(&b, &unit_event, NULL);
    char expected[64];
    snprintf(expected, sizeof expected, "found stale: %u", (unsigned)haft_found(HAFT_FINDING_STALE));
    CHECK_STR(line_with(read_report(), "found stale"), expected);
    CHECK_STR(line_with(read_report(), "found declined"), "");
}

TEST(report, a_hundred_thousand_handles) {
    haft_hold *h = calloc(MANY, sizeof *h);
    REQUIRE(h != NULL);
    for (uint64_t i = 0; i < MANY; i++) open_at(&h[i], &unit_event, 0x10000 + i * 4, SITE(i % 40 == 0 ? 6 : 7 + i % 30));
    CHECK_EQ(haft_live(), MANY);
    const report *r = read_report();
    CHECK_EQ(r->lines >= 32, true);
    unsigned long sum = 0, last = MANY;
    for (int i = 0; i < 31; i++) {
        unsigned long n = strtoul(r->line[i], NULL, 10);
        CHECK(n <= last);
        last = n;
        sum += n;
    }
    CHECK_EQ(sum, MANY);
    CHECK_STR(r->line[31], "100000 live handles, 0 not tracked");
    for (uint64_t i = 0; i < MANY; i++) haft__end(&h[i], &unit_event, SITE(9));
    CHECK_EQ(haft_live(), 0);
    free(h);
}

TEST(report, inv4_errors_survive_and_null_is_ignored) {
    unit_mark_errors();
    haft_report_text(NULL);
    CHECK(unit_errors_kept());
    FILE *out = tmpfile();
    REQUIRE(out != NULL);
    unit_mark_errors();
    haft_report_text(out);
    CHECK(unit_errors_kept());
    fclose(out);
}

TEST(report, inv6_without_memory_the_sum_is_told) {
    haft_hold h[3];
    memset(h, 0, sizeof h);
    for (uint64_t i = 0; i < 3; i++) open_at(&h[i], &unit_event, 0xe00 + i * 4, SITE(8));
    unit_alloc_fail(1, true);
    const report *r = read_report();
    unit_alloc_end();
    CHECK_STR(r->line[0], "3 live, not grouped: no memory");
    CHECK_STR(r->line[1], "3 live handles, 0 not tracked");
    for (int i = 0; i < 3; i++) haft__end(&h[i], &unit_event, NULL);
}

TEST(report, a_handle_nobody_could_track_is_told) {
    haft__opening o;
    uint64_t tag = 0;
    haft__ask ask = { &unit_memory, NULL, NULL, 0, true, true, NULL };
    uint64_t found = haft_found(HAFT_FINDING_UNTRACKED);
    char expected[64];
    CHECK_EQ(haft__opening_begin(&o, &ask), HAFT_OK);
    unit_alloc_fail(1, true);
    CHECK_EQ(haft__opening_done(&o, UINT64_C(0x7fee00000000), HAFT__OWNER_RAW, &tag), HAFT_E_NOMEM);
    unit_alloc_end();
    snprintf(expected, sizeof expected, "0 live handles, %u not tracked", (unsigned)found + 1);
    CHECK_STR(read_report()->line[0], expected);
}

/* ---- many groups ---- */

#define SITES 60
#define KINDS 5
#define PLACE(n) ((const void *)(uintptr_t)(0xe0001 + (n) * 16))

/* Lives that nobody has to close one by one: of five classes, opened at many sites, two at each. */
static uint64_t many_tags[SITES * KINDS * 2];

static haft__birth many_birth(int site, int kind) {
    haft__birth birth = { HAFT_CLASS_EVENT + (uint32_t)kind, HAFT_OWNER_USER, haft__site_of(PLACE(site)), NULL, false };
    return birth;
}

static haft__place many_place(int i) { return haft__place_of(&unit_event, HAFT_CLASS_EVENT, 0x40000 + (uint64_t)i * 4); }

static void open_many(int sites, int kinds) {
    haft__life was;
    for (int i = 0; i < sites * kinds * 2; i++) {
        haft__birth birth = many_birth(i / 2 % sites, i / 2 / sites);
        CHECK_EQ(haft__begin_life(many_place(i), &birth, &many_tags[i], &was), HAFT_OK);
    }
}

static void end_many(int sites, int kinds) {
    haft__life was;
    for (int i = 0; i < sites * kinds * 2; i++) CHECK(haft__end_life(many_place(i), many_tags[i], 0, &was));
}

/* The lines of groups, in order; each must say `2 live`. Gives back how many, and what stands behind them. */
static int read_groups(char *rest, size_t size) {
    char line[1200], last[1200] = "";
    int groups = 0, of_last_site = 0;
    FILE *out = tmpfile();
    rest[0] = '\0';
    if (!out) return 0;
    haft_report_text(out);
    rewind(out);
    while (fgets(line, sizeof line, out) && !strncmp(line, "2 live ", 7)) {
        const char *site = strstr(line, "opened at ");
        of_last_site = site && !strcmp(site, last) ? of_last_site + 1 : 1;
        CHECK(of_last_site <= KINDS);
        snprintf(last, sizeof last, "%s", site ? site : "");
        groups++;
    }
    snprintf(rest, size, "%s", line);
    fclose(out);
    return groups;
}

TEST(report, each_site_and_class_is_one_group) {
    char rest[64];
    open_many(SITES, KINDS);
    CHECK_EQ(read_groups(rest, sizeof rest), SITES * KINDS);
    CHECK_EQ(strncmp(rest, "600 live handles", 16), 0);
    end_many(SITES, KINDS);
}

/* Where there is no memory for more groups those that there is room for are still told, and the rest is counted. */
TEST(report, inv6_without_memory_for_more_the_rest_is_told_in_sum) {
    char rest[64];
    open_many(40, 1);
    unit_alloc_fail(2, true);
    CHECK_EQ(read_groups(rest, sizeof rest), 40); /* fuller than it should be, but there is room */
    unit_alloc_end();
    end_many(40, 1);
    open_many(SITES, 2);
    unit_alloc_fail(2, true);
    CHECK_EQ(read_groups(rest, sizeof rest), 62); /* 63, of which the last one met has one only */
    unit_alloc_end();
    end_many(SITES, 2);
}

/* Two sites, and classes of each, that are looked for at one place of the table of groups. */
TEST(report, groups_that_meet_are_told_apart) {
    enum { APART = 1024, MEET = 2 * 3 * 2 };
    uint64_t tags[MEET];
    haft__life was;
    char rest[64];
    haft__site first = haft__site_of(PLACE(SITES)), last = first;
    for (int i = SITES + 1; last && last < first + APART; i++) last = haft__site_of(PLACE(i));
    REQUIRE_EQ(last, first + APART);
    for (int i = 0; i < MEET; i++) {
        haft__birth birth = { HAFT_CLASS_EVENT + (uint32_t)i / 4, HAFT_OWNER_USER, i & 1 ? first : last, NULL, false };
        CHECK_EQ(haft__begin_life(many_place(i), &birth, &tags[i], &was), HAFT_OK);
    }
    CHECK_EQ(read_groups(rest, sizeof rest), MEET / 2);
    for (int i = 0; i < MEET; i++) CHECK(haft__end_life(many_place(i), tags[i], 0, &was));
}

/* ---- what a group is called ---- */

TEST(report, a_class_without_names_shows_none) {
    haft__opening o;
    haft_hold h = { 0x7f2000010, 0 };
    haft__ask ask = { &unit_memory, SITE(10), NULL, 0, true, true, NULL };
    CHECK_EQ(haft_limit_set(HAFT_CLASS_LOCAL, 9), HAFT_OK);
    CHECK_EQ(haft__opening_begin(&o, &ask), HAFT_OK); /* counts on its site */
    CHECK_EQ(haft__opening_done(&o, h.raw, HAFT_OWNER_USER, &h.tag), HAFT_OK);
    CHECK_STR(read_report()->line[0], "1 live local opened at ?+0xd00a0");
    haft__end(&h, &unit_memory, NULL);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_LOCAL, 0), HAFT_OK);
}

TEST(report, a_name_that_is_too_long_for_a_line_is_left_out) {
    static char name[601];
    memset(name, 'N', sizeof name - 1);
    haft_hold h = open_named(&unit_key, 0xc20, name, SITE(11));
    CHECK_STR(read_report()->line[0], "1 live key opened at ?+0xd00b0");
    haft__end(&h, &unit_key, NULL);
}

TEST(report, a_site_that_is_not_known) {
    haft__place place = haft__place_of(&unit_event, HAFT_CLASS_EVENT, 0xf00);
    haft__birth birth = { HAFT_CLASS_EVENT, HAFT_OWNER_USER, 0, NULL, false };
    haft__life was;
    uint64_t tag = 0;
    CHECK_EQ(haft__begin_life(place, &birth, &tag, &was), HAFT_OK);
    CHECK_STR(read_report()->line[0], "1 live event opened at ?");
    CHECK(haft__end_life(place, tag, 0, &was));
}
