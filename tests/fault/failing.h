/* failing.h: a port in which call N fails: one of the system's functions, in its own way and touching nothing; one of Haft's own
 * questions; or the looking up of a function that is not linked. */
#ifndef HAFT_TESTS_FAILING_H
#define HAFT_TESTS_FAILING_H

#include <stdbool.h>

typedef enum failing_kind {
    FAILING_CALLS = 0,
    FAILING_CALLS_CLOSING, /* as calls, but a closer that fails has closed all the same */
    FAILING_QUESTIONS,
    FAILING_LOOKUPS /* on Windows only; elsewhere there are none */
} failing_kind;

/* What the functions fail with. */
#define FAILING_ERROR 1450u /* ERROR_NO_SYSTEM_RESOURCES */

/* From now on call n of the kind fails (1: the next one), with `on` all after it too. What is not to fail goes to the port that was
 * in use. Boot the model before, not meanwhile. */
void failing_begin(failing_kind kind, unsigned n, bool on);

/* Ends it: the port that was in use before is again. Gives how many calls of the kind there were. */
unsigned failing_end(void);

#endif
