/* test_finding.c: findings: counted always, told by level, silent by default. */
#if !defined(_WIN32)
#define _GNU_SOURCE /* fork */
#endif
#include "unit.h"

#include "core/finding.h"

#include <stdlib.h>

#if defined(HAFT_POSIX)
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

/* A stale wrapper's use: the same site each time. */
static void find_one(void) {
    haft_hold stale = { 0x900, HAFT_CLASS_EVENT << 4 | 1 << 1 | 1 | UINT64_C(99) << 12 };
    haft__raw(&stale, &unit_event, (const void *)(uintptr_t)0x99001);
}

static void find_at(uintptr_t at) {
    haft_hold stale = { 0x900, HAFT_CLASS_EVENT << 4 | 1 << 1 | 1 | UINT64_C(99) << 12 };
    haft__raw(&stale, &unit_event, (const void *)at);
}

TEST(finding, the_levels) {
    static uintptr_t fresh = 0xaa0000;
    uint64_t found = haft_found(HAFT_FINDING_STALE);
    unit_listen();
    CHECK_EQ(haft_level_set(HAFT_FINDING_STALE, HAFT_LEVEL_SILENT), HAFT_OK);
    find_one();
    CHECK_EQ(unit_last.times, 0);
    CHECK_EQ(haft_found(HAFT_FINDING_STALE), found + 1); /* counted all the same */
    CHECK_EQ(haft_level_set(HAFT_FINDING_STALE, HAFT_LEVEL_WARN), HAFT_OK);
    find_one();
    find_one();
    CHECK_EQ(unit_last.times, 2);
    CHECK_EQ(unit_last.f.level, HAFT_LEVEL_WARN);
    CHECK_EQ(haft_level_set(HAFT_FINDING_STALE, HAFT_LEVEL_WARN_ONCE), HAFT_OK);
    fresh += 0x100;
    for (int i = 0; i < 5; i++) find_at(fresh);
    CHECK_EQ(unit_last.times, 3); /* once for a site */
    for (int i = 0; i < 5; i++) find_at(fresh + 16);
    CHECK_EQ(unit_last.times, 4);
    CHECK_EQ(unit_last.f.level, HAFT_LEVEL_WARN_ONCE);
    CHECK_EQ(haft_found(HAFT_FINDING_STALE), found + 13);
    unit_deaf();
}

TEST(finding, what_the_sink_is_told) {
    unit_listen();
    find_one();
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_STALE);
    CHECK_EQ(unit_last.f.class_id, HAFT_CLASS_EVENT);
    CHECK_EQ(unit_last.f.owner, HAFT_OWNER_NONE);
    CHECK_EQ(unit_last.f.raw, 0x900);
    CHECK_EQ(unit_last.f.count, haft_found(HAFT_FINDING_STALE));
    CHECK(unit_last.user == &unit_last);
    CHECK_STR(unit_last.quirk, "");
    CHECK_STR(unit_last.name, "");
    CHECK_STR(unit_last.opened, "");
    CHECK(strstr(unit_last.at, "+0x99000") != NULL);
    CHECK(strstr(unit_last.text, "stale") && strstr(unit_last.text, "event") && strstr(unit_last.text, "0x900"));
    CHECK(strstr(unit_last.text, unit_last.at) != NULL);
    unit_deaf();
}

TEST(finding, all_that_is_known_is_told) {
    haft__seen seen = { HAFT_FINDING_LIMIT, HAFT_CLASS_KEY, HAFT_OWNER_KERNEL, 0x44, haft__site_of((const void *)0x1001),
                        haft__site_of((const void *)0x2001), haft__site_of((const void *)0x3001), "Q179827",
                        "NAME\nWITH\x1b[31m\x7f", 17, "a word more" };
    unit_listen();
    haft__found(&seen);
    CHECK_EQ(unit_last.f.count, 17);
    CHECK_EQ(unit_last.f.owner, HAFT_OWNER_KERNEL);
    CHECK_STR(unit_last.name, "NAME\nWITH\x1b[31m\x7f"); /* as it is; the text is for people */
    CHECK(strstr(unit_last.text, "NAME.WITH.[31m.") != NULL);
    CHECK(strstr(unit_last.text, "Q179827") && strstr(unit_last.text, "17 live") && strstr(unit_last.text, "owner KERNEL"));
    CHECK(strstr(unit_last.opened, "0x1000") && strstr(unit_last.closed, "0x2000") && strstr(unit_last.at, "0x3000"));
    CHECK(strstr(unit_last.text, "a word more") != NULL);
    for (const char *c = unit_last.text; *c; c++) CHECK((unsigned char)*c >= ' ');
    unit_deaf();
}

