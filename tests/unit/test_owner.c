/* test_owner.c: the transition table of <haft/owner.h>, cell by cell: each operation on each mode. */
#include "unit.h"

#define E (&unit_event)
#define RAW 0x200
#define PREDEFINED 0x80000002u

static haft_hold adopted(uint64_t raw, haft_owner owner, haft_status expected) {
    haft_hold h = { 0, 0 };
    CHECK_EQ(haft__adopt(&h, raw, owner, E, NULL), expected);
    return h;
}

/* A wrapper of the mode; of SHARED there is one holder more in *other. */
static haft_hold of_mode(haft_owner mode, haft_hold *other) {
    haft_hold h = { 0, 0 };
    memset(other, 0, sizeof *other);
    if (mode == HAFT_OWNER_NONE) return h;
    if (mode == HAFT_OWNER_SHARED) {
        h = adopted(RAW, HAFT_OWNER_USER, HAFT_OK);
        CHECK_EQ(haft__share(other, &h, E, NULL), HAFT_OK);
    } else {
        h = adopted(mode == HAFT_OWNER_PSEUDO ? PREDEFINED : RAW, mode, HAFT_OK);
    }
    CHECK_EQ(haft__owner(&h, E), mode);
    return h;
}

typedef struct before {
    size_t live;
    uint64_t findings;
} before;

static before start(void) {
    before b = { haft_live(), haft_found(HAFT_FINDING_NOT_OWNER) };
    unit_closes_reset();
    return b;
}

/* What the operation cost: closes of the system, live handles, NOT_OWNER findings. */
static void after(before b, unsigned closes, int live, unsigned findings) {
    CHECK_EQ(unit_closes.closes, closes);
    CHECK_EQ((long long)haft_live() - (long long)b.live, live);
    CHECK_EQ(haft_found(HAFT_FINDING_NOT_OWNER) - b.findings, findings);
}

/* Takes the KERNEL life that was forgotten out of the ledger again. */
static void disown_kernel(void) {
    haft_hold h = adopted(RAW, HAFT_OWNER_KERNEL, HAFT_OK);
    CHECK_EQ(haft__release(&h, E, NULL), RAW);
}

TEST(owner, adopt) {
    before b = start();
    haft_hold u = adopted(RAW, HAFT_OWNER_USER, HAFT_OK);
    after(b, 0, 1, 0);
    adopted(RAW, HAFT_OWNER_USER, HAFT_E_TRACKED);
    adopted(RAW, HAFT_OWNER_KERNEL, HAFT_E_TRACKED);
    CHECK_EQ(haft__close(&u, E, NULL), HAFT_OK);
    adopted(RAW, HAFT_OWNER_SHARED, HAFT_E_INVALID);
    adopted(RAW, HAFT_OWNER_NONE, HAFT_E_INVALID);
    adopted(RAW, (haft_owner)6, HAFT_E_INVALID);
    adopted(RAW, (haft_owner)99, HAFT_E_INVALID);
    adopted(RAW, (haft_owner)-1, HAFT_E_INVALID);
    adopted(0, HAFT_OWNER_USER, HAFT_E_INVALID);
    adopted(UINTPTR_MAX, HAFT_OWNER_KERNEL, HAFT_E_INVALID);
    after(b, 1, 0, 0);
    haft_hold k = adopted(RAW, HAFT_OWNER_KERNEL, HAFT_OK);
    after(b, 1, 1, 0);
    CHECK_EQ(haft__release(&k, E, NULL), RAW);
    adopted(RAW, HAFT_OWNER_BORROWED, HAFT_OK);
    adopted(RAW, HAFT_OWNER_PSEUDO, HAFT_OK);
    after(b, 1, 0, 0);
}

