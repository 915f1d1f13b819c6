/* test_posix_report.c: where a report cannot be written, or not at once; a variable that must not be trusted. Each is a program of
 * its own: this one, started anew. */
#define _GNU_SOURCE
#include "harness/child.h"
#include "unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH "haft_tests_hostile.tmp"
#define OTHER "haft_tests_hostile_other.tmp"
#define NOBODY 65534

/* ---- the programs; in a run of all tests they do nothing ---- */

TEST(hostile_report_child, leak_and_exit) {
    if (!child_is_one()) return;
    haft_hold h = { 0, 0 };
    haft__adopt(&h, 0x444, HAFT_OWNER_USER, &unit_event, NULL);
    exit(0);
}

/* More than is written at once. */
TEST(hostile_report_child, leak_a_lot_and_exit) {
    enum { MANY = 300 };
    static haft_hold h[MANY];
    if (!child_is_one()) return;
    for (uint64_t i = 0; i < MANY; i++)
        haft__adopt(&h[i], 0x4000 + i * 4, HAFT_OWNER_USER, &unit_event, (const void *)(uintptr_t)(0x5000 + i * 16));
    exit(0);
}

TEST(hostile_report_child, leave_no_descriptor) {
    struct rlimit none = { 0, 0 };
    if (!child_is_one()) return;
    CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
    haft__test_hostile_report_child_leak_and_exit();
}

TEST(hostile_report_child, tell_who) {
    if (!child_is_one()) return;
    printf("uid=%d euid=%d key=%u", (int)getuid(), (int)geteuid(), haft_limit_get(HAFT_CLASS_KEY));
}

/* ---- running them ---- */

static void limit_time(void) { alarm(60); }

static void become_nobody(void) {
    limit_time();
    if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0)) _exit(126);
}

static bool ended_well(const child_ran *r) { return WIFEXITED(r->status) && WEXITSTATUS(r->status) == 0; }

static bool is_a_report(const char *text) {
    return strncmp(text, "1 live event opened at ", 23) == 0 && strstr(text, "\n1 live handles, 0 not tracked\n") != NULL;
}

static void is_told(const char *test, const char *path, void (*before)(void)) {
    child_ran r;
    char value[256], expected[512];
    snprintf(value, sizeof value, "report=%s", path);
    snprintf(expected, sizeof expected, "haft: setting: not understood in HAFT: cannot write the report, %s\n", path);
    child_run(NULL, "hostile_report_child", test, value, before, &r);
    CHECK(ended_well(&r));
    CHECK_STR(r.err, expected);
}

static void make_file(const char *path, mode_t mode) {
    remove(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, mode);
    CHECK(fd >= 0 && write(fd, "before", 6) == 6 && fchmod(fd, mode) == 0);
    close(fd);
}

TEST(hostile_report, a_link_leads_to_its_file) {
    child_ran r;
    char text[1024];
    struct stat st;
    make_file(OTHER, 0600);
    remove(PATH);
    REQUIRE(symlink(OTHER, PATH) == 0);
    child_run(NULL, "hostile_report_child", "leak_and_exit", "report=" PATH, limit_time, &r);
    CHECK(ended_well(&r));
    CHECK_STR(r.err, "");
    CHECK(lstat(PATH, &st) == 0 && S_ISLNK(st.st_mode));
    child_read_back(OTHER, text, sizeof text);
    CHECK(is_a_report(text));
    remove(PATH);
}

TEST(hostile_report, a_link_to_itself) {
    remove(PATH);
    REQUIRE(symlink(PATH, PATH) == 0);
    is_told("leak_and_exit", PATH, limit_time);
    remove(PATH);
}

TEST(hostile_report, a_directory) {
    remove(PATH);
    REQUIRE(mkdir(PATH, 0700) == 0);
    is_told("leak_and_exit", PATH, limit_time);
    CHECK(rmdir(PATH) == 0); /* empty, as it was */
}

TEST(hostile_report, a_fifo_that_nobody_reads_is_not_waited_for) {
    remove(PATH);
    REQUIRE(mkfifo(PATH, 0600) == 0);
    is_told("leak_and_exit", PATH, limit_time);
    remove(PATH);
}

TEST(hostile_report, a_fifo_that_is_read) {
    child_ran r;
    char text[1024] = "";
    remove(PATH);
    REQUIRE(mkfifo(PATH, 0600) == 0);
    int reader = open(PATH, O_RDONLY | O_NONBLOCK);
    child_run(NULL, "hostile_report_child", "leak_and_exit", "report=" PATH, limit_time, &r);
    ssize_t n = read(reader, text, sizeof text - 1);
    CHECK(n > 0 && is_a_report(text));
    CHECK(ended_well(&r));
    CHECK_STR(r.err, "");
    close(reader);
    remove(PATH);
}

