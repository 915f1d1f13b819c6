/* name.h: names in the form that identities are compared in: UTF-8, ASCII letters folded to capitals where the system
 * ignores case. */
#ifndef HAFT_SRC_NAME_H
#define HAFT_SRC_NAME_H

#include "base/compiler.h"

#include <wchar.h>

/* Short names take no allocation. Start with haft__name_start, end with haft__name_free. */
typedef struct haft__name {
    char *text; /* terminated */
    size_t length;
    size_t room;
    bool failed; /* no memory: the name is incomplete */
    char small[320];
} haft__name;

void haft__name_start(haft__name *n);
void haft__name_free(haft__name *n);

void haft__name_char(haft__name *n, uint32_t code_point, bool fold);
/* `text` is a host string (each byte one character), or UTF-16 or UTF-32 by the width of wchar_t; NULL is empty. */
void haft__name_a(haft__name *n, const char *text, bool fold);
void haft__name_w(haft__name *n, const wchar_t *text, bool fold);
/* Bytes as they are: a name of a system to which names are bytes. */
void haft__name_bytes(haft__name *n, const char *text);
/* A key's subkey: a backslash before each component, none doubled. Either may be NULL. */
void haft__name_subkey(haft__name *n, const char *a, const wchar_t *w);

/* Makes a text fit to be shown: what could end a line, steer a terminal or turn its writing round is a point, and so is each
 * byte that is not UTF-8. It never grows; its length. */
size_t haft__name_plain(char *text);

#endif
