/* win32.c: the win32 port: Windows NT as it runs, from NT 4.0 on.
 *
 * What NT 4.0's kernel32 and advapi32 have is linked. Everything else is looked up when it is first called (late.h), so that a
 * program with Haft in it starts on NT 4.0 and need not link ws2_32 or rasapi32. This file is only the table; Haft's own questions
 * are in query.c and handles.c. */
#include "port/win32/win32.h"

#include "port/win32/late.h"

static uint32_t last_error(void) { return GetLastError(); }
static void set_last_error(uint32_t code) { SetLastError(code); }

#define MEMBER(result, api, from, n, types, failure) .api = HAFT__LATE_##from(api, haft__late_##api),
const haft__nt_port haft__port_win32 = {
    .name = "win32",
    HAFT__NT_API(MEMBER)
    .last_error = last_error,
    .set_last_error = set_last_error,
    .version = haft__win32_version,
    .key_name = haft__win32_key_name,
    .drive_is_remote = haft__win32_drive_is_remote,
    .handles = haft__win32_handles,
    .thread_info = haft__win32_thread_info,
    .process_id = haft__win32_process_id,
    .token_is_own = haft__win32_token_is_own,
    .error_of_status = haft__win32_error_of_status,
    .now = haft__win32_now,
    .is_open = haft__win32_is_open,
    .type_name = haft__win32_type_name,
    .protect = haft__win32_protect,
    .is_protected = haft__win32_is_protected,
};
