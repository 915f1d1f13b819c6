/* legacy.c: Q235425: an application that opens drive letters which are mapped to a remote file system.
 *
 * A watcher looks every few seconds whether the network drives answer, and calls CreateFile with the drive letter alone. That
 * fails with ERROR_INVALID_NAME; on Windows NT 4.0 before Service Pack 6 each attempt also costs paged pool, which nobody gives
 * back.
 *
 *   raw, on the model   cc -DHAFT_MODEL -Iinclude samples/q235425/legacy.c build/host/release/libhaft.a -lpthread -ldl -o q235425
 *   guarded             the same, with -include haft/shim.h
 *   on Windows          x86_64-w64-mingw32-gcc samples/q235425/legacy.c -o q235425.exe
 */
#ifdef HAFT_MODEL
#include <haft/model.h>
#else
#include <windows.h>
#endif
#include <stdio.h>

#define LOOKS 1000

/* Is anything there? The error, or NO_ERROR. */
static DWORD LookAtDrive(LPCSTR lpszDrive)
{
    HANDLE hDrive = CreateFile(lpszDrive, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);

    if (hDrive == INVALID_HANDLE_VALUE)
        return GetLastError();
    CloseHandle(hDrive);
    return NO_ERROR;
}

/* The next remote drive from cDrive on, or 0. */
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
