/* haft/win32/security.h: SIDs, LSA, safer levels and what else advapi32 and secur32 hand out. Link advapi32; lsa_buffer and
 * lsa_logon: secur32. Tokens are <haft/nt.h>'s; what LocalFree is owed for (security descriptors, SIDs of ConvertStringSidToSid)
 * is a haft_local.
 *
 *     if (!AllocateAndInitializeSid(&nt, 1, ..., &admins)) return -1;
 *     if (!CheckTokenMembership(NULL, admins, &is)) return -1;     leaks admins
 *     LocalFree(admins);                                           FreeSid's, not LocalFree's: corrupts what another owns
 *
 *     HAFT_AUTO(haft_sid, admins);
 *     if (!AllocateAndInitializeSid(&nt, 1, ..., haft_sid_out(&admins))) return -1;
 *
 * The LSA functions return an NTSTATUS and do not set the last error. */
#ifndef HAFT_WIN32_SECURITY_H
#define HAFT_WIN32_SECURITY_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <ntsecapi.h>
#include <wincred.h>
#include <winsafer.h>
#include <winsvc.h>

HAFT_BEGIN_C

/*            name            raw type    none  or    space    closed */
HAFT__WRAPPER(sid,            PSID,       NULL, NULL, OWN,     FreeSid(raw) == NULL)
HAFT__WRAPPER(lsa_policy,     LSA_HANDLE, NULL, NULL, OWN,     LsaClose(raw) >= 0)
HAFT__WRAPPER(lsa_memory,     void *,     NULL, NULL, POINTER, LsaFreeMemory(raw) >= 0)
HAFT__WRAPPER(lsa_buffer,     void *,     NULL, NULL, POINTER, LsaFreeReturnBuffer(raw) >= 0)
HAFT__WRAPPER(lsa_logon,      HANDLE,     NULL, NULL, OWN,     LsaDeregisterLogonProcess(raw) >= 0)
HAFT__WRAPPER(credential,     void *,     NULL, NULL, POINTER, (CredFree(raw), true))
HAFT__WRAPPER(service_lock,   SC_LOCK,    NULL, NULL, OWN,     UnlockServiceDatabase(raw))
HAFT__WRAPPER(encrypted_file, void *,     NULL, NULL, OWN,     (CloseEncryptedFileRaw(raw), true))
#if !defined(HAFT__WINE_SDK)
HAFT__WRAPPER(safer, SAFER_LEVEL_HANDLE, NULL, NULL, OWN, SaferCloseLevel(raw))
#endif

HAFT_END_C
#endif

#endif
