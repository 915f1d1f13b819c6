/* calls_registry.h: keys. */

#define HKLM HKEY_LOCAL_MACHINE
static void calls_keys_opened(void) {
    HKEY k, parent;
    LENDS(RegOpenKeyA(HKLM, "SOFTWARE", &k), k, RegCloseKey(k));
    LENDS(RegOpenKeyW(HKLM, L"SOFTWARE", &k), k, RegCloseKey(k));
    LENDS(RegOpenKeyExA(HKLM, "SOFTWARE", 0, KEY_READ, &k), k, RegCloseKey(k));
    LENDS(RegOpenKeyExW(HKLM, L"SOFTWARE", 0, KEY_READ, &k), k, RegCloseKey(k));
    LENDS(RegOpenCurrentUser(KEY_READ, &k), k, RegCloseKey(k));
    FAILS(RegOpenUserClassesRoot(SELF, 0, KEY_READ, &k), k); /* Wine gives the predefined key */
    SAYS(k == HKEY_CLASSES_ROOT);
    FAILS(RegOpenKeyA(HKLM, NULL, &k), k);
    SAYS(k == HKLM);
    FAILS(RegOpenKeyW(HKLM, NULL, &k), k);
    SAYS(k == HKLM);
    MARK(parent);
    FILLS(RegOpenKeyExA(HKLM, "SOFTWARE", 0, KEY_READ, &parent));
    FAILS(RegOpenKeyA(parent, NULL, &k), k);
    SAYS(k == parent);
    LENDS(RegOpenKeyExA(parent, NULL, 0, KEY_READ, &k), k, RegCloseKey(k));
    LENDS(RegOpenKeyExW(parent, L"", 0, KEY_READ, &k), k, RegCloseKey(k));
    FAILS(RegOpenKeyA(parent, "", &k), k);
    SAYS(k == parent);
    CLOSES(RegCloseKey(parent));
    SAYS(RegCloseKey(parent));
    FAILS(RegOpenKeyExA(HKLM, "", 0, KEY_READ, &k), k);
    SAYS(k == HKLM);
    FAILS(RegOpenKeyExA(HKLM, "SOFTWARE\\No such key", 0, KEY_READ, &k), k);
    FAILS(RegOpenKeyExW(HKLM, L"SOFTWARE\\No such key", 0, KEY_READ, &k), k);
    FAILS(RegOpenKeyA(HKLM, "No such key", &k), k);
    FAILS(RegOpenKeyW(HKLM, L"No such key", &k), k);
    FAILS(RegOpenKeyExA((HKEY)JUNK, "SOFTWARE", 0, KEY_READ, &k), k);
    FAILS(RegOpenKeyExW(NULL, L"SOFTWARE", 0, KEY_READ, &k), k);
    FAILS(RegOpenKeyA((HKEY)MINUS_ONE, "SOFTWARE", &k), k);
    SAYS(RegOpenKeyA(HKLM, "SOFTWARE", NULL));
    SAYS(RegOpenKeyExW(HKLM, L"SOFTWARE", 0, KEY_READ, NULL));
    FAILS(RegOpenUserClassesRoot(JUNK, 77, KEY_READ, &k), k);
}

static void calls_keys_created(void) {
    HKEY k;
    DWORD how;
    LENDS(RegCreateKeyA(HKEY_CURRENT_USER, "Haft calls", &k), k, RegCloseKey(k));
    LENDS(RegCreateKeyW(HKEY_CURRENT_USER, L"Haft calls", &k), k, RegCloseKey(k));
    LENDS(RegCreateKeyExA(HKEY_CURRENT_USER, "Haft calls", 0, NULL, 0, KEY_ALL_ACCESS, NULL, &k, NULL), k, RegCloseKey(k));
    MARK(k);
    FILLS(RegCreateKeyExW(HKEY_CURRENT_USER, L"Haft calls", 0, NULL, 0, KEY_ALL_ACCESS, NULL, &k, &how));
    SAYS(how);
    CLOSES(RegCloseKey(k));
    SAYS(RegDeleteKeyA(HKEY_CURRENT_USER, "Haft calls"));
    FAILS(RegCreateKeyA((HKEY)JUNK, "Haft calls", &k), k);
    FAILS(RegCreateKeyW(NULL, L"Haft calls", &k), k);
    FAILS(RegCreateKeyExA((HKEY)JUNK, "x", 0, NULL, 0, KEY_READ, NULL, &k, NULL), k);
    FAILS(RegCreateKeyExW(HKEY_CURRENT_USER, L"Haft calls", 77, NULL, 0, KEY_READ, NULL, &k, NULL), k);
    LENDS(RegCreateKeyExW(HKLM, L"", 0, NULL, 0x80, KEY_READ, NULL, &k, NULL), k, RegCloseKey(k));
    FAILS(RegCreateKeyTransactedA((HKEY)JUNK, "x", 0, NULL, 0, KEY_READ, NULL, &k, NULL, JUNK, NULL), k);
    FAILS(RegCreateKeyTransactedW((HKEY)JUNK, L"x", 0, NULL, 0, KEY_READ, NULL, &k, NULL, JUNK, NULL), k);
}

static void calls_registry(void) {
    HKEY k;
    calls_keys_opened();
    calls_keys_created();
    FAILS(RegConnectRegistryA(NULL, HKEY_USERS, &k), k); /* the predefined key itself */
    SAYS(RegCloseKey(k));
    FAILS(RegConnectRegistryW(NULL, HKEY_CURRENT_USER, &k), k);
    SAYS(RegCloseKey(k));
    FAILS(RegConnectRegistryA("\\\\no.such.machine", HKEY_USERS, &k), k);
    FAILS(RegConnectRegistryW(L"\\\\no.such.machine", (HKEY)JUNK, &k), k);
    LENDS(RegLoadAppKeyA("haft_calls.hiv", &k, KEY_READ, 0, 0), k, RegCloseKey(k));
    LENDS(RegLoadAppKeyW(L"haft_calls.hiv", &k, KEY_READ, 0, 0), k, RegCloseKey(k));
    SAYS(RegCloseKey(NULL));
    SAYS(RegCloseKey(HKLM));
    SAYS(RegCloseKey(HKEY_CURRENT_USER));
    SAYS(RegCloseKey((HKEY)JUNK));
    SAYS(RegCloseKey((HKEY)MINUS_ONE));
}
