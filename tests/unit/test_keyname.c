/* test_keyname.c: the names of registry keys: from what their parents are called, and from the system. */
#include "unit_nt.h"

#include "core/keyname.h"
#include "core/opening.h"

#define PERFORMANCE ((HKEY)(uintptr_t)(intptr_t)(int32_t)0x80000004)
#define LONG_NAME 400

static const wchar_t *given; /* by a system that calls every key so; NULL: it cannot tell */

static size_t give_name(HKEY key, wchar_t *text, size_t cap) {
    size_t length = 0;
    (void)key;
    while (given && given[length]) length++;
    if (!given || length >= cap) return 0;
    memcpy(text, given, (length + 1) * sizeof *text);
    return length;
}

static void is(haft__name *n, const char *expected) {
    CHECK_STR(n->text, expected);
    CHECK_EQ(n->length, strlen(expected));
    haft__name_free(n);
}

TEST(keyname, which_values_are_predefined) {
    static const uint32_t known[] = { 0, 1, 2, 3, 4, 5, 6, 7, 0x50, 0x60 }, others[] = { 8, 0x40, 0x51, 0x70, 0x7fffffff };
    const uint64_t sign = UINT64_C(0xffffffff00000000);
    for (size_t i = 0; i < HAFT__COUNT(known); i++) {
        CHECK(haft__key_is_predefined(0x80000000u | known[i]));
        CHECK(haft__key_is_predefined(sign | 0x80000000u | known[i])); /* widened with its sign */
        CHECK(!haft__key_is_predefined(known[i]));
        CHECK(!haft__key_is_predefined(UINT64_C(0x7fff00000000) | 0x80000000u | known[i])); /* an address */
    }
    for (size_t i = 0; i < HAFT__COUNT(others); i++) CHECK(!haft__key_is_predefined(0x80000000u | others[i]));
}

NT_TEST(keyname, roots_have_names) {
    static const char *const names[] = { "HKCR", "HKCU", "\\REGISTRY\\MACHINE", "\\REGISTRY\\USER", NULL, "HKCC" };
    haft__name n;
    for (uint32_t i = 0; i < HAFT__COUNT(names); i++) {
        HKEY root = (HKEY)(uintptr_t)(intptr_t)(int32_t)(0x80000000u | i);
        CHECK_EQ(haft__key_name_below(&n, root, NULL, NULL, 0), names[i] != NULL);
        is(&n, names[i] ? names[i] : "");
    }
}

NT_TEST(keyname, another_machines_root) {
    haft__name n;
    CHECK(haft__key_name_connected(&n, "\\\\box", NULL, HKEY_LOCAL_MACHINE));
    is(&n, "\\\\\\BOX\\\\REGISTRY\\MACHINE");
    CHECK(haft__key_name_connected(&n, NULL, L"\\\\box", HKEY_LOCAL_MACHINE));
    is(&n, "\\\\\\BOX\\\\REGISTRY\\MACHINE");
    CHECK(!haft__key_name_connected(&n, "\\\\box", NULL, PERFORMANCE)); /* every open is another object */
    haft__name_free(&n);
}

NT_TEST(keyname, views_have_names_of_their_own) {
    haft__name n;
    CHECK(haft__key_name_below(&n, HKEY_LOCAL_MACHINE, "x", NULL, KEY_READ | 0x0200));
    is(&n, "\\REGISTRY\\MACHINE\\X (32)");
    CHECK(haft__key_name_below(&n, HKEY_LOCAL_MACHINE, "x", NULL, KEY_READ | 0x0100));
    is(&n, "\\REGISTRY\\MACHINE\\X (64)");
}

/* A parent that is tracked but not counted, and a value that is no key: the system is asked. */
NT_TEST(keyname, a_parent_without_a_known_name_is_asked_for) {
    haft_key key = HAFT_INIT;
    haft_event event = HAFT_INIT;
    haft__name n;
    unit_port()->key_name = give_name;
    given = L"\\Registry\\Told";
    CHECK_EQ(haft_key_adopt(&key, (HKEY)(uintptr_t)0x5000, HAFT_OWNER_USER), HAFT_OK);
    CHECK(haft__key_name_below(&n, haft_key_raw(&key), "sub", NULL, 0));
    is(&n, "\\REGISTRY\\TOLD\\SUB");
    CHECK(haft_key_release(&key) != NULL);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 9), HAFT_OK);
    CHECK_EQ(haft_event_create_a(&event, NULL, TRUE, FALSE, "an event"), HAFT_OK);
    CHECK(haft__key_name_below(&n, (HKEY)haft_event_raw(&event), "sub", NULL, 0));
    is(&n, "\\REGISTRY\\TOLD\\SUB");
    given = NULL;
    CHECK(!haft__key_name_below(&n, (HKEY)haft_event_raw(&event), "sub", NULL, 0));
    haft__name_free(&n);
    CHECK_EQ(haft_event_close(&event), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
}

NT_TEST(keyname, inv6_a_long_name_for_which_there_is_no_memory) {
    static wchar_t name[LONG_NAME + 1];
    haft__name n;
    for (int i = 0; i < LONG_NAME; i++) name[i] = L'x';
    given = name;
    unit_port()->key_name = give_name;
    for (unsigned fails = 1; fails <= 2; fails++) { /* where the system writes it, and where it is kept */
        unit_alloc_fail(fails, true);
        CHECK(!haft__key_name_true(&n, (HKEY)(uintptr_t)0x5000));
        CHECK_EQ(unit_alloc_end(), fails);
        haft__name_free(&n);
    }
    CHECK(haft__key_name_true(&n, (HKEY)(uintptr_t)0x5000));
    CHECK_EQ(n.length, LONG_NAME);
    haft__name_free(&n);
}

NT_TEST(keyname, inv6_no_memory_for_a_machines_name) {
    static char machine[LONG_NAME + 1];
    haft__name n;
    memset(machine, 'm', LONG_NAME);
    unit_alloc_fail(1, true);
    CHECK(!haft__key_name_connected(&n, machine, NULL, HKEY_LOCAL_MACHINE));
    CHECK(n.failed);
    unit_alloc_end();
    haft__name_free(&n);
}
