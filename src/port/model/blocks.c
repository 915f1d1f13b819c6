/* blocks.c: what pointer-valued handles point to. A value that the model did not hand out, or not as that kind, is no block. */
#include "port/model/model.h"

#include "base/host.h"

/* Chained by address, in slots that double. */
static haft__m_block **slots;
static size_t slot_count, count;

HAFT__STATIC_ASSERT(sizeof(haft__m_block) % (2 * sizeof(void *)) == 0, memory_is_aligned);

static haft__m_block **slot_of(const void *memory) {
    uint64_t h = ((uint64_t)(uintptr_t)memory >> 4) * UINT64_C(0x9E3779B97F4A7C15);
    return &slots[(size_t)(h >> 32) & (slot_count - 1)];
}

static bool grow(void) {
    haft__m_block **old = slots;
    size_t old_count = slot_count, wanted = slot_count ? slot_count * 2 : 64;
    haft__m_block **bigger = haft__alloc(wanted * sizeof *bigger);
    if (!bigger) return false;
    slots = bigger;
    slot_count = wanted;
    for (size_t i = 0; i < old_count; i++)
        for (haft__m_block *b = old[i], *next; b; b = next) {
            haft__m_block **slot = slot_of(b + 1);
            next = b->next;
            b->next = *slot;
            *slot = b;
        }
    haft__free(old);
    return true;
}

void *haft__m_block_new(haft__m_kind kind, size_t bytes) {
    if (bytes > SIZE_MAX / 2 || (count >= slot_count && !grow())) return NULL;
    haft__m_block *b = haft__alloc(sizeof *b + bytes);
    if (!b) return NULL;
    haft__m_block **slot = slot_of(b + 1);
    b->kind = (uint32_t)kind;
    b->bytes = bytes;
    b->next = *slot;
    *slot = b;
    count++;
    return b + 1;
}

haft__m_block *haft__m_block_of(const void *memory, haft__m_kind kind) {
    haft__m_block *b = slot_count ? *slot_of(memory) : NULL;
    while (b && b + 1 != memory) b = b->next;
    return b && b->kind == (uint32_t)kind ? b : NULL;
}

void *haft__m_block_find(haft__m_kind kind, bool (*is)(const void *memory, const void *what), const void *what) {
    for (size_t i = 0; i < slot_count; i++)
        for (haft__m_block *b = slots[i]; b; b = b->next)
            if (b->kind == (uint32_t)kind && is(b + 1, what)) return b + 1;
    return NULL;
}

void haft__m_block_free(haft__m_block *b) {
    haft__m_block **at = slot_of(b + 1);
    while (*at != b) at = &(*at)->next;
    *at = b->next;
    count--;
    if (b->kind == HAFT__M_VIEW) haft__m_view_closed(b);
    haft__free(b);
}

static void free_all(const void *owner, bool any) {
    for (size_t i = 0; i < slot_count; i++)
        for (haft__m_block *b = slots[i], *next; b; b = next) {
            next = b->next;
            if (any || b->owner == owner) haft__m_block_free(b);
        }
}

void haft__m_blocks_of_owner_free(const void *owner) { free_all(owner, false); }

void haft__m_blocks_clear(void) {
    free_all(NULL, true);
    haft__free(slots);
    slots = NULL;
    slot_count = 0;
}
