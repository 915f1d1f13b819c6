/* posix.c: descriptors, streams and directories: their classes and constructors. */
#define _POSIX_C_SOURCE 200809L /* fileno, AT_FDCWD */
#include <haft/posix.h>

#include "base/host.h"
#include "core/finding.h"
#include "core/name.h"
#include "port/port.h"
#include "types/construct.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define FD(raw) ((int)(uintptr_t)(raw))
#define FROM_FD(fd) ((uint64_t)(uintptr_t)(fd))

/* On Linux and the BSDs a close that was interrupted has closed all the same; trying again could close another thread's. */
static HAFT__HOT bool close_fd(uint64_t raw) { return haft__posix()->close(FD(raw)) == 0 || errno == EINTR; }

static haft_class class_fd = { "fd", HAFT_CLASS_FD, HAFT_SPACE_FD, { UINTPTR_MAX, UINTPTR_MAX }, close_fd, NULL };

/* A stream and a directory use up a descriptor, which only they may close. */
static haft__place descriptor(int fd) { return haft__place_of(&class_fd, HAFT_CLASS_FD, FROM_FD(fd)); }

static int fd_of_stream(FILE *stream) {
    haft__error error = haft__error_save();
    int fd = stream ? fileno(stream) : -1;
    haft__error_restore(error);
    return fd;
}

static int fd_of_dir(DIR *dir) {
    haft__error error = haft__error_save();
    int fd = dir ? haft__posix()->dirfd(dir) : -1;
    haft__error_restore(error);
    return fd;
}

static void give_up_descriptor(int fd, uint32_t class_id) {
    if (fd >= 0) haft__shadow_end(descriptor(fd), class_id);
}

static bool close_stream(uint64_t raw) {
    FILE *stream = (FILE *)(uintptr_t)raw;
    give_up_descriptor(fd_of_stream(stream), HAFT_CLASS_STREAM);
    return haft__posix()->fclose(stream) == 0;
}

static bool close_dir(uint64_t raw) {
    DIR *dir = (DIR *)(uintptr_t)raw;
    give_up_descriptor(fd_of_dir(dir), HAFT_CLASS_DIR);
    return haft__posix()->closedir(dir) == 0;
}

static bool is_standard(uint64_t raw) {
    FILE *stream = (FILE *)(uintptr_t)raw;
    return stream == stdin || stream == stdout || stream == stderr;
}

static haft_class class_stream = { "stream", HAFT_CLASS_STREAM, HAFT_SPACE_POINTER, { 0, 0 }, close_stream, is_standard };
static haft_class class_dir = { "dir", HAFT_CLASS_DIR, HAFT_SPACE_POINTER, { 0, 0 }, close_dir, NULL };

HAFT__FUNCTIONS(, haft_fd, int, &class_fd, HAFT__CALLER())

HAFT__ENDING(, haft_stream, FILE *, &class_stream, HAFT__CALLER())
HAFT__LOOKING(, haft_stream, FILE *, uintptr_t, &class_stream, HAFT__CALLER())
HAFT__PASSING(, haft_stream, FILE *, &class_stream, HAFT__CALLER())

HAFT__ENDING(, haft_dir, DIR *, &class_dir, HAFT__CALLER())
HAFT__LOOKING(, haft_dir, DIR *, uintptr_t, &class_dir, HAFT__CALLER())
HAFT__PASSING(, haft_dir, DIR *, &class_dir, HAFT__CALLER())

/* The descriptor goes into the ledger with its stream or directory, and out of it when that is released. */
static haft_status owns_descriptor(haft_status status, haft_owner owner, int fd, uint32_t class_id, haft__site at) {
    haft__life was;
    if (status != HAFT_OK || owner != HAFT_OWNER_USER || fd < 0) return status;
    haft__shadow_begin(descriptor(fd), class_id, &was);
    if (was.tag & HAFT__LIVE) haft__found_foreign_close(&was, FROM_FD(fd), at);
    return status;
}

