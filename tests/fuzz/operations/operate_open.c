/* operate_open.c: opens, shims and what happens behind Haft's back, on the system and on the reference. */
#include "operate_call.h"
#include "operate_open.h"

#include "kinds.h"

#include <fcntl.h>
#include <string.h>

#define MOST_OPEN 60
#define RAW(handle) ((uint64_t)(uintptr_t)(handle))
#define HANDLE_OF(raw) ((HANDLE)(uintptr_t)(raw))
#define KEY_OF(raw) ((HKEY)(uintptr_t)(raw))
#define CURRENT_PROFILE "\\REGISTRY\\MACHINE\\SYSTEM\\CURRENTCONTROLSET\\HARDWARE PROFILES\\CURRENT"
#define USER "S-1-5-21-1214440339-1383384898-839522115-500"

bool op_is_full(ref_space space) { return ref_lowest(space) >= MOST_OPEN; }

ref_kind op_open_kind(uint8_t c) {
    static const ref_kind opened[] = { K_EVENT, K_KEY, K_FILE, K_KEY, K_FD, K_EVENT, K_MODULE, K_KEY };
    return opened[c % 8];
}

/* Every name here fits a byte a character. */
static const wchar_t *widen(const char *text) {
    static wchar_t wide[REF_NAME];
    size_t i = 0;
    for (; text[i]; i++) wide[i] = (wchar_t)(unsigned char)text[i];
    wide[i] = 0;
    return wide;
}

/* ---- keys ---- */

static const struct {
    int32_t value;
    const char *path;
} roots[] = {
    { INT32_MIN + 2, "\\REGISTRY\\MACHINE" }, { INT32_MIN + 1, "\\REGISTRY\\USER\\" USER }, { INT32_MIN + 3, "\\REGISTRY\\USER" },
    { INT32_MIN, "\\REGISTRY\\MACHINE\\SOFTWARE\\CLASSES" }, { INT32_MIN + 5, CURRENT_PROFILE },
};

void op_know_keys(void) {
    static const char *const there[] = { "\\REGISTRY\\MACHINE\\SOFTWARE\\CLASSES", "\\REGISTRY\\MACHINE\\HARDWARE",
                                         "\\REGISTRY\\USER\\.DEFAULT\\SOFTWARE", "\\REGISTRY\\USER\\" USER "\\SOFTWARE",
                                         CURRENT_PROFILE };
    for (size_t i = 0; i < HAFT__COUNT(there); i++) ref_key_exists(there[i]);
}

/* The name that a parent has in the system; NULL: it is no open key, or Haft cannot know that the value is another key by now. */
static const char *name_of_parent(uint64_t raw) {
    for (size_t i = 0; i < HAFT__COUNT(roots); i++)
        if (raw == (uint64_t)(int64_t)roots[i].value) return roots[i].path;
    if (raw & 3 || raw / 4 >= REF_VALUES) return NULL;
    const ref_value *v = &ref.system[S_KERNEL][raw / 4];
    int life = ref.life_of[S_KERNEL][raw / 4];
    if (!v->open || v->kind != K_KEY) return NULL;
    bool known = life >= 0 && ref.lives[life].live && ref.lives[life].kind == K_KEY && ref.lives[life].name >= 0;
    return known && ref.lives[life].name != v->name ? NULL : ref.names[v->name].text;
}

typedef struct key_call {
    ref_open open;
    uint64_t parent;
    const char *subkey;
    char path[REF_NAME];
} key_call;

static bool key_call_of(key_call *k, uint8_t c, uint8_t d) {
    static const char *const subkeys[] = { "Software",   "SOFTWARE", "soft" "ware\\\\extra", "\\Software", "Extra\\",
                                           USER "\\Software", "",    "Software\\No such" };
    uint8_t parent = (uint8_t)((c >> 3) % 16);
    memset(k, 0, sizeof *k);
    k->subkey = subkeys[d & 7];
    k->parent = parent < 8 ? (uint64_t)(int64_t)roots[parent % HAFT__COUNT(roots)].value : slots[parent % SLOTS].h.raw;
    const char *above = name_of_parent(k->parent);
    if (!above || !ref_key_path(k->path, above, k->subkey)) return false;
    k->open.kind = K_KEY;
    k->open.counted = k->open.object = k->path;
    k->open.create = (d & 0x18) == 0x18;
    k->open.parent = k->parent;
    k->open.exact_parent = !k->open.create && !*k->subkey && (k->parent & 0x80000000u);
    return true;
}

