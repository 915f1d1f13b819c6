/* explore.c: every order of steps that differs, by depth-first search with repetition.
 *
 * Two orders can differ only where two steps at one place, of which one writes, change sides; so not all orders are made.
 * Dynamic partial-order reduction (Flanagan and Godefroid, 2005): while a run goes on, each step is held against the earlier ones
 * of other threads; where it meets one at the same place that did not have to come first (by the vector clocks), the thread is
 * noted down to be tried instead at the point before that one. Sleep sets (Godefroid, 1996) keep a thread that was tried at a
 * point from being tried again below its sisters until something at its place has happened. */
#include "explore.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#define THREADS EXPLORE_THREADS
#define STACK (256u * 1024)
#define BIT(t) (1u << (t))

typedef unsigned threads; /* a bit each */
typedef unsigned clocks[THREADS];

/* A thread, and the step before which it stands. */
typedef struct coroutine {
    ucontext_t context;
    void (*body)(void);
    bool over;
    int kind, error;
    const void *where;
    const char *in;
    clocks seen; /* of each thread, how many steps came before this one's latest */
} coroutine;

/* A step that was made. */
typedef struct made {
    int thread, kind;
    const void *where;
    const char *in;
    unsigned number; /* among its thread's own */
} made;

/* The point before step i of the run: what can be done there, what shall, and what has been. */
typedef struct point {
    threads enabled, wanted, tried, asleep;
    int chosen;
} point;

/* What a place knows of the steps that came before at it. */
typedef struct place {
    const void *where;
    clocks writes, reads;
} place;

static coroutine co[THREADS];
static char stacks[THREADS][STACK];
static ucontext_t outside;
static int count, running = -1;
static made steps[EXPLORE_STEPS];
static point points[EXPLORE_STEPS];
static unsigned done;  /* steps of this run so far */
static unsigned known; /* points whose choice this run repeats */
static threads asleep; /* at the point that comes next */
static bool cut, broken, every_order, loud;
static const char *given; /* a schedule to be followed; NULL: none */
static place places[512];
static unsigned place_count;
static const explore_protocol *protocol;

int explore_self(void) { return running; }

/* ---- what the run has come to ---- */

static bool clash(const void *where, int kind, const void *other, int other_kind) {
    return where == other && (kind != EXPLORE_READ || other_kind != EXPLORE_READ);
}

static bool clashes_with_any(const made *s) {
    for (unsigned i = 0; i < done; i++)
        if (steps[i].thread != s->thread && clash(s->where, s->kind, steps[i].where, steps[i].kind)) return true;
    return false;
}

/* The schedule, and of its steps those whose order matters. */
static void print_schedule(void) {
    static const char *const kinds[] = { "reads", "writes", "locks" };
    printf("    the schedule: EXPLORE=");
    for (unsigned i = 0; i < done; i++) putchar('A' + steps[i].thread);
    printf("\n");
    for (unsigned i = 0; i < done; i++) {
        unsigned p = 0;
        while (p < place_count && places[p].where != steps[i].where) p++;
        if (!clashes_with_any(&steps[i])) continue;
        printf("    %4u %c %-6s #%-2u in %s\n", i + 1, 'A' + steps[i].thread, kinds[steps[i].kind], p + 1, steps[i].in);
    }
}

void explore_broken(const char *what, const char *file, int line) {
    if (loud && !broken) {
        haft_test_fail(file, line, what);
        print_schedule();
    }
    broken = true;
    if (running >= 0) setcontext(&outside);
}

/* ---- order ---- */

static place *place_of(const void *where) {
    unsigned i = 0;
    while (i < place_count && places[i].where != where) i++;
    if (i == HAFT__COUNT(places)) abort();
    if (i == place_count) {
        memset(&places[i], 0, sizeof places[i]);
        places[place_count++].where = where;
    }
    return &places[i];
}

static void join(clocks to, const clocks from) {
    for (int t = 0; t < THREADS; t++)
        if (from[t] > to[t]) to[t] = from[t];
}

void explore_left(const void *where) {
    if (running >= 0) join(place_of(where)->writes, co[running].seen);
}

static bool can_go(int t) { return !co[t].over && !(co[t].kind == EXPLORE_LOCK && explore_is_held(co[t].where)); }

static threads all_that_can_go(void) {
    threads all = 0;
    for (int t = 0; t < count; t++) all |= can_go(t) ? BIT(t) : 0;
    return all;
}

/* At that point thread t is to be tried too; where it could not go on there, whoever could. */
static void want(point *p, int t) { p->wanted |= p->enabled & BIT(t) ? BIT(t) : p->enabled; }

/* Thread t has come to stand before a step: is there an earlier one that it might have come before? */
static void meet_earlier(int t) {
    for (unsigned i = done; i-- > 0;) {
        made *s = &steps[i];
        if (s->thread == t || !clash(s->where, s->kind, co[t].where, co[t].kind)) continue;
        if (s->number > co[t].seen[s->thread]) {
            want(&points[i], t);
            return;
        }
    }
}

