/* fault.c: the helpers of the tests of the five articles. */
#include "fault.h"

#include "base/atomic.h"
#include "base/host.h"
#include "base/lock.h"

#include <stdio.h>
#include <stdlib.h>

fault_heard fault_last;
static uint64_t found_before[HAFT_FINDING_KINDS];

static void copy(char *to, size_t size, const char *from) { snprintf(to, size, "%s", from); }

static void hear(const haft_finding *f, void *user) {
    fault_heard *h = user;
    h->times++;
    h->f = *f;
    copy(h->opened, sizeof h->opened, f->opened);
    copy(h->at, sizeof h->at, f->at);
    copy(h->quirk, sizeof h->quirk, f->quirk);
    copy(h->name, sizeof h->name, f->name);
    copy(h->text, sizeof h->text, f->text);
    haft_model_SetLastError(0xBAD); /* as a sink may */
}

void fault_levels(haft_level level) {
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) haft_level_set((haft_finding_kind)k, level);
}

bool fault_boot(haft_model_version version) {
    CHECK_EQ(haft_live(), 0);
    haft_model_boot(version);
    haft_limit_set(HAFT_CLASS_KEY, HAFT_LIMIT_KEY_DEFAULT);
    for (int q = 0; q <= HAFT_Q197517; q++) haft_quirk_set((haft_quirk)q, HAFT_QUIRK_AUTO);
    haft_strict_set(false);
    fault_levels(HAFT_LEVEL_WARN);
    memset(&fault_last, 0, sizeof fault_last);
    haft_sink_set(hear, &fault_last);
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) found_before[k] = haft_found((haft_finding_kind)k);
    CHECK(haft_model_crash() == NULL);
    CHECK_EQ(haft_model_handles(), 0);
    CHECK_EQ(haft_model_paged_pool(), 0);
    return haft_live() == 0;
}

uint64_t fault_found(haft_finding_kind kind) { return haft_found(kind) - found_before[kind]; }

const char *fault_report(char *line, size_t size) {
    static const char path[] = "haft_fault_report.tmp";
    FILE *file = fopen(path, "w+");
    *line = '\0';
    if (!file) return line;
    haft_report_text(file);
    rewind(file);
    if (!fgets(line, (int)size, file)) *line = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    fclose(file);
    remove(path);
    return line;
}

static unsigned long long offset_of(const char *site) {
    const char *plus = strrchr(site, '+');
    return plus ? strtoull(plus + 1, NULL, 16) : 0;
}

bool fault_site_is_in(const char *site, void (*function)(void)) {
    char start[160];
    haft__host_site((const char *)(uintptr_t)function + 1, start, sizeof start);
    unsigned long long from = offset_of(start), at = offset_of(site);
    size_t module = strcspn(start, "+");
    return strncmp(start, site, module + 1) == 0 && at > from && at < from + 1024;
}

/* ---- threads ---- */

static void (*thread_body)(unsigned);
static haft__a32 next_number, ready, left;

/* All begin at once. */
static void run_body(void *count) {
    uint32_t number = haft__add32(&next_number, 1) - 1;
    haft__add32(&ready, 1);
    for (unsigned turns = 0; haft__load32(&ready) < (uint32_t)(uintptr_t)count; turns++) haft__yield(turns);
    thread_body(number);
    haft__add32(&left, (uint32_t)-1);
}

void fault_threads(unsigned count, void (*body)(unsigned)) {
    thread_body = body;
    haft__store32(&next_number, 0);
    haft__store32(&ready, 0);
    haft__store32(&left, count);
    for (unsigned i = 0; i < count; i++) {
        if (haft__thread_start(run_body, (void *)(uintptr_t)count)) continue;
        haft__add32(&ready, 1);
        haft__add32(&left, (uint32_t)-1);
        CHECK(!"a thread could be started");
    }
    for (unsigned turns = 0; haft__load32(&left) != 0; turns++) haft__yield(turns);
}

RASDIALPARAMSA fault_dial_params(void) {
    RASDIALPARAMSA p;
    memset(&p, 0, sizeof p);
    p.dwSize = sizeof p;
    memcpy(p.szEntryName, "Mail", sizeof "Mail");
    return p;
}

haft__nt_port *fault_port(void) {
    static haft__nt_port port;
    port = haft__port_model;
    haft__nt_use(&port);
    return &port;
}
