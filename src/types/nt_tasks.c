/* nt_tasks.c: constructors of threads, processes, tokens, services and event logs. */
#include "types/guard.h"
#include "types/nt_construct.h"

/* As HAFT__CONSTRUCT, with the gate held while a recovery could take the new handle for a leaked one. */
#define GATED_CONSTRUCT(name, QUIRK, CALL)                                                                         \
    haft__opening o;                                                                                               \
    const void *at = HAFT__CALLER();                                                                               \
    haft_status status = haft__construct(&o, ret, &haft__class_##name, at, NULL, NULL, false);                      \
    if (status != HAFT_OK) return status;                                                                          \
    bool held = haft__guard_hold(QUIRK);                                                                           \
    status = haft__nt_constructed(&o, ret, CALL);                                                                  \
    haft__guard_let(held);                                                                                         \
    return status

haft_status haft_thread_create(haft_thread *ret, struct _SECURITY_ATTRIBUTES *security, size_t stack, haft_thread_start start,
                               void *argument, haft_dword flags, haft_dword *thread_id) {
    GATED_CONSTRUCT(thread, HAFT_Q246691, haft__nt()->CreateThread(security, stack, start, argument, flags, thread_id));
}

haft_status haft_thread_create_remote(haft_thread *ret, haft_handle_t process, struct _SECURITY_ATTRIBUTES *security,
                                      size_t stack, haft_thread_start start, void *argument, haft_dword flags,
                                      haft_dword *thread_id) {
    haft__thread_ask ask = { process, security, stack, start, argument, flags, thread_id };
    GATED_CONSTRUCT(thread, HAFT_Q246691, haft__guard_remote_thread(at, &ask, held));
}

haft_status haft_thread_open(haft_thread *ret, haft_dword access, haft_bool32 inherit, haft_dword thread_id) {
    GATED_CONSTRUCT(thread, HAFT_Q246691, haft__nt()->OpenThread(access, inherit, thread_id));
}

haft_status haft_process_open(haft_process *ret, haft_dword access, haft_bool32 inherit, haft_dword process_id) {
    HAFT__CONSTRUCT(process, NULL, NULL, false, OpenProcess(access, inherit, process_id));
}

/* ---- processes that are started: two handles ---- */

typedef struct starting {
    haft__pair pair;
    haft_thread unwanted; /* where the thread goes that the caller does not want to hold */
    PROCESS_INFORMATION made;
    haft_dword *process_id;
    haft_dword *thread_id;
    bool held;
} starting;

static haft_status start(starting *s, haft_process *ret, haft_thread *ret_thread, const void *at) {
    haft_thread nobody = HAFT_INIT;
    s->unwanted = nobody;
    s->made.hProcess = s->made.hThread = NULL;
    s->pair.ret[0] = ret;
    s->pair.ret[1] = ret_thread ? ret_thread : &s->unwanted;
    s->pair.at = at;
    haft_status status = haft__construct_pair(&s->pair, &haft__class_process, &haft__class_thread);
    s->held = status == HAFT_OK && haft__guard_hold(HAFT_Q246691);
    return status;
}

static haft_status started(starting *s, BOOL ok) {
    if (!ok) s->made.hProcess = s->made.hThread = NULL;
    haft_status status = haft__constructed_pair(&s->pair, HAFT__BITS(s->made.hProcess), HAFT__BITS(s->made.hThread));
    haft__guard_let(s->held);
    haft__end(&s->unwanted.hold, &haft__class_thread, s->pair.at);
    if (status != HAFT_OK) return haft__nt_status(status);
    if (s->process_id) *s->process_id = s->made.dwProcessId;
    if (s->thread_id) *s->thread_id = s->made.dwThreadId;
    return HAFT_OK;
}

#define START(CALL)                                                           \
    starting s = { .process_id = process_id, .thread_id = thread_id };        \
    haft_status status = start(&s, ret, ret_thread, HAFT__CALLER());          \
    if (status != HAFT_OK) return status;                                     \
    return started(&s, haft__nt()->CALL)

haft_status haft_process_create_a(haft_process *ret, haft_thread *ret_thread, const char *application, char *command_line,
                                  struct _SECURITY_ATTRIBUTES *process_security, struct _SECURITY_ATTRIBUTES *thread_security,
                                  haft_bool32 inherit, haft_dword flags, void *environment, const char *directory,
                                  struct _STARTUPINFOA *startup, haft_dword *process_id, haft_dword *thread_id) {
    START(CreateProcessA(application, command_line, process_security, thread_security, inherit, flags, environment, directory,
                         startup, &s.made));
}

haft_status haft_process_create_w(haft_process *ret, haft_thread *ret_thread, const wchar_t *application, wchar_t *command_line,
                                  struct _SECURITY_ATTRIBUTES *process_security, struct _SECURITY_ATTRIBUTES *thread_security,
                                  haft_bool32 inherit, haft_dword flags, void *environment, const wchar_t *directory,
                                  struct _STARTUPINFOW *startup, haft_dword *process_id, haft_dword *thread_id) {
    START(CreateProcessW(application, command_line, process_security, thread_security, inherit, flags, environment, directory,
                         startup, &s.made));
}

haft_status haft_job_create_a(haft_job *ret, struct _SECURITY_ATTRIBUTES *security, const char *name) {
    HAFT__CONSTRUCT(job, name, NULL, false, CreateJobObjectA(security, name));
}

haft_status haft_job_create_w(haft_job *ret, struct _SECURITY_ATTRIBUTES *security, const wchar_t *name) {
    HAFT__CONSTRUCT(job, NULL, name, false, CreateJobObjectW(security, name));
}

haft_status haft_job_open_a(haft_job *ret, haft_dword access, haft_bool32 inherit, const char *name) {
    HAFT__CONSTRUCT(job, name, NULL, false, OpenJobObjectA(access, inherit, name));
}

haft_status haft_job_open_w(haft_job *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name) {
    HAFT__CONSTRUCT(job, NULL, name, false, OpenJobObjectW(access, inherit, name));
}

haft_status haft_snapshot_create(haft_snapshot *ret, haft_dword flags, haft_dword process_id) {
    HAFT__CONSTRUCT(snapshot, NULL, NULL, false, CreateToolhelp32Snapshot(flags, process_id));
}

haft_status haft_token_open_process(haft_token *ret, haft_handle_t process, haft_dword access) {
    HANDLE token = NULL;
    GATED_CONSTRUCT(token, HAFT_Q197517, haft__nt()->OpenProcessToken(process, access, &token) ? token : NULL);
}

haft_status haft_token_open_thread(haft_token *ret, haft_handle_t thread, haft_dword access, haft_bool32 as_self) {
    HANDLE token = NULL;
    GATED_CONSTRUCT(token, HAFT_Q197517, haft__nt()->OpenThreadToken(thread, access, as_self, &token) ? token : NULL);
}

haft_status haft_service_open_manager_a(haft_service *ret, const char *machine, const char *database, haft_dword access) {
    HAFT__CONSTRUCT(service, NULL, NULL, false, OpenSCManagerA(machine, database, access));
}

haft_status haft_service_open_manager_w(haft_service *ret, const wchar_t *machine, const wchar_t *database, haft_dword access) {
    HAFT__CONSTRUCT(service, NULL, NULL, false, OpenSCManagerW(machine, database, access));
}

haft_status haft_service_open_a(haft_service *ret, haft_sc_handle_t manager, const char *name, haft_dword access) {
    HAFT__CONSTRUCT(service, NULL, NULL, false, OpenServiceA(manager, name, access));
}

haft_status haft_service_open_w(haft_service *ret, haft_sc_handle_t manager, const wchar_t *name, haft_dword access) {
    HAFT__CONSTRUCT(service, NULL, NULL, false, OpenServiceW(manager, name, access));
}

haft_status haft_eventlog_open_a(haft_eventlog *ret, const char *server, const char *source) {
    HAFT__CONSTRUCT(eventlog, NULL, NULL, false, OpenEventLogA(server, source));
}

haft_status haft_eventlog_open_w(haft_eventlog *ret, const wchar_t *server, const wchar_t *source) {
    HAFT__CONSTRUCT(eventlog, NULL, NULL, false, OpenEventLogW(server, source));
}
