/* model.h: the NT model inside: one system, behind one mutex.
 *
 * Glossary
 *   system   the one state, haft__m; everything in it is read and written between enter and leave only
 *   object   what a handle stands for; counted by the handles to it and by the host's threads that use it; gone at 0
 *   named    something in a directory of names
 *   key      a registry key's storage, with the open count of Q179827; a key body is one opening of it, and the object behind HKEYs
 *   block    what a pointer-valued handle points to: memory, a view, a module, a find, a connection
 *
 * Every Win32 function of the model has this shape:
 *     uint32_t error = haft__m_enter();
 *     if (!error) error = ...;                 a Win32 code, 0 when it worked
 *     haft__m_leave(error);                    sets the last error: of a failure its code, of a success only what `note` asks for
 */
#ifndef HAFT_SRC_MODEL_H
#define HAFT_SRC_MODEL_H

#include "base/compiler.h"
#include "port/port.h"

#define HAFT_MODEL_NO_NAMES
#include <haft/model.h>

/* The functions that nt_api.h lists and haft/model.h does not offer: their names belong to the host. */
#define HAFT__M_DECLARE(result, api, from, n, types, failure) result WINAPI haft_model_##api types;
HAFT__NT_API(HAFT__M_DECLARE)
#undef HAFT__M_DECLARE

/* ---- names (names.c) ---- */

#define HAFT__M_NAME_MAX 1023 /* characters of any name */

/* A name that came in as ANSI: each byte is the character of its number. One that is too long stays too long. */
typedef struct haft__m_wide {
    wchar_t text[HAFT__M_NAME_MAX + 2];
} haft__m_wide;
const wchar_t *haft__m_widen(haft__m_wide *w, const char *name); /* NULL stays NULL */

wchar_t haft__m_fold(wchar_t c);
bool haft__m_same(const wchar_t *a, const wchar_t *b); /* whatever the case */
size_t haft__m_narrow(char *to, size_t size, const wchar_t *from); /* '?' for what does not fit in a byte */

typedef struct haft__m_named {
    struct haft__m_named *next; /* in its slot */
    wchar_t *name;              /* NULL: in no directory */
    uint32_t hash;
} haft__m_named;

typedef struct haft__m_names {
    haft__m_named **slots;
    size_t slot_count, count;
    bool exact; /* case matters, as it does in the object manager's own directories */
} haft__m_names;

haft__m_named *haft__m_names_find(const haft__m_names *names, const wchar_t *name);
bool haft__m_names_add(haft__m_names *names, haft__m_named *it, const wchar_t *name); /* false: no memory */
void haft__m_names_remove(haft__m_names *names, haft__m_named *it);
haft__m_named *haft__m_names_any(const haft__m_names *names); /* NULL when empty */
void haft__m_names_free(haft__m_names *names);               /* what is in it stays, and is in no directory */

/* ---- objects (object.c) ---- */

typedef enum haft__m_type {
    HAFT__M_ANY = 0, /* no object's: asks for whatever type there is */
    HAFT__M_KEY,
    HAFT__M_FILE,
    HAFT__M_PIPE,
    HAFT__M_MAILSLOT,
    HAFT__M_CHANGE,
    HAFT__M_EVENT,
    HAFT__M_MUTEX,
    HAFT__M_SEMAPHORE,
    HAFT__M_TIMER,
    HAFT__M_THREAD,
    HAFT__M_PROCESS,
    HAFT__M_TOKEN,
    HAFT__M_SECTION,
    HAFT__M_TYPES
} haft__m_type;

typedef struct haft__m_object {
    uint32_t type;
    uint32_t refs;
} haft__m_object;

/* Objects of the types EVENT to TIMER, and SECTION, begin like this. */
typedef struct haft__m_named_object {
    haft__m_object object;
    haft__m_named named;
} haft__m_named_object;

/* One reference, the caller's. NULL: no memory. */
void *haft__m_object_new(haft__m_type type, size_t size);
void haft__m_object_keep(haft__m_object *o);
void haft__m_object_drop(haft__m_object *o);

/* A handle to a new object, whose creator's reference goes either way; ERROR_NOT_ENOUGH_MEMORY for NULL. */
uint32_t haft__m_handle_to_new(haft__m_object *o, uint32_t access, const SECURITY_ATTRIBUTES *security, HANDLE *ret);

/* Creates or opens by name: *ret_new is false when it was there already (and then note is ERROR_ALREADY_EXISTS). */
uint32_t haft__m_create_named(haft__m_type type, size_t size, const wchar_t *name, const SECURITY_ATTRIBUTES *security, HANDLE *ret,
                              haft__m_named_object **ret_object, bool *ret_new);
uint32_t haft__m_open_named(haft__m_type type, uint32_t access, bool inherit, const wchar_t *name, HANDLE *ret);

/* ---- the handle table (table.c) ---- */

typedef struct haft__m_slot {
    haft__m_object *object; /* NULL: free */
    uint32_t access;
    uint32_t flags; /* HANDLE_FLAG_... */
} haft__m_slot;

typedef struct haft__m_table {
    haft__m_slot *slots;
    uint32_t *free_heap; /* the free slots below `used`, lowest first */
    size_t room, used, free_count;
} haft__m_table;