TEST(hostile_report, another_users_file) {
    char text[1024];
    child_ran r;
    if (CHILD_COUNTED) SKIP("another user cannot write the counts");
    make_file(PATH, 0400);
    child_run(NULL, "hostile_report_child", "tell_who", NULL, become_nobody, &r);
    if (!ended_well(&r)) {
        remove(PATH);
        SKIP("another user cannot run what is in this directory");
    }
    is_told("leak_and_exit", PATH, become_nobody);
    child_read_back(PATH, text, sizeof text);
    CHECK_STR(text, "before");
}

TEST(hostile_report, a_full_device) {
    is_told("leak_and_exit", "/dev/full", limit_time);       /* full at the end */
    is_told("leak_a_lot_and_exit", "/dev/full", limit_time); /* and before */
}

TEST(hostile_report, no_descriptor_left) {
    if (CHILD_SANITIZED) SKIP("a sanitizer wants a descriptor of its own in the end");
    if (CHILD_COUNTED) SKIP("without a descriptor no counts are written");
    is_told("leave_no_descriptor", PATH, limit_time);
    CHECK(access(PATH, F_OK) != 0);
}

static void close_errors(void) {
    limit_time();
    close(2);
}

TEST(hostile_report, no_standard_error) {
    child_ran r;
    char text[1024];
    child_run(NULL, "hostile_report_child", "leak_and_exit", "foo,report=-", close_errors, &r);
    CHECK(ended_well(&r));
    child_run(NULL, "hostile_report_child", "leak_and_exit", "level=warn,foo,report=" PATH, close_errors, &r);
    CHECK(ended_well(&r));
    child_read_back(PATH, text, sizeof text);
    CHECK(strstr(text, "1 live event opened at ") != NULL);
}

/* ---- another user's rights ---- */

static bool copy_program(const char *to, mode_t mode) {
    char own[4096], command[9000];
    if (!child_own_path(own, sizeof own)) return false;
    snprintf(command, sizeof command, "cp '%s' '%s'", own, to);
    return system(command) == 0 && chmod(to, mode) == 0;
}

/* Where every user can come to, and set-uid bits count. */
static bool own_directory(char *path, size_t size) {
    const char *base = getenv("TMPDIR");
    snprintf(path, size, "%s/haft_tests_XXXXXX", base ? base : P_tmpdir);
    return mkdtemp(path) != NULL && chmod(path, 0755) == 0;
}

TEST(hostile_report, a_set_uid_program_ignores_the_variable) {
    child_ran plain, raised;
    char dir[512], program[600], report[600], value[1300];
    if (geteuid() != 0) SKIP("only root can make a set-uid program of another user's");
    if (child_is_emulated()) SKIP("the emulator is not set-uid");
    REQUIRE(own_directory(dir, sizeof dir));
    snprintf(program, sizeof program, "%s/program", dir);
    snprintf(report, sizeof report, "%s/report", dir);
    snprintf(value, sizeof value, "limit.key=7,nonsense,report=%s", report);
    CHECK(copy_program(program, 0755));
    child_run(program, "hostile_report_child", "tell_who", value, become_nobody, &plain);
    CHECK(chmod(program, 04755) == 0);
    child_run(program, "hostile_report_child", "tell_who", value, become_nobody, &raised);
    bool written = access(report, F_OK) == 0;
    remove(report);
    remove(program);
    rmdir(dir);
    CHECK(strstr(plain.out, "uid=65534 euid=65534 key=7") != NULL);
    CHECK(strstr(plain.err, "nonsense") != NULL);
    if (strstr(raised.out, "euid=65534")) SKIP("set-uid bits do not count where temporary files go");
    CHECK(strstr(raised.out, "uid=65534 euid=0 key=1024") != NULL);
    CHECK_STR(raised.err, "");
    CHECK(!written);
}

/* ---- a path is bytes ---- */

TEST(hostile_report, a_path_is_shown_as_it_is_but_for_controls) {
    static const char name[] = "haft_\xc3\xa4\n9 live fd\x1b[2J\xff.tmp";
    char whole[4200], here[4096], text[2048];
    haft_fd a = HAFT_INIT, b = HAFT_INIT;
    REQUIRE(getcwd(here, sizeof here) != NULL);
    snprintf(whole, sizeof whole, "%s/%s", here, name);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 1), HAFT_OK);
    CHECK_EQ(haft_fd_open(&a, name, O_RDWR | O_CREAT, 0600), HAFT_OK);
    CHECK_EQ(haft_fd_open(&b, whole, O_RDONLY, 0), HAFT_E_LIMIT); /* one name, from here and from the root */
    FILE *out = fopen(PATH, "w");
    REQUIRE(out != NULL);
    haft_report_text(out);
    fclose(out);
    child_read_back(PATH, text, sizeof text);
    CHECK(strstr(text, "/haft_\xc3\xa4.9 live fd.[2J..tmp)\n") != NULL);
    CHECK_EQ(haft_fd_close(&a), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 0), HAFT_OK);
    remove(name);
}
