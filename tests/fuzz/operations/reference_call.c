/* reference_call.c: what calls leave in the places that they are given: out-parameters, duplicates, pairs, fences. */
#include "reference.h"

#include <errno.h>

enum { INVALID_HANDLE = 6 };

/* It is the caller's, unless another wrapper owns it. */
void ref_written(ref_wrapper *w, uint64_t raw, ref_kind as) {
    ref_answer a = ref_adopt(w, raw, HAFT_OWNER_USER, as);
    if (a.result == HAFT_E_TRACKED) (void)ref_adopt(w, raw, HAFT_OWNER_BORROWED, as);
}

/* Whether the arrays can say what a duplicate of the value is. */
bool ref_is_duplicable(uint64_t raw) { return raw / 4 < REF_VALUES; }

/* A class without names counts by the place of the call. */
static const char *counted_by(ref_kind kind, const char *place) { return kind == K_HANDLE || kind == K_PIPE ? place : NULL; }

static void give(ref_wrapper *ret, ref_kind kind, uint64_t raw, int name) {
    *ret = (ref_wrapper){ true, kind, HAFT_OWNER_USER, -1, -1, 0, raw };
    ret->life = ref_begin_fresh(kind, raw, HAFT_OWNER_USER, name);
}

static ref_answer refused(ref_answer a) {
    a.result = HAFT_E_LIMIT;
    return a;
}

ref_answer ref_duplicate(ref_wrapper *ret, const ref_wrapper *w, ref_kind as, bool close_source) {
    ref_open open = { as, counted_by(as, "duplicate"), NULL, true, false, 0 };
    ref_answer source = ref_raw(w, as), a;
    bool valid = w->full && ref_valid(w);
    int name;
    if (ret == w || !w->full || close_source) return ref_plain(HAFT_E_INVALID);
    if (!valid) return ref_plain(HAFT_E_STALE);
    a = ref_end(ret, as);
    if (!ref_may_open(&open, false, 0, &name)) return refused(a);
    ref_value *v = &ref.system[S_KERNEL][source.raw / 4];
    int i = ref_lowest(S_KERNEL);
    if (!v->open) return a.result = HAFT_E_OS, a.error = INVALID_HANDLE, a;
    ref.system[S_KERNEL][i] = *v;
    ref.system[S_KERNEL][i].guarded = false;
    give(ret, as, (uint64_t)i * 4, name);
    a.result = HAFT_OK;
    return a;
}

/* What either of two calls has set. */
static ref_answer then(ref_answer a, ref_answer next) {
    if (next.error != REF_KEEP) a.error = next.error;
    if (next.number != REF_KEEP) a.number = next.number;
    return a;
}

/* Both count before either is opened. */
ref_answer ref_pair(ref_wrapper *first, ref_wrapper *second, ref_kind kind) {
    ref_open open = { kind, counted_by(kind, "pair"), NULL, true, false, 0 };
    uint64_t raws[2];
    int name;
    if (first == second) return ref_plain(HAFT_E_INVALID);
    ref_answer a = ref_end(first, kind);
    if (!ref_may_open(&open, false, 0, &name)) return refused(a);
    a = then(a, ref_end(second, kind));
    if (!ref_may_open(&open, false, 1, &name)) return refused(a);
    for (int i = 0; i < 2; i++) raws[i] = ref_system_open(&open, &a.error);
    give(first, kind, raws[0], name);
    give(second, kind, raws[1], name);
    a.result = HAFT_OK;
    return a;
}

/* ---- directories, which use up a descriptor ---- */

int ref_dir_fd(uint64_t raw) { return raw && ref_dir(raw)->open ? ref_dir(raw)->object : -1; }

/* Whoever is believed to have the descriptor has it no more. */
static void use_up(int fd) {
    int former = fd < 0 ? -1 : ref.life_of[S_FD][fd];
    if (fd < 0) return;
    if (former >= 0 && ref.lives[former].live) {
        ref_end_life(former);
        if (ref.lives[former].owner != HAFT_OWNER_KERNEL) ref_find(HAFT_FINDING_FOREIGN_CLOSE, K_FD, (uint64_t)fd);
    }
    ref.used_up[fd] = true;
}

ref_answer ref_adopt_dir(ref_wrapper *ret, uint64_t raw, haft_owner owner) {
    int fd = ref_dir_fd(raw), life = fd < 0 ? -1 : ref.life_of[S_FD][fd];
    if (owner == HAFT_OWNER_USER && life >= 0 && ref.lives[life].live) {
        ref_find(HAFT_FINDING_TRACKED, K_FD, (uint64_t)fd);
        return ref_plain(HAFT_E_TRACKED);
    }
    ref_answer a = ref_adopt(ret, raw, owner, K_DIR);
    if (a.result == HAFT_OK && owner == HAFT_OWNER_USER) use_up(fd);
    return a;
}

ref_answer ref_open_dir(ref_wrapper *ret) {
    ref_answer a = ref_end(ret, K_DIR);
    int i = 0;
    while (i < 2 && ref_dir(ref.dir_raw[i])->open) i++;
    a.result = i < 2 ? HAFT_OK : HAFT_E_OS;
    if (i == 2) return a.number = EMFILE, a;
    ref_value *fd = &ref.system[S_FD][ref_lowest(S_FD)];
    *fd = (ref_value){ true, false, K_FD, -1, ref.object_count++, 0 };
    *ref_dir(ref.dir_raw[i]) = (ref_value){ true, false, K_DIR, -1, (int)(fd - ref.system[S_FD]), 0 };
    give(ret, K_DIR, ref.dir_raw[i], -1);
    use_up(ref_dir_fd(ref.dir_raw[i]));
    return a;
}

/* ---- fences ---- */

#define SOMEBODYS (-2)

/* The last opening of a value that is nobody's, -1 if it never was anybody's. */
static int nobodys(int i) {
    int life = ref.life_of[S_KERNEL][i];
    return life >= 0 && ref.lives[life].live ? SOMEBODYS : life;
}

void ref_fence_begin(int fence) {
    ref_fence *f = &ref.fences[fence];
    f->stands = true;
    for (int i = 0; i < REF_VALUES; i++) {
        f->open[i] = ref.system[S_KERNEL][i].open;
        f->nobodys[i] = nobodys(i);
    }
}

int ref_fence_left(int fence, uint64_t *ret, bool *ret_doubt) {
    const ref_fence *f = &ref.fences[fence];
    int count = 0;
    *ret_doubt = false;
    for (int i = 0; i < REF_VALUES; i++) {
        if (!ref.system[S_KERNEL][i].open || nobodys(i) == SOMEBODYS) continue;
        if (f->open[i] && f->nobodys[i] == nobodys(i)) continue;
        *ret_doubt = *ret_doubt || f->open[i];
        ret[count++] = (uint64_t)i * 4;
    }
    return count;
}

ref_answer ref_fence_end(int fence, bool (*proved)(uint64_t raw), size_t *ret_left) {
    uint64_t left[REF_VALUES];
    bool doubt;
    int count = ref_fence_left(fence, left, &doubt);
    ref_answer unseen = ref_plain(HAFT_OK);
    *ret_left = 0;
    ref.fences[fence].stands = false;
    for (int i = 0; i < count; i++) {
        bool closed = proved && proved(left[i]) && ref_ported_close(left[i], K_HANDLE, &unseen) == 0;
        ref_find(closed ? HAFT_FINDING_RECOVERED : HAFT_FINDING_UNPROVED, K_HANDLE, left[i]);
        *ret_left += !closed;
    }
    return ref_plain(HAFT_OK);
}
