/* test_q179827.c: Q179827: a registry key that is reopened and never closed: bound.
 *
 *   "After this has happened 65,535 times, the open instance count for this key wraps round to zero ... The next time an
 *   instance of the key is closed, the storage used by the kernel to reference the key is deleted. ... eventually the
 *   system will crash" */
#include "fault.h"

#include <stdio.h>

#define KEY "SOFTWARE\\Terminal\\Session"
#define NAME "\\REGISTRY\\MACHINE\\SOFTWARE\\Terminal\\Session"
#define WRAP 65536u

static HKEY keys[70000];

static bool make_key(const char *name) {
    HKEY key;
    if (haft_model_RegCreateKeyExA(HKEY_LOCAL_MACHINE, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL)) return false;
    return haft_model_RegCloseKey(key) == ERROR_SUCCESS;
}

/* The program's leak; what it got at first refusal is where it ends. */
static FAULT_NOINLINE unsigned leak(unsigned count, LONG *ret_error) {
    unsigned opened = 0;
    *ret_error = ERROR_SUCCESS;
    for (unsigned i = 0; i < count && *ret_error == ERROR_SUCCESS; i++) {
        *ret_error = haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[opened]);
        if (*ret_error == ERROR_SUCCESS) opened++;
    }
    return opened;
}

static void close_all(unsigned count) {
    for (unsigned i = 0; i < count; i++) CHECK_EQ(haft_shim_RegCloseKey(keys[i]), ERROR_SUCCESS);
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(haft_model_handles(), 0);
}

static unsigned leak_raw(unsigned count) {
    unsigned opened = 0;
    while (opened < count && !haft_model_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[opened])) opened++;
    return opened;
}

/* ---- raw ---- */

TEST(q179827, raw_wraps_after_65535_reopens_and_crashes) {
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    CHECK_EQ(leak_raw(1), 1);
    CHECK_EQ(leak_raw(WRAP - 2), WRAP - 2);
    CHECK_EQ(haft_model_key_count(NAME), 65535);
    CHECK_EQ(leak_raw(1), 1); /* reopened 65,535 times by now */
    CHECK_EQ(haft_model_key_count(NAME), 0);
    CHECK_EQ(haft_model_handles(), WRAP);

    CHECK_EQ(haft_model_RegCloseKey(keys[0]), ERROR_SUCCESS); /* frees the storage: nothing to be seen yet */
    CHECK(haft_model_crash() == NULL);
    HKEY key = NULL;
    CHECK_EQ(haft_model_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &key), ERROR_NOT_READY);
    CHECK(key == NULL);
    REQUIRE(haft_model_crash() != NULL);
    CHECK(strncmp(haft_model_crash(), "Q179827", 7) == 0);
    CHECK_EQ(haft_model_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key), ERROR_NOT_READY);
}

TEST(q179827, raw_crashes_at_the_second_close_too) {
    REQUIRE(fault_boot(HAFT_NT4_SP0) && make_key(KEY));
    CHECK_EQ(leak_raw(WRAP), WRAP);
    CHECK_EQ(haft_model_RegCloseKey(keys[0]), ERROR_SUCCESS);
    CHECK_EQ(haft_model_RegCloseKey(keys[1]), ERROR_NOT_READY);
    CHECK(haft_model_crash() && strstr(haft_model_crash(), "close"));
}

TEST(q179827, raw_one_open_less_does_no_harm) {
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    CHECK_EQ(leak_raw(WRAP - 1), WRAP - 1);
    for (unsigned i = 0; i < WRAP - 1; i++) CHECK_EQ(haft_model_RegCloseKey(keys[i]), ERROR_SUCCESS);
    CHECK_EQ(haft_model_key_count(NAME), 0);
    CHECK_EQ(leak_raw(1), 1);
    CHECK(haft_model_crash() == NULL);
    CHECK_EQ(haft_model_RegCloseKey(keys[0]), ERROR_SUCCESS);
}

/* ---- guarded ---- */

