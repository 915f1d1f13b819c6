/* test_win32_wrappers.c: the wrappers on the system itself. */
#include "port/port.h"
#include "unit.h"

static DWORD WINAPI thread_body(LPVOID argument) { return (DWORD)(uintptr_t)argument; }

TEST(win32_wrappers, inv1_copies_close_once) {
    haft_event e = HAFT_INIT, next = HAFT_INIT;
    haft__nt_use(NULL);
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    haft_event copy = e, late = e;
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    CHECK_EQ(haft_event_close(&copy), HAFT_E_STALE);
    CHECK_EQ(haft_event_create_a(&next, NULL, TRUE, FALSE, NULL), HAFT_OK);
    CHECK_EQ(haft_event_close(&late), HAFT_E_STALE);
    CHECK(SetEvent(haft_event_raw(&next)));
    CHECK_EQ(haft_event_close(&next), HAFT_OK);
}

TEST(win32_wrappers, inv3_the_wrong_closer_does_not_close) {
    haft_key k = HAFT_INIT;
    haft_event e = HAFT_INIT;
    haft__nt_use(NULL);
    REQUIRE_EQ(haft_key_open_a(&k, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ), HAFT_OK);
    HKEY raw = haft_key_raw(&k);
    CHECK_EQ(haft_event_adopt(&e, (HANDLE)raw, HAFT_OWNER_USER), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_event_close((haft_event *)&k), HAFT_E_WRONG_CLASS);
    DWORD values = 0;
    CHECK_EQ(RegQueryInfoKeyA(raw, NULL, NULL, NULL, NULL, NULL, NULL, &values, NULL, NULL, NULL, NULL), 0);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
    CHECK_EQ(RegCloseKey(raw), ERROR_INVALID_HANDLE);
}

TEST(win32_wrappers, inv4_the_last_error_is_the_systems) {
    haft_event e = HAFT_INIT, again = HAFT_INIT;
    haft_key k = HAFT_INIT;
    haft_file f = HAFT_INIT;
    haft__nt_use(NULL);
    unit_listen();
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, "haft unit"), HAFT_OK);
    CHECK_EQ(haft_event_create_a(&again, NULL, TRUE, FALSE, "haft unit"), HAFT_OK);
    CHECK_EQ(GetLastError(), ERROR_ALREADY_EXISTS);
    CHECK_EQ(haft_key_open_a(&k, HKEY_LOCAL_MACHINE, "SOFTWARE\\No such key", 0, KEY_READ), HAFT_E_OS);
    CHECK_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(haft_file_create_a(&f, "no such file", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), HAFT_E_OS);
    CHECK_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
    unit_mark_errors();
    haft_event copy = e;
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    CHECK_EQ(haft_event_close(&copy), HAFT_E_STALE); /* the sink spoils both errors */
    haft_event_end(&again);
    CHECK(unit_errors_kept());
    CHECK_EQ(unit_last.times, 1);
    unit_deaf();
}

TEST(win32_wrappers, classes_of_the_system) {
    haft_file f = HAFT_INIT;
    haft_module m = HAFT_INIT, n = HAFT_INIT;
    haft_token t = HAFT_INIT;
    haft_heap h = HAFT_INIT, own = HAFT_INIT;
    haft_pipe in = HAFT_INIT, out = HAFT_INIT;
    haft_thread thread = HAFT_INIT;
    haft__nt_use(NULL);
    CHECK_EQ(haft_file_create_a(&f, "haft_tests.tmp", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0x04000000, NULL), HAFT_OK);
    CHECK_EQ(haft_module_load_a(&m, "kernel32"), HAFT_OK);
    CHECK_EQ(haft_module_load_a(&n, "kernel32"), HAFT_OK);
    CHECK(haft_module_raw(&m) == haft_module_raw(&n));
    CHECK_EQ(haft_token_open_process(&t, GetCurrentProcess(), TOKEN_QUERY), HAFT_OK);
    CHECK_EQ(haft_heap_create(&h, 0, 0, 0), HAFT_OK);
    CHECK_EQ(haft_heap_adopt(&own, GetProcessHeap(), HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_heap_owner(&own), HAFT_OWNER_PSEUDO);
    CHECK_EQ(haft_pipe_create(&in, &out, NULL, 0), HAFT_OK);
    CHECK_EQ(haft_thread_create(&thread, NULL, 0, thread_body, NULL, 0, NULL), HAFT_OK);
    CHECK_EQ(WaitForSingleObject(haft_thread_raw(&thread), 60000), WAIT_OBJECT_0);
    CHECK_EQ(haft_file_close(&f), HAFT_OK);
    CHECK_EQ(haft_module_close(&m), HAFT_OK);
    CHECK_EQ(haft_module_close(&n), HAFT_OK);
    CHECK_EQ(haft_token_close(&t), HAFT_OK);
    CHECK_EQ(haft_heap_close(&h), HAFT_OK);
    CHECK_EQ(haft_heap_close(&own), HAFT_OK);
    CHECK_EQ(haft_pipe_close(&in), HAFT_OK);
    CHECK_EQ(haft_pipe_close(&out), HAFT_OK);
    CHECK_EQ(haft_thread_close(&thread), HAFT_OK);
}
