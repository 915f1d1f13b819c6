/* test_contract.c: one contract, two systems: the model of NT anywhere, and on Windows the system itself. */
#include "contract.h"

#include "base/lock.h"
#include "harness/test.h"

#define HAFT_MODEL_NO_NAMES /* the names stay the table's own */
#include <haft/model.h>
#include <string.h>

size_t contract_count(void) { return haft__nt()->handles(NULL, 0); }

HANDLE contract_event(void) {
    HANDLE h = haft__nt()->CreateEventA(NULL, TRUE, FALSE, NULL);
    CHECK(h != NULL);
    return h;
}

void contract_wait(HANDLE thread) {
    haft__thread_info info;
    uint64_t until = haft__nt()->now() + 10 * UINT64_C(10000000);
    memset(&info, 0, sizeof info);
    for (unsigned turns = 0; haft__nt()->thread_info(thread, &info) && !info.ended; turns++) {
        if (haft__nt()->now() > until) break;
        haft__yield(turns);
    }
    CHECK(info.ended);
}

DWORD WINAPI contract_thread(LPVOID exit_code) { return (DWORD)(uintptr_t)exit_code; }

/* A system opens and keeps handles of its own when something is used for the first time: the root of the registry, say. So it is
 * the second run that must leave the count as it was. The model has no such habit: there every run must. */
static void run(void (*body)(void)) {
    bool is_model = haft__nt() == &haft__port_model;
    for (int turn = 1; turn <= 2; turn++) {
        size_t before = contract_count();
        REQUIRE(before != SIZE_MAX);
        body();
        if (turn == 2 || is_model) CHECK_EQ(contract_count(), before);
    }
}

static void on_model(void (*body)(void)) {
    haft__nt_use(&haft__port_model);
    haft_model_boot(HAFT_NT4_FIXED);
    run(body);
    CHECK(haft_model_crash() == NULL);
    haft__nt_use(NULL);
}

#define CONTRACT_MODEL(body) \
    TEST(contract_model, body) { on_model(contract_##body); }
CONTRACT(CONTRACT_MODEL)

#if defined(HAFT_WINDOWS)
/* Wine does as NT did; later versions of Windows may not. */
bool contract_lowest_first(void) {
    return haft__nt() == &haft__port_model || GetProcAddress(GetModuleHandleA("ntdll"), "wine_get_version") != NULL;
}

static void on_system(void (*body)(void)) {
    haft__nt_use(NULL);
    run(body);
    RegDeleteKeyA(HKEY_CURRENT_USER, CONTRACT_KEY);
}

#define CONTRACT_SYSTEM(body) \
    TEST(contract_system, body) { on_system(contract_##body); }
CONTRACT(CONTRACT_SYSTEM)
#else
bool contract_lowest_first(void) { return true; }
#endif
