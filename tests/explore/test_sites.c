/* test_sites.c: the orders of those who come by a place for the first time, and of those who warn of it. */
#include "system.h"

#include "core/site.h"

/* Sites are for ever, so each run has a place that no run before had. */
static const void *fresh;
static haft__site site, found[EXPLORE_THREADS];
static bool was_first[EXPLORE_THREADS];

static void take_fresh(void) {
    static uintptr_t next = 0x440000;
    do fresh = (const void *)++next;
    while (haft__loadptr(&haft__site_near(fresh)->address)); /* that slot is the first comer's: let it be this one's */
    memset(found, 0, sizeof found);
}

static void find_fresh(void) { found[explore_self()] = haft__site_of(fresh); }

static void all_found_one(void) {
    MUST(found[0] != 0 && found[1] == found[0]);
    MUST(haft__site_address(found[0]) == fresh && haft__site_of(fresh) == found[0]);
}

TEST(sites, a_place_has_one_number_whoever_comes_first) {
    explore_protocol p = { "two who come by a new place", take_fresh, { find_fresh, find_fresh }, all_found_one };
    explore(&p);
}

static void number_fresh(void) {
    take_fresh();
    site = haft__site_of(fresh);
    memset(was_first, 0, sizeof was_first);
}

static void warn_stale(void) { was_first[explore_self()] = haft__site_first(site, HAFT_FINDING_STALE); }
static void warn_limit(void) { was_first[explore_self()] = haft__site_first(site, HAFT_FINDING_LIMIT); }

static void each_kind_was_first_once(void) {
    MUST(was_first[0] != was_first[1] && was_first[2]);
    MUST(!haft__site_first(site, HAFT_FINDING_STALE) && !haft__site_first(site, HAFT_FINDING_LIMIT));
}

TEST(sites, one_is_the_first_to_warn) {
    explore_protocol p = { "two who warn of a place, and one of another kind", number_fresh, { warn_stale, warn_stale, warn_limit },
                           each_kind_was_first_once };
    explore(&p);
}
