/* row.h: how a line of a table becomes a shim.
 *
 *     X(result, API, n, (types), WHAT, class, where, failure)
 *
 *   n, types   the API's parameters; the line calls them a, b, c, ... in their order
 *   WHAT       OPENS          the result is the handle; OPENS_A and OPENS_W: `where` is the name of the object
 *              FILLS          *where is the handle, if the call succeeded
 *              STARTS         a process and its first thread: where->hProcess and where->hThread, if the call succeeded
 *              CLOSES         `where` is the handle that goes, if the call succeeded
 *              CLOSES_VOID    the same, and the API cannot say that it failed
 *   class      haft__class_CLASS: its closer, and what it holds for "no handle"
 *   failure    how the API says that it failed; a refusal is said in the same way:
 *              OR_NULL, OR_INVALID, OR_SOCKET            of a result that is a handle
 *              IF_TRUE, IF_ZERO, IF_NULL, IF_NOERROR     of any other: so it has succeeded; IF_ZERO returns the error itself,
 *              IF_SUCCEEDED, IF_STATUS                   IF_NOERROR is Winsock's 0 or -1, these an HRESULT, an NTSTATUS
 */
#ifndef HAFT_SRC_ROW_H
#define HAFT_SRC_ROW_H

#include "base/params.h"
#include "shim/shim.h"

#define HAFT__RAW(handle) ((uint64_t)(uintptr_t)(handle))

/* A shim whose system call is in the port's table. */
#define HAFT__NT_SHIM(result, api, n, types, what, class, where, failure)                       \
    result WINAPI haft_shim_##api(HAFT__PARAMS_##n types) {                                     \
        const void *at = HAFT__CALLER();                                                        \
        HAFT__##what(result, haft__nt()->api(HAFT__ARGS_##n), class, where, failure)            \
    }                                                                                           \
    HAFT__IMPORT(haft_shim_##api, HAFT__BYTES_##n)

#define HAFT__OPENS(result, call, class, where, failure) HAFT__OPENS_NAMED(result, call, class, NULL, NULL, failure)
#define HAFT__OPENS_A(result, call, class, where, failure) HAFT__OPENS_NAMED(result, call, class, where, NULL, failure)
#define HAFT__OPENS_W(result, call, class, where, failure) HAFT__OPENS_NAMED(result, call, class, NULL, where, failure)
#define HAFT__OPENS_NAMED(result, call, class, name_a, name_w, failure)                         \
    haft__shim shim;                                                                            \
    uint32_t code = haft__shim_open(&shim, &haft__class_##class, at, name_a, name_w);           \
    if (HAFT__UNLIKELY(code)) return HAFT__REFUSED_##failure(code);                             \
    result got = call;                                                                          \
    haft__shim_opened(&shim, HAFT__RAW(got));                                                   \
    return got;

#define HAFT__FILLS(result, call, class, slot, failure)                                         \
    haft__shim shim;                                                                            \
    uint32_t code = haft__shim_open(&shim, &haft__class_##class, at, NULL, NULL);               \
    if (HAFT__UNLIKELY(code)) return HAFT__REFUSED_##failure(code);                             \
    result got = call;                                                                          \
    if ((HAFT__##failure(got)) && (slot)) haft__shim_opened(&shim, HAFT__RAW(*(slot)));         \
    else haft__shim_failed(&shim);                                                              \
    return got;

#define HAFT__STARTS(result, call, class, made, failure)                                        \
    haft__shim_pair pair;                                                                       \
    uint32_t code = haft__shim_open_pair(&pair, &haft__class_##class, &haft__class_thread, at);  \
    if (HAFT__UNLIKELY(code)) return HAFT__REFUSED_##failure(code);                             \
    result got = call;                                                                          \
    bool started = (HAFT__##failure(got)) && (made);                                            \
    haft__shim_opened_pair(&pair, started ? HAFT__RAW((made)->hProcess) : 0,                    \
                           started ? HAFT__RAW((made)->hThread) : 0);                           \
    return got;

#define HAFT__CLOSES(result, call, class, handle, failure)                                      \
    haft__closing closing;                                                                      \
    if (!haft__shim_close(&closing, &haft__class_##class, HAFT__RAW(handle), at))               \
        return HAFT__REFUSED_##failure(closing.error);                                          \
    result got = call;                                                                          \
    haft__shim_closed(&closing, HAFT__##failure(got));                                          \
    return got;

#define HAFT__CLOSES_VOID(result, call, class, handle, failure)                                 \
    haft__closing closing;                                                                      \
    if (!haft__shim_close(&closing, &haft__class_##class, HAFT__RAW(handle), at)) return;       \
    call;                                                                                       \
    haft__shim_closed(&closing, true);

/* ORDER FAILURE: how each says that it succeeded, and how it is made to say a Win32 error. */
#define HAFT__IF_TRUE(got) (got) != 0
#define HAFT__IF_ZERO(got) (got) == 0
#define HAFT__IF_NULL(got) (got) == NULL
#define HAFT__IF_NOERROR(got) (got) == 0
#define HAFT__IF_SUCCEEDED(got) (got) >= 0
#define HAFT__IF_STATUS(got) (got) >= 0
#define HAFT__REFUSED_OR_NULL(code) (haft__nt()->set_last_error(code), NULL)
#define HAFT__REFUSED_OR_INVALID(code) (haft__nt()->set_last_error(code), INVALID_HANDLE_VALUE)
#define HAFT__REFUSED_OR_SOCKET(code) (haft__nt()->set_last_error(haft__shim_socket_error(code)), (SOCKET)-1)
#define HAFT__REFUSED_IF_TRUE(code) (haft__nt()->set_last_error(code), 0)
#define HAFT__REFUSED_IF_ZERO(code) (code)
#define HAFT__REFUSED_IF_NULL(code) (haft__nt()->set_last_error(code), a) /* LocalFree and its like give the handle back */
#define HAFT__REFUSED_IF_NOERROR(code) (haft__nt()->set_last_error(haft__shim_socket_error(code)), -1)
#define HAFT__REFUSED_IF_SUCCEEDED(code) ((HRESULT)(0x80070000u | (code)))
#define HAFT__REFUSED_IF_STATUS(code) ((LONG)haft__shim_status(code))

#endif
