/* holders.c: the sets of holders, all under one lock. */
#include "core/holders.h"

#include "base/host.h"
#include "base/lock.h"
#include "core/identity.h"

#include <string.h>

/* An opening is what the system wants closed once. It belongs to one holder, and goes over to another who has none when
 * that one leaves. */
typedef struct one_holder {
    uint64_t tag;             /* its wrapper's */
    bool opening;             /* an opening is his; false: he came by sharing */
    haft__identity *identity; /* what that opening counts on */
} one_holder;

typedef struct haft__holders {
    uint32_t count;
    uint32_t room;
    one_holder holder[]; /* in no order */
} haft__holders;

static haft__mutex lock = HAFT__MUTEX(HAFT__RANK_SHARE);
HAFT__FORK_SAFE(&lock, 1, 0)
uint64_t haft__holders_number; /* never used again, so no copy of a former holder ever fits */

static haft__holders *make(uint32_t room) {
    haft__holders *h = haft__alloc(sizeof *h + room * sizeof h->holder[0]);
    if (h) h->room = room;
    return h;
}

/* A holder's tag: 0 when the numbers are used up. */
static uint64_t new_holder(uint32_t class_id, uint32_t owner) {
    if (haft__holders_number == HAFT__GENERATION_MASK) return 0;
    haft__holders_number += HAFT__GENERATION_ONE;
    return haft__tag(haft__holders_number, class_id, owner);
}

/* There is room. HAFT_E_LIMIT: the numbers are used up. */
static haft_status add(haft__holders *h, uint64_t tag, bool opening, haft__identity *identity, uint64_t *ret) {
    one_holder one = { tag, opening, identity };
    if (!tag) return HAFT_E_LIMIT;
    h->holder[h->count++] = one;
    *ret = tag;
    return HAFT_OK;
}

static haft_status add_opener(haft__holders *h, const haft__birth *birth, uint64_t *ret) {
    uint32_t owner = birth->owner == HAFT__OWNER_RAW ? HAFT__OWNER_RAW : (uint32_t)HAFT_OWNER_SHARED;
    return add(h, new_holder(birth->class_id, owner), true, birth->identity, ret);
}

/* The entry's holders if it lives and is SHARED; NULL otherwise. The lock is held, so they stay. */
static haft__holders *holders_of(haft__entry *e) {
    uint64_t word = haft__load64(&e->word);
    bool shared = (word & HAFT__LIVE) && haft__tag_owner(word) == HAFT_OWNER_SHARED;
    return shared ? haft__loadptr(&e->holders) : NULL;
}

/* For a holder's tag: any of those that a shim opened for code that knows no wrappers. */
#define ANY_RAW 0

static bool is_he(uint64_t holder, uint64_t tag) {
    return tag == ANY_RAW ? haft__tag_owner(holder) == HAFT__OWNER_RAW : holder == tag;
}

/* The holder's index; count when he is not there. */
static uint32_t find(const haft__holders *h, uint64_t tag) {
    uint32_t i = 0;
    while (i < h->count && !is_he(h->holder[i].tag, tag)) i++;
    return i;
}

/* Pins the place's entry and takes the lock. */
static haft__entry *enter(haft__place place, bool make_entry) {
    haft__entry *e = haft__pin(place, make_entry);
    if (e) haft__lock(&lock);
    return e;
}

static void leave(haft__place place, haft__entry *e) {
    haft__unlock(&lock);
    haft__unpin(place, e);
}

/* Where a holder is. The entry is pinned and the lock held until he leaves. */
typedef struct seat {
    haft__entry *e;
    haft__holders *h;
    uint32_t i;
} seat;

/* HAFT_E_STALE: he is not there, or nothing is SHARED; HAFT_E_NOT_OWNER: it is, and by wrappers alone. Nothing is entered then. */
static haft_status enter_as(haft__place place, uint64_t tag, seat *ret) {
    ret->e = enter(place, false);
    if (!ret->e) return HAFT_E_STALE;
    ret->h = holders_of(ret->e);
    ret->i = ret->h ? find(ret->h, tag) : 0;
    if (ret->h && ret->i < ret->h->count) return HAFT_OK;
    leave(place, ret->e);
    return ret->h && tag == ANY_RAW ? HAFT_E_NOT_OWNER : HAFT_E_STALE;
}

