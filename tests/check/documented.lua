-- documented.lua: every public function and macro has words: on its line, in or above its block, or in its header's opening essay.

-- A block is lines without a blank one between them; its comment serves all of it below.
local function undocumented(file)
    local text = haft.read(file)
    local essay = text:match "^%s*/%*.-%*/" or ""
    local family = essay:match "Constructors" -- haft_T_...(haft_T *ret, ...) is told of once for all
    local wrong, number, in_comment, said = {}, 0, false, false
    local function public(name)
        return not name:match "^haft__" and not name:match "^HAFT__" and not name:match "^HAFT_[%u_]*H$" and name ~= "HAFT_H"
    end
    for line in (text .. "\n"):gmatch "(.-)\r?\n" do
        number = number + 1
        if line:match "^%s*$" and not in_comment then said = false end
        if in_comment or line:match "/%*" then said = true end
        local name = line:match "^#%s*define%s+(HAFT_[%w_]+)" or line:match "^[%a][%w_ *]-[ *](haft_[%w_]+)%s*%("
        if in_comment then name = nil end
        if name and public(name) and not said and not essay:match("%f[%w_]" .. name .. "%f[^%w_]") then
            local of = family and line:match("%((haft_%w+) %*ret")
            if not (of and name:sub(1, #of + 1) == of .. "_") then wrong[#wrong + 1] = file .. ":" .. number .. ": " .. name end
        end
        local rest = line
        if in_comment then
            rest = line:match "%*/(.*)$"
            in_comment = rest == nil
        end
        if rest then in_comment = rest:gsub("/%*.-%*/", ""):match "/%*" ~= nil end
    end
    return wrong
end

return function(report)
    local headers = os.matchfiles "include/**.h"
    table.sort(headers)
    for _, file in ipairs(headers) do
        local wrong = undocumented(file)
        report(file, #wrong == 0, table.concat(wrong, "\n"))
        if not haft.read(file):match "^/%*" then report(file .. " opens with a comment", false, file) end
    end
end
