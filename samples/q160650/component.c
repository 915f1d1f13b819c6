/* component.c: on the model, a kernel-mode component. On a real system, where a sample cannot bring a driver along, code of
 * the same process stands in for it: its handle is protected from close, so that there too nobody but the component can close it.
 *
 * It is code of somebody else's: never build it with haft/shim.h. */
#include "component.h"

static HANDLE hEvent;

#ifdef HAFT_MODEL

HANDLE ComponentEvent(void)
{
    if (!hEvent) {
        hEvent = haft_model_driver_open();
        SetEvent(hEvent);
    }
    return hEvent;
}

void ComponentStop(void)
{
    if (hEvent)
        haft_model_driver_close(hEvent);
    hEvent = NULL;
}

#else

HANDLE ComponentEvent(void)
{
    if (!hEvent) {
        hEvent = CreateEventA(NULL, TRUE, TRUE, NULL);
        SetHandleInformation(hEvent, HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_PROTECT_FROM_CLOSE);
    }
    return hEvent;
}

void ComponentStop(void)
{
    if (hEvent) {
        SetHandleInformation(hEvent, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0);
        CloseHandle(hEvent);
    }
    hEvent = NULL;
}

#endif
