/* contract_registry.c: the contract of every port: the registry. */
#include "contract.h"

#include "harness/test.h"

#include <string.h>
#include <wchar.h>

#define ROOM 512

static HKEY opened(HKEY parent, const char *subkey) {
    HKEY key = NULL;
    CHECK_EQ(haft__nt()->RegOpenKeyExA(parent, subkey, 0, KEY_READ, &key), ERROR_SUCCESS);
    return key;
}

static void closed(HKEY key) { CHECK_EQ(haft__nt()->RegCloseKey(key), ERROR_SUCCESS); }

void contract_a_key_opens_and_closes(void) {
    const haft__nt_port *nt = haft__nt();
    size_t before = contract_count();
    HKEY keys[4] = { NULL, NULL, NULL, NULL };
    CHECK_EQ(nt->RegOpenKeyA(HKEY_LOCAL_MACHINE, "SOFTWARE", &keys[0]), ERROR_SUCCESS);
    CHECK_EQ(nt->RegOpenKeyW(HKEY_LOCAL_MACHINE, L"SOFTWARE", &keys[1]), ERROR_SUCCESS);
    CHECK_EQ(nt->RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &keys[2]), ERROR_SUCCESS);
    CHECK_EQ(nt->RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE", 0, KEY_READ, &keys[3]), ERROR_SUCCESS);
    CHECK(contract_count() >= before + 4);
    for (size_t i = 0; i < 4; i++) {
        CHECK(nt->is_open((HANDLE)keys[i]));
        closed(keys[i]);
        CHECK(!nt->is_open((HANDLE)keys[i]));
        CHECK_EQ(nt->RegCloseKey(keys[i]), ERROR_INVALID_HANDLE);
    }
}

void contract_every_open_of_a_key_is_a_handle(void) {
    HKEY first = opened(HKEY_LOCAL_MACHINE, "SOFTWARE");
    size_t before = contract_count();
    HKEY keys[50];
    for (size_t i = 0; i < 50; i++) keys[i] = opened(HKEY_LOCAL_MACHINE, "SOFTWARE");
    CHECK_EQ(contract_count(), before + 50);
    for (size_t i = 0; i < 50; i++) CHECK(keys[i] != first && (i == 0 || keys[i] != keys[i - 1]));
    for (size_t i = 0; i < 50; i++) closed(keys[i]);
    CHECK_EQ(contract_count(), before);
    closed(first);
}

