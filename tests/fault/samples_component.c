/* samples_component.c: the component that two of the samples work with: somebody else's code, without shims. */
#define HAFT_MODEL
#include "../../samples/q160650/component.c"
