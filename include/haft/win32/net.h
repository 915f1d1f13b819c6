/* haft/win32/net.h: LAN Manager's buffers, network enumerations, look-ups, the IP helper and wireless LAN. Link netapi32
 * (net_buffer), mpr (net_enum), ws2_32 (lookup, addresses), iphlpapi (icmp, mib_table, mib_notify), wlanapi.
 *
 *     if (NetUserEnum(server, 0, 0, &users, ...)) return -1;         with ERROR_MORE_DATA users has been allocated: leaks it
 *     LocalFree(users);                                              NetApiBufferFree's
 *
 *     HAFT_AUTO(haft_net_buffer, users);
 *     NetUserEnum(server, 0, 0, (BYTE **)haft_net_buffer_out(&users), ...)      whatever it returned, what it left is freed
 *
 * Where a closer returns an error code, a close that fails sets the last error to it. lookup, addresses, mib_... are there
 * unless winsock.h of old was included (by windows.h alone) first: then no program can use them either. */
#ifndef HAFT_WIN32_NET_H
#define HAFT_WIN32_NET_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <lmcons.h>
#include <lmapibuf.h>
#include <wlanapi.h>
#if defined(_WINSOCK2API_)
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <icmpapi.h>
#if HAFT__SDK >= 0x0600
#include <netioapi.h>
#endif
#endif

HAFT_BEGIN_C

/*            name         raw type  none  or             space    closed */
HAFT__WRAPPER(net_buffer,  void *,   NULL, NULL,          POINTER, haft__win32_ok(NetApiBufferFree(raw)))
HAFT__WRAPPER(net_enum,    HANDLE,   NULL, HAFT__INVALID, OWN,     haft__win32_ok(WNetCloseEnum(raw)))
HAFT__WRAPPER(wlan,        HANDLE,   NULL, HAFT__INVALID, OWN,     haft__win32_ok(WlanCloseHandle(raw, NULL)))
HAFT__WRAPPER(wlan_memory, void *,   NULL, NULL,          POINTER, (WlanFreeMemory(raw), true))
#if defined(_WINSOCK2API_)
HAFT__WRAPPER(lookup,    HANDLE,            NULL,          NULL,          OWN,     WSALookupServiceEnd(raw) == 0)
HAFT__WRAPPER(addresses, struct addrinfo *, NULL,          NULL,          POINTER, (freeaddrinfo(raw), true))
HAFT__WRAPPER(icmp,      HANDLE,            HAFT__INVALID, NULL,          OWN,     IcmpCloseHandle(raw))
#if HAFT__SDK >= 0x0600
HAFT__WRAPPER(mib_table,  void *, NULL, NULL, POINTER, (FreeMibTable(raw), true))
#if !defined(HAFT__WINE_SDK)
HAFT__WRAPPER(mib_notify, HANDLE, NULL, NULL, OWN,     haft__win32_ok(CancelMibChangeNotify2(raw)))
#endif
#endif
#endif

HAFT_END_C
#endif

#endif
