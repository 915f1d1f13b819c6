/* nt_api.h: every Win32 function that Haft calls for its user: one line a function, X(result, name, parameters).
 * The port's table, the win32 port and the model are all made from this list. */
#ifndef HAFT_SRC_NT_API_H
#define HAFT_SRC_NT_API_H

#define HAFT__NT_API(X) \
    HAFT__NT_REGISTRY(X) HAFT__NT_FILES(X) HAFT__NT_SYNC(X) HAFT__NT_TASKS(X) HAFT__NT_MEMORY(X) HAFT__NT_NET(X)

#define HAFT__NT_REGISTRY(X) \
    X(LONG, RegOpenKeyA, (HKEY parent, LPCSTR subkey, PHKEY ret)) \
    X(LONG, RegOpenKeyW, (HKEY parent, LPCWSTR subkey, PHKEY ret)) \
    X(LONG, RegOpenKeyExA, (HKEY parent, LPCSTR subkey, DWORD options, REGSAM access, PHKEY ret)) \
    X(LONG, RegOpenKeyExW, (HKEY parent, LPCWSTR subkey, DWORD options, REGSAM access, PHKEY ret)) \
    X(LONG, RegCreateKeyA, (HKEY parent, LPCSTR subkey, PHKEY ret)) \
    X(LONG, RegCreateKeyW, (HKEY parent, LPCWSTR subkey, PHKEY ret)) \
    X(LONG, RegCreateKeyExA, (HKEY parent, LPCSTR subkey, DWORD reserved, LPSTR reg_class, DWORD options, REGSAM access, \
                              LPSECURITY_ATTRIBUTES security, PHKEY ret, LPDWORD disposition)) \
    X(LONG, RegCreateKeyExW, (HKEY parent, LPCWSTR subkey, DWORD reserved, LPWSTR reg_class, DWORD options, REGSAM access, \
                              LPSECURITY_ATTRIBUTES security, PHKEY ret, LPDWORD disposition)) \
    X(LONG, RegConnectRegistryA, (LPCSTR machine, HKEY root, PHKEY ret)) \
    X(LONG, RegConnectRegistryW, (LPCWSTR machine, HKEY root, PHKEY ret)) \
    X(LONG, RegOpenCurrentUser, (REGSAM access, PHKEY ret)) \
    X(LONG, RegCloseKey, (HKEY key))

#define HAFT__NT_FILES(X) \
    X(HANDLE, CreateFileA, (LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition, \
                            DWORD flags, HANDLE template_file)) \
    X(HANDLE, CreateFileW, (LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition, \
                            DWORD flags, HANDLE template_file)) \
    X(BOOL, CloseHandle, (HANDLE handle)) \
    X(BOOL, DuplicateHandle, (HANDLE source_process, HANDLE source, HANDLE target_process, LPHANDLE ret, DWORD access, \
                              BOOL inherit, DWORD options)) \
    X(HANDLE, FindFirstFileA, (LPCSTR pattern, LPWIN32_FIND_DATAA data)) \
    X(HANDLE, FindFirstFileW, (LPCWSTR pattern, LPWIN32_FIND_DATAW data)) \
    X(BOOL, FindClose, (HANDLE find)) \
    X(HANDLE, FindFirstChangeNotificationA, (LPCSTR path, BOOL subtree, DWORD filter)) \
    X(HANDLE, FindFirstChangeNotificationW, (LPCWSTR path, BOOL subtree, DWORD filter)) \
    X(BOOL, FindCloseChangeNotification, (HANDLE change)) \
    X(HANDLE, CreateNamedPipeA, (LPCSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances, DWORD out_size, DWORD in_size, \
                                 DWORD timeout_ms, LPSECURITY_ATTRIBUTES security)) \
    X(HANDLE, CreateNamedPipeW, (LPCWSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances, DWORD out_size, DWORD in_size, \
                                 DWORD timeout_ms, LPSECURITY_ATTRIBUTES security)) \
    X(BOOL, CreatePipe, (PHANDLE ret_read, PHANDLE ret_write, LPSECURITY_ATTRIBUTES security, DWORD size)) \
    X(HANDLE, CreateConsoleScreenBuffer, (DWORD access, DWORD share, const SECURITY_ATTRIBUTES *security, DWORD flags, \
                                          LPVOID reserved)) \
    X(HANDLE, CreateIoCompletionPort, (HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)) \
    X(HANDLE, CreateMailslotA, (LPCSTR name, DWORD max_message, DWORD timeout_ms, LPSECURITY_ATTRIBUTES security)) \
    X(HANDLE, CreateMailslotW, (LPCWSTR name, DWORD max_message, DWORD timeout_ms, LPSECURITY_ATTRIBUTES security))

