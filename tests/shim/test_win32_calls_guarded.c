/* test_win32_calls_guarded.c: the differential test's scenarios as a guarded program is built. */
#include <haft/shim.h>

#include "calls_all.h"

const calls_family calls_guarded[] = { CALLS_FAMILIES };
