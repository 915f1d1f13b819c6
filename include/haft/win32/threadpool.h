/* haft/win32/threadpool.h: the thread pool since Vista. Link kernel32, as every program does.
 *
 *     PTP_TIMER t = CreateThreadpoolTimer(tick, &state, NULL);
 *     SetThreadpoolTimer(t, &due, 100, 0);
 *     if (failed) return -1;                       leaks t, and tick goes on with a stack that is gone
 *
 *     HAFT_AUTO(haft_threadpool_timer, t);         closed; but wait before the scope ends, as for the raw value:
 *     SetThreadpoolTimer(haft_threadpool_timer_raw(&t), NULL, 0, 0);
 *     WaitForThreadpoolTimerCallbacks(haft_threadpool_timer_raw(&t), TRUE);
 *
 * The closers do not wait for callbacks that run; the WaitForThreadpool... functions do. What belongs to a cleanup group is closed
 * by CloseThreadpoolCleanupGroupMembers: release its wrapper first, or do not make one. */
#ifndef HAFT_WIN32_THREADPOOL_H
#define HAFT_WIN32_THREADPOOL_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)

HAFT_BEGIN_C

#if HAFT__SDK >= 0x0600
/*            name                raw type           none  or    space    closed */
HAFT__WRAPPER(threadpool,         PTP_POOL,          NULL, NULL, POINTER, (CloseThreadpool(raw), true))
HAFT__WRAPPER(threadpool_cleanup, PTP_CLEANUP_GROUP, NULL, NULL, POINTER, (CloseThreadpoolCleanupGroup(raw), true))
HAFT__WRAPPER(threadpool_io,      PTP_IO,            NULL, NULL, POINTER, (CloseThreadpoolIo(raw), true))
HAFT__WRAPPER(threadpool_timer,   PTP_TIMER,         NULL, NULL, POINTER, (CloseThreadpoolTimer(raw), true))
HAFT__WRAPPER(threadpool_wait,    PTP_WAIT,          NULL, NULL, POINTER, (CloseThreadpoolWait(raw), true))
HAFT__WRAPPER(threadpool_work,    PTP_WORK,          NULL, NULL, POINTER, (CloseThreadpoolWork(raw), true))
#endif

HAFT_END_C
#endif

#endif
