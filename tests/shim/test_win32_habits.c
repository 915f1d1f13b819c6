/* test_win32_habits.c: what programs do with handles across modules, threads and processes, guarded. (What they do with names:
 * tests/check/dropin.c. With the C runtime, with pseudo handles, with what an open hands back: calls_*.h.) */
#include <haft/shim.h>

#include <windows.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "harness/test.h"

#include <haft.h>

#define SELF GetCurrentProcess()

typedef HANDLE(WINAPI *create_event)(LPSECURITY_ATTRIBUTES, BOOL, BOOL, LPCSTR);
typedef BOOL(WINAPI *close_handle)(HANDLE);

/* What GetProcAddress gives is the system's own, whatever its name is here. */
static FARPROC own(const char *name) { return GetProcAddress(GetModuleHandleA("kernel32"), name); }
static HANDLE raw_event(void) { return ((create_event)(void *)own("CreateEventA"))(NULL, TRUE, FALSE, NULL); }
static BOOL raw_close(HANDLE h) { return ((close_handle)(void *)own("CloseHandle"))(h); }

static HANDLE event(void) { return CreateEventA(NULL, TRUE, FALSE, NULL); }

/* Whether findings of the kind grew by so many since the last time of asking. */
static uint64_t found[HAFT_FINDING_KINDS];
static void note(void) {
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) found[k] = haft_found((haft_finding_kind)k);
}
static uint64_t grown(haft_finding_kind kind) { return haft_found(kind) - found[kind]; }
static uint64_t grown_all(void) {
    uint64_t all = 0;
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) all += grown((haft_finding_kind)k);
    return all;
}

TEST(habits, a_foreign_close_is_noticed_when_the_value_comes_again) {
    size_t live = haft_live();
    HANDLE e = event(), again;
    note();
    CHECK(raw_close(e));
    CHECK_EQ(haft_live(), live + 1); /* nobody can know yet */
    again = event();
    REQUIRE(again == e); /* lowest first */
    CHECK_EQ(grown(HAFT_FINDING_FOREIGN_CLOSE), 1);
    CHECK_EQ(grown_all(), 1);
    CHECK_EQ(haft_live(), live + 1);
    CHECK(SetEvent(again));
    CHECK(CloseHandle(again));
    CHECK_EQ(haft_live(), live);
    CHECK_EQ(grown_all(), 1);
}

