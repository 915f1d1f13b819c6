/* dll_unload.c: a library that opens a handle, and is gone before the handle is. */
#include "hostile/unload.h"

#if defined(HAFT_WINDOWS)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

static bool put_out(uint64_t raw) { return raw == UNLOAD_RAW; }
static haft_class lamps = { UNLOAD_CLASS, HAFT_CLASS_NONE, HAFT_SPACE_OWN, { 0, 0 }, put_out, NULL };

#if defined(_MSC_VER) /* without a C runtime of its own */
int __stdcall DllMain(void *module, unsigned long reason, void *reserved);
int __stdcall DllMain(void *module, unsigned long reason, void *reserved) { return (void)module, (void)reason, (void)reserved, 1; }
#endif

EXPORT unload_open_fn unload_open;
int unload_open(unload_adopt *adopt, haft_hold *ret) {
    return adopt(ret, UNLOAD_RAW, HAFT_OWNER_USER, &lamps, NULL) == HAFT_OK; /* not a jump: it comes back here */
}
