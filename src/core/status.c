/* status.c: the names of statuses and owner modes. */
#include "base/compiler.h"

#include <haft/owner.h>
#include <haft/status.h>

/* ORDER STATUS: as haft_status. */
static const char *const statuses[] = {
    "HAFT_OK",      "HAFT_E_INVALID", "HAFT_E_STALE", "HAFT_E_NOT_OWNER", "HAFT_E_WRONG_CLASS", "HAFT_E_TRACKED",
    "HAFT_E_LIMIT", "HAFT_E_OS",      "HAFT_E_NOMEM", "HAFT_E_UNSUPPORTED",
};
HAFT__STATIC_ASSERT(HAFT__COUNT(statuses) == HAFT_E_UNSUPPORTED + 1, statuses_agree);

/* ORDER OWNER: as haft_owner. */
static const char *const owners[] = { "NONE", "USER", "SHARED", "BORROWED", "KERNEL", "PSEUDO" };
HAFT__STATIC_ASSERT(HAFT__COUNT(owners) == HAFT_OWNER_PSEUDO + 1, owners_agree);

const char *haft_status_name(haft_status status) {
    return (unsigned)status < HAFT__COUNT(statuses) ? statuses[status] : "HAFT_E_?";
}

const char *haft_owner_name(haft_owner owner) { return (unsigned)owner < HAFT__COUNT(owners) ? owners[owner] : "?"; }
