/* calls_objects.h: synchronization objects, jobs, completion ports, consoles; timers and waits of pools. */

static void calls_events(void) {
    HANDLE e = OPENS(CreateEventA(NULL, TRUE, FALSE, "haft calls"));
    HANDLE f = OPENS(CreateEventW(NULL, TRUE, FALSE, L"haft calls")); /* ERROR_ALREADY_EXISTS */
    CLOSES(CloseHandle(f));
    f = OPENS(OpenEventA(EVENT_ALL_ACCESS, FALSE, "haft calls"));
    CLOSES(CloseHandle(f));
    f = OPENS(OpenEventW(EVENT_ALL_ACCESS, FALSE, L"haft calls"));
    CLOSES(CloseHandle(f));
    f = OPENS(CreateEventExA(NULL, "haft calls", 0, EVENT_ALL_ACCESS));
    CLOSES(CloseHandle(f));
    f = OPENS(CreateEventExW(NULL, NULL, 0, EVENT_ALL_ACCESS));
    CLOSES(CloseHandle(f));
    OPENS(CreateMutexA(NULL, FALSE, "haft calls")); /* the name is an event's */
    OPENS(OpenEventA(EVENT_ALL_ACCESS, FALSE, "no such event"));
    OPENS(OpenEventW(EVENT_ALL_ACCESS, FALSE, NULL));
    OPENS(OpenEventA(EVENT_ALL_ACCESS, FALSE, NULL));
    OPENS(CreateEventA(NULL, TRUE, FALSE, "no\\such\\folder"));
    OPENS(CreateEventExA(NULL, "no\\such\\folder", 0, EVENT_ALL_ACCESS));
    OPENS(CreateEventExW(NULL, L"no\\such\\folder", 0xFFFF, EVENT_ALL_ACCESS));
    CLOSES(CloseHandle(e));
    f = OPENS(CreateEventW(NULL, FALSE, TRUE, L"")); /* an empty name is none */
    CLOSES(CloseHandle(f));
}

static void calls_mutexes(void) {
    HANDLE m = OPENS(CreateMutexA(NULL, TRUE, "haft calls"));
    HANDLE n = OPENS(CreateMutexW(NULL, TRUE, L"haft calls"));
    CLOSES(CloseHandle(n));
    n = OPENS(OpenMutexA(MUTEX_ALL_ACCESS, FALSE, "haft calls"));
    CLOSES(CloseHandle(n));
    n = OPENS(OpenMutexW(MUTEX_ALL_ACCESS, FALSE, L"haft calls"));
    CLOSES(CloseHandle(n));
    n = OPENS(CreateMutexExA(NULL, "haft calls", 0, MUTEX_ALL_ACCESS));
    CLOSES(CloseHandle(n));
    n = OPENS(CreateMutexExW(NULL, NULL, CREATE_MUTEX_INITIAL_OWNER, MUTEX_ALL_ACCESS));
    CLOSES(CloseHandle(n));
    OPENS(OpenMutexA(MUTEX_ALL_ACCESS, FALSE, "no such mutex"));
    OPENS(OpenMutexW(0xFFFFFFFF, FALSE, L"no such mutex"));
    OPENS(CreateMutexW(NULL, FALSE, L"no\\such\\folder"));
    OPENS(CreateMutexExA(NULL, "no\\such\\folder", 0, 0));
    CLOSES(CloseHandle(m));
}

static void calls_semaphores(void) {
    HANDLE s = OPENS(CreateSemaphoreA(NULL, 1, 2, "haft calls"));
    HANDLE t = OPENS(CreateSemaphoreW(NULL, 1, 2, L"haft calls"));
    CLOSES(CloseHandle(t));
    t = OPENS(OpenSemaphoreA(SEMAPHORE_ALL_ACCESS, FALSE, "haft calls"));
    CLOSES(CloseHandle(t));
    t = OPENS(OpenSemaphoreW(SEMAPHORE_ALL_ACCESS, FALSE, L"haft calls"));
    CLOSES(CloseHandle(t));
    t = OPENS(CreateSemaphoreExA(NULL, 0, 1, "haft calls", 0, SEMAPHORE_ALL_ACCESS));
    CLOSES(CloseHandle(t));
    t = OPENS(CreateSemaphoreExW(NULL, 0, 1, NULL, 0, SEMAPHORE_ALL_ACCESS));
    CLOSES(CloseHandle(t));
    OPENS(CreateSemaphoreA(NULL, 3, 2, NULL));
    OPENS(CreateSemaphoreW(NULL, -1, 0, NULL));
    OPENS(CreateSemaphoreExA(NULL, 3, 2, NULL, 0, 0));
    OPENS(OpenSemaphoreA(SEMAPHORE_ALL_ACCESS, FALSE, "no such semaphore"));
    OPENS(OpenSemaphoreW(SEMAPHORE_ALL_ACCESS, FALSE, L""));
    CLOSES(CloseHandle(s));
}