TEST(owner, what_is_predefined_is_pseudo_whatever_is_said) {
    before b = start();
    static const int said[] = { HAFT_OWNER_USER, HAFT_OWNER_BORROWED, HAFT_OWNER_KERNEL, HAFT_OWNER_PSEUDO, HAFT_OWNER_NONE, 99,
                                -1 };
    for (size_t i = 0; i < HAFT__COUNT(said); i++) {
        haft_hold h = adopted(PREDEFINED, (haft_owner)said[i], HAFT_OK);
        CHECK_EQ(haft__owner(&h, E), HAFT_OWNER_PSEUDO);
        CHECK_EQ(haft__raw(&h, E, NULL), PREDEFINED);
        CHECK_EQ(haft__close(&h, E, NULL), HAFT_OK);
    }
    after(b, 0, 0, 0);
}

TEST(owner, inv2_close) {
    static const struct { haft_owner mode; haft_status status; unsigned closes; int left; unsigned findings; } cells[] = {
        { HAFT_OWNER_NONE, HAFT_OK, 0, 0, 0 },
        { HAFT_OWNER_USER, HAFT_OK, 1, 0, 0 },
        { HAFT_OWNER_SHARED, HAFT_OK, 0, 1, 0 },
        { HAFT_OWNER_BORROWED, HAFT_OK, 0, 0, 0 },
        { HAFT_OWNER_KERNEL, HAFT_E_NOT_OWNER, 0, 1, 1 },
        { HAFT_OWNER_PSEUDO, HAFT_OK, 0, 0, 0 },
    };
    for (size_t i = 0; i < HAFT__COUNT(cells); i++) {
        haft_hold other, copy;
        before b = start();
        haft_hold h = of_mode(cells[i].mode, &other);
        copy = h;
        CHECK_EQ(haft__close(&h, E, NULL), cells[i].status);
        after(b, cells[i].closes, cells[i].left, cells[i].findings);
        if (cells[i].mode == HAFT_OWNER_KERNEL) {
            CHECK(memcmp(&h, &copy, sizeof h) == 0); /* it stays as it is */
            CHECK_EQ(haft__release(&h, E, NULL), RAW);
        }
        CHECK_EQ(h.tag, 0);
        CHECK_EQ(haft__close(&other, E, NULL), HAFT_OK); /* the last holder closes */
        after(b, cells[i].closes + (cells[i].mode == HAFT_OWNER_SHARED), 0, cells[i].findings);
    }
}

TEST(owner, inv2_scope_end) {
    for (int mode = HAFT_OWNER_NONE; mode <= HAFT_OWNER_PSEUDO; mode++) {
        haft_hold other;
        before b = start();
        haft_hold h = of_mode((haft_owner)mode, &other);
        haft__end(&h, E, NULL);
        CHECK_EQ(h.tag, 0);
        after(b, mode == HAFT_OWNER_USER, mode == HAFT_OWNER_SHARED || mode == HAFT_OWNER_KERNEL, 0);
        haft__end(&other, E, NULL);
        if (mode == HAFT_OWNER_KERNEL) disown_kernel();
        after(b, mode == HAFT_OWNER_USER || mode == HAFT_OWNER_SHARED, 0, 0);
    }
}

TEST(owner, borrow) {
    for (int mode = HAFT_OWNER_NONE; mode <= HAFT_OWNER_PSEUDO; mode++) {
        haft_hold other;
        before b = start();
        haft_hold h = of_mode((haft_owner)mode, &other), seen = haft__borrow(&h, E, NULL);
        haft_owner expected = mode == HAFT_OWNER_NONE || mode == HAFT_OWNER_PSEUDO ? (haft_owner)mode : HAFT_OWNER_BORROWED;
        CHECK_EQ(haft__owner(&seen, E), expected);
        CHECK_EQ(haft__raw(&seen, E, NULL), mode == HAFT_OWNER_NONE ? 0 : mode == HAFT_OWNER_PSEUDO ? PREDEFINED : RAW);
        CHECK_EQ(haft__close(&seen, E, NULL), HAFT_OK);
        CHECK_EQ(unit_closes.closes, 0);
        CHECK_EQ(haft__owner(&h, E), mode);
        seen = haft__borrow(&h, E, NULL);
        haft__end(&h, E, NULL);
        haft__end(&other, E, NULL);
        if (mode == HAFT_OWNER_USER || mode == HAFT_OWNER_SHARED) CHECK(!haft__valid(&seen, E)); /* its owner has closed */
        if (mode == HAFT_OWNER_KERNEL) disown_kernel();
        after(b, mode == HAFT_OWNER_USER || mode == HAFT_OWNER_SHARED, 0, 0);
    }
}

