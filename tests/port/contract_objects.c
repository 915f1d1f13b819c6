/* contract_objects.c: the contract of every port: files, and the objects with names. */
#include "contract.h"

#include "harness/test.h"

#include <string.h>

#define NAME "Haft contract object"
#define WIDE_NAME L"Haft contract object"
#define FILE_NAME "haft-contract.tmp"
#define WIDE_FILE_NAME L"haft-contract.tmp"
#define ANY_ACCESS MAXIMUM_ALLOWED
#define NO_HANDLE ((HANDLE)(intptr_t)-1)

/* A second handle to an object that is there: the same object, and the system says so. */
static void check_second(HANDLE first, HANDLE second) {
    CHECK_EQ(haft__nt()->last_error(), ERROR_ALREADY_EXISTS);
    CHECK(first != NULL && second != NULL && first != second);
    CHECK(haft__nt()->CloseHandle(second));
}

void contract_a_name_is_one_object(void) {
    const haft__nt_port *nt = haft__nt();
    nt->set_last_error(4711);
    HANDLE event = nt->CreateEventA(NULL, TRUE, FALSE, NAME " e");
    CHECK_EQ(nt->last_error(), 0);
    check_second(event, nt->CreateEventA(NULL, TRUE, FALSE, NAME " e"));
    check_second(event, nt->CreateEventW(NULL, TRUE, FALSE, WIDE_NAME L" e"));
    HANDLE mutex = nt->CreateMutexA(NULL, FALSE, NAME " m");
    check_second(mutex, nt->CreateMutexW(NULL, FALSE, WIDE_NAME L" m"));
    HANDLE semaphore = nt->CreateSemaphoreW(NULL, 0, 1, WIDE_NAME L" s");
    check_second(semaphore, nt->CreateSemaphoreA(NULL, 0, 1, NAME " s"));
    HANDLE timer = nt->CreateWaitableTimerA(NULL, TRUE, NAME " t");
    check_second(timer, nt->CreateWaitableTimerW(NULL, TRUE, WIDE_NAME L" t"));
    HANDLE mapping = nt->CreateFileMappingA(NO_HANDLE, NULL, PAGE_READWRITE, 0, 4096, NAME " f");
    check_second(mapping, nt->CreateFileMappingW(NO_HANDLE, NULL, PAGE_READWRITE, 0, 4096, WIDE_NAME L" f"));

    HANDLE opened[] = { nt->OpenEventA(ANY_ACCESS, FALSE, NAME " e"), nt->OpenMutexA(ANY_ACCESS, FALSE, NAME " m"),
                        nt->OpenSemaphoreW(ANY_ACCESS, FALSE, WIDE_NAME L" s"),
                        nt->OpenWaitableTimerA(ANY_ACCESS, FALSE, NAME " t"),
                        nt->OpenFileMappingA(FILE_MAP_READ, FALSE, NAME " f"), event, mutex, semaphore, timer, mapping };
    for (size_t i = 0; i < sizeof opened / sizeof *opened; i++) CHECK(nt->CloseHandle(opened[i]));
}

static void check_not_found(HANDLE h) {
    CHECK(h == NULL);
    CHECK_EQ(haft__nt()->last_error(), ERROR_FILE_NOT_FOUND);
    haft__nt()->set_last_error(0);
}

void contract_a_missing_name_is_not_found(void) {
    const haft__nt_port *nt = haft__nt();
    nt->set_last_error(0);
    check_not_found(nt->OpenEventA(ANY_ACCESS, FALSE, NAME " none"));
    check_not_found(nt->OpenEventW(ANY_ACCESS, FALSE, WIDE_NAME L" none"));
    check_not_found(nt->OpenMutexA(ANY_ACCESS, FALSE, NAME " none"));
    check_not_found(nt->OpenMutexW(ANY_ACCESS, FALSE, WIDE_NAME L" none"));
    check_not_found(nt->OpenSemaphoreA(ANY_ACCESS, FALSE, NAME " none"));
    check_not_found(nt->OpenSemaphoreW(ANY_ACCESS, FALSE, WIDE_NAME L" none"));
    check_not_found(nt->OpenWaitableTimerA(ANY_ACCESS, FALSE, NAME " none"));
    check_not_found(nt->OpenWaitableTimerW(ANY_ACCESS, FALSE, WIDE_NAME L" none"));
    check_not_found(nt->OpenFileMappingA(FILE_MAP_READ, FALSE, NAME " none"));
    check_not_found(nt->OpenFileMappingW(FILE_MAP_READ, FALSE, WIDE_NAME L" none"));
}

