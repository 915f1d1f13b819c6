/* test_q246691.c: Q246691: CreateRemoteThread that fails late: recover.
 *
 *   "If the function is unsuccessful in the later stages of processing, the created thread is terminated and the open
 *   handle to this thread is not closed." */
#include "fault.h"

#include "base/atomic.h"
#include "base/lock.h"

#define ENDED_WITH 0xC0000017u /* what the model ends the thread with, ERROR_NOT_ENOUGH_MEMORY */

static DWORD WINAPI work(LPVOID argument) { return (DWORD)(uintptr_t)argument; }
static DWORD WINAPI other_work(LPVOID argument) { return (DWORD)(uintptr_t)argument + 1; }

static HANDLE self(void) { return haft_model_GetCurrentProcess(); }

static bool still_runs(HANDLE thread) {
    DWORD code = 0;
    return haft_model_GetExitCodeThread(thread, &code) && code == STILL_ACTIVE;
}

/* ---- raw ---- */

static size_t raw_failures(haft_model_version version, unsigned times) {
    if (!fault_boot(version)) return 0;
    haft_model_remote_thread_fails_late(times);
    for (unsigned i = 0; i < times; i++) {
        CHECK(haft_model_CreateRemoteThread(self(), NULL, 0, work, NULL, 0, NULL) == NULL);
        CHECK_EQ(haft_model_GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    }
    return haft_model_handles();
}

TEST(q246691, raw_leaks_a_handle_each_time) {
    static const haft_model_version versions[] = { HAFT_NT4_SP0, HAFT_NT4_SP3, HAFT_NT4_SP4, HAFT_NT4_SP6 };
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) CHECK_EQ(raw_failures(versions[i], 1000), 1000);
    haft__thread_info info;
    CHECK(haft__nt()->thread_info((HANDLE)(uintptr_t)4, &info)); /* and it is an ended thread's */
    CHECK(info.ended);
}

TEST(q246691, raw_leaks_nothing_where_it_is_fixed) {
    CHECK_EQ(raw_failures(HAFT_NT4_FIXED, 100), 0);
    CHECK_EQ(raw_failures(HAFT_NT351, 100), 0);
}

/* ---- guarded ---- */

static FAULT_NOINLINE HANDLE create(DWORD flags) {
    DWORD id = 0;
    HANDLE thread = haft_shim_CreateRemoteThread(self(), NULL, 0, work, NULL, flags, &id);
    return thread ? thread : NULL;
}

TEST(q246691, ten_thousand_failures_leave_nothing) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    HANDLE held = haft_shim_CreateThread(NULL, 0, work, NULL, CREATE_SUSPENDED, NULL);
    size_t before = haft_model_handles();
    haft_model_remote_thread_fails_late(10000);
    fault_levels(HAFT_LEVEL_WARN_ONCE);
    for (int i = 0; i < 10000; i++) {
        haft_model_SetLastError(0);
        if (create(0)) CHECK(!"failed late");
        if (haft_model_GetLastError() != ERROR_NOT_ENOUGH_MEMORY) CHECK_EQ(haft_model_GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
        if (haft_model_handles() != before) CHECK_EQ(haft_model_handles(), before);
    }
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 10000);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 0);
    CHECK_EQ(haft_live(), 1);
    CHECK(still_runs(held));
    CHECK(haft_shim_CloseHandle(held));
    CHECK_EQ(haft_model_handles(), 0);
}

TEST(q246691, the_finding_names_the_call) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    haft_model_remote_thread_fails_late(1);
    CHECK(create(0) == NULL);
    CHECK_EQ(fault_last.times, 1);
    CHECK_EQ(fault_last.f.kind, HAFT_FINDING_RECOVERED);
    CHECK_EQ(fault_last.f.class_id, HAFT_CLASS_THREAD);
    CHECK_STR(fault_last.quirk, "Q246691");
    CHECK(SITE_IS_IN(fault_last.at, create));
    CHECK_EQ(haft_model_GetLastError(), ERROR_NOT_ENOUGH_MEMORY); /* whatever the sink did */
}

