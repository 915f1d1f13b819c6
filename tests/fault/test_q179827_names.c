/* test_q179827_names.c: Q179827: what counts as one key: its full name, whatever parent, case, doubled backslash or
 * function it was opened by. */
#include "fault.h"

#include "base/atomic.h"
#include "base/lock.h"

#include <stdio.h>

#define KEY "SOFTWARE\\Terminal\\Session"
#define NAME "HKLM\\" KEY

typedef struct spelling {
    HKEY parent;
    const char *subkey;
} spelling;

static LONG make_key(HKEY parent, const char *name) {
    HKEY key;
    LONG error = haft_model_RegCreateKeyExA(parent, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL);
    return error ? error : haft_model_RegCloseKey(key);
}

static HKEY open_a(HKEY parent, const char *subkey) {
    HKEY key = NULL;
    CHECK_EQ(haft_shim_RegOpenKeyExA(parent, subkey, 0, KEY_READ, &key), ERROR_SUCCESS);
    return key;
}

/* The same text for the wide functions. */
static const wchar_t *widen(wchar_t *to, const char *from) {
    for (size_t i = 0;; i++) {
        to[i] = (wchar_t)(unsigned char)from[i];
        if (!from[i]) return to;
    }
}

/* Every function that opens a key by name, each once; gives back how many did. */
#define FUNCTIONS 8
static unsigned open_by_all(HKEY parent, const char *subkey, HKEY *to) {
    wchar_t w[256];
    HKEY *k = to;
    widen(w, subkey);
    k += haft_shim_RegOpenKeyA(parent, subkey, k) == ERROR_SUCCESS;
    k += haft_shim_RegOpenKeyW(parent, w, k) == ERROR_SUCCESS;
    k += haft_shim_RegOpenKeyExA(parent, subkey, 0, KEY_READ, k) == ERROR_SUCCESS;
    k += haft_shim_RegOpenKeyExW(parent, w, 0, KEY_READ, k) == ERROR_SUCCESS;
    k += haft_shim_RegCreateKeyA(parent, subkey, k) == ERROR_SUCCESS;
    k += haft_shim_RegCreateKeyW(parent, w, k) == ERROR_SUCCESS;
    k += haft_shim_RegCreateKeyExA(parent, subkey, 0, NULL, 0, KEY_READ, NULL, k, NULL) == ERROR_SUCCESS;
    k += haft_shim_RegCreateKeyExW(parent, w, 0, NULL, 0, KEY_READ, NULL, k, NULL) == ERROR_SUCCESS;
    return (unsigned)(k - to);
}

/* Opens of the key that the wrapper is open to, counted by Haft, are those that the system counts. */
static void check_counts(const haft_key *one, const char *name) { CHECK_EQ(haft_key_opens(one), haft_model_key_count(name)); }

static void close_key(HKEY key) { CHECK_EQ(haft_shim_RegCloseKey(key), ERROR_SUCCESS); }

static void check_nothing_left(void) {
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(haft_model_handles(), 0);
}

