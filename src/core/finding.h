/* finding.h: how the rest of the library says what it saw. */
#ifndef HAFT_SRC_FINDING_H
#define HAFT_SRC_FINDING_H

#include "core/site.h"

struct haft__identity;

/* What a finding is made from; all but kind may be left zero. */
typedef struct haft__seen {
    haft_finding_kind kind;
    uint32_t class_id;
    haft_owner owner;
    uint64_t raw;
    haft__site opened;
    haft__site closed;
    haft__site at;
    const char *quirk;
    const char *name; /* the identity's, or what a SETTING finding is about */
    uint64_t count;
    const char *what; /* a few words more; NULL: none */
} haft__seen;

/* Counts it, and by its level tells the sink or ends the program. No lock may be held. Keeps errno and the host's last error. */
void haft__found(const haft__seen *seen);

/* As haft_level_set for all kinds at once. */
void haft__level_set_all(haft_level level);

/* Sets haft_sink_stderr unless the program has set a sink. */
void haft__sink_default(void);

#endif
