/* test.h: how a test is written.
 *
 *     TEST(ledger, close_is_once) {        a test of the group "ledger"; each group runs in a process of its own
 *         haft_event e = HAFT_INIT;
 *         REQUIRE(haft_event_create_a(&e, NULL, 1, 0, NULL) == HAFT_OK);   false: the test ends here
 *         CHECK_EQ(haft_event_close(&e), HAFT_OK);                          false: it fails and goes on
 *     }
 *
 * There is nothing else to register: the build finds the tests by running the preprocessor, so #if and macros that make tests work.
 * A test that leaves more of the system's handles open than it found fails, unless it says LEAVES(n); it is run once more first,
 * because a system may keep a handle of its own at the first use of something. So a test must be able to run twice.
 * CHECK works in any thread; REQUIRE and SKIP only in the test's own function.
 */
#ifndef HAFT_TESTS_TEST_H
#define HAFT_TESTS_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#ifdef HAFT_TEST_SCAN
#define TEST(group, name) haft__found_test(group, name) void haft__test_##group##_##name(void)
#else
#define TEST(group, name)                    \
    void haft__test_##group##_##name(void);  \
    void haft__test_##group##_##name(void)
#endif

#define CHECK(condition) ((condition) ? (void)0 : haft_test_fail(__FILE__, __LINE__, #condition))
#define CHECK_EQ(a, b) ((void)haft_test_equal(__FILE__, __LINE__, #a, #b, (long long)(a), (long long)(b)))
#define CHECK_STR(a, b) ((void)haft_test_equal_text(__FILE__, __LINE__, #a, #b, (a), (b)))

#define REQUIRE(condition)                                        \
    do {                                                          \
        if (!(condition)) {                                       \
            haft_test_fail(__FILE__, __LINE__, #condition);       \
            return;                                               \
        }                                                         \
    } while (0)
#define REQUIRE_EQ(a, b)                                                                                   \
    do {                                                                                                   \
        if (!haft_test_equal(__FILE__, __LINE__, #a, #b, (long long)(a), (long long)(b))) return;          \
    } while (0)

/* Ends the test: neither passed nor failed, for this reason. */
#define SKIP(reason)             \
    do {                         \
        haft_test_skip(reason);  \
        return;                  \
    } while (0)

/* This test leaves n of the system's handles open on purpose. */
#define LEAVES(n) haft_test_leaves(n)

void haft_test_fail(const char *file, int line, const char *what);
bool haft_test_equal(const char *file, int line, const char *a, const char *b, long long va, long long vb);
bool haft_test_equal_text(const char *file, int line, const char *a, const char *b, const char *va, const char *vb);
void haft_test_skip(const char *reason);
void haft_test_leaves(int handles);

/* The handles open in this process, or its descriptors: the system's own count, not Haft's. -1: it cannot be asked. */
int haft_test_system_handles(void);

#endif
