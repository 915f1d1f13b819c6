/* operate.c: what wrappers do, on Haft and on the reference. */
#include "operate.h"

#include "kinds.h"
#include "operate_call.h"
#include "operate_open.h"

/* ---- slots ---- */

static bool keep_lost(const slot *s) {
    if (!s->w.full) return true;
    if (lost_count == LOST) return false;
    lost[lost_count++] = *s;
    return true;
}

/* An empty wrapper can be of any type in C. */
static slot *slot_as(uint8_t number, ref_kind kind) {
    slot *s = &slots[number % SLOTS];
    if (!s->w.full) s->kind = kind;
    return s;
}

/* Another wrapper for a function that fills it: of the same type, or of one with the same closer. NULL: there is none. */
static slot *target(uint8_t number, ref_kind kind) {
    slot *s = slot_as(number, kind);
    return ref_closer(s->kind) == ref_closer(kind) ? s : NULL;
}

/* A value of a kind: often one that a wrapper holds, or that is open. */
static uint64_t value_for(ref_kind kind, uint8_t c, uint8_t d) {
    static const int64_t odd[] = { 0, -1, -2, -4, -6, INT32_MIN, INT32_MIN + 2, INT32_MIN + 3 };
    if (c >= 240) return kind == K_MODULE || kind == K_DIR || kind == K_BOX ? 0 : (uint64_t)odd[c & 7];
    if (kind == K_MODULE) return module_values[c & 1];
    if (kind == K_DIR) return dir_values[c & 1];
    if (c >= 160 && ref_closer(slots[c % SLOTS].kind) == ref_closer(kind)) return slots[c % SLOTS].h.raw;
    if (kind == K_FD || kind == K_BOX) return 3 + (c & 7);
    uint64_t low = (d & 0xe0) == 0xe0 ? (uint64_t)(c >> 4 & 3) : 0;
    return (uint64_t)(1 + (c & 15)) * 4 + low;
}

/* ---- operations ---- */

static void do_adopt(uint8_t b, uint8_t c, uint8_t d) {
    static const haft_owner owners[] = { HAFT_OWNER_USER,   HAFT_OWNER_USER,     HAFT_OWNER_USER, HAFT_OWNER_BORROWED,
                                         HAFT_OWNER_KERNEL, HAFT_OWNER_PSEUDO,   HAFT_OWNER_USER, HAFT_OWNER_SHARED,
                                         HAFT_OWNER_KERNEL, HAFT_OWNER_BORROWED, HAFT_OWNER_NONE, (haft_owner)99 };
    slot *s = slot_as(b, (ref_kind)((b / SLOTS) % KINDS));
    haft_owner owner = owners[(d & 31) % 12];
    uint64_t raw = value_for(s->kind, c, d);
    op_begin("adopt");
    if (!ref_follows(s->kind, raw)) return;
    ref_answer expected = s->kind == K_DIR ? ref_adopt_dir(&s->w, raw, owner) : ref_adopt(&s->w, raw, owner, s->kind);
    op_answer(kinds[s->kind].adopt(&s->h, raw, owner), 0, expected);
}

static void do_close(slot *s, ref_kind as) {
    op_begin("close");
    ref_answer expected = ref_close(&s->w, as);
    op_answer(kinds[as].close(&s->h), 0, expected);
}

static void do_end(slot *s, ref_kind as) {
    op_begin("end");
    ref_answer expected = ref_end(&s->w, as);
    kinds[as].end(&s->h);
    op_answer(0, 0, expected);
}

static void do_raw(slot *s, ref_kind as) {
    op_begin("raw");
    ref_answer expected = ref_raw(&s->w, as);
    op_answer(0, kinds[as].raw(&s->h), expected);
}

static void do_release(slot *s, ref_kind as) {
    op_begin("release");
    ref_answer expected = ref_release(&s->w, as);
    op_answer(0, kinds[as].release(&s->h), expected);
}

static void do_transfer(slot *s, ref_kind as, uint8_t d) {
    static const haft_owner owners[] = { HAFT_OWNER_KERNEL, HAFT_OWNER_USER, HAFT_OWNER_KERNEL, HAFT_OWNER_USER,
                                         HAFT_OWNER_SHARED };
    op_begin("transfer");
    ref_answer expected = ref_transfer(&s->w, owners[d % 5], as);
    op_answer(kinds[as].transfer(&s->h, owners[d % 5]), 0, expected);
}

