/* haft/win32/authz.h: the handles of the Authz API. Link authz.
 *
 *     if (!AuthzInitializeContextFromSid(0, sid, manager, NULL, id, NULL, &client)) goto out;
 *     ...
 *     out: AuthzFreeResourceManager(manager);      client is lost; and a context freed with AuthzFreeHandle is a crash: every kind
 *                                                  has a closer of its own, and all are HANDLE
 *
 *     if (!AuthzInitializeContextFromSid(0, sid, haft_authz_manager_raw(&m), NULL, id, NULL, haft_authz_client_out(&c))) return -1;
 *
 * The types being one, the wrappers are what tells them apart. */
#ifndef HAFT_WIN32_AUTHZ_H
#define HAFT_WIN32_AUTHZ_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <authz.h>

HAFT_BEGIN_C

/*            name           raw type                       none  or    space  closed */
HAFT__WRAPPER(authz_manager, AUTHZ_RESOURCE_MANAGER_HANDLE, NULL, NULL, OWN,   AuthzFreeResourceManager(raw))
HAFT__WRAPPER(authz_client,  AUTHZ_CLIENT_CONTEXT_HANDLE,   NULL, NULL, OWN,   AuthzFreeContext(raw))
#if !defined(HAFT__WINE_SDK)
HAFT__WRAPPER(authz_results, AUTHZ_ACCESS_CHECK_RESULTS_HANDLE, NULL, NULL, OWN, AuthzFreeHandle(raw))
HAFT__WRAPPER(authz_audit,   AUTHZ_AUDIT_EVENT_HANDLE,          NULL, NULL, OWN, AuthzFreeAuditEvent(raw))
#endif
#if !defined(HAFT__WINE_SDK) && HAFT__SDK >= 0x0602
HAFT__WRAPPER(authz_watch, AUTHZ_CAP_CHANGE_SUBSCRIPTION_HANDLE, NULL, NULL, OWN, AuthzUnregisterCapChangeNotification(raw))
#endif

HAFT_END_C
#endif

#endif
