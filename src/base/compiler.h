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

/* On Windows the SDK declares the shims as it does the APIs, dllimport: compilers then call them through these pointers. `bytes` is
 * what the parameters take on a 32-bit stack. */
#if defined(_WIN64)
#define HAFT__IMPORT(function, bytes) void *const __imp_##function = (void *)function;
#elif defined(HAFT_WINDOWS) && defined(_MSC_VER)
/* A name with an @ cannot be written here: the linker is told of it. */
#define HAFT__IMPORT(function, bytes)                       \
    void *const haft__imp_##function = (void *)function;    \
    __pragma(comment(linker, "/alternatename:__imp__" #function "@" HAFT__STRING(bytes) "=_haft__imp_" #function))
#elif defined(HAFT_WINDOWS)
#define HAFT__IMPORT(function, bytes)                                                                  \
    extern void *const haft__imp_##function __asm__("__imp__" #function "@" HAFT__STRING(bytes));      \
    void *const haft__imp_##function = (void *)function;
#else
#define HAFT__IMPORT(function, bytes)
#endif

/* Shims whose names the compiler gives to the program's calls (#pragma redefine_extname): symbols without any decoration, and on 32
 * bits GCC and clang differ in what they put before them. HAFT__PLAIN stands behind a declaration. */
#if defined(HAFT_WINDOWS) && defined(__GNUC__) && defined(__i386__)
#define HAFT__PLAIN(function) __asm__(#function)
#define HAFT__IMPORT_C(function)                                              \
    extern void *const haft__imp_##function __asm__("__imp__" #function);     \
    void *const haft__imp_##function = (void *)function;                      \
    extern void *const haft__imp2_##function __asm__("__imp_" #function);     \
    void *const haft__imp2_##function = (void *)function;
#define HAFT__IMPORT_PLAIN(function, bytes) HAFT__IMPORT_C(function)
#elif defined(HAFT_WINDOWS)
#define HAFT__PLAIN(function)
#define HAFT__IMPORT_PLAIN(function, bytes) HAFT__IMPORT(function, bytes)
#if defined(_WIN64)
#define HAFT__IMPORT_C(function) void *const __imp_##function = (void *)function;
#else
#define HAFT__IMPORT_C(function) void *const _imp__##function = (void *)function;
#endif
#endif

#define HAFT__STRING_(text) #text
#define HAFT__STRING(text) HAFT__STRING_(text)
#define HAFT__CONCAT_(a, b) a##b
#define HAFT__CONCAT(a, b) HAFT__CONCAT_(a, b)
#define HAFT__STATIC_ASSERT(condition, name) typedef char HAFT__CONCAT(haft__assert_##name##_, __LINE__)[(condition) ? 1 : -1]
#define HAFT__COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