uint32_t haft__m_handle_new(haft__m_object *o, uint32_t access, uint32_t flags, HANDLE *ret); /* takes a reference of its own */
haft__m_slot *haft__m_handle_slot(HANDLE handle); /* NULL: not open; the low two bits are ignored */
haft__m_object *haft__m_handle_object(HANDLE handle, haft__m_type type); /* NULL: not open, or another type */
uint32_t haft__m_handle_close(HANDLE handle); /* ERROR_INVALID_HANDLE: not open, or protected */
bool haft__m_handle_is_pseudo(HANDLE handle); /* -1 to -6 */
size_t haft__m_handle_count(void);
void haft__m_handles_clear(void);

/* ---- blocks (blocks.c) ---- */

typedef enum haft__m_kind {
    HAFT__M_LOCAL = 1,
    HAFT__M_HEAP,
    HAFT__M_HEAP_MEMORY,
    HAFT__M_VIEW,
    HAFT__M_MODULE,
    HAFT__M_FIND,
    HAFT__M_CONNECTION
} haft__m_kind;

typedef struct haft__m_block {
    struct haft__m_block *next;
    void *owner; /* a view's section, heap memory's heap */
    size_t bytes;
    uint32_t kind;
    uint32_t count; /* a module's holders */
    uint64_t offset; /* a view's, in its section */
    void *spare;     /* so that what follows is aligned for anything */
} haft__m_block;

void *haft__m_block_new(haft__m_kind kind, size_t bytes); /* zeroed; NULL: no memory */
haft__m_block *haft__m_block_of(const void *memory, haft__m_kind kind);
void *haft__m_block_find(haft__m_kind kind, bool (*is)(const void *memory, const void *what), const void *what);
void haft__m_block_free(haft__m_block *b);
void haft__m_blocks_of_owner_free(const void *owner);
void haft__m_blocks_clear(void);

/* ---- the system (system.c) ---- */

typedef struct haft__m_system {
    bool up;
    uint32_t boots;
    haft_model_version version;
    bool crashed;
    char reason[512];
    uint32_t note; /* what a successful call leaves as its last error; HAFT__M_KEEP: what it found */

    haft__m_table table;
    haft__m_names objects; /* events, mutexes, semaphores, timers, sections: one directory, as on NT */
    haft__m_names keys;
    haft__m_names files;
    haft__m_object *own_process, *other_process, *own_token, *other_token;

    uint32_t remote_drives; /* a bit for each letter */
    size_t paged_pool;
    uint32_t late_failures, dial_failures;
    uint32_t next_thread_id;
} haft__m_system;
extern haft__m_system haft__m;

#define HAFT__M_KEEP 0xFFFFFFFFu
#define HAFT__M_OWN_PROCESS 0x98u
#define HAFT__M_OTHER_PROCESS 0x5Cu

uint32_t haft__m_enter(void); /* 0; ERROR_NOT_READY after a crash */
void haft__m_leave(uint32_t error);
uint32_t haft__m_leave_code(uint32_t error); /* for functions that give their error back, and leave the last error alone */
void haft__m_pause(unsigned turns); /* in the middle of a call: lets the others in for a while */
bool haft__m_has(const char *article);
void haft__m_crash(const char *article, const char *format, ...) HAFT__PRINTF(2, 3);
const SECURITY_ATTRIBUTES *haft__m_inherit(bool inherit, SECURITY_ATTRIBUTES *ret);

/* clock.c */
uint64_t haft__m_now(void); /* 100 ns units; never goes back */
void haft__m_sleep(uint32_t milliseconds);
uint32_t haft__m_last_error(void);
void haft__m_set_last_error(uint32_t code);

/* ---- the kinds of object, for boot and for object.c ---- */

bool haft__m_registry_boot(void);
void haft__m_registry_clear(void);
void haft__m_key_body_closed(haft__m_object *o);
const wchar_t *haft__m_key_name(haft__m_object *o); /* NULL for another machine's */
bool haft__m_files_boot(void);
void haft__m_files_clear(void);
void haft__m_file_closed(haft__m_object *o);
void haft__m_pipe_closed(haft__m_object *o);
struct haft__m_file_data *haft__m_file_of(HANDLE handle);
bool haft__m_file_exists(const wchar_t *name);
bool haft__m_tasks_boot(void);
void haft__m_tasks_clear(void);
void haft__m_section_closed(haft__m_object *o);
void haft__m_view_closed(haft__m_block *b);
void haft__m_mutex_closed(haft__m_object *o);
void haft__m_mutexes_abandon(uint32_t thread_number);
uint32_t haft__m_thread_number(void); /* of the host thread that calls; never 0 */
bool haft__m_thread_ended(const haft__m_object *o);
bool haft__m_thread_info(HANDLE handle, haft__thread_info *ret);
uint32_t haft__m_process_id(HANDLE handle); /* 0: not a process */

/* The object that a process or thread handle, pseudo or not, stands for; a new reference. NULL: none. */
haft__m_object *haft__m_task_of(HANDLE handle, haft__m_type type);

/* A file's contents: counted by the files directory and by the file objects. */
typedef struct haft__m_file_data {
    haft__m_named named;
    uint32_t refs;
    uint8_t *bytes;
    size_t size, room;
} haft__m_file_data;
bool haft__m_file_resize(haft__m_file_data *data, size_t size);
void haft__m_file_data_drop(haft__m_file_data *data);

#endif
