/* class.h: what the core knows of a class by its id alone. */
#ifndef HAFT_SRC_CLASS_H
#define HAFT_SRC_CLASS_H

#include "base/atomic.h"

#include <haft/class.h>

/* Classes with one closer are closed by the same call: a file by an event's closer, though not a key by a file's. */
typedef enum haft__closer {
    HAFT__CLOSER_NONE = 0,
    HAFT__CLOSER_CLOSE_HANDLE,
    HAFT__CLOSER_REG_CLOSE_KEY,
    HAFT__CLOSER_FIND_CLOSE,
    HAFT__CLOSER_OTHER /* one of the class's own: this plus the class's id */
} haft__closer;

typedef struct haft__class_info {
    const char *name;
    uint16_t closer;
    bool named;   /* its bound counts names; otherwise opening sites */
} haft__class_info;

/* Never NULL: an id that no class has gets the entry of HAFT_CLASS_NONE. */
const haft__class_info *haft__class_info_of(uint32_t id);
uint32_t haft__class_closer(uint32_t id);

/* The system hands out one value of such a class many times, and wants it closed as often. */
static inline bool haft__class_counted(uint32_t id) { return id == HAFT_CLASS_MODULE; }

/* Whether this thread is in the closer of a class of the program's own, for this value: the ledger has let go of it. */
bool haft__is_closing(uint64_t raw);

/* The class's id, given to it at its first use if HAFT_DEFINE made it. */
uint32_t haft__class_register(haft_class *c);
static inline uint32_t haft__class_id_of(haft_class *c) {
    uint32_t id = haft__load32((haft__a32 *)(void *)&c->id);
    return HAFT__LIKELY(id != HAFT_CLASS_NONE) ? id : haft__class_register(c);
}

/* The id of the class that has this name; HAFT_CLASS_NONE: none has. */
uint32_t haft__class_named(const char *name, size_t length);

/* Whether raw is one of the class's values for "no handle" (of descriptors, any negative one), or a predefined one. */
static inline bool haft__class_is_none(const haft_class *c, uint64_t raw) {
    return raw == c->none[0] || raw == c->none[1] || (c->space == HAFT_SPACE_FD && (int32_t)(uint32_t)raw < 0);
}
static inline bool haft__class_is_pseudo(const haft_class *c, uint64_t raw) { return c->pseudo && c->pseudo(raw); }

#endif