void contract_a_name_goes_with_its_last_handle(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE first = nt->CreateEventA(NULL, TRUE, FALSE, NAME " gone");
    HANDLE second = nt->OpenEventA(ANY_ACCESS, FALSE, NAME " gone");
    CHECK(nt->CloseHandle(first));
    HANDLE third = nt->OpenEventA(ANY_ACCESS, FALSE, NAME " gone");
    CHECK(third != NULL);
    CHECK(nt->CloseHandle(second));
    CHECK(nt->CloseHandle(third));
    check_not_found(nt->OpenEventA(ANY_ACCESS, FALSE, NAME " gone"));
}

void contract_a_name_has_one_kind(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE event = nt->CreateEventA(NULL, TRUE, FALSE, NAME " kind");
    CHECK(nt->CreateMutexA(NULL, FALSE, NAME " kind") == NULL);
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
    nt->set_last_error(0);
    CHECK(nt->OpenSemaphoreA(ANY_ACCESS, FALSE, NAME " kind") == NULL);
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
    CHECK(nt->CloseHandle(event));
}

void contract_a_semaphore_needs_room(void) {
    const haft__nt_port *nt = haft__nt();
    CHECK(nt->CreateSemaphoreA(NULL, 2, 1, NULL) == NULL);
    CHECK_EQ(nt->last_error(), ERROR_INVALID_PARAMETER);
}

/* A file that goes away with its last handle. */
static HANDLE make_file(DWORD disposition) {
    DWORD access = GENERIC_READ | GENERIC_WRITE, share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    return haft__nt()->CreateFileA(FILE_NAME, access, share, NULL, disposition, FILE_FLAG_DELETE_ON_CLOSE, NULL);
}

