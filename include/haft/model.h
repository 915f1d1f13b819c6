/* haft/model.h: NT 4.0 in a box: the Win32 names on any host, running on a model of NT's object manager with five of its faults.
 *
 *     #include <haft/model.h>                       instead of <windows.h>; the rest of the source stays as it is
 *
 *     for (i = 0; i <= 65535; i++)                  an application reopens a key and never closes it
 *         RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE\\Extra", 0, KEY_READ, &k);
 *     RegCloseKey(k);                               its 16-bit open count is 0 by now: the key's storage is freed
 *     RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE\\Extra", 0, KEY_READ, &k);
 *     puts(haft_model_crash());                     "Q179827: ..."
 *
 * The same file with <haft/shim.h> force-included runs guarded on the model; without this header it runs on real Windows.
 * Every name that the model offers then means the model's function, or the shim's, if the shim has taken the name first. With
 * HAFT_MODEL_NO_NAMES defined only the haft_model_ names are declared. On Windows a name that is not in haft/model_names.h still
 * means the system's function, which knows nothing of the model's handles; and shims and wrappers stand on the model from the first
 * haft_model_boot on.
 *
 * The five faults, and where each is present (never on NT 3.51):
 *   Q179827  NT 4.0 to SP3  a key's open count has 16 bits. When it has wrapped to 0 the next close frees the key's storage; the
 *                           next use of it by any open, close or other call is a crash. (The article: "eventually".)
 *   Q160650  NT 4.0 to SP6  a kernel-mode close of a handle that is not open any more is a crash. On NT 3.51 nothing happens.
 *   Q246691  NT 4.0 to SP6  CreateRemoteThread, failing late, leaves the handle of the thread that it made and ended.
 *   Q235425  NT 4.0 to SP5  CreateFile of a drive letter that the redirector has costs paged pool. The failure itself stays.
 *   Q197517  NT 4.0 to SP4  RasDial leaves a handle to the process token open.
 *
 * What else is not as on NT: no access rights, no security, no sharing modes, no directories, one process. A thread's body runs
 * on a host thread, also when the thread belongs to the other process; TerminateThread ends the thread object, while a body that
 * runs already runs on unseen. Two views of one mapping are copies: each is written back when it is unmapped. A remote file
 * system (a redirected drive, a UNC name) has every file that it is asked for. A notifier of RasDial is called once, before
 * RasDial returns. Keys of another machine have no open count here.
 */
#ifndef HAFT_MODEL_H
#define HAFT_MODEL_H

#include <haft/model_types.h>

HAFT_BEGIN_C

typedef enum haft_model_version {
    HAFT_NT351 = 0,
    HAFT_NT4_SP0,
    HAFT_NT4_SP1,
    HAFT_NT4_SP2,
    HAFT_NT4_SP3,
    HAFT_NT4_SP4,
    HAFT_NT4_SP5,
    HAFT_NT4_SP6,
    HAFT_NT4_FIXED /* SP6 with every fix that came after it */
} haft_model_version;

/* Starts the system afresh: no handles, no files but its own, no crash; and makes the model the system that Haft's wrappers and
 * shims stand on in this process. Blocked waits fail. Without it the model is NT 4.0 without a service pack, which has all five
 * faults. A version that there is not is ignored. Call it while no handle is tracked: Haft's ledger does not know that the system
 * went down. */
void haft_model_boot(haft_model_version version);

/* NULL, or why the system stopped, naming the article. After that every call fails, with ERROR_NOT_READY where it has an error
 * code. The text stays until the next boot. */
const char *haft_model_crash(void);

/* Handles open in the process's table, whoever opened them. */
size_t haft_model_handles(void);

/* Bytes of paged pool that the redirector holds. */
size_t haft_model_paged_pool(void);

/* Maps a drive letter through the redirector. What is no letter is ignored. */
void haft_model_map_drive(char letter);

/* The next `times` calls of CreateRemoteThread that would succeed fail late: the thread and its handle are made, then the thread
 * is ended before it runs, with STATUS_NO_MEMORY. */
