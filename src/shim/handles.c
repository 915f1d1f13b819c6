/* handles.c: the shims of CreateFile, CloseHandle and DuplicateHandle. Q235425: decline. Q160650: refuse. */
#include "shim/shims.h"

#include "types/guard.h"
#include "types/nt_classes.h"

#define RAW(handle) ((uint64_t)(uintptr_t)(handle))
#define THIS_PROCESS ((HANDLE)(intptr_t)-1) /* what GetCurrentProcess and GetCurrentThread give */
#define THIS_THREAD ((HANDLE)(intptr_t)-2)

#define CREATE_FILE(A, W, CALL)                                                              \
    haft__opening o;                                                                         \
    const void *at = HAFT__CALLER();                                                         \
    if (!haft__shim_open(&o, &haft__class_file, at, A, W)) return INVALID_HANDLE_VALUE;      \
    HANDLE file = haft__guard_declines(at, A, W) ? INVALID_HANDLE_VALUE : haft__nt()->CALL;   \
    haft__shim_opened(&o, RAW(file));                                                        \
    return file

HANDLE WINAPI haft_shim_CreateFileA(LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                                    DWORD flags, HANDLE template_file) {
    CREATE_FILE(name, NULL, CreateFileA(name, access, share, security, disposition, flags, template_file));
}

HANDLE WINAPI haft_shim_CreateFileW(LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                                    DWORD flags, HANDLE template_file) {
    CREATE_FILE(NULL, name, CreateFileW(name, access, share, security, disposition, flags, template_file));
}

BOOL WINAPI haft_shim_CloseHandle(HANDLE handle) {
    haft__closing closing;
    if (!haft__shim_close(&closing, &haft__class_handle, RAW(handle), HAFT__CALLER())) {
        haft__nt()->set_last_error(closing.error);
        return FALSE;
    }
    BOOL closed = haft__nt()->CloseHandle(handle);
    haft__shim_closed(&closing, closed != 0);
    return closed;
}

/* ---- DuplicateHandle ---- */

static bool is_this_process(HANDLE process) {
    const haft__nt_port *nt = haft__nt();
    return nt->process_id(process) == nt->process_id(THIS_PROCESS);
}

/* The class of the source, as far as the ledger or the value itself tells. */
static haft_class *class_of(HANDLE source) {
    static haft_class *const kernel[] = {
        &haft__class_handle, &haft__class_file,    &haft__class_key,   &haft__class_event,   &haft__class_mutex,
        &haft__class_timer,  &haft__class_thread,  &haft__class_token, &haft__class_process, &haft__class_semaphore,
        &haft__class_change, &haft__class_mapping, &haft__class_pipe,  &haft__class_mailslot,
    };
    if (RAW(source) == RAW(THIS_PROCESS)) return &haft__class_process;
    if (RAW(source) == RAW(THIS_THREAD)) return &haft__class_thread;
    uint64_t tag = haft__look(haft__place_of(&haft__class_handle, HAFT_CLASS_HANDLE, RAW(source))).tag;
    for (size_t i = 0; (tag & HAFT__LIVE) && i < HAFT__COUNT(kernel); i++)
        if (kernel[i]->id == haft__tag_class(tag)) return kernel[i];
    return &haft__class_handle;
}

static haft_class *closing_class(haft_class *c) {
    return c == &haft__class_key || c == &haft__class_change ? c : &haft__class_handle;
}

/* The source goes with the call, even where the duplication fails: so it must be the caller's to close. */
static bool close_source(haft__closing *closing, haft_class *c, HANDLE source, const void *at) {
    if (haft__shim_close(closing, closing_class(c), RAW(source), at)) return true;
    haft__nt()->set_last_error(closing->error);
    return false;
}

BOOL WINAPI haft_shim_DuplicateHandle(HANDLE source_process, HANDLE source, HANDLE target_process, LPHANDLE ret, DWORD access,
                                      BOOL inherit, DWORD options) {
    haft__opening o;
    haft__closing closing;
    const void *at = HAFT__CALLER();
    bool from_here = is_this_process(source_process), to_here = ret && is_this_process(target_process);
    bool closes = from_here && (options & DUPLICATE_CLOSE_SOURCE);
    haft_class *c = from_here ? class_of(source) : &haft__class_handle;
    if (to_here && !haft__shim_open(&o, c, at, NULL, NULL)) return FALSE;
    if (closes && !close_source(&closing, c, source, at)) {
        if (to_here) haft__opening_cancel(&o);
        return FALSE;
    }
    bool threads = haft__guard_hold(HAFT_Q246691), tokens = haft__guard_hold(HAFT_Q197517);
    BOOL made = haft__nt()->DuplicateHandle(source_process, source, target_process, ret, access, inherit, options);
    if (closes) haft__shim_closed(&closing, true);
    if (to_here && made) haft__shim_opened(&o, RAW(*ret));
    else if (to_here) haft__opening_cancel(&o);
    haft__guard_let(tokens);
    haft__guard_let(threads);
    return made;
}
