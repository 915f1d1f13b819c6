-- premake5.lua: how Haft is built. Premake 5 reads it; Debian's Premake 4.3 reads it through premake4.lua.
--
--   premake5 vs2022                  a Visual Studio workspace, in build/vs2022
--   premake5 build [--target=T]      the library, in build/T/release (T: host, win64, msvc64, win32)
--   premake5 tour                    the five articles, raw and guarded, on the model of NT 4.0
--   premake5 test [--row=R] [--group=G]
--   premake5 coverage
--   premake5 mutate [--mutant=M]
--   premake5 fuzz [--minutes=N] [--target=T]
--   premake5 bench
--   premake5 classes                 docs/classes.md, from the sources
--
-- The others make and run makefiles in build/; `premake4` runs them all just the same.

local rows = dofile "tests/harness/rows.lua"
local root = os.getcwd()

newoption { trigger = "target", value = "TARGET", description = "build: host, win64, msvc64 or win32; fuzz: this target only" }
newoption { trigger = "minutes", value = "N", description = "fuzz: for how long in all; 10 when not given" }
newoption { trigger = "row", value = "ROW", description = "test: these rows of the matrix only, with commas between" }
newoption { trigger = "group", value = "GROUP", description = "test: these groups of tests only, with commas between" }
newoption { trigger = "pairs", value = "N", description = "soak: so many pairs; 10^8 otherwise" }
newoption { trigger = "mutant", value = "MUTANT", description = "mutate: these mutants only, with commas between" }

-- The actions are loaded when they run: generating needs none of them. Each file gives back a function, which runs at the top: a
-- file is loaded in its own folder.
local function action(name, description)
    newaction {
        trigger = name,
        shortname = name,
        description = description,
        execute = function()
            os.chdir(root)
            dofile(path.join(root, "tests/harness/make.lua"))
            dofile(path.join(root, "tests/harness/" .. name .. ".lua"))()
        end
    }
end
action("build", "Build the library for --target")
action("tour", "Build and run the five articles, raw and guarded")
action("test", "Build and run every test on every target this machine can run")
action("coverage", "What of the library the tests reach")
action("mutate", "Break the library in each way of a list: the tests must notice")
action("fuzz", "Drive the library by random operations beside a simple reference")
action("soak", "Open and close 10^8 times on the model, and look what is left")
action("bench", "Build and run the benchmarks")
action("classes", "Write docs/classes.md, the table of all classes, from the sources")

local row = rows.by_name[_OPTIONS.row or "host"] or rows.by_name.host
local visual_studio = tostring(_ACTION):sub(1, 2) == "vs"
local out = path.join("build", visual_studio and _ACTION or row.name)
local windows = row.os == "windows" or visual_studio

workspace "haft"
    configurations { "debug", "release" }
    location(out)
    language "C"
    cdialect "C11"
    warnings "Extra"
    symbols "On"
    characterset "MBCS"
    includedirs(row.first or {})
    includedirs { "include", "src" }

filter "action:vs*"
    architecture "x86_64"
filter "configurations:debug"
    defines { "HAFT_DEBUG" }
filter "configurations:release"
    optimize "On"
    defines { "NDEBUG" }
filter { "configurations:debug", "not action:vs*" }
    buildoptions { "-O1", "-Werror" }
filter "not action:vs*"
    buildoptions { "-Wshadow", "-Wstrict-prototypes", "-Wmissing-prototypes" }
    buildoptions(row.cflags or {})
    linkoptions(row.ldflags or {})
-- Made small: the model, which is there to be right and not fast, and what stands around the calls of NT, where it costs about one
-- in a hundred of an open and close. Their unwind tables, a third of their size, go into the debug information, but on Windows,
-- where longjmp wants them. Premake 4.3 knows no flags of single files, so make tells them apart.
local small = windows and "-Os" or "-Os -fno-asynchronous-unwind-tables"
filter { "configurations:release", "not action:vs*" }
    buildoptions { "$(if $(findstring /port/model/,$<)$(findstring /src/shim/,$<)$(findstring /types/nt_,$<)," .. small .. ")" }
filter {}

local function unit(name, what, dir)
    project(name)
    location(out) -- the workspace's is not handed on
    kind(what)
    targetdir(path.join(out, dir))
    objdir(path.join(out, "obj"))
    if row.msvc and what == "StaticLib" then
        targetprefix ""
        targetextension ".lib"
    end
end

-- parts: the static libraries it links before haft.
local function program(name, dir, parts)
    unit(name, "ConsoleApp", dir)
    links(parts or {})
    links { "haft" }
    if row.msvc then
        files { "tests/harness/crt0.c" }
        linkoptions { "-Wl,/entry:mainCRTStartup" }
        linkoptions(row.libs)
    elseif windows then
        links { "advapi32", "ws2_32" }
    else
        links { "pthread", "dl" }
    end
end

unit("haft", "StaticLib", "%{cfg.buildcfg}")
    files { "include/**.h", "src/**.h", "src/**.c" }
    filter "system:windows"
        removefiles { "src/**/posix/**", "src/**/posix*.c" }
    filter "not system:windows"
        removefiles { "src/**/win32/**", "src/**/win32*.c" }