void haft_model_remote_thread_fails_late(unsigned times);

/* The next `times` calls of RasDial that get as far as dialling find the line busy: ERROR_LINE_BUSY, and a connection to hang
 * up. */
void haft_model_dial_fails(unsigned times);

/* A kernel-mode component opens a handle in the process's table, to an event; NULL when the system is out of memory or has
 * stopped. */
HANDLE haft_model_driver_open(void);

/* ... and closes it, in kernel mode: whatever the value stands for by now. A handle that is protected from close stays open. */
void haft_model_driver_close(HANDLE handle);

/* The open count that the system keeps for a key: 16 bits wide to SP3. The name as the kernel has it (\REGISTRY\MACHINE\...) or
 * from a predefined key (HKEY_LOCAL_MACHINE\..., HKLM\...). 0: not open, or no such key. */
uint32_t haft_model_key_count(const char *name);

/* The id of the one other process that there is, for OpenProcess. */
DWORD haft_model_other_process(void);

/* Each API: its haft_model_ name, and off Windows the plain name too, whatever that means by now. */
#ifndef HAFT_MODEL_NO_NAMES
#include <haft/model_names.h>
#endif
#if defined(HAFT_WINDOWS) || defined(HAFT_MODEL_NO_NAMES)
#define HAFT__MODEL_API(result, name, parameters) result WINAPI haft_model_##name parameters;
#else
#define HAFT__MODEL_API(result, name, parameters) result WINAPI haft_model_##name parameters; result WINAPI name parameters;
#endif

HAFT__MODEL_API(LONG, RegOpenKeyA, (HKEY parent, LPCSTR subkey, PHKEY ret))
HAFT__MODEL_API(LONG, RegOpenKeyW, (HKEY parent, LPCWSTR subkey, PHKEY ret))
HAFT__MODEL_API(LONG, RegOpenKeyExA, (HKEY parent, LPCSTR subkey, DWORD options, REGSAM access, PHKEY ret))
HAFT__MODEL_API(LONG, RegOpenKeyExW, (HKEY parent, LPCWSTR subkey, DWORD options, REGSAM access, PHKEY ret))
HAFT__MODEL_API(LONG, RegCreateKeyA, (HKEY parent, LPCSTR subkey, PHKEY ret))
HAFT__MODEL_API(LONG, RegCreateKeyW, (HKEY parent, LPCWSTR subkey, PHKEY ret))
HAFT__MODEL_API(LONG, RegCreateKeyExA, (HKEY parent, LPCSTR subkey, DWORD reserved, LPSTR reg_class, DWORD options,
                REGSAM access, LPSECURITY_ATTRIBUTES security, PHKEY ret, LPDWORD disposition))
HAFT__MODEL_API(LONG, RegCreateKeyExW, (HKEY parent, LPCWSTR subkey, DWORD reserved, LPWSTR reg_class, DWORD options,
                REGSAM access, LPSECURITY_ATTRIBUTES security, PHKEY ret, LPDWORD disposition))
HAFT__MODEL_API(LONG, RegConnectRegistryA, (LPCSTR machine, HKEY root, PHKEY ret))
HAFT__MODEL_API(LONG, RegConnectRegistryW, (LPCWSTR machine, HKEY root, PHKEY ret))
HAFT__MODEL_API(LONG, RegOpenCurrentUser, (REGSAM access, PHKEY ret))
HAFT__MODEL_API(LONG, RegCloseKey, (HKEY key))

HAFT__MODEL_API(HANDLE, CreateFileA, (LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security,
                DWORD disposition, DWORD flags, HANDLE template_file))
HAFT__MODEL_API(HANDLE, CreateFileW, (LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security,
                DWORD disposition, DWORD flags, HANDLE template_file))
HAFT__MODEL_API(BOOL, CloseHandle, (HANDLE handle))
HAFT__MODEL_API(BOOL, DuplicateHandle, (HANDLE source_process, HANDLE source, HANDLE target_process, LPHANDLE ret,
                DWORD access, BOOL inherit, DWORD options))
