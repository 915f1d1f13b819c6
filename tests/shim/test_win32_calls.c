/* test_win32_calls.c: every shim against the system's own function: the same calls, raw and guarded, leave the same records. */
#include "core/ledger.h" /* before some SDK's macros of short names */

#include "calls.h"
#include "fault/failing.h"
#include "unit/unit.h"

#include <haft.h>

/* ---- writing down ---- */

enum { CALLS_MAX = 400, CALLS_TEXT = 200, CALLS_MARKS = 2, CALLS_LAST_ERROR = 0x5A5A, CALLS_ERRNO = 77 };

typedef struct call_record {
    const char *call;
    char said[CALLS_TEXT];
    int live, expected;
} call_record;

typedef struct call_log {
    call_record of[CALLS_MAX];
    size_t count;
} call_log;

static call_log logs[2];
static struct {
    call_log *log;
    struct {
        unsigned char *out;
        size_t size;
    } marks[CALLS_MARKS];
    size_t marked, live;
    int handles;
    bool loose;
    bool broken;    /* calls fail that need not */
    bool uncounted; /* neither count of handles is looked at */
} now;

void calls_loose(bool loose) { now.loose = loose; }

void calls_wait(HANDLE thread) { CHECK(WaitForSingleObject(thread, 60000) == WAIT_OBJECT_0 || now.broken); }

/* What a broken call does not fill is none, for whoever closes it; not what looks like an address. */
void calls_mark(void *out, size_t size) {
    memset(out, now.broken ? 0 : 0xEE, size);
    now.marks[now.marked].out = out;
    now.marks[now.marked++].size = size;
}

void calls_begin(void) {
    now.live = haft_live();
    now.handles = now.uncounted ? 0 : haft_test_system_handles();
    errno = CALLS_ERRNO;
    SetLastError(CALLS_LAST_ERROR);
}

static bool all(const unsigned char *bytes, size_t size, unsigned char value) {
    while (size && *bytes == value) bytes++, size--;
    return size == 0;
}

/* What became of the out-parameters. Gives how many are handles now. */
static int tell_marks(char *said, size_t size) {
    int filled = 0;
    for (size_t i = 0; i < now.marked; i++) {
        const unsigned char *out = now.marks[i].out;
        size_t n = now.marks[i].size;
        const char *what = all(out, n, 0xEE) ? "untouched" : all(out, n, 0) ? "zero" : all(out, n, 0xFF) ? "ones" : "filled";
        filled += *what == 'f';
        snprintf(said + strlen(said), size - strlen(said), ", out %s", what);
    }
    now.marked = 0;
    return filled;
}

static void add_number(char said[CALLS_TEXT], const char *format, int number) {
    size_t length = strlen(said);
    snprintf(said + length, CALLS_TEXT - length, format, number);
}

static void tell_result(char *said, size_t size, bool is_handle, uint64_t value) {
    const char *what = value == 0 ? "NULL" : value == UINT64_MAX || value == UINT32_MAX ? "-1" : "a handle";
    if (is_handle) snprintf(said, size, "%s", what);
    else snprintf(said, size, "%lld", (long long)value);
}

static void end(int live, bool is_handle, const char *call, uint64_t value) {
    DWORD error = GetLastError();
    int number = errno, handles = now.uncounted ? 0 : haft_test_system_handles() - now.handles;
    if (now.log->count == CALLS_MAX) abort();
    call_record *r = &now.log->of[now.log->count++];
    bool opened = is_handle && value != 0 && value != UINT64_MAX && value != UINT32_MAX;
    r->call = call;
    tell_result(r->said, sizeof r->said, is_handle, value);
    if (error != CALLS_LAST_ERROR) add_number(r->said, ", error %d", (int)error);
    if (number != CALLS_ERRNO) add_number(r->said, ", errno %d", number);
    if (handles && !now.loose) add_number(r->said, ", handles %+d", handles);
    int filled = tell_marks(r->said, sizeof r->said);
    r->live = (int)(haft_live() - now.live);
    r->expected = live == CALLS_IF_OPENED ? opened : live == CALLS_IF_FILLED ? filled : live;
}

