/* calls_memory.h: mappings and views, modules, local memory, heaps. */

static void calls_mappings(void) {
    HANDLE m = OPENS(CreateFileMappingA(MINUS_ONE, NULL, PAGE_READWRITE, 0, 4096, "haft calls"));
    HANDLE n = OPENS(CreateFileMappingW(MINUS_ONE, NULL, PAGE_READWRITE, 0, 4096, L"haft calls"));
    CLOSES(CloseHandle(n));
    n = OPENS(OpenFileMappingA(FILE_MAP_READ, FALSE, "haft calls"));
    CLOSES(CloseHandle(n));
    n = OPENS(OpenFileMappingW(FILE_MAP_READ, FALSE, L"haft calls"));
    CLOSES(CloseHandle(n));
    n = OPENS(CreateFileMappingNumaW(MINUS_ONE, NULL, PAGE_READWRITE, 0, 4096, NULL, 0));
    CLOSES(CloseHandle(n));
    void *v = OPENS(MapViewOfFile(m, FILE_MAP_WRITE, 0, 0, 0));
    CLOSES(UnmapViewOfFile(v));
    v = OPENS(MapViewOfFileEx(m, FILE_MAP_READ, 0, 0, 0, NULL));
    CLOSES(UnmapViewOfFile(v));
    v = OPENS(MapViewOfFileExNuma(m, FILE_MAP_READ, 0, 0, 0, NULL, 0));
    if (v) CLOSES(UnmapViewOfFile(v));
    OPENS(MapViewOfFile(JUNK, FILE_MAP_READ, 0, 0, 0));
    OPENS(MapViewOfFile(m, FILE_MAP_READ, 0, 1, 0));
    OPENS(MapViewOfFileEx(NULL, FILE_MAP_READ, 0, 0, 0, NULL));
    OPENS(MapViewOfFileEx(m, FILE_MAP_READ, 0, 0, 0, (void *)(uintptr_t)1));
    OPENS(MapViewOfFileExNuma(JUNK, FILE_MAP_READ, 0, 0, 0, NULL, 0));
    SAYS(UnmapViewOfFile(NULL));
    SAYS(UnmapViewOfFile(MINUS_ONE));
    CLOSES(CloseHandle(m));
    OPENS(CreateFileMappingA(MINUS_ONE, NULL, PAGE_READWRITE, 0, 0, NULL));
    OPENS(CreateFileMappingW(JUNK, NULL, PAGE_READWRITE, 0, 4096, NULL));
    OPENS(CreateFileMappingNumaW(JUNK, NULL, 77, 0, 4096, NULL, 0));
    OPENS(OpenFileMappingA(FILE_MAP_READ, FALSE, "no such mapping"));
    OPENS(OpenFileMappingW(FILE_MAP_READ, FALSE, NULL));
}

static DWORD WINAPI calls_leave(LPVOID module) {
    FreeLibraryAndExitThread(module, 7);
    return 0;
}

/* One value, as often as it is loaded: it is live from the first load to the last FreeLibrary. */
static void calls_modules_again(HMODULE m) {
    HMODULE n = GIVES(LoadLibraryW(L"version"));
    SAYS(FreeLibrary(n));
    n = GIVES(LoadLibraryExA("version", NULL, 0));
    SAYS(FreeLibrary(n));
    n = GIVES(LoadLibraryExW(L"version", NULL, LOAD_LIBRARY_AS_DATAFILE));
    SAYS(FreeLibrary(n));
    FAILS(GetModuleHandleExA(0, "version", &n), n);
    SAYS(FreeLibrary(n));
    FAILS(GetModuleHandleExW(0, L"version", &n), n);
    SAYS(FreeLibrary(n));
    FAILS(GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCSTR)GetProcAddress(m, "VerQueryValueA"), &n), n);
    SAYS(FreeLibrary(n));
    FAILS(GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, "version", &n), n);
    FAILS(GetModuleHandleExW(0, L"no such module", &n), n);
    FAILS(GetModuleHandleExA(0xFF, "version", &n), n);
    n = GIVES(LoadLibraryA("version"));
    DWORD code = 0;
    HANDLE t = OPENS(CreateThread(NULL, 0, calls_leave, n, 0, NULL)); /* frees it */
    calls_wait(t);
    SAYS(GetExitCodeThread(t, &code) * code);
    CLOSES(CloseHandle(t));
}

static void calls_modules(void) {
    HMODULE m = OPENS(LoadLibraryA("version"));
    calls_modules_again(m);
    CLOSES(FreeLibrary(m));
    SAYS(FreeLibrary(NULL));
    OPENS(LoadLibraryA("no such module"));
    OPENS(LoadLibraryW(L"no such module"));
    OPENS(LoadLibraryA(NULL));
    OPENS(LoadLibraryExA("no such module", NULL, LOAD_LIBRARY_AS_DATAFILE));
    OPENS(LoadLibraryExW(NULL, NULL, 0));
}

static void calls_local(void) {
    char *text = NULL;
    WCHAR *wide = NULL;
    HLOCAL l = OPENS(LocalAlloc(LPTR, 16));
    l = GIVES(LocalReAlloc(l, 100000, LMEM_MOVEABLE | LMEM_ZEROINIT));
    CLOSES_POINTER(LocalFree(l));
    l = OPENS(LocalAlloc(LHND, 16));
    l = GIVES(LocalReAlloc(l, 64, 0));
    CLOSES_POINTER(LocalFree(l));
    GIVES(LocalReAlloc(NULL, 64, 0));
    GIVES(LocalFree(NULL));
    OPENS(LocalAlloc(LPTR, (SIZE_T)-4096));
    MARK(text);
    FILLS(FormatMessageA(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM, NULL, 5, 0, (LPSTR)&text, 0, NULL));
    CLOSES_POINTER(LocalFree(text));
    MARK(wide);
    FILLS(FormatMessageW(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM, NULL, 5, 0, (LPWSTR)&wide, 0, NULL));
    CLOSES_POINTER(LocalFree(wide));
    int words = 0;
    LPWSTR *list = OPENS(CommandLineToArgvW(L"one \"two three\"", &words));
    SAYS(words);
    CLOSES_POINTER(LocalFree(list));
    GIVES(CommandLineToArgvW(L"one", NULL));
    char room[64];
    SAYS(FormatMessageA(FORMAT_MESSAGE_FROM_STRING, "haft", 0, 0, room, sizeof room, NULL));
    MARK(text);
    SAYS(FormatMessageA(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM, NULL, 0x7FFFFFFF, 0, (LPSTR)&text, 0, NULL));
    SAYS(FormatMessageW(FORMAT_MESSAGE_ALLOCATE_BUFFER, NULL, 5, 0, NULL, 0, NULL));
    HANDLE h = OPENS(HeapCreate(0, 4096, 0));
    SAYS(HeapAlloc(h, 0, 10) != NULL);
    CLOSES(HeapDestroy(h));
    h = OPENS(HeapCreate(0, 2, 1));
    if (h) CLOSES(HeapDestroy(h));
    SAYS(HeapDestroy(NULL));
    SAYS(HeapDestroy(GetProcessHeap()));
}

static void calls_memory(void) {
    calls_mappings();
    calls_modules();
    calls_local();
}