HAFT__MODEL_API(HANDLE, FindFirstFileA, (LPCSTR pattern, LPWIN32_FIND_DATAA data))
HAFT__MODEL_API(HANDLE, FindFirstFileW, (LPCWSTR pattern, LPWIN32_FIND_DATAW data))
HAFT__MODEL_API(BOOL, FindClose, (HANDLE find))
HAFT__MODEL_API(HANDLE, FindFirstChangeNotificationA, (LPCSTR path, BOOL subtree, DWORD filter))
HAFT__MODEL_API(HANDLE, FindFirstChangeNotificationW, (LPCWSTR path, BOOL subtree, DWORD filter))
HAFT__MODEL_API(BOOL, FindCloseChangeNotification, (HANDLE change))
HAFT__MODEL_API(HANDLE, CreateNamedPipeA, (LPCSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances, DWORD out_size,
                DWORD in_size, DWORD timeout_ms, LPSECURITY_ATTRIBUTES security))
HAFT__MODEL_API(HANDLE, CreateNamedPipeW, (LPCWSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances, DWORD out_size,
                DWORD in_size, DWORD timeout_ms, LPSECURITY_ATTRIBUTES security))
HAFT__MODEL_API(BOOL, CreatePipe, (PHANDLE ret_read, PHANDLE ret_write, LPSECURITY_ATTRIBUTES security, DWORD size))
HAFT__MODEL_API(HANDLE, CreateMailslotA, (LPCSTR name, DWORD max_message, DWORD timeout_ms, LPSECURITY_ATTRIBUTES security))
HAFT__MODEL_API(HANDLE, CreateMailslotW, (LPCWSTR name, DWORD max_message, DWORD timeout_ms, LPSECURITY_ATTRIBUTES security))

HAFT__MODEL_API(HANDLE, CreateEventA, (LPSECURITY_ATTRIBUTES security, BOOL manual_reset, BOOL initial, LPCSTR name))
HAFT__MODEL_API(HANDLE, CreateEventW, (LPSECURITY_ATTRIBUTES security, BOOL manual_reset, BOOL initial, LPCWSTR name))
HAFT__MODEL_API(HANDLE, OpenEventA, (DWORD access, BOOL inherit, LPCSTR name))
HAFT__MODEL_API(HANDLE, OpenEventW, (DWORD access, BOOL inherit, LPCWSTR name))
HAFT__MODEL_API(HANDLE, CreateMutexA, (LPSECURITY_ATTRIBUTES security, BOOL owned, LPCSTR name))
HAFT__MODEL_API(HANDLE, CreateMutexW, (LPSECURITY_ATTRIBUTES security, BOOL owned, LPCWSTR name))
HAFT__MODEL_API(HANDLE, OpenMutexA, (DWORD access, BOOL inherit, LPCSTR name))
HAFT__MODEL_API(HANDLE, OpenMutexW, (DWORD access, BOOL inherit, LPCWSTR name))
HAFT__MODEL_API(HANDLE, CreateSemaphoreA, (LPSECURITY_ATTRIBUTES security, LONG initial, LONG maximum, LPCSTR name))
HAFT__MODEL_API(HANDLE, CreateSemaphoreW, (LPSECURITY_ATTRIBUTES security, LONG initial, LONG maximum, LPCWSTR name))
HAFT__MODEL_API(HANDLE, OpenSemaphoreA, (DWORD access, BOOL inherit, LPCSTR name))
HAFT__MODEL_API(HANDLE, OpenSemaphoreW, (DWORD access, BOOL inherit, LPCWSTR name))
HAFT__MODEL_API(HANDLE, CreateWaitableTimerA, (LPSECURITY_ATTRIBUTES security, BOOL manual_reset, LPCSTR name))
HAFT__MODEL_API(HANDLE, CreateWaitableTimerW, (LPSECURITY_ATTRIBUTES security, BOOL manual_reset, LPCWSTR name))
HAFT__MODEL_API(HANDLE, OpenWaitableTimerA, (DWORD access, BOOL inherit, LPCSTR name))
HAFT__MODEL_API(HANDLE, OpenWaitableTimerW, (DWORD access, BOOL inherit, LPCWSTR name))

