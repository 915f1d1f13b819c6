/* tasks.c: shims of processes and threads that are started in other ways, and of tokens. */
#include "shim/win32/late_row.h"

#define LIBRARY "advapi32"
#define SECURITY LPSECURITY_ATTRIBUTES

#define TOKENS(X) \
    X(BOOL, DuplicateToken, 3, (HANDLE, SECURITY_IMPERSONATION_LEVEL, PHANDLE), FILLS, token, c, IF_TRUE) \
    X(BOOL, DuplicateTokenEx, 6, (HANDLE, DWORD, SECURITY, SECURITY_IMPERSONATION_LEVEL, TOKEN_TYPE, PHANDLE), \
      FILLS, token, f, IF_TRUE) \
    X(BOOL, LogonUserA, 6, (LPCSTR, LPCSTR, LPCSTR, DWORD, DWORD, PHANDLE), FILLS, token, f, IF_TRUE) \
    X(BOOL, LogonUserW, 6, (LPCWSTR, LPCWSTR, LPCWSTR, DWORD, DWORD, PHANDLE), FILLS, token, f, IF_TRUE) \
    X(BOOL, LogonUserExA, 10, (LPCSTR, LPCSTR, LPCSTR, DWORD, DWORD, PHANDLE, PSID *, PVOID *, LPDWORD, PQUOTA_LIMITS), \
      FILLS, token, f, IF_TRUE) \
    X(BOOL, LogonUserExW, 10, (LPCWSTR, LPCWSTR, LPCWSTR, DWORD, DWORD, PHANDLE, PSID *, PVOID *, LPDWORD, PQUOTA_LIMITS), \
      FILLS, token, f, IF_TRUE) \
    X(BOOL, CreateRestrictedToken, 9, (HANDLE, DWORD, DWORD, PSID_AND_ATTRIBUTES, DWORD, PLUID_AND_ATTRIBUTES, DWORD, \
                                       PSID_AND_ATTRIBUTES, PHANDLE), FILLS, token, i, IF_TRUE)
TOKENS(HAFT__LATE_SHIM)

#define STARTED(X) \
    X(BOOL, CreateProcessAsUserA, 11, (HANDLE, LPCSTR, LPSTR, SECURITY, SECURITY, BOOL, DWORD, LPVOID, LPCSTR, LPSTARTUPINFOA, \
                                       LPPROCESS_INFORMATION), STARTS, process, k, IF_TRUE) \
    X(BOOL, CreateProcessAsUserW, 11, (HANDLE, LPCWSTR, LPWSTR, SECURITY, SECURITY, BOOL, DWORD, LPVOID, LPCWSTR, \
                                       LPSTARTUPINFOW, LPPROCESS_INFORMATION), STARTS, process, k, IF_TRUE) \
    X(BOOL, CreateProcessWithLogonW, 11, (LPCWSTR, LPCWSTR, LPCWSTR, DWORD, LPCWSTR, LPWSTR, DWORD, LPVOID, LPCWSTR, \
                                          LPSTARTUPINFOW, LPPROCESS_INFORMATION), STARTS, process, k, IF_TRUE) \
    X(BOOL, CreateProcessWithTokenW, 9, (HANDLE, DWORD, LPCWSTR, LPWSTR, DWORD, LPVOID, LPCWSTR, LPSTARTUPINFOW, \
                                         LPPROCESS_INFORMATION), STARTS, process, i, IF_TRUE)
STARTED(HAFT__LATE_SHIM)

#undef LIBRARY
#define LIBRARY "kernel32"

#define THREADS(X) \
    X(HANDLE, CreateRemoteThreadEx, 8, (HANDLE, SECURITY, SIZE_T, LPTHREAD_START_ROUTINE, LPVOID, DWORD, \
                                        LPPROC_THREAD_ATTRIBUTE_LIST, LPDWORD), OPENS, thread, _, OR_NULL)
THREADS(HAFT__LATE_SHIM)