/* The holders with room for one more; NULL: no memory. */
static haft__holders *with_room(haft__entry *e, haft__holders *h) {
    if (h->count < h->room) return h;
    haft__holders *more = make(h->room * 2);
    if (!more) return NULL;
    memcpy(more->holder, h->holder, h->count * sizeof h->holder[0]);
    more->count = h->count;
    haft__storeptr(&e->holders, more);
    haft__free(h);
    return more;
}

static haft_status start_in(haft__entry *e, haft__holders *h, uint64_t tag, uint64_t *ret, int count) {
    uint32_t id = haft__tag_class(tag);
    if (haft__load64(&e->word) != tag) return HAFT_E_STALE;
    haft_status status = add(h, new_holder(id, HAFT_OWNER_SHARED), true, haft__peekptr(&e->identity), &ret[0]);
    if (status == HAFT_OK && count > 1) status = add(h, new_holder(id, HAFT_OWNER_SHARED), false, NULL, &ret[1]);
    if (status != HAFT_OK) return status;
    haft__storeptr(&e->holders, h);
    if (haft__cas64(&e->word, tag, haft__tag_owned_by(tag, HAFT_OWNER_SHARED))) return HAFT_OK;
    haft__storeptr(&e->holders, NULL);
    return HAFT_E_STALE;
}

haft_status haft__share_start(haft__place place, uint64_t tag, uint64_t *ret, int count) {
    haft__holders *h = make(4);
    if (!h) return HAFT_E_NOMEM;
    haft__entry *e = enter(place, false);
    haft_status status = e ? start_in(e, h, tag, ret, count) : HAFT_E_STALE;
    if (e) leave(place, e);
    if (status != HAFT_OK) haft__free(h);
    return status;
}

haft_status haft__share_join(haft__place place, uint64_t holder, uint64_t *ret) {
    seat s;
    haft_status status = enter_as(place, holder, &s);
    if (status != HAFT_OK) return status;
    s.h = with_room(s.e, s.h);
    status = s.h ? add(s.h, new_holder(haft__tag_class(holder), HAFT_OWNER_SHARED), false, NULL, ret) : HAFT_E_NOMEM;
    leave(place, s.e);
    return status;
}

/* The lock is held throughout, so the life that begins here is not shared by anybody before its holders are in place. */
static haft_status open_first(haft__entry *e, const haft__birth *birth, uint64_t *ret) {
    haft__holders *h = make(4);
    uint64_t word = haft__load64(&e->word);
    haft_status status = h ? add_opener(h, birth, ret) : HAFT_E_NOMEM;
    if (status == HAFT_OK && haft__tag_generation(word) == HAFT__GENERATION_MASK) status = HAFT_E_LIMIT;
    if (status != HAFT_OK) {
        haft__free(h);
        return status;
    }
    haft__put32(&e->opened, birth->opened);
    haft__putptr(&e->identity, birth->identity);
    haft__storeptr(&e->holders, h);
    haft__store64(&e->word, haft__tag(haft__tag_generation(word) + HAFT__GENERATION_ONE, birth->class_id, HAFT_OWNER_SHARED));
    return HAFT_OK;
}

/* An opening that a shim saw goes over to the wrapper that adopts it. */
static haft_status take_over(one_holder *raw, uint32_t class_id, uint64_t *ret) {
    *ret = new_holder(class_id, HAFT_OWNER_SHARED);
    if (!*ret) return HAFT_E_LIMIT;
    raw->tag = *ret;
    return HAFT_OK;
}

/* A life that has no holders whom the opening could join ends, or refuses it. Values that the system hands out many times are
 * pointers, so nobody else comes by the entry while it is pinned. */
static haft_status make_way(haft__entry *e, const haft__birth *birth, haft__life *was) {
    uint64_t word = haft__load64(&e->word);
    if (!(word & HAFT__LIVE)) return HAFT_OK;
    haft_status status = haft__may_adopt(word, birth);
    if (status != HAFT_E_WRONG_CLASS && haft__tag_owner(word) == HAFT_OWNER_SHARED) return HAFT_OK;
    *was = haft__entry_fields(e, word);
    if (birth->adopted) return status;
    was->holders = haft__loadptr(&e->holders);
    haft__storeptr(&e->holders, NULL);
    haft__store64(&e->word, word & ~HAFT__LIVE);
    return HAFT_OK;
}

