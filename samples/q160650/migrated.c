/* migrated.c: Q160650: the application of legacy.c, with a wrapper that knows whose the handle is.
 *
 *   on the model   cc -DHAFT_MODEL -Iinclude samples/q160650/migrated.c samples/q160650/component.c \
 *                     build/host/release/libhaft.a -lpthread -ldl -o q160650
 *   on Windows     x86_64-w64-mingw32-gcc -Iinclude samples/q160650/migrated.c samples/q160650/component.c \
 *                     build/win64/release/libhaft.a -ladvapi32 -lws2_32 -o q160650.exe
 */
#include "component.h"

#include <haft.h>

#include <stdio.h>

static haft_event ours = HAFT_INIT;

static BOOL WaitForComponent(void)
{
    if (haft_event_adopt(&ours, ComponentEvent(), HAFT_OWNER_KERNEL) != HAFT_OK)
        return FALSE;
    return WaitForSingleObject(haft_event_raw(&ours), 1000) == WAIT_OBJECT_0;
}

/* The tidying up of old is still there: it does no harm any more. */
static haft_status Cleanup(void) { return haft_event_close(&ours); }

int main(void)
{
    BOOL fReady = WaitForComponent();
    haft_status status = Cleanup();
    HANDLE hComponents = haft_event_release(&ours); /* from here on it is the component's alone */

    printf("the close was answered with %s; the component's handle is %s\n", haft_status_name(status),
           hComponents ? "left to it" : "gone");
    ComponentStop();
    return fReady && status == HAFT_E_NOT_OWNER ? 0 : 1;
}
