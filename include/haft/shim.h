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
 * includes nothing and changes no option, but that clang for Windows no longer warns of pragmas. Addresses of the APIs, tables of
 * them, members that bear their names: all go on working. Include it before any header of the system. What GetProcAddress gives,
 * and modules that are not rebuilt, stay raw.
 *
 * A shim behaves as the API: same results, same last errors, same out-parameters. What it adds:
 *
 *   all that open        tracked: haft_report_text() tells what is left open, and where it came from
 *   RegOpenKey...        BOUND (Q179827): ERROR_NOT_ENOUGH_QUOTA at the bound, where the system has the fault or haft_limit_set or
 *                        HAFT=limit.key= asked for a bound; elsewhere only a finding. Other kinds: where a bound was asked for
 *   all that close       REFUSE: ERROR_ACCESS_DENIED for a handle that is not the caller's to close: a KERNEL one (Q160650), or one
 *                        that a wrapper holds; ERROR_INVALID_HANDLE for a handle of another kind (CloseHandle on an HKEY). A handle
 *                        that nobody declared is let through and counted; in strict mode it is refused with ERROR_ACCESS_DENIED
 *   CreateFile           DECLINE (Q235425): ERROR_INVALID_NAME for a redirected drive letter, without the call
 *   CreateRemoteThread   RECOVER (Q246691): the thread handle that a failed call has left is closed, if it can be proved to be it
 *   RasDial              RECOVER (Q197517): the token handle that the dial has left is closed at RasHangUp, if it can be proved to
 *                        be it
 *
 * Each of these is also a finding; errors are said in the API's own way: the last error, a returned code, WSAGetLastError(), errno.
 * docs/faults.md says what each cannot do, docs/migrate.md which functions are covered and which are not.
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
#define CreateRemoteThread haft_shim_CreateRemoteThread
#define CreateThread haft_shim_CreateThread
#define OpenThread haft_shim_OpenThread
#define OpenProcess haft_shim_OpenProcess
#define OpenProcessToken haft_shim_OpenProcessToken
#define OpenThreadToken haft_shim_OpenThreadToken
#define CreateProcessA haft_shim_CreateProcessA
#define CreateProcessW haft_shim_CreateProcessW
#define FindFirstFileA haft_shim_FindFirstFileA
#define FindFirstFileW haft_shim_FindFirstFileW
#define FindClose haft_shim_FindClose
#define FindFirstChangeNotificationA haft_shim_FindFirstChangeNotificationA
#define FindFirstChangeNotificationW haft_shim_FindFirstChangeNotificationW
#define FindCloseChangeNotification haft_shim_FindCloseChangeNotification
#define CreateNamedPipeA haft_shim_CreateNamedPipeA
#define CreateNamedPipeW haft_shim_CreateNamedPipeW
#define CreateMailslotA haft_shim_CreateMailslotA
#define CreateMailslotW haft_shim_CreateMailslotW
#define CreateEventA haft_shim_CreateEventA
#define CreateEventW haft_shim_CreateEventW
#define OpenEventA haft_shim_OpenEventA
#define OpenEventW haft_shim_OpenEventW
#define CreateMutexA haft_shim_CreateMutexA
#define CreateMutexW haft_shim_CreateMutexW
#define OpenMutexA haft_shim_OpenMutexA
#define OpenMutexW haft_shim_OpenMutexW
#define CreateSemaphoreA haft_shim_CreateSemaphoreA
#define CreateSemaphoreW haft_shim_CreateSemaphoreW
#define OpenSemaphoreA haft_shim_OpenSemaphoreA
#define OpenSemaphoreW haft_shim_OpenSemaphoreW
#define CreateWaitableTimerA haft_shim_CreateWaitableTimerA
#define CreateWaitableTimerW haft_shim_CreateWaitableTimerW
#define OpenWaitableTimerA haft_shim_OpenWaitableTimerA
#define OpenWaitableTimerW haft_shim_OpenWaitableTimerW
#define CreateJobObjectA haft_shim_CreateJobObjectA
#define CreateJobObjectW haft_shim_CreateJobObjectW
#define OpenJobObjectA haft_shim_OpenJobObjectA
#define OpenJobObjectW haft_shim_OpenJobObjectW
#define CreateToolhelp32Snapshot haft_shim_CreateToolhelp32Snapshot
#define CreateConsoleScreenBuffer haft_shim_CreateConsoleScreenBuffer
#define CreateIoCompletionPort haft_shim_CreateIoCompletionPort
#define CreateFileMappingA haft_shim_CreateFileMappingA
#define CreateFileMappingW haft_shim_CreateFileMappingW
#define OpenFileMappingA haft_shim_OpenFileMappingA
#define OpenFileMappingW haft_shim_OpenFileMappingW
#define MapViewOfFile haft_shim_MapViewOfFile
#define UnmapViewOfFile haft_shim_UnmapViewOfFile
#define LoadLibraryA haft_shim_LoadLibraryA
#define LoadLibraryW haft_shim_LoadLibraryW
#define FreeLibrary haft_shim_FreeLibrary
#define LocalAlloc haft_shim_LocalAlloc
#define LocalFree haft_shim_LocalFree
#define HeapCreate haft_shim_HeapCreate
#define HeapDestroy haft_shim_HeapDestroy
#define OpenSCManagerA haft_shim_OpenSCManagerA
#define OpenSCManagerW haft_shim_OpenSCManagerW
#define OpenServiceA haft_shim_OpenServiceA
#define OpenServiceW haft_shim_OpenServiceW
#define CloseServiceHandle haft_shim_CloseServiceHandle
#define OpenEventLogA haft_shim_OpenEventLogA
#define OpenEventLogW haft_shim_OpenEventLogW
#define CloseEventLog haft_shim_CloseEventLog
#define CreatePipe haft_shim_CreatePipe
#define RasDialA haft_shim_RasDialA
#define RasDialW haft_shim_RasDialW
#define RasHangUpA haft_shim_RasHangUpA
#define RasHangUpW haft_shim_RasHangUpW

#if defined(_WIN32)
#include <haft/shim_win32.h>
#endif

#endif
