/* test_nt_duplicate.c: haft_T_duplicate: another handle, and another opening, of the same object. */
#include "unit_nt.h"

#define SAME_ACCESS 2u  /* DUPLICATE_SAME_ACCESS */
#define CLOSE_SOURCE 1u /* DUPLICATE_CLOSE_SOURCE */

static HANDLE new_event(void) { return haft_model_CreateEventA(NULL, TRUE, FALSE, NULL); }

/* DuplicateHandle does not look what it copies, so an event stands for each class's object. */
#define DUPLICATES(T, RAW)                                                        \
    do {                                                                          \
        haft_##T h = HAFT_INIT, copy = HAFT_INIT;                                 \
        size_t handles = haft_model_handles();                                    \
        CHECK_EQ(haft_##T##_adopt(&h, RAW, HAFT_OWNER_USER), HAFT_OK);            \
        CHECK_EQ(haft_##T##_duplicate(&copy, &h, 0, FALSE, SAME_ACCESS), HAFT_OK); \
        CHECK_EQ(haft_model_handles(), handles + 2);                              \
        CHECK(haft_##T##_raw(&copy) != haft_##T##_raw(&h));                       \
        CHECK_EQ(haft_##T##_close(&h), HAFT_OK);                                  \
        CHECK_EQ(haft_##T##_owner(&copy), HAFT_OWNER_USER); /* it lives on */     \
        CHECK_EQ(haft_##T##_close(&copy), HAFT_OK);                               \
        CHECK_EQ(haft_model_handles(), handles);                                  \
    } while (0)

static HKEY new_key(void) {
    HKEY key = NULL;
    CHECK_EQ(haft_model_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key), ERROR_SUCCESS);
    return key;
}

NT_TEST(nt_duplicate, each_class) {
    DUPLICATES(handle, new_event());
    DUPLICATES(file, new_event());
    DUPLICATES(key, new_key());
    DUPLICATES(event, new_event());
    DUPLICATES(mutex, new_event());
    DUPLICATES(semaphore, new_event());
    DUPLICATES(timer, new_event());
    DUPLICATES(thread, new_event());
    DUPLICATES(process, new_event());
    DUPLICATES(token, new_event());
    DUPLICATES(mapping, new_event());
    DUPLICATES(pipe, new_event());
    DUPLICATES(mailslot, new_event());
    DUPLICATES(job, new_event());
    DUPLICATES(iocp, new_event());
    DUPLICATES(snapshot, new_event());
    DUPLICATES(console, new_event());
}

NT_TEST(nt_duplicate, the_old_handle_is_closed_first) {
    haft_event h = HAFT_INIT, copy = HAFT_INIT;
    CHECK_EQ(haft_event_adopt(&h, new_event(), HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_event_adopt(&copy, new_event(), HAFT_OWNER_USER), HAFT_OK);
    size_t handles = haft_model_handles();
    CHECK_EQ(haft_event_duplicate(&copy, &h, 0, FALSE, SAME_ACCESS), HAFT_OK);
    CHECK_EQ(haft_model_handles(), handles);
    haft_event_end(&h);
    haft_event_end(&copy);
}

NT_TEST(nt_duplicate, what_cannot_be_copied) {
    haft_event h = HAFT_INIT, copy = HAFT_INIT, none = HAFT_INIT;
    CHECK_EQ(haft_event_adopt(&h, new_event(), HAFT_OWNER_USER), HAFT_OK);
    haft_event stale = h;
    CHECK_EQ(haft_event_duplicate(NULL, &h, 0, FALSE, SAME_ACCESS), HAFT_E_INVALID);
    CHECK_EQ(haft_event_duplicate(&copy, NULL, 0, FALSE, SAME_ACCESS), HAFT_E_INVALID);
    CHECK_EQ(haft_event_duplicate(&h, &h, 0, FALSE, SAME_ACCESS), HAFT_E_INVALID);
    CHECK_EQ(haft_event_duplicate(&copy, &none, 0, FALSE, SAME_ACCESS), HAFT_E_INVALID);
    CHECK_EQ(haft_event_duplicate(&copy, &h, 0, FALSE, CLOSE_SOURCE), HAFT_E_INVALID); /* h would not know */
    CHECK(haft_event_valid(&h));
    CHECK_EQ(haft_event_close(&h), HAFT_OK);
    CHECK_EQ(haft_event_duplicate(&copy, &stale, 0, FALSE, SAME_ACCESS), HAFT_E_STALE);
    CHECK_EQ(copy.hold.tag, 0);
}

NT_TEST(nt_duplicate, a_call_that_fails) {
    haft_event h = HAFT_INIT, copy = HAFT_INIT;
    HANDLE raw = new_event();
    CHECK_EQ(haft_event_adopt(&h, raw, HAFT_OWNER_USER), HAFT_OK);
    CHECK(haft_model_CloseHandle(raw)); /* out of sight */
    CHECK_EQ(haft_event_duplicate(&copy, &h, 0, FALSE, SAME_ACCESS), HAFT_E_OS);
    CHECK_EQ(haft__nt()->last_error(), ERROR_INVALID_HANDLE);
    CHECK_EQ(copy.hold.tag, 0);
    CHECK(haft_event_release(&h) == raw);
}

/* One site, however a loop is unrolled. */
static HAFT__COLD haft_status duplicate(haft_handle *copy, const haft_handle *h) {
    haft_status status = haft_handle_duplicate(copy, h, 0, FALSE, SAME_ACCESS);
    CHECK(status == HAFT_OK || !copy->hold.tag); /* the call is not the last thing done, so it returns here */
    return status;
}

NT_TEST(nt_duplicate, inv5_copies_are_bounded_by_site) {
    haft_handle h = HAFT_INIT, copy[2] = { HAFT_INIT, HAFT_INIT };
    haft_status status[2];
    CHECK_EQ(haft_handle_adopt(&h, new_event(), HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_HANDLE, 1), HAFT_OK);
    for (int i = 0; i < 2; i++) status[i] = duplicate(&copy[i], &h);
    CHECK_EQ(status[0], HAFT_OK);
    CHECK_EQ(status[1], HAFT_E_LIMIT);
    haft_handle_end(&copy[0]);
    haft_handle_end(&h);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_HANDLE, 0), HAFT_OK);
}
