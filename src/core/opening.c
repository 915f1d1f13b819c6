/* opening.c: an opening's way from its bound to the ledger. */
#include "core/opening.h"

#include "base/host.h"
#include "core/finding.h"
#include "core/holders.h"
#include "core/settings.h"

#include <haft/settings.h>

#include <string.h>

static HAFT__COLD void find_limit(const haft__opening *o, const haft__ask *ask, uint32_t live) {
    haft__seen seen = { .kind = HAFT_FINDING_LIMIT, .class_id = o->class_id, .at = o->site, .quirk = ask->quirk, .name = ask->name,
                        .count = live, .what = ask->enforce ? "open refused" : "not refused" };
    haft__found(&seen);
}

/* A class without names is bounded by the site that opens it. */
static haft__claim claim_of(const haft__opening *o, const haft__ask *ask) {
    haft__claim claim = { o->class_id, ask->name, ask->length, o->bound, ask->is_true };
    if (!ask->name) {
        claim.name = haft__site_text(o->site);
        claim.length = strlen(claim.name);
        claim.is_true = true;
    }
    return claim;
}

/* Another thread may have settled the name while this one waited. */
static haft_status start_resolving(haft__opening *o, uint32_t *ret_live) {
    haft_status status;
    haft__resolve_lock();
    o->resolving = !haft__identity_attach(o->identity, o->bound, &status, ret_live);
    if (o->resolving) return HAFT_OK;
    haft__resolve_unlock();
    if (status != HAFT_OK) o->identity = NULL;
    return status;
}

/* The bound is met, and perhaps this is no open. So the call is made, as for a name not seen before; one that was an open is closed
 * again. */
static haft_status wait_for_the_call(haft__opening *o, const haft__ask *ask, uint32_t live) {
    o->late = live;
    if (!ask->enforce) return HAFT_OK;
    haft__resolve_lock();
    o->resolving = true;
    return HAFT_OK;
}

static haft_status count(haft__opening *o, const haft__ask *ask, bool perhaps) {
    bool settled;
    uint32_t live = 0;
    if (!ask->enforce) o->watched = o->bound, o->bound = 0;
    haft__claim claim = claim_of(o, ask);
    haft_status status = haft__identity_reserve(&claim, &o->identity, &settled, &live);
    if (status == HAFT_OK && !settled) status = start_resolving(o, &live);
    bool met = status == HAFT_E_LIMIT || (o->watched && live >= o->watched);
    if (met && perhaps) return wait_for_the_call(o, ask, live);
    if (met) find_limit(o, ask, live);
    return ask->enforce ? status : HAFT_OK;
}

static haft_status begin(haft__opening *o, const haft__ask *ask, bool perhaps) {
    haft__settings_ready();
    haft__opening_start(o, ask->c, ask->at);
    o->bound = haft__limit(o->class_id);
    if (HAFT__LIKELY(!o->bound)) return HAFT_OK;
    return ask->name || !haft__class_info_of(o->class_id)->named ? count(o, ask, perhaps) : HAFT_OK;
}

haft_status haft__opening_begin(haft__opening *o, const haft__ask *ask) { return begin(o, ask, false); }
haft_status haft__opening_begin_perhaps(haft__opening *o, const haft__ask *ask) { return begin(o, ask, true); }

void haft__opening_cancel(haft__opening *o) {
    if (o->resolving) {
        haft__identity_unreserve(o->identity);
        haft__resolve_unlock();
    } else {
        haft__identity_release(o->identity);
    }
    o->resolving = false;
    o->identity = NULL;
}

/* What was opened for a wrapper and cannot be its: before its count is given up, and before another new name is opened, lest the
 * system's count pass the bound. */
static HAFT__COLD void undo(const haft__opening *o, uint64_t raw) {
    haft__error error = haft__error_save();
    o->c->close(raw);
    haft__error_restore(error);
}

/* Under the resolve lock, which is let go. */
static haft_status resolve(haft__opening *o, uint64_t raw, uint32_t owner, const char *true_name, size_t length,
                           uint32_t *ret_live) {
    haft_status status = HAFT_E_LIMIT;
    if (o->identity) status = haft__identity_settle(o->identity, true_name, length, o->bound, ret_live);
    if (status != HAFT_OK) o->identity = NULL;
    if (status == HAFT_E_LIMIT || (status == HAFT_E_NOMEM && owner == HAFT_OWNER_USER)) undo(o, raw);
    o->resolving = false;
    haft__resolve_unlock();
    return status;
}

haft_status haft__opening_settle(haft__opening *o, uint64_t raw, uint32_t owner, const char *true_name, size_t length) {
    uint32_t live = o->late;
    haft_status status = o->resolving ? resolve(o, raw, owner, true_name, length, &live) : HAFT_OK;
    if (status == HAFT_E_LIMIT || (o->watched && live >= o->watched)) {
        haft__ask ask = { o->c, NULL, true_name, length, true, !o->watched, NULL };
        find_limit(o, &ask, live);
    }
    return status;
}

/* The system would not hand out a value that is open: code that Haft does not see has closed it. A kernel-mode component
 * that closes its own handle is such code, and does right. */
void haft__found_foreign_close(const haft__life *was, uint64_t raw, haft__site at) {
    if (was->holders) haft__share_forget(was->holders);
    else haft__identity_release(was->identity);
    if (haft__tag_owner(was->tag) == HAFT_OWNER_KERNEL || haft__tag_owner(was->tag) == HAFT_OWNER_BORROWED) return;
    haft__seen seen = { .kind = HAFT_FINDING_FOREIGN_CLOSE, .class_id = haft__tag_class(was->tag),
                        .owner = haft__tag_mode(was->tag), .raw = raw, .opened = was->opened, .at = at };
    haft__found(&seen);
}

static HAFT__COLD haft_status not_tracked(haft__opening *o, uint64_t raw, uint32_t owner, haft_status status) {
    haft__seen seen = { .kind = HAFT_FINDING_UNTRACKED, .class_id = o->class_id, .raw = raw, .at = o->site };
    if (owner == HAFT_OWNER_USER) undo(o, raw);
    haft__identity_release(o->identity);
    haft__found(&seen);
    return status;
}

static haft_status done_counted(haft__opening *o, uint64_t raw, uint32_t owner, uint64_t *ret_tag) {
    haft__birth birth = { o->class_id, owner, o->site, o->identity, false };
    haft__life was;
    haft_status status = haft__share_open(haft__place_of(o->c, o->class_id, raw), &birth, ret_tag, &was);
    if (was.tag & HAFT__LIVE) haft__found_foreign_close(&was, raw, o->site);
    return status == HAFT_OK ? HAFT_OK : not_tracked(o, raw, owner, status);
}

HAFT__HOT haft_status haft__opening_done(haft__opening *o, uint64_t raw, uint32_t owner, uint64_t *ret_tag) {
    haft__birth birth = { o->class_id, owner, o->site, o->identity, false };
    haft__life was;
    was.tag = 0;
    if (HAFT__UNLIKELY(haft__class_counted(o->class_id))) return done_counted(o, raw, owner, ret_tag);
    haft_status status = haft__begin_life(haft__place_of(o->c, o->class_id, raw), &birth, ret_tag, &was);
    if (HAFT__UNLIKELY(was.tag & HAFT__LIVE)) {
        haft__life gone = was;
        haft__found_foreign_close(&gone, raw, o->site);
    }
    return HAFT__LIKELY(status == HAFT_OK) ? HAFT_OK : not_tracked(o, raw, owner, status);
}