static void do_copy(slot *from, slot *to) {
    op_begin("copy");
    if (from != to && keep_lost(to)) *to = *from;
}

static void do_move(slot *from, slot *to) {
    op_begin("move");
    if (from == to || !keep_lost(to)) return;
    to->kind = from->kind;
    to->w = from->w;
    from->w.full = false;
    to->h = kinds[from->kind].move(&from->h);
}

static void do_borrow(slot *from, slot *to, ref_kind as) {
    op_begin("borrow");
    if (from == to || !keep_lost(to)) return;
    to->kind = as;
    ref_answer expected = ref_borrow(&to->w, &from->w, as);
    to->h = kinds[as].borrow(&from->h);
    op_answer(0, 0, expected);
}

static void do_share(slot *from, slot *to, ref_kind as) {
    op_begin("share");
    ref_answer expected = ref_share(&to->w, &from->w, as);
    op_answer(kinds[as].share(&to->h, &from->h), 0, expected);
}

/* The functions of another type, on a wrapper that was cast to it. */
static void do_cast(uint8_t b, uint8_t d) {
    slot *s = &slots[b % SLOTS], empty = { { 0, 0 }, { 0 }, s->kind };
    ref_kind as = (ref_kind)(d % KINDS);
    if (ref_closer(as) == ref_closer(s->kind)) return;
    switch (b >> 3 & 7) {
    case 0: do_end(s, as); break;
    case 1: do_raw(s, as); break;
    case 2: do_release(s, as); break;
    case 3: do_transfer(s, as, d); break;
    case 4: do_borrow(s, &empty, as); break;
    case 5: do_share(s, &empty, as); break;
    default: do_close(s, as); break;
    }
}

static void do_null(uint8_t b, uint8_t d) {
    ref_kind kind = (ref_kind)(d % KINDS);
    const kind_functions *k = &kinds[kind];
    op_begin("NULL");
    op_same("adopt", k->adopt(NULL, kind == K_DIR ? dir_values[b & 1] : 4, HAFT_OWNER_USER), HAFT_E_INVALID);
    op_same("close", k->close(NULL), HAFT_E_INVALID);
    k->end(NULL);
    op_same("raw", k->raw(NULL), ref_none(kind));
    op_same("owner", k->owner(NULL), HAFT_OWNER_NONE);
    op_same("valid", k->valid(NULL), false);
    op_same("release", k->release(NULL), ref_none(kind));
    op_same("move", k->move(NULL).tag, 0);
    op_same("borrow", k->borrow(NULL).tag, 0);
    op_same("share", k->share(&slots[b % SLOTS].h, NULL), HAFT_E_INVALID);
    op_same("share", k->share(NULL, &slots[b % SLOTS].h), HAFT_E_INVALID);
    op_same("transfer", k->transfer(NULL, HAFT_OWNER_USER), HAFT_E_INVALID);
    op_same("opens", k->opens(NULL), 0);
    op_answer(0, 0, ref_plain(0));
}

/* An API writes to the wrapper, and then any function is the first that sees it. */
static void do_out(slot *s, slot *other, uint64_t value, uint8_t d) {
    op_out(s, value, d);
    switch ((d >> 2) % 10) {
    case 0: do_close(s, s->kind); break;
    case 1: do_end(s, s->kind); break;
    case 2: do_raw(s, s->kind); break;
    case 3: do_release(s, s->kind); break;
    case 4: do_move(s, other); break;
    case 5: do_borrow(s, other, s->kind); break;
    case 6: do_transfer(s, s->kind, d >> 4); break;
    case 7:
        if (other != s && ref_closer(other->kind) == ref_closer(s->kind)) do_share(s, other, s->kind);
        break;
    default: break;
    }
    (void)kinds[s->kind].valid(&s->h); /* by now it is taken in, if only by a look */
    (void)kinds[other->kind].opens(&other->h);
}

/* ---- settings ---- */

