/* tag.h: the 64 bits that say which opening of a value this is.
 *
 *   bit 0        LIVE: the opening has not ended
 *   bits 1-3     owner mode
 *   bits 4-11    class
 *   bits 12-15   returns: how often this opening was SHARED and has come back to one owner, so that no copy from before fits it;
 *                with the sixteenth they carry into the generation
 *   bits 16-63   generation: counts the openings of one value; it saturates, and then the value is refused
 *
 * A wrapper carries the tag, the ledger's entry carries it too, and they are equal exactly while that opening lives. A BORROWED
 * wrapper's tag differs from its entry's in owner and returns alone. In a SHARED wrapper's tag the generation is the holder's
 * own number. A tag of generation 0 has no entry: a borrowed or pseudo value that the ledger does not know, or one
 * that an API gave when there was no memory to track it.
 */
#ifndef HAFT_SRC_TAG_H
#define HAFT_SRC_TAG_H

#include "base/compiler.h"

#include <haft/class.h>
#include <haft/owner.h>

#define HAFT__LIVE UINT64_C(1)
#define HAFT__OWNER_MASK (UINT64_C(7) << 1)
#define HAFT__RETURNS_ONE (UINT64_C(1) << 12)
#define HAFT__RETURNS_MASK (UINT64_C(15) << 12)
#define HAFT__GENERATION_ONE (UINT64_C(1) << 16)
#define HAFT__GENERATION_MASK (~UINT64_C(0) << 16)

/* Owner bits of a handle that a shim opened for code that knows no wrappers: as USER, but no wrapper holds it yet, so one
 * may adopt it and raw code may close it. */
#define HAFT__OWNER_RAW 6u

/* Owner bits of a wrapper alone: an API is to write its raw value (out.h). */
#define HAFT__OWNER_OUT 7u

static inline uint64_t haft__tag(uint64_t generation_bits, uint32_t class_id, uint32_t owner) {
    return generation_bits | (uint64_t)class_id << 4 | (uint64_t)owner << 1 | HAFT__LIVE;
}
static inline uint32_t haft__tag_owner(uint64_t tag) { return (uint32_t)(tag >> 1) & 7u; }
static inline uint32_t haft__tag_class(uint64_t tag) { return (uint32_t)(tag >> 4) & 0xffu; }
static inline uint64_t haft__tag_generation(uint64_t tag) { return tag & HAFT__GENERATION_MASK; }
static inline uint64_t haft__tag_owned_by(uint64_t tag, uint32_t owner) {
    return (tag & ~HAFT__OWNER_MASK) | (uint64_t)owner << 1;
}
/* The same opening, come back from its holders. 0: there is no number left that no copy has. */
static inline uint64_t haft__tag_returned(uint64_t tag, uint32_t owner) {
    bool full = (tag | (HAFT__RETURNS_ONE - 1)) == ~UINT64_C(0);
    return full ? 0 : haft__tag_owned_by(tag + HAFT__RETURNS_ONE, owner);
}
/* Whether two tags name the same opening, whoever holds it. */
static inline bool haft__tag_same_life(uint64_t a, uint64_t b) {
    return ((a ^ b) & ~(HAFT__OWNER_MASK | HAFT__RETURNS_MASK)) == 0;
}
/* The mode as the public enum has it. */
static inline haft_owner haft__tag_mode(uint64_t tag) {
    uint32_t owner = haft__tag_owner(tag);
    return owner == HAFT__OWNER_RAW ? HAFT_OWNER_USER : (haft_owner)owner;
}

#endif
