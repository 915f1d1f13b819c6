/* test_scope.c: handles that close themselves, on every way out of a block. */
#include "unit.h"

#if defined(_MSC_VER)
#include <excpt.h>
#include <setjmp.h>
#include "port/nt_types.h"
#endif

#include <errno.h>

static unsigned door_closes;
static int last_door;

static bool shut_door(int n) {
    door_closes++;
    last_door = n;
    errno = 99; /* a closer that succeeds may leave its traces */
    return true;
}

HAFT_DEFINE(unit_door, int, 0, shut_door(raw))

static void enter(unit_door *d, int n) { CHECK_EQ(unit_door_adopt(d, n, HAFT_OWNER_USER), HAFT_OK); }

static void reset(void) { door_closes = 0; }
static void expect(unsigned closes) {
    CHECK_EQ(door_closes, closes);
    CHECK_EQ(haft_live(), 0);
}

/* ---- HAFT_SCOPE: everywhere ---- */

static int scope_return(int n) {
    HAFT_SCOPE(unit_door, d) {
        enter(&d, 1);
        if (n) return unit_door_raw(&d) + n;
    }
    HAFT_SCOPE_END(unit_door, d)
    return 0;
}

TEST(scope, falling_out) {
    reset();
    CHECK_EQ(scope_return(0), 0);
    expect(1);
}

TEST(scope, return_) {
    reset();
    CHECK_EQ(scope_return(41), 42); /* the value is taken before the door is shut */
    expect(1);
}

TEST(scope, break_and_continue) {
    int turns = 0;
    reset();
    for (int i = 0; i < 10; i++) {
        turns++;
        HAFT_SCOPE(unit_door, d) {
            enter(&d, i + 1);
            if (i < 3) continue;
            if (i == 5) break;
        }
        HAFT_SCOPE_END(unit_door, d)
        CHECK(i >= 3);
    }
    CHECK_EQ(turns, 6);
    expect(6);
}

TEST(scope, goto_out) {
    reset();
    HAFT_SCOPE(unit_door, d) {
        enter(&d, 1);
        if (door_closes == 0) goto out;
        CHECK(!"not reached");
    }
    HAFT_SCOPE_END(unit_door, d)
    CHECK(!"not reached");
out:
    expect(1);
}

static int nested(int way) {
    HAFT_SCOPE(unit_door, outer) {
        enter(&outer, 1);
        HAFT_SCOPE(unit_door, inner) {
            enter(&inner, 2);
            if (way == 1) return 1;
        }
        HAFT_SCOPE_END(unit_door, inner)
        CHECK_EQ(last_door, 2);
        CHECK_EQ(door_closes, 1);
        if (way == 2) return 2;
    }
    HAFT_SCOPE_END(unit_door, outer)
    return 3;
}

TEST(scope, nested_ones_close_from_within) {
    for (int way = 1; way <= 3; way++) {
        reset();
        CHECK_EQ(nested(way), way);
        CHECK_EQ(last_door, 1);
        expect(2);
    }
}

TEST(scope, two_in_a_function) {
    reset();
    HAFT_SCOPE(unit_door, d) { enter(&d, 1); }
    HAFT_SCOPE_END(unit_door, d)
    HAFT_SCOPE(unit_door, d) { enter(&d, 2); }
    HAFT_SCOPE_END(unit_door, d)
    expect(2);
}

TEST(scope, what_was_closed_or_moved_is_left_alone) {
    unit_door kept = HAFT_INIT;
    uint64_t stale = haft_found(HAFT_FINDING_STALE);
    reset();
    HAFT_SCOPE(unit_door, d) { (void)d; }
    HAFT_SCOPE_END(unit_door, d)
    expect(0);
    HAFT_SCOPE(unit_door, d) {
        enter(&d, 1);
        CHECK_EQ(unit_door_close(&d), HAFT_OK);
    }
    HAFT_SCOPE_END(unit_door, d)
    expect(1);
    HAFT_SCOPE(unit_door, d) {
        enter(&d, 2);
        kept = unit_door_move(&d);
    }
    HAFT_SCOPE_END(unit_door, d)
    CHECK_EQ(door_closes, 1);
    CHECK_EQ(unit_door_close(&kept), HAFT_OK);
    expect(2);
    HAFT_SCOPE(unit_door, d) {
        enter(&d, 3);
        CHECK_EQ(unit_door_release(&d), 3);
    }
    HAFT_SCOPE_END(unit_door, d)
    expect(2);
    CHECK_EQ(haft_found(HAFT_FINDING_STALE), stale);
}

