/* reference_open.c: opens, shims and the system below, in plain arrays. */
#include "reference.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The system's codes, as its own headers give them. */
enum { NOT_FOUND = 2, ACCESS_DENIED = 5, INVALID_HANDLE = 6, MODULE_NOT_FOUND = 126, ALREADY_EXISTS = 183 };
enum { NOT_ENOUGH_QUOTA = 1816 };

/* ---- names ---- */

int ref_name(ref_kind kind, const char *text) {
    if (!text) return -1;
    for (int i = 0; i < ref.name_count; i++)
        if (ref.names[i].kind == kind && strcmp(ref.names[i].text, text) == 0) return i;
    ref.names[ref.name_count].kind = kind;
    snprintf(ref.names[ref.name_count].text, REF_NAME, "%s", text);
    return ref.name_count++;
}

bool ref_key_path(char *ret, const char *parent, const char *subkey) {
    size_t n = strlen(parent);
    memmove(ret, parent, n);
    for (bool slash = true; subkey && *subkey; subkey++) {
        if (n + 3 > REF_NAME) return false;
        if (*subkey == '\\') slash = true;
        else {
            if (slash) ret[n++] = '\\';
            slash = false;
            ret[n++] = *subkey >= 'a' && *subkey <= 'z' ? (char)(*subkey - 32) : *subkey;
        }
    }
    ret[n] = '\0';
    return true;
}

void ref_key_exists(const char *path) {
    char above[REF_NAME];
    for (size_t n = 1; path[n - 1]; n++) {
        if (path[n] && path[n] != '\\') continue;
        memcpy(above, path, n);
        above[n] = '\0';
        ref.exists[ref_name(K_KEY, above)] = true;
    }
}

/* ---- the system ---- */

int ref_lowest(ref_space space) {
    int i = space == S_KERNEL ? 1 : 3; /* no handle is 0; a program has three descriptors from the start */
    while (ref.system[space][i].open) i++;
    return i;
}

/* No table has these: closing them is always well. */
static bool is_outside(uint64_t raw, ref_kind as) {
    if (as == K_KEY) return (raw & 0xfffffff0u) == 0x80000000u;
    return ref_closer(as) == K_HANDLE && (int64_t)raw <= -1 && (int64_t)raw >= -6;
}

static ref_value *value_of(uint64_t raw, ref_kind as) {
    uint64_t i = as == K_KEY || as == K_OWN || ref_closer(as) == K_HANDLE ? raw / 4 : raw;
    if (as == K_MODULE) return ref_module(raw);
    if (as == K_DIR) return ref_dir(raw);
    return i < REF_VALUES ? &ref.system[as == K_FD ? S_FD : as == K_BOX ? S_BOX : S_KERNEL][i] : NULL;
}

int64_t ref_system_close(uint64_t raw, ref_kind as) {
    ref_value *v = value_of(raw, as);
    if (is_outside(raw, as)) return 0;
    if (as == K_MODULE) return v->count ? (v->count--, 0) : MODULE_NOT_FOUND;
    if (!v || !v->open || v->guarded) return as == K_FD || as == K_DIR ? EBADF : INVALID_HANDLE;
    if (as == K_DIR) ref.system[S_FD][v->object].open = false;
    v->open = false;
    return 0;
}

static ref_answer shim_closes(uint64_t raw, ref_kind as, bool in_closer);

int64_t ref_ported_close(uint64_t raw, ref_kind as, ref_answer *answer) {
    ref.closes[ref_closer(as)]++;
    if (as == K_OWN) {
        ref_answer a = shim_closes(raw, K_HANDLE, true);
        answer->error = a.error;
        return a.result ? 0 : INVALID_HANDLE;
    }
    if (as == K_DIR && ref_dir_fd(raw) >= 0) ref.used_up[ref_dir_fd(raw)] = false;
    int64_t error = ref_system_close(raw, as);
    if (error && (as == K_FD || as == K_DIR)) answer->number = (uint32_t)error;
    else if (error && as != K_BOX) answer->error = (uint32_t)error;
    return error;
}

static bool is_there(const ref_open *open, int object) {
    if (object < 0) return false;
    if (open->kind == K_KEY || open->kind == K_FILE) return ref.exists[object];
    for (int i = 0; i < REF_VALUES; i++)
        if (ref.system[S_KERNEL][i].open && ref.system[S_KERNEL][i].name == object) return true;
    return false;
}

