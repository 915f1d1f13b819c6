/* late.h: the functions that are looked up when they are first called: those that NT 4.0 lacks, those of ntdll, which no import
 * library has everywhere, and those of DLLs that a program must not have to link because of Haft.
 *
 * They are the rows of nt_api.h whose `from` is a DLL, and these here, of the same form. haft__late_NAME calls NAME. It leaves the
 * last error as NAME left it; looking it up never shows. Where NAME is missing it fails as NAME fails, with
 * ERROR_CALL_NOT_IMPLEMENTED. */
#ifndef HAFT_SRC_WIN32_LATE_H
#define HAFT_SRC_WIN32_LATE_H

#include "port/port.h"
#include "port/win32/ntdll.h"

#define HAFT__LATE_ONLY(X) \
    X(BOOL, GetVersionExA, kernel32, 1, (LPOSVERSIONINFOA), IF_TRUE) \
    X(haft__status, NtQuerySystemInformation, ntdll, 4, (ULONG, PVOID, ULONG, PULONG), IF_STATUS) \
    X(haft__status, NtQueryInformationThread, ntdll, 5, (HANDLE, ULONG, PVOID, ULONG, PULONG), IF_STATUS) \
    X(haft__status, NtQueryInformationProcess, ntdll, 5, (HANDLE, ULONG, PVOID, ULONG, PULONG), IF_STATUS) \
    X(haft__status, NtQueryObject, ntdll, 5, (HANDLE, ULONG, PVOID, ULONG, PULONG), IF_STATUS) \
    X(haft__status, NtQueryKey, ntdll, 5, (HANDLE, ULONG, PVOID, ULONG, PULONG), IF_STATUS) \
    X(haft__status, NtOpenKey, ntdll, 3, (PHANDLE, ULONG, const haft__object_attributes *), IF_STATUS) \
    X(haft__status, RtlGetVersion, ntdll, 1, (haft__version_info *), IF_STATUS) \
    X(ULONG, RtlNtStatusToDosError, ntdll, 1, (haft__status), AS_UNKNOWN)

#define HAFT__LATE(X) HAFT__NT_API(X) HAFT__LATE_ONLY(X)

/* HAFT__LATE_##from(linked, late): what is for rows that are linked, or for those that are not. */
#define HAFT__LATE_LINKED(linked, ...) linked
#define HAFT__LATE_kernel32(linked, ...) __VA_ARGS__
#define HAFT__LATE_advapi32(linked, ...) __VA_ARGS__
#define HAFT__LATE_ntdll(linked, ...) __VA_ARGS__
#define HAFT__LATE_rasapi32(linked, ...) __VA_ARGS__
#define HAFT__LATE_ws2_32(linked, ...) __VA_ARGS__

#define HAFT__LATE_DECLARE(result, api, from, n, types, failure) HAFT__LATE_##from(, result WINAPI haft__late_##api types;)
HAFT__LATE(HAFT__LATE_DECLARE)
#undef HAFT__LATE_DECLARE

#endif
