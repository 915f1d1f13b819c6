/* calls_handles.h: duplicates, wrong closers, and closers of what is no handle. */

static void calls_duplicates(void) {
    HANDLE e = OPENS(CreateEventA(NULL, TRUE, FALSE, NULL)), d;
    MARK(d);
    FILLS(DuplicateHandle(SELF, e, SELF, &d, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CLOSES(CloseHandle(d));
    MARK(d);
    MOVES(0, DuplicateHandle(SELF, e, SELF, &d, 0, FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
    SAYS(SetEvent(d));
    e = d;
    CLOSES(DuplicateHandle(SELF, e, SELF, NULL, 0, FALSE, DUPLICATE_CLOSE_SOURCE)); /* as programs close another's handle */
    e = OPENS(CreateEventA(NULL, TRUE, FALSE, NULL));
    MARK(d);
    CLOSES(DuplicateHandle(SELF, e, JUNK, &d, 0, FALSE, DUPLICATE_CLOSE_SOURCE)); /* fails, and the source is closed */
    SAYS(CloseHandle(e));
    MARK(d);
    SAYS(DuplicateHandle(SELF, JUNK, SELF, &d, 0, FALSE, DUPLICATE_SAME_ACCESS));
    MARK(d);
    SAYS(DuplicateHandle(SELF, NULL, SELF, &d, 0, FALSE, DUPLICATE_SAME_ACCESS));
    MARK(d);
    SAYS(DuplicateHandle(NULL, NULL, NULL, &d, 0, FALSE, 0));
    MARK(d);
    SAYS(DuplicateHandle(JUNK, e, SELF, &d, 0, FALSE, DUPLICATE_SAME_ACCESS));
    MARK(d);
    FILLS(DuplicateHandle(SELF, SELF, SELF, &d, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CLOSES(CloseHandle(d));
    MARK(d);
    FILLS(DuplicateHandle(SELF, GetCurrentThread(), SELF, &d, 0, FALSE, DUPLICATE_SAME_ACCESS));
    CLOSES(CloseHandle(d));
}

/* Where the shims are stricter than the system: the table of test_win32_calls.c has the answers of both. */
static void calls_wrong_closers(void) {
    WIN32_FIND_DATAA found;
    HKEY key;
    HANDLE event = OPENS(CreateEventA(NULL, TRUE, FALSE, NULL));
    MARK(key);
    FILLS(RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key));
    SAYS(CloseHandle((HANDLE)key));
    CLOSES(RegCloseKey(key));
    SAYS(RegCloseKey((HKEY)event));
    CLOSES(CloseHandle(event));
    SOCKET s = (SOCKET)OPENS(socket(AF_INET, SOCK_STREAM, 0));
    SAYS(CloseHandle((HANDLE)s));
    CLOSES(closesocket(s));
    HANDLE change = OPENS(FindFirstChangeNotificationA(".", FALSE, FILE_NOTIFY_CHANGE_SIZE));
    SAYS(CloseHandle(change));
    CLOSES(FindCloseChangeNotification(change));
    HANDLE file = OPENS(CreateFileA("NUL", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    SAYS(FindCloseChangeNotification(file));
    CLOSES(CloseHandle(file));
    HANDLE find = OPENS(FindFirstFileA("*", &found));
    SAYS(CloseHandle(find)); /* a pointer: the system refuses too */
    CLOSES(FindClose(find));
    HANDLE nul = OPENS(CreateFileA("NUL", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    SAYS(FindClose(nul));
    CLOSES(CloseHandle(nul));
    HANDLE e = OPENS(WSACreateEvent());
    CLOSES(CloseHandle(e)); /* both are events */
    e = OPENS(CreateEventA(NULL, TRUE, FALSE, NULL));
    CLOSES(WSACloseEvent(e));
}

static void calls_handles(void) {
    WSADATA data;
    calls_duplicates();
    SAYS(WSAStartup(MAKEWORD(2, 2), &data));
    calls_wrong_closers();
    SAYS(WSACleanup());
    SAYS(CloseHandle(NULL));
    SAYS(CloseHandle(JUNK));
    SAYS(CloseHandle(NEVER));
    SAYS(CloseHandle(GetCurrentProcess()));
    SAYS(CloseHandle(GetCurrentThread()));
    SAYS(CloseHandle((HANDLE)(intptr_t)-6));
    SAYS(CloseHandle((HANDLE)(intptr_t)-7));
    SAYS(CloseHandle((HANDLE)(intptr_t)INTPTR_MIN));
    HANDLE e = OPENS(CreateEventA(NULL, TRUE, FALSE, NULL));
    SAYS(CloseHandle((HANDLE)((uintptr_t)e + 0x10000000u)));
    CLOSES(CloseHandle((HANDLE)((uintptr_t)e | 3))); /* the low bits do not count */
    e = OPENS(CreateEventA(NULL, TRUE, FALSE, NULL));
    SetHandleInformation(e, HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_PROTECT_FROM_CLOSE);
    SAYS(CloseHandle(e));
    SetHandleInformation(e, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0);
    CLOSES(CloseHandle(e));
}
