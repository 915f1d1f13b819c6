/* test_construct.c: constructors that give two handles, that have no memory, that call what the system made of nothing. */
#include "unit_nt.h"

#include "core/ledger.h"

#define LONG_NAME 400

static char command[] = "child.exe";
static HANDLE new_event(void) { return haft_model_CreateEventA(NULL, TRUE, FALSE, NULL); }

/* ---- processes: the model starts none, so events stand for the two handles ---- */

static BOOL starts = TRUE;
static HANDLE made_process, made_thread;

static BOOL start(PROCESS_INFORMATION *ret) {
    if (!starts) return haft_model_SetLastError(ERROR_FILE_NOT_FOUND), FALSE;
    ret->hProcess = made_process = new_event();
    ret->hThread = made_thread = new_event();
    ret->dwProcessId = 11;
    ret->dwThreadId = 12;
    return TRUE;
}
static BOOL WINAPI start_a(LPCSTR application, LPSTR line, LPSECURITY_ATTRIBUTES p, LPSECURITY_ATTRIBUTES t, BOOL inherit,
                           DWORD flags, LPVOID environment, LPCSTR directory, LPSTARTUPINFOA startup, LPPROCESS_INFORMATION ret) {
    (void)application, (void)line, (void)p, (void)t, (void)inherit, (void)flags, (void)environment, (void)directory, (void)startup;
    return start(ret);
}
static BOOL WINAPI start_w(LPCWSTR application, LPWSTR line, LPSECURITY_ATTRIBUTES p, LPSECURITY_ATTRIBUTES t, BOOL inherit,
                           DWORD flags, LPVOID environment, LPCWSTR directory, LPSTARTUPINFOW startup, LPPROCESS_INFORMATION ret) {
    (void)application, (void)line, (void)p, (void)t, (void)inherit, (void)flags, (void)environment, (void)directory, (void)startup;
    return start(ret);
}

static void use_processes(void) {
    haft__nt_port *port = unit_port();
    port->CreateProcessA = start_a;
    port->CreateProcessW = start_w;
    starts = TRUE;
}

/* One site, however a loop is unrolled. */
static HAFT__COLD haft_status create(haft_process *p, haft_thread *t, haft_dword *process_id, haft_dword *thread_id) {
    haft_status status = haft_process_create_a(p, t, NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, NULL, process_id, thread_id);
    CHECK(status == HAFT_OK || !p || !p->hold.tag); /* the call is not the last thing done, so it returns here */
    return status;
}

static void both_are_held(haft_process *p, haft_thread *t) {
    CHECK_EQ(haft_live(), 2);
    CHECK(haft_process_raw(p) == made_process && haft_thread_raw(t) == made_thread);
    CHECK_EQ(haft_thread_close(t), HAFT_OK);
    CHECK_EQ(haft_process_close(p), HAFT_OK);
    CHECK_EQ(haft_live(), 0);
}

NT_TEST(construct, a_process_and_its_thread) {
    haft_process p = HAFT_INIT;
    haft_thread t = HAFT_INIT;
    haft_dword process_id = 0, thread_id = 0;
    wchar_t wide[] = L"child.exe";
    use_processes();
    CHECK_EQ(create(&p, &t, &process_id, &thread_id), HAFT_OK);
    CHECK(process_id == 11 && thread_id == 12);
    both_are_held(&p, &t);
    CHECK_EQ(haft_process_create_w(&p, &t, NULL, wide, NULL, NULL, FALSE, 0, NULL, NULL, NULL, NULL, NULL), HAFT_OK);
    both_are_held(&p, &t);
}

NT_TEST(construct, a_thread_that_nobody_wants_is_closed) {
    haft_process p = HAFT_INIT;
    size_t before = haft_model_handles();
    use_processes();
    CHECK_EQ(create(&p, NULL, NULL, NULL), HAFT_OK);
    CHECK_EQ(haft_model_handles(), before + 1);
    CHECK(haft_process_raw(&p) == made_process);
    CHECK_EQ(haft_process_close(&p), HAFT_OK);
}

NT_TEST_ON(construct, a_process_where_threads_are_guarded, HAFT_NT4_SP0) {
    haft_process p = HAFT_INIT;
    haft_thread t = HAFT_INIT;
    use_processes();
    CHECK(haft_quirk_active(HAFT_Q246691));
    CHECK_EQ(create(&p, &t, NULL, NULL), HAFT_OK);
    both_are_held(&p, &t);
}

