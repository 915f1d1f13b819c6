/* haft/win32/printing.h: printers and their notifications. Link winspool; print_tickets: prntvpt.
 *
 *     if (!OpenPrinter(name, &p, NULL)) return -1;
 *     if (!StartDocPrinter(p, 1, &doc)) return -1;      leaks p
 *     CloseHandle(p);                                   fails: a printer is no kernel handle
 *
 *     HAFT_AUTO(haft_printer, p);
 *     if (!OpenPrinter(name, haft_printer_out(&p), NULL)) return -1;
 *
 * A notification of FindFirstPrinterChangeNotification fails with INVALID_HANDLE_VALUE, an OpenPrinter with NULL: for both the
 * other value means none as well. The close of print_tickets returns an HRESULT and does not set the last error. */
#ifndef HAFT_WIN32_PRINTING_H
#define HAFT_WIN32_PRINTING_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <winspool.h>
#include <ole2.h>
#include <prntvpt.h>

HAFT_BEGIN_C

/*            name            raw type     none           or             space  closed */
HAFT__WRAPPER(printer,        HANDLE,      NULL,          HAFT__INVALID, OWN,   ClosePrinter(raw))
HAFT__WRAPPER(printer_change, HANDLE,      HAFT__INVALID, NULL,          OWN,   FindClosePrinterChangeNotification(raw))
HAFT__WRAPPER(print_tickets,  HPTPROVIDER, NULL,          NULL,          OWN,   SUCCEEDED(PTCloseProvider(raw)))

HAFT_END_C
#endif

#endif
