/* test_failcall.c: the Nth call into the system, or the Nth allocation, fails, for every N: nothing leaks, nothing is closed
 * twice. */
#if !defined(_WIN32)
#define _GNU_SOURCE
#endif
#include "unit_nt.h"

#include <errno.h>

#if defined(HAFT_POSIX)
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

/* ---- which call fails ---- */

static unsigned calls, fails_at;
static bool fails(void) { return ++calls == fails_at; }

static void fail_call(unsigned n) {
    calls = 0;
    fails_at = n;
}

/* ---- the model's table, failing ---- */

static bool refuses(uint32_t error) {
    if (!fails()) return false;
    haft__nt()->set_last_error(error);
    return true;
}

static LONG WINAPI bad_open_key(HKEY parent, LPCSTR subkey, DWORD options, REGSAM access, PHKEY ret) {
    return fails() ? ERROR_NOT_ENOUGH_MEMORY : haft_model_RegOpenKeyExA(parent, subkey, options, access, ret);
}
static LONG WINAPI bad_create_key(HKEY parent, LPCSTR subkey, DWORD reserved, LPSTR reg_class, DWORD options, REGSAM access,
                                  LPSECURITY_ATTRIBUTES security, PHKEY ret, LPDWORD disposition) {
    if (fails()) return ERROR_NOT_ENOUGH_MEMORY;
    return haft_model_RegCreateKeyExA(parent, subkey, reserved, reg_class, options, access, security, ret, disposition);
}
static HANDLE WINAPI bad_create_file(LPCSTR path, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                                     DWORD flags, HANDLE template_file) {
    if (refuses(ERROR_ACCESS_DENIED)) return INVALID_HANDLE_VALUE;
    return haft_model_CreateFileA(path, access, share, security, disposition, flags, template_file);
}
static HANDLE WINAPI bad_create_event(LPSECURITY_ATTRIBUTES security, BOOL manual, BOOL initial, LPCSTR object) {
    return refuses(ERROR_ACCESS_DENIED) ? NULL : haft_model_CreateEventA(security, manual, initial, object);
}
static BOOL WINAPI bad_create_pipe(PHANDLE in, PHANDLE out, LPSECURITY_ATTRIBUTES security, DWORD size) {
    return !refuses(ERROR_ACCESS_DENIED) && haft_model_CreatePipe(in, out, security, size);
}
static BOOL WINAPI bad_open_token(HANDLE process, DWORD access, PHANDLE ret) {
    return !refuses(ERROR_ACCESS_DENIED) && haft_model_OpenProcessToken(process, access, ret);
}
static HMODULE WINAPI bad_load(LPCSTR file) { return refuses(ERROR_MOD_NOT_FOUND) ? NULL : haft_model_LoadLibraryA(file); }
static DWORD WINAPI bad_dial(LPRASDIALEXTENSIONS extensions, LPCSTR phonebook, LPRASDIALPARAMSA params, DWORD type, LPVOID notifier,
                             LPHRASCONN ret) {
    return fails() ? UNIT_LINE_BUSY : haft_model_RasDialA(extensions, phonebook, params, type, notifier, ret);
}
static size_t bad_key_name(HKEY key, wchar_t *text, size_t cap) { return fails() ? 0 : haft__port_model.key_name(key, text, cap); }
static size_t bad_handles(haft__handle_info *list, size_t cap) { return fails() ? SIZE_MAX : haft__port_model.handles(list, cap); }
static bool bad_token_is_own(HANDLE token) { return !fails() && haft__port_model.token_is_own(token); }
static bool bad_thread_info(HANDLE thread, haft__thread_info *ret) { return !fails() && haft__port_model.thread_info(thread, ret); }
static uint64_t bad_process_id(HANDLE process) { return fails() ? 0 : haft__port_model.process_id(process); }

static void use_failing_table(void) {
    haft__nt_port *t = unit_port();
    t->RegOpenKeyExA = bad_open_key;
    t->RegCreateKeyExA = bad_create_key;
    t->CreateFileA = bad_create_file;
    t->CreateEventA = bad_create_event;
    t->CreatePipe = bad_create_pipe;
    t->OpenProcessToken = bad_open_token;
    t->LoadLibraryA = bad_load;
    t->RasDialA = bad_dial;
    t->key_name = bad_key_name;
    t->handles = bad_handles;
    t->token_is_own = bad_token_is_own;
    t->thread_info = bad_thread_info;
    t->process_id = bad_process_id;
}

