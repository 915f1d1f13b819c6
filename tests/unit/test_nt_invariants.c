/* test_nt_invariants.c: the invariants, each through wrappers of the Win32 classes on the model. */
#include "unit_nt.h"

#define KEY "SOFTWARE\\Extra"

static void make_key(void) {
    haft_key k = HAFT_INIT;
    CHECK_EQ(haft_key_create_a(&k, HKEY_LOCAL_MACHINE, KEY, 0, NULL, 0, KEY_READ, NULL, NULL), HAFT_OK);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
}

/* ---- invariant 1 ---- */

static unsigned closes;
static haft_event watched;
static size_t live_during;

static BOOL WINAPI count_close(HANDLE handle) {
    closes++;
    live_during = haft_live();
    CHECK(!haft_event_valid(&watched));
    return haft_model_CloseHandle(handle);
}

NT_TEST(nt_invariants, inv1_copies_close_once_and_entries_go_first) {
    haft_event e = HAFT_INIT;
    unit_port()->CloseHandle = count_close;
    closes = 0;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    haft_event b = e, c = e;
    HANDLE raw = haft_event_raw(&e);
    watched = e;
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    CHECK_EQ(live_during, 0);
    CHECK_EQ(haft_event_close(&b), HAFT_E_STALE);
    haft_mutex next = HAFT_INIT;
    CHECK_EQ(haft_mutex_create_a(&next, NULL, FALSE, NULL), HAFT_OK);
    CHECK(haft_mutex_raw(&next) == raw); /* lowest first: the value lives again */
    CHECK_EQ(haft_event_close(&c), HAFT_E_STALE);
    CHECK_EQ(closes, 1);
    CHECK(haft__nt()->is_open(raw));
    CHECK_EQ(haft_mutex_close(&next), HAFT_OK);
    CHECK_EQ(closes, 2);
    memset(&watched, 0, sizeof watched);
}

static HANDLE WINAPI look_create_event(LPSECURITY_ATTRIBUTES security, BOOL manual, BOOL initial, LPCSTR object) {
    HANDLE h = haft_model_CreateEventA(security, manual, initial, object);
    live_during = haft_live();
    return h;
}

NT_TEST(nt_invariants, inv1_the_entry_comes_after_the_open) {
    haft_event e = HAFT_INIT;
    unit_port()->CreateEventA = look_create_event;
    live_during = 9;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    CHECK_EQ(live_during, 0);
    CHECK_EQ(haft_live(), 1);
    haft_event_end(&e);
}

NT_TEST(nt_invariants, opening_into_a_full_wrapper_closes_it_first) {
    haft_event e = HAFT_INIT;
    size_t before = haft_model_handles();
    for (int i = 0; i < 5; i++) {
        CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
        CHECK_EQ(haft_model_handles(), before + 1);
    }
    CHECK_EQ(haft_event_open_a(&e, EVENT_ALL_ACCESS, FALSE, "no such"), HAFT_E_OS);
    CHECK_EQ(haft_model_handles(), before);
    CHECK_EQ(e.hold.tag, 0);
    haft_pipe in = HAFT_INIT, out = HAFT_INIT;
    for (int i = 0; i < 3; i++) CHECK_EQ(haft_pipe_create(&in, &out, NULL, 0), HAFT_OK);
    CHECK_EQ(haft_model_handles(), before + 2);
    CHECK_EQ(haft_pipe_create(&in, &in, NULL, 0), HAFT_E_INVALID);
    haft_pipe_end(&in);
    haft_pipe_end(&out);
}

NT_TEST(nt_invariants, inv1_each_opening_of_a_module_reaches_the_system) {
    haft_module a = HAFT_INIT, b = HAFT_INIT, c = HAFT_INIT;
    CHECK_EQ(haft_module_load_a(&a, "version"), HAFT_OK);
    CHECK_EQ(haft_module_load_w(&b, L"VERSION.DLL"), HAFT_OK);
    CHECK(haft_module_raw(&a) == haft_module_raw(&b));
    CHECK_EQ(haft_module_share(&c, &b), HAFT_OK);
    HMODULE raw = haft_module_raw(&a);
    haft_module copy = a;
    CHECK_EQ(haft_module_close(&a), HAFT_OK);
    CHECK_EQ(haft_module_close(&copy), HAFT_E_STALE);
    CHECK_EQ(haft_module_close(&b), HAFT_OK);
    CHECK(haft_module_raw(&c) == raw);
    CHECK_EQ(haft_module_close(&c), HAFT_OK);
    CHECK(!haft_model_FreeLibrary(raw)); /* the system's own count is at zero */
}

