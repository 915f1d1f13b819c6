/* nt4.c: a program of the kernel and registry families, raw calls guarded and wrappers beside: nt4.lua looks at what it imports. */
#include <haft/shim.h>

#include <windows.h>

#include <haft.h>
#include <haft/fence.h>

int main(void) {
    HAFT_AUTO(haft_key, key);
    HAFT_AUTO(haft_mutex, mutex);
    haft_fence *fence = NULL;
    HKEY raw;
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
    HANDLE file = CreateFileA("nowhere", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
    if (haft_fence_begin(&fence) == HAFT_OK) haft_fence_end(fence, NULL, NULL, NULL);
    if (RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &raw) == ERROR_SUCCESS) RegCloseKey(raw);
    if (haft_key_open_a(&key, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ) != HAFT_OK) return 1;
    if (haft_mutex_create_a(&mutex, NULL, FALSE, NULL) != HAFT_OK) return 1;
    haft_report_text(stdout);
    return CloseHandle(event) ? 0 : 1;
}
