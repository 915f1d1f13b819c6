/* test_stress.c: many threads, few keys of a registry, all operations, by wrappers and by shims, on the model. */
#include "stress.h"
#include "unit_nt.h"

#include "shim/shims.h"

STRESS_WRAPPER(haft_key, HKEY, (HKEY)0)

#define USER "S-1-5-21-1214440339-1383384898-839522115-500"

/* The last two are one key by two names. */
static const struct {
    uintptr_t root;
    const char *name;
} keys[] = { { 0x80000002u, "SOFTWARE\\Stress" }, { 0x80000001u, "Stress" }, { 0x80000003u, USER "\\Stress" } };

static HKEY root_of(unsigned name) { return (HKEY)(uintptr_t)(LONG)keys[name].root; }

static LONG WINAPI counted_open(HKEY parent, LPCSTR subkey, DWORD options, REGSAM access, PHKEY ret) {
    stress_system_enter();
    LONG code = haft__port_model.RegOpenKeyExA(parent, subkey, options, access, ret);
    if (code == 0) stress_opened((uint64_t)(uintptr_t)*ret);
    stress_system_leave();
    return code;
}

static LONG WINAPI counted_close(HKEY key) {
    stress_system_enter();
    LONG code = haft__port_model.RegCloseKey(key);
    stress_closed((uint64_t)(uintptr_t)key, code == 0);
    stress_system_leave();
    return code;
}

static haft_status open_key(haft_hold *ret, unsigned name) {
    return haft_key_open_a((haft_key *)ret, root_of(name), keys[name].name, 0, KEY_READ);
}

static uint64_t open_raw(unsigned name) {
    HKEY key = NULL;
    return haft_shim_RegOpenKeyExA(root_of(name), keys[name].name, 0, KEY_READ, &key) ? STRESS_NONE : (uint64_t)(uintptr_t)key;
}

static bool close_raw(uint64_t raw) { return haft_shim_RegCloseKey((HKEY)(uintptr_t)raw) == 0; }
static bool close_system(uint64_t raw) { return haft__nt()->RegCloseKey((HKEY)(uintptr_t)raw) == 0; }

NT_TEST_ON(stress, inv1_each_key_is_closed_once, HAFT_NT4_SP3) {
    static const stress_kind kind = { HAFT_CLASS_KEY, 3, { 0, 1, 1 }, true, open_key, open_raw, close_raw, close_system,
                                      STRESS_FUNCTIONS(haft_key) };
    haft__nt_port *port;
    for (unsigned i = 0; i < 2; i++) {
        haft_key made = HAFT_INIT;
        REQUIRE_EQ(haft_key_create_a(&made, root_of(i), keys[i].name, 0, NULL, 0, KEY_READ, NULL, NULL), HAFT_OK);
        REQUIRE_EQ(haft_key_close(&made), HAFT_OK);
    }
    port = unit_port();
    port->RegOpenKeyExA = counted_open;
    port->RegCloseKey = counted_close;
    stress(&kind);
    haft_limit_set(HAFT_CLASS_KEY, HAFT_LIMIT_KEY_DEFAULT);
}
