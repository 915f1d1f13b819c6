/* test_model_tasks.c: what the NT model does that is no fault: synchronisation, threads, processes, memory. */
#include "harness/test.h"

#include "base/atomic.h"
#include "base/host.h"
#include "base/lock.h"
#include "port/port.h"

#include <haft/model.h>

static HANDLE event(void) { return CreateEventA(NULL, TRUE, FALSE, NULL); }

/* ---- synchronisation ---- */

TEST(model_objects, named_objects_are_shared) {
    haft_model_boot(HAFT_NT4_SP3);
    HANDLE a = CreateEventA(NULL, TRUE, FALSE, "one");
    CHECK_EQ(GetLastError(), ERROR_SUCCESS);
    HANDLE b = CreateEventW(NULL, FALSE, TRUE, L"one");
    CHECK(b != NULL && b != a);
    CHECK_EQ(GetLastError(), ERROR_ALREADY_EXISTS);
    CHECK_EQ(WaitForSingleObject(a, 0), WAIT_TIMEOUT); /* it is the first one, not set */
    CHECK(SetEvent(b));
    CHECK_EQ(WaitForSingleObject(a, 0), WAIT_OBJECT_0);
    CHECK(CreateMutexA(NULL, FALSE, "one") == NULL);
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(CreateMutexA(NULL, FALSE, "ONE") != NULL); /* another name */
    CHECK(OpenEventA(EVENT_ALL_ACCESS, FALSE, NULL) == NULL);
    CHECK_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(CloseHandle(a) && CloseHandle(b));
    CHECK(OpenEventA(EVENT_ALL_ACCESS, FALSE, "one") == NULL); /* gone with its last handle */
    CHECK_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
}

TEST(model_objects, semaphores_and_timers) {
    LONG former = -1;
    haft_model_boot(HAFT_NT4_SP3);
    HANDLE s = CreateSemaphoreA(NULL, 1, 2, NULL);
    CHECK(!ReleaseSemaphore(s, 2, NULL));
    CHECK_EQ(GetLastError(), ERROR_TOO_MANY_POSTS);
    CHECK(ReleaseSemaphore(s, 1, &former));
    CHECK_EQ(former, 1);
    CHECK_EQ(WaitForSingleObject(s, 0), WAIT_OBJECT_0);
    CHECK_EQ(WaitForSingleObject(s, 0), WAIT_OBJECT_0);
    CHECK_EQ(WaitForSingleObject(s, 0), WAIT_TIMEOUT);
    HANDLE t = CreateWaitableTimerA(NULL, TRUE, "timer");
    CHECK(t && OpenWaitableTimerA(TIMER_ALL_ACCESS, FALSE, "timer"));
    CHECK(!SetEvent(t));
    haft_model_boot(HAFT_NT351);
    CHECK(CreateWaitableTimerA(NULL, TRUE, NULL) == NULL);
    CHECK_EQ(GetLastError(), ERROR_CALL_NOT_IMPLEMENTED);
}

typedef struct shared {
    HANDLE mutex, go;
    DWORD id;
    int counter;
} shared;

static DWORD WINAPI takes_the_mutex(LPVOID argument) {
    shared *s = argument;
    s->id = GetCurrentThreadId();
    if (WaitForSingleObject(s->mutex, INFINITE) == WAIT_FAILED) return 1;
    SetEvent(s->go);
    SetLastError(321);
    return 42; /* and keeps it */
}

TEST(model_objects, a_mutex_is_abandoned_by_a_thread_that_ends) {
    shared s;
    DWORD code = 0, id = 0;
    haft_model_boot(HAFT_NT4_SP3);
    s.mutex = CreateMutexA(NULL, TRUE, NULL);
    s.go = event();
    SetLastError(123);
    HANDLE t = CreateThread(NULL, 0, takes_the_mutex, &s, 0, &id);
    REQUIRE(t != NULL);
    CHECK_EQ(WaitForSingleObject(s.go, 20), WAIT_TIMEOUT);
    CHECK(GetExitCodeThread(t, &code) && code == STILL_ACTIVE);
    CHECK_EQ(WaitForSingleObject(s.mutex, 0), WAIT_OBJECT_0); /* once more: it is ours */
    CHECK(ReleaseMutex(s.mutex) && ReleaseMutex(s.mutex));
    CHECK(!ReleaseMutex(s.mutex));
    CHECK_EQ(GetLastError(), ERROR_NOT_OWNER);
    CHECK_EQ(WaitForSingleObject(t, INFINITE), WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(t, &code));
    CHECK_EQ(code, 42);
    CHECK_EQ(s.id, id);
    CHECK(GetCurrentThreadId() != id);
    CHECK_EQ(GetLastError(), ERROR_NOT_OWNER); /* each thread its own */
    CHECK_EQ(WaitForSingleObject(s.mutex, 0), WAIT_ABANDONED);
    CHECK(CloseHandle(s.mutex) && CloseHandle(s.go) && CloseHandle(t));
    CHECK_EQ(haft_model_handles(), 0);
}

