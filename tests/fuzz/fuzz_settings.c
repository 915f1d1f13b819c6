/* fuzz_settings.c: the HAFT variable. The input is its text; what is set afterwards, and which words were complained of, is
 * compared with a reading of our own: it puts every text that means something together and looks whether the word is that. */
#define _GNU_SOURCE /* setenv */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

/* The parser keeps what it has read to itself, and would write a report at the end: it is taken in whole, without its atexit. */
static int no_atexit(void (*fn)(void));
#define atexit no_atexit
#include "core/environment.c"
#undef atexit

static unsigned at_exit;
static int no_atexit(void (*fn)(void)) { return (void)fn, at_exit++, 0; }

#define MOST_WORDS 2048
typedef struct reading {
    uint32_t limits[HAFT_CLASSES];
    bool asked[HAFT_CLASSES];
    int quirk[5];
    int level[HAFT_FINDING_KINDS];
    bool strict, aborts;
    char report[1024];
    unsigned reports;
    char bad[MOST_WORDS][128];
    unsigned bad_count, told_count;
} reading;

static const char *const level_words[] = { "silent", "once", "warn", "fatal" };
static const char *const state_words[] = { "auto", "on", "off" };
static const char *const quirk_words[] = { "Q179827", "Q160650", "Q246691", "Q235425", "Q197517" };

static bool read_levels(reading *r, const char *w) {
    char text[96];
    for (int l = 0; l < 4; l++) {
        snprintf(text, sizeof text, "level=%s", level_words[l]);
        if (strcmp(w, text) == 0) {
            for (int k = 0; k < HAFT_FINDING_KINDS; k++) r->level[k] = l;
            return true;
        }
        for (int k = 0; k < HAFT_FINDING_KINDS; k++) {
            snprintf(text, sizeof text, "level.%s=%s", haft_finding_name((haft_finding_kind)k), level_words[l]);
            if (strcmp(w, text) == 0) return r->level[k] = l, true;
        }
    }
    return false;
}

static bool read_quirks(reading *r, const char *w) {
    char text[96];
    for (int q = 0; q < 5; q++) {
        for (int s = 0; s < 3; s++) {
            snprintf(text, sizeof text, "quirk.%s=%s", quirk_words[q], state_words[s]);
            if (strcmp(w, text) == 0) return r->quirk[q] = s, true;
        }
    }
    return false;
}

/* Digits only, and no more than 65534; with zeros before them, as long as there are nine at most. */
static bool read_limits(reading *r, const char *w) {
    char text[96];
    for (int id = HAFT_CLASS_HANDLE; id <= HAFT_CLASS_WSAEVENT; id++) {
        size_t n = (size_t)snprintf(text, sizeof text, "limit.%s=", haft_class_name((haft_class_id)id));
        if (strncmp(w, text, n) != 0) continue;
        const char *digits = w + n;
        size_t length = strlen(digits);
        unsigned long bound = strtoul(digits, NULL, 10);
        if (length == 0 || length > 9 || strspn(digits, "0123456789") != length || bound > HAFT_LIMIT_MAX) return false;
        if (bound == 0 && id == HAFT_CLASS_KEY) return false;
        r->limits[id] = (uint32_t)bound;
        return r->asked[id] = true;
    }
    return false;
}

static bool read_word(reading *r, const char *w) {
    if (strcmp(w, "strict") == 0) return r->strict = true;
    if (strncmp(w, "report=", 7) == 0 && w[7] && strlen(w + 7) < sizeof r->report) {
        strcpy(r->report, w + 7);
        return r->reports = 1;
    }
    return read_levels(r, w) || read_quirks(r, w) || read_limits(r, w);
}

static void complain_of(reading *r, const char *w) {
    int level = r->level[HAFT_FINDING_SETTING];
    if (level == HAFT_LEVEL_FATAL) r->aborts = true;
    if (level != HAFT_LEVEL_SILENT) {
        snprintf(r->bad[r->told_count % MOST_WORDS], sizeof r->bad[0], "%s", w);
        r->told_count++;
    }
    r->bad_count++;
}

