/* hold.c: what a wrapper does: the functions behind every haft_T_*. */
#include "base/host.h"
#include "core/class.h"
#include "core/finding.h"
#include "core/gate.h"
#include "core/holders.h"
#include "core/identity.h"
#include "core/ledger.h"
#include "core/opening.h"
#include "core/out.h"

static const haft_hold empty = { 0, 0 };

/* Inside, a hold is passed by value: where its address was taken it would live in memory, and be waited for. */

/* Where a wrapper's entry is, by the class that the wrapper was made for. */
static inline haft__place place_of(haft_hold h, haft_class *c) { return haft__place_of(c, haft__tag_class(h.tag), h.raw); }

static HAFT__COLD haft_status report(haft_finding_kind kind, haft_status status, haft_hold h, haft__life life, const void *at) {
    haft__seen seen = { .kind = kind, .class_id = haft__tag_class(h.tag), .raw = h.raw, .opened = life.opened,
                        .closed = kind == HAFT_FINDING_STALE ? life.closed : 0, .at = haft__site_of(at) };
    if (life.tag & HAFT__LIVE) seen.owner = haft__tag_mode(life.tag);
    if (kind == HAFT_FINDING_WRONG_CLASS && life.tag) seen.what = haft_class_name((haft_class_id)haft__tag_class(life.tag));
    haft__found(&seen);
    return status;
}

static HAFT__COLD haft_status stale(haft_hold h, haft_class *c, const void *at) {
    return report(HAFT_FINDING_STALE, HAFT_E_STALE, h, haft__look(place_of(h, c)), at);
}

static HAFT__COLD haft_status not_owner(haft_hold h, haft_class *c, const void *at) {
    return report(HAFT_FINDING_NOT_OWNER, HAFT_E_NOT_OWNER, h, haft__look(place_of(h, c)), at);
}

/* A wrapper that was cast to another class's. */
static inline bool is_foreign(haft_hold h, haft_class *c) {
    uint32_t id = haft__tag_class(h.tag), own = haft__class_id_of(c);
    return HAFT__UNLIKELY(id != own) && haft__class_closer(id) != haft__class_closer(own);
}

static HAFT__COLD haft_status wrong_class(haft_hold h, const void *at) {
    return report(HAFT_FINDING_WRONG_CLASS, HAFT_E_WRONG_CLASS, h, haft__no_life, at);
}

/* Of a wrapper that is not empty. */
static bool is_live(haft_hold h, haft_class *c) {
    uint32_t owner = haft__tag_owner(h.tag);
    if (is_foreign(h, c)) return false;
    if (haft__tag_generation(h.tag) == 0) return true;
    if (owner == HAFT_OWNER_SHARED) return haft__share_holds(place_of(h, c), h.tag);
    uint64_t there = haft__look(place_of(h, c)).tag;
    return owner == HAFT_OWNER_BORROWED ? haft__tag_same_life(there, h.tag) : there == h.tag;
}

/* Takes in what an API has written into the wrapper: a write, to a wrapper that is const to the caller alone. False: none has. */
static HAFT__COLD bool take_in(const haft_hold *h, haft_class *c) {
    if (!haft__is_out(h) || is_foreign(*h, c)) return false;
    haft__out_settle((haft_hold *)(uintptr_t)h, c);
    return true;
}

/* Whether there is a handle, or a copy of one that has ended: not in an empty wrapper. */
static inline bool holds(const haft_hold *h, haft_class *c) {
    if (HAFT__UNLIKELY(haft__is_out(h))) take_in(h, c);
    return h->tag != 0;
}

/* A live handle that there was no memory to track: its wrapper is all that knows it. */
static bool is_untracked(haft_hold h) {
    return haft__tag_generation(h.tag) == 0 && haft__tag_owner(h.tag) == HAFT_OWNER_USER;
}

/* ---- close ---- */

/* The value that a closer of the program's own is closing on this thread: where it calls a shim, that lets it through. (On Windows
 * looking at it may set the last error.) */
static HAFT__THREAD_LOCAL const uint64_t *closing;

static const uint64_t *set_closing(const uint64_t *now) {
    haft__error error = haft__error_save();
    const uint64_t *before = closing;
    closing = now;
    haft__error_restore(error);
    return before;
}

bool haft__is_closing(uint64_t raw) {
    haft__error error = haft__error_save();
    bool is = closing && *closing == raw;
    haft__error_restore(error);
    return is;
}

static HAFT__COLD bool call_closer(haft_class *c, uint64_t raw) {
    const uint64_t *before = set_closing(&raw);
    bool closed = c->close(raw);
    set_closing(before);
    return closed;
}

