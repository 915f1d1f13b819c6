/* haft/config.h: which system and compiler this is; the one public header that asks.
 *
 * HAFT_WINDOWS or HAFT_POSIX    the host system
 * HAFT_NODISCARD                the result must be used
 * HAFT_BEGIN_C / HAFT_END_C     C linkage, for C++
 */
#ifndef HAFT_CONFIG_H
#define HAFT_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define HAFT_WINDOWS 1
#else
#define HAFT_POSIX 1
#endif

#if defined(__GNUC__) || defined(__clang__)
#define HAFT_NODISCARD __attribute__((warn_unused_result))
#define HAFT__INLINE static inline __attribute__((always_inline, unused))
#elif defined(_MSC_VER)
#define HAFT_NODISCARD _Check_return_
#include <sal.h>
#define HAFT__INLINE static __forceinline
#else
#define HAFT_NODISCARD
#define HAFT__INLINE static inline
#endif

#ifdef __cplusplus
#define HAFT_BEGIN_C extern "C" {
#define HAFT_END_C }
#else
#define HAFT_BEGIN_C
#define HAFT_END_C
#endif

/* Raw types, spelled so that no header of the system is needed and its options and order stay the program's own.
 * On Windows each is the very type that <windows.h> declares (with STRICT, its default). */
#if defined(HAFT_WINDOWS)
typedef unsigned long haft_dword;
#else
typedef uint32_t haft_dword;
#endif
typedef int haft_bool32; /* BOOL */
typedef void *haft_handle_t; /* HANDLE */
typedef struct HKEY__ *haft_hkey_t; /* HKEY */
typedef struct HINSTANCE__ *haft_hmodule_t; /* HMODULE */
typedef struct SC_HANDLE__ *haft_sc_handle_t; /* SC_HANDLE */
typedef struct HRASCONN__ *haft_hrasconn_t; /* HRASCONN */
typedef uintptr_t haft_socket_t; /* SOCKET */

#endif
