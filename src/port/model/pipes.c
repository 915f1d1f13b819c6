/* pipes.c: pipes, mailslots and change notifications. A named pipe or mailslot has a server's handle; the model has no clients
 * for it. */
#include "port/model/files.h"

#include "base/host.h"

#include <string.h>
#include <wchar.h>

/* ---- the bytes on their way ---- */

static void end_joins(haft__m_pipe *pipe, haft__m_pipe_bytes *bytes, bool reads, bool writes) {
    pipe->bytes = bytes;
    pipe->reads = reads;
    pipe->writes = writes;
    bytes->readers += reads;
    bytes->writers += writes;
}

void haft__m_pipe_closed(haft__m_object *o) {
    haft__m_pipe *pipe = (haft__m_pipe *)o;
    haft__m_pipe_bytes *bytes = pipe->bytes;
    if (!bytes) return;
    bytes->readers -= pipe->reads;
    bytes->writers -= pipe->writes;
    if (bytes->readers || bytes->writers) return;
    haft__free(bytes->bytes);
    haft__free(bytes);
}

/* Waits for bytes as long as there is someone to write them. */
uint32_t haft__m_pipe_read(haft__m_pipe *pipe, void *to, uint32_t bytes, uint32_t *ret_done) {
    haft__m_pipe_bytes *b = pipe->bytes;
    uint32_t boots = haft__m.boots;
    if (!pipe->reads) return ERROR_ACCESS_DENIED;
    for (unsigned turns = 0; !b->count && bytes; turns++) {
        if (b->writers == pipe->writes) return ERROR_BROKEN_PIPE;
        haft__m_pause(turns);
        if (haft__m.crashed || haft__m.boots != boots) return ERROR_NOT_READY;
    }
    uint32_t n = b->count < bytes ? (uint32_t)b->count : bytes;
    if (n) memcpy(to, b->bytes + b->first, n);
    b->first += n;
    b->count -= n;
    *ret_done = n;
    return 0;
}

uint32_t haft__m_pipe_write(haft__m_pipe *pipe, const void *from, uint32_t bytes, uint32_t *ret_done) {
    haft__m_pipe_bytes *b = pipe->bytes;
    if (!pipe->writes) return ERROR_ACCESS_DENIED;
    if (b->readers == pipe->reads) return ERROR_BROKEN_PIPE;
    if (b->first + b->count + bytes > b->room) {
        size_t room = (b->count + bytes) * 2;
        uint8_t *bigger = haft__alloc(room);
        if (!bigger) return ERROR_NOT_ENOUGH_MEMORY;
        if (b->count) memcpy(bigger, b->bytes + b->first, b->count);
        haft__free(b->bytes);
        b->bytes = bigger;
        b->first = 0;
        b->room = room;
    }
    if (bytes) memcpy(b->bytes + b->first + b->count, from, bytes);
    b->count += bytes;
    *ret_done = bytes;
    return 0;
}

/* ---- making them ---- */

