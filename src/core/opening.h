/* opening.h: one opening of a handle, from before the system's call until it is tracked. Constructors and shims go through
 * it alike:
 *
 *   haft__opening_begin    counts it against its bound; a refusal is said before anything is opened
 *   (the system's call)
 *   haft__opening_cancel   it failed, or it was not an open after all
 *   haft__opening_settle   it was made: names are made sure of
 *   haft__opening_done     it is tracked
 */
#ifndef HAFT_SRC_OPENING_H
#define HAFT_SRC_OPENING_H

#include "core/identity.h"
#include "core/settings.h"
#include "core/site.h"

typedef struct haft__ask {
    haft_class *c;
    const void *at;     /* where the caller of the library stands */
    const char *name;   /* canonical, terminated; NULL: a class without names, or one that is not known */
    size_t length;
    bool is_true;       /* as haft__claim has it */
    bool enforce;       /* false: passing the bound is a finding, not a refusal */
    const char *quirk;  /* the article that the bound is for; NULL: none */
} haft__ask;

typedef struct haft__opening {
    haft_class *c;
    uint32_t class_id;
    uint32_t bound;
    uint32_t watched; /* a bound that is not enforced: passing it is told; `bound` is 0 then */
    haft__site site;
    uint32_t late; /* so many meet the bound, and perhaps this is no open; 0: there is room */
    haft__identity *identity;
    bool resolving; /* the resolve lock is held until settled or cancelled */
} haft__opening;

/* Whether opens of the class are counted now, so that a name is worth making. */
static inline bool haft__counts(haft_class *c) {
    haft__settings_ready();
    return haft__limit(haft__class_id_of(c)) != 0;
}

/* An opening that is not counted. */
static inline void haft__opening_start(haft__opening *o, haft_class *c, const void *at) {
    o->c = c;
    o->class_id = haft__class_id_of(c);
    o->bound = 0;
    o->watched = 0;
    o->late = 0;
    o->site = haft__site_of(at);
    o->identity = NULL;
    o->resolving = false;
}

/* HAFT_OK, HAFT_E_LIMIT (with a finding), HAFT_E_NOMEM: then nothing is held. Where the bound is not enforced it is always
 * HAFT_OK. */
haft_status haft__opening_begin(haft__opening *o, const haft__ask *ask);

/* The same where the call may hand back what is open already, so that perhaps it is no open: where the bound is met the call is to
 * be made all the same, and the refusal waits for haft__opening_settle. */
haft_status haft__opening_begin_perhaps(haft__opening *o, const haft__ask *ask);

void haft__opening_cancel(haft__opening *o);

/* Whether settle wants the true name. */
static inline bool haft__opening_unsettled(const haft__opening *o) { return o->resolving || o->late; }

/* The open is made; `owner` is USER, or HAFT__OWNER_RAW for code that knows no wrappers. HAFT_E_LIMIT (with a finding): the handle
 * has been closed again. HAFT_E_NOMEM: it is not counted; a USER's has been closed again. Nothing is held then. true_name NULL: not
 * to be told. */
haft_status haft__opening_settle(haft__opening *o, uint64_t raw, uint32_t owner, const char *true_name, size_t length);

/* Tracks the handle. HAFT_E_NOMEM, HAFT_E_LIMIT: it is not tracked, which is an UNTRACKED finding; a USER's has been closed again,
 * and has counted until then. Nothing is held. */
haft_status haft__opening_done(haft__opening *o, uint64_t raw, uint32_t owner, uint64_t *ret_tag);

/* A life was still there when the system handed its value out again: gives up what it counts on, and says so. */
void haft__found_foreign_close(const haft__life *was, uint64_t raw, haft__site at);

#endif
