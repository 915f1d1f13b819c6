-- wine.lua: Wine, with a prefix of its own below build/ and one server for the whole run.
local wine = {}

local prefix = haft.root .. "/build/wine"
local environment = "WINEPREFIX=" .. haft.quote(prefix) ..
                    " WINEDEBUG=-all WINEDLLOVERRIDES='winedbg.exe=d;mscoree=d;mshtml=d;rasapi32=n,b' "
local command -- once it is known

local function found(tools)
    for _, tool in ipairs(tools) do
        if haft.works("command -v " .. tool) then return tool end
    end
end

-- -p stays until told, -w waits until it has gone, -k tells it to go.
local function server(what)
    local tool = found { "wineserver", "/usr/lib/wine/wineserver", "/usr/lib/wine/wineserver64" }
    if tool then haft.capture(environment .. "timeout -k 5 60 " .. tool .. " " .. what .. " >/dev/null 2>&1") end
end

function wine.start()
    if command then return end
    command = found { "wine", "wine64", "/usr/lib/wine/wine64" }
    if not os.isfile(prefix .. "/ready.stamp") then
        os.mkdir(prefix)
        if haft.works(environment .. "timeout -k 5 120 " .. command .. " wineboot -i >/dev/null 2>&1") then
            haft.write(prefix .. "/ready.stamp", "")
        end
    end
    server "-w" -- a server that is about to leave by itself can drop a program that has just come
    server "-p"
    if haft.works "taskset -c 0 true" then command = "taskset -c 0 " .. command end -- one core: ten times faster
end

function wine.stop()
    if command then server "-k" end
end

-- What stands before a program's name, to run it for so many seconds at most.
function wine.command(seconds) return environment .. "timeout -k 5 " .. seconds .. " " .. command .. " " end

return wine
