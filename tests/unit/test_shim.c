/* test_shim.c: what the shims add to raw calls, on the model. */
#include "unit_nt.h"

#include "shim/shims.h"

static bool refused(HANDLE h, uint32_t error) {
    haft__nt()->set_last_error(0);
    return !haft_shim_CloseHandle(h) && haft__nt()->last_error() == error && haft__nt()->is_open(h);
}

NT_TEST(shim, opens_are_tracked_and_closes_end_them) {
    HANDLE f = unit_open_file();
    HKEY k = unit_open_key();
    CHECK_EQ(haft_live(), 2);
    CHECK(haft_shim_CloseHandle(f));
    CHECK_EQ(haft_shim_RegCloseKey(k), ERROR_SUCCESS);
    CHECK_EQ(haft_live(), 0);
    CHECK(!haft__nt()->is_open(f) && !haft__nt()->is_open((HANDLE)k));
}

NT_TEST(shim, the_low_bits_do_not_count) {
    HANDLE f = unit_open_file();
    CHECK(haft_shim_CloseHandle((HANDLE)((uintptr_t)f | 3)));
    CHECK_EQ(haft_live(), 0);
}

NT_TEST(shim, inv3_the_wrong_closer_is_refused) {
    HKEY k = unit_open_key();
    HANDLE f = unit_open_file();
    unit_listen();
    CHECK(refused((HANDLE)k, ERROR_INVALID_HANDLE));
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_WRONG_CLASS);
    CHECK_EQ(unit_last.f.class_id, HAFT_CLASS_KEY);
    CHECK_EQ(unit_last.f.raw, (uintptr_t)k);
    CHECK_EQ(haft_shim_RegCloseKey((HKEY)f), ERROR_INVALID_HANDLE);
    CHECK(haft__nt()->is_open(f));
    CHECK_EQ(unit_last.f.class_id, HAFT_CLASS_FILE);
    CHECK_EQ(unit_last.times, 2);
    haft_event e = HAFT_INIT;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    CHECK_EQ(haft_shim_RegCloseKey((HKEY)haft_event_raw(&e)), ERROR_INVALID_HANDLE);
    CHECK(haft__nt()->is_open(haft_event_raw(&e)));
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    CHECK_EQ(haft_shim_RegCloseKey(k), ERROR_SUCCESS);
    CHECK(haft_shim_CloseHandle(f));
}

NT_TEST(shim, inv2_a_wrappers_handle_is_the_wrappers) {
    haft_event e = HAFT_INIT, shared = HAFT_INIT;
    haft_key k = HAFT_INIT;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    CHECK(refused(haft_event_raw(&e), ERROR_ACCESS_DENIED));
    CHECK_EQ(haft_event_share(&shared, &e), HAFT_OK);
    CHECK(refused(haft_event_raw(&e), ERROR_ACCESS_DENIED));
    CHECK_EQ(haft_key_create_a(&k, HKEY_LOCAL_MACHINE, UNIT_KEY, 0, NULL, 0, KEY_READ, NULL, NULL), HAFT_OK);
    CHECK_EQ(haft_shim_RegCloseKey(haft_key_raw(&k)), ERROR_ACCESS_DENIED);
    CHECK(haft__nt()->is_open((HANDLE)haft_key_raw(&k)));
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
    CHECK_EQ(haft_event_close(&shared), HAFT_OK);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
}

NT_TEST(shim, inv1_a_wrapper_takes_a_raw_handle_over) {
    HANDLE f = unit_open_file();
    haft_file h = HAFT_INIT, second = HAFT_INIT;
    char opened[sizeof unit_last.opened];
    unit_listen();
    CHECK_EQ(haft_file_adopt(&h, f, HAFT_OWNER_USER), HAFT_OK);
    CHECK(refused(f, ERROR_ACCESS_DENIED));
    memcpy(opened, unit_last.opened, sizeof opened);
    CHECK(opened[0] != '\0'); /* the shim's caller, not the adopter */
    CHECK_EQ(haft_file_adopt(&second, f, HAFT_OWNER_USER), HAFT_E_TRACKED);
    CHECK_STR(unit_last.opened, opened);
    CHECK(strcmp(unit_last.at, opened) != 0);
    CHECK_EQ(haft_file_close(&h), HAFT_OK);
    CHECK(!haft__nt()->is_open(f));
}

