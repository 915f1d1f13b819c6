/* nt_duplicate.c: haft_T_duplicate, for the classes of which DuplicateHandle makes copies. */
#include "core/class.h"
#include "types/guard.h"
#include "types/nt_construct.h"

#define CLOSE_SOURCE 1u /* DUPLICATE_CLOSE_SOURCE */

typedef struct ask {
    haft_dword access;
    haft_bool32 inherit;
    haft_dword options;
} ask;

static haft_status duplicate(haft_hold *ret, const haft_hold *h, haft_class *c, const void *at, const ask *how) {
    haft__opening o;
    HANDLE copy = NULL, self = (HANDLE)(intptr_t)-1;
    uint64_t raw = haft__raw(h, c, at);
    if (!h || !ret || (const void *)h == ret || h->tag == 0 || (how->options & CLOSE_SOURCE)) return HAFT_E_INVALID;
    if (haft__class_is_none(c, raw)) return HAFT_E_STALE;
    haft_status status = haft__construct(&o, ret, c, at, NULL, NULL, false);
    if (status != HAFT_OK) return status;
    bool threads = haft__guard_hold(HAFT_Q246691), tokens = haft__guard_hold(HAFT_Q197517);
    BOOL made = haft__nt()->DuplicateHandle(self, (HANDLE)(uintptr_t)raw, self, &copy, how->access, how->inherit, how->options);
    status = haft__nt_constructed(&o, ret, made ? copy : NULL);
    haft__guard_let(tokens);
    haft__guard_let(threads);
    return status;
}

#define DUPLICATE(name)                                                                                                        \
    haft_status haft_##name##_duplicate(haft_##name *ret, const haft_##name *h, haft_dword access, haft_bool32 inherit,       \
                                        haft_dword options) {                                                                  \
        const ask how = { access, inherit, options };                                                                   \
        return duplicate((haft_hold *)ret, (const haft_hold *)h, &haft__class_##name, HAFT__CALLER(), &how);                   \
    }

DUPLICATE(handle)
DUPLICATE(file)
DUPLICATE(key)
DUPLICATE(event)
DUPLICATE(mutex)
DUPLICATE(semaphore)
DUPLICATE(timer)
DUPLICATE(thread)
DUPLICATE(process)
DUPLICATE(token)
DUPLICATE(mapping)
DUPLICATE(pipe)
DUPLICATE(mailslot)
DUPLICATE(job)
DUPLICATE(iocp)
DUPLICATE(snapshot)
DUPLICATE(console)