TEST(q179827_names, one_key_by_every_name_and_function) {
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    REQUIRE_EQ(make_key(HKEY_LOCAL_MACHINE, KEY), ERROR_SUCCESS);
    HKEY software = open_a(HKEY_LOCAL_MACHINE, "software"), terminal = open_a(software, "Terminal");
    HKEY itself = open_a(terminal, "SESSION"), raw = NULL; /* raw: one that Haft never saw */
    REQUIRE_EQ(haft_model_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &raw), ERROR_SUCCESS);
    const spelling spellings[] = {
        { HKEY_LOCAL_MACHINE, KEY },
        { HKEY_LOCAL_MACHINE, "software\\TERMINAL\\session" },
        { HKEY_LOCAL_MACHINE, "SOFTWARE\\\\Terminal\\\\\\Session" },
        { HKEY_LOCAL_MACHINE, "Software\\Terminal\\Session\\" },
        { software, "Terminal\\Session" },
        { software, "terminal\\\\session" },
        { terminal, "Session" },
        { terminal, "SESSION\\\\" },
        { raw, "Terminal\\Session" },
    };
    const size_t count = sizeof spellings / sizeof *spellings;
    static HKEY keys[16][FUNCTIONS], refused[FUNCTIONS];
    haft_key one = HAFT_INIT;
    CHECK_EQ(haft_key_open_a(&one, itself, "", 0, KEY_READ), HAFT_OK); /* of a key that is not predefined an open like any other */
    for (size_t i = 0; i < count; i++) {
        CHECK_EQ(open_by_all(spellings[i].parent, spellings[i].subkey, keys[i]), FUNCTIONS);
        CHECK_EQ(haft_model_key_count(NAME), 2 + (i + 1) * FUNCTIONS);
        check_counts(&one, NAME);
    }
    CHECK_EQ(haft_limit_set(HAFT_CLASS_KEY, (uint32_t)haft_key_opens(&one)), HAFT_OK);
    for (size_t i = 0; i < count; i++) CHECK_EQ(open_by_all(spellings[i].parent, spellings[i].subkey, refused), 0);
    for (size_t i = 0; i < count; i++)
        for (size_t f = 0; f < FUNCTIONS; f++) close_key(keys[i][f]);
    CHECK_EQ(haft_model_key_count(NAME), 2);
    check_counts(&one, NAME);
    CHECK_EQ(haft_model_RegCloseKey(raw), ERROR_SUCCESS);
    CHECK_EQ(haft_key_close(&one), HAFT_OK);
    close_key(itself), close_key(terminal), close_key(software);
    check_nothing_left();
}

/* Opens `first` and `second` up to the bound; together they share it, or each has its own. */
static void share(const spelling *first, const spelling *second, bool shared, const char *name) {
    HKEY keys[2][4];
    for (int i = 0; i < 2; i++) keys[0][i] = open_a(first->parent, first->subkey);
    for (int i = 0; i < 2; i++) keys[1][i] = open_a(second->parent, second->subkey);
    HKEY more = NULL;
    LONG expected = shared ? ERROR_NOT_ENOUGH_QUOTA : ERROR_SUCCESS;
    CHECK_EQ(haft_shim_RegOpenKeyExA(first->parent, first->subkey, 0, KEY_READ, &more), expected);
    if (more) close_key(more);
    more = NULL;
    CHECK_EQ(haft_shim_RegOpenKeyExA(second->parent, second->subkey, 0, KEY_READ, &more), expected);
    if (more) close_key(more);
    if (shared) CHECK_EQ(haft_model_key_count(name), 4);
    for (int i = 0; i < 4; i++) close_key(keys[i / 2][i % 2]);
    check_nothing_left();
}

/* \REGISTRY\USER\S-1-...: what HKEY_CURRENT_USER stands for, below HKEY_USERS. */
static void user_path(char *to, size_t size, const char *below) {
    wchar_t name[256];
    HKEY key = NULL;
    *to = '\0';
    if (haft_model_RegOpenCurrentUser(KEY_READ, &key) != ERROR_SUCCESS) return;
    size_t length = haft__nt()->key_name(key, name, 256), prefix = sizeof "\\REGISTRY\\USER\\" - 1, n = 0;
    haft_model_RegCloseKey(key);
    for (size_t i = prefix; i < length && n + 1 < size; i++) to[n++] = (char)name[i];
    to[n] = '\0';
    snprintf(to + n, size - n, "%s", below);
}

