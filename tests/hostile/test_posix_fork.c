/* test_posix_fork.c: a fork in the middle of everything: the child can open, close and report, and owns what it got. */
#define _GNU_SOURCE
#include "harness/child.h"
#include "unit/unit.h"

#include "base/lock.h"
#include "core/finding.h"
#include "core/gate.h"
#include "core/opening.h"
#include "core/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 4
#define FORKS 60

/* ---- everything that takes a lock of Haft's ---- */

static bool share(uint64_t raw, const void *at) {
    haft_hold a = { 0, 0 }, b = { 0, 0 };
    bool good = haft__adopt(&a, raw, HAFT_OWNER_USER, &unit_memory, at) == HAFT_OK;
    good = haft__share(&b, &a, &unit_memory, at) == HAFT_OK && good;
    good = haft__close(&a, &unit_memory, at) == HAFT_OK && good;
    return haft__close(&b, &unit_memory, at) == HAFT_OK && good;
}

static bool count(const char *name, uint64_t raw, const void *at) {
    haft__opening o;
    haft_hold h = { raw, 0 };
    haft__ask ask = { &unit_key, at, name, strlen(name), false, true, NULL };
    if (haft__opening_begin(&o, &ask) != HAFT_OK) return false;
    if (haft__opening_settle(&o, raw, HAFT_OWNER_USER, name, strlen(name)) != HAFT_OK) return false;
    if (haft__opening_done(&o, raw, HAFT_OWNER_USER, &h.tag) != HAFT_OK) return false;
    return haft__close(&h, &unit_key, at) == HAFT_OK;
}

static bool find_something(const void *at) {
    haft__seen seen = { .kind = HAFT_FINDING_UNKNOWN, .at = haft__site_of(at) };
    uint64_t before = haft_found(HAFT_FINDING_UNKNOWN);
    haft__found(&seen);
    return haft_found(HAFT_FINDING_UNKNOWN) > before;
}

static void silent_sink(const haft_finding *finding, void *user) { (void)finding, (void)user; }

/* `self` has values, names and, by `turn`, new places of its own. */
static bool do_everything(unsigned self, unsigned turn) {
    const void *at = (const void *)(uintptr_t)(0x900001 + self * 0x100000 + turn % 0x1000);
    char name[32];
    haft_fd f = HAFT_INIT;
    snprintf(name, sizeof name, "NAME%u.%u", self, turn % 50);
    bool good = haft_fd_open(&f, "/dev/null", O_RDONLY, 0) == HAFT_OK && haft_fd_close(&f) == HAFT_OK;
    good = share(UINT64_C(0x7000000000) + self * 0x10000 + turn % 64 * 16, at) && good;
    good = count(name, 0x40000 + self * 0x4000 + turn % 64 * 4, at) && good;
    haft_sink_set(silent_sink, NULL);
    return find_something(at) && good;
}

/* ---- with other threads at it ---- */

static haft__a32 stop, running, wrong;

static void thread_main(void *self) {
    haft__add32(&running, 1);
    for (unsigned turn = 0; !haft__load32(&stop); turn++)
        if (!do_everything((unsigned)(uintptr_t)self, turn)) haft__add32(&wrong, 1);
    haft__add32(&running, (uint32_t)-1);
}

static void one_turn(void *ret) {
    haft__a32 *done = ret;
    haft__store32(done, do_everything(THREADS + 1, 0) ? 1 : 2);
}

static int child_main(unsigned turn) {
    haft__a32 done = { 0 };
    alarm(60);
    FILE *out = fopen("/dev/null", "w");
    for (unsigned i = 0; i < 100; i++)
        if (!do_everything(THREADS, turn * 100 + i)) return 1;
    if (!out) return 2;
    if (!haft__thread_start(one_turn, &done)) return 5; /* a child may have threads of its own */
    while (!haft__load32(&done)) haft__yield(1000);
    if (haft__load32(&done) != 1) return 4;
    haft_report_text(out);
    return haft_live() < 100 ? 0 : 3; /* what the other threads had open is open still, and theirs no more */
}

static int status_of(pid_t child) {
    int status = -1;
    return waitpid(child, &status, 0) == child ? status : -1;
}

