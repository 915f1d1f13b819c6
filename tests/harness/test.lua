-- test.lua: premake4 test [--row=R[,R]] [--group=G[,G]]: the checks, then every row that this machine can run; the totals stand
-- alone on the last line. A group runs in a process of its own with a time limit; one that crashes or does not end is one failure
-- more.

local limit = 180 -- seconds for a group
local total = { passed = 0, failed = 0, skipped = 0 }
local wine = dofile "wine.lua"

local function count(passed, failed, skipped)
    total.passed, total.failed, total.skipped = total.passed + passed, total.failed + failed, total.skipped + skipped
end

local function indent(text) return (("\n" .. text:gsub("%s+$", "")):gsub("\n", "\n      ")) end

-- One line and one test for something that is not a group: a build, a check.
local function one(row, name, verdict, detail)
    count(verdict == "ok" and 1 or 0, verdict == "FAIL" and 1 or 0, verdict == "SKIP" and 1 or 0)
    local why = detail and detail ~= "" and (verdict == "FAIL" and indent(detail) or " " .. detail) or ""
    haft.say("%-5s %-8s %s%s", verdict, row, name, why)
end

local function group_line(row, group, passed, failed, skipped, started, output)
    count(passed, failed, skipped)
    local seconds = started and os.time() > started and ", " .. os.time() - started .. " s" or ""
    haft.say("%-5s %-8s %-20s %d passed, %d failed, %d skipped%s%s", failed > 0 and "FAIL" or "ok", row, group, passed, failed,
             skipped, seconds, output and indent(output) or "")
end

-- Is the group asked for? Those that were are remembered.
local met = {}
local function wanted(group)
    if not _OPTIONS.group then return true end
    for name in _OPTIONS.group:gmatch "[^,]+" do
        if name == group then met[name] = true end
    end
    return met[group]
end

-- A group that is misspelt would pass, unseen. Where something was skipped it may be there.
local function complain_of_unmet_groups()
    for name in (_OPTIONS.group or ""):gmatch "[^,]+" do
        if not met[name] and total.skipped == 0 then one("-", name, "FAIL", "no such group in the rows that were run") end
    end
end

-- Where packages are missing. In CI all that Debian has must be there.
local function without(row, name, packages, optional)
    one(row, name, haft.ci and not optional and "FAIL" or "SKIP", "not here: apt-get install -y " .. packages)
end

-- How a program of the row is started, from inside build/ROW.
local function runner(row)
    if row.wine then return wine.command(limit) end
    if row.emulator then -- tests that start themselves anew need to know how
        return string.format("%s HAFT_TESTS_RUNNER=%s timeout -k 5 %d %s ", row.environment, row.emulator, limit, row.emulator)
    end
    local around = row.runner and haft.works(row.runner .. " true") and row.runner .. " " or ""
    return around .. "timeout -k 5 " .. limit .. " "
end

-- By way of a file: Wine's server outlives the program and would hold a pipe open.
local function run(row, program, arguments)
    local suffix = row.os == "windows" and ".exe " or " "
    local command = runner(row) .. "./" .. program .. suffix .. arguments
    return haft.capture("cd build/" .. row.name .. "\n" .. command .. " >output.txt 2>&1\n" ..
                        "status=$?; cat output.txt; (exit $status)")
end

