/* haft/class.h: what a kind of handle is, and the functions that every kind has.
 *
 *     typedef struct db db;                      int db_shut(db *);        0 on success
 *     HAFT_DEFINE(my_db, db *, NULL, db_shut(raw) == 0)
 *
 *     HAFT_AUTO(my_db, d);
 *     *my_db_out(&d) = db_connect(...);
 *     if (!my_db_valid(&d)) return -1;
 *     ... my_db_raw(&d) ...                      shut once, whichever way out
 */
#ifndef HAFT_CLASS_H
#define HAFT_CLASS_H

#include <haft/config.h>
#include <haft/owner.h>
#include <haft/scope.h>
#include <haft/status.h>

HAFT_BEGIN_C

/* ORDER CLASS: the table in src/core/class.c. Eight bits of every tag. */
typedef enum haft_class_id {
    HAFT_CLASS_NONE = 0,
    HAFT_CLASS_HANDLE, /* a kernel handle of no particular kind */
    HAFT_CLASS_FILE,
    HAFT_CLASS_KEY,
    HAFT_CLASS_EVENT,
    HAFT_CLASS_MUTEX,
    HAFT_CLASS_SEMAPHORE,
    HAFT_CLASS_TIMER,
    HAFT_CLASS_THREAD,
    HAFT_CLASS_PROCESS,
    HAFT_CLASS_TOKEN,
    HAFT_CLASS_MAPPING,
    HAFT_CLASS_VIEW,
    HAFT_CLASS_FIND,
    HAFT_CLASS_CHANGE,
    HAFT_CLASS_MODULE,
    HAFT_CLASS_PIPE,
    HAFT_CLASS_MAILSLOT,
    HAFT_CLASS_SOCKET,
    HAFT_CLASS_SERVICE,
    HAFT_CLASS_EVENTLOG,
    HAFT_CLASS_RAS,
    HAFT_CLASS_LOCAL,
    HAFT_CLASS_HEAP,
    HAFT_CLASS_FD,
    HAFT_CLASS_STREAM,
    HAFT_CLASS_DIR,
    HAFT_CLASS_JOB,
    HAFT_CLASS_IOCP,     /* an I/O completion port */
    HAFT_CLASS_SNAPSHOT, /* of processes, threads, modules: CreateToolhelp32Snapshot */
    HAFT_CLASS_CONSOLE,  /* a console's screen buffer */
    HAFT_CLASS_WSAEVENT,
    HAFT_CLASS_USER = 64 /* the first of those that HAFT_DEFINE makes */
} haft_class_id;
#define HAFT_CLASSES 256

/* The class's name as HAFT=limit.NAME= takes it, "key"; "?" for an id that no class has. Never NULL. Any thread. */
const char *haft_class_name(haft_class_id id);

/* A namespace of raw values: equal values of one space are one handle. */
typedef enum haft_space {
    HAFT_SPACE_KERNEL = 0, /* NT's kernel handles, keys and sockets included; the low two bits do not count */
    HAFT_SPACE_FD,         /* POSIX descriptors */
    HAFT_SPACE_POINTER,    /* addresses in this process */
    HAFT_SPACE_OWN         /* values that mean something to their class alone */
} haft_space;

/* What HAFT_DEFINE fills in. For Haft's own use. */
typedef struct haft_class {
    const char *name;
    uint32_t id; /* HAFT_CLASS_NONE: not registered yet */
    haft_space space;
    uint64_t none[2];             /* the values that mean "no handle" */
    bool (*close)(uint64_t raw);  /* whether the system closed it */
    bool (*pseudo)(uint64_t raw); /* whether the value is predefined; NULL: none is */
} haft_class;

/* What every wrapper holds; for Haft's own use. All zero is empty. */
typedef struct haft_hold {
    uint64_t raw;
    uint64_t tag;
} haft_hold;

/* The initialiser of every wrapper: empty. */
#define HAFT_INIT { { 0, 0 } }

