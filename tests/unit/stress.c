/* stress.c: the threads of the stress tests, and the system's count of openings and closes. */
#include "stress.h"

#include "base/lock.h"

#include <haft/settings.h>
#include <stdlib.h>

#define THREADS 4
#define STEPS 50000
#define OWN 4 /* wrappers of each thread */
#define SLOTS 3
#define MOST 6 /* the highest bound; each thread's own wrappers alone could pass it */
#define VALUES 4096
#define RAW STRESS_OBJECTS /* the name of what is opened where no shim counts it */
#define OPENINGS (THREADS * STEPS * 2 + 16)

/* A wrapper, and the opening that it stands for. */
typedef struct own {
    haft_hold h;
    unsigned id;
    bool copied; /* others may have closed it */
} own;

typedef struct worker {
    void *mark;
    uint64_t random;
    unsigned opened;   /* the latest opening that the system made for this thread */
    unsigned expected; /* the only one that it may close; 0: none */
    unsigned name;     /* what it opens by */
    own own[OWN];
} worker;

static const stress_kind *kind;
static worker workers[THREADS];
static haft__a32 started, ended, faults, uncounted;

/* ---- the system's count ---- */

static haft__mutex counting = HAFT__MUTEX(HAFT__RANK_SETTINGS), slots_lock = HAFT__MUTEX(HAFT__RANK_GATE);
static struct {
    unsigned id, object;
} table[VALUES];
static unsigned char closes[OPENINGS];
static unsigned openings, live[STRESS_OBJECTS];

static void fault(const char *what) {
    if (haft__add32(&faults, 1) <= 5) haft_test_fail(__FILE__, __LINE__, what);
}

static worker *self(void) {
    void *mark = haft__thread_mark();
    for (int i = 0; i < THREADS; i++)
        if (workers[i].mark == mark) return &workers[i];
    return NULL;
}

static unsigned pick(worker *w, unsigned n) {
    w->random ^= w->random << 13;
    w->random ^= w->random >> 7;
    w->random ^= w->random << 17;
    return (unsigned)(w->random >> 33) % n;
}

/* Here others come in between most often: a life has ended and its value is still open, or is open and has no life yet. */
void stress_system_enter(void) {
    worker *w = self();
    if (w && pick(w, 4) == 0) haft__yield(40);
    haft__lock(&counting);
}
void stress_system_leave(void) { haft__unlock(&counting); }

static size_t index_of(uint64_t raw) { return (size_t)(kind->class_id == HAFT_CLASS_FD ? raw : raw >> 2) % VALUES; }

void stress_opened(uint64_t raw) {
    worker *w = self();
    size_t i = index_of(raw);
    if (!w) return;
    if (table[i].id) fault("the system gave out what is open: it was closed past the port");
    if (openings + 1 == OPENINGS) abort();
    table[i].id = w->opened = w->expected = ++openings;
    table[i].object = w->name == RAW ? RAW : kind->object[w->name];
    if (w->name == RAW) return;
    unsigned most = MOST + 1 + haft__load32(&uncounted); /* one: a new name is made sure of */
    if (++live[table[i].object] > most) fault("more opens than the bound");
}

void stress_closed(uint64_t raw, bool succeeded) {
    worker *w = self();
    size_t i = index_of(raw);
    if (!w) return;
    if (!succeeded || !table[i].id) {
        fault("a close of what is not open");
        return;
    }
    if (table[i].id != w->expected) fault("a close of another's opening");
    closes[table[i].id]++;
    if (table[i].object != RAW) live[table[i].object]--;
    table[i].id = 0;
}

/* ---- the operations ---- */

static own slots[SLOTS];

#define OUGHT(condition) ((condition) ? (void)0 : fault(#condition))

static haft_status close_own(worker *w, own *o) {
    w->expected = o->id;
    haft_status status = kind->close(&o->h);
    OUGHT(status == HAFT_OK || (status == HAFT_E_STALE && o->copied));
    OUGHT(o->h.tag == 0);
    o->id = 0, o->copied = false;
    return status;
}

