-- nt4.lua: a 32-bit program with Haft in it starts on NT 4.0: of the system it imports nothing that is not in nt4_names.txt, and of
-- no DLL but kernel32, advapi32 and the C runtime's.

local function names_of(file)
    local known = {}
    for name in haft.read(file):gsub("#[^\n]*", ""):gmatch "%S+" do known[name] = true end
    return known
end

-- DLL, name for each import that objdump lists.
local function each_import(text, fn)
    local dll = "?"
    for line in text:gmatch "[^\r\n]+" do
        dll = line:match "DLL Name:%s*(%S+)" or dll
        local name = line:match "^%s+%x+%s+%d+%s+([%w_@?]+)%s*$" or line:match "^\t%x+\t%s*%d+%s+([%w_@?]+)"
        if name then fn(dll:lower(), name) end
    end
end

return function(report)
    local row = haft.rows.by_name.win32
    local packages = haft.missing(row.needs)
    if packages then return report("imports of NT 4.0's", nil, packages) end
    local wrong = haft.make(row, "release", "haft")
    if wrong then return report("imports of NT 4.0's", false, wrong) end

    local program = "build/win32/nt4.exe"
    local output, status = haft.capture(row.cc .. " -O2 -Iinclude tests/check/nt4.c build/win32/release/libhaft.a -ladvapi32 -o " ..
                                        program .. " && i686-w64-mingw32-objdump -p " .. program)
    if status ~= 0 then return report("imports of NT 4.0's", false, output) end

    local known, seen, strange = names_of "tests/check/nt4_names.txt", 0, {}
    each_import(output, function(dll, name)
        seen = seen + 1
        local of_the_system = dll == "kernel32.dll" or dll == "advapi32.dll"
        if not of_the_system and dll ~= "msvcrt.dll" then strange[#strange + 1] = dll .. ": " .. name .. ": not a DLL to link" end
        if of_the_system and not known[name] then strange[#strange + 1] = dll .. ": " .. name .. ": not known to be in NT 4.0" end
    end)
    if seen < 50 then strange[#strange + 1] = "only " .. seen .. " imports were found: is objdump's output read rightly?" end
    report("imports of NT 4.0's", #strange == 0, table.concat(strange, "\n"))
end
