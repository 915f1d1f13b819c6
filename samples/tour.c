/* tour.c: the five articles: each program raw, guarded by the shims, and with wrappers, on a model of the Windows NT 4.0
 * that has the fault. Ends with 0 only if every raw run showed its fault and every other run was clean, by the system's own
 * counters. */
#include "tour.h"

#include "q160650/component.h"

#include <stdio.h>
#include <string.h>

#define PROGRAMS(q) { q##_legacy_raw_main, q##_legacy_guarded_main, q##_migrated_guarded_main }
#define DECLARE_PROGRAMS(q) int q##_legacy_raw_main(void), q##_legacy_guarded_main(void), q##_migrated_guarded_main(void);
DECLARE_PROGRAMS(q179827)
DECLARE_PROGRAMS(q160650)
DECLARE_PROGRAMS(q246691)
DECLARE_PROGRAMS(q235425)
DECLARE_PROGRAMS(q197517)

static void let_threads_fail(void) { haft_model_remote_thread_fails_late(100); }
static void map_drive(void) { haft_model_map_drive('X'); }

/* Whose the component's handle is has to be said once, where it comes into the program. */
static void declare_component(void) {
    haft_event event = HAFT_INIT;
    haft_event_adopt(&event, ComponentEvent(), HAFT_OWNER_KERNEL);
}

static const tour_article articles[] = {
    { "Q179827", HAFT_NT4_SP3, "NT 4.0 SP3", "An application reopens a registry key and never closes it",
      "bound: the open at the bound is refused", NULL, NULL, PROGRAMS(q179827), HAFT_FINDING_LIMIT, TOUR_CALL, true,
      HAFT_LIMIT_KEY_DEFAULT },
    { "Q160650", HAFT_NT4_SP6, "NT 4.0 SP6", "An application closes a handle that a kernel-mode component opened",
      "refuse: only the owner closes", NULL, declare_component, PROGRAMS(q160650), HAFT_FINDING_NOT_OWNER, TOUR_CALL, true, 0 },
    { "Q246691", HAFT_NT4_SP6, "NT 4.0 SP6", "CreateRemoteThread fails late and leaves the thread's handle open",
      "recover: the handle is proved and closed", let_threads_fail, NULL, PROGRAMS(q246691), HAFT_FINDING_RECOVERED, TOUR_CALL,
      false, 0 },
    { "Q235425", HAFT_NT4_SP5, "NT 4.0 SP5", "CreateFile on a redirected drive letter fails and keeps paged pool",
      "decline: the same answer without the call", map_drive, NULL, PROGRAMS(q235425), HAFT_FINDING_DECLINED, TOUR_CALL, false, 0 },
    { "Q197517", HAFT_NT4_SP4, "NT 4.0 SP4", "RasDial opens the process token and never closes it",
      "recover: the token is closed at hang-up", NULL, NULL, PROGRAMS(q197517), HAFT_FINDING_RECOVERED, TOUR_OPENING, false, 0 },
};

/* ---- judging, by what the system counted ---- */

static bool shows_fault(const tour_article *article, const tour_run *run) {
    if (article->stops) return strncmp(run->crash, article->number, strlen(article->number)) == 0 && !run->works;
    return !*run->crash && run->works && (run->handles > 0 || run->pool > 0);
}

static bool is_clean(const tour_article *article, tour_variant variant, const tour_run *run) {
    long bound = variant == TOUR_GUARDED ? (long)article->bound : 0;
    return run->status == 0 && !*run->crash && run->works && run->handles >= 0 && run->handles <= bound && run->pool == 0;
}

static bool is_right(const tour_article *article, tour_variant variant, const tour_run *run) {
    if (!run->ended) return false;
    return variant == TOUR_RAW ? shows_fault(article, run) : is_clean(article, variant, run);
}

/* ---- the table ---- */

#define COLUMNS "  %-9s %-8s %13s %15s   %-8s %s\n"

static void write_run(const tour_article *article, tour_variant variant, const tour_run *run) {
    static const char *const names[TOUR_VARIANTS] = { "raw", "guarded", "migrated" };
    static const char *const expected[TOUR_VARIANTS] = { "fault", "clean", "clean" };
    char handles[32], pool[32];
    snprintf(handles, sizeof handles, "%ld", run->handles > 0 ? run->handles : 0);
    snprintf(pool, sizeof pool, "%lu", (unsigned long)run->pool);
    printf(COLUMNS, names[variant], is_right(article, variant, run) ? expected[variant] : "WRONG", handles, pool,
           *run->crash ? "STOPPED" : "runs", run->ended ? run->said : "did not end");
}

/* Text that may be long, below a label; lines end at blanks. */
static void write_text(const char *label, const char *text) {
    size_t room = 118;
    printf("  %-26s ", label);
    while (strlen(text) > room) {
        size_t n = room;
        while (n > 0 && text[n] != ' ') n--;
        if (n == 0) n = room;
        printf("%.*s\n%29s", (int)n, text, "");
        text += n + (text[n] == ' ');
    }
    printf("%s\n", text);
}

static void write_article(const tour_article *article, const tour_run runs[TOUR_VARIANTS]) {
    const tour_run *raw = &runs[TOUR_RAW], *guarded = &runs[TOUR_GUARDED];
    printf("%s  %s (%s)\n", article->number, article->title, article->version_name);
    for (int v = 0; v < TOUR_VARIANTS; v++) write_run(article, (tour_variant)v, &runs[v]);
    if (*raw->crash) write_text("raw, the system stopped:", raw->crash);
    printf("  %-26s %s (%lux)\n", "guarded, what is done:", article->guard, (unsigned long)guarded->found);
    printf("  %-26s %s\n", "where it comes from:", *guarded->origin ? guarded->origin : "NOT FOUND");
    if (article->bound) write_text("the report's first line:", guarded->report);
    printf("\n");
}

static const char head[] =
    "Five faults of Windows NT 4.0, each on a model of the system that has it. Each program runs three times: raw, as it was\n"
    "written then; guarded, the same source built with haft/shim.h; migrated, written with Haft's wrappers.\n\n";

static const char foot[] =
    "How to read this: the system's own counters decide. HANDLES LEFT and POOL KEPT are what a program leaves behind, SYSTEM\n"
    "whether it still runs. fault: the raw run shows what its article tells. clean: the system runs and nothing is left, or for\n"
    "Q179827 guarded, no more handles than the bound. WHAT THE PROGRAM SAYS is the one line that it prints itself.\n";

static bool visit(const tour_article *article) {
    tour_run runs[TOUR_VARIANTS];
    bool right = true;
    for (int v = 0; v < TOUR_VARIANTS; v++) {
        if (!tour_run_program(article, (tour_variant)v, &runs[v])) runs[v].ended = false;
        if (!is_right(article, (tour_variant)v, &runs[v])) right = false;
    }
    if (!*runs[TOUR_GUARDED].origin) right = false;
    write_article(article, runs);
    return right;
}

int main(void) {
    int wrong = 0, count = (int)(sizeof articles / sizeof articles[0]);
    fputs(head, stdout);
    printf(COLUMNS, "RUN", "RESULT", "HANDLES LEFT", "POOL KEPT, B", "SYSTEM", "WHAT THE PROGRAM SAYS");
    printf("\n");
    for (int i = 0; i < count; i++)
        if (!visit(&articles[i])) wrong++;
    fputs(foot, stdout);
    if (wrong) printf("%d of %d articles did not go as they should.\n", wrong, count);
    else printf("All %d faults were seen raw; none guarded, none migrated.\n", count);
    return wrong ? 1 : 0;
}
