-- soak.lua: premake4 soak [--pairs=N]: opens and closes handles of every class of the model, 10^8 times, and looks what is left.

return function()
    local row = haft.row "host"
    local wrong = haft.make(row, "release", "haft_soak")
    if wrong then haft.fail("%s", wrong) end

    -- Not captured: it takes minutes. glibc is to keep no freed memory for its thread, which it would count as allocated.
    local program = "GLIBC_TUNABLES=glibc.malloc.tcache_count=0 build/host/release/haft_soak "
    local ok, _, status = os.execute(program .. (_OPTIONS.pairs or "100000000"))
    os.exit((ok == true or ok == 0) and 0 or status or 1)
end
