/* test_win32_shims.c: shims on the system itself, in the ways in which programs that know nothing of them have used them. */
#include "port/port.h"
#include "unit.h"

#include "shim/shims.h"

LPWSTR *WINAPI haft_shim_CommandLineToArgvW(LPCWSTR, int *);

/* The shell's function allocates what LocalFree frees. */
TEST(win32_shims, a_command_line_is_owed_to_local_free) {
    int n = 0;
    haft__nt_use(NULL);
    unit_listen();
    size_t live = haft_live();
    LPWSTR *words = haft_shim_CommandLineToArgvW(L"one \"two three\"", &n);
    CHECK_EQ(n, 2);
    CHECK_EQ(haft_live(), live + 1);
    CHECK(haft_shim_LocalFree(words) == NULL);
    CHECK_EQ(haft_live(), live);
    CHECK_EQ(unit_last.times, 0);
    unit_deaf();
}
