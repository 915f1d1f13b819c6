/* keyname.h: what a registry key is called before it is opened, and what the system calls it afterwards. */
#ifndef HAFT_SRC_KEYNAME_H
#define HAFT_SRC_KEYNAME_H

#include "core/ledger.h"
#include "core/name.h"
#include "port/port.h"

/* Starts *n with the name that `subkey` has below `parent`, in whichever of the two forms is not NULL. `access` tells which
 * view of the registry is meant. False: the parent's name cannot be told, and nothing can be counted by name. The caller
 * frees *n either way. */
bool haft__key_name_below(haft__name *n, HKEY parent, const char *a, const wchar_t *w, uint32_t access);

/* The same for another machine's root, as RegConnectRegistry is asked for it; no machine: this one. */
bool haft__key_name_connected(haft__name *n, const char *a, const wchar_t *w, HKEY root);

/* Starts *n with the system's own name for an open key. False: it cannot be told. The caller frees *n either way. */
bool haft__key_name_true(haft__name *n, HKEY key);

/* Whether it is one of the predefined keys. */
bool haft__key_is_predefined(uint64_t raw);

#endif
