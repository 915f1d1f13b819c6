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

/* KEY(API, n, (types), parent, name and the same wide, access, root of a machine, where the key goes) */
#define KEY(api, n, types, parent, a_name, w_name, access, root, ret)                              \
    LONG WINAPI haft_shim_##api(HAFT__PARAMS_##n types) {                                          \
        haft__opening o;                                                                           \
        HKEY before = ret ? *ret : NULL;                                                           \
        haft__key_ask ask = { HAFT__CALLER(), parent, a_name, w_name, access, enforce(), root };    \
        LONG code = begin(&o, &ask);                                                               \
        return code ? code : finish(&o, &ask, haft__nt()->api(HAFT__ARGS_##n), ret, before);       \
    }                                                                                              \
    HAFT__IMPORT(haft_shim_##api, HAFT__BYTES_##n)

KEY(RegOpenKeyA, 3, (HKEY, LPCSTR, PHKEY), a, b, NULL, 0, NULL, c)
KEY(RegOpenKeyW, 3, (HKEY, LPCWSTR, PHKEY), a, NULL, b, 0, NULL, c)
KEY(RegOpenKeyExA, 5, (HKEY, LPCSTR, DWORD, REGSAM, PHKEY), a, b, NULL, d, NULL, e)
KEY(RegOpenKeyExW, 5, (HKEY, LPCWSTR, DWORD, REGSAM, PHKEY), a, NULL, b, d, NULL, e)
KEY(RegCreateKeyA, 3, (HKEY, LPCSTR, PHKEY), a, b, NULL, 0, NULL, c)
KEY(RegCreateKeyW, 3, (HKEY, LPCWSTR, PHKEY), a, NULL, b, 0, NULL, c)
KEY(RegCreateKeyExA, 9, (HKEY, LPCSTR, DWORD, LPSTR, DWORD, REGSAM, LPSECURITY_ATTRIBUTES, PHKEY, LPDWORD),
    a, b, NULL, f, NULL, h)
KEY(RegCreateKeyExW, 9, (HKEY, LPCWSTR, DWORD, LPWSTR, DWORD, REGSAM, LPSECURITY_ATTRIBUTES, PHKEY, LPDWORD),
    a, NULL, b, f, NULL, h)
KEY(RegConnectRegistryA, 3, (LPCSTR, HKEY, PHKEY), NULL, a, NULL, 0, b, c)
KEY(RegConnectRegistryW, 3, (LPCWSTR, HKEY, PHKEY), NULL, NULL, a, 0, b, c)
KEY(RegOpenCurrentUser, 2, (REGSAM, PHKEY), HKEY_CURRENT_USER, NULL, NULL, a, NULL, b)

#define KEYS(X) X(LONG, RegCloseKey, 1, (HKEY), CLOSES, key, a, IF_ZERO)
KEYS(HAFT__NT_SHIM)
