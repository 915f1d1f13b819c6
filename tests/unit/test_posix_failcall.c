/* test_posix_failcall.c: as test_failcall.c, for descriptors, streams and directories: call N into the system fails, or allocation
 * N, once and from then on. A closer that fails has closed all the same, as Linux has it. */
#if !defined(_WIN32)
#define _GNU_SOURCE
#endif
#include "unit.h"

#if defined(HAFT_POSIX)
#include "base/params.h"
#include "port/port.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* ---- the host's table, failing ---- */

static unsigned calls, fails_at;
static bool all_from_there;

static bool fails(int number) {
    calls++;
    if (calls != fails_at && !(all_from_there && calls > fails_at)) return false;
    errno = number;
    return true;
}

#define OPENER(result, name, n, types, failure, number)                       \
    static result fail_##name(HAFT__PARAMS_##n types) {                       \
        return fails(number) ? failure : haft__port_posix.name(HAFT__ARGS_##n); \
    }
#define OPENERS(X) \
    X(int, openat, 4, (int, const char *, int, mode_t), -1, EMFILE) \
    X(int, dup, 1, (int), -1, EMFILE) \
    X(int, pipe, 1, (int *), -1, EMFILE) \
    X(int, socket, 3, (int, int, int), -1, EMFILE) \
    X(int, accept, 1, (int), -1, EMFILE) \
    X(FILE *, fopen, 2, (const char *, const char *), NULL, EMFILE) \
    X(FILE *, fdopen, 2, (int, const char *), NULL, ENOMEM) \
    X(DIR *, opendir, 1, (const char *), NULL, EMFILE) \
    X(int, dirfd, 1, (DIR *), -1, ENOTSUP) \
    X(char *, getcwd, 2, (char *, size_t), NULL, ENOENT)
OPENERS(OPENER)

#define CLOSER(name, type)                         \
    static int fail_##name(type handle) {          \
        int closed = haft__port_posix.name(handle); \
        return fails(EIO) ? -1 : closed;           \
    }
#define CLOSERS(X) X(close, int) X(fclose, FILE *) X(closedir, DIR *)
CLOSERS(CLOSER)

static void fail_call(unsigned n, bool on) {
    static haft__posix_port table;
#define USE_OPENER(result, name, n, types, failure, number) table.name = fail_##name;
    OPENERS(USE_OPENER)
#define USE_CLOSER(name, type) table.name = fail_##name;
    CLOSERS(USE_CLOSER)
    calls = 0;
    fails_at = n;
    all_from_there = on;
    haft__posix_use(&table);
}

/* ---- scenarios: each opens what it can, uses it, and closes all of it; the answer is the first status that is not good ---- */

typedef haft_status scenario(void);

#define TRY(call) (status = status == HAFT_OK ? (call) : status)

static haft_status descriptors(void) {
    haft_fd f = HAFT_INIT, copy = HAFT_INIT, in = HAFT_INIT, out = HAFT_INIT, s = HAFT_INIT, shared = HAFT_INIT;
    haft_status status = HAFT_OK;
    TRY(haft_fd_open(&f, "/dev/null", O_RDWR, 0));
    if (status == HAFT_OK) TRY(haft_fd_dup(&copy, haft_fd_raw(&f)));
    TRY(haft_fd_pipe(&in, &out));
    TRY(haft_fd_socket(&s, AF_UNIX, SOCK_STREAM, 0));
    TRY(haft_fd_share(&shared, &s));
    if (status == HAFT_E_NOMEM) CHECK(in.hold.tag == 0 || out.hold.tag != 0);
    haft_fd *all[] = { &shared, &f, &copy, &in, &out, &s };
    for (size_t i = 0; i < HAFT__COUNT(all); i++) haft_fd_end(all[i]);
    return status;
}

