/* haft/win32/virtualization.h: compute systems, hypervisor partitions, I/O rings. Link computecore, winhvplatform, and for rings
 * kernelbase (onecore). Wine's SDK does not have them; others have them for Windows 10 and later.
 *
 *     if (FAILED(WHvCreatePartition(&p))) return -1;
 *     if (FAILED(WHvSetupPartition(p))) return -1;         leaks p, and the machine's memory that it has pinned
 *
 *     HAFT_AUTO(haft_hv_partition, p);
 *     if (FAILED(WHvCreatePartition(haft_hv_partition_out(&p)))) return -1;
 *
 * Closers with an answer return an HRESULT; the last error is not set. */
#ifndef HAFT_WIN32_VIRTUALIZATION_H
#define HAFT_WIN32_VIRTUALIZATION_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#if !defined(HAFT__WINE_SDK) && HAFT__SDK >= 0x0A00
#include <winhvplatform.h>
#include <computecore.h>
#if NTDDI_VERSION >= 0x0A00000B
#include <ioringapi.h>
#endif
#endif

HAFT_BEGIN_C

#if !defined(HAFT__WINE_SDK) && HAFT__SDK >= 0x0A00
/*            name               raw type              none  or    space  closed */
HAFT__WRAPPER(hv_partition,      WHV_PARTITION_HANDLE, NULL, NULL, OWN,   SUCCEEDED(WHvDeletePartition(raw)))
HAFT__WRAPPER(compute_system,    HCS_SYSTEM,           NULL, NULL, OWN,   (HcsCloseComputeSystem(raw), true))
HAFT__WRAPPER(compute_process,   HCS_PROCESS,          NULL, NULL, OWN,   (HcsCloseProcess(raw), true))
HAFT__WRAPPER(compute_operation, HCS_OPERATION,        NULL, NULL, OWN,   (HcsCloseOperation(raw), true))
#if NTDDI_VERSION >= 0x0A00000B
HAFT__WRAPPER(io_ring, HIORING, NULL, NULL, OWN, SUCCEEDED(CloseIoRing(raw)))
#endif
#endif

HAFT_END_C
#endif

#endif
