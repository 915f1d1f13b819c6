/* test_settings.c: bounds, quirk states, strictness, and the HAFT variable word by word. */
#include "unit.h"

#include "core/settings.h"

#include <stdio.h>
#include <stdlib.h>

#if defined(HAFT_POSIX)
#include "harness/child.h"

#include <signal.h>
#include <sys/wait.h>
#endif

TEST(settings, inv5_a_bound_is_never_above_65534) {
    CHECK_EQ(haft_limit_get(HAFT_CLASS_KEY), HAFT_LIMIT_KEY_DEFAULT);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 65534), HAFT_OK);
    CHECK_EQ(haft_limit_get(HAFT_CLASS_KEY), 65534);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 65535), HAFT_E_LIMIT);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, UINT32_MAX), HAFT_E_LIMIT);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 0), HAFT_E_INVALID);
    CHECK_EQ(haft_limit_get(HAFT_CLASS_KEY), 65534);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 1), HAFT_OK);
    CHECK_EQ(haft_limit_get(HAFT_CLASS_KEY), 1);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, HAFT_LIMIT_KEY_DEFAULT), HAFT_OK);
}

TEST(settings, other_classes_may_go_without) {
    CHECK_EQ(haft_limit_get(HAFT_CLASS_EVENT), 0);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 9), HAFT_OK);
    CHECK_EQ(haft_limit_get(HAFT_CLASS_EVENT), 9);
    CHECK_EQ(haft_limit_get(HAFT_CLASS_FILE), 0);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 65535), HAFT_E_LIMIT);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
    CHECK_EQ(haft_limit_get(HAFT_CLASS_EVENT), 0);
}

TEST(settings, unknown_classes) {
    static const int unknown[] = { HAFT_CLASS_NONE, HAFT_CLASS_WSAEVENT + 1, HAFT_CLASS_USER - 1, 255, 256, 100000, -1 };
    for (size_t i = 0; i < HAFT__COUNT(unknown); i++) {
        CHECK_EQ(haft_limit_set((haft_class_id)unknown[i], 5), HAFT_E_INVALID);
        CHECK_EQ(haft_limit_get((haft_class_id)unknown[i]), 0);
        CHECK_STR(haft_class_name((haft_class_id)unknown[i]), "?");
    }
}

TEST(settings, every_class_has_a_name_of_its_own) {
    for (int id = HAFT_CLASS_HANDLE; id <= HAFT_CLASS_DIR; id++) {
        const char *name = haft_class_name((haft_class_id)id);
        CHECK_EQ(haft__class_named(name, strlen(name)), id);
    }
    CHECK_EQ(haft__class_named("ke", 2), HAFT_CLASS_NONE);
    CHECK_EQ(haft__class_named("keys", 4), HAFT_CLASS_NONE);
    CHECK_EQ(haft__class_named("", 0), HAFT_CLASS_NONE);
}

TEST(settings, quirks) {
    for (int q = 0; q < HAFT__QUIRKS; q++) {
        CHECK_EQ(haft__quirk_state((haft_quirk)q), HAFT_QUIRK_AUTO);
        CHECK_EQ(haft_quirk_set((haft_quirk)q, HAFT_QUIRK_ON), HAFT_OK);
        CHECK_EQ(haft__quirk_state((haft_quirk)q), HAFT_QUIRK_ON);
        CHECK_EQ(haft_quirk_set((haft_quirk)q, (haft_quirk_state)3), HAFT_E_INVALID);
        CHECK_EQ(haft_quirk_set((haft_quirk)q, (haft_quirk_state)-1), HAFT_E_INVALID);
        CHECK_EQ(haft__quirk_state((haft_quirk)q), HAFT_QUIRK_ON);
        CHECK_EQ(haft_quirk_set((haft_quirk)q, HAFT_QUIRK_AUTO), HAFT_OK);
        CHECK_EQ(haft__quirk_name((haft_quirk)q)[0], 'Q');
    }
    CHECK_EQ(haft_quirk_set((haft_quirk)HAFT__QUIRKS, HAFT_QUIRK_ON), HAFT_E_INVALID);
    CHECK_EQ(haft_quirk_set((haft_quirk)-1, HAFT_QUIRK_ON), HAFT_E_INVALID);
    CHECK_STR(haft__quirk_name((haft_quirk)HAFT__QUIRKS), "?");
}

TEST(settings, strict) {
    CHECK(!haft__strict());
    haft_strict_set(true);
    CHECK(haft__strict());
    haft_strict_set(false);
    CHECK(!haft__strict());
}

#if defined(HAFT_POSIX)
/* ---- the variable: it is read once, so each case is a program of its own: this one, run again ---- */

#define REPORT "haft_tests_report.tmp"

