/* ledger.c: the lives of values: begun, ended and looked at by atomic steps on an entry's word. */
#include "core/ledger.h"

#include "core/holders.h"

#include <haft/settings.h>

haft__life haft__look(haft__place place) {
    haft__life life = haft__no_life;
    haft__entry *e = haft__pin(place, false);
    if (!e) return life;
    life = haft__entry_fields(e, haft__load64(&e->word));
    haft__unpin(place, e);
    return life;
}

haft_status haft__may_adopt(uint64_t live, const haft__birth *birth) {
    uint32_t owner = haft__tag_owner(live);
    if (haft__class_closer(haft__tag_class(live)) != haft__class_closer(birth->class_id)) return HAFT_E_WRONG_CLASS;
    if (owner == HAFT__OWNER_RAW) return HAFT_OK;
    if (owner == HAFT_OWNER_KERNEL && birth->owner == HAFT_OWNER_KERNEL) return HAFT_OK;
    return HAFT_E_TRACKED;
}

/* Ends a life whose value the system has handed out again. What the entry says is read first: once the word is dead, another may
 * write there. False: the life changed meanwhile. */
static bool end_unseen(haft__entry *e, uint64_t word, haft__life *was) {
    if (haft__tag_owner(word) == HAFT_OWNER_SHARED) return haft__share_end(e, word, was);
    *was = haft__entry_fields(e, word);
    return haft__cas64(&e->word, word, word & ~HAFT__LIVE);
}

/* As haft__begin_life has it, whatever is there. A live handle that is adopted from a shim goes over in one step: it keeps the
 * site that opened it and goes on counting. */
static haft_status begin_in(haft__entry *e, const haft__birth *birth, uint64_t *ret_tag, haft__life *was) {
    for (;;) {
        uint64_t word = haft__load64(&e->word);
        bool live = (word & HAFT__LIVE) != 0;
        was->tag = 0;
        if (HAFT__UNLIKELY(live)) {
            haft_status status = birth->adopted ? haft__may_adopt(word, birth) : HAFT_OK;
            if (birth->adopted) *was = haft__entry_fields(e, word);
            else if (!end_unseen(e, word, was)) continue;
            if (status != HAFT_OK) return status;
        }
        uint64_t generation = haft__tag_generation(word);
        if (HAFT__UNLIKELY(generation == HAFT__GENERATION_MASK)) return HAFT_E_LIMIT;
        *ret_tag = haft__tag(generation + HAFT__GENERATION_ONE, birth->class_id, birth->owner);
        if (!live || !birth->adopted) haft__entry_fill(e, birth);
        if (!birth->adopted) haft__store64(&e->word, *ret_tag);
        else if (!haft__cas64(&e->word, word, *ret_tag)) continue;
        return HAFT_OK;
    }
}

haft_status haft__begin_life_slowly(haft__place place, const haft__birth *birth, uint64_t *ret_tag, haft__life *was) {
    *was = haft__no_life;
    haft__entry *e = haft__pin(place, true);
    if (HAFT__UNLIKELY(!e)) return HAFT_E_NOMEM;
    haft_status status = begin_in(e, birth, ret_tag, was);
    haft__unpin(place, e);
    return status;
}

bool haft__end_life_hashed(haft__place place, uint64_t tag, uint32_t closed, haft__life *was) {
    haft__entry *e = haft__hashed_pin(place, false);
    *was = haft__no_life;
    if (!e) return false;
    bool mine = haft__end_in(e, tag, closed, was);
    haft__hashed_unpin(place, e);
    return mine;
}

bool haft__resume_life(haft__place place, uint64_t tag) {
    haft__entry *e = haft__pin(place, false);
    if (!e) return false;
    bool mine = haft__cas64(&e->word, tag & ~HAFT__LIVE, tag);
    haft__unpin(place, e);
    return mine;
}

bool haft__change_owner(haft__place place, uint64_t tag, uint32_t owner) {
    haft__entry *e = haft__pin(place, false);
    if (!e) return false;
    bool mine = haft__cas64(&e->word, tag, haft__tag_owned_by(tag, owner));
    haft__unpin(place, e);
    return mine;
}

void haft__shadow_begin(haft__place place, uint32_t class_id, haft__life *was) {
    haft__birth birth = { class_id, HAFT_OWNER_BORROWED, 0, NULL, false };
    uint64_t tag;
    haft__begin_life(place, &birth, &tag, was);
}

void haft__shadow_end(haft__place place, uint32_t class_id) {
    haft__life was, there = haft__look(place);
    if (haft__tag_owner(there.tag) == HAFT_OWNER_BORROWED && haft__tag_class(there.tag) == class_id)
        haft__end_life(place, there.tag, 0, &was);
}

void haft__walk(haft__visit *visit, void *user) {
    if (haft__dense_walk(visit, user)) haft__hashed_walk(visit, user);
}

static bool count_one(uint64_t raw, const haft__life *life, void *user) {
    (void)raw, (void)life;
    ++*(size_t *)user;
    return true;
}

size_t haft_live(void) {
    size_t live = 0;
    haft__walk(count_one, &live);
    return live;
}
