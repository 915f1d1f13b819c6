/* haft/model_names.h: the Win32 names, each made to mean the model's function; <haft/model.h> includes it.
 *
 *     #define CreateFileA haft_model_CreateFileA
 *     #include <haft/shim.h>                      too late: CreateFileA is taken, and the shim would guard nothing
 *
 * A name that <haft/shim.h>, force-included, has taken already keeps the shim's meaning. Include <haft/model.h> instead of this. */
#ifndef HAFT_MODEL_NAMES_H
#define HAFT_MODEL_NAMES_H

/* what the shims may cover: the functions that open and close */
#ifndef RegOpenKeyA
#define RegOpenKeyA haft_model_RegOpenKeyA
#endif
#ifndef RegOpenKeyW
#define RegOpenKeyW haft_model_RegOpenKeyW
#endif
#ifndef RegOpenKeyExA
#define RegOpenKeyExA haft_model_RegOpenKeyExA
#endif
#ifndef RegOpenKeyExW
#define RegOpenKeyExW haft_model_RegOpenKeyExW
#endif
#ifndef RegCreateKeyA
#define RegCreateKeyA haft_model_RegCreateKeyA
#endif
#ifndef RegCreateKeyW
#define RegCreateKeyW haft_model_RegCreateKeyW
#endif
#ifndef RegCreateKeyExA
#define RegCreateKeyExA haft_model_RegCreateKeyExA
#endif
#ifndef RegCreateKeyExW
#define RegCreateKeyExW haft_model_RegCreateKeyExW
#endif
#ifndef RegConnectRegistryA
#define RegConnectRegistryA haft_model_RegConnectRegistryA
#endif
#ifndef RegConnectRegistryW
#define RegConnectRegistryW haft_model_RegConnectRegistryW
#endif
#ifndef RegOpenCurrentUser
#define RegOpenCurrentUser haft_model_RegOpenCurrentUser
#endif
#ifndef RegCloseKey
#define RegCloseKey haft_model_RegCloseKey
#endif
#ifndef CreateFileA
#define CreateFileA haft_model_CreateFileA
#endif
#ifndef CreateFileW
#define CreateFileW haft_model_CreateFileW
#endif
#ifndef CloseHandle
#define CloseHandle haft_model_CloseHandle
#endif
#ifndef DuplicateHandle
#define DuplicateHandle haft_model_DuplicateHandle
#endif
#ifndef FindFirstFileA
#define FindFirstFileA haft_model_FindFirstFileA
#endif
#ifndef FindFirstFileW
#define FindFirstFileW haft_model_FindFirstFileW
#endif
#ifndef FindClose
#define FindClose haft_model_FindClose
#endif
#ifndef FindFirstChangeNotificationA
#define FindFirstChangeNotificationA haft_model_FindFirstChangeNotificationA
#endif
#ifndef FindFirstChangeNotificationW
#define FindFirstChangeNotificationW haft_model_FindFirstChangeNotificationW
#endif
#ifndef FindCloseChangeNotification
#define FindCloseChangeNotification haft_model_FindCloseChangeNotification
#endif
#ifndef CreateNamedPipeA
#define CreateNamedPipeA haft_model_CreateNamedPipeA
#endif
#ifndef CreateNamedPipeW
#define CreateNamedPipeW haft_model_CreateNamedPipeW
#endif
#ifndef CreatePipe
#define CreatePipe haft_model_CreatePipe
#endif
#ifndef CreateMailslotA
#define CreateMailslotA haft_model_CreateMailslotA
#endif
#ifndef CreateMailslotW
#define CreateMailslotW haft_model_CreateMailslotW
#endif
#ifndef CreateEventA
#define CreateEventA haft_model_CreateEventA
#endif
#ifndef CreateEventW
#define CreateEventW haft_model_CreateEventW
#endif
#ifndef OpenEventA
#define OpenEventA haft_model_OpenEventA
#endif
#ifndef OpenEventW
#define OpenEventW haft_model_OpenEventW
#endif
#ifndef CreateMutexA
#define CreateMutexA haft_model_CreateMutexA
#endif
#ifndef CreateMutexW
#define CreateMutexW haft_model_CreateMutexW
#endif
#ifndef OpenMutexA
#define OpenMutexA haft_model_OpenMutexA
#endif
#ifndef OpenMutexW
#define OpenMutexW haft_model_OpenMutexW
#endif
#ifndef CreateSemaphoreA
#define CreateSemaphoreA haft_model_CreateSemaphoreA
#endif
#ifndef CreateSemaphoreW
#define CreateSemaphoreW haft_model_CreateSemaphoreW
#endif
#ifndef OpenSemaphoreA
#define OpenSemaphoreA haft_model_OpenSemaphoreA
#endif
#ifndef OpenSemaphoreW
#define OpenSemaphoreW haft_model_OpenSemaphoreW
#endif
#ifndef CreateWaitableTimerA
#define CreateWaitableTimerA haft_model_CreateWaitableTimerA
#endif
#ifndef CreateWaitableTimerW
#define CreateWaitableTimerW haft_model_CreateWaitableTimerW
#endif
#ifndef OpenWaitableTimerA
#define OpenWaitableTimerA haft_model_OpenWaitableTimerA
#endif
#ifndef OpenWaitableTimerW
#define OpenWaitableTimerW haft_model_OpenWaitableTimerW
#endif
#ifndef CreateThread
#define CreateThread haft_model_CreateThread
#endif
#ifndef CreateRemoteThread
#define CreateRemoteThread haft_model_CreateRemoteThread
#endif
#ifndef OpenThread
#define OpenThread haft_model_OpenThread
#endif
#ifndef OpenProcess
#define OpenProcess haft_model_OpenProcess
#endif
#ifndef OpenProcessToken
#define OpenProcessToken haft_model_OpenProcessToken
#endif
#ifndef OpenThreadToken
#define OpenThreadToken haft_model_OpenThreadToken
#endif
#ifndef CreateFileMappingA
#define CreateFileMappingA haft_model_CreateFileMappingA
#endif
#ifndef CreateFileMappingW
#define CreateFileMappingW haft_model_CreateFileMappingW
#endif
#ifndef OpenFileMappingA
#define OpenFileMappingA haft_model_OpenFileMappingA
#endif
#ifndef OpenFileMappingW
#define OpenFileMappingW haft_model_OpenFileMappingW
#endif
#ifndef MapViewOfFile
#define MapViewOfFile haft_model_MapViewOfFile
#endif
#ifndef UnmapViewOfFile
#define UnmapViewOfFile haft_model_UnmapViewOfFile
#endif
#ifndef LoadLibraryA
#define LoadLibraryA haft_model_LoadLibraryA
#endif
#ifndef LoadLibraryW
#define LoadLibraryW haft_model_LoadLibraryW
#endif
#ifndef FreeLibrary
#define FreeLibrary haft_model_FreeLibrary
#endif
#ifndef LocalAlloc
#define LocalAlloc haft_model_LocalAlloc
#endif
#ifndef LocalFree
#define LocalFree haft_model_LocalFree
#endif
#ifndef HeapCreate
#define HeapCreate haft_model_HeapCreate
#endif
#ifndef HeapDestroy
#define HeapDestroy haft_model_HeapDestroy
#endif
#ifndef GetProcessHeap
#define GetProcessHeap haft_model_GetProcessHeap
#endif
#ifndef RasDialA
#define RasDialA haft_model_RasDialA
#endif
#ifndef RasDialW
#define RasDialW haft_model_RasDialW
#endif
#ifndef RasHangUpA
#define RasHangUpA haft_model_RasHangUpA
#endif
#ifndef RasHangUpW
#define RasHangUpW haft_model_RasHangUpW
#endif