TEST(hostile_fork, a_child_is_never_locked_out) {
    if (CHILD_SANITIZED) SKIP("a sanitizer's own allocator may be locked in a child");
    if (child_is_emulated()) SKIP("an emulator's own locks may be held in a child");
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 50), HAFT_OK);
    haft__store32(&stop, 0);
    for (uintptr_t i = 0; i < THREADS; i++) CHECK(haft__thread_start(thread_main, (void *)i));
    while (haft__load32(&running) < THREADS) haft__yield(1000);
    for (unsigned turn = 0; turn < FORKS; turn++) {
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) _exit(child_main(turn));
        CHECK_EQ(status_of(child), 0);
    }
    haft__store32(&stop, 1);
    while (haft__load32(&running)) haft__yield(1000);
    CHECK_EQ(haft__load32(&wrong), 0);
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, HAFT_LIMIT_KEY_DEFAULT), HAFT_OK);
    unit_deaf();
}

/* Two forks at once, and one thread that always holds something. */
static void forking_thread(void *unused) {
    (void)unused;
    for (unsigned turn = 0; turn < FORKS; turn++) {
        pid_t child = fork();
        if (child == 0) _exit(0);
        if (child < 0 || status_of(child) != 0) haft__add32(&wrong, 1);
    }
    haft__add32(&running, (uint32_t)-1);
}

TEST(hostile_fork, two_threads_fork_at_once) {
    haft__store32(&wrong, 0);
    haft__store32(&running, 2);
    for (int i = 0; i < 2; i++) REQUIRE(haft__thread_start(forking_thread, NULL));
    for (unsigned turn = 0; haft__load32(&running); turn++) CHECK(do_everything(0, turn));
    CHECK_EQ(haft__load32(&wrong), 0);
    CHECK_EQ(haft_live(), 0);
    unit_deaf();
}

/* Handlers of the program's own may use it, whether they are called before Haft's or after them. */
static unsigned within;
static void use_haft(void) {
    if (within) within += do_everything(1, 1);
}
static __attribute__((constructor(101))) void register_first(void) { pthread_atfork(use_haft, use_haft, use_haft); }
static __attribute__((constructor)) void register_last(void) { pthread_atfork(use_haft, use_haft, use_haft); }

TEST(hostile_fork, handlers_may_use_it) {
    fflush(NULL);
    within = 1;
    pid_t child = fork();
    if (child == 0) _exit(within == 5 ? 0 : 1);
    CHECK_EQ(status_of(child), 0);
    CHECK_EQ(within, 5);
    within = 0;
    unit_deaf();
}

/* ---- one lock at a time: a thread is within it when another forks, and the child must not see that ---- */

static haft__a32 inside;

static void stay(void) {
    haft__store32(&inside, 1);
    usleep(100000);
    haft__store32(&inside, 0);
}

static bool stay_once(size_t bytes) {
    (void)bytes;
    haft__alloc_hook = NULL;
    stay();
    return true;
}

static uintptr_t fresh; /* values and places that were not used before */

static void new_site(void) {
    haft__alloc_hook = stay_once;
    haft__site_of((const void *)(0x3000001 + fresh));
}

static void new_pointer(void) {
    haft_hold h = { 0, 0 };
    haft__alloc_hook = stay_once;
    haft__adopt(&h, UINT64_C(0x7100000000) + fresh, HAFT_OWNER_USER, &unit_memory, (const void *)(uintptr_t)0x900001);
    haft__end(&h, &unit_memory, NULL);
}

static void new_name(void) {
    haft__alloc_hook = stay_once;
    CHECK(count("SLOW", 0x40000, (const void *)(uintptr_t)0x900001));
}

static void more_holders(void) {
    haft_hold h[5];
    memset(h, 0, sizeof h);
    haft__adopt(&h[0], 0x48000, HAFT_OWNER_USER, &unit_event, NULL);
    for (int i = 1; i < 5; i++) {
        if (i == 4) haft__alloc_hook = stay_once; /* there was room for four */
        haft__share(&h[i], &h[0], &unit_event, NULL);
    }
    for (int i = 0; i < 5; i++) haft__end(&h[i], &unit_event, NULL);
}

static void new_class(void) {
    char name[32];
    haft_class c = { name, HAFT_CLASS_NONE, HAFT_SPACE_OWN, { 0, 0 }, NULL, NULL };
    snprintf(name, sizeof name, "fork_%u", (unsigned)fresh);
    haft__alloc_hook = stay_once;
    haft__class_id_of(&c);
}

