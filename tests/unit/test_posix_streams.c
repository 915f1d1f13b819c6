/* test_posix_streams.c: streams and directories, which use up a descriptor. */
#include "unit_posix.h"

/* ---- what uses up a descriptor ---- */

TEST(posix_streams, inv3_a_streams_descriptor_is_not_for_close) {
    haft_stream s = HAFT_INIT;
    haft_fd f = HAFT_INIT;
    uint64_t found = haft_found(HAFT_FINDING_WRONG_CLASS);
    REQUIRE_EQ(haft_stream_open(&s, "/dev/null", "r"), HAFT_OK);
    int raw = fileno(haft_stream_raw(&s));
    CHECK_EQ(haft_fd_adopt(&f, raw, HAFT_OWNER_USER), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_found(HAFT_FINDING_WRONG_CLASS), found + 1);
    CHECK_EQ(haft_stream_close(&s), HAFT_OK);
    CHECK(!unit_is_open(raw));
    int again = open("/dev/null", O_RDONLY);
    CHECK_EQ(again, raw);
    CHECK_EQ(haft_fd_adopt(&f, again, HAFT_OWNER_USER), HAFT_OK); /* free once more */
    CHECK_EQ(haft_fd_close(&f), HAFT_OK);
}

TEST(posix_streams, inv3_a_directorys_descriptor_is_not_for_close) {
    haft_dir d = HAFT_INIT;
    haft_fd f = HAFT_INIT;
    REQUIRE_EQ(haft_dir_open(&d, "/"), HAFT_OK);
    int raw = dirfd(haft_dir_raw(&d));
    CHECK_EQ(haft_fd_adopt(&f, raw, HAFT_OWNER_USER), HAFT_E_WRONG_CLASS);
    DIR *released = haft_dir_release(&d);
    REQUIRE(released != NULL);
    CHECK_EQ(haft_fd_adopt(&f, raw, HAFT_OWNER_USER), HAFT_OK); /* its descriptor went with it */
    CHECK_EQ(haft_fd_release(&f), raw);
    CHECK_EQ(closedir(released), 0);
}

/* Who borrows gives only his look away: the owner still has the descriptor. */
TEST(posix_streams, inv3_a_released_look_leaves_the_owners_descriptor) {
    haft_stream s = HAFT_INIT;
    haft_dir d = HAFT_INIT;
    haft_fd f = HAFT_INIT;
    REQUIRE_EQ(haft_stream_open(&s, "/dev/null", "r"), HAFT_OK);
    REQUIRE_EQ(haft_dir_open(&d, "."), HAFT_OK);
    haft_stream look = haft_stream_borrow(&s);
    haft_dir look_too = haft_dir_borrow(&d);
    CHECK(haft_stream_release(&look) == haft_stream_raw(&s));
    CHECK_EQ(haft_stream_adopt(&look, haft_stream_raw(&s), HAFT_OWNER_PSEUDO), HAFT_OK);
    CHECK(haft_stream_release(&look) == haft_stream_raw(&s));
    CHECK(haft_dir_release(&look_too) == haft_dir_raw(&d));
    CHECK_EQ(haft_fd_adopt(&f, fileno(haft_stream_raw(&s)), HAFT_OWNER_USER), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_fd_adopt(&f, dirfd(haft_dir_raw(&d)), HAFT_OWNER_USER), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_stream_close(&s), HAFT_OK);
    CHECK_EQ(haft_dir_close(&d), HAFT_OK);
}

