/* name.c: names made comparable, and fit to be shown. */
#include "core/name.h"

#include "base/host.h"

#include <string.h>

void haft__name_start(haft__name *n) {
    n->text = n->small;
    n->text[0] = '\0';
    n->length = 0;
    n->room = sizeof n->small;
    n->failed = false;
}

void haft__name_free(haft__name *n) {
    if (n->text != n->small) haft__free(n->text);
    haft__name_start(n);
}

static bool has_room(haft__name *n, size_t more) {
    if (HAFT__LIKELY(n->length + more < n->room)) return true;
    char *bigger = n->failed ? NULL : haft__alloc(n->room * 4);
    if (!bigger) {
        n->failed = true;
        return false;
    }
    memcpy(bigger, n->text, n->length + 1);
    if (n->text != n->small) haft__free(n->text);
    n->text = bigger;
    n->room *= 4;
    return true;
}

static void put(haft__name *n, uint32_t byte) { n->text[n->length++] = (char)byte; }

static void put_utf8(haft__name *n, uint32_t c) {
    if (c < 0x800) {
        put(n, 0xc0 | c >> 6);
    } else {
        if (c < 0x10000) {
            put(n, 0xe0 | c >> 12);
        } else {
            put(n, 0xf0 | (c >> 18 & 7));
            put(n, 0x80 | (c >> 12 & 0x3f));
        }
        put(n, 0x80 | (c >> 6 & 0x3f));
    }
    put(n, 0x80 | (c & 0x3f));
}

void haft__name_char(haft__name *n, uint32_t c, bool fold) {
    if (!has_room(n, 5)) return;
    if (fold && c >= 'a' && c <= 'z') c -= 'a' - 'A';
    if (HAFT__LIKELY(c < 0x80)) put(n, c);
    else put_utf8(n, c);
    n->text[n->length] = '\0';
}

void haft__name_a(haft__name *n, const char *text, bool fold) {
    for (; text && *text; text++) haft__name_char(n, (unsigned char)*text, fold);
}

void haft__name_bytes(haft__name *n, const char *text) {
    for (; *text && has_room(n, 1); text++) put(n, (unsigned char)*text);
    n->text[n->length] = '\0';
}

/* The next character of a wide string; a lone surrogate stands for itself. */
static uint32_t next_wide(const wchar_t **text) {
    uint32_t c = (uint32_t)*(*text)++;
    if (sizeof(wchar_t) == 2) {
        c &= 0xffff;
        uint32_t low = (uint32_t)**text & 0xffff;
        if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
            ++*text;
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        }
    }
    return c;
}

void haft__name_w(haft__name *n, const wchar_t *text, bool fold) {
    while (text && *text) haft__name_char(n, next_wide(&text), fold);
}

void haft__name_subkey(haft__name *n, const char *a, const wchar_t *w) {
    bool slash = true;
    for (;;) {
        uint32_t c = a ? (unsigned char)*a++ : w && *w ? next_wide(&w) : 0;
        if (!c) return;
        if (c == '\\') {
            slash = true;
            continue;
        }
        if (slash) haft__name_char(n, '\\', false);
        slash = false;
        haft__name_char(n, c, true);
    }
}

/* The character that begins here, and of how many bytes it is; 0: these are no UTF-8. */
static unsigned read_utf8(const unsigned char *text, uint32_t *ret) {
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned first = text[0];
    unsigned bytes = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
    uint32_t c = bytes > 1 ? first & (0x7fu >> bytes) : first;
    for (unsigned i = 1; i < bytes; i++) {
        if ((text[i] & 0xc0) != 0x80) return 0;
        c = c << 6 | (text[i] & 0x3f);
    }
    *ret = c;
    return c < least[bytes] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : bytes;
}

/* Controls, 8-bit ones included; line and paragraph ends; marks and orders of the direction of writing. */
static bool is_harmful(uint32_t c) {
    return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

size_t haft__name_plain(char *text) {
    const unsigned char *from = (const unsigned char *)text;
    char *to = text;
    while (*from) {
        uint32_t c = 0;
        unsigned bytes = read_utf8(from, &c);
        if (bytes && !is_harmful(c)) {
            memmove(to, from, bytes);
            to += bytes;
        } else {
            *to++ = '.';
        }
        from += bytes ? bytes : 1;
    }
    *to = '\0';
    return (size_t)(to - text);
}
