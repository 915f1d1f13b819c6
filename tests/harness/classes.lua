-- classes.lua: premake4 classes: writes docs/classes.md, the table of all classes, from the sources that define them.
--
-- The built-in classes are read from include/haft/nt.h and posix.h (raw type, closer), src/types (sentinels, namespace) and
-- src/core/class.c (whether their bound counts names); the families from the lines of include/haft/win32. What Windows has
-- beside those is tests/check/win32-closers.csv: type, closer and invalid values as the win32metadata project tells them; each type
-- must be wrapped, or left out below for a reason.
local classes = {}

-- The raw types of haft/config.h, as the SDK calls them.
local SDK_NAME = {
    haft_handle_t = "HANDLE", haft_hkey_t = "HKEY", haft_hmodule_t = "HMODULE", haft_sc_handle_t = "SC_HANDLE",
    haft_hrasconn_t = "HRASCONN", haft_socket_t = "SOCKET",
}
-- Types of the metadata that the SDK's headers for C do not have or that a built-in class spells otherwise: what it is there.
local IN_C = {
    AVRT_TASK_HANDLE = "HANDLE", AVRT_THREAD_ORDERING_GROUP_HANDLE = "HANDLE", FINDPRINTERCHANGENOTIFICATION_HANDLE = "HANDLE",
    FWPM_ENGINE_HANDLE = "HANDLE", HTTP_REQUEST_QUEUE_HANDLE = "HANDLE", PRINTER_HANDLE = "HANDLE", WSAEVENT = "HANDLE",
    PROCESSTRACE_HANDLE = "TRACEHANDLE", HINSTANCE = "HMODULE", HLOCAL = "void *",
}

local NO_HEADER = "not in the SDK headers of mingw-w64 10.0, against which the families are tested"
local NO_CLOSER = "the SDK headers of mingw-w64 10.0 do not declare its closer"
local TWO = "the closer wants the engine's handle too; closing the engine ends it"
local COM = "COM's or the Windows Runtime's: not reached from C without them"
local LEFT_OUT = {
    { COM, "CO_DEVICE_CATALOG_COOKIE CO_MTA_USAGE_COOKIE HSTRING HSTRING_BUFFER HUIAEVENT HUIANODE HUIAPATTERNOBJECT " ..
           "HUIATEXTRANGE ROPARAMIIDHANDLE" },
    { TWO, "FWPM_CALLOUT_ENUM_HANDLE FWPM_CONNECTION_ENUM_HANDLE FWPM_FILTER_ENUM_HANDLE FWPM_LAYER_ENUM_HANDLE " ..
           "FWPM_NET_EVENT_ENUM_HANDLE FWPM_PROVIDER_CONTEXT_ENUM_HANDLE FWPM_PROVIDER_ENUM_HANDLE FWPM_SESSION_ENUM_HANDLE " ..
           "FWPM_SUBLAYER_ENUM_HANDLE IKEEXT_SA_ENUM_HANDLE IPSEC_DOSP_STATE_ENUM_HANDLE IPSEC_SA_CONTEXT_ENUM_HANDLE " ..
           "IPSEC_SA_ENUM_HANDLE" },
    { NO_CLOSER, "HCMNOTIFICATION" },
    { "mingw-w64 10.0's werapi.h does not compile", "HREPORT" },
    { "kernel-mode: a display driver's", "HSEMAPHORE" },
    { NO_HEADER, "CF_CONNECTION_KEY FEATURE_STATE_CHANGE_SUBSCRIPTION FH_SERVICE_PIPE_HANDLE HCOMDB " ..
                 "HDIAGNOSTIC_DATA_QUERY_SESSION HDIAGNOSTIC_EVENT_CATEGORY_DESCRIPTION HDIAGNOSTIC_EVENT_PRODUCER_DESCRIPTION " ..
                 "HDIAGNOSTIC_EVENT_TAG_DESCRIPTION HDIAGNOSTIC_RECORD HDIAGNOSTIC_REPORT HIFTIMESTAMPCHANGE " ..
                 "HINTERACTIONCONTEXT HPSSWALK HRECOALT HRECOCONTEXT HRECOGNIZER HRECOWORDLIST HREPORTSTORE HSWDEVICE " ..
                 "TDH_HANDLE WEB_SOCKET_HANDLE WTS_CLOUD_AUTH_HANDLE" },
}

