/* test_ledger.c: lives in the ledger: begun, ended, looked at, in the dense and in the hashed table. */
#include "unit.h"

#include "core/ledger.h"

#define TO_HASHED (HAFT__DENSE_LIMIT << 2) /* the first kernel value that is not dense */
#define SITE_A 11u
#define SITE_B 12u

static haft__place at(uint64_t raw) { return haft__place_of(&unit_event, HAFT_CLASS_EVENT, raw); }

static haft_status begin(haft__place place, uint32_t class_id, uint32_t owner, bool adopted, uint64_t *tag, haft__life *was) {
    haft__birth birth = { class_id, owner, SITE_A, NULL, adopted };
    return haft__begin_life(place, &birth, tag, was);
}

static haft_status begin_user(haft__place place, uint64_t *tag) {
    haft__life was;
    return begin(place, HAFT_CLASS_EVENT, HAFT_OWNER_USER, false, tag, &was);
}

static bool end(haft__place place, uint64_t tag) {
    haft__life was;
    return haft__end_life(place, tag, SITE_B, &was);
}

TEST(ledger, places) {
    CHECK_EQ(at(0x123 * 4).raw, 0x123 * 4);
    for (uint64_t bits = 0; bits < 4; bits++) CHECK_EQ(at(0x100 | bits).raw, 0x100);
    CHECK_EQ(haft__place_of(&unit_key, HAFT_CLASS_KEY, 0x101).space, HAFT_SPACE_POINTER); /* a remote key */
    CHECK_EQ(haft__place_of(&unit_key, HAFT_CLASS_KEY, 0x101).raw, 0x101);
    CHECK_EQ(haft__place_of(&unit_key, HAFT_CLASS_KEY, 0x100).space, HAFT_SPACE_KERNEL);
    haft_class own = { "own", HAFT_CLASS_NONE, HAFT_SPACE_OWN, { 0, 0 }, NULL, NULL };
    CHECK(haft__place_of(&own, 70, 5).space != haft__place_of(&own, 71, 5).space);
    CHECK(haft__place_of(&own, 70, 5).space != HAFT_SPACE_KERNEL);
}

static void one_life(uint64_t raw) {
    uint64_t tag = 0, again = 0;
    size_t live = haft_live();
    REQUIRE_EQ(begin_user(at(raw), &tag), HAFT_OK);
    CHECK_EQ(haft_live(), live + 1);
    CHECK(tag & HAFT__LIVE);
    CHECK_EQ(haft__tag_class(tag), HAFT_CLASS_EVENT);
    CHECK_EQ(haft__tag_owner(tag), HAFT_OWNER_USER);
    CHECK(haft__tag_generation(tag) != 0);
    CHECK_EQ(haft__look(at(raw)).tag, tag);
    CHECK_EQ(haft__look(at(raw)).opened, SITE_A);
    CHECK(!end(at(raw), tag ^ HAFT__GENERATION_ONE));
    CHECK(end(at(raw), tag));
    CHECK(!end(at(raw), tag));
    CHECK_EQ(haft_live(), live);
    CHECK(!(haft__look(at(raw)).tag & HAFT__LIVE));
    REQUIRE_EQ(begin_user(at(raw), &again), HAFT_OK);
    CHECK(haft__tag_generation(again) > haft__tag_generation(tag));
    CHECK(!end(at(raw), tag));
    CHECK(end(at(raw), again));
}

TEST(ledger, inv1_a_life_ends_once) {
    one_life(0x400);
    one_life((HAFT__DENSE_LIMIT - 1) << 2); /* the last dense one */
    one_life(TO_HASHED);
    one_life(UINT64_C(0x7fff12345678));
}

TEST(ledger, the_last_site_is_kept) {
    uint64_t tag = 0;
    REQUIRE_EQ(begin_user(at(0x404), &tag), HAFT_OK);
    CHECK(end(at(0x404), tag));
    CHECK_EQ(haft__look(at(0x404)).closed, SITE_B);
    REQUIRE_EQ(begin_user(at(0x404), &tag), HAFT_OK);
    CHECK_EQ(haft__look(at(0x404)).closed, SITE_B); /* where the life before ended */
    CHECK(end(at(0x404), tag));
}

TEST(ledger, the_low_bits_are_one_entry) {
    uint64_t tag = 0;
    haft__life was;
    REQUIRE_EQ(begin_user(at(0x500), &tag), HAFT_OK);
    CHECK_EQ(haft__look(at(0x503)).tag, tag);
    CHECK_EQ(begin(at(0x502), HAFT_CLASS_EVENT, HAFT_OWNER_USER, true, &tag, &was), HAFT_E_TRACKED);
    CHECK(end(at(0x501), was.tag));
}