TEST(owner, a_loan_outlives_a_change_of_owner) {
    haft_hold h = adopted(RAW, HAFT_OWNER_USER, HAFT_OK), seen = haft__borrow(&h, E, NULL), other = { 0, 0 };
    CHECK_EQ(haft__share(&other, &h, E, NULL), HAFT_OK);
    CHECK(haft__valid(&seen, E));
    haft__end(&other, E, NULL);
    CHECK_EQ(haft__transfer(&h, HAFT_OWNER_KERNEL, E, NULL), HAFT_OK);
    CHECK(haft__valid(&seen, E));
    CHECK_EQ(haft__transfer(&h, HAFT_OWNER_USER, E, NULL), HAFT_OK);
    haft__end(&h, E, NULL);
    CHECK(!haft__valid(&seen, E));
}

/* A handle that was shared, left by all but one, given to a component and taken back. */
static void share_and_take_back(haft_hold *h) {
    haft_hold other = { 0, 0 };
    CHECK_EQ(haft__share(&other, h, E, NULL), HAFT_OK);
    haft__end(&other, E, NULL);
    CHECK_EQ(haft__transfer(h, HAFT_OWNER_KERNEL, E, NULL), HAFT_OK);
    CHECK_EQ(haft__transfer(h, HAFT_OWNER_USER, E, NULL), HAFT_OK);
}

TEST(owner, inv1_copies_from_before_it_was_shared_stay_stale) {
    before b = start();
    haft_hold h = adopted(RAW, HAFT_OWNER_USER, HAFT_OK), user = h, kernel, more = { 0, 0 };
    share_and_take_back(&h);
    CHECK(!haft__valid(&user, E));
    CHECK_EQ(haft__share(&more, &user, E, NULL), HAFT_E_STALE);
    CHECK_EQ(haft__close(&user, E, NULL), HAFT_E_STALE);
    CHECK_EQ(haft__transfer(&h, HAFT_OWNER_KERNEL, E, NULL), HAFT_OK);
    kernel = h;
    CHECK_EQ(haft__transfer(&h, HAFT_OWNER_USER, E, NULL), HAFT_OK);
    user = h;
    share_and_take_back(&h);
    CHECK_EQ(haft__transfer(&h, HAFT_OWNER_KERNEL, E, NULL), HAFT_OK);
    CHECK_EQ(haft__release(&kernel, E, NULL), 0);
    CHECK_EQ(haft__transfer(&h, HAFT_OWNER_USER, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&user, E, NULL), HAFT_E_STALE);
    after(b, 0, 1, 0);
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_OK);
    after(b, 1, 0, 0);
}

/* The tag has room for so many returns; with the next one loans end, and the copies of former owners do not come back. */
TEST(owner, a_loan_outlives_fifteen_returns_from_sharing) {
    haft_hold h = adopted(RAW, HAFT_OWNER_USER, HAFT_OK), seen = haft__borrow(&h, E, NULL), user = h;
    for (int i = 0; i < 15; i++) {
        share_and_take_back(&h);
        CHECK(haft__valid(&seen, E) && !haft__valid(&user, E));
    }
    share_and_take_back(&h);
    CHECK(!haft__valid(&seen, E) && !haft__valid(&user, E) && haft__valid(&h, E));
    seen = haft__borrow(&h, E, NULL);
    share_and_take_back(&h);
    CHECK(haft__valid(&seen, E));
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_OK);
}