static void do_limit(uint8_t b, uint8_t d) {
    static const ref_kind bounded[] = { K_EVENT, K_FILE, K_KEY, K_FD, K_PIPE, K_HANDLE };
    static const uint32_t bounds[] = { 0, 1, 2, 3, 5, 65535 };
    ref_kind kind = bounded[b % 6];
    uint32_t bound = bounds[d % 6];
    haft_status expected = bound == 65535 ? HAFT_E_LIMIT : bound == 0 && kind == K_KEY ? HAFT_E_INVALID : HAFT_OK;
    op_begin("haft_limit_set");
    op_answer(haft_limit_set(ref_class(kind), bound), 0, ref_plain(expected));
    if (expected == HAFT_OK) ref.limits[kind] = bound;
    if (expected == HAFT_OK && kind == K_KEY) ref.key_limit_asked = true;
    op_same("haft_limit_get", haft_limit_get(ref_class(kind)), ref.limits[kind]);
}

static void do_setting(uint8_t b, uint8_t c, uint8_t d) {
    haft_quirk quirk = d & 8 ? HAFT_Q160650 : HAFT_Q179827;
    haft_finding_kind kind = (haft_finding_kind)(c % HAFT_FINDING_KINDS);
    op_begin("a setting");
    switch (b % 3) {
    case 0:
        ref.quirk[quirk] = (haft_quirk_state)(d % 3);
        op_answer(haft_quirk_set(quirk, (haft_quirk_state)(d % 3)), 0, ref_plain(HAFT_OK));
        break;
    case 1:
        ref.levels[kind] = (haft_level)(d % 3);
        op_answer(haft_level_set(kind, (haft_level)(d % 3)), 0, ref_plain(HAFT_OK));
        break;
    default:
        ref.strict = d & 1;
        haft_strict_set(ref.strict);
    }
}

/* ---- one step ---- */

void op_do(unsigned op, uint8_t b, uint8_t c, uint8_t d) {
    slot *s = &slots[b % SLOTS], *other = &slots[c % SLOTS], *to;
    op_begin("nothing");
    switch (op) {
    case 0: case 1: case 2: case 3: case 4: do_adopt(b, c, d); break;
    case 5: case 6: case 7: case 8: case 9: case 10: op_open(target(b, op_open_kind(c)), c, d); break;
    case 11: case 12: case 13: do_close(s, s->kind); break;
    case 14: do_end(s, s->kind); break;
    case 15: do_raw(s, s->kind); break;
    case 16: case 17: do_release(s, s->kind); break;
    case 18: case 19: case 20: do_copy(s, other); break;
    case 21: do_move(s, other); break;
    case 22: do_borrow(s, other, s->kind); break;
    case 23: case 24: case 25: case 26:
        if ((to = target(c, s->kind)) != NULL) do_share(s, to, s->kind);
        break;
    case 27: case 28: do_transfer(s, s->kind, d); break;
    case 29: case 30: op_shim_open(b, c, d); break;
    case 31: op_shim_event(d); break;
    case 32: case 33: case 34: case 35: op_shim_close(value_for(b & 8 ? K_KEY : K_HANDLE, c, d), b & 8 ? K_KEY : K_HANDLE); break;
    case 36: case 37: op_shim_duplicate(c, d); break;
    case 38: case 39: op_close_behind(s, value_for(s->kind, c, d)); break;
    case 40: case 41: op_open_behind(b); break;
    case 42: do_limit(b, d); break;
    case 43: do_setting(b, c, d); break;
    case 44: case 45: do_cast(b, d); break;
    case 46: op_guard(c, d); break;
    case 47: case 48: op_driver(c, d); break;
    case 49: do_null(b, d); break;
    case 50: case 51: case 52: do_out(s, other, value_for(s->kind, c, d), d); break;
    case 53: case 54:
        if ((to = target(c, s->kind)) != NULL) op_duplicate(s, to, d == 255);
        break;
    case 55:
        s = target(b, d & 1 ? K_FD : K_PIPE), to = target(c, d & 1 ? K_FD : K_PIPE);
        if (s && to) op_pair(s, to, d & 1 ? K_FD : K_PIPE);
        break;
    case 56: op_load(d); break;
    case 57:
        if (d & 1) op_open_dir(target(b, K_DIR));
        else op_free(value_for(K_MODULE, c, d));
        break;
    case 58: case 59: case 60: op_fence(b, d); break;
    default: break; /* 61 and above: the other thread goes on */
    }
}

/* ---- the end ---- */

void op_give_up(slot *s) {
    bool kernel = s->w.full && s->w.right == HAFT_OWNER_KERNEL && ref_valid(&s->w);
    if (kernel) do_release(s, s->kind);
    else do_close(s, s->kind);
}
