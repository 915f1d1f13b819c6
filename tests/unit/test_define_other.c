/* test_define_other.c: the other source file that has the classes of define.h. */
#include "define.h"

unit_shop define_other_adopt(shop *s, haft_status *ret) {
    unit_shop made = HAFT_INIT;
    *ret = unit_shop_adopt(&made, s, HAFT_OWNER_USER);
    return made;
}

haft_status define_other_close(unit_shop *s) { return unit_shop_close(s); }

haft_status define_other_adopt_lamp(unit_lamp *ret, short n) { return unit_lamp_adopt(ret, n, HAFT_OWNER_USER); }
