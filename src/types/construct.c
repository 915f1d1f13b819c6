/* construct.c: an opening into a wrapper. */
#include "types/construct.h"

#include "core/finding.h"
#include "core/name.h"

#include <haft/class.h>

static HAFT__COLD haft_status open_counted(haft__opening *o, haft_class *c, const void *at, const char *a, const wchar_t *w,
                                           bool fold) {
    haft__ask ask = { c, at, NULL, 0, true, true, NULL };
    haft__name name;
    if (!a && !w) return haft__opening_begin(o, &ask);
    haft__name_start(&name);
    if (a) haft__name_a(&name, a, fold);
    else haft__name_w(&name, w, fold);
    ask.name = name.text;
    ask.length = name.length;
    haft_status status = name.failed ? HAFT_E_NOMEM : haft__opening_begin(o, &ask);
    haft__name_free(&name);
    return status;
}

HAFT__INLINE haft_status open_named(haft__opening *o, haft_class *c, const void *at, const char *a, const wchar_t *w, bool fold) {
    if (HAFT__UNLIKELY(haft__counts(c))) return open_counted(o, c, at, a, w, fold);
    haft__opening_start(o, c, at);
    return HAFT_OK;
}

haft_status haft__construct_as(haft__opening *o, void *ret, haft_class *c, const void *at, const char *name, size_t length) {
    haft__ask ask = { c, at, name, length, true, true, NULL };
    if (!ret) return HAFT_E_INVALID;
    if (((haft_hold *)ret)->tag) haft__end(ret, c, at);
    return haft__opening_begin(o, &ask);
}

haft_status haft__open_named(haft__opening *o, haft_class *c, const void *at, const char *a, const wchar_t *w, bool fold) {
    return open_named(o, c, at, a, w, fold);
}

HAFT__HOT haft_status haft__construct(haft__opening *o, void *ret, haft_class *c, const void *at, const char *a, const wchar_t *w,
                            bool fold) {
    if (!ret) return HAFT_E_INVALID;
    if (HAFT__UNLIKELY(((haft_hold *)ret)->tag != 0)) haft__end(ret, c, at);
    return open_named(o, c, at, a, w, fold);
}

HAFT__HOT haft_status haft__constructed(haft__opening *o, void *ret, uint64_t raw) {
    haft_hold *h = ret;
    uint64_t tag;
    if (HAFT__UNLIKELY(haft__class_is_none(o->c, raw))) {
        haft__opening_cancel(o);
        return HAFT_E_OS;
    }
    haft_status status = haft__opening_done(o, raw, HAFT_OWNER_USER, &tag);
    if (HAFT__UNLIKELY(status != HAFT_OK)) return status;
    h->raw = raw;
    h->tag = tag;
    return HAFT_OK;
}

/* Both count before the call is made. */
haft_status haft__construct_pair(haft__pair *p, haft_class *first, haft_class *second) {
    if (!p->ret[0] || !p->ret[1] || p->ret[0] == p->ret[1]) return HAFT_E_INVALID;
    haft_status status = haft__construct(&p->opening[0], p->ret[0], first, p->at, NULL, NULL, false);
    if (status != HAFT_OK) return status;
    status = haft__construct(&p->opening[1], p->ret[1], second, p->at, NULL, NULL, false);
    if (status != HAFT_OK) haft__opening_cancel(&p->opening[0]);
    return status;
}

haft_status haft__constructed_pair(haft__pair *p, uint64_t first, uint64_t second) {
    haft_status one = haft__constructed(&p->opening[0], p->ret[0], first);
    haft_status other = haft__constructed(&p->opening[1], p->ret[1], second);
    if (one == HAFT_OK && other != HAFT_OK) haft__close(p->ret[0], p->opening[0].c, p->at);
    if (one != HAFT_OK && other == HAFT_OK) haft__close(p->ret[1], p->opening[1].c, p->at);
    return one != HAFT_OK ? one : other;
}
