/* settings.h: what the settings are now, for the rest of the library. */
#ifndef HAFT_SRC_SETTINGS_H
#define HAFT_SRC_SETTINGS_H

#include "base/atomic.h"

#include <haft/settings.h>

/* Reads the HAFT variable (environment.c), once. Called before any setting is read or set. */
extern haft__a32 haft__settings_state; /* 0: not read; 1: being read; 2: read */
void haft__settings_read(void);
/* Where another thread is reading it, waits until it has. */
void haft__settings_settle(void);
static inline void haft__settings_ready(void) {
    if (HAFT__UNLIKELY(haft__load32(&haft__settings_state) != 2)) haft__settings_read();
}

/* Whether shims refuse handles that nobody declared. */
bool haft__strict(void);

/* The bounds by class; 0: none, and then opens of the class are not counted. Keys always have one. */
#define HAFT__LIMIT_ASKED 0x80000000u /* the program or its user set it */
extern haft__a32 haft__limits[HAFT_CLASSES];
static inline uint32_t haft__limit(uint32_t class_id) {
    return haft__load32(&haft__limits[class_id]) & ~HAFT__LIMIT_ASKED;
}
static inline bool haft__limit_asked(uint32_t class_id) {
    return (haft__load32(&haft__limits[class_id]) & HAFT__LIMIT_ASKED) != 0;
}

/* The state that was set; what AUTO comes to is src/core/quirk.c's to say. */
haft_quirk_state haft__quirk_state(haft_quirk quirk);

/* "Q179827"; ORDER QUIRK. */
const char *haft__quirk_name(haft_quirk quirk);
#define HAFT__QUIRKS 5

#endif
