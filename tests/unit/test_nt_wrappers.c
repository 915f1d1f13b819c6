/* test_nt_wrappers.c: the Win32 classes on the model: every constructor, and each invariant through real wrappers. */
#include "unit_nt.h"

#include <stdio.h>

#define KEY "SOFTWARE\\Extra"
#define WKEY L"SOFTWARE\\Extra"

static DWORD WINAPI thread_body(LPVOID argument) { return (DWORD)(uintptr_t)argument; }

static void make_key(void) {
    haft_key k = HAFT_INIT;
    CHECK_EQ(haft_key_create_a(&k, HKEY_LOCAL_MACHINE, KEY, 0, NULL, 0, KEY_READ, NULL, NULL), HAFT_OK);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
}

/* Each statement opens one handle of the system, in its own class; then it is closed. */
#define OPENS_IN_TABLE(T, CALL) OPENS(T, CALL, 1)
#define OPENS(T, CALL, IN_TABLE)                                                           \
    do {                                                                                   \
        T h = HAFT_INIT;                                                                   \
        size_t before = haft_model_handles(), live = haft_live();                          \
        if (CALL != HAFT_OK) {                                                             \
            CHECK_EQ(haft__nt()->last_error(), 0);                                         \
            CHECK(!#CALL);                                                                 \
            break;                                                                         \
        }                                                                                  \
        CHECK_EQ(haft_model_handles() - before, IN_TABLE);                                 \
        CHECK_EQ(haft_live() - live, 1);                                                   \
        CHECK(T##_valid(&h));                                                              \
        CHECK_EQ(T##_owner(&h) == HAFT_OWNER_USER || T##_owner(&h) == HAFT_OWNER_SHARED, 1); \
        CHECK_EQ(T##_close(&h), HAFT_OK);                                                  \
        CHECK_EQ(haft_model_handles(), before);                                            \
        CHECK_EQ(haft_live(), live);                                                       \
    } while (0)

NT_TEST(nt_wrappers, files_and_pipes) {
    WIN32_FIND_DATAA a;
    WIN32_FIND_DATAW w;
    OPENS_IN_TABLE(haft_file, haft_file_create_a(&h, "C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    OPENS_IN_TABLE(haft_file, haft_file_create_w(&h, L"C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    OPENS(haft_find, haft_find_first_a(&h, "C:\\*", &a), 0);
    OPENS(haft_find, haft_find_first_w(&h, L"C:\\*", &w), 0);
    OPENS_IN_TABLE(haft_change, haft_change_first_a(&h, "C:\\", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME));
    OPENS_IN_TABLE(haft_change, haft_change_first_w(&h, L"C:\\", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME));
    OPENS_IN_TABLE(haft_pipe, haft_pipe_create_named_a(&h, "\\\\.\\pipe\\unit", PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 64, 64, 0, NULL));
    OPENS_IN_TABLE(haft_pipe, haft_pipe_create_named_w(&h, L"\\\\.\\pipe\\unit", PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 64, 64, 0, NULL));
    OPENS_IN_TABLE(haft_mailslot, haft_mailslot_create_a(&h, "\\\\.\\mailslot\\unit", 0, 0, NULL));
    OPENS_IN_TABLE(haft_mailslot, haft_mailslot_create_w(&h, L"\\\\.\\mailslot\\unit", 0, 0, NULL));
    haft_pipe in = HAFT_INIT, out = HAFT_INIT;
    size_t before = haft_model_handles();
    CHECK_EQ(haft_pipe_create(&in, &out, NULL, 0), HAFT_OK);
    CHECK_EQ(haft_model_handles(), before + 2);
    CHECK_EQ(haft_pipe_close(&in), HAFT_OK);
    CHECK_EQ(haft_pipe_close(&out), HAFT_OK);
}

NT_TEST(nt_wrappers, keys) {
    DWORD disposition = 0;
    make_key();
    OPENS_IN_TABLE(haft_key, haft_key_open_a(&h, HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ));
    OPENS_IN_TABLE(haft_key, haft_key_open_w(&h, HKEY_LOCAL_MACHINE, WKEY, 0, KEY_READ));
    OPENS_IN_TABLE(haft_key, haft_key_create_a(&h, HKEY_LOCAL_MACHINE, KEY, 0, NULL, 0, KEY_READ, NULL, &disposition));
    CHECK_EQ(disposition, REG_OPENED_EXISTING_KEY);
    OPENS_IN_TABLE(haft_key, haft_key_create_w(&h, HKEY_LOCAL_MACHINE, WKEY, 0, NULL, 0, KEY_READ, NULL, NULL));
    OPENS(haft_key, haft_key_connect_a(&h, "\\\\OTHER", HKEY_LOCAL_MACHINE), haft_model_handles() - before);
    OPENS(haft_key, haft_key_connect_w(&h, L"\\\\OTHER", HKEY_LOCAL_MACHINE), haft_model_handles() - before);
}

NT_TEST(nt_wrappers, objects_of_synchronization) {
    haft_event e = HAFT_INIT;
    haft_mutex m = HAFT_INIT;
    haft_semaphore s = HAFT_INIT;
    haft_timer t = HAFT_INIT;
    OPENS_IN_TABLE(haft_event, haft_event_create_w(&h, NULL, TRUE, FALSE, L"unit e"));
    OPENS_IN_TABLE(haft_mutex, haft_mutex_create_w(&h, NULL, FALSE, L"unit m"));
    OPENS_IN_TABLE(haft_semaphore, haft_semaphore_create_w(&h, NULL, 0, 1, L"unit s"));
    OPENS_IN_TABLE(haft_timer, haft_timer_create_w(&h, NULL, TRUE, L"unit t"));
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, "unit e"), HAFT_OK);
    CHECK_EQ(haft_mutex_create_a(&m, NULL, FALSE, "unit m"), HAFT_OK);
    CHECK_EQ(haft_semaphore_create_a(&s, NULL, 0, 1, "unit s"), HAFT_OK);
    CHECK_EQ(haft_timer_create_a(&t, NULL, TRUE, "unit t"), HAFT_OK);
    OPENS_IN_TABLE(haft_event, haft_event_open_a(&h, EVENT_ALL_ACCESS, FALSE, "unit e"));
    OPENS_IN_TABLE(haft_event, haft_event_open_w(&h, EVENT_ALL_ACCESS, FALSE, L"unit e"));
    OPENS_IN_TABLE(haft_mutex, haft_mutex_open_a(&h, MUTEX_ALL_ACCESS, FALSE, "unit m"));
    OPENS_IN_TABLE(haft_mutex, haft_mutex_open_w(&h, MUTEX_ALL_ACCESS, FALSE, L"unit m"));
    OPENS_IN_TABLE(haft_semaphore, haft_semaphore_open_a(&h, SEMAPHORE_ALL_ACCESS, FALSE, "unit s"));
    OPENS_IN_TABLE(haft_semaphore, haft_semaphore_open_w(&h, SEMAPHORE_ALL_ACCESS, FALSE, L"unit s"));
    OPENS_IN_TABLE(haft_timer, haft_timer_open_a(&h, TIMER_ALL_ACCESS, FALSE, "unit t"));
    OPENS_IN_TABLE(haft_timer, haft_timer_open_w(&h, TIMER_ALL_ACCESS, FALSE, L"unit t"));
    haft_event_end(&e);
    haft_mutex_end(&m);
    haft_semaphore_end(&s);
    haft_timer_end(&t);
}

NT_TEST(nt_wrappers, tasks) {
    haft_thread t = HAFT_INIT;
    haft_dword id = 0;
    OPENS_IN_TABLE(haft_thread, haft_thread_create(&h, NULL, 0, thread_body, NULL, CREATE_SUSPENDED, NULL));
    OPENS_IN_TABLE(haft_thread, haft_thread_create_remote(&h, UNIT_SELF, NULL, 0, thread_body, NULL, CREATE_SUSPENDED, NULL));
    OPENS_IN_TABLE(haft_process, haft_process_open(&h, PROCESS_ALL_ACCESS, FALSE, haft_model_other_process()));
    OPENS_IN_TABLE(haft_token, haft_token_open_process(&h, UNIT_SELF, TOKEN_QUERY));
    CHECK_EQ(haft_thread_create(&t, NULL, 0, thread_body, NULL, CREATE_SUSPENDED, &id), HAFT_OK);
    CHECK(id != 0);
    haft_thread again = HAFT_INIT;
    haft_status status = haft_thread_open(&again, THREAD_ALL_ACCESS, FALSE, id);
    CHECK(status == HAFT_OK || status == HAFT_E_UNSUPPORTED); /* NT 4.0 has no OpenThread */
    haft_thread_end(&again);
    haft_thread_end(&t);
    haft_token none = HAFT_INIT;
    CHECK_EQ(haft_token_open_thread(&none, (HANDLE)(intptr_t)-2, TOKEN_QUERY, TRUE), HAFT_E_OS);
    CHECK_EQ(haft__nt()->last_error(), ERROR_NO_TOKEN);
}

NT_TEST(nt_wrappers, memory) {
    haft_mapping m = HAFT_INIT;
    HANDLE none = INVALID_HANDLE_VALUE;
    OPENS_IN_TABLE(haft_mapping, haft_mapping_create_w(&h, none, NULL, PAGE_READWRITE, 0, 4096, L"unit map"));
    CHECK_EQ(haft_mapping_create_a(&m, none, NULL, PAGE_READWRITE, 0, 4096, "unit map"), HAFT_OK);
    OPENS_IN_TABLE(haft_mapping, haft_mapping_open_a(&h, FILE_MAP_READ, FALSE, "unit map"));
    OPENS_IN_TABLE(haft_mapping, haft_mapping_open_w(&h, FILE_MAP_READ, FALSE, L"unit map"));
    OPENS(haft_view, haft_view_map(&h, haft_mapping_raw(&m), FILE_MAP_READ, 0, 0, 0), 0);
    haft_mapping_end(&m);
    OPENS(haft_module, haft_module_load_a(&h, "version.dll"), 0);
    OPENS(haft_module, haft_module_load_w(&h, L"version.dll"), 0);
    OPENS(haft_local, haft_local_alloc(&h, LPTR, 10), 0);
    OPENS(haft_heap, haft_heap_create(&h, 0, 0, 0), 0);
}

NT_TEST(nt_wrappers, a_connection) {
    RASDIALPARAMSA a;
    RASDIALPARAMSW w;
    memset(&a, 0, sizeof a);
    memset(&w, 0, sizeof w);
    a.dwSize = sizeof a;
    w.dwSize = sizeof w;
    memcpy(a.szEntryName, "office", 7);
    memcpy(w.szEntryName, L"office", 7 * sizeof(wchar_t));
    OPENS(haft_ras, haft_ras_dial_a(&h, NULL, NULL, &a, 0, NULL), 0);
    OPENS(haft_ras, haft_ras_dial_w(&h, NULL, NULL, &w, 0, NULL), 0);
    haft_ras none = HAFT_INIT;
    a.szEntryName[0] = '\0';
    CHECK_EQ(haft_ras_dial_a(&none, NULL, NULL, &a, 0, NULL), HAFT_E_OS);
    CHECK_EQ(haft__nt()->last_error(), UNIT_NO_SUCH_ENTRY);
    a.szEntryName[0] = 'o';
    haft_model_dial_fails(1);
    CHECK_EQ(haft_ras_dial_a(&none, NULL, NULL, &a, 0, NULL), HAFT_E_OS); /* what it left is hung up */
    CHECK_EQ(haft__nt()->last_error(), UNIT_LINE_BUSY);
    CHECK_EQ(none.hold.tag, 0);
}

NT_TEST(nt_wrappers, what_the_system_lacks) {
    haft_service s = HAFT_INIT;
    haft_eventlog e = HAFT_INIT;
    haft_socket k = HAFT_INIT;
    CHECK_EQ(haft_service_open_manager_a(&s, NULL, NULL, SC_MANAGER_CONNECT), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_service_open_manager_w(&s, NULL, NULL, SC_MANAGER_CONNECT), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_service_open_a(&s, NULL, "x", 0), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_service_open_w(&s, NULL, L"x", 0), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_eventlog_open_a(&e, NULL, "x"), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_eventlog_open_w(&e, NULL, L"x"), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_socket_create(&k, 2, 1, 0), HAFT_E_UNSUPPORTED);
    CHECK(s.hold.tag == 0 && e.hold.tag == 0 && k.hold.tag == 0);
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

NT_TEST(nt_wrappers, inv1_copies_close_once_and_entries_go_first) {
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

NT_TEST(nt_wrappers, inv1_the_entry_comes_after_the_open) {
    haft_event e = HAFT_INIT;
    unit_port()->CreateEventA = look_create_event;
    live_during = 9;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    CHECK_EQ(live_during, 0);
    CHECK_EQ(haft_live(), 1);
    haft_event_end(&e);
}

NT_TEST(nt_wrappers, opening_into_a_full_wrapper_closes_it_first) {
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

NT_TEST(nt_wrappers, inv1_each_opening_of_a_module_reaches_the_system) {
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

NT_TEST(nt_wrappers, inv2_pseudo_values_never_reach_the_system) {
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
    HKEY roots[] = { HKEY_CLASSES_ROOT, HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, HKEY_USERS, HKEY_PERFORMANCE_DATA, HKEY_CURRENT_CONFIG };
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

NT_TEST(nt_wrappers, inv2_a_drivers_handle_is_the_drivers) {
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

NT_TEST(nt_wrappers, inv3_the_wrong_closer_does_not_close) {
    haft_key k = HAFT_INIT;
    haft_event e = HAFT_INIT;
    haft_find f = HAFT_INIT;
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
    (void)f;
}

/* ---- invariant 4 ---- */

NT_TEST(nt_wrappers, inv4_the_last_error_is_the_systems) {
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

NT_TEST(nt_wrappers, inv4_a_close_that_fails_tells_the_systems_error) {
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

NT_TEST(nt_wrappers, inv5_a_key_is_bounded_by_its_name) {
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

NT_TEST(nt_wrappers, a_key_that_is_handed_back_is_not_an_open) {
    haft_key k[5], same = HAFT_INIT;
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
    (void)same;
}

NT_TEST(nt_wrappers, inv5_named_objects_are_bounded_when_asked) {
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

NT_TEST(nt_wrappers, inv5_classes_without_names_are_bounded_by_site) {
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

NT_TEST(nt_wrappers, inv10_tracking_takes_no_memory_once_its_page_exists) {
    haft_event e = HAFT_INIT;
    for (volatile int turn = 0; turn < 2; turn++) { /* not unrolled: the sites are the same */
        HANDLE raw = haft_model_CreateEventA(NULL, TRUE, FALSE, NULL);
        if (turn) unit_alloc_fail(1, true);
        CHECK_EQ(haft_event_adopt(&e, raw, HAFT_OWNER_USER), HAFT_OK);
        CHECK_EQ(haft_event_close(&e), HAFT_OK);
    }
    CHECK_EQ(unit_alloc_end(), 0);
}

#if defined(HAFT_WINDOWS)
/* ---- the same on the system itself ---- */

TEST(nt_wrappers_system, inv1_copies_close_once) {
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

TEST(nt_wrappers_system, inv3_the_wrong_closer_does_not_close) {
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

TEST(nt_wrappers_system, inv4_the_last_error_is_the_systems) {
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

TEST(nt_wrappers_system, classes_of_the_system) {
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
#endif