static void calls_timers(void) {
    HANDLE t = OPENS(CreateWaitableTimerA(NULL, TRUE, "haft calls"));
    HANDLE u = OPENS(CreateWaitableTimerW(NULL, TRUE, L"haft calls"));
    CLOSES(CloseHandle(u));
    u = OPENS(OpenWaitableTimerA(TIMER_ALL_ACCESS, FALSE, "haft calls"));
    CLOSES(CloseHandle(u));
    u = OPENS(OpenWaitableTimerW(TIMER_ALL_ACCESS, FALSE, L"haft calls"));
    CLOSES(CloseHandle(u));
    u = OPENS(CreateWaitableTimerExA(NULL, "haft calls", 0, TIMER_ALL_ACCESS));
    CLOSES(CloseHandle(u));
    u = OPENS(CreateWaitableTimerExW(NULL, NULL, 0, TIMER_ALL_ACCESS));
    CLOSES(CloseHandle(u));
    OPENS(OpenWaitableTimerA(TIMER_ALL_ACCESS, FALSE, "no such timer"));
    OPENS(OpenWaitableTimerW(TIMER_ALL_ACCESS, FALSE, L"no such timer"));
    OPENS(CreateWaitableTimerA(NULL, TRUE, "no\\such\\folder"));
    OPENS(CreateWaitableTimerExW(NULL, L"no\\such\\folder", 0, TIMER_ALL_ACCESS));
    CLOSES(CloseHandle(t));
}

static void calls_objects(void) {
    calls_events();
    calls_mutexes();
    calls_semaphores();
    calls_timers();
    HANDLE j = OPENS(CreateJobObjectA(NULL, "haft calls"));
    HANDLE k = OPENS(CreateJobObjectW(NULL, L"haft calls"));
    CLOSES(CloseHandle(k));
    k = OPENS(OpenJobObjectA(JOB_OBJECT_ALL_ACCESS, FALSE, "haft calls"));
    CLOSES(CloseHandle(k));
    k = OPENS(OpenJobObjectW(JOB_OBJECT_ALL_ACCESS, FALSE, L"haft calls"));
    CLOSES(CloseHandle(k));
    CLOSES(CloseHandle(j));
    OPENS(OpenJobObjectA(JOB_OBJECT_ALL_ACCESS, FALSE, "no such job"));
    OPENS(OpenJobObjectW(JOB_OBJECT_ALL_ACCESS, FALSE, L"no such job"));
    HANDLE m = OPENS(CreateMemoryResourceNotification(LowMemoryResourceNotification));
    CLOSES(CloseHandle(m));
    OPENS(CreateMemoryResourceNotification(77));
    HANDLE f = OPENS(CreateFileA(".", GENERIC_READ, 7, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OVERLAPPED,
                                 NULL));
    HANDLE p = OPENS(CreateIoCompletionPort(MINUS_ONE, NULL, 0, 0));
    SAYS(CreateIoCompletionPort(f, p, 1, 0) == p);
    GIVES(CreateIoCompletionPort(NULL, p, 1, 0));
    GIVES(CreateIoCompletionPort(f, NEVER, 1, 0));
    CLOSES(CloseHandle(p));
    CLOSES(CloseHandle(f));
    OPENS(CreateIoCompletionPort(NULL, NULL, 0, 0));
    OPENS(CreateBoundaryDescriptorW(L"haft calls", 0));
    OPENS(CreateBoundaryDescriptorW(NULL, 77));
    HANDLE c = OPENS(CreateConsoleScreenBuffer(GENERIC_READ | GENERIC_WRITE, 0, NULL, CONSOLE_TEXTMODE_BUFFER, NULL));
    if (c != MINUS_ONE) CLOSES(CloseHandle(c));
    OPENS(CreateConsoleScreenBuffer(GENERIC_READ, 0, NULL, 77, NULL));
}

/* ---- pools: their threads' handles come and go ---- */

static void CALLBACK calls_fire(PVOID event, BOOLEAN timed_out) {
    (void)timed_out;
    SetEvent(event);
}

static void calls_pools(void) {
    HANDLE e = CreateEventA(NULL, TRUE, FALSE, NULL), t, w;
    calls_loose(true);
    HANDLE q = OPENS(CreateTimerQueue());
    MARK(t);
    FILLS(CreateTimerQueueTimer(&t, q, calls_fire, e, 0, 0, 0));
    WaitForSingleObject(e, 10000);
    CLOSES(DeleteTimerQueueTimer(q, t, MINUS_ONE));
    MARK(t);
    FILLS(CreateTimerQueueTimer(&t, NULL, calls_fire, e, 1000000, 0, 0));
    CLOSES(DeleteTimerQueueTimer(NULL, t, MINUS_ONE));
    SAYS(DeleteTimerQueueTimer(q, NULL, NULL));
    CLOSES(DeleteTimerQueueEx(q, MINUS_ONE));
    q = OPENS(CreateTimerQueue());
    CLOSES(DeleteTimerQueue(q) || GetLastError() == ERROR_IO_PENDING);
    SAYS(DeleteTimerQueueEx(NULL, NULL));
    SAYS(DeleteTimerQueue(NULL));
    MARK(w);
    FILLS(RegisterWaitForSingleObject(&w, e, calls_fire, e, INFINITE, WT_EXECUTEONLYONCE));
    CLOSES(UnregisterWaitEx(w, MINUS_ONE));
    ResetEvent(e);
    MARK(w);
    FILLS(RegisterWaitForSingleObject(&w, e, calls_fire, e, INFINITE, WT_EXECUTEONLYONCE));
    CLOSES(UnregisterWait(w) || GetLastError() == ERROR_IO_PENDING);
    SAYS(UnregisterWait(NULL));
    SAYS(UnregisterWaitEx(NULL, NULL));
    calls_loose(false);
    CloseHandle(e);
}