/* ---- scenarios: each opens what it can, uses it, and closes all of it; the answer is the first status that is not good ---- */

#define TRY(call) (status = status == HAFT_OK ? (call) : status)

static haft_status keys(void) {
    haft_key software = HAFT_INIT, extra = HAFT_INIT, again = HAFT_INIT, shared = HAFT_INIT;
    haft_status status = HAFT_OK;
    TRY(haft_key_open_a(&software, HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ));
    TRY(haft_key_create_a(&extra, haft_key_raw(&software), "Extra", 0, NULL, 0, KEY_READ, NULL, NULL));
    TRY(haft_key_open_a(&again, HKEY_LOCAL_MACHINE, "Software\\Extra", 0, KEY_READ));
    TRY(haft_key_share(&shared, &again));
    haft_key_end(&again);
    haft_key_end(&shared);
    haft_key_end(&extra);
    haft_key_end(&software);
    return status;
}

static haft_status objects(void) {
    haft_event e = HAFT_INIT, named = HAFT_INIT;
    haft_file f = HAFT_INIT;
    haft_pipe in = HAFT_INIT, out = HAFT_INIT;
    haft_status status = HAFT_OK;
    TRY(haft_event_create_a(&e, NULL, TRUE, FALSE, NULL));
    TRY(haft_event_create_a(&named, NULL, TRUE, FALSE, "unit"));
    TRY(haft_file_create_a(&f, "C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    TRY(haft_pipe_create(&in, &out, NULL, 0));
    if (status != HAFT_OK) CHECK(in.hold.tag == 0 && out.hold.tag == 0);
    haft_pipe_end(&in);
    haft_pipe_end(&out);
    haft_file_end(&f);
    haft_event_end(&named);
    haft_event_end(&e);
    return status;
}

static haft_status modules(void) {
    haft_module a = HAFT_INIT, b = HAFT_INIT, c = HAFT_INIT;
    haft_local memory = HAFT_INIT;
    haft_status status = HAFT_OK;
    TRY(haft_module_load_a(&a, "version"));
    TRY(haft_module_load_a(&b, "version"));
    TRY(haft_module_share(&c, &a));
    HMODULE raw = haft_module_raw(&b);
    TRY(haft_local_alloc(&memory, LPTR, 8));
    haft_local_end(&memory);
    haft_module_end(&a);
    haft_module_end(&b);
    haft_module_end(&c);
    if (raw) CHECK(!haft_model_FreeLibrary(raw)); /* given back as often as it was loaded */
    return status;
}

static haft_status tokens(void) {
    haft_token t = HAFT_INIT;
    haft_ras c = HAFT_INIT;
    RASDIALPARAMSA params;
    haft_status status = HAFT_OK;
    memset(&params, 0, sizeof params);
    params.dwSize = sizeof params;
    params.szEntryName[0] = 'x';
    TRY(haft_token_open_process(&t, UNIT_SELF, TOKEN_QUERY));
    TRY(haft_ras_dial_a(&c, NULL, NULL, &params, 0, NULL));
    haft_ras_end(&c);
    haft_token_end(&t);
    return status;
}

/* The scenario with each call failing in turn, until none is left to fail. */
static void each_call(haft_status (*scenario)(void)) {
    size_t before = haft_model_handles(), live = haft_live();
    haft_status status;
    unsigned n = 0;
    CHECK_EQ(scenario(), HAFT_OK);
    use_failing_table();
    do {
        uint64_t refused = haft_found(HAFT_FINDING_CLOSE_FAILED);
        fail_call(++n);
        status = scenario();
        CHECK(status == HAFT_OK || status == HAFT_E_OS); /* a query that fails may do no harm */
        CHECK_EQ(haft_model_handles(), before);
        CHECK_EQ(haft_live(), live);
        CHECK_EQ(haft_found(HAFT_FINDING_CLOSE_FAILED), refused);
    } while (calls >= n && n < 100);
    CHECK(n > 1 && n < 100);
    CHECK_EQ(status, HAFT_OK);
}

NT_TEST(failcall, keys_each_call) { each_call(keys); }
NT_TEST(failcall, objects_each_call) { each_call(objects); }
NT_TEST(failcall, modules_each_call) { each_call(modules); }
NT_TEST(failcall, tokens_each_call) { each_call(tokens); }

/* Recovery needs its questions answered; here they fail, so what the dial left may stay, and that is said. */
TEST(failcall, inv7_a_recovery_that_cannot_ask_leaves_it) {
    size_t most = 0;
    for (unsigned n = 1; n < 20; n++) {
        haft_model_boot(HAFT_NT4_SP3);
        size_t before = haft_model_handles();
        use_failing_table();
        fail_call(n);
        haft_status status = tokens();
        CHECK(status == HAFT_OK || status == HAFT_E_OS);
        size_t left = haft_model_handles() - before;
        CHECK(left <= 1);
        if (left > most) most = left;
        CHECK_EQ(haft_live(), 0);
    }
    CHECK_EQ(most, 1);
    haft_model_boot(HAFT_NT4_FIXED);
    haft__nt_use(NULL);
}

static bool grows_only;
static haft_status no_memory(haft_status (*scenario)(void), unsigned n, bool on) {
    unit_alloc_fail(n, on);
    haft_status status = scenario();
    grows_only = unit_alloc_end() < n;
    return status;
}

static void each_allocation(haft_status (*scenario)(void), bool on) {
    size_t before = haft_model_handles(), live = haft_live();
    haft_status status = HAFT_E_NOMEM;
    unsigned n = 0;
    do {
        uint64_t refused = haft_found(HAFT_FINDING_CLOSE_FAILED);
        status = no_memory(scenario, ++n, on);
        CHECK(status == HAFT_OK || status == HAFT_E_NOMEM || status == HAFT_E_OS); /* HAFT_E_OS: the model's own */
        CHECK_EQ(haft_model_handles(), before);
        CHECK_EQ(haft_live(), live);
        CHECK_EQ(haft_found(HAFT_FINDING_CLOSE_FAILED), refused);
    } while (!grows_only && n < 400);
    CHECK(n > 1 && n < 400);
    CHECK_EQ(status, HAFT_OK);
    CHECK_EQ(scenario(), HAFT_OK);
}

#define EACH_ALLOCATION(scenario)                                                                        \
    NT_TEST(failcall, inv6_##scenario##_each_allocation) { each_allocation(scenario, false); }           \
    NT_TEST(failcall, inv6_##scenario##_all_allocations_from_each_on) { each_allocation(scenario, true); }
EACH_ALLOCATION(keys)
EACH_ALLOCATION(objects)
EACH_ALLOCATION(modules)
EACH_ALLOCATION(tokens)

/* The same with bounds, so that names and identities take their memory too. */
static haft_status bounded(void) {
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 9), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FILE, 9), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_PIPE, 9), HAFT_OK);
    haft_status status = objects();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_EVENT, 0), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FILE, 0), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_PIPE, 0), HAFT_OK);
    return status;
}
static haft_status bounded_modules(void) {
    CHECK_EQ(haft_limit_set(HAFT_CLASS_MODULE, 9), HAFT_OK);
    haft_status status = modules();
    CHECK_EQ(haft_limit_set(HAFT_CLASS_MODULE, 0), HAFT_OK);
    return status;
}
EACH_ALLOCATION(bounded)
EACH_ALLOCATION(bounded_modules)

