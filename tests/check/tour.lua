-- tour.lua: the tour of the five articles shows every fault raw and none guarded.

return function(report)
    local output, status = haft.capture(haft.premake() .. " tour")
    report("ends well", status == 0, output)
end
