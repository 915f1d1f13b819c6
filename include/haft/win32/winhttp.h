/* haft/win32/winhttp.h: WinHTTP sessions, connections, requests and web sockets. Link winhttp. Its SDK header and WinINet's cannot
 * be included together, so neither can this one and haft/win32/wininet.h.
 *
 *     HINTERNET s = WinHttpOpen(...), c = WinHttpConnect(s, ...), r = WinHttpOpenRequest(c, ...);
 *     if (!WinHttpSendRequest(r, ...)) return -1;      leaks all three
 *     InternetCloseHandle(r);                          the same type, the other library: fails, and leaks
 *
 *     HAFT_AUTO(haft_winhttp, s);
 *     HAFT_AUTO(haft_winhttp, c);
 *     HAFT_AUTO(haft_winhttp, r);                      scopes end in reverse, as WinHTTP wants it */
#ifndef HAFT_WIN32_WINHTTP_H
#define HAFT_WIN32_WINHTTP_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <winhttp.h>

HAFT_BEGIN_C

/*            name     raw type   none  or    space  closed */
HAFT__WRAPPER(winhttp, HINTERNET, NULL, NULL, OWN,   WinHttpCloseHandle(raw))

HAFT_END_C
#endif

#endif
