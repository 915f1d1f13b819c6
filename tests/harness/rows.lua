-- rows.lua: what Haft is built with: the targets of `build` and the rows of `test`, a table each.
--
-- A row has a directory of its own, build/NAME, a configuration (debug defines HAFT_DEBUG and refuses warnings; release is what
-- users get), a compiler and an archiver for make's command line, flags for compiler and linker, and needs: what must be there
-- before it can be used, with the Debian package that brings it. wine: what its programs need to run.

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
for _, name in ipairs { "msvcrt", "kernel32", "advapi32", "ws2_32", "ntdll", "rasapi32", "winspool", "wtsapi32" } do
    msvc.libs[#msvc.libs + 1] = wine_libs .. "lib" .. name .. ".a"
end

local rows = {
    { name = "gcc", cc = "gcc", needs = { gcc } },
    { name = "clang", cc = "clang", needs = { clang } },
    { name = "release", config = "release", cc = "gcc", needs = { gcc } },
    { name = "asan", cc = "gcc", cflags = asan.cflags, ldflags = asan.ldflags, needs = { gcc } },
    { name = "tsan", cc = "gcc", cflags = tsan.cflags, ldflags = tsan.ldflags, needs = { gcc },
      runner = "setarch -R" }, -- its shadow wants addresses where they always are
    { name = "win64", os = "windows", cc = "x86_64-w64-mingw32-gcc", ar = "x86_64-w64-mingw32-ar", needs = { mingw64 },
      wine = wine_needs },
    { name = "msvc64", os = "windows", cc = "clang", ar = "ar", cflags = msvc.cflags, ldflags = msvc.ldflags, libs = msvc.libs,
      msvc = true, needs = msvc.needs, wine = wine_needs },
    { name = "win32", os = "windows", cc = "i686-w64-mingw32-gcc", ar = "i686-w64-mingw32-ar", needs = { mingw32 },
      wine = { { any = { "/usr/lib/wine/wine" }, package = "wine32:i386" } },
      optional_run = true },
}

-- The target `host` is built with whatever cc is.
local host = { name = "host", config = "release", cc = "cc", ar = "ar", needs = { gcc } }

-- `mutate` builds this one: as gcc, but a change may leave something unused.
local mutants = { name = "mutants", config = "debug", cc = "gcc", ar = "ar", cflags = { "-w" }, needs = { gcc } }

local by_name = { host = host, mutants = mutants }
for _, row in ipairs(rows) do
    row.config = row.config or "debug"
    row.ar = row.ar or "ar"
    by_name[row.name] = row
end

return { list = rows, by_name = by_name, targets = { "host", "win64", "msvc64", "win32" } }