/* For every class T with raw type R. Wrappers may be copied and passed by value; all copies are one opening, and the first close
 * ends them all. One wrapper object must not be written by two threads at once; two copies on two threads are fine. NULL for a
 * wrapper is HAFT_E_INVALID (the sentinel, NONE, false, 0). A refusal is also a finding. errno and GetLastError() are what the
 * system's own call left; a function that makes none leaves them alone.
 *
 * haft_T_adopt     Ties a raw value to the wrapper, and on HAFT_OK the wrapper takes over what `owner` says. A handle that *ret
 *                  still holds is closed first. HAFT_E_INVALID: the value is a sentinel, or the owner NONE, SHARED or unknown.
 *                  HAFT_E_TRACKED: the value has an owner. HAFT_E_WRONG_CLASS: it is tracked as another class. HAFT_E_NOMEM.
 *                  HAFT_E_LIMIT: the value was reopened more often than 64 bits of tag can tell. On failure the raw value
 *                  remains the caller's, and *ret is empty or as it was.
 * haft_T_close     Closes as the owner mode says, and empties the wrapper; an empty one is HAFT_OK. HAFT_E_STALE: this opening
 *                  ended before. HAFT_E_NOT_OWNER: KERNEL; the wrapper stays. HAFT_E_OS: the system refused the close.
 * haft_T_end       What the end of a scope does: as close, but KERNEL is forgotten, and no answer.
 * haft_T_raw       The raw value; the class's sentinel when empty or (with a finding) stale.
 * haft_T_owner     The owner mode; NONE when empty or stale.
 * haft_T_valid     Whether the wrapper holds a live opening. No finding.
 * haft_T_release   Hands the raw value out, untracked: closing it is the caller's from now on. The wrapper is empty afterwards.
 *                  The sentinel when empty, stale, or SHARED with other holders (then the wrapper stays).
 * haft_T_move      The wrapper's content; the source is empty afterwards.
 * haft_T_borrow    A BORROWED wrapper of the same opening. It is stale once the owner has closed, or when the opening has come
 *                  back from its last SHARED holder for the sixteenth time: see haft_T_transfer.
 * haft_T_share     Makes *ret one more holder of the opening; the wrapper and *ret are SHARED afterwards, and other copies of a
 *                  former USER wrapper are stale. A handle that *ret still holds is closed first. HAFT_E_INVALID, HAFT_E_STALE,
 *                  HAFT_E_NOT_OWNER, HAFT_E_NOMEM: nothing changed.
 * haft_T_transfer  Changes the owner mode: USER or the last SHARED holder to KERNEL (the component closes it from now on), KERNEL
 *                  to USER (a module: SHARED, as each of its openings is). Copies of what it was before it was SHARED stay
 *                  stale; those of a USER wrapper that was never shared fit again when it is taken back. HAFT_E_INVALID: no
 *                  such change. HAFT_E_STALE. HAFT_E_NOT_OWNER: BORROWED, PSEUDO, other holders. HAFT_E_LIMIT: the tag has no
 *                  room for one more return from sharing. HAFT_E_NOMEM: nothing changed.
 * haft_T_out       The address for an API to write a raw value to: if (OpenProcessToken(p, access, haft_token_out(&t))) ...
 *                  A handle that *h still holds is closed first. The next function that is given the wrapper takes in what
 *                  was written: it is USER; empty where the slot was not touched or holds a sentinel; BORROWED, with a finding,
 *                  where another wrapper owns that value; where there is no memory to track it the wrapper alone knows it:
 *                  an UNTRACKED finding, and its copies are not told apart. Until then it is in no report. NULL for NULL.
 * haft_T_opens     Live opens of the identity behind it: the reopen count; 1 where the class is not counted, 0 when not live. */
