/* handles.c: every handle in this process's table.
 *
 * NT has no call that lists one process's handles on every version; it lists those of all processes, and each entry tells whose it
 * is. There are two such lists:
 *   wide   since NT 5.1
 *   nt4    since NT 4.0; process and handle are cut to 16 bits
 * An entry's type is a number that differs between systems. Asking what object is behind a listed handle would not do: another
 * thread may have closed it by then, and its value may be something else. So one thread, one token and one key are opened, once,
 * and their entries tell the three numbers. */
#include "port/win32/win32.h"

#include "base/atomic.h"
#include "base/host.h"
#include "port/win32/late.h"

/* Above this many handles, their values do not fit the 16 bits of the nt4 list. */
#define NT4_HANDLES (0x10000u / 4u)

typedef struct entry {
    uint64_t process;
    uint64_t handle;
    uint32_t type;
} entry;

static uint32_t number_of(haft__win32_listing way) {
    return way == HAFT__LISTING_WIDE ? HAFT__SYSTEM_HANDLES_WIDE : HAFT__SYSTEM_HANDLES;
}

static size_t entries(haft__win32_listing way, const void *memory) {
    if (way == HAFT__LISTING_WIDE) return ((const haft__system_handles_wide *)memory)->count;
    return ((const haft__system_handles *)memory)->count;
}

static entry entry_at(haft__win32_listing way, const void *memory, size_t i) {
    entry e;
    if (way == HAFT__LISTING_WIDE) {
        const haft__system_handle_wide *wide = &((const haft__system_handles_wide *)memory)->list[i];
        e.process = wide->process;
        e.handle = wide->handle;
        e.type = wide->type;
    } else {
        const haft__system_handle *old = &((const haft__system_handles *)memory)->list[i];
        e.process = old->process;
        e.handle = old->handle;
        e.type = old->type;
    }
    return e;
}

static uint64_t own_process(haft__win32_listing way) {
    DWORD id = GetCurrentProcessId();
    return way == HAFT__LISTING_WIDE ? id : (id & 0xFFFFu);
}

/* Asks the system, with as much room as it turns out to want: what it says that it needs is out of date at once, or not said at
 * all. NULL: it does not know this list, or there is no memory. */
static void *ask(haft__win32_listing way) {
    static haft__a32 enough; /* what did last time, as a power of two */
    uint32_t bits = haft__load32(&enough);
    for (bits = bits ? bits : 16; bits < 31; bits++) {
        ULONG need = 0;
        void *memory = haft__alloc((size_t)1 << bits);
        if (!memory) return NULL;
        haft__status status = haft__late_NtQuerySystemInformation(number_of(way), memory, 1u << bits, &need);
        if (status >= 0) {
            haft__store32(&enough, bits);
            return memory;
        }
        haft__free(memory);
        if (status != HAFT__STATUS_INFO_LENGTH_MISMATCH && status != HAFT__STATUS_BUFFER_TOO_SMALL &&
            status != HAFT__STATUS_BUFFER_OVERFLOW) {
            return NULL;
        }
    }
    return NULL;
}

/* The numbers of the three types, 16 bits each, NO_TYPE where the system would not tell; 0: not learned yet. */
typedef uint64_t types;
#define NO_TYPE 0xFFFFu
#define TYPE_SHIFT(type) (16 * ((type) - HAFT__OBJECT_THREAD))
#define TYPES_KNOWN ((uint64_t)1 << 63)

static haft__object_type type_of(types known, uint32_t number) {
    for (int type = HAFT__OBJECT_THREAD; type <= HAFT__OBJECT_KEY; type++)
        if (number != NO_TYPE && ((known >> TYPE_SHIFT(type)) & 0xFFFFu) == number) return (haft__object_type)type;
    return HAFT__OBJECT_OTHER;
}

/* By way of ntdll: advapi32 would open and keep a handle of its own for the root. */
static HANDLE open_any_key(void) {
    static const WCHAR path[] = L"\\REGISTRY\\MACHINE";
    haft__unicode_string name = { sizeof path - sizeof *path, sizeof path, path };
    haft__object_attributes attributes = { sizeof attributes, NULL, &name, 0x40 /* any case */, NULL, NULL };
    HANDLE key = NULL;
    return haft__late_NtOpenKey(&key, READ_CONTROL, &attributes) >= 0 ? key : NULL;
}

static HANDLE open_any_thread(void) {
    HANDLE thread = NULL, self = GetCurrentProcess();
    return DuplicateHandle(self, GetCurrentThread(), self, &thread, 0, FALSE, DUPLICATE_SAME_ACCESS) ? thread : NULL;
}

/* Without TOKEN_QUERY: nobody who sees it in the meantime can take it for a token that a call left behind. */
static HANDLE open_any_token(void) {
    HANDLE token = NULL;
    return OpenProcessToken(GetCurrentProcess(), READ_CONTROL, &token) ? token : NULL;
}

static uint32_t find_type(haft__win32_listing way, const void *memory, HANDLE handle) {
    for (size_t i = 0, n = entries(way, memory); handle && i < n; i++) {
        entry e = entry_at(way, memory, i);
        if (e.process == own_process(way) && e.handle == (ULONG_PTR)handle) return e.type;
    }
    return NO_TYPE;
}

static types learn(haft__win32_listing way) {
    HANDLE opened[] = { open_any_thread(), open_any_token(), open_any_key() };
    void *memory = ask(way);
    types known = TYPES_KNOWN;
    for (int i = 0; i < 3; i++) {
        uint64_t number = memory ? find_type(way, memory, opened[i]) : NO_TYPE;
        if (number == NO_TYPE) known &= ~TYPES_KNOWN;
        known |= number << TYPE_SHIFT(HAFT__OBJECT_THREAD + i);
        if (opened[i]) CloseHandle(opened[i]);
    }
    haft__free(memory);
    return known;
}

static types known_types(haft__win32_listing way) {
    static haft__a64 kept[2];
    types known = haft__load64(&kept[way]);
    if (known) return known;
    known = learn(way);
    if (known & TYPES_KNOWN) haft__store64(&kept[way], known);
    return known;
}

static size_t own_entries(haft__win32_listing way, const void *memory, types known, haft__handle_info *list, size_t cap) {
    uint64_t own = own_process(way);
    size_t found = 0;
    for (size_t i = 0, n = entries(way, memory); i < n; i++) {
        entry e = entry_at(way, memory, i);
        if (e.process != own) continue;
        if (found < cap) {
            list[found].handle = e.handle;
            list[found].type = type_of(known, e.type);
        }
        found++;
    }
    return found;
}

size_t haft__win32_handles_by(haft__win32_listing way, haft__handle_info *list, size_t cap) {
    DWORD last = GetLastError();
    types known = known_types(way);
    void *memory = ask(way);
    size_t found = memory ? own_entries(way, memory, known, list, cap) : SIZE_MAX;
    haft__free(memory);
    SetLastError(last);
    return way == HAFT__LISTING_NT4 && found > NT4_HANDLES ? SIZE_MAX : found;
}

size_t haft__win32_handles(haft__handle_info *list, size_t cap) {
    size_t found = haft__win32_handles_by(HAFT__LISTING_WIDE, list, cap);
    return found != SIZE_MAX ? found : haft__win32_handles_by(HAFT__LISTING_NT4, list, cap);
}
