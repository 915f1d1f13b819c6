/* test_q197517_proof.c: Q197517: what may be taken for the token that a dial has left, and what may not: other people's tokens
 * that come and go meanwhile are never closed. */
#include "fault.h"

#include "base/atomic.h"
#include "base/host.h"
#include "base/lock.h"
#include "core/ledger.h"
#include "types/guard.h"

#include <limits.h>

#define NO_SUCH_ENTRY 623 /* of raserror.h: no entry of that name in the phone book */

static HANDLE self(void) { return haft_model_GetCurrentProcess(); }

static bool is_own_token(HANDLE token) { return haft__port_model.token_is_own(token); }

static HRASCONN dial(void) {
    RASDIALPARAMSA p = fault_dial_params();
    HRASCONN connection = NULL;
    CHECK_EQ(haft_shim_RasDialA(NULL, NULL, &p, 0, NULL, &connection), ERROR_SUCCESS);
    return connection;
}

static void hang_up(HRASCONN connection) { CHECK_EQ(haft_shim_RasHangUpA(connection), ERROR_SUCCESS); }

static HANDLE anothers;
static int opens_during;
static bool opens_by_shim;

/* Code out of sight, or in sight, opens the token of this process while the dial runs. */
static DWORD WINAPI dial_in_company(LPRASDIALEXTENSIONS extensions, LPCSTR book, LPRASDIALPARAMSA p, DWORD type,
                                    LPVOID notifier, LPHRASCONN ret) {
    for (int i = 0; i < opens_during; i++)
        CHECK(opens_by_shim ? haft_shim_OpenProcessToken(self(), TOKEN_QUERY, &anothers)
                            : haft__port_model.OpenProcessToken(self(), TOKEN_QUERY, &anothers));
    return haft__port_model.RasDialA(extensions, book, p, type, notifier, ret);
}

TEST(q197517, two_that_could_be_it_are_left_alone) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    fault_port()->RasDialA = dial_in_company;
    opens_during = 1;
    opens_by_shim = false;
    HRASCONN connection = dial();
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);
    CHECK_EQ(haft_model_handles(), 2);
    hang_up(connection);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
    CHECK_EQ(haft_model_handles(), 2);
    CHECK(is_own_token(anothers));
}

TEST(q197517, what_is_in_sight_cannot_be_it) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    fault_port()->RasDialA = dial_in_company;
    opens_during = 1;
    opens_by_shim = true;
    hang_up(dial());
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 1);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK(is_own_token(anothers));
    CHECK(haft_shim_CloseHandle(anothers));
}

TEST(q197517, another_processs_token_cannot_be_it) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    HANDLE other = haft_model_OpenProcess(PROCESS_ALL_ACCESS, FALSE, haft_model_other_process()), token = NULL;
    CHECK(haft_model_OpenProcessToken(other, TOKEN_QUERY, &token));
    hang_up(dial());
    CHECK_EQ(haft_model_handles(), 2);
    CHECK(haft_model_CloseHandle(token));
    CHECK(haft_model_CloseHandle(other));
}

static DWORD WINAPI dial_with_anothers(LPRASDIALEXTENSIONS extensions, LPCSTR book, LPRASDIALPARAMSA p, DWORD type,
                                       LPVOID notifier, LPHRASCONN ret) {
    HANDLE other = haft_model_OpenProcess(PROCESS_ALL_ACCESS, FALSE, haft_model_other_process());
    CHECK(haft_model_OpenProcessToken(other, TOKEN_QUERY, &anothers));
    CHECK(haft_model_CloseHandle(other));
    return haft__port_model.RasDialA(extensions, book, p, type, notifier, ret);
}

