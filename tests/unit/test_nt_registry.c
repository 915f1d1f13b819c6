/* test_nt_registry.c: one opening of a registry key: its name, what the system hands back, and where memory runs out. */
#include "unit_nt.h"

#include "types/nt_registry.h"

#define LONG_NAME 3000

static LONG WINAPI hand_back_a_root(HKEY parent, LPCSTR subkey, DWORD options, REGSAM access, PHKEY ret) {
    (void)parent, (void)subkey, (void)options, (void)access;
    *ret = HKEY_CURRENT_USER;
    return ERROR_SUCCESS;
}

NT_TEST(nt_registry, a_root_that_is_handed_back_is_no_open) {
    haft_key k = HAFT_INIT;
    unit_port()->RegOpenKeyExA = hand_back_a_root;
    CHECK_EQ(haft_key_open_a(&k, HKEY_LOCAL_MACHINE, "x", 0, KEY_READ), HAFT_OK);
    CHECK_EQ(haft_key_owner(&k), HAFT_OWNER_PSEUDO);
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
}

static LONG WINAPI is_missing(HKEY parent, LPCSTR subkey, DWORD options, REGSAM access, PHKEY ret) {
    (void)parent, (void)subkey, (void)options, (void)access, (void)ret;
    return ERROR_CALL_NOT_IMPLEMENTED;
}

NT_TEST(nt_registry, a_system_without_the_call) {
    haft_key k = HAFT_INIT;
    unit_port()->RegOpenKeyExA = is_missing;
    CHECK_EQ(haft_key_open_a(&k, HKEY_LOCAL_MACHINE, "x", 0, KEY_READ), HAFT_E_UNSUPPORTED);
    CHECK_EQ(haft__nt()->last_error(), ERROR_CALL_NOT_IMPLEMENTED);
    CHECK_EQ(k.hold.tag, 0);
}

static LONG WINAPI open_some_key(REGSAM access, PHKEY ret) {
    return haft__port_model.RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, access, ret);
}

NT_TEST(nt_registry, the_current_users_key) {
    haft_key k = HAFT_INIT;
    unit_port()->RegOpenCurrentUser = open_some_key;
    CHECK_EQ(haft_key_open_current_user(&k, KEY_READ), HAFT_OK);
    CHECK_EQ(haft_key_owner(&k), HAFT_OWNER_USER);
    CHECK_EQ(haft_key_close(&k), HAFT_OK);
}

static haft__key_ask ask_for(HKEY parent, const char *subkey, bool enforce) {
    haft__key_ask ask = { NULL, parent, subkey, NULL, KEY_READ, enforce, NULL };
    return ask;
}

/* Where the bound refuses, a key without a name would pass it; where it does not, the key is opened uncounted. */
NT_TEST(nt_registry, inv6_no_memory_for_a_name) {
    static char name[LONG_NAME + 1];
    haft__opening o;
    memset(name, 'x', LONG_NAME);
    haft__key_ask enforced = ask_for(HKEY_LOCAL_MACHINE, name, true), watched = ask_for(HKEY_LOCAL_MACHINE, name, false);
    unit_alloc_fail(1, true);
    CHECK_EQ(haft__key_begin(&o, &enforced), HAFT_E_NOMEM);
    CHECK_EQ(haft__key_begin(&o, &watched), HAFT_OK);
    unit_alloc_end();
    CHECK(o.identity == NULL);
    CHECK_EQ(haft__key_begin(&o, &enforced), HAFT_OK); /* there is memory again */
    CHECK(o.identity != NULL);
    haft__opening_cancel(&o);
}

/* HKEY_CURRENT_USER is another name of a key below \REGISTRY\USER, which the first open by it finds out. Allocation `n` fails,
 * and all after it, from the moment that the system has opened it. */
