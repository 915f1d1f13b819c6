-- docs.lua: what the pages say is true of the code: links lead somewhere, names are the headers' names, every C example compiles.
--
-- The line that opens an example says how it is to be taken:
--   ```c               a source file                    ```c body       statements of a function
--   ```c ... wrong     compiles, whatever it does       ```c ... refused    must not compile
--   ```c FILE          is a part of that file, to the letter
--   ```text tour       lines of what the tour prints

local include = "#include <haft.h>\n#include <haft/model.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"
local always = "-Werror=implicit-function-declaration -Werror=incompatible-pointer-types -Werror=int-conversion " ..
               "-Werror=unused-result "
local right = "-Werror -Wno-unused-variable -Wno-unused-function -Wno-unused-parameter "
local dir = "build/docs/"

local function pages()
    local found = { "README.md", "CHANGELOG.md" }
    for _, file in ipairs(os.matchfiles "docs/**.md") do found[#found + 1] = file end
    table.sort(found)
    return found
end

-- The page's prose, and its blocks: language, words behind it, text, line.
local function parts(file)
    local prose, blocks, block, number = {}, {}, nil, 0
    for line in (haft.read(file) .. "\n"):gmatch "(.-)\r?\n" do
        number = number + 1
        local fence = line:match "^```(.*)$"
        if fence and not block then
            block = { language = fence:match "^%S*", words = fence:match "^%S*%s*(.-)%s*$", line = number, text = {} }
        elseif fence then
            block.text = table.concat(block.text, "\n") .. "\n"
            blocks[#blocks + 1], block = block, nil
        elseif block then
            block.text[#block.text + 1] = line
        else
            prose[#prose + 1] = line
        end
    end
    return table.concat(prose, "\n"), blocks, block
end

-- A heading's anchor, as web pages of repositories make it.
local function anchors(file)
    local found = {}
    for heading in ("\n" .. parts(file)):gmatch "\n#+%s+([^\n]*)" do
        found[heading:lower():gsub("[^%w%s_-]", ""):gsub("%s", "-")] = true
    end
    return found
end

local function links(file, prose)
    local wrong = {}
    for target in prose:gsub("`[^`\n]*`", ""):gmatch "%]%(([^)%s]+)%)" do
        local to, anchor = target:match "^([^#]*)#?(.*)$"
        local folder = file:match "^(.*)/[^/]*$"
        local name = to == "" and file or (folder and folder .. "/" or "") .. to
        if target:match "^%a+:" then -- not ours to look at
        elseif not os.isfile(name) and not os.isdir(name) then
            wrong[#wrong + 1] = target .. " leads nowhere"
        elseif anchor ~= "" and not anchors(name)[anchor] then
            wrong[#wrong + 1] = target .. ": no such heading"
        end
    end
    return wrong
end

-- Every haft_ and HAFT_ name that the headers have; those of a family are written there with ## and here with _T_.
local function names_of_headers()
    local found, class_h = {}, haft.read "include/haft/class.h"
    local function class(name)
        found[name] = true
        for member in class_h:gmatch "T##_(%l+)%(" do found[name .. "_" .. member] = true end
    end
    for _, header in ipairs(os.matchfiles "include/**.h") do
        local text = haft.read(header)
        for name in text:gmatch "[Hh][Aa][Ff][Tt]_[%w_]+" do found[name] = true end
        for name in text:gmatch "HAFT_DECLARE%((haft_[%w_]+)," do class(name) end
        for name in text:gmatch "\nHAFT__WRAPPER6?4?%(%s*([%w_]+)," do class("haft_" .. name) end
    end
    return found
end

local function unknown_names(known, text)
    local wrong, seen = {}, {}
    for name in text:gmatch "%f[%w_][Hh][Aa][Ff][Tt]_[%w_]+" do
        local ours = name:match "^haft_" or name:match "^HAFT_"
        if ours and not known[name] and not name:match "_$" and not name:match "^haft_tests" and not seen[name] then
            seen[name] = true
            wrong[#wrong + 1] = name .. " is not in include/"
        end
    end
    return wrong
end

local function compiles(block, number)
    local body = block.words:match "body"
    local text = body and "int snippet(void);\nint snippet(void) {\n" .. block.text .. "return 0;\n}\n" or block.text
    local file = dir .. "example" .. number .. ".c"
    local flags = block.words:match "wrong" and "-w " or block.words:match "refused" and "" or "-Wall -Wextra " .. right
    haft.write(file, include .. text)
    local output, status = haft.capture("gcc -std=c11 -c -o /dev/null -Iinclude " .. flags .. always .. file)
    if block.words:match "refused" then return status ~= 0, "compiles, and must not" end
    return status == 0, output
end

local function quoted(block)
    local text = haft.read(block.words)
    if not text then return false, block.words .. " is not there" end
    return text:find(block.text, 1, true) ~= nil, "is not a part of " .. block.words
end

-- Test names, or how they begin, that a page tells of and no test has.
local function unknown_tests(text)
    local tests, wrong = {}, {}
    for _, file in ipairs(os.matchfiles "tests/**.c") do tests[#tests + 1] = haft.read(file) end
    tests = table.concat(tests)
    for name in text:gmatch "%f[%w_]inv%d+_[%w_]*" do
        if not tests:match("TEST%(%s*[%w_]+%s*,%s*" .. name) then wrong[#wrong + 1] = "no test " .. name end
    end
    return wrong
end

local function told_by_the_tour(block)
    local output = "\n" .. haft.capture(haft.premake() .. " tour"):gsub("\r", "") .. "\n"
    for line in block.text:gmatch "[^\n]+" do
        if not output:find("\n" .. line .. "\n", 1, true) then return false, "the tour does not print: " .. line .. output end
    end
    return true
end

-- README's second command installs what .ci/run installs.
local function packages(text)
    return (text:gsub("\\\n", " "):match "(build%-essential premake4 clang.-)\n?%s*[&|][&|]" or ""):gsub("%s+", " ")
end

return function(report)
    local known, number = names_of_headers(), 0
    for _, file in ipairs(pages()) do
        local prose, blocks, open = parts(file)
        local wrong = links(file, prose)
        for _, name in ipairs(unknown_names(known, haft.read(file))) do wrong[#wrong + 1] = name end
        for _, name in ipairs(unknown_tests(haft.read(file))) do wrong[#wrong + 1] = name end
        if open then wrong[#wrong + 1] = "the block of line " .. open.line .. " does not end" end
        report(file, #wrong == 0, table.concat(wrong, "\n"))
        for _, block in ipairs(blocks) do
            if block.language == "text" and block.words == "tour" then
                report(file .. ":" .. block.line .. " tour", told_by_the_tour(block))
            elseif block.language == "c" then
                number = number + 1
                local ok, why
                if block.words:match "%.%a$" then ok, why = quoted(block) else ok, why = compiles(block, number) end
                report(file .. ":" .. block.line .. " example", ok, why)
            end
        end
    end
    report("there are examples", number > 0, "none was found")
    local ci, readme = packages(haft.read ".ci/run"), packages(haft.read "README.md")
    report("README installs what .ci/run does", ci ~= "" and ci == readme, ci .. "\n" .. readme)
end