/* One that appears during the dial does not make the dial's own doubtful, and alone is none. */
TEST(q197517, another_processs_token_of_meanwhile_cannot_be_it) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    fault_port()->RasDialA = dial_with_anothers;
    hang_up(dial());
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 0);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK(haft_model_CloseHandle(anothers));

    REQUIRE(fault_boot(HAFT_NT4_SP5)); /* leaves none */
    haft_quirk_set(HAFT_Q197517, HAFT_QUIRK_ON);
    fault_port()->RasDialA = dial_with_anothers;
    HRASCONN connection = dial();
    CHECK_EQ(haft_live(), 1); /* the connection */
    hang_up(connection);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(fault_last.times, 0);
    CHECK(haft_model_CloseHandle(anothers));
}

/* A handle that somebody had as the dial began, and that nobody has as it ends. */
static HANDLE lets_go;
static haft_token *lets_go_wrapper;

static DWORD WINAPI dial_letting_go(LPRASDIALEXTENSIONS extensions, LPCSTR book, LPRASDIALPARAMSA p, DWORD type,
                                    LPVOID notifier, LPHRASCONN ret) {
    if (lets_go_wrapper) CHECK(haft_token_release(lets_go_wrapper) == lets_go);
    else CHECK(haft_shim_CloseHandle(lets_go));
    return haft__port_model.RasDialA(extensions, book, p, type, notifier, ret);
}

TEST(q197517, a_value_that_was_somebodys_proves_nothing) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    fault_port()->RasDialA = dial_letting_go;
    lets_go_wrapper = NULL;
    CHECK(haft_shim_OpenProcessToken(self(), TOKEN_QUERY, &lets_go));
    HRASCONN connection = dial(); /* its token has the value now */
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);
    hang_up(connection);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
}

/* Asked for where the system does not leak: then a token that is let go meanwhile is all there is to be seen. */
TEST(q197517, a_token_that_is_let_go_is_left_alone) {
    haft_token token = HAFT_INIT;
    REQUIRE(fault_boot(HAFT_NT4_SP5));
    haft_quirk_set(HAFT_Q197517, HAFT_QUIRK_ON);
    fault_port()->RasDialA = dial_letting_go;
    CHECK_EQ(haft_token_open_process(&token, self(), TOKEN_QUERY), HAFT_OK);
    lets_go = haft_token_raw(&token);
    lets_go_wrapper = &token;
    hang_up(dial());
    CHECK(is_own_token(lets_go));
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
    CHECK(haft_model_CloseHandle(lets_go));
    CHECK_EQ(haft_live(), 0);
}

/* A program that knew of the leak, and closed the token itself. Its value is another token's by the time of the hang-up. */
TEST(q197517, a_value_that_is_anothers_by_now_is_left_alone) {
    HANDLE ours = NULL;
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    HRASCONN connection = dial();
    HANDLE left = (HANDLE)(uintptr_t)4;
    REQUIRE(is_own_token(left));
    CHECK(haft_shim_CloseHandle(left));
    CHECK(haft_shim_OpenProcessToken(self(), TOKEN_QUERY, &ours));
    CHECK(ours == left);
    hang_up(connection);
    CHECK(is_own_token(ours));
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
    CHECK(haft_shim_CloseHandle(ours));
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ(haft_live(), 0);
}

/* ---- many threads ---- */

static void cycle(unsigned number) {
    (void)number;
    for (int i = 0; i < 300; i++) {
        HANDLE own = NULL;
        CHECK(haft_shim_OpenProcessToken(self(), TOKEN_QUERY, &own));
        HRASCONN connection = dial();
        CHECK(is_own_token(own));
        hang_up(connection);
        CHECK(is_own_token(own));
        CHECK(haft_shim_CloseHandle(own));
    }
}

TEST(q197517, dials_on_many_threads) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    haft_sink_set(NULL, NULL);
    fault_threads(4, cycle);
    /* Dials that overlap may hide each other's token: then it stays, and is reported. */
    uint64_t recovered = fault_found(HAFT_FINDING_RECOVERED), unproved = fault_found(HAFT_FINDING_UNPROVED);
    CHECK_EQ(haft_model_handles(), 4 * 300 - recovered);
    CHECK_EQ(recovered + unproved, 4 * 300);
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(fault_found(HAFT_FINDING_FOREIGN_CLOSE), 0);
}

