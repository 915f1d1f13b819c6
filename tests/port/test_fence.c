/* test_fence.c: <haft/fence.h> on the system that the tests stand on: raw calls of the port play the code that nobody rebuilds. */
#include "harness/test.h"

#include "base/host.h"
#include "port/port.h"

#include <haft.h>
#include <haft/fence.h>

#include <string.h>

/* What was told and asked since the test began. */
static struct seen {
    unsigned unproved, recovered, asked;
    char type[64];
    HANDLE raw;
    bool doubt;
} seen;

static void hear(const haft_finding *f, void *user) {
    (void)user;
    seen.unproved += f->kind == HAFT_FINDING_UNPROVED;
    seen.recovered += f->kind == HAFT_FINDING_RECOVERED;
    strncpy(seen.type, f->name, sizeof seen.type - 1);
    haft__nt()->set_last_error(4711);
}

static void start(void) {
    static const struct seen nothing;
    seen = nothing;
    haft_sink_set(hear, NULL);
    haft_level_set(HAFT_FINDING_UNPROVED, HAFT_LEVEL_WARN);
    haft_level_set(HAFT_FINDING_RECOVERED, HAFT_LEVEL_WARN);
}

static void finish(void) {
    haft_sink_set(NULL, NULL);
    haft_level_set(HAFT_FINDING_UNPROVED, HAFT_LEVEL_WARN_ONCE);
    haft_level_set(HAFT_FINDING_RECOVERED, HAFT_LEVEL_WARN_ONCE);
}

static HANDLE event(void) { return haft__nt()->CreateEventA(NULL, TRUE, FALSE, NULL); }

/* The proof: it is the event that the test's own call has made. */
static bool is_ours(const haft_left *left, void *user) {
    seen.asked++;
    seen.raw = left->raw;
    seen.doubt = left->doubt;
    return left->raw == *(HANDLE *)user;
}

TEST(fence, what_a_call_leaves_is_told_and_stays) {
    haft_fence *fence = NULL;
    size_t left = 99;
    start();
    REQUIRE(haft_fence_begin(&fence) == HAFT_OK);
    HANDLE leaked = event();
    haft__nt()->set_last_error(815);
    CHECK_EQ(haft_fence_end(fence, NULL, NULL, &left), HAFT_OK);
    CHECK_EQ(haft__nt()->last_error(), 815);
    CHECK_EQ(left, 1);
    CHECK_EQ(seen.unproved, 1);
    CHECK_STR(seen.type, "Event");
    CHECK(haft__nt()->is_open(leaked));
    CHECK(haft__nt()->CloseHandle(leaked));
    finish();
}

TEST(fence, what_is_proved_is_closed) {
    haft_fence *fence = NULL;
    size_t left = 99;
    HANDLE ours = NULL;
    start();
    REQUIRE(haft_fence_begin(&fence) == HAFT_OK);
    HANDLE other = event();
    ours = event();
    CHECK_EQ(haft_fence_end(fence, is_ours, &ours, &left), HAFT_OK);
    CHECK_EQ(left, 1);
    CHECK_EQ(seen.asked, 2);
    CHECK_EQ(seen.recovered, 1);
    CHECK_EQ(seen.unproved, 1);
    CHECK(!seen.doubt);
    CHECK(!haft__nt()->is_open(ours));
    CHECK(haft__nt()->is_open(other));
    CHECK(haft__nt()->CloseHandle(other));
    finish();
}

TEST(fence, what_is_tracked_or_closed_or_was_there_is_not_left) {
    haft_fence *fence = NULL;
    haft_event tracked = HAFT_INIT;
    size_t left = 99;
    start();
    HANDLE before = event();
    REQUIRE(haft_fence_begin(&fence) == HAFT_OK);
    CHECK_EQ(haft_event_create_a(&tracked, NULL, TRUE, FALSE, NULL), HAFT_OK);
    CHECK(haft__nt()->CloseHandle(event()));
    CHECK_EQ(haft_fence_end(fence, is_ours, &before, &left), HAFT_OK);
    CHECK_EQ(left, 0);
    CHECK_EQ(seen.asked, 0);
    CHECK_EQ(seen.unproved + seen.recovered, 0);
    CHECK(haft__nt()->is_open(before));
    CHECK(haft__nt()->CloseHandle(before));
    CHECK_EQ(haft_event_close(&tracked), HAFT_OK);
    finish();
}

