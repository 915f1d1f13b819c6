/* haft/scope.h: handles that close themselves.
 *
 *     HKEY k; HANDLE f;                                       HAFT_AUTO(haft_key, k);
 *     if (RegOpenKeyEx(..., &k)) return -1;                   HAFT_AUTO(haft_file, f);
 *     f = CreateFile(...);                                    if (haft_key_open_a(&k, ...)) return -1;
 *     if (f == INVALID_HANDLE_VALUE) return -1;  k leaks      if (haft_file_create_a(&f, ...)) return -1;
 *     ...                                                     ...                           both close, whichever way out
 *
 * What runs them: leaving the block by its end, return, break, continue or goto; with __try/__finally also __leave,
 * exceptions and longjmp. What does not: longjmp with GNU cleanup, ExitThread, TerminateThread, exit, abort.
 * A KERNEL handle is forgotten, not closed. errno and GetLastError() are what the system's own close left: as they were, where it
 * succeeds.
 */
#ifndef HAFT_SCOPE_H
#define HAFT_SCOPE_H

#include <haft/config.h>

/* HAFT_AUTO(haft_T, name);  declares an empty wrapper that ends with the block it stands in. A compile error where the compiler
 * has no scoped cleanup; HAFT_SCOPE serves there. */
#if defined(__GNUC__) || defined(__clang__)
#define HAFT_AUTO(T, name) T name __attribute__((cleanup(T##_end))) = HAFT_INIT
#elif defined(__STDC_DEFER_TS25755__)
#include <stddefer.h>
#define HAFT_AUTO(T, name) \
    T name = HAFT_INIT;    \
    defer T##_end(&name)
#else
#define HAFT_AUTO(T, name) haft__HAFT_AUTO_needs_a_compiler_with_scoped_cleanup__use_HAFT_SCOPE name[-1]
#endif

/* HAFT_SCOPE(haft_T, name) { ... } HAFT_SCOPE_END(haft_T, name)  is the same for one block. break and continue in it belong to
 * the loop around it. */
#if defined(_MSC_VER)
#define HAFT_SCOPE(T, name)  \
    {                        \
        T name = HAFT_INIT;  \
        __try
#define HAFT_SCOPE_END(T, name) \
    __finally {                 \
        T##_end(&name);         \
    }                           \
    }
#elif defined(__GNUC__) || defined(__clang__) || defined(__STDC_DEFER_TS25755__)
#define HAFT_SCOPE(T, name) \
    {                       \
        HAFT_AUTO(T, name);
#define HAFT_SCOPE_END(T, name) }
#else
#define HAFT_SCOPE(T, name) HAFT_AUTO(T, name);
#define HAFT_SCOPE_END(T, name)
#endif

#endif
