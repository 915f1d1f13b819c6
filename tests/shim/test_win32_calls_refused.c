/* test_win32_calls_refused.c: every open that the differential test's scenarios make is at its bound: each is refused before the
 * system is asked, in its API's own way of failing. */
#include "calls_log.h"

#include "core/class.h"
#include "core/identity.h"

static call_log raw, first, refused;

/* ---- one open of each is left counted ---- */

enum { HELD_MAX = 1000 };
static struct {
    uint64_t raw, tag;
    bool done;
} held[HELD_MAX];
static size_t held_count;

static bool note(uint64_t value, const haft__life *life, void *user) {
    (void)user;
    for (size_t i = 0; i < held_count; i++)
        if (held[i].raw == value && held[i].tag == life->tag) return true;
    if (life->identity && held_count < HELD_MAX) {
        held[held_count].raw = value;
        held[held_count].tag = life->tag;
        held[held_count++].done = false;
    }
    return true;
}

/* Counts one open more on what the life counts on, which nobody closes. */
static void hold(uint64_t value, uint64_t tag) {
    const uint32_t id = haft__tag_class(tag);
    const uint32_t spaces[] = { HAFT_SPACE_KERNEL, HAFT_SPACE_FD, HAFT_SPACE_POINTER, HAFT_SPACE_OWN + id };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        haft__place place = { value, spaces[i] };
        haft__life life = haft__look(place);
        char name[1024];
        bool settled;
        uint32_t live;
        if (life.tag != tag || !life.identity) continue;
        haft__claim claim = { id, name, haft__identity_name(life.identity, place, tag, name, sizeof name), 0, true };
        haft__identity *more;
        CHECK_EQ(haft__identity_reserve(&claim, &more, &settled, &live), HAFT_OK);
        return;
    }
}

static void hold_new(const call_record *r) {
    (void)r;
    haft__walk(note, NULL);
    for (size_t i = 0; i < held_count; i++) {
        if (!held[i].done) hold(held[i].raw, held[i].tag);
        held[i].done = true;
    }
}

static void set_bounds(uint32_t bound) {
    for (int id = 1; id < HAFT_CLASSES; id++) (void)haft_limit_set((haft_class_id)id, bound);
}

/* ---- judging ---- */

static bool opened(const call_record *r) { return r->live > 0; }

/* Whether both are calls of one function: the name stands before the first bracket, behind a cast. */
static bool same_function(const char *a, const char *b) {
    const char *name = *a == '(' ? strchr(a, ')') + 1 : a, *other = *b == '(' ? strchr(b, ')') + 1 : b;
    size_t n = strcspn(name, "(") + 1;
    return strncmp(name, other, n) == 0;
}

/* The result alone. */
static bool same_result(const call_record *a, const call_record *b) {
    size_t n = strcspn(a->said, ",");
    return n == strcspn(b->said, ",") && strncmp(a->said, b->said, n) == 0;
}

static bool gives_error(const call_record *r) {
    long long result = strtoll(r->said, NULL, 10);
    return result == ERROR_NOT_ENOUGH_QUOTA || result == (LONG)0xC0000044 || result == (LONG)(0x80070000 | ERROR_NOT_ENOUGH_QUOTA);
}

static bool says_why(const call_record *r) {
    return gives_error(r) || strstr(r->said, ", error 1816") || strstr(r->said, ", error 10055") || strstr(r->said, ", errno 24") ||
           strstr(r->said, ", errno 11");
}

/* Whether the function, which says that it is good in the way of `good`, has failed. */
static bool is_failure(const call_record *r, const call_record *good) {
    if (*good->said == 'a') return strncmp(r->said, "NULL", 4) == 0 || strncmp(r->said, "-1", 2) == 0;
    if (same_result(r, good)) return false;
    return *good->said == '0' || (strstr(r->said, ", error ") && !strstr(r->said, ", error 0"));
}

/* As a failure of the function that the system itself gave, if the scenarios have one: the same result, or another error. */
static void judge(const call_record *good, const call_record *r) {
    char text[512];
    CHECK_EQ(r->live, 0);
    for (size_t i = 0; i < raw.count; i++) {
        const call_record *failed = &raw.of[i];
        if (!same_function(failed->call, r->call) || !is_failure(failed, good)) continue;
        if (same_result(failed, r) || (*good->said == '0' && gives_error(r))) return;
        snprintf(text, sizeof text, "%s\n        refused: %s\n        fails:   %s", r->call, r->said, failed->said);
        haft_test_fail(__FILE__, __LINE__, text);
        return;
    }
}

/* Gives how many opens were refused of those that are good where there is room. */
static size_t judge_all(void) {
    size_t count = 0;
    for (size_t i = 0; i < refused.count; i++) {
        size_t k = 0;
        while (k < first.count && (strcmp(first.of[k].call, refused.of[i].call) || !opened(&first.of[k]))) k++;
        if (k == first.count || !says_why(&refused.of[i])) continue;
        judge(&first.of[k], &refused.of[i]);
        count++;
    }
    return count;
}

/* At least so many are refused. Others are of a class that counts names, and have none. */
static void refuse_each(const char *family, size_t least) {
    int before = haft_test_system_handles();
    calls_way_now.uncounted = true;
    calls_run(&first, calls_guarded, family); /* so that all classes are known */
    set_bounds(HAFT_LIMIT_MAX);
    int owed = calls_grown_by(&raw, calls_raw, family);
    calls_way_now.after = hold_new;
    calls_run(&first, calls_guarded, family);
    calls_way_now.after = NULL;
    set_bounds(1);
    calls_way_now.broken = true;
    calls_run(&refused, calls_guarded, family);
    set_bounds(0);
    calls_way_now.broken = calls_way_now.uncounted = false;
    CHECK(judge_all() >= least);
    int left = haft_test_system_handles() - before;
    if (owed > 0 && left <= 4 * owed) LEAVES(left); /* each of the four runs leaves what raw calls do */
}

TEST(calls_refused, files) { refuse_each("files", 15); }
TEST(calls_refused, finding) { refuse_each("finding", 10); }
TEST(calls_refused, objects) { refuse_each("objects", 28); }
TEST(calls_refused, pools) { refuse_each("pools", 6); }
TEST(calls_refused, handles) { refuse_each("handles", 9); }
TEST(calls_refused, tasks) { refuse_each("tasks", 11); }
TEST(calls_refused, tokens) { refuse_each("tokens", 7); }
TEST(calls_refused, memory) { refuse_each("memory", 16); }
TEST(calls_refused, registry) { refuse_each("registry", 11); }
TEST(calls_refused, security) { refuse_each("security", 8); }
TEST(calls_refused, crypto) { refuse_each("crypto", 7); }
TEST(calls_refused, services) { refuse_each("services", 12); }
TEST(calls_refused, printing) { refuse_each("printing", 3); }
TEST(calls_refused, sockets) { refuse_each("sockets", 3); }
TEST(calls_refused, descriptors) { refuse_each("descriptors", 11); }
TEST(calls_refused, streams) { refuse_each("streams", 8); }
