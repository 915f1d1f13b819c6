/* tasks.c: the shims of threads and tokens. Q246691: recover. */
#include "shim/shims.h"

#include "types/guard.h"
#include "types/nt_classes.h"

#define RAW(handle) ((uint64_t)(uintptr_t)(handle))

/* The gate is held until the thread is tracked, lest a recovery on another thread take it for a leaked one. */
#define OPEN_THREAD(CALL)                                                     \
    haft__opening o;                                                          \
    const void *at = HAFT__CALLER();                                          \
    if (!haft__shim_open(&o, &haft__class_thread, at, NULL, NULL)) return NULL; \
    bool held = haft__guard_hold(HAFT_Q246691);                               \
    HANDLE thread = CALL;                                                     \
    haft__shim_opened(&o, RAW(thread));                                       \
    haft__guard_let(held);                                                    \
    return thread

HANDLE WINAPI haft_shim_CreateThread(LPSECURITY_ATTRIBUTES security, SIZE_T stack, LPTHREAD_START_ROUTINE start, LPVOID argument,
                                     DWORD flags, LPDWORD thread_id) {
    OPEN_THREAD(haft__nt()->CreateThread(security, stack, start, argument, flags, thread_id));
}

HANDLE WINAPI haft_shim_CreateRemoteThread(HANDLE process, LPSECURITY_ATTRIBUTES security, SIZE_T stack,
                                           LPTHREAD_START_ROUTINE start, LPVOID argument, DWORD flags, LPDWORD thread_id) {
    haft__thread_ask ask = { process, security, stack, start, argument, flags, thread_id };
    OPEN_THREAD(haft__guard_remote_thread(at, &ask, held));
}

#define OPEN_TOKEN(CALL)                                                      \
    haft__opening o;                                                          \
    if (!haft__shim_open(&o, &haft__class_token, HAFT__CALLER(), NULL, NULL)) return FALSE; \
    bool held = haft__guard_hold(HAFT_Q197517);                               \
    BOOL opened = haft__nt()->CALL;                                           \
    haft__shim_opened(&o, opened && ret ? RAW(*ret) : 0);                     \
    haft__guard_let(held);                                                    \
    return opened

BOOL WINAPI haft_shim_OpenProcessToken(HANDLE process, DWORD access, PHANDLE ret) {
    OPEN_TOKEN(OpenProcessToken(process, access, ret));
}

BOOL WINAPI haft_shim_OpenThreadToken(HANDLE thread, DWORD access, BOOL as_self, PHANDLE ret) {
    OPEN_TOKEN(OpenThreadToken(thread, access, as_self, ret));
}