TEST(q246691, a_wrapper_recovers_too) {
    haft_thread thread = HAFT_INIT;
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    haft_model_remote_thread_fails_late(100);
    for (int i = 0; i < 100; i++) {
        CHECK_EQ(haft_thread_create_remote(&thread, self(), NULL, 0, work, NULL, 0, NULL), HAFT_E_OS);
        CHECK_EQ(haft_model_GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
        CHECK(!haft_thread_valid(&thread));
    }
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 100);
    CHECK_EQ(haft_thread_create_remote(&thread, self(), NULL, 0, work, NULL, 0, NULL), HAFT_OK);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(haft_thread_close(&thread), HAFT_OK);
    CHECK_EQ(haft_model_handles(), 0);
}

TEST(q246691, another_processs_thread_too) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    HANDLE other = haft_model_OpenProcess(PROCESS_ALL_ACCESS, FALSE, haft_model_other_process());
    haft_model_remote_thread_fails_late(10);
    for (int i = 0; i < 10; i++) CHECK(haft_shim_CreateRemoteThread(other, NULL, 0, work, NULL, 0, NULL) == NULL);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 10);
    CHECK(haft_model_CloseHandle(other));
}

TEST(q246691, a_success_and_an_early_failure_are_as_they_were) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    HANDLE thread = create(CREATE_SUSPENDED);
    CHECK(thread != NULL);
    CHECK_EQ(haft_live(), 1);
    CHECK(haft_shim_CreateRemoteThread(thread, NULL, 0, work, NULL, 0, NULL) == NULL); /* not a process */
    CHECK_EQ(haft_model_GetLastError(), ERROR_INVALID_HANDLE);
    CHECK_EQ(fault_last.times, 0);
    CHECK(haft_shim_CloseHandle(thread));
    CHECK_EQ(haft_model_handles(), 0);
}

TEST(q246691, off_where_it_is_fixed) {
    REQUIRE(fault_boot(HAFT_NT4_FIXED));
    haft_model_remote_thread_fails_late(10);
    for (int i = 0; i < 10; i++) CHECK(create(0) == NULL);
    CHECK_EQ(fault_last.times, 0);
    CHECK_EQ(haft_model_handles(), 0);
}

/* ---- in company ---- */

/* A thread that appears while the call runs, out of Haft's sight, made to look as like the leaked one as `twin` says. */
typedef struct twin {
    LPTHREAD_START_ROUTINE start;
    bool in_other_process;
    bool ended;
    DWORD ended_with;
    bool tracked;   /* made by a shim, in sight */
    bool ambiguous; /* nothing tells the two apart */
} twin;
static const twin *company;
static HANDLE twin_handle, other_process;

static HANDLE WINAPI create_in_company(HANDLE process, LPSECURITY_ATTRIBUTES security, SIZE_T stack, LPTHREAD_START_ROUTINE start,
                                       LPVOID argument, DWORD flags, LPDWORD id) {
    HANDLE where = company->in_other_process ? other_process : process;
    if (company->tracked) twin_handle = haft_shim_CreateThread(NULL, 0, company->start, NULL, CREATE_SUSPENDED, NULL);
    else twin_handle = haft__port_model.CreateThread(NULL, 0, company->start, NULL, CREATE_SUSPENDED, NULL);
    if (company->in_other_process) {
        haft_model_CloseHandle(twin_handle);
        haft_model_remote_thread_fails_late(0);
        twin_handle = haft_model_CreateRemoteThread(where, NULL, 0, company->start, NULL, CREATE_SUSPENDED, NULL);
        haft_model_remote_thread_fails_late(1);
    }
    if (company->ended) haft_model_TerminateThread(twin_handle, company->ended_with);
    return haft_model_CreateRemoteThread(process, security, stack, start, argument, flags, id);
}

