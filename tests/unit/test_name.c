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