#define HAFT__NT_SYNC(X) \
    X(HANDLE, CreateEventA, (LPSECURITY_ATTRIBUTES security, BOOL manual_reset, BOOL initial, LPCSTR name)) \
    X(HANDLE, CreateEventW, (LPSECURITY_ATTRIBUTES security, BOOL manual_reset, BOOL initial, LPCWSTR name)) \
    X(HANDLE, OpenEventA, (DWORD access, BOOL inherit, LPCSTR name)) \
    X(HANDLE, OpenEventW, (DWORD access, BOOL inherit, LPCWSTR name)) \
    X(HANDLE, CreateMutexA, (LPSECURITY_ATTRIBUTES security, BOOL owned, LPCSTR name)) \
    X(HANDLE, CreateMutexW, (LPSECURITY_ATTRIBUTES security, BOOL owned, LPCWSTR name)) \
    X(HANDLE, OpenMutexA, (DWORD access, BOOL inherit, LPCSTR name)) \
    X(HANDLE, OpenMutexW, (DWORD access, BOOL inherit, LPCWSTR name)) \
    X(HANDLE, CreateSemaphoreA, (LPSECURITY_ATTRIBUTES security, LONG initial, LONG maximum, LPCSTR name)) \
    X(HANDLE, CreateSemaphoreW, (LPSECURITY_ATTRIBUTES security, LONG initial, LONG maximum, LPCWSTR name)) \
    X(HANDLE, OpenSemaphoreA, (DWORD access, BOOL inherit, LPCSTR name)) \
    X(HANDLE, OpenSemaphoreW, (DWORD access, BOOL inherit, LPCWSTR name)) \
    X(HANDLE, CreateWaitableTimerA, (LPSECURITY_ATTRIBUTES security, BOOL manual_reset, LPCSTR name)) \
    X(HANDLE, CreateWaitableTimerW, (LPSECURITY_ATTRIBUTES security, BOOL manual_reset, LPCWSTR name)) \
    X(HANDLE, OpenWaitableTimerA, (DWORD access, BOOL inherit, LPCSTR name)) \
    X(HANDLE, OpenWaitableTimerW, (DWORD access, BOOL inherit, LPCWSTR name))