/* A dial that leaves nothing, on a system that is believed to leak, while another thread, which opened a token after the
 * dial began, is in the middle of closing it: out of the ledger, and still open. It must not be taken for a leaked one. */
enum { DIALLING = 1, CLOSING, DIALLED };
static haft__a32 stage;
static bool by_wrapper, closed_well;

static void wait_for(uint32_t which, unsigned turns) {
    for (unsigned i = 0; haft__load32(&stage) < which && i < turns; i++) haft__yield(i);
}

static DWORD WINAPI dial_meanwhile(LPRASDIALEXTENSIONS extensions, LPCSTR book, LPRASDIALPARAMSA p, DWORD type,
                                   LPVOID notifier, LPHRASCONN ret) {
    haft__store32(&stage, DIALLING);
    wait_for(CLOSING, UINT_MAX);
    return haft__port_model.RasDialA(extensions, book, p, type, notifier, ret);
}

/* Ends in any case: the dial may be waiting for this close. */
static BOOL WINAPI close_in_the_middle(HANDLE handle) {
    haft__store32(&stage, CLOSING);
    wait_for(DIALLED, 200);
    closed_well = is_own_token(handle) && haft__port_model.CloseHandle(handle);
    return closed_well;
}

static void dial_or_close(unsigned number) {
    HANDLE own = NULL;
    haft_token wrapped = HAFT_INIT;
    if (number == 0) {
        hang_up(dial());
        haft__store32(&stage, DIALLED);
        return;
    }
    wait_for(DIALLING, UINT_MAX);
    if (by_wrapper) {
        CHECK_EQ(haft_token_open_process(&wrapped, self(), TOKEN_QUERY), HAFT_OK);
        CHECK_EQ(haft_token_close(&wrapped), HAFT_OK);
    } else {
        CHECK(haft_shim_OpenProcessToken(self(), TOKEN_QUERY, &own));
        CHECK(haft_shim_CloseHandle(own));
    }
}

TEST(q197517, a_token_that_is_being_closed_cannot_be_it) {
    for (int i = 0; i < 2; i++) {
        REQUIRE(fault_boot(HAFT_NT4_SP5));
        haft_quirk_set(HAFT_Q197517, HAFT_QUIRK_ON);
        haft_sink_set(NULL, NULL);
        haft__nt_port *port = fault_port();
        port->RasDialA = dial_meanwhile;
        port->CloseHandle = close_in_the_middle;
        haft__store32(&stage, 0);
        by_wrapper = i != 0;
        fault_threads(2, dial_or_close);
        CHECK(closed_well);
        CHECK_EQ(haft_model_handles(), 0);
        CHECK_EQ(haft_live(), 0);
        CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
        CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 0);
        CHECK_EQ(fault_found(HAFT_FINDING_CLOSE_FAILED), 0);
    }
}

/* A dial that fails before it has made a connection: nothing tells whether it has opened the token. */
static DWORD WINAPI dial_in_vain(LPRASDIALEXTENSIONS extensions, LPCSTR book, LPRASDIALPARAMSA p, DWORD type,
                                 LPVOID notifier, LPHRASCONN ret) {
    CHECK(haft__port_model.OpenProcessToken(self(), TOKEN_QUERY, &anothers));
    p->szEntryName[0] = '\0';
    return haft__port_model.RasDialA(extensions, book, p, type, notifier, ret);
}

TEST(q197517, without_a_connection_nothing_is_recovered) {
    RASDIALPARAMSA p = fault_dial_params();
    HRASCONN connection = NULL;
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    fault_port()->RasDialA = dial_in_vain;
    CHECK_EQ(haft_shim_RasDialA(NULL, NULL, &p, 0, NULL, &connection), NO_SUCH_ENTRY);
    CHECK(connection == NULL);
    CHECK(is_own_token(anothers));
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);
    CHECK_EQ(haft_live(), 0);
}

/* ---- where it is not proved, or not closed ---- */

