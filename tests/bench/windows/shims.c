/* shims.c: calls of Windows by shims and by wrappers, against the same calls raw: its own program, which runs under Wine. */
#include <haft/shim.h>

#include <winsock2.h>
#include <windows.h>

#include "../bench.h"

#include <haft.h>

#include <stdio.h>

/* The system's own functions, as a program without shims has them. */
static HANDLE(WINAPI *create_event)(LPSECURITY_ATTRIBUTES, BOOL, BOOL, LPCSTR);
static BOOL(WINAPI *close_handle)(HANDLE);
static LONG(WINAPI *open_key)(HKEY, LPCSTR, DWORD, REGSAM, PHKEY);
static LONG(WINAPI *close_key)(HKEY);

static void find(void *function, const char *module, const char *name) {
    FARPROC found = GetProcAddress(GetModuleHandleA(module), name);
    must(found != NULL);
    *(FARPROC *)function = found;
}

static double raw_events(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) must(close_handle(create_event(NULL, TRUE, FALSE, NULL)));
    return now() - start;
}

static double shimmed_events(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) must(CloseHandle(CreateEventA(NULL, TRUE, FALSE, NULL)));
    return now() - start;
}

static double wrapped_events(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        haft_event e = HAFT_INIT;
        must(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL) == HAFT_OK);
        must(haft_event_close(&e) == HAFT_OK);
    }
    return now() - start;
}

static double raw_keys(unsigned n) {
    double start = now();
    HKEY key;
    for (unsigned i = 0; i < n; i++) {
        must(open_key(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key) == ERROR_SUCCESS);
        must(close_key(key) == ERROR_SUCCESS);
    }
    return now() - start;
}

static double shimmed_keys(unsigned n) {
    double start = now();
    HKEY key;
    for (unsigned i = 0; i < n; i++) {
        must(RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key) == ERROR_SUCCESS);
        must(RegCloseKey(key) == ERROR_SUCCESS);
    }
    return now() - start;
}

int main(void) {
    find(&create_event, "kernel32", "CreateEventA");
    find(&close_handle, "kernel32", "CloseHandle");
    find(&open_key, "advapi32", "RegOpenKeyExA");
    find(&close_key, "advapi32", "RegCloseKey");
    ratio("shim_event", shimmed_events, raw_events, 200);
    ratio("wrapped_event", wrapped_events, raw_events, 200);
    ratio("shim_key", shimmed_keys, raw_keys, 100);
    return 0;
}