static uint32_t create_pipe(const SECURITY_ATTRIBUTES *security, HANDLE *ret_read, HANDLE *ret_write) {
    HANDLE reader, writer;
    haft__m_pipe_bytes *bytes = haft__alloc(sizeof *bytes);
    haft__m_pipe *in = haft__m_object_new(HAFT__M_PIPE, sizeof *in), *out = haft__m_object_new(HAFT__M_PIPE, sizeof *out);
    if (!bytes || !in || !out) {
        haft__free(bytes);
        haft__free(in);
        haft__free(out);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    end_joins(in, bytes, true, false);
    end_joins(out, bytes, false, true);
    uint32_t error = haft__m_handle_to_new(&in->object, GENERIC_READ, security, &reader);
    if (error) {
        haft__m_object_drop(&out->object);
        return error;
    }
    error = haft__m_handle_to_new(&out->object, GENERIC_WRITE, security, &writer);
    if (error) return (void)haft__m_handle_close(reader), error;
    *ret_read = reader;
    *ret_write = writer;
    return 0;
}

BOOL WINAPI haft_model_CreatePipe(PHANDLE ret_read, PHANDLE ret_write, LPSECURITY_ATTRIBUTES security, DWORD size) {
    uint32_t error = haft__m_enter();
    (void)size;
    if (!error && (!ret_read || !ret_write)) error = ERROR_NOACCESS;
    if (!error) error = create_pipe(security, ret_read, ret_write);
    haft__m_leave(error);
    return !error;
}

static bool has_prefix(const wchar_t *name, const wchar_t *prefix) {
    for (; *prefix; name++, prefix++)
        if (haft__m_fold(*name) != haft__m_fold(*prefix)) return false;
    return *name != L'\0';
}

static uint32_t create_named_pipe(const wchar_t *name, DWORD mode, DWORD instances, const SECURITY_ATTRIBUTES *security,
                                  HANDLE *ret) {
    if (!name || !has_prefix(name, L"\\\\.\\pipe\\")) return ERROR_INVALID_NAME;
    if ((mode & PIPE_ACCESS_DUPLEX) == 0 || instances == 0 || instances > PIPE_UNLIMITED_INSTANCES) return ERROR_INVALID_PARAMETER;
    haft__m_pipe_bytes *bytes = haft__alloc(sizeof *bytes);
    haft__m_pipe *pipe = haft__m_object_new(HAFT__M_PIPE, sizeof *pipe);
    if (!bytes || !pipe) {
        haft__free(bytes);
        haft__free(pipe);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    end_joins(pipe, bytes, (mode & PIPE_ACCESS_INBOUND) != 0, (mode & PIPE_ACCESS_OUTBOUND) != 0);
    return haft__m_handle_to_new(&pipe->object, GENERIC_READ | GENERIC_WRITE, security, ret);
}

HANDLE WINAPI haft_model_CreateNamedPipeW(LPCWSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances, DWORD out_size,
                                          DWORD in_size, DWORD timeout_ms, LPSECURITY_ATTRIBUTES security) {
    HANDLE ret = INVALID_HANDLE_VALUE;
    uint32_t error = haft__m_enter();
    (void)pipe_mode, (void)out_size, (void)in_size, (void)timeout_ms;
    if (!error) error = create_named_pipe(name, open_mode, instances, security, &ret);
    haft__m_leave(error);
    return error ? INVALID_HANDLE_VALUE : ret;
}

HANDLE WINAPI haft_model_CreateNamedPipeA(LPCSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances, DWORD out_size,
                                          DWORD in_size, DWORD timeout_ms, LPSECURITY_ATTRIBUTES security) {
    haft__m_wide w;
    return haft_model_CreateNamedPipeW(haft__m_widen(&w, name), open_mode, pipe_mode, instances, out_size, in_size, timeout_ms,
                                       security);
}

static HANDLE plain(haft__m_type type, bool good_name, const SECURITY_ATTRIBUTES *security) {
    HANDLE ret = INVALID_HANDLE_VALUE;
    uint32_t error = haft__m_enter();
    if (!error && !good_name) error = ERROR_INVALID_NAME;
    if (!error) error = haft__m_handle_to_new(haft__m_object_new(type, sizeof(haft__m_object)), GENERIC_READ, security, &ret);
    haft__m_leave(error);
    return error ? INVALID_HANDLE_VALUE : ret;
}

HANDLE WINAPI haft_model_CreateMailslotW(LPCWSTR name, DWORD max_message, DWORD timeout_ms, LPSECURITY_ATTRIBUTES security) {
    (void)max_message, (void)timeout_ms;
    return plain(HAFT__M_MAILSLOT, name && has_prefix(name, L"\\\\.\\mailslot\\"), security);
}

HANDLE WINAPI haft_model_CreateMailslotA(LPCSTR name, DWORD max_message, DWORD timeout_ms, LPSECURITY_ATTRIBUTES security) {
    haft__m_wide w;
    return haft_model_CreateMailslotW(haft__m_widen(&w, name), max_message, timeout_ms, security);
}

HANDLE WINAPI haft_model_FindFirstChangeNotificationW(LPCWSTR path, BOOL subtree, DWORD filter) {
    (void)subtree, (void)filter;
    return plain(HAFT__M_CHANGE, path && *path, NULL);
}

HANDLE WINAPI haft_model_FindFirstChangeNotificationA(LPCSTR path, BOOL subtree, DWORD filter) {
    haft__m_wide w;
    return haft_model_FindFirstChangeNotificationW(haft__m_widen(&w, path), subtree, filter);
}

BOOL WINAPI haft_model_FindCloseChangeNotification(HANDLE change) { return haft_model_CloseHandle(change); }
