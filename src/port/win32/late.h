/* late.h: the functions that are looked up when they are first called: those that NT 4.0 lacks, those of ntdll, which no import
 * library has everywhere, and those of DLLs that a program must not have to link because of Haft.
 *
 *   X(result, name, module, parameters, arguments, what it gives where it is missing)
 *
 * haft__late_NAME calls NAME. It leaves the last error as NAME left it; looking it up never shows. */
#ifndef HAFT_SRC_WIN32_LATE_H
#define HAFT_SRC_WIN32_LATE_H

#include "port/port.h"
#include "port/win32/ntdll.h"

#define HAFT__MISSING(result) (SetLastError(ERROR_CALL_NOT_IMPLEMENTED), (result))

#define HAFT__LATE(X) HAFT__LATE_WIN32(X) HAFT__LATE_NTDLL(X)

#define HAFT__LATE_WIN32(X) \
    X(LONG, RegOpenCurrentUser, "advapi32", (REGSAM access, PHKEY ret), (access, ret), ERROR_CALL_NOT_IMPLEMENTED) \
    X(HANDLE, OpenThread, "kernel32", (DWORD access, BOOL inherit, DWORD thread_id), (access, inherit, thread_id), \
      HAFT__MISSING(NULL)) \
    X(HANDLE, CreateJobObjectA, "kernel32", (LPSECURITY_ATTRIBUTES security, LPCSTR name), (security, name), HAFT__MISSING(NULL)) \
    X(HANDLE, CreateJobObjectW, "kernel32", (LPSECURITY_ATTRIBUTES security, LPCWSTR name), (security, name), HAFT__MISSING(NULL)) \
    X(HANDLE, OpenJobObjectA, "kernel32", (DWORD access, BOOL inherit, LPCSTR name), (access, inherit, name), \
      HAFT__MISSING(NULL)) \
    X(HANDLE, OpenJobObjectW, "kernel32", (DWORD access, BOOL inherit, LPCWSTR name), (access, inherit, name), \
      HAFT__MISSING(NULL)) \
    X(HANDLE, CreateToolhelp32Snapshot, "kernel32", (DWORD flags, DWORD process_id), (flags, process_id), \
      HAFT__MISSING(INVALID_HANDLE_VALUE)) \
    X(HANDLE, CreateConsoleScreenBuffer, "kernel32", (DWORD access, DWORD share, const SECURITY_ATTRIBUTES *security, DWORD flags, \
                                                      LPVOID reserved), \
      (access, share, security, flags, reserved), HAFT__MISSING(INVALID_HANDLE_VALUE)) /* SDKs differ in the const */ \
    X(BOOL, GetVersionExA, "kernel32", (LPOSVERSIONINFOA ret), (ret), HAFT__MISSING(FALSE)) \
    X(SOCKET, socket, "ws2_32", (int family, int type, int protocol), (family, type, protocol), HAFT__MISSING(INVALID_SOCKET)) \
    X(int, closesocket, "ws2_32", (SOCKET s), (s), HAFT__MISSING(SOCKET_ERROR)) \
    X(HANDLE, WSACreateEvent, "ws2_32", (void), (), HAFT__MISSING(NULL)) \
    X(BOOL, WSACloseEvent, "ws2_32", (HANDLE event), (event), HAFT__MISSING(FALSE)) \
    X(DWORD, RasDialA, "rasapi32", (LPRASDIALEXTENSIONS extensions, LPCSTR phonebook, LPRASDIALPARAMSA params, \
                                    DWORD notifier_type, LPVOID notifier, LPHRASCONN ret), \
      (extensions, phonebook, params, notifier_type, notifier, ret), ERROR_CALL_NOT_IMPLEMENTED) \
    X(DWORD, RasDialW, "rasapi32", (LPRASDIALEXTENSIONS extensions, LPCWSTR phonebook, LPRASDIALPARAMSW params, \
                                    DWORD notifier_type, LPVOID notifier, LPHRASCONN ret), \
      (extensions, phonebook, params, notifier_type, notifier, ret), ERROR_CALL_NOT_IMPLEMENTED) \
    X(DWORD, RasHangUpA, "rasapi32", (HRASCONN connection), (connection), ERROR_CALL_NOT_IMPLEMENTED) \
    X(DWORD, RasHangUpW, "rasapi32", (HRASCONN connection), (connection), ERROR_CALL_NOT_IMPLEMENTED)

#define HAFT__LATE_NTDLL(X) \
    X(haft__status, NtQuerySystemInformation, "ntdll", (ULONG what, PVOID ret, ULONG size, PULONG need), \
      (what, ret, size, need), HAFT__STATUS_NOT_IMPLEMENTED) \
    X(haft__status, NtQueryInformationThread, "ntdll", (HANDLE thread, ULONG what, PVOID ret, ULONG size, PULONG need), \
      (thread, what, ret, size, need), HAFT__STATUS_NOT_IMPLEMENTED) \
    X(haft__status, NtQueryInformationProcess, "ntdll", (HANDLE process, ULONG what, PVOID ret, ULONG size, PULONG need), \
      (process, what, ret, size, need), HAFT__STATUS_NOT_IMPLEMENTED) \
    X(haft__status, NtQueryObject, "ntdll", (HANDLE handle, ULONG what, PVOID ret, ULONG size, PULONG need), \
      (handle, what, ret, size, need), HAFT__STATUS_NOT_IMPLEMENTED) \
    X(haft__status, NtQueryKey, "ntdll", (HANDLE key, ULONG what, PVOID ret, ULONG size, PULONG need), \
      (key, what, ret, size, need), HAFT__STATUS_NOT_IMPLEMENTED) \
    X(haft__status, NtOpenKey, "ntdll", (PHANDLE ret, ULONG access, const haft__object_attributes *attributes), \
      (ret, access, attributes), HAFT__STATUS_NOT_IMPLEMENTED) \
    X(haft__status, RtlGetVersion, "ntdll", (haft__version_info *ret), (ret), HAFT__STATUS_NOT_IMPLEMENTED) \
    X(ULONG, RtlNtStatusToDosError, "ntdll", (haft__status status), (status), ERROR_MR_MID_NOT_FOUND)

#define HAFT__LATE_DECLARE(result, name, module, parameters, arguments, missing) result WINAPI haft__late_##name parameters;
HAFT__LATE(HAFT__LATE_DECLARE)
#undef HAFT__LATE_DECLARE

#endif
