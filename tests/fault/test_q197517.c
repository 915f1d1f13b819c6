/* test_q197517.c: Q197517: RasDial that leaves the process token open: recover, at RasHangUp.
 *
 *   "RasDial opens a handle to the process token and does not close it, which causes the handle count to increase every
 *   time RasDial is called." */
#include "fault.h"

#define LINE_BUSY 676 /* of raserror.h */

static HANDLE self(void) { return haft_model_GetCurrentProcess(); }

static FAULT_NOINLINE HRASCONN dial(void) {
    RASDIALPARAMSA p = fault_dial_params();
    HRASCONN connection = NULL;
    DWORD error = haft_shim_RasDialA(NULL, NULL, &p, 0, NULL, &connection);
    CHECK_EQ(error, ERROR_SUCCESS);
    return connection;
}

static HRASCONN dial_w(void) {
    RASDIALPARAMSW p;
    HRASCONN connection = NULL;
    memset(&p, 0, sizeof p);
    p.dwSize = sizeof p;
    p.szEntryName[0] = L'M';
    CHECK_EQ(haft_shim_RasDialW(NULL, NULL, &p, 0, NULL, &connection), ERROR_SUCCESS);
    return connection;
}

static void hang_up(HRASCONN connection) { CHECK_EQ(haft_shim_RasHangUpA(connection), ERROR_SUCCESS); }

static bool is_own_token(HANDLE token) { return haft__port_model.token_is_own(token); }

/* ---- raw ---- */

static size_t raw_cycles(haft_model_version version, int times) {
    if (!fault_boot(version)) return 0;
    for (int i = 0; i < times; i++) {
        RASDIALPARAMSA p = fault_dial_params();
        HRASCONN connection = NULL;
        CHECK_EQ(haft_model_RasDialA(NULL, NULL, &p, 0, NULL, &connection), ERROR_SUCCESS);
        CHECK_EQ(haft_model_RasHangUpA(connection), ERROR_SUCCESS);
    }
    return haft_model_handles();
}

TEST(q197517, raw_leaks_a_token_each_time) {
    CHECK_EQ(raw_cycles(HAFT_NT4_SP4, 1000), 1000);
    CHECK(is_own_token((HANDLE)(uintptr_t)4) && is_own_token((HANDLE)(uintptr_t)4000));
    CHECK_EQ(raw_cycles(HAFT_NT4_SP0, 10), 10);
}

TEST(q197517, raw_leaks_nothing_where_it_is_fixed) {
    CHECK_EQ(raw_cycles(HAFT_NT4_SP5, 100), 0);
    CHECK_EQ(raw_cycles(HAFT_NT351, 100), 0);
}

TEST(q197517, raw_a_busy_line_leaks_too) {
    RASDIALPARAMSA p = fault_dial_params();
    HRASCONN connection = NULL;
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    haft_model_dial_fails(1);
    CHECK_EQ(haft_model_RasDialA(NULL, NULL, &p, 0, NULL, &connection), LINE_BUSY);
    CHECK(connection != NULL);
    CHECK_EQ(haft_model_RasHangUpA(connection), ERROR_SUCCESS);
    CHECK_EQ(haft_model_handles(), 1);
}

/* ---- guarded ---- */

TEST(q197517, ten_thousand_cycles_end_as_they_began) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    fault_levels(HAFT_LEVEL_WARN_ONCE);
    for (int i = 0; i < 10000; i++) {
        HRASCONN connection = i % 2 ? dial() : dial_w();
        if (haft_model_handles() != 1) CHECK_EQ(haft_model_handles(), 1);
        if (i % 3) hang_up(connection);
        else CHECK_EQ(haft_shim_RasHangUpW(connection), ERROR_SUCCESS);
        if (haft_model_handles() != 0) CHECK_EQ(haft_model_handles(), 0);
    }
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 10000);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 0);
    CHECK_EQ(haft_live(), 0);
}

TEST(q197517, the_finding_names_the_dial) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    hang_up(dial());
    CHECK_EQ(fault_last.times, 1);
    CHECK_EQ(fault_last.f.kind, HAFT_FINDING_RECOVERED);
    CHECK_EQ(fault_last.f.class_id, HAFT_CLASS_TOKEN);
    CHECK_STR(fault_last.quirk, "Q197517");
    CHECK(SITE_IS_IN(fault_last.opened, dial));
}

