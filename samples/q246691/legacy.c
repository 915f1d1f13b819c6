/* legacy.c: Q246691: an application that starts threads with CreateRemoteThread, which fails late.
 *
 * A monitor runs a probe in a process, again and again. When Windows NT 4.0 has made the thread and then fails, it ends the
 * thread, returns NULL, and leaves the thread's handle open in the monitor, which has nothing that it could close.
 *
 *   raw, on the model   cc -DHAFT_MODEL -Iinclude samples/q246691/legacy.c build/host/release/libhaft.a -lpthread -ldl -o q246691
 *   guarded             the same, with -include haft/shim.h
 *   on Windows          x86_64-w64-mingw32-gcc samples/q246691/legacy.c -o q246691.exe
 */
#ifdef HAFT_MODEL
#include <haft/model.h>
#else
#include <windows.h>
#endif
#include <stdio.h>

#define PROBES 100

static DWORD WINAPI Probe(LPVOID lpAnswer)
{
    *(LPDWORD)lpAnswer = 42;
    return 0;
}

/* One probe; what it found, or 0. */
static DWORD RunProbe(HANDLE hProcess)
{
    DWORD dwThreadId, dwAnswer = 0;
    HANDLE hThread = CreateRemoteThread(hProcess, NULL, 0, Probe, &dwAnswer, 0, &dwThreadId);

    if (hThread == NULL)
        return 0;               /* nothing to close, as far as one can see */
    WaitForSingleObject(hThread, INFINITE);
    CloseHandle(hThread);
    return dwAnswer;
}

int main(void)
{
    HANDLE hProcess = OpenProcess(PROCESS_ALL_ACCESS, FALSE, GetCurrentProcessId());
    int i, nDone = 0;

    if (hProcess == NULL) {
        printf("cannot open the process: error %lu\n", (unsigned long)GetLastError());
        return 1;
    }
    for (i = 0; i < PROBES; i++) {
        if (RunProbe(hProcess) != 0)
            nDone++;
    }
    printf("%d probes run, %d failed to start\n", nDone, PROBES - nDone);
    CloseHandle(hProcess);
    return 0;
}