TEST(q179827, refused_at_1024) {
    LONG error;
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    CHECK_EQ(haft_limit_get(HAFT_CLASS_KEY), 1024);
    haft_model_SetLastError(77);
    CHECK_EQ(leak(2000, &error), 1024);
    CHECK_EQ(error, ERROR_NOT_ENOUGH_QUOTA);
    CHECK_EQ(haft_model_GetLastError(), 77); /* the registry's functions leave it alone */
    CHECK_EQ(haft_model_key_count(NAME), 1024);
    CHECK_EQ(haft_model_handles(), 1024);
    CHECK_EQ(haft_live(), 1024);

    CHECK_EQ(fault_last.times, 1);
    CHECK_EQ(fault_last.f.kind, HAFT_FINDING_LIMIT);
    CHECK_EQ(fault_last.f.class_id, HAFT_CLASS_KEY);
    CHECK_EQ(fault_last.f.count, 1024);
    CHECK_STR(fault_last.quirk, "Q179827");
    CHECK_STR(fault_last.name, "\\REGISTRY\\MACHINE\\SOFTWARE\\TERMINAL\\SESSION");
    CHECK(SITE_IS_IN(fault_last.at, leak));
    close_all(1024);
}

TEST(q179827, a_refusal_leaves_the_callers_variable_alone) {
    LONG error;
    HKEY key = (HKEY)(uintptr_t)0x1234;
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    CHECK_EQ(leak(2000, &error), 1024);
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &key), ERROR_NOT_ENOUGH_QUOTA);
    CHECK_EQ((uintptr_t)key, 0x1234);
    DWORD disposition = 99;
    error = haft_shim_RegCreateKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, NULL, 0, KEY_READ, NULL, &key, &disposition);
    CHECK_EQ(error, ERROR_NOT_ENOUGH_QUOTA);
    CHECK_EQ((uintptr_t)key, 0x1234);
    CHECK_EQ(disposition, 99);
    close_all(1024);
}

TEST(q179827, a_million_more_change_nothing) {
    LONG error;
    HKEY key = NULL;
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    CHECK_EQ(leak(2000, &error), 1024);
    fault_levels(HAFT_LEVEL_WARN_ONCE);
    for (unsigned i = 0, wrong = 0; i < 1000000 && !wrong; i++) {
        error = haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &key);
        if (error != ERROR_NOT_ENOUGH_QUOTA || key) wrong = 1, CHECK_EQ(error, ERROR_NOT_ENOUGH_QUOTA);
    }
    CHECK_EQ(fault_found(HAFT_FINDING_LIMIT), 1000001);
    CHECK_EQ(haft_model_handles(), 1024);
    CHECK_EQ(haft_model_key_count(NAME), 1024);
    CHECK_EQ(haft_model_paged_pool(), 0);
    CHECK_EQ(haft_live(), 1024);
    CHECK(haft_model_crash() == NULL);
    close_all(1024);
}

TEST(q179827, closing_one_lets_one_more_in) {
    LONG error;
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    CHECK_EQ(leak(2000, &error), 1024);
    for (int i = 0; i < 3; i++) {
        HKEY extra;
        CHECK_EQ(haft_shim_RegCloseKey(keys[500]), ERROR_SUCCESS);
        CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[500]), ERROR_SUCCESS);
        CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &extra), ERROR_NOT_ENOUGH_QUOTA);
        CHECK_EQ(haft_model_key_count(NAME), 1024);
    }
    close_all(1024);
    CHECK_EQ(leak(2000, &error), 1024); /* and all again */
    close_all(1024);
}

TEST(q179827, other_keys_are_not_affected) {
    LONG error;
    HKEY other;
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY) && make_key(KEY "\\Below") && make_key(KEY "2"));
    CHECK_EQ(leak(2000, &error), 1024);
    static const char *const names[] = { "SOFTWARE\\Terminal", KEY "\\Below", KEY "2", "SOFTWARE" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, names[i], 0, KEY_READ, &other), ERROR_SUCCESS);
        CHECK_EQ(haft_shim_RegCloseKey(other), ERROR_SUCCESS);
    }
    CHECK_EQ(haft_shim_RegOpenKeyExA(keys[0], "Below", 0, KEY_READ, &other), ERROR_SUCCESS);
    CHECK_EQ(haft_shim_RegCloseKey(other), ERROR_SUCCESS);
    close_all(1024);
}

TEST(q179827, the_reports_first_line_names_count_and_site) {
    char line[512], expected[512];
    LONG error;
    HKEY other;
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &other), ERROR_SUCCESS);
    CHECK_EQ(leak(2000, &error), 1024);
    fault_report(line, sizeof line);
    snprintf(expected, sizeof expected, "1024 live key opened at %s (\\REGISTRY\\MACHINE\\SOFTWARE\\TERMINAL\\SESSION)",
             fault_last.at);
    CHECK_STR(line, expected);
    CHECK_EQ(haft_shim_RegCloseKey(other), ERROR_SUCCESS);
    close_all(1024);
}