static haft_status open_users(unsigned n, uint32_t owner) {
    haft__opening o;
    haft__key_ask ask = ask_for(HKEY_CURRENT_USER, "Software", true);
    HKEY key = NULL;
    uint64_t tag = 0;
    bool same = true;
    size_t before = haft_model_handles();
    CHECK_EQ(haft__key_begin(&o, &ask), HAFT_OK);
    CHECK(haft__opening_unsettled(&o));
    LONG code = haft__port_model.RegCreateKeyExA(HKEY_CURRENT_USER, "Software", 0, NULL, 0, KEY_READ, NULL, &key, NULL);
    CHECK_EQ(code, ERROR_SUCCESS);
    haft__nt()->set_last_error(UNIT_LAST_ERROR);
    unit_alloc_fail(n, true);
    haft_status status = haft__key_done(&o, &ask, key, owner, &tag, &same);
    unit_alloc_end();
    CHECK(!same);
    CHECK_EQ(haft__nt()->last_error(), UNIT_LAST_ERROR);
    if (status != HAFT_OK) { /* closed */
        CHECK_EQ(haft_model_handles(), before);
        CHECK_EQ(haft_live(), 0);
        return status;
    }
    CHECK_EQ(haft_model_handles(), before + 1);
    haft_hold h = { (uint64_t)(uintptr_t)key, 0 }; /* a shim's life goes over; a wrapper's is made up from its tag */
    if (owner == HAFT__OWNER_RAW) CHECK_EQ(haft__adopt(&h, h.raw, HAFT_OWNER_USER, &unit_key, NULL), HAFT_OK);
    else h.tag = tag;
    CHECK_EQ(haft__release(&h, &unit_key, NULL), h.raw ? h.raw : (uint64_t)(uintptr_t)key);
    CHECK_EQ(haft__port_model.RegCloseKey(key), ERROR_SUCCESS);
    return HAFT_OK;
}

NT_TEST(nt_registry, inv6_no_memory_for_the_true_name) {
    haft_status status = HAFT_E_NOMEM;
    unsigned n;
    CHECK_EQ(open_users(1, HAFT_OWNER_USER), HAFT_E_NOMEM); /* it could not be counted: it is closed */
    CHECK_EQ(open_users(1, HAFT__OWNER_RAW), HAFT_OK);      /* its caller's, who asked the system for it */
    for (n = 1; status != HAFT_OK && n < 20; n++) {
        status = open_users(n, HAFT_OWNER_USER);
        if (status != HAFT_OK) CHECK_EQ(status, HAFT_E_NOMEM);
    }
    CHECK_EQ(status, HAFT_OK);
}

/* It cannot be tracked, for its value has been reopened too often. */
NT_TEST(nt_registry, inv5_a_key_that_cannot_be_tracked) {
    HKEY first = NULL;
    haft_key k = HAFT_INIT;
    size_t before = haft_model_handles();
    CHECK_EQ(haft__port_model.RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &first), ERROR_SUCCESS);
    CHECK_EQ(haft__port_model.RegCloseKey(first), ERROR_SUCCESS); /* the lowest free value: the next key's, too */
    haft__entry *e = haft__pin(haft__place_of(&unit_key, HAFT_CLASS_KEY, (uint64_t)(uintptr_t)first), true);
    REQUIRE(e != NULL);
    uint64_t kept = haft__load64(&e->word);
    haft__store64(&e->word, HAFT__GENERATION_MASK);
    CHECK_EQ(haft_key_open_a(&k, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ), HAFT_E_LIMIT);
    CHECK_EQ(haft_model_handles(), before);

    haft__opening o;
    haft__key_ask ask = ask_for(HKEY_LOCAL_MACHINE, "SOFTWARE", true);
    HKEY key = NULL;
    uint64_t tag = 0;
    bool same;
    CHECK_EQ(haft__key_begin(&o, &ask), HAFT_OK);
    CHECK_EQ(haft__port_model.RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key), ERROR_SUCCESS);
    CHECK_EQ(haft__key_done(&o, &ask, key, HAFT__OWNER_RAW, &tag, &same), HAFT_OK); /* a raw caller's all the same */
    CHECK_EQ(haft_model_handles(), before + 1);
    CHECK_EQ(haft__port_model.RegCloseKey(key), ERROR_SUCCESS);
    haft__store64(&e->word, kept);
    CHECK_EQ(haft_live(), 0);
}
