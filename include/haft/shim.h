/* haft/shim.h: guards Win32 code that is not changed.
 *
 *     cc -include haft/shim.h legacy.c ... libhaft.a          (cl, clang-cl: /FI haft/shim.h)
 *
 *     while (poll()) {
 *         RegOpenKeyEx(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &k);       never closed: at 1,024 of them this answers
 *         ...                                                            ERROR_NOT_ENOUGH_QUOTA on a system that would crash,
 *     }                                                                  and the report names this line
 *
 * It gives the APIs below other names, before the SDK's headers declare them, so that the SDK itself declares the shims. It
 * includes nothing and changes no option. Addresses of the APIs, tables of them, members that bear their names: all go on
 * working. Include it before any header of the system. What GetProcAddress gives, and modules that are not rebuilt, stay
 * raw.
 *
 * A shim behaves as the API: same results, same last errors, same out-parameters. What it adds:
 *
 *   all that open      tracked: haft_report_text() tells what is left open and where it came from
 *   RegOpenKey...      BOUND (Q179827): ERROR_NOT_ENOUGH_QUOTA at the bound, where the system has the fault or
 *   haft_limit_set or HAFT=limit.key=
 *                      asked for a bound; elsewhere only a finding
 *   all that close     REFUSE: ERROR_ACCESS_DENIED for a handle that is not the caller's to close: a KERNEL one (Q160650),
 *   or one that a wrapper
 *                      holds; ERROR_INVALID_HANDLE for a handle of another kind (CloseHandle on an HKEY). A handle that
 *                      nobody declared is let through and counted; in strict mode it is refused with ERROR_ACCESS_DENIED
 *   CreateFile         DECLINE (Q235425): ERROR_INVALID_NAME for a redirected drive letter, without the call
 *   CreateRemoteThread RECOVER (Q246691): the thread handle that a failed call has left is closed, if it can be proved to
 *   be the one RasDial            RECOVER (Q197517): the token handle that the dial has left is closed at RasHangUp, if it
 *   can be proved to be the one
 *
 * Each of these is also a finding. docs/faults.md says what each cannot do.
 */
#ifndef HAFT_SHIM_H
#define HAFT_SHIM_H

#if defined(_WINDOWS_) || defined(HAFT_MODEL_H)
#error "haft/shim.h must come before <windows.h> and <haft/model.h>: force-include it"
#endif

#define RegOpenKeyA haft_shim_RegOpenKeyA
#define RegOpenKeyW haft_shim_RegOpenKeyW
#define RegOpenKeyExA haft_shim_RegOpenKeyExA
#define RegOpenKeyExW haft_shim_RegOpenKeyExW
#define RegCreateKeyA haft_shim_RegCreateKeyA
#define RegCreateKeyW haft_shim_RegCreateKeyW
#define RegCreateKeyExA haft_shim_RegCreateKeyExA
#define RegCreateKeyExW haft_shim_RegCreateKeyExW
#define RegConnectRegistryA haft_shim_RegConnectRegistryA
#define RegConnectRegistryW haft_shim_RegConnectRegistryW
#define RegOpenCurrentUser haft_shim_RegOpenCurrentUser
#define RegCloseKey haft_shim_RegCloseKey
#define CreateFileA haft_shim_CreateFileA
#define CreateFileW haft_shim_CreateFileW
#define CloseHandle haft_shim_CloseHandle
#define DuplicateHandle haft_shim_DuplicateHandle
#define CreateThread haft_shim_CreateThread
#define CreateRemoteThread haft_shim_CreateRemoteThread
#define OpenProcessToken haft_shim_OpenProcessToken
#define OpenThreadToken haft_shim_OpenThreadToken
#define RasDialA haft_shim_RasDialA
#define RasDialW haft_shim_RasDialW
#define RasHangUpA haft_shim_RasHangUpA
#define RasHangUpW haft_shim_RasHangUpW

#endif
