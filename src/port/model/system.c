/* system.c: the one system: boot, crash, and the way in and out of it. */
#include "port/model/sync.h"

#include "base/host.h"
#include "base/lock.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

haft__m_system haft__m;
static haft__mutex gate = HAFT__MUTEX(HAFT__RANK_MODEL);
HAFT__FORK_SAFE(&gate, 1, 0)

/* Which releases have which fault: NT 4.0 from the first, until the release that its article names. */
static const struct {
    const char *article;
    haft_model_version corrected;
} faults[] = {
    { "Q179827", HAFT_NT4_SP4 },   /* "first corrected in Windows NT 4.0 Service Pack 4.0" */
    { "Q160650", HAFT_NT4_FIXED }, /* "corrected in the latest ... Service Pack", whichever that was */
    { "Q246691", HAFT_NT4_FIXED }, /* SP4, SP5 and SP6 are in its list; the fix came after SP6 */
    { "Q235425", HAFT_NT4_SP6 },   /* "first corrected in ... Service Pack 6" */
    { "Q197517", HAFT_NT4_SP5 },   /* "first corrected in ... Service Pack 5" */
};

bool haft__m_has(const char *article) {
    for (size_t i = 0; i < HAFT__COUNT(faults); i++)
        if (strcmp(faults[i].article, article) == 0)
            return haft__m.version >= HAFT_NT4_SP0 && haft__m.version < faults[i].corrected;
    return false;
}

static void shut_down(void) {
    haft__m_handles_clear();
    haft__m_blocks_clear();
    haft__m_tasks_clear();
    haft__m_registry_clear();
    haft__m_files_clear();
    haft__m_names_free(&haft__m.keys);
    haft__m_names_free(&haft__m.files);
    haft__m_names_free(&haft__m.objects); /* blocked waits may still hold some */
}

static void boot(haft_model_version version) {
    uint32_t boots = haft__m.boots + 1;
    shut_down();
    memset(&haft__m, 0, sizeof haft__m);
    haft__m.boots = boots;
    haft__m.version = version;
    haft__m.objects.exact = true;
    haft__m.next_thread_id = 0x100;
    haft__m.note = HAFT__M_KEEP;
    haft__m.up = haft__m_registry_boot() && haft__m_files_boot() && haft__m_tasks_boot();
}

/* A system that could not be booted for want of memory is booted by the next call. */
uint32_t haft__m_enter(void) {
    haft__lock(&gate);
    if (HAFT__UNLIKELY(!haft__m.up)) boot(haft__m.boots ? haft__m.version : HAFT_NT4_SP0);
    haft__m.note = HAFT__M_KEEP;
    if (!haft__m.up) return ERROR_NOT_ENOUGH_MEMORY;
    return haft__m.crashed ? ERROR_NOT_READY : 0;
}

void haft__m_leave(uint32_t error) {
    uint32_t code = haft__m.crashed ? ERROR_NOT_READY : error ? error : haft__m.note;
    haft__unlock(&gate);
    if (code != HAFT__M_KEEP) haft__m_set_last_error(code);
}

uint32_t haft__m_leave_code(uint32_t error) {
    if (haft__m.crashed) error = ERROR_NOT_READY;
    haft__unlock(&gate);
    return error;
}

void haft__m_pause(unsigned turns) {
    haft__unlock(&gate);
    haft__yield(turns);
    haft__lock(&gate);
    haft__m.note = HAFT__M_KEEP;
}

/* The first reason stays: a system stops once. */
void haft__m_crash(const char *article, const char *format, ...) {
    va_list arguments;
    if (haft__m.crashed) return;
    haft__m.crashed = true;
    int used = snprintf(haft__m.reason, sizeof haft__m.reason, "%s: ", article);
    va_start(arguments, format);
    vsnprintf(haft__m.reason + used, sizeof haft__m.reason - (size_t)used, format, arguments);
    va_end(arguments);
}

/* ---- what a program asks of the model itself: these work after a crash too, and leave the last error alone ---- */

static void look(void) { (void)haft__m_enter(); }
static void look_away(void) { haft__unlock(&gate); }

void haft_model_boot(haft_model_version version) {
    if ((unsigned)version > HAFT_NT4_FIXED) return;
    haft__lock(&gate);
    boot(version);
    haft__unlock(&gate);
    haft__nt_use(&haft__port_model);
}

const char *haft_model_crash(void) {
    look();
    const char *reason = haft__m.crashed ? haft__m.reason : NULL;
    look_away();
    return reason;
}

size_t haft_model_handles(void) {
    look();
    size_t n = haft__m_handle_count();
    look_away();
    return n;
}

size_t haft_model_paged_pool(void) {
    look();
    size_t n = haft__m.paged_pool;
    look_away();
    return n;
}

static uint32_t letter_bit(wchar_t letter) {
    wchar_t l = haft__m_fold(letter);
    return l >= L'A' && l <= L'Z' ? 1u << (l - L'A') : 0;
}

void haft_model_map_drive(char letter) {
    look();
    haft__m.remote_drives |= letter_bit((wchar_t)(unsigned char)letter);
    look_away();
}

void haft_model_remote_thread_fails_late(unsigned times) {
    look();
    haft__m.late_failures = times;
    look_away();
}

void haft_model_dial_fails(unsigned times) {
    look();
    haft__m.dial_failures = times;
    look_away();
}

/* ---- Q160650 ---- */

HANDLE haft_model_driver_open(void) {
    HANDLE ret = NULL;
    haft__m_named_object *event;
    bool made;
    if (haft__m_enter() == 0 &&
        haft__m_create_named(HAFT__M_EVENT, sizeof(haft__m_sync), NULL, NULL, &ret, &event, &made) != 0)
        ret = NULL;
    look_away();
    return ret;
}

void haft_model_driver_close(HANDLE handle) {
    if (haft__m_enter() == 0) {
        if (haft__m_handle_slot(handle)) (void)haft__m_handle_close(handle);
        else if (haft__m_has("Q160650"))
            haft__m_crash("Q160650", "a kernel-mode component closed handle 0x%lx, which had been closed already",
                          (unsigned long)(uintptr_t)handle);
    }
    look_away();
}
