/* child.h: a test that is a program of its own: this one, started anew to run one test; POSIX. */
#ifndef HAFT_TESTS_CHILD_H
#define HAFT_TESTS_CHILD_H

#include <stdbool.h>

/* A sanitizer takes memory, descriptors and locks of its own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CHILD_SANITIZED true
#else
#define CHILD_SANITIZED false
#endif

/* What counts coverage writes its counts at the end, or says on standard error that it cannot. */
#if defined(HAFT_COVERAGE)
#define CHILD_COUNTED true
#else
#define CHILD_COUNTED false
#endif

typedef struct child_ran {
    char out[512], err[4096];
    int status; /* as waitpid has it */
    long id;    /* the process's number */
} child_ran;

/* Runs GROUP TEST with HAFT set to value (NULL: not set). `before` is called in the new process, before it becomes that program;
 * NULL: nothing is. `program` is what to start; NULL: this one. */
void child_run(const char *program, const char *group, const char *test, const char *value, void (*before)(void), child_ran *ret);

/* Whether this is that program. The tests of such a group do nothing in a run of all tests. */
bool child_is_one(void);

/* This program's own file. */
bool child_own_path(char *path, unsigned size);

/* Whether an emulator runs this program: it is not started by its own name, and sees limits of the host's. */
bool child_is_emulated(void);

/* A whole file as text, "" where it cannot be read; the file is removed. */
void child_read_back(const char *path, char *text, unsigned size);

#endif
