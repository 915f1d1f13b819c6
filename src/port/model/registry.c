/* registry.c: keys, and the open count of Q179827.
 *
 * A key's storage counts the openings of it, and is given back when the last one is closed. On NT 4.0 before SP4 the count has 16
 * bits: 65,535 opens after the first it is 0 while all of them are open. The next close then gives the storage back, and every
 * open that is still there stands on freed storage. The model does not free it: it notes that it is freed, and stops the system
 * when it is used. */
#include "port/model/registry.h"

#include "base/host.h"

#include <string.h>
#include <wchar.h>

static haft__m_key *key_of(haft__m_named *it) { return it ? (haft__m_key *)((char *)it - offsetof(haft__m_key, named)) : NULL; }

#define USER L"\\REGISTRY\\USER\\S-1-5-21-1214440339-1383384898-839522115-500"
#define HARDWARE_PROFILE L"\\REGISTRY\\MACHINE\\SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current"

static const struct {
    uint32_t value;
    const wchar_t *path;
    const char *name, *short_name;
} roots[] = {
    { 0x80000000u, L"\\REGISTRY\\MACHINE\\SOFTWARE\\CLASSES", "HKEY_CLASSES_ROOT", "HKCR" },
    { 0x80000001u, USER, "HKEY_CURRENT_USER", "HKCU" },
    { 0x80000002u, L"\\REGISTRY\\MACHINE", "HKEY_LOCAL_MACHINE", "HKLM" },
    { 0x80000003u, L"\\REGISTRY\\USER", "HKEY_USERS", "HKU" },
    { 0x80000005u, HARDWARE_PROFILE, "HKEY_CURRENT_CONFIG", "HKCC" },
};

/* On 64-bit hosts the values are these, sign-extended; code that made them without comes along. */
bool haft__m_key_is_predefined(HKEY key) { return ((uint64_t)(uintptr_t)key & UINT64_C(0xFFFFFFF0)) == UINT64_C(0x80000000); }

static const wchar_t *root_path(HKEY key) {
    for (size_t i = 0; i < HAFT__COUNT(roots); i++)
        if (haft__m_key_is_predefined(key) && (uint32_t)(uintptr_t)key == roots[i].value) return roots[i].path;
    return NULL;
}

/* ---- storage ---- */

static haft__m_key *key_make(const wchar_t *path) {
    haft__m_key *key = haft__alloc(sizeof *key);
    if (!key) return NULL;
    key->remote = path[0] != L'\\' || path[1] == L'\\';
    if (haft__m_names_add(&haft__m.keys, &key->named, path)) return key;
    haft__free(key);
    return NULL;
}

/* The key at a path, with all above it below the first `fixed` characters made as well. *ret_new: it was not there. */
static haft__m_key *key_ensure(wchar_t *path, bool *ret_new) {
    haft__m_key *key = key_of(haft__m_names_find(&haft__m.keys, path));
    *ret_new = !key;
    for (wchar_t *at = path; !key && (at = wcschr(at + 1, L'\\')) != NULL;) {
        if (at[-1] == L'\\') continue; /* the two before a machine's name */
        *at = L'\0';
        bool there = haft__m_names_find(&haft__m.keys, path) || key_make(path);
        *at = L'\\';
        if (!there) return NULL;
    }
    return key ? key : key_make(path);
}

static void touch_freed(haft__m_key *key, const char *what) {
    char name[256];
    haft__m_narrow(name, sizeof name, key->named.name);
    haft__m_crash("Q179827", "%s of %s, whose 16-bit open count had wrapped to 0 so that a close freed its storage while in use",
                  what, name);
}

static uint32_t count_open(haft__m_key *key) {
    if (key->freed) {
        touch_freed(key, "an open");
        return ERROR_NOT_READY;
    }
    if (key->remote) return 0;
    key->bodies++;
    if (haft__m_has("Q179827")) key->opens = (key->opens + 1) & 0xFFFF;
    else if (key->opens != UINT32_MAX) key->opens++;
    return 0;
}

static void count_close(haft__m_key *key) {
    if (key->remote) return;
    if (key->freed) {
        touch_freed(key, "a close");
        return;
    }
    key->bodies--;
    if (key->opens > 1) key->opens--;
    else {
        key->opens = 0;
        key->freed = key->bodies != 0;
    }
}

/* ---- openings ---- */

void haft__m_key_body_closed(haft__m_object *o) { count_close(((haft__m_key_body *)o)->key); }

static uint32_t body_open(haft__m_key *key, REGSAM access, HKEY *ret) {
    HANDLE handle = NULL;
    haft__m_key_body *body = haft__m_object_new(HAFT__M_KEY, sizeof *body);
    if (!body) return ERROR_NOT_ENOUGH_MEMORY;
    uint32_t error = count_open(key);
    if (error) {
        haft__free(body);
        return error;
    }
    body->key = key;
    error = haft__m_handle_to_new(&body->object, access, NULL, &handle);
    if (!error) *ret = (HKEY)handle;
    return error;
}

/* A handle's key, for a call that is about to use it. */
haft__m_key *haft__m_key_at(HKEY handle, const char *what, uint32_t *ret_error) {
    haft__m_object *o = haft__m_handle_object((HANDLE)handle, HAFT__M_KEY);
    haft__m_key *key = NULL;
    const wchar_t *root = root_path(handle);
    if (o) key = ((haft__m_key_body *)o)->key;
    else if (root) key = key_of(haft__m_names_find(&haft__m.keys, root));
    *ret_error = key ? 0 : ERROR_INVALID_HANDLE;
    if (!key || !key->freed) return key;
    touch_freed(key, what);
    *ret_error = ERROR_NOT_READY;
    return NULL;
}

