/* test_articles.c: the five articles by release: each fault is there from NT 4.0 to the release that its article names, and
 * each work-around is on just there. What each fault and each work-around does is tested in test_qNNNNNN.c. */
#include "fault.h"

static HANDLE self(void) { return haft_model_GetCurrentProcess(); }

static DWORD WINAPI work(LPVOID argument) { return (DWORD)(uintptr_t)argument; }

/* Each does raw what its article tells, and says whether the system came to harm. */
static bool key_wraps(void) {
    HKEY key = NULL, first = NULL;
    for (unsigned i = 0; i < 65536; i++) haft_model_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, i ? &key : &first);
    haft_model_RegCloseKey(first);
    haft_model_RegCloseKey(key);
    return haft_model_crash() != NULL;
}

static bool closed_twice(void) {
    HANDLE theirs = haft_model_driver_open();
    haft_model_CloseHandle(theirs);
    haft_model_driver_close(theirs);
    return haft_model_crash() != NULL;
}

static bool thread_leaks(void) {
    haft_model_remote_thread_fails_late(1);
    CHECK(haft_model_CreateRemoteThread(self(), NULL, 0, work, NULL, 0, NULL) == NULL);
    return haft_model_handles() != 0;
}

static bool pool_leaks(void) {
    haft_model_map_drive('X');
    CHECK(haft_model_CreateFileA("X:", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL) == INVALID_HANDLE_VALUE);
    return haft_model_paged_pool() != 0;
}

static bool token_leaks(void) {
    RASDIALPARAMSA p = fault_dial_params();
    HRASCONN connection = NULL;
    CHECK_EQ(haft_model_RasDialA(NULL, NULL, &p, 0, NULL, &connection), ERROR_SUCCESS);
    CHECK_EQ(haft_model_RasHangUpA(connection), ERROR_SUCCESS);
    return haft_model_handles() != 0;
}

static const struct {
    haft_quirk quirk;
    bool (*harms)(void);
    haft_model_version corrected; /* the first release without the fault */
    bool always;                  /* the work-around acts on what the program declared, on any system */
} articles[] = {
    { HAFT_Q179827, key_wraps, HAFT_NT4_SP4, false },
    { HAFT_Q160650, closed_twice, HAFT_NT4_FIXED, true },
    { HAFT_Q246691, thread_leaks, HAFT_NT4_FIXED, false },
    { HAFT_Q235425, pool_leaks, HAFT_NT4_SP6, false },
    { HAFT_Q197517, token_leaks, HAFT_NT4_SP5, false },
};

TEST(articles, each_fault_is_where_its_article_says) {
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        for (int v = HAFT_NT351; v <= HAFT_NT4_FIXED; v++) {
            bool expected = v >= HAFT_NT4_SP0 && v < (int)articles[i].corrected;
            REQUIRE(fault_boot((haft_model_version)v));
            CHECK_EQ(articles[i].harms(), expected);
        }
    }
}

TEST(articles, each_work_around_is_on_where_the_fault_is) {
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        for (int v = HAFT_NT351; v <= HAFT_NT4_FIXED; v++) {
            bool expected = articles[i].always || (v >= HAFT_NT4_SP0 && v < (int)articles[i].corrected);
            REQUIRE(fault_boot((haft_model_version)v));
            CHECK_EQ(haft_quirk_active(articles[i].quirk), expected);
            CHECK_EQ(haft_quirk_set(articles[i].quirk, HAFT_QUIRK_ON), HAFT_OK);
            CHECK(haft_quirk_active(articles[i].quirk));
            CHECK_EQ(haft_quirk_set(articles[i].quirk, HAFT_QUIRK_OFF), HAFT_OK);
            CHECK(!haft_quirk_active(articles[i].quirk));
        }
    }
}

/* A crash is for good: every call fails, guarded or not, until the next boot. */
TEST(articles, after_a_crash_every_call_fails) {
    HKEY key = NULL;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    CHECK(closed_twice());
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key), ERROR_NOT_READY);
    CHECK(haft_shim_CreateFileA("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL) == INVALID_HANDLE_VALUE);
    CHECK_EQ(haft_model_GetLastError(), ERROR_NOT_READY);
    CHECK(haft_shim_CreateRemoteThread(self(), NULL, 0, work, NULL, 0, NULL) == NULL);
    CHECK_EQ(haft_live(), 0);
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key), ERROR_SUCCESS);
    CHECK_EQ(haft_shim_RegCloseKey(key), ERROR_SUCCESS);
}
