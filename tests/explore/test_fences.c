/* test_fences.c: the orders of a call that leaves a token behind, and of those who open and close tokens meanwhile. */
#include "system.h"

#include "core/fence.h"

static haft__nt_port port;
static opened first;
static uint64_t leaked;
static unsigned leaked_opening;
static uint64_t taken; /* what was proved to be the leaked one; 0: nothing was */

static uint64_t no_time(void) { return 1; }

static void one_token(void) {
    port = haft__port_model;
    port.handles = system_handles;
    port.now = no_time;
    haft__nt_use(&port);
    system_reset(&system_token);
    taken = 0;
    first = system_open_tracked(HAFT_OWNER_USER);
}

/* As a dial is guarded. */
static void call_that_leaks(void) {
    haft__fence fence;
    uint64_t list[8];
    bool doubt;
    haft__fence_begin(&fence, HAFT__OBJECT_TOKEN);
    leaked = system_open(&leaked_opening);
    haft__gate_lock();
    size_t count = haft__fence_end(&fence, list, 8, &doubt);
    if (count == 1 && !doubt) taken = list[0];
    if (taken) MUST(taken == leaked && system_opening_at(taken) == leaked_opening);
    haft__gate_unlock();
}

static void close_first(void) { MUST(system_close_held(&first.hold, first.opening) == HAFT_OK); }

/* As a shim opens what is fenced. */
static void open_and_close(void) {
    haft__gate_lock();
    opened mine = system_open_tracked(HAFT_OWNER_USER);
    haft__gate_unlock();
    MUST(system_close_held(&mine.hold, mine.opening) == HAFT_OK);
}

static void only_the_leaked_is_open(void) {
    MUST(system_live() == 1 && system_opening_at(leaked) == leaked_opening && haft_live() == 0);
    MUST(system_close(leaked));
    haft__nt_use(NULL);
}

TEST(fences, inv7_only_what_the_call_left_is_proved) {
    explore_protocol p = { "a call that leaks, a closer, and one who opens and closes", one_token,
                           { call_that_leaks, close_first, open_and_close }, only_the_leaked_is_open };
    explore(&p);
}

static void alone(void) {
    MUST(taken != 0);
    close_first();
    only_the_leaked_is_open();
}

TEST(fences, with_nobody_about_it_is_proved) {
    explore_protocol p = { "a call that leaks, alone", one_token, { call_that_leaks }, alone };
    explore(&p);
}
