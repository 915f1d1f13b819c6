/* test_posix_limits.c: no descriptors left, and no memory. */
#define _GNU_SOURCE
#include "harness/child.h"
#include "unit/unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define FEW 32

static int open_descriptors(void) {
    int n = 0;
    for (int fd = 0; fd < 5000; fd++) n += fcntl(fd, F_GETFD) != -1;
    return n;
}

static void limit(int what, rlim_t soft) {
    struct rlimit r;
    CHECK_EQ(getrlimit(what, &r), 0);
    r.rlim_cur = soft < r.rlim_max ? soft : r.rlim_max;
    CHECK_EQ(setrlimit(what, &r), 0);
}

/* ---- no descriptors ---- */

#define REFUSED(T, OPEN)                      \
    do {                                      \
        T h = HAFT_INIT;                      \
        errno = 0;                            \
        CHECK_EQ((OPEN), HAFT_E_OS);          \
        CHECK_EQ(errno, EMFILE);              \
        CHECK_EQ(h.hold.tag, 0);              \
    } while (0)

static void refuse_all(void) {
    haft_fd out = HAFT_INIT;
    REFUSED(haft_fd, haft_fd_open(&h, "/dev/null", O_RDONLY, 0));
    REFUSED(haft_fd, haft_fd_openat(&h, AT_FDCWD, "/dev/null", O_RDONLY, 0));
    REFUSED(haft_fd, haft_fd_dup(&h, 0));
    REFUSED(haft_fd, haft_fd_socket(&h, AF_UNIX, SOCK_STREAM, 0));
    REFUSED(haft_fd, haft_fd_pipe(&h, &out));
    REFUSED(haft_stream, haft_stream_open(&h, "/dev/null", "r"));
    REFUSED(haft_dir, haft_dir_open(&h, "/"));
    CHECK_EQ(out.hold.tag, 0);
}

TEST(hostile_limits, no_descriptors) {
    haft_fd many[FEW];
    struct rlimit before;
    size_t live = haft_live();
    int n = 0;
    memset(many, 0, sizeof many);
    CHECK_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    limit(RLIMIT_NOFILE, FEW);
    while (n < FEW && haft_fd_open(&many[n], "/dev/null", O_RDONLY, 0) == HAFT_OK) n++;
    CHECK(n > 2 && n < FEW);
    for (int i = 0; i < 200; i++) refuse_all();
    CHECK_EQ(haft_live(), live + (size_t)n);

    /* One is left, and a pipe wants two. */
    haft_fd in = HAFT_INIT, out = HAFT_INIT;
    CHECK_EQ(haft_fd_close(&many[0]), HAFT_OK);
    for (int i = 0; i < 200; i++) CHECK_EQ(haft_fd_pipe(&in, &out), HAFT_E_OS);
    CHECK_EQ(haft_fd_open(&many[0], "/dev/null", O_RDONLY, 0), HAFT_OK);
    for (int i = 0; i < n; i++) CHECK_EQ(haft_fd_close(&many[i]), HAFT_OK);
    CHECK_EQ(haft_live(), live);
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
}

/* ---- no memory: a process of its own, whose exit status is the line of what went wrong, less what fits ---- */

static int wrong;
static void need(bool good, int line) {
    if (!good && !wrong) wrong = line;
}
#define NEED(condition) need((condition), __LINE__)

/* Everything that the allocator still has goes into a list. */
static void *take_all(void) {
    void *list = NULL;
    for (size_t size = 1 << 20; size >= sizeof(void *); size /= 2) {
        for (void **block; (block = malloc(size)) != NULL; list = block) *block = list;
    }
    return list;
}

static void give_back(void *list) {
    while (list) {
        void *next = *(void **)list;
        free(list);
        list = next;
    }
}

static void without_memory(int high, FILE *report) {
    haft_fd f = HAFT_INIT, g = HAFT_INIT;
    haft_hold h = { 0, 0 };
    haft_stream s = HAFT_INIT;
    haft_dir d = HAFT_INIT;
    NEED(haft_fd_open(&f, "/dev/null", O_RDONLY, 0) == HAFT_OK); /* its page of the ledger is there */
    NEED(haft_fd_share(&g, &f) == HAFT_E_NOMEM && haft_fd_valid(&f));
    NEED(haft_fd_close(&f) == HAFT_OK);
    NEED(haft_fd_adopt(&f, high, HAFT_OWNER_USER) == HAFT_E_NOMEM); /* of a page that is not: it stays the caller's */
    NEED(fcntl(high, F_GETFD) != -1);
    NEED(haft__adopt(&h, UINT64_C(0x7300000000), HAFT_OWNER_USER, &unit_memory, NULL) == HAFT_E_NOMEM);
    NEED(haft_stream_open(&s, "/dev/null", "r") == HAFT_E_OS && haft_dir_open(&d, "/") == HAFT_E_OS);
    NEED(haft_limit_set(HAFT_CLASS_FD, 5) == HAFT_OK);
    NEED(haft_fd_open(&f, "/dev/null", O_RDONLY, 0) == HAFT_E_NOMEM); /* a name that cannot be counted */
    NEED(haft_limit_set(HAFT_CLASS_FD, 0) == HAFT_OK);
    NEED(f.hold.tag == 0 && g.hold.tag == 0 && h.tag == 0 && s.hold.tag == 0 && d.hold.tag == 0);
    haft_report_text(report);
}

static int starve(void) {
    static char buffer[4096];
    FILE *report = tmpfile();
    haft_fd kept = HAFT_INIT;
    int high = fcntl(0, F_DUPFD, 4500);
    if (!report || high < 0) return 1;
    setvbuf(report, buffer, _IOFBF, sizeof buffer);
    NEED(haft_fd_open(&kept, "/dev/null", O_RDONLY, 0) == HAFT_OK);
    int before = open_descriptors();
    limit(RLIMIT_AS, 1);
    void *all = take_all();
    void *volatile more = malloc(64); /* volatile: a compiler may take it for granted */
    if (more) return 2;               /* the limit is not kept */
    without_memory(high, report);
    NEED(open_descriptors() == before);
    NEED(haft_live() == 1 && haft_fd_close(&kept) == HAFT_OK && haft_live() == 0);
    limit(RLIMIT_AS, RLIM_INFINITY);
    give_back(all);
    NEED(haft_fd_adopt(&kept, high, HAFT_OWNER_USER) == HAFT_OK && haft_fd_close(&kept) == HAFT_OK);
    rewind(report);
    char line[256] = "";
    NEED(fgets(line, sizeof line, report) != NULL);
    NEED(strcmp(line, "1 live, not grouped: no memory\n") == 0);
    if (wrong) fprintf(stderr, "test_posix_limits.c:%d: failed\n", wrong);
    return wrong ? 3 : 0;
}

TEST(hostile_limits, no_memory) {
    int status = -1;
    if (CHILD_SANITIZED) SKIP("a sanitizer ends a program that has no memory");
    if (child_is_emulated()) SKIP("the emulator needs memory of its own");
    pid_t child = fork();
    if (child == 0) _exit(starve());
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), 0);
}