TEST(owner, share) {
    static const struct { haft_owner mode; haft_status status; haft_owner becomes; unsigned findings; } cells[] = {
        { HAFT_OWNER_NONE, HAFT_E_INVALID, HAFT_OWNER_NONE, 0 },
        { HAFT_OWNER_USER, HAFT_OK, HAFT_OWNER_SHARED, 0 },
        { HAFT_OWNER_SHARED, HAFT_OK, HAFT_OWNER_SHARED, 0 },
        { HAFT_OWNER_BORROWED, HAFT_E_NOT_OWNER, HAFT_OWNER_BORROWED, 1 },
        { HAFT_OWNER_KERNEL, HAFT_E_NOT_OWNER, HAFT_OWNER_KERNEL, 1 },
        { HAFT_OWNER_PSEUDO, HAFT_OK, HAFT_OWNER_PSEUDO, 0 },
    };
    for (size_t i = 0; i < HAFT__COUNT(cells); i++) {
        haft_hold other, more = { 0, 0 };
        before b = start();
        haft_hold h = of_mode(cells[i].mode, &other);
        CHECK_EQ(haft__share(&more, &h, E, NULL), cells[i].status);
        CHECK_EQ(haft__owner(&h, E), cells[i].becomes);
        CHECK_EQ(haft__owner(&more, E), cells[i].status == HAFT_OK ? cells[i].becomes : HAFT_OWNER_NONE);
        haft__end(&h, E, NULL);
        haft__end(&other, E, NULL);
        CHECK_EQ(unit_closes.closes, 0);
        haft__end(&more, E, NULL);
        if (cells[i].mode == HAFT_OWNER_KERNEL) disown_kernel();
        after(b, cells[i].becomes == HAFT_OWNER_SHARED, 0, cells[i].findings);
    }
}

TEST(owner, release) {
    for (int mode = HAFT_OWNER_NONE; mode <= HAFT_OWNER_PSEUDO; mode++) {
        haft_hold other;
        before b = start();
        haft_hold h = of_mode((haft_owner)mode, &other);
        uint64_t expected = mode == HAFT_OWNER_NONE ? 0 : mode == HAFT_OWNER_PSEUDO ? PREDEFINED : RAW;
        if (mode == HAFT_OWNER_SHARED) {
            CHECK_EQ(haft__release(&h, E, NULL), 0); /* there is another holder */
            CHECK_EQ(haft__owner(&h, E), HAFT_OWNER_SHARED);
            CHECK_EQ(haft__close(&other, E, NULL), HAFT_OK);
        }
        CHECK_EQ(haft__release(&h, E, NULL), expected);
        CHECK_EQ(h.tag, 0);
        after(b, 0, 0, mode == HAFT_OWNER_SHARED);
    }
}

static void transfers(haft_owner mode, haft_owner to, haft_status expected, haft_owner becomes, unsigned findings) {
    haft_hold other;
    before b = start();
    haft_hold h = of_mode(mode, &other);
    CHECK_EQ(haft__transfer(&h, to, E, NULL), expected);
    CHECK_EQ(haft__owner(&h, E), becomes);
    haft__end(&h, E, NULL);
    haft__end(&other, E, NULL);
    if (becomes == HAFT_OWNER_KERNEL) disown_kernel();
    after(b, becomes == HAFT_OWNER_USER || becomes == HAFT_OWNER_SHARED, 0, findings);
}