/* Over what it still holds: that is closed first. */
static void open_own(worker *w, own *o) {
    w->expected = o->id;
    w->name = pick(w, kind->names);
    haft_status status = kind->open(&o->h, w->name);
    OUGHT(status == HAFT_OK || status == HAFT_E_LIMIT);
    OUGHT((status == HAFT_OK) == (o->h.tag != 0));
    o->id = status == HAFT_OK ? w->opened : 0, o->copied = false;
}

/* A handle of code that knows no wrappers: adopted, or closed as such code does. */
static void open_raw(worker *w, own *o) {
    unsigned name = pick(w, kind->names);
    w->name = kind->shims ? name : RAW;
    uint64_t raw = kind->open_raw(name);
    if (raw == STRESS_NONE) return;
    unsigned id = w->opened;
    if (o->h.tag || pick(w, 3) == 0) {
        w->expected = id;
        OUGHT(kind->close_raw(raw));
        return;
    }
    haft_hold again = { 0, 0 };
    w->expected = 0;
    OUGHT(kind->adopt(&o->h, raw) == HAFT_OK);
    OUGHT(kind->adopt(&again, raw) == HAFT_E_TRACKED);
    if (kind->shims) OUGHT(!kind->close_raw(raw));
    o->id = id, o->copied = false;
}

/* Between the two calls the handle is open and no longer counted. */
static void release(worker *w, own *o) {
    w->expected = o->id;
    haft__add32(&uncounted, 1);
    uint64_t raw = kind->release(&o->h);
    if (raw != STRESS_NONE) OUGHT(kind->close_system(raw));
    haft__add32(&uncounted, (uint32_t)-1);
    if (o->h.tag == 0) o->id = 0, o->copied = false;
}

/* The new holder can be closed by nobody else; the former one's copies, if it was USER, are stale. */
static void share_own(own *from, own *to) {
    if (from == to || from->h.tag == 0 || to->h.tag) return;
    haft_status status = kind->share(&to->h, &from->h);
    OUGHT(status == HAFT_OK || (status == HAFT_E_STALE && from->copied));
    if (status == HAFT_OK) to->id = from->id, to->copied = false;
}

static void move_own(own *from, own *to) {
    if (from == to || to->h.tag) return;
    *to = *from;
    to->h = kind->move(&from->h);
    from->id = 0, from->copied = false;
}

/* What is borrowed never reaches the system. */
static void look(worker *w, const own *o) {
    haft_hold borrowed = kind->borrow(&o->h);
    w->expected = 0;
    uint64_t raw = kind->raw(&borrowed);
    OUGHT(raw == STRESS_NONE || raw == o->h.raw);
    OUGHT(o->copied || o->h.tag == 0 || raw == o->h.raw);
    OUGHT(kind->opens(&o->h) <= MOST + THREADS);
    OUGHT(kind->close(&borrowed) == HAFT_OK);
}

static void transfer_and_back(worker *w, own *o) {
    if (o->h.tag == 0) return;
    w->expected = 0;
    haft_status status = kind->transfer(&o->h, HAFT_OWNER_KERNEL);
    OUGHT(status == HAFT_OK || status == HAFT_E_NOT_OWNER || (status == HAFT_E_STALE && o->copied));
    if (status != HAFT_OK) return;
    OUGHT(kind->close(&o->h) == HAFT_E_NOT_OWNER);
    OUGHT(kind->transfer(&o->h, HAFT_OWNER_USER) == HAFT_OK);
}

/* A copy is put where others find it, */
static void show(worker *w, own *o) {
    if (o->h.tag == 0) return;
    o->copied = true;
    haft__lock(&slots_lock);
    slots[pick(w, SLOTS)] = *o;
    haft__unlock(&slots_lock);
}

