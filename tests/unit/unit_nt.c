/* unit_nt.c: running a test on the model. */
#include "unit_nt.h"

#include "shim/shims.h"

static haft__nt_port table;

haft__nt_port *unit_port(void) {
    table = haft__port_model;
    haft__nt_use(&table);
    return &table;
}

void unit_on_model(haft_model_version version, void (*body)(void)) {
    REQUIRE_EQ(haft_live(), 0);
    haft_model_boot(version);
    size_t before = haft_model_handles();
    unit_closes_reset();
    body();
    CHECK_EQ(haft_model_handles(), before);
    CHECK_EQ(haft_live(), 0);
    CHECK(haft_model_crash() == NULL);
    haft__nt_use(NULL);
    unit_deaf();
}

static struct {
    size_t live, handles;
    uint64_t findings;
} before;

static uint64_t all_findings(void) {
    uint64_t n = 0;
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) n += haft_found((haft_finding_kind)k);
    return n;
}

void unit_watch(void) {
    before.live = haft_live();
    before.handles = haft_model_handles();
    before.findings = all_findings();
}

void unit_no_harm(uint64_t findings) {
    CHECK_EQ(haft_live(), before.live);
    CHECK_EQ(haft_model_handles(), before.handles);
    CHECK_EQ(all_findings() - before.findings, findings);
}

HANDLE unit_open_event(void) {
    HANDLE h = haft_model_CreateEventA(NULL, TRUE, FALSE, NULL);
    CHECK(h != NULL);
    return h;
}

HANDLE unit_open_file(void) {
    HANDLE h = haft_shim_CreateFileA("C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(h != INVALID_HANDLE_VALUE);
    return h;
}

HKEY unit_open_key(void) {
    HKEY k = NULL;
    CHECK_EQ(haft_shim_RegCreateKeyExA(HKEY_LOCAL_MACHINE, UNIT_KEY, 0, NULL, 0, KEY_READ, NULL, &k, NULL), ERROR_SUCCESS);
    return k;
}
