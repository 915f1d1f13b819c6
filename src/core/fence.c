/* fence.c: handles before and after a call. */
#include "core/fence.h"

#include "base/host.h"
#include "core/ledger.h"

#include <stdlib.h>

/* The process's handles, in memory of their own; NULL: they cannot be had. Others open handles meanwhile, so the room grows
 * until it holds. */
static haft__handle_info *all_handles(size_t *ret_count) {
    size_t room = 256;
    for (;;) {
        haft__handle_info *list = haft__alloc(room * sizeof *list);
        size_t count = list ? haft__nt()->handles(list, room) : SIZE_MAX;
        if (count <= room) {
            *ret_count = count;
            return list;
        }
        haft__free(list);
        if (count == SIZE_MAX) return NULL;
        room = count + count / 4 + 64;
    }
}

static int by_value(const void *a, const void *b) {
    uint64_t x = ((const haft__before *)a)->handle, y = ((const haft__before *)b)->handle;
    return x < y ? -1 : x > y;
}

static uint64_t tag_of(uint64_t raw) {
    static const haft_class handles = { "handle", HAFT_CLASS_HANDLE, HAFT_SPACE_KERNEL, { 0, 0 }, NULL, NULL };
    return haft__look(haft__place_of(&handles, HAFT_CLASS_HANDLE, raw)).tag;
}

static bool is_fenced(const haft__fence *f, haft__object_type type) { return f->type == HAFT__OBJECT_ANY || f->type == type; }

void haft__fence_begin(haft__fence *f, haft__object_type type) {
    size_t count;
    f->type = type;
    f->before = NULL;
    f->count = 0;
    f->since = haft__nt()->now();
    haft__gate_arm();
    haft__gate_lock();
    haft__handle_info *list = all_handles(&count);
    if (list) f->before = haft__alloc((count ? count : 1) * sizeof *f->before);
    f->open = f->before != NULL;
    for (size_t i = 0; f->open && i < count; i++) {
        if (!is_fenced(f, list[i].type)) continue;
        haft__before before = { list[i].handle, tag_of(list[i].handle) };
        f->before[f->count++] = before;
    }
    haft__gate_unlock();
    if (f->open) qsort(f->before, f->count, sizeof *f->before, by_value);
    haft__free(list);
}

size_t haft__fence_end(haft__fence *f, uint64_t *list, size_t cap, bool *ret_doubt) {
    size_t count = 0, found = 0;
    haft__handle_info *now = f->open ? all_handles(&count) : NULL;
    *ret_doubt = false;
    f->open = now != NULL;
    for (size_t i = 0; now && i < count; i++) {
        haft__before it = { now[i].handle, tag_of(now[i].handle) };
        if (!is_fenced(f, now[i].type) || (it.tag & HAFT__LIVE)) continue;
        const haft__before *before = bsearch(&it, f->before, f->count, sizeof it, by_value);
        if (before && before->tag == it.tag) continue; /* nobody's then and now, and never anybody's between */
        if (before) *ret_doubt = true;
        if (found < cap) list[found] = it.handle;
        found++;
    }
    haft__free(now);
    haft__fence_drop(f);
    return found;
}

void haft__fence_drop(haft__fence *f) {
    haft__free(f->before);
    f->before = NULL;
}
