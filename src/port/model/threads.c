/* threads.c: threads, and the late failure of Q246691.
 *
 * A thread's body runs on a thread of the host, which holds a reference to the thread's object while it does. Nothing can end a
 * host thread from outside: TerminateThread ends the object. */
#include "port/model/model.h"

#include "base/lock.h"

#define STATUS_IS_NO_MEMORY 0xC0000017u

typedef struct haft__m_thread {
    haft__m_object object;
    struct haft__m_thread *next_running;
    LPTHREAD_START_ROUTINE start;
    void *argument;
    uint64_t created;
    uint32_t id, process;
    uint32_t suspended; /* how often; only of one that the host has not started */
    uint32_t exit_code;
    uint32_t number; /* the host's, while it runs */
    uint32_t boots;  /* which system it belongs to */
    bool started, ended;
} haft__m_thread;

/* Those whose bodies run. */
static haft__m_thread *running;

bool haft__m_thread_ended(const haft__m_object *o) { return ((const haft__m_thread *)o)->ended; }

uint32_t haft__m_thread_number(void) {
    static haft__a32 last;
    static HAFT__THREAD_LOCAL uint32_t mine;
    if (!mine) mine = haft__add32(&last, 1);
    return mine;
}

static haft__m_thread *current(void) {
    haft__m_thread *it = running;
    while (it && it->number != haft__m_thread_number()) it = it->next_running;
    return it;
}

/* A thread that the program made without the model, its first one above all. */
static uint32_t foreign_id(void) { return 0x40000000u | haft__m_thread_number(); }

/* ---- running ---- */

static bool body_begins(haft__m_thread *t) {
    (void)haft__m_enter();
    t->number = haft__m_thread_number();
    t->next_running = running;
    running = t;
    bool run = !t->ended && !haft__m.crashed && t->boots == haft__m.boots;
    (void)haft__m_leave_code(0);
    return run;
}

static void body_ended(haft__m_thread *t, DWORD exit_code) {
    haft__m_thread **at = &running;
    (void)haft__m_enter();
    while (*at != t) at = &(*at)->next_running;
    *at = t->next_running;
    if (!t->ended) t->exit_code = exit_code;
    t->ended = true;
    haft__m_mutexes_abandon(t->number);
    haft__m_object_drop(&t->object);
    (void)haft__m_leave_code(0);
}

static void thread_main(void *argument) {
    haft__m_thread *t = argument;
    DWORD exit_code = 0;
    if (body_begins(t)) exit_code = t->start(t->argument);
    body_ended(t, exit_code);
}

static uint32_t host_start(haft__m_thread *t) {
    haft__m_object_keep(&t->object);
    t->started = true;
    if (haft__thread_start(thread_main, t)) return 0;
    t->started = false;
    haft__m_object_drop(&t->object);
    return ERROR_NOT_ENOUGH_MEMORY;
}

/* ---- making ---- */

/* The new thread's object is the handle's: it lives until the handle is closed and the body has ended. */
static uint32_t create(uint32_t process, LPSECURITY_ATTRIBUTES security, LPTHREAD_START_ROUTINE start, void *argument, DWORD flags,
                       HANDLE *ret, haft__m_thread **ret_thread) {
    haft__m_thread *t;
    if (!start) return ERROR_INVALID_PARAMETER;
    t = haft__m_object_new(HAFT__M_THREAD, sizeof *t);
    if (!t) return ERROR_NOT_ENOUGH_MEMORY;
    t->start = start;
    t->argument = argument;
    t->created = haft__m_now();
    t->id = haft__m.next_thread_id;
    haft__m.next_thread_id += 4;
    t->process = process;
    t->boots = haft__m.boots;
    t->suspended = flags & CREATE_SUSPENDED ? 1 : 0;
    *ret_thread = t;
    return haft__m_handle_to_new(&t->object, THREAD_ALL_ACCESS, security, ret);
}

static uint32_t create_and_start(uint32_t process, LPSECURITY_ATTRIBUTES security, LPTHREAD_START_ROUTINE start, void *argument,
                                 DWORD flags, DWORD *thread_id, HANDLE *ret) {
    HANDLE handle = NULL;
    haft__m_thread *t;
    uint32_t error = create(process, security, start, argument, flags, &handle, &t);
    if (error) return error;
    if (!t->suspended) error = host_start(t);
    if (error) return (void)haft__m_handle_close(handle), error;
    if (thread_id) *thread_id = t->id; /* it cannot run before the call ends */
    *ret = handle;
    return 0;
}

/* Q246691: the thread is there and has its handle; what comes after fails; the thread is ended, the handle stays. */
static uint32_t fail_late(uint32_t process, LPSECURITY_ATTRIBUTES security, LPTHREAD_START_ROUTINE start, void *argument) {
    HANDLE handle = NULL;
    haft__m_thread *t;
    uint32_t error = create(process, security, start, argument, CREATE_SUSPENDED, &handle, &t);
    if (error) return error;
    haft__m.late_failures--;
    t->ended = true;
    t->exit_code = STATUS_IS_NO_MEMORY;
    if (!haft__m_has("Q246691")) (void)haft__m_handle_close(handle);
    return ERROR_NOT_ENOUGH_MEMORY;
}

