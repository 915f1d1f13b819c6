/* migrated.c: Q246691: the monitor of legacy.c, with wrappers: the constructor closes what a failed call has left.
 *
 *   on the model   cc -DHAFT_MODEL -Iinclude samples/q246691/migrated.c build/host/release/libhaft.a -lpthread -ldl -o q246691
 *   on Windows     x86_64-w64-mingw32-gcc -Iinclude samples/q246691/migrated.c build/win64/release/libhaft.a \
 *                     -ladvapi32 -lws2_32 -o q246691.exe
 */
#ifdef HAFT_MODEL
#include <haft/model.h>
#else
#include <windows.h>
#endif
#include <haft.h>

#include <stdio.h>

#define PROBES 100

static DWORD WINAPI Probe(LPVOID lpAnswer)
{
    *(LPDWORD)lpAnswer = 42;
    return 0;
}

static DWORD RunProbe(const haft_process *pProcess)
{
    DWORD dwThreadId, dwAnswer = 0;

    HAFT_SCOPE(haft_thread, thread) {
        if (haft_thread_create_remote(&thread, haft_process_raw(pProcess), NULL, 0, Probe, &dwAnswer, 0, &dwThreadId) != HAFT_OK)
            return 0;
        WaitForSingleObject(haft_thread_raw(&thread), INFINITE);
    } HAFT_SCOPE_END(haft_thread, thread)
    return dwAnswer;
}

int main(void)
{
    int i, nDone = 0;

    HAFT_SCOPE(haft_process, process) {
        if (haft_process_open(&process, PROCESS_ALL_ACCESS, FALSE, GetCurrentProcessId()) != HAFT_OK) {
            printf("cannot open the process: error %lu\n", (unsigned long)GetLastError());
            return 1;
        }
        for (i = 0; i < PROBES; i++) {
            if (RunProbe(&process) != 0)
                nDone++;
        }
    } HAFT_SCOPE_END(haft_process, process)
    printf("%d probes run, %d failed to start\n", nDone, PROBES - nDone);
    return 0;
}
