/* fuzz_names.c: names as identities. The input has up to four names of one kind, in the ANSI or the wide form; Haft's count of the
 * opens of each must be that of the names that a canonicaliser of our own makes equal, and for keys that of the system itself.
 *
 *   first byte   the kind: keys, files, events, descriptors     per name: form and parent, then the characters up to a 255 */
#include "fuzz.h"

#include "base/atomic.h"
#include "core/name.h"
#include "core/settings.h"
#include "port/port.h"

#define HAFT_MODEL_NO_NAMES
#include <haft/model.h>

#include <fcntl.h>
#include <string.h>

#define NAMES 4
#define BOUND 2

typedef struct asked_name {
    const char *text;
    wchar_t wide[72];
    bool is_wide;
    int32_t parent;      /* a predefined key; 0: not a key */
    char canonical[512];
    haft_hold h;
    bool open;
} asked_name;

/* ---- a canonicaliser of our own ---- */

/* A character as UTF-8, by division. */
static size_t utf8(char *to, uint32_t c) {
    if (c < 128) return *to = (char)c, 1;
    if (c < 2048) return to[0] = (char)(192 + c / 64), to[1] = (char)(128 + c % 64), 2;
    if (c < 65536) return to[0] = (char)(224 + c / 4096), to[1] = (char)(128 + c / 64 % 64), to[2] = (char)(128 + c % 64), 3;
    to[0] = (char)(240 + c / 262144 % 8), to[1] = (char)(128 + c / 4096 % 64), to[2] = (char)(128 + c / 64 % 64);
    return to[3] = (char)(128 + c % 64), 4;
}

static uint32_t capital(uint32_t c) { return c >= 'a' && c <= 'z' ? c - 32 : c; }
/* The system knows capitals beyond ASCII; its own spelling, of who made the key, is what Haft counts a key by. */
static uint32_t system_capital(uint32_t c) { return c >= 0xe0 && c <= 0xfe && c != 0xf7 ? c - 32 : capital(c); }

static const char *root_of(int32_t parent) {
    return parent == INT32_MIN + 2 ? "\\REGISTRY\\MACHINE" : parent == INT32_MIN + 3 ? "\\REGISTRY\\USER"
                                                           : "\\REGISTRY\\USER\\S-1-5-21-1214440339-1383384898-839522115-500";
}

static void canonicalise(asked_name *n, int kind) {
    size_t length = 0;
    if (kind == 0) length = strlen(strcpy(n->canonical, root_of(n->parent)));
    if (kind == 3 && n->text[0] != '/') length = strlen(strcpy(n->canonical, "/w/"));
    bool slash = true;
    for (size_t i = 0; n->is_wide ? n->wide[i] != 0 : n->text[i] != 0; i++) {
        uint32_t c = n->is_wide ? (uint32_t)n->wide[i] : (uint32_t)(unsigned char)n->text[i];
        bool before = slash;
        slash = c == '\\';
        if (kind == 0 && slash) { slash = true; continue; }
        if (kind == 0 && before) n->canonical[length++] = '\\';
        if (kind == 0) slash = false;
        length += utf8(n->canonical + length, kind == 0 ? system_capital(c) : kind == 1 ? capital(c) : c);
    }
    n->canonical[length] = '\0';
}

/* ---- opening ---- */

static int next_fd;
static int open_at(int dir, const char *path, int flags, mode_t mode) {
    return (void)dir, (void)path, (void)flags, (void)mode, next_fd++;
}
static int close_fd(int fd) { return (void)fd, 0; }
static char *get_cwd(char *text, size_t size) { return size < 3 ? NULL : memcpy(text, "/w", 3); }

static haft_status open_name(asked_name *n, int kind) {
    HKEY parent = (HKEY)(intptr_t)n->parent;
    haft_key *k = (haft_key *)&n->h;
    haft_file *f = (haft_file *)&n->h;
    haft_event *e = (haft_event *)&n->h;
    switch (kind) {
    case 0:
        return n->is_wide ? haft_key_create_w(k, parent, n->wide, 0, NULL, 0, KEY_READ, NULL, NULL)
                          : haft_key_create_a(k, parent, n->text, 0, NULL, 0, KEY_READ, NULL, NULL);
    case 1:
        return n->is_wide ? haft_file_create_w(f, n->wide, GENERIC_READ, 0, NULL, OPEN_ALWAYS, 0, NULL)
                          : haft_file_create_a(f, n->text, GENERIC_READ, 0, NULL, OPEN_ALWAYS, 0, NULL);
    case 2: return n->is_wide ? haft_event_create_w(e, NULL, 1, 0, n->wide) : haft_event_create_a(e, NULL, 1, 0, n->text);
    default: return haft_fd_open((haft_fd *)&n->h, n->text, O_RDONLY, 0);
    }
}

