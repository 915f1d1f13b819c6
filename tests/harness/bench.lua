-- bench.lua: premake4 bench: makes tests/bench against the release library of the host, runs it, adds what is counted instead of
-- timed, and prints a table. Writes build/bench/bench.csv and, drawn from that, build/bench/bench.svg.
--
-- what: and against what. most, least: the bar, if it has one. show: how to print a value.

local wine = dofile "wine.lua"
local program = "build/host/release/haft_bench"
local library = "build/host/release/libhaft.a"
local dir = "build/bench"

local rows = {
    { id = "pair_exchanges", what = "track + untrack", against = "two exchanges on a table", most = 0.8 },
    { id = "pair_map", what = "track + untrack", against = "mutex and hash map", most = 0.3 },
    { id = "adopt_exchanges", what = "adopt + release by a wrapper", against = "two exchanges on a table" },
    { id = "open_raw", what = "open + close of /dev/null by a wrapper", against = "open, close", most = 1.03 },
    { id = "auto_raw", what = "two descriptors with HAFT_AUTO", against = "open, close, goto" },
    { id = "threads_2", what = "work of 2 threads", against = "of 1", least = 1.9 },
    { id = "threads_3", what = "work of 3 threads", against = "of 1" },
    { id = "threads_4", what = "work of 4 threads", against = "of 1" },
    { id = "threads_bare_2", what = "two exchanges, by 2 threads", against = "by 1" },
    { id = "threads_bare_3", what = "two exchanges, by 3 threads", against = "by 1" },
    { id = "threads_bare_4", what = "two exchanges, by 4 threads", against = "by 1" },
    { id = "bytes", what = "memory of a live handle", unit = "bytes", most = 32, show = "%.1f" },
    { id = "allocations", what = "allocations of an open and close", unit = "times", most = 0, show = "%.0f" },
    { id = "reopen_map", what = "counted reopen + its release", against = "mutex and hash map" },
    { id = "reopen_ns", what = "counted reopen + its release", unit = "ns", most = 100, show = "%.1f" },
    { id = "report", what = "report over 10^6 live handles", unit = "s", most = 0.3, show = "%.4f" },
    { id = "live", what = "haft_live() over 10^6 live handles", unit = "s", show = "%.4f" },
}
for _, way in ipairs { { "next", "pair on the next free value" }, { "random", "pair at random" },
                       { "bare", "bare table, at random" } } do
    for decade = 4, 7 do
        rows[#rows + 1] = { id = "growth_" .. way[1] .. "_" .. decade, what = way[2] .. ", among 10^" .. decade,
                            against = "among 10^3", most = decade == 7 and way[1] ~= "bare" and 2 or nil }
    end
end
local counted = {
    { id = "count_pair", what = "instructions: track + untrack", unit = "instructions", show = "%.0f", works = { "pair" } },
    { id = "count_adopt", what = "instructions: adopt + release", unit = "instructions", show = "%.0f", works = { "adopt" } },
    { id = "count_open", what = "instructions: open + close by a wrapper", unit = "instructions", show = "%.0f",
      works = { "open" } },
    { id = "count_auto", what = "instructions with HAFT_AUTO", against = "same calls, goto", most = 1, show = "%.4f",
      works = { "auto", "goto" } },
}
local sizes = {
    { id = "size", what = "text of the stripped library", unit = "KiB", most = 128, show = "%.1f", all = true },
    { id = "size_lean", what = "the same without the model", unit = "KiB", show = "%.1f" },
}

local under_wine = {
    { id = "shim_event", what = "CreateEvent + CloseHandle by shims, Wine", against = "raw", most = 1.03 },
    { id = "wrapped_event", what = "the same by a wrapper, Wine", against = "raw" },
    { id = "shim_key", what = "RegOpenKeyEx + RegCloseKey by shims, Wine", against = "raw" },
}

local function verdict(r)
    if r.most then return r.values[1] <= r.most and "met" or "MISSED" end
    if r.least then return r.values[1] >= r.least and "met" or "MISSED" end
    return ""
end

local function bar(r)
    return r.most and string.format("<= %g", r.most) or r.least and string.format(">= %g", r.least) or ""
end

local function print_row(r)
    local show, v = r.show or "%.3f", r.values
    local quartiles, range = show .. " - " .. show, "  (" .. show .. " - " .. show .. ")"
    local spread = v[2] == v[5] and "" or string.format(quartiles .. range, v[3], v[4], v[2], v[5])
    local what = r.what .. (r.against and " / " .. r.against or r.unit == "instructions" and "" or ", " .. r.unit)
    haft.say("%-66s %9s  %-36s %-7s %s", what, string.format(show, v[1]), spread, bar(r), verdict(r))
