/* haft/win32/cng.h: BCrypt and NCrypt. Link bcrypt and ncrypt.
 *
 *     if (BCryptOpenAlgorithmProvider(&a, BCRYPT_SHA256_ALGORITHM, NULL, 0)) return -1;
 *     if (BCryptCreateHash(a, &h, NULL, 0, NULL, 0, 0)) return -1;      leaks a
 *     BCryptDestroyKey(h);                                              both are void *: the compiler lets it pass
 *
 *     HAFT_AUTO(haft_bcrypt_algorithm, a);
 *     if (BCryptOpenAlgorithmProvider(haft_bcrypt_algorithm_out(&a), BCRYPT_SHA256_ALGORITHM, NULL, 0)) return -1;
 *
 * The closers return an NTSTATUS (BCrypt) or a SECURITY_STATUS (NCrypt) and do not set the last error. The algorithms that need no
 * opening (BCRYPT_SHA256_ALG_HANDLE) are not yours to close: adopt them as BORROWED. NCryptDeleteKey frees the key if it
 * succeeds: give it haft_ncrypt_key_release(&k). */
#ifndef HAFT_WIN32_CNG_H
#define HAFT_WIN32_CNG_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <bcrypt.h>
#include <ncrypt.h>

HAFT_BEGIN_C

/*            name              raw type              none  or    space  closed */
HAFT__WRAPPER(bcrypt_algorithm, BCRYPT_ALG_HANDLE,    NULL, NULL, OWN,   BCryptCloseAlgorithmProvider(raw, 0) >= 0)
HAFT__WRAPPER(bcrypt_hash,      BCRYPT_HASH_HANDLE,   NULL, NULL, OWN,   BCryptDestroyHash(raw) >= 0)
HAFT__WRAPPER(bcrypt_key,       BCRYPT_KEY_HANDLE,    NULL, NULL, OWN,   BCryptDestroyKey(raw) >= 0)
HAFT__WRAPPER(bcrypt_secret,    BCRYPT_SECRET_HANDLE, NULL, NULL, OWN,   BCryptDestroySecret(raw) >= 0)
HAFT__WRAPPER(ncrypt_object,    NCRYPT_HANDLE,        0,    0,    OWN,   NCryptFreeObject(raw) == 0)
HAFT__WRAPPER(ncrypt_provider,  NCRYPT_PROV_HANDLE,   0,    0,    OWN,   NCryptFreeObject(raw) == 0)
HAFT__WRAPPER(ncrypt_key,       NCRYPT_KEY_HANDLE,    0,    0,    OWN,   NCryptFreeObject(raw) == 0)
#if !defined(HAFT__WINE_SDK)
HAFT__WRAPPER(ncrypt_buffer, void *, NULL, NULL, POINTER, NCryptFreeBuffer(raw) == 0)
#endif

HAFT_END_C
#endif

#endif
