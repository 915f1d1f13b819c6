/* dense.c: entries of small numbers: a root of pages that are made once and never go away. */
#include "core/ledger.h"

#include "base/host.h"

haft__aptr haft__root[HAFT__DENSE_SPACES * HAFT__ROOT_ENTRIES];

haft__a32 haft__tops[HAFT__DENSE_SPACES];

static void raise_top(haft__place place) {
    uint32_t above = (uint32_t)(haft__dense_index(place) >> HAFT__PAGE_BITS) + 1, seen = haft__load32(&haft__tops[place.space]);
    while (seen < above && !haft__cas32(&haft__tops[place.space], seen, above)) seen = haft__load32(&haft__tops[place.space]);
}

/* Two may make a page at once: one of them is in time. */
HAFT__COLD haft__entry *haft__dense_make(haft__place place) {
    haft__aptr *slot = haft__dense_page(place);
    void *page = haft__alloc(HAFT__PAGE_ENTRIES * sizeof(haft__entry));
    if (page) raise_top(place); /* before anything can live there */
    if (page && !haft__casptr(slot, NULL, page)) haft__free(page);
    return haft__dense_entry(place);
}

static bool page_walk(uint32_t space, uint64_t first, haft__entry *page, haft__visit *visit, void *user) {
    for (uint32_t i = 0; i < HAFT__PAGE_ENTRIES; i++) {
        haft__life life;
        uint64_t index = first + i;
        if (!haft__entry_read(&page[i], &life)) continue;
        if (!visit(space == HAFT_SPACE_KERNEL ? index << 2 : index, &life, user)) return false;
    }
    return true;
}

bool haft__dense_walk(haft__visit *visit, void *user) {
    for (uint32_t space = 0; space < HAFT__DENSE_SPACES; space++) {
        for (uint64_t p = 0, top = haft__load32(&haft__tops[space]); p < top; p++) {
            haft__entry *page = haft__loadptr(&haft__root[space * HAFT__ROOT_ENTRIES + p]);
            if (page && !page_walk(space, p << HAFT__PAGE_BITS, page, visit, user)) return false;
        }
    }
    return true;
}
