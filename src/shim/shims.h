/* shims.h: the shims of what the port's table has. <haft/shim.h> has their names. */
#ifndef HAFT_SRC_SHIMS_H
#define HAFT_SRC_SHIMS_H

#include "shim/row.h"

/* With the parameters that nt_api.h has for the APIs themselves. (It has more APIs than there are shims.) */
#define HAFT__DECLARE_SHIM(result, api, from, n, types, failure) result WINAPI haft_shim_##api types;
HAFT__NT_API(HAFT__DECLARE_SHIM)
#undef HAFT__DECLARE_SHIM

#endif
