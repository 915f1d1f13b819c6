/* nt_classes.c: the classes of the Win32 handles: what each is closed by and what means "none", a line a class. */
#include "types/nt_classes.h"

#include "core/keyname.h"
#include "port/port.h"
#include "types/guard.h"

#define MINUS(n) ((uint64_t)(uintptr_t)(intptr_t)-(n))
#define AS(type, raw) ((type)(uintptr_t)(raw))

static bool close_handle(uint64_t raw) { return haft__nt()->CloseHandle(AS(HANDLE, raw)) != 0; }
static bool unmap(uint64_t raw) { return haft__nt()->UnmapViewOfFile(AS(void *, raw)) != 0; }
static bool find_close(uint64_t raw) { return haft__nt()->FindClose(AS(HANDLE, raw)) != 0; }
static bool change_close(uint64_t raw) { return haft__nt()->FindCloseChangeNotification(AS(HANDLE, raw)) != 0; }
static bool free_library(uint64_t raw) { return haft__nt()->FreeLibrary(AS(HMODULE, raw)) != 0; }
static bool close_socket(uint64_t raw) { return haft__nt()->closesocket(AS(SOCKET, raw)) == 0; }
static bool close_event(uint64_t raw) { return haft__nt()->WSACloseEvent(AS(HANDLE, raw)) != 0; }
static bool close_service(uint64_t raw) { return haft__nt()->CloseServiceHandle(AS(SC_HANDLE, raw)) != 0; }
static bool close_log(uint64_t raw) { return haft__nt()->CloseEventLog(AS(HANDLE, raw)) != 0; }
static bool local_free(uint64_t raw) { return haft__nt()->LocalFree(AS(HLOCAL, raw)) == NULL; }
static bool heap_destroy(uint64_t raw) { return haft__nt()->HeapDestroy(AS(HANDLE, raw)) != 0; }

/* These two return the error instead of setting it. */
static bool succeeded(uint32_t code) {
    if (code) haft__nt()->set_last_error(code);
    return code == 0;
}
static bool close_key(uint64_t raw) { return succeeded((uint32_t)haft__nt()->RegCloseKey(AS(HKEY, raw))); }
static bool hang_up(uint64_t raw) { return succeeded(haft__guard_hang_up(NULL, AS(HRASCONN, raw), true)); }

static bool is_thread(uint64_t raw) { return raw == MINUS(2); }
static bool is_process(uint64_t raw) { return raw == MINUS(1); }
static bool is_token(uint64_t raw) { return raw == MINUS(4) || raw == MINUS(5) || raw == MINUS(6); }
static bool is_any(uint64_t raw) { return is_thread(raw) || is_token(raw); }
static bool is_heap(uint64_t raw) { return raw == (uint64_t)(uintptr_t)haft__nt()->GetProcessHeap(); }

#define NULL_OR_INVALID { 0, MINUS(1) }
#define INVALID_OR_NULL { MINUS(1), 0 }
#define ONLY_NULL { 0, 0 }
#define ONLY_INVALID { MINUS(1), MINUS(1) }

#define CLASS(name, ID, SPACE, none, closer, pseudo) \
    haft_class haft__class_##name = { #name, HAFT_CLASS_##ID, HAFT_SPACE_##SPACE, none, closer, pseudo };

