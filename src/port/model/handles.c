/* handles.c: the Win32 functions that work on a handle of any type. */
#include "port/model/model.h"

BOOL WINAPI haft_model_CloseHandle(HANDLE handle) {
    uint32_t error = haft__m_enter();
    if (!error && !haft__m_handle_is_pseudo(handle)) error = haft__m_handle_close(handle);
    if (haft__m.crashed) error = ERROR_NOT_READY; /* the handle was a key's */
    haft__m_leave(error);
    return !error;
}

/* The object to duplicate, with a new reference, and what its handle allows. */
static uint32_t source_of(HANDLE source, haft__m_object **ret, uint32_t *ret_access) {
    haft__m_slot *slot = haft__m_handle_slot(source);
    *ret_access = MAXIMUM_ALLOWED;
    if (slot) {
        haft__m_object_keep(*ret = slot->object);
        *ret_access = slot->access;
        return 0;
    }
    *ret = NULL;
    if (source == haft_model_GetCurrentProcess()) *ret = haft__m_task_of(source, HAFT__M_PROCESS);
    if (source == haft_model_GetCurrentThread()) *ret = haft__m_task_of(source, HAFT__M_THREAD);
    return *ret ? 0 : ERROR_INVALID_HANDLE;
}

static uint32_t duplicate(HANDLE source, HANDLE target_process, HANDLE *ret, DWORD access, BOOL inherit, DWORD options) {
    haft__m_object *o;
    uint32_t allowed;
    uint32_t target = haft__m_process_id(target_process);
    uint32_t error = source_of(source, &o, &allowed);
    if (error) return error;
    if (target == HAFT__M_OWN_PROCESS)
        error = haft__m_handle_new(o, options & DUPLICATE_SAME_ACCESS ? allowed : access, inherit ? HANDLE_FLAG_INHERIT : 0, ret);
    else error = target ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE;
    haft__m_object_drop(o);
    return error;
}

/* DUPLICATE_CLOSE_SOURCE closes the source also when the duplication fails; a source that is protected stays, and nobody is told.
 * Without anywhere to put it the duplicate is made all the same, and nobody knows its value. */
BOOL WINAPI haft_model_DuplicateHandle(HANDLE source_process, HANDLE source, HANDLE target_process, LPHANDLE ret, DWORD access,
                                       BOOL inherit, DWORD options) {
    HANDLE made = NULL;
    uint32_t error = haft__m_enter();
    if (!error && haft__m_process_id(source_process) != HAFT__M_OWN_PROCESS) error = ERROR_INVALID_HANDLE;
    else if (!error) {
        error = duplicate(source, target_process, &made, access, inherit, options);
        if (!error && ret) *ret = made;
        if (options & DUPLICATE_CLOSE_SOURCE && !haft__m_handle_is_pseudo(source)) (void)haft__m_handle_close(source);
    }
    if (haft__m.crashed) error = ERROR_NOT_READY;
    haft__m_leave(error);
    return !error;
}

BOOL WINAPI haft_model_GetHandleInformation(HANDLE handle, LPDWORD flags) {
    uint32_t error = haft__m_enter();
    haft__m_slot *slot = error ? NULL : haft__m_handle_slot(handle);
    if (!error && !slot) error = ERROR_INVALID_HANDLE;
    if (!error && !flags) error = ERROR_INVALID_PARAMETER;
    if (!error) *flags = slot->flags;
    haft__m_leave(error);
    return !error;
}

BOOL WINAPI haft_model_SetHandleInformation(HANDLE handle, DWORD mask, DWORD flags) {
    const DWORD known = HANDLE_FLAG_INHERIT | HANDLE_FLAG_PROTECT_FROM_CLOSE;
    uint32_t error = haft__m_enter();
    haft__m_slot *slot = error ? NULL : haft__m_handle_slot(handle);
    if (!error && !slot) error = ERROR_INVALID_HANDLE;
    if (!error && mask & ~known) error = ERROR_INVALID_PARAMETER;
    if (!error) slot->flags = (slot->flags & ~mask) | (flags & mask);
    haft__m_leave(error);
    return !error;
}

DWORD WINAPI haft_model_GetLastError(void) { return haft__m_last_error(); }
void WINAPI haft_model_SetLastError(DWORD code) { haft__m_set_last_error(code); }