/* ---- invariants 2 and 3 ---- */

NT_TEST(nt_invariants, inv2_pseudo_values_never_reach_the_system) {
    haft_process p = HAFT_INIT;
    haft_thread t = HAFT_INIT;
    haft_key k = HAFT_INIT;
    haft_heap heap = HAFT_INIT;
    haft_token token = HAFT_INIT;
    unit_port()->CloseHandle = count_close;
    closes = 0;
    CHECK_EQ(haft_process_adopt(&p, UNIT_SELF, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_process_owner(&p), HAFT_OWNER_PSEUDO);
    CHECK(haft_process_raw(&p) == UNIT_SELF);
    CHECK_EQ(haft_process_close(&p), HAFT_OK);
    CHECK_EQ(haft_thread_adopt(&t, (HANDLE)(intptr_t)-2, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_thread_owner(&t), HAFT_OWNER_PSEUDO);
    CHECK_EQ(haft_thread_close(&t), HAFT_OK);
    for (intptr_t n = -6; n <= -4; n++) {
        CHECK_EQ(haft_token_adopt(&token, (HANDLE)n, HAFT_OWNER_USER), HAFT_OK);
        CHECK_EQ(haft_token_owner(&token), HAFT_OWNER_PSEUDO);
        CHECK_EQ(haft_token_close(&token), HAFT_OK);
    }
    HKEY roots[] = { HKEY_CLASSES_ROOT, HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, HKEY_USERS, HKEY_PERFORMANCE_DATA,
                     HKEY_CURRENT_CONFIG };
    for (size_t i = 0; i < HAFT__COUNT(roots); i++) {
        CHECK_EQ(haft_key_adopt(&k, roots[i], HAFT_OWNER_USER), HAFT_OK);
        CHECK_EQ(haft_key_owner(&k), HAFT_OWNER_PSEUDO);
        CHECK(haft_key_raw(&k) == roots[i]);
        CHECK_EQ(haft_key_close(&k), HAFT_OK);
    }
    CHECK_EQ(haft_heap_adopt(&heap, haft_model_GetProcessHeap(), HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_heap_owner(&heap), HAFT_OWNER_PSEUDO);
    CHECK_EQ(haft_heap_close(&heap), HAFT_OK);
    CHECK_EQ(closes, 0);
}

NT_TEST(nt_invariants, inv2_a_drivers_handle_is_the_drivers) {
    haft_event e = HAFT_INIT;
    HANDLE h = haft_model_driver_open();
    CHECK_EQ(haft_kernel_protect(h, true), HAFT_E_NOT_OWNER); /* not declared */
    CHECK_EQ(haft_event_adopt(&e, h, HAFT_OWNER_KERNEL), HAFT_OK);
    CHECK_EQ(haft_event_close(&e), HAFT_E_NOT_OWNER);
    CHECK(haft__nt()->is_open(h));
    CHECK_EQ(haft_kernel_protect(h, true), HAFT_OK);
    CHECK(!haft_model_CloseHandle(h)); /* code that was not rebuilt */
    CHECK(haft__nt()->is_open(h));
    CHECK_EQ(haft_kernel_protect(h, false), HAFT_OK);
    haft_model_driver_close(h);
    CHECK(!haft__nt()->is_open(h));
    CHECK(haft_event_release(&e) == h);
}

NT_TEST(nt_invariants, inv3_the_wrong_closer_does_not_close) {
    haft_key k = HAFT_INIT;
    haft_event e = HAFT_INIT;
    make_key();
    CHECK_EQ(haft_key_open_a(&k, HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ), HAFT_OK);
    HANDLE raw = (HANDLE)haft_key_raw(&k);
    CHECK_EQ(haft_event_adopt(&e, raw, HAFT_OWNER_USER), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_event_close((haft_event *)&k), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_find_close((haft_find *)&k), HAFT_E_WRONG_CLASS);
    CHECK(haft__nt()->is_open(raw));
    CHECK(haft_key_valid(&k));
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    CHECK_EQ(haft_key_close((haft_key *)&e), HAFT_E_WRONG_CLASS);
    CHECK(haft__nt()->is_open(haft_event_raw(&e)));
    haft_event_end(&e);
}

/* ---- invariant 4 ---- */

NT_TEST(nt_invariants, inv4_the_last_error_is_the_systems) {
    haft_event e = HAFT_INIT, again = HAFT_INIT;
    haft_key k = HAFT_INIT;
    unit_listen();
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, "unit"), HAFT_OK);
    CHECK_EQ(haft_event_create_a(&again, NULL, TRUE, FALSE, "unit"), HAFT_OK);
    CHECK_EQ(haft__nt()->last_error(), ERROR_ALREADY_EXISTS);
    CHECK_EQ(haft_key_open_a(&k, HKEY_LOCAL_MACHINE, "SOFTWARE\\No such", 0, KEY_READ), HAFT_E_OS);
    CHECK_EQ(haft__nt()->last_error(), ERROR_FILE_NOT_FOUND);
    unit_mark_errors();
    CHECK_EQ(haft_event_close(&again), HAFT_OK);
    CHECK(unit_errors_kept());
    haft_event copy = e;
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    CHECK_EQ(haft_event_close(&copy), HAFT_E_STALE);
    CHECK(unit_errors_kept());
    CHECK_EQ(unit_last.times, 1);
    make_key();
    unit_mark_errors();
    CHECK_EQ(haft_key_open_a(&k, HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ), HAFT_OK);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
    CHECK(unit_errors_kept());
}

NT_TEST(nt_invariants, inv4_a_close_that_fails_tells_the_systems_error) {
    haft_event e = HAFT_INIT;
    haft_key k = HAFT_INIT;
    unit_listen();
    make_key();
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    CHECK(haft_model_CloseHandle(haft_event_raw(&e)));
    CHECK_EQ(haft_event_close(&e), HAFT_E_OS);
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE);
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_CLOSE_FAILED);
    CHECK_EQ(haft_key_open_a(&k, HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ), HAFT_OK);
    CHECK_EQ(haft_model_RegCloseKey(haft_key_raw(&k)), 0);
    CHECK_EQ(haft_key_close(&k), HAFT_E_OS);
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE); /* RegCloseKey returns it; here it is the last error */
}

