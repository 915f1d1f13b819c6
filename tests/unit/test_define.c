/* test_define.c: classes that HAFT_DEFINE makes. */
#include "unit.h"

#include "define.h"

unsigned lamps_out[8];

HAFT_DEFINE(unit_twin, shop *, NULL, shop_shut(raw) == 0)

TEST(define, a_class_in_one_line) {
    shop s = { 0, 0 };
    unit_shop a = HAFT_INIT;
    size_t live = haft_live();
    CHECK_EQ(unit_shop_adopt(&a, &s, HAFT_OWNER_USER), HAFT_OK);
    CHECK(unit_shop_raw(&a) == &s);
    CHECK_EQ(unit_shop_owner(&a), HAFT_OWNER_USER);
    CHECK(unit_shop_valid(&a));
    CHECK_EQ(unit_shop_opens(&a), 1);
    CHECK_EQ(haft_live(), live + 1);
    unit_shop b = unit_shop_move(&a), c = unit_shop_borrow(&b), d = HAFT_INIT, copy = b;
    CHECK(unit_shop_raw(&a) == NULL && unit_shop_raw(&c) == &s);
    CHECK_EQ(unit_shop_share(&d, &b), HAFT_OK);
    CHECK_EQ(unit_shop_close(&b), HAFT_OK);
    CHECK_EQ(unit_shop_close(&copy), HAFT_E_STALE);
    CHECK_EQ(s.shut, 0);
    CHECK_EQ(unit_shop_transfer(&d, HAFT_OWNER_KERNEL), HAFT_OK);
    CHECK_EQ(unit_shop_close(&d), HAFT_E_NOT_OWNER);
    CHECK_EQ(unit_shop_transfer(&d, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(unit_shop_close(&d), HAFT_OK);
    CHECK_EQ(s.shut, 1);
    CHECK_EQ(haft_live(), live);
}

TEST(define, what_the_closer_says_is_told) {
    shop s = { 0, 1 };
    unit_shop a = HAFT_INIT;
    CHECK_EQ(unit_shop_adopt(&a, NULL, HAFT_OWNER_USER), HAFT_E_INVALID);
    CHECK_EQ(unit_shop_adopt(&a, &s, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(unit_shop_close(&a), HAFT_E_OS);
    CHECK_EQ(s.shut, 1);
    CHECK_EQ(unit_shop_adopt(&a, &s, HAFT_OWNER_USER), HAFT_OK);
    CHECK(unit_shop_release(&a) == &s);
    CHECK_EQ(s.shut, 1);
}

/* A value means something to its class alone. */
TEST(define, one_value_in_two_classes) {
    shop s = { 0, 0 };
    unit_shop a = HAFT_INIT;
    unit_twin b = HAFT_INIT;
    CHECK_EQ(unit_shop_adopt(&a, &s, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(unit_twin_adopt(&b, &s, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(unit_shop_close(&a), HAFT_OK);
    CHECK(unit_twin_valid(&b));
    CHECK_EQ(unit_twin_close(&b), HAFT_OK);
    CHECK_EQ(s.shut, 2);
    CHECK_EQ(unit_twin_adopt(&b, &s, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(unit_shop_close((unit_shop *)&b), HAFT_E_WRONG_CLASS); /* a cast */
    CHECK_EQ(s.shut, 2);
    CHECK_EQ(unit_twin_close(&b), HAFT_OK);
}

TEST(define, small_integers) {
    unit_lamp l = HAFT_INIT, zero = HAFT_INIT;
    memset(lamps_out, 0, sizeof lamps_out);
    CHECK_EQ(unit_lamp_raw(&l), -1);
    CHECK_EQ(unit_lamp_adopt(&l, -1, HAFT_OWNER_USER), HAFT_E_INVALID);
    CHECK_EQ(unit_lamp_adopt(&zero, 0, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(unit_lamp_raw(&zero), 0);
    CHECK_EQ(unit_lamp_adopt(&l, -2, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(unit_lamp_raw(&l), -2);
    CHECK_EQ(unit_lamp_close(&l), HAFT_OK);
    CHECK_EQ(unit_lamp_close(&zero), HAFT_OK);
    CHECK(lamps_out[0] == 1 && lamps_out[6] == 1);
}

TEST(define, inv1_two_source_files_have_one_class) {
    shop s = { 0, 0 };
    haft_status status;
    unit_shop a = define_other_adopt(&s, &status), b = HAFT_INIT;
    CHECK_EQ(status, HAFT_OK);
    CHECK(unit_shop_raw(&a) == &s);
    CHECK_EQ(unit_shop_adopt(&b, &s, HAFT_OWNER_USER), HAFT_E_TRACKED);
    unit_shop copy = a;
    CHECK_EQ(unit_shop_close(&a), HAFT_OK);
    CHECK_EQ(define_other_close(&copy), HAFT_E_STALE);
    CHECK_EQ(s.shut, 1);
    unit_lamp l = HAFT_INIT, m = HAFT_INIT;
    memset(lamps_out, 0, sizeof lamps_out);
    CHECK_EQ(define_other_adopt_lamp(&l, 3), HAFT_OK);
    CHECK_EQ(define_other_adopt_lamp(&m, 3), HAFT_E_TRACKED);
    CHECK_EQ(unit_lamp_adopt(&m, 3, HAFT_OWNER_USER), HAFT_E_TRACKED);
    CHECK_EQ(unit_lamp_close(&l), HAFT_OK);
    CHECK_EQ(lamps_out[3], 1);
}

TEST(define, the_name_is_known_to_settings) {
    shop s = { 0, 0 };
    unit_shop a = HAFT_INIT;
    CHECK_EQ(unit_shop_adopt(&a, &s, HAFT_OWNER_USER), HAFT_OK);
    uint32_t id = haft__class_named("unit_shop", 9);
    CHECK(id >= HAFT_CLASS_USER);
    CHECK_STR(haft_class_name((haft_class_id)id), "unit_shop");
    CHECK_EQ(haft_limit_set((haft_class_id)id, 5), HAFT_OK);
    CHECK_EQ(haft_limit_get((haft_class_id)id), 5);
    CHECK_EQ(haft_limit_set((haft_class_id)id, 0), HAFT_OK);
    CHECK_EQ(unit_shop_close(&a), HAFT_OK);
}

TEST(define, the_site_is_the_callers) {
#if defined(HAFT_COVERAGE)
    SKIP("what is counted is not inlined at its callers");
#endif
    shop s = { 0, 0 };
    unit_shop a = HAFT_INIT, b = HAFT_INIT;
    char first[sizeof unit_last.at];
    unit_listen();
    CHECK_EQ(unit_shop_adopt(&a, &s, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(unit_shop_adopt(&b, &s, HAFT_OWNER_USER), HAFT_E_TRACKED);
    memcpy(first, unit_last.at, sizeof first);
    CHECK_EQ(unit_shop_adopt(&b, &s, HAFT_OWNER_USER), HAFT_E_TRACKED);
    CHECK(strstr(unit_last.opened, "+0x") && strstr(unit_last.at, "+0x"));
    CHECK(strcmp(unit_last.opened, unit_last.at) != 0);
    CHECK(strcmp(first, unit_last.at) != 0);
    CHECK(strstr(unit_last.text, "unit_shop") != NULL);
    CHECK_EQ(unit_shop_close(&a), HAFT_OK);
    unit_deaf();
}

/* More names than there is room for are the last. */
TEST(define, too_many_classes) {
    static char names[200][16];
    static haft_class many[200];
    uint32_t last = 0;
    for (int i = 0; i < 200; i++) {
        haft_class c = { names[i], HAFT_CLASS_NONE, HAFT_SPACE_OWN, { 0, 0 }, unit_event.close, NULL };
        if (!names[i][0]) {
            memcpy(names[i], "many 000", 9);
            names[i][5] = (char)('0' + i / 100), names[i][6] = (char)('0' + i / 10 % 10), names[i][7] = (char)('0' + i % 10);
        }
        many[i] = c;
        last = haft__class_id_of(&many[i]);
        CHECK(last >= HAFT_CLASS_USER && last < HAFT_CLASSES);
    }
    CHECK_EQ(last, HAFT_CLASSES - 1);
    haft_hold h = { 0, 0 };
    unit_closes_reset();
    CHECK_EQ(haft__adopt(&h, 5, HAFT_OWNER_USER, &many[199], NULL), HAFT_OK);
    CHECK_EQ(haft__close(&h, &many[199], NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
}