/* ---- POSIX ---- */

#if defined(HAFT_POSIX)
static int bad_openat(int dir, const char *path, int flags, mode_t mode) {
    return fails() ? (errno = EMFILE, -1) : openat(dir, path, flags, mode);
}
static int bad_dup(int fd) { return fails() ? (errno = EMFILE, -1) : dup(fd); }
static int bad_pipe(int fds[2]) { return fails() ? (errno = EMFILE, -1) : pipe(fds); }
static int bad_socket(int family, int type, int protocol) {
    return fails() ? (errno = EMFILE, -1) : socket(family, type, protocol);
}
static FILE *bad_fopen(const char *path, const char *mode) { return fails() ? (errno = EMFILE, NULL) : fopen(path, mode); }
static FILE *bad_fdopen(int fd, const char *mode) { return fails() ? (errno = ENOMEM, NULL) : fdopen(fd, mode); }
static DIR *bad_opendir(const char *path) { return fails() ? (errno = EMFILE, NULL) : opendir(path); }
static int bad_dirfd(DIR *dir) { return fails() ? (errno = ENOTSUP, -1) : dirfd(dir); }
static char *bad_getcwd(char *text, size_t size) { return fails() ? (errno = ENOENT, NULL) : getcwd(text, size); }

static haft__posix_port bad_posix;

static void use_failing_posix(void) {
    bad_posix = haft__port_posix;
    bad_posix.openat = bad_openat;
    bad_posix.dup = bad_dup;
    bad_posix.pipe = bad_pipe;
    bad_posix.socket = bad_socket;
    bad_posix.fopen = bad_fopen;
    bad_posix.fdopen = bad_fdopen;
    bad_posix.opendir = bad_opendir;
    bad_posix.dirfd = bad_dirfd;
    bad_posix.getcwd = bad_getcwd;
    haft__posix_use(&bad_posix);
}

