/* sockets.c: the shims of Winsock, ws2_32's and wsock32's, which hands its calls on to that. The names that are not capitalized are
 * given to the shims by the compiler (shim_win32.h), so their symbols are without decoration. */
#include "shim/win32/late_row.h"

HAFT__SHIM_CLASS(lookup, OWN, NULL, NULL)

#define LIBRARY "ws2_32"

#define SOCKETS(X) \
    X(SOCKET, WSASocketA, 6, (int, int, int, LPWSAPROTOCOL_INFOA, GROUP, DWORD), OPENS, socket, _, OR_SOCKET) \
    X(SOCKET, WSASocketW, 6, (int, int, int, LPWSAPROTOCOL_INFOW, GROUP, DWORD), OPENS, socket, _, OR_SOCKET) \
    X(SOCKET, WSAAccept, 5, (SOCKET, struct sockaddr *, LPINT, LPCONDITIONPROC, DWORD_PTR), OPENS, socket, _, OR_SOCKET) \
    X(HANDLE, WSACreateEvent, 0, (void), OPENS, wsaevent, _, OR_NULL) \
    X(BOOL, WSACloseEvent, 1, (HANDLE), CLOSES, wsaevent, a, IF_TRUE) \
    X(INT, WSALookupServiceBeginA, 3, (LPWSAQUERYSETA, DWORD, LPHANDLE), FILLS, lookup, c, IF_NOERROR) \
    X(INT, WSALookupServiceBeginW, 3, (LPWSAQUERYSETW, DWORD, LPHANDLE), FILLS, lookup, c, IF_NOERROR) \
    X(INT, WSALookupServiceEnd, 1, (HANDLE), CLOSES, lookup, a, IF_NOERROR)
SOCKETS(HAFT__LATE_SHIM)

#define PLAIN(X) \
    X(SOCKET, socket, 3, (int, int, int), OPENS, socket, _, OR_SOCKET) \
    X(SOCKET, accept, 3, (SOCKET, struct sockaddr *, int *), OPENS, socket, _, OR_SOCKET) \
    X(int, closesocket, 1, (SOCKET), CLOSES, socket, a, IF_NOERROR)
PLAIN(HAFT__PLAIN_SHIM)