end

-- What the program writes: ROW id median least quartile quartile most.
local function timed(done, command, expected)
    local by_id, before = {}, #done
    for _, r in ipairs(expected) do by_id[r.id] = r end
    local pipe = io.popen(command)
    for line in pipe:lines() do
        local id, values = line:match "^ROW (%S+) ([^\r]*)"
        local r = id and by_id[id]
        if not r then haft.fail("%s", line) end
        r.values = {}
        for value in values:gmatch "%S+" do r.values[#r.values + 1] = tonumber(value) end
        print_row(r)
        done[#done + 1] = r
    end
    pipe:close()
    if #done - before ~= #expected then haft.fail("%s ended after %d of %d rows", command, #done - before, #expected) end
end

-- The rows of Windows: by way of a file, for Wine's server outlives the program and would hold a pipe open.
local function timed_under_wine(done)
    local row = haft.row "win64"
    local packages = haft.missing(row.needs) or haft.missing(row.wine)
    if packages then return haft.say("calls of Windows are not measured: apt-get install -y %s", packages) end
    local wrong = haft.make(row, "release", "haft") or haft.make(row, "release", "haft_bench")
    if wrong then haft.fail("%s", wrong) end
    wine.start()
    haft.capture("cd build/win64/release && " .. wine.command(300) .. "./haft_bench.exe >bench.txt 2>&1")
    wine.stop()
    timed(done, "cat build/win64/release/bench.txt", under_wine)
end

-- Instructions of one time, by two runs: what the program does besides is the same in both.
local function instructions(work)
    local totals = {}
    for i, times in ipairs { 1000, 3000 } do
        local out = dir .. "/callgrind.out"
        local command = "rm -f %s; valgrind --tool=callgrind --callgrind-out-file=%s %s --count %s %d"
        local output, status = haft.capture(string.format(command, out, out, program, work, times))
        totals[i] = tonumber((haft.read(out) or ""):match "\nsummary: (%d+)")
        if status ~= 0 or not totals[i] then haft.fail("%s", output) end
    end
    return (totals[2] - totals[1]) / 2000
end

local function add(done, r, value)
    r.values = { value, value, value, value, value }
    print_row(r)
    done[#done + 1] = r
end

local function count(done)
    local packages = haft.missing { { any = { "valgrind" }, package = "valgrind" } }
    if packages then return haft.say("instructions are not counted: apt-get install -y %s", packages) end
    for _, r in ipairs(counted) do
        local value = instructions(r.works[1])
        add(done, r, r.works[2] and value / instructions(r.works[2]) or value)
    end
end

local function measure(done)
    local stripped = dir .. "/libhaft.a"
    local output, status = haft.capture(string.format("cp %s %s && strip --strip-debug %s && size %s", library, stripped, stripped,
                                                      stripped))
    if status ~= 0 then haft.fail("%s", output) end
    for _, r in ipairs(sizes) do
        local bytes = 0
        for text, object in output:gmatch "\n%s*(%d+)%s+%d+%s+%d+%s+%d+%s+%x+%s+(%S+)" do
            if r.all or not object:match "port%-model" then bytes = bytes + tonumber(text) end
        end
        add(done, r, bytes / 1024)
    end
end

local function csv(done)
    local lines = { "id,what,against,median,least,lower quartile,upper quartile,most,bar,verdict" }
    for _, r in ipairs(done) do
        local v = r.values
        lines[#lines + 1] = string.format('%s,"%s","%s",%.6g,%.6g,%.6g,%.6g,%.6g,%s,%s', r.id, r.what, r.against or r.unit,
                                          v[1], v[2], v[3], v[4], v[5], bar(r), verdict(r):lower())
    end
    return table.concat(lines, "\n") .. "\n"
end

return function()
    local wrong = haft.make(haft.row "host", "release", "haft_bench")
    if wrong then haft.fail("%s", wrong) end
    local done = {}
    os.mkdir(dir)
    haft.say("%-66s %9s  %-36s %-7s", "what / yardstick", "median", "quartiles  (least - most)", "bar")
    timed(done, program .. " 2>&1", rows)
    timed_under_wine(done)
    count(done)
    measure(done)
    haft.write(dir .. "/bench.csv", csv(done))
    haft.write(dir .. "/bench.svg", dofile(haft.root .. "/tests/harness/chart.lua")(csv(done)))
    haft.say("%s/bench.csv, %s/bench.svg", dir, dir)
    os.exit(0)
end
