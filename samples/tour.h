/* tour.h: what the parts of the tour share: an article, a run of one of its programs, and what the system says of the run. */
#ifndef HAFT_TOUR_H
#define HAFT_TOUR_H

#include <haft.h>

#define HAFT_MODEL_NO_NAMES
#include <haft/model.h>

/* Which site tells where the fault comes from. */
typedef enum tour_origin {
    TOUR_CALL,   /* the call that the finding is about */
    TOUR_OPENING /* the call that opened what was leaked */
} tour_origin;

typedef enum tour_variant { TOUR_RAW = 0, TOUR_GUARDED, TOUR_MIGRATED, TOUR_VARIANTS } tour_variant;

typedef struct tour_article {
    const char *number;
    haft_model_version version; /* one that has the fault */
    const char *version_name;
    const char *title;
    const char *guard;          /* what Haft does, in a few words */
    void (*prepare)(void);      /* makes the fault possible; NULL: it is anyway */
    void (*declare)(void);      /* what the guarded program's user declares; NULL: nothing */
    int (*program[TOUR_VARIANTS])(void);
    haft_finding_kind finding;  /* what the guarded run must be told of */
    tour_origin origin;
    bool stops;                 /* the fault stops the system */
    size_t bound;               /* handles that a guarded program may leave: it is bounded, not mended */
} tour_article;

/* One run: what the system counted, what the program printed, and what Haft saw. */
typedef struct tour_run {
    bool ended;            /* the program came to its end */
    int status;            /* what its main returned */
    long handles;          /* how many more handles are open than before it ran */
    size_t pool;           /* bytes of paged pool that are held */
    bool works;            /* a call into the system works afterwards */
    char crash[512];       /* "": the system runs */
    char said[160];        /* the first line that it printed */
    uint64_t found;        /* findings of the article's kind */
    char origin[160];      /* the site of the first of them */
    char report[256];      /* the report's first line */
} tour_run;

/* Boots the model and runs one program on it, in a process of its own, so that nothing is left of the run before. False:
 * the host failed. */
bool tour_run_program(const tour_article *article, tour_variant variant, tour_run *ret);

#endif
