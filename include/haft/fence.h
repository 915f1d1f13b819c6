/* haft/fence.h: what a call into code of somebody else's leaves behind.
 *
 *     third_party_scan(path);                         leaves an event open, every time; nobody can rebuild it
 *
 *     haft_fence *fence = NULL;
 *     size_t left = 0;
 *     haft_fence_begin(&fence);
 *     third_party_scan(path);
 *     haft_fence_end(fence, NULL, NULL, &left);       left is 1; the finding says: left by a call, Event
 *
 * Limits, first of all: the system does not say who opened a handle. What another thread opens while the fence stands, in code
 * that Haft does not see, looks as if the call had left it. What it closes meanwhile, so that the call is given the value, is not
 * seen at all. Threads whose code Haft does see are told apart by the ledger. So a handle is closed only where the program itself
 * proves that it is the call's. A fence asks for the handles of the process twice, which takes time in proportion to those of the
 * whole system.
 */
#ifndef HAFT_FENCE_H
#define HAFT_FENCE_H

#include <haft/config.h>
#include <haft/status.h>

HAFT_BEGIN_C

typedef struct haft_fence haft_fence;

/* A handle that is open, was not when the fence began, and is nobody's in the ledger. */
typedef struct haft_left {
    haft_handle_t raw;
    const char *type; /* the system's name for it: "Event", "File", "Key"; "" where it does not say. Lasts for the call. */
    bool doubt;       /* a value among those left was somebody's when the fence began: it may have been let go, not leaked */
} haft_left;

/* Whether the handle is proved to be the call's. It may ask the system about it, and must not wait for other threads: those that
 * open or close threads, tokens and handles of no particular kind are held off meanwhile. */
typedef bool haft_left_proof(const haft_left *left, void *user);

/* Begins a fence: of kernel handles of every type. Fences may stand within each other. HAFT_OK: *ret is to be ended.
 * HAFT_E_INVALID; HAFT_E_NOMEM; HAFT_E_OS: the system does not tell what handles there are. Any thread; errno and GetLastError()
 * stay. */
haft_status haft_fence_begin(haft_fence **ret);

/* Ends it, whatever comes of it. Each handle that is left and proved (proof NULL: none is) is closed, which is a RECOVERED finding;
 * each other is an UNPROVED one and stays open. *ret_left (may be NULL): how many stay open. HAFT_OK; HAFT_E_INVALID: no fence;
 * HAFT_E_OS: the system does not tell what handles there are. errno and GetLastError() are as the fenced call left them. */
haft_status haft_fence_end(haft_fence *fence, haft_left_proof *proof, void *user, size_t *ret_left);

HAFT_END_C

#endif