TEST(finding, a_very_long_name_is_cut) {
    static char name[5000];
    memset(name, 'n', sizeof name - 1);
    haft__seen seen = { HAFT_FINDING_DECLINED, HAFT_CLASS_FILE, HAFT_OWNER_NONE, 0, 0, 0, 0, NULL, name, 0, NULL };
    unit_listen();
    haft__found(&seen);
    CHECK_EQ(unit_last.times, 1);
    CHECK(strlen(unit_last.text) > 500 && strlen(unit_last.text) < 1024);
    unit_deaf();
}

TEST(finding, inv4_errors_survive_a_sink_that_spoils_them) {
    unit_listen();
    unit_mark_errors();
    find_one();
    CHECK(unit_errors_kept());
    CHECK_EQ(unit_last.times, 1);
    unit_deaf();
}

/* A sink may call Haft, and cause findings too. */
static unsigned depth;
static void nested_sink(const haft_finding *finding, void *user) {
    haft_hold h = { 0, 0 };
    (void)finding, (void)user;
    if (depth++) return haft_sink_set(NULL, NULL);
    CHECK_EQ(haft__adopt(&h, 0x904, HAFT_OWNER_USER, &unit_event, NULL), HAFT_OK);
    find_one();
    CHECK_EQ(haft__close(&h, &unit_event, NULL), HAFT_OK);
}

TEST(finding, a_sink_may_call_haft) {
    depth = 0;
    unit_levels(HAFT_LEVEL_WARN);
    haft_sink_set(nested_sink, NULL);
    find_one();
    CHECK_EQ(depth, 2);
    find_one();
    CHECK_EQ(depth, 2); /* the sink took itself away */
    unit_deaf();
}

TEST(finding, unknown_kinds_and_levels) {
    CHECK_EQ(haft_level_set((haft_finding_kind)-1, HAFT_LEVEL_WARN), HAFT_E_INVALID);
    CHECK_EQ(haft_level_set((haft_finding_kind)HAFT_FINDING_KINDS, HAFT_LEVEL_WARN), HAFT_E_INVALID);
    CHECK_EQ(haft_level_set(HAFT_FINDING_STALE, (haft_level)4), HAFT_E_INVALID);
    CHECK_EQ(haft_level_set(HAFT_FINDING_STALE, (haft_level)-1), HAFT_E_INVALID);
    CHECK_EQ(haft_found((haft_finding_kind)-1), 0);
    CHECK_EQ(haft_found((haft_finding_kind)HAFT_FINDING_KINDS), 0);
    CHECK_STR(haft_finding_name((haft_finding_kind)-1), "?");
    CHECK_STR(haft_finding_name((haft_finding_kind)HAFT_FINDING_KINDS), "?");
    CHECK_STR(haft_finding_name(HAFT_FINDING_STALE), "stale");
    CHECK_STR(haft_finding_name(HAFT_FINDING_SETTING), "setting");
    haft_sink_stderr(NULL, NULL);
}

TEST(finding, statuses_have_names) {
    CHECK_STR(haft_status_name(HAFT_OK), "HAFT_OK");
    CHECK_STR(haft_status_name(HAFT_E_NOT_OWNER), "HAFT_E_NOT_OWNER");
    CHECK_STR(haft_status_name(HAFT_E_UNSUPPORTED), "HAFT_E_UNSUPPORTED");
    CHECK_STR(haft_status_name((haft_status)(HAFT_E_UNSUPPORTED + 1)), "HAFT_E_?");
    CHECK_STR(haft_status_name((haft_status)-1), "HAFT_E_?");
}