/* What a program finds that looks at everything after the variable was read. */
static void tell_all(void) {
    haft__settings_ready();
    printf("key=%u event=%u file=%u module=%u strict=%d q0=%d q3=%d found=%u", haft_limit_get(HAFT_CLASS_KEY),
           haft_limit_get(HAFT_CLASS_EVENT), haft_limit_get(HAFT_CLASS_FILE), haft__limit(HAFT_CLASS_MODULE),
           haft__strict(), (int)haft__quirk_state(HAFT_Q179827), (int)haft__quirk_state(HAFT_Q235425),
           (unsigned)haft_found(HAFT_FINDING_SETTING));
}

static void run_with(const char *value, const char *test, child_ran *r) { child_run(NULL, "settings_child", test, value, NULL, r); }

/* The tests below of settings_child are what those programs do. */
TEST(settings_child, tell) {
    if (!child_is_one()) return;
    tell_all();
}

TEST(settings_child, leak_and_exit) {
    if (!child_is_one()) return;
    haft_hold h = { 0, 0 };
    haft__adopt(&h, 0x444, HAFT_OWNER_USER, &unit_event, NULL);
    exit(0);
}

TEST(settings_child, use_a_stale_one) {
    if (!child_is_one()) return;
    haft_hold h = { 0x900, HAFT_CLASS_EVENT << 4 | 1 << 1 | 1 | UINT64_C(99) << 12 };
    for (int i = 0; i < 3; i++) haft__raw(&h, &unit_event, (const void *)(uintptr_t)0x5001);
    haft__close(&h, &unit_event, (const void *)(uintptr_t)0x5001);
}

TEST(settings_child, the_program_has_the_last_word) {
    if (!child_is_one()) return;
    haft_limit_set(HAFT_CLASS_KEY, 7);
    haft_strict_set(false);
    haft_quirk_set(HAFT_Q179827, HAFT_QUIRK_OFF);
    haft_level_set(HAFT_FINDING_STALE, HAFT_LEVEL_SILENT);
    haft__test_settings_child_use_a_stale_one();
    tell_all();
}

TEST(settings_child, the_programs_sink_has_the_last_word) {
    if (!child_is_one()) return;
    haft_sink_set(unit_sink, NULL);
    haft__test_settings_child_use_a_stale_one();
    printf("told %u", unit_last.times);
}

/* The text that the child printed between the harness's own lines. */
static bool printed(const child_ran *r, const char *text) { return strstr(r->out, text) != NULL; }

static void expect(const char *value, const char *out, const char *const *errors) {
    child_ran r;
    size_t lines = 0, expected = 0;
    run_with(value, "tell", &r);
    if (!printed(&r, out)) CHECK_STR(r.out, out);
    for (; errors[expected]; expected++) {
        if (!strstr(r.err, errors[expected])) CHECK_STR(r.err, errors[expected]);
    }
    for (const char *c = r.err; *c; c++) lines += *c == '\n';
    CHECK_EQ(lines, expected);
    CHECK(WIFEXITED(r.status));
}

#define DEFAULTS "key=1024 event=0 file=0 module=0 strict=0 q0=0 q3=0 found="
static const char *const none[] = { NULL };

TEST(settings, each_good_word) {
    expect("", DEFAULTS "0", none);
    expect(",,,", DEFAULTS "0", none);
    expect("limit.key=512", "key=512 event=0 file=0 module=0 strict=0 q0=0 q3=0 found=0", none);
    expect("limit.key=65534,limit.event=1,limit.module=3", "key=65534 event=1 file=0 module=3 strict=0 q0=0 q3=0 found=0", none);
    expect("limit.event=4,limit.event=0", DEFAULTS "0", none);
    expect("strict", "key=1024 event=0 file=0 module=0 strict=1 q0=0 q3=0 found=0", none);
    expect("quirk.Q179827=on,quirk.Q235425=off", "key=1024 event=0 file=0 module=0 strict=0 q0=1 q3=2 found=0", none);
    expect("quirk.Q179827=on,quirk.Q179827=auto", DEFAULTS "0", none);
    expect("level=silent,level.stale=fatal,level.setting=once", DEFAULTS "0", none);
    expect("limit.key=5,limit.key=6,strict,,", "key=6 event=0 file=0 module=0 strict=1 q0=0 q3=0 found=0", none);
}

/* Each is told by itself, and the others count. */
TEST(settings, each_bad_word_is_told) {
    static const char *const bad[] = {
        "foo", "limit", "limit.", "limit.key", "limit.key=", "limit.key=0", "limit.key=70000", "limit.key=65535", "limit.key=-1",
        "limit.key=12x", "limit.key= 12", "limit.key=99999999999999999999", "limit.key=0x10", "limit.nokind=3", "limit.?=3",
        "limit.=3",
        "level", "level=", "level=loud", "level=WARN", "level.stale", "level.stale=", "level.nothing=warn", "level.=warn",
        "levels=warn",
        "quirk.Q1=on", "quirk.Q179827=yes", "quirk.Q179827", "quirk.=on", "quirk=on", "strict=1", "strict=", "STRICT",
        " strict", "report",
        "report=", "=", "=x", "key=512", "limit.key=512=3",
    };
    for (size_t i = 0; i < HAFT__COUNT(bad); i++) {
        char value[256], line[256];
        const char *errors[] = { line, NULL };
        snprintf(line, sizeof line, "haft: setting: not understood in HAFT, %s\n", bad[i]);
        snprintf(value, sizeof value, "limit.event=3,%s,limit.file=4", bad[i]);
        expect(value, "key=1024 event=3 file=4 module=0 strict=0 q0=0 q3=0 found=1", errors);
    }
}

