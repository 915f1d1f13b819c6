/* crt.c: shims of the C runtime's descriptors, streams and threads. */
#include "shim/win32/crt.h"

#include "core/identity.h"

#include <fcntl.h>
#include <io.h>
#include <process.h>
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

static bool is_standard(uint64_t fd) { return fd <= 2; }
static bool is_standard_stream(uint64_t raw) {
    FILE *stream = (FILE *)(uintptr_t)raw;
    return stream == stdin || stream == stdout || stream == stderr;
}

#define MINUS_ONE { UINT64_MAX, UINT64_MAX }
haft_class haft__class_fd = { "fd", HAFT_CLASS_FD, HAFT_SPACE_FD, MINUS_ONE, NULL, is_standard };
haft_class haft__class_stream = { "stream", HAFT_CLASS_STREAM, HAFT_SPACE_POINTER, { 0, 0 }, NULL, is_standard_stream };
haft_class haft__class_stream_pipe = { "stream_pipe", HAFT_CLASS_NONE, HAFT_SPACE_POINTER, { 0, 0 }, NULL, NULL };

void haft__crt_pass_on(haft_class *c, uint64_t raw, const void *at) {
    haft__life was;
    haft__place place = haft__place_of(c, haft__class_id_of(c), raw);
    uint64_t tag = haft__look(place).tag;
    if (!(tag & HAFT__LIVE) || haft__tag_owner(tag) != HAFT__OWNER_RAW) return;
    if (haft__end_life(place, tag, haft__site_of(at), &was)) haft__identity_release(was.identity);
}

#define STREAMS(X) \
    X(FILE *, fopen, 2, (const char *, const char *), OPENS_A, stream, a, OR_STREAM) \
    X(FILE *, _wfopen, 2, (const wchar_t *, const wchar_t *), OPENS_W, stream, a, OR_STREAM) \
    X(FILE *, _fsopen, 3, (const char *, const char *, int), OPENS_A, stream, a, OR_STREAM) \
    X(FILE *, _wfsopen, 3, (const wchar_t *, const wchar_t *, int), OPENS_W, stream, a, OR_STREAM) \
    X(FILE *, tmpfile, 0, (void), OPENS, stream, _, OR_STREAM) \
    X(int, fclose, 1, (FILE *), CLOSES, stream, a, IF_CLOSED) \
    X(FILE *, _popen, 2, (const char *, const char *), OPENS, stream_pipe, _, OR_STREAM) \
    X(FILE *, _wpopen, 2, (const wchar_t *, const wchar_t *), OPENS, stream_pipe, _, OR_STREAM) \
    X(int, _pclose, 1, (FILE *), CLOSES, stream_pipe, a, IF_CLOSED)
STREAMS(HAFT__C_SHIM)

#define DESCRIPTORS(X) \
    X(int, _creat, 2, (const char *, int), OPENS_A, fd, a, OR_FD) \
    X(int, _wcreat, 2, (const wchar_t *, int), OPENS_W, fd, a, OR_FD) \
    X(int, _dup, 1, (int), OPENS, fd, _, OR_FD) \
    X(int, _close, 1, (int), CLOSES, fd, a, IF_CLOSED)
DESCRIPTORS(HAFT__C_SHIM)

/* ---- those that take the mode only where a file may be made ---- */

#define MODE_OF(flags, last)                            \
    int mode = 0;                                       \
    va_list rest;                                       \
    va_start(rest, last);                               \
    if ((flags) & _O_CREAT) mode = va_arg(rest, int);   \
    va_end(rest);

