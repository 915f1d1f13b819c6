/* system.c: the system that the operations target runs Haft on. */
#include "system.h"

#include "core/class.h"
#include "core/finding.h"
#include "core/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

fuzz_system the_system;
const uint64_t module_values[2] = { 0x7f5500010000u, 0x7f5500020000u }, dir_values[2] = { 0x7f5600010000u, 0x7f5600020000u };

/* ---- closers, counted ---- */

static BOOL WINAPI close_handle(HANDLE handle) {
    the_system.closes[K_HANDLE]++;
    return haft_model_CloseHandle(handle);
}

static LONG WINAPI close_key(HKEY key) {
    the_system.closes[K_KEY]++;
    return haft_model_RegCloseKey(key);
}

static unsigned *module_of(uint64_t raw) { return &the_system.modules[raw == module_values[1]]; }

static bool free_module(uint64_t raw) { return *module_of(raw) ? (--*module_of(raw), true) : false; }

static BOOL WINAPI free_library(HMODULE module) {
    the_system.closes[K_MODULE]++;
    if (free_module((uint64_t)(uintptr_t)module)) return 1;
    haft__nt()->set_last_error(ERROR_MOD_NOT_FOUND);
    return 0;
}

static HMODULE WINAPI load_library(LPCSTR name) {
    the_system.modules[*name & 1]++;
    return (HMODULE)(uintptr_t)module_values[*name & 1];
}

bool box_shut(unsigned box) {
    bool was = box < REF_VALUES && the_system.boxes[box];
    the_system.closes[K_BOX]++;
    if (was) the_system.boxes[box] = false;
    return was;
}

bool own_shut(HANDLE handle) {
    the_system.closes[K_OWN]++;
    return haft_shim_CloseHandle(handle) != 0;
}

/* ---- descriptors ---- */

static int lowest(const bool *table) {
    int i = 3;
    while (table[i]) i++;
    return i;
}

static int new_fd(void) {
    int fd = lowest(the_system.fds);
    the_system.fds[fd] = true;
    return fd;
}

static int open_at(int dir, const char *path, int flags, mode_t mode) {
    return (void)dir, (void)path, (void)flags, (void)mode, new_fd();
}
static int open_pipe(int fds[2]) { return fds[0] = new_fd(), fds[1] = new_fd(), 0; }
static int dup_fd(int fd) { return (void)fd, new_fd(); }

static int close_fd(int fd) {
    the_system.closes[K_FD]++;
    if (fd >= 0 && fd < REF_VALUES && the_system.fds[fd]) return the_system.fds[fd] = false, 0;
    errno = EBADF;
    return -1;
}

static int *dir_of(uint64_t raw) { return &the_system.dirs[raw == dir_values[1]]; }

static DIR *open_dir(const char *path) {
    int i = 0;
    (void)path;
    while (i < 2 && the_system.dirs[i]) i++;
    if (i == 2) return errno = EMFILE, NULL;
    the_system.dirs[i] = new_fd();
    return (DIR *)(uintptr_t)dir_values[i];
}

static bool shut_dir(int *dir) {
    if (!*dir) return false;
    the_system.fds[*dir] = false;
    *dir = 0;
    return true;
}

static int close_dir(DIR *dir) {
    the_system.closes[K_DIR]++;
    return shut_dir(dir_of((uint64_t)(uintptr_t)dir)) ? 0 : (errno = EBADF, -1);
}

static int dir_fd(DIR *dir) {
    int fd = *dir_of((uint64_t)(uintptr_t)dir);
    return fd ? fd : (errno = EINVAL, -1);
}

static char *get_cwd(char *text, size_t size) {
    if (size < 3) return NULL;
    memcpy(text, "/w", 3);
    return text;
}

/* ---- the whole ---- */

