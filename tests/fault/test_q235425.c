/* test_q235425.c: Q235425: CreateFile on a drive letter that the redirector maps: decline.
 *
 *   "passes a drive letter that is mapped to a remote file system using the Windows NT redirector (this results in an error
 *   value of ERROR_INVALID_NAME). The Windows NT redirector did not release memory allocated to attempt this operation." */
#include "fault.h"

/* Every way to write a drive letter and nothing else. */
static const char *const drives[] = { "X:", "x:", "\\\\.\\X:", "\\\\.\\x:", "\\\\?\\X:", "\\\\?\\x:" };
#define DRIVES (sizeof drives / sizeof *drives)

static const wchar_t *widen(wchar_t *to, const char *from) {
    for (size_t i = 0;; i++) {
        to[i] = (wchar_t)(unsigned char)from[i];
        if (!from[i]) return to;
    }
}

/* ---- raw ---- */

static HANDLE open_raw(const char *name) {
    return haft_model_CreateFileA(name, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
}

/* Bytes of pool that `times` attempts cost. */
static size_t raw_cost(haft_model_version version, const char *name, unsigned times) {
    if (!fault_boot(version)) return 0;
    haft_model_map_drive('X');
    for (unsigned i = 0; i < times; i++) {
        CHECK(open_raw(name) == INVALID_HANDLE_VALUE);
        CHECK_EQ(haft_model_GetLastError(), ERROR_INVALID_NAME);
    }
    CHECK_EQ(haft_model_handles(), 0);
    return haft_model_paged_pool();
}

TEST(q235425, raw_costs_pool_each_time) {
    for (size_t i = 0; i < DRIVES; i++) {
        size_t once = raw_cost(HAFT_NT4_SP5, drives[i], 1);
        CHECK(once > 0);
        CHECK_EQ(raw_cost(HAFT_NT4_SP5, drives[i], 1000), 1000 * once);
        CHECK_EQ(raw_cost(HAFT_NT4_SP0, drives[i], 1000), 1000 * once);
    }
}

TEST(q235425, raw_pool_never_comes_back) {
    size_t cost = raw_cost(HAFT_NT4_SP5, "X:", 10);
    CHECK(haft_model_CloseHandle(open_raw("X:\\file")));
    CHECK(haft_model_CloseHandle(open_raw("C:\\boot.ini")));
    CHECK_EQ(haft_model_paged_pool(), cost);
}

TEST(q235425, raw_costs_nothing_where_it_is_fixed) {
    CHECK_EQ(raw_cost(HAFT_NT4_SP6, "X:", 1000), 0); /* it fails all the same */
    CHECK_EQ(raw_cost(HAFT_NT351, "X:", 1000), 0);
}

/* ---- guarded ---- */

/* How often the system was called. */
static unsigned calls;

static HANDLE WINAPI count_a(LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition, DWORD flags,
                             HANDLE template_file) {
    calls++;
    return haft_model_CreateFileA(name, access, share, security, disposition, flags, template_file);
}

static HANDLE WINAPI count_w(LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                             DWORD flags, HANDLE template_file) {
    calls++;
    return haft_model_CreateFileW(name, access, share, security, disposition, flags, template_file);
}

static bool boot_counting(haft_model_version version) {
    if (!fault_boot(version)) return false;
    haft_model_map_drive('X');
    haft__nt_port *port = fault_port();
    port->CreateFileA = count_a;
    port->CreateFileW = count_w;
    calls = 0;
    return true;
}

static FAULT_NOINLINE HANDLE open_a(const char *name) {
    HANDLE file = haft_shim_CreateFileA(name, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    return file ? file : NULL;
}

static FAULT_NOINLINE HANDLE open_w(const char *name) {
    wchar_t wide[128];
    const wchar_t *w = name ? widen(wide, name) : NULL;
    HANDLE file = haft_shim_CreateFileW(w, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    return file ? file : NULL;
}

TEST(q235425, a_million_attempts_cost_nothing) {
    REQUIRE(boot_counting(HAFT_NT4_SP5));
    fault_levels(HAFT_LEVEL_WARN_ONCE);
    for (unsigned i = 0, wrong = 0; i < 1000000 && !wrong; i++) {
        haft_model_SetLastError(0);
        HANDLE file = i % 2 ? open_w(drives[i % DRIVES]) : open_a(drives[i % DRIVES]);
        wrong = file != INVALID_HANDLE_VALUE || haft_model_GetLastError() != ERROR_INVALID_NAME;
        if (wrong) CHECK_EQ(haft_model_GetLastError(), ERROR_INVALID_NAME);
    }
    CHECK_EQ(calls, 0);
    CHECK_EQ(haft_model_paged_pool(), 0);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ(haft_live(), 0);
    CHECK_EQ(fault_found(HAFT_FINDING_DECLINED), 1000000);
}

TEST(q235425, the_answer_is_that_of_the_system) {
    for (size_t i = 0; i < DRIVES; i++) {
        REQUIRE(boot_counting(HAFT_NT4_SP5));
        HANDLE raw = open_raw(drives[i]);
        DWORD error = haft_model_GetLastError();
        size_t pool = haft_model_paged_pool();
        CHECK(pool > 0);
        haft_model_SetLastError(0);
        CHECK(open_a(drives[i]) == raw);
        CHECK_EQ(haft_model_GetLastError(), error);
        haft_model_SetLastError(0);
        CHECK(open_w(drives[i]) == raw);
        CHECK_EQ(haft_model_GetLastError(), error);
        CHECK_EQ(haft_model_paged_pool(), pool);
        CHECK_EQ(calls, 0);
    }
}

TEST(q235425, the_finding_names_drive_and_call) {
    REQUIRE(boot_counting(HAFT_NT4_SP5));
    CHECK(open_a("\\\\.\\X:") == INVALID_HANDLE_VALUE);
    CHECK_EQ(haft_model_GetLastError(), ERROR_INVALID_NAME); /* whatever the sink did */
    CHECK_EQ(fault_last.times, 1);
    CHECK_EQ(fault_last.f.kind, HAFT_FINDING_DECLINED);
    CHECK_STR(fault_last.quirk, "Q235425");
    CHECK_STR(fault_last.name, "X:");
    CHECK(SITE_IS_IN(fault_last.at, open_a));
}

TEST(q235425, a_wrapper_declines_too) {
    haft_file file = HAFT_INIT;
    REQUIRE(boot_counting(HAFT_NT4_SP5));
    CHECK_EQ(haft_file_create_a(&file, "X:", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), HAFT_E_OS);
    CHECK_EQ(haft_model_GetLastError(), ERROR_INVALID_NAME);
    CHECK_EQ(haft_file_create_w(&file, L"\\\\?\\x:", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), HAFT_E_OS);
    CHECK_EQ(haft_model_GetLastError(), ERROR_INVALID_NAME);
    CHECK(!haft_file_valid(&file));
    CHECK_EQ(calls, 0);
    CHECK_EQ(haft_model_paged_pool(), 0);
}

/* Names that merely contain a drive letter, local drives, UNC names, and what is no name at all: the system is asked, and
 * its answer stands. */
static const char *const others[] = {
    "X:\\file", "X:\\", "X:/file", "X:file", "x:\\dir\\file", "\\\\.\\X:\\file", "\\\\?\\X:\\file", "\\\\?\\UNC\\server\\share\\X:",
    "C:", "c:", "\\\\.\\C:", "\\\\?\\C:", "C:\\boot.ini", "Y:", "Z:\\nothing", "\\\\server\\share\\file", "\\\\server\\X:", "X",
    ":", "X::",
    "C:\\X:", "boot.ini", "\\X:", ".\\X:", "\\\\.\\", "\\\\.\\X", "\\\\.\\NUL", "NUL", "", "\xD8:", "1:", "@:", "[:", "`:", "{:",
};

static HANDLE open_raw_w(const char *name) {
    wchar_t wide[128];
    const wchar_t *w = name ? widen(wide, name) : NULL;
    return haft_model_CreateFileW(w, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
}

static void check_reaches_the_system(const char *name, HANDLE (*open)(const char *)) {
    REQUIRE(boot_counting(HAFT_NT4_SP5));
    haft_model_SetLastError(77);
    HANDLE raw = open == open_a ? open_raw(name) : open_raw_w(name);
    DWORD error = haft_model_GetLastError();
    size_t pool = haft_model_paged_pool(), handles = haft_model_handles();
    if (raw != INVALID_HANDLE_VALUE) CHECK(haft_model_CloseHandle(raw));

    haft_model_SetLastError(77);
    HANDLE guarded = open(name);
    CHECK_EQ(haft_model_GetLastError(), error);
    CHECK_EQ(calls, 1);
    CHECK(guarded == raw);
    CHECK_EQ(haft_model_handles(), handles);
    CHECK_EQ(haft_model_paged_pool(), 2 * pool);
    CHECK_EQ(fault_last.times, 0);
    if (guarded != INVALID_HANDLE_VALUE) CHECK(haft_shim_CloseHandle(guarded));
}

TEST(q235425, other_names_reach_the_system) {
    size_t opened = 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        check_reaches_the_system(others[i], open_a);
        check_reaches_the_system(others[i], open_w);
    }
    check_reaches_the_system(NULL, open_a);
    check_reaches_the_system(NULL, open_w);
    static const char *const there[] = { "X:\\file", "X:file", "C:", "\\\\.\\C:", "Y:", "C:\\boot.ini", "\\\\server\\share\\file" };
    REQUIRE(boot_counting(HAFT_NT4_SP5));
    for (size_t i = 0; i < sizeof there / sizeof *there; i++) {
        HANDLE file = open_a(there[i]);
        CHECK(file != INVALID_HANDLE_VALUE);
        opened += haft_model_handles();
        CHECK(haft_shim_CloseHandle(file));
    }
    CHECK_EQ(opened, sizeof there / sizeof *there);
}

/* Two backslashes, a point and no third. */
TEST(q235425, a_device_name_is_not_half_there) {
    check_reaches_the_system("\\\\.X:", open_a);
    check_reaches_the_system("\\\\.X:", open_w);
}

TEST(q235425, a_letter_that_is_not_of_ascii_is_none) {
    static const wchar_t name[] = { 0x178, L':', 0 }; /* its low byte is an x */
    REQUIRE(boot_counting(HAFT_NT4_SP5));
    (void)haft_shim_CreateFileW(name, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK_EQ(calls, 1);
    CHECK_EQ(fault_last.times, 0);
}

TEST(q235425, off_where_it_is_fixed_unless_asked) {
    REQUIRE(boot_counting(HAFT_NT4_SP6));
    CHECK(open_a("X:") == INVALID_HANDLE_VALUE);
    CHECK_EQ(haft_model_GetLastError(), ERROR_INVALID_NAME);
    CHECK_EQ(calls, 1);
    CHECK_EQ(fault_last.times, 0);
    haft_quirk_set(HAFT_Q235425, HAFT_QUIRK_ON);
    CHECK(open_a("X:") == INVALID_HANDLE_VALUE);
    CHECK_EQ(calls, 1);
    CHECK_EQ(fault_found(HAFT_FINDING_DECLINED), 1);

    REQUIRE(boot_counting(HAFT_NT4_SP5));
    haft_quirk_set(HAFT_Q235425, HAFT_QUIRK_OFF);
    CHECK(open_a("X:") == INVALID_HANDLE_VALUE);
    CHECK_EQ(calls, 1);
    CHECK(haft_model_paged_pool() > 0);
}

TEST(q235425, a_drive_that_is_mapped_later_is_declined_from_then_on) {
    REQUIRE(boot_counting(HAFT_NT4_SP5));
    HANDLE local = open_a("Q:");
    CHECK(local != INVALID_HANDLE_VALUE);
    CHECK(haft_shim_CloseHandle(local));
    haft_model_map_drive('q');
    CHECK(open_a("Q:") == INVALID_HANDLE_VALUE);
    CHECK_EQ(calls, 1);
    CHECK_EQ(haft_model_paged_pool(), 0);
}
