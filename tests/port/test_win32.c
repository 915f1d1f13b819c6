/* test_win32.c: what the win32 port does beyond the contract: functions that may be missing, and systems older than this one. */
#include "harness/test.h"

#include "port/win32/late.h"
#include "port/win32/win32.h"

#include <string.h>

TEST(win32_port, a_missing_function_is_found_missing) {
    haft__aptr slot = { NULL };
    SetLastError(4711);
    CHECK(haft__late_find(&slot, "kernel32", "NoSuchFunction") == NULL);
    CHECK(haft__late_find(&slot, "haft-no-such-module", "NoSuchFunction") == NULL);
    CHECK(haft__loadptr(&slot) == NULL);
    CHECK_EQ(GetLastError(), 4711);
}

TEST(win32_port, a_function_is_looked_up_once) {
    haft__aptr slot = { NULL };
    SetLastError(4711);
    void *found = haft__late_find(&slot, "kernel32", "CloseHandle");
    CHECK(found == (void *)GetProcAddress(GetModuleHandleA("kernel32"), "CloseHandle"));
    CHECK(haft__late_find(&slot, "haft-no-such-module", "NoSuchFunction") == found);
    CHECK_EQ(GetLastError(), 4711);
}

static bool none_is_there(const char *name) { return (void)name, false; }

/* Each fails in its own way and touches nothing. */
TEST(win32_port, what_is_missing_fails_in_its_own_way) {
    HKEY key = (HKEY)(uintptr_t)0x1230;
    HRASCONN connection = (HRASCONN)(uintptr_t)0x1230;
    RASDIALPARAMSA narrow;
    RASDIALPARAMSW wide;
    OSVERSIONINFOA version;
    memset(&version, 0xEE, sizeof version);
    haft__late_hook = none_is_there;
    CHECK_EQ(haft__late_RegOpenCurrentUser(KEY_READ, &key), ERROR_CALL_NOT_IMPLEMENTED);
    CHECK_EQ(haft__late_RasDialA(NULL, NULL, &narrow, 0, NULL, &connection), ERROR_CALL_NOT_IMPLEMENTED);
    CHECK_EQ(haft__late_RasDialW(NULL, NULL, &wide, 0, NULL, &connection), ERROR_CALL_NOT_IMPLEMENTED);
    CHECK_EQ(haft__late_RasHangUpA(connection), ERROR_CALL_NOT_IMPLEMENTED);
    CHECK_EQ(haft__late_RasHangUpW(connection), ERROR_CALL_NOT_IMPLEMENTED);
    CHECK(key == (HKEY)(uintptr_t)0x1230 && connection == (HRASCONN)(uintptr_t)0x1230);

#define FAILS(call, failure) (SetLastError(0), (call) == (failure) && GetLastError() == ERROR_CALL_NOT_IMPLEMENTED)
    CHECK(FAILS(haft__late_OpenThread(THREAD_QUERY_INFORMATION, FALSE, GetCurrentThreadId()), NULL));
    CHECK(FAILS(haft__late_GetVersionExA(&version), FALSE));
    CHECK(FAILS(haft__late_CreateJobObjectA(NULL, NULL), NULL));
    CHECK(FAILS(haft__late_CreateJobObjectW(NULL, NULL), NULL));
    CHECK(FAILS(haft__late_OpenJobObjectA(0, FALSE, "job"), NULL));
    CHECK(FAILS(haft__late_OpenJobObjectW(0, FALSE, L"job"), NULL));
    CHECK(FAILS(haft__late_CreateToolhelp32Snapshot(0, 0), INVALID_HANDLE_VALUE));
    CHECK(FAILS(haft__late_CreateConsoleScreenBuffer(0, 0, NULL, 0, NULL), INVALID_HANDLE_VALUE));
    CHECK(FAILS(haft__late_socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET));
    CHECK(FAILS(haft__late_closesocket(0), SOCKET_ERROR));
    CHECK(FAILS(haft__late_WSACreateEvent(), NULL));
    CHECK(FAILS(haft__late_WSACloseEvent(NULL), FALSE));
    haft__late_hook = NULL;
}

