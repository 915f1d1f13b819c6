/* calls_tasks.h: processes, threads, snapshots, tokens. */

static DWORD WINAPI calls_work(LPVOID argument) { return (DWORD)(uintptr_t)argument; }

static void calls_threads(void) {
    DWORD id;
    MARK(id);
    HANDLE t = OPENS(CreateThread(NULL, 0, calls_work, NULL, 0, &id));
    calls_wait(t);
    HANDLE u = OPENS(OpenThread(THREAD_QUERY_INFORMATION, FALSE, id));
    CLOSES(CloseHandle(u));
    CLOSES(CloseHandle(t));
    t = OPENS(CreateThread(NULL, 0, calls_work, NULL, 0, NULL));
    calls_wait(t);
    CLOSES(CloseHandle(t));
    t = OPENS(CreateRemoteThread(SELF, NULL, 0, calls_work, NULL, 0, NULL));
    calls_wait(t);
    CLOSES(CloseHandle(t));
    t = OPENS(CreateRemoteThreadEx(SELF, NULL, 0, calls_work, NULL, 0, NULL, NULL));
    calls_wait(t);
    CLOSES(CloseHandle(t));
    OPENS(CreateRemoteThread(JUNK, NULL, 0, calls_work, NULL, 0, NULL));
    OPENS(CreateRemoteThread(NULL, NULL, 0, calls_work, NULL, 0, NULL));
    OPENS(CreateRemoteThreadEx(JUNK, NULL, 0, calls_work, NULL, 0, NULL, NULL));
    OPENS(OpenThread(THREAD_QUERY_INFORMATION, FALSE, 0));
    OPENS(OpenThread(THREAD_QUERY_INFORMATION, FALSE, 0xFFFFFFFF));
    t = OPENS(OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, GetCurrentProcessId()));
    CLOSES(CloseHandle(t));
    OPENS(OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, 0xFFFFFFFC));
    OPENS(OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, 0));
    t = OPENS(CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS | TH32CS_SNAPTHREAD, 0));
    CLOSES(CloseHandle(t));
    OPENS(CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, 0xFFFFFFFC));
    OPENS(CreateToolhelp32Snapshot(0, 0));
}

/* The test itself: without words it ends at once. */
static void calls_started(PROCESS_INFORMATION *p) {
    if (!p->hProcess || p->dwProcessId == 0xEEEEEEEEu) return;
    calls_wait(p->hProcess);
    CLOSES(CloseHandle(p->hThread));
    CLOSES(CloseHandle(p->hProcess));
}

static void calls_processes(void) {
    STARTUPINFOA a = { .cb = sizeof a, .dwFlags = STARTF_USESTDHANDLES }; /* none: it is silent */
    STARTUPINFOW w = { .cb = sizeof w, .dwFlags = STARTF_USESTDHANDLES };
    PROCESS_INFORMATION p;
    HANDLE token = NULL;
    char path[MAX_PATH + 16];
    WCHAR wide[MAX_PATH + 16];
    GetModuleFileNameA(NULL, path, MAX_PATH);
    GetModuleFileNameW(NULL, wide, MAX_PATH);
    OpenProcessToken(SELF, TOKEN_ALL_ACCESS, &token);
    calls_loose(true); /* a process that ends takes its threads along in its own time */
    MARK(p);
    MOVES(2, CreateProcessA(NULL, path, NULL, NULL, FALSE, 0, NULL, NULL, &a, &p));
    calls_started(&p);
    MARK(p);
    MOVES(2, CreateProcessW(wide, NULL, NULL, NULL, FALSE, 0, NULL, NULL, &w, &p));
    calls_started(&p);
    MARK(p);
    MOVES(2, CreateProcessAsUserA(token, path, NULL, NULL, NULL, FALSE, 0, NULL, NULL, &a, &p));
    calls_started(&p);
    MARK(p);
    MOVES(2, CreateProcessAsUserW(token, wide, NULL, NULL, NULL, FALSE, 0, NULL, NULL, &w, &p));
    calls_started(&p);
    calls_loose(false);
    MARK(p);
    SAYS(CreateProcessA("no such program", NULL, NULL, NULL, FALSE, 0, NULL, NULL, &a, &p));
    MARK(p);
    SAYS(CreateProcessW(L"no such program", NULL, NULL, NULL, FALSE, 0, NULL, NULL, &w, &p));
    MARK(p);
    SAYS(CreateProcessAsUserA(token, "no such program", NULL, NULL, NULL, FALSE, 0, NULL, NULL, &a, &p));
    MARK(p);
    SAYS(CreateProcessAsUserW(JUNK, L"no such program", NULL, NULL, NULL, FALSE, 0, NULL, NULL, &w, &p));
    MARK(p);
    SAYS(CreateProcessWithLogonW(L"nobody", NULL, L"nothing", 0, L"no such program", NULL, 0, NULL, NULL, &w, &p));
    MARK(p);
    SAYS(CreateProcessWithTokenW(token, 0, L"no such program", NULL, 0, NULL, NULL, &w, &p));
    CloseHandle(token);
}

static void calls_tasks(void) {
    calls_threads();
    calls_processes();
}

static void calls_tokens(void) {
    HANDLE t, u, all = NULL;
    MARK(t);
    FILLS(OpenProcessToken(SELF, TOKEN_ALL_ACCESS, &t));
    all = t;
    MARK(u);
    FILLS(DuplicateToken(all, SecurityImpersonation, &u));
    SAYS(SetThreadToken(NULL, u));
    MARK(t);
    FILLS(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &t));
    CLOSES(CloseHandle(t));
    RevertToSelf();
    CLOSES(CloseHandle(u));
    MARK(u);
    FILLS(DuplicateTokenEx(all, MAXIMUM_ALLOWED, NULL, SecurityImpersonation, TokenPrimary, &u));
    CLOSES(CloseHandle(u));
    MARK(u);
    FILLS(CreateRestrictedToken(all, 0, 0, NULL, 0, NULL, 0, NULL, &u));
    CLOSES(CloseHandle(u));
    MARK(t);
    SAYS(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &t));
    MARK(t);
    SAYS(OpenProcessToken(JUNK, TOKEN_QUERY, &t));
    MARK(t);
    SAYS(OpenProcessToken(NULL, 0xFFFFFFFF, &t));
    MARK(t);
    SAYS(OpenThreadToken(JUNK, TOKEN_QUERY, FALSE, &t));
    MARK(t);
    SAYS(DuplicateToken(JUNK, SecurityImpersonation, &t));
    MARK(t);
    SAYS(DuplicateTokenEx(NULL, 0, NULL, 77, 77, &t));
    MARK(t);
    SAYS(CreateRestrictedToken(JUNK, 0, 0, NULL, 0, NULL, 0, NULL, &t));
    MARK(t);
    FILLS(LogonUserA("nobody", ".", "nothing", LOGON32_LOGON_INTERACTIVE, LOGON32_PROVIDER_DEFAULT, &t));
    if (t != (HANDLE)(uintptr_t)0xEEEEEEEEEEEEEEEEull && t) CloseHandle(t);
    MARK(t);
    FILLS(LogonUserW(L"nobody", NULL, L"nothing", LOGON32_LOGON_NETWORK, LOGON32_PROVIDER_DEFAULT, &t));
    if (t != (HANDLE)(uintptr_t)0xEEEEEEEEEEEEEEEEull && t) CloseHandle(t);
    CLOSES(CloseHandle(all));
}
