-- fuzz.lua: premake4 fuzz [--minutes=N] [--target=T[,T]]: drives the library beside a simple reference, by what a fuzzer makes up:
-- libFuzzer, and AFL++ where it is installed. One line a target; an input on which the two disagree is kept, with how to replay it.
--
-- The row `fuzz` of `test` runs each target a fixed number of times from a fixed seed.

local unpack = unpack or table.unpack
local row, afl = haft.row "fuzz", haft.row "fuzz_afl"

-- runs: in the fixed run. share: of the time, in a long one. The seeds are where a fuzzer begins.
local function random_bytes(seed, length)
    local bytes = {}
    for i = 1, length do
        seed = seed * 16807 % 2147483647
        bytes[i] = string.char(math.floor(seed / 256) % 256)
    end
    return table.concat(bytes)
end

-- Four bytes an operation, as fuzz_operations.c has it; the first byte of all is how the system is booted.
local function script(first, ...)
    local bytes = { string.char(first) }
    for _, operation in ipairs { ... } do bytes[#bytes + 1] = string.char(unpack(operation)) end
    return table.concat(bytes)
end

local function random_seeds(count, length)
    local seeds = {}
    for i = 1, count do seeds[i] = random_bytes(i * 7919, length) end
    return seeds
end

local setting_words = {
    "level=", "level.", "limit.", "quirk.", "report=", "strict", "silent", "once", "warn", "fatal", "auto", "on", "off", "Q179827",
    "Q160650", "Q246691", "Q235425", "Q197517", "key", "file", "fd", "console", "stale", "not-owner", "setting", "limit",
    ",", "=", "65534", "65535", "-", "0",
}

-- Found by reading: what random bytes need long for.
local operation_seeds = random_seeds(24, 401)
for i = 25, 28 do operation_seeds[i] = random_bytes(i * 7919, 12001) end
local by_one_name, by_another = { 29, 0, 16, 5 }, { 29, 0, 8, 0 } -- opens of the user's Software by the registry's shim
operation_seeds[#operation_seeds + 1] = script(4, by_one_name, by_one_name, by_one_name, by_another)
-- HKEY_LOCAL_MACHINE at its bound
operation_seeds[#operation_seeds + 1] = script(0, { 42, 2, 0, 1 }, { 5, 3, 1, 30 }, { 5, 4, 1, 6 })

local targets = {
    { name = "operations", runs = 1000, share = 3, length = 16384, seeds = operation_seeds },
    { name = "names", runs = 4000, share = 1, length = 300,
      seeds = { "\0\0Software\255\1SOFTWARE\255\2Software\255\0soft\255",
                "\1\0C:\\one\255\1c:\\ONE\255\0C:\\\233\255\1C:\\\201\255",
                "\2\0Event\255\1Event\255\0event\255\1\233\255", "\3\0a\255\0/w/a\255\0/w//a\255\0/a\255" } },
    { name = "report", runs = 1000, share = 1, length = 1024, seeds = random_seeds(12, 300) },
    { name = "settings", runs = 5000, share = 1, length = 512, words = setting_words,
      seeds = { "level=warn,strict,limit.key=512,report=x", "level.stale=silent,quirk.Q160650=off,limit.file=0",
                "limit.key=0,,strict=1", "quirk.Q179827=auto,limit.fd=65534,limit.fd=65535,level=once" } },
}

local dir = haft.root .. "/build/fuzz/"

local function prepare(t)
    for i, text in ipairs(t.seeds) do haft.write(dir .. "seeds/" .. t.name .. "/" .. i, text) end
    if t.words then haft.write(dir .. t.name .. ".dict", '"' .. table.concat(t.words, '"\n"') .. '"\n') end
    os.mkdir(dir .. "corpus/" .. t.name)
    os.mkdir(dir .. "crashes")
end

local function build(with)
    local projects = haft.projects(with, "^fuzz_") -- none before the first time
    local wrong = haft.make(with, with.config, "haft")
    projects = haft.projects(with, "^fuzz_")
    return wrong or haft.make(with, with.config, projects)
end

-- Eight bytes, the lowest first.
local function operations(file)
    local text, n = haft.read(file) or "", 0
    for i = 8, 1, -1 do n = n * 256 + (text:byte(i) or 0) end
    return n
end

-- The commands are what a person would type too: from the top of the repository.
local function replay(with, t, input)
    return "FUZZ_TRACE=1 build/" .. with.name .. "/" .. with.config .. "/fuzz_" .. t.name .. " " .. input
end

local function run_libfuzzer(t, seconds)
    local corpus, how = "corpus/" .. t.name, "-max_total_time=" .. (seconds or 0)
    local counted = dir .. t.name .. ".operations"
    haft.capture("rm -f " .. haft.quote(counted))
    if not seconds then
        corpus, how = "fixed/" .. t.name, "-seed=1 -runs=" .. t.runs
        haft.capture("rm -rf " .. haft.quote(dir .. corpus))
        os.mkdir(dir .. corpus)
    end
    local output, status = haft.capture("cd " .. haft.quote(dir) .. " && FUZZ_OPERATIONS=" .. haft.quote(counted) ..
        " timeout -k 5 " .. (seconds or 240) + 60 .. " ./" .. row.config .. "/fuzz_" .. t.name .. " " .. how ..
        " -max_len=" .. t.length .. " -len_control=0 -print_final_stats=1 -timeout=60 -rss_limit_mb=4096" ..
        (t.words and " -dict=" .. t.name .. ".dict" or "") .. " -artifact_prefix=crashes/" .. t.name .. "- " ..
        corpus .. " seeds/" .. t.name .. " 2>&1")
    local kept = output:match "Test unit written to (%S+)"
    local result = { runs = tonumber(output:match "number_of_executed_units:%s*(%d+)") or 0, operations = operations(counted),
                     found = status ~= 0 and 1 or 0 }
    if status ~= 0 then
        local why = output:match "DISAGREE: [^\n]*" or output:match "ERROR: [^\n]*" or output:match "runtime error: [^\n]*"
        result.why = (why or "ended with status " .. status) ..
                     (kept and "\nreplay: " .. replay(row, t, "build/fuzz/" .. kept) or "\n" .. output:sub(-2000))
    end
    return result
end

local function run_afl(t, seconds)
    local out, counted = "afl/" .. t.name, dir .. t.name .. ".afl.operations"
    haft.capture("cd " .. haft.quote(dir) .. " && rm -rf " .. out .. " && mkdir -p afl && rm -f " .. haft.quote(counted))
    local output = haft.capture("cd " .. haft.quote(dir) .. " && FUZZ_OPERATIONS=" .. haft.quote(counted) ..
        " AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 timeout -k 5 " ..
        seconds + 60 .. " afl-fuzz -t 5000 -V " .. seconds .. (t.words and " -x " .. t.name .. ".dict" or "") ..
        " -i seeds/" .. t.name .. " -o " .. out .. " -- ../fuzz_afl/" .. afl.config .. "/fuzz_" .. t.name .. " 2>&1")
    local stats = haft.read(dir .. out .. "/default/fuzzer_stats")
    if not stats then return { runs = 0, operations = 0, found = 1, why = output:sub(-2000) } end
    local result = { runs = tonumber(stats:match "execs_done%s*:%s*(%d+)") or 0, operations = operations(counted),
                     found = tonumber(stats:match "saved_crashes%s*:%s*(%d+)") or 0 }
    local first = os.matchfiles(dir .. out .. "/default/crashes/id*")[1]
    if first then result.why = "replay: " .. replay(afl, t, "build/fuzz/" .. out .. "/default/crashes/" .. path.getname(first)) end
    return result
end

local function told(result, seconds)
    return string.format("%d executions, %d operations, %d found, %d s%s", result.runs, result.operations, result.found, seconds,
                         result.why and "\n" .. result.why or "")
end

local function wanted(t, names)
    if not names then return true end
    for name in names:gmatch "[^,]+" do
        if name == t.name then return true end
    end
end

-- The fixed runs, for `test`: report(name, ok, detail).
local function fixed(report, only)
    local wrong = build(row)
    report("build", not wrong, wrong or "")
    if wrong then return end
    for _, t in ipairs(targets) do
        if wanted(t, only) then
            prepare(t)
            local began = os.time()
            local result = run_libfuzzer(t)
            report(t.name, result.found == 0, told(result, os.time() - began))
        end
    end
end

local function long()
    local packages, passed, failed, skipped = haft.missing(row.needs), 0, 0, 0
    if packages then haft.fail("not here: apt-get install -y %s\n0 passed, 0 failed, 1 skipped", packages) end
    local fuzzers = { { name = "libFuzzer", run = run_libfuzzer, row = row, part = 1 } }
    packages = haft.missing(afl.needs)
    if packages then
        skipped = 1
        haft.say("SKIP  AFL++: apt-get install -y %s", packages)
    else
        fuzzers[1].part = 2 / 3
        fuzzers[2] = { name = "AFL++", run = run_afl, row = afl, part = 1 / 3 }
    end
    local shares, seconds = 0, (tonumber(_OPTIONS.minutes) or 10) * 60
    for _, t in ipairs(targets) do shares = shares + (wanted(t, _OPTIONS.target) and t.share or 0) end
    if shares == 0 then haft.fail("there is no fuzz target '%s'", _OPTIONS.target) end
    for _, with in ipairs(fuzzers) do
        local wrong = build(with.row)
        if wrong then haft.fail("%s", wrong) end
        for _, t in ipairs(targets) do
            if wanted(t, _OPTIONS.target) then
                prepare(t)
                local time = math.max(1, math.floor(seconds * with.part * t.share / shares))
                local result = with.run(t, time)
                passed, failed = passed + (result.found == 0 and 1 or 0), failed + (result.found == 0 and 0 or 1)
                haft.say("%-5s %-10s %-12s %s", result.found == 0 and "ok" or "FAIL", with.name, t.name, told(result, time))
            end
        end
    end
    haft.say("%d passed, %d failed, %d skipped", passed, failed, skipped)
    os.exit(failed == 0 and 0 or 1)
end

return function(report, only)
    if report then fixed(report, only) else long() end
end
