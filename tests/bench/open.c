/* open.c: descriptors that are really opened and closed: by wrappers, and by hand. */
#include "bench.h"

#include <haft.h>

#include <fcntl.h>
#include <unistd.h>

#define PATH "/dev/null"

double wrapped_opens(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        HAFT_AUTO(haft_fd, f);
        must(haft_fd_open(&f, PATH, O_RDONLY, 0) == HAFT_OK);
    }
    return now() - start;
}

double raw_opens(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        int fd = open(PATH, O_RDONLY);
        must(fd >= 0 && close(fd) == 0);
    }
    return now() - start;
}

/* Two handles and three ways out, three times: scopes, the same calls with goto, and goto without Haft. */
typedef int job(int answer);

static __attribute__((noinline)) int with_scopes(int answer) {
    HAFT_AUTO(haft_fd, a);
    HAFT_AUTO(haft_fd, b);
    if (haft_fd_open(&a, PATH, O_RDONLY, 0) != HAFT_OK) return -1;
    if (haft_fd_open(&b, PATH, O_RDONLY, 0) != HAFT_OK) return -2;
    return answer;
}

static __attribute__((noinline)) int with_goto(int answer) {
    haft_fd a = HAFT_INIT, b = HAFT_INIT;
    int result = -1;
    if (haft_fd_open(&a, PATH, O_RDONLY, 0) != HAFT_OK) goto out;
    result = -2;
    if (haft_fd_open(&b, PATH, O_RDONLY, 0) != HAFT_OK) goto out;
    result = answer;
out:
    haft_fd_end(&b);
    haft_fd_end(&a);
    return result;
}

static __attribute__((noinline)) int raw_with_goto(int answer) {
    int result = -1;
    int a = open(PATH, O_RDONLY);
    if (a < 0) goto none;
    result = -2;
    int b = open(PATH, O_RDONLY);
    if (b < 0) goto one;
    result = answer;
    close(b);
one:
    close(a);
none:
    return result;
}

static double jobs(unsigned n, job *todo) {
    double start = now();
    for (unsigned i = 0; i < n; i++) must(todo((int)i) == (int)i);
    return now() - start;
}

double scopes(unsigned n) { return jobs(n, with_scopes); }
double gotos(unsigned n) { return jobs(n, with_goto); }
double raw_gotos(unsigned n) { return jobs(n, raw_with_goto); }
