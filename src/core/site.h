/* site.h: where in the program a handle was opened or closed: code addresses, numbered. */
#ifndef HAFT_SRC_SITE_H
#define HAFT_SRC_SITE_H

#include "base/atomic.h"

#include <haft/finding.h>

/* 0: not known. */
typedef uint32_t haft__site;

/* A slot is empty until its address is there, which is written after its number: it is read without a lock. */
typedef struct haft__site_slot {
    haft__aptr address;
    haft__a32 site;
} haft__site_slot;

/* Where a site is looked for first, for it is looked for at every open and close. A slot is the first comer's for good; a site
 * that finds its slot taken is found in the table behind. */
#define HAFT__SITES_NEAR_BITS 10
extern haft__site_slot haft__sites_near[1u << HAFT__SITES_NEAR_BITS];

static inline uint64_t haft__site_hash(const void *address) {
    return (uint64_t)(uintptr_t)address * UINT64_C(0x9E3779B97F4A7C15);
}
static inline haft__site_slot *haft__site_near(const void *address) {
    return &haft__sites_near[haft__site_hash(address) >> (64 - HAFT__SITES_NEAR_BITS)];
}
haft__site haft__site_find(const void *address);

/* The address's number. The first time, its text is made and kept, so that it can be told after its module is unloaded. 0
 * when there is no memory, or more sites than 2^20. Takes no lock once the site is known. */
static inline haft__site haft__site_of(const void *address) {
    haft__site_slot *s = haft__site_near(address);
    if (HAFT__LIKELY(haft__loadptr(&s->address) == address)) return haft__peek32(&s->site);
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
