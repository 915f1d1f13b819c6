/* test_harness.c: the harness itself: what the other tests lean on must move when it should. */
#include "harness/test.h"

#include <stdio.h>

TEST(harness, oracle_moves) {
    int before = haft_test_system_handles();
    FILE *one = fopen("haft_tests_oracle.tmp", "w");
    FILE *two = fopen("haft_tests_oracle.tmp", "r");
    REQUIRE(one && two);
    CHECK(before >= 0);
    CHECK_EQ(haft_test_system_handles(), before + 2);
    fclose(two);
    CHECK_EQ(haft_test_system_handles(), before + 1);
    fclose(one);
    CHECK_EQ(haft_test_system_handles(), before);
    remove("haft_tests_oracle.tmp");
}
