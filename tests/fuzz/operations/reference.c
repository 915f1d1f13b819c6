/* reference.c: what wrappers do, in plain arrays. */
#include "reference.h"

#include <errno.h>
#include <string.h>

ref_state ref;

void ref_reset(bool has_q179827) {
    memset(&ref, 0, sizeof ref);
    memset(ref.life_of, -1, sizeof ref.life_of);
    ref.has_q179827 = has_q179827;
    ref.limits[K_KEY] = HAFT_LIMIT_KEY_DEFAULT;
}

/* ---- kinds ---- */

haft_class_id ref_class(ref_kind kind) {
    static const haft_class_id ids[] = { HAFT_CLASS_HANDLE, HAFT_CLASS_EVENT, HAFT_CLASS_FILE,  HAFT_CLASS_KEY,
                                         HAFT_CLASS_FD,     HAFT_CLASS_USER,  HAFT_CLASS_MODULE, HAFT_CLASS_PIPE,
                                         (haft_class_id)(HAFT_CLASS_USER + 1), HAFT_CLASS_DIR };
    return ids[kind];
}

int ref_closer(ref_kind kind) { return kind == K_EVENT || kind == K_FILE || kind == K_PIPE ? K_HANDLE : (int)kind; }

uint64_t ref_none(ref_kind kind) { return kind == K_FILE || kind == K_PIPE || kind == K_FD ? UINT64_MAX : 0; }

static bool is_none(ref_kind kind, uint64_t raw) {
    if (kind == K_FD) return (int)raw < 0;
    return raw == 0 || (raw == UINT64_MAX && ref_closer(kind) == K_HANDLE);
}

/* -1 is none of a HANDLE before it is the process. */
static bool is_pseudo(ref_kind kind, uint64_t raw) {
    int64_t value = (int64_t)raw;
    if (kind == K_KEY) return value >= INT32_MIN && value <= INT32_MIN + 7;
    return kind == K_HANDLE && (value == -2 || (value <= -4 && value >= -6));
}

bool ref_place(ref_kind kind, uint64_t raw, ref_space *space, int *index) {
    static const ref_space spaces[KINDS] = { S_KERNEL, S_KERNEL, S_KERNEL, S_KERNEL, S_FD, S_BOX, S_POINTER, S_KERNEL, S_OWN,
                                             S_POINTER };
    *space = spaces[kind];
    if (kind == K_KEY && (raw & 1)) *space = S_POINTER; /* another machine's key */
    if (kind == K_OWN && (raw & 3)) return false;
    if (*space == S_KERNEL || *space == S_OWN) raw /= 4;
    *index = (int)(raw % REF_VALUES);
    if (kind != K_MODULE && kind != K_DIR) return raw < REF_VALUES;
    const uint64_t *raws = kind == K_DIR ? ref.dir_raw : ref.module_raw;
    for (int i = 0; i < 2; i++)
        if (raw && raw == raws[i]) return *index = (kind == K_DIR ? 4 : 0) + i * 2, true; /* those of keys are odd */
    return false;
}

ref_value *ref_dir(uint64_t raw) { return &ref.system[S_POINTER][raw == ref.dir_raw[1] ? 6 : 4]; }
ref_value *ref_module(uint64_t raw) { return &ref.system[S_POINTER][raw == ref.module_raw[1] ? 2 : 0]; }

bool ref_follows(ref_kind kind, uint64_t raw) {
    ref_space space;
    int index;
    return is_none(kind, raw) || is_pseudo(kind, raw) || ref_place(kind, raw, &space, &index);
}

static int *life_at(ref_kind kind, uint64_t raw) {
    static int nowhere = -1;
    ref_space space;
    int index;
    return ref_place(kind, raw, &space, &index) ? &ref.life_of[space][index] : &nowhere;
}

static ref_life *living(ref_kind kind, uint64_t raw) {
    int life = *life_at(kind, raw);
    return life >= 0 && ref.lives[life].live ? &ref.lives[life] : NULL;
}

/* ---- findings and answers ---- */

void ref_find(haft_finding_kind kind, ref_kind of, uint64_t raw) {
    ref.found[kind]++;
    ref.last.kind = kind;
    ref.last.class_id = ref_class(of);
    ref.last.raw = raw;
    if (ref.levels[kind] == HAFT_LEVEL_WARN) ref.last.times++;
}

