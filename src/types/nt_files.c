/* nt_files.c: constructors of files, finds, change notifications, pipes and mailslots. */
#include "types/guard.h"
#include "types/nt_construct.h"

#define INVALID ((void *)INVALID_HANDLE_VALUE)

/* A declined call is a failed one: ERROR_INVALID_NAME. */
#define CREATE_FILE(A, W, CALL)                                                                            \
    haft__opening o;                                                                                       \
    const void *at = HAFT__CALLER();                                                                       \
    haft_status status = haft__construct(&o, ret, &haft__class_file, at, A, W, true);                       \
    if (status != HAFT_OK) return status;                                                                  \
    return haft__nt_constructed(&o, ret, haft__guard_declines(at, A, W) ? INVALID : haft__nt()->CALL)

haft_status haft_file_create_a(haft_file *ret, const char *name, haft_dword access, haft_dword share,
                               struct _SECURITY_ATTRIBUTES *security, haft_dword disposition, haft_dword flags,
                               haft_handle_t template_file) {
    CREATE_FILE(name, NULL, CreateFileA(name, access, share, security, disposition, flags, template_file));
}

haft_status haft_file_create_w(haft_file *ret, const wchar_t *name, haft_dword access, haft_dword share,
                               struct _SECURITY_ATTRIBUTES *security, haft_dword disposition, haft_dword flags,
                               haft_handle_t template_file) {
    CREATE_FILE(NULL, name, CreateFileW(name, access, share, security, disposition, flags, template_file));
}

haft_status haft_find_first_a(haft_find *ret, const char *pattern, struct _WIN32_FIND_DATAA *data) {
    HAFT__CONSTRUCT(find, NULL, NULL, false, FindFirstFileA(pattern, data));
}

haft_status haft_find_first_w(haft_find *ret, const wchar_t *pattern, struct _WIN32_FIND_DATAW *data) {
    HAFT__CONSTRUCT(find, NULL, NULL, false, FindFirstFileW(pattern, data));
}

haft_status haft_change_first_a(haft_change *ret, const char *path, haft_bool32 subtree, haft_dword filter) {
    HAFT__CONSTRUCT(change, NULL, NULL, false, FindFirstChangeNotificationA(path, subtree, filter));
}

haft_status haft_change_first_w(haft_change *ret, const wchar_t *path, haft_bool32 subtree, haft_dword filter) {
    HAFT__CONSTRUCT(change, NULL, NULL, false, FindFirstChangeNotificationW(path, subtree, filter));
}

haft_status haft_pipe_create_named_a(haft_pipe *ret, const char *name, haft_dword open_mode, haft_dword pipe_mode,
                                     haft_dword instances, haft_dword out_size, haft_dword in_size, haft_dword timeout_ms,
                                     struct _SECURITY_ATTRIBUTES *security) {
    HAFT__CONSTRUCT(pipe, NULL, NULL, false,
                    CreateNamedPipeA(name, open_mode, pipe_mode, instances, out_size, in_size, timeout_ms, security));
}

haft_status haft_pipe_create_named_w(haft_pipe *ret, const wchar_t *name, haft_dword open_mode, haft_dword pipe_mode,
                                     haft_dword instances, haft_dword out_size, haft_dword in_size, haft_dword timeout_ms,
                                     struct _SECURITY_ATTRIBUTES *security) {
    HAFT__CONSTRUCT(pipe, NULL, NULL, false,
                    CreateNamedPipeW(name, open_mode, pipe_mode, instances, out_size, in_size, timeout_ms, security));
}

haft_status haft_mailslot_create_a(haft_mailslot *ret, const char *name, haft_dword max_message, haft_dword timeout_ms,
                                   struct _SECURITY_ATTRIBUTES *security) {
    HAFT__CONSTRUCT(mailslot, NULL, NULL, false, CreateMailslotA(name, max_message, timeout_ms, security));
}

haft_status haft_mailslot_create_w(haft_mailslot *ret, const wchar_t *name, haft_dword max_message, haft_dword timeout_ms,
                                   struct _SECURITY_ATTRIBUTES *security) {
    HAFT__CONSTRUCT(mailslot, NULL, NULL, false, CreateMailslotW(name, max_message, timeout_ms, security));
}

haft_status haft_pipe_create(haft_pipe *ret_read, haft_pipe *ret_write, struct _SECURITY_ATTRIBUTES *security, haft_dword size) {
    haft__pair pair = { .ret = { ret_read, ret_write }, .at = HAFT__CALLER() };
    HANDLE read = INVALID_HANDLE_VALUE, write = INVALID_HANDLE_VALUE;
    haft_status status = haft__construct_pair(&pair, &haft__class_pipe, &haft__class_pipe);
    if (status != HAFT_OK) return status;
    if (!haft__nt()->CreatePipe(&read, &write, security, size)) read = write = INVALID_HANDLE_VALUE;
    return haft__nt_status(haft__constructed_pair(&pair, HAFT__BITS(read), HAFT__BITS(write)));
}

haft_status haft_console_create(haft_console *ret, haft_dword access, haft_dword share, struct _SECURITY_ATTRIBUTES *security,
                                haft_dword flags) {
    HAFT__CONSTRUCT(console, NULL, NULL, false, CreateConsoleScreenBuffer(access, share, security, flags, NULL));
}
