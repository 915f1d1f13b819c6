/* test_q246691_proof.c: Q246691: what a failed CreateRemoteThread may have left, where the system says too little or too much. */
#include "fault.h"

#define TOO_MANY 65 /* one more than are looked at */

static DWORD WINAPI work(LPVOID argument) { return (DWORD)(uintptr_t)argument; }

static HANDLE create(void) {
    return haft_shim_CreateRemoteThread(haft_model_GetCurrentProcess(), NULL, 0, work, NULL, 0, NULL);
}

/* One is left, and it stays. */
static void is_left_alone(void) {
    haft_model_remote_thread_fails_late(1);
    CHECK(create() == NULL);
    CHECK_EQ(haft_model_GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK(haft_model_CloseHandle((HANDLE)(uintptr_t)4));
}

static bool tells_nothing(HANDLE thread, haft__thread_info *ret) { return (void)thread, (void)ret, false; }

TEST(q246691, inv7_a_thread_of_which_nothing_is_told_is_left_alone) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    fault_port()->thread_info = tells_nothing;
    is_left_alone();
}

static bool tells_of_tomorrow(HANDLE thread, haft__thread_info *ret) {
    if (!haft__port_model.thread_info(thread, ret)) return false;
    ret->created += UINT64_C(10000000) * 86400;
    return true;
}

TEST(q246691, inv7_a_thread_from_after_the_call_is_left_alone) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    fault_port()->thread_info = tells_of_tomorrow;
    is_left_alone();
}

static BOOL WINAPI cannot_close(HANDLE handle) {
    (void)handle;
    haft_model_SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
}

TEST(q246691, inv7_one_that_the_system_will_not_close_is_told) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    fault_port()->CloseHandle = cannot_close;
    is_left_alone();
}

static HANDLE company[TOO_MANY];

/* So many handles of threads appear that not all are looked at: one more that fits could be among the rest. */
static HANDLE WINAPI fails_in_company(HANDLE process, LPSECURITY_ATTRIBUTES security, SIZE_T stack, LPTHREAD_START_ROUTINE start,
                                      LPVOID argument, DWORD flags, LPDWORD id) {
    HANDLE self = haft_model_GetCurrentProcess();
    HANDLE thread = haft__port_model.CreateRemoteThread(process, security, stack, start, argument, flags, id);
    for (int i = 0; i < TOO_MANY; i++)
        CHECK(haft_model_DuplicateHandle(self, haft_model_GetCurrentThread(), self, &company[i], 0, FALSE, DUPLICATE_SAME_ACCESS));
    haft_model_SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return thread;
}

TEST(q246691, inv7_among_too_many_none_is_proved) {
    REQUIRE(fault_boot(HAFT_NT4_SP6));
    fault_port()->CreateRemoteThread = fails_in_company;
    haft_model_remote_thread_fails_late(1);
    CHECK(create() == NULL);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);
    CHECK_EQ(haft_model_handles(), TOO_MANY + 1);
    for (int i = 0; i < TOO_MANY; i++) CHECK(haft_model_CloseHandle(company[i]));
    CHECK(haft_model_CloseHandle((HANDLE)(uintptr_t)4));
}
