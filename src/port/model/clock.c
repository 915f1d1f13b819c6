/* clock.c: time, and the last error of a thread: what the model takes from the host. */
#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L
#endif
#include "port/model/model.h"

#include "base/atomic.h"
#include "base/host.h"

#if defined(HAFT_WINDOWS)

static uint64_t host_now(void) {
    LARGE_INTEGER ticks, rate;
    QueryPerformanceFrequency(&rate);
    QueryPerformanceCounter(&ticks);
    uint64_t whole = (uint64_t)ticks.QuadPart / (uint64_t)rate.QuadPart, rest = (uint64_t)ticks.QuadPart % (uint64_t)rate.QuadPart;
    return whole * 10000000u + rest * 10000000u / (uint64_t)rate.QuadPart;
}

void haft__m_sleep(uint32_t milliseconds) { Sleep(milliseconds); }

#else
#include <time.h>

static uint64_t host_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 10000000u + (uint64_t)t.tv_nsec / 100u;
}

void haft__m_sleep(uint32_t milliseconds) {
    struct timespec left = { (time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000 };
    haft__error e = haft__error_save();
    while (nanosleep(&left, &left) != 0 || milliseconds == INFINITE) {}
    haft__error_restore(e);
}

#endif

/* The host's own, so that whatever keeps it for the system's sake keeps it for the model's. */
uint32_t haft__m_last_error(void) { return haft__host_last_error(); }
void haft__m_set_last_error(uint32_t code) { haft__host_set_last_error(code); }

uint64_t haft__m_now(void) {
    static haft__a64 latest;
    uint64_t now = host_now(), seen = haft__load64(&latest);
    while (seen < now && !haft__cas64(&latest, seen, now)) seen = haft__load64(&latest);
    return seen < now ? now : seen;
}
