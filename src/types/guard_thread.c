/* guard_thread.c: Q246691: CreateRemoteThread that fails late.
 *
 * "The CreateRemoteThread function first successfully creates a thread where it creates a thread handle. If the function is
 * unsuccessful in the later stages of processing, the created thread is terminated and the open handle to this thread is
 * not closed."
 *
 * What is done: recover. After a call that failed, the thread handles that are new are looked at. One is closed if all of
 * this holds for it and for no other: nobody in the ledger has it; its thread belongs to the process asked for, was created
 * while the call ran, starts where the call said, and has ended with a status that is the call's own last error. What is
 * not: where that cannot be proved, or holds for two, they are left alone and reported, and so is that the system could not be
 * asked.
 */
#include "types/guard.h"

#include "core/fence.h"
#include "core/finding.h"

#define CANDIDATES 64

static bool is_the_one(uint64_t raw, const haft__thread_ask *ask, const haft__fence *fence, uint32_t error) {
    const haft__nt_port *nt = haft__nt();
    haft__thread_info t;
    if (!nt->thread_info((HANDLE)(uintptr_t)raw, &t) || !t.ended) return false;
    if (t.start != (uint64_t)(uintptr_t)ask->start || t.process != nt->process_id(ask->process)) return false;
    if (t.created < fence->since || t.created > nt->now()) return false;
    return nt->error_of_status(t.exit_code) == error;
}

static void tell(haft_finding_kind kind, uint64_t raw, const void *at) {
    haft__seen seen = { .kind = kind, .class_id = HAFT_CLASS_THREAD, .raw = raw, .at = haft__site_of(at),
                        .quirk = haft__quirk_name(HAFT_Q246691) };
    haft__found(&seen);
}

typedef struct verdict {
    bool found; /* there is one, or there may be */
    bool proved;
    uint64_t raw;
} verdict;

/* Looks for the handle that the failed call left, and whether it can be told from all others. */
static verdict judge(haft__fence *fence, const haft__thread_ask *ask, uint32_t error) {
    uint64_t list[CANDIDATES];
    bool doubt;
    size_t count = haft__fence_end(fence, list, CANDIDATES, &doubt), fit = 0;
    verdict v = { count != 0 || !fence->open, false, count ? list[0] : 0 };
    for (size_t i = 0; i < count && i < CANDIDATES; i++) {
        if (!is_the_one(list[i], ask, fence, error)) continue;
        v.raw = list[i];
        fit++;
    }
    v.proved = fit == 1 && count <= CANDIDATES; /* a doubt does not count: when it was created is part of the proof */
    return v;
}

HANDLE haft__guard_remote_thread(const void *at, const haft__thread_ask *ask, bool held) {
    const haft__nt_port *nt = haft__nt();
    haft__fence fence;
    if (held) haft__fence_begin(&fence, HAFT__OBJECT_THREAD);
    HANDLE thread = nt->CreateRemoteThread(ask->process, ask->security, ask->stack, ask->start, ask->argument, ask->flags,
                                           ask->thread_id);
    if (!held) return thread;
    if (thread) {
        haft__fence_drop(&fence);
        return thread;
    }
    uint32_t error = nt->last_error();
    verdict v = judge(&fence, ask, error);
    if (v.found) {
        if (v.proved) v.proved = nt->CloseHandle((HANDLE)(uintptr_t)v.raw) != 0;
        tell(v.proved ? HAFT_FINDING_RECOVERED : HAFT_FINDING_UNPROVED, v.raw, at);
    }
    nt->set_last_error(error);
    return thread;
}
