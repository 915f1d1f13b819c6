/* guard_dial.c: Q197517: RasDial that leaves the process token open.
 *
 * "RasDial opens a handle to the process token and does not close it, which causes the handle count to increase every time
 * RasDial is called."
 *
 * What is done: recover. The token handle that appeared during the dial, that is the process's own token, and that nobody
 * in the ledger has, is put in the ledger as the dial's; when RasHangUp has succeeded it is closed. What is not: where two
 * such handles appeared (another dial, or code that was not rebuilt, opened one at the same time), where the one may be
 * another's of before, where the dial made no connection, or where the system could not be asked, they are left alone and
 * reported; nor is a handle found that an asynchronous dial opens after it has returned, or a token that does not let itself be
 * asked whose it is.
 */
#include "types/guard.h"

#include "base/host.h"
#include "base/lock.h"
#include "core/fence.h"
#include "core/finding.h"
#include "core/ledger.h"
#include "types/nt_classes.h"

#define CANDIDATES 16

/* The tokens that dials have left, by connection. */
typedef struct leaving {
    struct leaving *next;
    uint64_t connection;
    uint64_t raw;
    uint64_t tag;
} leaving;
static leaving *leavings;
static haft__mutex lock = HAFT__MUTEX(HAFT__RANK_SETTINGS);
HAFT__FORK_SAFE(&lock, 1, 0)

static haft__place place_of(uint64_t raw) { return haft__place_of(&haft__class_token, HAFT_CLASS_TOKEN, raw); }

static void tell(haft_finding_kind kind, uint64_t raw, haft__site opened, const void *at) {
    haft__seen seen = { .kind = kind, .class_id = HAFT_CLASS_TOKEN, .raw = raw, .opened = opened, .at = haft__site_of(at),
                        .quirk = haft__quirk_name(HAFT_Q197517) };
    haft__found(&seen);
}

/* How many handles to the process's own token the dial may have left; the one in *ret is proved if it is the only one, and
 * there is no doubt. */
static size_t judge(haft__fence *fence, uint64_t *ret, bool *ret_doubt) {
    uint64_t list[CANDIDATES];
    size_t count = haft__fence_end(fence, list, CANDIDATES, ret_doubt), own = 0;
    for (size_t i = 0; i < count && i < CANDIDATES; i++) {
        if (!haft__nt()->token_is_own((HANDLE)(uintptr_t)list[i])) continue;
        *ret = list[i];
        own++;
    }
    return count > CANDIDATES ? count : own;
}

/* Puts the token in the ledger as the dial's. No memory: it is not proved any more at hang-up, so it stays as it is. */
static leaving *take(uint64_t raw, const void *at) {
    haft__birth birth = { HAFT_CLASS_TOKEN, HAFT__OWNER_RAW, haft__site_of(at), NULL, false };
    haft__life was;
    leaving *l = haft__alloc(sizeof *l);
    if (l && haft__begin_life(place_of(raw), &birth, &l->tag, &was) == HAFT_OK) {
        l->raw = raw;
        return l;
    }
    haft__free(l);
    return NULL;
}

static void keep(leaving *l, HRASCONN connection) {
    l->connection = (uint64_t)(uintptr_t)connection;
    haft__lock(&lock);
    l->next = leavings;
    leavings = l;
    haft__unlock(&lock);
}

static leaving *find(uint64_t connection) {
    haft__lock(&lock);
    leaving **link = &leavings;
    while (*link && (*link)->connection != connection) link = &(*link)->next;
    leaving *l = *link;
    if (l) *link = l->next;
    haft__unlock(&lock);
    return l;
}

/* Closes the token, if the ledger says that nobody has closed it meanwhile and it still is what it was. */
static void recover(leaving *l, const void *at) {
    haft__life was;
    HANDLE token = (HANDLE)(uintptr_t)l->raw;
    uint32_t error = haft__nt()->last_error();
    bool held = haft__gate_close(HAFT_CLASS_TOKEN);
    bool ours = haft__end_life(place_of(l->raw), l->tag, haft__site_of(at), &was);
    bool closed = ours && haft__nt()->token_is_own(token) && haft__nt()->CloseHandle(token);
    haft__gate_closed(held);
    tell(closed ? HAFT_FINDING_RECOVERED : HAFT_FINDING_UNPROVED, l->raw, was.opened, at);
    haft__nt()->set_last_error(error);
    haft__free(l);
}

static DWORD dial(const haft__dial_ask *ask, LPHRASCONN ret) {
    if (ask->wide)
        return haft__nt()->RasDialW(ask->extensions, ask->phonebook_w, ask->params_w, ask->notifier_type, ask->notifier, ret);
    return haft__nt()->RasDialA(ask->extensions, ask->phonebook_a, ask->params_a, ask->notifier_type, ask->notifier, ret);
}

DWORD haft__guard_dial(const void *at, const haft__dial_ask *ask, LPHRASCONN ret) {
    haft__fence fence;
    uint64_t raw = 0;
    bool doubt;
    leaving *l = NULL;
    if (!haft_quirk_active(HAFT_Q197517)) return dial(ask, ret);
    haft__fence_begin(&fence, HAFT__OBJECT_TOKEN);
    DWORD code = dial(ask, ret);
    haft__gate_lock();
    size_t left = judge(&fence, &raw, &doubt);
    if (left == 1 && !doubt && ret && *ret) l = take(raw, at);
    haft__gate_unlock();
    if (l) keep(l, *ret);
    else if (left || !fence.open) tell(HAFT_FINDING_UNPROVED, raw, 0, at);
    return code;
}

DWORD haft__guard_hang_up(const void *at, HRASCONN connection, bool wide) {
    DWORD code = wide ? haft__nt()->RasHangUpW(connection) : haft__nt()->RasHangUpA(connection);
    leaving *l = code == ERROR_SUCCESS ? find((uint64_t)(uintptr_t)connection) : NULL;
    if (l) recover(l, at);
    return code;
}
