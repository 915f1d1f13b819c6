-- coverage.lua: premake4 coverage [--row=R[,R]]: runs the tests in builds that count what of the library they reach, on the host,
-- in every order of steps, and, where it can be had, under Wine, and joins the counts. The bars: every branch of src/core and
-- src/types, and 95 lines in 100 of the rest. What no test can reach says why: GCOVR_EXCL_LINE or GCOVR_EXCL_BR_LINE, and the
-- reason, in a comment on its line.

local runs = {
    { row = "coverage", gcov = "gcov" },
    { row = "coverage_orders", gcov = "gcov" },
    { row = "coverage64", gcov = "x86_64-w64-mingw32-gcov" },
}
local bars = {
    { dir = "core", metric = "branch", at_least = 100 },
    { dir = "types", metric = "branch", at_least = 100 },
    { dir = "base", metric = "line", at_least = 95 },
    { dir = "port", metric = "line", at_least = 95 },
    { dir = "shim", metric = "line", at_least = 95 },
}
local filters = "--filter src/ --exclude-throw-branches --exclude-unreachable-branches"

-- gcovr will not join two functions of one name that stand on different lines, as they do where systems differ. None of the bars
-- asks about functions.
local function drop_functions(trace)
    haft.write(trace, (haft.read(trace):gsub('"functions": %b[]', '"functions": []')))
end

local function run(which)
    local row = haft.row(which.row)
    local packages = haft.missing(row.needs) or haft.missing(row.wine)
    if packages then return haft.say("SKIP  %s: apt-get install -y %s", row.name, packages) end
    haft.capture("find build/" .. row.name .. " -name '*.gcda' -delete")
    local output, status = haft.capture(haft.premake() .. " test --row=" .. row.name)
    haft.say("%s: %s", row.name, output:match "([^\n]+)%s*$" or "?")
    if status ~= 0 then haft.fail("%s", output) end
    local trace = "build/" .. row.name .. "/coverage.json"
    output, status = haft.capture("gcovr " .. filters .. " --gcov-executable " .. which.gcov .. " --json " .. trace ..
                                  " build/" .. row.name .. "/obj/" .. row.config) -- the samples' library is optimised
    if status ~= 0 then haft.fail("%s", output) end
    drop_functions(trace)
    return " -a " .. trace
end

-- One bar over the joined counts: of how many, how many were reached, and the report that says which were not.
local function measure(bar, traces)
    local metric = bar.metric == "branch" and " --branches" or ""
    local report, status = haft.capture("gcovr" .. traces .. " --filter src/" .. bar.dir .. "/" .. metric .. " --txt")
    local all, reached = report:match "\nTOTAL +(%d+) +(%d+)"
    if status ~= 0 or not all then haft.fail("%s", report) end
    return tonumber(all), tonumber(reached), report
end

local function chosen(name)
    for row in (_OPTIONS.row or name):gmatch "[^,]+" do
        if row == name then return true end
    end
end

return function()
    local packages = haft.missing { { any = { "gcovr" }, package = "gcovr" } }
    if packages then haft.fail("gcovr is missing: apt-get install -y %s", packages) end
    local traces = ""
    for _, which in ipairs(runs) do
        if chosen(which.row) then traces = traces .. (run(which) or "") end
    end
    if traces == "" then haft.fail("nothing was run") end
    local missed = 0
    for _, bar in ipairs(bars) do
        local all, reached, report = measure(bar, traces)
        local met = reached * 100 >= all * bar.at_least
        missed = missed + (met and 0 or 1)
        haft.say("%-6s src/%-6s %5d of %5d %-8s %6.2f%%, bar %d%%", met and "ok" or "missed", bar.dir, reached, all,
                 bar.metric == "branch" and "branches" or "lines", reached * 100 / all, bar.at_least)
        if not met then haft.say("%s", report) end
    end
    haft.say("%d passed, %d failed, 0 skipped", #bars - missed, missed)
    os.exit(missed == 0 and 0 or 1)
end