#define HAFT__NT_TASKS(X) \
    X(HANDLE, CreateThread, (LPSECURITY_ATTRIBUTES security, SIZE_T stack, LPTHREAD_START_ROUTINE start, LPVOID argument, \
                             DWORD flags, LPDWORD thread_id)) \
    X(HANDLE, CreateRemoteThread, (HANDLE process, LPSECURITY_ATTRIBUTES security, SIZE_T stack, LPTHREAD_START_ROUTINE start, \
                                   LPVOID argument, DWORD flags, LPDWORD thread_id)) \
    X(HANDLE, OpenThread, (DWORD access, BOOL inherit, DWORD thread_id)) \
    X(HANDLE, OpenProcess, (DWORD access, BOOL inherit, DWORD process_id)) \
    X(BOOL, CreateProcessA, (LPCSTR application, LPSTR command_line, LPSECURITY_ATTRIBUTES process_security, \
                             LPSECURITY_ATTRIBUTES thread_security, BOOL inherit, DWORD flags, LPVOID environment, \
                             LPCSTR directory, LPSTARTUPINFOA startup, LPPROCESS_INFORMATION ret)) \
    X(BOOL, CreateProcessW, (LPCWSTR application, LPWSTR command_line, LPSECURITY_ATTRIBUTES process_security, \
                             LPSECURITY_ATTRIBUTES thread_security, BOOL inherit, DWORD flags, LPVOID environment, \
                             LPCWSTR directory, LPSTARTUPINFOW startup, LPPROCESS_INFORMATION ret)) \
    X(HANDLE, CreateJobObjectA, (LPSECURITY_ATTRIBUTES security, LPCSTR name)) \
    X(HANDLE, CreateJobObjectW, (LPSECURITY_ATTRIBUTES security, LPCWSTR name)) \
    X(HANDLE, OpenJobObjectA, (DWORD access, BOOL inherit, LPCSTR name)) \
    X(HANDLE, OpenJobObjectW, (DWORD access, BOOL inherit, LPCWSTR name)) \
    X(HANDLE, CreateToolhelp32Snapshot, (DWORD flags, DWORD process_id)) \
    X(BOOL, OpenProcessToken, (HANDLE process, DWORD access, PHANDLE ret)) \
    X(BOOL, OpenThreadToken, (HANDLE thread, DWORD access, BOOL as_self, PHANDLE ret)) \
    X(SC_HANDLE, OpenSCManagerA, (LPCSTR machine, LPCSTR database, DWORD access)) \
    X(SC_HANDLE, OpenSCManagerW, (LPCWSTR machine, LPCWSTR database, DWORD access)) \
    X(SC_HANDLE, OpenServiceA, (SC_HANDLE manager, LPCSTR name, DWORD access)) \
    X(SC_HANDLE, OpenServiceW, (SC_HANDLE manager, LPCWSTR name, DWORD access)) \
    X(BOOL, CloseServiceHandle, (SC_HANDLE service)) \
    X(HANDLE, OpenEventLogA, (LPCSTR server, LPCSTR source)) \
    X(HANDLE, OpenEventLogW, (LPCWSTR server, LPCWSTR source)) \
    X(BOOL, CloseEventLog, (HANDLE log))

#define HAFT__NT_MEMORY(X) \
    X(HANDLE, CreateFileMappingA, (HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protect, DWORD size_high, DWORD size_low, \
                                   LPCSTR name)) \
    X(HANDLE, CreateFileMappingW, (HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protect, DWORD size_high, DWORD size_low, \
                                   LPCWSTR name)) \
    X(HANDLE, OpenFileMappingA, (DWORD access, BOOL inherit, LPCSTR name)) \
    X(HANDLE, OpenFileMappingW, (DWORD access, BOOL inherit, LPCWSTR name)) \
    X(LPVOID, MapViewOfFile, (HANDLE mapping, DWORD access, DWORD offset_high, DWORD offset_low, SIZE_T bytes)) \
    X(BOOL, UnmapViewOfFile, (LPCVOID view)) \
    X(HMODULE, LoadLibraryA, (LPCSTR name)) \
    X(HMODULE, LoadLibraryW, (LPCWSTR name)) \
    X(BOOL, FreeLibrary, (HMODULE module)) \
    X(HLOCAL, LocalAlloc, (UINT flags, SIZE_T bytes)) \
    X(HLOCAL, LocalFree, (HLOCAL memory)) \
    X(HANDLE, HeapCreate, (DWORD options, SIZE_T initial, SIZE_T maximum)) \
    X(BOOL, HeapDestroy, (HANDLE heap)) \
    X(HANDLE, GetProcessHeap, (void))

#define HAFT__NT_NET(X) \
    X(SOCKET, socket, (int family, int type, int protocol)) \
    X(int, closesocket, (SOCKET s)) \
    X(HANDLE, WSACreateEvent, (void)) \
    X(BOOL, WSACloseEvent, (HANDLE event)) \
    X(DWORD, RasDialA, (LPRASDIALEXTENSIONS extensions, LPCSTR phonebook, LPRASDIALPARAMSA params, DWORD notifier_type, \
                        LPVOID notifier, LPHRASCONN ret)) \
    X(DWORD, RasDialW, (LPRASDIALEXTENSIONS extensions, LPCWSTR phonebook, LPRASDIALPARAMSW params, DWORD notifier_type, \
                        LPVOID notifier, LPHRASCONN ret)) \
    X(DWORD, RasHangUpA, (HRASCONN connection)) \
    X(DWORD, RasHangUpW, (HRASCONN connection))

#endif
