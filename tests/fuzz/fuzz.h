/* fuzz.h: what the fuzz targets share: bytes to decide by, a count of operations, and how a disagreement ends the run.
 *
 * A target is a file fuzz_NAME.c with LLVMFuzzerTestOneInput in it: libFuzzer and AFL++ both drive that. */
#ifndef HAFT_TESTS_FUZZ_H
#define HAFT_TESTS_FUZZ_H

#include "base/compiler.h"

#include <haft.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input, byte by byte; zeros behind its end. */
typedef struct fuzz_bytes {
    const uint8_t *at;
    size_t left;
} fuzz_bytes;
uint8_t fuzz_byte(fuzz_bytes *b);

/* Up to 63 bytes that are not `end`, and the one that is: a string. The text lasts until the fourth call from now. */
const char *fuzz_text(fuzz_bytes *b, uint8_t end);

/* One operation more. Where FUZZ_OPERATIONS names a file, the count is kept there, through crashes and by all processes. */
void fuzz_operation(void);

/* Says where the library and the reference disagree, and aborts. */
HAFT__PRINTF(1, 2) void fuzz_disagree(const char *format, ...);

/* Every finding of a kind to a sink that remembers the last; see fuzz_told. */
typedef struct fuzz_finding {
    unsigned times;
    haft_finding_kind kind;
    haft_class_id class_id;
    uint64_t raw;
    char name[256];
} fuzz_finding;
extern fuzz_finding fuzz_told;
void fuzz_sink(const haft_finding *finding, void *user);

#endif
