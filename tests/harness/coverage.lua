-- coverage.lua: premake4 coverage: runs the tests in a build that counts what of the library they reach, on the host and, where it can
-- be had, under Wine, and joins both. The bars: every branch of src/core and src/types, and 95 lines in 100 of the rest. A line that
-- no test can reach says why: GCOVR_EXCL_LINE or GCOVR_EXCL_BR_LINE, and the reason, in a comment on it.

local runs = {
    { row = "coverage", gcov = "gcov" },
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

local function run(which)
    local row = haft.row(which.row)
    local packages = haft.missing(row.needs) or haft.missing(row.wine) or
                     haft.missing { { any = { which.gcov }, package = "gcc-mingw-w64-x86-64" } }
    if packages then return haft.say("SKIP  %s: apt-get install -y %s", row.name, packages) end
    haft.capture("find build/" .. row.name .. " -name '*.gcda' -delete")
    local output, status = haft.capture(haft.premake() .. " test --row=" .. row.name)
    haft.say("%s: %s", row.name, output:match "([^\n]+)%s*$" or "?")
    if status ~= 0 then haft.fail("%s", output) end
    local trace = "build/" .. row.name .. "/coverage.json"
    output, status = haft.capture("gcovr " .. filters .. " --gcov-executable " .. which.gcov .. " --json " .. trace ..
                                  " build/" .. row.name)
    if status ~= 0 then haft.fail("%s", output) end
    return " -a " .. trace
end

-- One bar over the joined counts: its figure, and the report that says where it is missed.
local function measure(bar, traces)
    local metric = bar.metric == "branch" and " --branches" or ""
    local report = haft.capture("gcovr" .. traces .. " --filter src/" .. bar.dir .. "/" .. metric .. " --txt")
    local total = report:match "TOTAL[^\n]-(%d+)%%"
    return tonumber(total or 0), report
end

return function()
    local packages = haft.missing { { any = { "gcovr" }, package = "gcovr" } }
    if packages then haft.fail("gcovr is missing: apt-get install -y %s", packages) end
    local traces = ""
    for _, which in ipairs(runs) do traces = traces .. (run(which) or "") end
    local missed = 0
    for _, bar in ipairs(bars) do
        local percent, report = measure(bar, traces)
        local met = percent >= bar.at_least
        missed = missed + (met and 0 or 1)
        haft.say("%-6s src/%-6s %3d%% of its %s%s, bar %d%%", met and "ok" or "missed", bar.dir, percent, bar.metric,
                 bar.metric == "branch" and "es" or "s", bar.at_least)
        if not met then haft.say("%s", report) end
    end
    haft.say("%d passed, %d failed, 0 skipped", #bars - missed, missed)
    os.exit(missed == 0 and 0 or 1)
end
