/* samples_guarded.c: the samples' legacy programs as parts of the tests, guarded, on the model. */
#define HAFT_MODEL
#include <haft/shim.h>

#include "samples.h"

#define printf fault_quiet
#define SCREENS 2000L /* the bound is passed, and no test takes minutes */
#define main q179827_guarded
#include "../../samples/q179827/legacy.c"
#undef main
#define main q160650_guarded
#include "../../samples/q160650/legacy.c"
#undef main
#define main q246691_guarded
#include "../../samples/q246691/legacy.c"
#undef main
#define main q235425_guarded
#include "../../samples/q235425/legacy.c"
#undef main
#define main q197517_guarded
#include "../../samples/q197517/legacy.c"