/* what they never do */
#define RegQueryValueExA haft_model_RegQueryValueExA
#define RegQueryValueExW haft_model_RegQueryValueExW
#define RegSetValueExA haft_model_RegSetValueExA
#define RegSetValueExW haft_model_RegSetValueExW
#define RegDeleteValueA haft_model_RegDeleteValueA
#define RegDeleteValueW haft_model_RegDeleteValueW
#define ReadFile haft_model_ReadFile
#define WriteFile haft_model_WriteFile
#define GetFileSize haft_model_GetFileSize
#define DeleteFileA haft_model_DeleteFileA
#define DeleteFileW haft_model_DeleteFileW
#define FindNextFileA haft_model_FindNextFileA
#define FindNextFileW haft_model_FindNextFileW
#define GetDriveTypeA haft_model_GetDriveTypeA
#define GetDriveTypeW haft_model_GetDriveTypeW
#define GetHandleInformation haft_model_GetHandleInformation
#define SetHandleInformation haft_model_SetHandleInformation
#define SetEvent haft_model_SetEvent
#define ResetEvent haft_model_ResetEvent
#define ReleaseMutex haft_model_ReleaseMutex
#define ReleaseSemaphore haft_model_ReleaseSemaphore
#define WaitForSingleObject haft_model_WaitForSingleObject
#define WaitForMultipleObjects haft_model_WaitForMultipleObjects
#define ResumeThread haft_model_ResumeThread
#define TerminateThread haft_model_TerminateThread
#define GetExitCodeThread haft_model_GetExitCodeThread
#define GetCurrentProcess haft_model_GetCurrentProcess
#define GetCurrentThread haft_model_GetCurrentThread
#define GetCurrentProcessId haft_model_GetCurrentProcessId
#define GetCurrentThreadId haft_model_GetCurrentThreadId
#define Sleep haft_model_Sleep
#define GetLastError haft_model_GetLastError
#define SetLastError haft_model_SetLastError
#define GetVersion haft_model_GetVersion
#define GetVersionExA haft_model_GetVersionExA
#define GetVersionExW haft_model_GetVersionExW
#define GetTickCount haft_model_GetTickCount
#define HeapAlloc haft_model_HeapAlloc
#define HeapFree haft_model_HeapFree

