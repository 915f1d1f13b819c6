/* memory.c: bytes for a live handle, and allocations of an operation, counted where the library asks for memory. */
#include "bench.h"

#include <haft.h>

#include "base/host.h"
#include "core/ledger.h"

static size_t asked_bytes, asked_times;

static bool count_bytes(size_t bytes) {
    asked_bytes += bytes;
    asked_times++;
    return true;
}

static void start(void) {
    asked_bytes = asked_times = 0;
    haft__alloc_hook = count_bytes;
}

void memory_rows(void) {
    const unsigned count = 1u << 20, first = 1u << 22; /* whole pages of the ledger, not used before */
    static haft_fd held[1u << 20];
    must(count % HAFT__PAGE_ENTRIES == 0);
    adoptions(1), wrapped_opens(1), scopes(1);
    start();
    for (unsigned i = 0; i < count; i++) must(haft_fd_adopt(&held[i], (int)(first + i), HAFT_OWNER_USER) == HAFT_OK);
    haft__alloc_hook = NULL;
    row_one("bytes", (double)asked_bytes / count);
    for (unsigned i = 0; i < count; i++) must(haft_fd_release(&held[i]) >= 0);
    start();
    adoptions(10000), wrapped_opens(10000), scopes(10000);
    haft__alloc_hook = NULL;
    row_one("allocations", (double)asked_times / 30000);
}
