-- bench.lua: premake4 bench: makes tests/bench against the release library of the host and runs it.

return function()
    local row = haft.row "host"
    if #os.matchfiles "tests/bench/*.c" == 0 then haft.fail("There are no benchmarks in tests/bench.") end

    local wrong = haft.make(row, "release", "haft_bench")
    if wrong then haft.fail("%s", wrong) end

    -- Not captured: the figures come one by one, and take a while.
    local ok, _, status = os.execute "build/host/release/haft_bench"
    os.exit((ok == true or ok == 0) and 0 or status or 1)
end
