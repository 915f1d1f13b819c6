/* win32.c: the win32 port: Windows NT as it runs, from NT 4.0 on.
 *
 * What NT 4.0's kernel32 and advapi32 have is linked. Everything else is looked up when it is first called (late.h), so that a
 * program with Haft in it starts on NT 4.0 and need not link ws2_32 or rasapi32. This file is only the table; Haft's own questions
 * are in query.c and handles.c. */
#include "port/win32/win32.h"

#include "port/win32/late.h"

static uint32_t last_error(void) { return GetLastError(); }
static void set_last_error(uint32_t code) { SetLastError(code); }

/* Not every SDK has the const. */
static HANDLE WINAPI create_console_screen_buffer(DWORD access, DWORD share, const SECURITY_ATTRIBUTES *security, DWORD flags,
                                                  LPVOID reserved) {
    return CreateConsoleScreenBuffer(access, share, (LPSECURITY_ATTRIBUTES)security, flags, reserved);
}

const haft__nt_port haft__port_win32 = {
    .name = "win32",

    .RegOpenKeyA = RegOpenKeyA,
    .RegOpenKeyW = RegOpenKeyW,
    .RegOpenKeyExA = RegOpenKeyExA,
    .RegOpenKeyExW = RegOpenKeyExW,
    .RegCreateKeyA = RegCreateKeyA,
    .RegCreateKeyW = RegCreateKeyW,
    .RegCreateKeyExA = RegCreateKeyExA,
    .RegCreateKeyExW = RegCreateKeyExW,
    .RegConnectRegistryA = RegConnectRegistryA,
    .RegConnectRegistryW = RegConnectRegistryW,
    .RegOpenCurrentUser = haft__late_RegOpenCurrentUser,
    .RegCloseKey = RegCloseKey,

    .CreateFileA = CreateFileA,
    .CreateFileW = CreateFileW,
    .CloseHandle = CloseHandle,
    .DuplicateHandle = DuplicateHandle,
    .FindFirstFileA = FindFirstFileA,
    .FindFirstFileW = FindFirstFileW,
    .FindClose = FindClose,
    .FindFirstChangeNotificationA = FindFirstChangeNotificationA,
    .FindFirstChangeNotificationW = FindFirstChangeNotificationW,
    .FindCloseChangeNotification = FindCloseChangeNotification,
    .CreateNamedPipeA = CreateNamedPipeA,
    .CreateNamedPipeW = CreateNamedPipeW,
    .CreatePipe = CreatePipe,
    .CreateConsoleScreenBuffer = create_console_screen_buffer,
    .CreateIoCompletionPort = CreateIoCompletionPort,
    .CreateMailslotA = CreateMailslotA,
    .CreateMailslotW = CreateMailslotW,

    .CreateEventA = CreateEventA,
    .CreateEventW = CreateEventW,
    .OpenEventA = OpenEventA,
    .OpenEventW = OpenEventW,
    .CreateMutexA = CreateMutexA,
    .CreateMutexW = CreateMutexW,
    .OpenMutexA = OpenMutexA,
    .OpenMutexW = OpenMutexW,
    .CreateSemaphoreA = CreateSemaphoreA,
    .CreateSemaphoreW = CreateSemaphoreW,
    .OpenSemaphoreA = OpenSemaphoreA,
    .OpenSemaphoreW = OpenSemaphoreW,
    .CreateWaitableTimerA = CreateWaitableTimerA,
    .CreateWaitableTimerW = CreateWaitableTimerW,
    .OpenWaitableTimerA = OpenWaitableTimerA,
    .OpenWaitableTimerW = OpenWaitableTimerW,

    .CreateThread = CreateThread,
    .CreateRemoteThread = CreateRemoteThread,
    .OpenThread = haft__late_OpenThread,
    .OpenProcess = OpenProcess,
    .CreateProcessA = CreateProcessA,
    .CreateProcessW = CreateProcessW,
    .CreateJobObjectA = haft__late_CreateJobObjectA,
    .CreateJobObjectW = haft__late_CreateJobObjectW,
    .OpenJobObjectA = haft__late_OpenJobObjectA,
    .OpenJobObjectW = haft__late_OpenJobObjectW,
    .CreateToolhelp32Snapshot = haft__late_CreateToolhelp32Snapshot,
    .OpenProcessToken = OpenProcessToken,
    .OpenThreadToken = OpenThreadToken,
    .OpenSCManagerA = OpenSCManagerA,
    .OpenSCManagerW = OpenSCManagerW,
    .OpenServiceA = OpenServiceA,
    .OpenServiceW = OpenServiceW,
    .CloseServiceHandle = CloseServiceHandle,
    .OpenEventLogA = OpenEventLogA,
    .OpenEventLogW = OpenEventLogW,
    .CloseEventLog = CloseEventLog,

    .CreateFileMappingA = CreateFileMappingA,
    .CreateFileMappingW = CreateFileMappingW,
    .OpenFileMappingA = OpenFileMappingA,
    .OpenFileMappingW = OpenFileMappingW,
    .MapViewOfFile = MapViewOfFile,
    .UnmapViewOfFile = UnmapViewOfFile,
    .LoadLibraryA = LoadLibraryA,
    .LoadLibraryW = LoadLibraryW,
    .FreeLibrary = FreeLibrary,
    .LocalAlloc = LocalAlloc,
    .LocalFree = LocalFree,
    .HeapCreate = HeapCreate,
    .HeapDestroy = HeapDestroy,
    .GetProcessHeap = GetProcessHeap,

    .socket = haft__late_socket,
    .closesocket = haft__late_closesocket,
    .WSACreateEvent = haft__late_WSACreateEvent,
    .WSACloseEvent = haft__late_WSACloseEvent,
    .RasDialA = haft__late_RasDialA,
    .RasDialW = haft__late_RasDialW,
    .RasHangUpA = haft__late_RasHangUpA,
    .RasHangUpW = haft__late_RasHangUpW,

    .last_error = last_error,
    .set_last_error = set_last_error,
    .version = haft__win32_version,
    .key_name = haft__win32_key_name,
    .drive_is_remote = haft__win32_drive_is_remote,
    .handles = haft__win32_handles,
    .thread_info = haft__win32_thread_info,
    .process_id = haft__win32_process_id,
    .token_is_own = haft__win32_token_is_own,
    .error_of_status = haft__win32_error_of_status,
    .now = haft__win32_now,
    .is_open = haft__win32_is_open,
    .protect = haft__win32_protect,
};
