/* report.c: the report and the count over a million live handles. */
#include "bench.h"

#include <haft.h>

#include <stdio.h>

void report_rows(void) {
    const unsigned count = 1000000;
    haft_fd *held = calloc(count, sizeof *held);
    FILE *nowhere = fopen("/dev/null", "w");
    double reports[ROUNDS], counts[ROUNDS];
    must(held && nowhere);
    for (unsigned i = 0; i < count; i++) must(haft_fd_adopt(&held[i], (int)(1000 + i), HAFT_OWNER_USER) == HAFT_OK);
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        haft_report_text(nowhere);
        reports[i] = now() - start;
        start = now();
        must(haft_live() >= count);
        counts[i] = now() - start;
    }
    row("report", reports);
    row("live", counts);
    for (unsigned i = 0; i < count; i++) must(haft_fd_release(&held[i]) >= 0);
    fclose(nowhere);
    free(held);
}
