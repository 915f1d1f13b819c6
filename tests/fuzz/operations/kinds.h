/* kinds.h: the library's functions for each kind of wrapper that is driven, in one table: the order is ref_kind's. */
#ifndef HAFT_TESTS_FUZZ_KINDS_H
#define HAFT_TESTS_FUZZ_KINDS_H

#include "system.h"

typedef struct kind_functions {
    const char *name;
    haft_status (*adopt)(haft_hold *, uint64_t, haft_owner);
    haft_status (*close)(haft_hold *);
    void (*end)(haft_hold *);
    uint64_t (*raw)(const haft_hold *);
    haft_owner (*owner)(const haft_hold *);
    bool (*valid)(const haft_hold *);
    uint64_t (*release)(haft_hold *);
    haft_hold (*move)(haft_hold *);
    haft_hold (*borrow)(const haft_hold *);
    haft_status (*share)(haft_hold *, haft_hold *);
    haft_status (*transfer)(haft_hold *, haft_owner);
    uint32_t (*opens)(const haft_hold *);
} kind_functions;

#define AS(T, h) ((T *)(h))
#define FUNCTIONS(T, R)                                                                                                      \
    static haft_status T##_f_adopt(haft_hold *h, uint64_t raw, haft_owner o) { return T##_adopt(AS(T, h), (R)(uintptr_t)raw, o); } \
    static haft_status T##_f_close(haft_hold *h) { return T##_close(AS(T, h)); }                                             \
    static void T##_f_end(haft_hold *h) { T##_end(AS(T, h)); }                                                               \
    static uint64_t T##_f_raw(const haft_hold *h) { return (uint64_t)(uintptr_t)T##_raw(AS(const T, h)); }                   \
    static haft_owner T##_f_owner(const haft_hold *h) { return T##_owner(AS(const T, h)); }                                  \
    static bool T##_f_valid(const haft_hold *h) { return T##_valid(AS(const T, h)); }                                        \
    static uint64_t T##_f_release(haft_hold *h) { return (uint64_t)(uintptr_t)T##_release(AS(T, h)); }                       \
    static haft_hold T##_f_move(haft_hold *h) { return T##_move(AS(T, h)).hold; }                                            \
    static haft_hold T##_f_borrow(const haft_hold *h) { return T##_borrow(AS(const T, h)).hold; }                            \
    static haft_status T##_f_share(haft_hold *to, haft_hold *h) { return T##_share(AS(T, to), AS(T, h)); }                   \
    static haft_status T##_f_transfer(haft_hold *h, haft_owner to) { return T##_transfer(AS(T, h), to); }                    \
    static uint32_t T##_f_opens(const haft_hold *h) { return T##_opens(AS(const T, h)); }
#define KIND(T) \
    { #T, T##_f_adopt, T##_f_close, T##_f_end, T##_f_raw, T##_f_owner, T##_f_valid, T##_f_release, T##_f_move, T##_f_borrow, \
      T##_f_share, T##_f_transfer, T##_f_opens }

FUNCTIONS(haft_handle, haft_handle_t)
FUNCTIONS(haft_event, haft_handle_t)
FUNCTIONS(haft_file, haft_handle_t)
FUNCTIONS(haft_key, haft_hkey_t)
FUNCTIONS(haft_fd, int)
FUNCTIONS(fuzz_box, unsigned)
FUNCTIONS(haft_module, haft_hmodule_t)

static const kind_functions kinds[KINDS] = {
    KIND(haft_handle), KIND(haft_event), KIND(haft_file), KIND(haft_key), KIND(haft_fd), KIND(fuzz_box), KIND(haft_module),
};

#endif