/* the names without A or W */
#if !defined(HAFT_WINDOWS)
#ifdef UNICODE
#define HAFT__MODEL_TEXT(name) name##W
#else
#define HAFT__MODEL_TEXT(name) name##A
#endif
#define RegOpenKey HAFT__MODEL_TEXT(RegOpenKey)
#define RegOpenKeyEx HAFT__MODEL_TEXT(RegOpenKeyEx)
#define RegCreateKey HAFT__MODEL_TEXT(RegCreateKey)
#define RegCreateKeyEx HAFT__MODEL_TEXT(RegCreateKeyEx)
#define RegConnectRegistry HAFT__MODEL_TEXT(RegConnectRegistry)
#define CreateFile HAFT__MODEL_TEXT(CreateFile)
#define FindFirstFile HAFT__MODEL_TEXT(FindFirstFile)
#define FindFirstChangeNotification HAFT__MODEL_TEXT(FindFirstChangeNotification)
#define CreateNamedPipe HAFT__MODEL_TEXT(CreateNamedPipe)
#define CreateMailslot HAFT__MODEL_TEXT(CreateMailslot)
#define CreateEvent HAFT__MODEL_TEXT(CreateEvent)
#define OpenEvent HAFT__MODEL_TEXT(OpenEvent)
#define CreateMutex HAFT__MODEL_TEXT(CreateMutex)
#define OpenMutex HAFT__MODEL_TEXT(OpenMutex)
#define CreateSemaphore HAFT__MODEL_TEXT(CreateSemaphore)
#define OpenSemaphore HAFT__MODEL_TEXT(OpenSemaphore)
#define CreateWaitableTimer HAFT__MODEL_TEXT(CreateWaitableTimer)
#define OpenWaitableTimer HAFT__MODEL_TEXT(OpenWaitableTimer)
#define CreateFileMapping HAFT__MODEL_TEXT(CreateFileMapping)
#define OpenFileMapping HAFT__MODEL_TEXT(OpenFileMapping)
#define LoadLibrary HAFT__MODEL_TEXT(LoadLibrary)
#define RasDial HAFT__MODEL_TEXT(RasDial)
#define RasHangUp HAFT__MODEL_TEXT(RasHangUp)
#define RegQueryValueEx HAFT__MODEL_TEXT(RegQueryValueEx)
#define RegSetValueEx HAFT__MODEL_TEXT(RegSetValueEx)
#define RegDeleteValue HAFT__MODEL_TEXT(RegDeleteValue)
#define DeleteFile HAFT__MODEL_TEXT(DeleteFile)
#define FindNextFile HAFT__MODEL_TEXT(FindNextFile)
#define GetDriveType HAFT__MODEL_TEXT(GetDriveType)
#define GetVersionEx HAFT__MODEL_TEXT(GetVersionEx)
#endif

#endif