TEST(q179827_names, the_current_user_is_a_user) {
    char path[256];
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    haft_limit_set(HAFT_CLASS_KEY, 4);
    user_path(path, sizeof path, "\\SOFTWARE");
    REQUIRE(strncmp(path, "S-1-5-", 6) == 0);
    const spelling current = { HKEY_CURRENT_USER, "Software" }, user = { HKEY_USERS, path };
    share(&current, &user, true, "HKCU\\Software");
    share(&user, &current, true, "HKCU\\Software");

    HKEY root = NULL, users = open_a(HKEY_USERS, "");
    CHECK(users == HKEY_USERS);
    CHECK_EQ(haft_shim_RegOpenCurrentUser(KEY_READ, &root), ERROR_SUCCESS);
    HKEY keys[4] = { open_a(root, "software"), open_a(HKEY_CURRENT_USER, "SOFTWARE"), open_a(HKEY_USERS, path),
                     open_a(root, "\\Software") };
    CHECK_EQ(haft_model_key_count("HKCU\\Software"), 4);
    HKEY more;
    CHECK_EQ(haft_shim_RegOpenKeyExA(root, "software", 0, KEY_READ, &more), ERROR_NOT_ENOUGH_QUOTA);
    for (int i = 0; i < 4; i++) close_key(keys[i]);

    /* RegOpenCurrentUser is an open of the user's own key. */
    user_path(path, sizeof path, "");
    for (int i = 0; i < 3; i++) CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_USERS, path, 0, KEY_READ, &keys[i]), ERROR_SUCCESS);
    CHECK_EQ(haft_shim_RegOpenCurrentUser(KEY_READ, &more), ERROR_NOT_ENOUGH_QUOTA);
    for (int i = 0; i < 3; i++) close_key(keys[i]);
    close_key(root);
    check_nothing_left();
}

TEST(q179827_names, roots_that_are_keys_of_other_roots) {
    static const struct {
        spelling first, second;
        const char *name;
    } pairs[] = {
        { { HKEY_CLASSES_ROOT, "txtfile" }, { HKEY_LOCAL_MACHINE, "Software\\Classes\\TXTFILE" }, "HKCR\\txtfile" },
        { { HKEY_CURRENT_CONFIG, "Display" },
          { HKEY_LOCAL_MACHINE, "SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current\\display" }, "HKCC\\Display" },
    };
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    haft_limit_set(HAFT_CLASS_KEY, 4);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        REQUIRE_EQ(make_key(pairs[i].first.parent, pairs[i].first.subkey), ERROR_SUCCESS);
        share(&pairs[i].first, &pairs[i].second, true, pairs[i].name);
        share(&pairs[i].second, &pairs[i].first, true, pairs[i].name);
    }
}

TEST(q179827_names, different_keys_never_share_a_count) {
    static const struct {
        spelling first, second;
    } pairs[] = {
        { { HKEY_LOCAL_MACHINE, "SOFTWARE\\A\\BC" }, { HKEY_LOCAL_MACHINE, "SOFTWARE\\AB\\C" } },
        { { HKEY_LOCAL_MACHINE, "SOFTWARE\\A" }, { HKEY_LOCAL_MACHINE, "SOFTWARE\\A\\A" } },
        { { HKEY_LOCAL_MACHINE, "SOFTWARE\\Same" }, { HKEY_CURRENT_USER, "SOFTWARE\\Same" } },
        { { HKEY_CLASSES_ROOT, "Same" }, { HKEY_CURRENT_CONFIG, "Same" } },
        { { HKEY_LOCAL_MACHINE, "SOFTWARE\\A/B" }, { HKEY_LOCAL_MACHINE, "SOFTWARE\\A\\B" } },
        { { HKEY_LOCAL_MACHINE, "SOFTWARE\\Session " }, { HKEY_LOCAL_MACHINE, "SOFTWARE\\Session" } },
        { { HKEY_LOCAL_MACHINE, "SOFTWARE\\K" }, { HKEY_LOCAL_MACHINE, "SOFTWARE\\K (32)" } },
        { { HKEY_USERS, ".DEFAULT\\Software" }, { HKEY_CURRENT_USER, "Software" } },
    };
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    haft_limit_set(HAFT_CLASS_KEY, 4);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        REQUIRE_EQ(make_key(pairs[i].first.parent, pairs[i].first.subkey), ERROR_SUCCESS);
        REQUIRE_EQ(make_key(pairs[i].second.parent, pairs[i].second.subkey), ERROR_SUCCESS);
        /* two, two, and two of each more would be six of one */
        share(&pairs[i].first, &pairs[i].second, false, NULL);
    }
}

