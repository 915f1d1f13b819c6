-- dropin.lua: a program with <haft/shim.h> forced in builds as it does without, whatever it does with the names (dropin.c), in C
-- and C++, with every compiler and the usual options; and its object calls the shims, never the functions themselves.

local wine = "--target=x86_64-pc-windows-msvc -fms-extensions -D_MSVCR_VER=0 -isystem /usr/include/wine/wine/msvcrt " ..
             "-isystem /usr/include/wine/wine/windows"
local library = "-isystem $(x86_64-w64-mingw32-g++ -print-file-name=include/c++) " ..
                "-isystem $(x86_64-w64-mingw32-g++ -print-file-name=include/c++/x86_64-w64-mingw32)"
local compilers = {
    { name = "mingw gcc", command = "x86_64-w64-mingw32-gcc", nm = "x86_64-w64-mingw32-nm", package = "gcc-mingw-w64-x86-64" },
    { name = "mingw32 gcc", command = "i686-w64-mingw32-gcc", nm = "i686-w64-mingw32-nm", package = "gcc-mingw-w64-i686" },
    { name = "clang", command = "clang", flags = wine, nm = "nm", package = "clang libwine-dev",
      needs = "/usr/include/wine/wine/msvcrt/stdio.h", not_for = "=0x0400" }, -- Wine's headers themselves are not
    { name = "mingw g++", command = "x86_64-w64-mingw32-g++", nm = "x86_64-w64-mingw32-nm", package = "g++-mingw-w64-x86-64",
      cpp = true },
    { name = "clang++ for mingw", command = "clang++", flags = "--target=x86_64-w64-windows-gnu " .. library, nm = "nm",
      package = "clang g++-mingw-w64-x86-64", needs = "/usr/bin/x86_64-w64-mingw32-g++", cpp = true },
}
local options = {
    "-DSOCKETS_FIRST -D_WIN32_WINNT=0x0A00", "-DSOCKETS_LAST -D_WIN32_WINNT=0x0601 -DUNICODE -D_UNICODE",
    "-D_WIN32_WINNT=0x0501 -DSTRICT", "-D_WIN32_WINNT=0x0400 -DNO_STRICT",
    "-DWIN32_LEAN_AND_MEAN -DWIN32_NO_STATUS -DSOCKETS_FIRST", "-DFEW_HEADERS -DNO_LIBRARY -DWIN32_LEAN_AND_MEAN",
}
local standards = { c = { "c99", "c11", "gnu99" }, cpp = { "c++11", "c++17" } }
local dir = "build/dropin/"

-- name -> whose shim it becomes
local function listed()
    local found = {}
    for _, header in ipairs { "include/haft/shim.h", "include/haft/shim_win32.h" } do
        local code = haft.read(header):gsub("/%*.-%*/", " ")
        for name, shim in code:gmatch "#define ([%w_]+) haft_shim_([%w_]+)" do found[name] = shim end
        for name, shim in code:gmatch "#pragma redefine_extname ([%w_]+) haft_shim_([%w_]+)" do found[name] = shim end
    end
    return found
end

-- Of the names, those that the headers declare as functions with these flags.
local function declared(command)
    local text, status = haft.capture(command .. " -DNAMES\\(X\\)= -E -P tests/check/dropin.c")
    if status ~= 0 then return nil, text end
    local seen, found = {}, {}
    for name in text:gmatch "([%w_]+)%s*%(" do seen[name] = true end
    for name in pairs(listed()) do
        if seen[name] then found[#found + 1] = name end
    end
    table.sort(found)
    return found
end

-- Of the names, those that the object calls as they are; and those whose shim it does not call.
local function not_guarded(nm, object, names)
    local symbols, wrong = {}, {}
    for symbol in haft.capture(nm .. " " .. object):gmatch "U ([%w_@]+)" do
        symbols[symbol:gsub("@%d+$", "")] = true
    end
    local function there(name)
        for _, before in ipairs { "", "_", "__imp_", "__imp__" } do
            if symbols[before .. name] then return true end
        end
    end
    for _, name in ipairs(names) do
        if not there("haft_shim_" .. listed()[name]) then wrong[#wrong + 1] = name .. " is not its shim" end
        if symbols["__imp_" .. name] then wrong[#wrong + 1] = name .. " is called as it is" end
    end
    return table.concat(wrong, "\n")
end

local function check(report, compiler, standard, option)
    local what = compiler.name .. " -std=" .. standard .. " " .. option
    local command = table.concat({ compiler.command, compiler.cpp and "-x c++" or "-x c", compiler.flags or "", "-std=" .. standard,
                                   option }, " ")
    local names, why = declared(command)
    if not names then return report(what, false, why) end
    local list = "#define NAMES(X)"
    for _, name in ipairs(names) do list = list .. " X(" .. name .. ")" end
    haft.write(dir .. "names.h", list .. "\n")
    local tail = " -Iinclude -Wall -Werror -c -o " .. dir .. "dropin.o -include " .. dir .. "names.h "
    local raw, raw_status = haft.capture(command .. tail .. "tests/check/dropin.c")
    if raw_status ~= 0 then return report(what .. ", raw", false, raw) end
    local guarded, status = haft.capture(command .. tail .. "-include haft/shim.h tests/check/dropin.c")
    if status ~= 0 then return report(what, false, guarded) end
    local wrong = not_guarded(compiler.nm, dir .. "dropin.o", names)
    report(what, wrong == "" and #names > 20, wrong)
end

return function(report)
    os.mkdir(dir)
    for _, compiler in ipairs(compilers) do
        local need = { any = { compiler.command }, package = compiler.package }
        local sdk = { any = { compiler.needs or compiler.command }, package = compiler.package }
        if haft.missing { need, sdk } then
            report(compiler.name, nil, compiler.package)
        else
            local list = standards[compiler.cpp and "cpp" or "c"]
            for i, option in ipairs(options) do
                local for_it = not compiler.not_for or not option:find(compiler.not_for, 1, true)
                if for_it then check(report, compiler, list[(i - 1) % #list + 1], option) end
            end
        end
    end
end