TEST(settings, several_bad_words_are_told_one_by_one) {
    static const char *const errors[] = { ", one\n", ", two\n", ", three\n", NULL };
    expect("one,two,strict,three", "key=1024 event=0 file=0 module=0 strict=1 q0=0 q3=0 found=3", errors);
}

TEST(settings, long_words_and_control_characters) {
    static char value[9000], shown[200];
    const char *errors[] = { shown, NULL };
    memset(value, 'x', sizeof value - 1);
    snprintf(shown, sizeof shown, "not understood in HAFT, xxxxxxxxxxxxxxxx");
    expect(value, DEFAULTS "1", errors);
    memcpy(value, "report=", 7);
    expect(value, DEFAULTS "1", (const char *const[]){ "not understood in HAFT, report=xxxx", NULL });
    expect("a\nb\x1b[2Jc\x7f\td", DEFAULTS "1", (const char *const[]){ "HAFT, a.b.[2Jc..d\n", NULL });
    expect("\xff\xfe", DEFAULTS "1", (const char *const[]){ "HAFT, ..\n", NULL });
}

TEST(settings, levels_reach_standard_error) {
    child_ran r;
    run_with("level=warn", "use_a_stale_one", &r);
    CHECK_EQ(strncmp(r.err, "haft: stale: ", 13), 0);
    size_t lines = 0;
    for (const char *c = r.err; *c; c++) lines += *c == '\n';
    CHECK_EQ(lines, 4);
    run_with("level=once", "use_a_stale_one", &r);
    CHECK(strchr(r.err, '\n') == r.err + strlen(r.err) - 1);
    run_with("level=silent", "use_a_stale_one", &r);
    CHECK_STR(r.err, "");
    run_with("level.stale=warn", "use_a_stale_one", &r);
    CHECK_STR(r.err, ""); /* nobody asked for a place to write to */
    run_with("level=warn,level.stale=silent", "use_a_stale_one", &r);
    CHECK_STR(r.err, "");
    run_with("", "use_a_stale_one", &r);
    CHECK_STR(r.err, "");
    run_with("level.stale=fatal", "use_a_stale_one", &r);
    CHECK(WIFSIGNALED(r.status) && WTERMSIG(r.status) == SIGABRT);
    CHECK_EQ(strncmp(r.err, "haft: stale: ", 13), 0);
}

TEST(settings, what_the_program_sets_wins) {
    child_ran r;
    run_with("limit.key=512,strict,quirk.Q179827=on,level=warn", "the_program_has_the_last_word", &r);
    CHECK(printed(&r, "key=7 event=0 file=0 module=0 strict=0 q0=2"));
    CHECK_STR(r.err, "");
    run_with("level=once,level=warn", "the_programs_sink_has_the_last_word", &r);
    CHECK(printed(&r, "told 4"));
    CHECK_STR(r.err, "");
}

TEST(settings, a_report_is_written_at_the_end) {
    child_ran r;
    char text[1024];
    run_with("report=" REPORT, "leak_and_exit", &r);
    child_read_back(REPORT, text, sizeof text);
    CHECK_EQ(strncmp(text, "1 live event opened at ", 23), 0);
    CHECK(strstr(text, "\n1 live handles, 0 not tracked\n") != NULL);
    CHECK_STR(r.err, "");
    run_with("report=nowhere,report=-", "leak_and_exit", &r);
    CHECK_EQ(strncmp(r.err, "1 live event opened at ", 23), 0);
    CHECK(fopen("nowhere", "r") == NULL);
    run_with("report=no/such/dir/x", "leak_and_exit", &r);
    CHECK(strstr(r.err, "no/such/dir/x") && strstr(r.err, "cannot write the report"));
    CHECK_EQ(WEXITSTATUS(r.status), 0);
}

TEST(settings, a_report_is_named_after_its_process) {
    child_ran r;
    char path[64], text[1024], longest[1024];
    run_with("report=haft_%%p%p_%d%.tmp", "leak_and_exit", &r); /* no other % is replaced */
    snprintf(path, sizeof path, "haft_%%%ld%ld_%%d%%.tmp", r.id, r.id);
    child_read_back(path, text, sizeof text);
    CHECK(strstr(text, "\n1 live handles, 0 not tracked\n") != NULL);
    CHECK_STR(r.err, "");
    memset(longest, 'p', sizeof longest);
    for (size_t i = 0; i < 1010; i += 2) longest[i] = '%';
    memcpy(longest, "report=", 7);
    longest[1010] = '\0';
    run_with(longest, "leak_and_exit", &r);
    CHECK(strstr(r.err, "cannot write the report"));
    CHECK_EQ(WEXITSTATUS(r.status), 0);
}
#endif
