/* calls_log.h: the records of the differential test, for the tests that run its scenarios. */
#ifndef HAFT_TESTS_CALLS_LOG_H
#define HAFT_TESTS_CALLS_LOG_H

#include "core/ledger.h" /* before some SDK's macros of short names */

#include "calls.h"
#include "harness/test.h"

#include <haft.h>

enum { CALLS_MAX = 400, CALLS_TEXT = 200 };

typedef struct call_record {
    const char *call;
    char said[CALLS_TEXT];
    int live, expected; /* by how many Haft's count moved, and was to move */
} call_record;

typedef struct call_log {
    call_record of[CALLS_MAX];
    size_t count;
} call_log;

/* How the next run is written down. */
typedef struct calls_way {
    bool broken;                         /* calls fail that need not: what they do not fill is 0, not 0xEE */
    bool uncounted;                      /* neither count of handles is looked at */
    void (*after)(const call_record *r); /* NULL, or called after each call */
} calls_way;
extern calls_way calls_way_now;

/* Runs the family's scenarios. */
void calls_run(call_log *log, const calls_family *families, const char *name);

/* The same; by how many handles of the system there are more. */
int calls_grown_by(call_log *log, const calls_family *families, const char *name);

/* Whether threads of the system's own come with it, which end after 5 s, with their handles. */
bool calls_has_threads(const char *family);

/* Fails unless both say the same, or what the table of deviations has. */
void calls_compare(const call_record *raw, const call_record *guarded);

#endif