static haft_status descriptors(void) {
    haft_fd f = HAFT_INIT, copy = HAFT_INIT, in = HAFT_INIT, out = HAFT_INIT, s = HAFT_INIT, shared = HAFT_INIT;
    haft_status status = HAFT_OK;
    TRY(haft_fd_open(&f, "/dev/null", O_RDWR, 0));
    if (status == HAFT_OK) TRY(haft_fd_dup(&copy, haft_fd_raw(&f)));
    TRY(haft_fd_pipe(&in, &out));
    TRY(haft_fd_socket(&s, AF_UNIX, SOCK_STREAM, 0));
    TRY(haft_fd_share(&shared, &s));
    if (status == HAFT_E_NOMEM) CHECK(in.hold.tag == 0 || out.hold.tag != 0);
    haft_fd *all[] = { &shared, &f, &copy, &in, &out, &s };
    for (size_t i = 0; i < HAFT__COUNT(all); i++) haft_fd_end(all[i]);
    return status;
}

static haft_status streams(void) {
    haft_fd f = HAFT_INIT;
    haft_stream s = HAFT_INIT, t = HAFT_INIT;
    haft_dir d = HAFT_INIT;
    haft_status status = HAFT_OK;
    TRY(haft_stream_open(&s, "/dev/null", "r"));
    TRY(haft_fd_open(&f, "/dev/null", O_RDWR, 0));
    TRY(haft_stream_from_fd(&t, &f, "r+"));
    TRY(haft_dir_open(&d, "/"));
    haft_dir_end(&d);
    haft_stream_end(&t);
    haft_stream_end(&s);
    haft_fd_end(&f);
    return status;
}

static haft_status bounded_files(void) {
    haft_fd f = HAFT_INIT, g = HAFT_INIT;
    haft_status status = HAFT_OK;
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 5), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_STREAM, 5), HAFT_OK);
    TRY(haft_fd_open(&f, ".", O_RDONLY, 0));
    TRY(haft_fd_open(&g, "/dev/null", O_RDONLY, 0));
    haft_fd_end(&f);
    haft_fd_end(&g);
    TRY(streams());
    CHECK_EQ(haft_limit_set(HAFT_CLASS_FD, 0), HAFT_OK);
    CHECK_EQ(haft_limit_set(HAFT_CLASS_STREAM, 0), HAFT_OK);
    return status;
}

static void each_posix_call(haft_status (*scenario)(void)) {
    int before = haft_test_system_handles();
    size_t live = haft_live();
    haft_status status;
    unsigned n = 0;
    use_failing_posix();
    do {
        fail_call(++n);
        status = scenario();
        CHECK(status == HAFT_OK || status == HAFT_E_OS);
        CHECK_EQ(haft_test_system_handles(), before);
        CHECK_EQ(haft_live(), live);
    } while (calls >= n && n < 100);
    CHECK(n > 1 && n < 100);
    CHECK_EQ(status, HAFT_OK);
    haft__posix_use(NULL);
}

static void each_posix_allocation(haft_status (*scenario)(void), bool on) {
    int before = haft_test_system_handles();
    size_t live = haft_live();
    haft_status status;
    unsigned n = 0;
    do {
        uint64_t refused = haft_found(HAFT_FINDING_CLOSE_FAILED);
        status = no_memory(scenario, ++n, on);
        CHECK(status == HAFT_OK || status == HAFT_E_NOMEM);
        CHECK_EQ(haft_test_system_handles(), before);
        CHECK_EQ(haft_live(), live);
        CHECK_EQ(haft_found(HAFT_FINDING_CLOSE_FAILED), refused);
    } while (!grows_only && n < 400);
    CHECK(n > 1 && n < 400);
    CHECK_EQ(status, HAFT_OK);
}

#define EACH_POSIX(scenario)                                                                          \
    TEST(failcall_posix, scenario##_each_call) { each_posix_call(scenario); }                         \
    TEST(failcall_posix, inv6_##scenario##_each_allocation) { each_posix_allocation(scenario, false); } \
    TEST(failcall_posix, inv6_##scenario##_all_allocations_from_each_on) { each_posix_allocation(scenario, true); }
EACH_POSIX(descriptors)
EACH_POSIX(streams)
EACH_POSIX(bounded_files)
#endif