/* ... who close it, release it, or become its holders. */
static void take_copy(worker *w) {
    haft__lock(&slots_lock);
    own copy = slots[pick(w, SLOTS)], more = { { 0, 0 }, 0, false };
    haft__unlock(&slots_lock);
    if (copy.h.tag == 0) return;
    uint64_t before = copy.h.tag;
    switch (pick(w, 4)) {
    case 0: close_own(w, &copy); break;
    case 1: release(w, &copy); break;
    case 2: look(w, &copy); break;
    default:
        share_own(&copy, &more);
        if (more.h.tag == 0) break;
        close_own(w, &more);
        if (copy.h.tag != before) close_own(w, &copy); /* it was USER, and this holder is ours now */
    }
}

static void one_step(worker *w) {
    own *a = &w->own[pick(w, OWN)], *b = &w->own[pick(w, OWN)];
    switch (pick(w, 16)) {
    case 0: case 1: case 2: open_own(w, a); break;
    case 3: case 4: open_raw(w, a); break;
    case 5: close_own(w, a); break;
    case 6: release(w, a); break;
    case 7: share_own(a, b); break;
    case 8: move_own(a, b); break;
    case 9: look(w, a); break;
    case 10: transfer_and_back(w, a); break;
    case 11: case 12: show(w, a); break;
    case 13: case 14: take_copy(w); break;
    default:
        if (pick(w, 8) == 0) OUGHT(haft_live() <= THREADS * (OWN + 2));
        else OUGHT(haft_limit_set(kind->class_id, MOST - pick(w, 4)) == HAFT_OK);
    }
}

static void work(void *number) {
    worker *w = &workers[(uintptr_t)number];
    w->mark = haft__thread_mark();
    haft__add32(&started, 1);
    for (unsigned turns = 0; haft__load32(&started) < THREADS; turns++) haft__yield(turns);
    for (int i = 0; i < STEPS; i++) one_step(w);
    for (int i = 0; i < OWN; i++) close_own(w, &w->own[i]);
    haft__add32(&ended, 1);
}

/* ---- all of it ---- */

static void run_workers(void) {
    uint32_t n = 0;
    memset(workers, 0, sizeof workers);
    memset(slots, 0, sizeof slots);
    memset(table, 0, sizeof table);
    memset(closes, 0, sizeof closes);
    memset(live, 0, sizeof live);
    openings = 0;
    haft__store32(&started, 0);
    haft__store32(&ended, 0);
    haft__store32(&faults, 0);
    haft__store32(&uncounted, 0);
    for (uintptr_t i = 0; i < THREADS; i++) {
        workers[i].random = UINT64_C(0x9E3779B97F4A7C15) * (i + 1);
        n += haft__thread_start(work, (void *)i);
    }
    CHECK_EQ(n, THREADS);
    haft__add32(&started, THREADS - n);
    for (unsigned turns = 0; haft__load32(&ended) < n; turns++) haft__yield(turns);
}

void stress(const stress_kind *k) {
    static const haft_finding_kind never[] = { HAFT_FINDING_FOREIGN_CLOSE, HAFT_FINDING_CLOSE_FAILED, HAFT_FINDING_UNTRACKED,
                                               HAFT_FINDING_WRONG_CLASS };
    uint64_t before[HAFT__COUNT(never)], stale = haft_found(HAFT_FINDING_STALE), refused = haft_found(HAFT_FINDING_LIMIT);
    unsigned other = 0;
    kind = k;
    for (size_t i = 0; i < HAFT__COUNT(never); i++) before[i] = haft_found(never[i]);
    REQUIRE_EQ(haft_limit_set(k->class_id, MOST), HAFT_OK);
    run_workers();
    for (unsigned id = 1; id <= openings; id++) other += closes[id] != 1;
    CHECK_EQ(other, 0); /* openings not closed exactly once */
    CHECK_EQ(haft__load32(&faults), 0);
    CHECK_EQ(haft_live(), 0);
    for (size_t i = 0; i < HAFT__COUNT(never); i++) CHECK_EQ(haft_found(never[i]), before[i]);
    CHECK(openings > STEPS / 4); /* nor was it for want of trying: */
    CHECK(haft_found(HAFT_FINDING_STALE) > stale && haft_found(HAFT_FINDING_LIMIT) > refused);
}
