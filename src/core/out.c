/* out.c: slots for the out-parameters of APIs, and what is made of them. */
#include "core/out.h"

#include "core/class.h"
#include "core/finding.h"

#include <string.h>

#define SIZE_SHIFT 44
#define SIGNED_SHIFT 48

static const haft_hold empty = { 0, 0 };

/* The bytes of the raw value that a type of this size takes: its low ones. */
static void *slot_of(haft_hold *h, size_t size) {
    const union { uint16_t number; uint8_t bytes[2]; } order = { 1 };
    return (uint8_t *)&h->raw + (order.bytes[0] ? 0 : sizeof h->raw - size); /* GCOVR_EXCL_BR_LINE: a machine has one order */
}

void *haft__out(haft_hold *h, haft_class *c, const void *at, size_t size, uint64_t ones) {
    if (!at) at = HAFT__CALLER();
    if (!h) return NULL;
    if (h->tag) haft__end(h, c, at);
    bool is_signed = size < sizeof h->raw && ones >> 8 * size; /* wider than it is: the ones went on */
    uint64_t mark = HAFT__OUT_PATTERN << HAFT__OUT_PATTERN_SHIFT | (uint64_t)haft__site_of(at) << 12 |
                    (uint64_t)size << SIZE_SHIFT | (uint64_t)is_signed << SIGNED_SHIFT;
    h->raw = size < sizeof h->raw ? c->none[0] & (((uint64_t)1 << 8 * size) - 1) : c->none[0];
    h->tag = haft__tag(mark, haft__class_id_of(c), HAFT__OWNER_OUT);
    return slot_of(h, size);
}

/* As a cast of the raw type would widen it: a pointer's width at most, and then with zeros. Read as bytes: what was written there
 * was not a uint64_t, and the compiler may know it. */
static uint64_t value_of(const haft_hold *h) {
    size_t size = (size_t)(h->tag >> SIZE_SHIFT) & 15u;
    uint64_t raw;
    memcpy(&raw, &h->raw, sizeof raw);
    if (size == 0 || size >= sizeof h->raw) return raw;
    uint64_t bits = ((uint64_t)1 << 8 * size) - 1, value = raw & bits;
    bool negative = (h->tag >> SIGNED_SHIFT & 1) && (value >> (8 * size - 1) & 1);
    return negative ? value | (UINTPTR_MAX & ~bits) : value;
}

static void found_untracked(uint32_t class_id, uint64_t raw, haft__site site) {
    haft__seen seen = { .kind = HAFT_FINDING_UNTRACKED, .class_id = class_id, .raw = raw, .at = site };
    haft__found(&seen);
}

void haft__out_settle(haft_hold *h, haft_class *c) {
    haft_hold made = empty;
    uint64_t raw = value_of(h);
    haft__site site = (haft__site)(h->tag >> 12 & 0xffffffffu);
    const void *at = haft__site_address(site);
    *h = empty;
    if (haft__class_is_none(c, raw)) return;
    haft_status status = haft__adopt(&made, raw, HAFT_OWNER_USER, c, at);
    if (status == HAFT_E_TRACKED) status = haft__adopt(&made, raw, HAFT_OWNER_BORROWED, c, at);
    if (status == HAFT_E_NOMEM || status == HAFT_E_LIMIT) {
        uint32_t id = haft__class_id_of(c);
        found_untracked(id, raw, site);
        made.raw = raw;
        made.tag = haft__tag(0, id, HAFT_OWNER_USER);
    }
    *h = made;
}
