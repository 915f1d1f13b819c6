/* calls_net.h: sockets. */

static SOCKET calls_listen(struct sockaddr_in *at) {
    int size = sizeof *at;
    SOCKET s = (SOCKET)OPENS(socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
    memset(at, 0, sizeof *at);
    at->sin_family = AF_INET;
    at->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    SAYS(bind(s, (struct sockaddr *)at, size));
    SAYS(getsockname(s, (struct sockaddr *)at, &size));
    SAYS(listen(s, 2));
    return s;
}

static void calls_connections(void) {
    struct sockaddr_in at, from;
    int size = sizeof from;
    char text[8];
    SOCKET l = calls_listen(&at);
    SOCKET c = (SOCKET)OPENS(WSASocketA(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0));
    if (SAYS(connect(c, (struct sockaddr *)&at, sizeof at)) != 0) return; /* nobody to wait for */
    SOCKET a = (SOCKET)OPENS(accept(l, (struct sockaddr *)&from, &size));
    SAYS(send(c, "haft", 4, 0));
    SAYS(recv(a, text, 4, 0));
    CLOSES(closesocket(a));
    CLOSES(closesocket(c));
    SAYS(closesocket(c));
    c = (SOCKET)OPENS(WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED));
    if (SAYS(connect(c, (struct sockaddr *)&at, sizeof at)) != 0) return;
    a = (SOCKET)OPENS(WSAAccept(l, NULL, NULL, NULL, 0));
    CLOSES(closesocket(a));
    CLOSES(closesocket(c));
    u_long on = 1;
    SAYS(ioctlsocket(l, FIONBIO, &on));
    OPENS(accept(l, NULL, NULL));
    OPENS(WSAAccept(l, NULL, NULL, NULL, 0));
    CLOSES(closesocket(l));
    OPENS(accept(l, NULL, NULL));
    OPENS(WSAAccept(INVALID_SOCKET, NULL, NULL, NULL, 0));
}

static void calls_sockets(void) {
    WSAQUERYSETA a = { .dwSize = sizeof a };
    WSAQUERYSETW w = { .dwSize = sizeof w };
    WSADATA data;
    HANDLE q;
    OPENS(socket(AF_INET, SOCK_STREAM, 0)); /* before WSAStartup */
    if (WSAStartup(MAKEWORD(2, 2), &data)) return;
    calls_connections();
    OPENS(socket(77, SOCK_STREAM, 0));
    OPENS(socket(AF_INET, 77, 0));
    OPENS(WSASocketA(77, 77, 77, NULL, 0, 0));
    OPENS(WSASocketW(AF_INET, SOCK_STREAM, 77, NULL, 0, 0));
    SAYS(closesocket(INVALID_SOCKET));
    SAYS(closesocket(0));
    SAYS(closesocket((SOCKET)(uintptr_t)JUNK));
    HANDLE e = OPENS(WSACreateEvent());
    SAYS(WSASetEvent(e));
    CLOSES(WSACloseEvent(e));
    SAYS(WSACloseEvent(e));
    SAYS(WSACloseEvent(NULL));
    SAYS(WSACloseEvent(JUNK));
    MARK(q);
    FILLS(WSALookupServiceBeginA(&a, 0, &q));
    MARK(q);
    FILLS(WSALookupServiceBeginW(&w, 0, &q));
    SAYS(WSALookupServiceEnd(NULL));
    SAYS(WSACleanup());
}