TEST(q179827, the_bound_cannot_pass_65534) {
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 65534), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 65535), HAFT_E_LIMIT);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 65536), HAFT_E_LIMIT);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, UINT32_MAX), HAFT_E_LIMIT);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 0), HAFT_E_INVALID);
    CHECK_EQ(haft_limit_get(HAFT_CLASS_KEY), 65534);
}

TEST(q179827, at_the_highest_bound_the_system_survives) {
    LONG error;
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, HAFT_LIMIT_MAX), HAFT_OK);
    fault_levels(HAFT_LEVEL_WARN_ONCE);
    for (unsigned i = 0; i < HAFT_LIMIT_MAX; i++)
        if (haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[i]) != ERROR_SUCCESS) CHECK_EQ(i, HAFT_LIMIT_MAX);
    CHECK_EQ(haft_model_key_count(NAME), 65534);
    for (int i = 0; i < 10000; i++) {
        HKEY more;
        error = haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &more);
        if (error != ERROR_NOT_ENOUGH_QUOTA) CHECK_EQ(error, ERROR_NOT_ENOUGH_QUOTA);
    }
    CHECK_EQ(haft_model_key_count(NAME), 65534);
    close_all(HAFT_LIMIT_MAX);
    CHECK_EQ(haft_model_key_count(NAME), 0);
    CHECK_EQ(leak(1, &error), 1);
    close_all(1);
    CHECK(haft_model_crash() == NULL);
}

TEST(q179827, a_lower_bound_counts_from_then_on) {
    LONG error;
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    CHECK_EQ(leak(100, &error), 100);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 50), HAFT_OK);
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[100]), ERROR_NOT_ENOUGH_QUOTA);
    for (int i = 99; i >= 50; i--) CHECK_EQ(haft_shim_RegCloseKey(keys[i]), ERROR_SUCCESS);
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[50]), ERROR_NOT_ENOUGH_QUOTA);
    CHECK_EQ(haft_shim_RegCloseKey(keys[49]), ERROR_SUCCESS);
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[49]), ERROR_SUCCESS);
    close_all(50);
}

TEST(q179827, wrappers_are_bounded_too) {
    static haft_key held[1024];
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    for (unsigned i = 0; i < 1024; i++) CHECK_EQ(haft_key_open_a(&held[i], HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ), HAFT_OK);
    CHECK_EQ(haft_key_opens(&held[7]), 1024);
    haft_key more = HAFT_INIT;
    CHECK_EQ(haft_key_open_w(&more, HKEY_LOCAL_MACHINE, L"Software\\terminal\\SESSION", 0, KEY_READ), HAFT_E_LIMIT);
    CHECK(!haft_key_valid(&more));
    LONG error = haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[0]); /* one count for both */
    CHECK_EQ(error, ERROR_NOT_ENOUGH_QUOTA);
    CHECK_EQ(haft_model_key_count(NAME), 1024);
    for (unsigned i = 0; i < 1024; i++) CHECK_EQ(haft_key_close(&held[i]), HAFT_OK);
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(haft_model_handles(), 0);
}

/* ---- many threads ---- */

#define THREADS 8
#define BOUND 100

static HKEY theirs[THREADS][BOUND];
static unsigned held_by[THREADS];

static LONG open_somehow(unsigned number, HKEY *ret) {
    switch (number % 4) {
    case 0: return haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, ret);
    case 1: return haft_shim_RegOpenKeyA(HKEY_LOCAL_MACHINE, "software\\\\terminal\\session", ret);
    case 2: return haft_shim_RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\TERMINAL\\\\SESSION", 0, KEY_READ, ret);
    default: return haft_shim_RegCreateKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, NULL, 0, KEY_READ, NULL, ret, NULL);
    }
}

