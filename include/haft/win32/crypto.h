/* haft/win32/crypto.h: CryptoAPI providers, keys and hashes; certificates. Link advapi32 for the first, crypt32 for certificates.
 *
 *     if (!CryptAcquireContext(&p, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT)) return -1;
 *     if (!CryptCreateHash(p, CALG_SHA_256, 0, 0, &h)) return -1;       leaks p
 *     CryptReleaseContext(p, 0);
 *     CryptDestroyHash(h);                                              after its provider: h is no longer a hash
 *
 *     HAFT_AUTO(haft_crypt_provider, p);
 *     HAFT_AUTO(haft_crypt_hash, h);                                    scopes end in reverse: the hash goes first
 *
 * A certificate, list, chain or store is counted by the system: what CertDuplicate... gives may be the same pointer, which has an
 * owner already (HAFT_E_TRACKED); use haft_T_share, or release. What CertFindCertificateInStore and CertEnum... are given as the
 * previous one they free: hand it over with haft_cert_release. */
#ifndef HAFT_WIN32_CRYPTO_H
#define HAFT_WIN32_CRYPTO_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <wincrypt.h>

HAFT_BEGIN_C

/*            name            raw type              none  or                  space    closed */
HAFT__WRAPPER(crypt_provider, HCRYPTPROV,           0,    0,                  OWN,     CryptReleaseContext(raw, 0))
HAFT__WRAPPER(crypt_key,      HCRYPTKEY,            0,    0,                  OWN,     CryptDestroyKey(raw))
HAFT__WRAPPER(crypt_hash,     HCRYPTHASH,           0,    0,                  OWN,     CryptDestroyHash(raw))
HAFT__WRAPPER(cert_store,     HCERTSTORE,           NULL, NULL,               OWN,     CertCloseStore(raw, 0))
HAFT__WRAPPER(cert,           PCCERT_CONTEXT,       NULL, NULL,               POINTER, CertFreeCertificateContext(raw))
HAFT__WRAPPER(cert_revoked,   PCCRL_CONTEXT,        NULL, NULL,               POINTER, CertFreeCRLContext(raw))
HAFT__WRAPPER(cert_trusted,   PCCTL_CONTEXT,        NULL, NULL,               POINTER, CertFreeCTLContext(raw))
HAFT__WRAPPER(cert_chain,     PCCERT_CHAIN_CONTEXT, NULL, NULL,               POINTER, (CertFreeCertificateChain(raw), true))
HAFT__WRAPPER(chain_engine,   HCERTCHAINENGINE,     NULL, HCCE_LOCAL_MACHINE, OWN,     (CertFreeCertificateChainEngine(raw), true))
HAFT__WRAPPER(crypt_message,  HCRYPTMSG,            NULL, NULL,               OWN,     CryptMsgClose(raw))
#if !defined(HAFT__WINE_SDK)
HAFT__WRAPPER(crypt_async, HCRYPTASYNC, NULL, NULL, OWN, CryptCloseAsyncHandle(raw))
#endif

HAFT_END_C
#endif

#endif
