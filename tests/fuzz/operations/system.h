/* system.h: the system that the operations target runs Haft on: the NT model with its closers counted, descriptors and modules that
 * are numbers in an array, and boxes, a class of our own. */
#ifndef HAFT_TESTS_FUZZ_SYSTEM_H
#define HAFT_TESTS_FUZZ_SYSTEM_H

#include "reference.h"

#include "port/port.h"
#include "shim/shims.h"

#define HAFT_MODEL_NO_NAMES
#include <haft/model.h>

typedef struct fuzz_system {
    bool fds[REF_VALUES], boxes[REF_VALUES];
    unsigned modules[2];
    int dirs[2]; /* each one's descriptor; 0: it is not open */
    unsigned closes[KINDS]; /* by the kind whose closer it is */
} fuzz_system;
extern fuzz_system the_system;
extern const uint64_t module_values[2], dir_values[2];

bool box_shut(unsigned box);
HAFT_DEFINE(fuzz_box, unsigned, 0, box_shut(raw))
bool own_shut(HANDLE handle);
HAFT_DEFINE(fuzz_own, HANDLE, NULL, own_shut(raw))

/* Boots the model, forgets the rest, and puts the library's settings back to their first values. */
void system_boot(haft_model_version version);

/* Behind Haft's back. */
void system_close(uint64_t raw, ref_kind as);
uint64_t system_open(ref_kind kind);

/* How the arrays differ from the reference's; NULL: they do not. */
const char *system_differs(void);

#endif
