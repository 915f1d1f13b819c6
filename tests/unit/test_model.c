/* test_model.c: the five faults of the NT model: each in the releases that have it, gone from those that do not; boot and crash. */
#include "harness/test.h"

#include "port/port.h"

#include <haft/model.h>

#include <wchar.h>

#define SUBKEY "SOFTWARE\\Attachmate\\Extra"
#define KEY_PATH "HKLM\\" SUBKEY

static const haft_model_version all[] = { HAFT_NT351,   HAFT_NT4_SP0, HAFT_NT4_SP1, HAFT_NT4_SP2,  HAFT_NT4_SP3,
                                          HAFT_NT4_SP4, HAFT_NT4_SP5, HAFT_NT4_SP6, HAFT_NT4_FIXED };
#define EACH(v) for (size_t v = 0; v < sizeof all / sizeof all[0]; v++)

static bool starts_with(const char *text, const char *head) { return text && strncmp(text, head, strlen(head)) == 0; }

/* Opens the key n times more; gives back the last handle. */
static HKEY reopen(unsigned n) {
    HKEY k = NULL;
    for (unsigned i = 0; i < n; i++)
        if (RegOpenKeyExA(HKEY_LOCAL_MACHINE, SUBKEY, 0, KEY_READ, &k) != ERROR_SUCCESS) return NULL;
    return k;
}

static HKEY first_open(haft_model_version version) {
    HKEY k = NULL;
    DWORD made = 0;
    haft_model_boot(version);
    CHECK_EQ(RegCreateKeyExA(HKEY_LOCAL_MACHINE, SUBKEY, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &k, &made), ERROR_SUCCESS);
    CHECK_EQ(made, REG_CREATED_NEW_KEY);
    CHECK_EQ(haft_model_key_count(KEY_PATH), 1);
    return k;
}

/* ---- Q179827 ---- */

TEST(model, Q179827_count_wraps_then_a_close_frees_then_an_open_crashes) {
    first_open(HAFT_NT4_SP3);
    reopen(65534);
    CHECK_EQ(haft_model_key_count(KEY_PATH), 65535);
    HKEY last = reopen(1);
    CHECK_EQ(haft_model_key_count(KEY_PATH), 0);
    CHECK_EQ(haft_model_handles(), 65536);
    CHECK_EQ(RegCloseKey(last), ERROR_SUCCESS);
    CHECK(haft_model_crash() == NULL); /* freed, and not used yet */
    HKEY k = NULL;
    CHECK_EQ(RegOpenKeyExA(HKEY_LOCAL_MACHINE, "software\\\\ATTACHMATE\\Extra\\", 0, KEY_READ, &k), ERROR_NOT_READY);
    CHECK(k == NULL);
    CHECK(starts_with(haft_model_crash(), "Q179827: an open of \\REGISTRY\\MACHINE\\SOFTWARE\\Attachmate\\Extra"));
}

TEST(model, Q179827_after_the_free_a_close_or_a_read_crashes_too) {
    for (int use = 0; use < 3; use++) {
        HKEY k = first_open(HAFT_NT4_SP0), last = reopen(65535);
        CHECK_EQ(RegCloseKey(last), ERROR_SUCCESS);
        CHECK(haft_model_crash() == NULL);
        if (use == 0) CHECK_EQ(RegCloseKey(k), ERROR_NOT_READY);
        if (use == 1) CHECK_EQ(CloseHandle((HANDLE)k), FALSE);
        if (use == 2) CHECK_EQ(RegQueryValueExA(k, "x", NULL, NULL, NULL, NULL), ERROR_NOT_READY);
        CHECK(starts_with(haft_model_crash(), "Q179827: "));
    }
}

TEST(model, Q179827_other_keys_are_not_touched) {
    HKEY other;
    first_open(HAFT_NT4_SP3);
    CHECK_EQ(RegCloseKey(reopen(65535)), ERROR_SUCCESS);
    REQUIRE_EQ(RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &other), ERROR_SUCCESS);
    CHECK_EQ(haft_model_key_count("HKLM\\SOFTWARE"), 1);
    CHECK_EQ(RegCloseKey(other), ERROR_SUCCESS);
    CHECK(haft_model_crash() == NULL);
}

TEST(model, Q179827_a_count_that_does_not_wrap_harms_nobody) {
    HKEY k = first_open(HAFT_NT4_SP0), last = reopen(65534);
    CHECK_EQ(RegCloseKey(last), ERROR_SUCCESS);
    CHECK_EQ(haft_model_key_count(KEY_PATH), 65534);
    CHECK_EQ(RegCloseKey(reopen(1)), ERROR_SUCCESS);
    CHECK_EQ(RegCloseKey(k), ERROR_SUCCESS);
    CHECK(haft_model_crash() == NULL);
}

