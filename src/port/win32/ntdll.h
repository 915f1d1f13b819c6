/* ntdll.h: what the win32 port needs to know of NT's own interface. Only some SDKs declare these, and each declares others, so they
 * stand here under Haft's names, with the layouts that have held since NT 4.0. */
#ifndef HAFT_SRC_WIN32_NTDLL_H
#define HAFT_SRC_WIN32_NTDLL_H

#include "port/nt_types.h"

typedef LONG haft__status; /* NTSTATUS: negative is an error or a warning */

#define HAFT__STATUS_NOT_IMPLEMENTED ((haft__status)0xC0000002)
#define HAFT__STATUS_INFO_LENGTH_MISMATCH ((haft__status)0xC0000004)
#define HAFT__STATUS_BUFFER_TOO_SMALL ((haft__status)0xC0000023)
#define HAFT__STATUS_BUFFER_OVERFLOW ((haft__status)0x80000005)

/* The numbers of what can be asked. */
enum {
    HAFT__SYSTEM_HANDLES = 16,       /* since NT 4.0: 16 bits a process, 16 bits a handle */
    HAFT__SYSTEM_HANDLES_WIDE = 64,  /* since NT 5.1 */
    HAFT__THREAD_BASIC = 0,
    HAFT__THREAD_START_ADDRESS = 9,
    HAFT__PROCESS_BASIC = 0,
    HAFT__OBJECT_TYPE = 2,
    HAFT__KEY_NAME = 3               /* since NT 5.0 */
};

typedef struct haft__system_handle {
    USHORT process;
    USHORT back_trace;
    UCHAR type;
    UCHAR flags;
    USHORT handle;
    PVOID object;
    ULONG access;
} haft__system_handle;

typedef struct haft__system_handles {
    ULONG count;
    haft__system_handle list[1];
} haft__system_handles;

typedef struct haft__system_handle_wide {
    PVOID object;
    ULONG_PTR process;
    ULONG_PTR handle;
    ULONG access;
    USHORT back_trace;
    USHORT type;
    ULONG flags;
    ULONG reserved;
} haft__system_handle_wide;

typedef struct haft__system_handles_wide {
    ULONG_PTR count;
    ULONG_PTR reserved;
    haft__system_handle_wide list[1];
} haft__system_handles_wide;

typedef struct haft__thread_basic {
    haft__status exit_status;
    PVOID teb;
    ULONG_PTR process;
    ULONG_PTR thread;
    ULONG_PTR affinity;
    LONG priority;
    LONG base_priority;
} haft__thread_basic;

typedef struct haft__process_basic {
    haft__status exit_status;
    PVOID peb;
    ULONG_PTR affinity;
    LONG base_priority;
    ULONG_PTR process;
    ULONG_PTR parent;
} haft__process_basic;

typedef struct haft__key_name_info {
    ULONG bytes;
    WCHAR name[1]; /* not terminated */
} haft__key_name_info;

typedef struct haft__unicode_string {
    USHORT bytes;
    USHORT capacity;
    const WCHAR *text;
} haft__unicode_string;

typedef struct haft__object_attributes {
    ULONG size;
    HANDLE root;
    const haft__unicode_string *name;
    ULONG attributes;
    PVOID security;
    PVOID quality;
} haft__object_attributes;

typedef struct haft__version_info {
    ULONG size;
    ULONG major;
    ULONG minor;
    ULONG build;
    ULONG platform;
    WCHAR service_pack_text[128];
    USHORT service_pack;
    USHORT service_pack_minor;
    USHORT suites;
    UCHAR product;
    UCHAR reserved;
} haft__version_info;

#endif
