/* test_q160650.c: Q160650: a handle that a kernel-mode component opened, closed by user code: refuse.
 *
 *   "In Windows NT 3.51, if this happened, the handle became invalid. In Windows NT 4.0, if a kernel mode component closed
 *   an already closed handle, a blue screen error would occur." */
#include "fault.h"

static bool is_open(HANDLE handle) {
    DWORD flags;
    return haft_model_GetHandleInformation(handle, &flags) != 0;
}

/* ---- raw ---- */

static void raw_story(haft_model_version version, bool crashes) {
    REQUIRE(fault_boot(version));
    HANDLE theirs = haft_model_driver_open();
    REQUIRE(theirs != NULL);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK(haft_model_SetEvent(theirs)); /* it can be used */
    CHECK(haft_model_CloseHandle(theirs));
    CHECK_EQ(haft_model_handles(), 0);
    CHECK(!haft_model_SetEvent(theirs)); /* invalid by now, on both */
    CHECK_EQ(haft_model_GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(haft_model_crash() == NULL);
    haft_model_driver_close(theirs);
    if (!crashes) {
        CHECK(haft_model_crash() == NULL);
        return;
    }
    REQUIRE(haft_model_crash() != NULL);
    CHECK(strncmp(haft_model_crash(), "Q160650", 7) == 0);
    CHECK(haft_model_CreateEventA(NULL, 0, 0, NULL) == NULL);
    CHECK_EQ(haft_model_GetLastError(), ERROR_NOT_READY);
}

TEST(q160650, raw_nt4_crashes) { raw_story(HAFT_NT4_SP0, true); }
TEST(q160650, raw_nt4_sp6_crashes) { raw_story(HAFT_NT4_SP6, true); }
TEST(q160650, raw_nt351_has_an_invalid_handle) { raw_story(HAFT_NT351, false); }
TEST(q160650, raw_nt4_fixed_does_not_crash) { raw_story(HAFT_NT4_FIXED, false); }

TEST(q160650, raw_a_duplicate_that_closes_its_source_is_a_close) {
    HANDLE self = haft_model_GetCurrentProcess(), copy = NULL;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    HANDLE theirs = haft_model_driver_open();
    CHECK(haft_model_DuplicateHandle(self, theirs, self, &copy, 0, FALSE, DUPLICATE_CLOSE_SOURCE | DUPLICATE_SAME_ACCESS));
    haft_model_driver_close(theirs);
    CHECK(haft_model_crash() != NULL);
}

/* ---- declared ---- */

/* What a refusal is: its error, its finding, and a handle that is open as before. */
static void check_refused(BOOL closed, HANDLE theirs, haft_finding_kind kind, uint32_t error) {
    CHECK(!closed);
    CHECK_EQ(haft_model_GetLastError(), error);
    CHECK(is_open(theirs));
    CHECK_EQ(fault_last.f.kind, kind);
    CHECK_EQ(fault_last.f.raw & ~3ull, (uintptr_t)theirs);
}

TEST(q160650, a_wrapper_is_refused) {
    haft_event event = HAFT_INIT;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    HANDLE theirs = haft_model_driver_open();
    REQUIRE_EQ(haft_event_adopt(&event, theirs, HAFT_OWNER_KERNEL), HAFT_OK);
    CHECK_EQ(haft_event_owner(&event), HAFT_OWNER_KERNEL);
    CHECK(haft_model_SetEvent(haft_event_raw(&event)));
    for (int i = 0; i < 3; i++) {
        CHECK_EQ(haft_event_close(&event), HAFT_E_NOT_OWNER);
        CHECK_EQ(fault_found(HAFT_FINDING_NOT_OWNER), i + 1);
        CHECK(haft_event_raw(&event) == theirs); /* the wrapper stays */
        CHECK(is_open(theirs));
    }
    CHECK_EQ(fault_last.f.owner, HAFT_OWNER_KERNEL);
    CHECK(haft_event_release(&event) == theirs);
    haft_model_driver_close(theirs);
    CHECK(haft_model_crash() == NULL);
    CHECK_EQ(haft_model_handles(), 0);
}

static FAULT_NOINLINE BOOL close_it(HANDLE handle) {
    BOOL closed = haft_shim_CloseHandle(handle);
    return closed ? TRUE : FALSE;
}

TEST(q160650, a_raw_close_is_refused) {
    haft_event event = HAFT_INIT;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    HANDLE theirs = haft_model_driver_open();
    REQUIRE_EQ(haft_event_adopt(&event, theirs, HAFT_OWNER_KERNEL), HAFT_OK);
    check_refused(close_it(theirs), theirs, HAFT_FINDING_NOT_OWNER, ERROR_ACCESS_DENIED);
    CHECK_STR(fault_last.quirk, "Q160650");
    CHECK_EQ(fault_last.f.owner, HAFT_OWNER_KERNEL);
    CHECK(SITE_IS_IN(fault_last.at, close_it));
    /* The system does not look at the low two bits of a handle. */
    for (uintptr_t bits = 1; bits < 4; bits++)
        check_refused(close_it((HANDLE)((uintptr_t)theirs | bits)), theirs, HAFT_FINDING_NOT_OWNER, ERROR_ACCESS_DENIED);
    CHECK_EQ(haft_shim_RegCloseKey((HKEY)theirs), ERROR_INVALID_HANDLE);
    CHECK_EQ(fault_last.f.kind, HAFT_FINDING_WRONG_CLASS);
    CHECK(is_open(theirs));
    haft_model_driver_close(theirs);
    CHECK(haft_model_crash() == NULL);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK(haft_event_release(&event) == theirs);
}

TEST(q160650, a_duplicate_may_not_close_it) {
    HANDLE self = haft_model_GetCurrentProcess(), copy = (HANDLE)(uintptr_t)0x1230;
    haft_event event = HAFT_INIT;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    HANDLE theirs = haft_model_driver_open();
    REQUIRE_EQ(haft_event_adopt(&event, theirs, HAFT_OWNER_KERNEL), HAFT_OK);
    BOOL made = haft_shim_DuplicateHandle(self, theirs, self, &copy, 0, FALSE, DUPLICATE_CLOSE_SOURCE | DUPLICATE_SAME_ACCESS);
    check_refused(made, theirs, HAFT_FINDING_NOT_OWNER, ERROR_ACCESS_DENIED);
    CHECK_EQ((uintptr_t)copy, 0x1230);
    made = haft_shim_DuplicateHandle(self, theirs, NULL, NULL, 0, FALSE, DUPLICATE_CLOSE_SOURCE); /* a close by another name */
    check_refused(made, theirs, HAFT_FINDING_NOT_OWNER, ERROR_ACCESS_DENIED);
    CHECK_EQ(haft_model_handles(), 1);

    /* A duplicate of its own is the program's. */
    CHECK(haft_shim_DuplicateHandle(self, theirs, self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK_EQ(haft_model_handles(), 2);
    CHECK(haft_shim_CloseHandle(copy));
    CHECK(is_open(theirs));
    haft_model_driver_close(theirs);
    CHECK(haft_model_crash() == NULL);
    CHECK(haft_event_release(&event) == theirs);
    CHECK_EQ(haft_live(), 0);
}

TEST(q160650, a_scope_forgets_it) {
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    HANDLE theirs = haft_model_driver_open();
    HAFT_SCOPE(haft_event, event) {
        CHECK_EQ(haft_event_adopt(&event, theirs, HAFT_OWNER_KERNEL), HAFT_OK);
    } HAFT_SCOPE_END(haft_event, event)
    CHECK(is_open(theirs));
    CHECK_EQ(fault_last.times, 0);
    haft_model_driver_close(theirs);
    CHECK(haft_model_crash() == NULL);
    haft_event again = HAFT_INIT; /* what the ledger still says of it goes with the release */
    CHECK_EQ(haft_event_adopt(&again, theirs, HAFT_OWNER_KERNEL), HAFT_OK);
    CHECK(haft_event_release(&again) == theirs);
}

TEST(q160650, the_value_may_be_the_programs_afterwards) {
    haft_event event = HAFT_INIT;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    HANDLE theirs = haft_model_driver_open();
    REQUIRE_EQ(haft_event_adopt(&event, theirs, HAFT_OWNER_KERNEL), HAFT_OK);
    haft_model_driver_close(theirs);

    HANDLE ours = haft_shim_CreateFileA("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(ours == theirs); /* the lowest value is used first */
    CHECK(!haft_event_valid(&event));
    CHECK_EQ(fault_last.times, 0); /* the component did right, and so did the program */
    CHECK(haft_shim_CloseHandle(ours));
    CHECK_EQ(fault_last.times, 0);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ(haft_live(), 0);

    /* The wrapper of the component's handle is stale, and touches nothing. */
    ours = haft_shim_CreateFileA("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK_EQ(haft_event_close(&event), HAFT_E_STALE);
    CHECK(is_open(ours));
    CHECK(haft_shim_CloseHandle(ours));
}

/* ---- not declared ---- */

TEST(q160650, undeclared_is_let_through_and_counted) {
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    HANDLE theirs = haft_model_driver_open();
    CHECK(haft_shim_CloseHandle(theirs));
    CHECK_EQ(fault_last.times, 1);
    CHECK_EQ(fault_last.f.kind, HAFT_FINDING_UNKNOWN);
    CHECK_EQ(haft_model_handles(), 0);
}

TEST(q160650, strict_refuses_what_nobody_declared) {
    HANDLE self = haft_model_GetCurrentProcess(), copy = NULL;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    haft_strict_set(true);
    HANDLE theirs = haft_model_driver_open();
    check_refused(close_it(theirs), theirs, HAFT_FINDING_UNKNOWN, ERROR_ACCESS_DENIED);
    CHECK(SITE_IS_IN(fault_last.at, close_it));
    BOOL made = haft_shim_DuplicateHandle(self, theirs, self, &copy, 0, FALSE, DUPLICATE_CLOSE_SOURCE | DUPLICATE_SAME_ACCESS);
    check_refused(made, theirs, HAFT_FINDING_UNKNOWN, ERROR_ACCESS_DENIED);
    CHECK_EQ(haft_shim_RegCloseKey((HKEY)theirs), ERROR_ACCESS_DENIED);
    CHECK(is_open(theirs));
    CHECK_EQ(haft_model_handles(), 1);

    /* What the program opened itself it may close, and what is no handle at all goes to the system. */
    HANDLE ours = haft_shim_CreateFileA("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(haft_shim_CloseHandle(ours));
    CHECK(haft_shim_CloseHandle(self));
    CHECK(!haft_shim_CloseHandle(NULL));
    CHECK_EQ(haft_model_GetLastError(), ERROR_INVALID_HANDLE);
    haft_model_driver_close(theirs);
    CHECK(haft_model_crash() == NULL);
    CHECK_EQ(haft_model_handles(), 0);
}

/* ---- other systems, and the switch ---- */

TEST(q160650, the_declared_owner_counts_on_every_system) {
    static const haft_model_version versions[] = { HAFT_NT351, HAFT_NT4_SP0, HAFT_NT4_SP6, HAFT_NT4_FIXED };
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        haft_event event = HAFT_INIT;
        REQUIRE(fault_boot(versions[i]));
        HANDLE theirs = haft_model_driver_open();
        REQUIRE_EQ(haft_event_adopt(&event, theirs, HAFT_OWNER_KERNEL), HAFT_OK);
        check_refused(close_it(theirs), theirs, HAFT_FINDING_NOT_OWNER, ERROR_ACCESS_DENIED);
        haft_model_driver_close(theirs);
        CHECK(haft_model_crash() == NULL);
        CHECK(haft_event_release(&event) == theirs);
    }
}

TEST(q160650, switched_off_the_close_goes_through) {
    haft_event event = HAFT_INIT;
    REQUIRE(fault_boot(HAFT_NT351));
    haft_quirk_set(HAFT_Q160650, HAFT_QUIRK_OFF);
    HANDLE theirs = haft_model_driver_open();
    REQUIRE_EQ(haft_event_adopt(&event, theirs, HAFT_OWNER_KERNEL), HAFT_OK);
    CHECK(haft_shim_CloseHandle(theirs));
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ(haft_live(), 0);
}

TEST(q160650, code_that_was_not_rebuilt_can_be_kept_off) {
    haft_event event = HAFT_INIT;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    HANDLE theirs = haft_model_driver_open();
    CHECK_EQ(haft_kernel_protect(theirs, true), HAFT_E_NOT_OWNER);
    REQUIRE_EQ(haft_event_adopt(&event, theirs, HAFT_OWNER_KERNEL), HAFT_OK);
    CHECK_EQ(haft_kernel_protect(theirs, true), HAFT_OK);
    CHECK(!haft_model_CloseHandle(theirs)); /* the system's own */
    CHECK(is_open(theirs));
    CHECK_EQ(haft_kernel_protect(theirs, false), HAFT_OK);
    haft_model_driver_close(theirs);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK(haft_model_crash() == NULL);
    CHECK(haft_event_release(&event) == theirs);
}
