/* settings.h: what the settings are now, for the rest of the library. */
#ifndef HAFT_SRC_SETTINGS_H
#define HAFT_SRC_SETTINGS_H

#include "base/compiler.h"

#include <haft/settings.h>

/* Reads the HAFT variable, once. Called before any setting is read or set. Cheap afterwards. */
void haft__settings_ready(void);

/* Whether shims refuse handles that nobody declared. */
bool haft__strict(void);

/* The bound of a class; 0: none. `asked` says whether the program or its user set it. */
uint32_t haft__limit(uint32_t class_id, bool *ret_asked);

/* The state that was set; what AUTO comes to is src/core/quirk.c's to say. */
haft_quirk_state haft__quirk_state(haft_quirk quirk);

/* "Q179827"; ORDER QUIRK. */
const char *haft__quirk_name(haft_quirk quirk);
#define HAFT__QUIRKS 5

#endif