TEST(ledger, spaces_are_apart) {
    haft_class fd = { "fd", HAFT_CLASS_FD, HAFT_SPACE_FD, { 0, 0 }, NULL, NULL };
    uint64_t kernel, descriptor;
    REQUIRE_EQ(begin_user(at(0x600), &kernel), HAFT_OK);
    haft__place place = haft__place_of(&fd, HAFT_CLASS_FD, 0x600);
    CHECK(!(haft__look(place).tag & HAFT__LIVE));
    REQUIRE_EQ(begin_user(place, &descriptor), HAFT_OK);
    CHECK(end(place, descriptor));
    CHECK_EQ(haft__look(at(0x600)).tag, kernel);
    CHECK(end(at(0x600), kernel));
}

/* What the system hands out again was closed out of sight; the former holder's tag fits no more. */
TEST(ledger, a_value_handed_out_again_is_a_new_life) {
    uint64_t first, second;
    haft__life was;
    for (uint64_t raw = 0x700; raw <= TO_HASHED; raw += TO_HASHED - 0x700) {
        REQUIRE_EQ(begin_user(at(raw), &first), HAFT_OK);
        REQUIRE_EQ(begin(at(raw), HAFT_CLASS_FILE, HAFT_OWNER_USER, false, &second, &was), HAFT_OK);
        CHECK_EQ(was.tag, first);
        CHECK(!end(at(raw), first));
        CHECK(end(at(raw), second));
    }
}

static void declare(uint32_t owner, uint32_t as_class, uint32_t as_owner, haft_status expected) {
    uint64_t first, second = 0;
    haft__life was;
    REQUIRE_EQ(begin(at(0x800), HAFT_CLASS_EVENT, owner, false, &first, &was), HAFT_OK);
    haft_status status = begin(at(0x800), as_class, as_owner, true, &second, &was);
    CHECK_EQ(status, expected);
    CHECK_EQ(was.tag, first);
    CHECK_EQ(haft__look(at(0x800)).tag, status == HAFT_OK ? second : first);
    CHECK(end(at(0x800), status == HAFT_OK ? second : first));
}

TEST(ledger, what_may_be_declared) {
    declare(HAFT_OWNER_USER, HAFT_CLASS_EVENT, HAFT_OWNER_USER, HAFT_E_TRACKED);
    declare(HAFT_OWNER_USER, HAFT_CLASS_EVENT, HAFT_OWNER_KERNEL, HAFT_E_TRACKED);
    declare(HAFT_OWNER_SHARED, HAFT_CLASS_EVENT, HAFT_OWNER_USER, HAFT_E_TRACKED);
    declare(HAFT_OWNER_KERNEL, HAFT_CLASS_EVENT, HAFT_OWNER_USER, HAFT_E_TRACKED);
    declare(HAFT_OWNER_KERNEL, HAFT_CLASS_EVENT, HAFT_OWNER_KERNEL, HAFT_OK);
    declare(HAFT__OWNER_RAW, HAFT_CLASS_EVENT, HAFT_OWNER_USER, HAFT_OK);
    declare(HAFT__OWNER_RAW, HAFT_CLASS_FILE, HAFT_OWNER_KERNEL, HAFT_OK);
    declare(HAFT__OWNER_RAW, HAFT_CLASS_KEY, HAFT_OWNER_USER, HAFT_E_WRONG_CLASS);
    declare(HAFT_OWNER_USER, HAFT_CLASS_FIND, HAFT_OWNER_USER, HAFT_E_WRONG_CLASS);
}

TEST(ledger, an_adopted_life_keeps_its_site) {
    uint64_t raw, tag = 0;
    haft__life was;
    REQUIRE_EQ(begin(at(0x900), HAFT_CLASS_EVENT, HAFT__OWNER_RAW, false, &raw, &was), HAFT_OK);
    haft__birth birth = { HAFT_CLASS_EVENT, HAFT_OWNER_USER, SITE_B, NULL, true };
    REQUIRE_EQ(haft__begin_life(at(0x900), &birth, &tag, &was), HAFT_OK);
    CHECK_EQ(haft__look(at(0x900)).opened, SITE_A);
    CHECK(!end(at(0x900), raw));
    CHECK(end(at(0x900), tag));
}

