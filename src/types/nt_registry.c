/* nt_registry.c: openings of registry keys, and the constructors of haft_key.
 *
 * Q179827: on NT 4.0 before SP4 a key's open count wraps after 65,535 reopens. What is done: bound. The open is refused
 * before it is made, by the key's full name. What is not: opens by code that was not rebuilt are not counted.
 */
#include "types/nt_registry.h"

#include "core/keyname.h"
#include "core/settings.h"
#include "types/nt_construct.h"

/* Without a subkey, or another machine, some systems hand back the very key. */
static bool is_named(const haft__key_ask *ask) { return (ask->a && *ask->a) || (ask->w && *ask->w); }

haft_status haft__key_begin(haft__opening *o, const haft__key_ask *ask) {
    haft__name name;
    haft__ask opening = { &haft__class_key, ask->at, NULL, 0, false, ask->enforce, haft__quirk_name(HAFT_Q179827) };
    bool known = ask->root ? haft__key_name_connected(&name, ask->a, ask->w, ask->root)
                           : haft__key_name_below(&name, ask->parent, ask->a, ask->w, ask->access);
    if (known) {
        opening.name = name.text;
        opening.length = name.length;
    }
    haft_status status = HAFT_E_NOMEM;
    if (!name.failed || !ask->enforce)
        status = is_named(ask) ? haft__opening_begin(o, &opening) : haft__opening_begin_perhaps(o, &opening);
    haft__name_free(&name);
    return status;
}

/* Asks the system what the key is really called, the first time a name leads to it. */
static haft_status settle(haft__opening *o, HKEY key, uint32_t owner) {
    haft__name name;
    if (!haft__opening_unsettled(o)) return HAFT_OK;
    bool known = haft__key_name_true(&name, key);
    haft_status status = haft__opening_settle(o, (uint64_t)(uintptr_t)key, owner, known ? name.text : NULL, name.length);
    haft__name_free(&name);
    return status;
}

haft_status haft__key_done(haft__opening *o, const haft__key_ask *ask, HKEY key, uint32_t owner, uint64_t *ret_tag,
                           bool *ret_same) {
    uint64_t raw = (uint64_t)(uintptr_t)key;
    *ret_same = key == ask->parent || haft__key_is_predefined(raw);
    if (*ret_same) {
        haft__opening_cancel(o);
        return HAFT_OK;
    }
    bool theirs = owner == HAFT__OWNER_RAW;
    haft_status status = settle(o, key, owner);
    if (status == HAFT_E_LIMIT || (status != HAFT_OK && !theirs)) return status;
    status = haft__opening_done(o, raw, owner, ret_tag);
    return theirs ? HAFT_OK : status;
}

/* ---- constructors ---- */

static haft_status begin(haft__opening *o, haft_key *ret, const haft__key_ask *ask) {
    if (!ret) return HAFT_E_INVALID;
    haft__end(&ret->hold, &haft__class_key, ask->at);
    return haft__key_begin(o, ask);
}

static haft_status finish(haft__opening *o, haft_key *ret, const haft__key_ask *ask, LONG code, HKEY key) {
    haft_hold h = { (uint64_t)(uintptr_t)key, 0 };
    bool same;
    if (code != ERROR_SUCCESS) {
        haft__opening_cancel(o);
        haft__nt()->set_last_error((uint32_t)code);
        return code == ERROR_CALL_NOT_IMPLEMENTED ? HAFT_E_UNSUPPORTED : HAFT_E_OS;
    }
    haft_status status = haft__key_done(o, ask, key, HAFT_OWNER_USER, &h.tag, &same);
    if (status != HAFT_OK) return status;
    if (same) return haft__adopt(&ret->hold, h.raw, HAFT_OWNER_BORROWED, &haft__class_key, ask->at);
    ret->hold = h;
    return HAFT_OK;
}

#define KEY_CONSTRUCT(PARENT, A, W, ACCESS, CALL) KEY_CONSTRUCT_AT(PARENT, A, W, ACCESS, NULL, CALL)
#define KEY_CONSTRUCT_AT(PARENT, A, W, ACCESS, ROOT, CALL)                    \
    haft__opening o;                                                          \
    HKEY key = NULL;                                                          \
    haft__key_ask ask = { HAFT__CALLER(), PARENT, A, W, ACCESS, true, ROOT };  \
    haft_status status = begin(&o, ret, &ask);                                \
    if (status != HAFT_OK) return status;                                     \
    LONG code = haft__nt()->CALL;                                             \
    return finish(&o, ret, &ask, code, key)

haft_status haft_key_open_a(haft_key *ret, haft_hkey_t parent, const char *subkey, haft_dword options, haft_dword access) {
    KEY_CONSTRUCT(parent, subkey, NULL, access, RegOpenKeyExA(parent, subkey, options, access, &key));
}

haft_status haft_key_open_w(haft_key *ret, haft_hkey_t parent, const wchar_t *subkey, haft_dword options, haft_dword access) {
    KEY_CONSTRUCT(parent, NULL, subkey, access, RegOpenKeyExW(parent, subkey, options, access, &key));
}

haft_status haft_key_create_a(haft_key *ret, haft_hkey_t parent, const char *subkey, haft_dword reserved, char *reg_class,
                              haft_dword options, haft_dword access, struct _SECURITY_ATTRIBUTES *security,
                              haft_dword *disposition) {
    KEY_CONSTRUCT(parent, subkey, NULL, access,
                  RegCreateKeyExA(parent, subkey, reserved, reg_class, options, access, security, &key, disposition));
}

haft_status haft_key_create_w(haft_key *ret, haft_hkey_t parent, const wchar_t *subkey, haft_dword reserved, wchar_t *reg_class,
                              haft_dword options, haft_dword access, struct _SECURITY_ATTRIBUTES *security,
                              haft_dword *disposition) {
    KEY_CONSTRUCT(parent, NULL, subkey, access,
                  RegCreateKeyExW(parent, subkey, reserved, reg_class, options, access, security, &key, disposition));
}

haft_status haft_key_connect_a(haft_key *ret, const char *machine, haft_hkey_t root) {
    KEY_CONSTRUCT_AT(NULL, machine, NULL, 0, root, RegConnectRegistryA(machine, root, &key));
}

haft_status haft_key_connect_w(haft_key *ret, const wchar_t *machine, haft_hkey_t root) {
    KEY_CONSTRUCT_AT(NULL, NULL, machine, 0, root, RegConnectRegistryW(machine, root, &key));
}

haft_status haft_key_open_current_user(haft_key *ret, haft_dword access) {
    KEY_CONSTRUCT((HKEY)(uintptr_t)(intptr_t)(int32_t)0x80000001, NULL, NULL, access, RegOpenCurrentUser(access, &key));
}
