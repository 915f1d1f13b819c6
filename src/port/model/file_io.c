/* file_io.c: reading and writing of files and pipes. */
#include "port/model/files.h"

#include <string.h>

static bool may(const haft__m_file *file, DWORD right) { return (file->access & (right | GENERIC_ALL | MAXIMUM_ALLOWED)) != 0; }

static uint32_t read_file(haft__m_file *file, void *to, DWORD bytes, DWORD *ret_done) {
    if (!may(file, GENERIC_READ)) return ERROR_ACCESS_DENIED;
    if (!file->data) return 0; /* NUL, a volume: nothing there */
    uint64_t left = file->at < file->data->size ? file->data->size - file->at : 0;
    DWORD n = left < bytes ? (DWORD)left : bytes;
    if (n) memcpy(to, file->data->bytes + file->at, n);
    file->at += n;
    *ret_done = n;
    return 0;
}

static uint32_t write_file(haft__m_file *file, const void *from, DWORD bytes, DWORD *ret_done) {
    if (!may(file, GENERIC_WRITE)) return ERROR_ACCESS_DENIED;
    if (file->data && file->at + bytes > file->data->size && !haft__m_file_resize(file->data, (size_t)(file->at + bytes)))
        return ERROR_NOT_ENOUGH_MEMORY;
    if (file->data && bytes) memcpy(file->data->bytes + file->at, from, bytes);
    file->at += bytes;
    *ret_done = bytes;
    return 0;
}

static uint32_t transfer(HANDLE handle, void *to, const void *from, DWORD bytes, DWORD *ret_done) {
    haft__m_object *o = haft__m_handle_object(handle, HAFT__M_ANY);
    uint32_t done = 0, error = ERROR_INVALID_HANDLE;
    if (o && o->type == HAFT__M_FILE)
        error = to ? read_file((haft__m_file *)o, to, bytes, ret_done) : write_file((haft__m_file *)o, from, bytes, ret_done);
    if (!o || o->type != HAFT__M_PIPE) return error;
    haft__m_object_keep(o); /* a read may wait, and the handle be closed meanwhile */
    error = to ? haft__m_pipe_read((haft__m_pipe *)o, to, bytes, &done) : haft__m_pipe_write((haft__m_pipe *)o, from, bytes, &done);
    haft__m_object_drop(o);
    *ret_done = done;
    return error;
}

BOOL WINAPI haft_model_ReadFile(HANDLE file, LPVOID to, DWORD bytes, LPDWORD done, LPOVERLAPPED overlapped) {
    DWORD got = 0;
    uint32_t error = haft__m_enter();
    if (!error && (overlapped || (!to && bytes))) error = overlapped ? ERROR_NOT_SUPPORTED : ERROR_NOACCESS;
    if (!error) error = transfer(file, to ? to : &got, NULL, bytes, &got);
    if (done) *done = error ? 0 : got;
    haft__m_leave(error);
    return !error;
}

BOOL WINAPI haft_model_WriteFile(HANDLE file, LPCVOID from, DWORD bytes, LPDWORD done, LPOVERLAPPED overlapped) {
    DWORD put = 0;
    uint32_t error = haft__m_enter();
    if (!error && (overlapped || (!from && bytes))) error = overlapped ? ERROR_NOT_SUPPORTED : ERROR_NOACCESS;
    if (!error) error = transfer(file, NULL, from, bytes, &put);
    if (done) *done = error ? 0 : put;
    haft__m_leave(error);
    return !error;
}

DWORD WINAPI haft_model_GetFileSize(HANDLE file, LPDWORD high) {
    uint32_t error = haft__m_enter();
    haft__m_file_data *data = error ? NULL : haft__m_file_of(file);
    uint64_t size = data ? data->size : 0;
    if (!error && !data) error = ERROR_INVALID_HANDLE;
    if (!error && high) *high = (DWORD)(size >> 32);
    haft__m_leave(error);
    return error ? INVALID_FILE_SIZE : (DWORD)size;
}
