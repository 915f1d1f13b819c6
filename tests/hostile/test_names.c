/* test_names.c: names that mean harm, or are very long. */
#include "unit/unit_nt.h"

#include "core/name.h"
#include "core/opening.h"

#include <stdio.h>
#include <wchar.h>

/* ---- what is shown ---- */

static void plain(const char *text, const char *expected) {
    char copy[64];
    snprintf(copy, sizeof copy, "%s", text);
    CHECK_EQ(haft__name_plain(copy), strlen(expected));
    CHECK_STR(copy, expected);
}

TEST(hostile_names, what_is_plain_stays) {
    plain("", "");
    plain("C:\\a b\\'\"`$(x)%n{}|&;<>", "C:\\a b\\'\"`$(x)%n{}|&;<>");
    plain("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80 \xd7\xa9", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80 \xd7\xa9");
}

TEST(hostile_names, what_steers_a_terminal_is_a_point) {
    plain("a\nb\rc\td\x1b[2Je\x7f\a\b", "a.b.c.d.[2Je...");
    plain("\xc2\x9b" "2J\xc2\x85x\xc2\xa0", ".2J.x\xc2\xa0"); /* controls of eight bits, in UTF-8 */
    plain("a\xe2\x80\xae" "txt.exe\xe2\x81\xa9\xe2\x80\xa8\xd8\x9c", "a.txt.exe..."); /* writing turned round, and a line's end */
}

TEST(hostile_names, what_is_not_utf8_is_a_point) {
    plain("\xff\xfe", "..");
    plain("\x9b" "2J\x80\xbf", ".2J..");
    plain("\xc3", ".");
    plain("\xc3(", ".(");
    plain("\xe2\x82", "..");
    plain("\xf0\x9f\x98", "...");
    plain("\xc0\xaf\xe0\x80\x8a\xf0\x80\x80\x8a", "........."); /* longer than need be: a newline in disguise */
    plain("\xed\xa0\x80", "...");                          /* half a pair, as a lone one of UTF-16 comes out */
    plain("\xf4\x90\x80\x80\xf8\x88\x80\x80\x80", ".........");
}

/* No byte of a text that is shown is a control, and the eight-bit ones are not to be had either. */
static bool is_harmless(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < ' ' && c != '\n') || c == 0x7f) return false;
        if (c == 0xc2 && (unsigned char)text[i + 1] < 0xa0) return false;
    }
    return true;
}

static haft_hold open_named(const char *name, uint64_t raw) {
    haft__opening o;
    haft_hold h = { raw, 0 };
    haft__ask ask = { &unit_key, (const void *)(uintptr_t)0x70001, name, strlen(name), true, true, NULL };
    CHECK_EQ(haft__opening_begin(&o, &ask), HAFT_OK);
    CHECK_EQ(haft__opening_done(&o, raw, HAFT_OWNER_USER, &h.tag), HAFT_OK);
    return h;
}

static size_t report_of(char *text, size_t size) {
    FILE *out = tmpfile();
    if (!out) return 0;
    haft_report_text(out);
    rewind(out);
    size_t length = fread(text, 1, size - 1, out);
    text[length] = '\0';
    fclose(out);
    return length;
}

/* Every byte, as the first and in the middle of a name, in the report and in a finding. */
TEST(hostile_names, no_byte_of_a_name_gets_through_to_a_report) {
    char name[64], report[4096];
    unit_listen();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, 1), HAFT_OK);
    for (int c = 1; c < 256; c++) {
        snprintf(name, sizeof name, "%c x%c\"%c\x1b]0;x\n9 live key", c, c, 0x80 + (c & 0x1f));
        haft_hold h = open_named(name, 0x7a0);
        haft__opening o;
        haft__ask ask = { &unit_key, (const void *)(uintptr_t)0x70011, name, strlen(name), true, true, NULL };
        CHECK_EQ(haft__opening_begin(&o, &ask), HAFT_E_LIMIT);
        size_t length = report_of(report, sizeof report);
        CHECK(is_harmless(report, length));
        CHECK(strstr(report, "\n9 live") == NULL);
        CHECK(strchr(unit_last.text, '\n') == NULL && is_harmless(unit_last.text, strlen(unit_last.text)));
        CHECK(strstr(unit_last.text, "]0;x.9 live key") != NULL);
        haft__end(&h, &unit_key, NULL);
    }
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, HAFT_LIMIT_KEY_DEFAULT), HAFT_OK);
    unit_deaf();
}

/* ---- 32,767 characters, as long as a name of NT's can be ---- */

#define LONGEST 32767

typedef haft_status open_long(haft_event *ret, const char *a, const wchar_t *w);
static haft_status open_a(haft_event *ret, const char *a, const wchar_t *w) {
    (void)w;
    return haft_event_create_a(ret, NULL, TRUE, FALSE, a);
}
static haft_status open_w(haft_event *ret, const char *a, const wchar_t *w) {
    (void)a;
    return haft_event_create_w(ret, NULL, TRUE, FALSE, w);
}

/* Whether the system takes such a name is the system's to say; if it does, it counts as any other. */
static void open_and_close_long(open_long *open, const char *a, const wchar_t *w) {
    haft_event e[3] = { HAFT_INIT, HAFT_INIT, HAFT_INIT };
    char report[4096];
    haft_status first = open(&e[0], a, w), second = open(&e[1], a, w);
    CHECK_EQ(first, second);
    CHECK(first == HAFT_OK || first == HAFT_E_OS);
    CHECK_EQ(haft_event_opens(&e[0]), first == HAFT_OK ? 2 : 0);
    CHECK_EQ(open(&e[2], a, w), first == HAFT_OK ? HAFT_E_LIMIT : HAFT_E_OS);
    CHECK_EQ(haft_live(), first == HAFT_OK ? 2 : 0);
    CHECK(report_of(report, sizeof report) < sizeof report - 1);
    for (int i = 0; i < 3; i++) CHECK_EQ(haft_event_close(&e[i]), HAFT_OK);
}

static void long_names(void) {
    static char a[LONGEST + 1];
    static wchar_t w[LONGEST + 1];
    memset(a, '\x1b', LONGEST);
    for (size_t i = 0; i < LONGEST; i++) w[i] = (wchar_t)(i % 2 ? 0xd800 : 0x20ac); /* each second one is half a pair */
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 2), HAFT_OK);
    unit_listen();
    open_and_close_long(open_a, a, NULL);
    open_and_close_long(open_w, NULL, w);
    CHECK(strlen(unit_last.text) < 1024 && is_harmless(unit_last.text, strlen(unit_last.text)));
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
    unit_deaf();
}

NT_TEST(hostile_names, of_32767_characters) { long_names(); }

#if defined(HAFT_WINDOWS)
TEST(hostile_names, of_32767_characters_on_the_system_itself) {
    haft__nt_use(NULL);
    long_names();
}
#endif