NT_TEST(shim, inv5_an_adopted_key_goes_on_counting) {
    HKEY raw = unit_open_key();
    haft_key k = HAFT_INIT, more = HAFT_INIT;
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 2), HAFT_OK);
    CHECK_EQ(haft_key_adopt(&k, raw, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_key_opens(&k), 1);
    CHECK_EQ(haft_key_open_a(&more, HKEY_LOCAL_MACHINE, UNIT_KEY, 0, KEY_READ), HAFT_OK);
    HKEY third = (HKEY)(uintptr_t)4;
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, UNIT_KEY, 0, KEY_READ, &third), ERROR_NOT_ENOUGH_QUOTA);
    CHECK(third == (HKEY)(uintptr_t)4); /* untouched */
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
    CHECK_EQ(haft_key_opens(&more), 1);
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, UNIT_KEY, 0, KEY_READ, &third), ERROR_SUCCESS);
    CHECK_EQ(haft_shim_RegCloseKey(third), ERROR_SUCCESS);
    CHECK_EQ(haft_key_close(&more), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, HAFT_LIMIT_KEY_DEFAULT), HAFT_OK);
}

NT_TEST(shim, inv5_other_opens_are_bounded_when_asked) {
    HANDLE second, token = UNIT_SELF;
    CHECK_EQ(haft_limit_set(HAFT_CLASS_TOKEN, 1), HAFT_OK);
    for (volatile int i = 0; i < 2; i++) {
        second = (HANDLE)(uintptr_t)4;
        BOOL opened = haft_shim_OpenProcessToken(UNIT_SELF, TOKEN_QUERY, &second);
        if (i == 0) token = second;
        CHECK_EQ(opened, i == 0);
        if (i == 1) CHECK_EQ(haft__nt()->last_error(), ERROR_NOT_ENOUGH_QUOTA);
        if (i == 1) CHECK(second == (HANDLE)(uintptr_t)4);
    }
    CHECK(haft_shim_CloseHandle(token));
    CHECK_EQ(haft_limit_set(HAFT_CLASS_TOKEN, 0), HAFT_OK);
}

static HANDLE open_named(const char *name) {
    return haft_shim_CreateFileA(name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_ALWAYS, 0, NULL);
}

NT_TEST(shim, inv5_files_are_bounded_by_name_when_asked) {
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FILE, 1), HAFT_OK);
    HANDLE first = open_named("C:\\one.txt"), other = open_named("C:\\two.txt");
    CHECK(first != INVALID_HANDLE_VALUE && other != INVALID_HANDLE_VALUE);
    CHECK(open_named("C:\\ONE.TXT") == INVALID_HANDLE_VALUE);
    CHECK_EQ(haft__nt()->last_error(), ERROR_NOT_ENOUGH_QUOTA);
    CHECK(haft_shim_CreateFileW(L"c:\\One.txt", GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL) ==
          INVALID_HANDLE_VALUE);
    CHECK(haft_shim_CloseHandle(first));
    first = open_named("C:\\one.txt");
    CHECK(first != INVALID_HANDLE_VALUE);
    CHECK(haft_shim_CloseHandle(first));
    CHECK(haft_shim_CloseHandle(other));
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FILE, 0), HAFT_OK);
}

