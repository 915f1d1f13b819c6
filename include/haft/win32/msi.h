/* haft/win32/msi.h: Windows Installer. Link msi.
 *
 *     if (MsiOpenDatabase(path, MSIDBOPEN_READONLY, &db)) return -1;
 *     if (MsiDatabaseOpenView(db, query, &view)) return -1;        leaks db: the file stays locked, and no install can start
 *
 *     HAFT_AUTO(haft_msi, db);
 *     if (MsiOpenDatabase(path, MSIDBOPEN_READONLY, haft_msi_out(&db))) return -1;
 *
 * A handle is a number of 32 bits, and only the thread that opened it can close it. A close that fails sets the last error. */
#ifndef HAFT_WIN32_MSI_H
#define HAFT_WIN32_MSI_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <msi.h>

HAFT_BEGIN_C

/*            name  raw type   none  or  space  closed */
HAFT__WRAPPER(msi,  MSIHANDLE, 0,    0,  OWN,   haft__win32_ok(MsiCloseHandle(raw)))

HAFT_END_C
#endif

#endif
