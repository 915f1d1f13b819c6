/* legacy.c: Q197517: an application that dials and hangs up.
 *
 * A mail collector dials its provider, collects, and hangs up, all day. It closes all that it opens; but RasDial of Windows
 * NT 4.0 before Service Pack 5 opens the process's token each time and leaves the handle open.
 *
 *   raw, on the model   cc -DHAFT_MODEL -Iinclude samples/q197517/legacy.c build/host/release/libhaft.a -lpthread -ldl -o q197517
 *   guarded             the same, with -include haft/shim.h
 *   on Windows          x86_64-w64-mingw32-gcc samples/q197517/legacy.c -lrasapi32 -o q197517.exe
 *                       (it dials the phone book's entry "Mail", if there is one)
 */
#ifdef HAFT_MODEL
#include <haft/model.h>
#else
#include <windows.h>
#include <ras.h>
#endif
#include <stdio.h>
#include <string.h>

#define CALLS 100

/* One call: dial, collect, hang up. The error of RasDial. */
static DWORD Collect(void)
{
    RASDIALPARAMS rdp;
    HRASCONN hConn = NULL;
    DWORD dwError;

    memset(&rdp, 0, sizeof(rdp));
    rdp.dwSize = sizeof(rdp);
    strcpy(rdp.szEntryName, "Mail");
    dwError = RasDial(NULL, NULL, &rdp, 0, NULL, &hConn);
    if (hConn != NULL)          /* also after an error */
        RasHangUp(hConn);
    return dwError;
}

int main(void)
{
    DWORD dwError, dwLast = NO_ERROR;
    int i, nConnected = 0;

    for (i = 0; i < CALLS; i++) {
        dwError = Collect();
        if (dwError == NO_ERROR)
            nConnected++;
        else
            dwLast = dwError;
    }
    printf("dialled %d times, %d connected", CALLS, nConnected);
    if (dwLast != NO_ERROR)
        printf("; the last error was %lu", (unsigned long)dwLast);
    printf("\n");
    return 0;
}
