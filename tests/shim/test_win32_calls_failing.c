/* test_win32_calls_failing.c: the differential test's scenarios where calls, questions, lookups and allocations fail. */
#include "calls_log.h"

#include "fault/failing.h"
#include "unit/unit.h"

static call_log logs[2];

/* Where memory runs out, or the system does not answer what Haft asks, a guarded call still does what the raw one does. */
static void same_without(const char *family, bool memory, bool on) {
    unsigned n = 0, calls;
    do {
        n++;
        if (memory) unit_alloc_fail(n, on);
        else failing_begin(FAILING_QUESTIONS, n, on);
        calls_run(&logs[1], calls_guarded, family);
        calls = memory ? unit_alloc_end() : failing_end();
        REQUIRE_EQ(logs[1].count, logs[0].count);
        for (size_t i = 0; i < logs[0].count; i++) calls_compare(&logs[0].of[i], &logs[1].of[i]);
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
    int owed = calls_grown_by(&logs[0], calls_raw, family);
    calls_way_now.broken = true;
    do {
        int before = haft_test_system_handles();
        failing_begin(kind, ++n, on);
        calls_run(&logs[1], calls_guarded, family);
        calls = failing_end();
        close_all();
        if (!calls_has_threads(family)) CHECK(haft_test_system_handles() - before <= owed);
    } while (calls >= n && n < most);
    calls_way_now.broken = false;
}

/* Of families whose calls take long only the first N is followed by nothing but failures. */
static void fail_each(const char *family, bool slow) {
    unsigned each = UINT_MAX, some = slow ? 1 : each;
    int before = haft_test_system_handles();
    calls_run(&logs[0], calls_raw, family);
    calls_run(&logs[1], calls_guarded, family);
    calls_way_now.uncounted = true;
    calls_run(&logs[0], calls_raw, family);
    for (int on = 0; on <= 1; on++) {
        same_without(family, false, on != 0);
        same_without(family, true, on != 0);
        nothing_lost(family, FAILING_CALLS_CLOSING, on != 0, on ? some : each);
        nothing_lost(family, FAILING_LOOKUPS, on != 0, on ? some : each);
    }
    calls_way_now.uncounted = false;
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
