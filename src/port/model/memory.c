/* memory.c: local memory, heaps and modules. */
#include "port/model/files.h"

#include <string.h>
#include <wchar.h>

HLOCAL WINAPI haft_model_LocalAlloc(UINT flags, SIZE_T bytes) {
    void *memory = NULL;
    uint32_t error = haft__m_enter();
    (void)flags; /* always fixed, always zero */
    if (!error && !(memory = haft__m_block_new(HAFT__M_LOCAL, bytes))) error = ERROR_NOT_ENOUGH_MEMORY;
    haft__m_leave(error);
    return memory;
}

HLOCAL WINAPI haft_model_LocalFree(HLOCAL memory) {
    uint32_t error = haft__m_enter();
    haft__m_block *b = error || !memory ? NULL : haft__m_block_of(memory, HAFT__M_LOCAL);
    if (!error && memory && !b) error = ERROR_INVALID_HANDLE;
    if (b) haft__m_block_free(b);
    haft__m_leave(error);
    return error ? memory : NULL;
}

/* ---- heaps: a heap is a block without bytes, whose address owns what is allocated from it ---- */

static char process_heap;

static bool is_heap(HANDLE heap) { return heap == (HANDLE)&process_heap || haft__m_block_of(heap, HAFT__M_HEAP); }

HANDLE WINAPI haft_model_HeapCreate(DWORD options, SIZE_T initial, SIZE_T maximum) {
    void *heap = NULL;
    uint32_t error = haft__m_enter();
    (void)options;
    if (!error && maximum && initial > maximum) error = ERROR_INVALID_PARAMETER;
    if (!error && !(heap = haft__m_block_new(HAFT__M_HEAP, 0))) error = ERROR_NOT_ENOUGH_MEMORY;
    haft__m_leave(error);
    return heap;
}

BOOL WINAPI haft_model_HeapDestroy(HANDLE heap) {
    uint32_t error = haft__m_enter();
    haft__m_block *b = error ? NULL : haft__m_block_of(heap, HAFT__M_HEAP);
    if (!error && !b) error = ERROR_INVALID_HANDLE;
    if (b) {
        haft__m_blocks_of_owner_free(heap);
        haft__m_block_free(b);
    }
    haft__m_leave(error);
    return !error;
}

HANDLE WINAPI haft_model_GetProcessHeap(void) {
    uint32_t error = haft__m_leave_code(haft__m_enter());
    return error ? NULL : (HANDLE)&process_heap;
}

/* HeapAlloc does not say why it fails. */
LPVOID WINAPI haft_model_HeapAlloc(HANDLE heap, DWORD flags, SIZE_T bytes) {
    uint32_t error = haft__m_enter();
    void *memory = !error && is_heap(heap) ? haft__m_block_new(HAFT__M_HEAP_MEMORY, bytes) : NULL;
    (void)flags;
    if (memory) haft__m_block_of(memory, HAFT__M_HEAP_MEMORY)->owner = heap;
    (void)haft__m_leave_code(error);
    return memory;
}

BOOL WINAPI haft_model_HeapFree(HANDLE heap, DWORD flags, LPVOID memory) {
    uint32_t error = haft__m_enter();
    haft__m_block *b = error || !memory ? NULL : haft__m_block_of(memory, HAFT__M_HEAP_MEMORY);
    (void)flags;
    if (!error && memory && (!b || b->owner != heap)) error = ERROR_INVALID_PARAMETER;
    else if (b) haft__m_block_free(b);
    haft__m_leave(error);
    return !error;
}

/* ---- modules: a block that holds the name; loaded again, it is the same block once more ---- */

static const wchar_t *const known[] = { L"advapi32.dll", L"comctl32.dll", L"gdi32.dll",   L"kernel32.dll", L"msvcrt.dll",
                                        L"ntdll.dll",    L"ole32.dll",    L"rasapi32.dll", L"shell32.dll",  L"user32.dll",
                                        L"version.dll",  L"winmm.dll",    L"wsock32.dll" };

static bool can_load(const wchar_t *path, const wchar_t *base) {
    for (size_t i = 0; i < HAFT__COUNT(known); i++)
        if (haft__m_same(known[i], base)) return true;
    return haft__m_file_exists(path);
}

/* Its base name as modules are known by, with .dll where there is no extension. */
static bool module_name(wchar_t *name, const wchar_t *path) {
    const wchar_t *base = path;
    for (const wchar_t *at = path; *at; at++)
        if (*at == L'\\' || *at == L'/') base = at + 1;
    size_t length = wcslen(base);
    if (length == 0 || length + 4 > MAX_PATH) return false;
    memcpy(name, base, (length + 1) * sizeof *name);
    if (!wcschr(base, L'.')) memcpy(name + length, L".dll", 5 * sizeof *name);
    return true;
}

static bool is_named(const void *module, const void *name) { return haft__m_same(module, name); }

static uint32_t load(const wchar_t *path, HMODULE *ret) {
    wchar_t name[MAX_PATH + 1];
    if (!path) return ERROR_INVALID_PARAMETER;
    if (!module_name(name, path) || !can_load(path, name)) return ERROR_MOD_NOT_FOUND;
    void *module = haft__m_block_find(HAFT__M_MODULE, is_named, name);
    if (!module) {
        size_t bytes = (wcslen(name) + 1) * sizeof *name;
        module = haft__m_block_new(HAFT__M_MODULE, bytes);
        if (!module) return ERROR_NOT_ENOUGH_MEMORY;
        memcpy(module, name, bytes);
    }
    haft__m_block_of(module, HAFT__M_MODULE)->count++;
    *ret = module;
    return 0;
}

HMODULE WINAPI haft_model_LoadLibraryW(LPCWSTR name) {
    HMODULE ret = NULL;
    uint32_t error = haft__m_enter();
    if (!error) error = load(name, &ret);
    haft__m_leave(error);
    return error ? NULL : ret;
}

HMODULE WINAPI haft_model_LoadLibraryA(LPCSTR name) {
    haft__m_wide w;
    return haft_model_LoadLibraryW(haft__m_widen(&w, name));
}

BOOL WINAPI haft_model_FreeLibrary(HMODULE module) {
    uint32_t error = haft__m_enter();
    haft__m_block *b = error ? NULL : haft__m_block_of(module, HAFT__M_MODULE);
    if (!error && !b) error = ERROR_MOD_NOT_FOUND;
    if (b && --b->count == 0) haft__m_block_free(b);
    haft__m_leave(error);
    return !error;
}
