/* test_out.c: wrappers as out-parameters, on the model and with classes of one's own. */
#include "unit_nt.h"

#include "core/ledger.h"
#include "core/out.h"

/* ---- classes whose closes are counted ---- */

static unsigned closed;
static long long last;
static bool counted(long long raw) {
    closed++;
    last = raw;
    return true;
}

typedef struct thing thing;
HAFT_DEFINE(unit_out_int, int, -1, counted(raw))
HAFT_DEFINE(unit_out_unsigned, unsigned, 0, counted(raw))
HAFT_DEFINE(unit_out_short, short, -1, counted(raw))
HAFT_DEFINE(unit_out_byte, unsigned char, 255, counted(raw))
HAFT_DEFINE(unit_out_thing, thing *, NULL, counted((long long)(intptr_t)raw))
HAFT__WRAPPER64(unit_out_wide, uint64_t, 0, ~(uint64_t)0, OWN, counted((long long)raw))

static thing *thing_of(uintptr_t n) { return (thing *)n; }

/* An API: writes only if it is given something to write. */
static bool give_int(int *ret, const int *value) {
    if (value) *ret = *value;
    return value != NULL;
}

static HANDLE new_event(void) { return haft_model_CreateEventA(NULL, TRUE, FALSE, NULL); }

/* ---- the value ---- */

NT_TEST(out, what_is_written_is_held) {
    haft_token t = HAFT_INIT;
    size_t before = haft_model_handles();
    REQUIRE(haft_model_OpenProcessToken(UNIT_SELF, TOKEN_QUERY, haft_token_out(&t)));
    CHECK_EQ(haft_live(), 0); /* nobody has asked for it yet */
    CHECK_EQ(haft_token_owner(&t), HAFT_OWNER_USER);
    CHECK_EQ(haft_live(), 1);
    CHECK_EQ(haft_token_opens(&t), 1);
    haft_token copy = t;
    CHECK_EQ(haft_token_close(&t), HAFT_OK);
    CHECK_EQ(haft_token_close(&copy), HAFT_E_STALE);
    CHECK_EQ(haft_model_handles(), before);
}

/* Whatever is asked of the wrapper first takes the value in. */
NT_TEST(out, each_function_takes_it_in) {
    haft_event e = HAFT_INIT, other = HAFT_INIT;
    *haft_event_out(&e) = new_event();
    CHECK(haft_event_raw(&e) != NULL);
    *haft_event_out(&e) = new_event();
    CHECK(haft_event_valid(&e));
    *haft_event_out(&e) = new_event();
    haft_event look = haft_event_borrow(&e);
    CHECK_EQ(haft_event_owner(&look), HAFT_OWNER_BORROWED);
    *haft_event_out(&e) = new_event();
    CHECK(!haft_event_valid(&look)); /* it was closed for the next one */
    CHECK_EQ(haft_event_share(&other, &e), HAFT_OK);
    CHECK_EQ(haft_event_owner(&e), HAFT_OWNER_SHARED);
    CHECK_EQ(haft_event_close(&other), HAFT_OK);
    *haft_event_out(&e) = new_event();
    CHECK_EQ(haft_event_transfer(&e, HAFT_OWNER_KERNEL), HAFT_OK);
    CHECK_EQ(haft_event_transfer(&e, HAFT_OWNER_USER), HAFT_OK);
    *haft_event_out(&e) = new_event();
    haft_event moved = haft_event_move(&e);
    CHECK(!haft_event_valid(&e) && haft_event_valid(&moved));
    HANDLE raw = haft_event_release(&moved);
    CHECK(haft_model_CloseHandle(raw));
    *haft_event_out(&e) = new_event();
    haft_event_end(&e);
}

NT_TEST(out, the_end_of_a_scope_closes_it) {
    size_t before = haft_model_handles();
    HAFT_SCOPE(haft_event, e) {
        *haft_event_out(&e) = new_event();
        CHECK_EQ(haft_model_handles(), before + 1);
    } HAFT_SCOPE_END(haft_event, e)
    CHECK_EQ(haft_model_handles(), before);
}