uint64_t ref_system_open(const ref_open *open, uint32_t *ret_error) {
    int object = ref_name(open->kind, open->object);
    bool there = is_there(open, object);
    if (open->kind == K_MODULE) {
        ref_module(ref.module_raw[open->parent & 1])->count++;
        return ref.module_raw[open->parent & 1];
    }
    ref_space space = open->kind == K_FD ? S_FD : open->kind == K_BOX ? S_BOX : S_KERNEL;
    if (space == S_KERNEL && open->object && !open->create && !there) return *ret_error = NOT_FOUND, ref_none(open->kind);
    if (open->kind == K_FILE || (open->kind == K_EVENT && open->create)) *ret_error = there && open->create ? ALREADY_EXISTS : 0;
    if (open->kind == K_KEY) ref_key_exists(open->object);
    if (open->kind == K_FILE) ref.exists[object] = true;
    int i = ref_lowest(space);
    ref.system[space][i] = (ref_value){ true, false, open->kind, object, ref.object_count++, 0 };
    return space == S_KERNEL ? (uint64_t)i * 4 : (uint64_t)i;
}

/* ---- opens ---- */

static bool is_enforced(bool shim, ref_kind kind) {
    if (!shim || kind != K_KEY || ref.key_limit_asked) return true;
    haft_quirk_state state = ref.quirk[HAFT_Q179827];
    return state == HAFT_QUIRK_ON || (state == HAFT_QUIRK_AUTO && ref.has_q179827);
}

bool ref_may_open(const ref_open *open, bool shim, uint32_t more, int *ret_name) {
    *ret_name = ref.limits[open->kind] ? ref_name(open->kind, open->counted) : -1;
    if (*ret_name < 0 || ref_count(*ret_name) + more < ref.limits[open->kind]) return true;
    ref_find(HAFT_FINDING_LIMIT, open->kind, 0);
    ref.perhaps_closed = open->kind == K_KEY;
    return !is_enforced(shim, open->kind);
}

/* Nobody can have it open any more. */
int ref_begin_fresh(ref_kind kind, uint64_t raw, haft_owner owner, int name) {
    ref_space space;
    int index;
    ref_place(kind, raw, &space, &index);
    int former = ref.life_of[space][index];
    if (kind == K_FD) ref.used_up[index] = false;
    if (former >= 0 && ref.lives[former].live && kind != K_MODULE) {
        ref_end_life(former);
        if (ref.lives[former].owner != HAFT_OWNER_KERNEL) ref_find(HAFT_FINDING_FOREIGN_CLOSE, ref.lives[former].kind, raw);
    }
    return ref_begin(kind, raw, owner, name);
}

ref_answer ref_construct(ref_wrapper *ret, const ref_open *open) {
    int name;
    ref_answer a = ref_end(ret, open->kind);
    if (open->exact_parent) { /* no open */
        *ret = (ref_wrapper){ true, K_KEY, HAFT_OWNER_PSEUDO, -1, -1, 0, open->parent };
        return a;
    }
    if (open->kind == K_MODULE) {
        uint64_t raw = ref_system_open(open, &a.error);
        *ret = (ref_wrapper){ true, K_MODULE, HAFT_OWNER_SHARED, -1, -1, 0, raw };
        ref_hold(ret, ref_load(raw));
        a.result = HAFT_OK;
        return a;
    }
    a.result = HAFT_E_LIMIT;
    if (!ref_may_open(open, false, 0, &name)) return a;
    uint64_t raw = ref_system_open(open, &a.error);
    a.result = raw == ref_none(open->kind) ? HAFT_E_OS : HAFT_OK;
    if (a.result != HAFT_OK) return a;
    *ret = (ref_wrapper){ true, open->kind, HAFT_OWNER_USER, -1, -1, 0, raw };
    ret->life = ref_begin_fresh(open->kind, raw, HAFT_OWNER_USER, name);
    return a;
}

ref_answer ref_shim_open(const ref_open *open) {
    int name;
    ref_answer a = ref_plain(0);
    uint32_t error = REF_KEEP;
    a.raw = open->kind == K_FILE ? UINT64_MAX : 0;
    if (open->exact_parent) return a.raw = open->parent, a;
    if (!ref_may_open(open, true, 0, &name)) {
        if (open->kind == K_KEY) a.result = NOT_ENOUGH_QUOTA;
        else a.error = NOT_ENOUGH_QUOTA;
        return a;
    }
    uint64_t raw = ref_system_open(open, &error);
    if (open->kind != K_KEY) a.error = error;
    if (raw == ref_none(open->kind)) {
        if (open->kind == K_KEY) a.result = error;
        return a;
    }
    a.raw = raw;
    ref_begin_fresh(open->kind, raw, REF_RAW, name);
    return a;
}

ref_answer ref_shim_load(int module) {
    ref_open open = { K_MODULE, NULL, NULL, true, false, (uint64_t)module };
    ref_answer a = ref_plain(0);
    a.raw = ref_system_open(&open, &a.error);
    ref.lives[ref_load(a.raw)].raws++;
    return a;
}

/* ---- shims that close ---- */

