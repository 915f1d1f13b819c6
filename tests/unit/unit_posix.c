/* unit_posix.c: the helpers of tests on the host's own descriptors. */
#if !defined(_WIN32)
#include "unit_posix.h"

int unit_make_file(void) {
    int fd = open(UNIT_FILE, O_RDWR | O_CREAT, 0600);
    CHECK(fd >= 0);
    return fd;
}

bool unit_is_open(int fd) { return fcntl(fd, F_GETFD) != -1; }

haft__posix_port *unit_posix_port(void) {
    static haft__posix_port table;
    table = haft__port_posix;
    haft__posix_use(&table);
    return &table;
}

/* ---- a table that counts its closes ---- */

unit_posix_closer unit_posix_closes;

static int count_close(int fd) {
    unit_posix_closes.closes++;
    unit_posix_closes.last = fd;
    if (unit_posix_closes.during) unit_posix_closes.during(fd);
    int result = close(fd);
    if (!unit_posix_closes.fails_with) return result;
    errno = unit_posix_closes.fails_with;
    return -1;
}

static int count_fclose(FILE *stream) {
    unit_posix_closes.fcloses++;
    return fclose(stream);
}

haft__posix_port *unit_count_closes(void) {
    haft__posix_port *table = unit_posix_port();
    table->close = count_close;
    table->fclose = count_fclose;
    memset(&unit_posix_closes, 0, sizeof unit_posix_closes);
    return table;
}
#endif