NT_TEST(out, the_old_handle_is_closed_first) {
    haft_event e = HAFT_INIT;
    REQUIRE_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    size_t before = haft_model_handles();
    HANDLE *slot = haft_event_out(&e);
    CHECK_EQ(haft_model_handles(), before - 1);
    *slot = new_event();
    CHECK_EQ(haft_model_handles(), before);
    slot = haft_event_out(&e); /* not looked at since */
    CHECK_EQ(haft_model_handles(), before - 1);
    CHECK(*slot == NULL);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
}

NT_TEST(out, adopting_into_it_closes_what_was_written) {
    haft_event e = HAFT_INIT;
    size_t before = haft_model_handles();
    *haft_event_out(&e) = new_event();
    HANDLE next = new_event();
    CHECK_EQ(haft_event_adopt(&e, next, HAFT_OWNER_USER), HAFT_OK);
    CHECK(haft_event_raw(&e) == next);
    CHECK_EQ(haft_model_handles(), before + 1);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
}

/* ---- no value ---- */

NT_TEST(out, an_untouched_slot_is_empty) {
    haft_token t = HAFT_INIT;
    haft_file f = HAFT_INIT;
    unit_listen();
    CHECK(!haft_model_OpenProcessToken((HANDLE)(uintptr_t)0x7770, TOKEN_QUERY, haft_token_out(&t)));
    CHECK_EQ(haft_token_owner(&t), HAFT_OWNER_NONE);
    CHECK(haft_token_raw(&t) == NULL);
    CHECK_EQ(haft_token_close(&t), HAFT_OK);
    CHECK(*haft_file_out(&f) == INVALID_HANDLE_VALUE); /* as the API would say it */
    CHECK(!haft_file_valid(&f));
    CHECK(haft_file_raw(&f) == INVALID_HANDLE_VALUE);
    haft_token_out(&t);
    haft_token_end(&t);
    CHECK_EQ(unit_last.times, 0);
}

NT_TEST(out, the_wrong_sentinel_is_none) {
    haft_file f = HAFT_INIT;
    haft_event e = HAFT_INIT;
    *haft_file_out(&f) = NULL;
    CHECK_EQ(haft_file_owner(&f), HAFT_OWNER_NONE);
    *haft_event_out(&e) = INVALID_HANDLE_VALUE;
    CHECK_EQ(haft_event_owner(&e), HAFT_OWNER_NONE);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    CHECK(haft_event_out(NULL) == NULL);
}

NT_TEST(out, a_predefined_value_is_pseudo) {
    haft_key k = HAFT_INIT;
    *haft_key_out(&k) = HKEY_LOCAL_MACHINE;
    CHECK_EQ(haft_key_owner(&k), HAFT_OWNER_PSEUDO);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
}

/* ---- values of others ---- */

NT_TEST(out, inv1_another_wrappers_value_is_borrowed) {
    haft_event owner = HAFT_INIT, e = HAFT_INIT;
    REQUIRE_EQ(haft_event_create_a(&owner, NULL, TRUE, FALSE, NULL), HAFT_OK);
    unit_listen();
    *haft_event_out(&e) = haft_event_raw(&owner);
    CHECK_EQ(haft_event_owner(&e), HAFT_OWNER_BORROWED);
    CHECK_EQ(unit_last.times, 1);
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_TRACKED);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    CHECK(haft_event_valid(&owner));
    CHECK_EQ(haft_event_close(&owner), HAFT_OK);
}

NT_TEST(out, inv3_another_closers_value_is_not_taken) {
    haft_key k = HAFT_INIT;
    haft_event e = HAFT_INIT;
    REQUIRE_EQ(haft_key_open_a(&k, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ), HAFT_OK);
    unit_listen();
    *haft_event_out(&e) = (HANDLE)haft_key_raw(&k);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_WRONG_CLASS);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
}