/* ---- invariant 5 ---- */

NT_TEST(nt_invariants, inv5_a_key_is_bounded_by_its_name) {
    haft_key k[3], more = HAFT_INIT, software = HAFT_INIT;
    memset(k, 0, sizeof k);
    make_key();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 3), HAFT_OK);
    CHECK_EQ(haft_key_open_a(&software, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ), HAFT_OK);
    CHECK_EQ(haft_key_open_a(&k[0], HKEY_LOCAL_MACHINE, "software\\\\EXTRA\\", 0, KEY_READ), HAFT_OK);
    CHECK_EQ(haft_key_open_w(&k[1], HKEY_LOCAL_MACHINE, L"Software\\Extra", 0, KEY_READ), HAFT_OK);
    CHECK_EQ(haft_key_create_a(&k[2], haft_key_raw(&software), "extra", 0, NULL, 0, KEY_READ, NULL, NULL), HAFT_OK);
    for (int i = 0; i < 3; i++) CHECK_EQ(haft_key_opens(&k[i]), 3);
    CHECK_EQ(haft_key_opens(&software), 1);
    size_t before = haft_model_handles();
    unit_mark_errors();
    CHECK_EQ(haft_key_open_a(&more, HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ), HAFT_E_LIMIT);
    CHECK(unit_errors_kept());
    CHECK_EQ(haft_key_open_w(&more, haft_key_raw(&software), L"eXtra", 0, KEY_READ), HAFT_E_LIMIT);
    CHECK_EQ(haft_model_handles(), before);
    CHECK_EQ(haft_model_key_count("HKLM\\SOFTWARE\\Extra"), 3);
    CHECK_EQ(haft_key_close(&k[1]), HAFT_OK);
    CHECK_EQ(haft_key_open_a(&more, HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ), HAFT_OK);
    CHECK_EQ(haft_key_open_a(&k[1], HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ), HAFT_E_LIMIT);
    for (int i = 0; i < 3; i++) haft_key_end(&k[i]);
    haft_key_end(&more);
    haft_key_end(&software);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, HAFT_LIMIT_KEY_DEFAULT), HAFT_OK);
}

