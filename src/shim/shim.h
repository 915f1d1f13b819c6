/* shim.h: what the shims have in common. */
#ifndef HAFT_SRC_SHIM_H
#define HAFT_SRC_SHIM_H

#include "core/opening.h"
#include "port/port.h"

/* ---- opening ---- */

/* Begins an opening for code that knows no wrappers. At most one of a and w is not NULL: a file's name. False: refused at a bound
 * that was asked for; last error ERROR_NOT_ENOUGH_QUOTA is set. */
bool haft__shim_open(haft__opening *o, haft_class *c, const void *at, const char *a, const wchar_t *w);

/* The system's call gave `raw`, or one of the class's values for none. Tracks it; the answer is the system's whatever comes
 * of that. */
void haft__shim_opened(haft__opening *o, uint64_t raw);

/* ---- closing ---- */

typedef struct haft__closing {
    haft_class *c;
    haft__place place;
    haft__life life; /* what was ended; tag 0: nothing was tracked */
    uint64_t raw;
    const void *at;
    uint32_t error;  /* why it is refused */
    bool held;       /* the gate is */
} haft__closing;

/* Whether a closer of this class may close the value now. True: the entry, if there was one, has ended; make the system's
 * call, then say how it went. False: fail with c->error. */
bool haft__shim_close(haft__closing *closing, haft_class *c, uint64_t raw, const void *at);

/* A close that failed although the handle is open (it is protected) leaves it tracked. */
void haft__shim_closed(haft__closing *closing, bool succeeded);

#endif
