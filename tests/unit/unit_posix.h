/* unit_posix.h: tests on the host's own descriptors. Comes before any other header: it asks for what POSIX does not have. */
#ifndef HAFT_TESTS_UNIT_POSIX_H
#define HAFT_TESTS_UNIT_POSIX_H

#define _GNU_SOURCE
#include "port/port.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define UNIT_FILE "haft_tests_posix.tmp"

/* Opens UNIT_FILE, and makes it; the test removes it. */
int unit_make_file(void);
bool unit_is_open(int fd);

/* The host's table, to be changed in part, in use until haft__posix_use(NULL). */
haft__posix_port *unit_posix_port(void);

/* What is closed by unit_count_closes' table, which it gives back. */
typedef struct unit_posix_closer {
    unsigned closes, fcloses;
    int last;               /* the descriptor */
    int fails_with;         /* 0, or the errno of a close that has closed all the same */
    void (*during)(int fd); /* called before the close */
} unit_posix_closer;
extern unit_posix_closer unit_posix_closes;
haft__posix_port *unit_count_closes(void);

#endif
