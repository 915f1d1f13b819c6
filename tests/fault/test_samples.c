/* test_samples.c: the samples' programs with call N failing: of the system, of Haft's own questions to it, of the allocator.
 * Whatever fails, the system does not stop, and of each handle that is left Haft knows or has told. */
#include "fault.h"

#include "core/ledger.h"
#include "fault/failing.h"
#include "samples.h"
#include "unit/unit.h"

/* samples_component.c */
HANDLE ComponentEvent(void);

typedef struct sample {
    haft_model_version version; /* one that has the fault */
    int (*program)(void);
    void (*prepare)(void);      /* what makes the fault possible, and what the program's user declares; NULL: nothing */
    void (*after)(void);        /* NULL: nothing */
    unsigned ends;              /* how many calls at either end of the run fail */
} sample;

/* ---- what a program that has ended leaves to the system ---- */

static bool close_one(uint64_t raw, const haft__life *life, void *user) {
    uint32_t class_id = haft__tag_class(life->tag);
    *(bool *)user = true;
    if (class_id == HAFT_CLASS_KEY) CHECK_EQ(haft_shim_RegCloseKey((HKEY)(uintptr_t)raw), ERROR_SUCCESS);
    else if (class_id == HAFT_CLASS_RAS) CHECK_EQ(haft_shim_RasHangUpA((HRASCONN)(uintptr_t)raw), 0);
    else CHECK(haft_shim_CloseHandle((HANDLE)(uintptr_t)raw));
    return false;
}

static void close_all(void) {
    bool found;
    do {
        found = false;
        haft__walk(close_one, &found);
    } while (found);
}

/* ---- one run ---- */

typedef enum what_fails { ITS_CALLS = FAILING_CALLS, ITS_QUESTIONS = FAILING_QUESTIONS, ITS_MEMORY, THINGS_THAT_FAIL } what_fails;

static void begin(what_fails what, unsigned n, bool on) {
    if (what == ITS_MEMORY) unit_alloc_fail(n, on);
    else failing_begin((failing_kind)what, n, on);
}

static unsigned end(what_fails what) { return what == ITS_MEMORY ? unit_alloc_end() : failing_end(); }

/* Gives how many calls there were. */
static unsigned run(const sample *s, what_fails what, unsigned n, bool on) {
    if (!fault_boot(s->version)) return 0;
    if (s->prepare) s->prepare();
    begin(what, n, on);
    s->program();
    unsigned calls = end(what);
    if (s->after) s->after();
    CHECK(haft_model_crash() == NULL);
    CHECK_EQ(fault_found(HAFT_FINDING_FOREIGN_CLOSE) + fault_found(HAFT_FINDING_STALE), 0);
    CHECK(haft_model_handles() <= haft_live() + fault_found(HAFT_FINDING_CLOSE_FAILED) + fault_found(HAFT_FINDING_UNPROVED) +
                                      fault_found(HAFT_FINDING_UNTRACKED));
    close_all();
    return calls;
}

/* ---- every run ---- */

/* Loops make the same calls again and again: their first turns and their last are run, and what stands before and behind them. */
static unsigned next(unsigned n, unsigned calls, unsigned ends) {
    return n >= ends && calls > 2 * ends && n < calls - ends ? calls - ends : n + 1;
}

static void each(const sample *s) {
    for (int what = 0; what < THINGS_THAT_FAIL; what++) {
        for (int on = 0; on <= 1; on++) {
            unsigned n = 0, calls = 0;
            do {
                n = n ? next(n, calls, s->ends) : 1;
                calls = run(s, (what_fails)what, n, on != 0);
            } while (calls >= n);
        }
    }
}

static HANDLE component;
static void declare_component(void) {
    haft_event event = HAFT_INIT;
    component = ComponentEvent();
    CHECK_EQ(haft_event_adopt(&event, component, HAFT_OWNER_KERNEL), HAFT_OK);
}

/* The component has closed it in kernel mode: Haft knows nothing of that. */
static void forget_component(void) {
    haft_event event = HAFT_INIT;
    CHECK_EQ(haft_event_adopt(&event, component, HAFT_OWNER_KERNEL), HAFT_OK);
    CHECK(haft_event_release(&event) == component);
}

static void let_threads_fail(void) { haft_model_remote_thread_fails_late(100); }
static void map_drive(void) { haft_model_map_drive('X'); }

#define SAMPLE(q, version, prepare, after, ends)                      \
    TEST(sample_calls, q) {                                           \
        static const sample s = { version, q, prepare, after, ends }; \
        each(&s);                                                     \
    }
SAMPLE(q179827_guarded, HAFT_NT4_SP3, NULL, NULL, 12)
SAMPLE(q179827_migrated, HAFT_NT4_SP3, NULL, NULL, 12)
SAMPLE(q160650_guarded, HAFT_NT4_SP6, declare_component, forget_component, 24)
SAMPLE(q160650_migrated, HAFT_NT4_SP6, NULL, NULL, 24)
SAMPLE(q246691_guarded, HAFT_NT4_SP6, let_threads_fail, NULL, 24)
SAMPLE(q246691_migrated, HAFT_NT4_SP6, let_threads_fail, NULL, 24)
SAMPLE(q235425_guarded, HAFT_NT4_SP5, map_drive, NULL, 24)
SAMPLE(q235425_migrated, HAFT_NT4_SP5, map_drive, NULL, 24)
SAMPLE(q197517_guarded, HAFT_NT4_SP4, NULL, NULL, 24)
SAMPLE(q197517_migrated, HAFT_NT4_SP4, NULL, NULL, 24)