NT_TEST(shim, a_failed_open_tracks_nothing) {
    HKEY k = (HKEY)(uintptr_t)4;
    CHECK(haft_shim_CreateFileA("C:\\no such file", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL) == INVALID_HANDLE_VALUE);
    CHECK_EQ(haft__nt()->last_error(), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(haft_shim_RegOpenKeyA(HKEY_LOCAL_MACHINE, "SOFTWARE\\No such", &k), ERROR_FILE_NOT_FOUND);
    LONG as_raw = haft_model_RegOpenKeyA(HKEY_LOCAL_MACHINE, "SOFTWARE", NULL);
    CHECK_EQ(haft_shim_RegOpenKeyA(HKEY_LOCAL_MACHINE, "SOFTWARE", NULL), as_raw);
}

/* ---- unknown handles, double closes, foreign closes ---- */

NT_TEST(shim, a_handle_nobody_declared_is_let_through_and_counted) {
    uint64_t found = haft_found(HAFT_FINDING_UNKNOWN);
    HANDLE e = unit_open_event();
    CHECK(haft_shim_CloseHandle(e));
    CHECK(!haft__nt()->is_open(e));
    CHECK_EQ(haft_found(HAFT_FINDING_UNKNOWN), found + 1);
    CHECK(!haft_shim_CloseHandle(e)); /* the system's own answer */
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE);
    CHECK_EQ(haft_found(HAFT_FINDING_UNKNOWN), found + 2);
}

NT_TEST(shim, strict_refuses_it) {
    HANDLE e = unit_open_event(), f = unit_open_file();
    haft_strict_set(true);
    CHECK(refused(e, ERROR_ACCESS_DENIED));
    CHECK_EQ(haft_shim_RegCloseKey((HKEY)e), ERROR_ACCESS_DENIED);
    CHECK(haft_shim_CloseHandle(f)); /* declared: the shim opened it */
    haft_event h = HAFT_INIT;
    CHECK_EQ(haft_event_adopt(&h, e, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_event_close(&h), HAFT_OK);
    CHECK(haft_shim_CloseHandle(UNIT_SELF)); /* what no table holds has the system's own answer */
    CHECK_EQ(haft_shim_RegCloseKey(HKEY_LOCAL_MACHINE), ERROR_SUCCESS);
    haft__nt()->set_last_error(0);
    CHECK(!haft_shim_CloseHandle(NULL));
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE);
    haft_strict_set(false);
}

NT_TEST(shim, inv1_a_second_close_is_seen) {
    HANDLE f = unit_open_file();
    unit_listen();
    CHECK(haft_shim_CloseHandle(f));
    CHECK(!haft_shim_CloseHandle(f));
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE);
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_UNKNOWN);
    CHECK(unit_last.closed[0] != '\0'); /* where it was closed the first time */
    haft_file h = HAFT_INIT;
    CHECK_EQ(haft_file_create_a(&h, "C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), HAFT_OK);
    CHECK(haft_file_raw(&h) == f); /* the value lives again, as a wrapper's */
    CHECK(refused(f, ERROR_ACCESS_DENIED));
    CHECK_EQ(haft_file_close(&h), HAFT_OK);
}

NT_TEST(shim, inv1_a_foreign_close_is_noticed_when_the_value_lives_again) {
    HANDLE f = unit_open_file();
    haft_event wrapper = HAFT_INIT;
    unit_listen();
    CHECK(haft_model_CloseHandle(f)); /* out of sight */
    HANDLE again = unit_open_file();
    CHECK(again == f);
    CHECK_EQ(unit_last.times, 1);
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_FOREIGN_CLOSE);
    CHECK_EQ(unit_last.f.raw, (uintptr_t)f);
    CHECK_EQ(haft_live(), 1);
    CHECK(haft_model_CloseHandle(f));
    CHECK_EQ(haft_event_create_a(&wrapper, NULL, TRUE, FALSE, NULL), HAFT_OK); /* another class, another owner */
    CHECK(haft_event_raw(&wrapper) == f);
    CHECK_EQ(unit_last.times, 2);
    CHECK(refused(f, ERROR_ACCESS_DENIED));
    CHECK_EQ(haft_event_close(&wrapper), HAFT_OK);
}