/*    name       id         space    "none"           closer         predefined */
CLASS(handle,    HANDLE,    KERNEL,  NULL_OR_INVALID, close_handle,  is_any)
CLASS(file,      FILE,      KERNEL,  INVALID_OR_NULL, close_handle,  NULL)
CLASS(key,       KEY,       KERNEL,  ONLY_NULL,       close_key,     haft__key_is_predefined)
CLASS(event,     EVENT,     KERNEL,  NULL_OR_INVALID, close_handle,  NULL)
CLASS(mutex,     MUTEX,     KERNEL,  NULL_OR_INVALID, close_handle,  NULL)
CLASS(semaphore, SEMAPHORE, KERNEL,  NULL_OR_INVALID, close_handle,  NULL)
CLASS(timer,     TIMER,     KERNEL,  NULL_OR_INVALID, close_handle,  NULL)
CLASS(thread,    THREAD,    KERNEL,  NULL_OR_INVALID, close_handle,  is_thread)
CLASS(process,   PROCESS,   KERNEL,  ONLY_NULL,       close_handle,  is_process)
CLASS(token,     TOKEN,     KERNEL,  NULL_OR_INVALID, close_handle,  is_token)
CLASS(mapping,   MAPPING,   KERNEL,  NULL_OR_INVALID, close_handle,  NULL)
CLASS(view,      VIEW,      POINTER, ONLY_NULL,       unmap,         NULL)
CLASS(find,      FIND,      POINTER, INVALID_OR_NULL, find_close,    NULL)
CLASS(change,    CHANGE,    KERNEL,  INVALID_OR_NULL, change_close,  NULL)
CLASS(module,    MODULE,    POINTER, ONLY_NULL,       free_library,  NULL)
CLASS(pipe,      PIPE,      KERNEL,  INVALID_OR_NULL, close_handle,  NULL)
CLASS(mailslot,  MAILSLOT,  KERNEL,  INVALID_OR_NULL, close_handle,  NULL)
CLASS(socket,    SOCKET,    KERNEL,  ONLY_INVALID,    close_socket,  NULL)
CLASS(service,   SERVICE,   OWN,     ONLY_NULL,       close_service, NULL)
CLASS(eventlog,  EVENTLOG,  OWN,     ONLY_NULL,       close_log,     NULL)
CLASS(ras,       RAS,       OWN,     ONLY_NULL,       hang_up,       NULL)
CLASS(local,     LOCAL,     POINTER, ONLY_NULL,       local_free,    NULL)
CLASS(heap,      HEAP,      POINTER, ONLY_NULL,       heap_destroy,  is_heap)
CLASS(job,       JOB,       KERNEL,  NULL_OR_INVALID, close_handle,  NULL)
CLASS(iocp,      IOCP,      KERNEL,  NULL_OR_INVALID, close_handle,  NULL)
CLASS(snapshot,  SNAPSHOT,  KERNEL,  INVALID_OR_NULL, close_handle,  NULL)
CLASS(console,   CONSOLE,   KERNEL,  INVALID_OR_NULL, close_handle,  NULL)
CLASS(wsaevent,  WSAEVENT,  KERNEL,  NULL_OR_INVALID, close_event,   NULL)

#define FUNCTIONS(name, R) HAFT__FUNCTIONS(, haft_##name, R, &haft__class_##name, HAFT__CALLER())

FUNCTIONS(handle, haft_handle_t)
FUNCTIONS(file, haft_handle_t)
FUNCTIONS(key, haft_hkey_t)
FUNCTIONS(event, haft_handle_t)
FUNCTIONS(mutex, haft_handle_t)
FUNCTIONS(semaphore, haft_handle_t)
FUNCTIONS(timer, haft_handle_t)
FUNCTIONS(thread, haft_handle_t)
FUNCTIONS(process, haft_handle_t)
FUNCTIONS(token, haft_handle_t)
FUNCTIONS(mapping, haft_handle_t)
FUNCTIONS(view, void *)
FUNCTIONS(find, haft_handle_t)
FUNCTIONS(change, haft_handle_t)
FUNCTIONS(module, haft_hmodule_t)
FUNCTIONS(pipe, haft_handle_t)
FUNCTIONS(mailslot, haft_handle_t)
FUNCTIONS(socket, haft_socket_t)
FUNCTIONS(service, haft_sc_handle_t)
FUNCTIONS(eventlog, haft_handle_t)
FUNCTIONS(ras, haft_hrasconn_t)
FUNCTIONS(local, void *)
FUNCTIONS(heap, haft_handle_t)
FUNCTIONS(job, haft_handle_t)
FUNCTIONS(iocp, haft_handle_t)
FUNCTIONS(snapshot, haft_handle_t)
FUNCTIONS(console, haft_handle_t)
FUNCTIONS(wsaevent, haft_handle_t)