TEST(posix_streams, inv3_an_owned_descriptor_is_not_for_a_stream) {
    haft_fd f = HAFT_INIT;
    haft_stream s = HAFT_INIT;
    haft_dir d = HAFT_INIT;
    uint64_t found = haft_found(HAFT_FINDING_TRACKED);
    REQUIRE_EQ(haft_fd_adopt(&f, unit_make_file(), HAFT_OWNER_USER), HAFT_OK);
    FILE *raw = fdopen(haft_fd_raw(&f), "r");
    REQUIRE(raw != NULL);
    CHECK_EQ(haft_stream_adopt(&s, raw, HAFT_OWNER_USER), HAFT_E_TRACKED);
    CHECK_EQ(haft_found(HAFT_FINDING_TRACKED), found + 1);
    CHECK_EQ(haft_stream_adopt(&s, raw, HAFT_OWNER_BORROWED), HAFT_OK);
    CHECK_EQ(haft_stream_close(&s), HAFT_OK);
    int fd = haft_fd_release(&f);
    CHECK(fd >= 0);
    CHECK_EQ(haft_stream_adopt(&s, raw, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_stream_close(&s), HAFT_OK);
    CHECK(!unit_is_open(fd));
    remove(UNIT_FILE);
    int dir_fd = open("/", O_RDONLY | O_DIRECTORY);
    REQUIRE_EQ(haft_fd_adopt(&f, dir_fd, HAFT_OWNER_USER), HAFT_OK);
    DIR *dir = fdopendir(dir_fd);
    CHECK_EQ(haft_dir_adopt(&d, dir, HAFT_OWNER_USER), HAFT_E_TRACKED);
    CHECK_EQ(haft_fd_release(&f), dir_fd);
    CHECK_EQ(haft_dir_adopt(&d, dir, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_dir_close(&d), HAFT_OK);
}

TEST(posix_streams, no_wrapper_is_invalid_whoever_owns_the_descriptor) {
    haft_fd f = HAFT_INIT;
    REQUIRE_EQ(haft_fd_open(&f, ".", O_RDONLY | O_DIRECTORY, 0), HAFT_OK);
    DIR *dir = fdopendir(haft_fd_raw(&f));
    FILE *stream = fdopen(dup(haft_fd_raw(&f)), "r");
    haft_fd other = HAFT_INIT;
    REQUIRE(dir != NULL && stream != NULL);
    REQUIRE_EQ(haft_fd_adopt(&other, fileno(stream), HAFT_OWNER_USER), HAFT_OK);
    uint64_t found = haft_found(HAFT_FINDING_TRACKED);
    CHECK_EQ(haft_dir_adopt(NULL, dir, HAFT_OWNER_USER), HAFT_E_INVALID);
    CHECK_EQ(haft_stream_adopt(NULL, stream, HAFT_OWNER_USER), HAFT_E_INVALID);
    CHECK_EQ(haft_found(HAFT_FINDING_TRACKED), found);
    CHECK(haft_fd_release(&f) >= 0);
    CHECK(haft_fd_release(&other) >= 0);
    closedir(dir);
    fclose(stream);
}

TEST(posix_streams, a_stream_takes_its_descriptor_along) {
    haft_fd f = HAFT_INIT;
    haft_stream s = HAFT_INIT;
    unit_count_closes();
    REQUIRE_EQ(haft_fd_adopt(&f, unit_make_file(), HAFT_OWNER_USER), HAFT_OK);
    haft_fd copy = f;
    CHECK_EQ(haft_stream_from_fd(&s, &f, "?"), HAFT_E_OS);
    CHECK_EQ(errno, EINVAL);
    CHECK(haft_fd_valid(&f)); /* as it was */
    CHECK_EQ(haft_stream_from_fd(&s, &f, "w"), HAFT_OK);
    CHECK_EQ(f.hold.tag, 0);
    CHECK(fputs("x", haft_stream_raw(&s)) >= 0);
    CHECK_EQ(haft_fd_close(&copy), HAFT_E_STALE);
    CHECK_EQ(haft_stream_close(&s), HAFT_OK);
    CHECK_EQ(unit_posix_closes.closes, 0);
    CHECK_EQ(unit_posix_closes.fcloses, 1);
    haft__posix_use(NULL);
    remove(UNIT_FILE);
    CHECK_EQ(haft_stream_from_fd(&s, &f, "w"), HAFT_E_INVALID);
    CHECK_EQ(haft_fd_adopt(&f, 0, HAFT_OWNER_BORROWED), HAFT_OK);
    CHECK_EQ(haft_stream_from_fd(&s, &f, "w"), HAFT_E_INVALID); /* not its owner's */
}

TEST(posix_streams, standard_streams_are_pseudo) {
    FILE *all[] = { stdin, stdout, stderr };
    unit_count_closes();
    for (int i = 0; i < 3; i++) {
        haft_stream s = HAFT_INIT;
        CHECK_EQ(haft_stream_adopt(&s, all[i], HAFT_OWNER_USER), HAFT_OK);
        CHECK_EQ(haft_stream_owner(&s), HAFT_OWNER_PSEUDO);
        CHECK(haft_stream_raw(&s) == all[i]);
        CHECK_EQ(haft_stream_close(&s), HAFT_OK);
    }
    CHECK_EQ(unit_posix_closes.fcloses, 0);
    haft__posix_use(NULL);
    CHECK(printf("%s", "") >= 0);
}

/* ---- what is rare ---- */

/* A second stream of a descriptor that a first one has used up already is the program's own doing. */
TEST(posix_streams, two_streams_of_one_descriptor) {
    haft_stream first = HAFT_INIT, second = HAFT_INIT;
    uint64_t found = haft_found(HAFT_FINDING_FOREIGN_CLOSE);
    REQUIRE_EQ(haft_stream_open(&first, "/dev/null", "r"), HAFT_OK);
    FILE *other = fdopen(fileno(haft_stream_raw(&first)), "r");
    CHECK_EQ(haft_stream_adopt(&second, other, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_found(HAFT_FINDING_FOREIGN_CLOSE), found);
    CHECK(haft_stream_release(&second) == other);
    CHECK_EQ(haft_stream_close(&first), HAFT_OK);
    fclose(other); /* frees it; its descriptor is closed */
}

static haft_fd lent;
static FILE *fdopen_while_released(int fd, const char *mode) {
    CHECK_EQ(haft_fd_release(&lent), fd);
    return fdopen(fd, mode);
}

/* Without a wrapper for the stream the descriptor stays where it is. */
TEST(posix_streams, a_stream_for_nobody) {
    haft_fd f = HAFT_INIT;
    REQUIRE_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_stream_from_fd(NULL, &f, "r"), HAFT_E_INVALID);
    CHECK(haft_fd_valid(&f));
    CHECK_EQ(haft_fd_close(&f), HAFT_OK);
}

/* Somebody takes the descriptor out of the ledger by a copy meanwhile: it is his, and not the stream's to use up. */
TEST(posix_streams, a_descriptor_that_is_released_meanwhile) {
    haft_fd f = HAFT_INIT, again = HAFT_INIT;
    haft_stream s = HAFT_INIT;
    REQUIRE_EQ(haft_fd_open(&f, "/dev/null", O_RDONLY, 0), HAFT_OK);
    int fd = haft_fd_raw(&f);
    lent = f;
    unit_posix_port()->fdopen = fdopen_while_released;
    CHECK_EQ(haft_stream_from_fd(&s, &f, "r"), HAFT_OK);
    haft__posix_use(NULL);
    CHECK_EQ(f.hold.tag, 0);
    CHECK_EQ(haft_fd_adopt(&again, fd, HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_fd_release(&again), fd);
    CHECK_EQ(haft_stream_close(&s), HAFT_OK);
}

TEST(posix_streams, out_parameters) {
    haft_stream s = HAFT_INIT;
    haft_dir d = HAFT_INIT;
    *haft_stream_out(&s) = fopen("/dev/null", "r");
    *haft_dir_out(&d) = opendir("/");
    CHECK(haft_stream_valid(&s) && haft_dir_valid(&d));
    CHECK_EQ(haft_stream_close(&s), HAFT_OK);
    CHECK_EQ(haft_dir_close(&d), HAFT_OK);
}

static int refuse_open(int dir, const char *path, int flags, mode_t mode) {
    (void)dir, (void)flags, (void)mode;
    CHECK(path == NULL);
    errno = EFAULT;
    return -1;
}

/* A bound counts a path from a directory of the program's as it is written; without a path there is nothing to count. */
TEST(posix_streams, inv5_bounds_of_other_paths) {
    haft_fd dev = HAFT_INIT, a = HAFT_INIT, b = HAFT_INIT;
    static char path[1500];
    REQUIRE_EQ(haft_fd_open(&dev, "/dev", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 1), HAFT_OK);
    CHECK_EQ(haft_fd_openat(&a, haft_fd_raw(&dev), "null", O_RDONLY, 0), HAFT_OK);
    CHECK_EQ(haft_fd_openat(&b, haft_fd_raw(&dev), "null", O_RDONLY, 0), HAFT_E_LIMIT);
    unit_posix_port()->openat = refuse_open; /* the library's own openat must not be given NULL */
    CHECK_EQ(haft_fd_open(&b, NULL, O_RDONLY, 0), HAFT_E_OS);
    haft__posix_use(NULL);
    CHECK_EQ(haft_fd_open(NULL, "/dev/null", O_RDONLY, 0), HAFT_E_INVALID);
    memset(path, 'p', sizeof path - 1);
    unit_alloc_fail(1, true);
    CHECK_EQ(haft_fd_open(&b, path, O_RDONLY, 0), HAFT_E_NOMEM);
    unit_alloc_end();
    CHECK_EQ(b.hold.tag, 0);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 0), HAFT_OK);
    haft_fd_end(&a);
    haft_fd_end(&dev);
}
