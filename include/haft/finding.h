/* haft/finding.h: something wrong that Haft saw, and where it goes.
 *
 *     static void to_log(const haft_finding *f, void *user) { fprintf(user, "%s\n", f->text); }
 *     haft_sink_set(to_log, log_file);
 *     haft_level_set(HAFT_FINDING_STALE, HAFT_LEVEL_FATAL);
 *
 * Until a sink is set (or HAFT=level=... asks for one) findings are counted and nothing is printed.
 */
#ifndef HAFT_FINDING_H
#define HAFT_FINDING_H

#include <haft/class.h>
#include <haft/owner.h>
#include <haft/status.h>

#include <stdio.h>

HAFT_BEGIN_C

/* ORDER FINDING: haft_finding_name() in src/core/finding.c. */
typedef enum haft_finding_kind {
    HAFT_FINDING_STALE = 0,     /* a closed handle was used or closed again */
    HAFT_FINDING_NOT_OWNER,     /* someone who is not its owner tried to close, share, release or transfer a handle */
    HAFT_FINDING_WRONG_CLASS,   /* the wrong closer for this kind of handle */
    HAFT_FINDING_TRACKED,       /* a second owner tried to adopt a handle */
    HAFT_FINDING_LIMIT,         /* an open was refused at the bound, or passed it where the bound is not enforced */
    HAFT_FINDING_UNKNOWN,       /* a shim closed, or in strict mode refused to close, a handle that nobody declared */
    HAFT_FINDING_FOREIGN_CLOSE, /* the system handed out a value that was believed open: code out of sight closed it */
    HAFT_FINDING_CLOSE_FAILED,  /* the system refused to close a handle that was believed open */
    HAFT_FINDING_RECOVERED,     /* a handle that a call had leaked was proved and closed (Q246691, Q197517) */
    HAFT_FINDING_UNPROVED,      /* a call may have leaked a handle; it could not be proved and was left alone */
    HAFT_FINDING_DECLINED,      /* a call was answered without being made (Q235425) */
    HAFT_FINDING_UNTRACKED,     /* no memory to track a handle: it was handed to its caller as it is, or closed */
    HAFT_FINDING_SETTING        /* a word of the HAFT variable is not understood */
} haft_finding_kind;
#define HAFT_FINDING_KINDS 13

typedef enum haft_level {
    HAFT_LEVEL_SILENT = 0, /* counted only */
    HAFT_LEVEL_WARN_ONCE,  /* to the sink, once for each kind and site: the default */
    HAFT_LEVEL_WARN,       /* to the sink, every time */
    HAFT_LEVEL_FATAL       /* to the sink (standard error where there is none), then abort() */
} haft_level;

typedef struct haft_finding {
    haft_finding_kind kind;
    haft_level level;
    haft_class_id class_id;
    haft_owner owner;   /* the mode the ledger has for the handle; NONE when it has none */
    uint64_t raw;       /* the raw value, widened */
    const char *opened; /* site of the opening; "" when not known */
    const char *closed; /* site of the last close; "" when not known */
    const char *at;     /* site of this call; "" when not known */
    const char *quirk;  /* the article, "Q179827"; "" when none is concerned */
    const char *name;   /* the identity's name, UTF-8; "" when there is none */
    uint64_t count;     /* live opens for LIMIT; how often this kind was found otherwise, this one included */
    const char *text;   /* all of it in one line, without a newline */
} haft_finding;

/* Called on the thread that caused the finding. It may call Haft and the system; it must not wait for a thread that opens threads
 * or tokens, which a recovery may be holding off. The finding and its strings last until it returns. errno and GetLastError()
 * are restored afterwards. */
typedef void haft_sink(const haft_finding *finding, void *user);

/* Sets where findings go; NULL: nowhere. haft_sink_stderr is ready-made. Any thread; a finding under way on another thread
 * may still reach the former sink. */
void haft_sink_set(haft_sink *fn, void *user);

/* Writes "haft: " and the finding's text as one line to standard error. user is ignored. */
void haft_sink_stderr(const haft_finding *finding, void *user);

/* HAFT_E_INVALID for an unknown kind or level, and then changes nothing. Any thread. */
haft_status haft_level_set(haft_finding_kind kind, haft_level level);

/* How often a kind was found, whatever its level; 0 for an unknown kind. Any thread. */
uint64_t haft_found(haft_finding_kind kind);

/* "stale", "not-owner", ...: the word that HAFT=level.stale=fatal takes. "?" for an unknown kind. */
const char *haft_finding_name(haft_finding_kind kind);

/* Writes what is live, grouped by site and class, most first: the first line is the largest group. Then what was found.
 *     1024 live key opened at app+0x1d4e (\REGISTRY\MACHINE\SOFTWARE\EXTRA)
 *     1024 live handles, 0 not tracked
 *     found limit: 98976
 * A site reads MODULE+OFFSET: `addr2line -e MODULE OFFSET` names the line. NULL is ignored. Any thread, at any time:
 * handles that others open or close meanwhile are in it or not. */
void haft_report_text(FILE *out);

HAFT_END_C

#endif
