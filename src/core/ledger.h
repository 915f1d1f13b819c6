/* ledger.h: the process-wide table of live handles, keyed by raw value.
 *
 * Two tables behind one door. Kernel handles and descriptors are small numbers: their entries stand in pages that are made
 * once and never moved, so tracking one takes no lock and, once its page exists, no allocation (dense.c). Everything else
 * is hashed into locked shards (hashed.c). A pinned entry stays where it is until it is unpinned; all that happens to it
 * happens by atomic operations on its word, so the logic above is the same for both.
 *
 * The order that makes a close safe: an entry ends before the system closes its value, and begins after the system has opened it.
 */
#ifndef HAFT_SRC_LEDGER_H
#define HAFT_SRC_LEDGER_H

#include "base/atomic.h"
#include "core/class.h"
#include "core/tag.h"

struct haft__identity;
struct haft__holders;

/* 32 bytes on a 64-bit machine. The fields other than word are written by the one who begins a life, before the word says LIVE. */
typedef struct haft__entry {
    haft__a64 word;      /* the tag of the opening that lives here; not LIVE: of the last one that did */
    haft__a32 opened;    /* sites */
    haft__a32 closed;    /* of the life before, while this one lasts */
    haft__aptr identity; /* struct haft__identity: what its reopen count counts; NULL: not counted */
    haft__aptr holders;  /* struct haft__holders while SHARED, NULL otherwise: under the holders' lock, as is all that changes it */
} haft__entry;

/* What an entry said at one moment. */
typedef struct haft__life {
    uint64_t tag; /* 0: nothing was there */
    uint32_t opened;
    uint32_t closed;
    struct haft__identity *identity;
    struct haft__holders *holders; /* of a SHARED life that another's beginning ended; otherwise NULL */
} haft__life;
static const haft__life haft__no_life = { 0, 0, 0, NULL, NULL };
typedef bool haft__visit(uint64_t raw, const haft__life *life, void *user);

/* Where a value's entry is. */
typedef struct haft__place {
    uint64_t raw;   /* as the table keys it: without a kernel handle's low two bits */
    uint32_t space; /* haft_space; HAFT_SPACE_OWN plus the class's id for values that only their class knows */
} haft__place;

/* A remote HKEY is an address in this process with its low bit set, not a kernel handle. Here and in haft__dense_index small
 * numbers are told apart by arithmetic (2 * space is 0 for kernel handles, 2 for descriptors), as every open and close comes by:
 * a branch for each space would be laid out as code for each. */
HAFT__INLINE haft__place haft__place_of(const haft_class *c, uint32_t class_id, uint64_t raw) {
    uint32_t space = (uint32_t)c->space;
    haft__place small = { raw & ~(UINT64_C(3) >> 2 * space), space };
    haft__place address = { raw, HAFT_SPACE_POINTER }, own = { raw, (uint32_t)HAFT_SPACE_OWN + class_id };
    if (HAFT__UNLIKELY(class_id == HAFT_CLASS_KEY && (raw & 1))) return address;
    return HAFT__UNLIKELY(space == HAFT_SPACE_OWN) ? own : small;
}

/* dense.c: a root of pages for each space of small numbers. */
#define HAFT__DENSE_SPACES 2 /* HAFT_SPACE_KERNEL and HAFT_SPACE_FD */
#ifndef HAFT__PAGE_BITS
#define HAFT__PAGE_BITS 12
#endif
#define HAFT__PAGE_ENTRIES (1u << HAFT__PAGE_BITS)
#define HAFT__DENSE_LIMIT (UINT64_C(1) << 24)
#define HAFT__ROOT_ENTRIES (HAFT__DENSE_LIMIT >> HAFT__PAGE_BITS)
extern haft__aptr haft__root[HAFT__DENSE_SPACES * HAFT__ROOT_ENTRIES]; /* one space after the other */
extern haft__a32 haft__tops[HAFT__DENSE_SPACES]; /* all pages of a space are below its top: a walk of few handles is short */
haft__entry *haft__dense_make(haft__place place);
bool haft__dense_walk(haft__visit *visit, void *user);

HAFT__INLINE uint64_t haft__dense_index(haft__place place) {
    return place.raw >> (2u >> 2 * place.space);
}
HAFT__INLINE bool haft__is_dense(haft__place place) {
    return HAFT__LIKELY(place.space < HAFT__DENSE_SPACES) && haft__dense_index(place) < HAFT__DENSE_LIMIT;
}

HAFT__INLINE haft__aptr *haft__dense_page(haft__place place) {
    return &haft__root[place.space * HAFT__ROOT_ENTRIES + (haft__dense_index(place) >> HAFT__PAGE_BITS)];
}

/* NULL: its page is not there. */
HAFT__INLINE haft__entry *haft__dense_entry(haft__place place) {
    haft__entry *page = haft__loadptr(haft__dense_page(place));
    return HAFT__LIKELY(page != NULL) ? &page[haft__dense_index(place) & (HAFT__PAGE_ENTRIES - 1)] : NULL;
}

/* hashed.c: everything else. */
haft__entry *haft__hashed_pin(haft__place place, bool make);
void haft__hashed_unpin(haft__place place, haft__entry *entry);
bool haft__hashed_walk(haft__visit *visit, void *user);

/* The place's entry, pinned. NULL: there never was one, or with make: no memory. */
static inline haft__entry *haft__pin(haft__place place, bool make) {
    if (HAFT__UNLIKELY(!haft__is_dense(place))) return haft__hashed_pin(place, make);
    haft__entry *e = haft__dense_entry(place);
    return HAFT__LIKELY(e || !make) ? e : haft__dense_make(place);
}
static inline void haft__unpin(haft__place place, haft__entry *entry) {
    if (HAFT__UNLIKELY(!haft__is_dense(place))) haft__hashed_unpin(place, entry);
}