TEST(ledger, owners_change) {
    uint64_t tag = 0;
    REQUIRE_EQ(begin_user(at(0xa00), &tag), HAFT_OK);
    CHECK(!haft__change_owner(at(0xa00), tag ^ HAFT__GENERATION_ONE, HAFT_OWNER_KERNEL));
    CHECK(haft__change_owner(at(0xa00), tag, HAFT_OWNER_KERNEL));
    CHECK(!end(at(0xa00), tag));
    CHECK(end(at(0xa00), haft__tag_owned_by(tag, HAFT_OWNER_KERNEL)));
    CHECK(!haft__change_owner(at(0xa04), tag, HAFT_OWNER_KERNEL)); /* where nothing ever was */
}

/* A value of which the generations are used up is refused: a stale tag must never fit again. */
TEST(ledger, inv5_generations_saturate) {
    haft__place place = at(0xb00);
    uint64_t tag = 0, full = HAFT__GENERATION_MASK;
    haft__entry *e = haft__pin(place, true);
    REQUIRE(e != NULL);
    haft__store64(&e->word, full - HAFT__GENERATION_ONE);
    haft__unpin(place, e);
    REQUIRE_EQ(begin_user(place, &tag), HAFT_OK);
    CHECK_EQ(haft__tag_generation(tag), full);
    CHECK(end(place, tag));
    for (int i = 0; i < 3; i++) CHECK_EQ(begin_user(place, &tag), HAFT_E_LIMIT);
    CHECK_EQ(haft__look(place).tag & ~HAFT__OWNER_MASK, full | HAFT_CLASS_EVENT << 4);
    e = haft__pin(place, true);
    haft__store64(&e->word, 0);
    haft__unpin(place, e);
}

TEST(ledger, inv5_an_adoption_past_the_last_generation_changes_nothing) {
    haft__place place = at(0xb04);
    uint64_t tag = 0;
    haft__life was;
    haft__entry *e = haft__pin(place, true);
    REQUIRE(e != NULL);
    haft__store64(&e->word, HAFT__GENERATION_MASK - HAFT__GENERATION_ONE);
    REQUIRE_EQ(begin(place, HAFT_CLASS_EVENT, HAFT__OWNER_RAW, false, &tag, &was), HAFT_OK);
    uint64_t kept = tag;
    CHECK_EQ(begin(place, HAFT_CLASS_EVENT, HAFT_OWNER_USER, true, &tag, &was), HAFT_E_LIMIT);
    CHECK_EQ(haft__look(place).tag, kept); /* still the shim's */
    CHECK(end(place, kept));
    haft__store64(&e->word, 0);
    haft__unpin(place, e);
}

/* A stream's descriptor. */
TEST(ledger, shadows) {
    haft_class fd = { "fd", HAFT_CLASS_FD, HAFT_SPACE_FD, { 0, 0 }, NULL, NULL };
    haft__place place = haft__place_of(&fd, HAFT_CLASS_FD, 9000);
    uint64_t tag = 0;
    haft__life was;
    size_t live = haft_live();
    haft__shadow_begin(place, HAFT_CLASS_STREAM, &was);
    CHECK_EQ(haft_live(), live);
    CHECK_EQ(begin(place, HAFT_CLASS_FD, HAFT_OWNER_USER, true, &tag, &was), HAFT_E_WRONG_CLASS);
    haft__shadow_end(place, HAFT_CLASS_DIR);
    CHECK(haft__look(place).tag & HAFT__LIVE);
    haft__shadow_end(place, HAFT_CLASS_STREAM);
    REQUIRE_EQ(begin(place, HAFT_CLASS_FD, HAFT_OWNER_USER, true, &tag, &was), HAFT_OK);
    haft__shadow_end(place, HAFT_CLASS_FD); /* not a shadow */
    CHECK(end(place, tag));
}

typedef struct walked {
    unsigned met, stop_at;
    bool saw_dense, saw_hashed;
} walked;

static bool visit(uint64_t raw, const haft__life *life, void *user) {
    walked *w = user;
    w->met++;
    CHECK(life->tag & HAFT__LIVE);
    w->saw_dense = w->saw_dense || raw == 0xc00;
    w->saw_hashed = w->saw_hashed || raw == TO_HASHED;
    return w->met != w->stop_at;
}

TEST(ledger, a_walk_meets_all_and_stops_when_told) {
    uint64_t a, b;
    walked all = { 0, 0, false, false }, one = { 0, 1, false, false };
    REQUIRE_EQ(begin_user(at(0xc00), &a), HAFT_OK);
    REQUIRE_EQ(begin_user(at(TO_HASHED), &b), HAFT_OK);
    haft__walk(visit, &all);
    CHECK_EQ(all.met, haft_live());
    CHECK(all.saw_dense && all.saw_hashed);
    haft__walk(visit, &one);
    CHECK_EQ(one.met, 1);
    CHECK(end(at(0xc00), a));
    CHECK(end(at(TO_HASHED), b));
}