static haft_status open_in(haft__entry *e, const haft__birth *birth, uint64_t *ret) {
    haft__holders *h = holders_of(e);
    uint32_t raw = h && birth->adopted ? find(h, ANY_RAW) : 0;
    if (h && birth->adopted && raw < h->count) return take_over(&h->holder[raw], birth->class_id, ret);
    if (!h) return open_first(e, birth, ret);
    h = with_room(e, h);
    return h ? add_opener(h, birth, ret) : HAFT_E_NOMEM;
}

haft_status haft__share_open(haft__place place, const haft__birth *birth, uint64_t *ret, haft__life *was) {
    *was = haft__no_life;
    haft__entry *e = enter(place, true);
    if (!e) return HAFT_E_NOMEM;
    haft_status status = make_way(e, birth, was);
    if (status == HAFT_OK) status = open_in(e, birth, ret);
    leave(place, e);
    return status;
}

/* Takes the holder out. Gives back whether his opening ends with him; its identity is *ret then. */
static bool take_out(haft__holders *h, uint32_t i, haft__identity **ret) {
    one_holder gone = h->holder[i];
    h->holder[i] = h->holder[--h->count];
    *ret = gone.identity;
    if (!gone.opening) return false;
    for (uint32_t j = 0; j < h->count; j++) {
        if (h->holder[j].opening) continue;
        h->holder[j].opening = true;
        h->holder[j].identity = gone.identity;
        return false;
    }
    return true;
}

/* One has gone out of h: with the last one the life ends, and otherwise what it counts on is another's opening's. */
static void settle_rest(haft__entry *e, haft__holders *h, uint32_t closed, bool opening_ended) {
    if (h->count == 0) {
        haft__put32(&e->closed, closed);
        haft__storeptr(&e->holders, NULL);
        haft__store64(&e->word, haft__load64(&e->word) & ~HAFT__LIVE);
        haft__free(h);
    } else if (opening_ended) {
        haft__putptr(&e->identity, h->holder[0].identity);
    }
}

haft_status haft__share_leave(haft__place place, uint64_t holder, uint32_t closed, bool *ret_close, haft__life *was) {
    seat s;
    haft_status status = enter_as(place, holder, &s);
    *ret_close = false;
    if (status != HAFT_OK) return status;
    haft__entry_read(s.e, was);
    *ret_close = take_out(s.h, s.i, &was->identity);
    settle_rest(s.e, s.h, closed, *ret_close);
    leave(place, s.e);
    return HAFT_OK;
}

haft_status haft__share_leave_raw(haft__place place, uint32_t closed, haft__life *was) {
    seat s;
    haft_status status = enter_as(place, ANY_RAW, &s);
    if (status != HAFT_OK) return status;
    haft__entry_read(s.e, was);
    was->identity = s.h->holder[s.i].identity;
    s.h->holder[s.i] = s.h->holder[--s.h->count];
    settle_rest(s.e, s.h, closed, true);
    leave(place, s.e);
    return HAFT_OK;
}

haft_status haft__share_return(haft__place place, uint64_t holder, uint32_t owner, uint64_t *ret) {
    seat s;
    haft_status status = enter_as(place, holder, &s);
    if (status != HAFT_OK) return status;
    uint64_t tag = haft__tag_returned(haft__load64(&s.e->word), owner);
    status = s.h->count > 1 ? HAFT_E_NOT_OWNER : tag ? HAFT_OK : HAFT_E_LIMIT;
    if (status == HAFT_OK) {
        *ret = tag;
        haft__putptr(&s.e->identity, s.h->holder[0].identity);
        haft__storeptr(&s.e->holders, NULL);
        haft__store64(&s.e->word, tag);
        haft__free(s.h);
    }
    leave(place, s.e);
    return status;
}

bool haft__share_holds(haft__place place, uint64_t holder) {
    seat s;
    if (enter_as(place, holder, &s) != HAFT_OK) return false;
    leave(place, s.e);
    return true;
}

bool haft__share_end(haft__entry *e, uint64_t word, haft__life *was) {
    haft__lock(&lock);
    bool mine = haft__load64(&e->word) == word;
    if (mine) {
        *was = haft__entry_fields(e, word);
        was->holders = haft__loadptr(&e->holders);
        haft__storeptr(&e->holders, NULL);
        haft__store64(&e->word, word & ~HAFT__LIVE);
    }
    haft__unlock(&lock);
    return mine;
}

void haft__share_forget(struct haft__holders *holders) {
    for (uint32_t i = 0; i < holders->count; i++) haft__identity_release(holders->holder[i].identity);
    haft__free(holders);
}
