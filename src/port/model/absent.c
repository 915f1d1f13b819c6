/* absent.c: what the model does not have. Each fails in its own way, with ERROR_CALL_NOT_IMPLEMENTED, and touches nothing. */
#include "port/model/model.h"

#define ABSENT(result, api, parameters, ignored, failure) \
    result WINAPI haft_model_##api parameters {           \
        uint32_t error = haft__m_enter();                 \
        ignored;                                          \
        haft__m_leave(error ? error : ERROR_CALL_NOT_IMPLEMENTED); \
        return failure;                                   \
    }

#define TWO(a, b) ((void)(a), (void)(b))
#define THREE(a, b, c) ((void)(a), (void)(b), (void)(c))
#define FOUR(a, b, c, d) TWO(a, b); TWO(c, d)
#define FIVE(a, b, c, d, e) TWO(a, b); THREE(c, d, e)
#define TEN(a, b, c, d, e, f, g, h, i, j) FIVE(a, b, c, d, e); FIVE(f, g, h, i, j)

ABSENT(SOCKET, socket, (int family, int type, int protocol), THREE(family, type, protocol), INVALID_SOCKET)
ABSENT(int, closesocket, (SOCKET s), (void)s, SOCKET_ERROR)
ABSENT(HANDLE, WSACreateEvent, (void), (void)0, NULL)
ABSENT(BOOL, WSACloseEvent, (HANDLE event), (void)event, FALSE)
ABSENT(SC_HANDLE, OpenSCManagerA, (LPCSTR machine, LPCSTR database, DWORD access), THREE(machine, database, access), NULL)
ABSENT(SC_HANDLE, OpenSCManagerW, (LPCWSTR machine, LPCWSTR database, DWORD access), THREE(machine, database, access), NULL)
ABSENT(SC_HANDLE, OpenServiceA, (SC_HANDLE manager, LPCSTR name, DWORD access), THREE(manager, name, access), NULL)
ABSENT(SC_HANDLE, OpenServiceW, (SC_HANDLE manager, LPCWSTR name, DWORD access), THREE(manager, name, access), NULL)
ABSENT(BOOL, CloseServiceHandle, (SC_HANDLE service), (void)service, FALSE)
ABSENT(HANDLE, OpenEventLogA, (LPCSTR server, LPCSTR source), TWO(server, source), NULL)
ABSENT(HANDLE, OpenEventLogW, (LPCWSTR server, LPCWSTR source), TWO(server, source), NULL)
ABSENT(BOOL, CloseEventLog, (HANDLE log), (void)log, FALSE)
ABSENT(HANDLE, CreateConsoleScreenBuffer, (DWORD access, DWORD share, const SECURITY_ATTRIBUTES *security, DWORD flags,
                                           LPVOID reserved),
       FIVE(access, share, security, flags, reserved), INVALID_HANDLE_VALUE)
ABSENT(HANDLE, CreateIoCompletionPort, (HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads),
       FOUR(file, port, key, threads), NULL)
ABSENT(HANDLE, CreateJobObjectA, (LPSECURITY_ATTRIBUTES security, LPCSTR name), TWO(security, name), NULL)
ABSENT(HANDLE, CreateJobObjectW, (LPSECURITY_ATTRIBUTES security, LPCWSTR name), TWO(security, name), NULL)
ABSENT(HANDLE, OpenJobObjectA, (DWORD access, BOOL inherit, LPCSTR name), THREE(access, inherit, name), NULL)
ABSENT(HANDLE, OpenJobObjectW, (DWORD access, BOOL inherit, LPCWSTR name), THREE(access, inherit, name), NULL)
ABSENT(HANDLE, CreateToolhelp32Snapshot, (DWORD flags, DWORD process_id), TWO(flags, process_id), INVALID_HANDLE_VALUE)
ABSENT(BOOL, CreateProcessA, (LPCSTR application, LPSTR command_line, LPSECURITY_ATTRIBUTES process_security,
                              LPSECURITY_ATTRIBUTES thread_security, BOOL inherit, DWORD flags, LPVOID environment,
                              LPCSTR directory, LPSTARTUPINFOA startup, LPPROCESS_INFORMATION ret),
       TEN(application, command_line, process_security, thread_security, inherit, flags, environment, directory, startup, ret),
       FALSE)
ABSENT(BOOL, CreateProcessW, (LPCWSTR application, LPWSTR command_line, LPSECURITY_ATTRIBUTES process_security,
                              LPSECURITY_ATTRIBUTES thread_security, BOOL inherit, DWORD flags, LPVOID environment,
                              LPCWSTR directory, LPSTARTUPINFOW startup, LPPROCESS_INFORMATION ret),
       TEN(application, command_line, process_security, thread_security, inherit, flags, environment, directory, startup, ret),
       FALSE)
