/* atomic.h: the few atomic operations that the ledger needs.
 *
 * load: acquire; store: release; cas, add and sub: acquire and release; peek and put: relaxed. cas gives back whether it stored.
 */
#ifndef HAFT_SRC_ATOMIC_H
#define HAFT_SRC_ATOMIC_H

#include "base/compiler.h"

typedef struct haft__a64 { volatile uint64_t v; } haft__a64;
typedef struct haft__a32 { volatile uint32_t v; } haft__a32;
typedef struct haft__aptr { void *volatile v; } haft__aptr;

#if defined(_MSC_VER)

__int64 _InterlockedCompareExchange64(__int64 volatile *, __int64, __int64);
long _InterlockedCompareExchange(long volatile *, long, long);
long _InterlockedExchangeAdd(long volatile *, long);
void *_InterlockedCompareExchangePointer(void *volatile *, void *, void *);
#if !defined(__clang__)
#pragma intrinsic(_InterlockedCompareExchange64, _InterlockedCompareExchange, _InterlockedExchangeAdd)
#endif

static __forceinline bool haft__cas64(haft__a64 *a, uint64_t from, uint64_t to) {
    return (uint64_t)_InterlockedCompareExchange64((__int64 volatile *)&a->v, (__int64)to, (__int64)from) == from;
}
static __forceinline bool haft__cas32(haft__a32 *a, uint32_t from, uint32_t to) {
    return (uint32_t)_InterlockedCompareExchange((long volatile *)&a->v, (long)to, (long)from) == from;
}
static __forceinline bool haft__casptr(haft__aptr *a, void *from, void *to) {
    return _InterlockedCompareExchangePointer(&a->v, to, from) == from;
}
static __forceinline uint32_t haft__add32(haft__a32 *a, uint32_t n) {
    return (uint32_t)_InterlockedExchangeAdd((long volatile *)&a->v, (long)n) + n;
}
static __forceinline uint64_t haft__load64(const haft__a64 *a) {
    return (uint64_t)_InterlockedCompareExchange64((__int64 volatile *)&a->v, 0, 0);
}
static __forceinline void haft__store64(haft__a64 *a, uint64_t v) {
    uint64_t seen = a->v;
    while (!haft__cas64(a, seen, v)) seen = a->v;
}
static __forceinline uint32_t haft__load32(const haft__a32 *a) {
    return (uint32_t)_InterlockedCompareExchange((long volatile *)&a->v, 0, 0);
}
static __forceinline void *haft__loadptr(const haft__aptr *a) {
    return _InterlockedCompareExchangePointer((void *volatile *)&a->v, NULL, NULL);
}
static __forceinline void haft__store32(haft__a32 *a, uint32_t v) {
    uint32_t seen = a->v;
    while (!haft__cas32(a, seen, v)) seen = a->v;
}
static __forceinline void haft__storeptr(haft__aptr *a, void *v) {
    void *seen = a->v;
    while (!haft__casptr(a, seen, v)) seen = a->v;
}
#define haft__peek64(a) haft__load64(a)
#define haft__peek32(a) ((a)->v)
#define haft__peekptr(a) ((a)->v)
#define haft__put32(a, x) ((void)((a)->v = (x)))
#define haft__putptr(a, x) ((void)((a)->v = (x)))

#else

static inline bool haft__cas64(haft__a64 *a, uint64_t from, uint64_t to) {
    return __atomic_compare_exchange_n(&a->v, &from, to, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}
static inline bool haft__cas32(haft__a32 *a, uint32_t from, uint32_t to) {
    return __atomic_compare_exchange_n(&a->v, &from, to, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}
static inline bool haft__casptr(haft__aptr *a, void *from, void *to) {
    return __atomic_compare_exchange_n(&a->v, &from, to, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}
#define haft__add32(a, n) __atomic_add_fetch(&(a)->v, (uint32_t)(n), __ATOMIC_ACQ_REL)
#define haft__load64(a) __atomic_load_n(&(a)->v, __ATOMIC_ACQUIRE)
#define haft__load32(a) __atomic_load_n(&(a)->v, __ATOMIC_ACQUIRE)
#define haft__loadptr(a) __atomic_load_n(&(a)->v, __ATOMIC_ACQUIRE)
#define haft__store64(a, x) __atomic_store_n(&(a)->v, (x), __ATOMIC_RELEASE)
#define haft__store32(a, x) __atomic_store_n(&(a)->v, (x), __ATOMIC_RELEASE)
#define haft__storeptr(a, x) __atomic_store_n(&(a)->v, (x), __ATOMIC_RELEASE)
#define haft__peek64(a) __atomic_load_n(&(a)->v, __ATOMIC_RELAXED)
#define haft__peek32(a) __atomic_load_n(&(a)->v, __ATOMIC_RELAXED)
#define haft__peekptr(a) __atomic_load_n(&(a)->v, __ATOMIC_RELAXED)
#define haft__put32(a, x) __atomic_store_n(&(a)->v, (x), __ATOMIC_RELAXED)
#define haft__putptr(a, x) __atomic_store_n(&(a)->v, (x), __ATOMIC_RELAXED)

#endif

/* A count that saturates instead of wrapping. */
static inline void haft__count64(haft__a64 *a) {
    uint64_t seen = haft__peek64(a);
    while (seen != UINT64_MAX && !haft__cas64(a, seen, seen + 1)) seen = haft__peek64(a);
}

#endif
