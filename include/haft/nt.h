/* haft/nt.h: typed wrappers for the Win32 handles, with their constructors. On Windows they stand on the system, on any other
 * host on the NT model (haft/model.h).
 *
 *     if (CloseHandle(key)) ...            succeeds on an HKEY, and RegCloseKey on an event: the system does not catch it
 *     haft_event_close(&key);              the compiler refuses another type's pointer; a cast is HAFT_E_WRONG_CLASS
 *
 * Constructors take the API's own parameters after `ret`, less its handle out-parameter. All of them:
 *   - close the handle that *ret still holds first;
 *   - HAFT_OK: *ret is USER and live; GetLastError() is the API's (ERROR_ALREADY_EXISTS, say);
 *   - HAFT_E_INVALID: ret is NULL; HAFT_E_LIMIT: the bound on live opens of this name is reached; nothing was opened;
 *   - HAFT_E_OS: the API failed; GetLastError() says why, also for the registry's and RAS's functions, which return the code;
 *   - HAFT_E_NOMEM: the handle cannot be tracked and was closed again; HAFT_E_UNSUPPORTED: this system has no such function.
 * Any thread. */
#ifndef HAFT_NT_H
#define HAFT_NT_H

#include <haft/class.h>

HAFT_BEGIN_C

struct _SECURITY_ATTRIBUTES;
struct tagRASDIALPARAMSA;
struct tagRASDIALPARAMSW;
struct tagRASDIALEXTENSIONS;
struct _WIN32_FIND_DATAA;
struct _WIN32_FIND_DATAW;
struct _OVERLAPPED;
struct _STARTUPINFOA;
struct _STARTUPINFOW;

/* class               raw type           none                 closer */
HAFT_DECLARE(haft_handle, haft_handle_t);       /* NULL, -1         CloseHandle */
HAFT_DECLARE(haft_file, haft_handle_t);         /* -1, NULL         CloseHandle */
HAFT_DECLARE(haft_key, haft_hkey_t);            /* NULL             RegCloseKey */
HAFT_DECLARE(haft_event, haft_handle_t);        /* NULL, -1         CloseHandle */
HAFT_DECLARE(haft_mutex, haft_handle_t);        /* NULL, -1         CloseHandle */
HAFT_DECLARE(haft_semaphore, haft_handle_t);    /* NULL, -1         CloseHandle */
HAFT_DECLARE(haft_timer, haft_handle_t);        /* NULL, -1         CloseHandle; a waitable timer */
HAFT_DECLARE(haft_thread, haft_handle_t);       /* NULL, -1         CloseHandle; -2 is pseudo */
HAFT_DECLARE(haft_process, haft_handle_t);      /* NULL             CloseHandle; -1 is pseudo */
HAFT_DECLARE(haft_token, haft_handle_t);        /* NULL, -1         CloseHandle; -4 to -6 are pseudo */
HAFT_DECLARE(haft_mapping, haft_handle_t);      /* NULL, -1         CloseHandle */
HAFT_DECLARE(haft_view, void *);                /* NULL             UnmapViewOfFile */
HAFT_DECLARE(haft_find, haft_handle_t);         /* -1, NULL         FindClose */
HAFT_DECLARE(haft_change, haft_handle_t);       /* -1, NULL         FindCloseChangeNotification */
HAFT_DECLARE(haft_module, haft_hmodule_t);      /* NULL             FreeLibrary */
HAFT_DECLARE(haft_pipe, haft_handle_t);         /* -1, NULL         CloseHandle */
HAFT_DECLARE(haft_mailslot, haft_handle_t);     /* -1, NULL         CloseHandle */
HAFT_DECLARE(haft_socket, haft_socket_t);       /* -1               closesocket */
HAFT_DECLARE(haft_service, haft_sc_handle_t);   /* NULL             CloseServiceHandle */
HAFT_DECLARE(haft_eventlog, haft_handle_t);     /* NULL             CloseEventLog */
HAFT_DECLARE(haft_ras, haft_hrasconn_t);        /* NULL             RasHangUp */
HAFT_DECLARE(haft_local, void *);               /* NULL             LocalFree */
HAFT_DECLARE(haft_heap, haft_handle_t);         /* NULL             HeapDestroy; the process heap is pseudo */
HAFT_DECLARE(haft_job, haft_handle_t);          /* NULL, -1         CloseHandle */
HAFT_DECLARE(haft_iocp, haft_handle_t);         /* NULL, -1         CloseHandle; an I/O completion port */
HAFT_DECLARE(haft_snapshot, haft_handle_t);     /* -1, NULL         CloseHandle; of CreateToolhelp32Snapshot */
HAFT_DECLARE(haft_console, haft_handle_t);      /* -1, NULL         CloseHandle; a console's screen buffer */
HAFT_DECLARE(haft_wsaevent, haft_handle_t);     /* NULL, -1         WSACloseEvent */

