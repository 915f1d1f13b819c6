/* haft/win32/filtering.h: the Windows Filtering Platform, and file system mini-filters as a program sees them. Link fwpuclnt
 * (fwpm_engine), fltlib (filters).
 *
 *     if (FwpmEngineOpen0(NULL, RPC_C_AUTHN_WINNT, NULL, NULL, &e)) return -1;
 *     if (FwpmFilterAdd0(e, &f, NULL, &id)) return -1;       leaks e; of a dynamic session its filters stay in force
 *
 *     HAFT_AUTO(haft_fwpm_engine, e);
 *     if (FwpmEngineOpen0(NULL, RPC_C_AUTHN_WINNT, NULL, NULL, haft_fwpm_engine_out(&e))) return -1;
 *
 * An enumeration's closer wants its engine too: enumerations have no wrappers; closing the engine ends them. The port of
 * FilterConnectCommunicationPort is closed by CloseHandle: haft_handle. */
#ifndef HAFT_WIN32_FILTERING_H
#define HAFT_WIN32_FILTERING_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#if !defined(HAFT__WINE_SDK) && HAFT__SDK >= 0x0600
#include <fwpmu.h>
#include <fltuser.h>
#endif

HAFT_BEGIN_C

#if !defined(HAFT__WINE_SDK) && HAFT__SDK >= 0x0600
/*            name             raw type          none  or             space  closed */
HAFT__WRAPPER(fwpm_engine,     HANDLE,           NULL, HAFT__INVALID, OWN,   haft__win32_ok(FwpmEngineClose0(raw)))
HAFT__WRAPPER(filter,          HFILTER,          NULL, HAFT__INVALID, OWN,   SUCCEEDED(FilterClose(raw)))
HAFT__WRAPPER(filter_instance, HFILTER_INSTANCE, NULL, HAFT__INVALID, OWN,   SUCCEEDED(FilterInstanceClose(raw)))
#endif

HAFT_END_C
#endif

#endif