NT_TEST(construct, a_process_that_does_not_start) {
    haft_process p = HAFT_INIT;
    haft_thread t = HAFT_INIT;
    haft_dword process_id = 7;
    use_processes();
    starts = FALSE;
    CHECK_EQ(create(&p, &t, &process_id, NULL), HAFT_E_OS);
    CHECK_EQ(haft__nt()->last_error(), ERROR_FILE_NOT_FOUND);
    CHECK(process_id == 7 && p.hold.tag == 0 && t.hold.tag == 0);
    wchar_t wide[] = L"child.exe";
    CHECK_EQ(haft_process_create_w(NULL, &t, NULL, wide, NULL, NULL, FALSE, 0, NULL, NULL, NULL, NULL, NULL), HAFT_E_INVALID);
    CHECK_EQ(create(NULL, &t, NULL, NULL), HAFT_E_INVALID);
}

/* The second handle's bound refuses: the first no longer counts, and nothing is started. */
NT_TEST(construct, inv5_a_pair_is_refused_as_one) {
    haft_process p[3] = { HAFT_INIT, HAFT_INIT, HAFT_INIT };
    haft_thread t[3] = { HAFT_INIT, HAFT_INIT, HAFT_INIT };
    haft_status status[3];
    use_processes();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_THREAD, 1), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_PROCESS, 2), HAFT_OK);
    for (int i = 0; i < 3; i++) {
        if (i == 2) CHECK_EQ(haft_thread_close(&t[0]), HAFT_OK);
        status[i] = create(&p[i], &t[i], NULL, NULL);
    }
    CHECK_EQ(status[0], HAFT_OK);
    CHECK_EQ(status[1], HAFT_E_LIMIT);
    CHECK_EQ(status[2], HAFT_OK); /* a process was still to be had */
    for (int i = 0; i < 3; i++) haft_process_end(&p[i]), haft_thread_end(&t[i]);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_THREAD, 0), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_PROCESS, 0), HAFT_OK);
}

/* Either of the two cannot be tracked: its value has been reopened too often. Both are closed. */
NT_TEST(construct, inv5_a_pair_of_which_one_cannot_be_tracked) {
    haft_process p = HAFT_INIT;
    haft_thread t = HAFT_INIT;
    size_t before = haft_model_handles();
    use_processes();
    CHECK_EQ(create(&p, &t, NULL, NULL), HAFT_OK);
    HANDLE next[2] = { made_process, made_thread }; /* the lowest free values: those of the next pair, too */
    both_are_held(&p, &t);
    for (int i = 0; i < 2; i++) {
        haft__place place = haft__place_of(&unit_event, HAFT_CLASS_EVENT, (uint64_t)(uintptr_t)next[i]);
        haft__entry *e = haft__pin(place, true);
        REQUIRE(e != NULL);
        uint64_t kept = haft__load64(&e->word);
        haft__store64(&e->word, HAFT__GENERATION_MASK);
        CHECK_EQ(create(&p, &t, NULL, NULL), HAFT_E_LIMIT);
        CHECK(made_process == next[0] && made_thread == next[1]);
        CHECK(p.hold.tag == 0 && t.hold.tag == 0);
        CHECK_EQ(haft_model_handles(), before);
        haft__store64(&e->word, kept);
        haft__unpin(place, e);
    }
}

/* ---- names ---- */

NT_TEST(construct, inv6_no_memory_for_a_name) {
    static char name[LONG_NAME + 1];
    haft_event e = HAFT_INIT;
    memset(name, 'n', LONG_NAME);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 5), HAFT_OK);
    unit_alloc_fail(1, true);
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, name), HAFT_E_NOMEM);
    unit_alloc_end();
    CHECK_EQ(e.hold.tag, 0);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

/* ---- what the model lacks ---- */

NT_TEST(construct, what_nt_4_does_not_have) {
    haft_job j = HAFT_INIT;
    haft_iocp i = HAFT_INIT;
    haft_snapshot s = HAFT_INIT;
    haft_console c = HAFT_INIT;
    haft_wsaevent w = HAFT_INIT;
    CHECK_EQ(haft_job_create_a(&j, NULL, "x"), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_job_create_w(&j, NULL, L"x"), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_job_open_a(&j, 0, FALSE, "x"), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_job_open_w(&j, 0, FALSE, L"x"), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_iocp_create(&i, 0), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_snapshot_create(&s, 0, 0), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_console_create(&c, GENERIC_READ, 0, NULL, 1), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_wsaevent_create(&w), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft_job_create_a(NULL, NULL, "x"), HAFT_E_INVALID);
    CHECK_EQ(haft_job_create_w(NULL, NULL, L"x"), HAFT_E_INVALID);
    CHECK_EQ(haft_job_open_a(NULL, 0, FALSE, "x"), HAFT_E_INVALID);
    CHECK_EQ(haft_job_open_w(NULL, 0, FALSE, L"x"), HAFT_E_INVALID);
    CHECK_EQ(haft_iocp_create(NULL, 0), HAFT_E_INVALID);
    CHECK_EQ(haft_snapshot_create(NULL, 0, 0), HAFT_E_INVALID);
    CHECK_EQ(haft_console_create(NULL, GENERIC_READ, 0, NULL, 1), HAFT_E_INVALID);
    CHECK_EQ(haft_wsaevent_create(NULL), HAFT_E_INVALID);
    CHECK(!j.hold.tag && !i.hold.tag && !s.hold.tag && !c.hold.tag && !w.hold.tag);
}

