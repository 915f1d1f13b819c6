/* table.c: the process's handle table: values are multiples of 4, and the lowest free one is the next to be used. */
#include "port/model/model.h"

#include "base/host.h"

#include <string.h>

#define FIRST_ROOM 64u
#define MOST_HANDLES (1u << 24) /* as NT has it */

/* The free slots that were used before stand in a heap, the lowest on top; those at `used` and above were never used. The heap
 * has as much room as the table has slots, so that a close cannot run out of memory. */

static void heap_push(haft__m_table *t, uint32_t slot) {
    size_t i = t->free_count++;
    for (; i && t->free_heap[(i - 1) / 2] > slot; i = (i - 1) / 2) t->free_heap[i] = t->free_heap[(i - 1) / 2];
    t->free_heap[i] = slot;
}

static uint32_t heap_pop(haft__m_table *t) {
    uint32_t lowest = t->free_heap[0], last = t->free_heap[--t->free_count];
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < t->free_count; i = child) {
        if (child + 1 < t->free_count && t->free_heap[child + 1] < t->free_heap[child]) child++;
        if (t->free_heap[child] >= last) break;
        t->free_heap[i] = t->free_heap[child];
    }
    t->free_heap[i] = last;
    return lowest;
}

static uint32_t grow(haft__m_table *t) {
    size_t room = t->room ? t->room * 2 : FIRST_ROOM;
    if (room > MOST_HANDLES) return ERROR_NO_SYSTEM_RESOURCES;
    haft__m_slot *slots = haft__alloc(room * sizeof *slots);
    uint32_t *heap = haft__alloc(room * sizeof *heap);
    if (!slots || !heap) {
        haft__free(slots);
        haft__free(heap);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    if (t->room) {
        memcpy(slots, t->slots, t->used * sizeof *slots);
        memcpy(heap, t->free_heap, t->free_count * sizeof *heap);
    }
    haft__free(t->slots);
    haft__free(t->free_heap);
    t->slots = slots;
    t->free_heap = heap;
    t->room = room;
    return 0;
}

uint32_t haft__m_handle_new(haft__m_object *o, uint32_t access, uint32_t flags, HANDLE *ret) {
    haft__m_table *t = &haft__m.table;
    uint32_t slot, error = 0;
    if (!t->free_count && t->used == t->room) error = grow(t);
    if (error) return error;
    slot = t->free_count ? heap_pop(t) : (uint32_t)t->used++;
    haft__m_object_keep(o);
    t->slots[slot].object = o;
    t->slots[slot].access = access;
    t->slots[slot].flags = flags;
    *ret = (HANDLE)(((uintptr_t)slot + 1) * 4);
    return 0;
}

bool haft__m_handle_is_pseudo(HANDLE handle) {
    intptr_t value = (intptr_t)handle;
    return value <= -1 && value >= -6;
}

haft__m_slot *haft__m_handle_slot(HANDLE handle) {
    uintptr_t number = (uintptr_t)handle / 4; /* one more than the slot's: no handle is NULL */
    if (number == 0 || number > haft__m.table.used) return NULL;
    haft__m_slot *slot = &haft__m.table.slots[number - 1];
    return slot->object ? slot : NULL;
}

haft__m_object *haft__m_handle_object(HANDLE handle, haft__m_type type) {
    haft__m_slot *slot = haft__m_handle_slot(handle);
    return slot && (type == HAFT__M_ANY || slot->object->type == (uint32_t)type) ? slot->object : NULL;
}

uint32_t haft__m_handle_close(HANDLE handle) {
    haft__m_slot *slot = haft__m_handle_slot(handle);
    if (!slot || slot->flags & HANDLE_FLAG_PROTECT_FROM_CLOSE) return ERROR_INVALID_HANDLE;
    haft__m_object *o = slot->object;
    slot->object = NULL;
    heap_push(&haft__m.table, (uint32_t)(slot - haft__m.table.slots));
    haft__m_object_drop(o);
    return 0;
}

size_t haft__m_handle_count(void) { return haft__m.table.used - haft__m.table.free_count; }

void haft__m_handles_clear(void) {
    haft__m_table old = haft__m.table;
    memset(&haft__m.table, 0, sizeof haft__m.table);
    for (size_t i = 0; i < old.used; i++)
        if (old.slots[i].object) haft__m_object_drop(old.slots[i].object);
    haft__free(old.slots);
    haft__free(old.free_heap);
}
