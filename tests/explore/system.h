/* system.h: what the explored threads open and close: a pretended system, each call of which is one step.
 *
 * It gives out its lowest free value, as NT and POSIX do, so a value that is closed lives again at once. It knows each
 * opening by a number and who closes it: an opening that is closed twice, or by one who means another, ends the run. */
#ifndef HAFT_TESTS_EXPLORE_SYSTEM_H
#define HAFT_TESTS_EXPLORE_SYSTEM_H

#include "explore.h"

#include "core/holders.h"
#include "core/opening.h"
#include "port/port.h"

/* Where every call into the library comes from: one site, made in the first run. */
#define AT ((const void *)system_reset)

extern haft_class system_near;   /* small numbers: the table without locks */
extern haft_class system_far;    /* pointers: the locked table */
extern haft_class system_module; /* one value, handed out many times */
extern haft_class system_token;  /* what a fence looks for */

/* An opening, as its opener knows it. */
typedef struct opened {
    haft_hold hold;
    uint64_t raw;
    unsigned opening; /* 0: none */
} opened;

/* Everything closed and forgotten; handles will be of this class. Findings are counted, not told. */
void system_reset(haft_class *c);

/* Explores the protocol with *c as system_near, then as system_far; its setup resets to *c. */
void system_in_both_tables(const char *name, const explore_protocol *p, haft_class **c);

/* The system's own open; *ret_opening tells which it is. */
uint64_t system_open(unsigned *ret_opening);
/* The system's own close, as code out of sight makes it: whether it was open. Closes whatever is there. */
bool system_close(uint64_t raw);

/* What a constructor does: opens, tracks. USER, or HAFT__OWNER_RAW as a shim does. */
opened system_open_tracked(uint32_t owner);

/* haft__close of this wrapper. Only this very opening may reach the system. */
haft_status system_close_held(haft_hold *h, unsigned opening);

/* The same, where the opening may be closed already (a program's own fault): the system then fails the close. */
haft_status system_close_gone(haft_hold *h, unsigned opening);

/* From here on the calling thread may close this opening only; 0: any. */
void system_expect(unsigned opening);

/* How often an opening was closed; how many are open; how often the system failed a close. */
unsigned system_closes(unsigned opening);
unsigned system_live(void);
unsigned system_failed(void);

/* How many findings of this kind since system_reset. */
uint64_t system_found(haft_finding_kind kind);

/* As a port lists its handles: all are tokens. */
size_t system_handles(haft__handle_info *list, size_t cap);

/* Which opening is at the value now; 0: none. No step. */
unsigned system_opening_at(uint64_t raw);

/* A count that threads share, each change of which is a step: *n += by; gives back what it is then. */
int system_count(int *n, int by);

#endif