static void open_and_close(unsigned number) {
    unsigned n = 0, seed = number * 77 + 1;
    for (unsigned i = 0; i < 3000; i++) {
        seed = seed * 1103515245 + 12345;
        bool open = n == 0 || (n < BOUND && (seed >> 16) % 3 != 0);
        if (!open) CHECK_EQ(haft_shim_RegCloseKey(theirs[number][--n]), ERROR_SUCCESS);
        else if (open_somehow(seed >> 20, &theirs[number][n]) == ERROR_SUCCESS) n++;
        uint32_t live = haft_model_key_count(NAME);
        if (live > BOUND) CHECK_EQ(live, BOUND);
    }
    while (n < BOUND && open_somehow(number, &theirs[number][n]) == ERROR_SUCCESS) n++;
    held_by[number] = n;
}

TEST(q179827, threads_never_pass_the_bound) {
    unsigned held = 0;
    REQUIRE(fault_boot(HAFT_NT4_SP3) && make_key(KEY));
    haft_sink_set(NULL, NULL);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, BOUND), HAFT_OK);
    fault_threads(THREADS, open_and_close);
    /* Some ended before others had closed their last: whatever is left now is the bound's. */
    while (held_by[0] < BOUND && open_somehow(0, &theirs[0][held_by[0]]) == ERROR_SUCCESS) held_by[0]++;
    for (unsigned t = 0; t < THREADS; t++) held += held_by[t];
    CHECK_EQ(held, BOUND);
    CHECK_EQ(haft_model_key_count(NAME), BOUND);
    CHECK_EQ(haft_model_handles(), BOUND);
    CHECK_EQ(haft_live(), BOUND);
    CHECK(fault_found(HAFT_FINDING_LIMIT) > 0);
    for (unsigned t = 0; t < THREADS; t++)
        while (held_by[t]) CHECK_EQ(haft_shim_RegCloseKey(theirs[t][--held_by[t]]), ERROR_SUCCESS);
    CHECK_EQ(haft_model_handles(), 0);
}

/* ---- where the system has no such fault ---- */

TEST(q179827_sp4, raw_does_not_wrap) {
    REQUIRE(fault_boot(HAFT_NT4_SP4) && make_key(KEY));
    CHECK_EQ(leak_raw(70000), 70000);
    CHECK_EQ(haft_model_key_count(NAME), 70000);
    CHECK_EQ(haft_model_RegCloseKey(keys[0]), ERROR_SUCCESS);
    CHECK_EQ(haft_model_key_count(NAME), 69999);
    CHECK_EQ(leak_raw(1), 1);
    CHECK(haft_model_crash() == NULL);
}

TEST(q179827_nt351, raw_does_not_wrap) {
    REQUIRE(fault_boot(HAFT_NT351) && make_key(KEY));
    CHECK_EQ(leak_raw(70000), 70000);
    CHECK_EQ(haft_model_RegCloseKey(keys[0]), ERROR_SUCCESS);
    CHECK_EQ(leak_raw(1), 1);
    CHECK(haft_model_crash() == NULL);
}

/* A bound that was set once is asked for as long as the process lives: so no fault_boot here, and a group of its own. */
TEST(q179827_unasked, refused_only_if_asked) {
    LONG error;
    haft_model_boot(HAFT_NT4_SP4);
    REQUIRE(make_key(KEY));
    CHECK_EQ(haft_limit_get(HAFT_CLASS_KEY), 1024);
    CHECK(!haft_quirk_active(HAFT_Q179827));
    CHECK_EQ(leak(2000, &error), 2000);
    CHECK_EQ(error, ERROR_SUCCESS);
    CHECK_EQ(haft_found(HAFT_FINDING_LIMIT), 2000 - 1024); /* it is seen all the same */
    CHECK_EQ(haft_model_handles(), 2000);

    haft_quirk_set(HAFT_Q179827, HAFT_QUIRK_ON);
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[2000]), ERROR_NOT_ENOUGH_QUOTA);
    haft_quirk_set(HAFT_Q179827, HAFT_QUIRK_AUTO);
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[2000]), ERROR_SUCCESS);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 1500), HAFT_OK);
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &keys[2001]), ERROR_NOT_ENOUGH_QUOTA);
    close_all(2001);
}

/* The default, before anything was set. */
TEST(q179827_default, refused_at_1024) {
    LONG error;
    haft_model_boot(HAFT_NT4_SP3);
    REQUIRE(make_key(KEY));
    CHECK_EQ(leak(2000, &error), 1024);
    CHECK_EQ(error, ERROR_NOT_ENOUGH_QUOTA);
    close_all(1024);
}
