/* keyname.c: a registry key's name, from its parent's and the subkey asked for. */
#include "core/keyname.h"

#include "base/host.h"
#include "core/identity.h"

/* HKEY_CLASSES_ROOT to HKEY_CURRENT_USER_LOCAL_SETTINGS: 32 bits, widened with their sign on a 64-bit system. */
bool haft__key_is_predefined(uint64_t raw) {
    uint64_t upper = raw >> 32;
    uint32_t number = (uint32_t)raw & 0x7fffffffu;
    return (raw & 0x80000000u) && (upper == 0 || upper == 0xffffffffu) && (number <= 7 || number == 0x50 || number == 0x60);
}

/* Names that the system would give; of those that depend on the user, a word that no other name begins with. */
static const char *predefined_name(uint64_t raw) {
    switch ((uint32_t)raw & 0xffu) {
    case 0: return "HKCR";
    case 1: return "HKCU";
    case 2: return "\\REGISTRY\\MACHINE";
    case 3: return "\\REGISTRY\\USER";
    case 5: return "HKCC";
    default: return NULL; /* performance data: every open is another object */
    }
}

bool haft__key_name_true(haft__name *n, HKEY key) {
    wchar_t small[260];
    haft__name_start(n);
    if (!haft__nt()->key_name(key, small, HAFT__COUNT(small))) {
        wchar_t *large = haft__alloc(32768 * sizeof *large);
        if (large && haft__nt()->key_name(key, large, 32768)) haft__name_w(n, large, true);
        haft__free(large);
    } else {
        haft__name_w(n, small, true);
    }
    return n->length != 0 && !n->failed;
}

/* The name of a parent that is tracked, without a question to the system. */
static bool tracked_name(haft__name *n, uint64_t raw) {
    static const haft_class keys = { "key", HAFT_CLASS_KEY, HAFT_SPACE_KERNEL, { 0, 0 }, NULL, NULL };
    haft__place place = haft__place_of(&keys, HAFT_CLASS_KEY, raw);
    haft__life life = haft__look(place);
    if (!(life.tag & HAFT__LIVE) || !life.identity || haft__tag_class(life.tag) != HAFT_CLASS_KEY) return false;
    n->length = haft__identity_name(life.identity, place, life.tag, n->text, n->room);
    return n->length != 0;
}

bool haft__key_name_below(haft__name *n, HKEY parent, const char *a, const wchar_t *w, uint32_t access) {
    uint64_t raw = (uint64_t)(uintptr_t)parent;
    haft__name_start(n);
    if (haft__key_is_predefined(raw)) {
        const char *root = predefined_name(raw);
        if (!root) return false;
        haft__name_a(n, root, false);
    } else if (!tracked_name(n, raw)) {
        haft__name_free(n);
        if (!haft__key_name_true(n, parent)) return false;
    }
    haft__name_subkey(n, a, w);
    if (access & 0x0300) haft__name_a(n, access & 0x0200 ? " (32)" : " (64)", false); /* KEY_WOW64_32KEY, KEY_WOW64_64KEY */
    return !n->failed;
}

bool haft__key_name_connected(haft__name *n, const char *a, const wchar_t *w, HKEY root) {
    const char *name = predefined_name((uint64_t)(uintptr_t)root);
    haft__name_start(n);
    haft__name_a(n, "\\", false);
    if (a) haft__name_a(n, a, true);
    else haft__name_w(n, w, true);
    haft__name_a(n, "\\", false);
    haft__name_a(n, name ? name : "?", false);
    return name && !n->failed;
}
