-- chart.lua: draws the figures of bench.csv as an SVG: each row that has a bar as a part of its bar, and growth by decades.
--
-- Text and lines take their colours from the reader's theme, with those of a light one where a viewer knows no themes.

local style = [[
<style>
  .paper { fill: #ffffff } .ink { fill: #1f2328 } .faint { fill: #59636e } .grid { stroke: #d1d9e0 } .bar { stroke: #59636e }
  .met { fill: #2c7a4b } .missed { fill: #b3261e } .whisker { stroke: #1f2328 }
  .next { stroke: #2c7a4b; fill: #2c7a4b } .random { stroke: #b3261e; fill: #b3261e } .bare { stroke: #4a5fc1; fill: #4a5fc1 }
  text { font: 13px sans-serif; stroke: none } .title { font-size: 15px; font-weight: bold } polyline { stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } .ink { fill: #e6edf3 } .faint { fill: #9198a1 } .grid { stroke: #3d444d } .bar { stroke: #9198a1 }
    .met { fill: #56b97f } .missed { fill: #ff8a80 } .whisker { stroke: #e6edf3 }
    .next { stroke: #56b97f; fill: #56b97f } .random { stroke: #ff8a80; fill: #ff8a80 } .bare { stroke: #94a6ff; fill: #94a6ff }
  }
</style>]]

local width, row_height, left, right = 900, 26, 390, 170 -- right of the drawing: the values

local function parse(csv)
    local rows, by_id = {}, {}
    for line in csv:gmatch "[^\n]+" do
        local id, what, against, rest = line:match '^([%w_]+),"(.-)","(.-)",(.*)$'
        local fields = {}
        for field in ((rest or "") .. ","):gmatch "(.-)," do fields[#fields + 1] = field end
        if id then
            local sign, bar = (fields[6] or ""):match "^([<>])= (.+)$"
            local r = { id = id, what = what, against = against, median = tonumber(fields[1]), low = tonumber(fields[3]),
                        high = tonumber(fields[4]), sign = sign, bar = tonumber(bar or ""), met = fields[7] == "met" }
            rows[#rows + 1], by_id[id] = r, r
        end
    end
    return rows, by_id
end

local function escaped(s) return (s:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;")) end

local function text(x, y, class, anchor, s)
    return string.format('<text x="%.1f" y="%.1f" class="%s" text-anchor="%s">%s</text>', x, y, class, anchor, escaped(s))
end

local function line(x1, y1, x2, y2, class, more)
    return string.format('<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" class="%s" %s/>', x1, y1, x2, y2, class, more or "")
end

-- Of a bar that is a least value, the inverse: shorter is better in every row.
local function part(r, value) return r.sign == ">" and r.bar / value or value / r.bar end

local function bars(out, rows, top)
    local most = 2
    local shown = {}
    for _, r in ipairs(rows) do
        if r.bar and r.bar > 0 then
            shown[#shown + 1] = r
            most = math.max(most, part(r, r.median), part(r, r.high), part(r, r.low))
        end
    end
    local function x(value) return left + value / most * (width - left - right) end
    local bottom = top + 40 + #shown * row_height
    out[#out + 1] = text(20, top + 8, "ink title", "start", "Each figure as a part of its bar: shorter is better")
    for i, r in ipairs(shown) do
        local y, class = top + 30 + (i - 1) * row_height, r.met and "met" or "missed"
        local name = r.what .. (r.against:match "^%l+$" and #r.against < 13 and ", " .. r.against or " / " .. r.against)
        if r.against == "KiB" then name = r.what .. ", KiB" end
        out[#out + 1] = text(left - 10, y + 14, "ink", "end", name)
        out[#out + 1] = string.format('<rect x="%d" y="%.1f" width="%.1f" height="16" class="%s"/>', left, y + 1,
                                      x(part(r, r.median)) - left, class)
        if r.low ~= r.high then
            out[#out + 1] = line(x(part(r, r.low)), y + 9, x(part(r, r.high)), y + 9, "whisker", 'stroke-width="2"')
        end
        out[#out + 1] = text(width - right + 14, y + 14, "ink", "start", string.format(r.median < 1 and "%.3f" or "%.4g", r.median))
        out[#out + 1] = text(width - right + 64, y + 14, "faint", "start",
                             string.format("%s %g", r.sign == ">" and "at least" or "at most", r.bar))
    end
    out[#out + 1] = line(x(1), top + 24, x(1), bottom - 6, "bar", 'stroke-width="2" stroke-dasharray="5 4"')
    out[#out + 1] = text(x(1), bottom + 10, "faint", "middle", "the bar")
    return bottom + 40
end

local function growth(out, by_id, top)
    local height, most = 230, 1
    local ways = { { "next", "the value the system hands out next" }, { "random", "any value, at random" },
                   { "bare", "a bare table of the same size, at random" } }
    for _, way in ipairs(ways) do
        for decade = 4, 7 do most = math.max(most, by_id["growth_" .. way[1] .. "_" .. decade].median) end
    end
    local levels = math.ceil(math.log(most) / math.log(2) + 0.2)
    local function x(decade) return 90 + (decade - 3) / 4 * 420 end
    local function y(value) return top + 30 + height - math.log(value) / math.log(2) / levels * height end
    out[#out + 1] = text(20, top + 8, "ink title", "start", "A pair among more and more live handles, against itself among 10^3")
    for level = 0, levels do
        out[#out + 1] = line(90, y(2 ^ level), 510, y(2 ^ level), "grid")
        out[#out + 1] = text(80, y(2 ^ level) + 4, "faint", "end", string.format("%d x", 2 ^ level))
    end
    for decade = 3, 7 do out[#out + 1] = text(x(decade), top + 50 + height, "faint", "middle", "10^" .. decade) end
    out[#out + 1] = line(90, y(2), 510, y(2), "bar", 'stroke-width="2" stroke-dasharray="5 4"')
    for i, way in ipairs(ways) do
        local points = { string.format("%.1f,%.1f", x(3), y(1)) }
        for decade = 4, 7 do
            local value = by_id["growth_" .. way[1] .. "_" .. decade].median
            points[#points + 1] = string.format("%.1f,%.1f", x(decade), y(math.max(0.9, value)))
        end
        out[#out + 1] = string.format('<polyline points="%s" class="%s" style="fill: none"/>', table.concat(points, " "), way[1])
        local last = by_id["growth_" .. way[1] .. "_7"]
        out[#out + 1] = string.format('<rect x="540" y="%.1f" width="14" height="14" class="%s"/>', top + 36 + (i - 1) * 26, way[1])
        out[#out + 1] = text(562, top + 48 + (i - 1) * 26, "ink", "start", string.format("%s: %.3g", way[2], last.median))
    end
    out[#out + 1] = line(540, top + 43 + 3 * 26, 554, top + 43 + 3 * 26, "bar", 'stroke-width="2" stroke-dasharray="5 4"')
    out[#out + 1] = text(562, top + 48 + 3 * 26, "ink", "start", "the bar at 10^7: 2")
    return top + height + 80
end

return function(csv)
    local rows, by_id = parse(csv)
    local out = {}
    local height = growth(out, by_id, bars(out, rows, 30))
    return string.format('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" ' ..
                         'aria-label="Figures of premake4 bench">\n%s\n<rect width="%d" height="%d" class="paper"/>\n%s\n</svg>\n',
                         width, height, width, height, style, width, height, table.concat(out, "\n"))
end
