/* site.h: where in the program a handle was opened or closed: code addresses, numbered. */
#ifndef HAFT_SRC_SITE_H
#define HAFT_SRC_SITE_H

#include "base/atomic.h"

#include <haft/finding.h>

/* 0: not known. */
typedef uint32_t haft__site;

/* The table is read without a lock: a slot is empty until its address is there, which is written after its number. */
typedef struct haft__site_slot {
    haft__aptr address;
    haft__a32 site;
} haft__site_slot;
typedef struct haft__site_table {
    size_t slots; /* a power of two */
    struct haft__site_table *former;
    haft__site_slot slot[];
} haft__site_table;
extern haft__aptr haft__sites;

static inline size_t haft__site_hash(const void *address) {
    return (size_t)((uint64_t)(uintptr_t)address * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}
haft__site haft__site_find(const void *address);

/* The address's number. The first time, its text is made and kept, so that it can be told after its module is unloaded. 0
 * when there is no memory, or more sites than 2^20. Takes no lock once the site is known. */
static inline haft__site haft__site_of(const void *address) {
    haft__site_table *t = haft__loadptr(&haft__sites);
    if (HAFT__LIKELY(t != NULL)) {
        haft__site_slot *s = &t->slot[haft__site_hash(address) & (t->slots - 1)];
        if (HAFT__LIKELY(haft__loadptr(&s->address) == address)) return haft__peek32(&s->site);
    }
    return haft__site_find(address);
}

/* MODULE+0xOFFSET; "" for 0. Never NULL, lasts for ever. */
const char *haft__site_text(haft__site site);

/* The code address; NULL for 0, and for a number that no site has. */
const void *haft__site_address(haft__site site);

/* True the first time it is asked for this site and kind; always for site 0. */
bool haft__site_first(haft__site site, haft_finding_kind kind);

/* How many there are: numbers 1 to this. */
uint32_t haft__site_count(void);

#endif
