/* tasks.c: shims of processes and threads that are started in other ways, and of tokens. */
#include "shim/win32/late_row.h"

#include "shim/shims.h"

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

#define START(api, n, types)                                                    \
    BOOL WINAPI haft_shim_##api(HAFT__PARAMS_##n types);                        \
    BOOL WINAPI haft_shim_##api(HAFT__PARAMS_##n types) {                       \
        HAFT__LATE(BOOL, api, types)                                            \
        haft__starting s;                                                       \
        if (!system) return HAFT__REFUSED_IF_TRUE(ERROR_CALL_NOT_IMPLEMENTED);  \
        uint32_t code = haft__shim_start(&s, at);                               \
        if (code) return HAFT__REFUSED_IF_TRUE(code);                           \
        BOOL ok = system(HAFT__ARGS_##n);                                       \
        haft__shim_started(&s, ok, k);                                          \
        return ok;                                                              \
    }                                                                           \
    HAFT__IMPORT(haft_shim_##api, HAFT__BYTES_##n)                              \
    HAFT__SAME(api)

START(CreateProcessAsUserA, 11, (HANDLE, LPCSTR, LPSTR, SECURITY, SECURITY, BOOL, DWORD, LPVOID, LPCSTR, LPSTARTUPINFOA,
                                 LPPROCESS_INFORMATION))
START(CreateProcessAsUserW, 11, (HANDLE, LPCWSTR, LPWSTR, SECURITY, SECURITY, BOOL, DWORD, LPVOID, LPCWSTR, LPSTARTUPINFOW,
                                 LPPROCESS_INFORMATION))
START(CreateProcessWithLogonW, 11, (LPCWSTR, LPCWSTR, LPCWSTR, DWORD, LPCWSTR, LPWSTR, DWORD, LPVOID, LPCWSTR, LPSTARTUPINFOW,
                                    LPPROCESS_INFORMATION))

BOOL WINAPI haft_shim_CreateProcessWithTokenW(HANDLE token, DWORD logon, LPCWSTR application, LPWSTR command_line, DWORD flags,
                                              LPVOID environment, LPCWSTR directory, LPSTARTUPINFOW startup,
                                              LPPROCESS_INFORMATION ret);
BOOL WINAPI haft_shim_CreateProcessWithTokenW(HANDLE token, DWORD logon, LPCWSTR application, LPWSTR command_line, DWORD flags,
                                              LPVOID environment, LPCWSTR directory, LPSTARTUPINFOW startup,
                                              LPPROCESS_INFORMATION ret) {
    HAFT__LATE(BOOL, CreateProcessWithTokenW,
               (HANDLE, DWORD, LPCWSTR, LPWSTR, DWORD, LPVOID, LPCWSTR, LPSTARTUPINFOW, LPPROCESS_INFORMATION))
    haft__starting s;
    if (!system) return HAFT__REFUSED_IF_TRUE(ERROR_CALL_NOT_IMPLEMENTED);
    uint32_t code = haft__shim_start(&s, at);
    if (code) return HAFT__REFUSED_IF_TRUE(code);
    BOOL ok = system(token, logon, application, command_line, flags, environment, directory, startup, ret);
    haft__shim_started(&s, ok, ret);
    return ok;
}
HAFT__IMPORT(haft_shim_CreateProcessWithTokenW, 36)
HAFT__SAME(CreateProcessWithTokenW)

#undef LIBRARY
#define LIBRARY "kernel32"

#define THREADS(X) \
    X(HANDLE, CreateRemoteThreadEx, 8, (HANDLE, SECURITY, SIZE_T, LPTHREAD_START_ROUTINE, LPVOID, DWORD, \
                                        LPPROC_THREAD_ATTRIBUTE_LIST, LPDWORD), OPENS, thread, _, OR_NULL)
THREADS(HAFT__LATE_SHIM)
