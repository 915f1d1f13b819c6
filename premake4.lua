-- premake4.lua: the Premake 5 words of premake5.lua that Premake 4.3 lacks, then premake5.lua itself.

-- 4.3 takes options only before the action; Premake 5 takes them after it too.
for _, argument in ipairs(_ARGS) do
    local name, value = argument:match "^%-%-([%w]+)=?(.*)$"
    if name then _OPTIONS[name] = value end
end

local gmake = tostring(_ACTION) == "gmake"

local function gnu(option)
    if gmake then buildoptions { option } end
end

function symbols(v) if v == "On" then flags { "Symbols" } end end
function optimize(v) if v == "On" then flags { "Optimize" } end end
function useimportlib(v) if v == "Off" then flags { "NoImportLib" } end end
function characterset() end -- 4.3 has MBCS as its default
function architecture() end
function cdialect(v) gnu("-std=" .. v:lower()) end
function warnings(v)
    if v ~= "Extra" then return end
    flags { "ExtraWarnings" }
    gnu "-Wextra" -- 4.3 stops at -Wall
end

-- filter: `key:value` is the value alone; only keys that 4.3 can tell are let through.
local known = { configurations = true, system = true, action = true }
local terms = {}
function filter(t)
    terms = {}
    for _, s in ipairs(type(t) == "table" and t or { t }) do
        local negation, rest = s:match "^(not%s+)(.*)$"
        local key, value = (rest or s):match "^(%a+):(.*)$"
        assert(known[key], "premake4.lua: cannot map the filter '" .. s .. "'")
        terms[#terms + 1] = (negation or "") .. value
    end
    configuration(terms)
end

-- A new scope drops the filter.
for _, name in ipairs { "solution", "project" } do
    local old = _G[name]
    _G[name] = function(n)
        terms = {}
        return old(n)
    end
end
workspace = solution
removefiles = excludes

-- %{cfg.buildcfg}: one setting for each configuration.
local old_targetdir = targetdir
function targetdir(v)
    if not v:find("%{cfg.buildcfg}", 1, true) then return old_targetdir(v) end
    for _, c in ipairs(solution().configurations) do
        local with = { c }
        for _, s in ipairs(terms) do with[#with + 1] = s end
        configuration(with)
        old_targetdir((v:gsub("%%{cfg%.buildcfg}", c)))
    end
    configuration(terms)
end

-- 4.3 names an object after its source file's last name alone, so that two of one name in two folders would be one object.
if gmake then
    local old_basename = path.getbasename
    function path.getbasename(p)
        local inside = p:match "^[./]*(.*/.*)%.c$"
        return inside and inside:gsub("/", "-") or old_basename(p)
    end
end

dofile "premake5.lua"