void contract_a_missing_key_is_not_found(void) {
    const haft__nt_port *nt = haft__nt();
    HKEY key = NULL;
    HKEY parent = opened(HKEY_LOCAL_MACHINE, "SOFTWARE");
    size_t before = contract_count();
    CHECK_EQ(nt->RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE\\No such key", 0, KEY_READ, &key), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(nt->RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\No such key", 0, KEY_READ, &key), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(nt->RegOpenKeyA(parent, "No such key", &key), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(nt->RegOpenKeyW(parent, L"No such key", &key), ERROR_FILE_NOT_FOUND);
    CHECK_EQ(contract_count(), before);
    closed(parent);
    CHECK_EQ(nt->RegOpenKeyExA(parent, "No such key", 0, KEY_READ, &key), ERROR_INVALID_HANDLE);
}

/* Not an open: closing it as often as it was got must not matter. */
void contract_an_empty_subkey_gives_the_predefined_key_back(void) {
    const haft__nt_port *nt = haft__nt();
    HKEY keys[5] = { NULL, NULL, NULL, NULL, NULL };
    size_t before = contract_count();
    CHECK_EQ(nt->RegOpenKeyExA(HKEY_LOCAL_MACHINE, NULL, 0, KEY_READ, &keys[0]), ERROR_SUCCESS);
    CHECK_EQ(nt->RegOpenKeyExA(HKEY_LOCAL_MACHINE, "", 0, KEY_READ, &keys[1]), ERROR_SUCCESS);
    CHECK_EQ(nt->RegOpenKeyExW(HKEY_LOCAL_MACHINE, NULL, 0, KEY_READ, &keys[2]), ERROR_SUCCESS);
    CHECK_EQ(nt->RegOpenKeyA(HKEY_LOCAL_MACHINE, NULL, &keys[3]), ERROR_SUCCESS);
    CHECK_EQ(nt->RegOpenKeyW(HKEY_LOCAL_MACHINE, NULL, &keys[4]), ERROR_SUCCESS);
    for (size_t i = 0; i < 5; i++) {
        CHECK(keys[i] == HKEY_LOCAL_MACHINE);
        CHECK_EQ(nt->RegCloseKey(keys[i]), ERROR_SUCCESS);
    }
    CHECK_EQ(contract_count(), before);
}

void contract_a_key_is_created_then_opened(void) {
    const haft__nt_port *nt = haft__nt();
    HKEY first = NULL, second = NULL, third = NULL;
    DWORD how = 0;
    size_t before = contract_count();
    CHECK_EQ(nt->RegCreateKeyExA(HKEY_CURRENT_USER, CONTRACT_KEY, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, NULL, &first, NULL),
             ERROR_SUCCESS);
    CHECK_EQ(nt->RegCreateKeyExW(HKEY_CURRENT_USER, L"Software\\Haft contract", 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, NULL,
                                 &second, &how),
             ERROR_SUCCESS);
    CHECK_EQ(how, REG_OPENED_EXISTING_KEY);
    CHECK_EQ(nt->RegCreateKeyA(HKEY_CURRENT_USER, CONTRACT_KEY, &third), ERROR_SUCCESS);
    CHECK(contract_count() >= before + 3);
    CHECK(first != second && second != third && third != first);
    closed(first);
    closed(second);
    closed(third);
}

static size_t name_of(HKEY key, wchar_t *text) {
    size_t length = haft__nt()->key_name(key, text, ROOM);
    CHECK(length > 0 && length < ROOM && wcslen(text) == length);
    return length;
}

/* Whatever parent and case it was opened through. */
void contract_a_key_has_one_name(void) {
    const haft__nt_port *nt = haft__nt();
    wchar_t name[ROOM], other[ROOM];
    HKEY made = NULL, software = opened(HKEY_CURRENT_USER, "Software");
    REQUIRE(nt->RegCreateKeyExA(software, "Haft contract", 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, NULL, &made, NULL) ==
            ERROR_SUCCESS);
    HKEY keys[] = { made, opened(HKEY_CURRENT_USER, CONTRACT_KEY), opened(HKEY_CURRENT_USER, "SOFTWARE\\haft CONTRACT"),
                    opened(software, "Haft contract"), opened(software, "HAFT CONTRACT") };
    size_t length = name_of(made, name);
    CHECK(name[0] == L'\\');
    for (size_t i = 1; i < 5; i++) {
        CHECK_EQ(name_of(keys[i], other), length);
        CHECK(wcscmp(name, other) == 0);
    }
    name_of(software, other);
    CHECK(wcscmp(name, other) != 0);
    CHECK(wcsncmp(name, other, wcslen(other)) == 0);
    for (size_t i = 0; i < 5; i++) closed(keys[i]);
    closed(software);
}

void contract_a_key_name_needs_room(void) {
    const haft__nt_port *nt = haft__nt();
    wchar_t name[ROOM], other[ROOM];
    HKEY key = opened(HKEY_LOCAL_MACHINE, "SOFTWARE");
    size_t length = name_of(key, name);
    wmemset(other, L'#', ROOM);
    CHECK_EQ(nt->key_name(key, other, length + 1), length);
    CHECK(wcscmp(name, other) == 0);
    wmemset(other, L'#', ROOM);
    CHECK_EQ(nt->key_name(key, other, length), 0);
    CHECK_EQ(nt->key_name(key, other, 1), 0);
    CHECK_EQ(nt->key_name(key, other, 0), 0);
    CHECK_EQ(nt->key_name(key, NULL, 0), 0);
    CHECK(other[length] == L'#');
    closed(key);
    CHECK_EQ(nt->key_name(key, other, ROOM), 0);
}

void contract_what_is_no_key_has_no_name(void) {
    const haft__nt_port *nt = haft__nt();
    wchar_t name[ROOM];
    HANDLE event = contract_event();
    CHECK_EQ(nt->key_name((HKEY)event, name, ROOM), 0);
    CHECK_EQ(nt->key_name(NULL, name, ROOM), 0);
    CHECK_EQ(nt->key_name(HKEY_LOCAL_MACHINE, name, ROOM), 0);
    CHECK_EQ(nt->key_name(HKEY_CURRENT_USER, name, ROOM), 0);
    CHECK(nt->CloseHandle(event));
}

void contract_the_local_registry_can_be_connected(void) {
    const haft__nt_port *nt = haft__nt();
    HKEY root = NULL, key = NULL;
    REQUIRE(nt->RegConnectRegistryA(NULL, HKEY_LOCAL_MACHINE, &root) == ERROR_SUCCESS);
    CHECK_EQ(nt->RegOpenKeyExA(root, "SOFTWARE", 0, KEY_READ, &key), ERROR_SUCCESS);
    closed(key);
    closed(root);
    REQUIRE(nt->RegConnectRegistryW(NULL, HKEY_LOCAL_MACHINE, &root) == ERROR_SUCCESS);
    closed(root);
}

/* NT has the function since 5.0. */
void contract_the_current_user_opens_where_it_can(void) {
    const haft__nt_port *nt = haft__nt();
    HKEY untouched = (HKEY)(uintptr_t)0x1230, key = untouched;
    wchar_t name[ROOM];
    LONG error = nt->RegOpenCurrentUser(KEY_READ, &key);
    if (error == ERROR_CALL_NOT_IMPLEMENTED) {
        CHECK(nt->version().version < 0x0500);
        CHECK(key == untouched);
        return;
    }
    REQUIRE(error == ERROR_SUCCESS);
    name_of(key, name);
    closed(key);
}
