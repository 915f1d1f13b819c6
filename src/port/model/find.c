/* find.c: searches over the files: what matched at the first call is what the search goes through. */
#include "port/model/files.h"

#include "base/host.h"

#include <string.h>
#include <wchar.h>

/* A find handle points to this; the names follow, one after the other, each with its size before it. */
typedef struct search {
    size_t next, count;
    struct {
        wchar_t name[MAX_PATH];
        uint64_t size;
    } found[];
} search;

static bool matches(const wchar_t *pattern, const wchar_t *name) {
    for (; *pattern; pattern++, name++) {
        if (*pattern == L'*') {
            do {
                if (matches(pattern + 1, name)) return true;
            } while (*name++);
            return false;
        }
        if (!*name || (*pattern != L'?' && haft__m_fold(*pattern) != haft__m_fold(*name))) return false;
    }
    return !*name;
}

/* The file's name when it stands right in the directory that `path` begins with and its name matches the rest. */
static const wchar_t *match(const wchar_t *path, size_t directory, const wchar_t *file) {
    for (size_t i = 0; i < directory; i++)
        if (!file[i] || haft__m_fold(file[i]) != haft__m_fold(path[i])) return NULL;
    const wchar_t *name = file + directory;
    bool all = wcscmp(path + directory, L"*.*") == 0;
    return !wcschr(name, L'\\') && wcslen(name) < MAX_PATH && (all || matches(path + directory, name)) ? name : NULL;
}

static size_t each_match(const wchar_t *path, search *into) {
    size_t n = 0, directory = (size_t)(wcsrchr(path, L'\\') - path) + 1;
    for (size_t i = 0; i < haft__m.files.slot_count; i++)
        for (haft__m_named *it = haft__m.files.slots[i]; it; it = it->next) {
            const wchar_t *name = match(path, directory, it->name);
            if (!name) continue;
            if (into) {
                memcpy(into->found[n].name, name, (wcslen(name) + 1) * sizeof *name);
                into->found[n].size = ((haft__m_file_data *)((char *)it - offsetof(haft__m_file_data, named)))->size;
            }
            n++;
        }
    return n;
}

static uint32_t first(const wchar_t *pattern, search **ret) {
    wchar_t path[HAFT__M_NAME_MAX + 1];
    if (!pattern || !*pattern) return ERROR_PATH_NOT_FOUND;
    if (!haft__m_file_path(path, pattern) || !wcsrchr(path, L'\\')) return ERROR_FILE_NOT_FOUND;
    size_t n = each_match(path, NULL);
    if (!n) return ERROR_FILE_NOT_FOUND;
    search *s = haft__m_block_new(HAFT__M_FIND, sizeof *s + n * sizeof s->found[0]);
    if (!s) return ERROR_NOT_ENOUGH_MEMORY;
    s->count = each_match(path, s);
    *ret = s;
    return 0;
}

static uint32_t next_w(search *s, LPWIN32_FIND_DATAW data) {
    if (s->next == s->count) return ERROR_NO_MORE_FILES;
    memset(data, 0, sizeof *data);
    data->dwFileAttributes = FILE_ATTRIBUTE_ARCHIVE;
    data->nFileSizeHigh = (DWORD)(s->found[s->next].size >> 32);
    data->nFileSizeLow = (DWORD)s->found[s->next].size;
    memcpy(data->cFileName, s->found[s->next].name, sizeof s->found[s->next].name);
    s->next++;
    return 0;
}

static void to_a(LPWIN32_FIND_DATAA to, const WIN32_FIND_DATAW *from) {
    memset(to, 0, sizeof *to);
    to->dwFileAttributes = from->dwFileAttributes;
    to->nFileSizeHigh = from->nFileSizeHigh;
    to->nFileSizeLow = from->nFileSizeLow;
    haft__m_narrow(to->cFileName, sizeof to->cFileName, from->cFileName);
}

HANDLE WINAPI haft_model_FindFirstFileW(LPCWSTR pattern, LPWIN32_FIND_DATAW data) {
    search *s = NULL;
    uint32_t error = haft__m_enter();
    if (!error && !data) error = ERROR_INVALID_PARAMETER;
    if (!error) error = first(pattern, &s);
    if (!error) error = next_w(s, data);
    haft__m_leave(error);
    return error ? INVALID_HANDLE_VALUE : (HANDLE)s;
}

HANDLE WINAPI haft_model_FindFirstFileA(LPCSTR pattern, LPWIN32_FIND_DATAA data) {
    haft__m_wide w;
    WIN32_FIND_DATAW wide;
    HANDLE ret = haft_model_FindFirstFileW(haft__m_widen(&w, pattern), data ? &wide : NULL);
    if (ret != INVALID_HANDLE_VALUE) to_a(data, &wide);
    return ret;
}

BOOL WINAPI haft_model_FindNextFileW(HANDLE find, LPWIN32_FIND_DATAW data) {
    uint32_t error = haft__m_enter();
    if (!error && !haft__m_block_of(find, HAFT__M_FIND)) error = ERROR_INVALID_HANDLE;
    if (!error) error = data ? next_w(find, data) : ERROR_INVALID_PARAMETER;
    haft__m_leave(error);
    return !error;
}

BOOL WINAPI haft_model_FindNextFileA(HANDLE find, LPWIN32_FIND_DATAA data) {
    WIN32_FIND_DATAW wide;
    BOOL ret = haft_model_FindNextFileW(find, data ? &wide : NULL);
    if (ret) to_a(data, &wide);
    return ret;
}

BOOL WINAPI haft_model_FindClose(HANDLE find) {
    uint32_t error = haft__m_enter();
    haft__m_block *b = error ? NULL : haft__m_block_of(find, HAFT__M_FIND);
    if (!error && !b) error = ERROR_INVALID_HANDLE;
    if (b) haft__m_block_free(b);
    haft__m_leave(error);
    return !error;
}
