/* environment.c: the HAFT variable, which sets what a program can set, without a rebuild. */
#include "core/settings.h"

#include "base/host.h"
#include "base/lock.h"
#include "core/class.h"
#include "core/finding.h"

#include <stdlib.h>
#include <string.h>

static char report_path[1024];

/* A piece of the variable: not terminated. */
typedef struct word {
    const char *text;
    size_t length;
} word;

static bool is(word w, const char *text) { return w.length == strlen(text) && memcmp(w.text, text, w.length) == 0; }

static bool starts(word *w, const char *text) {
    size_t n = strlen(text);
    if (w->length < n || memcmp(w->text, text, n) != 0) return false;
    w->text += n;
    w->length -= n;
    return true;
}

/* What stands before the first `at`; the rest stays in *w. All of it when there is none, and then false. */
static bool cut(word *w, char at, word *ret) {
    const char *found = w->length ? memchr(w->text, at, w->length) : NULL;
    ret->text = w->text;
    ret->length = found ? (size_t)(found - w->text) : w->length;
    w->text += ret->length + (found ? 1 : 0);
    w->length -= ret->length + (found ? 1 : 0);
    return found != NULL;
}

static int pick(word w, const char *const *names, int n) {
    for (int i = 0; i < n; i++)
        if (is(w, names[i])) return i;
    return -1;
}

static bool read_level(word w, haft_level *ret) {
    static const char *const names[] = { "silent", "once", "warn", "fatal" }; /* as haft_level */
    int i = pick(w, names, 4);
    *ret = (haft_level)i;
    return i >= 0;
}

static bool read_number(word w, uint32_t *ret) {
    uint32_t n = 0;
    if (w.length == 0 || w.length > 9) return false;
    for (size_t i = 0; i < w.length; i++) {
        if (w.text[i] < '0' || w.text[i] > '9') return false;
        n = n * 10 + (uint32_t)(w.text[i] - '0');
    }
    *ret = n;
    return true;
}

static bool take_level(word kind, word value) {
    haft_level level;
    if (!read_level(value, &level)) return false;
    for (int k = 0; k < HAFT_FINDING_KINDS; k++)
        if (is(kind, haft_finding_name((haft_finding_kind)k))) return haft_level_set((haft_finding_kind)k, level) == HAFT_OK;
    return false;
}

static bool take_levels(word value) {
    haft_level level;
    if (!read_level(value, &level)) return false;
    haft__level_set_all(level);
    if (level != HAFT_LEVEL_SILENT) haft__sink_default();
    return true;
}

static bool take_limit(word name, word value) {
    uint32_t bound, id = haft__class_named(name.text, name.length);
    return read_number(value, &bound) && haft_limit_set((haft_class_id)id, bound) == HAFT_OK;
}

static bool take_quirk(word name, word value) {
    static const char *const states[] = { "auto", "on", "off" }; /* as haft_quirk_state */
    int quirk = 0, state = pick(value, states, 3);
    while (quirk < HAFT__QUIRKS && !is(name, haft__quirk_name((haft_quirk)quirk))) quirk++;
    return haft_quirk_set((haft_quirk)quirk, (haft_quirk_state)state) == HAFT_OK;
}

/* The path with each %p replaced by the process id: asked for only now, for a forked child has another than its parent had. */
static void expand_path(char *ret, size_t size) {
    size_t n = 0;
    for (const char *c = report_path; *c && n + 1 < size; c++) { /* GCOVR_EXCL_BR_LINE: there is room for the longest path */
        if (c[0] != '%' || c[1] != 'p') {
            ret[n++] = *c;
            continue;
        }
        n += (size_t)snprintf(ret + n, size - n, "%lu", haft__host_process_id());
        c++;
    }
    ret[n] = '\0';
}

static void report_at_exit(void) {
    char path[sizeof report_path * 10]; /* two characters become 20 digits at most */
    expand_path(path, sizeof path);
    bool is_stderr = strcmp(path, "-") == 0;
    FILE *out = is_stderr ? stderr : haft__host_report(path);
    haft_report_text(out);
    if (is_stderr) return;
    bool written = out && !ferror(out);
    if (out && fclose(out) != 0) written = false;
    if (written) return;
    haft__seen seen = { .kind = HAFT_FINDING_SETTING, .name = path, .what = "cannot write the report" };
    haft__found(&seen);
}

static bool take_report(word path) {
    bool first = report_path[0] == '\0';
    if (path.length == 0 || path.length >= sizeof report_path) return false;
    memcpy(report_path, path.text, path.length);
    report_path[path.length] = '\0';
    if (!first) return true;
    return atexit(report_at_exit) == 0;
}

static bool take(word w) {
    word name, value = w;
    bool has_value = cut(&value, '=', &name);
    if (is(name, "strict") && !has_value) return haft_strict_set(true), true;
    if (!has_value) return false;
    if (is(name, "level")) return take_levels(value);
    if (is(name, "report")) return take_report(value);
    if (starts(&name, "level.")) return take_level(name, value);
    if (starts(&name, "limit.")) return take_limit(name, value);
    if (starts(&name, "quirk.")) return take_quirk(name, value);
    return false;
}

static void complain(word w) {
    char text[128];
    size_t n = w.length < sizeof text ? w.length : sizeof text - 1;
    memcpy(text, w.text, n);
    text[n] = '\0';
    haft__seen seen = { .kind = HAFT_FINDING_SETTING, .name = text };
    haft__found(&seen);
}

static void read_all(const char *text) {
    word rest = { text, strlen(text) }, w;
    bool more = rest.length != 0;
    while (more) {
        more = cut(&rest, ',', &w);
        if (w.length && !take(w)) complain(w);
    }
}

/* The thread that reads the variable: it comes by here again for what it sets. */
static haft__aptr reader;
haft__a32 haft__settings_state;

/* A child has no use for a variable that another thread was reading. */
void haft__settings_settle(void) {
    if (haft__load32(&haft__settings_state) == 1) haft__settings_read();
}
HAFT__BEFORE_FORK(haft__settings_settle)

HAFT__COLD void haft__settings_read(void) {
    void *me = haft__thread_mark();
    if (haft__loadptr(&reader) == me) return;
    if (haft__cas32(&haft__settings_state, 0, 1)) {
        haft__error error = haft__error_save();
        const char *text = haft__host_settings();
        haft__storeptr(&reader, me);
        if (text) read_all(text);
        haft__storeptr(&reader, NULL);
        haft__store32(&haft__settings_state, 2);
        haft__error_restore(error);
    }
    for (unsigned turns = 0; haft__load32(&haft__settings_state) != 2; turns++) haft__yield(turns);
}
