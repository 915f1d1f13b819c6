/* shim.c: what shims do when a handle is opened or closed by code that knows no wrappers. */
#include "shim/shim.h"

#include "core/class.h"
#include "core/finding.h"
#include "core/gate.h"
#include "core/holders.h"
#include "core/settings.h"
#include "types/construct.h"
#include "types/guard.h"

/* The quirk whose recovery could take a new handle of the class for a leaked one. */
static bool hold_gate(uint32_t class_id) {
    if (class_id == HAFT_CLASS_THREAD) return haft__guard_hold(HAFT_Q246691);
    return class_id == HAFT_CLASS_TOKEN && haft__guard_hold(HAFT_Q197517);
}

uint32_t haft__shim_open(haft__shim *s, haft_class *c, const void *at, const char *a, const wchar_t *w) {
    haft_status status = haft__open_named(&s->o, c, at, a, w, c->id == HAFT_CLASS_FILE);
    if (HAFT__UNLIKELY(status == HAFT_E_LIMIT)) return ERROR_NOT_ENOUGH_QUOTA;
    if (HAFT__UNLIKELY(status == HAFT_E_NOMEM)) { /* not counted, and its caller's all the same */
        haft__ask uncounted = { c, at, NULL, 0, true, false, NULL };
        haft__opening_begin(&s->o, &uncounted);
    }
    s->held = hold_gate(s->o.class_id);
    return 0;
}

void haft__shim_opened(haft__shim *s, uint64_t raw) {
    uint64_t tag;
    bool none = haft__class_is_none(s->o.c, raw) || haft__class_is_pseudo(s->o.c, raw);
    if (none) haft__opening_cancel(&s->o);
    else haft__opening_done(&s->o, raw, HAFT__OWNER_RAW, &tag);
    haft__guard_let(s->held);
}

void haft__shim_failed(haft__shim *s) {
    haft__opening_cancel(&s->o);
    haft__guard_let(s->held);
}

uint32_t haft__shim_open_pair(haft__shim_pair *p, haft_class *first, haft_class *second, const void *at) {
    uint32_t code = haft__shim_open(&p->one[0], first, at, NULL, NULL);
    if (code) return code;
    code = haft__shim_open(&p->one[1], second, at, NULL, NULL);
    if (code) haft__shim_failed(&p->one[0]);
    return code;
}

void haft__shim_opened_pair(haft__shim_pair *p, uint64_t first, uint64_t second) {
    haft__shim_opened(&p->one[1], second);
    haft__shim_opened(&p->one[0], first);
}

uint32_t haft__shim_socket_error(uint32_t code) {
    if (code == ERROR_INVALID_HANDLE) return 10038;    /* WSAENOTSOCK */
    if (code == ERROR_NOT_ENOUGH_QUOTA) return 10055;  /* WSAENOBUFS */
    return code == ERROR_ACCESS_DENIED ? 10013 : code; /* WSAEACCES */
}

uint32_t haft__shim_status(uint32_t code) {
    if (code == ERROR_INVALID_HANDLE) return 0xC0000008u;                     /* STATUS_INVALID_HANDLE */
    if (code == ERROR_NOT_ENOUGH_QUOTA) return 0xC0000044u;                   /* STATUS_QUOTA_EXCEEDED */
    return code == ERROR_ACCESS_DENIED ? 0xC0000022u : 0xC0000002u;           /* STATUS_ACCESS_DENIED, _NOT_IMPLEMENTED */
}

static void tell(haft_finding_kind kind, const haft__closing *closing, const char *what) {
    const haft__life *life = &closing->life;
    bool live = (life->tag & HAFT__LIVE) != 0;
    haft__seen seen = { .kind = kind, .class_id = live ? haft__tag_class(life->tag) : closing->c->id, .raw = closing->raw,
                        .opened = life->opened, .closed = live ? 0 : life->closed, .at = haft__site_of(closing->at), .what = what };
    if (live) seen.owner = haft__tag_mode(life->tag);
    if (seen.owner == HAFT_OWNER_KERNEL) seen.quirk = haft__quirk_name(HAFT_Q160650);
    haft__found(&seen);
}

static bool refuse(haft__closing *closing, haft_finding_kind kind, uint32_t error) {
    closing->error = error;
    tell(kind, closing, "close refused");
    return false;
}

