/* test_posix_stress.c: many threads, few descriptors, all operations, on the host itself. */
#define _POSIX_C_SOURCE 200809L
#include "stress.h"

#include "port/port.h"

#include <fcntl.h>

STRESS_WRAPPER(haft_fd, int, -1)

static haft__posix_port port;

static int counted_openat(int dir, const char *path, int flags, mode_t mode) {
    stress_system_enter();
    int fd = haft__port_posix.openat(dir, path, flags, mode);
    if (fd >= 0) stress_opened((uint64_t)fd);
    stress_system_leave();
    return fd;
}

static int counted_close(int fd) {
    stress_system_enter();
    int result = haft__port_posix.close(fd);
    stress_closed((uint64_t)fd, result == 0);
    stress_system_leave();
    return result;
}

static const char *const paths[] = { "/dev/null", "/dev/zero", "/dev" };

static haft_status open_fd(haft_hold *ret, unsigned name) { return haft_fd_open((haft_fd *)ret, paths[name], O_RDONLY, 0); }
static uint64_t open_raw(unsigned name) { return (uint64_t)haft__posix()->openat(AT_FDCWD, paths[name], O_RDONLY, 0); }
static bool close_raw(uint64_t raw) { return haft__posix()->close((int)raw) == 0; }

TEST(posix_stress, inv1_each_descriptor_is_closed_once) {
    static const stress_kind kind = { HAFT_CLASS_FD, 3, { 0, 1, 2 }, false, open_fd, open_raw, close_raw, close_raw,
                                      STRESS_FUNCTIONS(haft_fd) };
    port = haft__port_posix;
    port.openat = counted_openat;
    port.close = counted_close;
    haft__posix_use(&port);
    stress(&kind);
    haft__posix_use(NULL);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 0), HAFT_OK);
}
