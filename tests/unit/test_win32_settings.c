/* test_win32_settings.c: the HAFT variable on the system itself: it is read once, so each case is a program of its own: this one,
 * run again. Word by word it is in test_settings.c. */
#include "port/port.h"
#include "unit.h"

#include "core/settings.h"

#include <stdio.h>
#include <stdlib.h>

#define OUT_FILE "haft_win32_out.tmp"
#define ERR_FILE "haft_win32_err.tmp"
#define REPORT "haft_win32_report.tmp"

/* ---- the programs; in a run of all tests they do nothing ---- */

static bool is_child(void) { return getenv("HAFT_TESTS_CHILD") != NULL; }

TEST(settings_win32_child, tell) {
    if (!is_child()) return;
    haft__settings_ready();
    printf("key=%u event=%u strict=%d found=%u", haft_limit_get(HAFT_CLASS_KEY), haft_limit_get(HAFT_CLASS_EVENT), haft__strict(),
           (unsigned)haft_found(HAFT_FINDING_SETTING));
}

TEST(settings_win32_child, leak_and_exit) {
    if (!is_child()) return;
    haft_event leaked = HAFT_INIT, closed = HAFT_INIT;
    haft__nt_use(NULL);
    haft_event_create_a(&leaked, NULL, TRUE, FALSE, NULL);
    haft_event_create_a(&closed, NULL, TRUE, FALSE, NULL);
    haft_event copy = closed;
    haft_event_close(&closed);
    haft_event_close(&copy);
    exit(0);
}

/* ---- running them ---- */

static HANDLE file_for_child(const char *path) {
    SECURITY_ATTRIBUTES inherited = { sizeof inherited, NULL, TRUE };
    return CreateFileA(path, GENERIC_WRITE, FILE_SHARE_READ, &inherited, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
}

static void read_back(const char *path, char *text, size_t size) {
    FILE *in = fopen(path, "r"); /* as text: lines end alike everywhere */
    text[0] = '\0';
    if (!in) return;
    text[fread(text, 1, size - 1, in)] = '\0';
    fclose(in);
    remove(path);
}

static char said[1024], told[2048]; /* on standard output and standard error */
static DWORD child_id;

static bool run_with(const char *value, const char *test) {
    char path[MAX_PATH], command[2 * MAX_PATH];
    STARTUPINFOA start;
    PROCESS_INFORMATION child;
    DWORD code = 99;
    memset(&start, 0, sizeof start);
    start.cb = sizeof start;
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdOutput = file_for_child(OUT_FILE);
    start.hStdError = file_for_child(ERR_FILE);
    GetModuleFileNameA(NULL, path, sizeof path);
    snprintf(command, sizeof command, "\"%s\" settings_win32_child %s", path, test);
    SetEnvironmentVariableA("HAFT", value);
    SetEnvironmentVariableA("HAFT_TESTS_CHILD", "1");
    bool started = CreateProcessA(path, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &child) != 0;
    SetEnvironmentVariableA("HAFT", NULL);
    SetEnvironmentVariableA("HAFT_TESTS_CHILD", NULL);
    if (started) {
        WaitForSingleObject(child.hProcess, 60000);
        GetExitCodeProcess(child.hProcess, &code);
        CloseHandle(child.hThread);
        CloseHandle(child.hProcess);
    }
    child_id = started ? child.dwProcessId : 0;
    CloseHandle(start.hStdOutput);
    CloseHandle(start.hStdError);
    read_back(OUT_FILE, said, sizeof said);
    read_back(ERR_FILE, told, sizeof told);
    return started && code == 0;
}

static unsigned lines_of(const char *text) {
    unsigned lines = 0;
    for (; *text; text++) lines += *text == '\n';
    return lines;
}

TEST(settings_win32, words_are_taken_and_an_unknown_one_is_told) {
    CHECK(run_with("limit.key=512,foo,strict,limit.event=3", "tell"));
    CHECK(strstr(said, "key=512 event=3 strict=1 found=1") != NULL);
    CHECK_STR(told, "haft: setting: not understood in HAFT, foo\n");
}

TEST(settings_win32, without_it_all_is_as_it_was) {
    CHECK(run_with(NULL, "tell"));
    CHECK(strstr(said, "key=1024 event=0 strict=0 found=0") != NULL);
    CHECK_STR(told, "");
}

TEST(settings_win32, a_report_is_written_at_the_end) {
    char text[1024];
    CHECK(run_with("level=warn,foo,report=" REPORT, "leak_and_exit"));
    CHECK_EQ(lines_of(told), 2);
    CHECK_EQ(strncmp(told, "haft: setting: ", 15), 0);
    CHECK(strstr(told, "\nhaft: stale: ") != NULL);
    read_back(REPORT, text, sizeof text);
    CHECK_EQ(strncmp(text, "1 live event opened at ", 23), 0);
    CHECK(strstr(text, "\n1 live handles, 0 not tracked\n") != NULL);
    CHECK(strstr(text, "\nfound stale: 1\n") != NULL);
    CHECK(strstr(text, "\nfound setting: 1\n") != NULL);
}

TEST(settings_win32, each_process_writes_a_report_of_its_own) {
    char path[64], text[1024];
    DWORD first;
    CHECK(run_with("report=haft_%p.tmp", "leak_and_exit"));
    first = child_id;
    CHECK(run_with("report=haft_%p.tmp", "leak_and_exit"));
    snprintf(path, sizeof path, "haft_%lu.tmp", (unsigned long)child_id);
    read_back(path, text, sizeof text);
    CHECK(strstr(text, "\n1 live handles, 0 not tracked\n") != NULL);
    snprintf(path, sizeof path, "haft_%lu.tmp", (unsigned long)first);
    if (first != child_id) read_back(path, text, sizeof text); /* an id may be used again */
    CHECK(strstr(text, "\n1 live handles, 0 not tracked\n") != NULL);
}
