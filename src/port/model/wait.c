/* wait.c: waits. A waiting thread looks again and again, and sleeps a millisecond between looks once it has waited for a while. */
#include "port/model/sync.h"

#include "base/lock.h"

static bool is_signalled(const haft__m_object *o) {
    const haft__m_sync *s = (const haft__m_sync *)o;
    switch (o->type) {
    case HAFT__M_EVENT:
    case HAFT__M_TIMER: return s->set;
    case HAFT__M_SEMAPHORE: return s->count > 0;
    case HAFT__M_MUTEX: return s->owner == 0 || s->owner == haft__m_thread_number();
    case HAFT__M_THREAD: return haft__m_thread_ended(o);
    case HAFT__M_FILE: return true;
    default: return false;
    }
}

static bool can_wait(const haft__m_object *o) {
    return o->type != HAFT__M_KEY && o->type != HAFT__M_TOKEN && o->type != HAFT__M_SECTION;
}

/* What a wait that ends on it does to it. True: it was an abandoned mutex. */
static bool take(haft__m_object *o) {
    haft__m_sync *s = (haft__m_sync *)o;
    if (o->type == HAFT__M_SEMAPHORE) s->count--;
    if ((o->type == HAFT__M_EVENT || o->type == HAFT__M_TIMER) && !s->manual) s->set = false;
    if (o->type != HAFT__M_MUTEX) return false;
    bool abandoned = s->abandoned;
    s->abandoned = false;
    haft__m_mutex_take(s, haft__m_thread_number());
    return abandoned;
}

static haft__m_object *keep(HANDLE handle) {
    haft__m_object *o = haft__m_handle_object(handle, HAFT__M_ANY);
    if (o) haft__m_object_keep(o);
    else if (handle == haft_model_GetCurrentProcess()) o = haft__m_task_of(handle, HAFT__M_PROCESS);
    else if (handle == haft_model_GetCurrentThread()) o = haft__m_task_of(handle, HAFT__M_THREAD);
    if (!o || can_wait(o)) return o;
    haft__m_object_drop(o);
    return NULL;
}

/* True: the wait is over, with *ret. */
static bool look(haft__m_object *const *objects, DWORD count, bool all, DWORD *ret) {
    DWORD ready = 0, first = 0;
    bool abandoned = false;
    for (DWORD i = count; i-- > 0;)
        if (is_signalled(objects[i])) ready++, first = i;
    if (!ready || (all && ready < count)) return false;
    if (all) first = 0;
    for (DWORD i = first; i < (all ? count : first + 1); i++) abandoned |= take(objects[i]);
    *ret = (abandoned ? WAIT_ABANDONED_0 : WAIT_OBJECT_0) + first;
    return true;
}

static uint32_t wait(haft__m_object *const *objects, DWORD count, bool all, DWORD milliseconds, DWORD *ret) {
    uint64_t start = haft__m_now();
    uint32_t boots = haft__m.boots;
    for (unsigned turns = 0; !look(objects, count, all, ret); turns += turns < 1000) {
        if (milliseconds != INFINITE && haft__m_now() - start >= (uint64_t)milliseconds * 10000u) {
            *ret = WAIT_TIMEOUT;
            return 0;
        }
        haft__m_pause(turns);
        if (haft__m.crashed || haft__m.boots != boots) return ERROR_NOT_READY;
    }
    return 0;
}

DWORD WINAPI haft_model_WaitForMultipleObjects(DWORD count, const HANDLE *handles, BOOL all, DWORD milliseconds) {
    haft__m_object *objects[MAXIMUM_WAIT_OBJECTS];
    DWORD ret = WAIT_FAILED, held = 0;
    uint32_t error = haft__m_enter();
    if (!error && (count == 0 || count > MAXIMUM_WAIT_OBJECTS || !handles)) error = ERROR_INVALID_PARAMETER;
    for (; !error && held < count; held++) {
        objects[held] = keep(handles[held]);
        if (!objects[held]) {
            error = ERROR_INVALID_HANDLE;
            break;
        }
    }
    if (!error) error = wait(objects, count, all != 0, milliseconds, &ret);
    while (held) haft__m_object_drop(objects[--held]);
    haft__m_leave(error);
    return error ? WAIT_FAILED : ret;
}

DWORD WINAPI haft_model_WaitForSingleObject(HANDLE handle, DWORD milliseconds) {
    return haft_model_WaitForMultipleObjects(1, &handle, FALSE, milliseconds);
}

void WINAPI haft_model_Sleep(DWORD milliseconds) { haft__m_sleep(milliseconds); }
DWORD WINAPI haft_model_GetTickCount(void) { return (DWORD)(haft__m_now() / 10000u); }
