/* nt_construct.h: constructors of the Win32 classes: the system's error made a status. */
#ifndef HAFT_SRC_NT_CONSTRUCT_H
#define HAFT_SRC_NT_CONSTRUCT_H

#include "port/port.h"
#include "types/construct.h"
#include "types/nt_classes.h"

#define HAFT__BITS(handle) ((uint64_t)(uintptr_t)(handle))

/* ERROR_CALL_NOT_IMPLEMENTED is HAFT_E_UNSUPPORTED. */
static inline haft_status haft__nt_status(haft_status status) {
    if (status == HAFT_E_OS && haft__nt()->last_error() == ERROR_CALL_NOT_IMPLEMENTED) return HAFT_E_UNSUPPORTED;
    return status;
}

static inline haft_status haft__nt_constructed(haft__opening *o, void *ret, const void *raw) {
    return haft__nt_status(haft__constructed(o, ret, HAFT__BITS(raw)));
}

/* The body of a constructor whose API gives back the handle: NAME_A and NAME_W are the object's name in either form, or NULL. */
#define HAFT__CONSTRUCT(name, NAME_A, NAME_W, FOLD, CALL)                                                          \
    haft__opening o;                                                                                               \
    haft_status status = haft__construct(&o, ret, &haft__class_##name, HAFT__CALLER(), NAME_A, NAME_W, FOLD);       \
    if (status != HAFT_OK) return status;                                                                          \
    return haft__nt_constructed(&o, ret, haft__nt()->CALL)

#endif