static void read_text(reading *r, const char *text) {
    char word[4096];
    memset(r, 0, sizeof *r);
    r->limits[HAFT_CLASS_KEY] = HAFT_LIMIT_KEY_DEFAULT;
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) r->level[k] = HAFT_LEVEL_WARN_ONCE;
    for (;;) {
        size_t n = strcspn(text, ",");
        memcpy(word, text, n);
        word[n] = '\0';
        if (n && !read_word(r, word)) complain_of(r, word);
        fuzz_operation();
        if (!text[n]) return;
        text += n + 1;
    }
}

static reading expected;
static unsigned told;

static void sink_words(const haft_finding *finding, void *user) {
    (void)user;
    if (finding->kind != HAFT_FINDING_SETTING) fuzz_disagree("a finding of kind %s", haft_finding_name(finding->kind));
    if (told >= expected.told_count) fuzz_disagree("complains of \"%s\", which is right", finding->name);
    if (told < MOST_WORDS && strcmp(finding->name, expected.bad[told]) != 0)
        fuzz_disagree("complains of \"%s\", not of \"%s\"", finding->name, expected.bad[told]);
    for (const char *c = finding->text; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 127) fuzz_disagree("a control character in a finding's text");
    told++;
}

static void start(void) {
    haft_sink_set(sink_words, NULL);
    for (int id = 0; id < HAFT_CLASSES; id++) haft__store32(&haft__limits[id], id == HAFT_CLASS_KEY ? HAFT_LIMIT_KEY_DEFAULT : 0);
    for (int q = 0; q < HAFT__QUIRKS; q++) haft_quirk_set((haft_quirk)q, HAFT_QUIRK_AUTO);
    haft__level_set_all(HAFT_LEVEL_WARN_ONCE);
    haft_strict_set(false);
    report_path[0] = '\0';
    at_exit = told = 0;
    haft__store32(&haft__settings_state, 0);
}

/* A level cannot be asked for: a finding of that kind is made, and it is told or not. WARN_ONCE tells without a site. */
static unsigned heard;
static void sink_count(const haft_finding *finding, void *user) { (void)finding, (void)user, heard++; }

static void compare_levels(void) {
    haft_sink_set(sink_count, NULL);
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) {
        if (expected.level[k] == HAFT_LEVEL_FATAL) continue;
        haft__seen seen = { .kind = (haft_finding_kind)k };
        heard = 0;
        haft__found(&seen);
        if (heard != (expected.level[k] != HAFT_LEVEL_SILENT)) fuzz_disagree("level.%s", haft_finding_name((haft_finding_kind)k));
    }
}

static void compare(uint64_t found_before) {
    for (int id = 0; id < HAFT_CLASSES; id++) {
        if (haft_limit_get((haft_class_id)id) != expected.limits[id])
            fuzz_disagree("limit.%s: %u, not %u", haft_class_name((haft_class_id)id), (unsigned)haft_limit_get((haft_class_id)id),
                          (unsigned)expected.limits[id]);
        if (haft__limit_asked((uint32_t)id) != expected.asked[id]) fuzz_disagree("whether limit %d was asked for", id);
    }
    for (int q = 0; q < 5; q++)
        if ((int)haft__quirk_state((haft_quirk)q) != expected.quirk[q]) fuzz_disagree("quirk.%s", quirk_words[q]);
    if (haft__strict() != expected.strict) fuzz_disagree("strict");
    if (strcmp(report_path, expected.report) != 0) fuzz_disagree("report=%s, not %s", report_path, expected.report);
    if (at_exit != expected.reports) fuzz_disagree("%u reports at the end", at_exit);
    if (told != expected.told_count) fuzz_disagree("%u complaints, not %u", told, expected.told_count);
    if (haft_found(HAFT_FINDING_SETTING) - found_before != expected.bad_count) fuzz_disagree("the count of complaints");
    compare_levels();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static char text[4096];
    if (size >= sizeof text) return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    read_text(&expected, text);
    if (expected.aborts) return 0; /* as it was told to */
    start();
    uint64_t found = haft_found(HAFT_FINDING_SETTING);
    setenv("HAFT", text, 1);
    haft__settings_ready();
    compare(found);
    return 0;
}
