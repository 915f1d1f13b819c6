/* late.c: looking functions up when they are first called. */
#include "port/win32/late.h"

#include "base/params.h"

bool (*haft__late_hook)(const char *name);

/* Only modules loaded through here stay in the process for certain: the program may free the one it loaded itself. A plain name is
 * found as the system finds it for any program, beside the program first. */
void *haft__late_find(haft__aptr *slot, const char *module, const char *name) {
    void *found = haft__loadptr(slot);
    if (HAFT__UNLIKELY(haft__late_hook && !haft__late_hook(name))) return NULL;
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

/* ORDER FAILURE: what each gives where it is missing. */
#define MISSING(result) (SetLastError(ERROR_CALL_NOT_IMPLEMENTED), (result))
#define MISSING_OR_NULL MISSING(NULL)
#define MISSING_OR_INVALID MISSING(INVALID_HANDLE_VALUE)
#define MISSING_OR_SOCKET MISSING(INVALID_SOCKET)
#define MISSING_IF_TRUE MISSING(FALSE)
#define MISSING_IF_ZERO ERROR_CALL_NOT_IMPLEMENTED
#define MISSING_IF_NOERROR MISSING(SOCKET_ERROR)
#define MISSING_IF_STATUS HAFT__STATUS_NOT_IMPLEMENTED
#define MISSING_AS_UNKNOWN ERROR_MR_MID_NOT_FOUND

#define DEFINE_LATE(result, api, from, n, types, failure) HAFT__LATE_##from(,                        \
    result WINAPI haft__late_##api(HAFT__PARAMS_##n types) {                                         \
        static haft__aptr slot;                                                                      \
        result(WINAPI *call) types = (result(WINAPI *) types)haft__late_find(&slot, #from, #api);     \
        return HAFT__LIKELY(call) ? call(HAFT__ARGS_##n) : MISSING_##failure;                        \
    })
HAFT__LATE(DEFINE_LATE)
