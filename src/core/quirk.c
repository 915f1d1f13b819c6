/* quirk.c: which articles' faults the running system has. */
#include "core/settings.h"

#include "port/port.h"

/* What an article says of itself: "applies to" and "first corrected in". All five apply to Windows NT 4.0 and to nothing else. */
typedef struct article {
    uint32_t fixed_in; /* service pack; 0: none of them, but a later fix */
    bool always;       /* the work-around acts only on what the program itself has declared */
} article;

/* ORDER QUIRK */
static const article articles[HAFT__QUIRKS] = {
    { 4, false }, /* Q179827: first corrected in Service Pack 4 */
    { 0, true },  /* Q160650: corrected in "the latest" service pack */
    { 0, false }, /* Q246691: 4.0 to SP6; a fix to be asked for */
    { 6, false }, /* Q235425: first corrected in Service Pack 6 */
    { 5, false }, /* Q197517: first corrected in Service Pack 5 */
};

static bool has_fault(const article *a) {
    haft__nt_version v = haft__nt()->version();
    if (v.version != 0x0400 || v.post_sp6_fixes) return false;
    return a->fixed_in == 0 || v.service_pack < a->fixed_in;
}

bool haft_quirk_active(haft_quirk quirk) {
    if ((unsigned)quirk >= HAFT__QUIRKS) return false;
    haft__settings_ready();
    switch (haft__quirk_state(quirk)) {
    case HAFT_QUIRK_ON: return true;
    case HAFT_QUIRK_OFF: return false;
    default: return articles[quirk].always || has_fault(&articles[quirk]);
    }
}
