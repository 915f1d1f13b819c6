/* shims.c: calls of Windows by shims and by wrappers, against the same calls raw: its own program, which runs under Wine. */
#include <haft/shim.h>

#include <winsock2.h>
#include <windows.h>

#include "../bench.h"

#include <haft.h>

#include <stdio.h>

typedef struct calls {
    HANDLE(WINAPI *create_event)(LPSECURITY_ATTRIBUTES, BOOL, BOOL, LPCSTR);
    BOOL(WINAPI *close_handle)(HANDLE);
    LONG(WINAPI *open_key)(HKEY, LPCSTR, DWORD, REGSAM, PHKEY);
    LONG(WINAPI *close_key)(HKEY);
} calls;

/* The shims, by the names that <haft/shim.h> takes; and the system's own functions, as a program without shims has them. */
static const calls shims = { CreateEventA, CloseHandle, RegOpenKeyExA, RegCloseKey };
static calls system_own;

static void find(void *function, const char *module, const char *name) {
    FARPROC found = GetProcAddress(GetModuleHandleA(module), name);
    must(found != NULL);
    *(FARPROC *)function = found;
}

static double events(const calls *by, unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) must(by->close_handle(by->create_event(NULL, TRUE, FALSE, NULL)));
    return now() - start;
}
static double raw_events(unsigned n) { return events(&system_own, n); }
static double shimmed_events(unsigned n) { return events(&shims, n); }

static double wrapped_events(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        haft_event e = HAFT_INIT;
        must(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL) == HAFT_OK);
        must(haft_event_close(&e) == HAFT_OK);
    }
    return now() - start;
}

static double keys(const calls *by, unsigned n) {
    double start = now();
    HKEY key;
    for (unsigned i = 0; i < n; i++) {
        must(by->open_key(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key) == ERROR_SUCCESS);
        must(by->close_key(key) == ERROR_SUCCESS);
    }
    return now() - start;
}
static double raw_keys(unsigned n) { return keys(&system_own, n); }
static double shimmed_keys(unsigned n) { return keys(&shims, n); }

int main(void) {
    find(&system_own.create_event, "kernel32", "CreateEventA");
    find(&system_own.close_handle, "kernel32", "CloseHandle");
    find(&system_own.open_key, "advapi32", "RegOpenKeyExA");
    find(&system_own.close_key, "advapi32", "RegCloseKey");
    ratio("shim_event", shimmed_events, raw_events, 200);
    ratio("wrapped_event", wrapped_events, raw_events, 200);
    ratio("shim_key", shimmed_keys, raw_keys, 100);
    return 0;
}
