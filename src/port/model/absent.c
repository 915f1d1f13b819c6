/* absent.c: what the model does not have. Each fails in its own way, with ERROR_CALL_NOT_IMPLEMENTED, and touches nothing. */
#include "base/params.h"
#include "port/model/model.h"

#if defined(_MSC_VER) && !defined(__clang__)
#pragma warning(disable : 4100)
#else
#pragma GCC diagnostic ignored "-Wunused-parameter"
#endif

#define ABSENT(result, api, n, types, failure)                     \
    result WINAPI haft_model_##api(HAFT__PARAMS_##n types) {       \
        uint32_t error = haft__m_enter();                          \
        haft__m_leave(error ? error : ERROR_CALL_NOT_IMPLEMENTED); \
        return failure;                                            \
    }

ABSENT(SOCKET, socket, 3, (int, int, int), INVALID_SOCKET)
ABSENT(int, closesocket, 1, (SOCKET), SOCKET_ERROR)
ABSENT(HANDLE, WSACreateEvent, 0, (void), NULL)
ABSENT(BOOL, WSACloseEvent, 1, (HANDLE), FALSE)
ABSENT(SC_HANDLE, OpenSCManagerA, 3, (LPCSTR, LPCSTR, DWORD), NULL)
ABSENT(SC_HANDLE, OpenSCManagerW, 3, (LPCWSTR, LPCWSTR, DWORD), NULL)
ABSENT(SC_HANDLE, OpenServiceA, 3, (SC_HANDLE, LPCSTR, DWORD), NULL)
ABSENT(SC_HANDLE, OpenServiceW, 3, (SC_HANDLE, LPCWSTR, DWORD), NULL)
ABSENT(BOOL, CloseServiceHandle, 1, (SC_HANDLE), FALSE)
ABSENT(HANDLE, OpenEventLogA, 2, (LPCSTR, LPCSTR), NULL)
ABSENT(HANDLE, OpenEventLogW, 2, (LPCWSTR, LPCWSTR), NULL)
ABSENT(BOOL, CloseEventLog, 1, (HANDLE), FALSE)
ABSENT(HANDLE, CreateConsoleScreenBuffer, 5, (DWORD, DWORD, const SECURITY_ATTRIBUTES *, DWORD, LPVOID), INVALID_HANDLE_VALUE)
ABSENT(HANDLE, CreateIoCompletionPort, 4, (HANDLE, HANDLE, ULONG_PTR, DWORD), NULL)
ABSENT(HANDLE, CreateJobObjectA, 2, (LPSECURITY_ATTRIBUTES, LPCSTR), NULL)
ABSENT(HANDLE, CreateJobObjectW, 2, (LPSECURITY_ATTRIBUTES, LPCWSTR), NULL)
ABSENT(HANDLE, OpenJobObjectA, 3, (DWORD, BOOL, LPCSTR), NULL)
ABSENT(HANDLE, OpenJobObjectW, 3, (DWORD, BOOL, LPCWSTR), NULL)
ABSENT(HANDLE, CreateToolhelp32Snapshot, 2, (DWORD, DWORD), INVALID_HANDLE_VALUE)
ABSENT(BOOL, CreateProcessA, 10, (LPCSTR, LPSTR, LPSECURITY_ATTRIBUTES, LPSECURITY_ATTRIBUTES, BOOL, DWORD, LPVOID, LPCSTR,
                                  LPSTARTUPINFOA, LPPROCESS_INFORMATION), FALSE)
ABSENT(BOOL, CreateProcessW, 10, (LPCWSTR, LPWSTR, LPSECURITY_ATTRIBUTES, LPSECURITY_ATTRIBUTES, BOOL, DWORD, LPVOID, LPCWSTR,
                                  LPSTARTUPINFOW, LPPROCESS_INFORMATION), FALSE)