/* A descriptor that somebody else owns cannot be had through a stream. */
static bool is_owned(int fd, const void *at) {
    haft__life life = haft__no_life;
    if (fd >= 0) life = haft__look(descriptor(fd));
    if (!(life.tag & HAFT__LIVE) || haft__tag_class(life.tag) != HAFT_CLASS_FD) return false;
    haft__seen seen = { .kind = HAFT_FINDING_TRACKED, .class_id = HAFT_CLASS_FD, .owner = haft__tag_mode(life.tag),
                        .raw = FROM_FD(fd), .opened = life.opened, .at = haft__site_of(at) };
    haft__found(&seen);
    return true;
}

haft_status haft_stream_adopt(haft_stream *ret, FILE *raw, haft_owner owner) {
    const void *at = HAFT__CALLER();
    int fd = fd_of_stream(raw);
    if (ret && owner == HAFT_OWNER_USER && is_owned(fd, at)) return HAFT_E_TRACKED;
    haft_status status = haft__adopt((haft_hold *)ret, (uint64_t)(uintptr_t)raw, owner, &class_stream, at);
    return owns_descriptor(status, haft_stream_owner(ret), fd, HAFT_CLASS_STREAM, haft__site_of(at));
}

haft_status haft_dir_adopt(haft_dir *ret, DIR *raw, haft_owner owner) {
    const void *at = HAFT__CALLER();
    int fd = fd_of_dir(raw);
    if (ret && owner == HAFT_OWNER_USER && is_owned(fd, at)) return HAFT_E_TRACKED;
    haft_status status = haft__adopt((haft_hold *)ret, (uint64_t)(uintptr_t)raw, owner, &class_dir, at);
    return owns_descriptor(status, haft_dir_owner(ret), fd, HAFT_CLASS_DIR, haft__site_of(at));
}

/* No API of the system's has such an out-parameter. What a program's own writes there is taken in without its descriptor. */
FILE **haft_stream_out(haft_stream *h) {
    return (FILE **)haft__out((haft_hold *)h, &class_stream, HAFT__CALLER(), sizeof(FILE *), UINTPTR_MAX);
}

DIR **haft_dir_out(haft_dir *h) {
    return (DIR **)haft__out((haft_hold *)h, &class_dir, HAFT__CALLER(), sizeof(DIR *), UINTPTR_MAX);
}

/* Whoever only looks at it leaves the descriptor to its owner. */
static bool only_looks(haft_owner owner) { return owner == HAFT_OWNER_BORROWED || owner == HAFT_OWNER_PSEUDO; }

FILE *haft_stream_release(haft_stream *h) {
    bool looks = only_looks(haft_stream_owner(h));
    FILE *raw = (FILE *)(uintptr_t)haft__release((haft_hold *)h, &class_stream, HAFT__CALLER());
    if (!looks) give_up_descriptor(fd_of_stream(raw), HAFT_CLASS_STREAM);
    return raw;
}

DIR *haft_dir_release(haft_dir *h) {
    bool looks = only_looks(haft_dir_owner(h));
    DIR *raw = (DIR *)(uintptr_t)haft__release((haft_hold *)h, &class_dir, HAFT__CALLER());
    if (!looks) give_up_descriptor(fd_of_dir(raw), HAFT_CLASS_DIR);
    return raw;
}

/* ---- constructors ---- */

/* A bound counts by the path from the root, so that one file has one name whatever the working directory; links are not
 * followed. */
static HAFT__COLD haft_status begin_named(haft__opening *o, void *ret, haft_class *c, const void *at, int dir, const char *path) {
    char here[1024];
    haft__name name;
    if (path[0] == '/' || dir != AT_FDCWD) return haft__construct_as(o, ret, c, at, path, strlen(path));
    haft__name_start(&name);
    haft__error error = haft__error_save();
    if (haft__posix()->getcwd(here, sizeof here)) haft__name_bytes(&name, here);
    haft__error_restore(error);
    haft__name_bytes(&name, "/");
    haft__name_bytes(&name, path);
    haft_status status = name.failed ? HAFT_E_NOMEM : haft__construct_as(o, ret, c, at, name.text, name.length);
    haft__name_free(&name);
    return status;
}

static haft_status begin(haft__opening *o, void *ret, haft_class *c, const void *at, int dir, const char *path) {
    if (HAFT__UNLIKELY(path && haft__counts(c))) return begin_named(o, ret, c, at, dir, path);
    return haft__construct(o, ret, c, at, NULL, NULL, false);
}

