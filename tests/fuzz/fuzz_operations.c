/* fuzz_operations.c: operations decoded from the input, four bytes each, by two threads in turn, on Haft and on the reference;
 * after each one the two must say the same, and the system below them too.
 *
 *   byte 0   which operation; the last ones: the other thread goes on
 *   byte 1   slots and forms     byte 2   values and names     byte 3   owners, bounds, choices */
#include "operations/kinds.h"
#include "operations/operate.h"
#include "operations/operate_call.h"

#include "base/host.h"
#include "core/settings.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define OPERATIONS 64u
#define FIRST_SWITCH 61u /* op_do's last ones */

slot slots[SLOTS], lost[LOST];
unsigned lost_count;

static const char *doing = "";
static unsigned steps;
static bool traced;

void op_begin(const char *name) { doing = name; }

void op_mark(void) {
    errno = REF_KEEP;
    haft__host_set_last_error(REF_KEEP);
}

/* A sink may spoil both. */
static void spoiling_sink(const haft_finding *finding, void *user) {
    fuzz_sink(finding, user);
    errno = 1;
    haft__host_set_last_error(1);
}

static void differs(const char *what, uint64_t library, uint64_t reference) {
    if (traced) haft_report_text(stderr);
    fuzz_disagree("step %u, %s: %s: the library says %" PRIu64 " (0x%" PRIx64 "), the reference %" PRIu64 " (0x%" PRIx64 ")", steps,
                  doing, what, library, library, reference, reference);
}

void op_same(const char *what, uint64_t library, uint64_t reference) {
    if (library != reference) differs(what, library, reference);
}

void op_answer(int64_t result, uint64_t raw, ref_answer expected) {
    uint32_t number = (uint32_t)errno, error = haft__host_last_error();
    op_same("the result", (uint64_t)result, (uint64_t)expected.result);
    op_same("the value", raw, expected.raw);
    op_same("GetLastError", error, expected.error);
    op_same("errno", number, expected.number);
}

/* ---- what must agree after every step ---- */

static void compare_slot(slot *s) {
    const kind_functions *k = &kinds[s->kind];
    op_same("valid", k->valid(&s->h), ref_valid(&s->w));
    op_same("whether a wrapper is empty", s->h.tag == 0, !s->w.full);
    op_same("owner", k->owner(&s->h), ref_valid(&s->w) ? s->w.right : HAFT_OWNER_NONE);
    op_same("opens", k->opens(&s->h), ref_opens(&s->w));
    if (s->w.full && ref_valid(&s->w)) op_same("raw", k->raw(&s->h), s->w.raw);
}

static uint64_t found_at_start[HAFT_FINDING_KINDS];

static void compare_findings(void) {
    bool once = false;
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) {
        op_same(haft_finding_name((haft_finding_kind)k), haft_found((haft_finding_kind)k) - found_at_start[k], ref.found[k]);
        once = once || ref.levels[k] == HAFT_LEVEL_WARN_ONCE; /* whether it was told before is another input's story */
    }
    if (once) return;
    op_same("how often the sink was told", fuzz_told.times, ref.last.times);
    if (!fuzz_told.times || ref.levels[ref.last.kind] != HAFT_LEVEL_WARN) return;
    op_same("the finding's kind", fuzz_told.kind, ref.last.kind);
    op_same("the finding's class", fuzz_told.class_id, ref.last.class_id);
    op_same("the finding's value", fuzz_told.raw, ref.last.raw);
}

static void compare(void) {
    const char *system;
    compare_findings();
    for (int k = 0; k < KINDS; k++) {
        unsigned more = k == K_KEY && ref.perhaps_closed && the_system.closes[k] == ref.closes[k] + 1;
        ref.closes[k] += more;
        op_same("closes that reached the system", the_system.closes[k], ref.closes[k]);
    }
    ref.perhaps_closed = false;
    for (int i = 0; i < SLOTS; i++) compare_slot(&slots[i]);
    op_same("haft_live", haft_live(), ref_live());
    if ((system = system_differs()) != NULL) fuzz_disagree("step %u, %s: in the system: %s", steps, doing, system);
}

