/* test_macros.c: a source file that is built with <haft/shim.h> first, as users build theirs: its calls, addresses, tables
 * and members. */
#include <haft/shim.h>

#include <haft/model.h>

#include <haft.h>

#include "harness/test.h"

#include <stdio.h>

static void boot(haft_model_version version) {
    CHECK_EQ(haft_live(), 0);
    haft_model_boot(version);
}

static HANDLE open_it(void) { return CreateFileA("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL); }

TEST(macros, a_call_is_tracked) {
    boot(HAFT_NT4_SP3);
    HANDLE file = open_it();
    CHECK(file != INVALID_HANDLE_VALUE);
    CHECK_EQ(haft_live(), 1);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK(CloseHandle(file));
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(haft_model_handles(), 0);
}

TEST(macros, a_call_in_parentheses_is_tracked) {
    boot(HAFT_NT4_SP3);
    HANDLE file = (CreateFileA)("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK_EQ(haft_live(), 1);
    CHECK((CloseHandle)(file));
    CHECK_EQ(haft_live(), 0);
}

typedef BOOL(WINAPI *closer)(HANDLE handle);
typedef HANDLE(WINAPI *opener)(LPCSTR, DWORD, DWORD, LPSECURITY_ATTRIBUTES, DWORD, DWORD, HANDLE);

static closer take_address(void) { return &CloseHandle; }

TEST(macros, an_address_is_the_shims) {
    boot(HAFT_NT4_SP3);
    opener open = CreateFileA;
    closer close = take_address();
    CHECK(close == CloseHandle);
    CHECK(close != haft_model_CloseHandle);
    HANDLE file = open("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK_EQ(haft_live(), 1);
    CHECK(close(file));
    CHECK_EQ(haft_live(), 0);
}

/* As programs that choose between implementations have it. */
static const struct driver {
    const char *name;
    opener open;
    closer close;
} drivers[] = {
    { "system", CreateFileA, CloseHandle },
    { "model", haft_model_CreateFileA, haft_model_CloseHandle },
};

TEST(macros, a_static_table_holds_the_shims) {
    boot(HAFT_NT4_SP3);
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
        HANDLE file = drivers[i].open("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
        CHECK(file != INVALID_HANDLE_VALUE);
        CHECK_EQ(haft_live(), i == 0);
        CHECK_EQ(haft_model_handles(), 1);
        CHECK(drivers[i].close(file));
        CHECK_EQ(haft_model_handles(), 0);
    }
}

/* Members, variables and labels may bear the names of the APIs. */
struct vfs {
    opener CreateFileA;
    closer CloseHandle;
    int RegCloseKey;
};

TEST(macros, members_may_bear_the_names) {
    struct vfs v = { .CreateFileA = CreateFileA, .CloseHandle = CloseHandle, .RegCloseKey = 3 };
    struct vfs *p = &v;
    int RegOpenCurrentUser = p->RegCloseKey + 1;
    boot(HAFT_NT4_SP3);
    CHECK_EQ(RegOpenCurrentUser, 4);
    HANDLE file = p->CreateFileA("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK_EQ(haft_live(), 1);
    CHECK(v.CloseHandle(file));
    CHECK_EQ(haft_live(), 0);
}

TEST(macros, names_without_a_or_w_are_guarded) {
    HKEY key = NULL;
    boot(HAFT_NT4_SP3);
    CHECK_EQ(RegOpenKeyEx(HKEY_LOCAL_MACHINE, TEXT("SOFTWARE"), 0, KEY_READ, &key), ERROR_SUCCESS);
    CHECK_EQ(haft_live(), 1);
    CHECK_EQ(RegCloseKey(key), ERROR_SUCCESS);
    HANDLE file = CreateFile(TEXT("C:\\boot.ini"), GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK_EQ(haft_live(), 1);
    CHECK(CloseHandle(file));
}

/* Every shim, by the name of the API: what it opens is tracked, and its closer ends it. */
static DWORD WINAPI work(LPVOID argument) { return (DWORD)(uintptr_t)argument; }

static void check_key(LONG error, HKEY key) {
    CHECK_EQ(error, ERROR_SUCCESS);
    CHECK_EQ(haft_live(), 1);
    CHECK_EQ(RegCloseKey(key), ERROR_SUCCESS);
    CHECK_EQ(haft_live(), 0);
}

TEST(macros, every_key_function) {
    HKEY k = NULL;
    LONG e;
    boot(HAFT_NT4_SP3);
    e = RegOpenKeyA(HKEY_LOCAL_MACHINE, "SOFTWARE", &k), check_key(e, k);
    e = RegOpenKeyW(HKEY_LOCAL_MACHINE, L"SOFTWARE", &k), check_key(e, k);
    e = RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &k), check_key(e, k);
    e = RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE", 0, KEY_READ, &k), check_key(e, k);
    e = RegCreateKeyA(HKEY_LOCAL_MACHINE, "SOFTWARE\\A", &k), check_key(e, k);
    e = RegCreateKeyW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\B", &k), check_key(e, k);
    e = RegCreateKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE\\C", 0, NULL, 0, KEY_READ, NULL, &k, NULL), check_key(e, k);
    e = RegCreateKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\D", 0, NULL, 0, KEY_READ, NULL, &k, NULL), check_key(e, k);
    e = RegConnectRegistryA("\\\\SERVER", HKEY_LOCAL_MACHINE, &k), check_key(e, k);
    e = RegConnectRegistryW(L"\\\\SERVER", HKEY_USERS, &k), check_key(e, k);
    CHECK_EQ(haft_model_handles(), 0);
}

static void check_handle(HANDLE handle, int also) {
    CHECK(handle != NULL && handle != INVALID_HANDLE_VALUE);
    CHECK_EQ(haft_live(), 1 + also);
    CHECK(CloseHandle(handle));
    CHECK_EQ(haft_live(), also);
}

TEST(macros, every_handle_function) {
    HANDLE token = NULL, copy = NULL, self = haft_model_GetCurrentProcess();
    boot(HAFT_NT4_SP3);
    check_handle(CreateFileA("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), 0);
    check_handle(CreateFileW(L"C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), 0);
    check_handle(CreateThread(NULL, 0, work, NULL, CREATE_SUSPENDED, NULL), 0);
    check_handle(CreateRemoteThread(self, NULL, 0, work, NULL, CREATE_SUSPENDED, NULL), 0);
    CHECK(OpenProcessToken(self, TOKEN_QUERY, &token));
    CHECK(DuplicateHandle(self, token, self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    check_handle(copy, 1);
    check_handle(token, 0);
    CHECK(!OpenThreadToken(haft_model_GetCurrentThread(), TOKEN_QUERY, TRUE, &token)); /* no thread impersonates on the model */
    CHECK_EQ(haft_model_GetLastError(), ERROR_NO_TOKEN);
    CHECK_EQ(haft_model_handles(), 0);
}

TEST(macros, dialling) {
    RASDIALPARAMSA p;
    HRASCONN connection = NULL;
    boot(HAFT_NT4_SP4);
    memset(&p, 0, sizeof p);
    p.dwSize = sizeof p;
    p.szEntryName[0] = 'M';
    CHECK_EQ(RasDialA(NULL, NULL, &p, 0, NULL, &connection), ERROR_SUCCESS);
    CHECK_EQ(haft_live(), 2); /* the connection, and the token that it has left */
    CHECK_EQ(RasHangUpA(connection), ERROR_SUCCESS);
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(haft_model_handles(), 0);
}

TEST(macros, the_fault_does_not_happen) {
    static HKEY keys[1024];
    unsigned opened = 0;
    boot(HAFT_NT4_SP3);
    for (unsigned i = 0; i < 65536; i++) {
        HKEY key = NULL;
        LONG error = RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key);
        if (error == ERROR_SUCCESS && opened < 1024) keys[opened++] = key;
    }
    CHECK_EQ(opened, 1024);
    CHECK_EQ(haft_model_key_count("HKLM\\SOFTWARE"), 1024);
    while (opened) CHECK_EQ(RegCloseKey(keys[--opened]), ERROR_SUCCESS);
    CHECK(haft_model_crash() == NULL);
    CHECK_EQ(haft_model_handles(), 0);
}
