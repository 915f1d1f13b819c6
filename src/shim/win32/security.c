/* security.c: shims of identifiers, descriptors and lists that are owed to FreeSid or LocalFree, of policies and of crypto. */
#include "shim/win32/late_row.h"

#include <accctrl.h>
#include <aclapi.h>
#include <ntsecapi.h>
#include <sddl.h>
#include <wincrypt.h>
#include <winsafer.h>

#define LIBRARY "advapi32"

HAFT__SHIM_CLASS(sid, OWN, NULL, NULL)
HAFT__SHIM_CLASS(safer, OWN, NULL, NULL)
HAFT__SHIM_CLASS(lsa_policy, OWN, NULL, NULL)
HAFT__SHIM_CLASS(encrypted_file, OWN, NULL, NULL)
HAFT__SHIM_CLASS(crypt_provider, OWN, 0, 0)
HAFT__SHIM_CLASS(crypt_key, OWN, 0, 0)
HAFT__SHIM_CLASS(crypt_hash, OWN, 0, 0)

#define PSD PSECURITY_DESCRIPTOR

#define SECURITY(X) \
    X(BOOL, AllocateAndInitializeSid, 11, (PSID_IDENTIFIER_AUTHORITY, BYTE, DWORD, DWORD, DWORD, DWORD, DWORD, DWORD, DWORD, \
                                           DWORD, PSID *), FILLS, sid, k, IF_TRUE) \
    X(PVOID, FreeSid, 1, (PSID), CLOSES, sid, a, IF_NULL) \
    X(BOOL, ConvertSidToStringSidA, 2, (PSID, LPSTR *), FILLS, local, b, IF_TRUE) \
    X(BOOL, ConvertSidToStringSidW, 2, (PSID, LPWSTR *), FILLS, local, b, IF_TRUE) \
    X(BOOL, ConvertStringSidToSidA, 2, (LPCSTR, PSID *), FILLS, local, b, IF_TRUE) \
    X(BOOL, ConvertStringSidToSidW, 2, (LPCWSTR, PSID *), FILLS, local, b, IF_TRUE) \
    X(BOOL, ConvertSecurityDescriptorToStringSecurityDescriptorA, 5, (PSD, DWORD, SECURITY_INFORMATION, LPSTR *, PULONG), \
      FILLS, local, d, IF_TRUE) \
    X(BOOL, ConvertSecurityDescriptorToStringSecurityDescriptorW, 5, (PSD, DWORD, SECURITY_INFORMATION, LPWSTR *, PULONG), \
      FILLS, local, d, IF_TRUE) \
    X(BOOL, ConvertStringSecurityDescriptorToSecurityDescriptorA, 4, (LPCSTR, DWORD, PSD *, PULONG), FILLS, local, c, IF_TRUE) \
    X(BOOL, ConvertStringSecurityDescriptorToSecurityDescriptorW, 4, (LPCWSTR, DWORD, PSD *, PULONG), FILLS, local, c, IF_TRUE) \
    X(DWORD, GetSecurityInfo, 8, (HANDLE, SE_OBJECT_TYPE, SECURITY_INFORMATION, PSID *, PSID *, PACL *, PACL *, PSD *), \
      FILLS, local, h, IF_ZERO) \
    X(DWORD, GetNamedSecurityInfoA, 8, (LPCSTR, SE_OBJECT_TYPE, SECURITY_INFORMATION, PSID *, PSID *, PACL *, PACL *, PSD *), \
      FILLS, local, h, IF_ZERO) \
    X(DWORD, GetNamedSecurityInfoW, 8, (LPCWSTR, SE_OBJECT_TYPE, SECURITY_INFORMATION, PSID *, PSID *, PACL *, PACL *, PSD *), \
      FILLS, local, h, IF_ZERO) \
    X(DWORD, SetEntriesInAclA, 4, (ULONG, PEXPLICIT_ACCESS_A, PACL, PACL *), FILLS, local, d, IF_ZERO) \
    X(DWORD, SetEntriesInAclW, 4, (ULONG, PEXPLICIT_ACCESS_W, PACL, PACL *), FILLS, local, d, IF_ZERO) \
    X(BOOL, SaferCreateLevel, 5, (DWORD, DWORD, DWORD, SAFER_LEVEL_HANDLE *, LPVOID), FILLS, safer, d, IF_TRUE) \
    X(BOOL, SaferCloseLevel, 1, (SAFER_LEVEL_HANDLE), CLOSES, safer, a, IF_TRUE) \
    X(NTSTATUS, LsaOpenPolicy, 4, (PLSA_UNICODE_STRING, PLSA_OBJECT_ATTRIBUTES, ACCESS_MASK, PLSA_HANDLE), \
      FILLS, lsa_policy, d, IF_STATUS) \
    X(NTSTATUS, LsaClose, 1, (LSA_HANDLE), CLOSES, lsa_policy, a, IF_STATUS) \
    X(DWORD, OpenEncryptedFileRawA, 3, (LPCSTR, ULONG, PVOID *), FILLS, encrypted_file, c, IF_ZERO) \
    X(DWORD, OpenEncryptedFileRawW, 3, (LPCWSTR, ULONG, PVOID *), FILLS, encrypted_file, c, IF_ZERO) \
    X(VOID, CloseEncryptedFileRaw, 1, (PVOID), CLOSES_VOID, encrypted_file, a, _)
