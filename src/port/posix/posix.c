/* posix.c: the POSIX port: the host's own calls, and which table is in use. */
#if !defined(_WIN32)
#define _GNU_SOURCE
#endif
#include "port/port.h"

#if defined(HAFT_POSIX)
#include "base/atomic.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Two that are variadic or declared with a union by some hosts. */
static int port_openat(int dir, const char *path, int flags, mode_t mode) { return openat(dir, path, flags, mode); }
static int port_accept(int listener) { return accept(listener, NULL, NULL); }

const haft__posix_port haft__port_posix = {
    .openat = port_openat,
    .dup = dup,
    .pipe = pipe,
    .socket = socket,
    .accept = port_accept,
    .close = close,
    .fopen = fopen,
    .fdopen = fdopen,
    .fclose = fclose,
    .opendir = opendir,
    .closedir = closedir,
    .dirfd = dirfd,
    .getcwd = getcwd,
};

haft__aptr haft__posix_in_use = { (void *)&haft__port_posix };

void haft__posix_use(const haft__posix_port *port) {
    haft__storeptr(&haft__posix_in_use, (void *)(port ? port : &haft__port_posix));
}
#else
typedef int haft__no_posix_here; /* a file of nothing is not C */
#endif
