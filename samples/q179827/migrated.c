/* migrated.c: Q179827: the terminal emulator of legacy.c, with wrappers: every key that is opened is closed.
 *
 *   on the model   cc -DHAFT_MODEL -Iinclude samples/q179827/migrated.c build/host/release/libhaft.a -lpthread -ldl -o q179827
 *   on Windows     x86_64-w64-mingw32-gcc -Iinclude samples/q179827/migrated.c build/win64/release/libhaft.a \
 *                     -ladvapi32 -lws2_32 -o q179827.exe
 */
#ifdef HAFT_MODEL
#include <haft/model.h>
#else
#include <windows.h>
#endif
#include <haft.h>

#include <stdio.h>

#define SETTINGS "Software\\Terminal\\Session"
#ifndef SCREENS
#define SCREENS 65535L
#endif

static BOOL InitSettings(haft_key *pSettings)
{
    DWORD dwRefresh = 5, dwDisposition;

    if (haft_key_create_a(pSettings, HKEY_CURRENT_USER, SETTINGS, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, NULL,
                          &dwDisposition) != HAFT_OK)
        return FALSE;
    return RegSetValueEx(haft_key_raw(pSettings), "Refresh", 0, REG_DWORD, (LPBYTE)&dwRefresh, sizeof(dwRefresh)) == ERROR_SUCCESS;
}

static haft_status ReadRefresh(LPDWORD lpdwRefresh)
{
    DWORD dwType, cb = sizeof(DWORD);
    HAFT_AUTO(haft_key, key);
    haft_status status = haft_key_open_a(&key, HKEY_CURRENT_USER, SETTINGS, 0, KEY_READ);

    if (status != HAFT_OK)
        return status;
    if (RegQueryValueEx(haft_key_raw(&key), "Refresh", NULL, &dwType, (LPBYTE)lpdwRefresh, &cb) != ERROR_SUCCESS)
        return HAFT_E_OS;
    return HAFT_OK;             /* the key is closed, whichever way out */
}

int main(void)
{
    DWORD dwRefresh = 0;
    long lScreen, lReopened = 0;
    haft_status status;
    HAFT_AUTO(haft_key, settings);

    if (!InitSettings(&settings)) {
        printf("cannot make HKEY_CURRENT_USER\\%s\n", SETTINGS);
        return 1;
    }
    for (lScreen = 0; lScreen < SCREENS; lScreen++) {
        if (ReadRefresh(&dwRefresh) == HAFT_OK)
            lReopened++;
    }

    /* Opening into a wrapper that holds a key closes that key first. */
    status = haft_key_open_a(&settings, HKEY_CURRENT_USER, SETTINGS, 0, KEY_READ);
    printf("reopened %ld times, %ld refused; the next session: %s\n", lReopened, SCREENS - lReopened, haft_status_name(status));
    return status == HAFT_OK ? 0 : 1;
}