SECURITY(HAFT__LATE_SHIM)

#define CRYPTO(X) \
    X(BOOL, CryptReleaseContext, 2, (HCRYPTPROV, DWORD), CLOSES, crypt_provider, a, IF_TRUE) \
    X(BOOL, CryptGenKey, 4, (HCRYPTPROV, ALG_ID, DWORD, HCRYPTKEY *), FILLS, crypt_key, d, IF_TRUE) \
    X(BOOL, CryptDeriveKey, 5, (HCRYPTPROV, ALG_ID, HCRYPTHASH, DWORD, HCRYPTKEY *), FILLS, crypt_key, e, IF_TRUE) \
    X(BOOL, CryptImportKey, 6, (HCRYPTPROV, const BYTE *, DWORD, HCRYPTKEY, DWORD, HCRYPTKEY *), FILLS, crypt_key, f, IF_TRUE) \
    X(BOOL, CryptGetUserKey, 3, (HCRYPTPROV, DWORD, HCRYPTKEY *), FILLS, crypt_key, c, IF_TRUE) \
    X(BOOL, CryptDuplicateKey, 4, (HCRYPTKEY, DWORD *, DWORD, HCRYPTKEY *), FILLS, crypt_key, d, IF_TRUE) \
    X(BOOL, CryptDestroyKey, 1, (HCRYPTKEY), CLOSES, crypt_key, a, IF_TRUE) \
    X(BOOL, CryptCreateHash, 5, (HCRYPTPROV, ALG_ID, HCRYPTKEY, DWORD, HCRYPTHASH *), FILLS, crypt_hash, e, IF_TRUE) \
    X(BOOL, CryptDuplicateHash, 4, (HCRYPTHASH, DWORD *, DWORD, HCRYPTHASH *), FILLS, crypt_hash, d, IF_TRUE) \
    X(BOOL, CryptDestroyHash, 1, (HCRYPTHASH), CLOSES, crypt_hash, a, IF_TRUE)
CRYPTO(HAFT__LATE_SHIM)

/* To delete a key set is to open nothing. */
#define ACQUIRE(api, STRING)                                                                            \
    BOOL WINAPI haft_shim_##api(HCRYPTPROV *a, STRING b, STRING c, DWORD d, DWORD e);                   \
    BOOL WINAPI haft_shim_##api(HCRYPTPROV *a, STRING b, STRING c, DWORD d, DWORD e) {                  \
        HAFT__LATE(BOOL, api, (HCRYPTPROV *, STRING, STRING, DWORD, DWORD))                             \
        if (!system) return HAFT__REFUSED_IF_TRUE(ERROR_CALL_NOT_IMPLEMENTED);                          \
        if (e & CRYPT_DELETEKEYSET) return system(a, b, c, d, e);                                       \
        HAFT__FILLS(BOOL, system(a, b, c, d, e), crypt_provider, a, IF_TRUE)                            \
    }                                                                                                   \
    HAFT__IMPORT(haft_shim_##api, 20)                                                                   \
    HAFT__SAME(api)
ACQUIRE(CryptAcquireContextA, LPCSTR)
ACQUIRE(CryptAcquireContextW, LPCWSTR)
