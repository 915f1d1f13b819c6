/* test_badinput_open.c: every constructor without a wrapper, with nothing to open and with names that are too long: a documented
 * answer and no harm. */
#include "unit_nt.h"

#define NO_RET(call) CHECK_EQ(call, HAFT_E_INVALID)
NT_TEST(badinput_open, no_wrapper_for_files_and_keys) {
    unit_watch();
    NO_RET(haft_file_create_a(NULL, "C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    NO_RET(haft_file_create_w(NULL, L"C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    NO_RET(haft_key_open_a(NULL, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ));
    NO_RET(haft_key_open_w(NULL, HKEY_LOCAL_MACHINE, L"SOFTWARE", 0, KEY_READ));
    NO_RET(haft_key_create_a(NULL, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, NULL, 0, KEY_READ, NULL, NULL));
    NO_RET(haft_key_create_w(NULL, HKEY_LOCAL_MACHINE, L"SOFTWARE", 0, NULL, 0, KEY_READ, NULL, NULL));
    NO_RET(haft_key_connect_a(NULL, NULL, HKEY_LOCAL_MACHINE));
    NO_RET(haft_key_connect_w(NULL, NULL, HKEY_LOCAL_MACHINE));
    NO_RET(haft_key_open_current_user(NULL, KEY_READ));
    unit_no_harm(0);
}

NT_TEST(badinput_open, no_wrapper_for_synchronization) {
    unit_watch();
    NO_RET(haft_event_create_a(NULL, NULL, TRUE, FALSE, NULL));
    NO_RET(haft_event_create_w(NULL, NULL, TRUE, FALSE, NULL));
    NO_RET(haft_event_open_a(NULL, EVENT_ALL_ACCESS, FALSE, "x"));
    NO_RET(haft_event_open_w(NULL, EVENT_ALL_ACCESS, FALSE, L"x"));
    NO_RET(haft_mutex_create_a(NULL, NULL, FALSE, NULL));
    NO_RET(haft_mutex_create_w(NULL, NULL, FALSE, NULL));
    NO_RET(haft_mutex_open_a(NULL, MUTEX_ALL_ACCESS, FALSE, "x"));
    NO_RET(haft_mutex_open_w(NULL, MUTEX_ALL_ACCESS, FALSE, L"x"));
    NO_RET(haft_semaphore_create_a(NULL, NULL, 0, 1, NULL));
    NO_RET(haft_semaphore_create_w(NULL, NULL, 0, 1, NULL));
    NO_RET(haft_semaphore_open_a(NULL, SEMAPHORE_ALL_ACCESS, FALSE, "x"));
    NO_RET(haft_semaphore_open_w(NULL, SEMAPHORE_ALL_ACCESS, FALSE, L"x"));
    NO_RET(haft_timer_create_a(NULL, NULL, TRUE, NULL));
    NO_RET(haft_timer_create_w(NULL, NULL, TRUE, NULL));
    NO_RET(haft_timer_open_a(NULL, TIMER_ALL_ACCESS, FALSE, "x"));
    NO_RET(haft_timer_open_w(NULL, TIMER_ALL_ACCESS, FALSE, L"x"));
    unit_no_harm(0);
}

NT_TEST(badinput_open, no_wrapper_for_threads_processes_and_tokens) {
    unit_watch();
    NO_RET(haft_thread_create(NULL, NULL, 0, NULL, NULL, 0, NULL));
    NO_RET(haft_thread_create_remote(NULL, UNIT_SELF, NULL, 0, NULL, NULL, 0, NULL));
    NO_RET(haft_thread_open(NULL, THREAD_ALL_ACCESS, FALSE, 1));
    NO_RET(haft_process_open(NULL, PROCESS_ALL_ACCESS, FALSE, 1));
    NO_RET(haft_token_open_process(NULL, UNIT_SELF, TOKEN_QUERY));
    NO_RET(haft_token_open_thread(NULL, UNIT_NULL, TOKEN_QUERY, FALSE));
    unit_no_harm(0);
}

NT_TEST(badinput_open, no_wrapper_for_mappings_modules_and_memory) {
    unit_watch();
    NO_RET(haft_mapping_create_a(NULL, INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, NULL));
    NO_RET(haft_mapping_create_w(NULL, INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, NULL));
    NO_RET(haft_mapping_open_a(NULL, FILE_MAP_READ, FALSE, "x"));
    NO_RET(haft_mapping_open_w(NULL, FILE_MAP_READ, FALSE, L"x"));
    NO_RET(haft_view_map(NULL, UNIT_NULL, FILE_MAP_READ, 0, 0, 0));
    NO_RET(haft_module_load_a(NULL, "version"));
    NO_RET(haft_module_load_w(NULL, L"version"));
    NO_RET(haft_local_alloc(NULL, LPTR, 1));
    NO_RET(haft_heap_create(NULL, 0, 0, 0));
    unit_no_harm(0);
}

NT_TEST(badinput_open, no_wrapper_for_searches_and_changes) {
    unit_watch();
    NO_RET(haft_find_first_a(NULL, "C:\\*", NULL));
    NO_RET(haft_find_first_w(NULL, L"C:\\*", NULL));
    NO_RET(haft_change_first_a(NULL, "C:\\", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME));
    NO_RET(haft_change_first_w(NULL, L"C:\\", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME));
    unit_no_harm(0);
}

NT_TEST(badinput_open, no_wrapper_for_pipes_and_connections) {
    unit_watch();
    NO_RET(haft_pipe_create_named_a(NULL, "\\\\.\\pipe\\x", PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL));
    NO_RET(haft_pipe_create_named_w(NULL, L"\\\\.\\pipe\\x", PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL));
    NO_RET(haft_pipe_create(NULL, NULL, NULL, 0));
    NO_RET(haft_mailslot_create_a(NULL, "\\\\.\\mailslot\\x", 0, 0, NULL));
    NO_RET(haft_mailslot_create_w(NULL, L"\\\\.\\mailslot\\x", 0, 0, NULL));
    NO_RET(haft_socket_create(NULL, 2, 1, 0));
    NO_RET(haft_service_open_manager_a(NULL, NULL, NULL, 0));
    NO_RET(haft_service_open_manager_w(NULL, NULL, NULL, 0));
    NO_RET(haft_service_open_a(NULL, NULL, "x", 0));
    NO_RET(haft_service_open_w(NULL, NULL, L"x", 0));
    NO_RET(haft_eventlog_open_a(NULL, NULL, "x"));
    NO_RET(haft_eventlog_open_w(NULL, NULL, L"x"));
    NO_RET(haft_ras_dial_a(NULL, NULL, NULL, NULL, 0, NULL));
    NO_RET(haft_ras_dial_w(NULL, NULL, NULL, NULL, 0, NULL));
    unit_no_harm(0);
}

#if defined(HAFT_POSIX)
NT_TEST(badinput_open, no_wrapper_for_descriptors_streams_and_directories) {
    haft_fd f = HAFT_INIT;
    haft_stream s = HAFT_INIT;
    unit_watch();
    NO_RET(haft_fd_open(NULL, "/", 0, 0));
    NO_RET(haft_fd_openat(NULL, -1, "/", 0, 0));
    NO_RET(haft_fd_dup(NULL, 0));
    NO_RET(haft_fd_pipe(NULL, &f));
    NO_RET(haft_fd_pipe(&f, NULL));
    NO_RET(haft_fd_pipe(&f, &f));
    NO_RET(haft_fd_socket(NULL, 1, 1, 0));
    NO_RET(haft_fd_accept(NULL, 0));
    NO_RET(haft_stream_open(NULL, "/dev/null", "r"));
    NO_RET(haft_stream_from_fd(NULL, &f, "r"));
    NO_RET(haft_stream_from_fd(&s, NULL, "r"));
    NO_RET(haft_stream_from_fd(&s, &f, "r"));
    NO_RET(haft_dir_open(NULL, "/"));
    unit_no_harm(0);
}
#endif

/* Whatever the API makes of it, the wrapper is empty and nothing is open. The limits are on, so that every name is looked at. */
#define REFUSED(T, call)                                            \
    do {                                                            \
        T h = HAFT_INIT;                                            \
        haft_status status = call;                                  \
        CHECK(status == HAFT_E_OS || status == HAFT_E_UNSUPPORTED); \
        CHECK_EQ(h.hold.tag, 0);                                    \
        unit_no_harm(0);                                            \
    } while (0)
NT_TEST(badinput_open, nothing_to_open) {
    static const int named[] = { HAFT_CLASS_FILE, HAFT_CLASS_EVENT, HAFT_CLASS_MUTEX, HAFT_CLASS_SEMAPHORE, HAFT_CLASS_TIMER,
                                 HAFT_CLASS_MAPPING };
    for (size_t i = 0; i < HAFT__COUNT(named); i++) CHECK_EQ(haft_limit_set((haft_class_id)named[i], 5), HAFT_OK);
    unit_watch();
    REFUSED(haft_file, haft_file_create_a(&h, NULL, 0, 0, NULL, OPEN_EXISTING, 0, NULL));
    REFUSED(haft_file, haft_file_create_w(&h, NULL, 0, 0, NULL, OPEN_EXISTING, 0, NULL));
    REFUSED(haft_file, haft_file_create_a(&h, "", 0, 0, NULL, OPEN_EXISTING, 0, NULL));
    REFUSED(haft_file, haft_file_create_a(&h, "C:\\boot.ini", 0, 0, NULL, 77, 0, NULL));
    REFUSED(haft_key, haft_key_open_a(&h, NULL, "x", 0, KEY_READ));
    REFUSED(haft_key, haft_key_open_a(&h, (HKEY)(uintptr_t)0x7ff0, "x", 0, KEY_READ));
    REFUSED(haft_key, haft_key_open_w(&h, NULL, NULL, 0, KEY_READ));
    REFUSED(haft_event, haft_event_open_a(&h, 0, FALSE, NULL));
    REFUSED(haft_event, haft_event_open_w(&h, 0, FALSE, L""));
    REFUSED(haft_mutex, haft_mutex_open_a(&h, 0, FALSE, "no such"));
    REFUSED(haft_semaphore, haft_semaphore_create_a(&h, NULL, 5, 1, NULL));
    REFUSED(haft_semaphore, haft_semaphore_open_a(&h, 0, FALSE, NULL));
    REFUSED(haft_timer, haft_timer_open_a(&h, 0, FALSE, NULL));
    REFUSED(haft_thread, haft_thread_create_remote(&h, NULL, NULL, 0, NULL, NULL, 0, NULL));
    REFUSED(haft_thread, haft_thread_open(&h, 0, FALSE, 0));
    REFUSED(haft_process, haft_process_open(&h, 0, FALSE, 0x7fffffff));
    REFUSED(haft_token, haft_token_open_process(&h, NULL, 0));
    REFUSED(haft_token, haft_token_open_thread(&h, NULL, 0, FALSE));
    REFUSED(haft_mapping, haft_mapping_open_a(&h, 0, FALSE, NULL));
    REFUSED(haft_mapping, haft_mapping_create_a(&h, INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 0, NULL));
    REFUSED(haft_view, haft_view_map(&h, NULL, 0, 0, 0, 0));
    REFUSED(haft_change, haft_change_first_a(&h, NULL, FALSE, 0));
    REFUSED(haft_module, haft_module_load_a(&h, NULL));
    REFUSED(haft_module, haft_module_load_w(&h, L"no such module"));
    REFUSED(haft_pipe, haft_pipe_create_named_a(&h, NULL, 0, 0, 0, 0, 0, 0, NULL));
    REFUSED(haft_mailslot, haft_mailslot_create_a(&h, NULL, 0, 0, NULL));
    REFUSED(haft_ras, haft_ras_dial_a(&h, NULL, NULL, NULL, 0, NULL));
    REFUSED(haft_ras, haft_ras_dial_w(&h, NULL, NULL, NULL, 0, NULL));
    CHECK_EQ(haft_kernel_protect(NULL, true), HAFT_E_NOT_OWNER);
    CHECK_EQ(haft_kernel_protect(INVALID_HANDLE_VALUE, true), HAFT_E_NOT_OWNER);
    unit_no_harm(0);
    for (size_t i = 0; i < HAFT__COUNT(named); i++) CHECK_EQ(haft_limit_set((haft_class_id)named[i], 0), HAFT_OK);
}

/* A name as long as the system takes, and one that is longer. */
NT_TEST(badinput_open, very_long_names) {
    static char a[70000];
    static wchar_t w[70000];
    memset(a, 'x', sizeof a - 1);
    for (size_t i = 0; i < HAFT__COUNT(w) - 1; i++) w[i] = 0x20ac;
    unit_watch();
    REFUSED(haft_key, haft_key_open_a(&h, HKEY_LOCAL_MACHINE, a, 0, KEY_READ));
    REFUSED(haft_key, haft_key_open_w(&h, HKEY_LOCAL_MACHINE, w, 0, KEY_READ));
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FILE, 5), HAFT_OK);
    REFUSED(haft_file, haft_file_create_a(&h, a, 0, 0, NULL, OPEN_EXISTING, 0, NULL));
    REFUSED(haft_file, haft_file_create_w(&h, w, 0, 0, NULL, OPEN_EXISTING, 0, NULL));
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FILE, 0), HAFT_OK);
}