NT_TEST(nt_invariants, a_key_that_is_handed_back_is_not_an_open) {
    haft_key k[5];
    memset(k, 0, sizeof k);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 1), HAFT_OK);
    for (int i = 0; i < 5; i++) {
        CHECK_EQ(haft_key_open_a(&k[i], HKEY_LOCAL_MACHINE, i % 2 ? "" : NULL, 0, KEY_READ), HAFT_OK);
        CHECK_EQ(haft_key_owner(&k[i]), HAFT_OWNER_PSEUDO);
        CHECK(haft_key_raw(&k[i]) == HKEY_LOCAL_MACHINE);
    }
    for (int i = 0; i < 5; i++) CHECK_EQ(haft_key_close(&k[i]), HAFT_OK);
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, HAFT_LIMIT_KEY_DEFAULT), HAFT_OK);
}

NT_TEST(nt_invariants, inv5_named_objects_are_bounded_when_asked) {
    haft_event a = HAFT_INIT, b = HAFT_INIT, other = HAFT_INIT, nameless = HAFT_INIT;
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 1), HAFT_OK);
    CHECK_EQ(haft_event_create_a(&a, NULL, TRUE, FALSE, "unit"), HAFT_OK);
    CHECK_EQ(haft_event_open_w(&b, EVENT_ALL_ACCESS, FALSE, L"unit"), HAFT_E_LIMIT);
    CHECK_EQ(haft_event_create_a(&other, NULL, TRUE, FALSE, "Unit"), HAFT_OK); /* the names of objects have case */
    for (int i = 0; i < 3; i++) CHECK_EQ(haft_event_create_a(&nameless, NULL, TRUE, FALSE, NULL), HAFT_OK);
    CHECK_EQ(haft_event_close(&a), HAFT_OK);
    CHECK_EQ(haft_event_create_w(&b, NULL, TRUE, FALSE, L"unit"), HAFT_OK);
    haft_event_end(&b);
    haft_event_end(&other);
    haft_event_end(&nameless);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

/* A call that were a jump would have its caller's caller for a site. */
static haft_status alloc_here(haft_local *ret) {
    volatile haft_status status = haft_local_alloc(ret, LPTR, 8);
    return status;
}
static haft_status alloc_there(haft_local *ret) {
    volatile haft_status status = haft_local_alloc(ret, LPTR, 8);
    return status;
}

NT_TEST(nt_invariants, inv5_classes_without_names_are_bounded_by_site) {
    haft_local a[3], b = HAFT_INIT;
    memset(a, 0, sizeof a);
    haft_status (*volatile here)(haft_local *) = alloc_here, (*volatile there)(haft_local *) = alloc_there;
    for (int i = 0; i < 3; i++) CHECK_EQ(here(&a[i]), HAFT_OK); /* no bound: none is counted */
    CHECK_EQ(haft_limit_set(HAFT_CLASS_LOCAL, 2), HAFT_OK);
    for (int i = 0; i < 3; i++) haft_local_end(&a[i]);
    for (int turn = 0; turn < 3; turn++) {
        CHECK_EQ(here(&a[0]), HAFT_OK);
        CHECK_EQ(here(&a[1]), HAFT_OK);
        CHECK_EQ(here(&a[2]), HAFT_E_LIMIT);
        CHECK_EQ(haft_local_opens(&a[0]), 2);
        CHECK_EQ(there(&b), HAFT_OK);
        CHECK_EQ(haft_local_opens(&b), 1);
        haft_local_end(&a[0]);
        haft_local_end(&a[1]);
        haft_local_end(&b);
    }
    CHECK_EQ(haft_limit_set(HAFT_CLASS_LOCAL, 0), HAFT_OK);
}

NT_TEST(nt_invariants, inv10_tracking_takes_no_memory_once_its_page_exists) {
    haft_event e = HAFT_INIT;
    for (volatile int turn = 0; turn < 2; turn++) { /* not unrolled: the sites are the same */
        HANDLE raw = haft_model_CreateEventA(NULL, TRUE, FALSE, NULL);
        if (turn) unit_alloc_fail(1, true);
        CHECK_EQ(haft_event_adopt(&e, raw, HAFT_OWNER_USER), HAFT_OK);
        CHECK_EQ(haft_event_close(&e), HAFT_OK);
    }
    CHECK_EQ(unit_alloc_end(), 0);
}
