/* legacy.c: Q160650: an application that closes a handle which a kernel-mode component has opened.
 *
 * It waits for the component's event and then tidies up all that it was given, the component's handle too. When the component
 * closes its handle itself, Windows NT 4.0 stops; on Windows NT 3.51 the handle was just invalid by then.
 *
 *   raw, on the model   cc -DHAFT_MODEL -Iinclude samples/q160650/legacy.c samples/q160650/component.c \
 *                          build/host/release/libhaft.a -lpthread -ldl -o q160650
 *   guarded             cc -DHAFT_MODEL -Iinclude -c samples/q160650/component.c
 *                       then the first line with -include haft/shim.h, and component.o for component.c. Nobody has declared
 *                       whose the handle is, so run it with HAFT=strict in the environment.
 *   on Windows          x86_64-w64-mingw32-gcc samples/q160650/legacy.c samples/q160650/component.c -o q160650.exe
 */
#include "component.h"

#include <stdio.h>

static HANDLE hWait;

static BOOL WaitForComponent(void)
{
    hWait = ComponentEvent();
    return hWait != NULL && WaitForSingleObject(hWait, 1000) == WAIT_OBJECT_0;
}

/* Every handle of the program is closed here, before it ends. */
static DWORD Cleanup(void)
{
    DWORD dwError = NO_ERROR;

    if (hWait != NULL && !CloseHandle(hWait))
        dwError = GetLastError();
    hWait = NULL;
    return dwError;
}

int main(void)
{
    BOOL fReady = WaitForComponent();
    DWORD dwError = Cleanup();

    if (dwError == NO_ERROR)
        printf("closed the component's handle\n");
    else
        printf("could not close the component's handle: error %lu\n", (unsigned long)dwError);
    ComponentStop();
    return fReady ? 0 : 1;
}