TEST(fence, a_value_that_was_somebodys_is_in_doubt) {
    haft_fence *fence = NULL;
    haft_event owned = HAFT_INIT;
    size_t left = 0;
    HANDLE nobodys = NULL;
    start();
    CHECK_EQ(haft_event_create_a(&owned, NULL, TRUE, FALSE, NULL), HAFT_OK);
    REQUIRE(haft_fence_begin(&fence) == HAFT_OK);
    HANDLE let_go = haft_event_release(&owned);
    CHECK_EQ(haft_fence_end(fence, is_ours, &nobodys, &left), HAFT_OK);
    CHECK_EQ(left, 1);
    CHECK(seen.doubt && seen.raw == let_go);
    CHECK(haft__nt()->CloseHandle(let_go));
    finish();
}

TEST(fence, fences_stand_within_each_other) {
    haft_fence *outer = NULL, *inner = NULL;
    size_t in = 0, out = 0;
    start();
    REQUIRE(haft_fence_begin(&outer) == HAFT_OK);
    HANDLE first = event();
    REQUIRE(haft_fence_begin(&inner) == HAFT_OK);
    HANDLE second = event();
    CHECK_EQ(haft_fence_end(inner, NULL, NULL, &in), HAFT_OK);
    CHECK_EQ(haft_fence_end(outer, NULL, NULL, &out), HAFT_OK);
    CHECK_EQ(in, 1);
    CHECK_EQ(out, 2);
    CHECK(haft__nt()->CloseHandle(first));
    CHECK(haft__nt()->CloseHandle(second));
    finish();
}

static size_t not_told(haft__handle_info *list, size_t cap) { return (void)list, (void)cap, SIZE_MAX; }
static bool no_memory(size_t bytes) { return (void)bytes, false; }

TEST(fence, what_cannot_be_done_is_said) {
    haft_fence *fence = NULL;
    size_t left = 99;
    haft__nt_port deaf = *haft__nt();
    deaf.handles = not_told;
    CHECK_EQ(haft_fence_begin(NULL), HAFT_E_INVALID);
    CHECK_EQ(haft_fence_end(NULL, NULL, NULL, &left), HAFT_E_INVALID);
    haft__alloc_hook = no_memory;
    CHECK_EQ(haft_fence_begin(&fence), HAFT_E_NOMEM);
    haft__alloc_hook = NULL;
    haft__nt_use(&deaf);
    CHECK_EQ(haft_fence_begin(&fence), HAFT_E_OS);
    CHECK(fence == NULL);
    haft__nt_use(NULL);
    REQUIRE(haft_fence_begin(&fence) == HAFT_OK);
    haft__nt_use(&deaf);
    CHECK_EQ(haft_fence_end(fence, NULL, NULL, &left), HAFT_E_OS);
    haft__nt_use(NULL);
    CHECK_EQ(left, 99);
}

TEST(fence, types_have_the_systems_names) {
    static const char *const names[] = { "Event", "Mutant", "Semaphore", "Timer" };
    const haft__nt_port *nt = haft__nt();
    HANDLE all[] = { event(), nt->CreateMutexA(NULL, FALSE, NULL), nt->CreateSemaphoreA(NULL, 0, 1, NULL),
                     nt->CreateWaitableTimerA(NULL, TRUE, NULL) };
    char text[64], small[3];
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        CHECK_EQ(nt->type_name(all[i], text, sizeof text), strlen(names[i]));
        CHECK_STR(text, names[i]);
        CHECK(nt->CloseHandle(all[i]));
    }
    nt->set_last_error(12);
    CHECK_EQ(nt->type_name(all[0], small, sizeof small), 0);
    CHECK_EQ(nt->last_error(), 12);
}

/* ---- what happens while it is judged ---- */

static haft__nt_port changed;
static HANDLE pair[2];
static haft_event adopted;

static void change_port(void) {
    changed = *haft__nt();
    haft__nt_use(&changed);
}

/* Another thread's: it comes to declare the second while the first is looked at. */
static bool declare_meanwhile(HANDLE handle) {
    if (!haft_event_valid(&adopted)) CHECK_EQ(haft_event_adopt(&adopted, pair[1], HAFT_OWNER_USER), HAFT_OK);
    return handle != NULL;
}