TEST(habits, what_came_from_elsewhere_is_closed_and_counted) {
    size_t live = haft_live();
    HANDLE e = raw_event();
    note();
    CHECK_EQ(haft_live(), live);
    CHECK(CloseHandle(e));
    CHECK_EQ(grown(HAFT_FINDING_UNKNOWN), 1);
    CHECK(!SetEvent(e));
    e = raw_event();
    haft_strict_set(true);
    SetLastError(0);
    CHECK(!CloseHandle(e));
    CHECK_EQ(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK(SetEvent(e));
    haft_strict_set(false);
    CHECK(CloseHandle(e));
    CHECK_EQ(grown(HAFT_FINDING_UNKNOWN), 3);
    CHECK_EQ(grown_all(), 3);
    CHECK_EQ(haft_live(), live);
}

/* ---- another module ---- */

typedef HANDLE (*opens)(void);
typedef BOOL (*closes)(HANDLE);

TEST(habits, a_dll_that_was_not_rebuilt) {
    size_t live = haft_live();
    char path[MAX_PATH];
    GetModuleFileNameA(NULL, path, MAX_PATH);
    strcpy(strrchr(path, '\\') + 1, "stranger.dll");
    HMODULE dll = LoadLibraryA(path);
    REQUIRE(dll != NULL);
    opens open_there = (opens)(void *)GetProcAddress(dll, "stranger_opens");
    closes close_there = (closes)(void *)GetProcAddress(dll, "stranger_closes");
    REQUIRE(open_there && close_there);
    note();
    HANDLE e = open_there();
    CHECK(CloseHandle(e)); /* closing here what it opened */
    CHECK_EQ(grown(HAFT_FINDING_UNKNOWN), 1);
    e = event();
    CHECK(close_there(e)); /* and there what was opened here */
    CHECK(!SetEvent(e));
    HANDLE next = event();
    CHECK(next == e);
    CHECK_EQ(grown(HAFT_FINDING_FOREIGN_CLOSE), 1);
    CHECK_EQ(haft_live(), live + 2); /* the DLL itself, the event */
    CHECK(CloseHandle(next));
    CHECK(FreeLibrary(dll));
    CHECK_EQ(haft_live(), live);
    CHECK_EQ(grown_all(), 2);
}

/* ---- another thread ---- */

static DWORD WINAPI close_it(LPVOID handle) { return (DWORD)CloseHandle(handle); }

TEST(habits, another_thread_closes) {
    size_t live = haft_live();
    DWORD ok = 0;
    HANDLE e = event();
    note();
    HANDLE thread = CreateThread(NULL, 0, close_it, e, 0, NULL);
    CHECK_EQ(WaitForSingleObject(thread, 60000), WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(thread, &ok) && ok);
    CHECK(!SetEvent(e));
    CHECK_EQ(haft_live(), live + 1);
    CHECK(CloseHandle(thread));
    CHECK_EQ(haft_live(), live);
    CHECK_EQ(grown_all(), 0);
}

/* ---- another process ---- */

/* This program again, for a test of its own; suspended for as long as nobody lets it go on. */
static bool start(PROCESS_INFORMATION *p, const char *test, DWORD flags, BOOL inherit) {
    STARTUPINFOA s;
    char path[MAX_PATH], line[MAX_PATH + 100];
    memset(&s, 0, sizeof s);
    s.cb = sizeof s;
    s.dwFlags = STARTF_USESTDHANDLES; /* none: what it prints is not this program's result */
    GetModuleFileNameA(NULL, path, MAX_PATH);
    snprintf(line, sizeof line, "\"%s\" habits %s", path, test);
    return CreateProcessA(path, line, NULL, NULL, inherit, flags, NULL, NULL, &s, p) != 0;
}

TEST(habits, handles_for_another_process_are_not_ours) {
    size_t live = haft_live();
    PROCESS_INFORMATION p;
    HANDLE e = event(), there = NULL, back = NULL, lost = NULL;
    REQUIRE(start(&p, "none", CREATE_SUSPENDED, FALSE));
    note();
    CHECK_EQ(haft_live(), live + 3); /* the event, the process, its thread */
    CHECK(DuplicateHandle(SELF, e, p.hProcess, &there, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK_EQ(haft_live(), live + 3);
    CHECK(DuplicateHandle(p.hProcess, there, SELF, &back, 0, FALSE, DUPLICATE_SAME_ACCESS)); /* received: ours */
    CHECK_EQ(haft_live(), live + 4);
    CHECK(CloseHandle(back));
    CHECK(DuplicateHandle(SELF, e, p.hProcess, &lost, 0, FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE)); /* given away */
    CHECK_EQ(haft_live(), live + 2);
    CHECK(!SetEvent(e));
    CHECK(DuplicateHandle(p.hProcess, lost, SELF, &e, 0, FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE)); /* taken back */
    CHECK_EQ(haft_live(), live + 3);
    CHECK(CloseHandle(e));
    CHECK(TerminateProcess(p.hProcess, 0));
    CHECK_EQ(WaitForSingleObject(p.hProcess, 60000), WAIT_OBJECT_0);
    CHECK(CloseHandle(p.hThread));
    CHECK(CloseHandle(p.hProcess));
    CHECK_EQ(haft_live(), live);
    CHECK_EQ(grown_all(), 0);
}

#define INHERITED "HAFT_TEST_INHERITED"

/* The child has never seen it opened: it is let through, and counted. */
static void use_inherited(const char *value) {
    HANDLE e = (HANDLE)(uintptr_t)strtoul(value, NULL, 10);
    note();
    CHECK(SetEvent(e));
    CHECK(CloseHandle(e));
    CHECK(!SetEvent(e));
    CHECK_EQ(grown(HAFT_FINDING_UNKNOWN), 1);
}

TEST(habits, inherited_handles) {
    size_t live = haft_live();
    PROCESS_INFORMATION p;
    char value[32];
    DWORD code = 1;
    if (GetEnvironmentVariableA(INHERITED, value, sizeof value)) {
        use_inherited(value);
        return;
    }
    SECURITY_ATTRIBUTES inherit = { sizeof inherit, NULL, TRUE };
    HANDLE e = CreateEventA(&inherit, TRUE, FALSE, NULL);
    snprintf(value, sizeof value, "%lu", (unsigned long)(uintptr_t)e);
    SetEnvironmentVariableA(INHERITED, value);
    bool started = start(&p, "inherited_handles", 0, TRUE);
    SetEnvironmentVariableA(INHERITED, NULL);
    REQUIRE(started);
    CHECK_EQ(WaitForSingleObject(p.hProcess, 60000), WAIT_OBJECT_0);
    CHECK(GetExitCodeProcess(p.hProcess, &code));
    CHECK_EQ(code, 0);
    CHECK_EQ(WaitForSingleObject(e, 0), WAIT_OBJECT_0); /* the child set it */
    CHECK(CloseHandle(p.hThread));
    CHECK(CloseHandle(p.hProcess));
    CHECK(CloseHandle(e));
    CHECK_EQ(haft_live(), live);
}

/* ---- a wrapper of the program's own whose closer is a function that has a shim ---- */

HAFT_DEFINE(habit_event, HANDLE, NULL, CloseHandle(raw) != 0)
HAFT_DEFINE(habit_stream, FILE *, NULL, fclose(raw) == 0)

TEST(habits, a_wrappers_closer_is_let_through) {
    size_t live = haft_live();
    for (int strict = 0; strict < 2; strict++) {
        habit_event e = HAFT_INIT, f = HAFT_INIT;
        habit_stream s = HAFT_INIT;
        haft_strict_set(strict != 0);
        note();
        HANDLE raw = raw_event();
        CHECK_EQ(habit_event_adopt(&e, raw, HAFT_OWNER_USER), HAFT_OK); /* nobody has declared it but the wrapper */
        CHECK_EQ(habit_event_adopt(&f, event(), HAFT_OWNER_USER), HAFT_OK); /* a shim opened it */
        CHECK_EQ(habit_stream_adopt(&s, fopen("haft_habits.tmp", "w"), HAFT_OWNER_USER), HAFT_OK);
        CHECK_EQ(habit_event_close(&e), HAFT_OK);
        CHECK(!SetEvent(raw));
        CHECK_EQ(habit_event_close(&f), HAFT_OK);
        CHECK_EQ(habit_stream_close(&s), HAFT_OK);
        CHECK_EQ(grown_all(), 0);
        CHECK_EQ(haft_live(), live);
        haft_strict_set(false);
        raw = raw_event();
        CHECK_EQ(habit_event_adopt(&e, raw, HAFT_OWNER_USER), HAFT_OK);
        haft_strict_set(true);
        CHECK(!CloseHandle(raw)); /* but not the program itself, while the wrapper holds it */
        haft_strict_set(false);
        CHECK_EQ(habit_event_close(&e), HAFT_OK);
    }
    remove("haft_habits.tmp");
}
