/* main.c: runs the tests of one group: haft_tests GROUP [NAME]; haft_tests --list names the groups. */
#include "harness/test.h"

#include <stdio.h>
#include <stdlib.h>

#define HAFT_TEST(group, name) void haft__test_##group##_##name(void);
#include "tests.inc"
#undef HAFT_TEST

typedef struct entry {
    const char *group;
    const char *name;
    void (*run)(void);
} entry;

static const entry entries[] = {
#define HAFT_TEST(group, name) { #group, #name, haft__test_##group##_##name },
#include "tests.inc"
#undef HAFT_TEST
    { NULL, NULL, NULL }
};

/* Of the test that runs. `failures` is written from any thread. */
static struct {
#if defined(_MSC_VER) && !defined(__clang__)
    long volatile failures;
#else
    long failures;
#endif
    const char *skipped;
    int leaves;
    bool quiet; /* the second run, for the handles only */
} now;

static void count_failure(void) {
#if defined(_MSC_VER) && !defined(__clang__)
    _InterlockedIncrement(&now.failures);
#else
    __atomic_add_fetch(&now.failures, 1, __ATOMIC_RELAXED);
#endif
}

void haft_test_fail(const char *file, int line, const char *what) {
    count_failure();
    if (!now.quiet) printf("    %s:%d: failed: %s\n", file, line, what);
}

bool haft_test_equal(const char *file, int line, const char *a, const char *b, long long va, long long vb) {
    if (va == vb) return true;
    count_failure();
    if (!now.quiet) printf("    %s:%d: failed: %s == %s: %lld (0x%llx), not %lld (0x%llx)\n", file, line, a, b, va, va, vb, vb);
    return false;
}

bool haft_test_equal_text(const char *file, int line, const char *a, const char *b, const char *va, const char *vb) {
    if (va == vb || (va && vb && !strcmp(va, vb))) return true;
    count_failure();
    if (!now.quiet) {
        printf("    %s:%d: failed: %s == %s:\n", file, line, a, b);
        printf("        \"%s\"\n    not \"%s\"\n", va ? va : "(null)", vb ? vb : "(null)");
    }
    return false;
}

void haft_test_skip(const char *reason) { now.skipped = reason; }

void haft_test_leaves(int handles) { now.leaves = handles; }

/* One run; gives back by how many the system's handles grew beyond what the test said. */
static int run_once(const entry *e, bool quiet) {
    int before = haft_test_system_handles();
    now.failures = 0;
    now.skipped = NULL;
    now.leaves = 0;
    now.quiet = quiet;
    e->run();
    return haft_test_system_handles() - before - now.leaves;
}

static void run(const entry *e, int counts[3]) {
    int grown;
    long failures;
    const char *skipped;
    printf(".. %s\n", e->name);
    grown = run_once(e, false);
    failures = now.failures;
    skipped = now.skipped;
    if (grown > 0 && !failures && (grown = run_once(e, true)) > 0) {
        printf("    left %d handle(s) of the system open, in each of two runs\n", grown);
        failures++;
    }
    if (failures) {
        printf("FAIL %s\n", e->name);
        counts[1]++;
    } else if (skipped) {
        printf("SKIP %s %s\n", e->name, skipped);
        counts[2]++;
    } else {
        printf("ok %s\n", e->name);
        counts[0]++;
    }
}

static int list_groups(void) {
    const entry *e, *f;
    for (e = entries; e->group; e++) {
        for (f = entries; f < e && strcmp(f->group, e->group); f++) {}
        if (f == e) printf("%s\n", e->group);
    }
    return 0;
}

#if defined(HAFT_COVERAGE)
#include <signal.h>
void __gcov_dump(void);
/* A program that is aborted would leave no counts. */
static void keep_counts(int number) {
    (void)number;
    __gcov_dump();
}
#endif

int main(int argc, char **argv) {
    int counts[3] = { 0, 0, 0 };
    const entry *e;
#if defined(HAFT_COVERAGE)
    signal(SIGABRT, keep_counts);
#endif
    setvbuf(stdout, NULL, _IONBF, 0); /* a crash must not take the lines before it along */
    if (argc == 2 && !strcmp(argv[1], "--list")) return list_groups();
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: haft_tests --list | GROUP [NAME]\n");
        return 2;
    }
    for (e = entries; e->group; e++) {
        if (!strcmp(e->group, argv[1]) && (argc == 2 || !strcmp(e->name, argv[2]))) run(e, counts);
    }
    if (counts[0] + counts[1] + counts[2] == 0) {
        fprintf(stderr, "no such test\n");
        return 2;
    }
    printf("%d passed, %d failed, %d skipped\n", counts[0], counts[1], counts[2]);
    return counts[1] ? 1 : 0;
}
