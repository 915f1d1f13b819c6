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
