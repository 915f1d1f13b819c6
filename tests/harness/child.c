/* child.c: starting this program anew. An emulator's programs do not start by themselves: HAFT_TESTS_RUNNER is what starts them. */
#if !defined(_WIN32)
#define _GNU_SOURCE
#include "harness/child.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUT_FILE "haft_tests_out.tmp"
#define ERR_FILE "haft_tests_err.tmp"

bool child_is_one(void) { return getenv("HAFT_TESTS_CHILD") != NULL; }

bool child_is_emulated(void) { return getenv("HAFT_TESTS_RUNNER") != NULL; }

bool child_own_path(char *path, unsigned size) {
    ssize_t n = readlink("/proc/self/exe", path, size);
    if (n <= 0 || (unsigned)n >= size) return false;
    path[n] = '\0';
    return true;
}

void child_read_back(const char *path, char *text, unsigned size) {
    FILE *in = fopen(path, "r");
    text[0] = '\0';
    if (!in) return;
    text[fread(text, 1, size - 1, in)] = '\0';
    fclose(in);
    remove(path);
}

static void direct(const char *path, int to) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(fd, to);
    close(fd);
}

static void become(const char *program, const char *group, const char *test) {
    const char *runner = getenv("HAFT_TESTS_RUNNER");
    if (runner) execlp(runner, runner, program, group, test, (char *)NULL);
    else execl(program, program, group, test, (char *)NULL);
    _exit(127);
}

void child_run(const char *program, const char *group, const char *test, const char *value, void (*before)(void), child_ran *ret) {
    char own[4096] = "";
    if (!program && child_own_path(own, sizeof own)) program = own;
    pid_t child = fork();
    if (child == 0) {
        direct(OUT_FILE, 1);
        direct(ERR_FILE, 2);
        setenv("HAFT_TESTS_CHILD", "1", 1);
        if (value) setenv("HAFT", value, 1);
        else unsetenv("HAFT");
        if (before) before();
        become(program ? program : own, group, test);
    }
    if (child < 0 || waitpid(child, &ret->status, 0) != child) ret->status = -1;
    ret->id = (long)child;
    child_read_back(OUT_FILE, ret->out, sizeof ret->out);
    child_read_back(ERR_FILE, ret->err, sizeof ret->err);
}
#else
typedef int haft_tests_no_child_here; /* a file of nothing is not C */
#endif