TEST(q179827_names, a_thousand_keys_have_a_thousand_counts) {
    enum { KEYS = 1000, EACH = 3 };
    static HKEY keys[KEYS][EACH];
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    haft_limit_set(HAFT_CLASS_KEY, EACH);
    for (int i = 0; i < KEYS; i++) {
        char name[64];
        HKEY more;
        snprintf(name, sizeof name, "SOFTWARE\\Many\\%d", i);
        REQUIRE_EQ(make_key(HKEY_LOCAL_MACHINE, name), ERROR_SUCCESS);
        for (int j = 0; j < EACH; j++) keys[i][j] = open_a(HKEY_LOCAL_MACHINE, name);
        CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, name, 0, KEY_READ, &more), ERROR_NOT_ENOUGH_QUOTA);
    }
    CHECK_EQ(haft_model_handles(), KEYS * EACH);
    for (int i = 0; i < KEYS * EACH; i++) close_key(keys[i / EACH][i % EACH]);
    check_nothing_left();
}

TEST(q179827_names, a_key_that_is_handed_back_is_not_an_open) {
    HKEY key = NULL;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    REQUIRE_EQ(make_key(HKEY_LOCAL_MACHINE, KEY), ERROR_SUCCESS);
    haft_limit_set(HAFT_CLASS_KEY, 2);
    HKEY own = open_a(HKEY_LOCAL_MACHINE, KEY);
    haft_key other = HAFT_INIT, borrowed = HAFT_INIT;
    CHECK_EQ(haft_key_open_a(&other, HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ), HAFT_OK);
    for (int i = 0; i < 100; i++) {
        CHECK_EQ(haft_shim_RegOpenKeyA(HKEY_LOCAL_MACHINE, NULL, &key), ERROR_SUCCESS);
        CHECK(key == HKEY_LOCAL_MACHINE);
        CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "", 0, KEY_READ, &key), ERROR_SUCCESS);
        CHECK(key == HKEY_LOCAL_MACHINE);
        CHECK_EQ(haft_shim_RegOpenKeyExW(HKEY_CLASSES_ROOT, NULL, 0, KEY_READ, &key), ERROR_SUCCESS);
        CHECK(key == HKEY_CLASSES_ROOT);
        CHECK_EQ(haft_key_open_a(&borrowed, HKEY_USERS, NULL, 0, KEY_READ), HAFT_OK);
        CHECK_EQ(haft_key_owner(&borrowed), HAFT_OWNER_PSEUDO);
        CHECK_EQ(haft_key_close(&borrowed), HAFT_OK);
    }
    CHECK_EQ(haft_live(), 2);
    CHECK_EQ(haft_key_opens(&other), 2);
    CHECK_EQ(haft_model_handles(), 2);
    CHECK_EQ(haft_key_close(&other), HAFT_OK);
    /* Below the bound: one that is handed back counts neither before nor after. */
    for (int i = 0; i < 100; i++) {
        key = NULL;
        CHECK_EQ(haft_shim_RegOpenKeyA(own, NULL, &key), ERROR_SUCCESS);
        CHECK(key == own);
        CHECK_EQ(haft_shim_RegOpenKeyW(own, NULL, &key), ERROR_SUCCESS);
        CHECK(key == own);
    }
    CHECK_EQ(haft_live(), 1);
    CHECK_EQ(fault_found(HAFT_FINDING_FOREIGN_CLOSE), 0);
    CHECK_EQ(haft_model_key_count(NAME), 1);
    close_key(own);
    check_nothing_left();
}

