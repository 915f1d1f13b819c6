/* objects.c: shims of the synchronization objects' later constructors, timer queues, waits and namespaces. */
#include "shim/win32/late_row.h"

#define LIBRARY "kernel32"
#define SECURITY LPSECURITY_ATTRIBUTES

HAFT__SHIM_CLASS(timer_queue, OWN, NULL, NULL)
HAFT__SHIM_CLASS(queue_timer, OWN, NULL, NULL)
HAFT__SHIM_CLASS(wait, OWN, NULL, NULL)
HAFT__SHIM_CLASS(namespace, OWN, NULL, NULL)
HAFT__SHIM_CLASS(boundary, OWN, NULL, NULL)

/* Timers and waits that are still at work are deleted later: the call fails with ERROR_IO_PENDING, and need not be made again. */
static bool deleted(BOOL got) { return got || haft__nt()->last_error() == ERROR_IO_PENDING; }
#define HAFT__IF_DELETED(got) deleted(got)
#define HAFT__REFUSED_IF_DELETED(code) HAFT__REFUSED_IF_TRUE(code)

#define OBJECTS(X) \
    X(HANDLE, CreateEventExA, 4, (SECURITY, LPCSTR, DWORD, DWORD), OPENS_A, event, b, OR_NULL) \
    X(HANDLE, CreateEventExW, 4, (SECURITY, LPCWSTR, DWORD, DWORD), OPENS_W, event, b, OR_NULL) \
    X(HANDLE, CreateMutexExA, 4, (SECURITY, LPCSTR, DWORD, DWORD), OPENS_A, mutex, b, OR_NULL) \
    X(HANDLE, CreateMutexExW, 4, (SECURITY, LPCWSTR, DWORD, DWORD), OPENS_W, mutex, b, OR_NULL) \
    X(HANDLE, CreateSemaphoreExA, 6, (SECURITY, LONG, LONG, LPCSTR, DWORD, DWORD), OPENS_A, semaphore, d, OR_NULL) \
    X(HANDLE, CreateSemaphoreExW, 6, (SECURITY, LONG, LONG, LPCWSTR, DWORD, DWORD), OPENS_W, semaphore, d, OR_NULL) \
    X(HANDLE, CreateWaitableTimerExA, 4, (SECURITY, LPCSTR, DWORD, DWORD), OPENS_A, timer, b, OR_NULL) \
    X(HANDLE, CreateWaitableTimerExW, 4, (SECURITY, LPCWSTR, DWORD, DWORD), OPENS_W, timer, b, OR_NULL) \
    X(HANDLE, CreateMemoryResourceNotification, 1, (MEMORY_RESOURCE_NOTIFICATION_TYPE), OPENS, handle, _, OR_NULL) \
    X(HANDLE, CreateTimerQueue, 0, (void), OPENS, timer_queue, _, OR_NULL) \
    X(BOOL, DeleteTimerQueue, 1, (HANDLE), CLOSES, timer_queue, a, IF_DELETED) \
    X(BOOL, DeleteTimerQueueEx, 2, (HANDLE, HANDLE), CLOSES, timer_queue, a, IF_DELETED) \
    X(BOOL, CreateTimerQueueTimer, 7, (PHANDLE, HANDLE, WAITORTIMERCALLBACK, PVOID, DWORD, DWORD, ULONG), \
      FILLS, queue_timer, a, IF_TRUE) \
    X(BOOL, DeleteTimerQueueTimer, 3, (HANDLE, HANDLE, HANDLE), CLOSES, queue_timer, b, IF_DELETED) \
    X(BOOL, RegisterWaitForSingleObject, 6, (PHANDLE, HANDLE, WAITORTIMERCALLBACK, PVOID, ULONG, ULONG), FILLS, wait, a, IF_TRUE) \
    X(BOOL, UnregisterWait, 1, (HANDLE), CLOSES, wait, a, IF_DELETED) \
    X(BOOL, UnregisterWaitEx, 2, (HANDLE, HANDLE), CLOSES, wait, a, IF_DELETED) \
    X(HANDLE, CreatePrivateNamespaceA, 3, (SECURITY, LPVOID, LPCSTR), OPENS, namespace, _, OR_NULL) \
    X(HANDLE, CreatePrivateNamespaceW, 3, (SECURITY, LPVOID, LPCWSTR), OPENS, namespace, _, OR_NULL) \
    X(HANDLE, OpenPrivateNamespaceA, 2, (LPVOID, LPCSTR), OPENS, namespace, _, OR_NULL) \
    X(HANDLE, OpenPrivateNamespaceW, 2, (LPVOID, LPCWSTR), OPENS, namespace, _, OR_NULL) \
    X(BOOLEAN, ClosePrivateNamespace, 2, (HANDLE, ULONG), CLOSES, namespace, a, IF_TRUE) \
    X(HANDLE, CreateBoundaryDescriptorA, 2, (LPCSTR, ULONG), OPENS, boundary, _, OR_NULL) \
    X(HANDLE, CreateBoundaryDescriptorW, 2, (LPCWSTR, ULONG), OPENS, boundary, _, OR_NULL) \
    X(VOID, DeleteBoundaryDescriptor, 1, (HANDLE), CLOSES_VOID, boundary, a, _)
OBJECTS(HAFT__LATE_SHIM)