static void a_name_that_is_settled(void) {
    haft__opening o;
    haft__ask ask = { &unit_key, NULL, "UNSETTLED", 9, false, true, NULL };
    CHECK_EQ(haft__opening_begin(&o, &ask), HAFT_OK);
    stay();
    haft__opening_cancel(&o);
}

static void a_recovery(void) {
    haft__gate_lock();
    stay();
    haft__gate_unlock();
}

static void run_body(void *body) {
    void (*run)(void);
    memcpy(&run, body, sizeof run);
    run();
    haft__add32(&running, (uint32_t)-1);
}

TEST(hostile_fork, no_lock_is_copied_while_it_is_held) {
    static void (*const bodies[])(void) = { new_site, new_pointer, new_name, more_holders, new_class, a_name_that_is_settled,
                                            a_recovery };
    for (size_t i = 0; i < HAFT__COUNT(bodies); i++) {
        fresh += 16;
        haft__store32(&running, 1);
        CHECK(haft__thread_start(run_body, (void *)&bodies[i]));
        while (!haft__load32(&inside)) haft__yield(1000);
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) _exit(haft__load32(&inside) ? 10 + (int)i : 0);
        CHECK_EQ(WEXITSTATUS(status_of(child)), 0);
        while (haft__load32(&running)) haft__yield(1000);
    }
    CHECK_EQ(haft_live(), 0);
}

/* ---- what a child owns ---- */

TEST(hostile_fork, each_closes_its_own) {
    haft_fd f = HAFT_INIT;
    haft_stream s = HAFT_INIT;
    REQUIRE_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
    REQUIRE_EQ(haft_stream_open(&s, "/dev/null", "r"), HAFT_OK);
    int raw = haft_fd_raw(&f);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        haft_fd copy = f;
        if (haft_live() != 2 || haft_fd_close(&f) != HAFT_OK || fcntl(raw, F_GETFD) != -1) _exit(1);
        if (haft_fd_close(&copy) != HAFT_E_STALE || haft_stream_close(&s) != HAFT_OK || haft_live() != 0) _exit(2);
        _exit(0);
    }
    CHECK_EQ(status_of(child), 0);
    CHECK(fcntl(raw, F_GETFD) != -1 && haft_live() == 2);
    CHECK_EQ(haft_fd_close(&f), HAFT_OK);
    CHECK_EQ(haft_stream_close(&s), HAFT_OK);
}

/* ---- while another thread reads the variable: it waits for standard error, which nobody reads for a while ---- */

static int errors[2];

static void read_settings(void *unused) {
    (void)unused;
    haft__add32(&running, 1);
    haft_limit_get(HAFT_CLASS_KEY);
    haft__add32(&running, (uint32_t)-1);
}

static void read_errors(void *unused) {
    char some[4096];
    (void)unused;
    usleep(300000);
    while (read(errors[0], some, sizeof some) > 0) {}
}

TEST(hostile_fork_child, fork_while_settings_are_read) {
    static char much[4096];
    if (!child_is_one()) return;
    alarm(60);
    CHECK_EQ(pipe(errors), 0);
    CHECK_EQ(fcntl(errors[1], F_SETFL, O_NONBLOCK), 0);
    while (write(errors[1], much, sizeof much) > 0) {}
    CHECK_EQ(fcntl(errors[1], F_SETFL, 0), 0);
    dup2(errors[1], 2);
    CHECK(haft__thread_start(read_settings, NULL));
    while (haft__load32(&haft__settings_state) != 1) haft__yield(1000);
    CHECK(haft__thread_start(read_errors, NULL));
    pid_t child = fork();
    if (child == 0) {
        alarm(20);
        _exit(haft_limit_get(HAFT_CLASS_KEY) == 7 ? 0 : 1);
    }
    CHECK_EQ(status_of(child), 0);
    while (haft__load32(&running)) haft__yield(1000);
    LEAVES(2);
}

TEST(hostile_fork, settings_are_read_to_their_end_first) {
    child_ran r;
    child_run(NULL, "hostile_fork_child", "fork_while_settings_are_read", "foo,limit.key=7", NULL, &r);
    CHECK(WIFEXITED(r.status) && WEXITSTATUS(r.status) == 0);
    CHECK(strstr(r.out, "ok fork_while_settings_are_read") != NULL);
}
