/* migrated.c: Q197517: the mail collector of legacy.c, with a wrapper: hanging up also closes the token that the dial has left.
 *
 *   on the model   cc -DHAFT_MODEL -Iinclude samples/q197517/migrated.c build/host/release/libhaft.a -lpthread -ldl -o q197517
 *   on Windows     x86_64-w64-mingw32-gcc -Iinclude samples/q197517/migrated.c build/win64/release/libhaft.a \
 *                     -ladvapi32 -lws2_32 -o q197517.exe
 */
#ifdef HAFT_MODEL
#include <haft/model.h>
#else
#include <windows.h>
#include <ras.h>
#endif
#include <haft.h>

#include <stdio.h>
#include <string.h>

#define CALLS 100

static DWORD Collect(void)
{
    RASDIALPARAMS rdp;

    memset(&rdp, 0, sizeof(rdp));
    rdp.dwSize = sizeof(rdp);
    strcpy(rdp.szEntryName, "Mail");
    HAFT_SCOPE(haft_ras, connection) {
        if (haft_ras_dial_a(&connection, NULL, NULL, &rdp, 0, NULL) != HAFT_OK)
            return GetLastError();
    } HAFT_SCOPE_END(haft_ras, connection) /* hung up */
    return NO_ERROR;
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
