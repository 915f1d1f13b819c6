-- soak.lua: a short run of `premake4 soak`.

return function(report)
    local row = haft.row "host"
    local wrong = haft.make(row, "release", "haft_soak")
    if wrong then return report("builds", false, wrong) end
    local output, status = haft.capture "GLIBC_TUNABLES=glibc.malloc.tcache_count=0 build/host/release/haft_soak 300000"
    report("300,000 pairs leave nothing", status == 0 and output:match "0 live handles, 0 not tracked" ~= nil, output)
end