/* NT 4.0 has only the narrow list; it must tell the same. */
TEST(win32_port, both_lists_tell_the_same) {
    enum { ROOM = 1024 };
    static haft__handle_info wide[ROOM], old[ROOM];
    HANDLE token = NULL, thread = NULL, self = GetCurrentProcess();
    REQUIRE(OpenProcessToken(self, TOKEN_QUERY, &token));
    REQUIRE(DuplicateHandle(self, GetCurrentThread(), self, &thread, 0, FALSE, DUPLICATE_SAME_ACCESS));
    size_t n = haft__win32_handles_by(HAFT__LISTING_WIDE, wide, ROOM), found = 0;
    size_t old_n = haft__win32_handles_by(HAFT__LISTING_NT4, old, ROOM);
    CloseHandle(thread);
    CloseHandle(token);
    REQUIRE(n != SIZE_MAX && n <= ROOM);
    CHECK_EQ(old_n, n);
    for (size_t i = 0; i < n && i < old_n; i++)
        for (size_t j = 0; j < n; j++)
            if ((wide[j].handle & 0xFFFF) == old[i].handle && wide[j].type == old[i].type) {
                found++;
                break;
            }
    CHECK_EQ(found, n);
}

/* A list of this length does not fit the room that is tried first. */
TEST(win32_port, a_long_list_is_whole) {
    enum { MANY = 5000 };
    static HANDLE opened[MANY];
    size_t before = haft__win32_handles(NULL, 0);
    for (size_t i = 0; i < MANY; i++) opened[i] = CreateEventA(NULL, TRUE, FALSE, NULL);
    CHECK_EQ(haft__win32_handles(NULL, 0), before + MANY);
    for (size_t i = 0; i < MANY; i++) CloseHandle(opened[i]);
    CHECK_EQ(haft__win32_handles(NULL, 0), before);
}

/* The old list cuts a value to 16 bits, so it is not trusted when it could have had to. */
TEST(win32_port, the_old_list_says_when_it_cannot_tell) {
    enum { MANY = 0x4001 };
    static HANDLE opened[MANY];
    for (size_t i = 0; i < MANY; i++) opened[i] = CreateEventA(NULL, TRUE, FALSE, NULL);
    CHECK(haft__win32_handles_by(HAFT__LISTING_NT4, NULL, 0) == SIZE_MAX);
    CHECK(haft__win32_handles(NULL, 0) >= MANY && haft__win32_handles(NULL, 0) != SIZE_MAX);
    for (size_t i = 0; i < MANY; i++) CloseHandle(opened[i]);
    CHECK(haft__win32_handles_by(HAFT__LISTING_NT4, NULL, 0) < MANY);
}

TEST(win32_port, versions_are_ordered) {
    CHECK_EQ(haft__win32_version_number(3, 51), 0x0351);
    CHECK_EQ(haft__win32_version_number(4, 0), 0x0400);
    CHECK_EQ(haft__win32_version_number(5, 1), 0x0501);
    CHECK_EQ(haft__win32_version_number(10, 0), 0x0A00);
}

TEST(win32_port, a_service_pack_is_read_from_its_text) {
    CHECK_EQ(haft__win32_service_pack(""), 0);
    CHECK_EQ(haft__win32_service_pack("Service Pack 6"), 6);
    CHECK_EQ(haft__win32_service_pack("Service Pack 4, RC 1.13"), 4);
    CHECK_EQ(haft__win32_service_pack("Service Pack"), 0);
    CHECK(haft__win32_service_pack("Service Pack 99999999999999999999") <= 99999);
}