TEST(q179827_names, a_key_that_is_handed_back_at_the_bound_is_not_refused) {
    HKEY key = NULL;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    REQUIRE_EQ(make_key(HKEY_LOCAL_MACHINE, KEY), ERROR_SUCCESS);
    haft_limit_set(HAFT_CLASS_KEY, 1);
    HKEY own = open_a(HKEY_LOCAL_MACHINE, KEY);
    CHECK_EQ(haft_shim_RegOpenKeyA(own, NULL, &key), ERROR_SUCCESS);
    CHECK(key == own);
    CHECK_EQ(fault_found(HAFT_FINDING_LIMIT), 0);
    close_key(own);
    check_nothing_left();
}

/* Only afterwards it can be told whether the system has opened the root or handed it back. */
TEST(q179827_names, a_root_at_its_bound_is_handed_back_all_the_same) {
    HKEY key = NULL;
    haft_key k = HAFT_INIT;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    haft_limit_set(HAFT_CLASS_KEY, 1);
    CHECK_EQ(make_key(HKEY_LOCAL_MACHINE, ""), ERROR_SUCCESS);
    CHECK_EQ(haft_key_create_a(&k, HKEY_LOCAL_MACHINE, "", 0, NULL, 0, KEY_READ, NULL, NULL), HAFT_OK); /* a handle of its own */
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "", 0, KEY_READ, &key), ERROR_SUCCESS);
    CHECK(key == HKEY_LOCAL_MACHINE);
    CHECK_EQ(haft_shim_RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"", 0, KEY_READ, &key), ERROR_SUCCESS);
    CHECK_EQ(haft_shim_RegOpenKeyExW(HKEY_LOCAL_MACHINE, NULL, 0, KEY_READ, &key), ERROR_SUCCESS);
    haft_key same = HAFT_INIT;
    CHECK_EQ(haft_key_open_a(&same, HKEY_LOCAL_MACHINE, "", 0, KEY_READ), HAFT_OK);
    CHECK_EQ(haft_key_owner(&same), HAFT_OWNER_PSEUDO);
    CHECK_EQ(fault_found(HAFT_FINDING_LIMIT), 0);
    key = NULL;
    CHECK_EQ(haft_shim_RegCreateKeyExA(HKEY_LOCAL_MACHINE, "", 0, NULL, 0, KEY_READ, NULL, &key, NULL), ERROR_NOT_ENOUGH_QUOTA);
    CHECK(key == NULL);
    CHECK_EQ(haft_key_create_a(&same, HKEY_LOCAL_MACHINE, "", 0, NULL, 0, KEY_READ, NULL, NULL), HAFT_E_LIMIT);
    CHECK_EQ(fault_found(HAFT_FINDING_LIMIT), 2);
    CHECK_EQ(haft_key_opens(&k), 1);
    CHECK_EQ(haft_model_handles(), 1);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
    check_nothing_left();
}

TEST(q179827_names, an_open_that_fails_is_not_counted) {
    HKEY key = NULL;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    haft_limit_set(HAFT_CLASS_KEY, 3);
    for (int i = 0; i < 100; i++)
        CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ, &key), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(haft_live(), 0);
    REQUIRE_EQ(make_key(HKEY_LOCAL_MACHINE, KEY), ERROR_SUCCESS);
    HKEY keys[3];
    for (int i = 0; i < 3; i++) keys[i] = open_a(HKEY_LOCAL_MACHINE, KEY);
    for (int i = 0; i < 100; i++)
        CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, KEY, 7, KEY_READ, &key), ERROR_NOT_ENOUGH_QUOTA);
    for (int i = 0; i < 3; i++) close_key(keys[i]);
    check_nothing_left();
}

