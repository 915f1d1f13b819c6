/* define.h: classes of our own, as a program has them: in a header that two source files include. */
#ifndef HAFT_TESTS_DEFINE_H
#define HAFT_TESTS_DEFINE_H

#include <haft.h>

typedef struct shop {
    unsigned shut, refuses;
} shop;

static inline int shop_shut(shop *s) {
    s->shut++;
    return s->refuses ? -1 : 0;
}

extern unsigned lamps_out[8];
static inline bool lamp_out(short n) {
    lamps_out[n & 7]++;
    return true;
}

HAFT_DEFINE(unit_shop, shop *, NULL, shop_shut(raw) == 0)
HAFT_DEFINE(unit_lamp, short, -1, lamp_out(raw))

/* test_define_other.c */
unit_shop define_other_adopt(shop *s, haft_status *ret);
haft_status define_other_close(unit_shop *s);
haft_status define_other_adopt_lamp(unit_lamp *ret, short n);

#endif
