/* memory.c: shims of views, modules and local memory beyond the plain calls. */
#include "shim/win32/late_row.h"

#include <shellapi.h>
#include <stdarg.h>

#define LIBRARY "kernel32"

#define MEMORY(X) \
    X(HANDLE, CreateFileMappingNumaA, 7, (HANDLE, LPSECURITY_ATTRIBUTES, DWORD, DWORD, DWORD, LPCSTR, DWORD), \
      OPENS_A, mapping, f, OR_NULL) \
    X(HANDLE, CreateFileMappingNumaW, 7, (HANDLE, LPSECURITY_ATTRIBUTES, DWORD, DWORD, DWORD, LPCWSTR, DWORD), \
      OPENS_W, mapping, f, OR_NULL) \
    X(LPVOID, MapViewOfFileEx, 6, (HANDLE, DWORD, DWORD, DWORD, SIZE_T, LPVOID), OPENS, view, _, OR_NULL) \
    X(LPVOID, MapViewOfFileExNuma, 7, (HANDLE, DWORD, DWORD, DWORD, SIZE_T, LPVOID, DWORD), OPENS, view, _, OR_NULL)
MEMORY(HAFT__LATE_SHIM)

/* ---- modules ---- */

/* As data a module is mapped, and still FreeLibrary's to let go. */
#define MODULES(X) \
    X(HMODULE, LoadLibraryExA, 3, (LPCSTR, HANDLE, DWORD), OPENS, module, _, OR_NULL) \
    X(HMODULE, LoadLibraryExW, 3, (LPCWSTR, HANDLE, DWORD), OPENS, module, _, OR_NULL)
MODULES(HAFT__LATE_SHIM)

/* Pinned or not counted, the module is not the caller's to let go. */
#define FOR_GOOD 3u /* GET_MODULE_HANDLE_EX_FLAG_PIN, _UNCHANGED_REFCOUNT */
#define GET_MODULE(api, STRING)                                                         \
    BOOL WINAPI haft_shim_##api(DWORD a, STRING b, HMODULE *c);                         \
    BOOL WINAPI haft_shim_##api(DWORD a, STRING b, HMODULE *c) {                        \
        HAFT__LATE(BOOL, api, (DWORD, STRING, HMODULE *))                               \
        if (!system) return HAFT__REFUSED_IF_TRUE(ERROR_CALL_NOT_IMPLEMENTED);          \
        if (a & FOR_GOOD) return system(a, b, c);                                       \
        HAFT__FILLS(BOOL, system(a, b, c), module, c, IF_TRUE)                          \
    }                                                                                   \
    HAFT__IMPORT(haft_shim_##api, 12)                                                   \
    HAFT__SAME(api)
GET_MODULE(GetModuleHandleExA, LPCSTR)
GET_MODULE(GetModuleHandleExW, LPCWSTR)

/* A refusal must end the thread all the same: the caller's code may be gone by now. */
VOID WINAPI haft_shim_FreeLibraryAndExitThread(HMODULE module, DWORD code);
VOID WINAPI haft_shim_FreeLibraryAndExitThread(HMODULE module, DWORD code) {
    haft__closing closing;
    if (!haft__shim_close(&closing, &haft__class_module, HAFT__RAW(module), HAFT__CALLER())) ExitThread(code);
    haft__shim_closed(&closing, true);
    FreeLibraryAndExitThread(module, code);
}
HAFT__IMPORT(haft_shim_FreeLibraryAndExitThread, 8)

/* ---- local memory ---- */

/* The memory may move, and then its handle is another. Nothing else can get the old value before the call is back. */
HLOCAL WINAPI haft_shim_LocalReAlloc(HLOCAL memory, SIZE_T bytes, UINT flags);
HLOCAL WINAPI haft_shim_LocalReAlloc(HLOCAL memory, SIZE_T bytes, UINT flags) {
    const void *at = HAFT__CALLER();
    haft__shim shim;
    haft__closing closing;
    if (!haft__shim_close(&closing, &haft__class_local, HAFT__RAW(memory), at)) return HAFT__REFUSED_OR_NULL(closing.error);
    bool tracked = closing.life.tag != 0;
    haft__shim_closed(&closing, true);
    if (tracked) tracked = haft__shim_open(&shim, &haft__class_local, at, NULL, NULL) == 0;
    HLOCAL moved = LocalReAlloc(memory, bytes, flags);
    if (tracked) haft__shim_opened(&shim, HAFT__RAW(moved ? moved : memory));
    return moved;
}
HAFT__IMPORT(haft_shim_LocalReAlloc, 12)
HAFT__SAME(LocalReAlloc)

/* The text is owed to LocalFree where the call is asked to allocate it: `buffer` is then where its address goes. */
#define FORMAT_MESSAGE(api, STRING, CONST_VOID)                                                                         \
    DWORD WINAPI haft_shim_##api(DWORD flags, CONST_VOID source, DWORD message, DWORD language, STRING buffer,          \
                                 DWORD size, va_list *arguments);                                                       \
    DWORD WINAPI haft_shim_##api(DWORD flags, CONST_VOID source, DWORD message, DWORD language, STRING buffer,          \
                                 DWORD size, va_list *arguments) {                                                      \
        const void *at = HAFT__CALLER();                                                                                \
        void **slot = (flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) ? (void **)(void *)buffer : NULL;                        \
        if (!slot) return api(flags, source, message, language, buffer, size, arguments);                               \
        HAFT__FILLS(DWORD, api(flags, source, message, language, buffer, size, arguments), local, slot, IF_TRUE)        \
    }                                                                                                                   \
    HAFT__IMPORT(haft_shim_##api, 28)                                                                                   \
    HAFT__SAME(api)
FORMAT_MESSAGE(FormatMessageA, LPSTR, LPCVOID)
FORMAT_MESSAGE(FormatMessageW, LPWSTR, LPCVOID)

#undef LIBRARY
#define LIBRARY "shell32"

#define SHELL(X) \
    X(LPWSTR *, CommandLineToArgvW, 2, (LPCWSTR, int *), OPENS, local, _, OR_NULL)
SHELL(HAFT__LATE_SHIM)