static haft_status open_key(haft_hold *h, const key_call *k, bool wide) {
    haft_key *ret = (haft_key *)h;
    HKEY parent = KEY_OF(k->parent);
    if (k->open.create)
        return wide ? haft_key_create_w(ret, parent, widen(k->subkey), 0, NULL, 0, KEY_READ, NULL, NULL)
                    : haft_key_create_a(ret, parent, k->subkey, 0, NULL, 0, KEY_READ, NULL, NULL);
    return wide ? haft_key_open_w(ret, parent, widen(k->subkey), 0, KEY_READ)
                : haft_key_open_a(ret, parent, k->subkey, 0, KEY_READ);
}

static LONG shim_open_key(HKEY *ret, const key_call *k, bool wide) {
    HKEY parent = KEY_OF(k->parent);
    if (k->open.create)
        return wide ? haft_shim_RegCreateKeyExW(parent, widen(k->subkey), 0, NULL, 0, KEY_READ, NULL, ret, NULL)
                    : haft_shim_RegCreateKeyExA(parent, k->subkey, 0, NULL, 0, KEY_READ, NULL, ret, NULL);
    return wide ? haft_shim_RegOpenKeyExW(parent, widen(k->subkey), 0, KEY_READ, ret)
                : haft_shim_RegOpenKeyExA(parent, k->subkey, 0, KEY_READ, ret);
}

/* ---- files, events, descriptors ---- */

static const struct {
    const char *asked, *counted, *object;
} files[] = {
    { "C:\\one", "C:\\ONE", "C:\\ONE" },
    { "c:\\One", "C:\\ONE", "C:\\ONE" },
    { "\\\\?\\C:\\one", "\\\\?\\C:\\ONE", "C:\\ONE" }, /* one file, but Haft counts names */
    { "C:\\boot.ini", "C:\\BOOT.INI", "C:\\BOOT.INI" },
};

static ref_open file_open(uint8_t d) {
    ref_open open = { K_FILE, files[d & 3].counted, files[d & 3].object, (d & 12) != 12, false, 0 };
    ref.exists[ref_name(K_FILE, "C:\\BOOT.INI")] = true;
    return open;
}

static HANDLE shim_open_file(const ref_open *open, uint8_t d, bool wide) {
    DWORD how = open->create ? OPEN_ALWAYS : OPEN_EXISTING;
    const char *name = files[d & 3].asked;
    return wide ? haft_shim_CreateFileW(widen(name), GENERIC_READ, 0, NULL, how, 0, NULL)
                : haft_shim_CreateFileA(name, GENERIC_READ, 0, NULL, how, 0, NULL);
}

static haft_status open_file(haft_hold *h, const ref_open *open, uint8_t d, bool wide) {
    DWORD how = open->create ? OPEN_ALWAYS : OPEN_EXISTING;
    const char *name = files[d & 3].asked;
    return wide ? haft_file_create_w((haft_file *)h, widen(name), GENERIC_READ, 0, NULL, how, 0, NULL)
                : haft_file_create_a((haft_file *)h, name, GENERIC_READ, 0, NULL, how, 0, NULL);
}

static haft_status open_event(haft_hold *h, const ref_open *open, bool wide) {
    haft_event *e = (haft_event *)h;
    const char *name = open->object;
    if (!open->create) return wide ? haft_event_open_w(e, 0, 0, widen(name)) : haft_event_open_a(e, 0, 0, name);
    return wide && name ? haft_event_create_w(e, NULL, 1, 0, widen(name)) : haft_event_create_a(e, NULL, 1, 0, name);
}

static const struct {
    const char *asked, *counted;
} paths[] = { { "/a", "/a" }, { "/w/a", "/w/a" }, { "a", "/w/a" }, { NULL, NULL } };

/* ---- constructors ---- */

static void construct(slot *s, const ref_open *open, haft_status (*call)(haft_hold *, const void *), const void *with) {
    ref_answer expected = ref_construct(&s->w, open);
    op_answer(call(&s->h, with), 0, expected);
}

typedef struct any_call {
    const key_call *key;
    ref_open open;
    uint8_t d;
    bool wide;
} any_call;

