-- rows.lua: what Haft is built with: the targets of `build` and the rows of `test`, a table each.
--
-- A row has a directory of its own, build/NAME, a configuration (debug defines HAFT_DEBUG and refuses warnings; release is what
-- users get), a compiler and an archiver for make's command line, flags for compiler and linker, and needs: what must be there
-- before it can be used, with the Debian package that brings it. wine: what its programs need to run. emulator: the command that
-- runs them, with what it wants in the environment. tests: the folders of its tests, below tests. first: folders whose headers
-- stand in for the library's own.

local wine_libs = "/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/"
local wine_needs = { { any = { "wine", "wine64", "/usr/lib/wine/wine64" }, package = "wine64" } }

local gcc = { any = { "gcc", "cc" }, package = "build-essential" }
local clang = { any = { "clang" }, package = "clang" }
local mingw64 = { any = { "x86_64-w64-mingw32-gcc" }, package = "gcc-mingw-w64-x86-64" }
local mingw32 = { any = { "i686-w64-mingw32-gcc" }, package = "gcc-mingw-w64-i686" }

local function sanitize(what)
    local flags = { "-fsanitize=" .. what, "-fno-sanitize-recover=all", "-fno-omit-frame-pointer" }
    return { cflags = flags, ldflags = flags }
end
-- libFuzzer is a part of clang's runtime, which Debian has in a package of its own.
local fuzzer = {
    works = "echo 'int LLVMFuzzerTestOneInput(const void *d, unsigned long n) { return d == (void *)n; }' | " ..
            "clang -w -fsanitize=fuzzer,address -x c -o /dev/null -",
    package = "libclang-rt-14-dev",
}
-- Pages of 32 entries: an input comes by several, and the walk after each step is short.
local small_pages = "-DHAFT__PAGE_BITS=5"
local fuzz_flags = { small_pages, "-fsanitize=fuzzer-no-link,address,undefined", "-fno-sanitize-recover=all",
                     "-fno-omit-frame-pointer", "-O2",
                     "-fsanitize-coverage-ignorelist=../../tests/fuzz/uncovered.txt" }
local asan, tsan = sanitize "address,undefined", sanitize "thread"

