/* haft/win32/http.h: the HTTP Server API. Link httpapi.
 *
 *     if (HttpCreateServerSession(HTTPAPI_VERSION_2, &s, 0)) return -1;
 *     if (HttpCreateUrlGroup(s, &g, 0)) return -1;           leaks s: the URL stays reserved, and the next start is refused
 *
 *     HAFT_AUTO(haft_http_session, s);
 *     if (HttpCreateServerSession(HTTPAPI_VERSION_2, haft_http_session_out(&s), 0)) return -1;
 *
 * Sessions and groups are numbers of 64 bits. A queue of HttpCreateHttpHandle is closed by CloseHandle: adopt it as haft_handle. A
 * close that fails sets the last error. http.h needs winsock2.h: the classes are there unless winsock.h of old was included (by
 * windows.h alone) first. */
#ifndef HAFT_WIN32_HTTP_H
#define HAFT_WIN32_HTTP_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#if defined(_WINSOCK2API_) && HAFT__SDK >= 0x0600
#include <http.h>
#endif

HAFT_BEGIN_C

#if defined(_WINSOCK2API_) && HAFT__SDK >= 0x0600
/*              name            raw type                none  or             space   closed */
HAFT__WRAPPER(  http_queue,     HANDLE,                 NULL, HAFT__INVALID, KERNEL, haft__win32_ok(HttpCloseRequestQueue(raw)))
HAFT__WRAPPER64(http_session,   HTTP_SERVER_SESSION_ID, 0,    0,             OWN,    haft__win32_ok(HttpCloseServerSession(raw)))
HAFT__WRAPPER64(http_url_group, HTTP_URL_GROUP_ID,      0,    0,             OWN,    haft__win32_ok(HttpCloseUrlGroup(raw)))
#endif

HAFT_END_C
#endif

#endif
