/* reference.h: a deliberately simple Haft, and the system below it, in plain arrays: what the operations target compares with.
 *
 * It knows what the headers and docs/concepts.md say and nothing of the library's insides: no tags, no generations, no locks. An
 * opening is a number in a list that only grows; a wrapper is the number of an opening and the right by which it is held. What is
 * open in the system, by what name, what is tracked, who holds it, what was found, how often the system was asked to close: all
 * of it is counted by looking through the arrays.
 */
#ifndef HAFT_TESTS_FUZZ_REFERENCE_H
#define HAFT_TESTS_FUZZ_REFERENCE_H

#include "fuzz.h"

/* The kinds of wrapper that are driven. OWN: a class of our own, whose closer calls the shim of CloseHandle. */
typedef enum ref_kind { K_HANDLE, K_EVENT, K_FILE, K_KEY, K_FD, K_BOX, K_MODULE, K_PIPE, K_OWN, K_DIR, KINDS } ref_kind;

/* What the library's answer is compared with, for every operation. */
#define REF_KEEP 424242u /* the last error, and errno, are what they were before */
typedef struct ref_answer {
    int64_t result;  /* the status, or what the API gives back */
    uint64_t raw;    /* the value handed out */
    uint32_t error;  /* GetLastError() afterwards */
    uint32_t number; /* errno afterwards */
} ref_answer;

typedef struct ref_wrapper {
    bool full;
    ref_kind kind;    /* of the wrapper that was filled, not of the functions that are called */
    haft_owner right;
    int life;         /* the opening; -1: a value that was not looked up */
    int holder;       /* SHARED: which of the holders */
    int returns;      /* how often the opening had come back from its holders by then */
    uint64_t raw;
} ref_wrapper;

#define REF_VALUES 80 /* handles by four, and what a step may name beyond those that are open */
#define REF_LIVES 16384
#define REF_NAMES 512
#define REF_NAME 200
typedef enum ref_space { S_KERNEL, S_FD, S_POINTER, S_BOX, S_OWN, SPACES } ref_space;
#define REF_LOAN 16 /* so many returns end the loans from before */
#define REF_RAW ((haft_owner)100) /* opened by a shim: nobody's yet */

typedef struct ref_life {
    bool live;
    ref_kind kind;
    haft_owner owner;
    int name;          /* what it counts on; -1: nothing */
    int openings;      /* SHARED: how often the system wants it closed; never more than there are holders */
    int raws;          /* holders that a shim made: each has an opening */
    int returns;       /* how often the last holder has given it up to one owner */
} ref_life;

/* A value in the system's tables. */
typedef struct ref_value {
    bool open;
    bool guarded; /* protected from close */
    ref_kind kind; /* of the object */
    int name;     /* of the object; -1: it has none */
    int object;   /* the number of the open that made it: a duplicate has its source's */
    unsigned count; /* a module's */
} ref_value;

/* What was open when a fence began, and the last opening of each value that was nobody's. */
typedef struct ref_fence {
    bool stands;
    bool open[REF_VALUES];
    int nobodys[REF_VALUES];
} ref_fence;
#define REF_FENCES 2

typedef struct ref_state {
    ref_value system[SPACES][REF_VALUES];
    int life_of[SPACES][REF_VALUES];        /* the last opening of a value; -1: none */
    ref_life lives[REF_LIVES];
    int life_count, object_count;
    int living[SPACES * REF_VALUES];        /* the openings that are live, in no order */
    int living_count;
    int holder_of[REF_LIVES];               /* each holder's opening; -1: he has left */
    int holder_count;
    struct { ref_kind kind; char text[REF_NAME]; } names[REF_NAMES];
    int name_count;
    bool exists[REF_NAMES];                 /* keys and files: there is such an object */
    uint64_t module_raw[2], dir_raw[2];
    bool used_up[REF_VALUES];               /* descriptors that a directory's wrapper uses up: nobody else's to adopt */

    uint32_t limits[KINDS];
    bool key_limit_asked, strict;
    bool has_q179827;                       /* the model is booted as a system that has the fault */
    haft_quirk_state quirk[5];
    haft_level levels[HAFT_FINDING_KINDS];

    uint64_t found[HAFT_FINDING_KINDS];
    fuzz_finding last;                      /* the last finding, and how many go to a sink */
    ref_fence fences[REF_FENCES];
    unsigned closes[KINDS];                 /* calls of the system's closers: by the kind whose closer it is */
    bool perhaps_closed;                    /* a name not seen before at its bound: opened, asked, and closed again */
} ref_state;
extern ref_state ref;

