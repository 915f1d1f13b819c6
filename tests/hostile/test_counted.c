/* test_counted.c: texts that are counted and have no end: a byte too many is seen by the sanitizer. */
#include "unit/unit.h"

#include "core/identity.h"

#include <haft/model.h>

#include <stdlib.h>

static void *exactly(const void *bytes, size_t length) {
    void *block = malloc(length);
    if (block) memcpy(block, bytes, length);
    return block;
}

TEST(hostile_counted, a_word_of_the_variable) {
    char *key = exactly("key", 3);
    REQUIRE(key != NULL);
    CHECK_EQ(haft__class_named(key, 3), HAFT_CLASS_KEY);
    CHECK_EQ(haft__class_named(key, 2), HAFT_CLASS_NONE);
    CHECK_EQ(haft__class_named(key, 0), HAFT_CLASS_NONE);
    free(key);
}

TEST(hostile_counted, a_name) {
    char *name = exactly("one", 3);
    REQUIRE(name != NULL);
    haft__identity *a, *b, *c;
    bool settled;
    uint32_t live;
    haft__claim one = { HAFT_CLASS_EVENT, name, 3, 1, true }, on = { HAFT_CLASS_EVENT, name, 2, 1, true };
    CHECK_EQ(haft__identity_reserve(&one, &a, &settled, &live), HAFT_OK);
    CHECK_EQ(haft__identity_reserve(&on, &b, &settled, &live), HAFT_OK); /* another name, as it is shorter */
    CHECK_EQ(haft__identity_reserve(&one, &c, &settled, &live), HAFT_E_LIMIT);
    haft__identity_release(a);
    haft__identity_release(b);
    free(name);
}

static void value(bool wide, DWORD bytes) {
    static const wchar_t w[] = L"abc";
    const void *text = wide ? (const void *)w : "abc";
    BYTE *in = exactly(text, bytes), *out = malloc(bytes);
    HKEY k;
    DWORD type = 0, size = bytes;
    haft_model_boot(HAFT_NT4_FIXED);
    REQUIRE(in && out && RegCreateKeyA(HKEY_CURRENT_USER, "Counted", &k) == ERROR_SUCCESS);
    CHECK_EQ(wide ? RegSetValueExW(k, L"v", 0, REG_SZ, in, bytes) : RegSetValueExA(k, "v", 0, REG_SZ, in, bytes), ERROR_SUCCESS);
    CHECK_EQ(wide ? RegQueryValueExW(k, L"v", NULL, &type, out, &size) : RegQueryValueExA(k, "v", NULL, &type, out, &size),
             ERROR_SUCCESS);
    CHECK(size == bytes && type == REG_SZ && memcmp(out, text, bytes) == 0);
    size = bytes - 1;
    CHECK_EQ(wide ? RegQueryValueExW(k, L"v", NULL, NULL, out, &size) : RegQueryValueExA(k, "v", NULL, NULL, out, &size),
             ERROR_MORE_DATA);
    CHECK_EQ(size, bytes);
    CHECK_EQ(RegCloseKey(k), ERROR_SUCCESS);
    free(in);
    free(out);
}

TEST(hostile_counted, a_value) { value(false, 3); }
TEST(hostile_counted, a_wide_value) { value(true, 3 * sizeof(wchar_t)); }
