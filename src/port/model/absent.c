/* absent.c: what the model does not have. Each fails in its own way, with ERROR_CALL_NOT_IMPLEMENTED, and touches nothing. */
#include "port/model/model.h"

#define ABSENT(result, api, parameters, ignored, failure) \
    result WINAPI haft_model_##api parameters {           \
        uint32_t error = haft__m_enter();                 \
        ignored;                                          \
        haft__m_leave(error ? error : ERROR_CALL_NOT_IMPLEMENTED); \
        return failure;                                   \
    }

#define TWO(a, b) ((void)(a), (void)(b))
#define THREE(a, b, c) ((void)(a), (void)(b), (void)(c))

ABSENT(SOCKET, socket, (int family, int type, int protocol), THREE(family, type, protocol), INVALID_SOCKET)
ABSENT(int, closesocket, (SOCKET s), (void)s, SOCKET_ERROR)
ABSENT(SC_HANDLE, OpenSCManagerA, (LPCSTR machine, LPCSTR database, DWORD access), THREE(machine, database, access), NULL)
ABSENT(SC_HANDLE, OpenSCManagerW, (LPCWSTR machine, LPCWSTR database, DWORD access), THREE(machine, database, access), NULL)
ABSENT(SC_HANDLE, OpenServiceA, (SC_HANDLE manager, LPCSTR name, DWORD access), THREE(manager, name, access), NULL)
ABSENT(SC_HANDLE, OpenServiceW, (SC_HANDLE manager, LPCWSTR name, DWORD access), THREE(manager, name, access), NULL)
ABSENT(BOOL, CloseServiceHandle, (SC_HANDLE service), (void)service, FALSE)
ABSENT(HANDLE, OpenEventLogA, (LPCSTR server, LPCSTR source), TWO(server, source), NULL)
ABSENT(HANDLE, OpenEventLogW, (LPCWSTR server, LPCWSTR source), TWO(server, source), NULL)
ABSENT(BOOL, CloseEventLog, (HANDLE log), (void)log, FALSE)