static bool is_special(uint64_t raw, ref_kind as) {
    if (as == K_MODULE) return raw == 0;
    if (as == K_HANDLE) return raw == 0 || ((int32_t)raw < 0 && (int32_t)raw >= -6);
    return raw == 0 || ((int64_t)raw >= INT32_MIN && (int64_t)raw <= INT32_MIN + 7);
}

static uint32_t refuse(haft_finding_kind kind, ref_kind of, uint64_t raw, uint32_t error) {
    ref_find(kind, of, raw);
    return error;
}

/* 0: the system is asked to close; *ret_life is the opening that ends with it, -1: none was known. in_closer: a wrapper's closer
 * has come here with its value. */
static uint32_t may_close(uint64_t raw, ref_kind as, bool in_closer, int *ret_life) {
    ref_space space;
    int index;
    *ret_life = -1;
    if (is_special(raw, as)) return 0;
    int life = ref_place(as, raw, &space, &index) ? ref.life_of[space][index] : -1;
    if (life < 0 || !ref.lives[life].live) {
        if (in_closer) return 0;
        ref_find(HAFT_FINDING_UNKNOWN, as, raw);
        return ref.strict ? ACCESS_DENIED : 0;
    }
    ref_life *l = &ref.lives[life];
    if (ref_closer(l->kind) != ref_closer(as)) return refuse(HAFT_FINDING_WRONG_CLASS, l->kind, raw, INVALID_HANDLE);
    if (as == K_MODULE && l->owner == HAFT_OWNER_SHARED) {
        *ret_life = life;
        return l->raws ? 0 : refuse(HAFT_FINDING_NOT_OWNER, as, raw, ACCESS_DENIED);
    }
    bool off = ref.quirk[HAFT_Q160650] == HAFT_QUIRK_OFF;
    if (l->owner != REF_RAW && !(l->owner == HAFT_OWNER_KERNEL && off))
        return refuse(HAFT_FINDING_NOT_OWNER, l->kind, raw, ACCESS_DENIED);
    *ret_life = life;
    return 0;
}

/* A load that a shim saw goes. Whether others hold the module. */
static bool raw_leaves(int life) {
    ref_life *l = &ref.lives[life];
    l->raws--;
    l->openings--;
    return ref_holders(life) > 0;
}

static ref_answer shim_closes(uint64_t raw, ref_kind as, bool in_closer) {
    int life;
    ref_answer a = ref_plain(0);
    int64_t error = may_close(raw, as, in_closer, &life);
    bool asked = error == 0;
    if (asked) error = ref_ported_close(raw, as, &a);
    if (asked && life >= 0) {
        const ref_value *v = value_of(raw, as);
        bool stays = error && v && v->open && !(as == K_KEY && (raw & 1)); /* it is guarded */
        if (as == K_MODULE && ref.lives[life].owner == HAFT_OWNER_SHARED) stays = raw_leaves(life);
        if (!stays) ref_end_life(life);
        if (error && (!stays || as == K_MODULE)) ref_find(HAFT_FINDING_CLOSE_FAILED, as, raw);
    }
    a.result = as == K_KEY ? error : error == 0;
    a.error = as == K_KEY || !error ? REF_KEEP : (uint32_t)error;
    return a;
}

ref_answer ref_shim_close(uint64_t raw, ref_kind as) { return shim_closes(raw, as, false); }

ref_answer ref_shim_duplicate(uint64_t raw, bool close_source) {
    ref_value *source = value_of(raw, K_HANDLE), copy = *source;
    int former = ref.life_of[S_KERNEL][raw / 4], ends = -1;
    ref_kind kind = former >= 0 && ref.lives[former].live ? ref.lives[former].kind : K_HANDLE;
    ref_answer a = ref_plain(0);
    /* a class without names counts by the place of the call: here there is one */
    ref_open open = { kind, kind == K_HANDLE || kind == K_PIPE ? "DuplicateHandle" : NULL, NULL, true, false, 0 };
    int name;
    if (!ref_may_open(&open, true, 0, &name)) return a.error = NOT_ENOUGH_QUOTA, a;
    uint32_t refused = close_source ? may_close(raw, kind == K_KEY ? K_KEY : K_HANDLE, false, &ends) : 0;
    if (refused) return a.error = refused, a;
    int i = ref_lowest(S_KERNEL);
    bool stays = source->open && source->guarded;
    if (close_source && !stays) source->open = false;
    if (ends >= 0 && !stays) ref_end_life(ends);
    if (!copy.open) return a.error = INVALID_HANDLE, a;
    ref.system[S_KERNEL][i] = copy;
    ref.system[S_KERNEL][i].guarded = false;
    a.result = 1;
    a.raw = (uint64_t)i * 4;
    ref_begin_fresh(kind, a.raw, REF_RAW, name);
    return a;
}
