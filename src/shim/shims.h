/* shims.h: every shim, a line each: X(name, bytes that its parameters take on a 32-bit stack). The same names stand in
 * <haft/shim.h>. */
#ifndef HAFT_SRC_SHIMS_H
#define HAFT_SRC_SHIMS_H

#include "shim/shim.h"

#define HAFT__SHIMS(X) \
    X(RegOpenKeyA, 12) \
    X(RegOpenKeyW, 12) \
    X(RegOpenKeyExA, 20) \
    X(RegOpenKeyExW, 20) \
    X(RegCreateKeyA, 12) \
    X(RegCreateKeyW, 12) \
    X(RegCreateKeyExA, 36) \
    X(RegCreateKeyExW, 36) \
    X(RegConnectRegistryA, 12) \
    X(RegConnectRegistryW, 12) \
    X(RegOpenCurrentUser, 8) \
    X(RegCloseKey, 4) \
    X(CreateFileA, 28) \
    X(CreateFileW, 28) \
    X(CloseHandle, 4) \
    X(DuplicateHandle, 28) \
    X(CreateThread, 24) \
    X(CreateRemoteThread, 28) \
    X(OpenProcessToken, 12) \
    X(OpenThreadToken, 16) \
    X(RasDialA, 24) \
    X(RasDialW, 24) \
    X(RasHangUpA, 4) \
    X(RasHangUpW, 4)

/* Their declarations, with the parameters that nt_api.h has for the APIs themselves. (It has more APIs than there are shims.) */
#define HAFT__DECLARE_SHIM(result, api, parameters) result WINAPI haft_shim_##api parameters;
HAFT__NT_API(HAFT__DECLARE_SHIM)
#undef HAFT__DECLARE_SHIM

#endif
