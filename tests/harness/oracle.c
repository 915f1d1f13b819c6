/* oracle.c: how many handles the system says that this process has open. */
#include "harness/test.h"

#include <stdlib.h>

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

/* GetProcessHandleCount is always 0 under Wine; NtQuerySystemInformation class 64 lists every handle there and on Windows. */
typedef struct handle_entry {
    void *object;
    ULONG_PTR process;
    ULONG_PTR handle;
    ULONG access;
    USHORT trace, type;
    ULONG attributes, reserved;
} handle_entry;

typedef struct handle_table {
    ULONG_PTR count, reserved;
    handle_entry entries[1];
} handle_table;

typedef LONG(WINAPI *query_fn)(ULONG what, void *buffer, ULONG size, ULONG *need);

static int count_own(const handle_table *table) {
    int own = 0;
    ULONG_PTR i;
    for (i = 0; i < table->count; i++) own += table->entries[i].process == GetCurrentProcessId();
    return own;
}

int haft_test_system_handles(void) {
    const LONG too_small = (LONG)0xC0000004;
    ULONG size = 1u << 16;
    DWORD error = GetLastError();
    FARPROC address = GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtQuerySystemInformation");
    query_fn query;
    int own = -1;
    memcpy(&query, &address, sizeof query);
    while (query && size < 1u << 28) {
        handle_table *table = malloc(size);
        ULONG need = 0;
        LONG status = table ? query(64, table, size, &need) : -1;
        if (status >= 0) own = count_own(table);
        free(table);
        if (status != too_small) break;
        size *= 2;
    }
    SetLastError(error);
    return own;
}

#else
#include <dirent.h>
#include <errno.h>

int haft_test_system_handles(void) {
    int saved = errno, open = -1; /* not the one that lists */
    DIR *dir = opendir("/proc/self/fd");
    const struct dirent *e;
    if (!dir) dir = opendir("/dev/fd");
    if (dir) {
        while ((e = readdir(dir)) != NULL) open += e->d_name[0] != '.';
        closedir(dir);
    }
    errno = saved;
    return open;
}
#endif
