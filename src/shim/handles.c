/* handles.c: the shims of CreateFile, CloseHandle and DuplicateHandle. Q235425: decline. Q160650: refuse. */
#include "shim/shims.h"

#include "core/class.h"
#include "types/guard.h"
#include "types/nt_classes.h"

#define THIS_PROCESS ((HANDLE)(intptr_t)-1) /* what GetCurrentProcess and GetCurrentThread give */
#define THIS_THREAD ((HANDLE)(intptr_t)-2)

#define CREATE_FILE(A, W, CALL)                                                              \
    haft__shim shim;                                                                         \
    const void *at = HAFT__CALLER();                                                         \
    uint32_t code = haft__shim_open(&shim, &haft__class_file, at, A, W);                     \
    if (HAFT__UNLIKELY(code)) return HAFT__REFUSED_OR_INVALID(code);                         \
    HANDLE file = haft__guard_declines(at, A, W) ? INVALID_HANDLE_VALUE : haft__nt()->CALL;   \
    haft__shim_opened(&shim, HAFT__RAW(file));                                               \
    return file

HANDLE WINAPI haft_shim_CreateFileA(LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                                    DWORD flags, HANDLE template_file) {
    CREATE_FILE(name, NULL, CreateFileA(name, access, share, security, disposition, flags, template_file));
}
HAFT__IMPORT(haft_shim_CreateFileA, 28)

HANDLE WINAPI haft_shim_CreateFileW(LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                                    DWORD flags, HANDLE template_file) {
    CREATE_FILE(NULL, name, CreateFileW(name, access, share, security, disposition, flags, template_file));
}
HAFT__IMPORT(haft_shim_CreateFileW, 28)

#define HANDLES(X) X(BOOL, CloseHandle, 1, (HANDLE), CLOSES, handle, a, IF_TRUE)
HANDLES(HAFT__NT_SHIM)

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
        &haft__class_change, &haft__class_mapping, &haft__class_pipe,  &haft__class_mailslot, &haft__class_socket,
    };
    if (HAFT__RAW(source) == HAFT__RAW(THIS_PROCESS)) return &haft__class_process;
    if (HAFT__RAW(source) == HAFT__RAW(THIS_THREAD)) return &haft__class_thread;
    uint64_t tag = haft__look(haft__place_of(&haft__class_handle, HAFT_CLASS_HANDLE, HAFT__RAW(source))).tag;
    for (size_t i = 0; (tag & HAFT__LIVE) && i < HAFT__COUNT(kernel); i++)
        if (kernel[i]->id == haft__tag_class(tag)) return kernel[i];
    return &haft__class_handle;
}

static haft_class *closing_class(haft_class *c) {
    return haft__class_closer(c->id) == HAFT__CLOSER_CLOSE_HANDLE ? &haft__class_handle : c;
}

/* The source goes with the call, even where the duplication fails: so it must be the caller's to close. */
static bool close_source(haft__closing *closing, haft_class *c, HANDLE source, const void *at) {
    if (haft__shim_close(closing, closing_class(c), HAFT__RAW(source), at)) return true;
    haft__nt()->set_last_error(closing->error);
    return false;
}

BOOL WINAPI haft_shim_DuplicateHandle(HANDLE source_process, HANDLE source, HANDLE target_process, LPHANDLE ret, DWORD access,
                                      BOOL inherit, DWORD options) {
    haft__shim shim;
    haft__closing closing;
    const void *at = HAFT__CALLER();
    bool from_here = is_this_process(source_process), to_here = ret && is_this_process(target_process);
    bool closes = from_here && (options & DUPLICATE_CLOSE_SOURCE);
    haft_class *c = from_here ? class_of(source) : &haft__class_handle;
    uint32_t refused = to_here ? haft__shim_open(&shim, c, at, NULL, NULL) : 0;
    if (refused) return HAFT__REFUSED_IF_TRUE(refused);
    if (closes && !close_source(&closing, c, source, at)) {
        if (to_here) haft__shim_failed(&shim);
        return FALSE;
    }
    bool threads = haft__guard_hold(HAFT_Q246691), tokens = haft__guard_hold(HAFT_Q197517);
    BOOL made = haft__nt()->DuplicateHandle(source_process, source, target_process, ret, access, inherit, options);
    /* A protected source stays, and nobody is told. Whether its value is open says nothing: another's handle may have it by now;
     * but what is newly opened is not protected. */
    if (closes) haft__shim_closed(&closing, !haft__nt()->is_protected(source));
    if (to_here && made) haft__shim_opened(&shim, HAFT__RAW(*ret));
    else if (to_here) haft__shim_failed(&shim);
    haft__guard_let(tokens);
    haft__guard_let(threads);
    return made;
}
HAFT__IMPORT(haft_shim_DuplicateHandle, 28)
