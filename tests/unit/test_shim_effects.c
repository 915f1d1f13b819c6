/* test_shim_effects.c: what a program sees of the shims where nothing is wrong, or where memory is short. */
#include "unit_nt.h"

#include "shim/shims.h"

NT_TEST(shim_effects, inv4_the_last_error_is_the_systems) {
    unit_mark_errors();
    CHECK(haft_model_CloseHandle(haft_model_CreateFileA("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL)));
    uint32_t as_raw = haft__nt()->last_error();
    unit_mark_errors();
    HANDLE f = unit_open_file();
    CHECK_EQ(haft__nt()->last_error(), as_raw);
    HKEY k = unit_open_key(), none = NULL;
    unit_mark_errors();
    CHECK(haft_shim_CloseHandle(f));
    CHECK_EQ(haft_shim_RegCloseKey(k), ERROR_SUCCESS);
    k = unit_open_key();
    CHECK(unit_errors_kept());
    CHECK_EQ(haft_shim_RegOpenKeyA(HKEY_LOCAL_MACHINE, "SOFTWARE\\No such", &none), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(haft_shim_RegCloseKey(k), ERROR_SUCCESS);
    CHECK(unit_errors_kept()); /* the registry's functions return their error */
    unit_listen();
    HANDLE e = unit_open_event();
    unit_mark_errors();
    CHECK(haft_shim_CloseHandle(e)); /* let through, with a finding */
    CHECK_EQ(unit_last.times, 1);
    CHECK(unit_errors_kept());
}

NT_TEST(shim_effects, inv6_what_cannot_be_tracked_is_the_callers) {
    for (int what = 0; what < 3; what++) {
        bool reached_the_end = false;
        for (unsigned n = 1; !reached_the_end && n < 60; n++) {
            size_t before = haft_model_handles();
            HANDLE h = NULL;
            HKEY k = NULL;
            unit_alloc_fail(n, true);
            if (what == 0) h = haft_shim_CreateFileA("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
            if (what == 1) haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &k);
            if (what == 2 && !haft_shim_OpenProcessToken(UNIT_SELF, TOKEN_QUERY, &h)) h = NULL;
            reached_the_end = unit_alloc_end() < n;
            if (h == INVALID_HANDLE_VALUE) h = NULL; /* the model itself had no memory */
            CHECK_EQ(haft_model_handles() - before, h || k); /* never closed behind the caller's back, never left */
            if (h) CHECK(haft_shim_CloseHandle(h));
            if (k) CHECK_EQ(haft_shim_RegCloseKey(k), ERROR_SUCCESS);
            CHECK_EQ(haft_model_handles(), before);
        }
        CHECK(reached_the_end);
    }
}

NT_TEST(shim_effects, inv6_an_untracked_handle_is_counted) {
    uint64_t found = haft_found(HAFT_FINDING_UNTRACKED), unknown = haft_found(HAFT_FINDING_UNKNOWN);
    RASDIALPARAMSA params;
    HRASCONN c = NULL;
    memset(&params, 0, sizeof params);
    params.dwSize = sizeof params;
    params.szEntryName[0] = 'x';
    unsigned untracked = 0;
    for (unsigned n = 1; n < 40; n++) { /* a connection is a pointer: its entry needs memory */
        c = NULL;
        unit_alloc_fail(n, true);
        DWORD code = haft_shim_RasDialA(NULL, NULL, &params, 0, NULL, &c);
        bool all = unit_alloc_end() < n;
        if (haft_found(HAFT_FINDING_UNTRACKED) > found + untracked) {
            CHECK_EQ(code, ERROR_SUCCESS);
            CHECK(c != NULL); /* his all the same */
            CHECK_EQ(haft_live(), 0);
            untracked++;
        }
        if (c) CHECK_EQ(haft_shim_RasHangUpA(c), ERROR_SUCCESS);
        if (all) break;
    }
    CHECK(untracked > 0);
    CHECK_EQ(haft_found(HAFT_FINDING_UNKNOWN), unknown + untracked); /* when it is closed nobody has declared it */
}

/* Same results, same errors, same side effects, with and without the shims. */
NT_TEST(shim_effects, inv8_what_is_right_is_as_it_was) {
    HANDLE raw, guarded;
    HKEY a = NULL, b = NULL;
    DWORD id = 0;
    raw = haft_model_CreateFileA("C:\\unit.tmp", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    CHECK(haft_model_CloseHandle(raw));
    guarded = haft_shim_CreateFileA("C:\\unit.tmp", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    CHECK(guarded == raw);
    CHECK_EQ(haft__nt()->last_error(), ERROR_ALREADY_EXISTS);
    CHECK(haft_shim_CloseHandle(guarded));
    CHECK(haft_model_DeleteFileA("C:\\unit.tmp"));
    CHECK_EQ(haft_model_RegOpenKeyA(HKEY_LOCAL_MACHINE, NULL, &a), haft_shim_RegOpenKeyA(HKEY_LOCAL_MACHINE, NULL, &b));
    CHECK(a == b); /* the predefined key itself */
    CHECK_EQ(haft_live(), 0);
    HANDLE t = haft_shim_CreateThread(NULL, 0, NULL, NULL, CREATE_SUSPENDED, &id);
    if (t) CHECK(haft_shim_CloseHandle(t));
    CHECK_EQ(haft_shim_RasHangUpA(NULL), haft_model_RasHangUpA(NULL));
}
