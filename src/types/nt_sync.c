/* nt_sync.c: constructors of events, mutexes, semaphores and waitable timers. */
#include "types/nt_construct.h"

haft_status haft_event_create_a(haft_event *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 manual_reset,
                                haft_bool32 initial, const char *name) {
    HAFT__CONSTRUCT(event, name, NULL, false, CreateEventA(security, manual_reset, initial, name));
}

haft_status haft_event_create_w(haft_event *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 manual_reset,
                                haft_bool32 initial, const wchar_t *name) {
    HAFT__CONSTRUCT(event, NULL, name, false, CreateEventW(security, manual_reset, initial, name));
}

haft_status haft_event_open_a(haft_event *ret, haft_dword access, haft_bool32 inherit, const char *name) {
    HAFT__CONSTRUCT(event, name, NULL, false, OpenEventA(access, inherit, name));
}

haft_status haft_event_open_w(haft_event *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name) {
    HAFT__CONSTRUCT(event, NULL, name, false, OpenEventW(access, inherit, name));
}

haft_status haft_mutex_create_a(haft_mutex *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 owned, const char *name) {
    HAFT__CONSTRUCT(mutex, name, NULL, false, CreateMutexA(security, owned, name));
}

haft_status haft_mutex_create_w(haft_mutex *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 owned, const wchar_t *name) {
    HAFT__CONSTRUCT(mutex, NULL, name, false, CreateMutexW(security, owned, name));
}

haft_status haft_mutex_open_a(haft_mutex *ret, haft_dword access, haft_bool32 inherit, const char *name) {
    HAFT__CONSTRUCT(mutex, name, NULL, false, OpenMutexA(access, inherit, name));
}

haft_status haft_mutex_open_w(haft_mutex *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name) {
    HAFT__CONSTRUCT(mutex, NULL, name, false, OpenMutexW(access, inherit, name));
}

haft_status haft_semaphore_create_a(haft_semaphore *ret, struct _SECURITY_ATTRIBUTES *security, long initial, long maximum,
                                    const char *name) {
    HAFT__CONSTRUCT(semaphore, name, NULL, false, CreateSemaphoreA(security, (LONG)initial, (LONG)maximum, name));
}

haft_status haft_semaphore_create_w(haft_semaphore *ret, struct _SECURITY_ATTRIBUTES *security, long initial, long maximum,
                                    const wchar_t *name) {
    HAFT__CONSTRUCT(semaphore, NULL, name, false, CreateSemaphoreW(security, (LONG)initial, (LONG)maximum, name));
}

haft_status haft_semaphore_open_a(haft_semaphore *ret, haft_dword access, haft_bool32 inherit, const char *name) {
    HAFT__CONSTRUCT(semaphore, name, NULL, false, OpenSemaphoreA(access, inherit, name));
}

haft_status haft_semaphore_open_w(haft_semaphore *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name) {
    HAFT__CONSTRUCT(semaphore, NULL, name, false, OpenSemaphoreW(access, inherit, name));
}

haft_status haft_timer_create_a(haft_timer *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 manual_reset,
                                const char *name) {
    HAFT__CONSTRUCT(timer, name, NULL, false, CreateWaitableTimerA(security, manual_reset, name));
}

haft_status haft_timer_create_w(haft_timer *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 manual_reset,
                                const wchar_t *name) {
    HAFT__CONSTRUCT(timer, NULL, name, false, CreateWaitableTimerW(security, manual_reset, name));
}

haft_status haft_timer_open_a(haft_timer *ret, haft_dword access, haft_bool32 inherit, const char *name) {
    HAFT__CONSTRUCT(timer, name, NULL, false, OpenWaitableTimerA(access, inherit, name));
}

haft_status haft_timer_open_w(haft_timer *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name) {
    HAFT__CONSTRUCT(timer, NULL, name, false, OpenWaitableTimerW(access, inherit, name));
}

haft_status haft_iocp_create(haft_iocp *ret, haft_dword threads) {
    HAFT__CONSTRUCT(iocp, NULL, NULL, false, CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, threads));
}