void contract_a_file_opens_and_closes(void) {
    const haft__nt_port *nt = haft__nt();
    DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    size_t before = contract_count();
    HANDLE made = make_file(CREATE_ALWAYS);
    REQUIRE(made != NO_HANDLE && made != NULL);
    CHECK_EQ(contract_count(), before + 1);
    HANDLE narrow = nt->CreateFileA(FILE_NAME, GENERIC_READ, share, NULL, OPEN_EXISTING, 0, NULL);
    HANDLE wide = nt->CreateFileW(WIDE_FILE_NAME, GENERIC_READ, share, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(narrow != NO_HANDLE && wide != NO_HANDLE && narrow != wide);
    CHECK_EQ(contract_count(), before + 3);
    CHECK(make_file(CREATE_NEW) == NO_HANDLE);
    CHECK_EQ(nt->last_error(), ERROR_FILE_EXISTS);
    CHECK(nt->CloseHandle(narrow));
    CHECK(nt->CloseHandle(wide));
    CHECK(nt->CloseHandle(made));
}

void contract_a_missing_file_is_not_found(void) {
    const haft__nt_port *nt = haft__nt();
    nt->set_last_error(0);
    CHECK(nt->CreateFileA("haft-no-such-file", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL) == NO_HANDLE);
    CHECK_EQ(nt->last_error(), ERROR_FILE_NOT_FOUND);
    nt->set_last_error(0);
    CHECK(nt->CreateFileW(L"haft-no-such-file", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL) == NO_HANDLE);
    CHECK_EQ(nt->last_error(), ERROR_FILE_NOT_FOUND);
}

void contract_a_search_is_closed_by_findclose(void) {
    const haft__nt_port *nt = haft__nt();
    WIN32_FIND_DATAA narrow;
    WIN32_FIND_DATAW wide;
    HANDLE file = make_file(CREATE_ALWAYS);
    REQUIRE(file != NO_HANDLE && file != NULL);
    HANDLE find = nt->FindFirstFileA(FILE_NAME, &narrow);
    CHECK(find != NO_HANDLE && find != NULL);
    CHECK(nt->FindClose(find));
    find = nt->FindFirstFileW(WIDE_FILE_NAME, &wide);
    CHECK(find != NO_HANDLE && find != NULL);
    CHECK(nt->FindClose(find));
    CHECK(nt->CloseHandle(file));
    nt->set_last_error(0);
    CHECK(nt->FindFirstFileA("haft-no-such-file", &narrow) == NO_HANDLE);
    CHECK_EQ(nt->last_error(), ERROR_FILE_NOT_FOUND);
    nt->set_last_error(0);
    CHECK(!nt->FindClose(NO_HANDLE));
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
}

void contract_a_change_notification_is_a_handle(void) {
    const haft__nt_port *nt = haft__nt();
    size_t before = contract_count();
    HANDLE change = nt->FindFirstChangeNotificationA(".", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME);
    REQUIRE(change != NO_HANDLE && change != NULL);
    CHECK(contract_count() >= before + 1);
    CHECK(nt->FindCloseChangeNotification(change));
    change = nt->FindFirstChangeNotificationW(L".", FALSE, FILE_NOTIFY_CHANGE_FILE_NAME);
    REQUIRE(change != NO_HANDLE && change != NULL);
    CHECK(nt->FindCloseChangeNotification(change));
}

void contract_a_pipe_has_two_ends(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE reader = NULL, writer = NULL;
    size_t before = contract_count();
    REQUIRE(nt->CreatePipe(&reader, &writer, NULL, 0));
    CHECK_EQ(contract_count(), before + 2);
    CHECK(reader != writer);
    CHECK(nt->CloseHandle(reader));
    CHECK(nt->CloseHandle(writer));
}

void contract_a_named_pipe_and_a_mailslot_are_handles(void) {
    const haft__nt_port *nt = haft__nt();
    HANDLE all[] = { nt->CreateNamedPipeA("\\\\.\\pipe\\haft contract", 3 /* duplex */, 0, 2, 512, 512, 0, NULL),
                     nt->CreateNamedPipeW(L"\\\\.\\pipe\\haft contract", 3, 0, 2, 512, 512, 0, NULL),
                     nt->CreateMailslotA("\\\\.\\mailslot\\haft contract a", 0, 0, NULL),
                     nt->CreateMailslotW(L"\\\\.\\mailslot\\haft contract w", 0, 0, NULL) };
    for (size_t i = 0; i < 4; i++) {
        CHECK(all[i] != NO_HANDLE && all[i] != NULL && nt->is_open(all[i]));
        CHECK(nt->CloseHandle(all[i]));
    }
}

void contract_a_view_outlives_its_mapping(void) {
    const haft__nt_port *nt = haft__nt();
    size_t before = contract_count();
    HANDLE mapping = nt->CreateFileMappingA(NO_HANDLE, NULL, PAGE_READWRITE, 0, 4096, NULL);
    REQUIRE(mapping != NULL);
    char *view = nt->MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0);
    REQUIRE(view != NULL);
    CHECK_EQ(contract_count(), before + 1);
    memset(view, 1, 4096);
    CHECK(nt->CloseHandle(mapping));
    CHECK_EQ(view[4095], 1);
    CHECK(nt->UnmapViewOfFile(view));
    nt->set_last_error(0);
    CHECK(!nt->UnmapViewOfFile(view));
    CHECK(nt->last_error() != 0);
    CHECK(nt->MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0) == NULL);
    CHECK_EQ(nt->last_error(), ERROR_INVALID_HANDLE);
}

void contract_memory_and_heaps_go_back(void) {
    const haft__nt_port *nt = haft__nt();
    char *memory = nt->LocalAlloc(0x40 /* LPTR */, 100);
    REQUIRE(memory != NULL);
    CHECK_EQ(memory[0] | memory[99], 0);
    memset(memory, 1, 100);
    CHECK(nt->LocalFree(memory) == NULL);
    CHECK(nt->LocalFree(NULL) == NULL);
    HANDLE heap = nt->HeapCreate(0, 0, 0);
    REQUIRE(heap != NULL);
    CHECK(heap != nt->GetProcessHeap());
    CHECK(nt->HeapDestroy(heap));
    CHECK(nt->GetProcessHeap() != NULL);
    CHECK(nt->GetProcessHeap() == nt->GetProcessHeap());
}

/* Modules count: two loads of one give the same value, and it goes with the second free. */
void contract_a_module_loads_or_is_not_found(void) {
    const haft__nt_port *nt = haft__nt();
    HMODULE narrow = nt->LoadLibraryA("kernel32.dll"), wide = nt->LoadLibraryW(L"kernel32.dll");
    CHECK(narrow != NULL && narrow == wide);
    CHECK(nt->FreeLibrary(narrow));
    CHECK(nt->FreeLibrary(wide));
    nt->set_last_error(0);
    CHECK(nt->LoadLibraryA("haft-no-such-module.dll") == NULL);
    CHECK_EQ(nt->last_error(), ERROR_MOD_NOT_FOUND);
    nt->set_last_error(0);
    CHECK(nt->LoadLibraryW(L"haft-no-such-module.dll") == NULL);
    CHECK_EQ(nt->last_error(), ERROR_MOD_NOT_FOUND);
}
