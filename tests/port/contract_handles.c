/* contract_handles.c: the contract of every port: the handle table. */
#include "contract.h"

#include "base/atomic.h"
#include "base/lock.h"
#include "harness/test.h"

#include <string.h>

static HANDLE with_bits(HANDLE h, uintptr_t bits) { return (HANDLE)((uintptr_t)h | bits); }
static HANDLE self(void) { return (HANDLE)(intptr_t)-1; }

void contract_the_table_has_no_gaps(void) {
    const haft__nt_port *nt = haft__nt();
#define IS_THERE(result, api, from, n, types, failure) CHECK(nt->api != NULL);
    HAFT__NT_API(IS_THERE)
    CHECK(nt->name != NULL && nt->last_error != NULL && nt->set_last_error != NULL && nt->version != NULL);
    CHECK(nt->key_name != NULL && nt->drive_is_remote != NULL && nt->handles != NULL && nt->thread_info != NULL);
    CHECK(nt->process_id != NULL && nt->token_is_own != NULL && nt->error_of_status != NULL && nt->now != NULL);
    CHECK(nt->is_open != NULL && nt->protect != NULL && nt->is_protected != NULL);
}

/* The oracle that all the other tests trust. */
void contract_a_handle_moves_the_count_by_one(void) {
    size_t before = contract_count();
    HANDLE h[3];
    for (size_t i = 0; i < 3; i++) {
        h[i] = contract_event();
        CHECK_EQ(contract_count(), before + i + 1);
        CHECK(haft__nt()->is_open(h[i]));
    }
    for (size_t i = 0; i < 3; i++) {
        CHECK(haft__nt()->CloseHandle(h[i]));
        CHECK_EQ(contract_count(), before + 2 - i);
        CHECK(!haft__nt()->is_open(h[i]));
    }
}

void contract_closing_twice_fails(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE h = contract_event();
    CHECK(nt->CloseHandle(h));
    nt->set_last_error(0);
    CHECK(!nt->CloseHandle(h));
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
    CHECK_EQ(nt->RegCloseKey((HKEY)h), ERROR_INVALID_HANDLE);
}

