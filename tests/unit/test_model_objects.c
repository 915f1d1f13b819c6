/* test_model_objects.c: what the NT model does that is no fault: handles, keys, files. */
#include "harness/test.h"

#include "port/port.h"

#include <haft/model.h>

#include <wchar.h>

static HANDLE event(void) { return CreateEventA(NULL, TRUE, FALSE, NULL); }

/* ---- handles ---- */

TEST(model_objects, handles_are_multiples_of_4_lowest_first) {
    HANDLE h[200];
    haft_model_boot(HAFT_NT4_SP3);
    for (size_t i = 0; i < 200; i++) {
        h[i] = event();
        CHECK_EQ((uintptr_t)h[i], (i + 1) * 4);
    }
    for (size_t i = 0; i < 200; i += 3) CHECK(CloseHandle(h[i]));
    for (size_t i = 0; i < 200; i += 3) CHECK(event() == h[i]);
    CHECK_EQ((uintptr_t)event(), 201 * 4);
    CHECK_EQ(haft_model_handles(), 201);
}

TEST(model_objects, low_two_bits_do_not_count) {
    haft_model_boot(HAFT_NT4_SP3);
    HANDLE h = event();
    CHECK(SetEvent((HANDLE)((uintptr_t)h | 3)));
    CHECK(CloseHandle((HANDLE)((uintptr_t)h | 1)));
    CHECK(!CloseHandle(h));
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(!CloseHandle(NULL));
    CHECK(!CloseHandle((HANDLE)(uintptr_t)3));
}

TEST(model_objects, pseudo_handles_close_without_effect) {
    haft_model_boot(HAFT_NT4_SP3);
    for (intptr_t i = -1; i >= -6; i--) CHECK(CloseHandle((HANDLE)i));
    CHECK(!CloseHandle((HANDLE)(intptr_t)-7));
    CHECK_EQ(RegCloseKey(HKEY_LOCAL_MACHINE), ERROR_SUCCESS);
    CHECK_EQ(RegCloseKey(HKEY_LOCAL_MACHINE), ERROR_SUCCESS);
}

TEST(model_objects, a_million_handles) {
    HKEY k = NULL;
    haft_model_boot(HAFT_NT4_SP4);
    for (unsigned i = 0; i < 1000000; i++)
        if (RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &k) != 0) break;
    CHECK_EQ(haft_model_handles(), 1000000);
    CHECK_EQ(haft_model_key_count("HKLM\\SOFTWARE"), 1000000);
    for (uintptr_t v = 1000000; v > 0; v--)
        if (RegCloseKey((HKEY)(v * 4)) != 0) break;
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ((uintptr_t)event(), 4);
}

TEST(model_objects, wrong_closers_succeed_as_on_nt) {
    HKEY k;
    haft_model_boot(HAFT_NT4_SP3);
    CHECK_EQ(RegCloseKey((HKEY)event()), ERROR_SUCCESS);
    REQUIRE_EQ(RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &k), 0);
    CHECK(CloseHandle((HANDLE)k));
    CHECK_EQ(RegCloseKey(k), ERROR_INVALID_HANDLE);
    CHECK_EQ(haft_model_handles(), 0);
}

