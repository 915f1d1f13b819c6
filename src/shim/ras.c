/* ras.c: the shims of RasDial and RasHangUp. Q197517: recover. */
#include "shim/shims.h"

#include "types/guard.h"
#include "types/nt_classes.h"

#define RAW(connection) ((uint64_t)(uintptr_t)(connection))

/* A dial that failed may leave a connection too, which must be hung up. One that goes on with a connection of before opens none. */
static DWORD dial(const haft__dial_ask *ask, LPHRASCONN ret, const void *at) {
    haft__opening o;
    bool opens = ret && !*ret;
    if (opens && !haft__shim_open(&o, &haft__class_ras, at, NULL, NULL)) return ERROR_NOT_ENOUGH_QUOTA;
    DWORD code = haft__guard_dial(at, ask, ret);
    if (opens) haft__shim_opened(&o, RAW(*ret));
    return code;
}

DWORD WINAPI haft_shim_RasDialA(LPRASDIALEXTENSIONS extensions, LPCSTR phonebook, LPRASDIALPARAMSA params, DWORD notifier_type,
                                LPVOID notifier, LPHRASCONN ret) {
    haft__dial_ask ask = { extensions, phonebook, NULL, params, NULL, notifier_type, notifier, false };
    return dial(&ask, ret, HAFT__CALLER());
}

DWORD WINAPI haft_shim_RasDialW(LPRASDIALEXTENSIONS extensions, LPCWSTR phonebook, LPRASDIALPARAMSW params, DWORD notifier_type,
                                LPVOID notifier, LPHRASCONN ret) {
    haft__dial_ask ask = { extensions, NULL, phonebook, NULL, params, notifier_type, notifier, true };
    return dial(&ask, ret, HAFT__CALLER());
}

static DWORD hang_up(HRASCONN connection, bool wide, const void *at) {
    haft__closing closing;
    if (!haft__shim_close(&closing, &haft__class_ras, RAW(connection), at)) return closing.error;
    DWORD code = haft__guard_hang_up(at, connection, wide);
    haft__shim_closed(&closing, code == ERROR_SUCCESS);
    return code;
}

DWORD WINAPI haft_shim_RasHangUpA(HRASCONN connection) { return hang_up(connection, false, HAFT__CALLER()); }

DWORD WINAPI haft_shim_RasHangUpW(HRASCONN connection) { return hang_up(connection, true, HAFT__CALLER()); }
