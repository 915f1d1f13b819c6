/* haft/posix.h: typed wrappers for descriptors, streams and directories.
 *
 *     close(fd);                           another thread's open() gets the same number ...
 *     if (failed) close(fd);               ... and this closes it under its feet
 *
 *     haft_fd_close(&f);                   HAFT_OK
 *     haft_fd_close(&copy_of_f);           HAFT_E_STALE: the number's next life is not touched
 *
 * Constructors take the API's own parameters after `ret`; see haft/nt.h for what they have in common. HAFT_E_OS: errno says why.
 * A stream holds its descriptor: adopting or closing that as a haft_fd is HAFT_E_WRONG_CLASS. A directory likewise. */
#ifndef HAFT_POSIX_H
#define HAFT_POSIX_H

#include <haft/class.h>

#if defined(HAFT_POSIX)
#include <dirent.h>
#include <stdio.h>
#include <sys/types.h>

HAFT_BEGIN_C

HAFT_DECLARE(haft_fd, int);          /* -1, any negative     close; a close that fails with EINTR has closed */
HAFT_DECLARE(haft_stream, FILE *);   /* NULL                 fclose; stdin, stdout and stderr are pseudo */
HAFT_DECLARE(haft_dir, DIR *);       /* NULL                 closedir */

haft_status haft_fd_open(haft_fd *ret, const char *path, int flags, mode_t mode);
haft_status haft_fd_openat(haft_fd *ret, int dir, const char *path, int flags, mode_t mode);
haft_status haft_fd_dup(haft_fd *ret, int fd);
haft_status haft_fd_pipe(haft_fd *ret_read, haft_fd *ret_write);
haft_status haft_fd_socket(haft_fd *ret, int family, int type, int protocol);
haft_status haft_fd_accept(haft_fd *ret, int listener);
haft_status haft_stream_open(haft_stream *ret, const char *path, const char *mode);
/* Takes the descriptor along: *fd is empty on HAFT_OK, and as it was otherwise; HAFT_E_NOMEM may have closed it and emptied *fd.
 * HAFT_E_INVALID: *fd is not USER. */
haft_status haft_stream_from_fd(haft_stream *ret, haft_fd *fd, const char *mode);
haft_status haft_dir_open(haft_dir *ret, const char *path);

HAFT_END_C
#endif

#endif