/* ---- what another system answers ---- */

static BOOL WINAPI give_token(HANDLE thread, DWORD access, BOOL as_self, PHANDLE ret) {
    (void)thread, (void)access, (void)as_self;
    return haft__port_model.OpenProcessToken(UNIT_SELF, TOKEN_QUERY, ret);
}

NT_TEST(construct, a_thread_that_impersonates) {
    haft_token t = HAFT_INIT;
    unit_port()->OpenThreadToken = give_token;
    CHECK_EQ(haft_token_open_thread(&t, (HANDLE)(intptr_t)-2, TOKEN_QUERY, TRUE), HAFT_OK);
    CHECK(haft_token_valid(&t));
    CHECK_EQ(haft_token_close(&t), HAFT_OK);
}

static DWORD WINAPI no_dial(LPRASDIALEXTENSIONS extensions, LPCSTR book, LPRASDIALPARAMSA p, DWORD type, LPVOID notifier,
                            LPHRASCONN ret) {
    (void)extensions, (void)book, (void)p, (void)type, (void)notifier, (void)ret;
    return ERROR_CALL_NOT_IMPLEMENTED;
}

NT_TEST(construct, no_remote_access_at_all) {
    RASDIALPARAMSA params;
    haft_ras r = HAFT_INIT;
    memset(&params, 0, sizeof params);
    params.dwSize = sizeof params;
    unit_port()->RasDialA = no_dial;
    CHECK_EQ(haft_ras_dial_a(&r, NULL, NULL, &params, 0, NULL), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft__nt()->last_error(), ERROR_CALL_NOT_IMPLEMENTED);
    CHECK_EQ(r.hold.tag, 0);
}

static uint32_t protect_answer;
static uint32_t cannot_protect(HANDLE handle, bool on) { return (void)handle, (void)on, protect_answer; }

NT_TEST(construct, protection_is_for_kernel_handles_and_may_fail) {
    haft_event mine = HAFT_INIT, kernels = HAFT_INIT;
    unit_port()->protect = cannot_protect;
    CHECK_EQ(haft_event_create_a(&mine, NULL, TRUE, FALSE, NULL), HAFT_OK);
    CHECK_EQ(haft_kernel_protect(haft_event_raw(&mine), true), HAFT_E_NOT_OWNER);
    CHECK_EQ(haft_event_close(&mine), HAFT_OK);
    HANDLE raw = new_event();
    CHECK_EQ(haft_kernel_protect(raw, true), HAFT_E_NOT_OWNER); /* nobody's */
    CHECK_EQ(haft_event_adopt(&kernels, raw, HAFT_OWNER_KERNEL), HAFT_OK);
    protect_answer = ERROR_INVALID_HANDLE;
    CHECK_EQ(haft_kernel_protect(raw, true), HAFT_E_OS);
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE);
    protect_answer = ERROR_CALL_NOT_IMPLEMENTED;
    CHECK_EQ(haft_kernel_protect(raw, true), HAFT_E_UNSUPPORTED);
    protect_answer = 0;
    CHECK_EQ(haft_kernel_protect(raw, true), HAFT_OK);
    CHECK(haft_event_release(&kernels) == raw);
    CHECK(haft_model_CloseHandle(raw));
}

NT_TEST(construct, what_stands_for_something_is_pseudo_in_any_class) {
    haft_handle h = HAFT_INIT;
    for (intptr_t value = -6; value <= -2; value++) {
        if (value == -3) continue; /* means nothing */
        CHECK_EQ(haft_handle_adopt(&h, (HANDLE)value, HAFT_OWNER_USER), HAFT_OK);
        CHECK_EQ(haft_handle_owner(&h), HAFT_OWNER_PSEUDO);
    }
    HANDLE raw = new_event();
    CHECK_EQ(haft_handle_adopt(&h, raw, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_handle_owner(&h), HAFT_OWNER_USER);
    CHECK_EQ(haft_handle_close(&h), HAFT_OK);
}