TEST(win32_port, a_long_key_name_is_whole) {
    enum { DEEP = 6, EACH = 200, ROOM = 2048 };
    char part[EACH + 1];
    wchar_t name[ROOM];
    HKEY keys[DEEP], parent = HKEY_CURRENT_USER;
    size_t length = 0;
    memset(part, 'x', EACH);
    part[EACH] = '\0';
    for (int i = 0; i < DEEP; i++) {
        REQUIRE(RegCreateKeyExA(parent, part, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, NULL, &keys[i], NULL) == ERROR_SUCCESS);
        parent = keys[i];
    }
    length = haft__win32_key_name(parent, name, ROOM);
    CHECK(length > DEEP * (EACH + 1));
    CHECK_EQ(wcslen(name), length);
    CHECK_EQ(haft__win32_key_name(parent, name, length + 1), length);
    CHECK_EQ(haft__win32_key_name(parent, name, length), 0);
    for (int i = DEEP - 1; i >= 0; i--) {
        RegCloseKey(keys[i]);
        RegDeleteKeyA(i ? keys[i - 1] : HKEY_CURRENT_USER, part);
    }
}

/* A key of another machine is no handle of this process: it has the lowest bit set. */
TEST(win32_port, a_key_of_another_machine_has_no_name) {
    wchar_t name[512];
    HKEY key = NULL;
    REQUIRE(RegOpenKeyExA(HKEY_CURRENT_USER, "Software", 0, KEY_READ, &key) == ERROR_SUCCESS);
    CHECK(haft__win32_key_name(key, name, 512) > 0);
    CHECK_EQ(haft__win32_key_name((HKEY)((ULONG_PTR)key | 1), name, 512), 0);
    RegCloseKey(key);
}

/* The process's token, and one made from it that is another object. */
TEST(win32_port, a_copy_of_the_token_is_not_the_token) {
    HANDLE token = NULL, copy = NULL, blind = NULL;
    REQUIRE(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY | TOKEN_DUPLICATE, &token));
    CHECK(haft__win32_token_is_own(token));
    if (DuplicateToken(token, SecurityImpersonation, &copy)) {
        CHECK(!haft__win32_token_is_own(copy));
        CloseHandle(copy);
    }
    if (OpenProcessToken(GetCurrentProcess(), READ_CONTROL, &blind)) {
        CHECK(!haft__win32_token_is_own(blind)); /* it cannot be asked, so it is not known to be */
        CloseHandle(blind);
    }
    CloseHandle(token);
}

TEST(win32_port, another_process_has_another_id) {
    STARTUPINFOA startup;
    PROCESS_INFORMATION process;
    char command[] = "cmd.exe /c exit";
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    BOOL started = CreateProcessA(NULL, command, NULL, NULL, FALSE, CREATE_SUSPENDED, NULL, NULL, &startup, &process);
    if (!started) SKIP("no cmd.exe here");
    haft__thread_info info;
    CHECK_EQ(haft__win32_process_id(process.hProcess), process.dwProcessId);
    CHECK(haft__win32_thread_info(process.hThread, &info));
    CHECK_EQ(info.process, process.dwProcessId);
    CHECK(!info.ended);
    TerminateProcess(process.hProcess, 5);
    WaitForSingleObject(process.hThread, 10000);
    CHECK(haft__win32_thread_info(process.hThread, &info));
    CHECK(info.ended);
    CHECK_EQ(info.exit_code, 5);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
}

TEST(win32_port, sockets_need_no_import) {
    WSADATA data;
    HMODULE sockets = LoadLibraryA("ws2_32");
    REQUIRE(sockets != NULL);
    int(WINAPI *start)(WORD, LPWSADATA) = (int(WINAPI *)(WORD, LPWSADATA))(void *)GetProcAddress(sockets, "WSAStartup");
    int(WINAPI *stop)(void) = (int(WINAPI *)(void))(void *)GetProcAddress(sockets, "WSACleanup");
    REQUIRE(start != NULL && stop != NULL && start(0x0202, &data) == 0);
    SOCKET s = haft__late_socket(AF_INET, SOCK_STREAM, 0);
    CHECK(s != INVALID_SOCKET);
    CHECK_EQ(haft__late_closesocket(s), 0);
    CHECK_EQ(haft__late_closesocket(s), SOCKET_ERROR);
    CHECK_EQ(GetLastError(), 10038); /* WSAENOTSOCK, without WSAGetLastError */
    stop();
    FreeLibrary(sockets);
}
