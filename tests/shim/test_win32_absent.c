/* test_win32_absent.c: shims of functions that the system may lack, as Wine does: a raw program would not start; a guarded one
 * gets the function's own failure with ERROR_CALL_NOT_IMPLEMENTED, and no out-parameter is touched. */
#include <haft/shim.h>

#include "calls.h"

#include "harness/test.h"

#include <haft.h>

#if defined(__MINGW32__) /* other headers do not declare them all */
static unsigned lacking;

/* Whether to expect the failure; elsewhere the functions are there and the differential test's way of calling them would do. */
static bool lacks(const char *module, const char *name) {
    bool lacks = GetProcAddress(GetModuleHandleA(module), name) == NULL;
    lacking += lacks;
    SetLastError(0);
    return lacks;
}

#define ABSENT(module, name, call, failure)                                 \
    if (lacks(module, #name)) {                                             \
        CHECK((intptr_t)(call) == (intptr_t)(failure));                     \
        CHECK_EQ(GetLastError(), ERROR_CALL_NOT_IMPLEMENTED);               \
    }

static void handles(HANDLE none) {
    DWORD n = 0;
    ABSENT("kernel32", CreateBoundaryDescriptorA, CreateBoundaryDescriptorA("x", 0), 0)
    ABSENT("kernel32", CreatePrivateNamespaceA, CreatePrivateNamespaceA(NULL, none, "x"), 0)
    ABSENT("kernel32", CreatePrivateNamespaceW, CreatePrivateNamespaceW(NULL, none, L"x"), 0)
    ABSENT("kernel32", OpenPrivateNamespaceA, OpenPrivateNamespaceA(none, "x"), 0)
    ABSENT("kernel32", OpenPrivateNamespaceW, OpenPrivateNamespaceW(none, L"x"), 0)
    ABSENT("kernel32", ClosePrivateNamespace, ClosePrivateNamespace(none, 0), 0)
    ABSENT("kernel32", CreateFileMappingNumaA, CreateFileMappingNumaA(MINUS_ONE, NULL, PAGE_READONLY, 0, 1, NULL, 0), 0)
    ABSENT("kernel32", CreateFileTransactedA, CreateFileTransactedA("x", 0, 0, NULL, 3, 0, NULL, none, NULL, NULL), -1)
    ABSENT("kernel32", CreateFileTransactedW, CreateFileTransactedW(L"x", 0, 0, NULL, 3, 0, NULL, none, NULL, NULL), -1)
    ABSENT("kernel32", FindFirstFileNameW, FindFirstFileNameW(L"x", 0, &n, NULL), -1)
}

TEST(absent, each_fails_in_its_own_way) {
    size_t live = haft_live();
    HANDLE token = JUNK;
    HKEY key = (HKEY)JUNK;
    lacking = 0;
    handles(JUNK);
    ABSENT("advapi32", LogonUserExA, LogonUserExA("x", NULL, "x", 2, 0, &token, NULL, NULL, NULL, NULL), 0)
    ABSENT("advapi32", LogonUserExW, LogonUserExW(L"x", NULL, L"x", 2, 0, &token, NULL, NULL, NULL, NULL), 0)
    if (lacks("advapi32", "RegOpenKeyTransactedA"))
        CHECK_EQ(RegOpenKeyTransactedA(HKEY_USERS, "x", 0, KEY_READ, &key, JUNK, NULL), ERROR_CALL_NOT_IMPLEMENTED);
    if (lacks("advapi32", "RegOpenKeyTransactedW"))
        CHECK_EQ(RegOpenKeyTransactedW(HKEY_USERS, L"x", 0, KEY_READ, &key, JUNK, NULL), ERROR_CALL_NOT_IMPLEMENTED);
    if (lacks("kernel32", "DeleteBoundaryDescriptor")) DeleteBoundaryDescriptor(JUNK);
    CHECK(token == JUNK && key == (HKEY)JUNK);
    CHECK_EQ(haft_live(), live);
    if (!lacking) SKIP("this system lacks none of them");
}
#endif
