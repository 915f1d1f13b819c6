/* haft/win32/esent.h: the Extensible Storage Engine. Link esent. Wine's SDK does not have it.
 *
 *     if (JetInit(&i) < 0) return -1;
 *     if (JetBeginSession(i, &s, NULL, NULL) < 0) return -1;      leaks i: the log is not closed cleanly, and wants recovery
 *
 *     HAFT_AUTO(haft_jet_instance, i);
 *     HAFT_AUTO(haft_jet_session, s);              scopes end in reverse: the session, then the instance
 *
 * Tables, databases and cursors are closed with their session: their closers want it too, so they have no wrappers. The closers
 * return a JET_ERR, of which a positive one is a warning; the last error is not set. */
#ifndef HAFT_WIN32_ESENT_H
#define HAFT_WIN32_ESENT_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#if !defined(HAFT__WINE_SDK) && HAFT__SDK >= 0x0600
#include <esent.h>
#endif

HAFT_BEGIN_C

#if !defined(HAFT__WINE_SDK) && HAFT__SDK >= 0x0600
/*            name          raw type      none             or  space  closed */
HAFT__WRAPPER(jet_instance, JET_INSTANCE, JET_instanceNil, 0,  OWN,   JetTerm(raw) >= 0)
HAFT__WRAPPER(jet_session,  JET_SESID,    JET_sesidNil,    0,  OWN,   JetEndSession(raw, 0) >= 0)
#endif

HAFT_END_C
#endif

#endif