-- build/ROW/tests.inc, the list of the tests, is written by the test action before it makes this.
program("haft_tests", "%{cfg.buildcfg}")
    includedirs { "tests", out }
    files { "tests/harness/main.c", "tests/harness/oracle.c", "tests/harness/child.c" }
    files { "tests/harness/test_*.c", "tests/harness/*.h" }
    for _, dir in ipairs(row.tests) do files { "tests/" .. dir .. "/*.c", "tests/" .. dir .. "/*.h" } end
    removefiles { "tests/**/dll_*.c" }
    if row.msvc then linkoptions(row.families) elseif windows then links(row.families or rows.by_name.win64.families) end
    filter "system:windows"
        removefiles { "tests/**/test_posix*.c" }
    filter "not system:windows"
        removefiles { "tests/**/test_win32*.c" }
    filter {}
    if windows and not row.msvc then links { "winspool", "wtsapi32", "rasapi32" } end -- raw calls of every API that has a shim

-- A library that tests load: tests/DIR/dll_NAME.c becomes NAME.dll, or NAME.so, beside the tests; dll_win32_NAME.c only a DLL.
local function test_library(file, name)
    unit("dll_" .. name, "SharedLib", "%{cfg.buildcfg}")
    targetprefix ""
    targetname(name)
    if windows then useimportlib "Off" end
    includedirs { "tests" }
    files { file }
    if row.msvc then
        linkoptions { "-Wl,/entry:DllMain" }
        linkoptions(row.libs)
    end
end
for _, file in ipairs(row.static and {} or os.matchfiles "tests/**/dll_*.c") do
    local name = path.getname(file):match "^dll_(.*)%.c$"
    local only = name:match "^win32_(.*)"
    if windows or not only then test_library(file, only or name) end
end

if not windows then
    program("haft_soak", "%{cfg.buildcfg}")
    files { "tests/soak/*.c" }
end

program("haft_bench", "%{cfg.buildcfg}")
    if windows then files { "tests/bench/rows.c", "tests/bench/bench.h", "tests/bench/windows/*.c" }
    else files { "tests/bench/*.c", "tests/bench/*.h" } end

-- A fuzz target is a file fuzz_NAME.c, and what is in the folder NAME; the fuzzer that is linked to it has main.
if row.fuzz then
    for _, file in ipairs(os.matchfiles "tests/fuzz/fuzz_*.c") do
        local name = path.getname(file):match "^fuzz_(.*)%.c$"
        program("fuzz_" .. name, "%{cfg.buildcfg}")
        includedirs { "tests/fuzz" }
        files { file, "tests/fuzz/fuzz.c", "tests/fuzz/fuzz.h", "tests/fuzz/" .. name .. "/*.c", "tests/fuzz/" .. name .. "/*.h" }
    end
end

-- The samples: each legacy.c raw and with shim.h forced in, each migrated.c; programs of their own, and on the host parts of the
-- tour, where main is called after the sample. On a host that is not Windows they run on the model.
local variants = {
    { name = "legacy_raw", source = "legacy.c" },
    { name = "legacy_guarded", source = "legacy.c", guarded = true },
    { name = "migrated_guarded", source = "migrated.c" },
}
local function sample(folder, variant)
    files { path.join(folder, variant.source) }
    if not windows then defines { "HAFT_MODEL" } end
    if variant.guarded then
        filter "action:vs*"
            buildoptions { "/FIhaft/shim.h" }
        filter "not action:vs*"
            buildoptions { "-include haft/shim.h" }
        filter {}
    end
end

-- A sample's other files are somebody else's code: never guarded. The library of them, if there are any.
local function others(folder)
    local found = {}
    for _, file in ipairs(os.matchfiles(folder .. "/*.c")) do
        local name = path.getname(file)
        if name ~= "legacy.c" and name ~= "migrated.c" then found[#found + 1] = file end
    end
    if #found == 0 then return {} end
    local name = path.getname(folder) .. "_others"
    unit(name, "StaticLib", "samples")
    files(found)
    if not windows then defines { "HAFT_MODEL" } end
    return { name }
end

-- cl has no scoped cleanup: HAFT_AUTO is a compile error there, as it should be.
local function compiles(file)
    local f = io.open(file)
    local text = f and f:read "*a" or ""
    if f then f:close() end
    return f and not (visual_studio and text:find("HAFT_AUTO", 1, true))
end

local tour_parts, tour_others = {}, {}
for _, folder in ipairs(os.matchdirs "samples/q*") do
    local with = others(folder)
    for _, name in ipairs(with) do tour_others[#tour_others + 1] = name end
    for _, variant in ipairs(variants) do
        local name = path.getname(folder) .. "_" .. variant.name
        if compiles(path.join(folder, variant.source)) then
            program(name, "samples", with)
            sample(folder, variant)
            if windows and not row.msvc then links { "rasapi32" } end
            if not windows then
                unit("tour_" .. name, "StaticLib", "samples")
                defines { "main=" .. name .. "_main" }
                if variant.name == "legacy_raw" then defines { "HAFT_TOUR_RAW" } end
                sample(folder, variant)
                tour_parts[#tour_parts + 1] = "tour_" .. name
            end
        end
    end
end
if not windows and os.isfile "samples/tour.c" then
    for _, name in ipairs(tour_others) do tour_parts[#tour_parts + 1] = name end
    program("tour", "samples", tour_parts)
    files { "samples/*.c", "samples/*.h" }
    defines { "HAFT_MODEL" }
end