/* Thread t makes its step: those who stand before one that clashes might have come first, and sleepers among them wake. */
static void make_step(int t) {
    place *p = place_of(co[t].where);
    made *s = &steps[done];
    join(co[t].seen, p->writes);
    if (co[t].kind != EXPLORE_READ) join(co[t].seen, p->reads);
    s->thread = t, s->kind = co[t].kind, s->where = co[t].where, s->in = co[t].in;
    s->number = ++co[t].seen[t];
    join(co[t].kind == EXPLORE_READ ? p->reads : p->writes, co[t].seen);
    for (int u = 0; u < count; u++) {
        if (u == t || co[u].over || !clash(s->where, s->kind, co[u].where, co[u].kind)) continue;
        if (!cut) want(&points[done], u);
        asleep &= ~BIT(u);
    }
    done++;
}

/* ---- who goes on ---- */

/* Beyond what is repeated: whoever went last, lest more be changed than need be. */
static void choose_new(point *p, threads enabled) {
    threads awake = enabled & ~asleep;
    int last = done ? steps[done - 1].thread : 0;
    memset(p, 0, sizeof *p);
    p->enabled = enabled;
    p->asleep = asleep;
    if (!awake) cut = true; /* what can still be done here has been done before: no need to look, only to end */
    p->chosen = awake & BIT(last) ? last : __builtin_ctz(awake ? awake : enabled);
    p->wanted = every_order ? enabled : BIT(p->chosen);
    if (given && done < strlen(given)) p->chosen = given[done] - 'A';
    MUST(enabled & BIT(p->chosen));
    known = done + 1;
}

/* -1: nobody, all are over. */
static int choose(void) {
    threads enabled = all_that_can_go();
    bool over = true;
    for (int t = 0; t < count; t++) over = over && co[t].over;
    if (over) return -1;
    MUST(enabled && "no deadlock");
    MUST(done < EXPLORE_STEPS && "the run ends");
    if (cut) return __builtin_ctz(enabled);
    point *p = &points[done];
    if (done >= known) choose_new(p, enabled);
    MUST(p->enabled == enabled && "a run can be repeated");
    asleep = every_order ? 0 : p->asleep | p->tried;
    return p->chosen;
}

static void go(ucontext_t *from) {
    int t = choose();
    if (t == running) return;
    running = t;
    swapcontext(from, t < 0 ? &outside : &co[t].context);
}

/* Before the first step of all threads is known, nobody is chosen. */
static bool starting;

void explore_step(int kind, const void *where, const char *in) {
    int me = running;
    if (me < 0) return;
    coroutine *c = &co[me];
    c->error = errno;
    c->kind = kind, c->where = where, c->in = in;
    if (starting) swapcontext(&c->context, &outside);
    else {
        if (!cut) meet_earlier(me);
        go(&c->context);
    }
    make_step(me);
    errno = c->error;
}

static void thread_main(int t) {
    co[t].body();
    co[t].over = true;
    if (starting) setcontext(&outside);
    go(&co[t].context);
}

/* ---- runs ---- */

static void start_threads(void) {
    for (count = 0; count < THREADS && protocol->thread[count]; count++) {
        coroutine *c = &co[count];
        memset(c, 0, sizeof *c);
        getcontext(&c->context);
        c->body = protocol->thread[count];
        c->context.uc_stack.ss_sp = stacks[count];
        c->context.uc_stack.ss_size = STACK;
        makecontext(&c->context, (void (*)(void))thread_main, 1, count);
    }
    starting = true;
    for (int t = 0; t < count; t++) {
        running = t;
        swapcontext(&outside, &co[t].context);
    }
    starting = false;
}

static void run(void) {
    done = place_count = 0;
    asleep = 0;
    cut = broken = false;
    explore_drop_locks();
    running = -1;
    protocol->setup();
    start_threads();
    running = -1;
    if (!broken) go(&outside);
    running = -1;
    if (!broken) protocol->check();
}

/* The deepest point where something is left to be tried becomes the last one that the next run repeats. */
static bool next_run(void) {
    while (known > 0) {
        point *p = &points[known - 1];
        p->tried |= BIT(p->chosen);
        threads left = p->wanted & p->enabled & ~p->tried & ~(every_order ? 0 : p->asleep);
        if (left) {
            p->chosen = __builtin_ctz(left);
            return true;
        }
        known--;
    }
    return false;
}

static explore_figures search(bool every) {
    explore_figures f = { 0, 0, 0, false };
    every_order = every;
    known = 0;
    run(); /* what is made once in a process, pages and sites, is made now: all runs after this are alike */
    f.failed = broken;
    if (broken) return f;
    known = 0;
    do {
        run();
        if (cut) f.cut++;
        else f.runs++;
        if (done > f.steps) f.steps = done;
        f.failed = broken;
    } while (!broken && next_run());
    return f;
}

explore_figures explore_quietly(const explore_protocol *p, bool every) {
    protocol = p;
    loud = false;
    return search(every);
}

/* A sanitizer found something: the run that it was found in is worth as much as a broken one. */
extern void __sanitizer_set_death_callback(void (*say)(void)) __attribute__((weak));
explore_figures explore(const explore_protocol *p) {
    if (__sanitizer_set_death_callback) __sanitizer_set_death_callback(print_schedule);
    protocol = p;
    loud = true;
    given = getenv("EXPLORE");
    explore_figures f = { 1, 0, 0, false };
    if (given) run();
    else f = search(false);
    if (given && !broken) print_schedule();
    if (!f.failed) printf("    %s: %lu orders, %u steps at most; %lu cut\n", p->name, f.runs, f.steps, f.cut);
    return f;
}