static haft_status call_any(haft_hold *h, const void *with) {
    const any_call *call = with;
    switch (call->open.kind) {
    case K_KEY: return open_key(h, call->key, call->wide);
    case K_FILE: return open_file(h, &call->open, call->d, call->wide);
    case K_EVENT: return open_event(h, &call->open, call->wide);
    case K_MODULE: return haft_module_load_a((haft_module *)h, call->open.parent ? "a" : "b");
    default:
        return call->open.counted ? haft_fd_open((haft_fd *)h, paths[call->d & 3].asked, O_RDONLY, 0)
                                  : haft_fd_dup((haft_fd *)h, 3);
    }
}

static ref_open event_open(uint8_t d) {
    static const char *const names[] = { "Event", "event", NULL, "Event\xe9" };
    const char *name = names[d & 3];
    ref_open open = { K_EVENT, (d & 3) == 3 ? "Event\xc3\xa9" : name, name, !name || (d & 12) != 12, false, 0 };
    return open;
}

void op_open(slot *s, uint8_t c, uint8_t d) {
    key_call key;
    any_call call = { &key, { op_open_kind(c), NULL, NULL, true, false, 0 }, d, (d & 0x80) != 0 };
    op_begin("open");
    if (!s || op_is_full(S_KERNEL) || op_is_full(S_FD)) return;
    if (!s->w.full) s->kind = call.open.kind;
    if (s->kind != call.open.kind && ref_closer(s->kind) != ref_closer(call.open.kind)) return;
    switch (call.open.kind) {
    case K_KEY:
        op_begin("open of a key");
        if (!key_call_of(&key, c, d)) return;
        if (s->w.full && (s->h.raw ^ key.parent) < 4) return; /* its own parent, by any low bits: closed before it is asked */
        call.open = key.open;
        break;
    case K_FILE:
        op_begin("open of a file");
        call.open = file_open(d);
        break;
    case K_EVENT:
        op_begin("open of an event");
        call.open = event_open(d);
        break;
    case K_FD:
        op_begin("open of a descriptor");
        call.open.counted = paths[d & 3].counted;
        break;
    default: call.open.parent = d & 1;
    }
    construct(s, &call.open, call_any, &call);
}

/* ---- shims ---- */

void op_shim_open(uint8_t b, uint8_t c, uint8_t d) {
    op_begin("a shim's open");
    if (op_is_full(S_KERNEL)) return;
    if (b & 1) {
        ref_open open = file_open(d);
        ref_answer expected = ref_shim_open(&open);
        op_answer(0, RAW(shim_open_file(&open, d, (b & 2) != 0)), expected);
    } else {
        key_call key;
        HKEY ret = NULL;
        if (!key_call_of(&key, c, d)) return;
        ref_answer expected = ref_shim_open(&key.open);
        LONG code = shim_open_key(&ret, &key, (b & 2) != 0);
        op_answer(code, RAW(ret), expected);
    }
}

void op_shim_event(uint8_t d) {
    ref_open open = event_open(d);
    bool wide = (d & 0x80) != 0;
    const wchar_t *name = open.object ? widen(open.object) : NULL;
    HANDLE event;
    op_begin("a shim's open of an event");
    if (op_is_full(S_KERNEL)) return;
    ref_answer expected = ref_shim_open(&open);
    if (open.create)
        event = wide ? haft_shim_CreateEventW(NULL, 1, 0, name) : haft_shim_CreateEventA(NULL, 1, 0, open.object);
    else
        event = wide ? haft_shim_OpenEventW(0, 0, name) : haft_shim_OpenEventA(0, 0, open.object);
    op_answer(0, RAW(event), expected);
}

void op_shim_close(uint64_t raw, ref_kind as) {
    op_begin(as == K_KEY ? "RegCloseKey, the shim" : "CloseHandle, the shim");
    ref_answer expected = ref_shim_close(raw, as);
    op_answer(as == K_KEY ? haft_shim_RegCloseKey(KEY_OF(raw)) : haft_shim_CloseHandle(HANDLE_OF(raw)), 0, expected);
}

