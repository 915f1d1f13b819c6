/* objects.c: the shims of files' relatives, synchronization, memory and services: all that the port's table has and that needs no
 * more than a line. */
#include "shim/shims.h"

#include "types/nt_classes.h"

#define SECURITY LPSECURITY_ATTRIBUTES

#define FILES(X) \
    X(HANDLE, FindFirstFileA, 2, (LPCSTR, LPWIN32_FIND_DATAA), OPENS, find, _, OR_INVALID) \
    X(HANDLE, FindFirstFileW, 2, (LPCWSTR, LPWIN32_FIND_DATAW), OPENS, find, _, OR_INVALID) \
    X(BOOL, FindClose, 1, (HANDLE), CLOSES, find, a, IF_TRUE) \
    X(HANDLE, FindFirstChangeNotificationA, 3, (LPCSTR, BOOL, DWORD), OPENS, change, _, OR_INVALID) \
    X(HANDLE, FindFirstChangeNotificationW, 3, (LPCWSTR, BOOL, DWORD), OPENS, change, _, OR_INVALID) \
    X(BOOL, FindCloseChangeNotification, 1, (HANDLE), CLOSES, change, a, IF_TRUE) \
    X(HANDLE, CreateNamedPipeA, 8, (LPCSTR, DWORD, DWORD, DWORD, DWORD, DWORD, DWORD, SECURITY), OPENS_A, pipe, a, OR_INVALID) \
    X(HANDLE, CreateNamedPipeW, 8, (LPCWSTR, DWORD, DWORD, DWORD, DWORD, DWORD, DWORD, SECURITY), OPENS_W, pipe, a, OR_INVALID) \
    X(HANDLE, CreateMailslotA, 4, (LPCSTR, DWORD, DWORD, SECURITY), OPENS_A, mailslot, a, OR_INVALID) \
    X(HANDLE, CreateMailslotW, 4, (LPCWSTR, DWORD, DWORD, SECURITY), OPENS_W, mailslot, a, OR_INVALID)
FILES(HAFT__NT_SHIM)

#define SYNC(X) \
    X(HANDLE, CreateEventA, 4, (SECURITY, BOOL, BOOL, LPCSTR), OPENS_A, event, d, OR_NULL) \
    X(HANDLE, CreateEventW, 4, (SECURITY, BOOL, BOOL, LPCWSTR), OPENS_W, event, d, OR_NULL) \
    X(HANDLE, OpenEventA, 3, (DWORD, BOOL, LPCSTR), OPENS_A, event, c, OR_NULL) \
    X(HANDLE, OpenEventW, 3, (DWORD, BOOL, LPCWSTR), OPENS_W, event, c, OR_NULL) \
    X(HANDLE, CreateMutexA, 3, (SECURITY, BOOL, LPCSTR), OPENS_A, mutex, c, OR_NULL) \
    X(HANDLE, CreateMutexW, 3, (SECURITY, BOOL, LPCWSTR), OPENS_W, mutex, c, OR_NULL) \
    X(HANDLE, OpenMutexA, 3, (DWORD, BOOL, LPCSTR), OPENS_A, mutex, c, OR_NULL) \
    X(HANDLE, OpenMutexW, 3, (DWORD, BOOL, LPCWSTR), OPENS_W, mutex, c, OR_NULL) \
    X(HANDLE, CreateSemaphoreA, 4, (SECURITY, LONG, LONG, LPCSTR), OPENS_A, semaphore, d, OR_NULL) \
    X(HANDLE, CreateSemaphoreW, 4, (SECURITY, LONG, LONG, LPCWSTR), OPENS_W, semaphore, d, OR_NULL) \
    X(HANDLE, OpenSemaphoreA, 3, (DWORD, BOOL, LPCSTR), OPENS_A, semaphore, c, OR_NULL) \
    X(HANDLE, OpenSemaphoreW, 3, (DWORD, BOOL, LPCWSTR), OPENS_W, semaphore, c, OR_NULL) \
    X(HANDLE, CreateWaitableTimerA, 3, (SECURITY, BOOL, LPCSTR), OPENS_A, timer, c, OR_NULL) \
    X(HANDLE, CreateWaitableTimerW, 3, (SECURITY, BOOL, LPCWSTR), OPENS_W, timer, c, OR_NULL) \
    X(HANDLE, OpenWaitableTimerA, 3, (DWORD, BOOL, LPCSTR), OPENS_A, timer, c, OR_NULL) \
    X(HANDLE, OpenWaitableTimerW, 3, (DWORD, BOOL, LPCWSTR), OPENS_W, timer, c, OR_NULL)
SYNC(HAFT__NT_SHIM)

