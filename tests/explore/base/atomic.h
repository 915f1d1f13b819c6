/* atomic.h: the library's atomic operations as steps of the explorer: the row `explore` finds this file before src/base/atomic.h.
 *
 * Each is the real one, made when the explorer lets the thread go on. haft__count64 is left as it is: it counts findings, and
 * no order of two such counts can be told from another. */
#ifndef HAFT_TESTS_EXPLORE_ATOMIC_H
#define HAFT_TESTS_EXPLORE_ATOMIC_H

#include "../../../src/base/atomic.h"

#define EXPLORE_READ 0
#define EXPLORE_WRITE 1 /* and read */
#define EXPLORE_LOCK 2

/* The calling thread is about to do this to `where`, in the function `in`. Comes back when it is to do it. */
void explore_step(int kind, const void *where, const char *in);

static inline uint64_t explore__load64(const haft__a64 *a, const char *in) {
    explore_step(EXPLORE_READ, a, in);
    return haft__load64(a);
}
static inline uint32_t explore__load32(const haft__a32 *a, const char *in) {
    explore_step(EXPLORE_READ, a, in);
    return haft__load32(a);
}
static inline void *explore__loadptr(const haft__aptr *a, const char *in) {
    explore_step(EXPLORE_READ, a, in);
    return haft__loadptr(a);
}
static inline void explore__store64(haft__a64 *a, uint64_t v, const char *in) {
    explore_step(EXPLORE_WRITE, a, in);
    haft__store64(a, v);
}
static inline void explore__store32(haft__a32 *a, uint32_t v, const char *in) {
    explore_step(EXPLORE_WRITE, a, in);
    haft__store32(a, v);
}
static inline void explore__storeptr(haft__aptr *a, void *v, const char *in) {
    explore_step(EXPLORE_WRITE, a, in);
    haft__storeptr(a, v);
}
static inline bool explore__cas64(haft__a64 *a, uint64_t from, uint64_t to, const char *in) {
    explore_step(EXPLORE_WRITE, a, in);
    return haft__cas64(a, from, to);
}
static inline bool explore__cas32(haft__a32 *a, uint32_t from, uint32_t to, const char *in) {
    explore_step(EXPLORE_WRITE, a, in);
    return haft__cas32(a, from, to);
}
static inline bool explore__casptr(haft__aptr *a, void *from, void *to, const char *in) {
    explore_step(EXPLORE_WRITE, a, in);
    return haft__casptr(a, from, to);
}
static inline uint32_t explore__add32(haft__a32 *a, uint32_t n, const char *in) {
    explore_step(EXPLORE_WRITE, a, in);
    return haft__add32(a, n);
}

#undef haft__load64
#undef haft__load32
#undef haft__loadptr
#undef haft__store64
#undef haft__store32
#undef haft__storeptr
#undef haft__add32
#undef haft__peek64
#undef haft__peek32
#undef haft__peekptr
#undef haft__put32
#undef haft__putptr
#define haft__load64(a) explore__load64((a), __func__)
#define haft__load32(a) explore__load32((a), __func__)
#define haft__loadptr(a) explore__loadptr((a), __func__)
#define haft__store64(a, v) explore__store64((a), (v), __func__)
#define haft__store32(a, v) explore__store32((a), (v), __func__)
#define haft__storeptr(a, v) explore__storeptr((a), (v), __func__)
#define haft__cas64(a, from, to) explore__cas64((a), (from), (to), __func__)
#define haft__cas32(a, from, to) explore__cas32((a), (from), (to), __func__)
#define haft__casptr(a, from, to) explore__casptr((a), (from), (to), __func__)
#define haft__add32(a, n) explore__add32((a), (uint32_t)(n), __func__)
#define haft__peek64(a) haft__load64(a)
#define haft__peek32(a) haft__load32(a)
#define haft__peekptr(a) haft__loadptr(a)
#define haft__put32(a, v) haft__store32(a, v)
#define haft__putptr(a, v) haft__storeptr(a, v)

#endif
