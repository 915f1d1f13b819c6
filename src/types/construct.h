/* construct.h: what all constructors have in common. */
#ifndef HAFT_SRC_CONSTRUCT_H
#define HAFT_SRC_CONSTRUCT_H

#include "core/opening.h"

/* Closes what *ret still holds and begins an opening. At most one of a and w is not NULL: the object's name; fold: its case
 * does not count. Anything but HAFT_OK is the constructor's answer. */
haft_status haft__construct(haft__opening *o, void *ret, haft_class *c, const void *at, const char *a, const wchar_t *w,
                            bool fold);

/* The system's call is made and gave `raw`, or one of the class's values for none. Fills *ret or says why not. */
haft_status haft__constructed(haft__opening *o, void *ret, uint64_t raw);

#endif
