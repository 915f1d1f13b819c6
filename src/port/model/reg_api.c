/* reg_api.c: the Win32 functions that open and close keys. All give their error back; none touches the last error. */
#include "port/model/registry.h"

LONG WINAPI haft_model_RegOpenKeyExW(HKEY parent, LPCWSTR subkey, DWORD options, REGSAM access, PHKEY ret) {
    uint32_t error = haft__m_enter();
    bool same = haft__m_key_is_predefined(parent) && (!subkey || !*subkey);
    if (!error && options) error = ERROR_INVALID_PARAMETER;
    if (!error && same && ret) *ret = parent; /* not an open: the caller has it already */
    else if (!error) error = haft__m_key_open(parent, subkey, access, ret);
    return (LONG)haft__m_leave_code(error);
}

LONG WINAPI haft_model_RegOpenKeyExA(HKEY parent, LPCSTR subkey, DWORD options, REGSAM access, PHKEY ret) {
    haft__m_wide w;
    return haft_model_RegOpenKeyExW(parent, haft__m_widen(&w, subkey), options, access, ret);
}

LONG WINAPI haft_model_RegOpenKeyW(HKEY parent, LPCWSTR subkey, PHKEY ret) {
    uint32_t error = haft__m_enter();
    if (!error && !subkey && ret) {
        if (haft__m_key_is_predefined(parent) || haft__m_key_at(parent, "an open", &error)) *ret = parent;
    } else if (!error && haft__m_key_is_predefined(parent) && subkey && !*subkey && ret) {
        *ret = parent;
    } else if (!error) {
        error = haft__m_key_open(parent, subkey, MAXIMUM_ALLOWED, ret);
    }
    return (LONG)haft__m_leave_code(error);
}

LONG WINAPI haft_model_RegOpenKeyA(HKEY parent, LPCSTR subkey, PHKEY ret) {
    haft__m_wide w;
    return haft_model_RegOpenKeyW(parent, haft__m_widen(&w, subkey), ret);
}

LONG WINAPI haft_model_RegCreateKeyExW(HKEY parent, LPCWSTR subkey, DWORD reserved, LPWSTR reg_class, DWORD options, REGSAM access,
                                       LPSECURITY_ATTRIBUTES security, PHKEY ret, LPDWORD disposition) {
    uint32_t error = haft__m_enter();
    DWORD made = 0;
    (void)reg_class, (void)options;
    if (!error && reserved) error = ERROR_INVALID_PARAMETER;
    if (!error && !subkey) error = ERROR_BADKEY;
    if (!error) error = haft__m_key_create(parent, subkey, access, ret, &made);
    if (!error && disposition) *disposition = made;
    if (!error && security && security->bInheritHandle) haft__m_handle_slot((HANDLE)*ret)->flags |= HANDLE_FLAG_INHERIT;
    return (LONG)haft__m_leave_code(error);
}

LONG WINAPI haft_model_RegCreateKeyExA(HKEY parent, LPCSTR subkey, DWORD reserved, LPSTR reg_class, DWORD options, REGSAM access,
                                       LPSECURITY_ATTRIBUTES security, PHKEY ret, LPDWORD disposition) {
    haft__m_wide w;
    (void)reg_class;
    return haft_model_RegCreateKeyExW(parent, haft__m_widen(&w, subkey), reserved, NULL, options, access, security, ret,
                                      disposition);
}

LONG WINAPI haft_model_RegCreateKeyW(HKEY parent, LPCWSTR subkey, PHKEY ret) {
    if (!subkey || !*subkey) return haft_model_RegOpenKeyW(parent, subkey, ret);
    return haft_model_RegCreateKeyExW(parent, subkey, 0, NULL, REG_OPTION_NON_VOLATILE, MAXIMUM_ALLOWED, NULL, ret, NULL);
}

LONG WINAPI haft_model_RegCreateKeyA(HKEY parent, LPCSTR subkey, PHKEY ret) {
    haft__m_wide w;
    return haft_model_RegCreateKeyW(parent, haft__m_widen(&w, subkey), ret);
}

LONG WINAPI haft_model_RegConnectRegistryW(LPCWSTR machine, HKEY root, PHKEY ret) {
    uint32_t error = haft__m_enter();
    if (!error) error = haft__m_key_connect(machine, root, ret);
    return (LONG)haft__m_leave_code(error);
}

LONG WINAPI haft_model_RegConnectRegistryA(LPCSTR machine, HKEY root, PHKEY ret) {
    haft__m_wide w;
    return haft_model_RegConnectRegistryW(haft__m_widen(&w, machine), root, ret);
}

LONG WINAPI haft_model_RegOpenCurrentUser(REGSAM access, PHKEY ret) {
    uint32_t error = haft__m_enter();
    if (!error) error = haft__m_key_open(HKEY_CURRENT_USER, L"", access, ret);
    return (LONG)haft__m_leave_code(error);
}

LONG WINAPI haft_model_RegCloseKey(HKEY key) {
    uint32_t error = haft__m_enter();
    if (!error && !haft__m_key_is_predefined(key)) error = haft__m_handle_close((HANDLE)key);
    return (LONG)haft__m_leave_code(error);
}