TEST(ledger, inv10_tracking_takes_no_memory_once_the_page_exists) {
    uint64_t tag = 0;
    REQUIRE_EQ(begin_user(at(0xd00), &tag), HAFT_OK);
    CHECK(end(at(0xd00), tag));
    unit_alloc_fail(1, true);
    for (uint64_t raw = 0x10; raw < 0x4000; raw += 4) { /* one page: 4,096 entries */
        CHECK_EQ(begin_user(at(raw), &tag), HAFT_OK);
        CHECK(end(at(raw), tag));
    }
    CHECK_EQ(unit_alloc_end(), 0);
    CHECK(sizeof(void *) != 8 || sizeof(haft__entry) <= 32);
}

TEST(ledger, inv6_no_memory_for_a_page_is_said) {
    uint64_t tag = 7;
    haft__place fresh = at(UINT64_C(0x3f00000)), far = at(UINT64_C(0x7ffe00000000));
    unit_alloc_fail(1, true);
    CHECK_EQ(begin_user(fresh, &tag), HAFT_E_NOMEM);
    CHECK_EQ(begin_user(far, &tag), HAFT_E_NOMEM);
    CHECK(!end(fresh, tag));
    CHECK_EQ(haft__look(fresh).tag, 0);
    CHECK(unit_alloc_end() >= 2);
    CHECK_EQ(begin_user(fresh, &tag), HAFT_OK);
    CHECK(end(fresh, tag));
}

/* Enough to make shards grow more than once; each value's entry must survive the move. */
TEST(ledger, the_hashed_table_grows) {
    enum { MANY = 20000 };
    static uint64_t tags[MANY];
    size_t live = haft_live();
    for (uint64_t i = 0; i < MANY; i++) REQUIRE_EQ(begin_user(at(TO_HASHED + i * 64), &tags[i]), HAFT_OK);
    CHECK_EQ(haft_live(), live + MANY);
    for (uint64_t i = 0; i < MANY; i++) CHECK(end(at(TO_HASHED + i * 64), tags[i]));
    CHECK_EQ(haft_live(), live);
}

/* A walk passes what is used up by another handle, in either table, and stops in the second one too. */
TEST(ledger, a_walk_stops_in_the_hashed_table) {
    haft_class fd = { "fd", HAFT_CLASS_FD, HAFT_SPACE_FD, { 0, 0 }, NULL, NULL };
    haft__place shadow = haft__place_of(&fd, HAFT_CLASS_FD, HAFT__DENSE_LIMIT);
    uint64_t a, b;
    haft__life was;
    walked one = { 0, 1, false, false }, all = { 0, 0, false, false };
    size_t live = haft_live();
    REQUIRE_EQ(live, 0);
    haft__shadow_begin(shadow, HAFT_CLASS_STREAM, &was);
    REQUIRE_EQ(begin_user(at(TO_HASHED), &a), HAFT_OK);
    REQUIRE_EQ(begin_user(at(TO_HASHED + 64), &b), HAFT_OK);
    haft__walk(visit, &one);
    CHECK_EQ(one.met, 1);
    haft__walk(visit, &all);
    CHECK_EQ(all.met, 2);
    CHECK(end(at(TO_HASHED), a));
    CHECK(end(at(TO_HASHED + 64), b));
    haft__shadow_end(shadow, HAFT_CLASS_STREAM);
    CHECK_EQ(haft__look(shadow).tag, 0);
}

/* An entry of the hashed table goes with its life: there is nothing to come back to. */
TEST(ledger, a_life_without_an_entry_stays_ended) {
    uint64_t tag = 0;
    REQUIRE_EQ(begin_user(at(TO_HASHED), &tag), HAFT_OK);
    CHECK(end(at(TO_HASHED), tag));
    CHECK(!haft__resume_life(at(TO_HASHED), tag));
    CHECK(!haft__change_owner(at(TO_HASHED), tag, HAFT_OWNER_KERNEL));
    CHECK_EQ(haft__look(at(TO_HASHED)).tag, 0);
    REQUIRE_EQ(begin_user(at(0xe00), &tag), HAFT_OK);
    CHECK(end(at(0xe00), tag));
    CHECK(haft__resume_life(at(0xe00), tag));
    CHECK(end(at(0xe00), tag));
}
