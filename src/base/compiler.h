/* compiler.h: what compilers spell differently. */
#ifndef HAFT_SRC_COMPILER_H
#define HAFT_SRC_COMPILER_H

#include <haft/config.h>

#if defined(__GNUC__) || defined(__clang__)
#define HAFT__LIKELY(x) __builtin_expect(!!(x), 1)
#define HAFT__UNLIKELY(x) __builtin_expect(!!(x), 0)
#define HAFT__COLD __attribute__((cold, noinline))
/* At every open or close: kept together, each from the start of a line, for around a system call the caches are cold. */
#define HAFT__HOT __attribute__((hot, aligned(64)))
#if defined(__MINGW32__) /* PRIu64 and the checker may mean different runtimes there */
#define HAFT__PRINTF(string, first)
#else
#define HAFT__PRINTF(string, first) __attribute__((__format__(__printf__, string, first)))
#endif
/* Where the caller of the function that says this stands. */
#define HAFT__CALLER() __builtin_extract_return_addr(__builtin_return_address(0))
#else
#include <intrin.h>
#define HAFT__LIKELY(x) (x)
#define HAFT__UNLIKELY(x) (x)
#define HAFT__COLD __declspec(noinline)
#define HAFT__HOT
#define HAFT__PRINTF(string, first)
#define HAFT__CALLER() _ReturnAddress()
#endif

#if defined(_MSC_VER)
#define HAFT__THREAD_LOCAL __declspec(thread)
#else
#define HAFT__THREAD_LOCAL __thread
#endif

#define HAFT__CONCAT_(a, b) a##b
#define HAFT__CONCAT(a, b) HAFT__CONCAT_(a, b)
#define HAFT__STATIC_ASSERT(condition, name) typedef char HAFT__CONCAT(haft__assert_##name##_, __LINE__)[(condition) ? 1 : -1]
#define HAFT__COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