NT_TEST(shim, a_driver_that_closes_its_handle_is_no_foreign_close) {
    HANDLE h = haft_model_driver_open();
    haft_event e = HAFT_INIT;
    uint64_t found = haft_found(HAFT_FINDING_FOREIGN_CLOSE);
    CHECK_EQ(haft_event_adopt(&e, h, HAFT_OWNER_KERNEL), HAFT_OK);
    haft_model_driver_close(h);
    HANDLE again = unit_open_file();
    CHECK(again == h);
    CHECK_EQ(haft_found(HAFT_FINDING_FOREIGN_CLOSE), found);
    CHECK(!haft_event_valid(&e));
    CHECK(haft_shim_CloseHandle(again));
    h = haft_model_driver_open();
    CHECK_EQ(haft_event_adopt(&e, h, HAFT_OWNER_KERNEL), HAFT_OK);
    haft_model_driver_close(h);
    h = haft_model_driver_open();
    CHECK_EQ(haft_event_adopt(&e, h, HAFT_OWNER_KERNEL), HAFT_OK); /* the driver's once more */
    haft_model_driver_close(h);
    CHECK(haft_event_release(&e) == h);
}

NT_TEST(shim, a_failed_close_of_an_open_handle_leaves_it_tracked) {
    HANDLE f = unit_open_file();
    HKEY k = unit_open_key();
    haft_file look = HAFT_INIT;
    CHECK_EQ(haft_file_adopt(&look, f, HAFT_OWNER_BORROWED), HAFT_OK);
    CHECK_EQ(haft__nt()->protect(f, true), 0);
    CHECK_EQ(haft__nt()->protect((HANDLE)k, true), 0);
    CHECK(!haft_shim_CloseHandle(f));
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE);
    CHECK_EQ(haft_shim_RegCloseKey(k), ERROR_INVALID_HANDLE);
    CHECK_EQ(haft_live(), 2);
    CHECK(haft_file_valid(&look)); /* it is the same opening */
    CHECK_EQ(haft__nt()->protect(f, false), 0);
    CHECK_EQ(haft__nt()->protect((HANDLE)k, false), 0);
    CHECK(haft_shim_CloseHandle(f));
    CHECK_EQ(haft_shim_RegCloseKey(k), ERROR_SUCCESS);
}

NT_TEST(shim, a_handle_that_somebody_closed_out_of_sight) {
    HANDLE f = unit_open_file();
    unit_listen();
    CHECK(haft_model_CloseHandle(f));
    CHECK(!haft_shim_CloseHandle(f));
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE);
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_CLOSE_FAILED);
    CHECK_EQ(haft_live(), 0);
}

/* ---- DuplicateHandle ---- */

static BOOL duplicate(HANDLE source, HANDLE *ret, DWORD options) {
    return haft_shim_DuplicateHandle(UNIT_SELF, source, UNIT_SELF, ret, 0, FALSE, DUPLICATE_SAME_ACCESS | options);
}

NT_TEST(shim, a_duplicate_is_tracked_as_its_source_is) {
    HANDLE f = unit_open_file(), copy = NULL, e = unit_open_event(), self = NULL;
    HKEY k = unit_open_key();
    CHECK(duplicate(f, &copy, 0));
    CHECK_EQ(haft_live(), 3);
    CHECK(haft_shim_CloseHandle(copy));
    CHECK(duplicate((HANDLE)k, &copy, 0));
    CHECK(refused(copy, ERROR_INVALID_HANDLE)); /* a key */
    CHECK_EQ(haft_shim_RegCloseKey((HKEY)copy), ERROR_SUCCESS);
    CHECK(duplicate(e, &copy, 0)); /* nobody's: a handle of no particular kind */
    CHECK_EQ(haft_live(), 3);
    CHECK(haft_shim_CloseHandle(copy));
    CHECK(duplicate(UNIT_SELF, &self, 0));
    CHECK_EQ(haft__nt()->process_id(self), haft__nt()->process_id(UNIT_SELF));
    CHECK(haft_shim_CloseHandle(self));
    CHECK(haft_shim_CloseHandle(f));
    CHECK(haft_shim_CloseHandle(e));
    CHECK_EQ(haft_shim_RegCloseKey(k), ERROR_SUCCESS);
}

