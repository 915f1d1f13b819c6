/* sync.c: events, mutexes, semaphores and waitable timers. A timer can be made and opened; the model never sets one. */
#include "port/model/sync.h"

#include "base/lock.h"

/* The mutexes that some thread has. */
static haft__m_sync *owned;

void haft__m_mutex_take(haft__m_sync *mutex, uint32_t thread_number) {
    if (mutex->owner != thread_number) {
        mutex->owner = thread_number;
        mutex->next_owned = owned;
        owned = mutex;
    }
    mutex->count++;
}

static void let_go(haft__m_sync *mutex) {
    haft__m_sync **at = &owned;
    if (!mutex->owner) return;
    while (*at != mutex) at = &(*at)->next_owned;
    *at = mutex->next_owned;
    mutex->owner = 0;
    mutex->count = 0;
}

void haft__m_mutex_closed(haft__m_object *o) { let_go((haft__m_sync *)o); }

void haft__m_mutexes_abandon(uint32_t thread_number) {
    for (haft__m_sync *it = owned, *next; it; it = next) {
        next = it->next_owned;
        if (it->owner != thread_number) continue;
        let_go(it);
        it->abandoned = true;
    }
}

/* ---- create and open ---- */

static uint32_t create(haft__m_type type, const wchar_t *name, const SECURITY_ATTRIBUTES *security, HANDLE *ret,
                       haft__m_sync **ret_new) {
    haft__m_named_object *it = NULL;
    bool is_new = false;
    uint32_t error = haft__m_create_named(type, sizeof(haft__m_sync), name, security, ret, &it, &is_new);
    *ret_new = !error && is_new ? (haft__m_sync *)it : NULL;
    return error;
}

static HANDLE open_by_name(haft__m_type type, DWORD access, BOOL inherit, const wchar_t *name) {
    HANDLE ret = NULL;
    uint32_t error = haft__m_enter();
    if (!error && type == HAFT__M_TIMER && haft__m.version == HAFT_NT351) error = ERROR_CALL_NOT_IMPLEMENTED;
    if (!error) error = haft__m_open_named(type, access, inherit != 0, name, &ret);
    haft__m_leave(error);
    return error ? NULL : ret;
}

HANDLE WINAPI haft_model_CreateEventW(LPSECURITY_ATTRIBUTES security, BOOL manual_reset, BOOL initial, LPCWSTR name) {
    HANDLE ret = NULL;
    haft__m_sync *made = NULL;
    uint32_t error = haft__m_enter();
    if (!error) error = create(HAFT__M_EVENT, name, security, &ret, &made);
    if (made) made->manual = manual_reset != 0, made->set = initial != 0;
    haft__m_leave(error);
    return error ? NULL : ret;
}

HANDLE WINAPI haft_model_CreateMutexW(LPSECURITY_ATTRIBUTES security, BOOL owned_now, LPCWSTR name) {
    HANDLE ret = NULL;
    haft__m_sync *made = NULL;
    uint32_t error = haft__m_enter();
    if (!error) error = create(HAFT__M_MUTEX, name, security, &ret, &made);
    if (made && owned_now) haft__m_mutex_take(made, haft__m_thread_number());
    haft__m_leave(error);
    return error ? NULL : ret;
}

HANDLE WINAPI haft_model_CreateSemaphoreW(LPSECURITY_ATTRIBUTES security, LONG initial, LONG maximum, LPCWSTR name) {
    HANDLE ret = NULL;
    haft__m_sync *made = NULL;
    uint32_t error = haft__m_enter();
    if (!error && (maximum <= 0 || initial < 0 || initial > maximum)) error = ERROR_INVALID_PARAMETER;
    if (!error) error = create(HAFT__M_SEMAPHORE, name, security, &ret, &made);
    if (made) made->count = initial, made->maximum = maximum;
    haft__m_leave(error);
    return error ? NULL : ret;
}

HANDLE WINAPI haft_model_CreateWaitableTimerW(LPSECURITY_ATTRIBUTES security, BOOL manual_reset, LPCWSTR name) {
    HANDLE ret = NULL;
    haft__m_sync *made = NULL;
    uint32_t error = haft__m_enter();
    if (!error && haft__m.version == HAFT_NT351) error = ERROR_CALL_NOT_IMPLEMENTED; /* NT 4.0 brought it */
    if (!error) error = create(HAFT__M_TIMER, name, security, &ret, &made);
    if (made) made->manual = manual_reset != 0;
    haft__m_leave(error);
    return error ? NULL : ret;
}

