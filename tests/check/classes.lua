-- classes.lua: the page of classes, the headers and what Windows has (win32-closers.csv) tell the same.

local classes = dofile "../harness/classes.lua"

local function all_said(report)
    local wrong, list, named = {}, classes.list()
    for _, c in ipairs(list) do
        for _, field in ipairs { "raw", "none", "closer", "space" } do
            if not c[field] or c[field] == "" then wrong[#wrong + 1] = c.header .. ": " .. c.name .. " has no " .. field end
        end
        if c.builtin and named[c.name] == nil then wrong[#wrong + 1] = c.name .. " is not in src/core/class.c" end
        if c.said and c.none and c.said ~= c.none then
            wrong[#wrong + 1] = c.name .. ": nt.h says " .. c.said .. ", nt_classes.c " .. c.none
        end
    end
    report("each class is told whole", #list > 100 and #wrong == 0, table.concat(wrong, "\n"))
    return list, named
end

-- Classes of equal name are one class, so two of one name must be closed alike.
local function one_of_a_name(report, list, named)
    local wrong, seen = {}, {}
    for _, c in ipairs(list) do
        if seen[c.name] then wrong[#wrong + 1] = c.name .. " is in " .. seen[c.name] .. " and " .. c.header end
        seen[c.name] = c.header
    end
    for name in pairs(named) do
        if name ~= "?" and not seen[name] then wrong[#wrong + 1] = name .. " of src/core/class.c has no wrapper" end
    end
    report("each name is one class", #wrong == 0, table.concat(wrong, "\n"))
end

-- A shim knows a family's class by its name: its values must be in the same namespace, and the same ones mean none.
local function as_the_shims_say(report, list)
    local wrong, of = {}, {}
    for _, c in ipairs(list) do of[c.name] = c end
    for _, file in ipairs(os.matchfiles "src/shim/**.c") do
        for name, space, none, also in haft.read(file):gmatch "\nHAFT__SHIM_CLASS%(([%w_]+), (%u+), ([^,]-), ([^,]-)%)" do
            local c, said = of[name], space .. " " .. classes.sentinels(none, also)
            if not c then wrong[#wrong + 1] = file .. ": " .. name .. " has no wrapper"
            elseif c.space .. " " .. c.none ~= said then
                wrong[#wrong + 1] = name .. ": " .. c.header .. " says " .. c.space .. " " .. c.none .. ", the shims " .. said
            end
        end
    end
    report("shims and families agree", #wrong == 0, table.concat(wrong, "\n"))
end

local function whole(report, list)
    local wrong, left, rows, known = {}, classes.left_out(), classes.metadata(), {}
    for _, row in ipairs(rows) do
        known[row.kind] = true
        local c = classes.wrapping(list, row)
        if c and left[row.kind] then wrong[#wrong + 1] = row.kind .. " is left out, but " .. c.wrapper .. " wraps it" end
        if not c and not left[row.kind] then
            wrong[#wrong + 1] = row.kind .. " (" .. row.closer .. ") has neither a wrapper with that closer nor a reason"
        end
    end
    for kind in pairs(left) do
        if not known[kind] then wrong[#wrong + 1] = kind .. " is left out, but Windows has no such type" end
    end
    report("every type of Windows", #rows > 150 and #wrong == 0, table.concat(wrong, "\n"))
end

return function(report)
    local list, named = all_said(report)
    one_of_a_name(report, list, named)
    as_the_shims_say(report, list)
    whole(report, list)
    report("docs/classes.md is what `classes` writes", haft.read "docs/classes.md" == classes.page(), "premake4 classes")
end