TEST(model, Q179827_only_before_SP4) {
    EACH(v) {
        bool wraps = all[v] >= HAFT_NT4_SP0 && all[v] <= HAFT_NT4_SP3;
        HKEY k = first_open(all[v]), last = reopen(65535);
        CHECK_EQ(haft_model_key_count(KEY_PATH), wraps ? 0 : 65536);
        RegCloseKey(last);
        CHECK_EQ(RegCloseKey(k), wraps ? ERROR_NOT_READY : ERROR_SUCCESS);
        CHECK_EQ(haft_model_crash() != NULL, wraps);
    }
}

TEST(model, Q179827_duplicates_are_not_opens) {
    HANDLE twin;
    HKEY k = first_open(HAFT_NT4_SP3);
    REQUIRE(DuplicateHandle(GetCurrentProcess(), (HANDLE)k, GetCurrentProcess(), &twin, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK_EQ(haft_model_key_count(KEY_PATH), 1);
    CHECK_EQ(RegCloseKey(k), ERROR_SUCCESS);
    CHECK_EQ(haft_model_key_count(KEY_PATH), 1);
    CHECK(CloseHandle(twin));
    CHECK_EQ(haft_model_key_count(KEY_PATH), 0);
}

/* ---- Q160650 ---- */

TEST(model, Q160650_kernel_close_after_user_close) {
    EACH(v) {
        bool stops = all[v] != HAFT_NT351 && all[v] != HAFT_NT4_FIXED;
        haft_model_boot(all[v]);
        HANDLE h = haft_model_driver_open();
        REQUIRE(h != NULL);
        CHECK(CloseHandle(h));
        CHECK_EQ(haft_model_handles(), 0);
        CHECK(!SetEvent(h));
        CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
        CHECK(haft_model_crash() == NULL);
        haft_model_driver_close(h);
        CHECK_EQ(haft_model_crash() != NULL, stops);
        if (stops) CHECK(starts_with(haft_model_crash(), "Q160650: "));
    }
}

TEST(model, Q160650_the_owner_closes_it) {
    haft_model_boot(HAFT_NT4_SP3);
    HANDLE h = haft_model_driver_open();
    CHECK_EQ(haft_model_handles(), 1);
    haft_model_driver_close(h);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK(haft_model_crash() == NULL);
}

TEST(model, Q160650_a_reused_value_is_closed_under_its_owner) {
    haft_model_boot(HAFT_NT4_SP3);
    HANDLE h = haft_model_driver_open();
    CHECK(CloseHandle(h));
    HANDLE innocent = CreateEventA(NULL, TRUE, FALSE, NULL);
    CHECK(innocent == h);
    haft_model_driver_close(h);
    CHECK(haft_model_crash() == NULL);
    CHECK(!SetEvent(innocent));
}

TEST(model, Q160650_a_protected_handle_stays) {
    haft_model_boot(HAFT_NT4_SP3);
    HANDLE h = haft_model_driver_open();
    CHECK_EQ(haft__nt()->protect(h, true), 0);
    CHECK(!CloseHandle(h));
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK_EQ(RegCloseKey((HKEY)h), ERROR_INVALID_HANDLE);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(haft__nt()->protect(h, false), 0);
    haft_model_driver_close(h);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK(haft_model_crash() == NULL);
}

/* ---- Q246691 ---- */

static DWORD WINAPI never(LPVOID argument) {
    (void)argument;
    haft_test_fail(__FILE__, __LINE__, "a thread ran that was ended before");
    return 0;
}

TEST(model, Q246691_a_late_failure_leaves_the_handle) {
    EACH(v) {
        bool leaks = all[v] != HAFT_NT351 && all[v] != HAFT_NT4_FIXED;
        haft_model_boot(all[v]);
        haft_model_remote_thread_fails_late(3);
        for (unsigned i = 1; i <= 3; i++) {
            DWORD id = 77;
            SetLastError(0);
            CHECK(CreateRemoteThread(GetCurrentProcess(), NULL, 0, never, NULL, 0, &id) == NULL);
            CHECK_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
            CHECK_EQ(id, 77);
            CHECK_EQ(haft_model_handles(), leaks ? i : 0);
        }
        HANDLE fine = CreateRemoteThread(GetCurrentProcess(), NULL, 0, never, NULL, CREATE_SUSPENDED, NULL);
        CHECK(fine != NULL);
        CHECK(CloseHandle(fine));
    }
}

TEST(model, Q246691_what_is_left_tells_what_it_is) {
    haft__handle_info list[8];
    haft__thread_info info;
    haft_model_boot(HAFT_NT4_SP6);
    uint64_t before = haft__nt()->now();
    haft_model_remote_thread_fails_late(1);
    HANDLE other = OpenProcess(PROCESS_ALL_ACCESS, FALSE, haft_model_other_process());
    CHECK(CreateRemoteThread(other, NULL, 0, never, NULL, 0, NULL) == NULL);
    REQUIRE_EQ(haft__nt()->handles(list, 8), 2);
    int at = list[0].type == HAFT__OBJECT_THREAD ? 0 : 1;
    CHECK_EQ(list[at].type, HAFT__OBJECT_THREAD);
    HANDLE left = (HANDLE)(uintptr_t)list[at].handle;
    REQUIRE(haft__nt()->thread_info(left, &info));
    CHECK_EQ(info.process, haft_model_other_process());
    CHECK_EQ(info.start, (uint64_t)(uintptr_t)never);
    CHECK(info.created >= before && info.created <= haft__nt()->now());
    CHECK(info.ended);
    CHECK_EQ(info.exit_code, 0xC0000017u);
    CHECK_EQ(haft__nt()->error_of_status(info.exit_code), ERROR_NOT_ENOUGH_MEMORY);
    CHECK(CloseHandle(left));
    CHECK(CloseHandle(other));
    CHECK_EQ(haft_model_handles(), 0);
}

/* ---- Q235425 ---- */

static DWORD open_error(const char *name) {
    SetLastError(12345);
    HANDLE h = CreateFileA(name, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    DWORD error = GetLastError();
    if (h != INVALID_HANDLE_VALUE) return CloseHandle(h) ? 0 : 1;
    return error;
}

TEST(model, Q235425_a_bare_redirected_drive_costs_pool) {
    static const char *const bare[] = { "X:", "x:", "\\\\.\\X:", "\\\\?\\x:" };
    EACH(v) {
        bool leaks = all[v] >= HAFT_NT4_SP0 && all[v] <= HAFT_NT4_SP5;
        haft_model_boot(all[v]);
        haft_model_map_drive('x');
        CHECK_EQ(haft_model_paged_pool(), 0);
        CHECK_EQ(open_error(bare[0]), ERROR_INVALID_NAME);
        size_t each = haft_model_paged_pool();
        CHECK_EQ(each != 0, leaks);
        for (size_t i = 1; i < 4; i++) {
            CHECK_EQ(open_error(bare[i]), ERROR_INVALID_NAME);
            CHECK_EQ(haft_model_paged_pool(), each * (i + 1));
        }
        CHECK_EQ(haft_model_handles(), 0);
    }
}

TEST(model, Q235425_other_names_cost_nothing) {
    static const char *const others[] = { "X:\\dir\\f", "\\\\server\\X$\\f", "D:", "\\\\.\\D:", "\\\\server\\share\\file", "NUL" };
    haft_model_boot(HAFT_NT4_SP0);
    haft_model_map_drive('X');
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) CHECK_EQ(open_error(others[i]), 0);
    CHECK_EQ(haft_model_paged_pool(), 0);
    CHECK(haft__nt()->drive_is_remote('x'));
    CHECK(!haft__nt()->drive_is_remote('D'));
    CHECK(!haft__nt()->drive_is_remote('?'));
    CHECK_EQ(GetDriveTypeA("X:\\"), DRIVE_REMOTE);
    CHECK_EQ(GetDriveTypeA("D:\\"), DRIVE_FIXED);
}

/* ---- Q197517 ---- */

static DWORD dial(HRASCONN *ret) {
    RASDIALPARAMSA p;
    memset(&p, 0, sizeof p);
    p.dwSize = sizeof p;
    strcpy(p.szEntryName, "Office");
    *ret = NULL;
    return RasDialA(NULL, NULL, &p, 0, NULL, ret);
}

TEST(model, Q197517_a_token_handle_a_dial) {
    EACH(v) {
        bool leaks = all[v] >= HAFT_NT4_SP0 && all[v] <= HAFT_NT4_SP4;
        HRASCONN c[2];
        haft_model_boot(all[v]);
        CHECK_EQ(dial(&c[0]), 0);
        CHECK_EQ(dial(&c[1]), 0);
        CHECK(c[0] && c[1] && c[0] != c[1]);
        CHECK_EQ(haft_model_handles(), leaks ? 2 : 0);
        if (leaks) CHECK(haft__nt()->token_is_own((HANDLE)(uintptr_t)4));
        CHECK_EQ(RasHangUpA(c[0]), 0);
        CHECK_EQ(RasHangUpA(c[1]), 0);
        CHECK_EQ(RasHangUpA(c[1]), ERROR_INVALID_HANDLE);
        CHECK_EQ(haft_model_handles(), leaks ? 2 : 0);
    }
}

TEST(model, Q197517_a_dial_that_fails) {
    HRASCONN c = NULL;
    haft_model_boot(HAFT_NT4_SP0);
    CHECK_EQ(RasDialA(NULL, NULL, NULL, 0, NULL, &c), 610); /* before it dials: no token */
    CHECK_EQ(haft_model_handles(), 0);
    haft_model_dial_fails(1);
    CHECK_EQ(dial(&c), 676);
    CHECK(c != NULL);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(RasHangUpA(c), 0);
    CHECK_EQ(dial(&c), 0);
    CHECK_EQ(RasHangUpA(c), 0);
    CHECK_EQ(haft_model_handles(), 2);
}

/* ---- boot and crash ---- */

TEST(model, after_a_crash_every_call_fails) {
    HKEY k;
    HANDLE h, event;
    DWORD n;
    haft_model_boot(HAFT_NT4_SP3);
    event = CreateEventA(NULL, TRUE, TRUE, NULL);
    h = haft_model_driver_open();
    CloseHandle(h);
    haft_model_driver_close(h);
    REQUIRE(haft_model_crash() != NULL);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK(!SetEvent(event));
    CHECK_EQ(GetLastError(), ERROR_NOT_READY);
    CHECK(!CloseHandle(event));
    CHECK_EQ(WaitForSingleObject(event, 0), WAIT_FAILED);
    CHECK_EQ(RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &k), ERROR_NOT_READY);
    CHECK_EQ(RegOpenKeyExA(HKEY_LOCAL_MACHINE, NULL, 0, KEY_READ, &k), ERROR_NOT_READY);
    CHECK(CreateFileA("C:\\x", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL) == INVALID_HANDLE_VALUE);
    CHECK(CreateThread(NULL, 0, never, NULL, 0, &n) == NULL);
    CHECK(!DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &h, 0, FALSE, 0));
    CHECK(LocalAlloc(0, 1) == NULL);
    CHECK(haft_model_driver_open() == NULL);
    CHECK_EQ(haft__nt()->handles(NULL, 0), SIZE_MAX);
    CHECK(!haft__nt()->is_open(event));
    haft_model_boot(HAFT_NT4_SP3);
    CHECK(haft_model_crash() == NULL);
    CHECK_EQ(haft_model_handles(), 0);
}

