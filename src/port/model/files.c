/* files.c: the file system, and CreateFile with the fault of Q235425.
 *
 * A file is a name and its bytes; any directory is there. The redirector is asked for a bare drive letter that it has ("X:", with
 * or without \\.\ or \\?\ before it), refuses the name, and on NT 4.0 before SP6 keeps the paged pool that it took for the
 * attempt. */
#include "port/model/files.h"

#include "base/host.h"

#include <string.h>
#include <wchar.h>

/* The article gives no figure. */
#define POOL_OF_AN_ATTEMPT 512u

static haft__m_file_data *data_of(haft__m_named *it) {
    return it ? (haft__m_file_data *)((char *)it - offsetof(haft__m_file_data, named)) : NULL;
}

bool haft__m_drive_is_remote(wchar_t letter) {
    wchar_t l = haft__m_fold(letter);
    return l >= L'A' && l <= L'Z' && (haft__m.remote_drives >> (l - L'A') & 1) != 0;
}

static bool is_letter(wchar_t c) { return haft__m_fold(c) >= L'A' && haft__m_fold(c) <= L'Z'; }

static const wchar_t *without_device_prefix(const wchar_t *name) {
    return wcsncmp(name, L"\\\\.\\", 4) == 0 || wcsncmp(name, L"\\\\?\\", 4) == 0 ? name + 4 : name;
}

static bool is_drive(const wchar_t *name) { return is_letter(name[0]) && name[1] == L':' && !name[2]; }

static bool is_root(const wchar_t *name) {
    return is_letter(name[0]) && name[1] == L':' && (name[2] == L'\\' || name[2] == L'/') && !name[3];
}

bool haft__m_file_path(wchar_t *path, const wchar_t *name) {
    size_t n = 0;
    name = without_device_prefix(name);
    if (haft__m_same(name, L"UNC")) return false;
    if (wcsncmp(name, L"UNC\\", 4) == 0) path[n++] = L'\\', name += 3;
    else if (name[0] == L'\\' && name[1] != L'\\') n = 2, memcpy(path, L"C:", 2 * sizeof *path);
    else if (name[0] != L'\\' && !(is_letter(name[0]) && name[1] == L':')) n = 3, memcpy(path, L"C:\\", 3 * sizeof *path);
    for (; *name; name++) {
        if (n >= HAFT__M_NAME_MAX) return false;
        path[n++] = *name == L'/' ? L'\\' : *name;
    }
    path[n] = L'\0';
    return true;
}

bool haft__m_path_is_remote(const wchar_t *path) {
    return (path[0] == L'\\' && path[1] == L'\\') || (path[1] == L':' && haft__m_drive_is_remote(path[0]));
}

/* ---- contents ---- */

bool haft__m_file_resize(haft__m_file_data *data, size_t size) {
    if (size > data->room) {
        size_t room = data->room * 2 > size ? data->room * 2 : size;
        uint8_t *bytes = size > SIZE_MAX / 4 ? NULL : haft__alloc(room);
        if (!bytes) return false;
        if (data->size) memcpy(bytes, data->bytes, data->size);
        haft__free(data->bytes);
        data->bytes = bytes;
        data->room = room;
    }
    if (size < data->size) memset(data->bytes + size, 0, data->size - size);
    data->size = size;
    return true;
}

void haft__m_file_data_drop(haft__m_file_data *data) {
    if (--data->refs) return;
    haft__free(data->bytes);
    haft__free(data);
}

static haft__m_file_data *data_new(const wchar_t *path) {
    haft__m_file_data *data = haft__alloc(sizeof *data);
    if (!data) return NULL;
    data->refs = 1;
    if (haft__m_names_add(&haft__m.files, &data->named, path)) return data;
    haft__free(data);
    return NULL;
}

void haft__m_file_closed(haft__m_object *o) {
    haft__m_file *file = (haft__m_file *)o;
    if (file->data) haft__m_file_data_drop(file->data);
}

haft__m_file_data *haft__m_file_of(HANDLE handle) {
    haft__m_file *file = (haft__m_file *)haft__m_handle_object(handle, HAFT__M_FILE);
    return file ? file->data : NULL;
}

bool haft__m_file_exists(const wchar_t *name) {
    wchar_t path[HAFT__M_NAME_MAX + 1];
    return haft__m_file_path(path, name) && haft__m_names_find(&haft__m.files, path);
}

/* ---- CreateFile ---- */

static uint32_t file_handle(haft__m_file_data *data, DWORD access, const SECURITY_ATTRIBUTES *security, HANDLE *ret) {
    haft__m_file *file = haft__m_object_new(HAFT__M_FILE, sizeof *file);
    if (!file) return ERROR_NOT_ENOUGH_MEMORY;
    if (data) data->refs++;
    file->data = data;
    file->access = access;
    return haft__m_handle_to_new(&file->object, access, security, ret);
}

