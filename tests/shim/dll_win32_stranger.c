/* dll_win32_stranger.c: a DLL that was not rebuilt: it opens and closes handles out of Haft's sight. */
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);
BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved) { return (void)module, (void)reason, (void)reserved, TRUE; }

__declspec(dllexport) HANDLE stranger_opens(void);
__declspec(dllexport) BOOL stranger_closes(HANDLE handle);

HANDLE stranger_opens(void) { return CreateEventA(NULL, TRUE, FALSE, NULL); }

BOOL stranger_closes(HANDLE handle) { return CloseHandle(handle); }
