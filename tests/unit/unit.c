/* unit.c: the helpers of the unit tests. */
#include "unit.h"

#include "base/atomic.h"

#include <errno.h>
#include <stdio.h>

/* ---- findings ---- */

unit_told unit_last;

static void copy(char *to, size_t size, const char *from) { snprintf(to, size, "%s", from ? from : "(null)"); }

void unit_sink(const haft_finding *finding, void *user) {
    unit_last.times++;
    unit_last.f = *finding;
    unit_last.user = user;
    copy(unit_last.text, sizeof unit_last.text, finding->text);
    copy(unit_last.opened, sizeof unit_last.opened, finding->opened);
    copy(unit_last.closed, sizeof unit_last.closed, finding->closed);
    copy(unit_last.at, sizeof unit_last.at, finding->at);
    copy(unit_last.quirk, sizeof unit_last.quirk, finding->quirk);
    copy(unit_last.name, sizeof unit_last.name, finding->name);
    haft__host_set_last_error(1);
    errno = 1;
}

void unit_levels(haft_level level) {
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) CHECK_EQ(haft_level_set((haft_finding_kind)k, level), HAFT_OK);
}

void unit_listen(void) {
    memset(&unit_last, 0, sizeof unit_last);
    unit_levels(HAFT_LEVEL_WARN);
    haft_sink_set(unit_sink, &unit_last);
}

void unit_deaf(void) {
    haft_sink_set(NULL, NULL);
    unit_levels(HAFT_LEVEL_WARN_ONCE);
}

/* ---- errno and the last error ---- */

void unit_mark_errors(void) {
    haft__host_set_last_error(UNIT_LAST_ERROR);
    errno = UNIT_ERRNO;
}

bool unit_errors_kept(void) {
    int number = errno;
    return number == UNIT_ERRNO && haft__host_last_error() == UNIT_LAST_ERROR;
}

/* ---- memory ---- */

static haft__a32 asked;
static unsigned fails_at;
static bool stays;

static bool count_allocation(size_t bytes) {
    uint32_t n = haft__add32(&asked, 1);
    (void)bytes;
    return !fails_at || (stays ? n < fails_at : n != fails_at);
}

void unit_alloc_fail(unsigned n, bool on) {
    haft__store32(&asked, 0);
    fails_at = n;
    stays = on;
    haft__alloc_hook = count_allocation;
}

unsigned unit_alloc_end(void) {
    haft__alloc_hook = NULL;
    return haft__load32(&asked);
}

/* ---- classes ---- */

unit_closer unit_closes;

void unit_closes_reset(void) { memset(&unit_closes, 0, sizeof unit_closes); }

static bool close_counted(uint64_t raw) {
    unit_closes.closes++;
    unit_closes.last = raw;
    if (unit_closes.during) unit_closes.during(raw);
    if (unit_closes.refuses) errno = UNIT_REFUSED;
    return !unit_closes.refuses;
}

static bool is_predefined(uint64_t raw) { return raw == 0x80000002u; }

haft_class unit_event = { "event", HAFT_CLASS_EVENT, HAFT_SPACE_KERNEL, { 0, UINTPTR_MAX }, close_counted, is_predefined };
haft_class unit_key = { "key", HAFT_CLASS_KEY, HAFT_SPACE_KERNEL, { 0, 0 }, close_counted, NULL };
haft_class unit_module = { "module", HAFT_CLASS_MODULE, HAFT_SPACE_POINTER, { 0, 0 }, close_counted, NULL };
haft_class unit_memory = { "local", HAFT_CLASS_LOCAL, HAFT_SPACE_POINTER, { 0, 0 }, close_counted, NULL };
