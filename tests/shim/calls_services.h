/* calls_services.h: services, event logs, printers, terminal servers, connections. */

static void calls_services(void) {
    SC_HANDLE m = OPENS(OpenSCManagerA(NULL, NULL, SC_MANAGER_ALL_ACCESS));
    SC_HANDLE n = OPENS(OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT));
    CLOSES(CloseServiceHandle(n));
    OPENS(OpenSCManagerA(NULL, "no such database", SC_MANAGER_CONNECT));
    OPENS(OpenSCManagerW(NULL, L"no such database", SC_MANAGER_CONNECT));
    n = OPENS(CreateServiceA(m, "haft_calls", NULL, SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS, SERVICE_DEMAND_START,
                             SERVICE_ERROR_NORMAL, "C:\\no such program", NULL, NULL, NULL, NULL, NULL));
    SC_HANDLE o = OPENS(CreateServiceW(m, L"haft_calls", NULL, SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS,
                                       SERVICE_DEMAND_START, SERVICE_ERROR_NORMAL, L"C:\\no such program", NULL, NULL, NULL,
                                       NULL, NULL));
    if (o) DeleteService(o), CloseServiceHandle(o); /* the first was not made */
    SAYS(DeleteService(n));
    CLOSES(CloseServiceHandle(n));
    n = OPENS(OpenServiceA(m, "RpcSs", SERVICE_QUERY_STATUS));
    CLOSES(CloseServiceHandle(n));
    n = OPENS(OpenServiceW(m, L"RpcSs", SERVICE_QUERY_STATUS));
    CLOSES(CloseServiceHandle(n));
    OPENS(OpenServiceA(m, "no such service", SERVICE_QUERY_STATUS));
    OPENS(OpenServiceW(m, L"", SERVICE_QUERY_STATUS));
    OPENS(OpenServiceA(NULL, "RpcSs", SERVICE_QUERY_STATUS));
    OPENS(OpenServiceW(NULL, L"RpcSs", SERVICE_QUERY_STATUS));
    OPENS(CreateServiceA(NULL, "x", NULL, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL));
    SC_LOCK lock = OPENS(LockServiceDatabase(m));
    if (lock) CLOSES(UnlockServiceDatabase(lock));
    lock = OPENS(LockServiceDatabase(NULL));
    if (lock) CLOSES(UnlockServiceDatabase(lock));
    SAYS(UnlockServiceDatabase(NULL));
    CLOSES(CloseServiceHandle(m));
    SAYS(CloseServiceHandle(NULL));

    HANDLE l = OPENS(OpenEventLogA(NULL, "Application"));
    if (l) CLOSES(CloseEventLog(l));
    l = OPENS(OpenEventLogW(NULL, L"System"));
    if (l) CLOSES(CloseEventLog(l));
    OPENS(OpenEventLogA("no.such.machine", "Application"));
    OPENS(OpenEventLogW(NULL, NULL));
    OPENS(OpenBackupEventLogA(NULL, "no such file"));
    OPENS(OpenBackupEventLogW(NULL, L"no such file"));
    SAYS(CloseEventLog(NULL));
    l = OPENS(RegisterEventSourceA(NULL, "haft calls"));
    if (l) CLOSES(DeregisterEventSource(l));
    l = OPENS(RegisterEventSourceW(NULL, L"haft calls"));
    if (l) CLOSES(DeregisterEventSource(l));
    l = OPENS(RegisterEventSourceA("no.such.machine", NULL));
    if (l) CLOSES(DeregisterEventSource(l));
    SAYS(DeregisterEventSource(NULL));
}

static void calls_dialling(void) {
    RASDIALPARAMSA a;
    RASDIALPARAMSW w;
    HRASCONN c = NULL;
    memset(&a, 0, sizeof a);
    memset(&w, 0, sizeof w);
    a.dwSize = sizeof a, w.dwSize = sizeof w;
    SAYS(RasDialA(NULL, NULL, &a, 0, NULL, &c));
    SAYS(c != NULL);
    SAYS(RasDialW(NULL, NULL, &w, 0, NULL, &c));
    SAYS(c != NULL);
    SAYS(RasHangUpA(NULL));
    SAYS(RasHangUpW((HRASCONN)JUNK));
}

static void calls_printing(void) {
    HANDLE p, s;
    MARK(p);
    FILLS(OpenPrinterA(NULL, &p, NULL));
    OPENS(FindFirstPrinterChangeNotification(p, 0xFF, 0, NULL));
    CLOSES(ClosePrinter(p));
    MARK(p);
    FILLS(OpenPrinterW(NULL, &p, NULL));
    CLOSES(ClosePrinter(p));
    MARK(p);
    SAYS(OpenPrinterA((LPSTR) "no such printer", &p, NULL));
    MARK(p);
    SAYS(OpenPrinterW((LPWSTR)L"no such printer", &p, NULL));
    OPENS(AddPrinterA(NULL, 2, NULL));
    OPENS(AddPrinterW(NULL, 77, NULL));
    OPENS(ConnectToPrinterDlg(NULL, 0));
    OPENS(FindFirstPrinterChangeNotification(NULL, 0, 0, NULL));
    SAYS(FindClosePrinterChangeNotification(NULL));
    SAYS(ClosePrinter(NULL));

    s = OPENS(WTSOpenServerA((LPSTR) "no.such.machine"));
    if (s) CLOSES_VOID(WTSCloseServer(s));
    s = OPENS(WTSOpenServerW((LPWSTR)L"no.such.machine"));
    if (s) CLOSES_VOID(WTSCloseServer(s));
    SAYS_VOID(WTSCloseServer(NULL));
    s = OPENS(WTSVirtualChannelOpen(WTS_CURRENT_SERVER_HANDLE, WTS_CURRENT_SESSION, (LPSTR) "HAFT"));
    if (s) CLOSES(WTSVirtualChannelClose(s));
    s = OPENS(WTSVirtualChannelOpenEx(WTS_CURRENT_SESSION, (LPSTR) "HAFT", 0));
    if (s) CLOSES(WTSVirtualChannelClose(s));
    SAYS(WTSVirtualChannelClose(NULL));
    MARK(p);
    if (FILLS(WTSQueryUserToken(77, &p))) CLOSES(CloseHandle(p));
    calls_dialling();
}