NT_TEST(shim, a_duplicate_that_closes_its_source) {
    HANDLE f = unit_open_file(), copy = NULL;
    haft_event e = HAFT_INIT;
    CHECK(duplicate(f, &copy, DUPLICATE_CLOSE_SOURCE));
    CHECK_EQ(haft_live(), 1);
    CHECK(copy == f || !haft__nt()->is_open(f));
    CHECK(haft_shim_CloseHandle(copy));
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    copy = (HANDLE)(uintptr_t)4;
    CHECK(!duplicate(haft_event_raw(&e), &copy, DUPLICATE_CLOSE_SOURCE)); /* a wrapper's */
    CHECK_EQ(haft__nt()->last_error(), ERROR_ACCESS_DENIED);
    CHECK(copy == (HANDLE)(uintptr_t)4);
    CHECK(haft__nt()->is_open(haft_event_raw(&e)));
    CHECK(duplicate(haft_event_raw(&e), &copy, 0));
    CHECK(haft_shim_CloseHandle(copy));
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
}

NT_TEST(shim, a_failed_duplicate_closes_its_source_all_the_same) {
    HANDLE f = unit_open_file(), no_process = unit_open_file(), copy = (HANDLE)(uintptr_t)4;
    CHECK(!haft_shim_DuplicateHandle(UNIT_SELF, f, no_process, &copy, 0, FALSE, DUPLICATE_CLOSE_SOURCE | DUPLICATE_SAME_ACCESS));
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE);
    CHECK(!haft__nt()->is_open(f));
    CHECK_EQ(haft_live(), 1);
    CHECK(copy == (HANDLE)(uintptr_t)4);
    CHECK(haft_shim_CloseHandle(no_process));
}

/* The system gives back TRUE, or fails for another reason, and the source survives. */
NT_TEST(shim, a_protected_source_survives) {
    HANDLE f = unit_open_file(), copy = NULL, no_process = unit_open_file();
    uint64_t found = haft_found(HAFT_FINDING_UNKNOWN);
    haft_file seen = HAFT_INIT;
    CHECK_EQ(haft_file_adopt(&seen, f, HAFT_OWNER_BORROWED), HAFT_OK);
    CHECK_EQ(haft__nt()->protect(f, true), 0);
    CHECK(duplicate(f, &copy, DUPLICATE_CLOSE_SOURCE));
    CHECK(haft_shim_CloseHandle(copy));
    CHECK(!haft_shim_DuplicateHandle(UNIT_SELF, f, no_process, &copy, 0, FALSE, DUPLICATE_CLOSE_SOURCE | DUPLICATE_SAME_ACCESS));
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE);
    CHECK(haft__nt()->is_open(f));
    CHECK(haft_file_valid(&seen));
    CHECK_EQ(haft_live(), 2);
    CHECK_EQ(haft__nt()->protect(f, false), 0);
    CHECK(haft_shim_CloseHandle(f));
    CHECK(haft_shim_CloseHandle(no_process));
    CHECK_EQ(haft_found(HAFT_FINDING_UNKNOWN), found);
}

/* The source is closed, and code out of sight has been given its value before anybody looks. */
static HANDLE opened_meanwhile;
static BOOL WINAPI duplicate_and_open(HANDLE from, HANDLE source, HANDLE to, LPHANDLE ret, DWORD access, BOOL inherit,
                                      DWORD options) {
    BOOL made = haft__port_model.DuplicateHandle(from, source, to, ret, access, inherit, options);
    opened_meanwhile = unit_open_event();
    return made;
}

NT_TEST(shim, a_source_whose_value_is_open_again_is_closed) {
    HANDLE f = unit_open_file(), copy = NULL;
    haft_file seen = HAFT_INIT;
    CHECK_EQ(haft_file_adopt(&seen, f, HAFT_OWNER_BORROWED), HAFT_OK);
    unit_port()->DuplicateHandle = duplicate_and_open;
    CHECK(duplicate(f, &copy, DUPLICATE_CLOSE_SOURCE));
    CHECK(opened_meanwhile == f);
    CHECK(!haft_file_valid(&seen));
    CHECK_EQ(haft_live(), 1);
    CHECK(haft_shim_CloseHandle(opened_meanwhile));
    CHECK(haft_shim_CloseHandle(copy));
}
