/* test_badinput.c: every function of a wrapper with NULL, an empty one, sentinels, stale copies, foreign wrappers and unknown
 * enums: a documented answer, no harm, no storm of findings. Constructors: test_badinput_open.c. */
#include "unit_nt.h"

#include "define.h"

#define RAW_IS(expression, none) CHECK((uint64_t)(uintptr_t)(expression) == (uint64_t)(uintptr_t)(none))

/* NULL and empty, for every function of a class. */
#define EMPTY(T, NONE)                                                             \
    do {                                                                           \
        T e = HAFT_INIT, other = HAFT_INIT;                                        \
        unit_watch();                                                              \
        unit_mark_errors();                                                        \
        CHECK_EQ(T##_adopt(NULL, NONE, HAFT_OWNER_USER), HAFT_E_INVALID);          \
        CHECK_EQ(T##_adopt(&e, NONE, HAFT_OWNER_USER), HAFT_E_INVALID);            \
        CHECK_EQ(T##_adopt(&e, NONE, HAFT_OWNER_KERNEL), HAFT_E_INVALID);          \
        CHECK_EQ(T##_adopt(&e, NONE, HAFT_OWNER_BORROWED), HAFT_E_INVALID);        \
        CHECK_EQ(T##_close(NULL), HAFT_E_INVALID);                                 \
        CHECK_EQ(T##_close(&e), HAFT_OK);                                          \
        T##_end(NULL);                                                             \
        T##_end(&e);                                                               \
        RAW_IS(T##_raw(NULL), NONE);                                               \
        RAW_IS(T##_raw(&e), NONE);                                                 \
        CHECK_EQ(T##_owner(NULL), HAFT_OWNER_NONE);                                \
        CHECK_EQ(T##_owner(&e), HAFT_OWNER_NONE);                                  \
        CHECK(!T##_valid(NULL) && !T##_valid(&e));                                 \
        RAW_IS(T##_release(NULL), NONE);                                           \
        RAW_IS(T##_release(&e), NONE);                                             \
        other = T##_move(NULL);                                                    \
        CHECK_EQ(other.hold.tag, 0);                                               \
        other = T##_move(&e);                                                      \
        CHECK_EQ(other.hold.tag, 0);                                               \
        other = T##_borrow(NULL);                                                  \
        CHECK_EQ(other.hold.tag, 0);                                               \
        other = T##_borrow(&e);                                                    \
        CHECK_EQ(other.hold.tag, 0);                                               \
        CHECK_EQ(T##_share(NULL, NULL), HAFT_E_INVALID);                           \
        CHECK_EQ(T##_share(&other, NULL), HAFT_E_INVALID);                         \
        CHECK_EQ(T##_share(NULL, &e), HAFT_E_INVALID);                             \
        CHECK_EQ(T##_share(&other, &e), HAFT_E_INVALID);                           \
        CHECK_EQ(T##_share(&e, &e), HAFT_E_INVALID);                               \
        CHECK_EQ(T##_transfer(NULL, HAFT_OWNER_KERNEL), HAFT_E_INVALID);           \
        CHECK_EQ(T##_transfer(&e, HAFT_OWNER_KERNEL), HAFT_E_INVALID);             \
        CHECK_EQ(T##_opens(NULL), 0);                                              \
        CHECK_EQ(T##_opens(&e), 0);                                                \
        CHECK(unit_errors_kept());                                                 \
        CHECK(e.hold.tag == 0 && other.hold.tag == 0);                             \
        unit_no_harm(0);                                                           \
    } while (0)

NT_TEST(badinput, null_and_empty_in_every_class) {
    EMPTY(haft_handle, NULL);
    EMPTY(haft_file, INVALID_HANDLE_VALUE);
    EMPTY(haft_key, NULL);
    EMPTY(haft_event, NULL);
    EMPTY(haft_mutex, NULL);
    EMPTY(haft_semaphore, NULL);
    EMPTY(haft_timer, NULL);
    EMPTY(haft_thread, NULL);
    EMPTY(haft_process, NULL);
    EMPTY(haft_token, NULL);
    EMPTY(haft_mapping, NULL);
    EMPTY(haft_view, NULL);
    EMPTY(haft_find, INVALID_HANDLE_VALUE);
    EMPTY(haft_change, INVALID_HANDLE_VALUE);
    EMPTY(haft_module, NULL);
    EMPTY(haft_pipe, INVALID_HANDLE_VALUE);
    EMPTY(haft_mailslot, INVALID_HANDLE_VALUE);
    EMPTY(haft_socket, ~(haft_socket_t)0);
    EMPTY(haft_service, NULL);
    EMPTY(haft_eventlog, NULL);
    EMPTY(haft_ras, NULL);
    EMPTY(haft_local, NULL);
    EMPTY(haft_heap, NULL);
    EMPTY(unit_shop, NULL);
#if defined(HAFT_POSIX)
    EMPTY(haft_fd, -1);
    EMPTY(haft_stream, NULL);
    EMPTY(haft_dir, NULL);
#endif
}

NT_TEST(badinput, the_other_sentinel) {
    haft_event e = HAFT_INIT;
    haft_file f = HAFT_INIT;
    haft_find d = HAFT_INIT;
    unit_watch();
    CHECK_EQ(haft_event_adopt(&e, INVALID_HANDLE_VALUE, HAFT_OWNER_USER), HAFT_E_INVALID);
    CHECK_EQ(haft_file_adopt(&f, NULL, HAFT_OWNER_USER), HAFT_E_INVALID);
    CHECK_EQ(haft_find_adopt(&d, NULL, HAFT_OWNER_USER), HAFT_E_INVALID);
    unit_no_harm(0);
}

/* ---- stale copies: one finding a call, and errors kept ---- */

NT_TEST(badinput, stale_copies) {
    haft_event e = HAFT_INIT, to = HAFT_INIT;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    haft_event s = e, copy;
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    unit_watch();
    unit_mark_errors();
    CHECK(haft_event_raw(&s) == NULL);
    unit_no_harm(1);
    CHECK(!haft_event_valid(&s));
    CHECK_EQ(haft_event_owner(&s), HAFT_OWNER_NONE);
    CHECK_EQ(haft_event_opens(&s), 0);
    unit_no_harm(1);
    CHECK_EQ(haft_event_borrow(&s).hold.tag, 0);
    unit_no_harm(2);
    CHECK_EQ(haft_event_share(&to, &s), HAFT_E_STALE);
    unit_no_harm(3);
    CHECK_EQ(haft_event_transfer(&s, HAFT_OWNER_KERNEL), HAFT_E_STALE);
    unit_no_harm(4);
    copy = s;
    CHECK(haft_event_release(&copy) == NULL);
    unit_no_harm(5);
    copy = s;
    CHECK_EQ(haft_event_close(&copy), HAFT_E_STALE);
    CHECK_EQ(haft_event_close(&copy), HAFT_OK);
    unit_no_harm(6);
    copy = s;
    haft_event_end(&copy);
    haft_event_end(&copy);
    unit_no_harm(7);
    copy = haft_event_move(&s);
    CHECK_EQ(haft_event_close(&copy), HAFT_E_STALE);
    unit_no_harm(8);
    CHECK(unit_errors_kept());
    CHECK_EQ(to.hold.tag, 0);
}

/* Findings at the default level: however often, the sink hears of each place once. */
NT_TEST(badinput, no_storm_of_findings) {
    haft_event e = HAFT_INIT;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    haft_event s = e;
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    unit_listen();
    unit_levels(HAFT_LEVEL_WARN_ONCE);
    unsigned before = unit_last.times;
    uint64_t found = haft_found(HAFT_FINDING_STALE);
    for (volatile int i = 0; i < 10000; i++) CHECK(haft_event_raw(&s) == NULL);
    CHECK(unit_last.times - before <= 1);
    CHECK_EQ(haft_found(HAFT_FINDING_STALE), found + 10000);
}

/* ---- wrappers that were cast, and wrappers full of rubbish ---- */

NT_TEST(badinput, foreign_wrappers) {
    haft_key k = HAFT_INIT;
    haft_event to = HAFT_INIT;
    haft_event *cast = (haft_event *)&k;
    CHECK_EQ(haft_key_create_a(&k, HKEY_LOCAL_MACHINE, "SOFTWARE\\Unit", 0, NULL, 0, KEY_READ, NULL, NULL), HAFT_OK);
    haft_key before = k;
    unit_watch();
    CHECK_EQ(haft_event_close(cast), HAFT_E_WRONG_CLASS);
    haft_event_end(cast);
    CHECK(haft_event_raw(cast) == NULL);
    CHECK_EQ(haft_event_owner(cast), HAFT_OWNER_NONE);
    CHECK(!haft_event_valid(cast));
    CHECK(haft_event_release(cast) == NULL);
    CHECK_EQ(haft_event_borrow(cast).hold.tag, 0);
    CHECK_EQ(haft_event_share(&to, cast), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_event_transfer(cast, HAFT_OWNER_KERNEL), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_event_opens(cast), 0);
    unit_no_harm(7);
    CHECK(memcmp(&before, &k, sizeof k) == 0);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
}

NT_TEST(badinput, rubbish) {
    haft_event e = HAFT_INIT, w;
    CHECK_EQ(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL), HAFT_OK);
    size_t live = haft_live(), handles = haft_model_handles();
    for (unsigned byte = 1; byte < 256; byte++) {
        memset(&w, (int)byte, sizeof w);
        (void)haft_event_valid(&w);
        (void)haft_event_owner(&w);
        (void)haft_event_opens(&w);
        (void)haft_event_raw(&w);
        haft_event_end(&w);
        CHECK(haft_live() == live && haft_model_handles() == handles);
    }
    for (unsigned bits = 1; bits < 4096; bits++) { /* every class and mode, with the raw value of a live handle */
        w = e;
        w.hold.tag = (w.hold.tag & ~UINT64_C(0xfff)) | bits;
        if (w.hold.tag == e.hold.tag) continue;
        (void)haft_event_raw(&w);
        (void)haft_event_opens(&w);
        haft_event_end(&w);
    }
    CHECK(haft__nt()->is_open(haft_event_raw(&e)));
    CHECK_EQ(haft_live(), live);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
}

/* ---- unknown enums ---- */

NT_TEST(badinput, unknown_enums) {
    haft_event e = HAFT_INIT;
    HANDLE raw = haft_model_CreateEventA(NULL, TRUE, FALSE, NULL);
    static const int odd[] = { -1, 6, 7, 8, 99, 0x7fffffff };
    for (size_t i = 0; i < HAFT__COUNT(odd); i++) {
        CHECK_EQ(haft_event_adopt(&e, raw, (haft_owner)odd[i]), HAFT_E_INVALID);
        CHECK_STR(haft_owner_name((haft_owner)odd[i]), "?");
    }
    CHECK_EQ(haft_event_adopt(&e, raw, HAFT_OWNER_USER), HAFT_OK);
    for (size_t i = 0; i < HAFT__COUNT(odd); i++) CHECK_EQ(haft_event_transfer(&e, (haft_owner)odd[i]), HAFT_E_INVALID);
    CHECK_EQ(haft_event_owner(&e), HAFT_OWNER_USER);
    CHECK_EQ(haft_event_close(&e), HAFT_OK);
    CHECK(!haft_quirk_active((haft_quirk)-1));
    CHECK(!haft_quirk_active((haft_quirk)5));
    CHECK_EQ(haft_quirk_set((haft_quirk)5, HAFT_QUIRK_ON), HAFT_E_INVALID);
    haft_model_boot((haft_model_version)99);
    haft_model_boot((haft_model_version)-1);
    haft_model_map_drive('\0');
    haft_model_map_drive('1');
    CHECK_EQ(haft_model_key_count(NULL), 0);
    CHECK_EQ(haft_model_key_count("no such root"), 0);
    haft_report_text(NULL);
    haft_sink_set(NULL, NULL);
}
