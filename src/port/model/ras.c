/* ras.c: dialling, with the leak of Q197517: a dial opens a handle to the process token, and neither it nor the hang-up closes
 * it. */
#include "port/model/model.h"

#include <string.h>

#define RAS_INVALID_PORT_HANDLE 601u
#define RAS_BUFFER_INVALID 610u
#define RAS_NO_SUCH_ENTRY 623u
#define RAS_INVALID_SIZE 632u
#define RAS_LINE_BUSY 676u

/* The two simple kinds of notifier; not every ras.h has types for them. */
typedef VOID(WINAPI *notifier_0)(UINT message, RASCONNSTATE state, DWORD error);
typedef VOID(WINAPI *notifier_1)(HRASCONN connection, UINT message, RASCONNSTATE state, DWORD error, DWORD extended);
#define RAS_DIAL_EVENT 0xCCCDu

/* What a connection's handle points to. */
typedef struct connection {
    bool connected;
} connection;

/* The size of a structure up to where NT 4.0's ends; later headers add to it. */
#define SIZE_4_0(type) (offsetof(type, szDomain) + sizeof(((type *)0)->szDomain))

/* From here on it dials: whatever comes of it, the token has been opened. */
static uint32_t dial(HRASCONN *ret) {
    HANDLE token;
    connection *c = haft__m_block_new(HAFT__M_CONNECTION, sizeof *c);
    uint32_t error = c ? haft__m_handle_new(haft__m.own_token, TOKEN_QUERY, 0, &token) : ERROR_NOT_ENOUGH_MEMORY;
    if (error) {
        if (c) haft__m_block_free(haft__m_block_of(c, HAFT__M_CONNECTION));
        return error;
    }
    if (!haft__m_has("Q197517")) (void)haft__m_handle_close(token);
    *ret = (HRASCONN)(void *)c;
    c->connected = haft__m.dial_failures == 0;
    if (c->connected) return 0;
    haft__m.dial_failures--;
    return RAS_LINE_BUSY;
}

static uint32_t check(DWORD size, size_t needed, bool has_target, const HRASCONN *ret) {
    if (!ret) return RAS_BUFFER_INVALID;
    if (*ret) return RAS_INVALID_PORT_HANDLE; /* must be NULL on entry */
    if (size < needed) return RAS_INVALID_SIZE;
    return has_target ? 0 : RAS_NO_SUCH_ENTRY;
}

/* Called after the model has been left: the program may call it from here. */
static void notify(DWORD type, void *notifier, HRASCONN made, uint32_t error) {
    RASCONNSTATE state = error ? RASCS_OpenPort : RASCS_Connected;
    if (!notifier) return;
    if (type == 0) ((notifier_0)notifier)(RAS_DIAL_EVENT, state, error);
    if (type == 1) ((notifier_1)notifier)(made, RAS_DIAL_EVENT, state, error, 0);
}

static DWORD dialled(uint32_t error, uint32_t checked, DWORD type, void *notifier, HRASCONN *ret) {
    bool dials = !error && !checked;
    if (dials) error = dial(ret);
    bool has = dials && *ret;
    error = haft__m_leave_code(error ? error : checked);
    if (has) notify(type, notifier, *ret, error);
    return error;
}

DWORD WINAPI haft_model_RasDialA(LPRASDIALEXTENSIONS extensions, LPCSTR phonebook, LPRASDIALPARAMSA params, DWORD notifier_type,
                                 LPVOID notifier, LPHRASCONN ret) {
    bool whom = params && (params->szEntryName[0] || params->szPhoneNumber[0]);
    uint32_t checked = params ? check(params->dwSize, SIZE_4_0(RASDIALPARAMSA), whom, ret) : RAS_BUFFER_INVALID;
    (void)extensions, (void)phonebook;
    return dialled(haft__m_enter(), checked, notifier_type, notifier, ret);
}

DWORD WINAPI haft_model_RasDialW(LPRASDIALEXTENSIONS extensions, LPCWSTR phonebook, LPRASDIALPARAMSW params, DWORD notifier_type,
                                 LPVOID notifier, LPHRASCONN ret) {
    bool whom = params && (params->szEntryName[0] || params->szPhoneNumber[0]);
    uint32_t checked = params ? check(params->dwSize, SIZE_4_0(RASDIALPARAMSW), whom, ret) : RAS_BUFFER_INVALID;
    (void)extensions, (void)phonebook;
    return dialled(haft__m_enter(), checked, notifier_type, notifier, ret);
}

DWORD WINAPI haft_model_RasHangUpA(HRASCONN connected) {
    uint32_t error = haft__m_enter();
    haft__m_block *b = error ? NULL : haft__m_block_of(connected, HAFT__M_CONNECTION);
    if (!error && !b) error = ERROR_INVALID_HANDLE;
    if (b) haft__m_block_free(b);
    return haft__m_leave_code(error);
}

DWORD WINAPI haft_model_RasHangUpW(HRASCONN connected) { return haft_model_RasHangUpA(connected); }