intptr_t calls_value(int live, const char *call, int64_t value) {
    end(live, false, call, (uint64_t)value);
    return (intptr_t)value;
}

void *calls_pointer(int live, const char *call, uint64_t value) {
    end(live, true, call, value);
    return (void *)(uintptr_t)value;
}

intptr_t calls_number(int live, const char *call, uint64_t value) {
    end(live, true, call, value);
    return (intptr_t)value;
}

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

static void run(call_log *log, const calls_family *families, const char *name) {
    log->count = 0;
    now.log = log;
    now.loose = false;
    now.marked = 0;
    for (const calls_family *f = families; f->name; f++)
        if (!strcmp(f->name, name)) f->run();
}

static void differ(const call_record *raw, const call_record *guarded, const char *what) {
    char text[1024];
    snprintf(text, sizeof text, "%s: %s\n        raw:     %s\n        guarded: %s", raw->call, what, raw->said, guarded->said);
    haft_test_fail(__FILE__, __LINE__, text);
}

/* Uncounted it says nothing of handles, which stands last. */
static bool is_said(const call_record *r, const char *expected) {
    const char *handles = strstr(expected, ", handles");
    return now.uncounted && handles ? strncmp(r->said, expected, (size_t)(handles - expected)) == 0 : !strcmp(r->said, expected);
}

static void compare(const call_record *raw, const call_record *guarded) {
    char text[64];
    const struct deviation *d = deviation(raw->call);
    if (d) seen[d - deviations] = true;
    if (strcmp(raw->call, guarded->call)) differ(raw, guarded, "not the same call");
    else if (!d && strcmp(raw->said, guarded->said)) differ(raw, guarded, "they differ");
    else if (d && !(is_said(raw, d->raw) && is_said(guarded, d->guarded))) differ(raw, guarded, "not as the table says");
    snprintf(text, sizeof text, "Haft counts %+d, not %+d", guarded->live, guarded->expected);
    if (guarded->live != guarded->expected && !now.uncounted) differ(raw, guarded, text);
    if (raw->live) differ(raw, guarded, "the raw call is guarded");
}

static int grown_by(call_log *log, const calls_family *families, const char *name) {
    int before = haft_test_system_handles();
    run(log, families, name);
    return haft_test_system_handles() - before;
}

/* Threads of the system's own come and go with their handles when they like: what is left is what is left each time. */
static int always_grown_by(call_log *log, const calls_family *families, const char *name, int enough) {
    int least = grown_by(log, families, name);
    for (int again = 0; least > enough && again < 5; again++) {
        int grown = grown_by(log, families, name);
        if (grown < least) least = grown;
    }
    return least;
}

/* Of the system's own, which end after 5 s, with their handles. */
static bool has_threads(const char *family) { return strcmp(family, "pools") == 0; }

/* Each once before that: at its first use the system keeps handles of its own. What raw calls leave is the system's doing. */
static void both(const char *family) {
    size_t live = haft_live();
    int before = haft_test_system_handles();
    haft_strict_set(false);
    run(&logs[0], calls_raw, family);
    run(&logs[1], calls_guarded, family);
    int raw = grown_by(&logs[0], calls_raw, family), guarded = always_grown_by(&logs[1], calls_guarded, family, raw);
    CHECK(logs[0].count > 0);
    REQUIRE_EQ(logs[1].count, logs[0].count);
    for (size_t i = 0; i < logs[0].count; i++) compare(&logs[0].of[i], &logs[1].of[i]);
    CHECK_EQ(haft_live(), live);
    CHECK(guarded <= raw);
    for (int turn = 0; has_threads(family) && turn < 140 && haft_test_system_handles() > before; turn++) Sleep(50);
    if (raw > 0) LEAVES(haft_test_system_handles() - before);
}

/* ---- where other things fail ---- */

