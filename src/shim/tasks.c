/* tasks.c: the shims of threads, processes and tokens. Q246691: recover. */
#include "shim/shims.h"

#include "types/guard.h"
#include "types/nt_classes.h"

HANDLE WINAPI haft_shim_CreateRemoteThread(HANDLE process, LPSECURITY_ATTRIBUTES security, SIZE_T stack,
                                           LPTHREAD_START_ROUTINE start, LPVOID argument, DWORD flags, LPDWORD thread_id) {
    haft__thread_ask ask = { process, security, stack, start, argument, flags, thread_id };
    const void *at = HAFT__CALLER();
    haft__shim shim;
    uint32_t code = haft__shim_open(&shim, &haft__class_thread, at, NULL, NULL);
    if (code) return HAFT__REFUSED_OR_NULL(code);
    HANDLE thread = haft__guard_remote_thread(at, &ask, shim.held);
    haft__shim_opened(&shim, HAFT__RAW(thread));
    return thread;
}
HAFT__IMPORT(haft_shim_CreateRemoteThread, 28)

#define TASKS(X) \
    X(HANDLE, CreateThread, 6, (LPSECURITY_ATTRIBUTES, SIZE_T, LPTHREAD_START_ROUTINE, LPVOID, DWORD, LPDWORD), \
      OPENS, thread, _, OR_NULL) \
    X(HANDLE, OpenThread, 3, (DWORD, BOOL, DWORD), OPENS, thread, _, OR_NULL) \
    X(HANDLE, OpenProcess, 3, (DWORD, BOOL, DWORD), OPENS, process, _, OR_NULL) \
    X(BOOL, OpenProcessToken, 3, (HANDLE, DWORD, PHANDLE), FILLS, token, c, IF_TRUE) \
    X(BOOL, OpenThreadToken, 4, (HANDLE, DWORD, BOOL, PHANDLE), FILLS, token, d, IF_TRUE)
TASKS(HAFT__NT_SHIM)

/* ---- a process that is started: its handle and its first thread's ---- */

uint32_t haft__shim_start(haft__starting *s, const void *at) {
    uint32_t code = haft__shim_open(&s->process, &haft__class_process, at, NULL, NULL);
    if (code) return code;
    code = haft__shim_open(&s->thread, &haft__class_thread, at, NULL, NULL);
    if (code) haft__shim_failed(&s->process);
    return code;
}

void haft__shim_started(haft__starting *s, BOOL ok, const PROCESS_INFORMATION *made) {
    haft__shim_opened(&s->thread, ok && made ? HAFT__RAW(made->hThread) : 0);
    haft__shim_opened(&s->process, ok && made ? HAFT__RAW(made->hProcess) : 0);
}

#define CREATE_PROCESS(api, STRING, CONST_STRING, STARTUP)                                                                  \
    BOOL WINAPI haft_shim_##api(CONST_STRING application, STRING command_line, LPSECURITY_ATTRIBUTES process_security,      \
                                LPSECURITY_ATTRIBUTES thread_security, BOOL inherit, DWORD flags, LPVOID environment,       \
                                CONST_STRING directory, STARTUP startup, LPPROCESS_INFORMATION ret) {                       \
        haft__starting s;                                                                                                   \
        uint32_t code = haft__shim_start(&s, HAFT__CALLER());                                                               \
        if (code) return HAFT__REFUSED_IF_TRUE(code);                                                                       \
        BOOL ok = haft__nt()->api(application, command_line, process_security, thread_security, inherit, flags,             \
                                  environment, directory, startup, ret);                                                   \
        haft__shim_started(&s, ok, ret);                                                                                    \
        return ok;                                                                                                          \
    }                                                                                                                       \
    HAFT__IMPORT(haft_shim_##api, 40)
CREATE_PROCESS(CreateProcessA, LPSTR, LPCSTR, LPSTARTUPINFOA)
CREATE_PROCESS(CreateProcessW, LPWSTR, LPCWSTR, LPSTARTUPINFOW)
