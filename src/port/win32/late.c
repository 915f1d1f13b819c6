/* late.c: looking functions up when they are first called. */
#include "port/win32/late.h"

/* Only modules loaded through here stay in the process for certain: the program may free the one it loaded itself. A plain name is
 * found as the system finds it for any program, beside the program first. */
void *haft__late_find(haft__aptr *slot, const char *module, const char *name) {
    void *found = haft__loadptr(slot);
    if (HAFT__LIKELY(found)) return found;
    DWORD last = GetLastError();
    HMODULE loaded = LoadLibraryA(module);
    if (loaded) {
        found = (void *)GetProcAddress(loaded, name);
        if (found) haft__storeptr(slot, found);
        else FreeLibrary(loaded);
    }
    SetLastError(last);
    return found;
}

#define LATE_DEFINE(result, name, module, parameters, arguments, missing) \
    result WINAPI haft__late_##name parameters { \
        static haft__aptr slot; \
        result(WINAPI *call) parameters = (result(WINAPI *) parameters)haft__late_find(&slot, module, #name); \
        return HAFT__LIKELY(call) ? call arguments : missing; \
    }
HAFT__LATE(LATE_DEFINE)
