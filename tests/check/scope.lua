-- scope.lua: where a compiler offers no scoped cleanup, using it is a compile error, never a silent no-op.

local plain = "gcc -std=c11 -fsyntax-only -Wall -Wextra -Iinclude tests/check/no_scope.c "
local bare = plain .. "-include tests/check/bare.h "

return function(report)
    local output, status = haft.capture(plain .. "-Werror")
    report("compiles where there is scoped cleanup", status == 0, output)
    output, status = haft.capture(bare .. "-DWITHOUT_AUTO")
    report("the headers compile without it", status == 0, output)
    output, status = haft.capture(bare)
    report("is refused where there is none", status ~= 0, "the program was taken, and would leak")
    report("the error names HAFT_SCOPE", output:match "error:[^\n]*HAFT_SCOPE" ~= nil, output)
end