void ref_reset(bool has_q179827);
bool ref_place(ref_kind kind, uint64_t raw, ref_space *space, int *index);
bool ref_follows(ref_kind kind, uint64_t raw); /* false: not a value that the arrays have room for */
int ref_closer(ref_kind kind);              /* the kind whose closer it shares */
uint64_t ref_none(ref_kind kind);
haft_class_id ref_class(ref_kind kind);

/* ---- what wrappers do (reference.c) ---- */

ref_answer ref_adopt(ref_wrapper *ret, uint64_t raw, haft_owner owner, ref_kind as);
ref_answer ref_close(ref_wrapper *w, ref_kind as);
ref_answer ref_end(ref_wrapper *w, ref_kind as);
ref_answer ref_raw(const ref_wrapper *w, ref_kind as);
ref_answer ref_release(ref_wrapper *w, ref_kind as);
ref_answer ref_borrow(ref_wrapper *ret, const ref_wrapper *w, ref_kind as);
ref_answer ref_share(ref_wrapper *ret, ref_wrapper *w, ref_kind as);
ref_answer ref_transfer(ref_wrapper *w, haft_owner to, ref_kind as);
bool ref_valid(const ref_wrapper *w);
uint32_t ref_opens(const ref_wrapper *w);
size_t ref_live(void);
size_t ref_handles(void);

/* ---- opens, shims and the system itself (reference_open.c) ---- */

int ref_name(ref_kind kind, const char *text);
/* The path below a parent, as the registry has it: components in capitals. False: too long. */
bool ref_key_path(char *ret, const char *parent, const char *subkey);
void ref_key_exists(const char *path);
int ref_lowest(ref_space space);

typedef struct ref_open {
    ref_kind kind;
    const char *counted;  /* the identity's name; NULL: it is not counted */
    const char *object;   /* the object's name in the system; NULL: it has none */
    bool create;          /* make it, if it is not there */
    bool exact_parent;    /* keys: the parent itself is handed back */
    uint64_t parent;
} ref_open;
ref_answer ref_construct(ref_wrapper *ret, const ref_open *open);
ref_answer ref_shim_open(const ref_open *open);
ref_answer ref_shim_close(uint64_t raw, ref_kind as);
ref_answer ref_shim_duplicate(uint64_t raw, bool close_source);

ref_answer ref_shim_load(int module);

/* ---- what calls leave in places that they are given (reference_call.c) ---- */

void ref_written(ref_wrapper *w, uint64_t raw, ref_kind as); /* by an API, to the address that haft_T_out gave */
ref_answer ref_duplicate(ref_wrapper *ret, const ref_wrapper *w, ref_kind as, bool close_source);
ref_answer ref_pair(ref_wrapper *first, ref_wrapper *second, ref_kind kind);
void ref_fence_begin(int fence);
/* What is left, in the order of values; then the end itself: `proved` says of which it is proved, NULL: of none. */
int ref_fence_left(int fence, uint64_t *ret, bool *ret_doubt);
ref_answer ref_fence_end(int fence, bool (*proved)(uint64_t raw), size_t *ret_left);

ref_answer ref_adopt_dir(ref_wrapper *ret, uint64_t raw, haft_owner owner);
ref_answer ref_open_dir(ref_wrapper *ret);
int ref_dir_fd(uint64_t raw); /* -1: it is not open */

/* Behind Haft's back. */
int64_t ref_system_close(uint64_t raw, ref_kind as); /* 0, or the error */
uint64_t ref_system_open(const ref_open *open, uint32_t *ret_error);

/* For all of these files. */
/* Whether the bound lets it through, on top of `more` that are being opened; *ret_name: what it counts on. */
bool ref_may_open(const ref_open *open, bool shim, uint32_t more, int *ret_name);
void ref_find(haft_finding_kind kind, ref_kind of, uint64_t raw);
int ref_begin(ref_kind kind, uint64_t raw, haft_owner owner, int name);
void ref_end_life(int life);
int ref_holders(int life);
void ref_hold(ref_wrapper *w, int life);
int ref_load(uint64_t raw);
int ref_begin_fresh(ref_kind kind, uint64_t raw, haft_owner owner, int name); /* the system has just handed the value out */
ref_value *ref_module(uint64_t raw);
ref_value *ref_dir(uint64_t raw);
bool ref_is_duplicable(uint64_t raw);
uint32_t ref_count(int name);
ref_answer ref_plain(int64_t result);
int64_t ref_ported_close(uint64_t raw, ref_kind as, ref_answer *answer); /* as the port sees it */

#endif
