/* contract_tasks.c: the contract of every port: threads, processes, tokens, services, connections. */
#include "contract.h"

#include "base/atomic.h"
#include "base/lock.h"
#include "harness/test.h"

#include <string.h>

#define RUNNING 259u /* STILL_ACTIVE */

static HANDLE self(void) { return (HANDLE)(intptr_t)-1; }

static haft__a32 may_end;

static DWORD WINAPI wait_then_end(LPVOID exit_code) {
    for (unsigned turns = 0; !haft__load32(&may_end); turns++) haft__yield(turns);
    return (DWORD)(uintptr_t)exit_code;
}

static void check_start(const haft__thread_info *info, LPTHREAD_START_ROUTINE start) {
    CHECK(info->start == 0 || info->start == (uint64_t)(uintptr_t)start);
}

static void thread_story(HANDLE process, bool remote, uint32_t exit_code) {
    const haft__nt_port *nt = haft__nt();
    haft__thread_info info;
    uint64_t before = nt->now();
    LPVOID argument = (LPVOID)(uintptr_t)exit_code;
    haft__store32(&may_end, 0);
    HANDLE thread = remote ? nt->CreateRemoteThread(process, NULL, 0, wait_then_end, argument, 0, NULL)
                           : nt->CreateThread(NULL, 0, wait_then_end, argument, 0, NULL);
    REQUIRE(thread != NULL);
    uint64_t after = nt->now();
    CHECK(nt->thread_info(thread, &info));
    CHECK(!info.ended);
    haft__store32(&may_end, 1);
    contract_wait(thread);

    REQUIRE(nt->thread_info(thread, &info));
    CHECK(info.ended);
    CHECK_EQ(info.exit_code, exit_code);
    CHECK_EQ(info.process, nt->process_id(self()));
    CHECK(info.created >= before && info.created <= after);
    check_start(&info, wait_then_end);
    CHECK(nt->CloseHandle(thread));
    CHECK(!nt->thread_info(thread, &info));
}

void contract_a_thread_runs_and_ends(void) { thread_story(self(), false, 42); }

void contract_a_thread_may_end_as_if_active(void) { thread_story(self(), false, RUNNING); }

void contract_a_remote_thread_is_a_thread_of_its_process(void) {
    const haft__nt_port *nt = haft__nt();
    thread_story(self(), true, 7);
    HANDLE event = contract_event();
    CHECK(nt->CreateRemoteThread(event, NULL, 0, contract_thread, NULL, 0, NULL) == NULL);
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
    CHECK(nt->CloseHandle(event));
}