TEST(owner, transfer) {
    transfers(HAFT_OWNER_NONE, HAFT_OWNER_KERNEL, HAFT_E_INVALID, HAFT_OWNER_NONE, 0);
    transfers(HAFT_OWNER_USER, HAFT_OWNER_KERNEL, HAFT_OK, HAFT_OWNER_KERNEL, 0);
    transfers(HAFT_OWNER_USER, HAFT_OWNER_USER, HAFT_E_INVALID, HAFT_OWNER_USER, 0);
    transfers(HAFT_OWNER_SHARED, HAFT_OWNER_KERNEL, HAFT_E_NOT_OWNER, HAFT_OWNER_SHARED, 1); /* there is another holder */
    transfers(HAFT_OWNER_SHARED, HAFT_OWNER_USER, HAFT_E_INVALID, HAFT_OWNER_SHARED, 0);
    transfers(HAFT_OWNER_BORROWED, HAFT_OWNER_KERNEL, HAFT_E_NOT_OWNER, HAFT_OWNER_BORROWED, 1);
    transfers(HAFT_OWNER_KERNEL, HAFT_OWNER_USER, HAFT_OK, HAFT_OWNER_USER, 0);
    transfers(HAFT_OWNER_KERNEL, HAFT_OWNER_KERNEL, HAFT_E_INVALID, HAFT_OWNER_KERNEL, 0);
    transfers(HAFT_OWNER_PSEUDO, HAFT_OWNER_KERNEL, HAFT_E_NOT_OWNER, HAFT_OWNER_PSEUDO, 1);
    transfers(HAFT_OWNER_USER, HAFT_OWNER_SHARED, HAFT_E_INVALID, HAFT_OWNER_USER, 0);
    transfers(HAFT_OWNER_USER, (haft_owner)77, HAFT_E_INVALID, HAFT_OWNER_USER, 0);
}

TEST(owner, the_last_shared_holder_may_transfer) {
    haft_hold other;
    before b = start();
    haft_hold h = of_mode(HAFT_OWNER_SHARED, &other);
    haft__end(&other, E, NULL);
    CHECK_EQ(haft__transfer(&h, HAFT_OWNER_KERNEL, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_E_NOT_OWNER);
    after(b, 0, 1, 1);
    CHECK_EQ(haft__transfer(&h, HAFT_OWNER_USER, E, NULL), HAFT_OK);
    CHECK_EQ(haft__close(&h, E, NULL), HAFT_OK);
    after(b, 1, 0, 1);
}

TEST(owner, move) {
    for (int mode = HAFT_OWNER_NONE; mode <= HAFT_OWNER_PSEUDO; mode++) {
        haft_hold other;
        before b = start();
        haft_hold h = of_mode((haft_owner)mode, &other), to = haft__move(&h);
        CHECK(h.raw == 0 && h.tag == 0);
        CHECK_EQ(haft__owner(&to, E), mode);
        CHECK_EQ(haft__close(&h, E, NULL), HAFT_OK);
        haft__end(&to, E, NULL);
        haft__end(&other, E, NULL);
        if (mode == HAFT_OWNER_KERNEL) disown_kernel();
        after(b, mode == HAFT_OWNER_USER || mode == HAFT_OWNER_SHARED, 0, 0);
    }
}

TEST(owner, a_stale_kernel_handle_is_stale) {
    haft_hold k = adopted(RAW, HAFT_OWNER_KERNEL, HAFT_OK), copy = k;
    CHECK_EQ(haft__release(&k, E, NULL), RAW);
    unit_closes_reset();
    CHECK_EQ(haft__close(&copy, E, NULL), HAFT_E_STALE);
    CHECK_EQ(copy.tag, 0);
    CHECK_EQ(unit_closes.closes, 0);
}

TEST(owner, names) {
    CHECK_STR(haft_owner_name(HAFT_OWNER_NONE), "NONE");
    CHECK_STR(haft_owner_name(HAFT_OWNER_USER), "USER");
    CHECK_STR(haft_owner_name(HAFT_OWNER_SHARED), "SHARED");
    CHECK_STR(haft_owner_name(HAFT_OWNER_BORROWED), "BORROWED");
    CHECK_STR(haft_owner_name(HAFT_OWNER_KERNEL), "KERNEL");
    CHECK_STR(haft_owner_name(HAFT_OWNER_PSEUDO), "PSEUDO");
    CHECK_STR(haft_owner_name((haft_owner)6), "?");
    CHECK_STR(haft_owner_name((haft_owner)-1), "?");
}
