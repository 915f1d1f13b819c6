/* query.c: Haft's own questions to the system. Each leaves the last error and errno as they were. */
#include "port/win32/win32.h"

#include "base/atomic.h"
#include "base/host.h"
#include "port/win32/late.h"

#include <string.h>

/* The minor number of NT 3.51 is decimal 51. */
uint32_t haft__win32_version_number(uint32_t major, uint32_t minor) {
    return major << 8 | (minor / 10) << 4 | minor % 10;
}

uint32_t haft__win32_service_pack(const char *text) {
    uint32_t number = 0;
    while (*text && (*text < '0' || *text > '9')) text++;
    for (; *text >= '0' && *text <= '9' && number < 1000; text++) number = number * 10 + (uint32_t)(*text - '0');
    return number;
}

/* The hot fix that Q246691 names came after the last service pack and leaves no mark that a program could rely on: NT 4.0 is never
 * taken to have it. */
static haft__nt_version make_version(uint32_t major, uint32_t minor, uint32_t service_pack) {
    haft__nt_version v;
    v.version = haft__win32_version_number(major, minor);
    v.service_pack = service_pack;
    v.post_sp6_fixes = v.version >= 0x0500;
    return v;
}

/* GetVersionEx answers for the system that the program says it was written for; RtlGetVersion for the one that runs. */
haft__nt_version haft__win32_version(void) {
    haft__version_info rtl;
    memset(&rtl, 0, sizeof rtl);
    rtl.size = sizeof rtl;
    if (haft__late_RtlGetVersion(&rtl) >= 0) return make_version(rtl.major, rtl.minor, rtl.service_pack);

    DWORD last = GetLastError();
    OSVERSIONINFOA old;
    memset(&old, 0, sizeof old);
    old.dwOSVersionInfoSize = sizeof old;
    BOOL known = haft__late_GetVersionExA(&old);
    SetLastError(last);
    if (!known || old.dwPlatformId != VER_PLATFORM_WIN32_NT) return make_version(0, 0, 0);
    return make_version(old.dwMajorVersion, old.dwMinorVersion, haft__win32_service_pack(old.szCSDVersion));
}

/* HKEY_LOCAL_MACHINE and its like are not handles; a key of another machine has its lowest bit set. */
static bool key_is_local(HKEY key) {
    ULONG_PTR value = (ULONG_PTR)key;
    return value != 0 && (value & 1) == 0 && (LONG)(LONG_PTR)value > 0;
}

static size_t copy_name(const haft__key_name_info *info, wchar_t *text, size_t cap) {
    size_t length = info->bytes / sizeof(WCHAR);
    if (length >= cap) return 0;
    memcpy(text, info->name, length * sizeof(WCHAR));
    text[length] = L'\0';
    return length;
}

size_t haft__win32_key_name(HKEY key, wchar_t *text, size_t cap) {
    union {
        haft__key_name_info info;
        BYTE room[sizeof(ULONG) + 512 * sizeof(WCHAR)];
    } usual;
    ULONG need = 0;
    if (!text || !key_is_local(key)) return 0;
    haft__status status = haft__late_NtQueryKey(key, HAFT__KEY_NAME, &usual, sizeof usual, &need);
    if (status >= 0) return copy_name(&usual.info, text, cap);
    if (status != HAFT__STATUS_BUFFER_OVERFLOW && status != HAFT__STATUS_BUFFER_TOO_SMALL) return 0;

    bool fits = need > sizeof(ULONG) && (need - sizeof(ULONG)) / sizeof(WCHAR) < cap;
    haft__key_name_info *longer = fits ? haft__alloc(need) : NULL;
    if (!longer) return 0;
    status = haft__late_NtQueryKey(key, HAFT__KEY_NAME, longer, need, &need);
    size_t length = status >= 0 ? copy_name(longer, text, cap) : 0;
    haft__free(longer);
    return length;
}

bool haft__win32_drive_is_remote(char letter) {
    char path[] = "?:\\";
    if ((letter < 'A' || letter > 'Z') && (letter < 'a' || letter > 'z')) return false;
    path[0] = letter;
    DWORD last = GetLastError();
    UINT type = GetDriveTypeA(path);
    SetLastError(last);
    return type == DRIVE_REMOTE;
}

static uint64_t wide_time(FILETIME t) { return (uint64_t)t.dwHighDateTime << 32 | t.dwLowDateTime; }

