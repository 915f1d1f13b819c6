/* nt_memory.c: constructors of mappings, views, modules, local memory and heaps. */
#include "types/nt_construct.h"

haft_status haft_mapping_create_a(haft_mapping *ret, haft_handle_t file, struct _SECURITY_ATTRIBUTES *security,
                                  haft_dword protect, haft_dword size_high, haft_dword size_low, const char *name) {
    HAFT__CONSTRUCT(mapping, name, NULL, false, CreateFileMappingA(file, security, protect, size_high, size_low, name));
}

haft_status haft_mapping_create_w(haft_mapping *ret, haft_handle_t file, struct _SECURITY_ATTRIBUTES *security,
                                  haft_dword protect, haft_dword size_high, haft_dword size_low, const wchar_t *name) {
    HAFT__CONSTRUCT(mapping, NULL, name, false, CreateFileMappingW(file, security, protect, size_high, size_low, name));
}

haft_status haft_mapping_open_a(haft_mapping *ret, haft_dword access, haft_bool32 inherit, const char *name) {
    HAFT__CONSTRUCT(mapping, name, NULL, false, OpenFileMappingA(access, inherit, name));
}

haft_status haft_mapping_open_w(haft_mapping *ret, haft_dword access, haft_bool32 inherit, const wchar_t *name) {
    HAFT__CONSTRUCT(mapping, NULL, name, false, OpenFileMappingW(access, inherit, name));
}

haft_status haft_view_map(haft_view *ret, haft_handle_t mapping, haft_dword access, haft_dword offset_high,
                          haft_dword offset_low, size_t bytes) {
    HAFT__CONSTRUCT(view, NULL, NULL, false, MapViewOfFile(mapping, access, offset_high, offset_low, bytes));
}

haft_status haft_module_load_a(haft_module *ret, const char *name) {
    HAFT__CONSTRUCT(module, NULL, NULL, false, LoadLibraryA(name));
}

haft_status haft_module_load_w(haft_module *ret, const wchar_t *name) {
    HAFT__CONSTRUCT(module, NULL, NULL, false, LoadLibraryW(name));
}

haft_status haft_local_alloc(haft_local *ret, unsigned flags, size_t bytes) {
    HAFT__CONSTRUCT(local, NULL, NULL, false, LocalAlloc(flags, bytes));
}

haft_status haft_heap_create(haft_heap *ret, haft_dword options, size_t initial, size_t maximum) {
    HAFT__CONSTRUCT(heap, NULL, NULL, false, HeapCreate(options, initial, maximum));
}