/* The gate, if it is held, is let go. */
static inline haft_status system_close(haft_hold h, haft_class *c, haft__life was, bool held, const void *at) {
    bool own = haft__tag_class(h.tag) >= HAFT_CLASS_USER;
    bool closed = HAFT__UNLIKELY(own) ? call_closer(c, h.raw) : c->close(h.raw);
    haft__gate_closed(held);
    if (HAFT__LIKELY(closed)) return HAFT_OK;
    was.tag &= ~HAFT__LIVE;
    return report(HAFT_FINDING_CLOSE_FAILED, HAFT_E_OS, h, was, at);
}

/* Where the ledger has it no more, it is stale, unless the ledger never had it; nor has it another's of that value by now. */
static HAFT__COLD haft_status close_untracked(haft_hold gone, haft_class *c, const void *at) {
    haft__life was = haft__no_life;
    if (!is_untracked(gone) || (haft__look(place_of(gone, c)).tag & HAFT__LIVE)) return stale(gone, c, at);
    return system_close(gone, c, was, false, at);
}

static inline haft_status close_user(haft_hold gone, haft_class *c, const void *at) {
    haft__life was;
    bool held = haft__gate_close(haft__tag_class(gone.tag));
    if (!haft__end_life(place_of(gone, c), gone.tag, haft__site_of(at), &was)) {
        haft__gate_closed(held);
        return close_untracked(gone, c, at);
    }
    haft_status status = system_close(gone, c, was, held, at);
    /* until it is closed it counts, as it does in the system */
    if (HAFT__UNLIKELY(was.identity != NULL)) haft__identity_release(was.identity);
    return status;
}

static haft_status close_shared(haft_hold gone, haft_class *c, const void *at) {
    haft__life was;
    bool closes = false, held = haft__gate_close(haft__tag_class(gone.tag));
    haft_status status = haft__share_leave(place_of(gone, c), gone.tag, haft__site_of(at), &closes, &was);
    if (status != HAFT_OK || !closes) {
        haft__gate_closed(held);
        return status == HAFT_OK ? HAFT_OK : stale(gone, c, at);
    }
    status = system_close(gone, c, was, held, at);
    haft__identity_release(was.identity);
    return status;
}

/* Of every owner but USER. */
static HAFT__COLD haft_status close_other(haft_hold *h, haft_class *c, const void *at) {
    if (take_in(h, c)) return haft__close(h, c, at);
    haft_hold gone = *h;
    if (haft__tag_owner(gone.tag) == HAFT_OWNER_KERNEL && is_live(gone, c)) return not_owner(gone, c, at);
    *h = empty;
    switch (haft__tag_owner(gone.tag)) {
    case HAFT_OWNER_SHARED: return close_shared(gone, c, at);
    case HAFT_OWNER_KERNEL: return stale(gone, c, at);
    default: return HAFT_OK;
    }
}

HAFT__HOT haft_status haft__close(haft_hold *h, haft_class *c, const void *at) {
    if (!at) at = HAFT__CALLER();
    if (!h) return HAFT_E_INVALID;
    haft_hold gone = *h;
    if (gone.tag == 0) return HAFT_OK;
    if (is_foreign(gone, c)) return wrong_class(gone, at);
    if (HAFT__UNLIKELY(haft__tag_owner(gone.tag) != HAFT_OWNER_USER)) return close_other(h, c, at);
    *h = empty;
    return close_user(gone, c, at);
}

HAFT__HOT void haft__end(haft_hold *h, haft_class *c, const void *at) {
    if (!at) at = HAFT__CALLER();
    if (!h || h->tag == 0) return;
    if (haft__tag_owner(h->tag) == HAFT_OWNER_KERNEL) *h = empty;
    else haft__close(h, c, at);
}

/* ---- adopt ---- */

static HAFT__COLD haft_status refuse(haft_status status, haft_hold h, haft__life there, const void *at) {
    if (status == HAFT_E_TRACKED) return report(HAFT_FINDING_TRACKED, status, h, there, at);
    if (status == HAFT_E_WRONG_CLASS) return report(HAFT_FINDING_WRONG_CLASS, status, h, there, at);
    return status;
}

/* An adoption that looks without owning: of the life that the ledger has, or else unchecked. */
static haft_status adopt_unowned(haft_hold h, haft_class *c, haft_owner owner, const void *at, uint64_t *ret_tag) {
    haft__life there = haft__look(place_of(h, c));
    uint32_t id = haft__tag_class(h.tag);
    if (owner == HAFT_OWNER_BORROWED && (there.tag & HAFT__LIVE) && haft__tag_owner(there.tag) != HAFT_OWNER_BORROWED) {
        if (haft__class_closer(haft__tag_class(there.tag)) != haft__class_closer(id))
            return refuse(HAFT_E_WRONG_CLASS, h, there, at);
        *ret_tag = haft__tag_owned_by(there.tag, HAFT_OWNER_BORROWED);
    } else {
        *ret_tag = haft__tag(0, id, owner);
    }
    return HAFT_OK;
}

