/* unit_nt.h: tests on the NT model. A body runs on a system freshly booted; it must leave no handle open there and none tracked. */
#ifndef HAFT_TESTS_UNIT_NT_H
#define HAFT_TESTS_UNIT_NT_H

#include "port/port.h"
#include "unit.h"

#define HAFT_MODEL_NO_NAMES
#include <haft/model.h>

#define NT_TEST(group, test) NT_TEST_ON(group, test, HAFT_NT4_FIXED)
#define NT_TEST_ON(group, test, version)                               \
    static void nt_##group##_##test(void);                             \
    TEST(group, test) { unit_on_model(version, nt_##group##_##test); } \
    static void nt_##group##_##test(void)

/* unit_nt.c */
void unit_on_model(haft_model_version version, void (*body)(void));

/* The model's table, to be changed in part and put to use; booting or the test's end puts the model's own back. */
haft__nt_port *unit_port(void);

/* Between the two nothing may be tracked, opened or closed for good, and this many findings made. */
void unit_watch(void);
void unit_no_harm(uint64_t findings);

/* Opens, or fails the test: an event behind Haft's back; by their shims a file that the system has, and UNIT_KEY. */
#define UNIT_KEY "SOFTWARE\\Extra"
HANDLE unit_open_event(void);
HANDLE unit_open_file(void);
HKEY unit_open_key(void);

/* Not every SDK has raserror.h. */
#define UNIT_NO_SUCH_ENTRY 623u
#define UNIT_LINE_BUSY 676u

#define UNIT_NULL ((void *)0)
#define UNIT_SELF ((HANDLE)(intptr_t)-1)

#endif