HANDLE WINAPI haft_model_CreateThread(LPSECURITY_ATTRIBUTES security, SIZE_T stack, LPTHREAD_START_ROUTINE start, LPVOID argument,
                                      DWORD flags, LPDWORD thread_id) {
    HANDLE ret = NULL;
    uint32_t error = haft__m_enter();
    (void)stack;
    if (!error) error = create_and_start(HAFT__M_OWN_PROCESS, security, start, argument, flags, thread_id, &ret);
    haft__m_leave(error);
    return ret;
}

HANDLE WINAPI haft_model_CreateRemoteThread(HANDLE process, LPSECURITY_ATTRIBUTES security, SIZE_T stack,
                                            LPTHREAD_START_ROUTINE start, LPVOID argument, DWORD flags, LPDWORD thread_id) {
    HANDLE ret = NULL;
    uint32_t error = haft__m_enter();
    uint32_t id = error ? 0 : haft__m_process_id(process);
    (void)stack;
    if (!error && !id) error = ERROR_INVALID_HANDLE;
    if (!error && haft__m.late_failures) error = fail_late(id, security, start, argument);
    else if (!error) error = create_and_start(id, security, start, argument, flags, thread_id, &ret);
    haft__m_leave(error);
    return ret;
}

/* NT 5.0 brought it. */
HANDLE WINAPI haft_model_OpenThread(DWORD access, BOOL inherit, DWORD thread_id) {
    uint32_t error = haft__m_enter();
    (void)access, (void)inherit, (void)thread_id;
    haft__m_leave(error ? error : ERROR_CALL_NOT_IMPLEMENTED);
    return NULL;
}

/* ---- what can be done with one ---- */

static haft__m_object *own_thread(void) {
    haft__m_thread *t = current();
    if (t) return haft__m_object_keep(&t->object), &t->object;
    t = haft__m_object_new(HAFT__M_THREAD, sizeof *t);
    if (!t) return NULL;
    t->id = foreign_id();
    t->process = HAFT__M_OWN_PROCESS;
    t->started = true;
    return &t->object;
}

/* A reference to the thread or NULL, then with *ret_error. */
static haft__m_thread *thread_at(HANDLE handle, uint32_t *ret_error) {
    haft__m_object *o = haft__m_handle_object(handle, HAFT__M_THREAD);
    if (*ret_error) return NULL;
    if (o) haft__m_object_keep(o);
    else if (handle == haft_model_GetCurrentThread()) o = own_thread();
    if (!o) *ret_error = ERROR_INVALID_HANDLE;
    return (haft__m_thread *)o;
}

static void put_back(haft__m_thread *t) {
    if (t) haft__m_object_drop(&t->object);
}

DWORD WINAPI haft_model_ResumeThread(HANDLE thread) {
    DWORD former = 0xFFFFFFFFu;
    uint32_t error = haft__m_enter();
    haft__m_thread *t = thread_at(thread, &error);
    if (t && t->suspended == 1 && !t->ended) error = host_start(t);
    if (t && !error) {
        former = t->suspended;
        if (t->suspended) t->suspended--;
    }
    put_back(t);
    haft__m_leave(error);
    return former;
}

BOOL WINAPI haft_model_TerminateThread(HANDLE thread, DWORD exit_code) {
    uint32_t error = haft__m_enter();
    haft__m_thread *t = thread_at(thread, &error);
    if (t && !t->ended) {
        t->ended = true;
        t->exit_code = exit_code;
        if (t->number) haft__m_mutexes_abandon(t->number);
    }
    put_back(t);
    haft__m_leave(error);
    return !error;
}

BOOL WINAPI haft_model_GetExitCodeThread(HANDLE thread, LPDWORD exit_code) {
    uint32_t error = haft__m_enter();
    haft__m_thread *t = thread_at(thread, &error);
    if (t && !exit_code) error = ERROR_NOACCESS;
    if (t && exit_code) *exit_code = t->ended ? t->exit_code : STILL_ACTIVE;
    put_back(t);
    haft__m_leave(error);
    return !error;
}

DWORD WINAPI haft_model_GetCurrentThreadId(void) {
    (void)haft__m_enter();
    haft__m_thread *t = current();
    DWORD id = t ? t->id : foreign_id();
    (void)haft__m_leave_code(0);
    return id;
}

HANDLE WINAPI haft_model_GetCurrentThread(void) { return (HANDLE)(intptr_t)-2; }

/* ---- for the rest of the model ---- */

haft__m_object *haft__m_task_of(HANDLE handle, haft__m_type type) {
    haft__m_object *o = haft__m_handle_object(handle, type);
    if (!o && type == HAFT__M_THREAD && handle == haft_model_GetCurrentThread()) return own_thread();
    if (!o && type == HAFT__M_PROCESS && handle == haft_model_GetCurrentProcess()) o = haft__m.own_process;
    if (o) haft__m_object_keep(o);
    return o;
}

bool haft__m_thread_info(HANDLE handle, haft__thread_info *ret) {
    haft__m_thread *t = (haft__m_thread *)haft__m_handle_object(handle, HAFT__M_THREAD);
    if (!t && handle == haft_model_GetCurrentThread()) t = current();
    if (!t) return false;
    ret->process = t->process;
    ret->start = (uint64_t)(uintptr_t)t->start;
    ret->created = t->created;
    ret->ended = t->ended;
    ret->exit_code = t->ended ? t->exit_code : 0;
    return true;
}
