/* test_win32_calls.c: every shim against the system's own function: the same calls, raw and guarded, leave the same records. */
#include "calls_log.h"

static call_log logs[2];

/* ---- where the shims are stricter, on purpose ---- */

#define KERNEL "all of these are kernel handles, and the system closes them by any closer; a real mistake all the same"
static const struct deviation {
    const char *call, *raw, *guarded, *why;
} deviations[] = {
    { "CloseHandle((HANDLE)key)", "1, handles -1", "0, error 6", KERNEL },
    { "RegCloseKey(key)", "6", "0, handles -1", "the same" },
    { "RegCloseKey((HKEY)event)", "0, handles -1", "6", KERNEL },
    { "CloseHandle(event)", "0, error 6", "1, handles -1", "the same" },
    { "CloseHandle((HANDLE)s)", "1, handles -1", "0, error 6", "Winsock would keep what it knows of the socket" },
    { "closesocket(s)", "0, error 6", "0, handles -1", "the same" },
    { "CloseHandle(change)", "1, handles -1", "0, error 6", KERNEL },
    { "FindCloseChangeNotification(change)", "0, error 6", "1, handles -1", "the same" },
    { "FindCloseChangeNotification(file)", "1, handles -1", "0, error 6", KERNEL },
    { "CloseHandle(file)", "0, error 6", "1, handles -1", "the same" },
};

static bool seen[sizeof deviations / sizeof *deviations];

static const struct deviation *deviation(const char *call) {
    for (size_t i = 0; i < sizeof deviations / sizeof *deviations; i++)
        if (!strcmp(deviations[i].call, call)) return &deviations[i];
    return NULL;
}

/* ---- comparing ---- */

static void differ(const call_record *raw, const call_record *guarded, const char *what) {
    char text[1024];
    snprintf(text, sizeof text, "%s: %s\n        raw:     %s\n        guarded: %s", raw->call, what, raw->said, guarded->said);
    haft_test_fail(__FILE__, __LINE__, text);
}

/* Uncounted it says nothing of handles, which stands last. */
static bool is_said(const call_record *r, const char *expected) {
    const char *handles = strstr(expected, ", handles");
    if (!calls_way_now.uncounted || !handles) return !strcmp(r->said, expected);
    return strncmp(r->said, expected, (size_t)(handles - expected)) == 0;
}

void calls_compare(const call_record *raw, const call_record *guarded) {
    char text[64];
    const struct deviation *d = deviation(raw->call);
    if (d) seen[d - deviations] = true;
    if (strcmp(raw->call, guarded->call)) differ(raw, guarded, "not the same call");
    else if (!d && strcmp(raw->said, guarded->said)) differ(raw, guarded, "they differ");
    else if (d && !(is_said(raw, d->raw) && is_said(guarded, d->guarded))) differ(raw, guarded, "not as the table says");
    snprintf(text, sizeof text, "Haft counts %+d, not %+d", guarded->live, guarded->expected);
    if (guarded->live != guarded->expected && !calls_way_now.uncounted) differ(raw, guarded, text);
    if (raw->live) differ(raw, guarded, "the raw call is guarded");
}

/* Threads of the system's own come and go with their handles when they like: what is left is what is left each time. */
static int always_grown_by(call_log *log, const calls_family *families, const char *name, int enough) {
    int least = calls_grown_by(log, families, name);
    for (int again = 0; least > enough && again < 5; again++) {
        int grown = calls_grown_by(log, families, name);
        if (grown < least) least = grown;
    }
    return least;
}

/* Each once before that: at its first use the system keeps handles of its own. What raw calls leave is the system's doing. */
static void both(const char *family) {
    size_t live = haft_live();
    int before = haft_test_system_handles();
    haft_strict_set(false);
    calls_run(&logs[0], calls_raw, family);
    calls_run(&logs[1], calls_guarded, family);
    int raw = calls_grown_by(&logs[0], calls_raw, family), guarded = always_grown_by(&logs[1], calls_guarded, family, raw);
    CHECK(logs[0].count > 0);
    REQUIRE_EQ(logs[1].count, logs[0].count);
    for (size_t i = 0; i < logs[0].count; i++) calls_compare(&logs[0].of[i], &logs[1].of[i]);
    CHECK_EQ(haft_live(), live);
    CHECK(guarded <= raw);
    for (int turn = 0; calls_has_threads(family) && turn < 140 && haft_test_system_handles() > before; turn++) Sleep(50);
    if (raw > 0) LEAVES(haft_test_system_handles() - before);
}

TEST(calls, files) { both("files"); }
TEST(calls, finding) { both("finding"); }
TEST(calls, objects) { both("objects"); }
TEST(calls, pools) { both("pools"); }
TEST(calls, handles) {
    memset(seen, 0, sizeof seen);
    both("handles");
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) CHECK(seen[i]);
}
TEST(calls, tasks) { both("tasks"); }
TEST(calls, tokens) { both("tokens"); }
TEST(calls, memory) { both("memory"); }
TEST(calls, registry) { both("registry"); }
TEST(calls, security) { both("security"); }
TEST(calls, crypto) { both("crypto"); }
TEST(calls, services) { both("services"); }
TEST(calls, printing) { both("printing"); }
TEST(calls, sockets) { both("sockets"); }
TEST(calls, descriptors) { both("descriptors"); }
TEST(calls, streams) { both("streams"); }