static uint32_t open_file(const wchar_t *path, DWORD access, const SECURITY_ATTRIBUTES *security, DWORD disposition, HANDLE *ret) {
    haft__m_file_data *data = data_of(haft__m_names_find(&haft__m.files, path));
    bool there = data != NULL;
    haft__m.note = ERROR_SUCCESS;
    if (disposition < CREATE_NEW || disposition > TRUNCATE_EXISTING) return ERROR_INVALID_PARAMETER;
    if (there && disposition == CREATE_NEW) return ERROR_FILE_EXISTS;
    if (disposition == TRUNCATE_EXISTING && !(access & (GENERIC_WRITE | GENERIC_ALL))) return ERROR_INVALID_PARAMETER;
    if (!there && (disposition == OPEN_EXISTING || disposition == TRUNCATE_EXISTING) && !haft__m_path_is_remote(path))
        return ERROR_FILE_NOT_FOUND;
    if (!there) data = data_new(path);
    if (!data) return ERROR_NOT_ENOUGH_MEMORY;
    if (there && (disposition == CREATE_ALWAYS || disposition == TRUNCATE_EXISTING)) (void)haft__m_file_resize(data, 0);
    if (there && (disposition == CREATE_ALWAYS || disposition == OPEN_ALWAYS)) haft__m.note = ERROR_ALREADY_EXISTS;
    return file_handle(data, access, security, ret);
}

static uint32_t open_drive(wchar_t letter, DWORD access, const SECURITY_ATTRIBUTES *security, HANDLE *ret) {
    if (!haft__m_drive_is_remote(letter)) return file_handle(NULL, access, security, ret);
    if (haft__m_has("Q235425")) haft__m.paged_pool += POOL_OF_AN_ATTEMPT;
    return ERROR_INVALID_NAME;
}

static uint32_t open_any(const wchar_t *name, DWORD access, const SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags,
                         HANDLE *ret) {
    wchar_t path[HAFT__M_NAME_MAX + 1];
    const wchar_t *bare;
    if (!name || !*name) return ERROR_PATH_NOT_FOUND;
    bare = without_device_prefix(name);
    if (is_drive(bare)) return open_drive(bare[0], access, security, ret);
    if (is_root(bare) && !(flags & FILE_FLAG_BACKUP_SEMANTICS)) return ERROR_PATH_NOT_FOUND;
    if (is_root(bare) || haft__m_same(bare, L"NUL")) return file_handle(NULL, access, security, ret);
    if (bare != name && name[2] == L'.' && bare[1] != L':') return ERROR_FILE_NOT_FOUND; /* a device, a pipe: nobody serves it */
    if (wcspbrk(bare, L"<>\"|*?")) return ERROR_INVALID_NAME;
    if (!haft__m_file_path(path, name)) return ERROR_FILENAME_EXCED_RANGE;
    return open_file(path, access, security, disposition, ret);
}

HANDLE WINAPI haft_model_CreateFileW(LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                                     DWORD flags, HANDLE template_file) {
    HANDLE ret = INVALID_HANDLE_VALUE;
    uint32_t error = haft__m_enter();
    (void)share, (void)template_file;
    if (!error) error = open_any(name, access, security, disposition, flags, &ret);
    haft__m_leave(error);
    return error ? INVALID_HANDLE_VALUE : ret;
}

HANDLE WINAPI haft_model_CreateFileA(LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                                     DWORD flags, HANDLE template_file) {
    haft__m_wide w;
    return haft_model_CreateFileW(haft__m_widen(&w, name), access, share, security, disposition, flags, template_file);
}

static uint32_t delete_file(const wchar_t *name) {
    wchar_t path[HAFT__M_NAME_MAX + 1];
    if (!name || !*name) return ERROR_PATH_NOT_FOUND;
    if (!haft__m_file_path(path, name)) return ERROR_FILENAME_EXCED_RANGE;
    haft__m_file_data *data = data_of(haft__m_names_find(&haft__m.files, path));
    if (!data) return ERROR_FILE_NOT_FOUND;
    haft__m_names_remove(&haft__m.files, &data->named);
    haft__m_file_data_drop(data);
    return 0;
}

BOOL WINAPI haft_model_DeleteFileW(LPCWSTR name) {
    uint32_t error = haft__m_enter();
    if (!error) error = delete_file(name);
    haft__m_leave(error);
    return !error;
}

BOOL WINAPI haft_model_DeleteFileA(LPCSTR name) {
    haft__m_wide w;
    return haft_model_DeleteFileW(haft__m_widen(&w, name));
}

UINT WINAPI haft_model_GetDriveTypeW(LPCWSTR root) {
    UINT type = DRIVE_NO_ROOT_DIR;
    uint32_t error = haft__m_enter();
    if (!root) type = DRIVE_FIXED;
    else if (root[0] == L'\\' && root[1] == L'\\') type = DRIVE_REMOTE;
    else if (is_drive(root) || is_root(root))
        type = haft__m_drive_is_remote(root[0]) ? DRIVE_REMOTE : haft__m_fold(root[0]) < L'C' ? DRIVE_REMOVABLE : DRIVE_FIXED;
    (void)haft__m_leave_code(error);
    return error ? DRIVE_UNKNOWN : type;
}

UINT WINAPI haft_model_GetDriveTypeA(LPCSTR root) {
    haft__m_wide w;
    return haft_model_GetDriveTypeW(haft__m_widen(&w, root));
}

bool haft__m_files_boot(void) {
    static const wchar_t *const names[] = { L"C:\\boot.ini", L"C:\\ntldr", L"C:\\WINNT\\win.ini", L"C:\\WINNT\\system.ini" };
    for (size_t i = 0; i < HAFT__COUNT(names); i++)
        if (!data_new(names[i])) return false;
    return true;
}

void haft__m_files_clear(void) {
    for (haft__m_named *it; (it = haft__m_names_any(&haft__m.files)) != NULL;) {
        haft__m_names_remove(&haft__m.files, it);
        haft__m_file_data_drop(data_of(it));
    }
}
