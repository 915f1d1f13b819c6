/* haft/win32/kernel.h: what kernel32 hands out with closers of their own. Link kernel32, as every program does.
 *
 *     HANDLE q = CreateTimerQueue();                 a callback of the queue reads `state`, which is on this stack
 *     if (failed) { CloseHandle(q); return -1; }     not what closes a timer queue; its callbacks go on, on a stack that is gone
 *
 *     HAFT_AUTO(haft_timer_queue, q);                the end of the scope waits for the callbacks that run
 *     *haft_timer_queue_out(&q) = CreateTimerQueue();
 *     if (!haft_timer_queue_valid(&q)) return -1;
 *
 * timer_queue, queue_timer and wait: the close waits for callbacks, so it must not be made in one of them; release there, and
 * end it with NULL in place of INVALID_HANDLE_VALUE. queue_timer is for the timers of the default queue; those of a queue of
 * your own end with it. update: the close discards; to write, EndUpdateResource(haft_update_release(&u), FALSE). namespace: the
 * close does not destroy it. attribute_list: the close ends the list; its memory stays yours. */
#ifndef HAFT_WIN32_KERNEL_H
#define HAFT_WIN32_KERNEL_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)

HAFT_BEGIN_C

/*            name               raw type  none           or    space    closed */
HAFT__WRAPPER(timer_queue,       HANDLE,   NULL,          NULL, OWN,     DeleteTimerQueueEx(raw, HAFT__INVALID))
HAFT__WRAPPER(queue_timer,       HANDLE,   NULL,          NULL, OWN,     DeleteTimerQueueTimer(NULL, raw, HAFT__INVALID))
HAFT__WRAPPER(wait,              HANDLE,   NULL,          NULL, OWN,     UnregisterWaitEx(raw, HAFT__INVALID))
HAFT__WRAPPER(update,            HANDLE,   NULL,          NULL, OWN,     EndUpdateResourceA(raw, TRUE))
HAFT__WRAPPER(volume_find,       HANDLE,   HAFT__INVALID, NULL, OWN,     FindVolumeClose(raw))
HAFT__WRAPPER(mount_find,        HANDLE,   HAFT__INVALID, NULL, OWN,     FindVolumeMountPointClose(raw))
HAFT__WRAPPER(actctx,            HANDLE,   HAFT__INVALID, NULL, OWN,     (ReleaseActCtx(raw), true))
HAFT__WRAPPER(global,            HGLOBAL,  NULL,          NULL, POINTER, GlobalFree(raw) == NULL)
HAFT__WRAPPER(pages,             void *,   NULL,          NULL, POINTER, VirtualFree(raw, 0, MEM_RELEASE))
HAFT__WRAPPER(fiber,             void *,   NULL,          NULL, OWN,     (DeleteFiber(raw), true))
HAFT__WRAPPER(exception_handler, void *,   NULL,          NULL, OWN,     RemoveVectoredExceptionHandler(raw))

HAFT__WRAPPER(tls, DWORD, TLS_OUT_OF_INDEXES, TLS_OUT_OF_INDEXES, OWN, TlsFree(raw))
#if HAFT__SDK >= 0x0600
HAFT__WRAPPER(namespace, HANDLE, NULL, NULL, OWN, ClosePrivateNamespace(raw, 0))
HAFT__WRAPPER(boundary, HANDLE, NULL, NULL, OWN, (DeleteBoundaryDescriptor(raw), true))
HAFT__WRAPPER(attribute_list, LPPROC_THREAD_ATTRIBUTE_LIST, NULL, NULL, POINTER, (DeleteProcThreadAttributeList(raw), true))
HAFT__WRAPPER(fls, DWORD, FLS_OUT_OF_INDEXES, FLS_OUT_OF_INDEXES, OWN, FlsFree(raw))
#endif
#if HAFT__SDK >= 0x0602
HAFT__WRAPPER(dll_directory, DLL_DIRECTORY_COOKIE, NULL, NULL, OWN, RemoveDllDirectory(raw))
#endif
#if NTDDI_VERSION >= 0x0A000006
HAFT__WRAPPER(pseudo_console, HPCON, NULL, HAFT__INVALID, OWN, (ClosePseudoConsole(raw), true))
#endif

HAFT_END_C
#endif

#endif
