/* win32.h: what the files of the win32 port offer each other and the tests. */
#ifndef HAFT_SRC_WIN32_H
#define HAFT_SRC_WIN32_H

#include "port/port.h"

/* The queries of port.h, in query.c and handles.c. */
haft__nt_version haft__win32_version(void);
size_t haft__win32_key_name(HKEY key, wchar_t *text, size_t cap);
bool haft__win32_drive_is_remote(char letter);
size_t haft__win32_handles(haft__handle_info *list, size_t cap);
bool haft__win32_thread_info(HANDLE thread, haft__thread_info *ret);
uint64_t haft__win32_process_id(HANDLE process);
bool haft__win32_token_is_own(HANDLE token);
uint32_t haft__win32_error_of_status(uint32_t status);
uint64_t haft__win32_now(void);
bool haft__win32_is_open(HANDLE handle);
size_t haft__win32_type_name(HANDLE handle, char *text, size_t cap);
uint32_t haft__win32_protect(HANDLE handle, bool on);
bool haft__win32_is_protected(HANDLE handle);

/* Two ways in which the system lists handles. */
typedef enum haft__win32_listing { HAFT__LISTING_WIDE, HAFT__LISTING_NT4 } haft__win32_listing;

/* haft__win32_handles by one way; SIZE_MAX: the system does not know it. */
size_t haft__win32_handles_by(haft__win32_listing way, haft__handle_info *list, size_t cap);

/* 0x0351 for 3.51, 0x0A00 for 10.0: greater is later. */
uint32_t haft__win32_version_number(uint32_t major, uint32_t minor);

/* The number in "Service Pack 6, RC 1"; 0 when there is none. */
uint32_t haft__win32_service_pack(const char *text);

#endif
