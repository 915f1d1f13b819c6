-- build.lua: premake4 build [--target=T]: the library for a target.

return function()
    local row = haft.row(_OPTIONS.target or "host", haft.rows.targets)
    local packages = haft.missing(row.needs)
    if packages then haft.fail("%s needs more tools: apt-get install -y %s", row.name, packages) end

    local wrong = haft.make(row, "release", "haft")
    if wrong then haft.fail("%s", wrong) end
    haft.say("build/%s/release/%s", row.name, row.msvc and "haft.lib" or "libhaft.a")
    os.exit(0)
end
