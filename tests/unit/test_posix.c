/* test_posix.c: descriptors, on the host itself and through a table of our own. */
#include "unit_posix.h"

#include <sys/socket.h>
#include <sys/un.h>

/* ---- descriptors ---- */

TEST(posix, a_descriptor_opens_and_closes) {
    haft_fd f = HAFT_INIT;
    size_t live = haft_live();
    REQUIRE_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_live(), live + 1);
    CHECK(unit_is_open(haft_fd_raw(&f)));
    CHECK_EQ(haft_fd_owner(&f), HAFT_OWNER_USER);
    CHECK_EQ(haft_fd_opens(&f), 1);
    int raw = haft_fd_raw(&f);
    CHECK_EQ(haft_fd_close(&f), HAFT_OK);
    CHECK(!unit_is_open(raw));
    CHECK_EQ(haft_fd_raw(&f), -1);
    CHECK_EQ(haft_live(), live);
}

TEST(posix, inv1_copies_close_once) {
    haft_fd a = HAFT_INIT;
    unit_count_closes();
    REQUIRE_EQ(haft_fd_open(&a, "/dev/null", O_RDONLY, 0), HAFT_OK);
    haft_fd b = a, c = a;
    CHECK_EQ(haft_fd_close(&b), HAFT_OK);
    CHECK_EQ(haft_fd_close(&a), HAFT_E_STALE);
    haft_fd next = HAFT_INIT;
    REQUIRE_EQ(haft_fd_open(&next, "/dev/null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_fd_raw(&next), unit_posix_closes.last); /* the same number lives again */
    CHECK_EQ(haft_fd_close(&c), HAFT_E_STALE);
    CHECK_EQ(unit_posix_closes.closes, 1);
    CHECK(unit_is_open(haft_fd_raw(&next)));
    CHECK_EQ(haft_fd_close(&next), HAFT_OK);
    CHECK_EQ(unit_posix_closes.closes, 2);
    haft__posix_use(NULL);
}

static haft_fd watched, thief;
static void look_around(int fd) {
    CHECK(!haft_fd_valid(&watched));
    CHECK(unit_is_open(fd));
    unit_posix_closes.during = NULL;
    close(fd);
    CHECK_EQ(haft_fd_open(&thief, "/dev/null", O_RDONLY, 0), HAFT_OK); /* as another thread may at that very moment */
    CHECK_EQ(haft_fd_raw(&thief), fd);
    CHECK_EQ(dup2(fd, fd + 100), fd + 100); /* for the close that follows */
}

TEST(posix, inv1_the_entry_goes_before_the_systems_close) {
    memset(&thief, 0, sizeof thief);
    unit_count_closes();
    REQUIRE_EQ(haft_fd_open(&watched, "/dev/null", O_RDONLY, 0), HAFT_OK);
    haft_fd f = watched;
    int raw = haft_fd_raw(&f);
    unit_posix_closes.during = look_around;
    CHECK_EQ(haft_fd_close(&f), HAFT_OK);
    CHECK(haft_fd_valid(&thief)); /* the ledger kept the life that began meanwhile */
    CHECK_EQ(dup2(raw + 100, raw), raw);
    close(raw + 100);
    CHECK_EQ(haft_fd_close(&thief), HAFT_OK);
    haft__posix_use(NULL);
    memset(&watched, 0, sizeof watched);
}

/* A table whose open looks whether the ledger knows the number already. */
static int look_openat(int dir, const char *path, int flags, mode_t mode) {
    size_t live = haft_live();
    int fd = openat(dir, path, flags, mode);
    CHECK_EQ(haft_live(), live);
    unit_posix_closes.last = (int)live;
    return fd;
}

TEST(posix, inv1_the_entry_comes_after_the_open) {
    haft_fd f = HAFT_INIT;
    unit_count_closes()->openat = look_openat;
    size_t live = haft_live();
    REQUIRE_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(unit_posix_closes.last, live);
    CHECK_EQ(haft_live(), live + 1);
    haft_fd_end(&f);
    haft__posix_use(NULL);
}

TEST(posix, every_constructor_of_descriptors) {
    haft_fd f = HAFT_INIT, in = HAFT_INIT, out = HAFT_INIT, listener = HAFT_INIT, client = HAFT_INIT, server = HAFT_INIT;
    char byte = 'x';
    size_t live = haft_live();
    REQUIRE_EQ(haft_fd_openat(&f, AT_FDCWD, "/dev/null", O_RDWR, 0), HAFT_OK);
    CHECK_EQ(haft_fd_dup(&in, haft_fd_raw(&f)), HAFT_OK);
    CHECK(haft_fd_raw(&in) != haft_fd_raw(&f));
    CHECK_EQ(haft_fd_pipe(&in, &out), HAFT_OK); /* the duplicate goes first */
    CHECK_EQ(haft_live(), live + 3);
    CHECK_EQ(write(haft_fd_raw(&out), &byte, 1), 1);
    CHECK_EQ(read(haft_fd_raw(&in), &byte, 1), 1);
    struct sockaddr_un here = { .sun_family = AF_UNIX, .sun_path = "haft_tests.sock" };
    unlink(here.sun_path);
    CHECK_EQ(haft_fd_socket(&listener, AF_UNIX, SOCK_STREAM, 0), HAFT_OK);
    CHECK_EQ(haft_fd_socket(&client, AF_UNIX, SOCK_STREAM, 0), HAFT_OK);
    CHECK_EQ(bind(haft_fd_raw(&listener), (struct sockaddr *)&here, sizeof here), 0);
    CHECK_EQ(listen(haft_fd_raw(&listener), 1), 0);
    CHECK_EQ(connect(haft_fd_raw(&client), (struct sockaddr *)&here, sizeof here), 0);
    CHECK_EQ(haft_fd_accept(&server, haft_fd_raw(&listener)), HAFT_OK);
    CHECK_EQ(haft_live(), live + 6);
    haft_fd *all[] = { &f, &in, &out, &listener, &client, &server };
    for (size_t i = 0; i < HAFT__COUNT(all); i++) CHECK_EQ(haft_fd_close(all[i]), HAFT_OK);
    unlink(here.sun_path);
    CHECK_EQ(haft_live(), live);
}

TEST(posix, inv4_a_failed_open_tells_its_errno) {
    haft_fd f = HAFT_INIT, g = HAFT_INIT;
    haft_stream s = HAFT_INIT;
    haft_dir d = HAFT_INIT;
    size_t live = haft_live();
    CHECK_EQ(haft_fd_open(&f, "no/such/file", O_RDONLY, 0), HAFT_E_OS);
    CHECK_EQ(errno, ENOENT);
    CHECK_EQ(haft_fd_dup(&f, -1), HAFT_E_OS);
    CHECK_EQ(errno, EBADF);
    CHECK_EQ(haft_fd_accept(&f, -1), HAFT_E_OS);
    CHECK_EQ(errno, EBADF);
    CHECK_EQ(haft_fd_socket(&f, -1, -1, -1), HAFT_E_OS);
    CHECK_EQ(haft_stream_open(&s, "no/such/file", "r"), HAFT_E_OS);
    CHECK_EQ(errno, ENOENT);
    CHECK_EQ(haft_stream_open(&s, "/dev/null", "?"), HAFT_E_OS);
    CHECK_EQ(errno, EINVAL);
    CHECK_EQ(haft_dir_open(&d, "/dev/null"), HAFT_E_OS);
    CHECK_EQ(errno, ENOTDIR);
    CHECK(f.hold.tag == 0 && g.hold.tag == 0 && s.hold.tag == 0 && d.hold.tag == 0);
    CHECK_EQ(haft_live(), live);
}

TEST(posix, inv4_a_good_open_and_close_keep_errno) {
    haft_fd f = HAFT_INIT;
    haft_stream s = HAFT_INIT;
    haft_dir d = HAFT_INIT;
    for (int turn = 0; turn < 2; turn++) { /* once with new sites, once with known ones */
        unit_mark_errors();
        CHECK_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
        CHECK_EQ(haft_dir_open(&d, "/"), HAFT_OK);
        CHECK_EQ(haft_fd_close(&f), HAFT_OK);
        CHECK_EQ(haft_dir_close(&d), HAFT_OK);
        CHECK(unit_errors_kept());
        CHECK_EQ(haft_stream_open(&s, "/dev/null", "r"), HAFT_OK);
        unit_mark_errors(); /* stdio may set errno on success */
        CHECK_EQ(haft_stream_close(&s), HAFT_OK);
        CHECK(unit_errors_kept());
    }
}

TEST(posix, opening_into_a_full_wrapper_closes_it_first) {
    haft_fd f = HAFT_INIT;
    unit_count_closes();
    REQUIRE_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
    int raw = haft_fd_raw(&f);
    REQUIRE_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_fd_raw(&f), raw); /* first: its number is free again */
    CHECK_EQ(unit_posix_closes.closes, 1);
    CHECK_EQ(haft_fd_open(&f, "no/such/file", O_RDONLY, 0), HAFT_E_OS);
    CHECK_EQ(f.hold.tag, 0);
    CHECK_EQ(unit_posix_closes.closes, 2);
    haft__posix_use(NULL);
}

TEST(posix, an_interrupted_close_has_closed) {
    haft_fd f = HAFT_INIT;
    unit_count_closes();
    REQUIRE_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
    unit_posix_closes.fails_with = EINTR;
    CHECK_EQ(haft_fd_close(&f), HAFT_OK);
    REQUIRE_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
    unit_posix_closes.fails_with = EIO;
    CHECK_EQ(haft_fd_close(&f), HAFT_E_OS);
    CHECK_EQ(errno, EIO);
    CHECK_EQ(unit_posix_closes.closes, 2); /* never tried again */
    haft__posix_use(NULL);
}

TEST(posix, descriptors_below_zero_are_none) {
    haft_fd f = HAFT_INIT;
    static const int none[] = { -1, -2, -100, (int)0x80000000 };
    for (size_t i = 0; i < HAFT__COUNT(none); i++) {
        CHECK_EQ(haft_fd_adopt(&f, none[i], HAFT_OWNER_USER), HAFT_E_INVALID);
        CHECK_EQ(haft_fd_adopt(&f, none[i], HAFT_OWNER_BORROWED), HAFT_E_INVALID);
    }
    CHECK_EQ(haft_fd_adopt(&f, 0, HAFT_OWNER_BORROWED), HAFT_OK);
    CHECK_EQ(haft_fd_raw(&f), 0);
    CHECK_EQ(haft_fd_close(&f), HAFT_OK);
    CHECK(unit_is_open(0) || errno == EBADF);
}

TEST(posix, a_foreign_close_is_noticed_when_the_number_lives_again) {
    haft_fd lost = HAFT_INIT, next = HAFT_INIT;
    unit_listen();
    REQUIRE_EQ(haft_fd_open(&lost, "/dev/null", O_RDONLY, 0), HAFT_OK);
    close(haft_fd_raw(&lost));
    REQUIRE_EQ(haft_fd_open(&next, "/dev/null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(unit_last.f.kind, HAFT_FINDING_FOREIGN_CLOSE);
    CHECK_EQ(unit_last.f.raw, haft_fd_raw(&next));
    CHECK_EQ(unit_last.f.owner, HAFT_OWNER_USER);
    CHECK(!haft_fd_valid(&lost));
    CHECK_EQ(haft_fd_close(&lost), HAFT_E_STALE);
    CHECK_EQ(haft_fd_close(&next), HAFT_OK);
    unit_deaf();
}

TEST(posix, a_foreign_close_is_noticed_when_a_stream_gets_the_number) {
    haft_fd lost = HAFT_INIT, other = HAFT_INIT;
    haft_stream s = HAFT_INIT;
    uint64_t found = haft_found(HAFT_FINDING_FOREIGN_CLOSE);
    REQUIRE_EQ(haft_fd_open(&lost, "/dev/null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_fd_share(&other, &lost), HAFT_OK);
    int raw = haft_fd_raw(&lost);
    close(raw);
    REQUIRE_EQ(haft_stream_open(&s, "/dev/null", "r"), HAFT_OK);
    CHECK_EQ(fileno(haft_stream_raw(&s)), raw);
    CHECK_EQ(haft_found(HAFT_FINDING_FOREIGN_CLOSE), found + 1);
    CHECK_EQ(haft_fd_close(&lost), HAFT_E_STALE);
    CHECK_EQ(haft_fd_close(&other), HAFT_E_STALE);
    CHECK(unit_is_open(raw));
    CHECK_EQ(haft_stream_close(&s), HAFT_OK);
}

/* ---- bounds ---- */

TEST(posix, inv5_files_are_bounded_by_path) {
    haft_fd a = HAFT_INIT, b = HAFT_INIT, c = HAFT_INIT;
    haft_dir d = HAFT_INIT;
    char here[1024], full[1100];
    uint64_t found = haft_found(HAFT_FINDING_LIMIT);
    REQUIRE(getcwd(here, sizeof here) != NULL);
    snprintf(full, sizeof full, "%s/%s", here, UNIT_FILE);
    close(unit_make_file());
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 2), HAFT_OK);
    CHECK_EQ(haft_fd_open(&a, UNIT_FILE, O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_fd_open(&b, full, O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_fd_opens(&a), 2);
    int before = haft_test_system_handles();
    for (int i = 0; i < 10; i++) CHECK_EQ(haft_fd_open(&c, UNIT_FILE, O_RDONLY, 0), HAFT_E_LIMIT);
    CHECK_EQ(haft_test_system_handles(), before); /* refused before anything was opened */
    CHECK_EQ(haft_found(HAFT_FINDING_LIMIT), found + 10);
    CHECK_EQ(haft_fd_open(&c, "/dev/null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_fd_close(&a), HAFT_OK);
    CHECK_EQ(haft_fd_open(&c, UNIT_FILE, O_RDONLY, 0), HAFT_OK); /* what c held is closed first */
    CHECK_EQ(haft_fd_open(&a, full, O_RDONLY, 0), HAFT_E_LIMIT);
    haft_fd_end(&b);
    haft_fd_end(&c);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 0), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_DIR, 1), HAFT_OK);
    haft_dir e = HAFT_INIT;
    CHECK_EQ(haft_dir_open(&d, "/"), HAFT_OK);
    CHECK_EQ(haft_dir_open(&e, "/"), HAFT_E_LIMIT);
    CHECK_EQ(haft_dir_close(&d), HAFT_OK);
    CHECK_EQ(haft_dir_open(&e, "/"), HAFT_OK);
    CHECK_EQ(haft_dir_close(&e), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_DIR, 0), HAFT_OK);
    remove(UNIT_FILE);
}

TEST(posix, a_failed_open_is_not_counted) {
    haft_fd f = HAFT_INIT;
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 1), HAFT_OK);
    remove(UNIT_FILE);
    for (int i = 0; i < 3; i++) CHECK_EQ(haft_fd_open(&f, UNIT_FILE, O_RDONLY, 0), HAFT_E_OS);
    close(unit_make_file());
    CHECK_EQ(haft_fd_open(&f, UNIT_FILE, O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_fd_close(&f), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 0), HAFT_OK);
    remove(UNIT_FILE);
}

TEST(posix, the_report_shows_paths) {
    haft_fd f = HAFT_INIT;
    haft_stream s = HAFT_INIT;
    haft_dir d = HAFT_INIT;
    static char text[4096];
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 9), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_STREAM, 9), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_DIR, 9), HAFT_OK);
    CHECK_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_stream_open(&s, "/dev/zero", "r"), HAFT_OK);
    CHECK_EQ(haft_dir_open(&d, "/dev"), HAFT_OK);
    FILE *out = tmpfile();
    REQUIRE(out != NULL);
    haft_report_text(out);
    rewind(out);
    text[fread(text, 1, sizeof text - 1, out)] = '\0';
    fclose(out);
    CHECK(strstr(text, "(/dev/null)") != NULL);
    CHECK(strstr(text, "(/dev/zero)") != NULL);
    CHECK(strstr(text, "(/dev)") != NULL);
    haft_fd_end(&f);
    haft_stream_end(&s);
    haft_dir_end(&d);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 0), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_STREAM, 0), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_DIR, 0), HAFT_OK);
}