ref_answer ref_plain(int64_t result) {
    ref_answer a = { result, 0, REF_KEEP, REF_KEEP };
    return a;
}

static ref_answer found(haft_finding_kind kind, haft_status status, ref_kind of, uint64_t raw) {
    ref_find(kind, of, raw);
    return ref_plain(status);
}
static ref_answer stale(const ref_wrapper *w) { return found(HAFT_FINDING_STALE, HAFT_E_STALE, w->kind, w->raw); }
static ref_answer not_owner(const ref_wrapper *w) { return found(HAFT_FINDING_NOT_OWNER, HAFT_E_NOT_OWNER, w->kind, w->raw); }
static ref_answer wrong_class(const ref_wrapper *w) { return found(HAFT_FINDING_WRONG_CLASS, HAFT_E_WRONG_CLASS, w->kind, w->raw); }
static bool is_foreign(const ref_wrapper *w, ref_kind as) { return ref_closer(w->kind) != ref_closer(as); }

/* ---- openings and holders ---- */

int ref_begin(ref_kind kind, uint64_t raw, haft_owner owner, int name) {
    int life = ref.life_count++;
    ref.lives[life] = (ref_life){ true, kind, owner, name, 0, 0, 0 };
    *life_at(kind, raw) = life;
    ref.living[ref.living_count++] = life;
    return life;
}

void ref_end_life(int life) {
    int i = 0;
    while (ref.living[i] != life) i++;
    ref.living[i] = ref.living[--ref.living_count];
    ref.lives[life].live = false;
}

int ref_holders(int life) {
    int n = ref.lives[life].raws;
    for (int i = 0; i < ref.holder_count; i++) n += ref.holder_of[i] == life;
    return n;
}

void ref_hold(ref_wrapper *w, int life) {
    w->right = HAFT_OWNER_SHARED;
    w->life = life;
    w->holder = ref.holder_count++;
    ref.holder_of[w->holder] = life;
}

bool ref_valid(const ref_wrapper *w) {
    if (!w->full) return false;
    if (w->life < 0) return true;
    const ref_life *life = &ref.lives[w->life];
    switch (w->right) {
    case HAFT_OWNER_BORROWED: return life->live && life->returns / REF_LOAN == w->returns / REF_LOAN;
    case HAFT_OWNER_SHARED: return life->live && life->owner == HAFT_OWNER_SHARED && ref.holder_of[w->holder] == w->life;
    default: return life->live && life->owner == w->right && life->returns == w->returns;
    }
}

uint32_t ref_count(int name) {
    uint32_t n = 0;
    for (int i = 0; i < ref.living_count; i++) n += ref.lives[ref.living[i]].name == name;
    return n;
}

uint32_t ref_opens(const ref_wrapper *w) {
    if (!ref_valid(w)) return 0;
    return w->life < 0 || ref.lives[w->life].name < 0 ? 1 : ref_count(ref.lives[w->life].name);
}

size_t ref_live(void) { return (size_t)ref.living_count; }

size_t ref_handles(void) {
    size_t n = 0;
    for (int i = 0; i < REF_VALUES; i++) n += ref.system[S_KERNEL][i].open;
    return n;
}

/* ---- close ---- */

static ref_answer system_closes(const ref_wrapper *w, ref_kind as) {
    ref_answer a = ref_plain(HAFT_OK);
    if (ref_ported_close(w->raw, as, &a) == 0) return a;
    a.result = HAFT_E_OS;
    ref_find(HAFT_FINDING_CLOSE_FAILED, w->kind, w->raw);
    return a;
}

/* A holder goes; what he leaves must not be opened more often than there are holders. */
static ref_answer holder_leaves(const ref_wrapper *w, ref_kind as) {
    ref_life *life = &ref.lives[w->life];
    ref.holder_of[w->holder] = -1;
    int left = ref_holders(w->life);
    if (left == 0) ref_end_life(w->life);
    if (life->openings <= left) return ref_plain(HAFT_OK);
    life->openings--;
    return system_closes(w, as);
}

