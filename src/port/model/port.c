/* port.c: the model as a port: its functions, and the answers to Haft's own questions. Those leave the last error alone. */
#include "port/model/files.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

static haft__nt_version ask_version(void) {
    (void)haft__m_enter();
    haft__nt_version v = { 0x0400, 0, haft__m.version == HAFT_NT4_FIXED };
    if (haft__m.version == HAFT_NT351) v.version = 0x0351;
    else v.service_pack = v.post_sp6_fixes ? 6 : (uint32_t)(haft__m.version - HAFT_NT4_SP0);
    (void)haft__m_leave_code(0);
    return v;
}

static size_t ask_key_name(HKEY key, wchar_t *text, size_t cap) {
    size_t length = 0;
    uint32_t error = haft__m_enter();
    haft__m_object *o = error ? NULL : haft__m_handle_object((HANDLE)key, HAFT__M_KEY);
    const wchar_t *name = o ? haft__m_key_name(o) : NULL;
    if (name && wcslen(name) < cap) {
        length = wcslen(name);
        wmemcpy(text, name, length + 1);
    }
    (void)haft__m_leave_code(0);
    return length;
}

static bool ask_drive_is_remote(char letter) {
    uint32_t error = haft__m_enter();
    bool remote = !error && haft__m_drive_is_remote((wchar_t)(unsigned char)letter);
    (void)haft__m_leave_code(0);
    return remote;
}

static haft__object_type type_of(const haft__m_object *o) {
    switch (o->type) {
    case HAFT__M_THREAD: return HAFT__OBJECT_THREAD;
    case HAFT__M_TOKEN: return HAFT__OBJECT_TOKEN;
    case HAFT__M_KEY: return HAFT__OBJECT_KEY;
    default: return HAFT__OBJECT_OTHER;
    }
}

static size_t ask_handles(haft__handle_info *list, size_t cap) {
    size_t n = 0;
    uint32_t error = haft__m_enter();
    for (size_t i = 0; !error && i < haft__m.table.used; i++) {
        const haft__m_object *o = haft__m.table.slots[i].object;
        if (!o) continue;
        if (n < cap) {
            list[n].handle = (uint64_t)(i + 1) * 4;
            list[n].type = type_of(o);
        }
        n++;
    }
    (void)haft__m_leave_code(0);
    return error ? SIZE_MAX : n;
}

static bool ask_thread_info(HANDLE thread, haft__thread_info *ret) {
    uint32_t error = haft__m_enter();
    bool told = !error && haft__m_thread_info(thread, ret);
    (void)haft__m_leave_code(0);
    return told;
}

static uint64_t ask_process_id(HANDLE process) {
    uint32_t error = haft__m_enter();
    uint64_t id = error ? 0 : haft__m_process_id(process);
    (void)haft__m_leave_code(0);
    return id;
}

static bool ask_token_is_own(HANDLE token) {
    uint32_t error = haft__m_enter();
    haft__m_object *o = error ? NULL : haft__m_handle_object(token, HAFT__M_TOKEN);
    bool own = o && o == haft__m.own_token;
    (void)haft__m_leave_code(0);
    return own;
}

static uint32_t ask_error_of_status(uint32_t status) {
    static const struct {
        uint32_t status, error;
    } known[] = {
        { 0x00000000, ERROR_SUCCESS },          { 0xC0000002, ERROR_INVALID_FUNCTION },  { 0xC0000005, ERROR_NOACCESS },
        { 0xC0000008, ERROR_INVALID_HANDLE },   { 0xC000000D, ERROR_INVALID_PARAMETER }, { 0xC0000017, ERROR_NOT_ENOUGH_MEMORY },
        { 0xC0000022, ERROR_ACCESS_DENIED },    { 0xC0000024, ERROR_INVALID_HANDLE },    { 0xC0000033, ERROR_INVALID_NAME },
        { 0xC0000034, ERROR_FILE_NOT_FOUND },   { 0xC0000035, ERROR_ALREADY_EXISTS },    { 0xC0000040, ERROR_NOT_ENOUGH_MEMORY },
        { 0xC0000044, ERROR_NOT_ENOUGH_QUOTA }, { 0xC000009A, ERROR_NO_SYSTEM_RESOURCES }, { 0xC000012D, ERROR_COMMITMENT_LIMIT },
    };
    for (size_t i = 0; i < HAFT__COUNT(known); i++)
        if (known[i].status == status) return known[i].error;
    return ERROR_MR_MID_NOT_FOUND;
}

static bool ask_is_open(HANDLE handle) {
    uint32_t error = haft__m_enter();
    bool open = !error && haft__m_handle_slot(handle) != NULL;
    (void)haft__m_leave_code(0);
    return open;
}

/* ORDER TYPE: haft__m_type. */
static const char *const type_names[] = { "", "Key", "File", "File", "File", "File", "Event", "Mutant", "Semaphore", "Timer",
                                          "Thread", "Process", "Token", "Section" };
HAFT__STATIC_ASSERT(HAFT__COUNT(type_names) == HAFT__M_TYPES, types_have_names);

static size_t ask_type_name(HANDLE handle, char *text, size_t cap) {
    uint32_t error = haft__m_enter();
    haft__m_object *o = error ? NULL : haft__m_handle_object(handle, HAFT__M_ANY);
    const char *name = o ? type_names[o->type] : "";
    (void)haft__m_leave_code(0);
    if (cap) snprintf(text, cap, "%s", name);
    return strlen(name);
}

static uint32_t ask_protect(HANDLE handle, bool on) {
    uint32_t error = haft__m_enter();
    haft__m_slot *slot = error ? NULL : haft__m_handle_slot(handle);
    if (!error && !slot) error = ERROR_INVALID_HANDLE;
    if (slot && on) slot->flags |= HANDLE_FLAG_PROTECT_FROM_CLOSE;
    if (slot && !on) slot->flags &= ~(uint32_t)HANDLE_FLAG_PROTECT_FROM_CLOSE;
    return haft__m_leave_code(error);
}

static bool ask_is_protected(HANDLE handle) {
    uint32_t error = haft__m_enter();
    haft__m_slot *slot = error ? NULL : haft__m_handle_slot(handle);
    bool on = slot && slot->flags & HANDLE_FLAG_PROTECT_FROM_CLOSE;
    (void)haft__m_leave_code(0);
    return on;
}

#define MEMBER(result, api, from, n, types, failure) .api = haft_model_##api,
const haft__nt_port haft__port_model = {
    .name = "model",
    HAFT__NT_API(MEMBER)
    .last_error = haft__m_last_error,
    .set_last_error = haft__m_set_last_error,
    .version = ask_version,
    .key_name = ask_key_name,
    .drive_is_remote = ask_drive_is_remote,
    .handles = ask_handles,
    .thread_info = ask_thread_info,
    .process_id = ask_process_id,
    .token_is_own = ask_token_is_own,
    .error_of_status = ask_error_of_status,
    .now = haft__m_now,
    .is_open = ask_is_open,
    .type_name = ask_type_name,
    .protect = ask_protect,
    .is_protected = ask_is_protected,
};