-- clang with the MSVC ABI: Wine's headers and import libraries stand in for the SDK, crt0.c for the C runtime's start.
local msvc = {
    cflags = { "--target=x86_64-pc-windows-msvc", "-fms-extensions", "-D_MSVCR_VER=0", "-isystem /usr/include/wine/wine/msvcrt",
               "-isystem /usr/include/wine/wine/windows" },
    ldflags = { "--target=x86_64-pc-windows-msvc", "-fuse-ld=lld", "-nostdlib", "-Wl,/subsystem:console" },
    libs = {},
    needs = { clang, { any = { "lld-link" }, package = "lld" },
              { any = { "/usr/include/wine/wine/msvcrt/stdio.h" }, package = "libwine-dev" },
              { any = { wine_libs .. "libkernel32.a" }, package = "libwine-dev" } },
}
for _, name in ipairs { "msvcrt", "kernel32", "advapi32", "ws2_32", "ntdll", "rasapi32", "shell32", "winspool", "wtsapi32" } do
    msvc.libs[#msvc.libs + 1] = wine_libs .. "lib" .. name .. ".a"
end

-- Another machine: Debian's cross compiler, and qemu that runs one program as that machine would, with Debian's libraries for it.
local function machine(name, triple, arch, debian)
    local tool, libraries = triple .. "-", "/usr/" .. triple
    return { name = name, cc = tool .. "gcc", ar = tool .. "ar", emulator = "qemu-" .. arch,
             environment = "QEMU_LD_PREFIX=" .. libraries,
             needs = { { any = { tool .. "gcc" }, package = "gcc-" .. triple },
                       { any = { libraries .. "/lib/libc.so.6" }, package = "libc6-dev-" .. debian .. "-cross" },
                       { any = { "qemu-" .. arch }, package = "qemu-user" } } }
end

-- What tests of the families of haft/win32 link besides: import libraries that both mingw and Wine have.
local families = { "user32", "gdi32", "crypt32", "bcrypt", "rpcrt4", "ole32", "oleaut32" }
local wine_families = {}
for _, name in ipairs(families) do wine_families[#wine_families + 1] = wine_libs .. "lib" .. name .. ".a" end

local rows = {
    { name = "gcc", cc = "gcc", needs = { gcc } },
    { name = "clang", cc = "clang", needs = { clang } },
    { name = "release", config = "release", cc = "gcc", needs = { gcc } },
    { name = "asan", cc = "gcc", cflags = asan.cflags, ldflags = asan.ldflags, needs = { gcc } },
    { name = "tsan", cc = "gcc", cflags = tsan.cflags, ldflags = tsan.ldflags, needs = { gcc },
      runner = "setarch -R" }, -- its shadow wants addresses where they always are
    { name = "musl", cc = "musl-gcc", ldflags = { "-static" }, static = true,
      needs = { gcc, { any = { "musl-gcc" }, package = "musl-tools" } } },
    machine("arm32", "arm-linux-gnueabihf", "arm", "armhf"),
    machine("arm64", "aarch64-linux-gnu", "aarch64", "arm64"),
    machine("s390x", "s390x-linux-gnu", "s390x", "s390x"), -- its bytes stand the other way round
    { name = "win64", os = "windows", cc = "x86_64-w64-mingw32-gcc", ar = "x86_64-w64-mingw32-ar", needs = { mingw64 },
      families = families, wine = wine_needs },
    { name = "msvc64", os = "windows", cc = "clang", ar = "ar", cflags = msvc.cflags, ldflags = msvc.ldflags, libs = msvc.libs,
      msvc = true, needs = msvc.needs, families = wine_families, wine = wine_needs },
    { name = "win32", os = "windows", cc = "i686-w64-mingw32-gcc", ar = "i686-w64-mingw32-ar", needs = { mingw32 },
      families = families, wine = { { any = { "/usr/lib/wine/wine" }, package = "wine32:i386" } },
      optional_run = true },
    { name = "explore", cc = "gcc", cflags = asan.cflags, ldflags = asan.ldflags, needs = { gcc }, tests = { "explore" },
      first = { "tests/explore" } },
    { name = "fuzz", cc = "clang", cflags = fuzz_flags, ldflags = { "-fsanitize=fuzzer,address,undefined" }, fuzz = true,
      needs = { clang, fuzzer } },
}

-- The target `host` is built with whatever cc is.
local host = { name = "host", config = "release", cc = "cc", ar = "ar", needs = { gcc } }

-- `mutate` builds this one: as gcc, but a change may leave something unused.
local mutants = { name = "mutants", config = "debug", cc = "gcc", ar = "ar", cflags = { "-w" }, needs = { gcc } }

-- `fuzz` builds this one for AFL++, where that is installed: without sanitizers, for speed.
local afl = { name = "fuzz_afl", config = "debug", cc = "afl-clang-fast", ar = "ar", cflags = { small_pages, "-O2" },
              ldflags = { "-fsanitize=fuzzer" }, fuzz = true, needs = { { any = { "afl-clang-fast" }, package = "afl++" } } }

-- `coverage` builds these: without optimisation, so that a branch is where the source has it, and with functions that are to be
-- inlined counted once and not at each caller.
local counts = { "--coverage", "-O0", "-fprofile-update=atomic", "-Dalways_inline=unused", "-DHAFT_COVERAGE" }
local coverage = { name = "coverage", cc = "gcc", cflags = counts, ldflags = { "--coverage" }, needs = { gcc } }
local coverage64 = { name = "coverage64", os = "windows", cc = "x86_64-w64-mingw32-gcc", ar = "x86_64-w64-mingw32-ar",
                     cflags = counts, ldflags = { "--coverage" }, needs = { mingw64 }, families = families, wine = wine_needs }
local coverage_orders = { name = "coverage_orders", cc = "gcc", cflags = counts, ldflags = { "--coverage" }, needs = { gcc },
                          tests = { "explore" }, first = { "tests/explore" } }

local by_name = { host = host, mutants = mutants, fuzz_afl = afl, coverage = coverage, coverage64 = coverage64,
                  coverage_orders = coverage_orders }
for _, row in ipairs(rows) do by_name[row.name] = row end
for _, row in pairs(by_name) do
    row.config = row.config or "debug"
    row.ar = row.ar or "ar"
    row.tests = row.tests or { "unit", "port", "fault", "shim", "hostile" }
end

return { list = rows, by_name = by_name, targets = { "host", "win64", "msvc64", "win32" } }