/* haft_T_duplicate: another handle to the same object, in this process: DuplicateHandle's last three parameters. The bound of a
 * named class does not count it: a handle does not tell its name. HAFT_E_INVALID: *h is empty, ret is h, or options has
 * DUPLICATE_CLOSE_SOURCE. HAFT_E_STALE. */
#define HAFT__DUPLICATE(T) \
    haft_status T##_duplicate(T *ret, const T *h, haft_dword access, haft_bool32 inherit, haft_dword options)
HAFT__DUPLICATE(haft_handle);
HAFT__DUPLICATE(haft_file);
HAFT__DUPLICATE(haft_key);
HAFT__DUPLICATE(haft_event);
HAFT__DUPLICATE(haft_mutex);
HAFT__DUPLICATE(haft_semaphore);
HAFT__DUPLICATE(haft_timer);
HAFT__DUPLICATE(haft_thread);
HAFT__DUPLICATE(haft_process);
HAFT__DUPLICATE(haft_token);
HAFT__DUPLICATE(haft_mapping);
HAFT__DUPLICATE(haft_pipe);
HAFT__DUPLICATE(haft_mailslot);
HAFT__DUPLICATE(haft_job);
HAFT__DUPLICATE(haft_iocp);
HAFT__DUPLICATE(haft_snapshot);
HAFT__DUPLICATE(haft_console);

haft_status haft_file_create_a(haft_file *ret, const char *name, haft_dword access, haft_dword share,
                               struct _SECURITY_ATTRIBUTES *security, haft_dword disposition, haft_dword flags,
                               haft_handle_t template_file);
haft_status haft_file_create_w(haft_file *ret, const wchar_t *name, haft_dword access, haft_dword share,
                               struct _SECURITY_ATTRIBUTES *security, haft_dword disposition, haft_dword flags,
                               haft_handle_t template_file);

/* Keys. A call that hands back the very key that it was given (an empty subkey of a predefined key) makes a PSEUDO wrapper, or one
 * that borrows the parent: it is not an open, and no bound refuses it. `disposition` may be NULL. */
haft_status haft_key_open_a(haft_key *ret, haft_hkey_t parent, const char *subkey, haft_dword options, haft_dword access);
haft_status haft_key_open_w(haft_key *ret, haft_hkey_t parent, const wchar_t *subkey, haft_dword options, haft_dword access);
haft_status haft_key_create_a(haft_key *ret, haft_hkey_t parent, const char *subkey, haft_dword reserved, char *reg_class,
                              haft_dword options, haft_dword access, struct _SECURITY_ATTRIBUTES *security,
                              haft_dword *disposition);
haft_status haft_key_create_w(haft_key *ret, haft_hkey_t parent, const wchar_t *subkey, haft_dword reserved, wchar_t *reg_class,
                              haft_dword options, haft_dword access, struct _SECURITY_ATTRIBUTES *security,
                              haft_dword *disposition);
haft_status haft_key_connect_a(haft_key *ret, const char *machine, haft_hkey_t root);
haft_status haft_key_connect_w(haft_key *ret, const wchar_t *machine, haft_hkey_t root);
haft_status haft_key_open_current_user(haft_key *ret, haft_dword access);

haft_status haft_event_create_a(haft_event *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 manual_reset,
                                haft_bool32 initial, const char *name);
haft_status haft_event_create_w(haft_event *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 manual_reset,
                                haft_bool32 initial, const wchar_t *name);
haft_status haft_event_open_a(haft_event *ret, haft_dword access, haft_bool32 inherit, const char *name);
haft_status haft_event_open_w(haft_event *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name);
haft_status haft_mutex_create_a(haft_mutex *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 owned, const char *name);
haft_status haft_mutex_create_w(haft_mutex *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 owned, const wchar_t *name);
haft_status haft_mutex_open_a(haft_mutex *ret, haft_dword access, haft_bool32 inherit, const char *name);
haft_status haft_mutex_open_w(haft_mutex *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name);
haft_status haft_semaphore_create_a(haft_semaphore *ret, struct _SECURITY_ATTRIBUTES *security, long initial, long maximum,
                                    const char *name);
