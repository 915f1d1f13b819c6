/* registry.c: the registry's shims. Q179827: bound, where the system has the fault or a bound was asked for. */
#include "shim/shims.h"

#include "core/settings.h"
#include "types/nt_classes.h"
#include "types/nt_registry.h"

static bool enforce(void) {
    return haft_quirk_active(HAFT_Q179827) || haft__limit_asked(HAFT_CLASS_KEY);
}

/* A name that there was no memory for is not counted, and the key is its caller's all the same. */
static LONG begin(haft__opening *o, const haft__key_ask *ask) {
    haft_status status = haft__key_begin(o, ask);
    if (status == HAFT_E_LIMIT) return ERROR_NOT_ENOUGH_QUOTA;
    if (status == HAFT_OK) return ERROR_SUCCESS;
    haft__ask uncounted = { &haft__class_key, ask->at, NULL, 0, true, false, NULL };
    haft__opening_begin(o, &uncounted);
    return ERROR_SUCCESS;
}

static LONG finish(haft__opening *o, const haft__key_ask *ask, LONG code, PHKEY ret, HKEY before) {
    uint64_t tag;
    bool same;
    if (code != ERROR_SUCCESS || !ret || !*ret) {
        haft__opening_cancel(o);
        return code;
    }
    if (haft__key_done(o, ask, *ret, HAFT__OWNER_RAW, &tag, &same) == HAFT_OK) return code;
    *ret = before;
    return ERROR_NOT_ENOUGH_QUOTA;
}

#define OPEN_KEY(PARENT, A, W, ACCESS, ROOT, CALL)                                    \
    haft__opening o;                                                                  \
    HKEY before = ret ? *ret : NULL;                                                  \
    haft__key_ask ask = { HAFT__CALLER(), PARENT, A, W, ACCESS, enforce(), ROOT };     \
    LONG code = begin(&o, &ask);                                                      \
    return code ? code : finish(&o, &ask, haft__nt()->CALL, ret, before)

LONG WINAPI haft_shim_RegOpenKeyA(HKEY parent, LPCSTR subkey, PHKEY ret) {
    OPEN_KEY(parent, subkey, NULL, 0, NULL, RegOpenKeyA(parent, subkey, ret));
}
HAFT__IMPORT(haft_shim_RegOpenKeyA, 12)

LONG WINAPI haft_shim_RegOpenKeyW(HKEY parent, LPCWSTR subkey, PHKEY ret) {
    OPEN_KEY(parent, NULL, subkey, 0, NULL, RegOpenKeyW(parent, subkey, ret));
}
HAFT__IMPORT(haft_shim_RegOpenKeyW, 12)

LONG WINAPI haft_shim_RegOpenKeyExA(HKEY parent, LPCSTR subkey, DWORD options, REGSAM access, PHKEY ret) {
    OPEN_KEY(parent, subkey, NULL, access, NULL, RegOpenKeyExA(parent, subkey, options, access, ret));
}
HAFT__IMPORT(haft_shim_RegOpenKeyExA, 20)

LONG WINAPI haft_shim_RegOpenKeyExW(HKEY parent, LPCWSTR subkey, DWORD options, REGSAM access, PHKEY ret) {
    OPEN_KEY(parent, NULL, subkey, access, NULL, RegOpenKeyExW(parent, subkey, options, access, ret));
}
HAFT__IMPORT(haft_shim_RegOpenKeyExW, 20)

LONG WINAPI haft_shim_RegCreateKeyA(HKEY parent, LPCSTR subkey, PHKEY ret) {
    OPEN_KEY(parent, subkey, NULL, 0, NULL, RegCreateKeyA(parent, subkey, ret));
}
HAFT__IMPORT(haft_shim_RegCreateKeyA, 12)

LONG WINAPI haft_shim_RegCreateKeyW(HKEY parent, LPCWSTR subkey, PHKEY ret) {
    OPEN_KEY(parent, NULL, subkey, 0, NULL, RegCreateKeyW(parent, subkey, ret));
}
HAFT__IMPORT(haft_shim_RegCreateKeyW, 12)

LONG WINAPI haft_shim_RegCreateKeyExA(HKEY parent, LPCSTR subkey, DWORD reserved, LPSTR reg_class, DWORD options, REGSAM access,
                                      LPSECURITY_ATTRIBUTES security, PHKEY ret, LPDWORD disposition) {
    OPEN_KEY(parent, subkey, NULL, access, NULL,
             RegCreateKeyExA(parent, subkey, reserved, reg_class, options, access, security, ret, disposition));
}
HAFT__IMPORT(haft_shim_RegCreateKeyExA, 36)

LONG WINAPI haft_shim_RegCreateKeyExW(HKEY parent, LPCWSTR subkey, DWORD reserved, LPWSTR reg_class, DWORD options, REGSAM access,
                                      LPSECURITY_ATTRIBUTES security, PHKEY ret, LPDWORD disposition) {
    OPEN_KEY(parent, NULL, subkey, access, NULL,
             RegCreateKeyExW(parent, subkey, reserved, reg_class, options, access, security, ret, disposition));
}
HAFT__IMPORT(haft_shim_RegCreateKeyExW, 36)

LONG WINAPI haft_shim_RegConnectRegistryA(LPCSTR machine, HKEY root, PHKEY ret) {
    OPEN_KEY(NULL, machine, NULL, 0, root, RegConnectRegistryA(machine, root, ret));
}
HAFT__IMPORT(haft_shim_RegConnectRegistryA, 12)

LONG WINAPI haft_shim_RegConnectRegistryW(LPCWSTR machine, HKEY root, PHKEY ret) {
    OPEN_KEY(NULL, NULL, machine, 0, root, RegConnectRegistryW(machine, root, ret));
}
HAFT__IMPORT(haft_shim_RegConnectRegistryW, 12)

LONG WINAPI haft_shim_RegOpenCurrentUser(REGSAM access, PHKEY ret) {
    OPEN_KEY(HKEY_CURRENT_USER, NULL, NULL, access, NULL, RegOpenCurrentUser(access, ret));
}
HAFT__IMPORT(haft_shim_RegOpenCurrentUser, 8)

#define KEYS(X) X(LONG, RegCloseKey, 1, (HKEY), CLOSES, key, a, IF_ZERO)
KEYS(HAFT__NT_SHIM)
