/* names.c: names of things, and directories of them. */
#include "port/model/model.h"

#include "base/host.h"

#include <string.h>
#include <wchar.h>

const wchar_t *haft__m_widen(haft__m_wide *w, const char *name) {
    size_t i = 0;
    if (!name) return NULL;
    for (; name[i] && i <= HAFT__M_NAME_MAX; i++) w->text[i] = (wchar_t)(unsigned char)name[i];
    w->text[i] = L'\0';
    return w->text;
}

size_t haft__m_narrow(char *to, size_t size, const wchar_t *from) {
    size_t i = 0;
    for (; from[i] && i + 1 < size; i++) to[i] = (unsigned long)from[i] < 256 ? (char)from[i] : '?';
    if (size) to[i] = '\0';
    return i;
}

wchar_t haft__m_fold(wchar_t c) {
    bool latin = (c >= 0xE0 && c <= 0xFE && c != 0xF7);
    return (c >= L'a' && c <= L'z') || latin ? (wchar_t)(c - 32) : c;
}

bool haft__m_same(const wchar_t *a, const wchar_t *b) {
    while (*a && haft__m_fold(*a) == haft__m_fold(*b)) a++, b++;
    return haft__m_fold(*a) == haft__m_fold(*b);
}

static uint32_t hash_of(const haft__m_names *names, const wchar_t *name) {
    uint32_t h = 2166136261u;
    for (; *name; name++) h = (h ^ (uint32_t)(names->exact ? *name : haft__m_fold(*name))) * 16777619u;
    return h;
}

haft__m_named *haft__m_names_find(const haft__m_names *names, const wchar_t *name) {
    uint32_t hash = hash_of(names, name);
    if (!names->slot_count) return NULL;
    for (haft__m_named *it = names->slots[hash & (names->slot_count - 1)]; it; it = it->next)
        if (it->hash == hash && (names->exact ? wcscmp(it->name, name) == 0 : haft__m_same(it->name, name))) return it;
    return NULL;
}

static bool grow(haft__m_names *names) {
    size_t slot_count = names->slot_count ? names->slot_count * 2 : 64;
    haft__m_named **slots = haft__alloc(slot_count * sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < names->slot_count; i++)
        for (haft__m_named *it = names->slots[i], *next; it; it = next) {
            next = it->next;
            it->next = slots[it->hash & (slot_count - 1)];
            slots[it->hash & (slot_count - 1)] = it;
        }
    haft__free(names->slots);
    names->slots = slots;
    names->slot_count = slot_count;
    return true;
}

bool haft__m_names_add(haft__m_names *names, haft__m_named *it, const wchar_t *name) {
    size_t length = wcslen(name);
    if (names->count >= names->slot_count && !grow(names)) return false;
    it->name = haft__alloc((length + 1) * sizeof *it->name);
    if (!it->name) return false;
    memcpy(it->name, name, (length + 1) * sizeof *name);
    it->hash = hash_of(names, name);
    haft__m_named **slot = &names->slots[it->hash & (names->slot_count - 1)];
    it->next = *slot;
    *slot = it;
    names->count++;
    return true;
}

void haft__m_names_remove(haft__m_names *names, haft__m_named *it) {
    if (!it->name) return;
    haft__m_named **at = &names->slots[it->hash & (names->slot_count - 1)];
    while (*at != it) at = &(*at)->next;
    *at = it->next;
    haft__free(it->name);
    it->name = NULL;
    if (--names->count == 0) {
        haft__free(names->slots);
        names->slots = NULL;
        names->slot_count = 0;
    }
}

void haft__m_names_free(haft__m_names *names) {
    for (haft__m_named *it; (it = haft__m_names_any(names)) != NULL;) haft__m_names_remove(names, it);
    haft__free(names->slots);
    names->slots = NULL;
    names->slot_count = 0;
}

haft__m_named *haft__m_names_any(const haft__m_names *names) {
    for (size_t i = 0; i < names->slot_count; i++)
        if (names->slots[i]) return names->slots[i];
    return NULL;
}