ref_answer ref_close(ref_wrapper *w, ref_kind as) {
    ref_wrapper was = *w;
    if (!w->full) return ref_plain(HAFT_OK);
    if (is_foreign(w, as)) return wrong_class(w);
    if (w->right == HAFT_OWNER_KERNEL && ref_valid(w)) return not_owner(w);
    w->full = false;
    if (was.right == HAFT_OWNER_BORROWED || was.right == HAFT_OWNER_PSEUDO) return ref_plain(HAFT_OK);
    if (!ref_valid(&was)) return stale(&was);
    if (was.right == HAFT_OWNER_SHARED) return holder_leaves(&was, as);
    ref_end_life(was.life);
    return system_closes(&was, as);
}

ref_answer ref_end(ref_wrapper *w, ref_kind as) {
    ref_answer a = ref_plain(0);
    if (w->full && w->right == HAFT_OWNER_KERNEL) w->full = false;
    else a = ref_close(w, as);
    a.result = 0;
    return a;
}

/* ---- adopt ---- */

/* Each load of a module is an opening, and wants a holder. */
int ref_load(uint64_t raw) {
    const ref_life *there = living(K_MODULE, raw);
    int life = *life_at(K_MODULE, raw);
    if (there && there->owner != HAFT_OWNER_SHARED) ref_end_life(life); /* a component's: it is the loader's now */
    if (!there || there->owner != HAFT_OWNER_SHARED) life = ref_begin(K_MODULE, raw, HAFT_OWNER_SHARED, -1);
    ref.lives[life].openings++;
    return life;
}

static haft_status adopt_owned(ref_wrapper *w, haft_owner owner, ref_kind as) {
    ref_life *there = living(as, w->raw);
    int name = -1, life = *life_at(as, w->raw);
    if (there && ref_closer(there->kind) != ref_closer(as)) return HAFT_E_WRONG_CLASS;
    if (as == K_FD && w->raw < REF_VALUES && ref.used_up[w->raw]) return HAFT_E_WRONG_CLASS;
    if (as == K_MODULE && owner == HAFT_OWNER_USER && (!there || there->owner == HAFT_OWNER_SHARED)) {
        if (there && there->raws) there->raws--; /* of the loads that a shim saw, one is taken over */
        else life = ref_load(w->raw);
        ref_hold(w, life);
        return HAFT_OK;
    }
    if (there && there->owner != REF_RAW && !(there->owner == HAFT_OWNER_KERNEL && owner == HAFT_OWNER_KERNEL))
        return HAFT_E_TRACKED;
    if (there) {
        name = there->name;
        ref_end_life(life);
    }
    w->right = owner;
    w->life = ref_begin(as, w->raw, owner, name);
    return HAFT_OK;
}

static haft_status adopt_unowned(ref_wrapper *w, haft_owner owner, ref_kind as) {
    ref_life *there = living(as, w->raw);
    w->right = owner;
    if (owner == HAFT_OWNER_PSEUDO || !there) return HAFT_OK;
    if (ref_closer(there->kind) != ref_closer(as)) return HAFT_E_WRONG_CLASS;
    w->life = *life_at(as, w->raw);
    w->returns = there->returns;
    w->kind = there->kind;
    return HAFT_OK;
}

ref_answer ref_adopt(ref_wrapper *ret, uint64_t raw, haft_owner owner, ref_kind as) {
    ref_wrapper w = { true, as, owner, -1, -1, 0, raw };
    haft_status status = HAFT_E_INVALID;
    if (is_pseudo(as, raw)) status = adopt_unowned(&w, HAFT_OWNER_PSEUDO, as);
    else if (is_none(as, raw)) return ref_plain(HAFT_E_INVALID);
    else if (owner == HAFT_OWNER_USER || owner == HAFT_OWNER_KERNEL) status = adopt_owned(&w, owner, as);
    else if (owner == HAFT_OWNER_BORROWED || owner == HAFT_OWNER_PSEUDO) status = adopt_unowned(&w, owner, as);
    if (status == HAFT_E_TRACKED) ref_find(HAFT_FINDING_TRACKED, as, raw);
    if (status == HAFT_E_WRONG_CLASS) ref_find(HAFT_FINDING_WRONG_CLASS, as, raw);
    if (status != HAFT_OK) return ref_plain(status);
    ref_answer a = ref_end(ret, as);
    *ret = w;
    return a;
}

/* ---- look, and pass on ---- */

static ref_answer gives(ref_answer a, uint64_t raw) {
    a.result = 0;
    a.raw = raw;
    return a;
}

