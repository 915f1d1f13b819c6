/* test_win32_calls_log.c: how the differential test writes a call down. */
#include "calls_log.h"

enum { CALLS_MARKS = 2, CALLS_LAST_ERROR = 0x5A5A, CALLS_ERRNO = 77 };

calls_way calls_way_now;
static struct {
    call_log *log;
    struct {
        unsigned char *out;
        size_t size;
    } marks[CALLS_MARKS];
    size_t marked, live;
    int handles;
    bool loose;
} now;

void calls_loose(bool loose) { now.loose = loose; }

void calls_wait(HANDLE thread) { CHECK(WaitForSingleObject(thread, 60000) == WAIT_OBJECT_0 || calls_way_now.broken); }

/* What a broken call does not fill is none, for whoever closes it; not what looks like an address. */
void calls_mark(void *out, size_t size) {
    memset(out, calls_way_now.broken ? 0 : 0xEE, size);
    now.marks[now.marked].out = out;
    now.marks[now.marked++].size = size;
}

void calls_begin(void) {
    now.live = haft_live();
    now.handles = calls_way_now.uncounted ? 0 : haft_test_system_handles();
    errno = CALLS_ERRNO;
    SetLastError(CALLS_LAST_ERROR);
}

static bool all(const unsigned char *bytes, size_t size, unsigned char value) {
    while (size && *bytes == value) bytes++, size--;
    return size == 0;
}

/* What became of the out-parameters. Gives how many are handles now. */
static int tell_marks(char *said, size_t size) {
    int filled = 0;
    for (size_t i = 0; i < now.marked; i++) {
        const unsigned char *out = now.marks[i].out;
        size_t n = now.marks[i].size;
        const char *what = all(out, n, 0xEE) ? "untouched" : all(out, n, 0) ? "zero" : all(out, n, 0xFF) ? "ones" : "filled";
        filled += *what == 'f';
        snprintf(said + strlen(said), size - strlen(said), ", out %s", what);
    }
    now.marked = 0;
    return filled;
}

static void add_number(char said[CALLS_TEXT], const char *format, int number) {
    size_t length = strlen(said);
    snprintf(said + length, CALLS_TEXT - length, format, number);
}

static void tell_result(char *said, size_t size, bool is_handle, uint64_t value) {
    const char *what = value == 0 ? "NULL" : value == UINT64_MAX || value == UINT32_MAX ? "-1" : "a handle";
    if (is_handle) snprintf(said, size, "%s", what);
    else snprintf(said, size, "%lld", (long long)value);
}

static void end(int live, bool is_handle, const char *call, uint64_t value) {
    DWORD error = GetLastError();
    int number = errno, handles = calls_way_now.uncounted ? 0 : haft_test_system_handles() - now.handles;
    if (now.log->count == CALLS_MAX) abort();
    call_record *r = &now.log->of[now.log->count++];
    bool opened = is_handle && value != 0 && value != UINT64_MAX && value != UINT32_MAX;
    r->call = call;
    tell_result(r->said, sizeof r->said, is_handle, value);
    if (error != CALLS_LAST_ERROR) add_number(r->said, ", error %d", (int)error);
    if (number != CALLS_ERRNO) add_number(r->said, ", errno %d", number);
    if (handles && !now.loose) add_number(r->said, ", handles %+d", handles);
    int filled = tell_marks(r->said, sizeof r->said);
    r->live = (int)(haft_live() - now.live);
    r->expected = live == CALLS_IF_OPENED ? opened : live == CALLS_IF_FILLED ? filled : live;
    if (calls_way_now.after) calls_way_now.after(r);
    SetLastError(error), errno = number;
}

intptr_t calls_value(int live, const char *call, int64_t value) {
    end(live, false, call, (uint64_t)value);
    return (intptr_t)value;
}

void *calls_pointer(int live, const char *call, uint64_t value) {
    end(live, true, call, value);
    return (void *)(uintptr_t)value;
}

intptr_t calls_number(int live, const char *call, uint64_t value) {
    end(live, true, call, value);
    return (intptr_t)value;
}

/* ---- running ---- */

void calls_run(call_log *log, const calls_family *families, const char *name) {
    log->count = 0;
    now.log = log;
    now.loose = false;
    now.marked = 0;
    for (const calls_family *f = families; f->name; f++)
        if (!strcmp(f->name, name)) f->run();
}

int calls_grown_by(call_log *log, const calls_family *families, const char *name) {
    int before = haft_test_system_handles();
    calls_run(log, families, name);
    return haft_test_system_handles() - before;
}

bool calls_has_threads(const char *family) { return strcmp(family, "pools") == 0; }
