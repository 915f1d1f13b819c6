/* class.c: the table of classes, and the ids of those that HAFT_DEFINE makes. */
#include "core/class.h"

#include "base/atomic.h"
#include "base/host.h"
#include "base/lock.h"

#include <string.h>

#define OTHER(id) (HAFT__CLOSER_OTHER + (id))
#define HANDLES HAFT__CLOSER_CLOSE_HANDLE

/* ORDER CLASS: as haft_class_id. */
static const haft__class_info builtin[] = {
    /* name           closer                        named */
    { "?",            HAFT__CLOSER_NONE,            false },
    { "handle",       HANDLES,                      false },
    { "file",         HANDLES,                      true },
    { "key",          HAFT__CLOSER_REG_CLOSE_KEY,   true },
    { "event",        HANDLES,                      true },
    { "mutex",        HANDLES,                      true },
    { "semaphore",    HANDLES,                      true },
    { "timer",        HANDLES,                      true },
    { "thread",       HANDLES,                      false },
    { "process",      HANDLES,                      false },
    { "token",        HANDLES,                      false },
    { "mapping",      HANDLES,                      true },
    { "view",         OTHER(HAFT_CLASS_VIEW),       false },
    { "find",         HAFT__CLOSER_FIND_CLOSE,      false },
    { "change",       OTHER(HAFT_CLASS_CHANGE),     false },
    { "module",       OTHER(HAFT_CLASS_MODULE),     false },
    { "pipe",         HANDLES,                      false },
    { "mailslot",     HANDLES,                      false },
    { "socket",       OTHER(HAFT_CLASS_SOCKET),     false },
    { "service",      OTHER(HAFT_CLASS_SERVICE),    false },
    { "eventlog",     OTHER(HAFT_CLASS_EVENTLOG),   false },
    { "ras",          OTHER(HAFT_CLASS_RAS),        false },
    { "local",        OTHER(HAFT_CLASS_LOCAL),      false },
    { "heap",         OTHER(HAFT_CLASS_HEAP),       false },
    { "fd",           OTHER(HAFT_CLASS_FD),         true },
    { "stream",       OTHER(HAFT_CLASS_STREAM),     true },
    { "dir",          OTHER(HAFT_CLASS_DIR),        true },
    { "job",          HANDLES,                      true },
    { "iocp",         HANDLES,                      false },
    { "snapshot",     HANDLES,                      false },
    { "console",      HANDLES,                      false },
    { "wsaevent",     HANDLES,                      false },
};
HAFT__STATIC_ASSERT(HAFT__COUNT(builtin) == HAFT_CLASS_WSAEVENT + 1, classes_agree);

static haft__class_info made[HAFT_CLASSES - HAFT_CLASS_USER];
static haft__a32 made_count;
static haft__mutex making = HAFT__MUTEX(HAFT__RANK_SETTINGS);
HAFT__FORK_SAFE(&making, 1, 0)

const haft__class_info *haft__class_info_of(uint32_t id) {
    if (id < HAFT__COUNT(builtin)) return &builtin[id];
    if (id >= HAFT_CLASS_USER && id - HAFT_CLASS_USER < haft__load32(&made_count)) return &made[id - HAFT_CLASS_USER];
    return &builtin[HAFT_CLASS_NONE];
}

uint32_t haft__class_closer(uint32_t id) { return haft__class_info_of(id)->closer; }

const char *haft_class_name(haft_class_id id) { return haft__class_info_of((uint32_t)id)->name; }

uint32_t haft__class_named(const char *name, size_t length) {
    for (uint32_t id = 1; id < HAFT_CLASSES; id++) {
        const char *known = haft__class_info_of(id)->name;
        if (strlen(known) == length && memcmp(known, name, length) == 0) return id;
    }
    return HAFT_CLASS_NONE;
}

/* Every source file that includes a HAFT_DEFINE has a copy of the class: the name is what makes them one. The name is
 * copied, for the module that it stands in may be unloaded. */
static uint32_t make(const char *name) {
    uint32_t n = haft__load32(&made_count);
    for (uint32_t i = 0; i < n; i++)
        if (strcmp(made[i].name, name) == 0) return HAFT_CLASS_USER + i;
    if (n == HAFT__COUNT(made)) return HAFT_CLASSES - 1;
    char *copy = haft__alloc(strlen(name) + 1);
    if (copy) memcpy(copy, name, strlen(name));
    made[n].name = copy ? copy : "?";
    made[n].closer = (uint16_t)OTHER(HAFT_CLASS_USER + n);
    haft__store32(&made_count, n + 1);
    return HAFT_CLASS_USER + n;
}

uint32_t haft__class_register(haft_class *c) {
    haft__lock(&making);
    uint32_t id = make(c->name);
    haft__unlock(&making);
    haft__store32((haft__a32 *)(void *)&c->id, id);
    return id;
}
