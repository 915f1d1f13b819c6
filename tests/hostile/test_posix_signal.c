/* test_posix_signal.c: a handler of a signal that closes: it interrupts opens and closes anywhere, and takes no lock. */
#define _GNU_SOURCE
#include "unit/unit.h"

#include "base/atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define ENOUGH 300
#define SECONDS 60

/* What the handler may close: a copy of the wrapper that the loop holds. */
static haft_fd victim;
static volatile sig_atomic_t armed;
static haft__a32 fired, won, wrong, closes;

/* Every close of this file comes from here, so that its place is known before a handler comes by. */
static __attribute__((noinline)) haft_status close_here(haft_fd *f) {
    haft_status status = haft_fd_close(f);
    haft__add32(&closes, 1);
    return status;
}

static void on_signal(int number) {
    int saved = errno;
    (void)number;
    haft__add32(&fired, 1);
    if (armed) {
        haft_fd mine = victim, copy = victim;
        bool live = haft_fd_valid(&mine); /* nobody can come between: the loop waits */
        haft_status status = close_here(&mine);
        if (status == HAFT_OK) haft__add32(&won, 1);
        if (status != (live ? HAFT_OK : HAFT_E_STALE) || close_here(&copy) != HAFT_E_STALE) haft__add32(&wrong, 1);
    }
    errno = saved;
}

static void signals(bool on) {
    struct sigaction action;
    struct itimerval often = { { 0, on ? 200 : 0 }, { 0, on ? 200 : 0 } };
    memset(&action, 0, sizeof action);
    action.sa_handler = on ? on_signal : SIG_IGN;
    action.sa_flags = SA_RESTART;
    if (on) sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    if (!on) sigaction(SIGALRM, &action, NULL);
}

/* Locks are taken and memory is asked for while the handler may come. */
static void work(unsigned turn) {
    haft_hold h = { 0, 0 };
    haft_fd other = HAFT_INIT;
    CHECK_EQ(haft__adopt(&h, UINT64_C(0x7200000000) + turn % 64 * 16, HAFT_OWNER_USER, &unit_memory, NULL), HAFT_OK);
    CHECK_EQ(haft_fd_open(&other, "/dev/null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft__close(&h, &unit_memory, NULL), HAFT_OK);
    CHECK_EQ(close_here(&other), HAFT_OK);
}

/* One descriptor that the loop and the handler may both close: exactly one of them does. */
static uint32_t one_turn(unsigned turn) {
    haft_fd mine = HAFT_INIT;
    CHECK_EQ(haft_fd_open(&mine, "/dev/null", O_RDONLY, 0), HAFT_OK);
    victim = mine;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    armed = 1;
    work(turn);
    haft_status status = close_here(&mine);
    armed = 0;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    CHECK(status == HAFT_OK || status == HAFT_E_STALE);
    return status == HAFT_OK;
}

TEST(hostile_signal, a_handler_closes_what_is_being_closed) {
    uint64_t failed = haft_found(HAFT_FINDING_CLOSE_FAILED), foreign = haft_found(HAFT_FINDING_FOREIGN_CLOSE);
    uint32_t mine = 0, turns = 0;
    haft__store32(&fired, 0);
    haft__store32(&won, 0);
    haft__store32(&wrong, 0);
    CHECK_EQ(haft_level_set(HAFT_FINDING_STALE, HAFT_LEVEL_SILENT), HAFT_OK); /* a sink would take a lock */
    mine = one_turn(turns++);
    time_t end = time(NULL) + SECONDS;
    signals(true);
    while ((haft__load32(&fired) < ENOUGH || haft__load32(&won) < ENOUGH / 10) && time(NULL) < end) mine += one_turn(turns++);
    signals(false);
    CHECK(haft__load32(&fired) >= ENOUGH);
    CHECK(haft__load32(&won) >= ENOUGH / 10);
    CHECK_EQ(mine + haft__load32(&won), turns); /* each exactly once */
    CHECK_EQ(haft__load32(&wrong), 0);
    CHECK_EQ(haft_found(HAFT_FINDING_CLOSE_FAILED), failed); /* none that was closed already */
    CHECK_EQ(haft_found(HAFT_FINDING_FOREIGN_CLOSE), foreign);
    CHECK_EQ(haft_live(), 0);
    unit_deaf();
}