/* Parent and subkey in one, without doubled, leading or trailing backslashes. False: too long. */
static bool join(wchar_t *path, const wchar_t *parent, const wchar_t *subkey) {
    size_t n = wcslen(parent);
    memmove(path, parent, (n + 1) * sizeof *path); /* they may be one */
    while (*subkey) {
        while (*subkey == L'\\') subkey++;
        if (!*subkey) break;
        if (n + 1 > HAFT__M_NAME_MAX) return false;
        path[n++] = L'\\';
        for (; *subkey && *subkey != L'\\'; subkey++) {
            if (n >= HAFT__M_NAME_MAX) return false;
            path[n++] = *subkey;
        }
    }
    path[n] = L'\0';
    return true;
}

uint32_t haft__m_key_open(HKEY parent, const wchar_t *subkey, REGSAM access, HKEY *ret) {
    wchar_t path[HAFT__M_NAME_MAX + 1];
    uint32_t error;
    if (!ret) return ERROR_INVALID_PARAMETER;
    haft__m_key *from = haft__m_key_at(parent, "an open below", &error);
    if (!from) return error;
    if (!join(path, from->named.name, subkey ? subkey : L"")) return ERROR_INVALID_PARAMETER;
    haft__m_key *key = key_of(haft__m_names_find(&haft__m.keys, path));
    return key ? body_open(key, access, ret) : ERROR_FILE_NOT_FOUND;
}

uint32_t haft__m_key_create(HKEY parent, const wchar_t *subkey, REGSAM access, HKEY *ret, DWORD *disposition) {
    wchar_t path[HAFT__M_NAME_MAX + 1];
    uint32_t error;
    bool is_new;
    if (!ret) return ERROR_INVALID_PARAMETER;
    haft__m_key *from = haft__m_key_at(parent, "an open below", &error);
    if (!from) return error;
    if (!join(path, from->named.name, subkey)) return ERROR_INVALID_PARAMETER;
    haft__m_key *key = key_ensure(path, &is_new);
    error = key ? body_open(key, access, ret) : ERROR_NOT_ENOUGH_MEMORY;
    if (!error && disposition) *disposition = is_new ? REG_CREATED_NEW_KEY : REG_OPENED_EXISTING_KEY;
    return error;
}

uint32_t haft__m_key_connect(const wchar_t *machine, HKEY root, HKEY *ret) {
    wchar_t path[HAFT__M_NAME_MAX + 1] = L"";
    bool is_new;
    const wchar_t *local = root_path(root);
    if (!ret) return ERROR_INVALID_PARAMETER;
    if (root != HKEY_LOCAL_MACHINE && root != HKEY_USERS) return ERROR_INVALID_HANDLE;
    if (machine && *machine) {
        while (*machine == L'\\') machine++;
        if (!*machine || wcschr(machine, L'\\') || !join(path, L"\\", machine)) return ERROR_INVALID_PARAMETER;
    }
    if (!join(path, path, local)) return ERROR_INVALID_PARAMETER;
    haft__m_key *key = key_ensure(path, &is_new);
    return key ? body_open(key, KEY_ALL_ACCESS, ret) : ERROR_NOT_ENOUGH_MEMORY;
}

/* ---- for the rest of the model ---- */

const wchar_t *haft__m_key_name(haft__m_object *o) {
    haft__m_key *key = ((haft__m_key_body *)o)->key;
    return key->remote || key->freed ? NULL : key->named.name;
}

static bool count_path(const char *name, wchar_t *path) {
    haft__m_wide w;
    size_t head = strcspn(name, "\\");
    for (size_t i = 0; i < HAFT__COUNT(roots); i++)
        if (head && ((strlen(roots[i].name) == head && memcmp(roots[i].name, name, head) == 0) ||
                     (strlen(roots[i].short_name) == head && memcmp(roots[i].short_name, name, head) == 0)))
            return join(path, roots[i].path, haft__m_widen(&w, name + head));
    return join(path, L"", haft__m_widen(&w, name));
}

uint32_t haft_model_key_count(const char *name) {
    wchar_t path[HAFT__M_NAME_MAX + 1];
    (void)haft__m_enter();
    haft__m_key *key = name && count_path(name, path) ? key_of(haft__m_names_find(&haft__m.keys, path)) : NULL;
    uint32_t n = key ? key->opens : 0;
    (void)haft__m_leave_code(0);
    return n;
}

bool haft__m_registry_boot(void) {
    static const wchar_t *const paths[] = { L"\\REGISTRY\\MACHINE\\SOFTWARE\\Classes", L"\\REGISTRY\\MACHINE\\HARDWARE",
                                            HARDWARE_PROFILE, L"\\REGISTRY\\USER\\.DEFAULT\\Software", USER L"\\Software" };
    wchar_t path[HAFT__M_NAME_MAX + 1];
    bool is_new;
    for (size_t i = 0; i < HAFT__COUNT(paths); i++)
        if (!join(path, L"", paths[i]) || !key_ensure(path, &is_new)) return false;
    return true;
}

void haft__m_registry_clear(void) {
    for (haft__m_named *it; (it = haft__m_names_any(&haft__m.keys)) != NULL;) {
        haft__m_key *key = key_of(it);
        haft__m_names_remove(&haft__m.keys, it);
        haft__m_values_free(key);
        haft__free(key);
    }
}
