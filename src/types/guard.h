/* guard.h: the APIs whose own leaks are worked around, for wrappers and shims alike. Each makes the system's call, or
 * stands in for it, and leaves the result and the last error that the system's call left. `at` is where the caller of the
 * library stands. */
#ifndef HAFT_SRC_GUARD_H
#define HAFT_SRC_GUARD_H

#include "core/settings.h"
#include "port/port.h"

/* Opens of handles that a recovery could take for leaked ones are held off while it judges: true if the gate is held, until let. */
bool haft__guard_hold(haft_quirk quirk);
void haft__guard_let(bool held);

/* Q235425. True: do not make the call; it fails with ERROR_INVALID_NAME, which is set. */
bool haft__guard_declines(const void *at, const char *a, const wchar_t *w);

/* Q246691. */
typedef struct haft__thread_ask {
    HANDLE process;
    LPSECURITY_ATTRIBUTES security;
    SIZE_T stack;
    LPTHREAD_START_ROUTINE start;
    LPVOID argument;
    DWORD flags;
    LPDWORD thread_id;
} haft__thread_ask;
/* The gate is held if haft__guard_hold(HAFT_Q246691) says so. */
HANDLE haft__guard_remote_thread(const void *at, const haft__thread_ask *ask, bool held);

/* Q197517. A dial in either form: the other's strings are NULL. */
typedef struct haft__dial_ask {
    LPRASDIALEXTENSIONS extensions;
    LPCSTR phonebook_a;
    LPCWSTR phonebook_w;
    LPRASDIALPARAMSA params_a;
    LPRASDIALPARAMSW params_w;
    DWORD notifier_type;
    LPVOID notifier;
    bool wide;
} haft__dial_ask;
DWORD haft__guard_dial(const void *at, const haft__dial_ask *ask, LPHRASCONN ret);
DWORD haft__guard_hang_up(const void *at, HRASCONN connection, bool wide);

#endif
