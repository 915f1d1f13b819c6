/* report.c: what is live, where it came from, and what was found, as text. */
#include "core/finding.h"
#include "core/identity.h"
#include "core/ledger.h"
#include "core/name.h"

#include "base/host.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The live handles of one site and class. */
typedef struct group {
    uint32_t site;
    uint32_t class_id;
    uint64_t count;
    uint64_t raw;   /* of the one met last: its name stands for the group's */
    haft__life life;
    bool one_name;  /* all count on one identity */
} group;

typedef struct tally {
    group *groups;
    size_t count;
    size_t room; /* a power of two */
    uint64_t live;
    uint64_t left_out; /* no memory for their group */
} tally;

static size_t slot_of(const tally *t, uint32_t site, uint32_t class_id) {
    size_t i = (site * UINT32_C(0x9E3779B9) + class_id) & (t->room - 1);
    while (t->groups[i].count && (t->groups[i].site != site || t->groups[i].class_id != class_id)) i = (i + 1) & (t->room - 1);
    return i;
}

static bool grow(tally *t) {
    tally bigger = { NULL, t->count, t->room ? t->room * 2 : 64, 0, 0 };
    bigger.groups = haft__alloc(bigger.room * sizeof *bigger.groups);
    if (!bigger.groups) return false;
    for (size_t i = 0; i < t->room; i++)
        if (t->groups[i].count) bigger.groups[slot_of(&bigger, t->groups[i].site, t->groups[i].class_id)] = t->groups[i];
    haft__free(t->groups);
    t->groups = bigger.groups;
    t->room = bigger.room;
    return true;
}

static bool add(uint64_t raw, const haft__life *life, void *user) {
    tally *t = user;
    uint32_t class_id = haft__tag_class(life->tag);
    t->live++;
    if (t->count >= t->room / 2 && !grow(t) && t->count + 1 >= t->room) return t->left_out++, true;
    group *g = &t->groups[slot_of(t, life->opened, class_id)];
    if (!g->count) {
        t->count++;
        g->site = life->opened;
        g->class_id = class_id;
        g->one_name = true;
    } else if (g->life.identity != life->identity) {
        g->one_name = false;
    }
    g->count++;
    g->raw = raw;
    g->life = *life;
    return true;
}

static int most_first(const void *a, const void *b) {
    const group *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    if (x->site != y->site) return x->site < y->site ? -1 : 1;
    return (int)x->class_id - (int)y->class_id;
}

/* The name, unless the handle was closed since it was met, or it is longer than a line of a report should be. */
static void write_name(FILE *out, const group *g) {
    char name[512];
    static const haft_class keys = { "", HAFT_CLASS_KEY, HAFT_SPACE_KERNEL, { 0, 0 }, NULL, NULL };
    static const haft_class fds = { "", HAFT_CLASS_FD, HAFT_SPACE_FD, { 0, 0 }, NULL, NULL };
    static const haft_class pointers = { "", HAFT_CLASS_STREAM, HAFT_SPACE_POINTER, { 0, 0 }, NULL, NULL };
    bool is_fd = g->class_id == HAFT_CLASS_FD, is_pointer = g->class_id == HAFT_CLASS_STREAM || g->class_id == HAFT_CLASS_DIR;
    haft__place place = haft__place_of(is_fd ? &fds : is_pointer ? &pointers : &keys, g->class_id, g->raw);
    if (!g->life.identity || !g->one_name) return;
    if (!haft__class_info_of(g->class_id)->named) return; /* it counts on its site, which is shown already */
    if (!haft__identity_name(g->life.identity, place, g->life.tag, name, sizeof name)) return;
    haft__name_plain(name);
    fprintf(out, " (%s)", name);
}

static void write_group(FILE *out, const group *g) {
    const char *site = haft__site_text(g->site);
    haft_owner owner = haft__tag_mode(g->life.tag);
    fprintf(out, "%" PRIu64 " live %s opened at %s", g->count, haft_class_name((haft_class_id)g->class_id), *site ? site : "?");
    if (owner != HAFT_OWNER_USER) fprintf(out, " owner %s", haft_owner_name(owner));
    write_name(out, g);
    fputc('\n', out);
}

static void write_groups(FILE *out, tally *t) {
    size_t n = 0;
    for (size_t i = 0; i < t->room; i++)
        if (t->groups[i].count) t->groups[n++] = t->groups[i];
    if (n) qsort(t->groups, n, sizeof *t->groups, most_first);
    for (size_t i = 0; i < n; i++) write_group(out, &t->groups[i]);
    if (t->left_out) fprintf(out, "%" PRIu64 " live, not grouped: no memory\n", t->left_out);
}

void haft_report_text(FILE *out) {
    tally t = { NULL, 0, 0, 0, 0 };
    if (!out) return;
    haft__error error = haft__error_save();
    haft__walk(add, &t);
    write_groups(out, &t);
    haft__free(t.groups);
    fprintf(out, "%" PRIu64 " live handles, %" PRIu64 " not tracked\n", t.live, haft_found(HAFT_FINDING_UNTRACKED));
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) {
        uint64_t n = haft_found((haft_finding_kind)k);
        if (n) fprintf(out, "found %s: %" PRIu64 "\n", haft_finding_name((haft_finding_kind)k), n);
    }
    haft__error_restore(error);
}
