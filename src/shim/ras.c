/* ras.c: the shims of RasDial and RasHangUp. Q197517: recover. */
#include "shim/shims.h"

#include "types/guard.h"
#include "types/nt_classes.h"

/* A dial that failed may leave a connection too, which must be hung up. One that goes on with a connection of before opens none. */
static DWORD dial(const haft__dial_ask *ask, LPHRASCONN ret, const void *at) {
    haft__shim shim;
    bool opens = ret && !*ret;
    uint32_t refused = opens ? haft__shim_open(&shim, &haft__class_ras, at, NULL, NULL) : 0;
    if (refused) return refused;
    DWORD code = haft__guard_dial(at, ask, ret);
    if (opens) haft__shim_opened(&shim, HAFT__RAW(*ret));
    return code;
}

DWORD WINAPI haft_shim_RasDialA(LPRASDIALEXTENSIONS extensions, LPCSTR phonebook, LPRASDIALPARAMSA params, DWORD notifier_type,
                                LPVOID notifier, LPHRASCONN ret) {
    haft__dial_ask ask = { extensions, phonebook, NULL, params, NULL, notifier_type, notifier, false };
    return dial(&ask, ret, HAFT__CALLER());
}
HAFT__IMPORT(haft_shim_RasDialA, 24)

DWORD WINAPI haft_shim_RasDialW(LPRASDIALEXTENSIONS extensions, LPCWSTR phonebook, LPRASDIALPARAMSW params, DWORD notifier_type,
                                LPVOID notifier, LPHRASCONN ret) {
    haft__dial_ask ask = { extensions, NULL, phonebook, NULL, params, notifier_type, notifier, true };
    return dial(&ask, ret, HAFT__CALLER());
}
HAFT__IMPORT(haft_shim_RasDialW, 24)

static DWORD hang_up(HRASCONN connection, bool wide, const void *at) {
    haft__closing closing;
    if (!haft__shim_close(&closing, &haft__class_ras, HAFT__RAW(connection), at)) return closing.error;
    DWORD code = haft__guard_hang_up(at, connection, wide);
    haft__shim_closed(&closing, code == ERROR_SUCCESS);
    return code;
}

DWORD WINAPI haft_shim_RasHangUpA(HRASCONN connection) { return hang_up(connection, false, HAFT__CALLER()); }
HAFT__IMPORT(haft_shim_RasHangUpA, 4)

DWORD WINAPI haft_shim_RasHangUpW(HRASCONN connection) { return hang_up(connection, true, HAFT__CALLER()); }
HAFT__IMPORT(haft_shim_RasHangUpW, 4)