TEST(q179827_names, a_duplicate_is_no_open) {
    HANDLE copy = NULL, self = haft_model_GetCurrentProcess();
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    REQUIRE_EQ(make_key(HKEY_LOCAL_MACHINE, KEY), ERROR_SUCCESS);
    HKEY key = open_a(HKEY_LOCAL_MACHINE, KEY);
    CHECK(haft_shim_DuplicateHandle(self, (HANDLE)key, self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK_EQ(haft_model_key_count(NAME), 1);
    CHECK_EQ(haft_live(), 2);
    CHECK(!haft_shim_CloseHandle(copy)); /* it is a key: the wrong closer */
    CHECK_EQ(haft_model_GetLastError(), ERROR_INVALID_HANDLE);
    close_key((HKEY)copy);
    close_key(key);
    check_nothing_left();
}

TEST(q179827_names, another_machines_keys_are_others) {
    HKEY theirs = NULL, ours[2];
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    haft_limit_set(HAFT_CLASS_KEY, 2);
    CHECK_EQ(haft_shim_RegConnectRegistryA("\\\\SERVER", HKEY_LOCAL_MACHINE, &theirs), ERROR_SUCCESS);
    for (int i = 0; i < 2; i++) ours[i] = open_a(HKEY_LOCAL_MACHINE, "SOFTWARE");
    HKEY more = NULL;
    CHECK_EQ(haft_shim_RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &more), ERROR_NOT_ENOUGH_QUOTA);
    CHECK_EQ(haft_shim_RegCreateKeyExA(theirs, "SOFTWARE", 0, NULL, 0, KEY_READ, NULL, &more, NULL), ERROR_SUCCESS);
    close_key(more);
    for (int i = 0; i < 2; i++) close_key(ours[i]);
    close_key(theirs);
    check_nothing_left();
}

/* ---- names that nobody has opened before ---- */

#define AT_ONCE 4
static struct {
    spelling by;
    REGSAM access;
    HKEY key;
    LONG code;
} firsts[AT_ONCE];
static haft__a32 most_open;

/* What the key is called in truth is known only now; the others have all the time they want to open it too. */
static LONG WINAPI open_slowly(HKEY parent, LPCSTR subkey, DWORD options, REGSAM access, PHKEY ret) {
    LONG code = haft__port_model.RegOpenKeyExA(parent, subkey, options, access, ret);
    for (unsigned turns = 0; turns < 120; turns++) {
        uint32_t open = (uint32_t)haft_model_key_count("HKCU\\Software"), most = haft__load32(&most_open);
        while (open > most && !haft__cas32(&most_open, most, open)) most = haft__load32(&most_open);
        haft__yield(turns);
    }
    return code;
}

static void open_first(unsigned number) {
    firsts[number].code = haft_shim_RegOpenKeyExA(firsts[number].by.parent, firsts[number].by.subkey, 0, firsts[number].access,
                                                  &firsts[number].key);
}

/* One at a time opens by a name not seen before: so the system's count is never more than one above the bound. */
TEST(q179827_names, new_names_of_one_key_are_opened_one_by_one) {
    static const REGSAM accesses[AT_ONCE] = { 0, 0x0200, 0x0100, 0x0200 }; /* KEY_WOW64_32KEY, KEY_WOW64_64KEY: more names */
    static char path[256];
    unsigned opened = 0;
    REQUIRE(fault_boot(HAFT_NT4_SP3));
    haft_limit_set(HAFT_CLASS_KEY, 1);
    haft_sink_set(NULL, NULL);
    user_path(path, sizeof path, "\\SOFTWARE");
    for (unsigned i = 0; i < AT_ONCE; i++) {
        firsts[i].by.parent = i < 3 ? HKEY_CURRENT_USER : HKEY_USERS;
        firsts[i].by.subkey = i < 3 ? "Software" : path;
        firsts[i].access = KEY_READ | accesses[i];
    }
    haft__store32(&most_open, 0);
    fault_port()->RegOpenKeyExA = open_slowly;
    fault_threads(AT_ONCE, open_first);
    CHECK_EQ(haft__load32(&most_open), 2);
    for (unsigned i = 0; i < AT_ONCE; i++) {
        if (firsts[i].code == ERROR_SUCCESS) close_key(firsts[i].key), opened++;
        else CHECK_EQ(firsts[i].code, ERROR_NOT_ENOUGH_QUOTA);
    }
    CHECK_EQ(opened, 1);
    check_nothing_left();
}