TEST(model_objects, duplicate) {
    HANDLE own = GetCurrentProcess(), twin = NULL, other;
    haft_model_boot(HAFT_NT4_SP3);
    HANDLE h = event();
    CHECK(DuplicateHandle(own, h, own, &twin, 0, FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
    CHECK(!haft__nt()->is_open(h));
    CHECK(SetEvent(twin));
    h = event();
    CHECK(!DuplicateHandle(own, h, NULL, &twin, 0, FALSE, DUPLICATE_CLOSE_SOURCE)); /* fails, and closes the source */
    CHECK(!haft__nt()->is_open(h));
    h = event();
    CHECK(!DuplicateHandle(event(), h, own, &twin, 0, FALSE, DUPLICATE_CLOSE_SOURCE)); /* no source process: nothing happens */
    CHECK(haft__nt()->is_open(h));
    size_t before = haft_model_handles();
    CHECK(DuplicateHandle(own, h, own, NULL, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK_EQ(haft_model_handles(), before + 1);
    CHECK(SetHandleInformation(h, HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_PROTECT_FROM_CLOSE));
    CHECK(DuplicateHandle(own, h, own, &twin, 0, FALSE, DUPLICATE_CLOSE_SOURCE));
    CHECK(haft__nt()->is_open(h));
    CHECK(DuplicateHandle(own, own, own, &other, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK_EQ(haft__nt()->process_id(other), GetCurrentProcessId());
    CHECK(DuplicateHandle(own, GetCurrentThread(), own, &other, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK_EQ(WaitForSingleObject(other, 0), WAIT_TIMEOUT);
    CHECK(!DuplicateHandle(own, (HANDLE)(uintptr_t)4444, own, &twin, 0, FALSE, 0));
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

/* ---- keys ---- */

TEST(model_objects, the_same_handle_is_given_back) {
    HKEY k = NULL, same = NULL;
    haft_model_boot(HAFT_NT4_SP3);
    CHECK_EQ(RegOpenKeyExA(HKEY_LOCAL_MACHINE, NULL, 0, KEY_READ, &k), 0);
    CHECK(k == HKEY_LOCAL_MACHINE);
    CHECK_EQ(RegOpenKeyExA(HKEY_CLASSES_ROOT, "", 0, KEY_READ, &k), 0);
    CHECK(k == HKEY_CLASSES_ROOT);
    REQUIRE_EQ(RegOpenKeyA(HKEY_LOCAL_MACHINE, "SOFTWARE", &k), 0);
    CHECK_EQ(RegOpenKeyA(k, NULL, &same), 0);
    CHECK(same == k);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(RegOpenKeyExA(k, "", 0, KEY_READ, &same), 0);
    CHECK(same != k);
    CHECK_EQ(haft_model_key_count("\\REGISTRY\\MACHINE\\SOFTWARE"), 2);
}

TEST(model_objects, one_key_by_any_name) {
    HKEY k[4], machine;
    wchar_t name[64];
    haft_model_boot(HAFT_NT4_SP3);
    CHECK_EQ(RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE\\Classes", 0, KEY_READ, &k[0]), 0);
    CHECK_EQ(RegOpenKeyExA(HKEY_LOCAL_MACHINE, "\\software\\\\CLASSES\\", 0, KEY_READ, &k[1]), 0);
    CHECK_EQ(RegOpenKeyA(HKEY_LOCAL_MACHINE, "SOFTWARE", &machine), 0);
    CHECK_EQ(RegOpenKeyExW(machine, L"classes", 0, KEY_READ, &k[2]), 0);
    CHECK_EQ(RegCreateKeyExA(HKEY_CLASSES_ROOT, "", 0, NULL, 0, KEY_READ, NULL, &k[3], NULL), 0);
    CHECK_EQ(haft_model_key_count("HKCR"), 4);
    CHECK_EQ(haft_model_key_count("HKEY_LOCAL_MACHINE\\Software\\classes"), 4);
    size_t length = haft__nt()->key_name(k[1], name, 64);
    CHECK_EQ(length, wcslen(L"\\REGISTRY\\MACHINE\\SOFTWARE\\Classes"));
    CHECK(wcscmp(name, L"\\REGISTRY\\MACHINE\\SOFTWARE\\Classes") == 0);
    CHECK_EQ(haft__nt()->key_name(k[1], name, length), 0); /* no room for the terminator */
    CHECK_EQ(haft__nt()->key_name(HKEY_LOCAL_MACHINE, name, 64), 0);
    CHECK_EQ(RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE\\None", 0, KEY_READ, &k[0]), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(RegOpenKeyExA((HKEY)event(), "x", 0, KEY_READ, &k[0]), ERROR_INVALID_HANDLE);
    CHECK_EQ(RegCreateKeyExA(HKEY_LOCAL_MACHINE, NULL, 0, NULL, 0, KEY_READ, NULL, &k[0], NULL), ERROR_BADKEY);
}

TEST(model_objects, current_user_and_another_machine) {
    HKEY user, remote, below;
    wchar_t name[128];
    haft_model_boot(HAFT_NT4_SP3);
    CHECK_EQ(RegOpenCurrentUser(KEY_READ, &user), 0);
    CHECK(haft__nt()->key_name(user, name, 128) > 0 && wcsncmp(name, L"\\REGISTRY\\USER\\S-1-5-21-", 24) == 0);
    CHECK_EQ(haft_model_key_count("HKCU"), 1);
    CHECK_EQ(RegConnectRegistryA("\\\\PC2", HKEY_LOCAL_MACHINE, &remote), 0);
    CHECK_EQ(RegOpenKeyExA(remote, "SOFTWARE", 0, KEY_READ, &below), ERROR_FILE_NOT_FOUND); /* a namespace of its own */
    CHECK_EQ(RegCreateKeyExA(remote, "SOFTWARE", 0, NULL, 0, KEY_READ, NULL, &below, NULL), 0);
    CHECK_EQ(haft_model_key_count("HKLM\\SOFTWARE"), 0);
    CHECK_EQ(haft__nt()->key_name(below, name, 128), 0);
    CHECK_EQ(RegConnectRegistryA(NULL, HKEY_LOCAL_MACHINE, &remote), 0);
    CHECK_EQ(haft_model_key_count("HKLM"), 1);
    CHECK_EQ(RegConnectRegistryA("PC2", HKEY_CURRENT_USER, &remote), ERROR_INVALID_HANDLE);
}

TEST(model_objects, values) {
    HKEY k;
    char text[16];
    wchar_t wide[16];
    DWORD type, size, number = 7;
    haft_model_boot(HAFT_NT4_SP3);
    REQUIRE_EQ(RegCreateKeyA(HKEY_CURRENT_USER, "Software\\Test", &k), 0);
    CHECK_EQ(RegSetValueExA(k, "Name", 0, REG_SZ, (const BYTE *)"caf\xE9", 5), 0);
    size = sizeof text;
    CHECK_EQ(RegQueryValueExA(k, "NAME", NULL, &type, (BYTE *)text, &size), 0);
    CHECK_EQ(type, REG_SZ);
    CHECK_EQ(size, 5);
    CHECK_STR(text, "caf\xE9");
    size = sizeof wide;
    CHECK_EQ(RegQueryValueExW(k, L"Name", NULL, NULL, (BYTE *)wide, &size), 0);
    CHECK(wcscmp(wide, L"caf\x00E9") == 0);
    size = 2;
    CHECK_EQ(RegQueryValueExA(k, "Name", NULL, NULL, (BYTE *)text, &size), ERROR_MORE_DATA);
    CHECK_EQ(size, 5);
    CHECK_EQ(RegSetValueExA(k, "Name", 0, REG_DWORD, (const BYTE *)&number, sizeof number), 0);
    size = sizeof number;
    number = 0;
    CHECK_EQ(RegQueryValueExW(k, L"Name", NULL, &type, (BYTE *)&number, &size), 0);
    CHECK_EQ(number, 7);
    CHECK_EQ(RegDeleteValueA(k, "Name"), 0);
    CHECK_EQ(RegQueryValueExA(k, "Name", NULL, NULL, NULL, NULL), ERROR_FILE_NOT_FOUND);
}

/* ---- files ---- */

TEST(model_objects, files) {
    char text[8] = "";
    DWORD n = 0;
    HANDLE f, g;
    haft_model_boot(HAFT_NT4_SP3);
    CHECK(CreateFileA("c:/dir/f.txt", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL) == INVALID_HANDLE_VALUE);
    CHECK_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
    f = CreateFileA("C:\\dir\\f.txt", GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    REQUIRE(f != INVALID_HANDLE_VALUE);
    CHECK(WriteFile(f, "hello", 5, &n, NULL));
    CHECK(!ReadFile(f, text, 1, &n, NULL));
    CHECK_EQ(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK(CreateFileA("C:\\DIR\\F.TXT", GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL) == INVALID_HANDLE_VALUE);
    CHECK_EQ(GetLastError(), ERROR_FILE_EXISTS);
    g = CreateFileW(L"\\\\?\\C:\\DIR\\F.TXT", GENERIC_READ, 0, NULL, OPEN_ALWAYS, 0, NULL);
    REQUIRE(g != INVALID_HANDLE_VALUE);
    CHECK_EQ(GetLastError(), ERROR_ALREADY_EXISTS);
    CHECK_EQ(GetFileSize(g, NULL), 5);
    CHECK(ReadFile(g, text, 7, &n, NULL));
    CHECK_EQ(n, 5);
    CHECK_STR(text, "hello");
    CHECK(DeleteFileA("C:\\dir\\f.txt"));
    CHECK_EQ(GetFileSize(g, NULL), 5);
    CHECK(CloseHandle(f) && CloseHandle(g));
    CHECK(CreateFileA("C:\\", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL) == INVALID_HANDLE_VALUE);
    CHECK_EQ(GetLastError(), ERROR_PATH_NOT_FOUND);
}

TEST(model_objects, find) {
    WIN32_FIND_DATAA data;
    int n = 1;
    haft_model_boot(HAFT_NT4_SP3);
    HANDLE find = FindFirstFileA("C:\\winnt\\*.INI", &data);
    REQUIRE(find != INVALID_HANDLE_VALUE);
    while (FindNextFileA(find, &data)) n++;
    CHECK_EQ(GetLastError(), ERROR_NO_MORE_FILES);
    CHECK_EQ(n, 2);
    CHECK(FindClose(find));
    CHECK(!FindClose(find));
    CHECK(!FindClose(event()));
    CHECK(FindFirstFileA("C:\\none*", &data) == INVALID_HANDLE_VALUE);
    CHECK_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
}

TEST(model_objects, pipe) {
    HANDLE in, out;
    char text[8] = "";
    DWORD n;
    haft_model_boot(HAFT_NT4_SP3);
    REQUIRE(CreatePipe(&in, &out, NULL, 0));
    CHECK(WriteFile(out, "abc", 3, &n, NULL));
    CHECK(ReadFile(in, text, 2, &n, NULL) && n == 2);
    CHECK(CloseHandle(out));
    CHECK(ReadFile(in, text, 8, &n, NULL) && n == 1);
    CHECK(!ReadFile(in, text, 8, &n, NULL));
    CHECK_EQ(GetLastError(), ERROR_BROKEN_PIPE);
    CHECK(CloseHandle(in));
    CHECK(CloseHandle(CreateNamedPipeA("\\\\.\\pipe\\p", PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL)));
    CHECK(CloseHandle(CreateMailslotA("\\\\.\\mailslot\\m", 0, 0, NULL)));
    CHECK(FindCloseChangeNotification(FindFirstChangeNotificationA("C:\\", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME)));
    CHECK_EQ(haft_model_handles(), 0);
}