static const twin twins[] = {
    { work, false, true, ENDED_WITH, false, true },        /* the very same in all that can be seen */
    { other_work, false, true, ENDED_WITH, false, false }, /* starts elsewhere */
    { work, true, true, ENDED_WITH, false, false },        /* another process's */
    { work, false, false, 0, false, false },               /* not ended */
    { work, false, true, 0, false, false },                /* ended, with another status */
    { work, false, true, 0xC000009A, false, false },       /* ended, with an error that is another one */
    { work, false, true, ENDED_WITH, true, false },        /* somebody's, in the ledger */
};

TEST(q246691, a_twin_is_never_closed) {
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
        REQUIRE(fault_boot(HAFT_NT4_SP6));
        other_process = haft_model_OpenProcess(PROCESS_ALL_ACCESS, FALSE, haft_model_other_process());
        fault_port()->CreateRemoteThread = create_in_company;
        company = &twins[i];
        haft_model_remote_thread_fails_late(1);
        CHECK(create(0) == NULL);
        CHECK_EQ(haft_model_GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
        DWORD code = 0;
        CHECK(haft_model_GetExitCodeThread(twin_handle, &code));
        CHECK_EQ(code, twins[i].ended ? twins[i].ended_with : STILL_ACTIVE);
        bool left = twins[i].ambiguous;
        CHECK_EQ(haft_model_handles(), 2 + left); /* the process, the twin, and what could not be proved */
        CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), !left);
        CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), left);
        if (twins[i].tracked) CHECK(haft_shim_CloseHandle(twin_handle));
    }
}

TEST(q246691, what_was_there_before_is_never_closed) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    HANDLE ended = haft_model_CreateThread(NULL, 0, work, NULL, CREATE_SUSPENDED, NULL);
    CHECK(haft_model_TerminateThread(ended, ENDED_WITH));
    haft_model_remote_thread_fails_late(1);
    CHECK(create(0) == NULL);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 1);
    DWORD code = 0;
    CHECK(haft_model_GetExitCodeThread(ended, &code));
    CHECK_EQ(code, ENDED_WITH);
}

/* A handle of an older thread appears while a call runs that leaves nothing: all fits but when its thread was created. */
static HANDLE older, copy_of_older;

static HANDLE WINAPI fail_early_in_company(HANDLE process, LPSECURITY_ATTRIBUTES security, SIZE_T stack,
                                           LPTHREAD_START_ROUTINE start, LPVOID argument, DWORD flags, LPDWORD id) {
    (void)security, (void)stack, (void)start, (void)argument, (void)flags, (void)id;
    CHECK(haft__port_model.DuplicateHandle(process, older, process, &copy_of_older, 0, FALSE, DUPLICATE_SAME_ACCESS));
    haft_model_SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return NULL;
}

TEST(q246691, an_older_threads_handle_is_never_closed) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    older = haft_model_CreateThread(NULL, 0, work, NULL, CREATE_SUSPENDED, NULL);
    CHECK(haft_model_TerminateThread(older, ENDED_WITH));
    uint64_t then = haft__nt()->now();
    for (unsigned turns = 0; haft__nt()->now() == then; turns++) haft__yield(turns);
    fault_port()->CreateRemoteThread = fail_early_in_company;
    CHECK(create(0) == NULL);
    CHECK_EQ(haft_model_GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    CHECK_EQ(haft_model_handles(), 2);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);
    CHECK(haft_model_CloseHandle(copy_of_older));
}

/* A system that does not tell a thread's start address: nothing can be proved. */
static bool told_without_start(HANDLE thread, haft__thread_info *ret) {
    if (!haft__port_model.thread_info(thread, ret)) return false;
    ret->start = 0;
    return true;
}

/* A status of a thread that has not ended means nothing. */
static bool told_not_ended(HANDLE thread, haft__thread_info *ret) {
    if (!haft__port_model.thread_info(thread, ret)) return false;
    ret->ended = false;
    return true;
}

static size_t no_handles(haft__handle_info *list, size_t cap) {
    (void)list, (void)cap;
    return SIZE_MAX;
}

