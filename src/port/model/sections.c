/* sections.c: file mappings and views. A view is a copy of its part of the section, written back when it is unmapped. */
#include "port/model/model.h"

#include "base/host.h"

#include <string.h>

typedef struct haft__m_section {
    haft__m_named_object base;
    haft__m_file_data *file; /* NULL: of the paging file, then with bytes of its own */
    uint8_t *bytes;
    uint64_t size;
    bool read_only;
} haft__m_section;

void haft__m_section_closed(haft__m_object *o) {
    haft__m_section *s = (haft__m_section *)o;
    if (s->file) haft__m_file_data_drop(s->file);
    haft__free(s->bytes);
}

static uint8_t *bytes_of(haft__m_section *s) { return s->file ? s->file->bytes : s->bytes; }

static uint32_t fill(haft__m_section *s, haft__m_file_data *file, uint64_t size, DWORD protect) {
    if (file && size == 0) size = file->size;
    s->size = size;
    s->read_only = protect == PAGE_READONLY;
    if (!file) return (s->bytes = haft__alloc((size_t)size)) != NULL ? 0 : ERROR_NOT_ENOUGH_MEMORY;
    if (size > file->size && !haft__m_file_resize(file, (size_t)size)) return ERROR_NOT_ENOUGH_MEMORY;
    file->refs++;
    s->file = file;
    return 0;
}

static uint32_t create(HANDLE handle, const SECURITY_ATTRIBUTES *security, DWORD protect, uint64_t size, const wchar_t *name,
                       HANDLE *ret) {
    haft__m_file_data *file = handle == INVALID_HANDLE_VALUE ? NULL : haft__m_file_of(handle);
    haft__m_named_object *it;
    bool is_new;
    if (protect != PAGE_READONLY && protect != PAGE_READWRITE && protect != PAGE_WRITECOPY) return ERROR_INVALID_PARAMETER;
    if (!file && handle != INVALID_HANDLE_VALUE) return ERROR_INVALID_HANDLE;
    if ((file ? file->size | size : size) == 0) return file ? ERROR_FILE_INVALID : ERROR_INVALID_PARAMETER;
    if (size > SIZE_MAX / 4) return ERROR_NOT_ENOUGH_MEMORY;
    uint32_t error = haft__m_create_named(HAFT__M_SECTION, sizeof(haft__m_section), name, security, ret, &it, &is_new);
    if (error || !is_new) return error;
    error = fill((haft__m_section *)it, file, size, protect);
    if (error) (void)haft__m_handle_close(*ret);
    return error;
}

HANDLE WINAPI haft_model_CreateFileMappingW(HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protect, DWORD size_high,
                                            DWORD size_low, LPCWSTR name) {
    HANDLE ret = NULL;
    uint32_t error = haft__m_enter();
    if (!error) error = create(file, security, protect, (uint64_t)size_high << 32 | size_low, name, &ret);
    haft__m_leave(error);
    return error ? NULL : ret;
}

HANDLE WINAPI haft_model_CreateFileMappingA(HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protect, DWORD size_high,
                                            DWORD size_low, LPCSTR name) {
    haft__m_wide w;
    return haft_model_CreateFileMappingW(file, security, protect, size_high, size_low, haft__m_widen(&w, name));
}

/* ---- views ---- */

static uint32_t map(HANDLE mapping, DWORD access, uint64_t offset, SIZE_T bytes, void **ret) {
    haft__m_section *s = (haft__m_section *)haft__m_handle_object(mapping, HAFT__M_SECTION);
    bool writes = access != FILE_MAP_COPY && (access & FILE_MAP_WRITE) != 0;
    if (!s) return ERROR_INVALID_HANDLE;
    if (writes && s->read_only) return ERROR_ACCESS_DENIED;
    if (offset >= s->size || bytes > s->size - offset || offset % 65536) return ERROR_ACCESS_DENIED;
    if (!bytes) bytes = (size_t)(s->size - offset);
    void *view = haft__m_block_new(HAFT__M_VIEW, bytes);
    if (!view) return ERROR_NOT_ENOUGH_MEMORY;
    haft__m_block *b = haft__m_block_of(view, HAFT__M_VIEW);
    b->owner = s;
    b->offset = offset;
    b->count = writes;
    haft__m_object_keep(&s->base.object);
    memcpy(view, bytes_of(s) + offset, bytes);
    *ret = view;
    return 0;
}

/* A file that was truncated meanwhile takes what it still has room for. */
void haft__m_view_closed(haft__m_block *b) {
    haft__m_section *s = b->owner;
    uint64_t end = s->file ? s->file->size : s->size;
    uint64_t room = end > b->offset ? end - b->offset : 0;
    size_t n = room < b->bytes ? (size_t)room : b->bytes;
    if (b->count && n) memcpy(bytes_of(s) + b->offset, b + 1, n);
    haft__m_object_drop(&s->base.object);
}

LPVOID WINAPI haft_model_MapViewOfFile(HANDLE mapping, DWORD access, DWORD offset_high, DWORD offset_low, SIZE_T bytes) {
    void *ret = NULL;
    uint32_t error = haft__m_enter();
    if (!error) error = map(mapping, access, (uint64_t)offset_high << 32 | offset_low, bytes, &ret);
    haft__m_leave(error);
    return ret;
}

BOOL WINAPI haft_model_UnmapViewOfFile(LPCVOID view) {
    uint32_t error = haft__m_enter();
    haft__m_block *b = error ? NULL : haft__m_block_of(view, HAFT__M_VIEW);
    if (!error && !b) error = ERROR_INVALID_ADDRESS;
    if (b) haft__m_block_free(b);
    haft__m_leave(error);
    return !error;
}
