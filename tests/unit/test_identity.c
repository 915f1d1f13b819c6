/* test_identity.c: names and their counts: a bound, several names of one object, and how they go away. */
#include "unit.h"

#include "core/identity.h"

#include <stdio.h>

#define FILE_CLASS HAFT_CLASS_FILE

static haft_status reserve(const char *name, uint32_t bound, bool is_true, haft__identity **ret, bool *settled, uint32_t *live) {
    haft__claim claim = { FILE_CLASS, name, strlen(name), bound, is_true };
    return haft__identity_reserve(&claim, ret, settled, live);
}

static haft__identity *open_true(const char *name, uint32_t bound, haft_status expected, uint32_t expected_live) {
    haft__identity *id = NULL;
    bool settled = false;
    uint32_t live = 0;
    CHECK_EQ(reserve(name, bound, true, &id, &settled, &live), expected);
    if (expected == HAFT_OK) CHECK(settled);
    CHECK_EQ(live, expected_live);
    return id;
}

TEST(identity, inv5_a_name_is_bounded) {
    haft__identity *a = open_true("A", 2, HAFT_OK, 0), *b = open_true("A", 2, HAFT_OK, 1);
    CHECK(a == b);
    for (int i = 0; i < 100; i++) open_true("A", 2, HAFT_E_LIMIT, 2);
    haft__identity *other = open_true("B", 2, HAFT_OK, 0); /* others are not affected */
    haft__identity_release(a);
    a = open_true("A", 2, HAFT_OK, 1); /* one closed: exactly one more */
    open_true("A", 2, HAFT_E_LIMIT, 2);
    haft__identity_release(a);
    haft__identity_release(b);
    haft__identity_release(other);
    a = open_true("A", 2, HAFT_OK, 0);
    haft__identity_release(a);
    haft__identity_release(NULL);
}

TEST(identity, inv5_the_widest_bound_holds) {
    for (uint32_t i = 0; i < 65534; i++) open_true("WIDE", 65534, HAFT_OK, i);
    haft__identity *id = NULL;
    bool settled;
    uint32_t live = 0;
    CHECK_EQ(reserve("WIDE", 65534, true, &id, &settled, &live), HAFT_E_LIMIT);
    CHECK_EQ(live, 65534);
    id = open_true("WIDE", 0, HAFT_OK, 65534);
    for (uint32_t i = 0; i < 65535; i++) haft__identity_release(id);
}

TEST(identity, classes_are_apart) {
    haft__claim file = { HAFT_CLASS_FILE, "X", 1, 1, true }, event = { HAFT_CLASS_EVENT, "X", 1, 1, true };
    haft__identity *a, *b;
    bool settled;
    uint32_t live;
    CHECK_EQ(haft__identity_reserve(&file, &a, &settled, &live), HAFT_OK);
    CHECK_EQ(haft__identity_reserve(&event, &b, &settled, &live), HAFT_OK);
    CHECK(a != b);
    haft__identity_release(a);
    haft__identity_release(b);
}

/* An open by a name not seen before, which the system then calls by its true name. */
static haft__identity *open_by(const char *name, const char *true_name, uint32_t bound, haft_status expected) {
    haft__identity *id = NULL;
    bool settled;
    uint32_t live;
    haft_status status = reserve(name, bound, false, &id, &settled, &live);
    if (status == HAFT_OK && !settled) {
        haft__resolve_lock();
        if (!haft__identity_attach(id, bound, &status, &live))
            status = haft__identity_settle(id, true_name, true_name ? strlen(true_name) : 0, bound, &live);
        haft__resolve_unlock();
    }
    CHECK_EQ(status, expected);
    return status == HAFT_OK ? id : NULL;
}

TEST(identity, inv5_all_names_share_one_count) {
    haft__identity *a = open_by("LINK", "TRUE", 3, HAFT_OK), *b = open_by("TRUE", "TRUE", 3, HAFT_OK);
    haft__identity *c = open_by("OTHER LINK", "TRUE", 3, HAFT_OK);
    open_by("LINK", "TRUE", 3, HAFT_E_LIMIT);
    open_by("TRUE", "TRUE", 3, HAFT_E_LIMIT);
    open_by("THIRD LINK", "TRUE", 3, HAFT_E_LIMIT); /* not known before the open: it is undone */
    haft__identity_release(b);
    b = open_by("LINK", "TRUE", 3, HAFT_OK);
    open_by("OTHER LINK", "TRUE", 3, HAFT_E_LIMIT);
    haft__identity_release(a);
    haft__identity_release(b);
    haft__identity_release(c);
    for (int i = 0; i < 3; i++) open_by("TRUE", "TRUE", 3, HAFT_OK);
    open_by("LINK", "TRUE", 3, HAFT_E_LIMIT);
    haft__identity *t = NULL;
    bool settled;
    uint32_t live;
    CHECK_EQ(reserve("TRUE", 0, false, &t, &settled, &live), HAFT_OK);
    CHECK(settled);
    for (int i = 0; i < 4; i++) haft__identity_release(t);
}

