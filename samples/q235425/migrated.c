/* migrated.c: Q235425: the watcher of legacy.c, with wrappers: the constructor answers itself where the call would cost pool.
 *
 *   on the model   cc -DHAFT_MODEL -Iinclude samples/q235425/migrated.c build/host/release/libhaft.a -lpthread -ldl -o q235425
 *   on Windows     x86_64-w64-mingw32-gcc -Iinclude samples/q235425/migrated.c build/win64/release/libhaft.a \
 *                     -ladvapi32 -lws2_32 -o q235425.exe
 */
#ifdef HAFT_MODEL
#include <haft/model.h>
#else
#include <windows.h>
#endif
#include <haft.h>

#include <stdio.h>

#define LOOKS 1000

static DWORD LookAtDrive(LPCSTR lpszDrive)
{
    HAFT_AUTO(haft_file, drive);

    if (haft_file_create_a(&drive, lpszDrive, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0,
                           NULL) != HAFT_OK)
        return GetLastError();
    return NO_ERROR;
}

static char NextRemoteDrive(char cDrive)
{
    char szRoot[] = "?:\\";

    for (; cDrive <= 'Z'; cDrive++) {
        szRoot[0] = cDrive;
        if (GetDriveType(szRoot) == DRIVE_REMOTE)
            return cDrive;
    }
    return 0;
}

int main(void)
{
    char szDrive[] = "?:", cDrive;
    DWORD dwError = NO_ERROR;
    int i, nDrives = 0, nLooks = 0;

    for (cDrive = NextRemoteDrive('C'); cDrive != 0; cDrive = NextRemoteDrive((char)(cDrive + 1))) {
        szDrive[0] = cDrive;
        nDrives++;
        for (i = 0; i < LOOKS; i++, nLooks++)
            dwError = LookAtDrive(szDrive);
    }
    if (nDrives == 0)
        printf("no drive here is remote\n");
    else
        printf("looked %d times at %d remote drive(s); the last error was %lu\n", nLooks, nDrives, (unsigned long)dwError);
    return 0;
}
