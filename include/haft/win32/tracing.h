/* haft/win32/tracing.h: event sources, event logs since Vista, and Event Tracing. Link advapi32; evt: wevtapi.
 *
 *     TRACEHANDLE t = OpenTrace(&log);
 *     if (!t) return -1;                           never: it fails with INVALID_PROCESSTRACE_HANDLE
 *     if (ProcessTrace(&t, 1, NULL, NULL)) return -1;       leaks t: 64 traces, and no one on the machine can trace
 *
 *     HAFT_AUTO(haft_trace, t);
 *     *haft_trace_out(&t) = OpenTrace(&log);
 *     if (!haft_trace_valid(&t)) return -1;
 *
 * The handles of Event Tracing are numbers of 64 bits, on 32-bit Windows too (where OpenTrace may fail with 0xFFFFFFFF). A close
 * during ProcessTrace is pending (ERROR_CTX_CLOSE_PENDING), and counts as one. Closers that return their error set it as the last
 * error if they fail. The logs of OpenEventLog are <haft/nt.h>'s haft_eventlog. */
#ifndef HAFT_WIN32_TRACING_H
#define HAFT_WIN32_TRACING_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <wmistr.h>
#include <evntrace.h>
#if HAFT__SDK >= 0x0600
#include <evntprov.h>
#include <winevt.h>
#endif

HAFT_BEGIN_C

HAFT__INLINE bool haft__trace_ended(ULONG code) { return haft__win32_ok(code == ERROR_CTX_CLOSE_PENDING ? 0 : code); }

/*              name            raw type     none          or            space  closed */
HAFT__WRAPPER(  event_source,   HANDLE,      NULL,         NULL,         OWN,   DeregisterEventSource(raw))
HAFT__WRAPPER64(trace,          TRACEHANDLE, ~(uint64_t)0, 0xFFFFFFFF,   OWN,   haft__trace_ended(CloseTrace(raw)))
HAFT__WRAPPER64(trace_provider, TRACEHANDLE, 0,            ~(uint64_t)0, OWN,   haft__win32_ok(UnregisterTraceGuids(raw)))
#if HAFT__SDK >= 0x0600
HAFT__WRAPPER64(event_provider, REGHANDLE,  0,    0,    OWN, haft__win32_ok(EventUnregister(raw)))
HAFT__WRAPPER(  evt,            EVT_HANDLE, NULL, NULL, OWN, EvtClose(raw))
#endif

HAFT_END_C
#endif

#endif