-- ---- what the sources say ----

local NONE = { NULL_OR_INVALID = "NULL, -1", INVALID_OR_NULL = "-1, NULL", ONLY_NULL = "NULL", ONLY_INVALID = "-1" }

local function named_classes()
    local found = {}
    for name, how in haft.read "src/core/class.c":gmatch '{ "([%w_]+)",%s*[^\n}]-,%s*(%l+)%s*}' do found[name] = how == "true" end
    return found
end

-- A class's line in its public header: HAFT_DECLARE(haft_T, R); /* none   closer; more */
local function declared(header, add)
    for wrapper, raw, words in haft.read(header):gmatch "HAFT_DECLARE%((haft_[%w_]+), ([^)]-)%);%s*/%*%s*(.-)%s*%*/" do
        local none, closer = words:match "^(.-)%s%s+([%w_]+)"
        add { wrapper = wrapper, name = wrapper:match "^haft_(.*)$", raw = raw, none = none or "",
              closer = closer or "" }
    end
end

local function builtin_nt(list, named)
    local of = {}
    for name, space, none in haft.read "src/types/nt_classes.c":gmatch "\nCLASS%(([%w_]+),%s*[%u_]+,%s*(%u+),%s*([%w_]+)," do
        of[name] = { space = space, none = NONE[none] or none }
    end
    declared("include/haft/nt.h", function(c)
        local how = of[c.name] or {}
        c.said = c.none
        c.space, c.none, c.named = how.space, how.none, named[c.name]
        c.raw = SDK_NAME[c.raw] or c.raw
        c.port, c.header, c.builtin = "win32, model", "haft/nt.h", true
        list[#list + 1] = c
    end)
end

local function builtin_posix(list, named)
    local text = haft.read "src/types/posix.c"
    declared("include/haft/posix.h", function(c)
        c.space = text:match('"' .. c.name .. '", HAFT_CLASS_%u+, HAFT_SPACE_(%u+)')
        c.named, c.port, c.header, c.builtin = named[c.name], "posix", "haft/posix.h", true
        list[#list + 1] = c
    end)
end

local SENTINEL = { HAFT__INVALID = "-1", INVALID_HANDLE_VALUE = "-1", TLS_OUT_OF_INDEXES = "-1", FLS_OUT_OF_INDEXES = "-1",
                   ["~(uint64_t)0"] = "-1",
                   HCCE_LOCAL_MACHINE = "1", WTS_CURRENT_SERVER_HANDLE = "NULL", JET_instanceNil = "-1", JET_sesidNil = "-1" }

function classes.sentinels(none, also)
    none, also = SENTINEL[none] or none, SENTINEL[also] or also
    return none == also and none or none .. ", " .. also
end

-- HAFT__WRAPPER(name, R, NONE, ALSO, SPACE, CLOSED): CLOSED's last call, but for Haft's own and the SDK's judges, is the closer.
local function families(list)
    local headers = os.matchfiles "include/haft/win32/*.h"
    table.sort(headers)
    for _, file in ipairs(headers) do
        for line in haft.read(file):gmatch "[^\n]+" do
            local name, raw, none, also, space, closed =
                line:match "^HAFT__WRAPPER6?4?%(%s*([%w_]+),%s*([^,]-),%s*([^,]-),%s*([^,]-),%s*(%u+),%s*(.*)%)$"
            if name then
                local closer
                for call in closed:gmatch "([%w_]+)%(" do
                    if not call:match "^haft__" and call ~= "SUCCEEDED" then closer = closer or call end
                end
                list[#list + 1] = { wrapper = "haft_" .. name, name = name, raw = raw, closer = closer or "", space = space,
                    none = classes.sentinels(none, also), named = false, port = "win32",
                    header = file:match "^include/(.*)$" }
            elseif line:match "^HAFT__WRAPPER" then
                list[#list + 1] = { wrapper = line, name = line, header = file, port = "" } -- the check tells
            end
        end
    end
end

-- All classes: { name, wrapper, raw, none, closer, space, named, port, header, builtin }.
function classes.list()
    local list, named = {}, named_classes()
    builtin_nt(list, named)
    builtin_posix(list, named)
    families(list)
    return list, named
end

-- ---- what Windows has ----

function classes.metadata()
    local rows = {}
    for kind, closer, invalid in haft.read "tests/check/win32-closers.csv":gsub("\r", ""):gmatch "\n([%w_]+),([%w_]+),([^\n]*)" do
        rows[#rows + 1] = { kind = kind, closer = closer, invalid = invalid }
    end
    return rows
end

-- The class that wraps a type of the metadata with the closer that it names; nil: none does.
function classes.wrapping(list, row)
    for _, c in ipairs(list) do
        local fits = c.raw == row.kind or c.raw == (IN_C[row.kind] or row.kind)
        if fits and c.closer == row.closer then return c end
    end
end

-- By type: why it is left out.
function classes.left_out()
    local found = {}
    for _, entry in ipairs(LEFT_OUT) do
        for kind in entry[2]:gmatch "%S+" do found[kind] = entry[1] end
    end
    return found
end

-- ---- the page ----

local HEAD = [[
# Classes

Every kind of handle that Haft knows. `premake4 classes` writes this page from the sources; a test compares.

- **raw**: the type of the raw value. **none**: the values that mean "no handle"; the first is what an empty wrapper gives.
- **space**: the namespace of the values: KERNEL (the kernel handles of NT), FD, POINTER, or OWN (they mean something to their class
  alone). **named**: the class's bound counts by name; the others', by the site that opens them.
- The built-in classes are in `<haft.h>` and have constructors. The families are headers of their own: include the one that you use
  and link the import library that it names. They have no constructors: `haft_T_out` or `haft_T_adopt` takes what the API gives. A
  name is one class, wherever it stands.

]]

local COLUMNS = "| class | wrapper | raw | none | closer | space | named | port |\n|---|---|---|---|---|---|---|---|\n"

local function table_of(list, header)
    local lines = {}
    for _, c in ipairs(list) do
        if c.header == header then
            lines[#lines + 1] = string.format("| %s | `%s` | `%s` | %s | %s | %s | %s | %s |", c.name, c.wrapper, c.raw or "?",
                                              c.none or "?", c.closer or "?", c.space or "?", c.named and "yes" or "no", c.port)
        end
    end
    return COLUMNS .. table.concat(lines, "\n") .. "\n\n"
end

-- The first sentence of the header's comment.
local function about(header)
    local text = haft.read("include/" .. header):match "^/%*.-:%s+(.-)%.%s":gsub("%s*\n %*%s*", " ")
    return text:sub(1, 1):upper() .. text:sub(2) .. "."
end

function classes.page()
    local list, done, parts = classes.list(), {}, { HEAD }
    for _, c in ipairs(list) do
        if not done[c.header] then
            done[c.header] = true
            parts[#parts + 1] = "## <" .. c.header .. ">\n\n" .. about(c.header) .. "\n\n" .. table_of(list, c.header)
        end
    end
    parts[#parts + 1] = "## Left out\n\nOf the types that the win32metadata project lists with a closer, these have no " ..
                        "wrapper:\n\n| type | closer | reason |\n|---|---|---|\n"
    local reasons = classes.left_out()
    for _, row in ipairs(classes.metadata()) do
        if reasons[row.kind] then
            parts[#parts + 1] = "| " .. row.kind .. " | " .. row.closer .. " | " .. reasons[row.kind] .. " |\n"
        end
    end
    return table.concat(parts)
end

setmetatable(classes, { __call = function()
    haft.write("docs/classes.md", classes.page())
    haft.say("docs/classes.md: %d classes", #classes.list())
    os.exit(0)
end })

return classes