#define OPEN(api, CHAR, KIND)                                                                   \
    int __cdecl haft_shim_##api(const CHAR *path, int flags, ...) HAFT__PLAIN(haft_shim_##api); \
    int __cdecl haft_shim_##api(const CHAR *path, int flags, ...) {                             \
        const void *at = HAFT__CALLER();                                                        \
        MODE_OF(flags, flags)                                                                   \
        HAFT__##KIND(int, api(path, flags, mode), fd, path, OR_FD)                              \
    }                                                                                           \
    HAFT__IMPORT_C(haft_shim_##api)
OPEN(_open, char, OPENS_A)
OPEN(_wopen, wchar_t, OPENS_W)

#define SOPEN(api, CHAR, KIND)                                                                              \
    int __cdecl haft_shim_##api(const CHAR *path, int flags, int share, ...) HAFT__PLAIN(haft_shim_##api);  \
    int __cdecl haft_shim_##api(const CHAR *path, int flags, int share, ...) {                              \
        const void *at = HAFT__CALLER();                                                                    \
        MODE_OF(flags, share)                                                                               \
        HAFT__##KIND(int, api(path, flags, share, mode), fd, path, OR_FD)                                   \
    }                                                                                                       \
    HAFT__IMPORT_C(haft_shim_##api)
SOPEN(_sopen, char, OPENS_A)
SOPEN(_wsopen, wchar_t, OPENS_W)

/* ---- what takes one thing and gives another ---- */

/* What was open at the second number is closed by the call. */
int __cdecl haft_shim__dup2(int from, int to) HAFT__PLAIN(haft_shim__dup2);
int __cdecl haft_shim__dup2(int from, int to) {
    const void *at = HAFT__CALLER();
    haft__shim shim;
    if (haft__shim_open(&shim, &haft__class_fd, at, NULL, NULL)) return HAFT__REFUSED_OR_FD(0);
    int got = _dup2(from, to);
    if (got == 0 && from != to) haft__crt_pass_on(&haft__class_fd, HAFT__RAW(to), at);
    if (got == 0 && from != to) haft__shim_opened(&shim, HAFT__RAW(to));
    else haft__shim_failed(&shim);
    return got;
}
HAFT__IMPORT_C(haft_shim__dup2)

int __cdecl haft_shim__pipe(int *ret, unsigned int size, int mode) HAFT__PLAIN(haft_shim__pipe);
int __cdecl haft_shim__pipe(int *ret, unsigned int size, int mode) {
    const void *at = HAFT__CALLER();
    haft__shim in, out;
    if (haft__shim_open(&in, &haft__class_fd, at, NULL, NULL)) return HAFT__REFUSED_OR_FD(0);
    bool refused = haft__shim_open(&out, &haft__class_fd, at, NULL, NULL) != 0;
    if (refused) haft__shim_failed(&in);
    if (refused) return HAFT__REFUSED_OR_FD(0);
    int got = _pipe(ret, size, mode);
    haft__shim_opened(&in, got == 0 ? HAFT__RAW(ret[0]) : UINT64_MAX);
    haft__shim_opened(&out, got == 0 ? HAFT__RAW(ret[1]) : UINT64_MAX);
    return got;
}
HAFT__IMPORT_C(haft_shim__pipe)

/* The handle is the descriptor's from now on: _close closes both. */
int __cdecl haft_shim__open_osfhandle(intptr_t handle, int flags) HAFT__PLAIN(haft_shim__open_osfhandle);
int __cdecl haft_shim__open_osfhandle(intptr_t handle, int flags) {
    const void *at = HAFT__CALLER();
    haft__shim shim;
    if (haft__shim_open(&shim, &haft__class_fd, at, NULL, NULL)) return HAFT__REFUSED_OR_FD(0);
    int got = _open_osfhandle(handle, flags);
    if (got != -1) haft__crt_pass_on(&haft__class_handle, HAFT__RAW(handle), at);
    haft__shim_opened(&shim, HAFT__RAW(got));
    return got;
}
HAFT__IMPORT_C(haft_shim__open_osfhandle)

#define FDOPEN(api, CHAR)                                                                   \
    FILE *__cdecl haft_shim_##api(int fd, const CHAR *mode) HAFT__PLAIN(haft_shim_##api);   \
    FILE *__cdecl haft_shim_##api(int fd, const CHAR *mode) {                               \
        const void *at = HAFT__CALLER();                                                    \
        haft__shim shim;                                                                    \
        if (haft__shim_open(&shim, &haft__class_stream, at, NULL, NULL)) return HAFT__REFUSED_OR_STREAM(0); \
        FILE *got = api(fd, mode);                                                          \
        if (got) haft__crt_pass_on(&haft__class_fd, HAFT__RAW(fd), at);                     \
        haft__shim_opened(&shim, HAFT__RAW(got));                                           \
        return got;                                                                         \
    }                                                                                       \
    HAFT__IMPORT_C(haft_shim_##api)
FDOPEN(_fdopen, char)
FDOPEN(_wfdopen, wchar_t)

/* A stream that cannot be opened again is closed; one that can goes on. */
#define FREOPEN(api, CHAR)                                                                                          \
    FILE *__cdecl haft_shim_##api(const CHAR *path, const CHAR *mode, FILE *stream) HAFT__PLAIN(haft_shim_##api);   \
    FILE *__cdecl haft_shim_##api(const CHAR *path, const CHAR *mode, FILE *stream) {                               \
        const void *at = HAFT__CALLER();                                                                            \
        FILE *got = api(path, mode, stream);                                                                        \
        if (!got) haft__crt_pass_on(&haft__class_stream, HAFT__RAW(stream), at);                                    \
        return got;                                                                                                 \
    }                                                                                                               \
    HAFT__IMPORT_C(haft_shim_##api)
FREOPEN(freopen, char)
FREOPEN(_wfreopen, wchar_t)

typedef unsigned(__stdcall *thread_start)(void *);
uintptr_t __cdecl haft_shim__beginthreadex(void *security, unsigned stack, thread_start start, void *argument, unsigned flags,
                                           unsigned *thread_id) HAFT__PLAIN(haft_shim__beginthreadex);
uintptr_t __cdecl haft_shim__beginthreadex(void *security, unsigned stack, thread_start start, void *argument, unsigned flags,
                                           unsigned *thread_id) {
    const void *at = HAFT__CALLER();
    HAFT__OPENS(uintptr_t, _beginthreadex(security, stack, start, argument, flags, thread_id), thread, _, OR_THREAD)
}
HAFT__IMPORT_C(haft_shim__beginthreadex)
