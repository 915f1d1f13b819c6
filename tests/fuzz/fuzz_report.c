/* fuzz_report.c: the report. The input says what is opened, from which of a few places and by which name, odd characters and all;
 * after that haft_report_text must give the very text that is put together here from what the reference knows.
 *
 *   per operation: what, which place, which handle; for a name, the characters up to a 255 */
#define _GNU_SOURCE /* open_memstream */
#include "fuzz.h"

#include "core/settings.h"

#define HAFT_MODEL_NO_NAMES
#include <haft/model.h>

#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define NOINLINE __attribute__((noinline))
#define SITES 5
#define HANDLES 40

typedef struct held {
    bool open;
    int site;
    haft_class_id class_id;
    haft_owner owner;
    uint64_t raw;
    haft_event wrapper;
    char name[640]; /* "": it counts on none */
} held;
static held all[HANDLES];

/* Places to open at: each a call of its own, and no two of them alike, nor the last thing that a function does. */
static volatile unsigned here;
#define PLACE(n, PARAMETERS, CALL)                          \
    static NOINLINE haft_status place_##n PARAMETERS {      \
        haft_status status = CALL;                          \
        return here = (n), status;                          \
    }
PLACE(0, (held *h, const char *name), haft_event_create_a(&h->wrapper, NULL, 1, 0, name))
PLACE(1, (held *h, const char *name), haft_event_create_a(&h->wrapper, NULL, 1, 0, name))
PLACE(2, (held *h, const wchar_t *name), haft_event_create_w(&h->wrapper, NULL, 1, 0, name))
PLACE(3, (held *h, HANDLE raw, haft_owner owner), haft_event_adopt(&h->wrapper, raw, owner))
PLACE(4, (held *h, HANDLE raw, haft_owner owner), haft_handle_adopt((haft_handle *)&h->wrapper, raw, owner))

static bool open_at(held *h, int site, const char *name, const wchar_t *wide, haft_owner owner) {
    haft_status status;
    memset(h, 0, sizeof *h);
    h->site = site;
    h->owner = HAFT_OWNER_USER;
    h->class_id = HAFT_CLASS_EVENT;
    if (site < 3) {
        status = site == 0 ? place_0(h, name) : site == 1 ? place_1(h, name) : place_2(h, wide);
    } else {
        HANDLE raw = haft_model_driver_open();
        h->owner = owner;
        if (site > 3) h->class_id = HAFT_CLASS_HANDLE;
        status = site == 3 ? place_3(h, raw, owner) : place_4(h, raw, owner);
    }
    h->raw = h->wrapper.hold.raw;
    h->open = status == HAFT_OK;
    return h->open;
}

static void close_one(held *h) {
    if (!h->open) return;
    h->open = false;
    haft_event *e = &h->wrapper;
    if (h->owner == HAFT_OWNER_KERNEL && haft_event_transfer(e, HAFT_OWNER_USER) != HAFT_OK) fuzz_disagree("a transfer fails");
    if (haft_event_close(e) != HAFT_OK) fuzz_disagree("a close fails");
}

static char *report(void) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out) abort();
    haft_report_text(out);
    fclose(out);
    return text;
}

/* ---- what it must say ---- */

/* The text of each place, from a report of one handle; first seen first. */
static char site_texts[SITES][128];

static void learn_sites(void) {
    for (int i = 0; i < SITES; i++) {
        if (!open_at(&all[0], i, NULL, NULL, HAFT_OWNER_USER)) abort();
        char *text = report();
        if (sscanf(text, "1 live %*s opened at %127s", site_texts[i]) != 1) fuzz_disagree("no first line: %s", text);
        for (int j = 0; j < i; j++)
            if (strcmp(site_texts[i], site_texts[j]) == 0) fuzz_disagree("places %d and %d are one", i, j);
        free(text);
        close_one(&all[0]);
    }
}

/* The walk goes by value, so the group's last is its highest. Its owner is shown, and the name if all of the group have it. */
static unsigned group_of(int site, const held **ret_last, bool *ret_one_name) {
    unsigned count = 0;
    *ret_one_name = true;
    *ret_last = NULL;
    for (int i = 0; i < HANDLES; i++) {
        const held *h = &all[i];
        if (!h->open || h->site != site) continue;
        if (*ret_last && strcmp(h->name, (*ret_last)->name) != 0) *ret_one_name = false;
        if (!*ret_last || h->raw > (*ret_last)->raw) *ret_last = h;
        count++;
    }
    return count;
}

/* What could end the line, steer a terminal or turn the writing round is a point, as is each byte that the C library's own decoder
 * takes for no character. */