#define ODDS(X) \
    X(HANDLE, CreateJobObjectA, 2, (SECURITY, LPCSTR), OPENS_A, job, b, OR_NULL) \
    X(HANDLE, CreateJobObjectW, 2, (SECURITY, LPCWSTR), OPENS_W, job, b, OR_NULL) \
    X(HANDLE, OpenJobObjectA, 3, (DWORD, BOOL, LPCSTR), OPENS_A, job, c, OR_NULL) \
    X(HANDLE, OpenJobObjectW, 3, (DWORD, BOOL, LPCWSTR), OPENS_W, job, c, OR_NULL) \
    X(HANDLE, CreateToolhelp32Snapshot, 2, (DWORD, DWORD), OPENS, snapshot, _, OR_INVALID) \
    X(HANDLE, CreateConsoleScreenBuffer, 5, (DWORD, DWORD, const SECURITY_ATTRIBUTES *, DWORD, LPVOID), \
      OPENS, console, _, OR_INVALID)
ODDS(HAFT__NT_SHIM)

/* With a port it only ties a file to that, and gives it back. */
HANDLE WINAPI haft_shim_CreateIoCompletionPort(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads) {
    const void *at = HAFT__CALLER();
    if (port) return haft__nt()->CreateIoCompletionPort(file, port, key, threads);
    HAFT__OPENS(HANDLE, haft__nt()->CreateIoCompletionPort(file, port, key, threads), iocp, _, OR_NULL)
}
HAFT__IMPORT(haft_shim_CreateIoCompletionPort, 16)

#define MEMORY(X) \
    X(HANDLE, CreateFileMappingA, 6, (HANDLE, SECURITY, DWORD, DWORD, DWORD, LPCSTR), OPENS_A, mapping, f, OR_NULL) \
    X(HANDLE, CreateFileMappingW, 6, (HANDLE, SECURITY, DWORD, DWORD, DWORD, LPCWSTR), OPENS_W, mapping, f, OR_NULL) \
    X(HANDLE, OpenFileMappingA, 3, (DWORD, BOOL, LPCSTR), OPENS_A, mapping, c, OR_NULL) \
    X(HANDLE, OpenFileMappingW, 3, (DWORD, BOOL, LPCWSTR), OPENS_W, mapping, c, OR_NULL) \
    X(LPVOID, MapViewOfFile, 5, (HANDLE, DWORD, DWORD, DWORD, SIZE_T), OPENS, view, _, OR_NULL) \
    X(BOOL, UnmapViewOfFile, 1, (LPCVOID), CLOSES, view, a, IF_TRUE) \
    X(HMODULE, LoadLibraryA, 1, (LPCSTR), OPENS, module, _, OR_NULL) \
    X(HMODULE, LoadLibraryW, 1, (LPCWSTR), OPENS, module, _, OR_NULL) \
    X(BOOL, FreeLibrary, 1, (HMODULE), CLOSES, module, a, IF_TRUE) \
    X(HLOCAL, LocalAlloc, 2, (UINT, SIZE_T), OPENS, local, _, OR_NULL) \
    X(HLOCAL, LocalFree, 1, (HLOCAL), CLOSES, local, a, IF_NULL) \
    X(HANDLE, HeapCreate, 3, (DWORD, SIZE_T, SIZE_T), OPENS, heap, _, OR_NULL) \
    X(BOOL, HeapDestroy, 1, (HANDLE), CLOSES, heap, a, IF_TRUE)
MEMORY(HAFT__NT_SHIM)

#define SERVICES(X) \
    X(SC_HANDLE, OpenSCManagerA, 3, (LPCSTR, LPCSTR, DWORD), OPENS, service, _, OR_NULL) \
    X(SC_HANDLE, OpenSCManagerW, 3, (LPCWSTR, LPCWSTR, DWORD), OPENS, service, _, OR_NULL) \
    X(SC_HANDLE, OpenServiceA, 3, (SC_HANDLE, LPCSTR, DWORD), OPENS, service, _, OR_NULL) \
    X(SC_HANDLE, OpenServiceW, 3, (SC_HANDLE, LPCWSTR, DWORD), OPENS, service, _, OR_NULL) \
    X(BOOL, CloseServiceHandle, 1, (SC_HANDLE), CLOSES, service, a, IF_TRUE) \
    X(HANDLE, OpenEventLogA, 2, (LPCSTR, LPCSTR), OPENS, eventlog, _, OR_NULL) \
    X(HANDLE, OpenEventLogW, 2, (LPCWSTR, LPCWSTR), OPENS, eventlog, _, OR_NULL) \
    X(BOOL, CloseEventLog, 1, (HANDLE), CLOSES, eventlog, a, IF_TRUE)
SERVICES(HAFT__NT_SHIM)

BOOL WINAPI haft_shim_CreatePipe(PHANDLE ret_read, PHANDLE ret_write, SECURITY security, DWORD size) {
    haft__shim_pair pair;
    uint32_t code = haft__shim_open_pair(&pair, &haft__class_pipe, &haft__class_pipe, HAFT__CALLER());
    if (code) return HAFT__REFUSED_IF_TRUE(code);
    BOOL made = haft__nt()->CreatePipe(ret_read, ret_write, security, size);
    haft__shim_opened_pair(&pair, made ? HAFT__RAW(*ret_read) : 0, made ? HAFT__RAW(*ret_write) : 0);
    return made;
}
HAFT__IMPORT(haft_shim_CreatePipe, 16)
