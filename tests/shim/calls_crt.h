/* calls_crt.h: the C runtime's descriptors, streams and threads. */

/* The descriptors of the runtime, by the handle behind: whether it is open. */
#define HANDLE_OF(fd) SAYS(_get_osfhandle(fd) == -1)

static void calls_opened_descriptors(void) {
    int f = (int)OPENS_INT((intptr_t)_open(TEMPORARY, _O_CREAT | _O_RDWR | _O_BINARY, _S_IREAD | _S_IWRITE));
    SAYS(_write(f, "haft", 4));
    int g = (int)OPENS_INT((intptr_t)_dup(f));
    CLOSES(_close(g));
    MOVES(1, _dup2(f, 55));
    MOVES(0, _dup2(f, 55)); /* what was open there is closed */
    SAYS(_dup2(f, f));
    HANDLE_OF(55);
    CLOSES(_close(55));
    CLOSES(_close(f));
    f = (int)OPENS_INT((intptr_t)_wopen(TEMPORARY_W, _O_RDONLY));
    CLOSES(_close(f));
    f = (int)OPENS_INT((intptr_t)_sopen(TEMPORARY, _O_RDONLY, _SH_DENYNO));
    CLOSES(_close(f));
    f = (int)OPENS_INT((intptr_t)_wsopen(TEMPORARY_W, _O_CREAT | _O_RDWR, _SH_DENYRW, _S_IREAD | _S_IWRITE));
    CLOSES(_close(f));
    f = (int)OPENS_INT((intptr_t)_creat(TEMPORARY, _S_IREAD | _S_IWRITE));
    CLOSES(_close(f));
    f = (int)OPENS_INT((intptr_t)_wcreat(TEMPORARY_W, _S_IREAD | _S_IWRITE));
    CLOSES(_close(f));
    f = (int)OPENS_INT((intptr_t)open(TEMPORARY, _O_RDONLY));
    g = (int)OPENS_INT((intptr_t)dup(f));
    MOVES(0, dup2(f, g));
    CLOSES(close(g));
    CLOSES(close(f));
    f = (int)OPENS_INT((intptr_t)creat(TEMPORARY, _S_IREAD | _S_IWRITE));
    CLOSES(close(f));
}

static void calls_descriptors(void) {
    int ends[2];
    calls_opened_descriptors();
    MARK(ends);
    MOVES(2, _pipe(ends, 256, _O_BINARY));
    CLOSES(_close(ends[0]));
    CLOSES(_close(ends[1]));
    SAYS(_open("no such file", _O_RDONLY));
    SAYS(_wopen(L"no such folder\\file", _O_CREAT | _O_RDWR, _S_IREAD));
    SAYS(_sopen("no such file", _O_RDONLY, 77));
    SAYS(_wsopen(L"no such file", _O_RDONLY, _SH_DENYNO));
    SAYS(_creat("no such folder\\file", _S_IREAD));
    SAYS(_wcreat(L"?", _S_IREAD));
    SAYS(_dup(77));
    SAYS(_dup2(77, 78));
    SAYS(_dup(-1));
    SAYS(_close(-1));
    SAYS(_close(77));
    SAYS(open("no such file", _O_RDONLY));
    SAYS(close(12345678));
    HANDLE h = OPENS(CreateFileA(TEMPORARY, GENERIC_READ | GENERIC_WRITE, 7, NULL, CREATE_ALWAYS, 0, NULL));
    int f = (int)MOVES(0, _open_osfhandle((intptr_t)h, _O_RDWR)); /* the handle is the descriptor's now */
    SAYS(_get_osfhandle(f) == (intptr_t)h);
    SAYS(_write(f, "haft", 4));
    CLOSES(_close(f));
    SAYS(CloseHandle(h));
    HANDLE_OF(f);
    SAYS(_open_osfhandle(-1, _O_RDONLY));
    f = (int)OPENS_INT((intptr_t)_open(TEMPORARY, _O_RDWR));
    FILE *s = GIVES(_fdopen(f, "r+"));
    if (s) CLOSES(fclose(s));
    HANDLE_OF(f);
    SAYS(_close(f));
    f = (int)OPENS_INT((intptr_t)_open(TEMPORARY, _O_RDWR));
    s = GIVES(_wfdopen(f, L"r"));
    if (s) CLOSES(fclose(s));
    GIVES(_fdopen(-1, "r"));
    GIVES(_wfdopen(77, L"r"));
}

static unsigned __stdcall calls_crt_work(void *argument) { return (unsigned)(uintptr_t)argument; }

static void calls_streams(void) {
    FILE *f = OPENS(fopen(TEMPORARY, "w"));
    if (f) SAYS(fputs("haft\n", f));
    if (f) CLOSES(fclose(f));
    f = OPENS(_wfopen(TEMPORARY_W, L"r"));
    if (f) CLOSES(fclose(f));
    f = OPENS(_fsopen(TEMPORARY, "r", _SH_DENYNO));
    if (f) CLOSES(fclose(f));
    f = OPENS(_wfsopen(TEMPORARY_W, L"r", _SH_DENYNO));
    if (f) {
        SAYS(freopen(TEMPORARY, "r", f) == f);
        SAYS(_wfreopen(TEMPORARY_W, L"r", f) == f);
        MOVES(-1, freopen("no such file", "r", f) == NULL); /* closed all the same */
    }
    f = OPENS(fopen(TEMPORARY, "r"));
    if (f) MOVES(-1, _wfreopen(L"no such file", L"r", f) == NULL);
    f = OPENS(tmpfile());
    if (f) CLOSES(fclose(f));
    OPENS(fopen("no such file", "r"));
    OPENS(_wfopen(L"no such folder\\file", L"w"));
    OPENS(_fsopen("no such file", "r", 77));
    OPENS(_wfsopen(L"no such file", L"r", _SH_DENYNO));
    OPENS(fopen("", "r"));
    calls_loose(true); /* a shell of its own */
    f = OPENS(_popen("rem", "r"));
    if (f) CLOSES(_pclose(f));
    f = OPENS(_wpopen(L"rem", L"r"));
    if (f) CLOSES(_pclose(f));
    OPENS(_popen("rem", ""));
    calls_loose(false);
    HANDLE t = (HANDLE)OPENS_INT((intptr_t)_beginthreadex(NULL, 0, calls_crt_work, NULL, 0, NULL));
    calls_wait(t);
    CLOSES(CloseHandle(t));
    OPENS_INT((intptr_t)_beginthreadex(NULL, 0, NULL, NULL, 0, NULL));
    SAYS(DeleteFileA(TEMPORARY));
}