TEST(fence, what_is_declared_while_it_is_judged_is_not_left) {
    haft_fence *fence = NULL;
    size_t left = 99;
    start();
    REQUIRE(haft_fence_begin(&fence) == HAFT_OK);
    for (int i = 0; i < 2; i++) pair[i] = event();
    change_port();
    changed.is_open = declare_meanwhile;
    CHECK_EQ(haft_fence_end(fence, NULL, NULL, &left), HAFT_OK);
    haft__nt_use(NULL);
    CHECK_EQ(left, 1);
    CHECK_EQ(seen.unproved, 1);
    CHECK_EQ(haft_event_close(&adopted), HAFT_OK);
    CHECK(haft__nt()->CloseHandle(pair[0]));
    finish();
}

static bool is_not_second(HANDLE handle) { return handle != pair[1]; }

TEST(fence, what_is_closed_while_it_is_judged_is_not_left) {
    haft_fence *fence = NULL;
    start();
    REQUIRE(haft_fence_begin(&fence) == HAFT_OK);
    for (int i = 0; i < 2; i++) pair[i] = event();
    change_port();
    changed.is_open = is_not_second;
    CHECK_EQ(haft_fence_end(fence, is_ours, &pair[1], NULL), HAFT_OK); /* the count need not be asked for */
    haft__nt_use(NULL);
    CHECK_EQ(seen.asked, 1);
    CHECK(seen.raw == pair[0]);
    for (int i = 0; i < 2; i++) CHECK(haft__nt()->CloseHandle(pair[i]));
    finish();
}

static size_t no_type(HANDLE handle, char *text, size_t cap) { return (void)handle, memset(text, 'x', cap), 0; }
static BOOL WINAPI no_close(HANDLE handle) { return (void)handle, FALSE; }

TEST(fence, what_is_proved_and_cannot_be_closed_is_left) {
    haft_fence *fence = NULL;
    size_t left = 99;
    start();
    REQUIRE(haft_fence_begin(&fence) == HAFT_OK);
    HANDLE ours = event();
    change_port();
    changed.type_name = no_type;
    changed.CloseHandle = no_close;
    CHECK_EQ(haft_fence_end(fence, is_ours, &ours, &left), HAFT_OK);
    haft__nt_use(NULL);
    CHECK_EQ(left, 1);
    CHECK(seen.asked == 1 && seen.unproved == 1 && seen.recovered == 0);
    CHECK_STR(seen.type, ""); /* nor can its type be told */
    CHECK(haft__nt()->CloseHandle(ours));
    finish();
}

/* More than are judged: the rest is counted, and left alone. */
TEST(fence, more_than_it_can_judge) {
    enum { MANY = 300, JUDGED = 256 };
    static HANDLE many[MANY];
    haft_fence *fence = NULL;
    size_t left = 0;
    start();
    REQUIRE(haft_fence_begin(&fence) == HAFT_OK);
    for (int i = 0; i < MANY; i++) many[i] = event();
    CHECK_EQ(haft_fence_end(fence, NULL, NULL, &left), HAFT_OK);
    CHECK_EQ(left, MANY);
    CHECK_EQ(seen.unproved, JUDGED);
    for (int i = 0; i < MANY; i++) CHECK(haft__nt()->CloseHandle(many[i]));
    finish();
}

static unsigned spared;
static bool spare_some(size_t bytes) { return (void)bytes, spared && spared--; }

TEST(fence, no_memory_for_what_was_there_before) {
    haft_fence *fence = NULL;
    haft_status status = HAFT_E_NOMEM;
    for (unsigned n = 0; status != HAFT_OK && n < 20; n++) {
        spared = n;
        haft__alloc_hook = spare_some;
        status = haft_fence_begin(&fence);
        haft__alloc_hook = NULL;
        if (status != HAFT_OK) CHECK_EQ(status, n ? HAFT_E_OS : HAFT_E_NOMEM);
        CHECK_EQ(fence != NULL, status == HAFT_OK);
    }
    REQUIRE_EQ(status, HAFT_OK);
    CHECK_EQ(haft_fence_end(fence, NULL, NULL, NULL), HAFT_OK);
}
