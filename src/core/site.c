/* site.c: the table of sites: open addressing, read without a lock; a full table is replaced by a larger one, and kept for
 * its readers. In front of it, one slot for each of a few hash values. */
#include "core/site.h"

#include "base/atomic.h"
#include "base/host.h"
#include "base/lock.h"
#include "core/name.h"
#include "core/settings.h"

#include <string.h>

#define FIRST_SLOTS 512u
#define CHUNK_BITS 8
#define CHUNK (1u << CHUNK_BITS)
#define MAX_SITES (1u << 20)

typedef struct record {
    const void *address;
    const char *text;
    haft__a32 warned; /* a bit for each kind of finding */
} record;
HAFT__STATIC_ASSERT(HAFT_FINDING_KINDS <= 32, kinds_fit);

typedef struct table {
    size_t slots; /* a power of two */
    struct table *former;
    haft__site_slot slot[];
} table;

haft__site_slot haft__sites_near[1u << HAFT__SITES_NEAR_BITS];
static haft__aptr sites; /* table */
static haft__aptr chunks[MAX_SITES / CHUNK];
static haft__a32 count;
static haft__mutex growing = HAFT__MUTEX(HAFT__RANK_SITE);
HAFT__FORK_SAFE(&growing, 1, 0)

static record *record_of(haft__site site) {
    record *chunk = haft__loadptr(&chunks[(site - 1) >> CHUNK_BITS]);
    return &chunk[(site - 1) & (CHUNK - 1)];
}

/* The slot that holds the address, or the empty one where it would go. */
static haft__site_slot *slot_of(table *t, const void *address) {
    for (size_t i = (size_t)(haft__site_hash(address) >> 32);; i++) {
        haft__site_slot *slot = &t->slot[i & (t->slots - 1)];
        const void *there = haft__loadptr(&slot->address);
        if (!there || there == address) return slot;
    }
}

static void fill(haft__site_slot *slot, const void *address, haft__site site) {
    haft__put32(&slot->site, site);
    haft__storeptr(&slot->address, (void *)(uintptr_t)address);
}

static table *bigger(table *old) {
    size_t slots = old ? old->slots * 2 : FIRST_SLOTS;
    table *t = haft__alloc(sizeof *t + slots * sizeof t->slot[0]);
    if (!t) return NULL;
    t->slots = slots;
    t->former = old;
    for (haft__site site = 1; site <= haft__load32(&count); site++) {
        const void *address = record_of(site)->address;
        fill(slot_of(t, address), address, site);
    }
    haft__storeptr(&sites, t);
    return t;
}

static haft__site append(const void *address, const char *text) {
    uint32_t n = haft__load32(&count);
    if (n == MAX_SITES) return 0;
    haft__aptr *chunk = &chunks[n >> CHUNK_BITS];
    if (!haft__loadptr(chunk)) haft__storeptr(chunk, haft__alloc(CHUNK * sizeof(record)));
    char *copy = haft__loadptr(chunk) ? haft__alloc(strlen(text) + 1) : NULL;
    if (!copy) return 0;
    memcpy(copy, text, strlen(text));
    haft__name_plain(copy); /* a module is a file: its name may be anything */
    record_of(n + 1)->address = address;
    record_of(n + 1)->text = copy;
    haft__store32(&count, n + 1);
    return n + 1;
}

/* The text is made before the lock is taken: making it may wait for the loader, whose lock another thread may hold on its
 * way here. */
static HAFT__COLD haft__site add(const void *address) {
    char text[160];
    haft__site site = 0;
    haft__error error = haft__error_save();
    haft__settings_ready(); /* here every program passes that has handles: one that only adopts, too, wants HAFT=report= */
    haft__host_site(address, text, sizeof text);
    haft__lock(&growing);
    table *t = haft__loadptr(&sites), *more = NULL;
    if (!t || haft__load32(&count) >= t->slots / 2) more = bigger(t);
    if (more) t = more;
    if (t && haft__load32(&count) < t->slots - 1) {
        haft__site_slot *slot = slot_of(t, address);
        site = haft__loadptr(&slot->address) ? haft__peek32(&slot->site) : append(address, text);
        if (site) fill(slot, address, site);
    }
    if (site && !haft__loadptr(&haft__site_near(address)->address)) fill(haft__site_near(address), address, site);
    haft__unlock(&growing);
    haft__error_restore(error);
    return site;
}

haft__site haft__site_find(const void *address) {
    table *t = haft__loadptr(&sites);
    if (!address) return 0;
    haft__site_slot *slot = t ? slot_of(t, address) : NULL;
    return slot && haft__loadptr(&slot->address) ? haft__peek32(&slot->site) : add(address);
}

const char *haft__site_text(haft__site site) { return site ? record_of(site)->text : ""; }

const void *haft__site_address(haft__site site) {
    return site && site <= haft__load32(&count) ? record_of(site)->address : NULL;
}

bool haft__site_first(haft__site site, haft_finding_kind kind) {
    if (!site) return true;
    haft__a32 *warned = &record_of(site)->warned;
    uint32_t bit = 1u << kind, seen = haft__load32(warned);
    while (!(seen & bit)) {
        if (haft__cas32(warned, seen, seen | bit)) return true;
        seen = haft__load32(warned);
    }
    return false;
}

uint32_t haft__site_count(void) { return haft__load32(&count); }
