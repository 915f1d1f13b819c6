-- shims.lua: the names of <haft/shim.h> and <haft/shim_win32.h>, the shims in src/shim and the differential test's scenarios are
-- the same functions: none without a shim, none twice, none that nothing compares with the system's own.

local function code_of(file) return (haft.read(file):gsub("/%*.-%*/", " ")) end

-- name -> how often it is there
local function names(file, pattern)
    local found = {}
    for name in code_of(file):gmatch(pattern) do found[name] = (found[name] or 0) + 1 end
    return found
end

local function all_of(...)
    local text = {}
    for _, pattern in ipairs { ... } do
        for _, file in ipairs(os.matchfiles(pattern)) do text[#text + 1] = code_of(file) end
    end
    return table.concat(text, "\n")
end

-- What src/shim defines: lines of tables, functions that are written out, and those that a macro of the file's own makes.
local function shims(text)
    local found = {}
    for name in text:gmatch "%f[%w]X%([^,()]+,%s*([%w_]+)," do found[name] = true end
    for name in text:gmatch "%f[%w_]haft_shim_([%w_]+)%s*%(" do found[name] = true end
    for macro, name in text:gmatch "\n([%u_]+)%(([%w_]+)," do
        if not macro:match "^HAFT__" then found[name] = true end
    end
    return found
end

local function missing(from, where)
    local list = {}
    for name in pairs(from) do
        if not where[name] then list[#list + 1] = name end
    end
    table.sort(list)
    return #list == 0, table.concat(list, " ")
end

return function(report)
    local macros, renamed = "#define ([%w_]+) haft_shim_", "#pragma redefine_extname [%w_]+ haft_shim_([%w_]+)"
    local everywhere, windows = names("include/haft/shim.h", macros), names("include/haft/shim_win32.h", macros)
    local plain = names("include/haft/shim_win32.h", renamed)
    local listed, both, other = {}, {}, {}
    for name in pairs(everywhere) do listed[name] = true end
    for name in pairs(windows) do listed[name], both[name] = true, everywhere[name] end
    for name in pairs(plain) do listed[name] = true end
    report("no name is in both headers", next(both) == nil, next(both))
    for _, text in ipairs { "include/haft/shim.h", "include/haft/shim_win32.h" } do
        for name, to in code_of(text):gmatch "#define ([%w_]+) haft_shim_([%w_]+)" do
            if name ~= to then other[#other + 1] = name end
        end
        for name, count in pairs(names(text, macros)) do
            if count > 1 then other[#other + 1] = name .. " is there twice" end
        end
    end
    report("each name is its own shim's", #other == 0, table.concat(other, " "))
    local made = shims(all_of("src/shim/*.c", "src/shim/win32/*.c"))
    report("each name has a shim", missing(listed, made))
    report("each shim has a name", missing(made, listed))
    -- A name that is not capitalized is the compiler's where it can be told, and the preprocessor's elsewhere: the same ones.
    local lower = {}
    for name in pairs(windows) do
        if name:match "^_?%l" and name ~= "_lopen" and name ~= "_lcreat" and name ~= "_lclose" then lower[name] = true end
    end
    report("both lists of plain names are one", missing(lower, plain))
    report("both lists of plain names are the other", missing(plain, lower))
    local scenarios = all_of("tests/shim/calls_*.h", "tests/shim/test_win32_absent.c")
    local called = {}
    for name in scenarios:gmatch "([%w_]+)%(" do called[name] = true end
    report("each is compared with the system's own", missing(listed, called))
end