haft_status haft_semaphore_create_w(haft_semaphore *ret, struct _SECURITY_ATTRIBUTES *security, long initial, long maximum,
                                    const wchar_t *name);
haft_status haft_semaphore_open_a(haft_semaphore *ret, haft_dword access, haft_bool32 inherit, const char *name);
haft_status haft_semaphore_open_w(haft_semaphore *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name);
haft_status haft_timer_create_a(haft_timer *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 manual_reset,
                                const char *name);
haft_status haft_timer_create_w(haft_timer *ret, struct _SECURITY_ATTRIBUTES *security, haft_bool32 manual_reset,
                                const wchar_t *name);
haft_status haft_timer_open_a(haft_timer *ret, haft_dword access, haft_bool32 inherit, const char *name);
haft_status haft_timer_open_w(haft_timer *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name);

/* `start` is an LPTHREAD_START_ROUTINE; `thread_id` may be NULL. */
#if defined(HAFT_WINDOWS) && !defined(_WIN64)
typedef haft_dword(__stdcall *haft_thread_start)(void *argument);
#else
typedef haft_dword (*haft_thread_start)(void *argument);
#endif
haft_status haft_thread_create(haft_thread *ret, struct _SECURITY_ATTRIBUTES *security, size_t stack, haft_thread_start start,
                               void *argument, haft_dword flags, haft_dword *thread_id);
haft_status haft_thread_create_remote(haft_thread *ret, haft_handle_t process, struct _SECURITY_ATTRIBUTES *security,
                                      size_t stack, haft_thread_start start, void *argument, haft_dword flags,
                                      haft_dword *thread_id);
haft_status haft_thread_open(haft_thread *ret, haft_dword access, haft_bool32 inherit, haft_dword thread_id);
haft_status haft_process_open(haft_process *ret, haft_dword access, haft_bool32 inherit, haft_dword process_id);
/* Both handles or neither; where they cannot be tracked they are closed, the process runs and HAFT_E_NOMEM is returned.
 * `ret_thread`, `process_id` and `thread_id` may be NULL: a thread's handle that nobody wants is closed at once. */
haft_status haft_process_create_a(haft_process *ret, haft_thread *ret_thread, const char *application, char *command_line,
                                  struct _SECURITY_ATTRIBUTES *process_security, struct _SECURITY_ATTRIBUTES *thread_security,
                                  haft_bool32 inherit, haft_dword flags, void *environment, const char *directory,
                                  struct _STARTUPINFOA *startup, haft_dword *process_id, haft_dword *thread_id);
haft_status haft_process_create_w(haft_process *ret, haft_thread *ret_thread, const wchar_t *application, wchar_t *command_line,
                                  struct _SECURITY_ATTRIBUTES *process_security, struct _SECURITY_ATTRIBUTES *thread_security,
                                  haft_bool32 inherit, haft_dword flags, void *environment, const wchar_t *directory,
                                  struct _STARTUPINFOW *startup, haft_dword *process_id, haft_dword *thread_id);
haft_status haft_job_create_a(haft_job *ret, struct _SECURITY_ATTRIBUTES *security, const char *name);
haft_status haft_job_create_w(haft_job *ret, struct _SECURITY_ATTRIBUTES *security, const wchar_t *name);
haft_status haft_job_open_a(haft_job *ret, haft_dword access, haft_bool32 inherit, const char *name);
haft_status haft_job_open_w(haft_job *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name);
haft_status haft_snapshot_create(haft_snapshot *ret, haft_dword flags, haft_dword process_id);
haft_status haft_token_open_process(haft_token *ret, haft_handle_t process, haft_dword access);
haft_status haft_token_open_thread(haft_token *ret, haft_handle_t thread, haft_dword access, haft_bool32 as_self);

haft_status haft_mapping_create_a(haft_mapping *ret, haft_handle_t file, struct _SECURITY_ATTRIBUTES *security,
                                  haft_dword protect, haft_dword size_high, haft_dword size_low, const char *name);
haft_status haft_mapping_create_w(haft_mapping *ret, haft_handle_t file, struct _SECURITY_ATTRIBUTES *security,
                                  haft_dword protect, haft_dword size_high, haft_dword size_low, const wchar_t *name);
haft_status haft_mapping_open_a(haft_mapping *ret, haft_dword access, haft_bool32 inherit, const char *name);
haft_status haft_mapping_open_w(haft_mapping *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name);
haft_status haft_view_map(haft_view *ret, haft_handle_t mapping, haft_dword access, haft_dword offset_high,
                          haft_dword offset_low, size_t bytes);