#define HAFT_DECLARE(T, R)                                                                             \
    typedef struct T { haft_hold hold; } T;                                                            \
    haft_status T##_adopt(T *ret, R raw, haft_owner owner);                                            \
    haft_status T##_close(T *h);                                                                       \
    void T##_end(T *h);                                                                                \
    R T##_raw(const T *h);                                                                             \
    HAFT__DECLARE_MORE(T, R)
#define HAFT__DECLARE_MORE(T, R)                                                                       \
    haft_owner T##_owner(const T *h);                                                                  \
    bool T##_valid(const T *h);                                                                        \
    HAFT_NODISCARD R T##_release(T *h);                                                                \
    R *T##_out(T *h);                                                                                  \
    T T##_move(T *h);                                                                                  \
    T T##_borrow(const T *h);                                                                          \
    haft_status T##_share(T *ret, T *h);                                                               \
    haft_status T##_transfer(T *h, haft_owner to);                                                     \
    uint32_t T##_opens(const T *h)

/* HAFT_DEFINE(T, R, NONE, CLOSED): a class of your own, in one line, in a header or a source file.
 *   T       the wrapper's name and its functions' prefix: my_db, my_db_adopt, my_db_close, ...
 *   R       the raw type: a pointer or an integer no wider than one
 *   NONE    the value that means "no handle"
 *   CLOSED  an expression that closes `raw` and is true if that succeeded
 * Its values are a namespace of their own; classes of equal name are one class. At most 192 names: any more are counted and
 * reported as the last. */
#define HAFT_DEFINE(T, R, NONE, CLOSED) HAFT__DEFINE(T, #T, R, uintptr_t, NONE, NONE, HAFT_SPACE_OWN, CLOSED)

/* haft/win32/...: the class `name` of one of the system's own handles, with wrapper haft_NAME; NONE and ALSO are its sentinels.
 * HAFT__WRAPPER64: of numbers of 64 bits, also where a pointer has 32. */
#define HAFT__WRAPPER(name, R, NONE, ALSO, SPACE, CLOSED)                                              \
    HAFT__DEFINE(haft_##name, #name, R, uintptr_t, NONE, ALSO, HAFT_SPACE_##SPACE, CLOSED)
#define HAFT__WRAPPER64(name, R, NONE, ALSO, SPACE, CLOSED)                                            \
    HAFT__DEFINE(haft_##name, #name, R, uint64_t, NONE, ALSO, HAFT_SPACE_##SPACE, CLOSED)

/* W is the number that R goes through on its way to 64 bits. The class stands in a function: gcc -O0 keeps a static variable that
 * nobody uses, and with it the closer, which would have to be linked. */
#define HAFT__DEFINE(T, NAME, R, W, NONE, ALSO, SPACE, CLOSED)                                         \
    HAFT__INLINE bool T##__close(uint64_t value) {                                                     \
        R raw = (R)(W)value;                                                                           \
        return (CLOSED) ? true : false;                                                                \
    }                                                                                                  \
    HAFT__INLINE haft_class *T##__class(void) {                                                        \
        static haft_class c = { NAME, HAFT_CLASS_NONE, SPACE,                                          \
                                { (uint64_t)(W)(R)(NONE), (uint64_t)(W)(R)(ALSO) }, T##__close, NULL };\
        return &c;                                                                                     \
    }                                                                                                  \
    typedef struct T { haft_hold hold; } T;                                                            \
    HAFT__FUNCTIONS_BY(HAFT__INLINE, T, R, W, T##__class(), NULL)

/* The bodies, shared by HAFT_DEFINE and src/types. AT is where the caller stands; NULL lets the function called find out. */
#define HAFT__FUNCTIONS(LINKAGE, T, R, CLASS, AT) HAFT__FUNCTIONS_BY(LINKAGE, T, R, uintptr_t, CLASS, AT)
#define HAFT__FUNCTIONS_BY(LINKAGE, T, R, W, CLASS, AT)                                                        \
    HAFT__OWNING(LINKAGE, T, R, W, CLASS, AT)                                                                  \
    HAFT__ENDING(LINKAGE, T, R, CLASS, AT)                                                                     \
    HAFT__LOOKING(LINKAGE, T, R, W, CLASS, AT)                                                                  \
    HAFT__PASSING(LINKAGE, T, R, CLASS, AT)
#define HAFT__OWNING(LINKAGE, T, R, W, CLASS, AT)                                                              \
    LINKAGE haft_status T##_adopt(T *ret, R raw, haft_owner owner) {                                           \
        return haft__adopt((haft_hold *)ret, (uint64_t)(W)raw, owner, CLASS, AT);                              \
    }                                                                                                          \
    LINKAGE R T##_release(T *h) { return (R)(W)haft__release((haft_hold *)h, CLASS, AT); }                     \
    LINKAGE R *T##_out(T *h) {                                                                                 \
        return (R *)haft__out((haft_hold *)h, CLASS, AT, sizeof(R), (uint64_t)(W)(R)UINTPTR_MAX);              \
    }