void contract_a_success_keeps_the_last_error(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE h = contract_event(), copy = NULL;
    nt->set_last_error(4711);
    CHECK(nt->DuplicateHandle(self(), h, self(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK_EQ(nt->last_error(), 4711);
    CHECK(nt->CloseHandle(copy));
    CHECK(nt->CloseHandle(h));
    CHECK_EQ(nt->last_error(), 4711);
}

void contract_no_handle_is_null_or_made_up(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE none[] = { NULL, (HANDLE)(uintptr_t)0x7FFF0, (HANDLE)(uintptr_t)0xFFFFFF0 };
    for (size_t i = 0; i < 3; i++) {
        nt->set_last_error(0);
        CHECK(!nt->CloseHandle(none[i]));
        CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
        CHECK(!nt->is_open(none[i]));
        CHECK_EQ(nt->protect(none[i], true), ERROR_INVALID_HANDLE);
    }
}

/* In whatever order they were closed. */
void contract_the_lowest_value_is_used_first(void) {
    enum { N = 32 };
    const haft__nt_port *nt = haft__nt();
    HANDLE h[N], again[N];
    if (!contract_lowest_first()) SKIP("this Windows chooses a handle's value in another way");
    for (size_t i = 0; i < N; i++) h[i] = contract_event();
    for (size_t i = 0; i < N; i++) {
        CHECK_EQ((uintptr_t)h[i] % 4, 0);
        CHECK(i == 0 || (uintptr_t)h[i] > (uintptr_t)h[i - 1]);
    }
    for (size_t i = 0; i < N; i++) CHECK(nt->CloseHandle(h[(i * 11 + 5) % N]));
    for (size_t i = 0; i < N; i++) {
        again[i] = contract_event();
        CHECK(again[i] == h[i]);
    }
    for (size_t i = 0; i < N; i++) CHECK(nt->CloseHandle(again[i]));
}

void contract_the_low_two_bits_are_ignored(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE h = contract_event(), copy = NULL;
    for (uintptr_t bits = 1; bits <= 3; bits++) {
        CHECK(nt->is_open(with_bits(h, bits)));
        CHECK(nt->DuplicateHandle(self(), with_bits(h, bits), self(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
        CHECK(nt->CloseHandle(with_bits(copy, bits)));
        CHECK(!nt->is_open(copy));
    }
    CHECK(nt->CloseHandle(with_bits(h, 2)));
    CHECK(!nt->is_open(h));
}

void contract_closing_a_pseudo_handle_does_nothing(void) {
    const haft__nt_port *nt = haft__nt();
    size_t before = contract_count();
    uint64_t id = nt->process_id(self());
    nt->CloseHandle(self());
    nt->CloseHandle((HANDLE)(intptr_t)-2);
    CHECK_EQ(nt->RegCloseKey(HKEY_LOCAL_MACHINE), ERROR_SUCCESS);
    CHECK_EQ(contract_count(), before);
    CHECK_EQ(nt->process_id(self()), id);
}

void contract_duplicates_live_alone(void) {
    const haft__nt_port *nt = haft__nt();
    size_t before = contract_count();
    HANDLE h = contract_event(), copy = NULL;
    REQUIRE(nt->DuplicateHandle(self(), h, self(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK(copy != h && copy != NULL);
    CHECK_EQ(contract_count(), before + 2);
    CHECK(nt->CloseHandle(h));
    CHECK(nt->is_open(copy));
    CHECK(nt->CloseHandle(copy));
    nt->set_last_error(0);
    CHECK(!nt->DuplicateHandle(self(), copy, self(), &h, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
}

/* Whether the copy may get the very value of its source is left open: systems differ. */
void contract_a_duplicate_can_replace_its_source(void) {
    const haft__nt_port *nt = haft__nt();
    size_t before = contract_count();
    HANDLE h = contract_event(), copy = NULL;
    DWORD options = DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE;
    REQUIRE(nt->DuplicateHandle(self(), h, self(), &copy, 0, FALSE, options));
    CHECK_EQ(contract_count(), before + 1);
    CHECK(nt->is_open(copy));
    CHECK(copy == h || !nt->is_open(h));
    CHECK(nt->CloseHandle(copy));
}

void contract_a_failed_duplicate_closes_its_source_too(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE h = contract_event(), no_process = contract_event(), copy = NULL;
    DWORD options = DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE;
    CHECK(!nt->DuplicateHandle(self(), h, no_process, &copy, 0, FALSE, options));
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
    CHECK(!nt->is_open(h));
    CHECK(nt->CloseHandle(no_process));
}

void contract_a_pseudo_handle_becomes_a_real_one(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE process = NULL, thread = NULL;
    haft__thread_info info;
    REQUIRE(nt->DuplicateHandle(self(), self(), self(), &process, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK_EQ(nt->process_id(process), nt->process_id(self()));
    REQUIRE(nt->DuplicateHandle(self(), (HANDLE)(intptr_t)-2, self(), &thread, 0, FALSE, DUPLICATE_SAME_ACCESS));
    REQUIRE(nt->thread_info(thread, &info));
    CHECK(!info.ended);
    CHECK_EQ(info.process, nt->process_id(self()));
    CHECK(nt->CloseHandle(thread));
    CHECK(nt->CloseHandle(process));
}

void contract_a_protected_handle_stays(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE h = contract_event();
    uint32_t error = nt->protect(h, true);
    if (error == ERROR_CALL_NOT_IMPLEMENTED) {
        CHECK(nt->CloseHandle(h));
        SKIP("this system cannot protect a handle");
    }
    CHECK_EQ(error, 0);
    CHECK(nt->is_protected(h));
    nt->set_last_error(0);
    CHECK(!nt->CloseHandle(h));
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
    CHECK_EQ(nt->RegCloseKey((HKEY)h), ERROR_INVALID_HANDLE);
    CHECK(nt->is_open(h));
    CHECK_EQ(nt->protect(h, false), 0);
    CHECK(!nt->is_protected(h));
    CHECK(nt->CloseHandle(h));
    nt->set_last_error(0);
    CHECK(!nt->is_protected(h));
    CHECK_EQ(nt->last_error(), 0);
}

/* What is protected is not closed for its duplicate, and its duplicate is not protected. */
void contract_a_protected_source_stays(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE h = contract_event(), copy = NULL;
    if (nt->protect(h, true) == ERROR_CALL_NOT_IMPLEMENTED) {
        CHECK(nt->CloseHandle(h));
        SKIP("this system cannot protect a handle");
    }
    CHECK(nt->DuplicateHandle(self(), h, self(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
    CHECK(nt->is_protected(h) && !nt->is_protected(copy));
    CHECK_EQ(nt->protect(h, false), 0);
    CHECK(nt->CloseHandle(h));
    CHECK(nt->CloseHandle(copy));
}

/* A handle that two threads were given at once would be closed twice: the second close fails. */
static haft__a32 failed, running;

static DWORD WINAPI open_and_close(LPVOID unused) {
    const haft__nt_port *nt = haft__nt();
    (void)unused;
    for (int i = 0; i < 200; i++) {
        HANDLE h = nt->CreateEventA(NULL, TRUE, FALSE, NULL);
        if (!h || !nt->is_open(h) || !nt->CloseHandle(h)) haft__add32(&failed, 1);
        if (i == 0) haft__add32(&running, 1);
    }
    return 0;
}

void contract_threads_share_the_table(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE threads[3];
    haft__store32(&failed, 0);
    haft__store32(&running, 0);
    for (size_t i = 0; i < 3; i++) {
        threads[i] = nt->CreateThread(NULL, 0, open_and_close, NULL, 0, NULL);
        CHECK(threads[i] != NULL);
    }
    for (size_t i = 0; i < 3; i++) {
        if (!threads[i]) continue;
        contract_wait(threads[i]);
        CHECK(nt->CloseHandle(threads[i]));
    }
    CHECK_EQ(haft__load32(&failed), 0);
    CHECK_EQ(haft__load32(&running), 3);
}
