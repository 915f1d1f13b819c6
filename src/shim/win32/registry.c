/* registry.c: shims of the ways to a key besides those of Q179827. They are tracked, and not counted by name. */
#include "shim/win32/late_row.h"

#define LIBRARY "advapi32"

#define KEYS(X) \
    X(LONG, RegOpenKeyTransactedA, 7, (HKEY, LPCSTR, DWORD, REGSAM, PHKEY, HANDLE, PVOID), FILLS, key, e, IF_ZERO) \
    X(LONG, RegOpenKeyTransactedW, 7, (HKEY, LPCWSTR, DWORD, REGSAM, PHKEY, HANDLE, PVOID), FILLS, key, e, IF_ZERO) \
    X(LONG, RegCreateKeyTransactedA, 11, (HKEY, LPCSTR, DWORD, LPSTR, DWORD, REGSAM, const LPSECURITY_ATTRIBUTES, PHKEY, \
                                          LPDWORD, HANDLE, PVOID), FILLS, key, h, IF_ZERO) \
    X(LONG, RegCreateKeyTransactedW, 11, (HKEY, LPCWSTR, DWORD, LPWSTR, DWORD, REGSAM, const LPSECURITY_ATTRIBUTES, PHKEY, \
                                          LPDWORD, HANDLE, PVOID), FILLS, key, h, IF_ZERO) \
    X(LONG, RegOpenUserClassesRoot, 4, (HANDLE, DWORD, REGSAM, PHKEY), FILLS, key, d, IF_ZERO) \
    X(LONG, RegLoadAppKeyA, 5, (LPCSTR, PHKEY, REGSAM, DWORD, DWORD), FILLS, key, b, IF_ZERO) \
    X(LONG, RegLoadAppKeyW, 5, (LPCWSTR, PHKEY, REGSAM, DWORD, DWORD), FILLS, key, b, IF_ZERO)
KEYS(HAFT__LATE_SHIM)
