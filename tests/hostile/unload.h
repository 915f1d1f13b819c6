/* unload.h: what a library that is loaded and unloaded again has in common with the test that does so. It does not link Haft: a
 * program has one ledger, and gives it. */
#ifndef HAFT_TESTS_UNLOAD_H
#define HAFT_TESTS_UNLOAD_H

#include <haft/class.h>

#define UNLOAD_CLASS "lamp_of_a_library"
#define UNLOAD_RAW 0x77

typedef haft_status unload_adopt(haft_hold *ret, uint64_t raw, haft_owner owner, haft_class *c, const void *at);

/* "unload_open": opens UNLOAD_RAW, of a class that the library has, from a place within it. */
typedef int unload_open_fn(unload_adopt *adopt, haft_hold *ret);

#endif
