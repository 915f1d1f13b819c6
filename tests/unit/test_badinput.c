/* test_badinput.c: every public function with NULL, an empty wrapper, sentinels, stale copies, foreign wrappers and unknown
 * enums: a documented answer, no harm, no storm of findings. */
#include "unit_nt.h"

#include "define.h"

/* Nothing may be tracked, opened or closed by any of this; what is refused is a finding at most once a call. */
static struct {
    size_t live, handles;
    uint64_t findings;
} at_start;

static uint64_t all_findings(void) {
    uint64_t n = 0;
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) n += haft_found((haft_finding_kind)k);
    return n;
}

static void start(void) {
    at_start.live = haft_live();
    at_start.handles = haft_model_handles();
    at_start.findings = all_findings();
}

static void no_harm(uint64_t findings) {
    CHECK_EQ(haft_live(), at_start.live);
    CHECK_EQ(haft_model_handles(), at_start.handles);
    CHECK_EQ(all_findings() - at_start.findings, findings);
}

#define RAW_IS(T, expression, none) CHECK((uint64_t)(uintptr_t)(expression) == (uint64_t)(uintptr_t)(none))

/* NULL and empty, for every function of a class. */
#define EMPTY(T, R, NONE)                                                          \
    do {                                                                           \
        T e = HAFT_INIT, other = HAFT_INIT;                                        \
        start();                                                                   \
        unit_mark_errors();                                                        \
        CHECK_EQ(T##_adopt(NULL, NONE, HAFT_OWNER_USER), HAFT_E_INVALID);          \
        CHECK_EQ(T##_adopt(&e, NONE, HAFT_OWNER_USER), HAFT_E_INVALID);            \
        CHECK_EQ(T##_adopt(&e, NONE, HAFT_OWNER_KERNEL), HAFT_E_INVALID);          \
        CHECK_EQ(T##_adopt(&e, NONE, HAFT_OWNER_BORROWED), HAFT_E_INVALID);        \
        CHECK_EQ(T##_close(NULL), HAFT_E_INVALID);                                 \
        CHECK_EQ(T##_close(&e), HAFT_OK);                                          \
        T##_end(NULL);                                                             \
        T##_end(&e);                                                               \
        RAW_IS(T, T##_raw(NULL), NONE);                                            \
        RAW_IS(T, T##_raw(&e), NONE);                                              \
        CHECK_EQ(T##_owner(NULL), HAFT_OWNER_NONE);                                \
        CHECK_EQ(T##_owner(&e), HAFT_OWNER_NONE);                                  \
        CHECK(!T##_valid(NULL) && !T##_valid(&e));                                 \
        RAW_IS(T, T##_release(NULL), NONE);                                        \
        RAW_IS(T, T##_release(&e), NONE);                                          \
        other = T##_move(NULL);                                                    \
        CHECK_EQ(other.hold.tag, 0);                                               \
        other = T##_move(&e);                                                      \
        CHECK_EQ(other.hold.tag, 0);                                               \
        other = T##_borrow(NULL);                                                  \
        CHECK_EQ(other.hold.tag, 0);                                               \
        other = T##_borrow(&e);                                                    \
        CHECK_EQ(other.hold.tag, 0);                                               \
        CHECK_EQ(T##_share(NULL, NULL), HAFT_E_INVALID);                           \
        CHECK_EQ(T##_share(&other, NULL), HAFT_E_INVALID);                         \
        CHECK_EQ(T##_share(NULL, &e), HAFT_E_INVALID);                             \
        CHECK_EQ(T##_share(&other, &e), HAFT_E_INVALID);                           \
        CHECK_EQ(T##_share(&e, &e), HAFT_E_INVALID);                               \
        CHECK_EQ(T##_transfer(NULL, HAFT_OWNER_KERNEL), HAFT_E_INVALID);           \
        CHECK_EQ(T##_transfer(&e, HAFT_OWNER_KERNEL), HAFT_E_INVALID);             \
        CHECK_EQ(T##_opens(NULL), 0);                                              \
        CHECK_EQ(T##_opens(&e), 0);                                                \
        CHECK(unit_errors_kept());                                                 \
        CHECK(e.hold.tag == 0 && other.hold.tag == 0);                             \
        no_harm(0);                                                                \
    } while (0)

#define MINUS_1 ((haft_handle_t)(intptr_t)-1)

NT_TEST(badinput, null_and_empty_in_every_class) {
    EMPTY(haft_handle, haft_handle_t, NULL);
    EMPTY(haft_file, haft_handle_t, MINUS_1);
    EMPTY(haft_key, haft_hkey_t, NULL);
    EMPTY(haft_event, haft_handle_t, NULL);
    EMPTY(haft_mutex, haft_handle_t, NULL);
    EMPTY(haft_semaphore, haft_handle_t, NULL);
    EMPTY(haft_timer, haft_handle_t, NULL);
    EMPTY(haft_thread, haft_handle_t, NULL);
    EMPTY(haft_process, haft_handle_t, NULL);
    EMPTY(haft_token, haft_handle_t, NULL);
    EMPTY(haft_mapping, haft_handle_t, NULL);
    EMPTY(haft_view, void *, NULL);
    EMPTY(haft_find, haft_handle_t, MINUS_1);
    EMPTY(haft_change, haft_handle_t, MINUS_1);
    EMPTY(haft_module, haft_hmodule_t, NULL);
    EMPTY(haft_pipe, haft_handle_t, MINUS_1);
    EMPTY(haft_mailslot, haft_handle_t, MINUS_1);
    EMPTY(haft_socket, haft_socket_t, ~(haft_socket_t)0);
    EMPTY(haft_service, haft_sc_handle_t, NULL);
    EMPTY(haft_eventlog, haft_handle_t, NULL);
    EMPTY(haft_ras, haft_hrasconn_t, NULL);
    EMPTY(haft_local, void *, NULL);
    EMPTY(haft_heap, haft_handle_t, NULL);
    EMPTY(unit_shop, shop *, NULL);
#if defined(HAFT_POSIX)
    EMPTY(haft_fd, int, -1);
    EMPTY(haft_stream, FILE *, NULL);
    EMPTY(haft_dir, DIR *, NULL);
#endif
}

NT_TEST(badinput, the_other_sentinel) {
    haft_event e = HAFT_INIT;
    haft_file f = HAFT_INIT;
    haft_find d = HAFT_INIT;
    start();
    CHECK_EQ(haft_event_adopt(&e, MINUS_1, HAFT_OWNER_USER), HAFT_E_INVALID);
    CHECK_EQ(haft_file_adopt(&f, NULL, HAFT_OWNER_USER), HAFT_E_INVALID);
    CHECK_EQ(haft_find_adopt(&d, NULL, HAFT_OWNER_USER), HAFT_E_INVALID);
    no_harm(0);
}

/* ---- stale copies: one finding a call, and errors kept ---- */

NT_TEST(badinput, stale_copies) {
    haft_event e = HAFT_INIT, to = HAFT_INIT;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    haft_event s = e, copy;
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    start();
    unit_mark_errors();
    CHECK(haft_event_raw(&s) == NULL);
    no_harm(1);
    CHECK(!haft_event_valid(&s));
    CHECK_EQ(haft_event_owner(&s), HAFT_OWNER_NONE);
    CHECK_EQ(haft_event_opens(&s), 0);
    no_harm(1);
    CHECK_EQ(haft_event_borrow(&s).hold.tag, 0);
    no_harm(2);
    CHECK_EQ(haft_event_share(&to, &s), HAFT_E_STALE);
    no_harm(3);
    CHECK_EQ(haft_event_transfer(&s, HAFT_OWNER_KERNEL), HAFT_E_STALE);
    no_harm(4);
    copy = s;
    CHECK(haft_event_release(&copy) == NULL);
    no_harm(5);
    copy = s;
    CHECK_EQ(haft_event_close(&copy), HAFT_E_STALE);
    CHECK_EQ(haft_event_close(&copy), HAFT_OK);
    no_harm(6);
    copy = s;
    haft_event_end(&copy);
    haft_event_end(&copy);
    no_harm(7);
    copy = haft_event_move(&s);
    CHECK_EQ(haft_event_close(&copy), HAFT_E_STALE);
    no_harm(8);
    CHECK(unit_errors_kept());
    CHECK_EQ(to.hold.tag, 0);
}

/* Findings at the default level: however often, the sink hears of each place once. */
NT_TEST(badinput, no_storm_of_findings) {
    haft_event e = HAFT_INIT;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    haft_event s = e;
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    unit_listen();
    unit_levels(HAFT_LEVEL_WARN_ONCE);
    unsigned before = unit_last.times;
    uint64_t found = haft_found(HAFT_FINDING_STALE);
    for (volatile int i = 0; i < 10000; i++) CHECK(haft_event_raw(&s) == NULL);
    CHECK(unit_last.times - before <= 1);
    CHECK_EQ(haft_found(HAFT_FINDING_STALE), found + 10000);
}

/* ---- wrappers that were cast, and wrappers full of rubbish ---- */

NT_TEST(badinput, foreign_wrappers) {
    haft_key k = HAFT_INIT;
    haft_event to = HAFT_INIT;
    haft_event *cast = (haft_event *)&k;
    CHECK_EQ(haft_key_create_a(&k, HKEY_LOCAL_MACHINE, "SOFTWARE\\Unit", 0, NULL, 0, KEY_READ, NULL, NULL), HAFT_OK);
    haft_key before = k;
    start();
    CHECK_EQ(haft_event_close(cast), HAFT_E_WRONG_CLASS);
    haft_event_end(cast);
    CHECK(haft_event_raw(cast) == NULL);
    CHECK_EQ(haft_event_owner(cast), HAFT_OWNER_NONE);
    CHECK(!haft_event_valid(cast));
    CHECK(haft_event_release(cast) == NULL);
    CHECK_EQ(haft_event_borrow(cast).hold.tag, 0);
    CHECK_EQ(haft_event_share(&to, cast), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_event_transfer(cast, HAFT_OWNER_KERNEL), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_event_opens(cast), 0);
    no_harm(7);
    CHECK(memcmp(&before, &k, sizeof k) == 0);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
}

NT_TEST(badinput, rubbish) {
    haft_event e = HAFT_INIT, w;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    start();
    for (unsigned byte = 1; byte < 256; byte++) {
        memset(&w, (int)byte, sizeof w);
        (void)haft_event_valid(&w);
        (void)haft_event_owner(&w);
        (void)haft_event_opens(&w);
        (void)haft_event_raw(&w);
        haft_event_end(&w);
        no_harm(all_findings() - at_start.findings);
    }
    for (unsigned bits = 1; bits < 4096; bits++) { /* every class and mode, with the raw value of a live handle */
        w = e;
        w.hold.tag = (w.hold.tag & ~UINT64_C(0xfff)) | bits;
        if (w.hold.tag == e.hold.tag) continue;
        (void)haft_event_raw(&w);
        (void)haft_event_opens(&w);
        haft_event_end(&w);
    }
    CHECK(haft__nt()->is_open(haft_event_raw(&e)));
    CHECK_EQ(haft_live(), at_start.live);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
}

/* ---- unknown enums ---- */

NT_TEST(badinput, unknown_enums) {
    haft_event e = HAFT_INIT;
    HANDLE raw = haft_model_CreateEventA(NULL, TRUE, FALSE, NULL);
    static const int odd[] = { -1, 6, 7, 8, 99, 0x7fffffff };
    for (size_t i = 0; i < HAFT__COUNT(odd); i++) {
        CHECK_EQ(haft_event_adopt(&e, raw, (haft_owner)odd[i]), HAFT_E_INVALID);
        CHECK_STR(haft_owner_name((haft_owner)odd[i]), "?");
    }
    CHECK_EQ(haft_event_adopt(&e, raw, HAFT_OWNER_USER), HAFT_OK);
    for (size_t i = 0; i < HAFT__COUNT(odd); i++) CHECK_EQ(haft_event_transfer(&e, (haft_owner)odd[i]), HAFT_E_INVALID);
    CHECK_EQ(haft_event_owner(&e), HAFT_OWNER_USER);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    CHECK(!haft_quirk_active((haft_quirk)-1));
    CHECK(!haft_quirk_active((haft_quirk)5));
    CHECK_EQ(haft_quirk_set((haft_quirk)5, HAFT_QUIRK_ON), HAFT_E_INVALID);
    haft_model_boot((haft_model_version)99);
    haft_model_boot((haft_model_version)-1);
    haft_model_map_drive('\0');
    haft_model_map_drive('1');
    CHECK_EQ(haft_model_key_count(NULL), 0);
    CHECK_EQ(haft_model_key_count("no such root"), 0);
    haft_report_text(NULL);
    haft_sink_set(NULL, NULL);
}

/* ---- constructors ---- */

#define NO_RET(call) CHECK_EQ(call, HAFT_E_INVALID)
NT_TEST(badinput, constructors_without_a_wrapper) {
    start();
    NO_RET(haft_file_create_a(NULL, "C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    NO_RET(haft_file_create_w(NULL, L"C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    NO_RET(haft_key_open_a(NULL, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ));
    NO_RET(haft_key_open_w(NULL, HKEY_LOCAL_MACHINE, L"SOFTWARE", 0, KEY_READ));
    NO_RET(haft_key_create_a(NULL, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, NULL, 0, KEY_READ, NULL, NULL));
    NO_RET(haft_key_create_w(NULL, HKEY_LOCAL_MACHINE, L"SOFTWARE", 0, NULL, 0, KEY_READ, NULL, NULL));
    NO_RET(haft_key_connect_a(NULL, NULL, HKEY_LOCAL_MACHINE));
    NO_RET(haft_key_connect_w(NULL, NULL, HKEY_LOCAL_MACHINE));
    NO_RET(haft_key_open_current_user(NULL, KEY_READ));
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
    NO_RET(haft_thread_create(NULL, NULL, 0, NULL, NULL, 0, NULL));
    NO_RET(haft_thread_create_remote(NULL, UNIT_SELF, NULL, 0, NULL, NULL, 0, NULL));
    NO_RET(haft_thread_open(NULL, THREAD_ALL_ACCESS, FALSE, 1));
    NO_RET(haft_process_open(NULL, PROCESS_ALL_ACCESS, FALSE, 1));
    NO_RET(haft_token_open_process(NULL, UNIT_SELF, TOKEN_QUERY));
    NO_RET(haft_token_open_thread(NULL, UNIT_NULL, TOKEN_QUERY, FALSE));
    NO_RET(haft_mapping_create_a(NULL, MINUS_1, NULL, PAGE_READWRITE, 0, 1, NULL));
    NO_RET(haft_mapping_create_w(NULL, MINUS_1, NULL, PAGE_READWRITE, 0, 1, NULL));
    NO_RET(haft_mapping_open_a(NULL, FILE_MAP_READ, FALSE, "x"));
    NO_RET(haft_mapping_open_w(NULL, FILE_MAP_READ, FALSE, L"x"));
    NO_RET(haft_view_map(NULL, UNIT_NULL, FILE_MAP_READ, 0, 0, 0));
    NO_RET(haft_find_first_a(NULL, "C:\\*", NULL));
    NO_RET(haft_find_first_w(NULL, L"C:\\*", NULL));
    NO_RET(haft_change_first_a(NULL, "C:\\", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME));
    NO_RET(haft_change_first_w(NULL, L"C:\\", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME));
    NO_RET(haft_module_load_a(NULL, "version"));
    NO_RET(haft_module_load_w(NULL, L"version"));
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
    NO_RET(haft_local_alloc(NULL, LPTR, 1));
    NO_RET(haft_heap_create(NULL, 0, 0, 0));
#if defined(HAFT_POSIX)
    haft_fd f = HAFT_INIT;
    haft_stream s = HAFT_INIT;
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
#endif
    no_harm(0);
}

/* Whatever the API makes of it, the wrapper is empty and nothing is open. The limits are on, so that every name is looked at. */
#define REFUSED(T, call)                                        \
    do {                                                        \
        T h = HAFT_INIT;                                        \
        haft_status status = call;                              \
        CHECK(status == HAFT_E_OS || status == HAFT_E_UNSUPPORTED); \
        CHECK_EQ(h.hold.tag, 0);                                \
        no_harm(0);                                             \
    } while (0)
NT_TEST(badinput, constructors_with_nothing_to_open) {
    static const int named[] = { HAFT_CLASS_FILE, HAFT_CLASS_EVENT, HAFT_CLASS_MUTEX, HAFT_CLASS_SEMAPHORE, HAFT_CLASS_TIMER,
                                 HAFT_CLASS_MAPPING };
    for (size_t i = 0; i < HAFT__COUNT(named); i++) CHECK_EQ(haft_limit_set((haft_class_id)named[i], 5), HAFT_OK);
    start();
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
    REFUSED(haft_mapping, haft_mapping_create_a(&h, MINUS_1, NULL, PAGE_READWRITE, 0, 0, NULL));
    REFUSED(haft_view, haft_view_map(&h, NULL, 0, 0, 0, 0));
    REFUSED(haft_change, haft_change_first_a(&h, NULL, FALSE, 0));
    REFUSED(haft_module, haft_module_load_a(&h, NULL));
    REFUSED(haft_module, haft_module_load_w(&h, L"no such module"));
    REFUSED(haft_pipe, haft_pipe_create_named_a(&h, NULL, 0, 0, 0, 0, 0, 0, NULL));
    REFUSED(haft_mailslot, haft_mailslot_create_a(&h, NULL, 0, 0, NULL));
    REFUSED(haft_ras, haft_ras_dial_a(&h, NULL, NULL, NULL, 0, NULL));
    REFUSED(haft_ras, haft_ras_dial_w(&h, NULL, NULL, NULL, 0, NULL));
    CHECK_EQ(haft_kernel_protect(NULL, true), HAFT_E_NOT_OWNER);
    CHECK_EQ(haft_kernel_protect(MINUS_1, true), HAFT_E_NOT_OWNER);
    no_harm(0);
    for (size_t i = 0; i < HAFT__COUNT(named); i++) CHECK_EQ(haft_limit_set((haft_class_id)named[i], 0), HAFT_OK);
}

/* A name as long as the system takes, and one that is longer. */
NT_TEST(badinput, very_long_names) {
    static char a[70000];
    static wchar_t w[70000];
    memset(a, 'x', sizeof a - 1);
    for (size_t i = 0; i < HAFT__COUNT(w) - 1; i++) w[i] = 0x20ac;
    start();
    REFUSED(haft_key, haft_key_open_a(&h, HKEY_LOCAL_MACHINE, a, 0, KEY_READ));
    REFUSED(haft_key, haft_key_open_w(&h, HKEY_LOCAL_MACHINE, w, 0, KEY_READ));
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FILE, 5), HAFT_OK);
    REFUSED(haft_file, haft_file_create_a(&h, a, 0, 0, NULL, OPEN_EXISTING, 0, NULL));
    REFUSED(haft_file, haft_file_create_w(&h, w, 0, 0, NULL, OPEN_EXISTING, 0, NULL));
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FILE, 0), HAFT_OK);
}