/* A thread may end with STILL_ACTIVE as its exit code, so that alone does not tell: one that runs has no exit time. */
bool haft__win32_thread_info(HANDLE thread, haft__thread_info *ret) {
    haft__thread_basic basic;
    FILETIME created, exited, kernel, user;
    PVOID start = NULL;
    memset(&basic, 0, sizeof basic);
    if (!ret || haft__late_NtQueryInformationThread(thread, HAFT__THREAD_BASIC, &basic, sizeof basic, NULL) < 0) return false;
    DWORD last = GetLastError();
    BOOL timed = GetThreadTimes(thread, &created, &exited, &kernel, &user);
    SetLastError(last);
    if (!timed) return false;
    if (haft__late_NtQueryInformationThread(thread, HAFT__THREAD_START_ADDRESS, &start, sizeof start, NULL) < 0) start = NULL;

    ret->process = basic.process;
    ret->start = (uint64_t)(ULONG_PTR)start;
    ret->created = wide_time(created);
    ret->ended = basic.exit_status != (haft__status)STILL_ACTIVE || wide_time(exited) != 0;
    ret->exit_code = (uint32_t)basic.exit_status;
    return true;
}

/* NT 4.0 has no GetProcessId. */
uint64_t haft__win32_process_id(HANDLE process) {
    haft__process_basic basic;
    if (process == GetCurrentProcess()) return GetCurrentProcessId();
    memset(&basic, 0, sizeof basic);
    if (haft__late_NtQueryInformationProcess(process, HAFT__PROCESS_BASIC, &basic, sizeof basic, NULL) < 0) return 0;
    return basic.process;
}

/* The id of the token object, the same through every handle to it; 0 when it is not a token, or not to be told. */
static uint64_t token_id(HANDLE token) {
    TOKEN_STATISTICS s;
    DWORD need;
    if (!GetTokenInformation(token, TokenStatistics, &s, sizeof s, &need)) return 0;
    return (uint64_t)(uint32_t)s.TokenId.HighPart << 32 | s.TokenId.LowPart;
}

/* Asked once: a process keeps the token that it was started with. A handle to it that comes and goes at every question could be
 * taken by another thread for one that a call left behind. */
static uint64_t own_token_id(void) {
    static haft__a64 kept;
    uint64_t id = haft__load64(&kept);
    HANDLE own;
    if (id || !OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &own)) return id;
    id = token_id(own);
    CloseHandle(own);
    haft__store64(&kept, id);
    return id;
}

bool haft__win32_token_is_own(HANDLE token) {
    DWORD last = GetLastError();
    uint64_t id = token_id(token);
    bool same = id && id == own_token_id();
    SetLastError(last);
    return same;
}

uint32_t haft__win32_error_of_status(uint32_t status) { return haft__late_RtlNtStatusToDosError((haft__status)status); }

uint64_t haft__win32_now(void) {
    FILETIME t;
    GetSystemTimeAsFileTime(&t);
    return wide_time(t);
}

/* False: the handle is not open. */
static bool handle_flags(HANDLE handle, DWORD *ret) {
    DWORD last = GetLastError();
    BOOL open = GetHandleInformation(handle, ret);
    SetLastError(last);
    return open;
}

bool haft__win32_is_open(HANDLE handle) {
    DWORD flags;
    return handle_flags(handle, &flags);
}

bool haft__win32_is_protected(HANDLE handle) {
    DWORD flags;
    return handle_flags(handle, &flags) && flags & HANDLE_FLAG_PROTECT_FROM_CLOSE;
}

size_t haft__win32_type_name(HANDLE handle, char *text, size_t cap) {
    union { haft__unicode_string name; uint64_t align; char room[1024]; } type;
    size_t length = 0;
    if (haft__late_NtQueryObject(handle, HAFT__OBJECT_TYPE, &type, sizeof type, NULL) < 0) return 0;
    for (; length < type.name.bytes / sizeof(WCHAR) && length + 1 < cap; length++) text[length] = (char)type.name.text[length];
    if (cap) text[length] = '\0';
    return length;
}

uint32_t haft__win32_protect(HANDLE handle, bool on) {
    DWORD last = GetLastError();
    DWORD flag = HANDLE_FLAG_PROTECT_FROM_CLOSE;
    uint32_t error = SetHandleInformation(handle, flag, on ? flag : 0) ? 0 : GetLastError();
    SetLastError(last);
    return error;
}
