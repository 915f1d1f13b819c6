/* dropin.c: what programs do with the names of APIs, written for whichever of them the headers declare: NAMES(X) has those, made by
 * dropin.lua. Compiled as C and as C++, raw and with <haft/shim.h> forced in. */
#if defined(SOCKETS_FIRST)
#include <winsock2.h>
#include <windows.h>
#elif defined(SOCKETS_LAST) /* one of the two ways in which windows.h leaves the old winsock.h out */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <winsock2.h>
#else
#include <windows.h>
#endif
#if defined(WIN32_NO_STATUS)
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#endif
#if !defined(FEW_HEADERS)
#include <fcntl.h>
#include <io.h>
#include <process.h>
#include <stdio.h>
#include <sys/stat.h>

#include <aclapi.h>
#include <ntsecapi.h>
#include <ras.h>
#include <sddl.h>
#include <tlhelp32.h>
#include <wincrypt.h>
#include <winsafer.h>
#include <winspool.h>
#include <wtsapi32.h>
#endif
#if defined(__cplusplus) && !defined(NO_LIBRARY)
#include <cstdio>
#include <fstream>
#include <iostream>
#endif

#if defined(__cplusplus)
extern "C" {
#endif

/* Declared once more, as programs do that know better. */
WINBASEAPI BOOL WINAPI CloseHandle(HANDLE handle);
WINADVAPI LONG WINAPI RegCloseKey(HKEY key);

typedef void (*any)(void);
#if defined(_MSC_VER) /* there an imported address is no constant, with shims or without */
#define CONSTANT
#else
#define CONSTANT static const
#endif
int addresses(any *ret);
int addresses(any *ret) {
    CONSTANT struct {
        const char *name;
        any function;
    } table[] = {
#define X(name) { #name, (any)name },
        NAMES(X)
#undef X
    };
    unsigned i;
    for (i = 0; i < sizeof table / sizeof *table; i++) ret[i] = table[i].function;
    return (int)i;
}

struct members {
#define X(name) int (*name)(int name);
    NAMES(X)
#undef X
};

int members_and_locals(const struct members *m);
int members_and_locals(const struct members *m) {
    int sum = 0;
#define X(name)                  \
    {                            \
        int name = 1;            \
        sum += name;             \
        sum += m->name(name);    \
        sum += (*m).name(sum);   \
    }
    NAMES(X)
#undef X
    return sum;
}

typedef BOOL(WINAPI *closer)(HANDLE);
static BOOL with_callback(closer close_it, HANDLE handle) { return close_it(handle); }

int calls(HANDLE handle);
int calls(HANDLE handle) {
    closer c = &CloseHandle;
    BOOL ok = (CloseHandle)(handle) && c(handle) && with_callback(CloseHandle, handle) && c == CloseHandle;
#if !defined(FEW_HEADERS)
    FILE *f = (fopen)("x", "r");
    if (f) (fclose)(f);
#endif
    return ok && CreateEvent(NULL, TRUE, FALSE, NULL) == CreateEvent(NULL, TRUE, FALSE, TEXT("x"));
}

#if defined(__cplusplus)
}

/* Methods, and functions in a namespace of the program's own. */
struct methods {
#define X(name) int name(int by) { return by + 1; }
    NAMES(X)
#undef X
};
namespace own {
#define X(name) inline int name(int by) { return by + 1; }
NAMES(X)
#undef X
}
int cplusplus(methods &m);
int cplusplus(methods &m) {
    int sum = 0;
#define X(name) sum += m.name(sum) + own::name(sum);
    NAMES(X)
#undef X
#if !defined(NO_LIBRARY)
    std::ifstream in("x");
    in.close();
    std::FILE *f = std::fopen("x", "r");
    if (f) std::fclose(f);
    f = ::fopen("x", "r");
    if (f) ::fclose(f);
#endif
    return sum + ::CloseHandle(0);
}
#endif
