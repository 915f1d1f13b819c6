-- tour.lua: premake4 tour: makes the samples and the tour on the host and runs it.

local dir = "build/host/samples/"

-- A site reads PROGRAM+0xOFFSET; with addr2line, folder, file and line. Nil where it cannot be told.
local known = {}
local function place(program, offset)
    local site = program .. "+" .. offset
    if not os.isfile(dir .. program) then return nil end
    if known[site] == nil then
        local text = haft.capture("addr2line -e " .. haft.quote(dir .. program) .. " " .. offset)
        known[site] = text:match "([^/\n]+/[^/\n]+:%d+)" or false
    end
    return known[site] or nil
end

return function()
    local row = haft.row "host"
    if not os.isfile "samples/tour.c" then haft.fail("samples/tour.c is missing.") end

    -- First the makefiles, which name the samples; then all of them.
    local wrong = haft.make(row, "release", "haft")
    wrong = wrong or haft.make(row, "release", haft.projects(row, "^q%d") .. " tour")
    if wrong then haft.fail("%s", wrong) end

    local output, status = haft.capture("timeout -k 5 600 " .. dir .. "tour")
    output = output:gsub("([%w_.-]+)%+(0x%x+)", place)
    io.stdout:write(output)
    if status == 124 then haft.say("The tour did not end in 600 seconds.") end
    os.exit(status)
end
