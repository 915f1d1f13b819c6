-- layers.lua: the rules of the source tree that a compiler does not know: arrows between layers point down only, the operating
-- system is asked for only where it may be, and files and lines stay short.

local LEVEL = { base = 1, port = 2, core = 3, types = 4, shim = 5 }
local SYSTEM_MACROS = { "_WIN32", "HAFT_WINDOWS", "HAFT_POSIX", "__linux__", "__unix__", "__APPLE__" }
-- The only files of core that may ask for the NT table: a plain POSIX program must not link the model.
local ASKS_NT = { ["quirk.c"] = true, ["fence.c"] = true, ["keyname.c"] = true }

-- Comments go; lines stay.
local function code_of(file)
    return (haft.read(file):gsub("/%*.-%*/", function(comment) return " " .. comment:gsub("[^\n]", "") end))
end

local function each_line(text, fn)
    local number = 0
    for line in (text .. "\n"):gmatch "(.-)\r?\n" do
        number = number + 1
        fn(line, number)
    end
end

local function sources(...)
    local found = {}
    for _, pattern in ipairs { ... } do
        for _, ending in ipairs { ".c", ".h", ".lua" } do
            for _, file in ipairs(os.matchfiles(pattern .. ending)) do found[#found + 1] = file end
        end
    end
    table.sort(found)
    return found
end

-- Calls rule(file, line, say) for every line of code; say notes a broken rule.
local function check(report, name, files, rule, raw)
    local wrong = {}
    for _, file in ipairs(files) do
        each_line(raw and haft.read(file) or code_of(file), function(line, number)
            rule(file, line, function(what) wrong[#wrong + 1] = file .. ":" .. number .. ": " .. what end)
        end)
    end
    if #files == 0 then wrong[1] = "no files to look at" end
    report(name, #wrong == 0, table.concat(wrong, "\n"))
end

local function arrow(file, line, say)
    local from, to = file:match "^src/(%w+)/", line:match '^%s*#%s*include%s*"(%w+)/'
    if to and not LEVEL[to] then say('"' .. to .. '/" is no layer') end
    if from and to and LEVEL[from] and LEVEL[to] and LEVEL[to] > LEVEL[from] then say(from .. " must not use " .. to) end
    local public = line:match "^%s*#%s*include%s*<(haft/%w+)"
    if from and from ~= "shim" and public == "haft/shim" then say(from .. " must not use <haft/shim.h>") end
end

local function port_apart(file, line, say)
    local own = file:match "^src/port/(%w+)/" or ""
    local to = line:match '^%s*#%s*include%s*"port/(%w+)/'
    if to and to ~= own then say("only src/port/" .. to .. " itself may look inside it") end
end

local function public_header(file, line, say)
    if line:match '^%s*#%s*include%s*"' then say "a public header includes <...> only" end
    local sdk = line:match "^%s*#%s*include%s*<windows" and not file:match "/model_types%.h$" and not file:match "/win32/sdk%.h$"
    if sdk then say "not a header of the SDK's" end
end

local function system_macro(file, line, say)
    if file:match "^src/base/" or file:match "^src/port/" or file:match "^include/haft/config%.h$" then return end
    if file:match "^include/haft/win32/" or file:match "^include/haft/shim%.h$" then return end
    if file:match "^include/haft/posix%.h$" or file:match "^include/haft/nt%.h$" or file:match "^include/haft/model%w*%.h$" or
       file:match "^include/haft/model_%w+%.h$" then return end
    for _, macro in ipairs(SYSTEM_MACROS) do
        if line:match("%f[%w_]" .. macro .. "%f[^%w_]") then say(macro .. " is for base, port and the header that picks one") end
    end
end

local function nt_table(file, line, say)
    if not ASKS_NT[path.getname(file)] and line:match "%f[%w_]haft__nt%s*%(" then say "core asks for the NT table here" end
end

local function short_line(_, line, say)
    if #line > 132 then say("the line has " .. #line .. " characters, more than 132") end
    if line:match "\t" then say "a tab" end
end

-- A mutex that fork does not know of would stay locked in a child.
local function forgotten_at_fork(report)
    local wrong, all = {}, 0
    for _, file in ipairs(sources "src/**") do
        local _, made = code_of(file):gsub("HAFT__MUTEX%(HAFT__RANK", "")
        local _, safe = code_of(file):gsub("\nHAFT__FORK_SAFE%(", "")
        all = all + made
        if made ~= safe then wrong[#wrong + 1] = file .. ": " .. made .. " HAFT__MUTEX, " .. safe .. " HAFT__FORK_SAFE" end
    end
    report("every mutex is safe for fork", all > 0 and #wrong == 0, table.concat(wrong, "\n"))
end

return function(report)
    forgotten_at_fork(report)
    check(report, "arrows point down", sources "src/**", arrow)
    check(report, "ports keep to themselves", sources "src/**", port_apart)
    check(report, "public headers stand alone", sources "include/**", public_header)
    check(report, "the system is asked for in few places", sources("src/**", "include/**"), system_macro)
    check(report, "core links no NT table", sources "src/core/*", nt_table)
    check(report, "short lines", sources("src/**", "include/**", "tests/**", "samples/**", "premake*"), short_line, true)
    local long = {}
    for _, file in ipairs(sources("src/**", "include/**", "tests/**", "samples/**", "premake*")) do
        local lines = 0
        each_line(haft.read(file), function() lines = lines + 1 end)
        if lines - 1 > 400 then long[#long + 1] = file .. " has " .. lines - 1 .. " lines, more than 400" end
    end
    report("short files", #long == 0, table.concat(long, "\n"))
end