HAFT__MODEL_API(HANDLE, CreateThread, (LPSECURITY_ATTRIBUTES security, SIZE_T stack, LPTHREAD_START_ROUTINE start,
                LPVOID argument, DWORD flags, LPDWORD thread_id))
HAFT__MODEL_API(HANDLE, CreateRemoteThread, (HANDLE process, LPSECURITY_ATTRIBUTES security, SIZE_T stack,
                LPTHREAD_START_ROUTINE start, LPVOID argument, DWORD flags, LPDWORD thread_id))
HAFT__MODEL_API(HANDLE, OpenThread, (DWORD access, BOOL inherit, DWORD thread_id))
HAFT__MODEL_API(HANDLE, OpenProcess, (DWORD access, BOOL inherit, DWORD process_id))
HAFT__MODEL_API(BOOL, OpenProcessToken, (HANDLE process, DWORD access, PHANDLE ret))
HAFT__MODEL_API(BOOL, OpenThreadToken, (HANDLE thread, DWORD access, BOOL as_self, PHANDLE ret))

HAFT__MODEL_API(HANDLE, CreateFileMappingA, (HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protect, DWORD size_high,
                DWORD size_low, LPCSTR name))
HAFT__MODEL_API(HANDLE, CreateFileMappingW, (HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protect, DWORD size_high,
                DWORD size_low, LPCWSTR name))
HAFT__MODEL_API(HANDLE, OpenFileMappingA, (DWORD access, BOOL inherit, LPCSTR name))
HAFT__MODEL_API(HANDLE, OpenFileMappingW, (DWORD access, BOOL inherit, LPCWSTR name))
HAFT__MODEL_API(LPVOID, MapViewOfFile, (HANDLE mapping, DWORD access, DWORD offset_high, DWORD offset_low, SIZE_T bytes))
HAFT__MODEL_API(BOOL, UnmapViewOfFile, (LPCVOID view))
HAFT__MODEL_API(HMODULE, LoadLibraryA, (LPCSTR name))
HAFT__MODEL_API(HMODULE, LoadLibraryW, (LPCWSTR name))
HAFT__MODEL_API(BOOL, FreeLibrary, (HMODULE module))
HAFT__MODEL_API(HLOCAL, LocalAlloc, (UINT flags, SIZE_T bytes))
HAFT__MODEL_API(HLOCAL, LocalFree, (HLOCAL memory))
HAFT__MODEL_API(HANDLE, HeapCreate, (DWORD options, SIZE_T initial, SIZE_T maximum))
HAFT__MODEL_API(BOOL, HeapDestroy, (HANDLE heap))
HAFT__MODEL_API(HANDLE, GetProcessHeap, (void))

HAFT__MODEL_API(DWORD, RasDialA, (LPRASDIALEXTENSIONS extensions, LPCSTR phonebook, LPRASDIALPARAMSA params,
                DWORD notifier_type, LPVOID notifier, LPHRASCONN ret))
HAFT__MODEL_API(DWORD, RasDialW, (LPRASDIALEXTENSIONS extensions, LPCWSTR phonebook, LPRASDIALPARAMSW params,
                DWORD notifier_type, LPVOID notifier, LPHRASCONN ret))
HAFT__MODEL_API(DWORD, RasHangUpA, (HRASCONN connection))
HAFT__MODEL_API(DWORD, RasHangUpW, (HRASCONN connection))