HANDLE WINAPI haft_model_CreateEventA(LPSECURITY_ATTRIBUTES security, BOOL manual_reset, BOOL initial, LPCSTR name) {
    haft__m_wide w;
    return haft_model_CreateEventW(security, manual_reset, initial, haft__m_widen(&w, name));
}

HANDLE WINAPI haft_model_CreateMutexA(LPSECURITY_ATTRIBUTES security, BOOL owned_now, LPCSTR name) {
    haft__m_wide w;
    return haft_model_CreateMutexW(security, owned_now, haft__m_widen(&w, name));
}

HANDLE WINAPI haft_model_CreateSemaphoreA(LPSECURITY_ATTRIBUTES security, LONG initial, LONG maximum, LPCSTR name) {
    haft__m_wide w;
    return haft_model_CreateSemaphoreW(security, initial, maximum, haft__m_widen(&w, name));
}

HANDLE WINAPI haft_model_CreateWaitableTimerA(LPSECURITY_ATTRIBUTES security, BOOL manual_reset, LPCSTR name) {
    haft__m_wide w;
    return haft_model_CreateWaitableTimerW(security, manual_reset, haft__m_widen(&w, name));
}

#define OPEN(api, type)                                                                       \
    HANDLE WINAPI haft_model_##api##W(DWORD access, BOOL inherit, LPCWSTR name) {             \
        return open_by_name(type, access, inherit, name);                                     \
    }                                                                                         \
    HANDLE WINAPI haft_model_##api##A(DWORD access, BOOL inherit, LPCSTR name) {              \
        haft__m_wide w;                                                                       \
        return open_by_name(type, access, inherit, haft__m_widen(&w, name));                  \
    }
OPEN(OpenEvent, HAFT__M_EVENT)
OPEN(OpenMutex, HAFT__M_MUTEX)
OPEN(OpenSemaphore, HAFT__M_SEMAPHORE)
OPEN(OpenWaitableTimer, HAFT__M_TIMER)
OPEN(OpenFileMapping, HAFT__M_SECTION)

/* ---- set and release ---- */

static BOOL event_set(HANDLE handle, bool set) {
    uint32_t error = haft__m_enter();
    haft__m_sync *event = error ? NULL : (haft__m_sync *)haft__m_handle_object(handle, HAFT__M_EVENT);
    if (!error && !event) error = ERROR_INVALID_HANDLE;
    if (event) event->set = set;
    haft__m_leave(error);
    return !error;
}

BOOL WINAPI haft_model_SetEvent(HANDLE event) { return event_set(event, true); }
BOOL WINAPI haft_model_ResetEvent(HANDLE event) { return event_set(event, false); }

BOOL WINAPI haft_model_ReleaseMutex(HANDLE handle) {
    uint32_t error = haft__m_enter();
    haft__m_sync *mutex = error ? NULL : (haft__m_sync *)haft__m_handle_object(handle, HAFT__M_MUTEX);
    if (!error && !mutex) error = ERROR_INVALID_HANDLE;
    if (mutex && mutex->owner != haft__m_thread_number()) error = ERROR_NOT_OWNER;
    else if (mutex && --mutex->count == 0) let_go(mutex);
    haft__m_leave(error);
    return !error;
}

BOOL WINAPI haft_model_ReleaseSemaphore(HANDLE handle, LONG count, LPLONG former) {
    uint32_t error = haft__m_enter();
    haft__m_sync *semaphore = error ? NULL : (haft__m_sync *)haft__m_handle_object(handle, HAFT__M_SEMAPHORE);
    if (!error && count <= 0) error = ERROR_INVALID_PARAMETER;
    if (!error && !semaphore) error = ERROR_INVALID_HANDLE;
    if (!error && count > semaphore->maximum - semaphore->count) error = ERROR_TOO_MANY_POSTS;
    if (!error && former) *former = semaphore->count;
    if (!error) semaphore->count += count;
    haft__m_leave(error);
    return !error;
}