TEST(q246691, where_proof_fails_it_is_left_alone) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    fault_port()->thread_info = told_without_start;
    haft_model_remote_thread_fails_late(1);
    CHECK(create(0) == NULL);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);
    CHECK_EQ(fault_last.f.kind, HAFT_FINDING_UNPROVED);
    CHECK_EQ(fault_last.f.raw, 4);

    REQUIRE(fault_boot(HAFT_NT4_SP6));
    fault_port()->thread_info = told_not_ended;
    haft_model_remote_thread_fails_late(1);
    CHECK(create(0) == NULL);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);

    REQUIRE(fault_boot(HAFT_NT4_SP6));
    fault_port()->handles = no_handles;
    haft_model_remote_thread_fails_late(1);
    CHECK(create(0) == NULL);
    CHECK_EQ(haft_model_GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
}

/* ---- while other threads make and hold threads with the same start address ---- */

#define HOLDERS 4
#define HELD 150
#define FAILURES 10000

static HANDLE held[HOLDERS][HELD];
static haft__a32 failures_done;

/* Two of them by the shims, two raw, out of sight. Some of the threads have run and ended. */
static void hold(unsigned number) {
    for (unsigned i = 0; i < HELD; i++) {
        DWORD flags = i % 3 ? CREATE_SUSPENDED : 0;
        if (number < HOLDERS / 2) held[number][i] = haft_shim_CreateThread(NULL, 0, work, NULL, flags, NULL);
        else held[number][i] = haft_model_CreateThread(NULL, 0, work, NULL, flags, NULL);
        CHECK(held[number][i] != NULL);
        /* spread over the whole of the time that the failures take */
        uint32_t until = (uint32_t)(i * (FAILURES / HELD));
        for (unsigned turns = 0; haft__load32(&failures_done) < until; turns++) haft__yield(turns);
    }
}

static void hold_or_fail(unsigned number) {
    if (number < HOLDERS) {
        hold(number);
        return;
    }
    for (int i = 0; i < FAILURES; i++) {
        if (create(0)) CHECK(!"failed late");
        haft__add32(&failures_done, 1);
    }
}

TEST(q246691, threads_that_others_hold_stay_open) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    haft_sink_set(NULL, NULL);
    haft_model_remote_thread_fails_late(FAILURES);
    haft__store32(&failures_done, 0);
    fault_threads(HOLDERS + 1, hold_or_fail);
    CHECK_EQ(haft_live(), HOLDERS / 2 * HELD);
    CHECK_EQ(haft_model_handles(), HOLDERS * HELD + fault_found(HAFT_FINDING_UNPROVED));
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED) + fault_found(HAFT_FINDING_UNPROVED), FAILURES);
    CHECK(fault_found(HAFT_FINDING_UNPROVED) <= FAILURES / 100); /* none, unless more than 64 appear during one call */
    CHECK_EQ(fault_found(HAFT_FINDING_FOREIGN_CLOSE), 0);
    for (unsigned h = 0; h < HOLDERS; h++) {
        for (unsigned i = 0; i < HELD; i++) {
            DWORD code = 1;
            CHECK_EQ(haft_model_WaitForSingleObject(held[h][i], i % 3 ? 0 : 10000), i % 3 ? WAIT_TIMEOUT : WAIT_OBJECT_0);
            CHECK(haft_model_GetExitCodeThread(held[h][i], &code));
            CHECK_EQ(code, i % 3 ? STILL_ACTIVE : 0);
            CHECK(h < HOLDERS / 2 ? haft_shim_CloseHandle(held[h][i]) : haft_model_CloseHandle(held[h][i]));
        }
    }
    CHECK_EQ(haft_model_handles(), fault_found(HAFT_FINDING_UNPROVED));
    CHECK_EQ(haft_live(), 0);
}

/* Several programs' worth of failures at once: each recovers its own. */
static void fail_often(unsigned number) {
    (void)number;
    for (int i = 0; i < 500; i++) CHECK(create(0) == NULL);
}

TEST(q246691, failures_on_many_threads) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    haft_sink_set(NULL, NULL);
    haft_model_remote_thread_fails_late(8 * 500);
    fault_threads(8, fail_often);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 8 * 500);
}