/* Where memory runs out, or the system does not answer what Haft asks, a guarded call still does what the raw one does. */
static void same_without(const char *family, bool memory, bool on) {
    unsigned n = 0, calls;
    do {
        n++;
        if (memory) unit_alloc_fail(n, on);
        else failing_begin(FAILING_QUESTIONS, n, on);
        run(&logs[1], calls_guarded, family);
        calls = memory ? unit_alloc_end() : failing_end();
        REQUIRE_EQ(logs[1].count, logs[0].count);
        for (size_t i = 0; i < logs[0].count; i++) compare(&logs[0].of[i], &logs[1].of[i]);
    } while (calls >= n);
}

static haft__place kernel_place(uint64_t raw) {
    haft__place place = { raw, HAFT_SPACE_KERNEL };
    return place;
}

static bool is_kernel_handle(uint64_t raw, const haft__life *life, void *user) {
    if (!haft__is_dense(kernel_place(raw)) || haft__look(kernel_place(raw)).tag != life->tag) return true;
    *(uint64_t *)user = raw;
    return false;
}

/* All that Haft has: the system closes any of them by the one closer. */
static void close_all(void) {
    haft__life was;
    for (;;) {
        uint64_t raw = 0;
        haft__walk(is_kernel_handle, &raw);
        if (!raw) return;
        CHECK(haft__end_life(kernel_place(raw), haft__look(kernel_place(raw)).tag, 0, &was));
        CloseHandle((HANDLE)(uintptr_t)raw); /* a socket is gone already: WSACleanup */
    }
}

/* Where calls fail, or functions are missing, Haft has all that is left open but for what raw calls leave too. */
static void nothing_lost(const char *family, failing_kind kind, bool on, unsigned most) {
    unsigned n = 0, calls;
    int owed = grown_by(&logs[0], calls_raw, family);
    now.broken = true;
    do {
        int before = haft_test_system_handles();
        failing_begin(kind, ++n, on);
        run(&logs[1], calls_guarded, family);
        calls = failing_end();
        close_all();
        if (!has_threads(family)) CHECK(haft_test_system_handles() - before <= owed);
    } while (calls >= n && n < most);
    now.broken = false;
}

/* Of families whose calls take long only the first N is followed by nothing but failures. */
static void fail_each(const char *family, bool slow) {
    unsigned each = UINT_MAX, some = slow ? 1 : each;
    int before = haft_test_system_handles();
    run(&logs[0], calls_raw, family);
    run(&logs[1], calls_guarded, family);
    now.uncounted = true;
    run(&logs[0], calls_raw, family);
    for (int on = 0; on <= 1; on++) {
        same_without(family, false, on != 0);
        same_without(family, true, on != 0);
        nothing_lost(family, FAILING_CALLS_CLOSING, on != 0, on ? some : each);
        nothing_lost(family, FAILING_LOOKUPS, on != 0, on ? some : each);
    }
    now.uncounted = false;
    int left = haft_test_system_handles() - before; /* each run has been judged */
    if (left > 0) LEAVES(left);
}

TEST(calls_failing, files) { fail_each("files", false); }
TEST(calls_failing, finding) { fail_each("finding", false); }
TEST(calls_failing, objects) { fail_each("objects", false); }
TEST(calls_failing, pools) { fail_each("pools", true); }
TEST(calls_failing, handles) { fail_each("handles", false); }
TEST(calls_failing, tasks) { fail_each("tasks", true); }
TEST(calls_failing, tokens) { fail_each("tokens", false); }
TEST(calls_failing, memory) { fail_each("memory", false); }
TEST(calls_failing, registry) { fail_each("registry", false); }
TEST(calls_failing, security) { fail_each("security", false); }
TEST(calls_failing, crypto) { fail_each("crypto", false); }
TEST(calls_failing, services) { fail_each("services", false); }
TEST(calls_failing, printing) { fail_each("printing", false); }
TEST(calls_failing, sockets) { fail_each("sockets", false); }
TEST(calls_failing, descriptors) { fail_each("descriptors", false); }
TEST(calls_failing, streams) { fail_each("streams", false); }

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