TEST(identity, a_name_that_cannot_be_told_stands_for_itself) {
    haft__identity *a = open_by("UNKNOWN", NULL, 1, HAFT_OK);
    open_by("UNKNOWN", NULL, 1, HAFT_E_LIMIT);
    haft__identity_release(a);
}

/* What a name led to is forgotten with its last handle: it may lead elsewhere the next time. */
TEST(identity, a_name_is_settled_anew) {
    haft__identity *a = open_by("SWITCH", "ONE", 1, HAFT_OK);
    open_by("SWITCH", "TWO", 1, HAFT_E_LIMIT);
    haft__identity_release(a);
    a = open_by("SWITCH", "TWO", 1, HAFT_OK);
    haft__identity *one = open_by("ONE", "ONE", 1, HAFT_OK);
    open_by("TWO", "TWO", 1, HAFT_E_LIMIT);
    haft__identity_release(a);
    haft__identity_release(one);
}

TEST(identity, a_reservation_is_given_up) {
    haft__identity *id = NULL;
    bool settled;
    uint32_t live;
    CHECK_EQ(reserve("GONE", 1, false, &id, &settled, &live), HAFT_OK);
    CHECK(!settled);
    haft__identity_unreserve(id);
    haft__identity_unreserve(NULL);
    haft__identity_release(open_by("GONE", "GONE", 1, HAFT_OK));
}

TEST(identity, the_name_and_count_of_a_live_handle) {
    haft__identity *id = open_by("a link", "TRUE NAME", 0, HAFT_OK), *second = open_by("TRUE NAME", "TRUE NAME", 0, HAFT_OK);
    haft__place place = haft__place_of(&unit_event, HAFT_CLASS_EVENT, 0x700);
    haft__birth birth = { HAFT_CLASS_EVENT, HAFT_OWNER_USER, 0, id, false };
    haft__life was;
    uint64_t tag = 0;
    char text[32] = "x", small[9];
    REQUIRE_EQ(haft__begin_life(place, &birth, &tag, &was), HAFT_OK);
    CHECK_EQ(haft__identity_name(id, place, tag, text, sizeof text), 9);
    CHECK_STR(text, "TRUE NAME");
    CHECK_EQ(haft__identity_name(id, place, tag, small, sizeof small), 0); /* no room for the terminator */
    CHECK_EQ(haft__identity_opens(id, place, tag), 2);
    CHECK(haft__end_life(place, tag, 0, &was));
    CHECK_EQ(haft__identity_name(id, place, tag, text, sizeof text), 0);
    haft__identity_release(id);
    haft__identity_release(second);
}

TEST(identity, many_names) {
    enum { MANY = 3000 };
    static haft__identity *ids[MANY];
    char name[32];
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < MANY; i++) {
            snprintf(name, sizeof name, "NAME %d", i);
            ids[i] = open_true(name, 1, HAFT_OK, 0);
        }
        for (int i = 0; i < MANY; i++) {
            snprintf(name, sizeof name, "NAME %d", i);
            open_true(name, 1, HAFT_E_LIMIT, 1);
        }
        for (int i = 0; i < MANY; i++) haft__identity_release(ids[i]);
    }
}