ref_answer ref_raw(const ref_wrapper *w, ref_kind as) {
    if (!w->full) return gives(ref_plain(0), ref_none(as));
    if (is_foreign(w, as)) return gives(wrong_class(w), ref_none(as));
    return ref_valid(w) ? gives(ref_plain(0), w->raw) : gives(stale(w), ref_none(as));
}

/* The last holder is the one owner again; the owners before are not. False: there are others. */
static bool reclaim(ref_wrapper *w) {
    if (w->right != HAFT_OWNER_SHARED || !ref_valid(w)) return true;
    if (ref_holders(w->life) > 1) return false;
    ref.holder_of[w->holder] = -1;
    ref.lives[w->life].openings = 0;
    ref.lives[w->life].owner = w->right = HAFT_OWNER_USER;
    w->returns = ++ref.lives[w->life].returns;
    return true;
}

ref_answer ref_release(ref_wrapper *w, ref_kind as) {
    if (!w->full) return gives(ref_plain(0), ref_none(as));
    if (is_foreign(w, as)) return gives(wrong_class(w), ref_none(as));
    if (!reclaim(w)) return gives(not_owner(w), ref_none(as));
    ref_wrapper was = *w;
    w->full = false;
    if (!ref_valid(&was)) return gives(stale(&was), ref_none(as));
    bool looks = was.right == HAFT_OWNER_BORROWED || was.right == HAFT_OWNER_PSEUDO;
    if (as == K_DIR && !looks && ref_dir_fd(was.raw) >= 0) ref.used_up[ref_dir_fd(was.raw)] = false;
    if (was.right == HAFT_OWNER_USER || was.right == HAFT_OWNER_KERNEL) ref_end_life(was.life);
    return gives(ref_plain(0), was.raw);
}

ref_answer ref_borrow(ref_wrapper *ret, const ref_wrapper *w, ref_kind as) {
    ref_wrapper from = *w;
    ret->full = false;
    if (!from.full) return ref_plain(0);
    if (is_foreign(&from, as)) return gives(wrong_class(&from), 0);
    if (!ref_valid(&from)) return gives(stale(&from), 0);
    *ret = from;
    if (from.right == HAFT_OWNER_SHARED) ret->returns = ref.lives[from.life].returns;
    if (from.right != HAFT_OWNER_PSEUDO) ret->right = HAFT_OWNER_BORROWED;
    return ref_plain(0);
}

ref_answer ref_share(ref_wrapper *ret, ref_wrapper *w, ref_kind as) {
    ref_wrapper to = *w;
    if (ret == w || !w->full) return ref_plain(HAFT_E_INVALID);
    if (is_foreign(w, as)) return wrong_class(w);
    if (!ref_valid(w)) return stale(w);
    if (w->right == HAFT_OWNER_BORROWED || w->right == HAFT_OWNER_KERNEL) return not_owner(w);
    if (w->right == HAFT_OWNER_USER) {
        ref.lives[w->life].owner = HAFT_OWNER_SHARED;
        ref.lives[w->life].openings = 1;
        ref_hold(w, w->life);
    }
    if (w->right == HAFT_OWNER_SHARED) ref_hold(&to, w->life);
    ref_answer a = ref_end(ret, as);
    *ret = to;
    return a;
}

ref_answer ref_transfer(ref_wrapper *w, haft_owner to, ref_kind as) {
    if (!w->full || (to != HAFT_OWNER_KERNEL && to != HAFT_OWNER_USER)) return ref_plain(HAFT_E_INVALID);
    if (is_foreign(w, as)) return wrong_class(w);
    if (!ref_valid(w)) return stale(w);
    if (w->right == HAFT_OWNER_BORROWED || w->right == HAFT_OWNER_PSEUDO) return not_owner(w);
    if ((w->right == HAFT_OWNER_KERNEL) != (to == HAFT_OWNER_USER)) return ref_plain(HAFT_E_INVALID);
    if (!reclaim(w)) return not_owner(w);
    ref.lives[w->life].owner = w->right = to;
    if (to == HAFT_OWNER_KERNEL || w->kind != K_MODULE) return ref_plain(HAFT_OK);
    ref.lives[w->life].owner = HAFT_OWNER_SHARED; /* a module comes back to be held as it was */
    ref.lives[w->life].openings = 1;
    ref_hold(w, w->life);
    return ref_plain(HAFT_OK);
}