#if defined(HAFT_POSIX)
/* Everything that goes wrong, as a program does that never set a sink. */
static void go_wrong(void) {
    haft_hold a = { 0, 0 }, b = { 0, 0 };
    for (int i = 0; i < 3; i++) {
        find_one();
        haft__adopt(&a, 0x908, HAFT_OWNER_USER, &unit_event, NULL);
        haft__adopt(&b, 0x908, HAFT_OWNER_USER, &unit_event, NULL);
        haft__adopt(&b, 0x908, HAFT_OWNER_USER, &unit_key, NULL);
        haft__transfer(&a, HAFT_OWNER_KERNEL, &unit_event, NULL);
        haft__close(&a, &unit_event, NULL);
        (void)haft__release(&a, &unit_event, NULL);
    }
    for (int k = 0; k < HAFT_FINDING_SETTING; k++) {
        haft__seen seen = { (haft_finding_kind)k, 0, HAFT_OWNER_NONE, 0, 0, 0, 0, NULL, NULL, 0, NULL };
        haft__found(&seen);
    }
}

/* What the body, in a process of its own, writes to standard error; and how it ended. */
static int error_output(void (*body)(void), char *text, size_t size) {
    int ends[2], status = -1;
    size_t used = 0;
    ssize_t n;
    if (pipe(ends) != 0) return -1;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        body();
        _exit(0);
    }
    close(ends[1]);
    while (used + 1 < size && (n = read(ends[0], text + used, size - 1 - used)) > 0) used += (size_t)n;
    text[used] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return status;
}

TEST(finding, inv11_nothing_is_printed_by_default) {
    char text[512];
    CHECK_EQ(error_output(go_wrong, text, sizeof text), 0);
    CHECK_STR(text, "");
}

static void warn_to_stderr(void) {
    haft_sink_set(haft_sink_stderr, NULL);
    haft_level_set(HAFT_FINDING_STALE, HAFT_LEVEL_WARN);
    find_one();
}

TEST(finding, the_ready_made_sink_writes_a_line) {
    char text[512];
    CHECK_EQ(error_output(warn_to_stderr, text, sizeof text), 0);
    CHECK_EQ(strncmp(text, "haft: stale: ", 13), 0);
    CHECK_EQ(strchr(text, '\n') - text, (long)strlen(text) - 1);
}

static void die(void) {
    haft_level_set(HAFT_FINDING_STALE, HAFT_LEVEL_FATAL);
    find_one();
}

static void do_not_die(void) {
    unit_levels(HAFT_LEVEL_FATAL);
    haft_level_set(HAFT_FINDING_STALE, HAFT_LEVEL_SILENT);
    find_one();
}

TEST(finding, inv11_only_fatal_ends_the_program_and_says_why) {
    char text[512];
    int status = error_output(die, text, sizeof text);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    CHECK_EQ(strncmp(text, "haft: stale: ", 13), 0);
    CHECK_EQ(error_output(do_not_die, text, sizeof text), 0);
    CHECK_STR(text, "");
}
#endif

/* A class of the program's own may be called anything: the line ends where its room does. */
TEST(finding, a_line_that_is_too_long_is_cut) {
    static char name[2000];
    haft_class c = { name, HAFT_CLASS_NONE, HAFT_SPACE_OWN, { 0, 0 }, NULL, NULL };
    memset(name, 'n', sizeof name - 1);
    haft__seen seen = { .kind = HAFT_FINDING_STALE, .class_id = haft__class_id_of(&c), .raw = 4 };
    unit_listen();
    haft__found(&seen);
    CHECK_EQ(unit_last.times, 1);
    CHECK_EQ(strlen(unit_last.text), sizeof unit_last.text - 1);
    CHECK_EQ(strncmp(unit_last.text, "stale: stale handle: nnn", 24), 0);
    CHECK_EQ(unit_last.text[sizeof unit_last.text - 2], 'n');
    unit_deaf();
}

/* Descriptor 0 is a handle as any other. */
TEST(finding, a_value_of_zero_is_told_where_it_has_an_owner) {
    haft__seen seen = { .kind = HAFT_FINDING_TRACKED, .class_id = HAFT_CLASS_FD, .owner = HAFT_OWNER_USER };
    unit_listen();
    haft__found(&seen);
    CHECK(strstr(unit_last.text, ": fd 0x0 owner USER") != NULL);
    seen.owner = HAFT_OWNER_NONE;
    haft__found(&seen);
    CHECK(strstr(unit_last.text, "0x0") == NULL);
    unit_deaf();
}