static void close_all(size_t handles) {
    CHECK_EQ(haft_model_handles(), handles);
    for (size_t i = 1; i <= handles; i++) CHECK(haft_model_CloseHandle((HANDLE)(uintptr_t)(i * 4)));
}

TEST(q197517, inv7_among_too_many_none_is_proved) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    fault_port()->RasDialA = dial_in_company;
    opens_during = 17;
    opens_by_shim = false;
    hang_up(dial());
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
    close_all(18);
}

/* The value has been reopened too often for the ledger, so at hang-up nobody could say that it is still the dial's. */
TEST(q197517, inv7_what_cannot_be_tracked_is_left_alone) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    static const haft_class tokens = { "token", HAFT_CLASS_TOKEN, HAFT_SPACE_KERNEL, { 0, 0 }, NULL, NULL };
    haft__entry *e = haft__pin(haft__place_of(&tokens, HAFT_CLASS_TOKEN, 4), true);
    REQUIRE(e != NULL);
    uint64_t kept = haft__load64(&e->word);
    haft__store64(&e->word, HAFT__GENERATION_MASK);
    hang_up(dial());
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
    haft__store64(&e->word, kept);
    close_all(1);
}

static unsigned allocations, fails_at;
static bool fail_one(size_t bytes) { return (void)bytes, ++allocations != fails_at; }

/* Whichever allocation fails: the token is closed and told as recovered, or it is there and is not. */
TEST(q197517, inv7_no_memory_leaves_it_alone) {
    unsigned unproved = 0;
    fails_at = 0;
    do {
        REQUIRE(fault_boot(HAFT_NT4_SP4));
        RASDIALPARAMSA p = fault_dial_params();
        HRASCONN connection = NULL;
        allocations = 0;
        fails_at++;
        haft__alloc_hook = fail_one;
        DWORD code = haft_shim_RasDialA(NULL, NULL, &p, 0, NULL, &connection);
        haft__alloc_hook = NULL;
        if (connection) CHECK_EQ(haft_shim_RasHangUpA(connection), ERROR_SUCCESS);
        CHECK(code == ERROR_SUCCESS || !fault_found(HAFT_FINDING_RECOVERED));
        unproved += fault_found(HAFT_FINDING_UNPROVED) != 0;
        close_all(haft_model_handles());
        CHECK(haft_model_handles() == 0 && haft_live() == 0);
    } while (allocations >= fails_at);
    CHECK(unproved > 0);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 1); /* the last time none failed */
}

static BOOL WINAPI cannot_close(HANDLE handle) { return (void)handle, FALSE; }

TEST(q197517, inv7_one_that_the_system_will_not_close_is_told) {
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    HRASCONN connection = dial();
    fault_port()->CloseHandle = cannot_close;
    hang_up(connection);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_RECOVERED), 0);
    close_all(1);
}

/* Whoever does not ask for the connection cannot hang it up: there is no moment to close the token. */
static DWORD WINAPI dial_without_connection(LPRASDIALEXTENSIONS extensions, LPCSTR book, LPRASDIALPARAMSA p, DWORD type,
                                            LPVOID notifier, LPHRASCONN ret) {
    (void)extensions, (void)book, (void)p, (void)type, (void)notifier, (void)ret;
    CHECK(haft__port_model.OpenProcessToken(self(), TOKEN_QUERY, &anothers));
    return ERROR_SUCCESS;
}

TEST(q197517, inv7_a_token_without_a_connection_is_left_alone) {
    HRASCONN none = NULL;
    haft__dial_ask ask = { NULL, NULL, NULL, NULL, NULL, 0, NULL, false };
    REQUIRE(fault_boot(HAFT_NT4_SP4));
    fault_port()->RasDialA = dial_without_connection;
    CHECK_EQ(haft__guard_dial(NULL, &ask, NULL), ERROR_SUCCESS);
    CHECK_EQ(haft__guard_dial(NULL, &ask, &none), ERROR_SUCCESS);
    CHECK_EQ(fault_found(HAFT_FINDING_UNPROVED), 2);
    close_all(2);
}
