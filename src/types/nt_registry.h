/* nt_registry.h: one opening of a registry key, for wrappers and shims alike. */
#ifndef HAFT_SRC_NT_REGISTRY_H
#define HAFT_SRC_NT_REGISTRY_H

#include "core/opening.h"
#include "port/port.h"

typedef struct haft__key_ask {
    const void *at;
    HKEY parent;
    const char *a;      /* the subkey, in one of the two forms; both NULL: the parent itself */
    const wchar_t *w;
    uint32_t access;
    bool enforce;       /* refuse at the bound */
    HKEY root;          /* RegConnectRegistry: parent is NULL, a or w the machine; NULL otherwise */
} haft__key_ask;

/* Counts the key against its bound, by the name that it is asked for. */
haft_status haft__key_begin(haft__opening *o, const haft__key_ask *ask);

/* The call succeeded and gave `key`. HAFT_OK: *ret is a new open, tracked; or *ret_same: it is the parent itself, nothing
 * was opened. Anything else: the key was not let through its bound, or could not be tracked and `owner` is USER: it is
 * closed again. A RAW one that cannot be tracked is HAFT_OK all the same: it is its caller's. */
haft_status haft__key_done(haft__opening *o, const haft__key_ask *ask, HKEY key, uint32_t owner, uint64_t *ret_tag, bool *ret_same);

#endif
