/* haft/win32/wts.h: Remote Desktop Services. Link wtsapi32.
 *
 *     HANDLE s = WTSOpenServer(name);
 *     if (!WTSEnumerateSessions(s, 0, 1, &info, &n)) return -1;      leaks s
 *     LocalFree(info);                                               WTSFreeMemory's
 *
 *     HAFT_AUTO(haft_wts_server, s);
 *     HAFT_AUTO(haft_wts_memory, info);
 *
 * WTS_CURRENT_SERVER_HANDLE is NULL: none, and need not be closed. The user's token of WTSQueryUserToken is a haft_token. */
#ifndef HAFT_WIN32_WTS_H
#define HAFT_WIN32_WTS_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <wtsapi32.h>

HAFT_BEGIN_C

/*            name        raw type  none                       or             space    closed */
HAFT__WRAPPER(wts_server, HANDLE,   WTS_CURRENT_SERVER_HANDLE, HAFT__INVALID, OWN,     (WTSCloseServer(raw), true))
HAFT__WRAPPER(wts_memory, void *,   NULL,                      NULL,          POINTER, (WTSFreeMemory(raw), true))
#if !defined(HAFT__WINE_SDK)
HAFT__WRAPPER(wts_channel, HANDLE, NULL, HAFT__INVALID, OWN, WTSVirtualChannelClose(raw))
#endif

HAFT_END_C
#endif

#endif