void system_boot(haft_model_version version) {
    static haft__nt_port nt;
    static haft__posix_port posix;
    memset(&the_system, 0, sizeof the_system);
    haft_model_boot(version);
    nt = haft__port_model;
    nt.CloseHandle = close_handle;
    nt.RegCloseKey = close_key;
    nt.FreeLibrary = free_library;
    nt.LoadLibraryA = load_library;
    haft__nt_use(&nt);
    posix = haft__port_posix;
    posix.openat = open_at;
    posix.dup = dup_fd;
    posix.pipe = open_pipe;
    posix.close = close_fd;
    posix.getcwd = get_cwd;
    posix.opendir = open_dir;
    posix.closedir = close_dir;
    posix.dirfd = dir_fd;
    haft__posix_use(&posix);
    haft__settings_ready();
    (void)haft__class_id_of(fuzz_box__class());
    (void)haft__class_id_of(fuzz_own__class()); /* in this order, so that the reference knows their ids */
    for (int id = 0; id < HAFT_CLASSES; id++) haft__store32(&haft__limits[id], id == HAFT_CLASS_KEY ? HAFT_LIMIT_KEY_DEFAULT : 0);
    for (int q = 0; q < HAFT__QUIRKS; q++) haft_quirk_set((haft_quirk)q, HAFT_QUIRK_AUTO);
    haft__level_set_all(HAFT_LEVEL_SILENT);
    haft_strict_set(false);
}

void system_close(uint64_t raw, ref_kind as) {
    switch (as) {
    case K_KEY: (void)haft_model_RegCloseKey((HKEY)(uintptr_t)raw); break;
    case K_FD: the_system.fds[raw % REF_VALUES] = false; break;
    case K_BOX: the_system.boxes[raw % REF_VALUES] = false; break;
    case K_DIR: (void)shut_dir(dir_of(raw)); break;
    case K_MODULE: (void)free_module(raw); break;
    default: (void)haft_model_CloseHandle((HANDLE)(uintptr_t)raw); break;
    }
}

uint64_t system_open(ref_kind kind) {
    int box = lowest(the_system.boxes);
    switch (kind) {
    case K_FD: return (uint64_t)new_fd();
    case K_BOX: return the_system.boxes[box] = true, (uint64_t)box;
    default: return (uint64_t)(uintptr_t)haft_model_CreateEventA(NULL, 1, 0, NULL);
    }
}

/* What has been opened as a key, each once: a duplicate is no open of its own. */
static int open_keys(const ref_value **ret) {
    const ref_value *v = ref.system[S_KERNEL];
    int count = 0;
    for (int i = 0; i < REF_VALUES; i++) {
        bool again = !v[i].open || v[i].kind != K_KEY;
        for (int j = 0; !again && j < count; j++) again = ret[j]->object == v[i].object;
        if (!again) ret[count++] = &v[i];
    }
    return count;
}

static bool key_counts_differ(void) {
    const ref_value *keys[REF_VALUES];
    int count = open_keys(keys);
    for (int i = 0; i < count; i++) {
        uint32_t opens = 0;
        bool again = false;
        for (int j = 0; j < count; j++) opens += keys[j]->name == keys[i]->name, again |= j < i && keys[j]->name == keys[i]->name;
        if (!again && haft_model_key_count(ref.names[keys[i]->name].text) != opens) return true;
    }
    return false;
}

const char *system_differs(void) {
    for (int i = 0; i < REF_VALUES; i++) {
        if (the_system.fds[i] != ref.system[S_FD][i].open) return "the open descriptors";
        if (the_system.boxes[i] != ref.system[S_BOX][i].open) return "the open boxes";
    }
    for (int i = 0; i < 2; i++)
        if (the_system.modules[i] != ref_module(module_values[i])->count) return "the loads of a module";
    for (int i = 0; i < 2; i++)
        if (the_system.dirs[i] != (ref_dir(dir_values[i])->open ? ref_dir_fd(dir_values[i]) : 0)) return "the open directories";
    if (key_counts_differ()) return "the system's own count of a key's opens";
    if (haft_model_handles() != ref_handles()) return "the system's own count of handles";
    if (haft_model_crash()) return haft_model_crash();
    return NULL;
}
