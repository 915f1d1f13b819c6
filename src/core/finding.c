/* finding.c: findings counted, put into words and handed to the sink. */
#include "core/finding.h"

#include "base/atomic.h"
#include "base/host.h"
#include "base/lock.h"
#include "core/class.h"
#include "core/name.h"
#include "core/settings.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct kind_info {
    const char *name;
    const char *text;
} kind_info;

/* ORDER FINDING: as haft_finding_kind. */
static const kind_info kinds[] = {
    { "stale",         "stale handle" },
    { "not-owner",     "refused: not the owner's to do" },
    { "wrong-class",   "wrong closer or class" },
    { "tracked",       "refused: the handle has an owner" },
    { "limit",         "too many live opens of one identity" },
    { "unknown",       "close of a handle that nobody declared" },
    { "foreign-close", "closed by code out of sight: its value was handed out again" },
    { "close-failed",  "the system refused the close" },
    { "recovered",     "recovered: a leaked handle was proved and closed" },
    { "unproved",      "possible leak, not proved and left alone" },
    { "declined",      "declined: answered without the call that leaks" },
    { "untracked",     "no memory: not tracked" },
    { "setting",       "not understood in HAFT" },
};
HAFT__STATIC_ASSERT(HAFT__COUNT(kinds) == HAFT_FINDING_KINDS, kinds_agree);

static haft__a64 counts[HAFT_FINDING_KINDS];
static haft__a32 levels[HAFT_FINDING_KINDS]; /* level + 1; 0: the default */
static haft__mutex sink_lock = HAFT__MUTEX(HAFT__RANK_SETTINGS);
HAFT__FORK_SAFE(&sink_lock, 1, 0)
static haft_sink *sink;
static void *sink_user;

static bool known(haft_finding_kind kind) { return (unsigned)kind < HAFT_FINDING_KINDS; }

const char *haft_finding_name(haft_finding_kind kind) { return known(kind) ? kinds[kind].name : "?"; }

uint64_t haft_found(haft_finding_kind kind) { return known(kind) ? haft__load64(&counts[kind]) : 0; }

void haft_sink_set(haft_sink *fn, void *user) {
    haft__settings_ready();
    haft__lock(&sink_lock);
    sink = fn;
    sink_user = user;
    haft__unlock(&sink_lock);
}

void haft__sink_default(void) {
    haft__lock(&sink_lock);
    if (!sink) sink = haft_sink_stderr;
    haft__unlock(&sink_lock);
}

void haft_sink_stderr(const haft_finding *finding, void *user) {
    (void)user;
    if (finding) fprintf(stderr, "haft: %s\n", finding->text);
}

haft_status haft_level_set(haft_finding_kind kind, haft_level level) {
    if (!known(kind) || (unsigned)level > HAFT_LEVEL_FATAL) return HAFT_E_INVALID;
    haft__settings_ready();
    haft__store32(&levels[kind], (uint32_t)level + 1);
    return HAFT_OK;
}

void haft__level_set_all(haft_level level) {
    for (size_t i = 0; i < HAFT_FINDING_KINDS; i++) haft__store32(&levels[i], (uint32_t)level + 1);
}

static haft_level level_of(haft_finding_kind kind) {
    uint32_t set = haft__load32(&levels[kind]);
    return set ? (haft_level)(set - 1) : HAFT_LEVEL_WARN_ONCE;
}

typedef struct line {
    char text[1024];
    size_t length;
} line;

static HAFT__PRINTF(2, 3) void say(line *l, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    size_t room = sizeof l->text - l->length;
    int n = vsnprintf(l->text + l->length, room, format, arguments);
    va_end(arguments);
    /* Older runtimes answer -1, and do not end the text. */
    bool cut = n < 0 || (size_t)n >= room; /* GCOVR_EXCL_BR_LINE: no runtime of the tests answers -1 */
    l->length = cut ? sizeof l->text - 1 : l->length + (size_t)n;
    l->text[l->length] = '\0';
}

static void say_site(line *l, const char *role, const char *site) {
    if (*site) say(l, ", %s %s", role, site);
}

static void put_in_words(const haft_finding *f, const char *what, line *l) {
    say(l, "%s: %s", kinds[f->kind].name, kinds[f->kind].text);
    if (*f->quirk) say(l, " (%s)", f->quirk);
    if (what) say(l, ": %s", what);
    if (f->class_id != HAFT_CLASS_NONE) say(l, ": %s", haft_class_name(f->class_id));
    if (f->raw || f->owner != HAFT_OWNER_NONE) say(l, " 0x%" PRIx64, f->raw);
    if (f->owner != HAFT_OWNER_NONE) say(l, " owner %s", haft_owner_name(f->owner));
    if (f->kind == HAFT_FINDING_LIMIT) say(l, ", %" PRIu64 " live", f->count);
    if (*f->name) say(l, ", %.600s", f->name); /* what comes after it must be seen too */
    say_site(l, "opened at", f->opened);
    say_site(l, "closed at", f->closed);
    say_site(l, "seen at", f->at);
    l->length = haft__name_plain(l->text); /* names come from outside */
}

static HAFT__COLD void tell(const haft__seen *seen, haft_level level, uint64_t count) {
    line l = { "", 0 };
    haft_finding f;
    memset(&f, 0, sizeof f);
    f.kind = seen->kind;
    f.level = level;
    f.class_id = (haft_class_id)seen->class_id;
    f.owner = seen->owner;
    f.raw = seen->raw;
    f.opened = haft__site_text(seen->opened);
    f.closed = haft__site_text(seen->closed);
    f.at = haft__site_text(seen->at);
    f.quirk = seen->quirk ? seen->quirk : "";
    f.name = seen->name ? seen->name : "";
    f.count = seen->kind == HAFT_FINDING_LIMIT ? seen->count : count;
    put_in_words(&f, seen->what, &l);
    f.text = l.text;

    haft__lock(&sink_lock);
    haft_sink *to = sink;
    void *user = sink_user;
    haft__unlock(&sink_lock);
    if (!to && (level == HAFT_LEVEL_FATAL || seen->kind == HAFT_FINDING_SETTING)) to = haft_sink_stderr;
    if (to) to(&f, user);
    if (level == HAFT_LEVEL_FATAL) abort();
}

void haft__found(const haft__seen *seen) {
    haft__error error = haft__error_save();
    haft__settings_ready();
    haft__count64(&counts[seen->kind]);
    uint64_t count = haft__load64(&counts[seen->kind]);
    haft_level level = level_of(seen->kind);
    bool due = level >= HAFT_LEVEL_WARN || (level == HAFT_LEVEL_WARN_ONCE && haft__site_first(seen->at, seen->kind));
    if (due) tell(seen, level, count);
    haft__error_restore(error);
}