TEST(model, a_boot_starts_afresh) {
    HKEY k = first_open(HAFT_NT4_SP0);
    haft_model_map_drive('Q');
    CHECK_EQ(open_error("Q:"), ERROR_INVALID_NAME);
    CHECK(CreateEventA(NULL, FALSE, FALSE, "name") && CreateFileA("C:\\new", GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL) && k);
    haft_model_boot(HAFT_NT4_SP0);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ(haft_model_paged_pool(), 0);
    CHECK_EQ(open_error("Q:"), 0);
    CHECK_EQ(open_error("C:\\new"), ERROR_FILE_NOT_FOUND);
    CHECK(OpenEventA(EVENT_ALL_ACCESS, FALSE, "name") == NULL);
    CHECK_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(RegOpenKeyExA(HKEY_LOCAL_MACHINE, SUBKEY, 0, KEY_READ, &k), ERROR_FILE_NOT_FOUND);
}

TEST(model, versions) {
    EACH(v) {
        OSVERSIONINFOA info;
        haft_model_boot(all[v]);
        haft__nt_version version = haft__nt()->version();
        CHECK_EQ(version.version, v == 0 ? 0x0351 : 0x0400);
        CHECK_EQ(version.service_pack, v == 0 ? 0 : v == 8 ? 6 : v - 1);
        CHECK_EQ(version.post_sp6_fixes, v == 8);
        info.dwOSVersionInfoSize = sizeof info;
        REQUIRE(GetVersionExA(&info));
        CHECK_EQ(info.dwMajorVersion, v == 0 ? 3 : 4);
        if (v == 4) CHECK_STR(info.szCSDVersion, "Service Pack 3");
    }
    haft_model_boot((haft_model_version)99);
    CHECK(haft__nt()->version().post_sp6_fixes); /* no such version: nothing happened */
}
