/* failing.c: the table of failing.h, made from nt_api.h. */
#include "failing.h"

#include "base/params.h"
#include "port/port.h"

static struct {
    const haft__nt_port *beneath;
    haft__nt_port table;
    failing_kind kind;
    bool on;
    uint32_t n;
    haft__a32 calls;
} now;

static bool fails(failing_kind kind) {
    if (kind != (now.kind == FAILING_CALLS_CLOSING ? FAILING_CALLS : now.kind)) return false;
    uint32_t call = haft__add32(&now.calls, 1);
    return call == now.n || (now.on && call > now.n);
}

/* ORDER FAILURE, as in nt_api.h. */
static void set(uint32_t code) { now.beneath->set_last_error(code); }
#define FAILED_OR_NULL (set(FAILING_ERROR), NULL)
#define FAILED_OR_INVALID (set(FAILING_ERROR), INVALID_HANDLE_VALUE)
#define FAILED_OR_SOCKET (set(FAILING_ERROR), (SOCKET)-1)
#define FAILED_IF_TRUE (set(FAILING_ERROR), 0)
#define FAILED_IF_NULL (set(FAILING_ERROR), a)
#define FAILED_IF_ZERO FAILING_ERROR
#define FAILED_IF_NOERROR (set(FAILING_ERROR), -1)

/* What has one parameter and gives no handle is a closer. */
#define IS_CLOSER(n, failure) ((n) == 1 && IS_NO_HANDLE_##failure)
#define IS_NO_HANDLE_OR_NULL false
#define IS_NO_HANDLE_OR_INVALID false
#define IS_NO_HANDLE_OR_SOCKET false
#define IS_NO_HANDLE_IF_TRUE true
#define IS_NO_HANDLE_IF_NULL true
#define IS_NO_HANDLE_IF_ZERO true
#define IS_NO_HANDLE_IF_NOERROR true

#define FUNCTION(result, api, from, n, types, failure)                                                              \
    static result WINAPI fail_##api(HAFT__PARAMS_##n types) {                                                       \
        if (!fails(FAILING_CALLS)) return now.beneath->api(HAFT__ARGS_##n);                                         \
        if (IS_CLOSER(n, failure) && now.kind == FAILING_CALLS_CLOSING) (void)now.beneath->api(HAFT__ARGS_##n);      \
        return FAILED_##failure;                                                                                    \
    }
HAFT__NT_API(FUNCTION)

#define QUESTION(result, name, n, types, failure)                                          \
    static result fail_##name(HAFT__PARAMS_##n types) {                                    \
        if (fails(FAILING_QUESTIONS)) return failure;                                      \
        return now.beneath->name(HAFT__ARGS_##n);                                          \
    }
/* Not whether a token is the process's own: that it cannot be told is an answer, and no is the same. */
#define QUESTIONS(X) \
    X(size_t, key_name, 3, (HKEY, wchar_t *, size_t), 0) \
    X(bool, drive_is_remote, 1, (char), false) \
    X(size_t, handles, 2, (haft__handle_info *, size_t), SIZE_MAX) \
    X(bool, thread_info, 2, (HANDLE, haft__thread_info *), false) \
    X(uint64_t, process_id, 1, (HANDLE), 0) \
    X(bool, is_open, 1, (HANDLE), false) \
    X(bool, is_protected, 1, (HANDLE), false) \
    X(size_t, type_name, 3, (HANDLE, char *, size_t), 0) \
    X(uint32_t, protect, 2, (HANDLE, bool), FAILING_ERROR)
QUESTIONS(QUESTION)

#if defined(HAFT_WINDOWS)
static bool look_up(const char *name) { return (void)name, !fails(FAILING_LOOKUPS); }
#endif

void failing_begin(failing_kind kind, unsigned n, bool on) {
    now.beneath = haft__nt();
    now.table = *now.beneath;
    now.kind = kind;
    now.on = on;
    now.n = n;
    haft__put32(&now.calls, 0);
#define USE_FUNCTION(result, api, from, count, types, failure) now.table.api = fail_##api;
    HAFT__NT_API(USE_FUNCTION)
#define USE_QUESTION(result, name, count, types, failure) now.table.name = fail_##name;
    QUESTIONS(USE_QUESTION)
#if defined(HAFT_WINDOWS)
    haft__late_hook = look_up;
#endif
    haft__nt_use(&now.table);
}

unsigned failing_end(void) {
    haft__nt_use(now.beneath);
#if defined(HAFT_WINDOWS)
    haft__late_hook = NULL;
#endif
    return haft__load32(&now.calls);
}
