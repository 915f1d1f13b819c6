/* operate_call.c: what calls leave in the places that they are given, on the system and on the reference. */
#include "operate_call.h"

#include "kinds.h"

#include "core/ledger.h"

#include <haft/fence.h>

#include <string.h>

/* ---- pairs and duplicates ---- */

void op_pair(slot *first, slot *second, ref_kind kind) {
    op_begin(kind == K_FD ? "a pipe of descriptors" : "a pipe");
    if (op_is_full(S_KERNEL) || op_is_full(S_FD)) return;
    first->kind = second->kind = kind;
    ref_answer expected = ref_pair(&first->w, &second->w, kind);
    haft_status status = kind == K_FD ? haft_fd_pipe((haft_fd *)&first->h, (haft_fd *)&second->h)
                                      : haft_pipe_create((haft_pipe *)&first->h, (haft_pipe *)&second->h, NULL, 0);
    op_answer(status, 0, expected);
}

void op_duplicate(slot *from, slot *to, bool close_source) {
    ref_kind as = from->kind;
    op_begin("duplicate");
    if (!kinds[as].duplicate || op_is_full(S_KERNEL)) return;
    if (from->w.full && !ref_is_duplicable(from->h.raw)) return;
    ref_answer expected = ref_duplicate(&to->w, &from->w, as, close_source);
    haft_status status = kinds[as].duplicate(&to->h, &from->h, close_source);
    if (status == HAFT_OK) to->kind = as;
    op_answer(status, 0, expected);
}

/* ---- out-parameters ---- */

/* What the API writes. False: nothing. */
static bool is_written(ref_kind kind, uint64_t value, uint8_t d, uint64_t *ret) {
    ref_open open = { kind == K_FD || kind == K_BOX ? kind : K_EVENT, NULL, NULL, true, false, 0 };
    uint32_t error;
    bool has_room = !op_is_full(S_KERNEL) && !op_is_full(S_FD) && !op_is_full(S_BOX);
    bool opens = kind != K_KEY && kind != K_MODULE && kind != K_DIR && has_room;
    *ret = ref_none(kind);
    switch (d & 3) {
    case 0: return false;
    case 1: *ret = value; return true;
    case 2: return true;
    default:
        if (!opens) return true;
        *ret = ref_system_open(&open, &error);
        op_same("the value", system_open(open.kind), *ret);
        return true;
    }
}

void op_out(slot *s, uint64_t value, uint8_t d) {
    uint64_t raw;
    op_begin("out");
    if (!ref_follows(s->kind, value)) return;
    ref_answer expected = ref_end(&s->w, s->kind);
    void *to = kinds[s->kind].out(&s->h);
    op_answer(0, 0, expected);
    op_same("an out-parameter's place", to == NULL, 0);
    if (!is_written(s->kind, value, d, &raw)) raw = ref_none(s->kind);
    else kinds[s->kind].write(to, raw);
    ref_written(&s->w, raw, s->kind);
    op_mark();
}

/* ---- directories ---- */

void op_open_dir(slot *s) {
    op_begin("open of a directory");
    if (!s || op_is_full(S_FD)) return;
    ref_answer expected = ref_open_dir(&s->w);
    op_answer(haft_dir_open((haft_dir *)&s->h, "/w"), 0, expected);
}

/* What a directory that was closed out of sight has used up stays so until the system gives the descriptor out again. */
void op_end_directories(void) {
    for (uint64_t i = 0; i < REF_VALUES; i++) {
        haft__place fd = { i, HAFT_SPACE_FD };
        if (ref.used_up[i]) haft__shadow_end(fd, HAFT_CLASS_DIR);
    }
}

/* ---- modules ---- */

void op_load(uint8_t d) {
    op_begin("LoadLibrary, the shim");
    ref_answer expected = ref_shim_load(d & 1);
    op_answer(0, (uint64_t)(uintptr_t)haft_shim_LoadLibraryA(d & 1 ? "a" : "b"), expected);
}

void op_free(uint64_t raw) {
    op_begin("FreeLibrary, the shim");
    ref_answer expected = ref_shim_close(raw, K_MODULE);
    op_answer(haft_shim_FreeLibrary((HMODULE)(uintptr_t)raw), 0, expected);
}

/* ---- fences ---- */

static haft_fence *fences[REF_FENCES];
static uint64_t expected_left[REF_VALUES];
static int expected_count, seen_count;
static bool expected_doubt;
static uint8_t proving;

static bool is_proved(uint64_t raw) { return (raw / 4 & proving & 3) == 0; }

static bool prove(const haft_left *left, void *user) {
    uint64_t raw = (uint64_t)(uintptr_t)left->raw;
    ref_kind kind = ref.system[S_KERNEL][raw / 4 % REF_VALUES].kind;
    const char *type = kind == K_KEY ? "Key" : kind == K_FILE || kind == K_PIPE ? "File" : "Event";
    op_same("what a proof is given", user == &proving, true);
    op_same("how many are left", seen_count < expected_count, true);
    op_same("what is left", raw, expected_left[seen_count++]);
    op_same("whether there is doubt", left->doubt, expected_doubt);
    op_same("whether its type is right", strcmp(left->type, type) == 0, true);
    return is_proved(raw);
}

static void end_fence(int i, bool proves) {
    size_t left = 4711, expected_rest;
    op_begin("the end of a fence");
    expected_count = ref_fence_left(i, expected_left, &expected_doubt);
    seen_count = 0;
    ref_answer expected = ref_fence_end(i, proves ? is_proved : NULL, &expected_rest);
    haft_status status = haft_fence_end(fences[i], proves ? prove : NULL, &proving, &left);
    op_answer(status, 0, expected);
    op_same("how many were shown", (uint64_t)seen_count, proves ? (uint64_t)expected_count : 0);
    op_same("how many stay open", left, expected_rest);
}

void op_fence(uint8_t b, uint8_t d) {
    int i = b % REF_FENCES;
    proving = d;
    if (ref.fences[i].stands) {
        end_fence(i, (d & 4) != 0);
        return;
    }
    op_begin("a fence");
    ref_fence_begin(i);
    op_answer(haft_fence_begin(&fences[i]), 0, ref_plain(HAFT_OK));
}

void op_end_fences(void) {
    for (int i = 0; i < REF_FENCES; i++) {
        op_mark();
        if (ref.fences[i].stands) end_fence(i, false);
    }
}
