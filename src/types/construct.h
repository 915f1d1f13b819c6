/* construct.h: what all constructors have in common. */
#ifndef HAFT_SRC_CONSTRUCT_H
#define HAFT_SRC_CONSTRUCT_H

#include "core/opening.h"

/* Begins an opening of an object by its name, which counts while a bound is set. At most one of a and w is not NULL; fold: case
 * does not count. HAFT_E_LIMIT, HAFT_E_NOMEM: nothing is begun. */
haft_status haft__open_named(haft__opening *o, haft_class *c, const void *at, const char *a, const wchar_t *w, bool fold);

/* Closes what *ret still holds, then as haft__open_named. Anything but HAFT_OK is the constructor's answer. */
haft_status haft__construct(haft__opening *o, void *ret, haft_class *c, const void *at, const char *a, const wchar_t *w,
                            bool fold);

/* The same by a name that is canonical already; NULL: it has none. */
haft_status haft__construct_as(haft__opening *o, void *ret, haft_class *c, const void *at, const char *name, size_t length);

/* The system's call is made and gave `raw`, or one of the class's values for none. Fills *ret or says why not. */
haft_status haft__constructed(haft__opening *o, void *ret, uint64_t raw);

/* One call that gives two handles: both wrappers are filled, or neither is and nothing stays open. */
typedef struct haft__pair {
    haft__opening opening[2];
    void *ret[2];
    const void *at;
} haft__pair;
haft_status haft__construct_pair(haft__pair *p, haft_class *first, haft_class *second);
haft_status haft__constructed_pair(haft__pair *p, uint64_t first, uint64_t second);

#endif
