/* test_failcall.c: for every N, the Nth call into the system, or Haft's Nth question to it, or the Nth allocation fails: once,
 * and from then on. After each the system's own count of handles is where it was but for those whose close failed, Haft tracks
 * nothing, and the status says what happened. Each constructor that the model can serve is in one of the scenarios. */
#include "unit_nt.h"

#include "fault/failing.h"

/* ---- scenarios: each opens what it can, uses it, and closes all of it; the answer is the first status that is not good ---- */

typedef haft_status scenario(void);

#define TRY(call) (status = status == HAFT_OK ? (call) : status)

/* Opens h, and closes it. */
#define OPENS(T, CALL)     \
    do {                   \
        T h = HAFT_INIT;   \
        TRY(CALL);         \
        T##_end(&h);       \
    } while (0)

static haft_status keys(void) {
    haft_key software = HAFT_INIT, extra = HAFT_INIT, again = HAFT_INIT, shared = HAFT_INIT;
    haft_status status = HAFT_OK;
    TRY(haft_key_open_a(&software, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ));
    TRY(haft_key_create_a(&extra, haft_key_raw(&software), "Extra", 0, NULL, 0, KEY_READ, NULL, NULL));
    TRY(haft_key_open_a(&again, HKEY_LOCAL_MACHINE, "Software\\Extra", 0, KEY_READ));
    TRY(haft_key_share(&shared, &again));
    haft_key_end(&again);
    haft_key_end(&shared);
    haft_key_end(&extra);
    haft_key_end(&software);
    OPENS(haft_key, haft_key_open_w(&h, HKEY_LOCAL_MACHINE, L"SOFTWARE", 0, KEY_READ));
    OPENS(haft_key, haft_key_create_w(&h, HKEY_LOCAL_MACHINE, L"SOFTWARE\\More", 0, NULL, 0, KEY_READ, NULL, NULL));
    OPENS(haft_key, haft_key_connect_a(&h, "\\\\OTHER", HKEY_LOCAL_MACHINE));
    OPENS(haft_key, haft_key_connect_w(&h, L"\\\\OTHER", HKEY_LOCAL_MACHINE));
    return status;
}

