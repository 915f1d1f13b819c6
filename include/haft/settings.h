/* haft/settings.h: bounds, quirks, strictness; in code or, without a rebuild, in the environment:
 *
 *     HAFT=level=warn,strict,limit.key=512,report=leaks.txt ./service
 *
 *   level=L          every kind of finding: silent, once, warn or fatal; any but silent also writes to standard error
 *   level.KIND=L     one kind, by its name (haft_finding_name)
 *   limit.CLASS=N    as haft_limit_set
 *   quirk.QNNNNNN=S  as haft_quirk_set: auto, on or off
 *   strict           as haft_strict_set(true)
 *   report=PATH      write haft_report_text() there when the program ends; "-" for standard error. Each %p in PATH is
 *                    replaced by the process id, so that programs which start one another write a report each
 *
 * The variable is read once, before anything else is done; what the program sets later wins. A word that is not understood
 * is a SETTING finding, and to standard error if no sink is there; the other words count. A set-uid or set-gid process
 * ignores it all.
 */
#ifndef HAFT_SETTINGS_H
#define HAFT_SETTINGS_H

#include <haft/class.h>
#include <haft/status.h>

HAFT_BEGIN_C

#define HAFT_LIMIT_MAX 65534u        /* one below what wraps in Q179827 */
#define HAFT_LIMIT_KEY_DEFAULT 1024u

/* Sets how many live opens one identity of this class may have. Named classes are bounded by name; classes without names are
 * bounded by the site that opens them. Opens from then on are counted; handles that live already keep what they have.
 *   bound   1 to HAFT_LIMIT_MAX; 0: no bound, which keys cannot have
 * HAFT_E_INVALID: unknown class, 0 for keys. HAFT_E_LIMIT: above HAFT_LIMIT_MAX. Neither changes anything. Any thread. */
haft_status haft_limit_set(haft_class_id class_id, uint32_t bound);

/* The bound; 0: none, or an unknown class. Any thread. */
uint32_t haft_limit_get(haft_class_id class_id);

/* ORDER QUIRK: the table in src/core/quirk.c. */
typedef enum haft_quirk {
    HAFT_Q179827 = 0, /* registry key reopened until its count wraps: bound */
    HAFT_Q160650,     /* kernel-mode handle closed by user code: refuse */
    HAFT_Q246691,     /* CreateRemoteThread leaks when it fails late: recover */
    HAFT_Q235425,     /* CreateFile on a redirected drive letter leaks pool: decline */
    HAFT_Q197517      /* RasDial leaks the process token: recover */
} haft_quirk;

typedef enum haft_quirk_state {
    HAFT_QUIRK_AUTO = 0, /* on where the running system has the fault, as its article tells */
    HAFT_QUIRK_ON,
    HAFT_QUIRK_OFF
} haft_quirk_state;

/* HAFT_E_INVALID for an unknown quirk or state, and then changes nothing. Any thread. */
haft_status haft_quirk_set(haft_quirk quirk, haft_quirk_state state);

/* Whether the work-around is at work: its state, and for AUTO the running system. False for an unknown quirk. Any thread. */
bool haft_quirk_active(haft_quirk quirk);

/* Strict: a shim refuses to close a handle that nobody declared. Off by default: such a handle is let through and counted.
 * Any thread. */
void haft_strict_set(bool strict);

/* Live tracked handles, BORROWED and PSEUDO ones not counted. It walks the ledger: about 1 ms a million. Any thread. */
size_t haft_live(void);

HAFT_END_C

#endif
