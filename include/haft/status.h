/* haft/status.h: what every checked function answers with.
 *
 *     if (haft_key_close(&k) != HAFT_OK) ...        the answer is never lost in a global
 */
#ifndef HAFT_STATUS_H
#define HAFT_STATUS_H

#include <haft/config.h>

HAFT_BEGIN_C

/* ORDER STATUS: haft_status_name() in src/core/status.c has one name for each, in this order. */
typedef enum haft_status {
    HAFT_OK = 0,
    HAFT_E_INVALID,     /* an argument makes no sense: NULL, an unknown enum, a sentinel where a handle is needed */
    HAFT_E_STALE,       /* this opening was closed, released or moved on already; nothing was touched */
    HAFT_E_NOT_OWNER,   /* only its owner may do this; the handle stays as it is */
    HAFT_E_WRONG_CLASS, /* the value is tracked as another kind of handle; nothing was touched */
    HAFT_E_TRACKED,     /* the value already has an owner in the ledger */
    HAFT_E_LIMIT,       /* the bound on live opens is reached; nothing was opened */
    HAFT_E_OS,          /* the operating system's own call failed: GetLastError() or errno says why */
    HAFT_E_NOMEM,       /* Haft could not allocate; nothing is left open that the caller cannot reach */
    HAFT_E_UNSUPPORTED  /* this system has no such function */
} haft_status;

/* The status's name, "HAFT_E_STALE"; "HAFT_E_?" for a value that is none. Never NULL. Any thread. */
const char *haft_status_name(haft_status status);

HAFT_END_C

#endif