static HAFT__HOT haft_status open_fd(haft_fd *ret, int dir, const char *path, int flags, mode_t mode, const void *at) {
    haft__opening o;
    haft_status status = begin(&o, ret, &class_fd, at, dir, path);
    if (status != HAFT_OK) return status;
    return haft__constructed(&o, ret, FROM_FD(haft__posix()->openat(dir, path, flags, mode)));
}

haft_status haft_fd_open(haft_fd *ret, const char *path, int flags, mode_t mode) {
    return open_fd(ret, AT_FDCWD, path, flags, mode, HAFT__CALLER());
}

haft_status haft_fd_openat(haft_fd *ret, int dir, const char *path, int flags, mode_t mode) {
    return open_fd(ret, dir, path, flags, mode, HAFT__CALLER());
}

#define CONSTRUCT_FD(CALL)                                                              \
    haft__opening o;                                                                    \
    haft_status status = haft__construct(&o, ret, &class_fd, HAFT__CALLER(), NULL, NULL, false); \
    if (status != HAFT_OK) return status;                                               \
    return haft__constructed(&o, ret, FROM_FD(haft__posix()->CALL))

haft_status haft_fd_dup(haft_fd *ret, int fd) { CONSTRUCT_FD(dup(fd)); }

haft_status haft_fd_socket(haft_fd *ret, int family, int type, int protocol) { CONSTRUCT_FD(socket(family, type, protocol)); }

haft_status haft_fd_accept(haft_fd *ret, int listener) { CONSTRUCT_FD(accept(listener)); }

haft_status haft_fd_pipe(haft_fd *ret_read, haft_fd *ret_write) {
    haft__pair pair = { .ret = { ret_read, ret_write }, .at = HAFT__CALLER() };
    int ends[2] = { -1, -1 };
    haft_status status = haft__construct_pair(&pair, &class_fd, &class_fd);
    if (status != HAFT_OK) return status;
    if (haft__posix()->pipe(ends) != 0) ends[0] = ends[1] = -1;
    return haft__constructed_pair(&pair, FROM_FD(ends[0]), FROM_FD(ends[1]));
}

haft_status haft_stream_open(haft_stream *ret, const char *path, const char *mode) {
    haft__opening o;
    haft_status status = begin(&o, ret, &class_stream, HAFT__CALLER(), AT_FDCWD, path);
    if (status != HAFT_OK) return status;
    FILE *stream = haft__posix()->fopen(path, mode);
    int fd = fd_of_stream(stream);
    return owns_descriptor(haft__constructed(&o, ret, (uint64_t)(uintptr_t)stream), HAFT_OWNER_USER, fd, HAFT_CLASS_STREAM, o.site);
}

haft_status haft_stream_from_fd(haft_stream *ret, haft_fd *fd, const char *mode) {
    haft__opening o;
    const void *at = HAFT__CALLER();
    haft_hold before;
    if (!fd || haft_fd_owner(fd) != HAFT_OWNER_USER) return HAFT_E_INVALID;
    haft_status status = haft__construct(&o, ret, &class_stream, at, NULL, NULL, false);
    if (status != HAFT_OK) return status;
    before = fd->hold;
    int number = FD(before.raw);
    FILE *stream = haft__posix()->fdopen(number, mode);
    if (!stream) return haft__constructed(&o, ret, 0);
    if (haft__release(&fd->hold, &class_fd, at) == class_fd.none[0]) number = -1;
    status = haft__constructed(&o, ret, (uint64_t)(uintptr_t)stream);
    return owns_descriptor(status, HAFT_OWNER_USER, number, HAFT_CLASS_STREAM, o.site);
}

haft_status haft_dir_open(haft_dir *ret, const char *path) {
    haft__opening o;
    haft_status status = begin(&o, ret, &class_dir, HAFT__CALLER(), AT_FDCWD, path);
    if (status != HAFT_OK) return status;
    DIR *dir = haft__posix()->opendir(path);
    int fd = fd_of_dir(dir);
    return owns_descriptor(haft__constructed(&o, ret, (uint64_t)(uintptr_t)dir), HAFT_OWNER_USER, fd, HAFT_CLASS_DIR, o.site);
}