static DWORD WINAPI counts(LPVOID argument) {
    shared *s = argument;
    for (int i = 0; i < 300; i++) {
        HANDLE h = event();
        WaitForSingleObject(s->mutex, INFINITE);
        s->counter++;
        ReleaseMutex(s->mutex);
        CHECK(CloseHandle(h));
    }
    return 0;
}

TEST(model_objects, threads_exclude_each_other) {
    shared s = { NULL, NULL, 0, 0 };
    HANDLE t[4];
    haft_model_boot(HAFT_NT4_SP3);
    s.mutex = CreateMutexA(NULL, FALSE, NULL);
    for (int i = 0; i < 4; i++) t[i] = CreateThread(NULL, 0, counts, &s, 0, NULL);
    CHECK_EQ(WaitForMultipleObjects(4, t, TRUE, INFINITE), WAIT_OBJECT_0);
    CHECK_EQ(s.counter, 1200);
    for (int i = 0; i < 4; i++) CHECK(CloseHandle(t[i]));
    CHECK_EQ(haft_model_handles(), 1);
}

static DWORD WINAPI adds_one(LPVOID argument) {
    ++*(int *)argument;
    return 7;
}

TEST(model_objects, a_suspended_thread_runs_when_resumed_or_never) {
    int runs = 0;
    DWORD code;
    haft__thread_info info;
    haft_model_boot(HAFT_NT4_SP3);
    HANDLE t = CreateThread(NULL, 0, adds_one, &runs, CREATE_SUSPENDED, NULL);
    CHECK_EQ(WaitForSingleObject(t, 10), WAIT_TIMEOUT);
    CHECK_EQ(ResumeThread(t), 1);
    CHECK_EQ(WaitForSingleObject(t, INFINITE), WAIT_OBJECT_0);
    CHECK_EQ(runs, 1);
    CHECK(GetExitCodeThread(t, &code) && code == 7);
    HANDLE u = CreateThread(NULL, 0, adds_one, &runs, CREATE_SUSPENDED, NULL);
    CHECK(TerminateThread(u, 99));
    CHECK_EQ(ResumeThread(u), 1);
    CHECK_EQ(WaitForSingleObject(u, INFINITE), WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(u, &code) && code == 99);
    CHECK(haft__nt()->thread_info(u, &info) && info.ended && info.exit_code == 99);
    CHECK(!haft__nt()->thread_info(event(), &info));
    CHECK_EQ(runs, 1);
    CHECK(OpenThread(THREAD_ALL_ACCESS, FALSE, 1) == NULL);
    CHECK_EQ(GetLastError(), ERROR_CALL_NOT_IMPLEMENTED);
}

static haft__a32 waits_over;
static void waits_for_ever(void *event_of_old) {
    DWORD got = WaitForSingleObject(event_of_old, INFINITE);
    CHECK_EQ(got, WAIT_FAILED);
    haft__store32(&waits_over, 1);
}

TEST(model_objects, a_boot_ends_a_blocked_wait) {
    haft_model_boot(HAFT_NT4_SP3);
    haft__store32(&waits_over, 0);
    REQUIRE(haft__thread_start(waits_for_ever, event()));
    Sleep(20);
    haft_model_boot(HAFT_NT4_SP3);
    for (int i = 0; i < 5000 && !haft__load32(&waits_over); i++) Sleep(1);
    CHECK_EQ(haft__load32(&waits_over), 1);
}

/* ---- processes, memory ---- */

TEST(model_objects, processes_and_tokens) {
    HANDLE token = NULL, other;
    haft_model_boot(HAFT_NT4_SP3);
    REQUIRE(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
    CHECK(haft__nt()->token_is_own(token));
    other = OpenProcess(PROCESS_ALL_ACCESS, FALSE, haft_model_other_process());
    CHECK_EQ(haft__nt()->process_id(other), haft_model_other_process());
    CHECK_EQ(haft__nt()->process_id(GetCurrentProcess()), GetCurrentProcessId());
    REQUIRE(OpenProcessToken(other, TOKEN_QUERY, &token));
    CHECK(!haft__nt()->token_is_own(token));
    CHECK(!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token));
    CHECK_EQ(GetLastError(), ERROR_NO_TOKEN);
    CHECK(OpenProcess(PROCESS_ALL_ACCESS, FALSE, 1) == NULL);
    CHECK_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
}

