/* haft/win32/sdk.h: the SDK's own headers as the families of wrappers beside this file need them.
 *
 *     #include <haft/win32/gdi.h>          needs windows.h, which takes winsock.h of old along ...
 *     #include <winsock2.h>                ... so that this does not compile
 *
 * Therefore winsock2.h comes first, unless the program has made its choice already: then nothing is changed, and families that
 * need winsock2.h leave out what they could not have. Options (UNICODE, STRICT, WIN32_LEAN_AND_MEAN, _WIN32_WINNT) are the
 * program's own; classes of a newer system than _WIN32_WINNT asks for are not there.
 *
 * No family is in <haft.h>: include what you use, and link what its header names. A wrapper that is not used costs nothing and
 * links nothing. On other systems every family is empty. */
#ifndef HAFT_WIN32_SDK_H
#define HAFT_WIN32_SDK_H

#include <haft/class.h>

#if defined(HAFT_WINDOWS)
#if !defined(_WINSOCKAPI_)
#include <winsock2.h>
#endif
#include <windows.h>

/* The oldest system that the program wants to run on. Where it does not say, Wine's SDK declares everything. */
#if !defined(_WIN32_WINNT)
#define HAFT__SDK 0x0A00
#elif defined(WINVER) && WINVER < _WIN32_WINNT
#define HAFT__SDK WINVER
#else
#define HAFT__SDK _WIN32_WINNT
#endif

#define HAFT__INVALID INVALID_HANDLE_VALUE

/* Wine's headers stand in for an SDK, and lack some functions of it. */
#if defined(__WINE_WINDOWS_H)
#define HAFT__WINE_SDK 1
#endif

/* For closers that return their error: a close that fails sets the last error to it, as those of <haft/nt.h> do. */
HAFT__INLINE bool haft__win32_ok(DWORD code) {
    if (code) SetLastError(code);
    return code == 0;
}
#endif

#endif
