-- make.lua: what the actions share: running commands, and making a row with Premake's own makefiles. Sets the global `haft`.

haft = { rows = dofile "rows.lua", root = path.getabsolute "../..", ci = os.getenv "CI" == "true" }

function haft.quote(s) return "'" .. s:gsub("'", "'\\''") .. "'" end

-- Runs a shell command; its whole output and its exit status. (What os.execute returns differs between the two Premakes.)
function haft.capture(command)
    local pipe = io.popen("{ " .. command .. "\n} 2>&1 </dev/null; echo \"[$?]\"")
    local text = pipe:read "*a"
    pipe:close()
    local output, status = text:match "^(.*)%[(%d+)%]%s*$"
    return output or text, tonumber(status or 255)
end

function haft.works(command)
    local _, status = haft.capture(command)
    return status == 0
end

function haft.read(file)
    local f = io.open(file, "rb")
    local text = f and f:read "*a"
    if f then f:close() end
    return text
end

-- A file that is as it should be keeps its date, so that make has nothing to do.
function haft.write(file, text)
    if haft.read(file) == text then return end
    os.mkdir(path.getdirectory(file))
    local f = assert(io.open(file, "wb"))
    f:write(text)
    f:close()
end

function haft.say(...)
    io.stdout:write(string.format(...), "\n")
    io.stdout:flush()
end

function haft.fail(...)
    haft.say(...)
    os.exit(1)
end

-- The packages whose tools are missing; nil when all are there. `any`: commands or files, one of which must be there.
function haft.missing(needs)
    local packages, seen = {}, {}
    for _, need in ipairs(needs or {}) do
        local found = false
        for _, tool in ipairs(need.any) do
            found = found or (tool:sub(1, 1) == "/" and os.isfile(tool) or haft.works("command -v " .. tool))
        end
        if not found and not seen[need.package] then
            seen[need.package] = true
            packages[#packages + 1] = need.package
        end
    end
    return #packages > 0 and table.concat(packages, " ") or nil
end

-- The Premake that runs this.
local premake_command
function haft.premake()
    premake_command = premake_command or _PREMAKE_COMMAND or haft.capture("readlink -f /proc/$PPID/exe"):match "%S+"
    return haft.quote(premake_command)
end

-- What a change of the makefiles makes stale, as make does not see it: flags touch every object, a list of objects its target.
local function settings(dir)
    local flags, objects = {}, {}
    for _, file in ipairs(os.matchfiles(dir .. "/*.make")) do
        for line in haft.read(file):gmatch "[^\n]+" do
            if line:match "^%s*[A-Z_]*FLAGS" or line:match "^%s*DEFINES" or line:match "^%s*INCLUDES" then
                flags[#flags + 1] = line
            elseif line:match "%.o[ \\]*$" then
                objects[#objects + 1] = line
            end
        end
    end
    return table.concat(flags, "\n"), table.concat(objects, "\n")
end

local function generate(row, dir)
    local os_option = row.os and " --os=" .. row.os or ""
    local output, status = haft.capture(haft.premake() .. " --row=" .. row.name .. os_option .. " gmake")
    if status ~= 0 then return output end
    local flags, objects = settings(dir)
    local function stale(file, text, what)
        local old = haft.read(file)
        if old and old ~= text then haft.capture("rm -rf " .. what) end
        haft.write(file, text)
    end
    stale(dir .. "/flags.stamp", flags .. row.cc, dir .. "/obj " .. dir .. "/debug " .. dir .. "/release " .. dir .. "/samples")
    stale(dir .. "/objects.stamp", objects, dir .. "/debug " .. dir .. "/release " .. dir .. "/samples")
end

-- Makes projects of a row ("" for all). Nil, or what went wrong.
function haft.make(row, config, projects)
    local dir = "build/" .. row.name
    if not row.generated then
        local wrong = generate(row, dir)
        if wrong then return wrong end
        row.generated = true
    end
    local output, status = haft.capture(string.format("make --no-print-directory -j2 -C %s config=%s CC=%s AR=%s %s", dir, config,
                                                      row.cc, row.ar, projects))
    if status ~= 0 then return output end
end

-- The tests of a row, "GROUP NAME" each, from the preprocessor, into build/ROW/tests.inc. Nil, or what went wrong.
function haft.scan(row)
    local files = {}
    for _, dir in ipairs { "harness", "unit", "port", "fault", "shim" } do
        for _, file in ipairs(os.matchfiles("tests/" .. dir .. "/*.c")) do
            local name = path.getname(file)
            local other = name:match(row.os == "windows" and "^test_posix" or "^test_win32")
            if not other and not name:match "^dll_" and (dir ~= "harness" or name:match "^test_") then files[#files + 1] = file end
        end
    end
    local flags = "-DHAFT_TEST_SCAN -Iinclude -Isrc -Itests -std=c11 " .. (row.config == "debug" and "-DHAFT_DEBUG " or "")
    local output, status = haft.capture(row.cc .. " -E -P " .. flags .. table.concat(row.cflags or {}, " ") .. " " ..
                                        table.concat(files, " "))
    if status ~= 0 then return output end
    local list, seen = {}, {}
    for group, name in output:gmatch "haft__found_test%s*%(%s*([%w_]+)%s*,%s*([%w_]+)%s*%)" do
        local line = string.format("HAFT_TEST(%s, %s)", group, name)
        if seen[line] then return line .. " is there twice" end
        seen[line] = true
        list[#list + 1] = line .. "\n"
    end
    haft.write("build/" .. row.name .. "/tests.inc", table.concat(list))
end

-- The makefile's projects whose name matches.
function haft.projects(row, pattern)
    local found = {}
    for _, file in ipairs(os.matchfiles("build/" .. row.name .. "/*.make")) do
        local name = path.getname(file):match "^(.*)%.make$"
        if name:match(pattern) then found[#found + 1] = name end
    end
    return table.concat(found, " ")
end

function haft.row(name, choices)
    local row = haft.rows.by_name[name]
    if not row or (choices and not table.contains(choices, name)) then
        local names = choices or {}
        if not choices then for _, r in ipairs(haft.rows.list) do names[#names + 1] = r.name end end
        haft.fail("'%s' is not one of: %s", name, table.concat(names, ", "))
    end
    return row
end

if not haft.works("make --version") then haft.fail("make is missing: apt-get install -y build-essential") end