static haft_status adopt_counted(haft_hold h, haft_class *c, const void *at, uint64_t *ret_tag) {
    haft__birth birth = { haft__tag_class(h.tag), HAFT_OWNER_USER, haft__site_of(at), NULL, true };
    haft__life was;
    uint64_t tag = h.tag;
    haft_status status = haft__share_open(place_of(h, c), &birth, &tag, &was);
    *ret_tag = tag;
    return status == HAFT_OK ? HAFT_OK : refuse(status, h, was, at);
}

static inline haft_status adopt_owned(haft_hold h, haft_class *c, haft_owner owner, const void *at, uint64_t *ret_tag) {
    haft__life was = haft__no_life;
    haft__birth birth = { haft__tag_class(h.tag), owner, haft__site_of(at), NULL, true };
    if (owner == HAFT_OWNER_USER && haft__class_counted(birth.class_id)) return adopt_counted(h, c, at, ret_tag);
    haft_status status = haft__begin_life(place_of(h, c), &birth, ret_tag, &was);
    return HAFT__LIKELY(status == HAFT_OK) ? HAFT_OK : refuse(status, h, was, at);
}

HAFT__HOT haft_status haft__adopt(haft_hold *ret, uint64_t raw, haft_owner owner, haft_class *c, const void *at) {
    if (!at) at = HAFT__CALLER();
    if (!ret) return HAFT_E_INVALID;
    haft_hold h = { raw, haft__tag(0, haft__class_id_of(c), HAFT_OWNER_NONE) };
    if (haft__class_is_none(c, raw)) return HAFT_E_INVALID;
    bool pseudo = haft__class_is_pseudo(c, raw);
    uint64_t tag = 0;
    haft_status status;
    switch (pseudo ? HAFT_OWNER_PSEUDO : owner) {
    case HAFT_OWNER_USER:
    case HAFT_OWNER_KERNEL: status = adopt_owned(h, c, owner, at, &tag); break;
    case HAFT_OWNER_BORROWED:
    case HAFT_OWNER_PSEUDO: status = adopt_unowned(h, c, pseudo ? HAFT_OWNER_PSEUDO : owner, at, &tag); break;
    default: return HAFT_E_INVALID;
    }
    if (status != HAFT_OK) return status;
    if (ret->tag) haft__end(ret, c, at);
    ret->raw = raw;
    ret->tag = tag;
    return HAFT_OK;
}

/* ---- look ---- */

HAFT__HOT uint64_t haft__raw(const haft_hold *h, haft_class *c, const void *at) {
    if (!at) at = HAFT__CALLER();
    if (!h || h->tag == 0) return c->none[0];
    if (HAFT__LIKELY(is_live(*h, c))) return h->raw;
    if (take_in(h, c)) return haft__raw(h, c, at);
    if (is_foreign(*h, c)) wrong_class(*h, at);
    else stale(*h, c, at);
    return c->none[0];
}

haft_owner haft__owner(const haft_hold *h, haft_class *c) {
    return haft__valid(h, c) ? haft__tag_mode(h->tag) : HAFT_OWNER_NONE;
}

bool haft__valid(const haft_hold *h, haft_class *c) { return h && holds(h, c) && is_live(*h, c); }

uint32_t haft__opens(const haft_hold *h, haft_class *c) {
    if (!haft__valid(h, c)) return 0;
    haft__place place = place_of(*h, c);
    haft__life life = haft__look(place);
    if (haft__tag_generation(h->tag) == 0 || !life.identity) return 1;
    return haft__identity_opens(life.identity, place, life.tag);
}

/* ---- pass on ---- */

haft_hold haft__move(haft_hold *h) {
    haft_hold moved = empty;
    if (h) moved = *h, *h = empty;
    return moved;
}

haft_hold haft__borrow(const haft_hold *h, haft_class *c, const void *at) {
    if (!at) at = HAFT__CALLER();
    if (!h || !holds(h, c)) return empty;
    if (!is_live(*h, c)) {
        if (is_foreign(*h, c)) wrong_class(*h, at);
        else stale(*h, c, at);
        return empty;
    }
    haft_hold borrowed = *h;
    if (haft__tag_owner(h->tag) == HAFT_OWNER_PSEUDO) return borrowed;
    if (haft__tag_owner(h->tag) == HAFT_OWNER_SHARED) borrowed.tag = haft__look(place_of(*h, c)).tag;
    borrowed.tag = haft__tag_owned_by(borrowed.tag, HAFT_OWNER_BORROWED);
    return borrowed;
}