void contract_two_handles_tell_of_one_thread(void) {
    const haft__nt_port *nt = haft__nt();
    haft__thread_info one, two;
    HANDLE copy = NULL, thread = nt->CreateThread(NULL, 0, contract_thread, (LPVOID)(uintptr_t)3, 0, NULL);
    REQUIRE(thread != NULL);
    REQUIRE(nt->DuplicateHandle(self(), thread, self(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    contract_wait(thread);
    CHECK(nt->thread_info(thread, &one));
    CHECK(nt->CloseHandle(thread));
    CHECK(nt->thread_info(copy, &two));
    CHECK_EQ(one.created, two.created);
    CHECK_EQ(one.start, two.start);
    CHECK_EQ(two.exit_code, 3);
    CHECK(two.ended);
    CHECK(nt->CloseHandle(copy));
}

/* NT has the function since 5.0. */
void contract_a_thread_opens_by_its_id_where_it_can(void) {
    const haft__nt_port *nt = haft__nt();
    haft__thread_info info;
    DWORD id = 0;
    haft__store32(&may_end, 0);
    HANDLE thread = nt->CreateThread(NULL, 0, wait_then_end, NULL, 0, &id);
    REQUIRE(thread != NULL);
    CHECK(id != 0);
    nt->set_last_error(0);
    HANDLE again = nt->OpenThread(0x0040 /* THREAD_QUERY_INFORMATION */, FALSE, id);
    if (!again) {
        CHECK_EQ(nt->last_error(), ERROR_CALL_NOT_IMPLEMENTED);
        CHECK(nt->version().version < 0x0500);
    } else {
        CHECK(again != thread);
        CHECK(nt->thread_info(again, &info));
        CHECK(nt->CloseHandle(again));
    }
    haft__store32(&may_end, 1);
    contract_wait(thread);
    CHECK(nt->CloseHandle(thread));
}

void contract_a_process_has_an_id(void) {
    const haft__nt_port *nt = haft__nt();
    uint64_t id = nt->process_id(self());
    REQUIRE(id != 0);
    HANDLE process = nt->OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, (DWORD)id);
    REQUIRE(process != NULL);
    CHECK_EQ(nt->process_id(process), id);
    CHECK(nt->CloseHandle(process));
    CHECK(nt->OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, 0x7FFFFFF0) == NULL);
    CHECK_EQ(nt->last_error(), ERROR_INVALID_PARAMETER);
}

void contract_the_own_token_is_known(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE one = NULL, two = NULL, event = contract_event();
    REQUIRE(nt->OpenProcessToken(self(), TOKEN_QUERY, &one));
    REQUIRE(nt->OpenProcessToken(self(), TOKEN_QUERY, &two));
    CHECK(one != two);
    CHECK(nt->token_is_own(one));
    CHECK(nt->token_is_own(two));
    CHECK(!nt->token_is_own(event));
    CHECK(nt->CloseHandle(two));
    CHECK(!nt->token_is_own(two));
    CHECK(nt->CloseHandle(one));
    CHECK(nt->CloseHandle(event));
}

void contract_a_thread_without_a_token_says_so(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE token = NULL;
    CHECK(!nt->OpenThreadToken((HANDLE)(intptr_t)-2, TOKEN_QUERY, TRUE, &token));
    CHECK_EQ(nt->last_error(), ERROR_NO_TOKEN);
}

void contract_a_token_needs_a_process(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE token = NULL, event = contract_event();
    CHECK(!nt->OpenProcessToken(event, TOKEN_QUERY, &token));
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
    CHECK(!nt->OpenProcessToken(NULL, TOKEN_QUERY, &token));
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
    CHECK(nt->CloseHandle(event));
}

/* The model has no services, and says so; elsewhere they may not run, or not be for this user. */
static void check_refused(void) {
    const haft__nt_port *nt = haft__nt();
    if (nt == &haft__port_model) CHECK_EQ(nt->last_error(), ERROR_CALL_NOT_IMPLEMENTED);
    CHECK(nt->last_error() != 0);
}

void contract_a_service_manager_opens_or_says_why(void) {
    const haft__nt_port *nt = haft__nt();
    nt->set_last_error(0);
    SC_HANDLE manager = nt->OpenSCManagerA(NULL, NULL, 1 /* SC_MANAGER_CONNECT */);
    if (!manager) {
        check_refused();
        return;
    }
    CHECK(nt->OpenServiceA(manager, "No such service", 4 /* SERVICE_QUERY_STATUS */) == NULL);
    CHECK_EQ(nt->last_error(), ERROR_SERVICE_DOES_NOT_EXIST);
    CHECK(nt->CloseServiceHandle(manager));
}

void contract_an_event_log_opens_or_says_why(void) {
    const haft__nt_port *nt = haft__nt();
    nt->set_last_error(0);
    HANDLE log = nt->OpenEventLogA(NULL, "Application");
    if (!log) {
        check_refused();
        return;
    }
    CHECK(nt->CloseEventLog(log));
}

/* Nobody in this program has started them. */
void contract_a_socket_needs_a_start(void) {
    const haft__nt_port *nt = haft__nt();
    nt->set_last_error(0);
    CHECK(nt->socket(2 /* AF_INET */, 1 /* SOCK_STREAM */, 0) == (SOCKET)-1);
    CHECK_EQ(nt->last_error(), nt == &haft__port_model ? ERROR_CALL_NOT_IMPLEMENTED : 10093 /* WSANOTINITIALISED */);
    nt->set_last_error(0);
    CHECK_EQ(nt->closesocket((SOCKET)-1), -1);
    CHECK(nt->last_error() != 0);
}

#define ROOM 4096
static haft__handle_info former[ROOM], latter[ROOM];

static bool was_open(uint64_t handle, size_t count) {
    for (size_t i = 0; i < count && i < ROOM; i++)
        if (former[i].handle == handle) return true;
    return false;
}

/* Closes the process's own tokens that are open now and were not before. */
static size_t close_new_tokens(size_t before) {
    const haft__nt_port *nt = haft__nt();
    size_t closed = 0, now = nt->handles(latter, ROOM);
    for (size_t i = 0; i < now && i < ROOM; i++) {
        HANDLE h = (HANDLE)(uintptr_t)latter[i].handle;
        if (latter[i].type != HAFT__OBJECT_TOKEN || was_open(latter[i].handle, before) || !nt->token_is_own(h)) continue;
        CHECK(nt->CloseHandle(h));
        closed++;
    }
    return closed;
}

/* NT 4.0 to Service Pack 4 leaves the process's token open (Q197517): a fault, not the contract. Nothing more may stay. */
void contract_a_dial_leaves_its_token_at_most(void) {
    const haft__nt_port *nt = haft__nt();
    RASDIALPARAMSA params;
    HRASCONN connection = NULL;
    size_t before = nt->handles(former, ROOM);
    memset(&params, 0, sizeof params);
    params.dwSize = sizeof params;
    nt->RasDialA(NULL, NULL, &params, 0, NULL, &connection);
    if (connection) CHECK_EQ(nt->RasHangUpA(connection), 0);
    CHECK(close_new_tokens(before) <= 1);
}