static void write_plain(FILE *out, const char *name) {
    static const wchar_t harmful[] = { 0x61c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
                                       0x2066, 0x2067, 0x2068, 0x2069, 0 };
    for (size_t left = strlen(name); left;) {
        mbstate_t state = { 0 };
        wchar_t c = 0;
        size_t bytes = mbrtowc(&c, name, left, &state);
        bool is_character = bytes != 0 && bytes <= left;
        if (!is_character) bytes = 1;
        bool is_control = c < 32 || (c >= 127 && c < 160);
        if (!is_character || is_control || wcschr(harmful, c)) fputc('.', out);
        else fwrite(name, 1, bytes, out);
        name += bytes;
        left -= bytes;
    }
}

static void write_group(FILE *out, unsigned count, const held *last, bool one_name) {
    fprintf(out, "%u live %s opened at %s", count, last->class_id == HAFT_CLASS_EVENT ? "event" : "handle", site_texts[last->site]);
    if (last->owner == HAFT_OWNER_KERNEL) fputs(" owner KERNEL", out);
    if (one_name && last->name[0]) {
        fputs(" (", out);
        write_plain(out, last->name);
        fputc(')', out);
    }
    fputc('\n', out);
}

static char *expected(void) {
    char *text = NULL;
    size_t length;
    unsigned live = 0;
    FILE *out = open_memstream(&text, &length);
    if (!out) abort();
    for (unsigned most = HANDLES; most > 0; most--) {
        for (int site = 0; site < SITES; site++) {
            const held *last;
            bool one_name;
            if (group_of(site, &last, &one_name) != most) continue;
            write_group(out, most, last, one_name);
            live += most;
        }
    }
    fprintf(out, "%u live handles, 0 not tracked\n", live);
    for (int k = 0; k < HAFT_FINDING_KINDS; k++)
        if (haft_found((haft_finding_kind)k))
            fprintf(out, "found %s: %" PRIu64 "\n", haft_finding_name((haft_finding_kind)k), haft_found((haft_finding_kind)k));
    fclose(out);
    if (haft_live() != live) fuzz_disagree("%zu live, not %u", haft_live(), live);
    return text;
}

static void compare(void) {
    char *library = report(), *reference = expected();
    fuzz_operation();
    if (strcmp(library, reference) != 0) fuzz_disagree("the report is\n%sand not\n%s", library, reference);
    free(library);
    free(reference);
}

/* ---- an input ---- */

/* A name, repeated until it is long now and then; Latin-1 becomes UTF-8. */
static void open_named(held *h, int site, fuzz_bytes *b, uint8_t form, bool counted) {
    char asked[300] = "";
    wchar_t wide[300];
    size_t length = 0, n = 0;
    const char *text = fuzz_text(b, 255);
    unsigned times = form & 4 ? 4 : 1;
    for (; times && text[0]; times--)
        for (const char *c = text; *c && length < 256; c++) asked[length++] = *c;
    asked[length] = '\0';
    for (size_t i = 0; i <= length; i++) wide[i] = (wchar_t)(unsigned char)asked[i];
    if (!open_at(h, site, asked, wide, HAFT_OWNER_USER) || !counted) return;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)asked[i];
        if (c >= 128) h->name[n++] = (char)(192 + c / 64), h->name[n++] = (char)(128 + c % 64);
        else h->name[n++] = (char)c;
    }
    h->name[n < 512 ? n : 0] = '\0'; /* one that is too long for a line is left out */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool known;
    fuzz_bytes b = { data, size };
    haft_model_boot(HAFT_NT4_FIXED);
    if (!known) learn_sites(), setlocale(LC_CTYPE, "C.UTF-8");
    known = true;
    bool counted = false;
    haft_limit_set(HAFT_CLASS_EVENT, 0);
    while (b.left) {
        uint8_t what = fuzz_byte(&b);
        held *h = &all[fuzz_byte(&b) % HANDLES];
        switch (what & 3) {
        case 0: close_one(h); break;
        case 1:
            if (!h->open) open_named(h, (what >> 4) % 3, &b, what, counted);
            break;
        case 2:
            if (!h->open) open_at(h, (what >> 4) % SITES, NULL, NULL, what & 4 ? HAFT_OWNER_KERNEL : HAFT_OWNER_USER);
            break;
        default:
            counted = what & 4;
            haft_limit_set(HAFT_CLASS_EVENT, counted ? HANDLES * 2 : 0);
        }
        compare();
    }
    for (int i = 0; i < HANDLES; i++) close_one(&all[i]);
    compare();
    return 0;
}