TEST(scope, inv2_a_kernel_handle_is_forgotten_silently) {
    uint64_t found = haft_found(HAFT_FINDING_NOT_OWNER);
    unit_door again = HAFT_INIT;
    reset();
    HAFT_SCOPE(unit_door, d) { CHECK_EQ(unit_door_adopt(&d, 7, HAFT_OWNER_KERNEL), HAFT_OK); }
    HAFT_SCOPE_END(unit_door, d)
    CHECK_EQ(door_closes, 0);
    CHECK_EQ(haft_live(), 1); /* the component has it still */
    CHECK_EQ(haft_found(HAFT_FINDING_NOT_OWNER), found);
    CHECK_EQ(unit_door_adopt(&again, 7, HAFT_OWNER_KERNEL), HAFT_OK);
    CHECK_EQ(unit_door_release(&again), 7);
    expect(0);
}

/* ---- HAFT_AUTO: where the compiler has scoped cleanup ---- */

#if defined(__GNUC__) || defined(__clang__)
static int auto_return(int way) {
    HAFT_AUTO(unit_door, a);
    enter(&a, 1);
    if (way == 1) return unit_door_raw(&a);
    HAFT_AUTO(unit_door, b);
    enter(&b, 2);
    if (way == 2) return unit_door_raw(&b);
    goto out;
out:
    return 3;
}

TEST(scope, auto_on_every_way_out) {
    for (int way = 1; way <= 3; way++) {
        reset();
        CHECK_EQ(auto_return(way), way);
        expect(way == 1 ? 1 : 2);
    }
    reset();
    for (int i = 0; i < 10; i++) {
        HAFT_AUTO(unit_door, d);
        enter(&d, i + 1);
        if (i < 3) continue;
        if (i == 5) break;
    }
    expect(6);
    int turns = 0;
again:
    reset();
    {
        HAFT_AUTO(unit_door, d);
        enter(&d, 1);
        if (turns++ < 3) goto again;
    }
    expect(1);
}

static int keeps_errors(void) {
    HAFT_AUTO(unit_door, borrowed);
    HAFT_AUTO(unit_door, kernel);
    CHECK_EQ(unit_door_adopt(&kernel, 9, HAFT_OWNER_KERNEL), HAFT_OK);
    borrowed = unit_door_borrow(&kernel);
    CHECK_EQ(unit_door_release(&kernel), 9);
    CHECK_EQ(unit_door_adopt(&kernel, 9, HAFT_OWNER_KERNEL), HAFT_OK);
    unit_mark_errors();
    return 0;
}

TEST(scope, inv4_a_scopes_end_keeps_errors) {
    keeps_errors();
    CHECK(unit_errors_kept());
    unit_door again = HAFT_INIT;
    CHECK_EQ(unit_door_adopt(&again, 9, HAFT_OWNER_KERNEL), HAFT_OK);
    CHECK_EQ(unit_door_release(&again), 9);
    unit_listen();
    {
        HAFT_AUTO(unit_door, stale);
        enter(&stale, 10);
        unit_door copy = stale;
        CHECK_EQ(unit_door_close(&copy), HAFT_OK);
        unit_mark_errors();
    }
    CHECK(unit_errors_kept());
    CHECK_EQ(unit_last.times, 1); /* the finding was told, and the sink spoils errors */
    unit_deaf();
}
#endif

/* ---- what __finally alone can do ---- */

#if defined(_MSC_VER)
TEST(scope, leave) {
    reset();
    HAFT_SCOPE(unit_door, d) {
        enter(&d, 1);
        if (door_closes == 0) __leave;
        CHECK(!"not reached");
    }
    HAFT_SCOPE_END(unit_door, d)
    expect(1);
}

static jmp_buf far_away;
static void jump(void) { longjmp(far_away, 1); }

static void scope_and_jump(void) {
    HAFT_SCOPE(unit_door, d) {
        enter(&d, 1);
        jump();
    }
    HAFT_SCOPE_END(unit_door, d)
}

TEST(scope, longjmp_) {
    reset();
    if (setjmp(far_away) == 0) {
        scope_and_jump();
        CHECK(!"not reached");
    }
    expect(1);
}

static void raise_it(void) { RaiseException(0xE0001234, 0, 0, NULL); }

static void scope_and_raise(void) {
    HAFT_SCOPE(unit_door, outer) {
        enter(&outer, 1);
        HAFT_SCOPE(unit_door, inner) {
            enter(&inner, 2);
            raise_it();
        }
        HAFT_SCOPE_END(unit_door, inner)
    }
    HAFT_SCOPE_END(unit_door, outer)
}

TEST(scope, an_exception_of_a_callee) {
    bool caught = false;
    reset();
    __try {
        scope_and_raise();
    } __except (_exception_code() == 0xE0001234 ? EXCEPTION_EXECUTE_HANDLER : EXCEPTION_CONTINUE_SEARCH) {
        caught = true;
        CHECK_EQ(door_closes, 2);
    }
    CHECK(caught);
    CHECK_EQ(last_door, 1);
    expect(2);
}
#endif
