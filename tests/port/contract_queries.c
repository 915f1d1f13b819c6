/* contract_queries.c: the contract of every port: what Haft asks the system. */
#include "contract.h"

#include "harness/test.h"

#include <errno.h>
#include <string.h>

static HANDLE self(void) { return (HANDLE)(intptr_t)-1; }

static haft__object_type listed_type(HANDLE h, unsigned *times) {
    static haft__handle_info list[4096];
    haft__object_type type = HAFT__OBJECT_OTHER;
    size_t n = haft__nt()->handles(list, 4096);
    *times = 0;
    for (size_t i = 0; i < n && i < 4096; i++) {
        if (list[i].handle != (uint64_t)(uintptr_t)h) continue;
        type = list[i].type;
        (*times)++;
    }
    return type;
}

void contract_handles_fills_no_more_than_it_may(void) {
    const haft__nt_port *nt = haft__nt();
    haft__handle_info list[3];
    HANDLE a = contract_event(), b = contract_event(), c = contract_event();
    size_t n = nt->handles(NULL, 0);
    REQUIRE(n >= 3 && n != SIZE_MAX);
    memset(list, 0xEE, sizeof list);
    CHECK_EQ(nt->handles(list, 2), n);
    CHECK(nt->is_open((HANDLE)(uintptr_t)list[0].handle));
    CHECK(nt->is_open((HANDLE)(uintptr_t)list[1].handle));
    CHECK(list[0].handle != list[1].handle);
    CHECK_EQ(list[2].handle, UINT64_C(0xEEEEEEEEEEEEEEEE));
    CHECK(nt->CloseHandle(a));
    CHECK(nt->CloseHandle(b));
    CHECK(nt->CloseHandle(c));
}

void contract_handles_tells_the_types(void) {
    const haft__nt_port *nt = haft__nt();
    unsigned times;
    HANDLE token = NULL;
    HKEY key = NULL;
    HANDLE event = contract_event();
    HANDLE thread = nt->CreateThread(NULL, 0, contract_thread, NULL, 0, NULL);
    REQUIRE(thread != NULL);
    contract_wait(thread);
    REQUIRE(nt->OpenProcessToken(self(), TOKEN_QUERY, &token));
    REQUIRE(nt->RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key) == ERROR_SUCCESS);

    CHECK_EQ(listed_type(event, &times), HAFT__OBJECT_OTHER);
    CHECK_EQ(times, 1);
    CHECK_EQ(listed_type(thread, &times), HAFT__OBJECT_THREAD);
    CHECK_EQ(times, 1);
    CHECK_EQ(listed_type(token, &times), HAFT__OBJECT_TOKEN);
    CHECK_EQ(times, 1);
    CHECK_EQ(listed_type((HANDLE)key, &times), HAFT__OBJECT_KEY);
    CHECK_EQ(times, 1);

    CHECK_EQ(nt->RegCloseKey(key), ERROR_SUCCESS);
    CHECK(nt->CloseHandle(token));
    CHECK(nt->CloseHandle(thread));
    CHECK(nt->CloseHandle(event));
    listed_type(event, &times);
    CHECK_EQ(times, 0);
}

/* All of them, on what they know and on what they do not. */
static void ask_everything(HANDLE h) {
    const haft__nt_port *nt = haft__nt();
    haft__handle_info list[2];
    haft__thread_info info;
    wchar_t text[64];
    nt->version();
    nt->key_name((HKEY)h, text, 64);
    nt->key_name(HKEY_LOCAL_MACHINE, text, 64);
    nt->drive_is_remote('C');
    nt->drive_is_remote('Q');
    nt->drive_is_remote('?');
    nt->handles(list, 2);
    nt->thread_info(h, &info);
    nt->process_id(h);
    nt->process_id(self());
    nt->token_is_own(h);
    nt->error_of_status(0xC0000008);
    nt->error_of_status(0xCFFFFFFF);
    nt->now();
    nt->is_open(h);
    nt->protect(h, false);
}

void contract_queries_keep_the_last_error(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE event = contract_event(), token = NULL;
    REQUIRE(nt->OpenProcessToken(self(), TOKEN_QUERY, &token));
    HANDLE some[] = { event, token, NULL, (HANDLE)(intptr_t)-2, (HANDLE)(uintptr_t)0x7FFF0 };
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        nt->set_last_error(4711);
        errno = 42;
        ask_everything(some[i]);
        int number = errno;
        CHECK_EQ(nt->last_error(), 4711);
        CHECK_EQ(number, 42);
    }
    CHECK(nt->CloseHandle(token));
    CHECK(nt->CloseHandle(event));
}

void contract_queries_refuse_what_is_no_handle(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE event = contract_event(), closed = contract_event();
    CHECK(nt->CloseHandle(closed));
    HANDLE wrong[] = { event, closed, NULL };
    for (size_t i = 0; i < 3; i++) {
        haft__thread_info info;
        memset(&info, 0xEE, sizeof info);
        CHECK(!nt->thread_info(wrong[i], &info));
        CHECK_EQ(info.created, UINT64_C(0xEEEEEEEEEEEEEEEE));
        CHECK_EQ(nt->process_id(wrong[i]), 0);
        CHECK(!nt->token_is_own(wrong[i]));
    }
    CHECK(nt->CloseHandle(event));
}

void contract_the_version_is_an_nt(void) {
    haft__nt_version v = haft__nt()->version();
    CHECK(v.version >= 0x0351 && v.version <= 0x0FFF);
    CHECK(v.service_pack <= 99);
    if (v.version >= 0x0500) CHECK(v.post_sp6_fixes);
}

void contract_a_status_has_an_error(void) {
    const haft__nt_port *nt = haft__nt();
    CHECK_EQ(nt->error_of_status(0), ERROR_SUCCESS);
    CHECK_EQ(nt->error_of_status(0xC0000008), ERROR_INVALID_HANDLE);
    CHECK_EQ(nt->error_of_status(0xC000000D), ERROR_INVALID_PARAMETER);
    CHECK_EQ(nt->error_of_status(0xC0000022), ERROR_ACCESS_DENIED);
    CHECK_EQ(nt->error_of_status(0xC0000034), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(nt->error_of_status(0xC000009A), ERROR_NO_SYSTEM_RESOURCES);
    CHECK(nt->error_of_status(0xCFFFFFFF) != ERROR_SUCCESS);
}

void contract_time_goes_on(void) {
    uint64_t first = haft__nt()->now(), later = haft__nt()->now();
    CHECK(first != 0);
    CHECK(later >= first);
}

void contract_no_local_drive_is_remote(void) {
    const haft__nt_port *nt = haft__nt();
    const char none[] = "?1:\\ [`{";
    CHECK_EQ(nt->drive_is_remote('C'), nt->drive_is_remote('c'));
    CHECK(!nt->drive_is_remote('C'));
    for (const char *p = none; *p; p++) CHECK(!nt->drive_is_remote(*p));
    CHECK(!nt->drive_is_remote('\0'));
    CHECK(!nt->drive_is_remote((char)0xFF));
}
