/* haft/win32/performance.h: performance data (PDH). Link pdh.
 *
 *     if (PdhOpenQuery(NULL, 0, &q)) return -1;
 *     if (PdhAddCounter(q, path, 0, &c)) return -1;         leaks q
 *
 *     HAFT_AUTO(haft_pdh_query, q);
 *     if (PdhOpenQuery(NULL, 0, haft_pdh_query_out(&q))) return -1;
 *
 * Closing the query closes its counters: a counter of its own wrapper must end before, as a scope inside does. The closers
 * return their error, which is of PDH's own: the last error is not set. */
#ifndef HAFT_WIN32_PERFORMANCE_H
#define HAFT_WIN32_PERFORMANCE_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <pdh.h>

HAFT_BEGIN_C

/*            name         raw type      none  or             space  closed */
HAFT__WRAPPER(pdh_query,   PDH_HQUERY,   NULL, HAFT__INVALID, OWN,   PdhCloseQuery(raw) == 0)
HAFT__WRAPPER(pdh_counter, PDH_HCOUNTER, NULL, HAFT__INVALID, OWN,   PdhRemoveCounter(raw) == 0)
#if !defined(HAFT__WINE_SDK)
HAFT__WRAPPER(pdh_log, PDH_HLOG, NULL, HAFT__INVALID, OWN, PdhCloseLog(raw, 0) == 0)
#endif

HAFT_END_C
#endif

#endif