/* Nobody has declared it: handles that code out of sight has opened look like this, and so does a second close. */
static bool close_unknown(haft__closing *closing) {
    if (haft__is_closing(closing->raw)) { /* a wrapper's closer has come here */
        closing->life.tag = 0;
        return true;
    }
    bool strict = haft__strict();
    if (strict) return refuse(closing, HAFT_FINDING_UNKNOWN, ERROR_ACCESS_DENIED);
    tell(HAFT_FINDING_UNKNOWN, closing, NULL);
    closing->life.tag = 0;
    return true;
}

static bool may_close(haft__closing *closing, uint64_t tag) {
    uint32_t owner = haft__tag_owner(tag);
    if (owner == HAFT__OWNER_RAW) return true;
    if (owner == HAFT_OWNER_KERNEL && !haft_quirk_active(HAFT_Q160650)) return true;
    return refuse(closing, HAFT_FINDING_NOT_OWNER, ERROR_ACCESS_DENIED);
}

static bool is_counted(uint64_t tag) {
    return haft__tag_owner(tag) == HAFT_OWNER_SHARED && haft__class_counted(haft__tag_class(tag));
}

/* Values that no table holds: the system has its own answer. */
static bool is_special(const haft_class *c, uint64_t raw) {
    int32_t low = (int32_t)(uint32_t)raw;
    return haft__class_is_none(c, raw) || haft__class_is_pseudo(c, raw) || (c->id == HAFT_CLASS_HANDLE && low < 0 && low >= -6);
}

/* Of the openings of a value that the system hands out many times, one that no wrapper holds. True: it has ended, or may not be
 * closed; the answer is *ret. False: ask again. */
static bool close_counted(haft__closing *closing, bool *ret) {
    uint64_t tag = closing->life.tag;
    haft_status status = haft__share_leave_raw(closing->place, haft__site_of(closing->at), &closing->life);
    if (status == HAFT_E_STALE) return false;
    closing->life.tag = tag;
    *ret = status == HAFT_OK || refuse(closing, HAFT_FINDING_NOT_OWNER, ERROR_ACCESS_DENIED);
    return true;
}

bool haft__shim_close(haft__closing *closing, haft_class *c, uint64_t raw, const void *at) {
    haft__life was;
    closing->c = c;
    closing->raw = raw;
    closing->at = at;
    closing->life.tag = 0;
    closing->held = false;
    closing->place = haft__place_of(c, haft__class_id_of(c), raw);
    if (is_special(c, raw)) return true;
    for (;;) {
        closing->life = haft__look(closing->place);
        if (!(closing->life.tag & HAFT__LIVE)) return close_unknown(closing);
        if (haft__class_closer(haft__tag_class(closing->life.tag)) != haft__class_closer(haft__class_id_of(c)))
            return refuse(closing, HAFT_FINDING_WRONG_CLASS, ERROR_INVALID_HANDLE);
        bool may;
        if (is_counted(closing->life.tag)) {
            if (close_counted(closing, &may)) return may;
            continue;
        }
        if (!may_close(closing, closing->life.tag)) return false;
        closing->held = haft__gate_close(haft__tag_class(closing->life.tag));
        if (haft__end_life(closing->place, closing->life.tag, haft__site_of(at), &was)) return true;
        haft__gate_closed(closing->held);
    }
}

/* A close that failed although the handle is open (it is protected) leaves it tracked. */
static bool still_tracked(haft__closing *closing, uint64_t tag) {
    haft__birth birth = { haft__tag_class(tag), haft__tag_owner(tag), closing->life.opened, closing->life.identity, true };
    haft__life was;
    if (closing->place.space != HAFT_SPACE_KERNEL || !haft__nt()->is_open((HANDLE)(uintptr_t)closing->raw)) return false;
    if (haft__resume_life(closing->place, tag)) return true; /* so that wrappers of it are not stale */
    return haft__begin_life(closing->place, &birth, &tag, &was) == HAFT_OK;
}

void haft__shim_closed(haft__closing *closing, bool succeeded) {
    uint64_t tag = closing->life.tag;
    if (!tag) return;
    bool tracked = !succeeded && still_tracked(closing, tag);
    haft__gate_closed(closing->held);
    if (tracked) return;
    haft__identity_release(closing->life.identity);
    if (succeeded) return;
    closing->life.tag = 0;
    tell(HAFT_FINDING_CLOSE_FAILED, closing, NULL);
}
