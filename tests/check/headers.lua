-- headers.lua: every public header compiles alone, and the entry headers in any order, as C99 and as C++11, with every compiler;
-- but shim.h after the names that it replaces is an error that says so. The families of haft/win32 compile together too, in both
-- orders, whatever the program has set or included before. Wine's headers are an SDK other than mingw's; they are not for C++.

local C = "-std=c99 -pedantic -Wall -Wextra -Werror"
local CXX = "-std=c++11 -pedantic -Wall -Wextra -Werror"
local msvc = dofile "../harness/rows.lua".by_name.msvc64
local compilers = {
    { name = "gcc", command = "gcc -x c " .. C, package = "build-essential" },
    { name = "g++", command = "g++ -x c++ " .. CXX, package = "build-essential" },
    { name = "clang", command = "clang -x c " .. C, package = "clang" },
    { name = "clang++", command = "clang++ -x c++ " .. CXX, package = "clang" },
    { name = "mingw gcc", command = "x86_64-w64-mingw32-gcc -x c " .. C, package = "gcc-mingw-w64-x86-64", windows = true },
    { name = "mingw g++", command = "x86_64-w64-mingw32-g++ -x c++ " .. CXX, package = "g++-mingw-w64-x86-64", windows = true },
    { name = "mingw32 gcc", command = "i686-w64-mingw32-gcc -x c " .. C, package = "gcc-mingw-w64-i686", windows = true },
    { name = "clang msvc", command = "clang " .. table.concat(msvc.cflags, " ") .. " -x c " .. C, needs = msvc.needs,
      windows = true },
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

-- The SDK cannot have WinINet and WinHTTP in one source file: one of the two.
local function families(without, backwards)
    local names = {}
    for _, header in ipairs(os.matchfiles "include/haft/win32/*.h") do
        if path.getname(header) ~= without then names[#names + 1] = include(header:match "^include/(.*)$") end
    end
    table.sort(names, function(a, b) if backwards then return a > b else return a < b end end)
    return names
end

local function after(line, names)
    table.insert(names, 1, line)
    return names
end

-- What a program may have set or included, and every family then.
local function together(report, compiler)
    local function try(name, lines, options)
        local with = { command = compiler.command .. (options or "") }
        local why = refused(with, lines)
        report("families " .. name .. ", " .. compiler.name, not why, why)
    end
    try("in order", families "winhttp.h")
    try("backwards", families("wininet.h", true))
    try("after windows.h", after(include "windows.h", families "winhttp.h"))
    try("after winsock2.h, lean", after(include "winsock2.h", families "winhttp.h"), " -DWIN32_LEAN_AND_MEAN -DUNICODE -D_UNICODE")
    try("before winsock2.h", { include "haft/win32/kernel.h", include "winsock2.h", include "windows.h", include "haft.h" })
    try("for NT 4.0", families "winhttp.h", " -D_WIN32_WINNT=0x0400")
    try("for the newest", families "winhttp.h", " -DNTDDI_VERSION=0x0A00000C")
end

-- What a program includes and does not use costs it nothing, not even where nothing is optimized away.
local function links_nothing(report, compiler)
    local object = "build/families.o"
    os.mkdir "build"
    local source = table.concat(families "winhttp.h", "\\n") .. "\\nint unused_;\\n"
    local compile = compiler.command .. " -O0 -Iinclude -c -o " .. object .. " -"
    local output, status = haft.capture("printf '" .. source .. "' | " .. compile)
    if status == 0 then output = haft.capture("x86_64-w64-mingw32-nm --undefined-only " .. object) end
    report("families that are not used link nothing, " .. compiler.name, status == 0 and not output:match "%S", output)
end

return function(report)
    local headers = os.matchfiles "include/**.h"
    table.sort(headers)
    for _, compiler in ipairs(compilers) do
        local missing = haft.missing(compiler.needs or { { any = { compiler.command:match "%S+" }, package = compiler.package } })
        if missing then
            report(compiler.name, nil, missing)
        else
            if compiler.windows then together(report, compiler) end
            if compiler.name == "mingw gcc" then links_nothing(report, compiler) end
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
