/* legacy.c: Q179827: an application that reopens a registry key and never closes it.
 *
 * A terminal emulator keeps the key of its settings open while it runs, and opens it once more for every screen that it draws.
 * On Windows NT 4.0 before Service Pack 4 the key's open count has wrapped to 0 after 65,535 reopens; the close at the end then
 * frees what is still in use.
 *
 *   raw, on the model   cc -DHAFT_MODEL -Iinclude samples/q179827/legacy.c build/host/release/libhaft.a -lpthread -ldl -o q179827
 *   guarded             the same, with -include haft/shim.h
 *   on Windows          x86_64-w64-mingw32-gcc samples/q179827/legacy.c -ladvapi32 -o q179827.exe
 */
#ifdef HAFT_MODEL
#include <haft/model.h>
#else
#include <windows.h>
#endif
#include <stdio.h>

#define SETTINGS "Software\\Terminal\\Session"
#ifndef SCREENS
#define SCREENS 65535L
#endif

static HKEY hSettings;          /* open as long as the program runs */

/* The first start: the key is made, and the refresh rate is put into it. */
static BOOL InitSettings(void)
{
    DWORD dwRefresh = 5, dwDisposition;

    if (RegCreateKeyEx(HKEY_CURRENT_USER, SETTINGS, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, NULL, &hSettings,
                       &dwDisposition) != ERROR_SUCCESS)
        return FALSE;
    return RegSetValueEx(hSettings, "Refresh", 0, REG_DWORD, (LPBYTE)&dwRefresh, sizeof(dwRefresh)) == ERROR_SUCCESS;
}

/* For every screen: how often is it refreshed? */
static LONG ReadRefresh(LPDWORD lpdwRefresh)
{
    HKEY hKey;
    DWORD dwType, cb = sizeof(DWORD);
    LONG lError = RegOpenKeyEx(HKEY_CURRENT_USER, SETTINGS, 0, KEY_READ, &hKey);

    if (lError != ERROR_SUCCESS)
        return lError;
    return RegQueryValueEx(hKey, "Refresh", NULL, &dwType, (LPBYTE)lpdwRefresh, &cb);
    /* there is no RegCloseKey(hKey) */
}

int main(void)
{
    DWORD dwRefresh = 0;
    long lScreen, lReopened = 0;
    LONG lError;

    if (!InitSettings()) {
        printf("cannot make HKEY_CURRENT_USER\\%s\n", SETTINGS);
        return 1;
    }
    for (lScreen = 0; lScreen < SCREENS; lScreen++) {
        if (ReadRefresh(&dwRefresh) == ERROR_SUCCESS)
            lReopened++;
    }

    /* The session ends, and another one begins. */
    RegCloseKey(hSettings);
    lError = RegOpenKeyEx(HKEY_CURRENT_USER, SETTINGS, 0, KEY_READ, &hSettings);
    printf("reopened %ld times, %ld refused; the next session: error %ld\n", lReopened, SCREENS - lReopened, (long)lError);
    if (lError == ERROR_SUCCESS)
        RegCloseKey(hSettings);
    return 0;
}
