/* bench.c: what Haft costs, as ratios within one run; `premake4 bench` builds it, adds what is counted and draws it.
 *
 *   haft_bench                 all rows
 *   haft_bench --count W N     does the work W N times, for a tool that counts instructions
 */
#include "bench.h"

#include <string.h>

static int count(const char *name, unsigned n) {
    static const struct { const char *name; work *w; } all[] = {
        { "pair", lives },       { "adopt", adoptions }, { "exchanges", two_exchanges }, { "map", locked_map },
        { "open", wrapped_opens }, { "auto", scopes },     { "goto", gotos },
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].name, name) == 0) return all[i].w(n), 0;
    return 2;
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "--count") == 0) return count(argv[2], (unsigned)strtoul(argv[3], NULL, 10));
    ratio("pair_exchanges", lives, two_exchanges, 20000);
    ratio("pair_map", lives, locked_map, 20000);
    ratio("adopt_exchanges", adoptions, two_exchanges, 20000);
    ratio("open_raw", wrapped_opens, raw_opens, 200);
    ratio("auto_raw", scopes, raw_gotos, 100);
    thread_rows();
    memory_rows();
    identity_rows();
    report_rows();
    growth_rows();
    return 0;
}