NT_TEST(out, a_cast_wrapper_is_left_as_it_is) {
    haft_event e = HAFT_INIT;
    *haft_event_out(&e) = new_event();
    CHECK_EQ(haft_key_close((haft_key *)&e), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
}

/* ---- raw types of every width ---- */

TEST(out, int_keeps_its_sign) {
    const int minus = -2, none = -1, zero = 0;
    unit_out_int i = HAFT_INIT;
    closed = 0;
    CHECK(!give_int(unit_out_int_out(&i), NULL));
    CHECK(!unit_out_int_valid(&i));
    CHECK(give_int(unit_out_int_out(&i), &none));
    CHECK(!unit_out_int_valid(&i));
    CHECK(give_int(unit_out_int_out(&i), &minus));
    CHECK_EQ(unit_out_int_raw(&i), -2);
    unit_out_int same = HAFT_INIT; /* the value that adopting has, not only one that looks like it */
    CHECK_EQ(unit_out_int_adopt(&same, -2, HAFT_OWNER_USER), HAFT_E_TRACKED);
    CHECK_EQ(unit_out_int_close(&i), HAFT_OK);
    CHECK(closed == 1 && last == -2);
    CHECK(give_int(unit_out_int_out(&i), &zero));
    CHECK_EQ(unit_out_int_raw(&i), 0);
    CHECK_EQ(unit_out_int_close(&i), HAFT_OK);
    CHECK(closed == 2 && last == 0);
}

TEST(out, narrow_and_unsigned) {
    unit_out_unsigned u = HAFT_INIT;
    unit_out_short s = HAFT_INIT;
    unit_out_byte b = HAFT_INIT;
    closed = 0;
    *unit_out_unsigned_out(&u) = 0xFFFFFFFEu;
    CHECK_EQ(unit_out_unsigned_close(&u), HAFT_OK);
    CHECK(closed == 1 && last == 0xFFFFFFFEll);
    *unit_out_short_out(&s) = -1;
    CHECK(!unit_out_short_valid(&s));
    *unit_out_short_out(&s) = -300;
    CHECK_EQ(unit_out_short_close(&s), HAFT_OK);
    CHECK(closed == 2 && last == -300);
    CHECK_EQ(*unit_out_byte_out(&b), 255);
    CHECK(!unit_out_byte_valid(&b));
    *unit_out_byte_out(&b) = 200;
    CHECK_EQ(unit_out_byte_close(&b), HAFT_OK);
    CHECK(closed == 3 && last == 200);
}

/* Numbers of 64 bits stay whole, also where a pointer has 32. */
TEST(out, numbers_wider_than_a_pointer) {
    haft_unit_out_wide w = HAFT_INIT, other = HAFT_INIT;
    const uint64_t value = UINT64_C(0x1234567890), twin = UINT64_C(0x9934567890);
    closed = 0;
    CHECK_EQ(haft_unit_out_wide_adopt(&w, ~(uint64_t)0, HAFT_OWNER_USER), HAFT_E_INVALID);
    *haft_unit_out_wide_out(&w) = value;
    CHECK(haft_unit_out_wide_raw(&w) == value);
    CHECK_EQ(haft_unit_out_wide_adopt(&other, twin, HAFT_OWNER_USER), HAFT_OK);
    CHECK(haft_unit_out_wide_release(&other) == twin);
    CHECK_EQ(haft_unit_out_wide_close(&w), HAFT_OK);
    CHECK(closed == 1 && last == (long long)value);
}

/* ---- no memory ---- */

TEST(out, inv6_without_memory_it_is_held_all_the_same) {
    unit_out_thing t = HAFT_INIT, copy = HAFT_INIT;
    *unit_out_thing_out(&t) = thing_of(0x1000); /* makes the class and the sites known */
    CHECK_EQ(unit_out_thing_close(&t), HAFT_OK);
    closed = 0;
    unit_listen();
    for (unsigned n = 1; n <= 2; n++) { /* closed, and released */
        *unit_out_thing_out(&t) = thing_of(0x2000);
        unit_alloc_fail(1, true);
        CHECK(unit_out_thing_valid(&t));
        CHECK(unit_alloc_end() > 0);
        CHECK_EQ(unit_last.f.kind, HAFT_FINDING_UNTRACKED);
        CHECK_EQ(unit_last.times, n);
        CHECK(unit_out_thing_raw(&t) == thing_of(0x2000));
        CHECK_EQ(unit_out_thing_share(&copy, &t), HAFT_E_NOMEM);
        CHECK_EQ(unit_out_thing_transfer(&t, HAFT_OWNER_KERNEL), HAFT_E_NOMEM);
        if (n == 1) CHECK_EQ(unit_out_thing_close(&t), HAFT_OK);
        else CHECK(unit_out_thing_release(&t) == thing_of(0x2000));
        CHECK(closed == 1 && last == 0x2000);
        CHECK(!unit_out_thing_valid(&t));
    }
    CHECK_EQ(unit_last.times, 2);
    unit_deaf();
}

/* Its value is another's by the time that it is closed: then it was closed before, out of sight. */
TEST(out, inv1_an_untracked_value_that_lives_again_is_not_closed) {
    unit_out_thing t = HAFT_INIT, next = HAFT_INIT;
    closed = 0;
    *unit_out_thing_out(&t) = thing_of(0x3000);
    unit_alloc_fail(1, true);
    CHECK(unit_out_thing_valid(&t));
    unit_alloc_end();
    CHECK_EQ(unit_out_thing_adopt(&next, thing_of(0x3000), HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(unit_out_thing_close(&t), HAFT_E_STALE);
    CHECK_EQ(closed, 0);
    CHECK_EQ(unit_out_thing_close(&next), HAFT_OK);
    CHECK_EQ(closed, 1);
}

/* ---- the mark ---- */

TEST(out, rubbish_is_no_mark) {
    haft_hold h = { 4, haft__tag(UINT64_C(0x123456) << 12, HAFT_CLASS_EVENT, HAFT__OWNER_OUT) };
    CHECK(!haft__is_out(&h));
    CHECK(haft__out(&h, &unit_event, NULL, 4, UINT32_MAX) != NULL);
    CHECK(haft__is_out(&h));
    CHECK_EQ(haft__owner(&h, &unit_event), HAFT_OWNER_NONE);
}

/* A mark that says no size: the whole value is read. */
TEST(out, a_mark_without_a_size) {
    haft_hold h = { 0, 0 };
    CHECK(haft__out(&h, &unit_event, NULL, 4, UINT32_MAX) != NULL);
    h.tag &= ~(UINT64_C(15) << 44);
    h.raw = 0x3f10;
    unit_closes_reset();
    CHECK_EQ(haft__raw(&h, &unit_event, NULL), 0x3f10);
    CHECK_EQ(haft__close(&h, &unit_event, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.last, 0x3f10);
}

TEST(out, a_cast_wrapper_gives_nothing) {
    haft_hold h = { 0, 0 };
    uint64_t found = haft_found(HAFT_FINDING_WRONG_CLASS);
    *(uint32_t *)haft__out(&h, &unit_event, NULL, 4, UINT32_MAX) = 0x3f14;
    CHECK_EQ(haft__raw(&h, &unit_key, NULL), 0);
    CHECK_EQ(haft_found(HAFT_FINDING_WRONG_CLASS), found + 1);
    CHECK(haft__is_out(&h));
    CHECK_EQ(haft__raw(&h, &unit_event, NULL), 0x3f14);
    CHECK_EQ(haft__close(&h, &unit_event, NULL), HAFT_OK);
}

TEST(out, inv5_a_value_whose_generations_are_used_up_is_held_untracked) {
    haft__place place = haft__place_of(&unit_event, HAFT_CLASS_EVENT, 0x3f18);
    haft_hold h = { 0, 0 };
    haft__entry *e = haft__pin(place, true);
    uint64_t found = haft_found(HAFT_FINDING_UNTRACKED);
    REQUIRE(e != NULL);
    haft__store64(&e->word, HAFT__GENERATION_MASK);
    *(uint32_t *)haft__out(&h, &unit_event, NULL, 4, UINT32_MAX) = 0x3f18;
    unit_closes_reset();
    CHECK_EQ(haft__raw(&h, &unit_event, NULL), 0x3f18);
    CHECK_EQ(haft_found(HAFT_FINDING_UNTRACKED), found + 1);
    CHECK_EQ(haft__close(&h, &unit_event, NULL), HAFT_OK);
    CHECK_EQ(unit_closes.closes, 1);
    haft__store64(&e->word, 0);
    haft__unpin(place, e);
}
