/* samples_migrated.c: the samples' migrated programs as parts of the tests, on the model. */
#define HAFT_MODEL
#include "samples.h"

#define printf fault_quiet
#define SCREENS 2000L /* the bound is passed, and no test takes minutes */
#define main q179827_migrated
#include "../../samples/q179827/migrated.c"
#undef main
#define main q160650_migrated
#include "../../samples/q160650/migrated.c"
#undef main
#define main q246691_migrated
#include "../../samples/q246691/migrated.c"
#undef main
#define main q235425_migrated
#include "../../samples/q235425/migrated.c"
#undef main
#define main q197517_migrated
#include "../../samples/q197517/migrated.c"
