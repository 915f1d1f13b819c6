/* soak.c: opens and closes, of every class that the NT model has, as many times as asked: haft_soak PAIRS. In the end nothing may
 * be open, tracked or found but what was recovered, and the memory in use must be what it was after the first minute.
 *
 * The model is NT 4.0 SP3, which has all five faults: keys count, device names are declined, and what a dial leaks is recovered. */
#include <haft.h>

#define HAFT_MODEL_NO_NAMES
#include <haft/model.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#define SELF ((HANDLE)(intptr_t)-1)
#define KEY "Software\\Soak"

/* ---- a pair of each class; `base` handles stay open meanwhile ---- */

static haft_mapping base_mapping;
static haft_event base_event;

#define PAIR(T, OPEN)                                                       \
    static bool pair_##T(void) {                                            \
        T h = HAFT_INIT;                                                    \
        return (OPEN) == HAFT_OK && T##_close(&h) == HAFT_OK;               \
    }

PAIR(haft_file, haft_file_create_a(&h, "C:\\boot.ini", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL))
PAIR(haft_key, haft_key_open_a(&h, HKEY_LOCAL_MACHINE, KEY, 0, KEY_READ))
PAIR(haft_event, haft_event_create_a(&h, NULL, TRUE, FALSE, "soak event"))
PAIR(haft_mutex, haft_mutex_create_w(&h, NULL, FALSE, NULL))
PAIR(haft_semaphore, haft_semaphore_create_w(&h, NULL, 0, 1, L"soak semaphore"))
PAIR(haft_timer, haft_timer_create_a(&h, NULL, TRUE, NULL))
PAIR(haft_process, haft_process_open(&h, PROCESS_ALL_ACCESS, FALSE, haft_model_other_process()))
PAIR(haft_token, haft_token_open_process(&h, SELF, TOKEN_QUERY))
PAIR(haft_mapping, haft_mapping_create_w(&h, INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL))
PAIR(haft_view, haft_view_map(&h, haft_mapping_raw(&base_mapping), FILE_MAP_READ, 0, 0, 0))
PAIR(haft_change, haft_change_first_a(&h, "C:\\", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME))
PAIR(haft_module, haft_module_load_a(&h, "version.dll"))
PAIR(haft_mailslot, haft_mailslot_create_a(&h, "\\\\.\\mailslot\\soak", 0, 0, NULL))
PAIR(haft_pipe, haft_pipe_create_named_a(&h, "\\\\.\\pipe\\soak", PIPE_ACCESS_DUPLEX, 0, 1, 64, 64, 0, NULL))
PAIR(haft_local, haft_local_alloc(&h, LPTR, 10))
PAIR(haft_heap, haft_heap_create(&h, 0, 0, 0))

static bool pair_haft_find(void) {
    haft_find h = HAFT_INIT;
    WIN32_FIND_DATAA data;
    return haft_find_first_a(&h, "C:\\*", &data) == HAFT_OK && haft_find_close(&h) == HAFT_OK;
}

static bool pair_haft_handle(void) {
    haft_handle h = HAFT_INIT;
    HANDLE raw = NULL;
    if (!haft_model_DuplicateHandle(SELF, haft_event_raw(&base_event), SELF, &raw, 0, FALSE, DUPLICATE_SAME_ACCESS)) return false;
    return haft_handle_adopt(&h, raw, HAFT_OWNER_USER) == HAFT_OK && haft_handle_close(&h) == HAFT_OK;
}

static DWORD WINAPI nothing(LPVOID argument) { return argument ? 1 : 0; }

static bool pair_haft_thread(void) {
    haft_thread h = HAFT_INIT;
    if (haft_thread_create_remote(&h, SELF, NULL, 0, nothing, NULL, 0, NULL) != HAFT_OK) return false;
    bool ended = haft_model_WaitForSingleObject(haft_thread_raw(&h), INFINITE) == WAIT_OBJECT_0;
    return haft_thread_close(&h) == HAFT_OK && ended;
}

/* Threads that run at once: what the host keeps for its next threads it has before the first look. */
static DWORD WINAPI wait_for(LPVOID event) { return haft_model_WaitForSingleObject(event, INFINITE); }
static bool warm_up(void) {
    haft_thread t[4] = { HAFT_INIT, HAFT_INIT, HAFT_INIT, HAFT_INIT };
    bool good = true;
    HANDLE go = haft_event_raw(&base_event);
    for (int i = 0; i < 4; i++) good = haft_thread_create(&t[i], NULL, 0, wait_for, go, 0, NULL) == HAFT_OK && good;
    good = haft_model_SetEvent(go) && good;
    for (int i = 0; i < 4; i++) {
        good = haft_model_WaitForSingleObject(haft_thread_raw(&t[i]), INFINITE) == WAIT_OBJECT_0 && good;
        good = haft_thread_close(&t[i]) == HAFT_OK && good;
    }
    return good;
}

