/* no_scope.c: a program that leaves its cleanup to the scope. A compiler that cannot do that must refuse it (scope.lua). */
#include <haft.h>

int main(void) {
#ifndef WITHOUT_AUTO
    HAFT_AUTO(haft_key, key);
    return haft_key_valid(&key);
#else
    return 0;
#endif
}
