/* haft/win32/wininet.h: WinINet. Link wininet. Its SDK header and that of WinHTTP cannot be included together, so neither can
 * this one and haft/win32/winhttp.h.
 *
 *     HINTERNET net = InternetOpen(...), url = InternetOpenUrl(net, ...);
 *     if (!InternetReadFile(url, ...)) { InternetCloseHandle(net); return -1; }     url is lost
 *
 *     HAFT_AUTO(haft_internet, net);
 *     HAFT_AUTO(haft_internet, url);               scopes end in reverse: url, then net
 *
 * InternetCloseHandle closes what was made of a handle too. What the session's close has closed is then closed again by its own
 * wrapper, which fails: end them in reverse, as scopes do. */
#ifndef HAFT_WIN32_WININET_H
#define HAFT_WIN32_WININET_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <wininet.h>

HAFT_BEGIN_C

/*            name              raw type   none  or    space  closed */
HAFT__WRAPPER(internet,         HINTERNET, NULL, NULL, OWN,   InternetCloseHandle(raw))
HAFT__WRAPPER(url_cache_find,   HANDLE,    NULL, NULL, OWN,   FindCloseUrlCache(raw))
HAFT__WRAPPER(url_cache_stream, HANDLE,    NULL, NULL, OWN,   UnlockUrlCacheEntryStream(raw, 0))

HAFT_END_C
#endif

#endif