TEST(model_objects, memory_views_and_modules) {
    haft_model_boot(HAFT_NT4_SP3);
    char *local = LocalAlloc(LPTR, 10);
    REQUIRE(local != NULL);
    memset(local, 1, 10);
    CHECK(LocalFree(local) == NULL);
    CHECK(LocalFree(local) == local);
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
    HANDLE heap = HeapCreate(0, 0, 0);
    CHECK(HeapAlloc(heap, 0, 100) && HeapFree(heap, 0, HeapAlloc(heap, 0, 5)));
    CHECK(HeapDestroy(heap) && !HeapDestroy(heap) && !HeapDestroy(GetProcessHeap()));
    HANDLE mapping = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 100, "section");
    char *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0);
    REQUIRE(view != NULL);
    strcpy(view, "kept");
    HANDLE again = OpenFileMappingA(FILE_MAP_READ, FALSE, "section");
    CHECK(CloseHandle(mapping) && UnmapViewOfFile(view) && !UnmapViewOfFile(view));
    view = MapViewOfFile(again, FILE_MAP_READ, 0, 0, 0);
    CHECK_STR(view, "kept");
    CHECK(CloseHandle(again) && UnmapViewOfFile(view));
    HMODULE m = LoadLibraryA("version"), n = LoadLibraryW(L"C:\\WINNT\\VERSION.DLL");
    CHECK(m && m == n);
    CHECK(FreeLibrary(m) && FreeLibrary(m) && !FreeLibrary(m));
    CHECK(LoadLibraryA("no such") == NULL);
    CHECK_EQ(GetLastError(), ERROR_MOD_NOT_FOUND);
    CHECK_EQ(haft_model_handles(), 0);
}

/* ---- running out of memory: nothing is left half done ---- */

static haft__a32 allocations, fails_from, fails_to;
static bool fails_between(size_t bytes) {
    uint32_t n = haft__add32(&allocations, 1);
    (void)bytes;
    return n < haft__load32(&fails_from) || n > haft__load32(&fails_to);
}

static int everything(void) {
    HKEY k = NULL;
    HANDLE in = NULL, out = NULL, map, thread, file, e;
    RASDIALPARAMSA p;
    HRASCONN c = NULL;
    int done = 0, runs = 0;
    WIN32_FIND_DATAA data;
    memset(&p, 0, sizeof p);
    p.dwSize = sizeof p;
    p.szEntryName[0] = 'x';
    if (CreatePipe(&in, &out, NULL, 0)) done += CloseHandle(in) + CloseHandle(out);
    if (RegCreateKeyA(HKEY_CURRENT_USER, "Software\\a\\b\\c", &k) == 0) {
        done += RegSetValueExA(k, "v", 0, REG_SZ, (const BYTE *)"x", 2) == 0;
        done += RegCloseKey(k) == 0;
    }
    if ((e = CreateEventA(NULL, TRUE, TRUE, "e")) != NULL) done += CloseHandle(e);
    file = CreateFileA("C:\\f", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (file != INVALID_HANDLE_VALUE) {
        if ((map = CreateFileMappingA(file, NULL, PAGE_READWRITE, 0, 10, "m")) != NULL) {
            done += UnmapViewOfFile(MapViewOfFile(map, FILE_MAP_WRITE, 0, 0, 0));
            done += CloseHandle(map);
        }
        done += CloseHandle(file);
    }
    HANDLE find = FindFirstFileA("C:\\*", &data);
    if (find != INVALID_HANDLE_VALUE) done += FindClose(find);
    if ((thread = CreateThread(NULL, 0, adds_one, &runs, 0, NULL)) != NULL) {
        done += WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0 && runs == 1;
        done += CloseHandle(thread);
    }
    if (RasDialA(NULL, NULL, &p, 0, NULL, &c) == 0) done += RasHangUpA(c) == 0;
    HMODULE m = LoadLibraryA("winmm");
    if (m) done += FreeLibrary(m);
    return done;
}

/* Once the Nth alone fails, once all from the Nth on; until N is past the last. */
static void fail_each(bool all_after) {
    haft_model_boot(HAFT_NT4_FIXED);
    int whole = everything();
    uint32_t n = 0;
    do {
        haft_model_boot(HAFT_NT4_FIXED);
        haft__store32(&allocations, 0);
        n++;
        haft__store32(&fails_from, n);
        haft__store32(&fails_to, all_after ? UINT32_MAX : n);
        haft__alloc_hook = fails_between;
        int done = everything();
        haft__alloc_hook = NULL;
        CHECK_EQ(haft_model_handles(), 0);
        CHECK(done <= whole);
    } while (haft__load32(&allocations) >= n && n < 200);
    CHECK(n > 20 && n < 200);
}

TEST(model_objects, each_allocation_fails) { fail_each(false); }
TEST(model_objects, all_allocations_fail_from_each_on) { fail_each(true); }
