/* test_win32_calls_raw.c: the differential test's scenarios without shims. */
#include "calls_all.h"

const calls_family calls_raw[] = { CALLS_FAMILIES };
