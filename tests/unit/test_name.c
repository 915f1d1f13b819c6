/* test_name.c: names in the form that identities are compared in. */
#include "unit.h"

#include "core/name.h"

static void is(haft__name *n, const char *expected) {
    CHECK_STR(n->text, expected);
    CHECK_EQ(n->length, strlen(expected));
    CHECK(!n->failed);
    haft__name_free(n);
}

TEST(name, folds_only_what_it_is_told_to) {
    haft__name n;
    haft__name_start(&n);
    haft__name_a(&n, "aZ[`{_09", true);
    is(&n, "AZ[`{_09");
    haft__name_start(&n);
    haft__name_a(&n, "aZ", false);
    is(&n, "aZ");
    haft__name_start(&n);
    haft__name_a(&n, NULL, true);
    haft__name_w(&n, NULL, true);
    is(&n, "");
}

TEST(name, both_forms_are_one) {
    haft__name a, w;
    haft__name_start(&a);
    haft__name_start(&w);
    haft__name_a(&a, "Software\\Extra", true);
    haft__name_w(&w, L"Software\\Extra", true);
    CHECK_STR(a.text, w.text);
    haft__name_free(&w);
    is(&a, "SOFTWARE\\EXTRA");
}

TEST(name, wide_characters_are_utf8) {
    haft__name n;
    const wchar_t text[] = { L'a', 0xe4, 0x20ac, 0 };
    haft__name_start(&n);
    haft__name_w(&n, text, true);
    is(&n, "A\xc3\xa4\xe2\x82\xac");
    haft__name_start(&n);
    haft__name_char(&n, 0x1f600, false);
    is(&n, "\xf0\x9f\x98\x80");
    if (sizeof(wchar_t) == 2) {
        const wchar_t pair[] = { (wchar_t)0xd83d, (wchar_t)0xde00, (wchar_t)0xd800, L'x', 0 };
        haft__name_start(&n);
        haft__name_w(&n, pair, false);
        is(&n, "\xf0\x9f\x98\x80\xed\xa0\x80x"); /* a lone half stands for itself */
    }
}

static void subkey(const char *text, const char *expected) {
    haft__name n;
    wchar_t wide[64];
    size_t i = 0;
    haft__name_start(&n);
    haft__name_subkey(&n, text, NULL);
    is(&n, expected);
    do wide[i] = (wchar_t)text[i];
    while (text[i++]);
    haft__name_start(&n);
    haft__name_subkey(&n, NULL, wide);
    is(&n, expected);
}

TEST(name, subkeys_have_one_form) {
    subkey("a", "\\A");
    subkey("a\\b", "\\A\\B");
    subkey("\\a\\\\b\\", "\\A\\B");
    subkey("\\\\\\", "");
    subkey("", "");
    haft__name n;
    haft__name_start(&n);
    haft__name_subkey(&n, NULL, NULL);
    is(&n, "");
}

TEST(name, long_names_grow) {
    haft__name n;
    char text[5001];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    haft__name_start(&n);
    haft__name_a(&n, text, false);
    is(&n, text);
    CHECK_STR(n.text, ""); /* free starts it afresh */
}

TEST(name, inv6_no_memory_fails_the_name) {
    haft__name n;
    char text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    unit_alloc_fail(1, true);
    haft__name_start(&n);
    haft__name_a(&n, "short", false);
    CHECK(!n.failed); /* takes none */
    haft__name_a(&n, text, false);
    CHECK(n.failed);
    CHECK_EQ(strlen(n.text), n.length);
    unit_alloc_end();
    haft__name_char(&n, 'y', false);
    CHECK(n.failed); /* once incomplete, always */
    haft__name_free(&n);
}

TEST(name, inv6_no_memory_fails_a_name_of_bytes) {
    haft__name n;
    char text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    haft__name_start(&n);
    unit_alloc_fail(1, true);
    haft__name_bytes(&n, text);
    unit_alloc_end();
    CHECK(n.failed);
    CHECK_EQ(strlen(n.text), n.length);
    haft__name_free(&n);
    haft__name_bytes(&n, text);
    is(&n, text);
}

static void plain(const char *text, const char *expected) {
    char shown[32];
    memcpy(shown, text, strlen(text) + 1);
    CHECK_EQ(haft__name_plain(shown), strlen(expected));
    CHECK_STR(shown, expected);
}

/* The first and the last of each range that is not shown, and their neighbours. */
TEST(name, what_changes_how_a_line_reads_is_not_shown) {
    plain("a\x1f\x7f\xc2\x80\xc2\x9f~ \xc2\xa0", "a....~ \xc2\xa0");
    plain("\xd8\x9b\xd8\x9c\xd8\x9d", "\xd8\x9b.\xd8\x9d");                                     /* U+061C */
    plain("\xe2\x80\x8d\xe2\x80\x8e\xe2\x80\x8f\xe2\x80\x90", "\xe2\x80\x8d..\xe2\x80\x90"); /* U+200E, 200F */
    plain("\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xae\xe2\x80\xaf", "\xe2\x80\xa7..\xe2\x80\xaf"); /* U+2028 to 202E */
    plain("\xe2\x81\xa5\xe2\x81\xa6\xe2\x81\xa9\xe2\x81\xaa", "\xe2\x81\xa5..\xe2\x81\xaa"); /* U+2066 to 2069 */
}

/* Halves of a pair in the wrong place stand for themselves, wherever a wide character is. */
TEST(name, halves_that_make_no_pair) {
    static const wchar_t second[] = { 0xdc00, 'x', 0 }, beyond[] = { 0xd800, 0xe000, 0 }, low[] = { 0xd800, 0xd801, 0 };
    haft__name n;
    haft__name_start(&n);
    haft__name_w(&n, second, false);
    is(&n, "\xed\xb0\x80x");
    haft__name_w(&n, beyond, false);
    is(&n, "\xed\xa0\x80\xee\x80\x80");
    haft__name_w(&n, low, false);
    is(&n, "\xed\xa0\x80\xed\xa0\x81");
}
