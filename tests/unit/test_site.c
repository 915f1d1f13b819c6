/* test_site.c: code addresses, numbered and told. */
#include "unit.h"

#include "core/site.h"

static const void *here(void) { return HAFT__CALLER(); }

TEST(site, a_place_has_one_number) {
    const void *a = here();
    haft__site site = haft__site_of(a);
    CHECK(site != 0);
    CHECK_EQ(haft__site_of(a), site);
    CHECK(haft__site_of((const char *)a + 1) != site);
    CHECK(site <= haft__site_count());
}

TEST(site, no_place_is_zero) {
    CHECK_EQ(haft__site_of(NULL), 0);
    CHECK_STR(haft__site_text(0), "");
}

TEST(site, a_place_is_told_by_module_and_offset) {
    const char *text = haft__site_text(haft__site_of(here()));
    const char *offset = strstr(text, "+0x");
    CHECK(offset != NULL && offset != text);
    CHECK_EQ(strncmp(text, "haft_tests", 10), 0); /* linked statically, too */
    CHECK(strchr(text, '/') == NULL && strchr(text, '\\') == NULL);
    CHECK(strstr(haft__site_text(haft__site_of((const void *)(uintptr_t)0x42)), "?+0x41") != NULL);
}

TEST(site, many_places) {
    enum { MANY = 3000 };
    static haft__site sites[MANY];
    const char *base = (const char *)(uintptr_t)0x100000;
    uint32_t before = haft__site_count();
    for (int i = 0; i < MANY; i++) sites[i] = haft__site_of(base + i);
    CHECK(haft__site_count() >= before);
    for (int i = 0; i < MANY; i++) {
        CHECK(sites[i] != 0);
        CHECK_EQ(haft__site_of(base + i), sites[i]);
        if (i) CHECK(sites[i] != sites[i - 1]);
    }
    CHECK(strstr(haft__site_text(sites[1]), "0x100000") != NULL);
    CHECK(strstr(haft__site_text(sites[MANY - 1]), "0x100bb6") != NULL);
}

TEST(site, first_is_once_for_each_kind) {
    haft__site site = haft__site_of((const void *)(uintptr_t)0x777);
    bool first = haft__site_first(site, HAFT_FINDING_STALE); /* false when the test runs again */
    CHECK(!haft__site_first(site, HAFT_FINDING_STALE));
    CHECK_EQ(haft__site_first(site, HAFT_FINDING_SETTING), first);
    CHECK(!haft__site_first(site, HAFT_FINDING_SETTING));
    CHECK(haft__site_first(0, HAFT_FINDING_STALE) && haft__site_first(0, HAFT_FINDING_STALE));
}

TEST(site, inv4_errors_survive) {
    static uintptr_t next = 0x5550000;
    unit_mark_errors();
    haft__site_of((const void *)(next += 16));
    CHECK(unit_errors_kept());
}

TEST(site, inv10_a_known_place_takes_no_memory) {
    const void *at = here();
    haft__site site = haft__site_of(at);
    unit_alloc_fail(1, true);
    CHECK_EQ(haft__site_of(at), site);
    CHECK_EQ(unit_alloc_end(), 0);
}

TEST(site, inv6_no_memory_is_an_unknown_place) {
    static uintptr_t next = 0x6660000;
    haft__site site = 0;
    unsigned n;
    next += 4096;
    for (n = 1; !site && n < 10; n++) {
        unit_alloc_fail(n, true);
        site = haft__site_of((const void *)next);
        unit_alloc_end();
    }
    CHECK(site != 0);
    CHECK(n > 2);
}

TEST(site, only_a_number_that_was_given_out_has_an_address) {
    const void *at = here();
    CHECK(haft__site_address(haft__site_of(at)) == at);
    CHECK(haft__site_address(0) == NULL);
    CHECK(haft__site_address(haft__site_count() + 1) == NULL);
}

/* In groups of their own, for they want a table that is not there yet, and one that is full. */
TEST(site_first_of_all, inv6_no_memory_for_the_table) {
    static uintptr_t next = 0x7770000;
    haft__site site = 0;
    unsigned n;
    CHECK_EQ(haft__site_find((const void *)UINT64_C(0)), 0);
    for (n = 1; !site && n < 10; n++) {
        unit_alloc_fail(n, true);
        site = haft__site_of((const void *)next);
        unit_alloc_end();
        if (!site) CHECK_EQ(haft__site_count(), 0);
    }
    CHECK(site != 0);
    CHECK_EQ(n, 4); /* the table, and its records: what was made stays */
}

/* As much as the first table, and no more. */
static bool no_large_one(size_t bytes) { return bytes < 700 * sizeof(haft__site_slot); }

TEST(site_full_table, inv6_a_table_that_cannot_grow_is_not_overfilled) {
    enum { SLOTS = 512 };
    const char *base = (const char *)(uintptr_t)0x300000;
    unsigned unknown = 0;
    haft__alloc_hook = no_large_one;
    for (int i = 0; i < SLOTS + 10; i++) unknown += haft__site_of(base + i * 16) == 0;
    CHECK_EQ(unknown, 11); /* one slot stays empty, so that a search ends */
    CHECK_EQ(haft__site_count(), SLOTS - 1);
    haft__site known = haft__site_of(base);
    CHECK(known != 0 && haft__site_address(known) == base);
    haft__alloc_hook = NULL;
    for (int i = 0; i < SLOTS + 10; i++) CHECK(haft__site_of(base + i * 16) != 0);
    CHECK(haft__site_of(base) == known);
}

#if defined(HAFT_POSIX)
#include "harness/child.h"

#define MOST (1u << 20)

/* No number is given out twice: then there are no more. Elsewhere a million places take too long. */
TEST(site_the_last, inv5_numbers_are_used_up) {
    const char *base = (const char *)(uintptr_t)0x10000000;
    uint32_t unknown = 0;
    if (child_is_emulated() || CHILD_SANITIZED) SKIP("a million places take too long here");
    for (uint32_t i = 0; i < MOST + 3; i++) unknown += haft__site_of(base + i) == 0;
    CHECK_EQ(haft__site_count(), MOST);
    CHECK_EQ(unknown, 3);
    CHECK(haft__site_of(base) != 0);
    CHECK(haft__site_address(haft__site_of(base + 77777)) == base + 77777);
}
#endif
