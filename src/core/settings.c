/* settings.c: bounds, quirk states and strictness, as they are set now. */
#include "core/settings.h"

#include "core/class.h"

haft__a32 haft__limits[HAFT_CLASSES] = { [HAFT_CLASS_KEY] = { HAFT_LIMIT_KEY_DEFAULT } };
static haft__a32 quirks[HAFT__QUIRKS]; /* ORDER QUIRK */
static haft__a32 strict;

static const char *const quirk_names[HAFT__QUIRKS] = { "Q179827", "Q160650", "Q246691", "Q235425", "Q197517" };

const char *haft__quirk_name(haft_quirk quirk) { return (unsigned)quirk < HAFT__QUIRKS ? quirk_names[quirk] : "?"; }

static bool is_class(uint32_t id) { return id != HAFT_CLASS_NONE && id < HAFT_CLASSES && *haft__class_info_of(id)->name != '?'; }

haft_status haft_limit_set(haft_class_id class_id, uint32_t bound) {
    haft__settings_ready();
    if (!is_class((uint32_t)class_id) || (class_id == HAFT_CLASS_KEY && bound == 0)) return HAFT_E_INVALID;
    if (bound > HAFT_LIMIT_MAX) return HAFT_E_LIMIT;
    haft__store32(&haft__limits[class_id], bound | HAFT__LIMIT_ASKED);
    return HAFT_OK;
}

uint32_t haft_limit_get(haft_class_id class_id) {
    haft__settings_ready();
    return is_class((uint32_t)class_id) ? haft__limit((uint32_t)class_id) : 0;
}

haft_status haft_quirk_set(haft_quirk quirk, haft_quirk_state state) {
    haft__settings_ready();
    if ((unsigned)quirk >= HAFT__QUIRKS || (unsigned)state > HAFT_QUIRK_OFF) return HAFT_E_INVALID;
    haft__store32(&quirks[quirk], (uint32_t)state);
    return HAFT_OK;
}

haft_quirk_state haft__quirk_state(haft_quirk quirk) { return (haft_quirk_state)haft__load32(&quirks[quirk]); }

void haft_strict_set(bool on) {
    haft__settings_ready();
    haft__store32(&strict, on);
}

bool haft__strict(void) {
    haft__settings_ready();
    return haft__load32(&strict) != 0;
}