static haft_status streams(void) {
    haft_fd f = HAFT_INIT;
    haft_stream s = HAFT_INIT, t = HAFT_INIT;
    haft_dir d = HAFT_INIT;
    haft_status status = HAFT_OK;
    TRY(haft_stream_open(&s, "/dev/null", "r"));
    TRY(haft_fd_open(&f, "/dev/null", O_RDWR, 0));
    TRY(haft_stream_from_fd(&t, &f, "r+"));
    TRY(haft_dir_open(&d, "/"));
    haft_dir_end(&d);
    haft_stream_end(&t);
    haft_stream_end(&s);
    haft_fd_end(&f);
    return status;
}

static haft_status bounded_files(void) {
    haft_fd f = HAFT_INIT, g = HAFT_INIT;
    haft_status status = HAFT_OK;
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 5), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_STREAM, 5), HAFT_OK);
    TRY(haft_fd_open(&f, ".", O_RDONLY, 0));
    TRY(haft_fd_open(&g, "/dev/null", O_RDONLY, 0));
    haft_fd_end(&f);
    haft_fd_end(&g);
    TRY(streams());
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 0), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_STREAM, 0), HAFT_OK);
    return status;
}

/* Of two connections that wait; what is not Haft's is made by hand, so that it is no call into the port. */
static haft_status accepted(void) {
    struct sockaddr_un here = { .sun_family = AF_UNIX, .sun_path = "haft_tests_failcall.sock" };
    const struct sockaddr *address = (const struct sockaddr *)&here;
    int listener = socket(AF_UNIX, SOCK_STREAM, 0), client[2];
    haft_fd server = HAFT_INIT, other = HAFT_INIT;
    haft_status status = HAFT_OK;
    unlink(here.sun_path);
    CHECK(bind(listener, address, sizeof here) == 0 && listen(listener, 2) == 0);
    for (int i = 0; i < 2; i++) {
        client[i] = socket(AF_UNIX, SOCK_STREAM, 0);
        CHECK_EQ(connect(client[i], address, sizeof here), 0);
    }
    TRY(haft_fd_accept(&server, listener));
    TRY(haft_fd_accept(&other, listener));
    haft_fd_end(&server);
    haft_fd_end(&other);
    close(listener), close(client[0]), close(client[1]);
    unlink(here.sun_path);
    return status;
}

/* ---- every N ---- */

enum { TOO_MANY = 400 };

static void each_call(scenario *of, bool on) {
    int before = haft_test_system_handles();
    size_t live = haft_live();
    haft_status status;
    unsigned n = 0;
    do {
        fail_call(++n, on);
        status = of();
        CHECK(status == HAFT_OK || status == HAFT_E_OS);
        CHECK_EQ(haft_test_system_handles(), before);
        CHECK_EQ(haft_live(), live);
    } while (calls >= n && n < TOO_MANY);
    CHECK(n > 1 && n < TOO_MANY);
    CHECK_EQ(status, HAFT_OK);
    haft__posix_use(NULL);
}

static void each_allocation(scenario *of, bool on) {
    int before = haft_test_system_handles();
    size_t live = haft_live();
    haft_status status;
    unsigned n = 0, allocations;
    do {
        uint64_t refused = haft_found(HAFT_FINDING_CLOSE_FAILED);
        unit_alloc_fail(++n, on);
        status = of();
        allocations = unit_alloc_end();
        CHECK(status == HAFT_OK || status == HAFT_E_NOMEM);
        CHECK_EQ(haft_test_system_handles(), before);
        CHECK_EQ(haft_live(), live);
        CHECK_EQ(haft_found(HAFT_FINDING_CLOSE_FAILED), refused);
    } while (allocations >= n && n < TOO_MANY);
    CHECK(n < TOO_MANY); /* a descriptor alone asks for none */
    CHECK_EQ(status, HAFT_OK);
}

#define EACH(of)                                                                                 \
    TEST(posix_failcall, of##_each_call) { each_call(of, false); }                               \
    TEST(posix_failcall, of##_all_calls_from_each_on) { each_call(of, true); }                   \
    TEST(posix_failcall, inv6_##of##_each_allocation) { each_allocation(of, false); }            \
    TEST(posix_failcall, inv6_##of##_all_allocations_from_each_on) { each_allocation(of, true); }
EACH(descriptors)
EACH(accepted)
EACH(streams)
EACH(bounded_files)
#endif
