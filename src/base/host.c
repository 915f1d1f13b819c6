/* host.c: memory, errors, environment and sites of the host. */
#if !defined(_WIN32)
#define _GNU_SOURCE /* dladdr */
#endif
#include "base/host.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(HAFT_WINDOWS)
#include <windows.h>
#else
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>
#if defined(__linux__)
#include <link.h>
#include <sys/auxv.h>
#endif
#endif

bool (*haft__alloc_hook)(size_t bytes);

#if !defined(HAFT_WINDOWS)
static HAFT__THREAD_LOCAL uint32_t last_error;
#endif

uint32_t haft__host_last_error(void) {
#if defined(HAFT_WINDOWS)
    return GetLastError();
#else
    return last_error;
#endif
}

void haft__host_set_last_error(uint32_t code) {
#if defined(HAFT_WINDOWS)
    SetLastError(code);
#else
    last_error = code;
#endif
}

haft__error haft__error_save(void) {
    haft__error e = { errno, haft__host_last_error() };
    return e;
}

void haft__error_restore(haft__error e) {
    haft__host_set_last_error(e.last);
    errno = e.number;
}

void *haft__alloc(size_t bytes) {
    if (haft__alloc_hook && !haft__alloc_hook(bytes)) return NULL;
    haft__error e = haft__error_save();
    void *memory = calloc(1, bytes ? bytes : 1);
    haft__error_restore(e);
    return memory;
}

void haft__free(void *memory) {
    haft__error e = haft__error_save();
    free(memory);
    haft__error_restore(e);
}

#if defined(HAFT_WINDOWS)
const char *haft__host_settings(void) { return getenv("HAFT"); }
#elif defined(__linux__)
const char *haft__host_settings(void) { return getauxval(AT_SECURE) ? NULL : getenv("HAFT"); }
#else
const char *haft__host_settings(void) {
#if defined(__APPLE__) || defined(__FreeBSD__) || defined(__OpenBSD__) || defined(__NetBSD__)
    if (issetugid()) return NULL;
#endif
    return getuid() == geteuid() && getgid() == getegid() ? getenv("HAFT") : NULL;
}
#endif

#if defined(HAFT_WINDOWS)
FILE *haft__host_report(const char *path) { return fopen(path, "w"); }
#else
FILE *haft__host_report(const char *path) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
    FILE *out = NULL;
    if (fd < 0) return NULL;
    if (fcntl(fd, F_SETFL, 0) == 0) out = fdopen(fd, "w"); /* from now on a slow reader is waited for */
    if (!out) close(fd);
    return out;
}
#endif

unsigned long haft__host_process_id(void) {
#if defined(HAFT_WINDOWS)
    return GetCurrentProcessId();
#else
    return (unsigned long)getpid();
#endif
}

static const char *base_name(const char *path) {
    const char *last = path;
    for (; *path; path++)
        if (*path == '/' || *path == '\\') last = path + 1;
    return last;
}

static void write_site(char *text, size_t size, const char *module, uint64_t offset) {
    if (!size) return;
    snprintf(text, size, "%s+0x%" PRIx64, module ? base_name(module) : "?", (uint64_t)offset);
    text[size - 1] = '\0'; /* older runtimes do not end a text that is cut */
}

/* A site is a return address, which stands behind the call and may be on the next line already: one less is in the call.
 * What is printed is what addr2line wants of the file: the offset from the load address where the file can be loaded
 * anywhere, else the address itself. */
#if defined(HAFT_WINDOWS)

/* The address that the file asks to be loaded at. The loader writes the real one over it in memory, so the file itself is
 * read: once a site, when the site is first seen. Where it cannot be read, the memory's: then the offset is the address as
 * it is in this run. */
static uint64_t preferred_base(const char *path, const BYTE *base) {
    BYTE head[1024];
    DWORD got = 0;
    HANDLE file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    BOOL read = file != INVALID_HANDLE_VALUE && ReadFile(file, head, sizeof head, &got, NULL);
    if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
    const IMAGE_DOS_HEADER *dos = (const IMAGE_DOS_HEADER *)head;
    if (!read || got < sizeof *dos || dos->e_magic != IMAGE_DOS_SIGNATURE || dos->e_lfanew < 0 ||
        (uint64_t)dos->e_lfanew + sizeof(IMAGE_NT_HEADERS) > got)
        return (uint64_t)(uintptr_t)base;
    IMAGE_NT_HEADERS nt;
    memcpy(&nt, head + dos->e_lfanew, sizeof nt);
    return nt.OptionalHeader.ImageBase;
}

void haft__host_site(const void *address, char *text, size_t size) {
    const BYTE *at = (const BYTE *)address - 1;
    MEMORY_BASIC_INFORMATION region;
    char path[MAX_PATH + 1];
    haft__error e = haft__error_save();
    DWORD length = 0;
    if (VirtualQuery(at, &region, sizeof region) && region.AllocationBase)
        length = GetModuleFileNameA((HMODULE)region.AllocationBase, path, MAX_PATH);
    path[length < MAX_PATH ? length : MAX_PATH] = '\0';
    if (length) {
        const BYTE *base = region.AllocationBase;
        write_site(text, size, path, preferred_base(path, base) + (uint64_t)(at - base));
    } else {
        write_site(text, size, NULL, (uint64_t)(uintptr_t)at);
    }
    haft__error_restore(e);
}

#else

#if defined(__linux__)
/* A program that was linked statically is all the code there is, and dladdr may not know it: these it has from the linker. */
extern const char __ehdr_start[] __attribute__((weak, visibility("hidden")));
extern const char etext[] __attribute__((weak));

static bool find_in_program(const char *at, const void **ret_base, char *path, size_t size) {
    if (!__ehdr_start || at < __ehdr_start || at >= etext) return false;
    ssize_t length = readlink("/proc/self/exe", path, size - 1);
    path[length > 0 ? length : 0] = '\0';
    *ret_base = __ehdr_start;
    return length > 0;
}
#else
static bool find_in_program(const char *at, const void **ret_base, char *path, size_t size) {
    (void)at, (void)ret_base, (void)path, (void)size;
    return false;
}
#endif

static bool is_fixed(const void *base) {
#if defined(__linux__)
    const ElfW(Ehdr) *elf = base;
    return memcmp(elf->e_ident, ELFMAG, SELFMAG) == 0 && elf->e_type == ET_EXEC;
#else
    (void)base;
    return false;
#endif
}

void haft__host_site(const void *address, char *text, size_t size) {
    const char *at = (const char *)address - 1;
    char path[1024];
    Dl_info where;
    haft__error e = haft__error_save();
    const void *base = NULL;
    const char *module = NULL;
    if (dladdr(at, &where) && where.dli_fbase && where.dli_fname && *where.dli_fname) {
        base = where.dli_fbase;
        module = where.dli_fname;
    } else if (find_in_program(at, &base, path, sizeof path)) {
        module = path;
    }
    write_site(text, size, module, (uint64_t)((uintptr_t)at - (base && !is_fixed(base) ? (uintptr_t)base : 0)));
    haft__error_restore(e);
}

#endif
