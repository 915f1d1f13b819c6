/* test_unload.c: a library that is unloaded while a handle is open that it opened: the report names it all the same. */
#if !defined(_WIN32)
#define _GNU_SOURCE
#endif
#include "hostile/unload.h"
#include "unit/unit.h"

#include <stdio.h>

#if defined(HAFT_WINDOWS)
#include <windows.h>

#define LIBRARY "unload.dll"
typedef HMODULE library;

static library load(void) { return LoadLibraryA(LIBRARY); }
static bool unload(library l) { return FreeLibrary(l) && !GetModuleHandleA(LIBRARY); }
static bool find(library l, const char *name, unload_open_fn **ret) {
    FARPROC found = GetProcAddress(l, name);
    memcpy(ret, &found, sizeof *ret);
    return found != NULL;
}
#else
#include "harness/child.h"

#include <dlfcn.h>

#define LIBRARY "unload.so"
typedef void *library;

static bool beside(char *path, unsigned size) {
    if (!child_own_path(path, size)) return false;
    char *name = strrchr(path, '/');
    snprintf(name, size - (size_t)(name - path), "/%s", LIBRARY);
    return true;
}

static library load(void) {
    char path[4096];
    return beside(path, sizeof path) ? dlopen(path, RTLD_NOW) : NULL;
}

static bool unload(library l) {
    char path[4096];
    return dlclose(l) == 0 && beside(path, sizeof path) && !dlopen(path, RTLD_NOW | RTLD_NOLOAD);
}

static bool find(library l, const char *name, unload_open_fn **ret) {
    void *found = dlsym(l, name);
    memcpy(ret, &found, sizeof *ret);
    return found != NULL;
}
#endif

static unsigned put_out;
static bool put_out_here(uint64_t raw) {
    put_out++;
    return raw == UNLOAD_RAW;
}

/* Classes of one name are one: what a library opened, the program can close. */
static haft_class lamps = { UNLOAD_CLASS, HAFT_CLASS_NONE, HAFT_SPACE_OWN, { 0, 0 }, put_out_here, NULL };

static bool first_line(char *text, size_t size) {
    FILE *out = tmpfile();
    if (!out) return false;
    haft_report_text(out);
    rewind(out);
    bool read = fgets(text, (int)size, out) != NULL;
    fclose(out);
    return read;
}

TEST(hostile_unload, sites_and_classes_survive_their_module) {
    static const char expected[] = "1 live " UNLOAD_CLASS " opened at " LIBRARY "+0x";
    char before[256], after[256];
    haft_hold h = { 0, 0 };
    unload_open_fn *open = NULL;
    library l = load();
    if (!l) SKIP("this program cannot load a library");
    REQUIRE(find(l, "unload_open", &open));
    put_out = 0;
    CHECK(open(haft__adopt, &h));
    CHECK(first_line(before, sizeof before));
    REQUIRE(unload(l));
    CHECK(first_line(after, sizeof after));
    CHECK_EQ(strncmp(after, expected, sizeof expected - 1), 0);
    CHECK_STR(after, before);
    CHECK_EQ(haft_live(), 1);

    haft_hold second = { 0, 0 };
    unit_listen();
    CHECK_EQ(haft__adopt(&second, UNLOAD_RAW, HAFT_OWNER_USER, &lamps, NULL), HAFT_E_TRACKED);
    CHECK_EQ(strncmp(unit_last.opened, LIBRARY "+0x", sizeof LIBRARY + 2), 0);
    CHECK(strstr(unit_last.text, ", opened at " LIBRARY "+0x") != NULL);
    unit_deaf();
    CHECK_EQ(haft__close(&h, &lamps, NULL), HAFT_OK);
    CHECK_EQ(put_out, 1);
    CHECK_EQ(haft_live(), 0);
}

TEST(hostile_unload, a_library_that_comes_back) {
    char text[2][256];
    unload_open_fn *open = NULL;
    for (int i = 0; i < 2; i++) {
        haft_hold h = { 0, 0 };
        library l = load();
        if (!l) SKIP("this program cannot load a library");
        REQUIRE(find(l, "unload_open", &open));
        CHECK(open(haft__adopt, &h));
        REQUIRE(unload(l));
        CHECK(first_line(text[i], sizeof text[i]));
        CHECK_EQ(haft__close(&h, &lamps, NULL), HAFT_OK);
    }
    CHECK_STR(text[1], text[0]);
}
