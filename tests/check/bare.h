/* bare.h: forced in before a program, it makes gcc a compiler that offers no scoped cleanup: one without its names.
 * The system's headers, which do not work without them, come first. */
#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#undef __GNUC__
#undef __clang__
