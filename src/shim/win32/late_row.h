/* late_row.h: lines of tables whose system calls are looked up when they are first made: what NT 4.0 may lack, and DLLs that a
 * program must not have to link because of Haft. Before a table LIBRARY is defined: the DLL's name. */
#ifndef HAFT_SRC_LATE_ROW_H
#define HAFT_SRC_LATE_ROW_H

#include "shim/row.h"

#include "types/nt_classes.h"

#define HAFT__LATE_SHIM(result, api, n, types, what, class, where, failure)                     \
    result WINAPI haft_shim_##api(HAFT__PARAMS_##n types);                                      \
    result WINAPI haft_shim_##api(HAFT__PARAMS_##n types) {                                     \
        HAFT__LATE(result, api, types)                                                          \
        if (!system) HAFT__ABSENT_##what(failure)                                               \
        HAFT__##what(result, system(HAFT__ARGS_##n), class, where, failure)                     \
    }                                                                                           \
    HAFT__IMPORT(haft_shim_##api, HAFT__BYTES_##n)                                              \
    HAFT__SAME(api)

/* The same for a name that is not capitalized: the compiler gives it to the shim (haft/shim_win32.h). */
#define HAFT__PLAIN_SHIM(result, api, n, types, what, class, where, failure)                    \
    result WINAPI haft_shim_##api(HAFT__PARAMS_##n types) HAFT__PLAIN(haft_shim_##api);         \
    result WINAPI haft_shim_##api(HAFT__PARAMS_##n types) {                                     \
        HAFT__LATE(result, api, types)                                                          \
        if (!system) HAFT__ABSENT_##what(failure)                                               \
        HAFT__##what(result, system(HAFT__ARGS_##n), class, where, failure)                     \
    }                                                                                           \
    HAFT__IMPORT_PLAIN(haft_shim_##api, HAFT__BYTES_##n)                                        \
    HAFT__SAME(api)

/* The system's function, and where the shim's caller stands. */
#define HAFT__LATE(result, api, types)                                                          \
    static haft__aptr slot;                                                                     \
    typedef result(WINAPI *function) types;                                                     \
    const void *at = HAFT__CALLER();                                                            \
    const function system = (function)haft__late_find(&slot, LIBRARY, #api);

#define HAFT__ABSENT_OPENS(failure) return HAFT__REFUSED_##failure(ERROR_CALL_NOT_IMPLEMENTED);
#define HAFT__ABSENT_OPENS_A(failure) HAFT__ABSENT_OPENS(failure)
#define HAFT__ABSENT_OPENS_W(failure) HAFT__ABSENT_OPENS(failure)
#define HAFT__ABSENT_FILLS(failure) HAFT__ABSENT_OPENS(failure)
#define HAFT__ABSENT_STARTS(failure) HAFT__ABSENT_OPENS(failure)
#define HAFT__ABSENT_CLOSES(failure) HAFT__ABSENT_OPENS(failure)
#define HAFT__ABSENT_CLOSES_VOID(failure) return;

/* A class that only its shims know, unless the program includes the header that has its wrapper: the name makes them one. */
#define HAFT__SHIM_CLASS(name, SPACE, none, also_none)                                          \
    static haft_class haft__class_##name = { #name, HAFT_CLASS_NONE, HAFT_SPACE_##SPACE,        \
                                             { (uint64_t)(uintptr_t)(none), (uint64_t)(uintptr_t)(also_none) }, NULL, NULL };

/* Where the SDK's own declaration can be compared, it must be the shim's. */
#if defined(__MINGW32__)
#define HAFT__SAME(api) \
    HAFT__STATIC_ASSERT(__builtin_types_compatible_p(__typeof__(haft_shim_##api), __typeof__(api)), same_##api);
#else
#define HAFT__SAME(api)
#endif

#endif