void op_shim_duplicate(uint8_t c, uint8_t d) {
    uint64_t raw = (uint64_t)(1 + (c & 15)) * 4;
    HANDLE self = HANDLE_OF((intptr_t)-1), ret = NULL;
    bool close_source = d & 1;
    op_begin("DuplicateHandle, the shim");
    if (op_is_full(S_KERNEL)) return;
    ref_answer expected = ref_shim_duplicate(raw, close_source);
    BOOL made = haft_shim_DuplicateHandle(self, HANDLE_OF(raw), self, &ret, 0, 0,
                                          DUPLICATE_SAME_ACCESS | (close_source ? DUPLICATE_CLOSE_SOURCE : 0u));
    op_answer(made, RAW(ret), expected);
}

/* ---- behind Haft's back ---- */

void op_close_behind(const slot *s, uint64_t raw) {
    op_begin("a close behind Haft's back");
    if (s->kind == K_FD && (raw < 3 || raw >= REF_VALUES)) return;
    if (s->kind == K_BOX && (raw < 3 || raw >= REF_VALUES)) return;
    if (s->kind == K_DIR && raw != dir_values[0] && raw != dir_values[1]) return;
    if (s->kind == K_MODULE && raw != module_values[0] && raw != module_values[1]) return;
    (void)ref_system_close(raw, s->kind);
    system_close(raw, s->kind);
}

void op_open_behind(uint8_t b) {
    static const ref_kind opened[] = { K_EVENT, K_BOX, K_FD, K_EVENT };
    ref_open open = { opened[b % 4], NULL, NULL, true, false, 0 };
    uint32_t error = REF_KEEP;
    op_begin("an open behind Haft's back");
    if (op_is_full(S_KERNEL) || op_is_full(S_FD) || op_is_full(S_BOX)) return;
    uint64_t raw = ref_system_open(&open, &error);
    op_same("the value", system_open(open.kind), raw);
}

void op_guard(uint8_t c, uint8_t d) {
    uint64_t raw = (uint64_t)(1 + (c & 15)) * 4;
    ref_value *v = &ref.system[S_KERNEL][raw / 4];
    op_begin("protect from close");
    if (v->open) v->guarded = d & 1;
    (void)haft__nt()->protect(HANDLE_OF(raw), d & 1);
}

void op_driver(uint8_t c, uint8_t d) {
    uint64_t raw = (uint64_t)(1 + (c & 15)) * 4;
    ref_open open = { K_EVENT, NULL, NULL, true, false, 0 };
    uint32_t error = REF_KEEP;
    op_begin("a kernel-mode component");
    if (d & 4) {
        if (!op_is_full(S_KERNEL)) op_same("the value", RAW(haft_model_driver_open()), ref_system_open(&open, &error));
    } else if (ref.system[S_KERNEL][raw / 4].open) { /* otherwise the system stops: Q160650 */
        (void)ref_system_close(raw, K_HANDLE);
        haft_model_driver_close(HANDLE_OF(raw));
    }
}

/* ---- the end ---- */

/* What is the kernel's and has no wrapper is adopted once more and released; what a shim has opened is closed by one. */
static void give_up(ref_space space, uint64_t i) {
    int life = ref.life_of[space][i];
    if (life < 0 || !ref.lives[life].live) return;
    ref_kind as = ref.lives[life].kind;
    uint64_t raw = as == K_DIR      ? ref.dir_raw[(i - 4) / 2]
                   : as == K_MODULE ? ref.module_raw[i / 2]
                   : space == S_KERNEL || space == S_OWN ? i * 4 : i;
    slot s = { { 0, 0 }, { 0 }, as };
    op_mark();
    if (ref.lives[life].owner == HAFT_OWNER_KERNEL) {
        ref_answer expected = ref_adopt(&s.w, raw, HAFT_OWNER_KERNEL, as);
        op_answer(kinds[as].adopt(&s.h, raw, HAFT_OWNER_KERNEL), 0, expected);
        op_give_up(&s);
    } else if (as == K_MODULE) {
        while (ref.lives[life].live) op_free(ref.module_raw[i / 2]);
    } else if (space == S_KERNEL) {
        ref.system[space][i].guarded = false;
        (void)haft__nt()->protect(HANDLE_OF(raw), false);
        op_mark();
        op_shim_close(raw, as == K_KEY ? K_KEY : K_HANDLE);
    }
}

void op_give_up_the_rest(void) {
    for (int space = 0; space < SPACES; space++)
        for (uint64_t i = 0; i < REF_VALUES; i++) give_up((ref_space)space, i);
}
