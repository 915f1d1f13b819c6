/* services.c: shims of services, event sources, traces, printers and terminal servers. */
#include "shim/win32/late_row.h"

#include <winspool.h>
#include <wtsapi32.h>

HAFT__SHIM_CLASS(event_source, OWN, NULL, NULL)
HAFT__SHIM_CLASS(service_lock, OWN, NULL, NULL)
HAFT__SHIM_CLASS(printer, OWN, NULL, INVALID_HANDLE_VALUE)
HAFT__SHIM_CLASS(printer_change, OWN, INVALID_HANDLE_VALUE, NULL)
HAFT__SHIM_CLASS(wts_server, OWN, NULL, INVALID_HANDLE_VALUE)
HAFT__SHIM_CLASS(wts_channel, OWN, NULL, INVALID_HANDLE_VALUE)

#define LIBRARY "advapi32"

#define SERVICES(X) \
    X(SC_HANDLE, CreateServiceA, 13, (SC_HANDLE, LPCSTR, LPCSTR, DWORD, DWORD, DWORD, DWORD, LPCSTR, LPCSTR, LPDWORD, LPCSTR, \
                                      LPCSTR, LPCSTR), OPENS, service, _, OR_NULL) \
    X(SC_HANDLE, CreateServiceW, 13, (SC_HANDLE, LPCWSTR, LPCWSTR, DWORD, DWORD, DWORD, DWORD, LPCWSTR, LPCWSTR, LPDWORD, LPCWSTR, \
                                      LPCWSTR, LPCWSTR), OPENS, service, _, OR_NULL) \
    X(SC_LOCK, LockServiceDatabase, 1, (SC_HANDLE), OPENS, service_lock, _, OR_NULL) \
    X(BOOL, UnlockServiceDatabase, 1, (SC_LOCK), CLOSES, service_lock, a, IF_TRUE) \
    X(HANDLE, OpenBackupEventLogA, 2, (LPCSTR, LPCSTR), OPENS, eventlog, _, OR_NULL) \
    X(HANDLE, OpenBackupEventLogW, 2, (LPCWSTR, LPCWSTR), OPENS, eventlog, _, OR_NULL) \
    X(HANDLE, RegisterEventSourceA, 2, (LPCSTR, LPCSTR), OPENS, event_source, _, OR_NULL) \
    X(HANDLE, RegisterEventSourceW, 2, (LPCWSTR, LPCWSTR), OPENS, event_source, _, OR_NULL) \
    X(BOOL, DeregisterEventSource, 1, (HANDLE), CLOSES, event_source, a, IF_TRUE)
SERVICES(HAFT__LATE_SHIM)

#undef LIBRARY
#define LIBRARY "winspool.drv"

#define PRINTERS(X) \
    X(BOOL, OpenPrinterA, 3, (LPSTR, LPHANDLE, LPPRINTER_DEFAULTSA), FILLS, printer, b, IF_TRUE) \
    X(BOOL, OpenPrinterW, 3, (LPWSTR, LPHANDLE, LPPRINTER_DEFAULTSW), FILLS, printer, b, IF_TRUE) \
    X(HANDLE, AddPrinterA, 3, (LPSTR, DWORD, LPBYTE), OPENS, printer, _, OR_NULL) \
    X(HANDLE, AddPrinterW, 3, (LPWSTR, DWORD, LPBYTE), OPENS, printer, _, OR_NULL) \
    X(HANDLE, ConnectToPrinterDlg, 2, (HWND, DWORD), OPENS, printer, _, OR_NULL) \
    X(BOOL, ClosePrinter, 1, (HANDLE), CLOSES, printer, a, IF_TRUE) \
    X(HANDLE, FindFirstPrinterChangeNotification, 4, (HANDLE, DWORD, DWORD, PVOID), OPENS, printer_change, _, OR_INVALID) \
    X(BOOL, FindClosePrinterChangeNotification, 1, (HANDLE), CLOSES, printer_change, a, IF_TRUE)
PRINTERS(HAFT__LATE_SHIM)

#undef LIBRARY
#define LIBRARY "wtsapi32"

#define SERVERS(X) \
    X(HANDLE, WTSOpenServerA, 1, (LPSTR), OPENS, wts_server, _, OR_NULL) \
    X(HANDLE, WTSOpenServerW, 1, (LPWSTR), OPENS, wts_server, _, OR_NULL) \
    X(VOID, WTSCloseServer, 1, (HANDLE), CLOSES_VOID, wts_server, a, _) \
    X(HANDLE, WTSVirtualChannelOpen, 3, (HANDLE, DWORD, LPSTR), OPENS, wts_channel, _, OR_NULL) \
    X(HANDLE, WTSVirtualChannelOpenEx, 3, (DWORD, LPSTR, DWORD), OPENS, wts_channel, _, OR_NULL) \
    X(BOOL, WTSVirtualChannelClose, 1, (HANDLE), CLOSES, wts_channel, a, IF_TRUE) \
    X(BOOL, WTSQueryUserToken, 2, (ULONG, PHANDLE), FILLS, token, b, IF_TRUE)
SERVERS(HAFT__LATE_SHIM)
