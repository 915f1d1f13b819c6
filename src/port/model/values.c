/* values.c: the values of registry keys. Text is kept wide, as NT keeps it; the A functions see each character as a byte. */
#include "port/model/registry.h"

#include "base/host.h"

#include <string.h>
#include <wchar.h>

static bool is_text(uint32_t type) { return type == REG_SZ || type == REG_EXPAND_SZ || type == REG_MULTI_SZ; }

static haft__m_value **value_of(haft__m_key *key, const wchar_t *name) {
    haft__m_value **at = &key->values;
    while (*at && !haft__m_same((*at)->name, name ? name : L"")) at = &(*at)->next;
    return at;
}

static void value_free(haft__m_value *v) {
    haft__free(v->name);
    haft__free(v->data);
    haft__free(v);
}

void haft__m_values_free(haft__m_key *key) {
    while (key->values) {
        haft__m_value *v = key->values;
        key->values = v->next;
        value_free(v);
    }
}

static haft__m_value *value_new(const wchar_t *name) {
    size_t length = wcslen(name);
    haft__m_value *v = haft__alloc(sizeof *v);
    if (v) v->name = haft__alloc((length + 1) * sizeof *v->name);
    if (v && v->name) return memcpy(v->name, name, (length + 1) * sizeof *name), v;
    haft__free(v);
    return NULL;
}

/* Takes over the data. */
static uint32_t value_set(haft__m_key *key, const wchar_t *name, uint32_t type, void *data, size_t size) {
    haft__m_value **at = value_of(key, name);
    if (!*at) *at = value_new(name ? name : L"");
    if (!*at) {
        haft__free(data);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    haft__free((*at)->data);
    (*at)->data = data;
    (*at)->type = type;
    (*at)->size = (uint32_t)size;
    return 0;
}

static uint32_t set(HKEY handle, const wchar_t *name, uint32_t type, const void *data, size_t size, bool narrow) {
    uint32_t error;
    haft__m_key *key = haft__m_key_at(handle, "a write of a value", &error);
    bool widen = narrow && is_text(type);
    if (!key) return error;
    if (!data && size) return ERROR_INVALID_PARAMETER;
    wchar_t *copy = haft__alloc(size * (widen ? sizeof(wchar_t) : 1));
    if (!copy) return ERROR_NOT_ENOUGH_MEMORY;
    if (widen)
        for (size_t i = 0; i < size; i++) copy[i] = (wchar_t)((const unsigned char *)data)[i];
    else if (size) memcpy(copy, data, size);
    return value_set(key, name, type, copy, size * (widen ? sizeof(wchar_t) : 1));
}

static void copy_narrow(unsigned char *to, const haft__m_value *v) {
    const wchar_t *from = v->data;
    for (size_t i = 0; i < v->size / sizeof *from; i++) to[i] = (unsigned long)from[i] < 256 ? (unsigned char)from[i] : '?';
}

static uint32_t query(HKEY handle, const wchar_t *name, LPDWORD type, LPBYTE data, LPDWORD size, bool narrow) {
    uint32_t error;
    haft__m_key *key = haft__m_key_at(handle, "a read of a value", &error);
    if (!key) return error;
    const haft__m_value *v = *value_of(key, name);
    if (!v) return ERROR_FILE_NOT_FOUND;
    if (data && !size) return ERROR_INVALID_PARAMETER;
    narrow = narrow && is_text(v->type);
    uint32_t need = narrow ? (uint32_t)(v->size / sizeof(wchar_t)) : v->size;
    uint32_t room = size ? *size : 0;
    if (type) *type = v->type;
    if (size) *size = need;
    if (!data) return 0;
    if (room < need) return ERROR_MORE_DATA;
    if (narrow) copy_narrow(data, v);
    else if (need) memcpy(data, v->data, need);
    return 0;
}

static uint32_t erase(HKEY handle, const wchar_t *name) {
    uint32_t error;
    haft__m_key *key = haft__m_key_at(handle, "a deletion of a value", &error);
    if (!key) return error;
    haft__m_value **at = value_of(key, name), *v = *at;
    if (!v) return ERROR_FILE_NOT_FOUND;
    *at = v->next;
    value_free(v);
    return 0;
}

static LONG query_call(HKEY key, const wchar_t *name, LPDWORD reserved, LPDWORD type, LPBYTE data, LPDWORD size, bool narrow) {
    uint32_t error = haft__m_enter();
    if (!error) error = reserved ? ERROR_INVALID_PARAMETER : query(key, name, type, data, size, narrow);
    return (LONG)haft__m_leave_code(error);
}

static LONG set_call(HKEY key, const wchar_t *name, DWORD reserved, DWORD type, const BYTE *data, DWORD size, bool narrow) {
    uint32_t error = haft__m_enter();
    if (!error) error = reserved ? ERROR_INVALID_PARAMETER : set(key, name, type, data, size, narrow);
    return (LONG)haft__m_leave_code(error);
}

LONG WINAPI haft_model_RegQueryValueExA(HKEY key, LPCSTR name, LPDWORD reserved, LPDWORD type, LPBYTE data, LPDWORD size) {
    haft__m_wide w;
    return query_call(key, haft__m_widen(&w, name), reserved, type, data, size, true);
}

LONG WINAPI haft_model_RegQueryValueExW(HKEY key, LPCWSTR name, LPDWORD reserved, LPDWORD type, LPBYTE data, LPDWORD size) {
    return query_call(key, name, reserved, type, data, size, false);
}

LONG WINAPI haft_model_RegSetValueExA(HKEY key, LPCSTR name, DWORD reserved, DWORD type, const BYTE *data, DWORD size) {
    haft__m_wide w;
    return set_call(key, haft__m_widen(&w, name), reserved, type, data, size, true);
}

LONG WINAPI haft_model_RegSetValueExW(HKEY key, LPCWSTR name, DWORD reserved, DWORD type, const BYTE *data, DWORD size) {
    return set_call(key, name, reserved, type, data, size, false);
}

LONG WINAPI haft_model_RegDeleteValueA(HKEY key, LPCSTR name) {
    haft__m_wide w;
    return haft_model_RegDeleteValueW(key, haft__m_widen(&w, name));
}

LONG WINAPI haft_model_RegDeleteValueW(HKEY key, LPCWSTR name) {
    uint32_t error = haft__m_enter();
    return (LONG)haft__m_leave_code(error ? error : erase(key, name));
}
