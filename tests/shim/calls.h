/* calls.h: how the differential test writes a call down.
 *
 *     HANDLE e = OPENS(CreateEventA(NULL, TRUE, FALSE, NULL));     a handle, or one of the two values for none
 *     MARK(k);                                                     what the next call does with this out-parameter
 *     FILLS(RegOpenKeyA(HKEY_USERS, NULL, &k));                    a value, to the bit; filled out-parameters are handles
 *     CLOSES(CloseHandle(e));                                      a value; one handle less
 *     SAYS(CloseHandle(e));                                        a value; the handles stay as they are
 *     FAILS(call, k)  LENDS(call, k, close)                        MARK and SAYS; MARK, FILLS and CLOSES
 *
 * The scenarios (calls_*.h) are compiled twice, without shims and with <haft/shim.h> first. A record has the result, the last error
 * (Winsock's is the same one), errno, the marked out-parameters, and by how many the system's handles grew; the two logs must be
 * equal. Beside that, in guarded calls Haft's own count must move as the macro says, so that a shim that only passes a call on
 * fails too. */
#ifndef HAFT_TESTS_CALLS_H
#define HAFT_TESTS_CALLS_H

#include <winsock2.h>
#include <ws2tcpip.h>

#include <windows.h>

#include <aclapi.h>
#include <fcntl.h>
#include <io.h>
#include <ntsecapi.h>
#include <process.h>
#include <ras.h>
#include <sddl.h>
#include <shellapi.h>
#include <share.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tlhelp32.h>
#include <wchar.h>
#include <wincrypt.h>
#include <winsafer.h>
#include <winspool.h>
#include <wtsapi32.h>

#if defined(_MSC_VER) /* what Wine's headers do not declare, though its libraries have it */
typedef struct _CREATEFILE2_EXTENDED_PARAMETERS {
    DWORD dwSize, dwFileAttributes, dwFileFlags, dwSecurityQosFlags;
    LPSECURITY_ATTRIBUTES lpSecurityAttributes;
    HANDLE hTemplateFile;
} CREATEFILE2_EXTENDED_PARAMETERS;
HANDLE WINAPI CreateFile2(LPCWSTR, DWORD, DWORD, DWORD, CREATEFILE2_EXTENDED_PARAMETERS *);
HANDLE WINAPI CreateFileMappingNumaW(HANDLE, LPSECURITY_ATTRIBUTES, DWORD, DWORD, DWORD, LPCWSTR, DWORD);
LPVOID WINAPI MapViewOfFileExNuma(HANDLE, DWORD, DWORD, DWORD, SIZE_T, LPVOID, DWORD);
HANDLE WINAPI OpenFileById(HANDLE, LPFILE_ID_DESCRIPTOR, DWORD, DWORD, LPSECURITY_ATTRIBUTES, DWORD);
BOOL WINAPI SaferCloseLevel(SAFER_LEVEL_HANDLE);
HANDLE WINAPI WTSVirtualChannelOpen(HANDLE, DWORD, LPSTR);
HANDLE WINAPI WTSVirtualChannelOpenEx(DWORD, LPSTR, DWORD);
BOOL WINAPI WTSVirtualChannelClose(HANDLE);
LONG WINAPI RegCreateKeyTransactedA(HKEY, LPCSTR, DWORD, LPSTR, DWORD, REGSAM, const LPSECURITY_ATTRIBUTES, PHKEY, LPDWORD, HANDLE,
                                    PVOID);
LONG WINAPI RegCreateKeyTransactedW(HKEY, LPCWSTR, DWORD, LPWSTR, DWORD, REGSAM, const LPSECURITY_ATTRIBUTES, PHKEY, LPDWORD,
                                    HANDLE, PVOID);
#define LOGON32_LOGON_INTERACTIVE 2
#define LOGON32_LOGON_NETWORK 3
#define LOGON32_PROVIDER_DEFAULT 0
#endif

/* By how many Haft's count of live handles is to move, if the call is guarded. */
enum { CALLS_IF_OPENED = 100, CALLS_IF_FILLED };

void calls_mark(void *out, size_t size);
void calls_begin(void);
intptr_t calls_value(int live, const char *call, int64_t value);
void *calls_pointer(int live, const char *call, uint64_t value);
intptr_t calls_number(int live, const char *call, uint64_t value); /* a handle that is one: HFILE, a descriptor */

/* While loose, the system's count is not compared: pools of threads come and go as they like. */
void calls_loose(bool loose);

void calls_wait(HANDLE thread);

/* The text is taken before a name in it can be replaced, so that both sides have the same. */
#define CALLS_POINTER(live, text, call) calls_pointer(live, text, (calls_begin(), (uint64_t)(uintptr_t)(call)))
#define CALLS_VALUE(live, text, call) calls_value(live, text, (calls_begin(), (int64_t)(intptr_t)(call)))

#define MARK(out) calls_mark(&(out), sizeof(out))
#define OPENS(call) CALLS_POINTER(CALLS_IF_OPENED, #call, call)
#define GIVES(call) CALLS_POINTER(0, #call, call) /* a handle that is not the caller's to close */
#define OPENS_INT(call) calls_number(CALLS_IF_OPENED, #call, (calls_begin(), (uint64_t)(uintptr_t)(call)))
#define FILLS(call) CALLS_VALUE(CALLS_IF_FILLED, #call, call)
#define CLOSES(call) CALLS_VALUE(-1, #call, call)
#define CLOSES_POINTER(call) CALLS_POINTER(-1, #call, call)
#define CLOSES_VOID(call) calls_value(-1, #call, (calls_begin(), (call), (int64_t)0))
#define SAYS(call) CALLS_VALUE(0, #call, call)
#define SAYS_VOID(call) calls_value(0, #call, (calls_begin(), (call), (int64_t)0))
#define FAILS(call, out) (MARK(out), CALLS_VALUE(0, #call, call))
#define LENDS(call, out, close) (MARK(out), CALLS_VALUE(CALLS_IF_FILLED, #call, call), CALLS_VALUE(-1, #close, close))
#define MOVES(live, call) CALLS_VALUE(live, #call, call)

/* What is no handle: small, free, not aligned. Never opened by anybody. */
#define JUNK ((HANDLE)(uintptr_t)0x7FF0)
#define NEVER ((HANDLE)(uintptr_t)0xFFFFF0)
#define MINUS_ONE INVALID_HANDLE_VALUE
#define SELF GetCurrentProcess()
#define TEMPORARY "haft_calls.tmp"
#define TEMPORARY_W L"haft_calls.tmp"

typedef struct calls_family {
    const char *name;
    void (*run)(void);
} calls_family;
extern const calls_family calls_raw[], calls_guarded[];

/* What each of the two makes of the scenarios. */
#define CALLS_FAMILIES                                                                                                      \
    { "files", calls_files }, { "finding", calls_finding }, { "objects", calls_objects }, { "pools", calls_pools },         \
    { "handles", calls_handles }, { "tasks", calls_tasks }, { "tokens", calls_tokens }, { "memory", calls_memory },         \
    { "registry", calls_registry }, { "security", calls_security }, { "crypto", calls_crypto },                             \
    { "services", calls_services }, { "printing", calls_printing }, { "sockets", calls_sockets },                           \
    { "descriptors", calls_descriptors }, { "streams", calls_streams }, { NULL, NULL }

#endif
