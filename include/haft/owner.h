/* haft/owner.h: who may close a handle.
 *
 *     HANDLE h = driver_event();          a kernel-mode component opened it in our table
 *     CloseHandle(h);                     NT 4.0 stops when the driver closes it again (Q160650)
 *
 *     haft_event e = HAFT_INIT;
 *     haft_event_adopt(&e, h, HAFT_OWNER_KERNEL);
 *     haft_event_close(&e);               HAFT_E_NOT_OWNER: the handle stays
 *
 * What each operation does to each mode:
 *
 *               USER             SHARED               BORROWED          KERNEL            PSEUDO
 *   adopt       tracked          HAFT_E_INVALID       not tracked       tracked           not tracked
 *   close       closes, once     last one closes      forgets           HAFT_E_NOT_OWNER  forgets
 *   scope end   closes, once     last one closes      forgets           forgets           forgets
 *   borrow      BORROWED         BORROWED             BORROWED          BORROWED          PSEUDO
 *   share       both SHARED      one holder more      HAFT_E_NOT_OWNER  HAFT_E_NOT_OWNER  both PSEUDO
 *   release     raw, untracked   raw, if the last     raw               raw, untracked    raw
 *   transfer    to KERNEL        to KERNEL, if last   HAFT_E_NOT_OWNER  to USER           HAFT_E_NOT_OWNER
 *   move        the mode moves along; the source is empty afterwards
 *
 * A pseudo value (HKEY_LOCAL_MACHINE, GetCurrentProcess()) is PSEUDO whatever it is adopted as. NONE, an empty wrapper, is
 * closed, moved and forgotten with HAFT_OK and can be neither shared nor transferred (HAFT_E_INVALID). A release that is
 * refused (SHARED, other holders) returns the sentinel and leaves the wrapper as it is.
 */
#ifndef HAFT_OWNER_H
#define HAFT_OWNER_H

#include <haft/config.h>

HAFT_BEGIN_C

/* ORDER OWNER: haft_owner_name() in src/core/status.c. Three bits of every tag. */
typedef enum haft_owner {
    HAFT_OWNER_NONE = 0, /* an empty wrapper */
    HAFT_OWNER_USER,     /* this process opened it, in user mode, and closes it */
    HAFT_OWNER_SHARED,   /* as USER, with a count of holders */
    HAFT_OWNER_BORROWED, /* another holder in this process owns it */
    HAFT_OWNER_KERNEL,   /* a kernel-mode component opened it for this process, and closes it */
    HAFT_OWNER_PSEUDO    /* predefined or pseudo: never closed */
} haft_owner;

/* "USER", "KERNEL", ...; "?" for a value that is none. Never NULL. Any thread. */
const char *haft_owner_name(haft_owner owner);

HAFT_END_C

#endif
