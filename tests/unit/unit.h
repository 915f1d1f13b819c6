/* unit.h: what the unit tests share: a sink that remembers, an allocator that fails, a class whose closes are counted. */
#ifndef HAFT_TESTS_UNIT_H
#define HAFT_TESTS_UNIT_H

#include "base/host.h"
#include "core/class.h"
#include "harness/test.h"

#include <haft.h>

/* ---- findings ---- */

/* What the sink was told last; the strings are copies. */
typedef struct unit_told {
    unsigned times;
    haft_finding f;
    char text[1024], opened[160], closed[160], at[160], quirk[16], name[1024];
    void *user;
} unit_told;
extern unit_told unit_last;

/* Remembers the finding in unit_last, and spoils errno and the last error, as a sink may. */
void unit_sink(const haft_finding *finding, void *user);

/* Every finding to unit_sink, every time; and back to the defaults: no sink, each level WARN_ONCE. */
void unit_listen(void);
void unit_deaf(void);

/* Sets a level for every kind. */
void unit_levels(haft_level level);

/* ---- errno and the last error ---- */

#define UNIT_ERRNO 4242
#define UNIT_LAST_ERROR 424242u

/* Sets both to what nothing else sets them to, and tells whether they still are. The last error is the host's, or what
 * stands for it. */
void unit_mark_errors(void);
bool unit_errors_kept(void);

/* ---- memory ---- */

/* From now on allocation n fails (1: the next one), and with `on` all after it; 0: none does, they are counted only. */
void unit_alloc_fail(unsigned n, bool on);
/* Ends that; gives back how many allocations were asked for. */
unsigned unit_alloc_end(void);

/* ---- a class of kernel handles whose closer only counts ---- */

extern haft_class unit_event;  /* closed as CloseHandle does */
extern haft_class unit_key;    /* closed as RegCloseKey does */
extern haft_class unit_module; /* the system hands out one value many times */
extern haft_class unit_memory; /* pointers: the hashed table */

/* What the closers of those classes do. */
typedef struct unit_closer {
    unsigned closes;
    uint64_t last;
    bool refuses;                 /* the system fails the close, with UNIT_REFUSED as errno */
    void (*during)(uint64_t raw); /* called from within the close */
} unit_closer;
#define UNIT_REFUSED 77
extern unit_closer unit_closes;

/* Forgets what was counted and refused. */
void unit_closes_reset(void);

#endif
