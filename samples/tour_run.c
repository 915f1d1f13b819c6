/* tour_run.c: one program's run on a freshly booted model, in a process of its own. */
#define _POSIX_C_SOURCE 200809L
#include "tour.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct watch {
    const tour_article *article;
    tour_run *run;
} watch;

static void copy(char *to, size_t size, const char *from) { snprintf(to, size, "%s", from); }

static void see(const haft_finding *finding, void *user) {
    watch *w = user;
    if (finding->kind != w->article->finding || *w->run->origin) return;
    copy(w->run->origin, sizeof w->run->origin, w->article->origin == TOUR_OPENING ? finding->opened : finding->at);
}

static void first_line(FILE *file, char *to, size_t size) {
    rewind(file);
    if (!fgets(to, (int)size, file)) *to = '\0';
    to[strcspn(to, "\n")] = '\0';
}

/* Runs main with its standard output going to a file. */
static void run_main(const tour_article *article, tour_variant variant, tour_run *run) {
    FILE *said = tmpfile();
    fflush(stdout);
    if (!said || dup2(fileno(said), STDOUT_FILENO) < 0) return;
    run->status = article->program[variant]();
    run->ended = true;
    fflush(stdout);
    first_line(said, run->said, sizeof run->said);
    fclose(said);
}

/* Whether the system still does what a program asks of it. */
static bool system_works(void) {
    HKEY key;
    if (haft_model_RegOpenKeyExA(HKEY_CURRENT_USER, "Software", 0, KEY_READ, &key) != ERROR_SUCCESS) return false;
    return haft_model_RegCloseKey(key) == ERROR_SUCCESS;
}

static void look(const tour_article *article, size_t handles_before, tour_run *run) {
    const char *crash = haft_model_crash();
    FILE *report = tmpfile();
    run->handles = (long)haft_model_handles() - (long)handles_before;
    run->pool = haft_model_paged_pool();
    run->works = system_works();
    if (crash) copy(run->crash, sizeof run->crash, crash);
    run->found = haft_found(article->finding);
    if (!report) return;
    haft_report_text(report);
    first_line(report, run->report, sizeof run->report);
    fclose(report);
}

/* In the new process. */
static void run_here(const tour_article *article, tour_variant variant, tour_run *run) {
    watch w = { article, run };
    haft_model_boot(article->version);
    size_t handles_before = haft_model_handles();
    if (article->prepare) article->prepare();
    haft_sink_set(see, &w);
    if (variant == TOUR_GUARDED && article->declare) article->declare();
    run_main(article, variant, run);
    look(article, handles_before, run);
    haft_sink_set(NULL, NULL);
}

static bool read_all(int from, void *to, size_t size) {
    size_t got = 0;
    ssize_t n = 1;
    while (got < size && (n = read(from, (char *)to + got, size - got)) > 0) got += (size_t)n;
    return got == size;
}

bool tour_run_program(const tour_article *article, tour_variant variant, tour_run *ret) {
    int ends[2], status;
    fflush(stdout);
    if (pipe(ends) != 0) return false;
    pid_t child = fork();
    memset(ret, 0, sizeof *ret);
    if (child == 0) {
        run_here(article, variant, ret);
        ssize_t written = write(ends[1], ret, sizeof *ret);
        _exit(written == (ssize_t)sizeof *ret ? 0 : 1);
    }
    close(ends[1]);
    bool told = child > 0 && read_all(ends[0], ret, sizeof *ret);
    close(ends[0]);
    if (child > 0 && waitpid(child, &status, 0) != child) told = false;
    return told;
}
