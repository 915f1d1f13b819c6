/* haft.h: safe hold of handles.
 *
 * The bug that this prevents, as it is still written every day:
 *
 *     HKEY k;
 *     if (RegOpenKeyExA(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &k)) return -1;
 *     if (RegQueryValueExA(k, name, 0, 0, buf, &len)) return -1;      leaks k: 65,535 times, and NT 4.0 stops (Q179827)
 *     RegCloseKey(k);
 *     if (len == 0) { RegCloseKey(k); return -1; }                    closes it twice: by now another thread's event, say
 *
 * and without it:
 *
 *     HAFT_AUTO(haft_key, k);
 *     if (haft_key_open_a(&k, HKEY_LOCAL_MACHINE, path, 0, KEY_READ)) return -1;
 *     if (RegQueryValueExA(haft_key_raw(&k), name, 0, 0, buf, &len)) return -1;
 *     if (len == 0) return -1;                                        closed once, whichever way out
 *
 * A wrapper is 16 bytes: the raw value and a tag that ties it to one opening of that value. Read haft/class.h for what every
 * wrapper does, haft/owner.h for who may close, haft/scope.h for scoped cleanup, haft/settings.h and haft/finding.h for bounds
 * and reports, haft/nt.h and haft/posix.h for the classes. <haft/shim.h> guards code that is not changed at all.
 */
#ifndef HAFT_H
#define HAFT_H

#include <haft/class.h>
#include <haft/config.h>
#include <haft/finding.h>
#include <haft/nt.h>
#include <haft/owner.h>
#include <haft/posix.h>
#include <haft/scope.h>
#include <haft/settings.h>
#include <haft/status.h>

#endif
