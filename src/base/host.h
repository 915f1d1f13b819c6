/* host.h: what Haft asks of the host itself, not of the system whose handles it holds: memory, errors, environment, sites. */
#ifndef HAFT_SRC_HOST_H
#define HAFT_SRC_HOST_H

#include "base/compiler.h"

#include <stdio.h>

/* Zeroed memory, NULL when there is none. Both keep errno and GetLastError(). Every allocation of the library comes through here;
 * haft__alloc_hook, when set, is asked first and refuses by answering false: tests make allocation N fail with it. */
void *haft__alloc(size_t bytes);
void haft__free(void *memory);
extern bool (*haft__alloc_hook)(size_t bytes);

/* GetLastError(): the host's; where it has none, the thread's cell that the NT model keeps its own in. */
uint32_t haft__host_last_error(void);
void haft__host_set_last_error(uint32_t code);

/* errno and that: taken before Haft does something of its own, put back after. */
typedef struct haft__error {
    int number;
    uint32_t last;
} haft__error;
haft__error haft__error_save(void);
void haft__error_restore(haft__error e);

/* The HAFT variable; NULL when it is not set, or must not be trusted because the process runs with another user's rights. */
const char *haft__host_settings(void);

/* Opens a file that the user named, emptied. It does not wait: a FIFO that nobody reads cannot be written. NULL: it cannot. */
FILE *haft__host_report(const char *path);

/* The number that the system gives this process. */
unsigned long haft__host_process_id(void);

/* Writes MODULE+0xOFFSET for a code address; at most size bytes, always terminated. */
void haft__host_site(const void *address, char *text, size_t size);

#endif