static bool pair_haft_ras(void) {
    haft_ras h = HAFT_INIT;
    RASDIALPARAMSA to;
    memset(&to, 0, sizeof to);
    to.dwSize = sizeof to;
    memcpy(to.szEntryName, "office", 7);
    return haft_ras_dial_a(&h, NULL, NULL, &to, 0, NULL) == HAFT_OK && haft_ras_close(&h) == HAFT_OK;
}

/* The rare ones start a thread of the host's, or list every handle of the process: one turn in a thousand has them. */
typedef bool pair(void);
static pair *const pairs[] = { pair_haft_file, pair_haft_key, pair_haft_event, pair_haft_mutex, pair_haft_semaphore,
                               pair_haft_timer, pair_haft_process, pair_haft_token, pair_haft_mapping, pair_haft_view,
                               pair_haft_change, pair_haft_module, pair_haft_mailslot, pair_haft_pipe, pair_haft_local,
                               pair_haft_heap, pair_haft_find, pair_haft_handle };
static pair *const rare[] = { pair_haft_thread, pair_haft_ras };
#define PAIRS (sizeof pairs / sizeof pairs[0])
#define RARE (sizeof rare / sizeof rare[0])
#define RARELY 1000

/* ---- memory ---- */

typedef struct memory {
    long resident; /* KiB; -1: the host does not tell */
    long in_use;   /* bytes that the C library's allocator has given out; -1 */
} memory;

static memory memory_now(void) {
    memory m = { -1, -1 };
    FILE *in = fopen("/proc/self/status", "r");
    char line[256];
    while (in && fgets(line, sizeof line, in))
        if (strncmp(line, "VmRSS:", 6) == 0) m.resident = strtol(line + 6, NULL, 10);
    if (in) fclose(in);
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
    m.in_use = (long)mallinfo2().uordblks;
#endif
    return m;
}

static memory say(const char *when, double seconds, uint64_t done) {
    memory m = memory_now();
    printf("%-18s %8.0f s %12" PRIu64 " pairs   resident %8ld KiB   allocated %10ld bytes\n", when, seconds, done, m.resident,
           m.in_use);
    return m;
}

static double now(void) {
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- the run ---- */

/* Pages that a thread of the host's that is about to end may still have. */
#define JITTER_KIB 64

static int judge(memory first, memory last, size_t handles, size_t pool) {
    int wrong = 0;
    uint64_t bad = 0;
    for (int k = 0; k < HAFT_FINDING_KINDS; k++) bad += k == HAFT_FINDING_RECOVERED ? 0 : haft_found((haft_finding_kind)k);
    if (haft_live() || haft_model_handles() != handles) wrong = 1, printf("handles are left\n");
    if (haft_model_paged_pool() != pool || haft_model_crash()) wrong = 1, printf("the system is not as it was\n");
    if (bad) wrong = 1, printf("there are findings\n");
    if (last.in_use != first.in_use) wrong = 1, printf("%ld bytes more are allocated\n", last.in_use - first.in_use);
    long grown = last.resident - first.resident;
    if (grown > JITTER_KIB) wrong = 1, printf("%ld KiB more are resident\n", grown);
    return wrong;
}

static bool prepare(void) {
    haft_key key = HAFT_INIT;
    haft_model_boot(HAFT_NT4_SP3);
    if (haft_key_create_a(&key, HKEY_LOCAL_MACHINE, KEY, 0, NULL, 0, KEY_ALL_ACCESS, NULL, NULL) != HAFT_OK) return false;
    if (haft_key_close(&key) != HAFT_OK) return false;
    if (haft_event_create_a(&base_event, NULL, TRUE, FALSE, NULL) != HAFT_OK) return false;
    if (haft_mapping_create_a(&base_mapping, INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL) != HAFT_OK) return false;
    return warm_up();
}

int main(int argc, char **argv) {
    uint64_t wanted = argc == 2 ? strtoull(argv[1], NULL, 10) : 0, done = 0;
    memory first = { -1, -1 };
    size_t handles, pool;
    bool have_first = false;
    static char lines[4096];
    setvbuf(stdout, lines, _IOLBF, sizeof lines);
    if (!wanted || !prepare()) return fprintf(stderr, "usage: haft_soak PAIRS\n"), 2;
    handles = haft_model_handles() - 2; /* the two that stay open until the end */
    pool = haft_model_paged_pool();
    double start = now();
    for (uint64_t turn = 0; done < wanted; turn++) {
        for (size_t i = 0; i < PAIRS; i++, done++)
            if (!pairs[i]()) return printf("pair %d of turn %" PRIu64 " failed\n", (int)i, turn), 1;
        for (size_t i = 0; turn % RARELY == 0 && i < RARE; i++, done++)
            if (!rare[i]()) return printf("rare pair %d of turn %" PRIu64 " failed\n", (int)i, turn), 1;
        if (have_first || turn % RARELY || (now() - start < 60 && done < wanted / 10)) continue;
        first = say("a first look", now() - start, done);
        have_first = true;
    }
    memory last = say("the end", now() - start, done);
    haft_event_close(&base_event);
    haft_mapping_close(&base_mapping);
    haft_report_text(stdout);
    return judge(first, last, handles, pool);
}
