/* test_nt_wrappers.c: the Win32 classes on the model: every constructor. */
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
    OPENS_IN_TABLE(haft_pipe, haft_pipe_create_named_a(&h, "\\\\.\\pipe\\unit", PIPE_ACCESS_DUPLEX, 0, 1, 64, 64, 0, NULL));
    OPENS_IN_TABLE(haft_pipe, haft_pipe_create_named_w(&h, L"\\\\.\\pipe\\unit", PIPE_ACCESS_DUPLEX, 0, 1, 64, 64, 0, NULL));
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