/* Each allocation fails in turn: nothing stays counted, and in the end it works. */
TEST(identity, inv6_no_memory_leaves_no_count) {
    haft_status status = HAFT_E_NOMEM;
    unsigned n;
    for (n = 1; status != HAFT_OK && n < 40; n++) {
        haft__identity *id = NULL;
        bool settled;
        uint32_t live;
        char name[24], true_name[24];
        snprintf(name, sizeof name, "N%u", n);
        snprintf(true_name, sizeof true_name, "T%u", n);
        unit_alloc_fail(n, true);
        status = reserve(name, 1, false, &id, &settled, &live);
        if (status == HAFT_OK) {
            haft__resolve_lock();
            status = haft__identity_settle(id, true_name, strlen(true_name), 1, &live);
            haft__resolve_unlock();
        }
        unit_alloc_end();
        if (status == HAFT_OK) haft__identity_release(id);
        else CHECK_EQ(status, HAFT_E_NOMEM);
        haft__identity_release(open_by(name, true_name, 1, HAFT_OK));
        haft__identity_release(open_true(true_name, 1, HAFT_OK, 0));
    }
    CHECK_EQ(status, HAFT_OK);
    CHECK(n > 2);
}

/* A name that is not settled yet counts for itself; a life that has ended counts one, whatever its object's count is. */
TEST(identity, the_count_before_a_name_is_settled_and_after_its_life) {
    haft__identity *id = NULL;
    haft__place place = haft__place_of(&unit_event, HAFT_CLASS_EVENT, 0x704);
    haft__life was;
    bool settled;
    uint32_t live;
    uint64_t tag = 0;
    for (int i = 0; i < 2; i++) REQUIRE_EQ(reserve("NOT YET", 0, false, &id, &settled, &live), HAFT_OK);
    haft__birth birth = { HAFT_CLASS_EVENT, HAFT_OWNER_USER, 0, id, false };
    REQUIRE_EQ(haft__begin_life(place, &birth, &tag, &was), HAFT_OK);
    CHECK_EQ(haft__identity_opens(id, place, tag), 2);
    CHECK(haft__end_life(place, tag, 0, &was));
    CHECK_EQ(haft__identity_opens(id, place, tag), 1);
    haft__identity_release(id);
    haft__identity_release(id);
    CHECK_EQ(reserve("NOT YET", 1, false, &id, &settled, &live), HAFT_OK); /* nothing is left of it */
    CHECK_EQ(live, 0);
    haft__identity_unreserve(id);
}

/* ---- names that share a hash ---- */

#define PRIME UINT64_C(0x9E3779B97F4A7C15) /* as identity.c has it: names are made here that it hashes alike */

static uint64_t start_of(uint64_t length) { return length * PRIME; }
static uint64_t mix(uint64_t h, uint64_t piece) {
    h = (h ^ piece) * PRIME;
    return h ^ h >> 32;
}

/* The piece that makes `mixed` of h. */
static uint64_t piece_between(uint64_t h, uint64_t mixed) {
    uint64_t inverse = PRIME;
    for (int i = 0; i < 6; i++) inverse *= 2 - PRIME * inverse;
    return ((mixed ^ mixed >> 32) * inverse) ^ h;
}

static haft_status count_one(uint32_t class_id, const uint64_t *pieces, size_t count, haft__identity **ret) {
    haft__claim claim = { class_id, (const char *)pieces, count * sizeof *pieces, 1, true };
    bool settled;
    uint32_t live;
    return haft__identity_reserve(&claim, ret, &settled, &live);
}

TEST(identity, names_of_one_hash_are_apart) {
    uint64_t one[] = { UINT64_C(0x4948474645444342) }, mixed = mix(start_of(8), one[0]);
    uint64_t longer[2] = { 1 }, other_text[2] = { 2 };
    longer[1] = piece_between(mix(start_of(16), longer[0]), mixed);
    other_text[1] = piece_between(mix(start_of(16), other_text[0]), mixed);
    haft__identity *ids[4] = { NULL, NULL, NULL, NULL }, *more = NULL;
    CHECK_EQ(count_one(FILE_CLASS, one, 1, &ids[0]), HAFT_OK);
    CHECK_EQ(count_one(HAFT_CLASS_EVENT, one, 1, &ids[1]), HAFT_OK);
    CHECK_EQ(count_one(FILE_CLASS, longer, 2, &ids[2]), HAFT_OK);
    CHECK_EQ(count_one(FILE_CLASS, other_text, 2, &ids[3]), HAFT_OK);
    CHECK_EQ(count_one(FILE_CLASS, one, 1, &more), HAFT_E_LIMIT); /* found among them */
    CHECK_EQ(count_one(HAFT_CLASS_EVENT, one, 1, &more), HAFT_E_LIMIT);
    CHECK_EQ(count_one(FILE_CLASS, longer, 2, &more), HAFT_E_LIMIT);
    for (int i = 0; i < 4; i++) haft__identity_release(ids[i]);
}
