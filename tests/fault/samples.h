/* samples.h: the samples' programs as functions, whose output goes nowhere. */
#ifndef HAFT_TESTS_SAMPLES_H
#define HAFT_TESTS_SAMPLES_H

#include <stdio.h>

static inline int fault_quiet(const char *format, ...) { return (void)format, 0; }

#define SAMPLE(q) int q##_guarded(void), q##_migrated(void);
SAMPLE(q179827)
SAMPLE(q160650)
SAMPLE(q246691)
SAMPLE(q235425)
SAMPLE(q197517)
#undef SAMPLE

#endif
