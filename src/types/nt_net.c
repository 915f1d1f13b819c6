/* nt_net.c: constructors of sockets and RAS connections, and the protection of kernel handles. */
#include "core/ledger.h"
#include "types/guard.h"
#include "types/nt_construct.h"

haft_status haft_socket_create(haft_socket *ret, int family, int type, int protocol) {
    haft__opening o;
    haft_status status = haft__construct(&o, ret, &haft__class_socket, HAFT__CALLER(), NULL, NULL, false);
    if (status != HAFT_OK) return status;
    return haft__nt_constructed(&o, ret, (void *)haft__nt()->socket(family, type, protocol));
}

haft_status haft_wsaevent_create(haft_wsaevent *ret) {
    HAFT__CONSTRUCT(wsaevent, NULL, NULL, false, WSACreateEvent());
}

/* A dial that failed may leave a connection, which must be hung up all the same. */
static haft_status dial(haft_ras *ret, const haft__dial_ask *ask, const void *at) {
    haft__opening o;
    HRASCONN connection = NULL;
    haft_status status = haft__construct(&o, ret, &haft__class_ras, at, NULL, NULL, false);
    if (status != HAFT_OK) return status;
    DWORD code = haft__guard_dial(at, ask, &connection);
    if (code == ERROR_SUCCESS) return haft__nt_constructed(&o, ret, connection);
    if (connection) haft__guard_hang_up(at, connection, ask->wide);
    haft__opening_cancel(&o);
    haft__nt()->set_last_error(code);
    return code == ERROR_CALL_NOT_IMPLEMENTED ? HAFT_E_UNSUPPORTED : HAFT_E_OS;
}

haft_status haft_ras_dial_a(haft_ras *ret, struct tagRASDIALEXTENSIONS *extensions, const char *phonebook,
                            struct tagRASDIALPARAMSA *params, haft_dword notifier_type, void *notifier) {
    haft__dial_ask ask = { extensions, phonebook, NULL, params, NULL, notifier_type, notifier, false };
    return dial(ret, &ask, HAFT__CALLER());
}

haft_status haft_ras_dial_w(haft_ras *ret, struct tagRASDIALEXTENSIONS *extensions, const wchar_t *phonebook,
                            struct tagRASDIALPARAMSW *params, haft_dword notifier_type, void *notifier) {
    haft__dial_ask ask = { extensions, NULL, phonebook, NULL, params, notifier_type, notifier, true };
    return dial(ret, &ask, HAFT__CALLER());
}

haft_status haft_kernel_protect(haft_handle_t raw, bool on) {
    haft__place place = haft__place_of(&haft__class_handle, HAFT_CLASS_HANDLE, (uint64_t)(uintptr_t)raw);
    uint64_t there = haft__look(place).tag;
    if (!(there & HAFT__LIVE) || haft__tag_owner(there) != HAFT_OWNER_KERNEL) return HAFT_E_NOT_OWNER;
    uint32_t error = haft__nt()->protect(raw, on);
    if (!error) return HAFT_OK;
    haft__nt()->set_last_error(error);
    return error == ERROR_CALL_NOT_IMPLEMENTED ? HAFT_E_UNSUPPORTED : HAFT_E_OS;
}