static haft_status files(void) {
    WIN32_FIND_DATAA a;
    WIN32_FIND_DATAW w;
    haft_pipe in = HAFT_INIT, out = HAFT_INIT;
    haft_status status = HAFT_OK;
    OPENS(haft_file, haft_file_create_a(&h, "C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    OPENS(haft_file, haft_file_create_w(&h, L"C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    OPENS(haft_find, haft_find_first_a(&h, "C:\\*", &a));
    OPENS(haft_find, haft_find_first_w(&h, L"C:\\*", &w));
    OPENS(haft_change, haft_change_first_a(&h, "C:\\", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME));
    OPENS(haft_change, haft_change_first_w(&h, L"C:\\", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME));
    OPENS(haft_pipe, haft_pipe_create_named_a(&h, "\\\\.\\pipe\\unit", PIPE_ACCESS_DUPLEX, 0, 1, 64, 64, 0, NULL));
    OPENS(haft_pipe, haft_pipe_create_named_w(&h, L"\\\\.\\pipe\\unit", PIPE_ACCESS_DUPLEX, 0, 1, 64, 64, 0, NULL));
    OPENS(haft_mailslot, haft_mailslot_create_a(&h, "\\\\.\\mailslot\\unit", 0, 0, NULL));
    OPENS(haft_mailslot, haft_mailslot_create_w(&h, L"\\\\.\\mailslot\\unit", 0, 0, NULL));
    TRY(haft_pipe_create(&in, &out, NULL, 0));
    if (status != HAFT_OK) CHECK(in.hold.tag == 0 && out.hold.tag == 0);
    haft_pipe_end(&in);
    haft_pipe_end(&out);
    return status;
}

/* Made by one name, opened by it in both forms, and duplicated. */
#define NAMED(T, ALL_ACCESS, CREATE_A, CREATE_W)                                                \
    do {                                                                                        \
        T made = HAFT_INIT, copy = HAFT_INIT;                                                   \
        TRY(CREATE_A);                                                                          \
        OPENS(T, CREATE_W);                                                                     \
        OPENS(T, T##_open_a(&h, ALL_ACCESS, FALSE, "unit"));                                    \
        OPENS(T, T##_open_w(&h, ALL_ACCESS, FALSE, L"unit"));                                   \
        if (status == HAFT_OK) TRY(T##_duplicate(&copy, &made, 0, FALSE, DUPLICATE_SAME_ACCESS)); \
        T##_end(&copy);                                                                         \
        T##_end(&made);                                                                         \
    } while (0)

static haft_status objects(void) {
    haft_status status = HAFT_OK;
    NAMED(haft_event, EVENT_ALL_ACCESS, haft_event_create_a(&made, NULL, TRUE, FALSE, "unit"),
          haft_event_create_w(&h, NULL, TRUE, FALSE, L"unit"));
    NAMED(haft_mutex, MUTEX_ALL_ACCESS, haft_mutex_create_a(&made, NULL, FALSE, "unit"),
          haft_mutex_create_w(&h, NULL, FALSE, L"unit"));
    NAMED(haft_semaphore, SEMAPHORE_ALL_ACCESS, haft_semaphore_create_a(&made, NULL, 0, 1, "unit"),
          haft_semaphore_create_w(&h, NULL, 0, 1, L"unit"));
    NAMED(haft_timer, TIMER_ALL_ACCESS, haft_timer_create_a(&made, NULL, TRUE, "unit"),
          haft_timer_create_w(&h, NULL, TRUE, L"unit"));
    OPENS(haft_event, haft_event_create_a(&h, NULL, TRUE, FALSE, NULL));
    return status;
}

static haft_status modules(void) {
    haft_module a = HAFT_INIT, b = HAFT_INIT, c = HAFT_INIT;
    haft_status status = HAFT_OK;
    TRY(haft_module_load_a(&a, "version"));
    TRY(haft_module_load_w(&b, L"version"));
    TRY(haft_module_share(&c, &a));
    haft_module_end(&a);
    haft_module_end(&b);
    haft_module_end(&c);
    return status;
}

static haft_status memory(void) {
    haft_mapping m = HAFT_INIT;
    HANDLE none = INVALID_HANDLE_VALUE;
    haft_status status = HAFT_OK;
    TRY(haft_mapping_create_a(&m, none, NULL, PAGE_READWRITE, 0, 4096, "unit"));
    OPENS(haft_mapping, haft_mapping_create_w(&h, none, NULL, PAGE_READWRITE, 0, 4096, L"unit"));
    OPENS(haft_mapping, haft_mapping_open_a(&h, FILE_MAP_READ, FALSE, "unit"));
    OPENS(haft_mapping, haft_mapping_open_w(&h, FILE_MAP_READ, FALSE, L"unit"));
    if (status == HAFT_OK) OPENS(haft_view, haft_view_map(&h, haft_mapping_raw(&m), FILE_MAP_READ, 0, 0, 0));
    OPENS(haft_local, haft_local_alloc(&h, LPTR, 8));
    OPENS(haft_heap, haft_heap_create(&h, 0, 0, 0));
    haft_mapping_end(&m);
    return status;
}

static DWORD WINAPI thread_body(LPVOID argument) { return (DWORD)(uintptr_t)argument; }

static haft_status tasks(void) {
    haft_dword id = 0;
    haft_thread t = HAFT_INIT;
    haft_status status = HAFT_OK;
    TRY(haft_thread_create(&t, NULL, 0, thread_body, NULL, CREATE_SUSPENDED, &id));
    OPENS(haft_thread, haft_thread_create_remote(&h, UNIT_SELF, NULL, 0, thread_body, NULL, CREATE_SUSPENDED, NULL));
    OPENS(haft_process, haft_process_open(&h, PROCESS_ALL_ACCESS, FALSE, haft_model_other_process()));
    OPENS(haft_token, haft_token_open_process(&h, UNIT_SELF, TOKEN_QUERY));
    haft_thread_end(&t);
    return status;
}

static haft_status calls_out(void) {
    haft_token t = HAFT_INIT;
    haft_ras c = HAFT_INIT;
    RASDIALPARAMSA params;
    haft_status status = HAFT_OK;
    memset(&params, 0, sizeof params);
    params.dwSize = sizeof params;
    params.szEntryName[0] = 'x';
    TRY(haft_token_open_process(&t, UNIT_SELF, TOKEN_QUERY));
    TRY(haft_ras_dial_a(&c, NULL, NULL, &params, 0, NULL));
    haft_ras_end(&c);
    haft_token_end(&t);
    return status;
}

/* With bounds, so that names and identities are asked for and take their memory too. */
static haft_status bounded(scenario *of) {
    static const haft_class_id all[] = { HAFT_CLASS_EVENT, HAFT_CLASS_FILE, HAFT_CLASS_PIPE, HAFT_CLASS_MODULE, HAFT_CLASS_MUTEX };
    for (size_t i = 0; i < HAFT__COUNT(all); i++) CHECK_EQ(haft_limit_set(all[i], 9), HAFT_OK);
    haft_status status = of();
    for (size_t i = 0; i < HAFT__COUNT(all); i++) CHECK_EQ(haft_limit_set(all[i], 0), HAFT_OK);
    return status;
}
static haft_status bounded_objects(void) { return bounded(objects); }
static haft_status bounded_files(void) { return bounded(files); }
static haft_status bounded_modules(void) { return bounded(modules); }

/* ---- every N ---- */

enum { TOO_MANY = 1000 };

static void judge(haft_status status, size_t before, uint64_t refused) {
    CHECK(status == HAFT_OK || status == HAFT_E_OS);
    CHECK(haft_model_handles() - before <= haft_found(HAFT_FINDING_CLOSE_FAILED) - refused);
    CHECK_EQ(haft_live(), 0);
}

static void each(scenario *of, failing_kind kind, bool on) {
    haft_status status;
    unsigned n = 0, calls;
    do {
        haft_model_boot(HAFT_NT4_FIXED);
        size_t before = haft_model_handles();
        uint64_t refused = haft_found(HAFT_FINDING_CLOSE_FAILED);
        failing_begin(kind, ++n, on);
        status = of();
        calls = failing_end();
        judge(status, before, refused);
        if (kind == FAILING_QUESTIONS) CHECK_EQ(status, HAFT_OK); /* one that is not answered does no harm */
    } while (calls >= n && n < TOO_MANY);
    CHECK(n < TOO_MANY);
    CHECK_EQ(status, HAFT_OK);
    haft_model_boot(HAFT_NT4_FIXED);
}

static void each_allocation(scenario *of, bool on) {
    size_t before = haft_model_handles();
    haft_status status = HAFT_E_NOMEM;
    unsigned n = 0, allocations;
    do {
        uint64_t refused = haft_found(HAFT_FINDING_CLOSE_FAILED);
        unit_alloc_fail(++n, on);
        status = of();
        allocations = unit_alloc_end();
        if (status != HAFT_E_NOMEM) judge(status, before, refused); /* HAFT_E_OS: the model's own memory */
        CHECK_EQ(haft_model_handles(), before);
        CHECK_EQ(haft_live(), 0);
    } while (allocations >= n && n < TOO_MANY);
    CHECK(n > 1 && n < TOO_MANY);
    CHECK_EQ(status, HAFT_OK);
    CHECK_EQ(of(), HAFT_OK);
}

#define EACH(of)                                                                            \
    NT_TEST(failcall, of##_each_call) { each(of, FAILING_CALLS, false); }                   \
    NT_TEST(failcall, of##_all_calls_from_each_on) { each(of, FAILING_CALLS, true); }       \
    NT_TEST(failcall, of##_each_question) { each(of, FAILING_QUESTIONS, false); }           \
    NT_TEST(failcall, of##_all_questions_from_each_on) { each(of, FAILING_QUESTIONS, true); } \
    NT_TEST(failcall, inv6_##of##_each_allocation) { each_allocation(of, false); }          \
    NT_TEST(failcall, inv6_##of##_all_allocations_from_each_on) { each_allocation(of, true); }
EACH(keys)
EACH(files)
EACH(objects)
EACH(modules)
EACH(memory)
EACH(tasks)
EACH(calls_out)
EACH(bounded_objects)
EACH(bounded_files)
EACH(bounded_modules)

/* ---- recovery ---- */

static bool cannot_tell(HANDLE token) { return (void)token, false; }

/* Recovery needs its questions answered; here they are not, so what the dial left may stay. */
TEST(failcall, inv7_a_recovery_that_cannot_ask_leaves_it) {
    for (unsigned n = 1; n <= 3; n++) {
        haft_model_boot(HAFT_NT4_SP3);
        size_t before = haft_model_handles();
        uint64_t unproved = haft_found(HAFT_FINDING_UNPROVED);
        if (n == 3) unit_port()->token_is_own = cannot_tell;
        else failing_begin(FAILING_QUESTIONS, n, false); /* for the handles before the dial, and after it */
        CHECK_EQ(calls_out(), HAFT_OK);
        if (n != 3) failing_end();
        CHECK_EQ(haft_model_handles() - before, 1);
        CHECK_EQ(haft_found(HAFT_FINDING_UNPROVED) - unproved, n == 3 ? 0 : 1);
        CHECK_EQ(haft_live(), 0);
    }
    haft_model_boot(HAFT_NT4_FIXED);
    haft__nt_use(NULL);
}

/* Of the token that the dial left it can no longer be told whose it is when the connection ends. */
TEST(failcall, inv7_a_token_that_is_perhaps_anothers_by_now_stays) {
    haft_ras c = HAFT_INIT;
    RASDIALPARAMSA params;
    memset(&params, 0, sizeof params);
    params.dwSize = sizeof params;
    params.szEntryName[0] = 'x';
    haft_model_boot(HAFT_NT4_SP3);
    size_t before = haft_model_handles();
    uint64_t unproved = haft_found(HAFT_FINDING_UNPROVED);
    CHECK_EQ(haft_ras_dial_a(&c, NULL, NULL, &params, 0, NULL), HAFT_OK);
    CHECK_EQ(haft_found(HAFT_FINDING_UNPROVED), unproved);
    unit_port()->token_is_own = cannot_tell;
    CHECK_EQ(haft_ras_close(&c), HAFT_OK);
    CHECK_EQ(haft_model_handles() - before, 1);
    CHECK_EQ(haft_found(HAFT_FINDING_UNPROVED), unproved + 1);
    CHECK_EQ(haft_live(), 0);
    haft_model_boot(HAFT_NT4_FIXED);
    haft__nt_use(NULL);
}