/* ---- two threads, one at a time ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static fuzz_bytes *task;
static bool is_other;

/* With FUZZ_TRACE set: the story so far, for whoever replays an input. */
static void trace(const uint8_t *op) {
    fprintf(stderr, "%u %s %u %u %u %u: %s:", steps, is_other ? "B" : "A", op[0] % OPERATIONS, op[1], op[2], op[3], doing);
    for (int i = 0; i < SLOTS; i++) {
        const ref_wrapper *w = &slots[i].w;
        if (w->full) fprintf(stderr, " %d=%s:%s:%" PRIx64, i, kinds[w->kind].name, haft_owner_name(w->right), w->raw);
    }
    fprintf(stderr, "; live %zu, open %zu\n", ref_live(), ref_handles());
}

static void step(const uint8_t *op) {
    steps++;
    fuzz_told.times = ref.last.times = 0;
    op_mark();
    if (traced) trace(op);
    op_do(op[0] % OPERATIONS, op[1], op[2], op[3]);
    if (traced) trace(op);
    compare();
    fuzz_operation();
}

static bool has_room(void) { return ref.life_count < REF_LIVES / 2 && ref.name_count < REF_NAMES / 2; }

/* Operations until the other thread's turn. */
static void steps_of_one(fuzz_bytes *b) {
    do {
        step(b->at);
        b->at += 4;
        b->left -= 4;
    } while (b->left >= 4 && has_room() && b->at[0] % OPERATIONS < FIRST_SWITCH);
}

static void *other_thread(void *unused) {
    pthread_mutex_lock(&lock);
    for (;;) {
        while (!task) pthread_cond_wait(&changed, &lock);
        steps_of_one(task);
        task = NULL;
        pthread_cond_signal(&changed);
    }
    return unused;
}

static void steps_over_there(fuzz_bytes *b) {
    static bool started;
    pthread_t thread;
    if (!started) started = pthread_create(&thread, NULL, other_thread, NULL) == 0;
    if (!started) abort();
    pthread_mutex_lock(&lock);
    task = b;
    pthread_cond_signal(&changed);
    while (task) pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
}

/* ---- an input ---- */

static void start(uint8_t first) {
    static const haft_model_version versions[] = { HAFT_NT4_FIXED, HAFT_NT4_SP3, HAFT_NT351, HAFT_NT4_SP6 };
    system_boot(versions[first % 4]);
    ref_reset(first % 4 == 1);
    memcpy(ref.module_raw, module_values, sizeof ref.module_raw);
    memcpy(ref.dir_raw, dir_values, sizeof ref.dir_raw);
    memset(slots, 0, sizeof slots);
    for (int i = 0; i < SLOTS; i++) slots[i].kind = (ref_kind)(i % KINDS);
    lost_count = steps = fuzz_told.times = 0;
    traced = getenv("FUZZ_TRACE") != NULL;
    haft_sink_set(spoiling_sink, NULL);
    if (first & 4) { /* a bound that nobody asked for, within reach */
        ref.limits[K_KEY] = 3;
        haft__store32(&haft__limits[HAFT_CLASS_KEY], 3);
    }
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) found_at_start[k] = haft_found((haft_finding_kind)k);
    op_know_keys();
    doing = "the start";
    compare();
}

/* Nothing may be left: what wrappers own is closed, what is the kernel's or a shim's is given up. */
static void finish(void) {
    fuzz_told.times = ref.last.times = 0;
    for (unsigned i = 0; i < SLOTS + lost_count; i++) {
        op_mark();
        op_give_up(i < SLOTS ? &slots[i] : &lost[i - SLOTS]);
    }
    op_mark();
    op_give_up_the_rest();
    op_end_fences();
    op_end_directories();
    doing = "the end";
    op_same("openings that nobody can end", ref_live(), 0);
    compare();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) return 0;
    start(data[0]);
    fuzz_bytes b = { data + 1, size - 1 };
    for (is_other = false; b.left >= 4 && has_room(); is_other = !is_other) {
        if (is_other) steps_over_there(&b);
        else steps_of_one(&b);
    }
    finish();
    return 0;
}