haft_status haft_find_first_a(haft_find *ret, const char *pattern, struct _WIN32_FIND_DATAA *data);
haft_status haft_find_first_w(haft_find *ret, const wchar_t *pattern, struct _WIN32_FIND_DATAW *data);
haft_status haft_change_first_a(haft_change *ret, const char *path, haft_bool32 subtree, haft_dword filter);
haft_status haft_change_first_w(haft_change *ret, const wchar_t *path, haft_bool32 subtree, haft_dword filter);
haft_status haft_module_load_a(haft_module *ret, const char *name);
haft_status haft_module_load_w(haft_module *ret, const wchar_t *name);
haft_status haft_pipe_create_named_a(haft_pipe *ret, const char *name, haft_dword open_mode, haft_dword pipe_mode,
                                     haft_dword instances, haft_dword out_size, haft_dword in_size, haft_dword timeout_ms,
                                     struct _SECURITY_ATTRIBUTES *security);
haft_status haft_pipe_create_named_w(haft_pipe *ret, const wchar_t *name, haft_dword open_mode, haft_dword pipe_mode,
                                     haft_dword instances, haft_dword out_size, haft_dword in_size, haft_dword timeout_ms,
                                     struct _SECURITY_ATTRIBUTES *security);
/* An anonymous pipe: both ends or neither. */
haft_status haft_pipe_create(haft_pipe *ret_read, haft_pipe *ret_write, struct _SECURITY_ATTRIBUTES *security, haft_dword size);
haft_status haft_console_create(haft_console *ret, haft_dword access, haft_dword share, struct _SECURITY_ATTRIBUTES *security,
                                haft_dword flags);
/* A new port, with no file yet: CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, threads). */
haft_status haft_iocp_create(haft_iocp *ret, haft_dword threads);
haft_status haft_mailslot_create_a(haft_mailslot *ret, const char *name, haft_dword max_message, haft_dword timeout_ms,
                                   struct _SECURITY_ATTRIBUTES *security);
haft_status haft_mailslot_create_w(haft_mailslot *ret, const wchar_t *name, haft_dword max_message, haft_dword timeout_ms,
                                   struct _SECURITY_ATTRIBUTES *security);
/* WSAStartup first: GetLastError() is WSAGetLastError() here. */
haft_status haft_socket_create(haft_socket *ret, int family, int type, int protocol);
haft_status haft_wsaevent_create(haft_wsaevent *ret);
haft_status haft_service_open_manager_a(haft_service *ret, const char *machine, const char *database, haft_dword access);
haft_status haft_service_open_manager_w(haft_service *ret, const wchar_t *machine, const wchar_t *database, haft_dword access);
haft_status haft_service_open_a(haft_service *ret, haft_sc_handle_t manager, const char *name, haft_dword access);
haft_status haft_service_open_w(haft_service *ret, haft_sc_handle_t manager, const wchar_t *name, haft_dword access);
haft_status haft_eventlog_open_a(haft_eventlog *ret, const char *server, const char *source);
haft_status haft_eventlog_open_w(haft_eventlog *ret, const wchar_t *server, const wchar_t *source);
/* A dial that fails but leaves a connection is hung up before HAFT_E_OS is returned. The end of a scope hangs up. */
haft_status haft_ras_dial_a(haft_ras *ret, struct tagRASDIALEXTENSIONS *extensions, const char *phonebook,
                            struct tagRASDIALPARAMSA *params, haft_dword notifier_type, void *notifier);
haft_status haft_ras_dial_w(haft_ras *ret, struct tagRASDIALEXTENSIONS *extensions, const wchar_t *phonebook,
                            struct tagRASDIALPARAMSW *params, haft_dword notifier_type, void *notifier);
haft_status haft_local_alloc(haft_local *ret, unsigned flags, size_t bytes);
haft_status haft_heap_create(haft_heap *ret, haft_dword options, size_t initial, size_t maximum);

/* A KERNEL handle can be guarded against code that was not rebuilt: while on, the system itself refuses to close it
 * (HANDLE_FLAG_PROTECT_FROM_CLOSE), for the kernel-mode component as well: take it off before the component closes.
 * HAFT_E_NOT_OWNER: not adopted as KERNEL. HAFT_E_OS. HAFT_E_UNSUPPORTED: this system has no such flag. Any thread. */
haft_status haft_kernel_protect(haft_handle_t raw, bool on);

HAFT_END_C

#endif
