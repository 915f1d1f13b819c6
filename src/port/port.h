/* port.h: the operating system as Haft sees it: the contract of every port.
 *
 * A port is a table of functions. Code above calls the system through haft__nt() or haft__posix() only, so a test can put a
 * table of its own in place (haft__nt_use, haft__posix_use): one that makes call N fail, say. Two kinds of table:
 *   haft__nt_port      Win32 and NT; filled by src/port/win32 on Windows, by src/port/model anywhere
 *   haft__posix_port   POSIX; filled by src/port/posix
 *
 * What every NT port keeps:
 *   - The Win32 functions have the system's own signatures, results, last errors and out-parameters. One that the system
 *   lacks fails
 *     with ERROR_CALL_NOT_IMPLEMENTED, in its own way of failing, and touches nothing.
 *   - The queries below them are Haft's own questions. They leave GetLastError() and errno as they were.
 *   - Any thread may call any function at any time.
 */
#ifndef HAFT_SRC_PORT_H
#define HAFT_SRC_PORT_H

#include "base/atomic.h"
#include "port/nt_api.h"
#include "port/nt_types.h"

/* Which NT this is. version 0x0351, 0x0400, 0x0500, ...; a later fix that no service pack carried is post_sp6. */
typedef struct haft__nt_version {
    uint32_t version;
    uint32_t service_pack;
    bool post_sp6_fixes;
} haft__nt_version;

typedef enum haft__object_type {
    HAFT__OBJECT_OTHER = 0,
    HAFT__OBJECT_THREAD,
    HAFT__OBJECT_TOKEN,
    HAFT__OBJECT_KEY,
    HAFT__OBJECT_ANY /* no object's: asks for whatever type there is */
} haft__object_type;

/* One handle in this process's table. */
typedef struct haft__handle_info {
    uint64_t handle;
    haft__object_type type;
} haft__handle_info;

typedef struct haft__thread_info {
    uint64_t process;   /* the process it belongs to: the id, as in OpenProcess */
    uint64_t start;     /* its Win32 start address; 0: the system does not say */
    uint64_t created;   /* 100 ns units; compare only with now() */
    bool ended;
    uint32_t exit_code; /* meaningful once ended */
} haft__thread_info;

typedef struct haft__nt_port {
    const char *name; /* "win32", "model" */
#define HAFT__NT_MEMBER(result, api, from, n, types, failure) result(WINAPI *api) types;
    HAFT__NT_API(HAFT__NT_MEMBER)
#undef HAFT__NT_MEMBER

    uint32_t (*last_error)(void);
    void (*set_last_error)(uint32_t code);

    haft__nt_version (*version)(void);

    /* The key's full name, \REGISTRY\MACHINE\..., in the system's own spelling, into text (cap characters, terminated).
     * Gives back its length without the terminator; 0 when it cannot be told (a predefined or remote key, no room). */
    size_t (*key_name)(HKEY key, wchar_t *text, size_t cap);

    /* Whether a drive letter is mapped to a remote file system. */
    bool (*drive_is_remote)(char letter);

    /* Every handle in this process's table, in no order, into list. Gives back how many there are; when that is more than cap, list
     * holds cap of them: grow and ask again. SIZE_MAX: the system cannot be asked. */
    size_t (*handles)(haft__handle_info *list, size_t cap);

    /* False: not a thread, or not to be told. */
    bool (*thread_info)(HANDLE thread, haft__thread_info *ret);

    /* The id of the process behind a process handle, pseudo handles included; 0 when it cannot be told. */
    uint64_t (*process_id)(HANDLE process);

    /* Whether the token is this process's own primary token. */
    bool (*token_is_own)(HANDLE token);

    /* The Win32 error that the system gives for an NTSTATUS. */
    uint32_t (*error_of_status)(uint32_t status);

    /* The time, in thread_info's units. */
    uint64_t (*now)(void);

    /* Whether the handle is open in this process. */
    bool (*is_open)(HANDLE handle);

    /* The system's own name for the type of object behind an open handle, "Event", terminated. Gives back its length; 0 when it
     * cannot be told. */
    size_t (*type_name)(HANDLE handle, char *text, size_t cap);

    /* Sets or clears HANDLE_FLAG_PROTECT_FROM_CLOSE: 0, or the Win32 error; ERROR_CALL_NOT_IMPLEMENTED where there is no
     * such flag. */
    uint32_t (*protect)(HANDLE handle, bool on);

    /* Whether the handle is open and has that flag. Leaves the last error alone. */
    bool (*is_protected)(HANDLE handle);
} haft__nt_port;

/* The port in use: win32 on Windows, the model elsewhere, until told otherwise. Never NULL. */
const haft__nt_port *haft__nt(void);

/* Puts another table in place; NULL: the first one again. Before handles are opened: the ledger keeps what it has. */
void haft__nt_use(const haft__nt_port *port);

extern const haft__nt_port haft__port_model;
#if defined(HAFT_WINDOWS)
#include "base/atomic.h"
extern const haft__nt_port haft__port_win32;

/* A function of a DLL that is not linked: kept in *slot once it is found; NULL while it is missing: that is not kept, so a module
 * that comes later is found. The module stays loaded from then on. Keeps the last error. haft__late_hook, when set, is asked first
 * and refuses by answering false: tests make functions missing with it. */
extern bool (*haft__late_hook)(const char *name);
void *haft__late_find(haft__aptr *slot, const char *module, const char *name);
#else
#include <dirent.h>
#include <stdio.h>
#include <sys/types.h>

typedef struct haft__posix_port {
    int (*openat)(int dir, const char *path, int flags, mode_t mode);
    int (*dup)(int fd);
    int (*pipe)(int fds[2]);
    int (*socket)(int family, int type, int protocol);
    int (*accept)(int listener);
    int (*close)(int fd);
    FILE *(*fopen)(const char *path, const char *mode);
    FILE *(*fdopen)(int fd, const char *mode);
    int (*fclose)(FILE *stream);
    DIR *(*opendir)(const char *path);
    int (*closedir)(DIR *dir);
    int (*dirfd)(DIR *dir);
    char *(*getcwd)(char *text, size_t size);
} haft__posix_port;

extern haft__aptr haft__posix_in_use;
static inline const haft__posix_port *haft__posix(void) { return haft__loadptr(&haft__posix_in_use); }
void haft__posix_use(const haft__posix_port *port);
extern const haft__posix_port haft__port_posix;
#endif

#endif
