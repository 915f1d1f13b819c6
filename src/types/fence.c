/* fence.c: the fence for programs: <haft/fence.h>. */
#include "core/fence.h"

#include "base/host.h"
#include "base/lock.h"
#include "core/finding.h"
#include "core/ledger.h"
#include "types/nt_classes.h"

#include <haft/fence.h>

#define CANDIDATES 256
#define LOOKS 3
#define TYPE_NAME 64

struct haft_fence {
    haft__fence inside;
};

haft_status haft_fence_begin(haft_fence **ret) {
    if (!ret) return HAFT_E_INVALID;
    haft_fence *fence = haft__alloc(sizeof *fence);
    if (!fence) return HAFT_E_NOMEM;
    haft__error error = haft__error_save();
    haft__fence_begin(&fence->inside, HAFT__OBJECT_ANY);
    haft__error_restore(error);
    if (!fence->inside.open) {
        haft__free(fence);
        return HAFT_E_OS;
    }
    *ret = fence;
    return HAFT_OK;
}

static bool is_somebodys(uint64_t raw) {
    haft__place place = haft__place_of(&haft__class_handle, HAFT_CLASS_HANDLE, raw);
    return (haft__look(place).tag & HAFT__LIVE) != 0;
}

/* A handle that another thread has opened and not yet tracked, or has let go of and not yet closed, is one of its own: it gets time
 * to show that. */
static size_t still_left(uint64_t *list, size_t count) {
    for (unsigned look = 0; look < LOOKS && count; look++) {
        size_t kept = 0;
        haft__yield(look);
        for (size_t i = 0; i < count; i++)
            if (!is_somebodys(list[i]) && haft__nt()->is_open((HANDLE)(uintptr_t)list[i])) list[kept++] = list[i];
        count = kept;
    }
    return count;
}

static void tell(haft_finding_kind kind, uint64_t raw, const char *type, const void *at) {
    haft__seen seen = { .kind = kind, .class_id = HAFT_CLASS_HANDLE, .raw = raw, .at = haft__site_of(at), .name = type,
                        .what = "left by a call" };
    haft__found(&seen);
}

/* Whether it is closed now. */
static bool judge(uint64_t raw, bool doubt, haft_left_proof *proof, void *user, const void *at) {
    char type[TYPE_NAME];
    HANDLE handle = (HANDLE)(uintptr_t)raw;
    if (!haft__nt()->type_name(handle, type, sizeof type)) type[0] = '\0';
    haft_left left = { handle, type, doubt };
    bool closed = proof && proof(&left, user) && haft__nt()->CloseHandle(handle);
    tell(closed ? HAFT_FINDING_RECOVERED : HAFT_FINDING_UNPROVED, raw, type, at);
    return closed;
}

haft_status haft_fence_end(haft_fence *fence, haft_left_proof *proof, void *user, size_t *ret_left) {
    const void *at = HAFT__CALLER();
    uint64_t list[CANDIDATES];
    bool doubt;
    if (!fence) return HAFT_E_INVALID;
    haft__error error = haft__error_save();
    haft__gate_lock();
    size_t all = haft__fence_end(&fence->inside, list, CANDIDATES, &doubt), left = all < CANDIDATES ? all : CANDIDATES;
    bool told = fence->inside.open;
    size_t unjudged = all - left;
    left = still_left(list, left);
    for (size_t i = 0, n = left; i < n; i++) left -= judge(list[i], doubt, proof, user, at);
    haft__gate_unlock();
    haft__free(fence);
    haft__error_restore(error);
    if (told && ret_left) *ret_left = left + unjudged;
    return told ? HAFT_OK : HAFT_E_OS;
}