/* The last holder of a SHARED handle is its one owner again. */
static haft_status come_back(haft_hold *h, haft_owner owner, haft_class *c) {
    return haft__share_return(place_of(*h, c), h->tag, owner, &h->tag);
}

HAFT__HOT uint64_t haft__release(haft_hold *h, haft_class *c, const void *at) {
    if (!at) at = HAFT__CALLER();
    haft__life was;
    if (!h || !holds(h, c)) return c->none[0];
    if (is_foreign(*h, c)) return wrong_class(*h, at), c->none[0];
    if (haft__tag_owner(h->tag) == HAFT_OWNER_SHARED) {
        haft_status status = come_back(h, HAFT_OWNER_USER, c);
        if (status != HAFT_OK && status != HAFT_E_STALE) return not_owner(*h, c, at), c->none[0];
    }
    haft_hold gone = haft__move(h);
    if (is_untracked(gone)) return gone.raw;
    bool owned = haft__tag_owner(gone.tag) == HAFT_OWNER_USER || haft__tag_owner(gone.tag) == HAFT_OWNER_KERNEL;
    if (owned ? !haft__end_life(place_of(gone, c), gone.tag, haft__site_of(at), &was) : !is_live(gone, c)) {
        stale(gone, c, at);
        return c->none[0];
    }
    if (owned && was.identity) haft__identity_release(was.identity);
    return gone.raw;
}

static haft_status share_live(haft_hold *to, haft_hold *h, haft_class *c, const void *at) {
    uint64_t holders[2];
    haft_status status;
    *to = *h;
    if (is_untracked(*h)) return HAFT_E_NOMEM;
    switch (haft__tag_owner(h->tag)) {
    case HAFT_OWNER_USER:
        status = haft__share_start(place_of(*h, c), h->tag, holders, 2);
        if (status == HAFT_OK) h->tag = holders[0], to->tag = holders[1];
        break;
    case HAFT_OWNER_SHARED: status = haft__share_join(place_of(*h, c), h->tag, &to->tag); break;
    case HAFT_OWNER_PSEUDO: return HAFT_OK;
    default: return is_live(*h, c) ? not_owner(*h, c, at) : stale(*h, c, at);
    }
    return status == HAFT_E_STALE ? stale(*h, c, at) : status;
}

haft_status haft__share(haft_hold *ret, haft_hold *h, haft_class *c, const void *at) {
    if (!at) at = HAFT__CALLER();
    if (!ret || !h || ret == h || !holds(h, c)) return HAFT_E_INVALID;
    if (is_foreign(*h, c)) return wrong_class(*h, at);
    haft_hold shared;
    haft_status status = share_live(&shared, h, c, at);
    if (status != HAFT_OK) return status;
    haft__end(ret, c, at);
    *ret = shared;
    return HAFT_OK;
}

static haft_status change_owner(haft_hold *h, haft_owner to, haft_class *c) {
    if (to == HAFT_OWNER_USER && haft__class_counted(haft__tag_class(h->tag))) { /* one load more is one holder more */
        uint64_t mine;
        haft_status status = haft__share_start(place_of(*h, c), h->tag, &mine, 1);
        if (status == HAFT_OK) h->tag = mine;
        return status;
    }
    if (!haft__change_owner(place_of(*h, c), h->tag, to)) return HAFT_E_STALE;
    h->tag = haft__tag_owned_by(h->tag, to);
    return HAFT_OK;
}

haft_status haft__transfer(haft_hold *h, haft_owner to, haft_class *c, const void *at) {
    if (!at) at = HAFT__CALLER();
    if (!h || !holds(h, c) || (to != HAFT_OWNER_KERNEL && to != HAFT_OWNER_USER)) return HAFT_E_INVALID;
    if (is_foreign(*h, c)) return wrong_class(*h, at);
    if (is_untracked(*h)) return HAFT_E_NOMEM;
    if (!is_live(*h, c)) return stale(*h, c, at);
    uint32_t from = haft__tag_owner(h->tag);
    if (from == HAFT_OWNER_BORROWED || from == HAFT_OWNER_PSEUDO) return not_owner(*h, c, at);
    if ((from == HAFT_OWNER_KERNEL) != (to == HAFT_OWNER_USER)) return HAFT_E_INVALID;
    haft_status status = from == HAFT_OWNER_SHARED ? come_back(h, to, c) : change_owner(h, to, c);
    if (status == HAFT_E_NOT_OWNER) return not_owner(*h, c, at);
    return status == HAFT_E_STALE ? stale(*h, c, at) : status;
}