#define HAFT__ENDING(LINKAGE, T, R, CLASS, AT)                                                                 \
    LINKAGE haft_status T##_close(T *h) { return haft__close((haft_hold *)h, CLASS, AT); }                     \
    LINKAGE void T##_end(T *h) { haft__end((haft_hold *)h, CLASS, AT); }
#define HAFT__LOOKING(LINKAGE, T, R, W, CLASS, AT)                                                             \
    LINKAGE R T##_raw(const T *h) { return (R)(W)haft__raw((const haft_hold *)h, CLASS, AT); }                 \
    LINKAGE haft_owner T##_owner(const T *h) { return haft__owner((const haft_hold *)h, CLASS); }              \
    LINKAGE bool T##_valid(const T *h) { return haft__valid((const haft_hold *)h, CLASS); }                    \
    LINKAGE uint32_t T##_opens(const T *h) { return haft__opens((const haft_hold *)h, CLASS); }
#define HAFT__PASSING(LINKAGE, T, R, CLASS, AT)                                                                \
    LINKAGE T T##_move(T *h) { T to; to.hold = haft__move((haft_hold *)h); return to; }                        \
    LINKAGE T T##_borrow(const T *h) { T to; to.hold = haft__borrow((const haft_hold *)h, CLASS, AT); return to; }\
    LINKAGE haft_status T##_share(T *ret, T *h) {                                                              \
        return haft__share((haft_hold *)ret, (haft_hold *)h, CLASS, AT);                                       \
    }                                                                                                          \
    LINKAGE haft_status T##_transfer(T *h, haft_owner to) {                                                    \
        return haft__transfer((haft_hold *)h, to, CLASS, AT);                                                  \
    }

/* What those bodies call; src/core/hold.c. A wrapper is its hold, so NULL arrives here as NULL. */
haft_status haft__adopt(haft_hold *ret, uint64_t raw, haft_owner owner, haft_class *c, const void *at);
haft_status haft__close(haft_hold *h, haft_class *c, const void *at);
void haft__end(haft_hold *h, haft_class *c, const void *at);
uint64_t haft__raw(const haft_hold *h, haft_class *c, const void *at);
haft_owner haft__owner(const haft_hold *h, haft_class *c);
bool haft__valid(const haft_hold *h, haft_class *c);
uint64_t haft__release(haft_hold *h, haft_class *c, const void *at);
void *haft__out(haft_hold *h, haft_class *c, const void *at, size_t size, uint64_t ones); /* src/core/out.c */
haft_hold haft__move(haft_hold *h);
haft_hold haft__borrow(const haft_hold *h, haft_class *c, const void *at);
haft_status haft__share(haft_hold *ret, haft_hold *h, haft_class *c, const void *at);
haft_status haft__transfer(haft_hold *h, haft_owner to, haft_class *c, const void *at);
uint32_t haft__opens(const haft_hold *h, haft_class *c);

HAFT_END_C

#endif
