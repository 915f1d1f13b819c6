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
    void *(*out)(haft_hold *);
    void (*write)(void *, uint64_t); /* as an API does, to where haft_T_out says */
    haft_status (*duplicate)(haft_hold *, const haft_hold *, bool); /* NULL: there is none */
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
    static uint32_t T##_f_opens(const haft_hold *h) { return T##_opens(AS(const T, h)); }                                    \
    static void *T##_f_out(haft_hold *h) { return T##_out(AS(T, h)); }                                                       \
    static void T##_f_write(void *to, uint64_t raw) { *(R *)to = (R)(uintptr_t)raw; }
#define COPIES(T)                                                                                                            \
    static haft_status T##_f_duplicate(haft_hold *to, const haft_hold *h, bool close_source) {                               \
        DWORD options = DUPLICATE_SAME_ACCESS | (close_source ? DUPLICATE_CLOSE_SOURCE : 0u);                                \
        return T##_duplicate(AS(T, to), AS(const T, h), 0, 0, options);                                                      \
    }
#define KIND(T, DUPLICATE) \
    { #T, T##_f_adopt, T##_f_close, T##_f_end, T##_f_raw, T##_f_owner, T##_f_valid, T##_f_release, T##_f_move, T##_f_borrow, \
      T##_f_share, T##_f_transfer, T##_f_opens, T##_f_out, T##_f_write, DUPLICATE }

FUNCTIONS(haft_handle, haft_handle_t)
FUNCTIONS(haft_event, haft_handle_t)
FUNCTIONS(haft_file, haft_handle_t)
FUNCTIONS(haft_key, haft_hkey_t)
FUNCTIONS(haft_fd, int)
FUNCTIONS(fuzz_box, unsigned)
FUNCTIONS(haft_module, haft_hmodule_t)
FUNCTIONS(haft_pipe, haft_handle_t)
FUNCTIONS(fuzz_own, HANDLE)
FUNCTIONS(haft_dir, DIR *)
COPIES(haft_handle)
COPIES(haft_event)
COPIES(haft_file)
COPIES(haft_key)
COPIES(haft_pipe)

static const kind_functions kinds[KINDS] = {
    KIND(haft_handle, haft_handle_f_duplicate),
    KIND(haft_event, haft_event_f_duplicate),
    KIND(haft_file, haft_file_f_duplicate),
    KIND(haft_key, haft_key_f_duplicate),
    KIND(haft_fd, NULL),
    KIND(fuzz_box, NULL),
    KIND(haft_module, NULL),
    KIND(haft_pipe, haft_pipe_f_duplicate),
    KIND(fuzz_own, NULL),
    KIND(haft_dir, NULL),
};

#endif
