/* stress.h: many threads, few values, all operations: what test_stress.c (the model) and test_posix_stress.c (descriptors) share.
 *
 * The port in use counts: each open that the system makes is an opening with a number, and each close must be of a value that
 * is open, by a thread that stands for that very opening. So it is the system that says whether each was closed exactly once. */
#ifndef HAFT_TESTS_STRESS_H
#define HAFT_TESTS_STRESS_H

#include "unit.h"

#define STRESS_NONE UINT64_MAX
#define STRESS_OBJECTS 3

/* What is put under stress. The wrapper's functions are taken as they are: a wrapper is its hold. */
typedef struct stress_kind {
    haft_class_id class_id;
    unsigned names;                           /* to open by */
    unsigned object[STRESS_OBJECTS];          /* which object each name leads to */
    bool shims;                               /* close_raw refuses what a wrapper holds */
    haft_status (*open)(haft_hold *ret, unsigned name);
    uint64_t (*open_raw)(unsigned name);      /* as code does that knows no wrappers; STRESS_NONE: refused */
    bool (*close_raw)(uint64_t raw);
    bool (*close_system)(uint64_t raw);       /* past the shims: of what was released */
    haft_status (*adopt)(haft_hold *ret, uint64_t raw);
    haft_status (*close)(haft_hold *h);
    haft_status (*share)(haft_hold *ret, haft_hold *h);
    haft_status (*transfer)(haft_hold *h, haft_owner to);
    haft_hold (*borrow)(const haft_hold *h);
    haft_hold (*move)(haft_hold *h);
    uint64_t (*raw)(const haft_hold *h);
    uint64_t (*release)(haft_hold *h);        /* STRESS_NONE: not had */
    uint32_t (*opens)(const haft_hold *h);
} stress_kind;

#define STRESS_WRAPPER(T, R, NONE)                                                                              \
    static haft_status T##_s_adopt(haft_hold *r, uint64_t raw) {                                                \
        return T##_adopt((T *)r, (R)(uintptr_t)raw, HAFT_OWNER_USER);                                           \
    }                                                                                                           \
    static haft_status T##_s_close(haft_hold *h) { return T##_close((T *)h); }                                  \
    static haft_status T##_s_share(haft_hold *r, haft_hold *h) { return T##_share((T *)r, (T *)h); }            \
    static haft_status T##_s_transfer(haft_hold *h, haft_owner to) { return T##_transfer((T *)h, to); }         \
    STRESS_WRAPPER_LOOKS(T, R, NONE)
#define STRESS_WRAPPER_LOOKS(T, R, NONE)                                                                        \
    static uint64_t T##_s_value(R raw) { return raw == (NONE) ? STRESS_NONE : (uint64_t)(uintptr_t)raw; }       \
    static haft_hold T##_s_borrow(const haft_hold *h) { return T##_borrow((const T *)h).hold; }                 \
    static haft_hold T##_s_move(haft_hold *h) { return T##_move((T *)h).hold; }                                 \
    static uint64_t T##_s_raw(const haft_hold *h) { return T##_s_value(T##_raw((const T *)h)); }                \
    static uint64_t T##_s_release(haft_hold *h) { return T##_s_value(T##_release((T *)h)); }                    \
    static uint32_t T##_s_opens(const haft_hold *h) { return T##_opens((const T *)h); }
#define STRESS_FUNCTIONS(T)                                                                                     \
    .adopt = T##_s_adopt, .close = T##_s_close, .share = T##_s_share, .transfer = T##_s_transfer,               \
    .borrow = T##_s_borrow, .move = T##_s_move, .raw = T##_s_raw, .release = T##_s_release, .opens = T##_s_opens

/* For the port's table: around the system's own call, so that a value's next opening is not counted before this one's close. */
void stress_system_enter(void);
void stress_system_leave(void);
/* The system has given this value out, or closed it, or failed to. Within the two above. */
void stress_opened(uint64_t raw);
void stress_closed(uint64_t raw, bool succeeded);

/* Runs it, and checks. */
void stress(const stress_kind *kind);

#endif