HAFT__MODEL_API(LONG, RegQueryValueExA, (HKEY key, LPCSTR name, LPDWORD reserved, LPDWORD type, LPBYTE data, LPDWORD size))
HAFT__MODEL_API(LONG, RegQueryValueExW, (HKEY key, LPCWSTR name, LPDWORD reserved, LPDWORD type, LPBYTE data, LPDWORD size))
HAFT__MODEL_API(LONG, RegSetValueExA, (HKEY key, LPCSTR name, DWORD reserved, DWORD type, const BYTE *data, DWORD size))
HAFT__MODEL_API(LONG, RegSetValueExW, (HKEY key, LPCWSTR name, DWORD reserved, DWORD type, const BYTE *data, DWORD size))
HAFT__MODEL_API(LONG, RegDeleteValueA, (HKEY key, LPCSTR name))
HAFT__MODEL_API(LONG, RegDeleteValueW, (HKEY key, LPCWSTR name))

HAFT__MODEL_API(BOOL, ReadFile, (HANDLE file, LPVOID to, DWORD bytes, LPDWORD done, LPOVERLAPPED overlapped))
HAFT__MODEL_API(BOOL, WriteFile, (HANDLE file, LPCVOID from, DWORD bytes, LPDWORD done, LPOVERLAPPED overlapped))
HAFT__MODEL_API(DWORD, GetFileSize, (HANDLE file, LPDWORD high))
HAFT__MODEL_API(BOOL, DeleteFileA, (LPCSTR name))
HAFT__MODEL_API(BOOL, DeleteFileW, (LPCWSTR name))
HAFT__MODEL_API(BOOL, FindNextFileA, (HANDLE find, LPWIN32_FIND_DATAA data))
HAFT__MODEL_API(BOOL, FindNextFileW, (HANDLE find, LPWIN32_FIND_DATAW data))
HAFT__MODEL_API(UINT, GetDriveTypeA, (LPCSTR root))
HAFT__MODEL_API(UINT, GetDriveTypeW, (LPCWSTR root))
HAFT__MODEL_API(BOOL, GetHandleInformation, (HANDLE handle, LPDWORD flags))
HAFT__MODEL_API(BOOL, SetHandleInformation, (HANDLE handle, DWORD mask, DWORD flags))

HAFT__MODEL_API(BOOL, SetEvent, (HANDLE event))
HAFT__MODEL_API(BOOL, ResetEvent, (HANDLE event))
HAFT__MODEL_API(BOOL, ReleaseMutex, (HANDLE mutex))
HAFT__MODEL_API(BOOL, ReleaseSemaphore, (HANDLE semaphore, LONG count, LPLONG former))
HAFT__MODEL_API(DWORD, WaitForSingleObject, (HANDLE handle, DWORD milliseconds))
HAFT__MODEL_API(DWORD, WaitForMultipleObjects, (DWORD count, const HANDLE *handles, BOOL all, DWORD milliseconds))

HAFT__MODEL_API(DWORD, ResumeThread, (HANDLE thread))
HAFT__MODEL_API(BOOL, TerminateThread, (HANDLE thread, DWORD exit_code))
HAFT__MODEL_API(BOOL, GetExitCodeThread, (HANDLE thread, LPDWORD exit_code))
HAFT__MODEL_API(HANDLE, GetCurrentProcess, (void))
HAFT__MODEL_API(HANDLE, GetCurrentThread, (void))
HAFT__MODEL_API(DWORD, GetCurrentProcessId, (void))
HAFT__MODEL_API(DWORD, GetCurrentThreadId, (void))
HAFT__MODEL_API(void, Sleep, (DWORD milliseconds))
HAFT__MODEL_API(DWORD, GetTickCount, (void))
HAFT__MODEL_API(DWORD, GetLastError, (void))
HAFT__MODEL_API(void, SetLastError, (DWORD code))
HAFT__MODEL_API(DWORD, GetVersion, (void))
HAFT__MODEL_API(BOOL, GetVersionExA, (LPOSVERSIONINFOA info))
HAFT__MODEL_API(BOOL, GetVersionExW, (LPOSVERSIONINFOW info))

HAFT__MODEL_API(LPVOID, HeapAlloc, (HANDLE heap, DWORD flags, SIZE_T bytes))
HAFT__MODEL_API(BOOL, HeapFree, (HANDLE heap, DWORD flags, LPVOID memory))

#undef HAFT__MODEL_API

HAFT_END_C

#endif