TEST(q197517, wrappers_recover_too) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    for (int i = 0; i < 100; i++) {
        RASDIALPARAMSA p = fault_dial_params();
        HAFT_SCOPE(haft_ras, connection) {
            CHECK_EQ(haft_ras_dial_a(&connection, NULL, NULL, &p, 0, NULL), HAFT_OK);
            CHECK_EQ(haft_model_handles(), 1);
        } HAFT_SCOPE_END(haft_ras, connection)
        CHECK_EQ(haft_model_handles(), 0);
    }
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 100);
    CHECK_EQ(haft_live(), 0);
}

TEST(q197517, connections_end_in_any_order) {
    enum { CONNECTIONS = 8 };
    static const int orders[][CONNECTIONS] = {
        { 0, 1, 2, 3, 4, 5, 6, 7 }, { 7, 6, 5, 4, 3, 2, 1, 0 }, { 3, 0, 7, 1, 6, 2, 5, 4 },
    };
    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        HRASCONN open[CONNECTIONS];
        REQUIRE(fault_boot(HAFT_NT4_SP4));
        for (int i = 0; i < CONNECTIONS; i++) {
            open[i] = dial();
            CHECK_EQ(haft_model_handles(), i + 1);
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            hang_up(open[orders[o][i]]);
            CHECK_EQ(haft_model_handles(), CONNECTIONS - 1 - i);
            CHECK_EQ(fault_last.f.raw, 4 * (orders[o][i] + 1)); /* its own token, not another connection's */
        }
        CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), CONNECTIONS);
        CHECK_EQ(haft_live(), 0);
    }
}

TEST(q197517, the_programs_own_tokens_are_left_alone) {
    HANDLE raw_before, tracked_before, tracked_between, wrapped_raw;
    haft_token wrapped = HAFT_INIT;
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    CHECK(haft_model_OpenProcessToken(self(), TOKEN_QUERY, &raw_before));
    CHECK(haft_shim_OpenProcessToken(self(), TOKEN_QUERY, &tracked_before));
    CHECK_EQ(haft_token_open_process(&wrapped, self(), TOKEN_QUERY), HAFT_OK);
    wrapped_raw = haft_token_raw(&wrapped);
    HRASCONN one = dial();
    CHECK(haft_shim_OpenProcessToken(self(), TOKEN_QUERY, &tracked_between));
    HRASCONN two = dial();
    CHECK_EQ(haft_model_handles(), 6);
    hang_up(one);
    hang_up(two);
    CHECK_EQ(haft_model_handles(), 4);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 2);
    CHECK(is_own_token(raw_before) && is_own_token(tracked_before) && is_own_token(tracked_between) && is_own_token(wrapped_raw));
    CHECK(haft_token_valid(&wrapped));
    for (int i = 0; i < 100; i++) hang_up(dial());
    CHECK_EQ(haft_model_handles(), 4);
    CHECK(is_own_token(raw_before) && is_own_token(tracked_before) && is_own_token(tracked_between) && is_own_token(wrapped_raw));
    CHECK(haft_model_CloseHandle(raw_before));
    CHECK(haft_shim_CloseHandle(tracked_before));
    CHECK(haft_shim_CloseHandle(tracked_between));
    CHECK_EQ(haft_token_close(&wrapped), HAFT_OK);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ(haft_live(), 0);
}

TEST(q197517, a_busy_line_is_recovered) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    for (int i = 0; i < 10; i++) {
        RASDIALPARAMSA p = fault_dial_params();
        HRASCONN connection = NULL;
        haft_model_dial_fails(1);
        CHECK_EQ(haft_shim_RasDialA(NULL, NULL, &p, 0, NULL, &connection), LINE_BUSY);
        REQUIRE(connection != NULL);
        hang_up(connection);
        CHECK_EQ(haft_model_handles(), 0);
    }
    haft_ras connection = HAFT_INIT;
    RASDIALPARAMSA p = fault_dial_params();
    haft_model_dial_fails(1);
    CHECK_EQ(haft_ras_dial_a(&connection, NULL, NULL, &p, 0, NULL), HAFT_E_OS);
    CHECK_EQ(haft_model_GetLastError(), LINE_BUSY);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ(haft_live(), 0);
}

TEST(q197517, a_hang_up_that_fails_recovers_nothing) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    HRASCONN connection = dial();
    CHECK_EQ(haft_shim_RasHangUpA((HRASCONN)(uintptr_t)0x40), ERROR_INVALID_HANDLE);
    CHECK_EQ(haft_model_handles(), 1);
    hang_up(connection);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK(haft_shim_RasHangUpA(connection) != ERROR_SUCCESS); /* once */
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 1);
}

TEST(q197517, off_where_it_is_fixed) {
    REQUIRE(fault_boot(HAFT_NT4_SP5));
    hang_up(dial());
    CHECK_EQ(fault_last.times, 0);
    CHECK_EQ(haft_model_handles(), 0);
}
