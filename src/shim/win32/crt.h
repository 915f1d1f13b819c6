/* crt.h: what the C runtime's shims share. Their calls are linked, never looked up: the program has chosen which runtime it is. */
#ifndef HAFT_SRC_SHIM_CRT_H
#define HAFT_SRC_SHIM_CRT_H

#include "shim/win32/late_row.h"

#include <errno.h>

extern haft_class haft__class_fd;            /* a descriptor of the runtime; 0, 1 and 2 are its own */
extern haft_class haft__class_stream;        /* a FILE, and the descriptor with it */
extern haft_class haft__class_stream_pipe;   /* one that _popen gave: _pclose's to close */

/* A line of a table, as in row.h; in <haft/shim_win32.h> the compiler is told of these names, not the preprocessor. */
#define HAFT__C_SHIM(result, api, n, types, what, class, where, failure)        \
    result __cdecl haft_shim_##api(HAFT__PARAMS_##n types) HAFT__PLAIN(haft_shim_##api); \
    result __cdecl haft_shim_##api(HAFT__PARAMS_##n types) {                    \
        const void *at = HAFT__CALLER();                                        \
        HAFT__##what(result, api(HAFT__ARGS_##n), class, where, failure)        \
    }                                                                           \
    HAFT__IMPORT_C(haft_shim_##api)

/* ORDER FAILURE, as in row.h: a descriptor, a stream, 0 for success, an errno that is returned. */
#define HAFT__REFUSED_OR_FD(code) (errno = EMFILE, -1)
#define HAFT__REFUSED_OR_STREAM(code) (errno = EMFILE, NULL)
#define HAFT__REFUSED_OR_THREAD(code) (errno = EAGAIN, (uintptr_t)0)
#define HAFT__REFUSED_IF_CLOSED(code) (errno = EBADF, -1)
#define HAFT__IF_CLOSED(got) (got) != -1
#define HAFT__REFUSED_IF_NO_ERRNO(code) EMFILE
#define HAFT__IF_NO_ERRNO(got) (got) == 0

/* A descriptor has gone with a stream that was made of it, or a handle with a descriptor: the new one is the owner. */
void haft__crt_pass_on(haft_class *c, uint64_t raw, const void *at);

#endif
