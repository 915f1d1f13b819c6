/* tasks.c: the two processes that there are, this one and another, and their tokens. */
#include "port/model/model.h"

#include <stdio.h>
#include <string.h>

bool haft__m_tasks_boot(void) {
    haft__m.own_process = haft__m_object_new(HAFT__M_PROCESS, sizeof(haft__m_object));
    haft__m.other_process = haft__m_object_new(HAFT__M_PROCESS, sizeof(haft__m_object));
    haft__m.own_token = haft__m_object_new(HAFT__M_TOKEN, sizeof(haft__m_object));
    haft__m.other_token = haft__m_object_new(HAFT__M_TOKEN, sizeof(haft__m_object));
    return haft__m.own_process && haft__m.other_process && haft__m.own_token && haft__m.other_token;
}

void haft__m_tasks_clear(void) {
    haft__m_object **const all[] = { &haft__m.own_process, &haft__m.other_process, &haft__m.own_token, &haft__m.other_token };
    for (size_t i = 0; i < HAFT__COUNT(all); i++) {
        if (*all[i]) haft__m_object_drop(*all[i]);
        *all[i] = NULL;
    }
}

uint32_t haft__m_process_id(HANDLE handle) {
    haft__m_object *o = haft__m_handle_object(handle, HAFT__M_PROCESS);
    if (handle == haft_model_GetCurrentProcess() || (o && o == haft__m.own_process)) return HAFT__M_OWN_PROCESS;
    return o && o == haft__m.other_process ? HAFT__M_OTHER_PROCESS : 0;
}

HANDLE WINAPI haft_model_GetCurrentProcess(void) { return (HANDLE)(intptr_t)-1; }
DWORD WINAPI haft_model_GetCurrentProcessId(void) { return HAFT__M_OWN_PROCESS; }
DWORD haft_model_other_process(void) { return HAFT__M_OTHER_PROCESS; }

HANDLE WINAPI haft_model_OpenProcess(DWORD access, BOOL inherit, DWORD process_id) {
    HANDLE ret = NULL;
    uint32_t error = haft__m_enter();
    haft__m_object *o = process_id == HAFT__M_OWN_PROCESS ? haft__m.own_process
                        : process_id == HAFT__M_OTHER_PROCESS ? haft__m.other_process : NULL;
    if (!error && !o) error = ERROR_INVALID_PARAMETER;
    if (!error) error = haft__m_handle_new(o, access, inherit ? HANDLE_FLAG_INHERIT : 0, &ret);
    haft__m_leave(error);
    return error ? NULL : ret;
}

BOOL WINAPI haft_model_OpenProcessToken(HANDLE process, DWORD access, PHANDLE ret) {
    HANDLE made = NULL;
    uint32_t error = haft__m_enter();
    uint32_t id = error ? 0 : haft__m_process_id(process);
    if (!error && !ret) error = ERROR_NOACCESS;
    if (!error && !id) error = ERROR_INVALID_HANDLE;
    if (!error) error = haft__m_handle_new(id == HAFT__M_OWN_PROCESS ? haft__m.own_token : haft__m.other_token, access, 0, &made);
    if (!error) *ret = made;
    haft__m_leave(error);
    return !error;
}

/* No thread impersonates here. */
BOOL WINAPI haft_model_OpenThreadToken(HANDLE thread, DWORD access, BOOL as_self, PHANDLE ret) {
    uint32_t error = haft__m_enter();
    (void)access, (void)as_self;
    if (!error && !ret) error = ERROR_NOACCESS;
    bool is_thread = thread == haft_model_GetCurrentThread() || haft__m_handle_object(thread, HAFT__M_THREAD);
    if (!error && !is_thread) error = ERROR_INVALID_HANDLE;
    haft__m_leave(error ? error : ERROR_NO_TOKEN);
    return FALSE;
}

/* ---- which NT this is ---- */

static unsigned service_pack(void) {
    if (haft__m.version == HAFT_NT351) return 5; /* the last that 3.51 had */
    return haft__m.version == HAFT_NT4_FIXED ? 6 : (unsigned)(haft__m.version - HAFT_NT4_SP0);
}

static uint32_t version(OSVERSIONINFOA *ret) {
    uint32_t error = haft__m_enter();
    if (!error) {
        bool nt4 = haft__m.version != HAFT_NT351;
        memset(ret, 0, sizeof *ret);
        ret->dwMajorVersion = nt4 ? 4 : 3;
        ret->dwMinorVersion = nt4 ? 0 : 51;
        ret->dwBuildNumber = nt4 ? 1381 : 1057;
        ret->dwPlatformId = VER_PLATFORM_WIN32_NT;
        if (service_pack()) snprintf(ret->szCSDVersion, sizeof ret->szCSDVersion, "Service Pack %u", service_pack());
    }
    return error;
}

BOOL WINAPI haft_model_GetVersionExA(LPOSVERSIONINFOA info) {
    OSVERSIONINFOA v;
    uint32_t error = version(&v);
    if (!error && (!info || info->dwOSVersionInfoSize < sizeof *info)) error = ERROR_INSUFFICIENT_BUFFER;
    if (!error) {
        v.dwOSVersionInfoSize = info->dwOSVersionInfoSize;
        *info = v;
    }
    haft__m_leave(error);
    return !error;
}

BOOL WINAPI haft_model_GetVersionExW(LPOSVERSIONINFOW info) {
    OSVERSIONINFOA v;
    haft__m_wide w;
    uint32_t error = version(&v);
    if (!error && (!info || info->dwOSVersionInfoSize < sizeof *info)) error = ERROR_INSUFFICIENT_BUFFER;
    if (!error) {
        DWORD size = info->dwOSVersionInfoSize;
        memcpy(info, &v, offsetof(OSVERSIONINFOA, szCSDVersion)); /* the two begin alike */
        info->dwOSVersionInfoSize = size;
        memset(info->szCSDVersion, 0, sizeof info->szCSDVersion);
        haft__m_widen(&w, v.szCSDVersion);
        for (size_t i = 0; w.text[i]; i++) info->szCSDVersion[i] = w.text[i];
    }
    haft__m_leave(error);
    return !error;
}

DWORD WINAPI haft_model_GetVersion(void) {
    OSVERSIONINFOA v = { 0 };
    uint32_t error = version(&v);
    (void)haft__m_leave_code(0);
    return error ? 0 : v.dwBuildNumber << 16 | v.dwMinorVersion << 8 | v.dwMajorVersion;
}