static uint32_t opens(const asked_name *n, int kind) {
    switch (kind) {
    case 0: return haft_key_opens((const haft_key *)&n->h);
    case 1: return haft_file_opens((const haft_file *)&n->h);
    case 2: return haft_event_opens((const haft_event *)&n->h);
    default: return haft_fd_opens((const haft_fd *)&n->h);
    }
}

static haft_status close_name(asked_name *n, int kind) {
    switch (kind) {
    case 0: return haft_key_close((haft_key *)&n->h);
    case 1: return haft_file_close((haft_file *)&n->h);
    case 2: return haft_event_close((haft_event *)&n->h);
    default: return haft_fd_close((haft_fd *)&n->h);
    }
}

/* ---- what must be ---- */

static uint32_t equals(const asked_name *names, const asked_name *n) {
    uint32_t count = 0;
    for (int i = 0; i < NAMES; i++) count += names[i].open && strcmp(names[i].canonical, n->canonical) == 0;
    return count;
}

static void compare(const asked_name *names, int kind) {
    uint32_t live = 0;
    for (int i = 0; i < NAMES; i++) {
        if (!names[i].open) continue;
        live++;
        uint32_t library = opens(&names[i], kind), reference = equals(names, &names[i]);
        if (library != reference)
            fuzz_disagree("kind %d, name %d, \"%s\": the library counts %u, the reference %u", kind, i, names[i].canonical,
                          (unsigned)library, (unsigned)reference);
    }
    if (haft_live() != live) fuzz_disagree("kind %d: %zu live, not %u", kind, haft_live(), (unsigned)live);
    if (kind != 3 && haft_model_handles() != live) fuzz_disagree("kind %d: %zu handles, not %u", kind, haft_model_handles(), live);
}

/* Refused exactly where as many names as the bound are the same; what the system refuses is not opened either. */
static void open_one(asked_name *names, asked_name *n, int kind) {
    uint32_t before = equals(names, n);
    haft_status status = open_name(n, kind);
    n->open = status == HAFT_OK;
    if (status != HAFT_OK && status != HAFT_E_LIMIT && status != HAFT_E_OS) fuzz_disagree("the status is %d", (int)status);
    if ((status == HAFT_E_LIMIT) != (before >= BOUND))
        fuzz_disagree("kind %d, \"%s\": %u are open, and the open is %s", kind, n->canonical, (unsigned)before,
                      status == HAFT_E_LIMIT ? "refused" : "let through");
    fuzz_operation();
    compare(names, kind);
}

static void read_name(asked_name *n, fuzz_bytes *b, int kind) {
    static const int32_t parents[] = { INT32_MIN + 2, INT32_MIN + 1, INT32_MIN + 3 };
    uint8_t form = fuzz_byte(b);
    n->is_wide = kind != 3 && (form & 1);
    n->parent = kind == 0 ? parents[(form >> 1) % 3] : 0;
    n->text = fuzz_text(b, 255);
    size_t i = 0;
    for (const char *c = n->text; *c; c++) {
        wchar_t w = (wchar_t)(unsigned char)*c;
        if (form & 8 && w >= 0xf0 && c[1]) w = (wchar_t)((w & 15) << 12 | (unsigned char)*++c << 4 | 1); /* beyond Latin-1 */
        n->wide[i++] = w;
    }
    n->wide[i] = 0;
    canonicalise(n, kind);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const haft_class_id classes[] = { HAFT_CLASS_KEY, HAFT_CLASS_FILE, HAFT_CLASS_EVENT, HAFT_CLASS_FD };
    static haft__posix_port posix;
    static asked_name names[NAMES];
    fuzz_bytes b = { data, size };
    int kind = fuzz_byte(&b) % 4;
    haft_model_boot(HAFT_NT4_FIXED);
    posix = haft__port_posix;
    posix.openat = open_at, posix.close = close_fd, posix.getcwd = get_cwd;
    haft__posix_use(&posix);
    next_fd = 3;
    memset(names, 0, sizeof names);
    if (haft_limit_set(classes[kind], BOUND) != HAFT_OK) fuzz_disagree("no bound");
    for (int i = 0; i < NAMES; i++) read_name(&names[i], &b, kind);
    for (int i = 0; i < NAMES; i++) open_one(names, &names[i], kind);
    for (int i = 0; i < NAMES; i++) {
        if (names[i].open && close_name(&names[i], kind) != HAFT_OK) fuzz_disagree("a close fails");
        names[i].open = false;
        compare(names, kind);
    }
    haft_limit_set(classes[kind], kind == 0 ? HAFT_LIMIT_KEY_DEFAULT : 0);
    return 0;
}
