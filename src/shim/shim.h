/* shim.h: what the shims have in common. */
#ifndef HAFT_SRC_SHIM_H
#define HAFT_SRC_SHIM_H

#include "core/opening.h"
#include "port/port.h"

/* ---- opening ---- */

/* One opening by code that knows no wrappers. */
typedef struct haft__shim {
    haft__opening o;
    bool held; /* the gate is, until it is tracked, lest a recovery on another thread take it for a leaked one */
} haft__shim;

/* Before the system's call. At most one of a and w is not NULL: the object's name. 0; or refused at a bound that was asked for:
 * the Win32 error, which is not set. */
uint32_t haft__shim_open(haft__shim *s, haft_class *c, const void *at, const char *a, const wchar_t *w);

/* The call gave `raw`, or one of the class's values for none. Tracks it; the answer is the system's whatever comes of that. */
void haft__shim_opened(haft__shim *s, uint64_t raw);

/* The call gave nothing. */
void haft__shim_failed(haft__shim *s);

/* The same of a call that gives two handles. */
typedef struct haft__shim_pair {
    haft__shim one[2];
} haft__shim_pair;
uint32_t haft__shim_open_pair(haft__shim_pair *p, haft_class *first, haft_class *second, const void *at);

/* 0 and 0: the call gave nothing. */
void haft__shim_opened_pair(haft__shim_pair *p, uint64_t first, uint64_t second);

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

/* After the call. A close that failed although the handle is open (it is protected) leaves it tracked. */
void haft__shim_closed(haft__closing *closing, bool succeeded);

/* A refusal's Win32 error as Winsock says it, and as an NTSTATUS. */
uint32_t haft__shim_socket_error(uint32_t code);
uint32_t haft__shim_status(uint32_t code);

#endif