-- What a group said, without the tests that passed, and not too much of it.
local function shortened(output)
    local function passed(began, ended) return began == ended and "" or nil end
    local kept = ("\n" .. output):gsub("\n%.%. (%S+)\nok (%S+)%f[\n]", passed)
    local lines = {}
    for line in kept:gmatch "[^\n]+" do lines[#lines + 1] = line end
    for i = 61, #lines - 5 do lines[i] = i == 61 and "..." or false end
    local short = {}
    for _, line in ipairs(lines) do
        if line then short[#short + 1] = line end
    end
    return table.concat(short, "\n")
end

local function run_group(row, group)
    local started = os.time()
    local output, status = run(row, row.config .. "/haft_tests", group)
    output = output:gsub("\r", "")
    local passed, failed, skipped = output:match "\n(%d+) passed, (%d+) failed, (%d+) skipped\n"
    local crashed = not passed or (status ~= 0 and failed == "0")
    if crashed then
        local _, ok = output:gsub("\nok ", "")
        local _, skip = output:gsub("\nSKIP ", "")
        local _, fail = output:gsub("\nFAIL ", "")
        passed, failed, skipped = ok, fail + 1, skip
        output = output .. (status == 124 and "did not end in " .. limit .. " seconds" or "ended with status " .. status)
    end
    passed, failed, skipped = tonumber(passed), tonumber(failed), tonumber(skipped)
    group_line(row.name, group, passed, failed, skipped, started, failed > 0 and shortened(output))
    if failed > 0 then return end
    for name, reason in output:gmatch "\nSKIP (%S+) ([^\n]*)" do haft.say("        skipped: %s: %s", name, reason) end
end

-- On Windows the samples run on the real system, which has none of the faults: each must simply work. Elsewhere the tour runs them.
local function run_samples(row)
    local wrong = haft.make(row, "release", "haft") or haft.make(row, "release", haft.projects(row, "^q%d"))
    if wrong then return one(row.name, "samples", "FAIL", wrong) end
    local passed, failed = 0, {}
    local programs = os.matchfiles("build/" .. row.name .. "/samples/*.exe")
    for _, file in ipairs(programs) do
        local name = path.getname(file):match "^(.*)%.exe$"
        local output, status = run(row, "samples/" .. name, "")
        if status == 0 then
            passed = passed + 1
        else
            failed[#failed + 1] = name .. " ended with status " .. status .. "\n" .. output
        end
    end
    group_line(row.name, "samples", passed, #failed, 0, nil, #failed > 0 and table.concat(failed))
end

local function run_row(row)
    local packages = haft.missing(row.needs)
    if packages then return without(row.name, "row", packages) end
    if row.fuzz then
        return dofile(haft.root .. "/tests/harness/fuzz.lua")(function(name, ok, detail)
            wanted(name) -- it was: fuzz.lua has chosen
            one(row.name, name, ok and "ok" or "FAIL", detail)
        end, _OPTIONS.group)
    end
    local wrong = haft.scan(row)
    wrong = wrong or haft.make(row, row.config, "haft")
    wrong = wrong or haft.make(row, row.config, "haft_tests " .. haft.projects(row, "^dll_"))
    if wrong then return one(row.name, "build", "FAIL", wrong) end
    one(row.name, "build", "ok")
    packages = haft.missing(row.wine)
    if packages then return without(row.name, "run", packages, row.optional_run) end
    if row.wine then wine.start() end
    local output, status = run(row, row.config .. "/haft_tests", "--list")
    if status ~= 0 then return one(row.name, "list", "FAIL", output .. "ended with status " .. status) end
    for group in output:gmatch "[%w_]+" do
        if wanted(group) then run_group(row, group) end
    end
    if row.os == "windows" and wanted "samples" then run_samples(row) end
end

-- Each tests/check/*.lua gives back a function that is called with report(name, ok, detail); ok nil: skipped, detail a package.
local function run_check(file)
    local group = path.getbasename(file)
    local good, bad, skipped = 0, 0, {}
    dofile(file)(function(name, ok, detail)
        if ok then
            good = good + 1
        elseif ok == nil and not haft.ci then
            skipped[#skipped + 1] = "        skipped: " .. name .. ": apt-get install -y " .. detail
        else
            bad = bad + 1
            haft.say("FAIL  check    %s: %s%s", group, name, indent(ok == nil and "apt-get install -y " .. detail or detail))
        end
    end)
    group_line("check", group, good, bad, #skipped)
    for _, line in ipairs(skipped) do haft.say("%s", line) end
end

local function run_checks()
    for _, file in ipairs(os.matchfiles "tests/check/*.lua") do
        if wanted(path.getbasename(file)) then run_check(file) end
    end
end

return function()
    local chosen = {}
    if _OPTIONS.row then
        for name in _OPTIONS.row:gmatch "[^,]+" do chosen[#chosen + 1] = name == "check" and name or haft.row(name).name end
    else
        chosen[1] = "check"
        for _, row in ipairs(haft.rows.list) do chosen[#chosen + 1] = row.name end
    end
    for _, name in ipairs(chosen) do
        if name == "check" then run_checks() else run_row(haft.rows.by_name[name]) end
    end
    wine.stop()
    complain_of_unmet_groups()
    haft.say("%d passed, %d failed, %d skipped", total.passed, total.failed, total.skipped)
    os.exit(total.failed == 0 and 0 or 1)
end
