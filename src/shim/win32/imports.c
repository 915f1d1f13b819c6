/* imports.c: the SDK declares the shims as it does the APIs, dllimport: compilers then call them through these pointers. */
#include "shim/shims.h"

#if defined(_WIN64)
#define IMPORT(api, bytes) void *const __imp_haft_shim_##api = (void *)haft_shim_##api;
#elif defined(_MSC_VER)
/* A name with an @ cannot be written here: the linker is told of it. */
#define IMPORT(api, bytes)                                    \
    void *const haft__imp_##api = (void *)haft_shim_##api;    \
    __pragma(comment(linker, "/alternatename:__imp__haft_shim_" #api "@" #bytes "=_haft__imp_" #api))
#else
#define IMPORT(api, bytes) \
    extern void *const haft__imp_##api __asm__("__imp__haft_shim_" #api "@" #bytes); \
    void *const haft__imp_##api = (void *)haft_shim_##api;
#endif

HAFT__SHIMS(IMPORT)