haft__life haft__look(haft__place place);

/* Begins a life for a value that the system has just handed out (`adopted` false: a life that is still there was ended out
 * of sight, and comes back in *was), or that somebody declares (`adopted` true: a live entry is HAFT_E_TRACKED or
 * HAFT_E_WRONG_CLASS, unless it is a shim's or both are KERNEL). On HAFT_OK *ret_tag is the life's tag. HAFT_E_NOMEM;
 * HAFT_E_LIMIT: the generation is used up. */
typedef struct haft__birth {
    uint32_t class_id;
    uint32_t owner;
    uint32_t opened;
    struct haft__identity *identity;
    bool adopted;
} haft__birth;
/* Whether a declaration may end the life whose word this is: HAFT_OK, HAFT_E_TRACKED, HAFT_E_WRONG_CLASS. */
haft_status haft__may_adopt(uint64_t live, const haft__birth *birth);
haft_status haft__begin_life_slowly(haft__place place, const haft__birth *birth, uint64_t *ret_tag, haft__life *was);

HAFT__INLINE haft__life haft__entry_fields(haft__entry *e, uint64_t word) {
    haft__life life = { word, haft__peek32(&e->opened), haft__peek32(&e->closed), haft__peekptr(&e->identity), NULL };
    return life;
}

/* Reads a live entry as one; false: it is not live, or a shadow, or changed meanwhile. */
HAFT__INLINE bool haft__entry_read(haft__entry *e, haft__life *ret) {
    uint64_t word = haft__load64(&e->word);
    if (HAFT__LIKELY(!(word & HAFT__LIVE)) || haft__tag_owner(word) == HAFT_OWNER_BORROWED) return false;
    *ret = haft__entry_fields(e, word);
    return haft__load64(&e->word) == word;
}

HAFT__INLINE void haft__entry_fill(haft__entry *e, const haft__birth *birth) {
    haft__put32(&e->opened, birth->opened);
    /* Most often it is NULL and stays so: a look is cheaper than a store that the exchange of the word must wait for. */
    if (haft__peekptr(&e->identity) != birth->identity) haft__putptr(&e->identity, birth->identity);
}

/* An entry that is there and dead, as nearly always, needs no more than this. A value that the system has just given out is
 * the caller's alone, so nobody else writes here and a plain store will do: a holder of the former life who still tries to
 * end it has a tag that no longer matches. Two may declare one value at once; the exchange lets one in. */
HAFT__INLINE haft_status haft__begin_life(haft__place place, const haft__birth *birth, uint64_t *ret_tag, haft__life *was) {
    haft__entry *e = HAFT__LIKELY(haft__is_dense(place)) ? haft__dense_entry(place) : NULL;
    uint64_t word = HAFT__LIKELY(e != NULL) ? haft__load64(&e->word) : HAFT__LIVE;
    if (HAFT__LIKELY(!(word & HAFT__LIVE) && word < HAFT__GENERATION_MASK)) {
        haft__entry_fill(e, birth);
        *ret_tag = haft__tag(haft__tag_generation(word) + HAFT__GENERATION_ONE, birth->class_id, birth->owner);
        was->tag = 0;
        if (birth->adopted ? haft__cas64(&e->word, word, *ret_tag) : (haft__store64(&e->word, *ret_tag), true)) return HAFT_OK;
    }
    /* Copies, so that the caller's own need not be in memory for the common case. */
    haft__birth copy = *birth;
    haft__life there;
    uint64_t tag = 0;
    haft_status status = haft__begin_life_slowly(place, &copy, &tag, &there);
    *was = there;
    if (status == HAFT_OK) *ret_tag = tag;
    return status;
}

/* Ends the life that has this tag, the owner bits included. True for exactly one caller; what the entry said is in *was. */
bool haft__end_life_hashed(haft__place place, uint64_t tag, uint32_t closed, haft__life *was);
HAFT__INLINE bool haft__end_in(haft__entry *e, uint64_t tag, uint32_t closed, haft__life *was) {
    *was = haft__entry_fields(e, haft__load64(&e->word));
    if (HAFT__UNLIKELY(was->tag != tag || !haft__cas64(&e->word, tag, tag & ~HAFT__LIVE))) return false;
    haft__put32(&e->closed, closed);
    return true;
}
HAFT__INLINE bool haft__end_life(haft__place place, uint64_t tag, uint32_t closed, haft__life *was) {
    if (HAFT__UNLIKELY(!haft__is_dense(place))) {
        haft__life there;
        bool mine = haft__end_life_hashed(place, tag, closed, &there);
        *was = there;
        return mine;
    }
    haft__entry *e = haft__dense_entry(place);
    if (HAFT__LIKELY(e != NULL)) return haft__end_in(e, tag, closed, was);
    *was = haft__no_life;
    return false;
}

/* Takes back the end of the life that had this tag: its close has failed. False: another has begun, or nothing is left of it. */
bool haft__resume_life(haft__place place, uint64_t tag);

/* Changes the owner of the life that has this tag. */
bool haft__change_owner(haft__place place, uint64_t tag, uint32_t owner);

/* A value that a handle of another kind uses up: a stream's descriptor. Its life has the class of that handle and is
 * BORROWED, so it can be neither adopted nor closed on its own; no walk meets it. *was is as for haft__begin_life. */
void haft__shadow_begin(haft__place place, uint32_t class_id, haft__life *was);
void haft__shadow_end(haft__place place, uint32_t class_id);

/* Calls visit for every live entry, until it answers false. Entries that come or go meanwhile are met or not. */
void haft__walk(haft__visit *visit, void *user);

#endif
