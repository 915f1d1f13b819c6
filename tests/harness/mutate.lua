-- mutate.lua: premake4 mutate [--mutant=M[,M]]: makes each change of mutants/ to a copy of the sources, builds it and runs the
-- tests that ought to notice. One line a mutant; one that no test kills is a failure, as is one whose old text is not there once.
--
-- build/mutants/tree holds the copy. build/mutants/clean-ROW keeps what it was built to unchanged, dates and all: each mutant
-- starts from there, so make has only the changed file and what includes it to do. A mutant is built as its row says, most as
-- `mutants`.

local mutants = dofile "mutants.lua"
local limit = 30 -- seconds for a group
local home = haft.quote(haft.root .. "/build/mutants")
local sources = "include samples src tests premake4.lua premake5.lua"
local row, built -- of the mutant at hand, and where it is built in the copy
local function use(name)
    row = haft.row(name)
    built = "build/" .. name
end

local function sh(command)
    local output, status = haft.capture(command)
    if status ~= 0 then haft.fail("%s\n%s", command, output) end
end

-- What a group of the library's tests says: nil where all pass; otherwise the first that does not.
local function failing(group)
    local program = "timeout -k 2 " .. limit .. " ./" .. row.config .. "/haft_tests "
    local output, status = haft.capture("cd " .. built .. " && " .. program .. group)
    if status == 0 then return nil end
    if output:match "no such test" then return nil, "no such group: " .. group end
    local last
    for name in ("\n" .. output):gmatch "\n%.%. (%S+)" do last = name end
    local name = ("\n" .. output):match "\nFAIL (%S+)" or last or "?"
    return group .. "." .. name .. (status == 124 and ", which does not end" or status > 2 and ", which crashes" or "")
end

local function failing_check(name)
    local found
    dofile(haft.root .. "/tests/check/" .. name .. ".lua")(function(what, ok)
        if ok == false and not found then found = name .. ": " .. what end
    end)
    return found
end

local function all_groups()
    local output = haft.capture(built .. "/" .. row.config .. "/haft_tests --list")
    return (output:gsub("%s+", " "))
end

-- The copy, built and found good before anything is changed.
local function copy()
    sh("mkdir -p " .. home .. " && cd " .. home .. " && rm -rf tree && mkdir -p tree/build && cd " .. haft.quote(haft.root) ..
       " && cp -a " .. sources .. " " .. home .. "/tree")
    os.chdir(haft.root .. "/build/mutants/tree")
end

local function prepare()
    sh("if [ -d ../clean-" .. row.name .. " ]; then cp -a ../clean-" .. row.name .. " " .. built .. "; fi")
    local wrong = haft.scan(row) or haft.make(row, row.config, "haft_tests")
    if wrong then haft.fail("%s", wrong) end
    sh("rm -rf ../clean-" .. row.name .. " && cp -a " .. built .. " ../clean-" .. row.name)
    for group in all_groups():gmatch "%S+" do
        local name, why = failing(group)
        if name or why then haft.fail("%s fails before anything is changed", name or why) end
    end
end

-- Makes the change. Nil, or why not.
local function change(m)
    local text = haft.read(m.file)
    local first, last = (text or ""):find(m.old, 1, true)
    if not first then return "its old text is not in " .. m.file end
    if text:find(m.old, first + 1, true) then return "its old text is more than once in " .. m.file end
    sh("cp -p " .. m.file .. " ../original")
    haft.write(m.file, text:sub(1, first - 1) .. m.new .. text:sub(last + 1))
end

-- Back to the sources as they were, and to what they were built to.
local function undo(m)
    sh("mv ../original " .. m.file .. " && rm -rf " .. built .. " && cp -a ../clean-" .. row.name .. " " .. built)
end

-- What kills it; nil where nothing does, or where it cannot be tried: then also why.
local function killer(m)
    if m.check then return failing_check(m.check) end
    local wrong = haft.make(row, row.config, "haft_tests")
    if wrong then return nil, "it does not compile\n" .. wrong end
    for group in (m.groups or all_groups()):gmatch "%S+" do
        local name, why = failing(group)
        if name or why then return name, why end
    end
end

local function try(m)
    use(m.row or "mutants")
    local why = change(m)
    if why then return nil, why end
    local name
    name, why = killer(m)
    undo(m)
    return name, why
end

local function chosen()
    if not _OPTIONS.mutant then return mutants end
    local list = {}
    for wanted in _OPTIONS.mutant:gmatch "[^,]+" do
        local before = #list
        for _, m in ipairs(mutants) do
            if m.name == wanted then list[#list + 1] = m end
        end
        if #list == before then haft.fail("there is no mutant '%s' in tests/harness/mutants", wanted) end
    end
    return list
end

-- The rows of the mutants in the list, each once.
local function rows_of(list)
    local names, seen = {}, {}
    for _, m in ipairs(list) do
        local name = m.row or "mutants"
        if not seen[name] then names[#names + 1] = name end
        seen[name] = true
    end
    return names
end

return function()
    local list, passed, failed, skipped = chosen(), 0, 0, 0
    local packages = haft.missing(haft.row "mutants".needs)
    if packages then
        haft.say("not here: apt-get install -y %s", packages)
        if haft.ci then failed = #list else skipped = #list end
        list = {}
    else
        copy()
        for _, name in ipairs(rows_of(list)) do
            use(name)
            prepare()
        end
    end
    for _, m in ipairs(list) do
        local name, why = try(m)
        if name then
            passed = passed + 1
            haft.say("killed   %s by %s", m.name, name)
        else
            failed = failed + 1
            haft.say(why and "FAIL     %s: %s" or "SURVIVED %s", m.name, why)
        end
    end
    haft.say("%d passed, %d failed, %d skipped", passed, failed, skipped)
    os.exit(failed == 0 and 0 or 1)
end
