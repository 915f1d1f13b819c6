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
    X(BOOL, OpenThreadToken, 4, (HANDLE, DWORD, BOOL, PHANDLE), FILLS, token, d, IF_TRUE) \
    X(BOOL, CreateProcessA, 10, (LPCSTR, LPSTR, LPSECURITY_ATTRIBUTES, LPSECURITY_ATTRIBUTES, BOOL, DWORD, LPVOID, LPCSTR, \
                                 LPSTARTUPINFOA, LPPROCESS_INFORMATION), STARTS, process, j, IF_TRUE) \
    X(BOOL, CreateProcessW, 10, (LPCWSTR, LPWSTR, LPSECURITY_ATTRIBUTES, LPSECURITY_ATTRIBUTES, BOOL, DWORD, LPVOID, LPCWSTR, \
                                 LPSTARTUPINFOW, LPPROCESS_INFORMATION), STARTS, process, j, IF_TRUE)
TASKS(HAFT__NT_SHIM)
