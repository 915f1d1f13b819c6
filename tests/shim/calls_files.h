/* calls_files.h: files and what finds them. */

static void calls_create_file(void) {
    CREATEFILE2_EXTENDED_PARAMETERS how = { .dwSize = sizeof how, .dwFileAttributes = FILE_ATTRIBUTE_NORMAL };
    FILE_ID_DESCRIPTOR id = { .dwSize = sizeof id };
    HANDLE f = OPENS(CreateFileA(TEMPORARY, GENERIC_READ | GENERIC_WRITE, 7, NULL, CREATE_ALWAYS, 0, NULL));
    HANDLE g = OPENS(CreateFileW(TEMPORARY_W, GENERIC_READ, 7, NULL, CREATE_ALWAYS, 0, NULL)); /* ERROR_ALREADY_EXISTS */
    CLOSES(CloseHandle(g));
    g = OPENS(CreateFile2(TEMPORARY_W, GENERIC_READ, 7, OPEN_EXISTING, &how));
    CLOSES(CloseHandle(g));
    OPENS(CreateFile2(L"no such folder\\file", GENERIC_READ, 7, OPEN_EXISTING, NULL));
    g = OPENS(ReOpenFile(f, GENERIC_READ, 7, 0));
    if (g != MINUS_ONE) CLOSES(CloseHandle(g));
    OPENS(ReOpenFile(NULL, GENERIC_READ, 7, 0));
    OPENS(ReOpenFile(JUNK, GENERIC_READ, 7, 0));
    OPENS(OpenFileById(f, &id, GENERIC_READ, 7, NULL, 0));
    OPENS(OpenFileById(JUNK, &id, GENERIC_READ, 7, NULL, 0));
    SAYS(CloseHandle(MINUS_ONE));
    CLOSES(CloseHandle(f));
    SAYS(CloseHandle(f));
    OPENS(CreateFileA("no such file", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    OPENS(CreateFileW(L"no such folder\\file", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    OPENS(CreateFileA("", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    OPENS(CreateFileW(NULL, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL));
    OPENS(CreateFileA("?*<>|", GENERIC_READ, 0, NULL, CREATE_ALWAYS, 0, NULL));
    OPENS(CreateFileA(TEMPORARY, GENERIC_READ, 0, NULL, 77, 0, NULL));
    OPENS(CreateFileA(".", GENERIC_READ, 7, NULL, OPEN_EXISTING, 0, NULL)); /* a folder */
    f = OPENS(CreateFileA(".", GENERIC_READ, 7, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL));
    CLOSES(CloseHandle(f));
    f = OPENS(CreateFileA("NUL", GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL));
    CLOSES(CloseHandle(f));
}

static void calls_open_file(void) {
    OFSTRUCT found;
    HFILE f = (HFILE)OPENS_INT((INT_PTR)_lcreat(TEMPORARY, 0));
    CLOSES(_lclose(f));
    f = (HFILE)OPENS_INT((INT_PTR)_lopen(TEMPORARY, OF_READ));
    CLOSES(_lclose(f));
    f = (HFILE)OPENS_INT((INT_PTR)OpenFile(TEMPORARY, &found, OF_READ));
    CLOSES(CloseHandle((HANDLE)(INT_PTR)f));
    SAYS(_lclose(f));
    SAYS(OpenFile(TEMPORARY, &found, OF_EXIST) == HFILE_ERROR);
    SAYS(OpenFile(TEMPORARY, &found, OF_PARSE) == HFILE_ERROR);
    SAYS(OpenFile("no such file", &found, OF_EXIST));
    SAYS(OpenFile("no such file", &found, OF_READ));
    SAYS(_lopen("no such file", OF_READ));
    SAYS(_lcreat("no such folder\\file", 0));
    SAYS(_lclose(HFILE_ERROR));
    SAYS(_lclose(0));
    SAYS(OpenFile(TEMPORARY, &found, OF_DELETE) == HFILE_ERROR);
}

static void calls_files(void) {
    DWORD got;
    char text[8];
    calls_create_file();
    calls_open_file();
    HANDLE s = OPENS(CreateMailslotA("\\\\.\\mailslot\\haft_calls", 0, 0, NULL));
    OPENS(CreateMailslotW(L"\\\\.\\mailslot\\haft_calls", 0, 0, NULL));
    CLOSES(CloseHandle(s));
    s = OPENS(CreateMailslotW(L"\\\\.\\mailslot\\haft_calls", 0, 0, NULL));
    CLOSES(CloseHandle(s));
    OPENS(CreateMailslotA("no mailslot", 0, 0, NULL));
    OPENS(CreateMailslotW(L"", 0, 0, NULL));
    HANDLE p = OPENS(CreateNamedPipeA("\\\\.\\pipe\\haft_calls", PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 64, 64, 0, NULL));
    OPENS(CreateNamedPipeW(L"\\\\.\\pipe\\haft_calls", PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 64, 64, 0, NULL));
    HANDLE c = OPENS(CreateFileA("\\\\.\\pipe\\haft_calls", GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL));
    SAYS(WriteFile(c, "haft", 4, &got, NULL));
    CLOSES(CloseHandle(c));
    SAYS(ReadFile(p, text, 4, &got, NULL));
    CLOSES(CloseHandle(p));
    p = OPENS(CreateNamedPipeW(L"\\\\.\\pipe\\haft_calls", PIPE_ACCESS_INBOUND, PIPE_TYPE_BYTE, 2, 64, 64, 0, NULL));
    CLOSES(CloseHandle(p));
    OPENS(CreateNamedPipeA("no pipe", PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 64, 64, 0, NULL));
    OPENS(CreateNamedPipeW(NULL, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 64, 64, 0, NULL));
    OPENS(CreateNamedPipeA("\\\\.\\pipe\\haft_calls", 0, PIPE_TYPE_BYTE, 1, 64, 64, 0, NULL));
    HANDLE in, out;
    MARK(in), MARK(out);
    FILLS(CreatePipe(&in, &out, NULL, 0));
    CLOSES(CloseHandle(in));
    CLOSES(CloseHandle(out));
}

static void calls_changes_and_updates(void) {
    HANDLE c = OPENS(FindFirstChangeNotificationA(".", FALSE, FILE_NOTIFY_CHANGE_SIZE));
    CLOSES(FindCloseChangeNotification(c));
    c = OPENS(FindFirstChangeNotificationW(L".", TRUE, FILE_NOTIFY_CHANGE_SIZE));
    CLOSES(FindCloseChangeNotification(c));
    SAYS(FindCloseChangeNotification(c));
    OPENS(FindFirstChangeNotificationA("no such folder", FALSE, FILE_NOTIFY_CHANGE_SIZE));
    OPENS(FindFirstChangeNotificationW(L".", FALSE, 0));
    SAYS(FindCloseChangeNotification(NULL));
    SAYS(FindCloseChangeNotification(MINUS_ONE));
    CopyFileA("C:\\windows\\system32\\version.dll", "haft_calls.dll", FALSE);
    HANDLE u = OPENS(BeginUpdateResourceA("haft_calls.dll", FALSE));
    CLOSES(EndUpdateResourceA(u, TRUE));
    u = OPENS(BeginUpdateResourceW(L"haft_calls.dll", FALSE));
    CLOSES(EndUpdateResourceW(u, TRUE));
    OPENS(BeginUpdateResourceA("no such file", FALSE));
    OPENS(BeginUpdateResourceW(L"no such file", FALSE));
    SAYS(EndUpdateResourceA(NULL, TRUE));
    SAYS(EndUpdateResourceW(NULL, FALSE));
    DeleteFileA("haft_calls.dll");
}

static void calls_finding(void) {
    WIN32_FIND_DATAA a;
    WIN32_FIND_DATAW w;
    WIN32_FIND_STREAM_DATA stream;
    char name[MAX_PATH];
    WCHAR wide[MAX_PATH];
    HANDLE f = OPENS(FindFirstFileA("*", &a));
    SAYS(FindNextFileA(f, &a));
    CLOSES(FindClose(f));
    f = OPENS(FindFirstFileW(L"*", &w));
    CLOSES(FindClose(f));
    f = OPENS(FindFirstFileExA("*", FindExInfoStandard, &a, FindExSearchNameMatch, NULL, 0));
    CLOSES(FindClose(f));
    f = OPENS(FindFirstFileExW(L"*", FindExInfoBasic, &w, FindExSearchNameMatch, NULL, 0));
    CLOSES(FindClose(f));
    OPENS(FindFirstFileA("no such folder\\*", &a));
    OPENS(FindFirstFileW(L"no such file", &w));
    OPENS(FindFirstFileA("", &a));
    OPENS(FindFirstFileExA("no such file", FindExInfoStandard, &a, FindExSearchNameMatch, NULL, 0));
    OPENS(FindFirstFileExW(L"*", 77, &w, FindExSearchNameMatch, NULL, 0));
    SAYS(FindClose(NULL));
    SAYS(FindClose(MINUS_ONE));
    f = OPENS(FindFirstStreamW(L"haft_tests.exe", FindStreamInfoStandard, &stream, 0));
    if (f != MINUS_ONE) CLOSES(FindClose(f));
    f = OPENS(FindFirstVolumeA(name, MAX_PATH));
    CLOSES(FindVolumeClose(f));
    f = OPENS(FindFirstVolumeW(wide, MAX_PATH));
    CLOSES(FindVolumeClose(f));
    OPENS(FindFirstVolumeA(name, 1));
    OPENS(FindFirstVolumeW(wide, 0));
    SAYS(FindVolumeClose(NULL));
    f = OPENS(FindFirstVolumeMountPointA("C:\\", name, MAX_PATH));
    if (f != MINUS_ONE) CLOSES(FindVolumeMountPointClose(f));
    f = OPENS(FindFirstVolumeMountPointW(L"C:\\", wide, MAX_PATH));
    if (f != MINUS_ONE) CLOSES(FindVolumeMountPointClose(f));
    SAYS(FindVolumeMountPointClose(NULL));
    calls_changes_and_updates();
}
