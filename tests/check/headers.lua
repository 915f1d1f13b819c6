-- headers.lua: every public header compiles alone, and the entry headers in any order, as C99 and as C++11, with every compiler;
-- but shim.h after the names that it replaces is an error that says so.

local C = "-std=c99 -pedantic -Wall -Wextra -Werror"
local CXX = "-std=c++11 -pedantic -Wall -Wextra -Werror"
local compilers = {
    { name = "gcc", command = "gcc -x c " .. C, package = "build-essential" },
    { name = "g++", command = "g++ -x c++ " .. CXX, package = "build-essential" },
    { name = "clang", command = "clang -x c " .. C, package = "clang" },
    { name = "clang++", command = "clang++ -x c++ " .. CXX, package = "clang" },
    { name = "mingw gcc", command = "x86_64-w64-mingw32-gcc -x c " .. C, package = "gcc-mingw-w64-x86-64" },
    { name = "mingw g++", command = "x86_64-w64-mingw32-g++ -x c++ " .. CXX, package = "g++-mingw-w64-x86-64" },
    { name = "mingw32 gcc", command = "i686-w64-mingw32-gcc -x c " .. C, package = "gcc-mingw-w64-i686" },
}

-- Nil, or why a file of these lines does not compile.
local function refused(compiler, lines)
    local source = table.concat(lines, "\\n") .. "\\nint unused_;\\n"
    local output, status = haft.capture("printf '" .. source .. "' | " .. compiler.command .. " -Iinclude -fsyntax-only -")
    if status ~= 0 then return table.concat(lines, " ") .. "\n" .. output end
end

local function include(name) return "#include <" .. name .. ">" end

-- Every two of the headers that a program starts with, in both orders.
local function pairs_of(names)
    local found = {}
    for _, a in ipairs(names) do
        for _, b in ipairs(names) do
            local there = os.isfile("include/" .. a) and os.isfile("include/" .. b)
            if a ~= b and there then found[#found + 1] = { include(a), include(b) } end
        end
    end
    return found
end

return function(report)
    local headers = os.matchfiles "include/**.h"
    table.sort(headers)
    for _, compiler in ipairs(compilers) do
        if haft.missing { { any = { compiler.command:match "%S+" }, package = compiler.package } } then
            report(compiler.name, nil, compiler.package)
        else
            for _, header in ipairs(headers) do
                local name = header:match "^include/(.*)$"
                local why = refused(compiler, { include(name) })
                report(name .. " alone, " .. compiler.name, not why, why)
            end
            local wrong = {}
            for _, pair in ipairs(pairs_of { "haft.h", "haft/model.h", "haft/shim.h" }) do
                local why = refused(compiler, pair)
                local late = pair[1] == include "haft/model.h" and pair[2] == include "haft/shim.h"
                local told = late and why and why:match "error:[^\n]*must come before"
                if late and not told then why = "shim.h after model.h is not refused\n" .. (why or "") end
                if why and not told then wrong[#wrong + 1] = why end
            end
            report("in any order, " .. compiler.name, #wrong == 0, table.concat(wrong, "\n"))
        end
    end
end
