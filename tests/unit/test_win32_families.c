/* test_win32_families.c: the families of haft/win32 on the system itself: what Wine can open is opened, held, and closed once. */
#include <haft/win32/cng.h>
#include <haft/win32/controls.h>
#include <haft/win32/crypto.h>
#include <haft/win32/gdi.h>
#include <haft/win32/kernel.h>
#include <haft/win32/net.h>
#include <haft/win32/rpc.h>
#include <haft/win32/security.h>
#include <haft/win32/threadpool.h>
#include <haft/win32/tracing.h>
#include <haft/win32/user.h>

#include "unit.h"

/* One that the system has just opened goes into *h. It is closed with success, once: its copy is refused. */
#define CLOSES(T, gone)                                    \
    do {                                                   \
        T copy = h;                                        \
        CHECK_EQ(T##_owner(&h), HAFT_OWNER_USER);          \
        CHECK_EQ(T##_close(&h), HAFT_OK);                  \
        CHECK(gone);                                       \
        CHECK_EQ(T##_close(&copy), HAFT_E_STALE);          \
        CHECK(T##_raw(&h) == raw_none);                    \
    } while (0)
/* `open` is the raw value; `gone` asks the system whether it is closed, of `raw`. */
#define ADOPTS(T, R, open, gone)                                                        \
    do {                                                                                \
        T h = HAFT_INIT;                                                                \
        R raw_none = T##_raw(&h);                                                       \
        R raw = (open);                                                                 \
        if (T##_adopt(&h, raw, HAFT_OWNER_USER) == HAFT_OK) CLOSES(T, gone);            \
        else haft_test_fail(__FILE__, __LINE__, #T ": " #open);                         \
    } while (0)
/* `call` writes through T_out(&h). */
#define TAKES(T, R, call, gone)                                                         \
    do {                                                                                \
        T h = HAFT_INIT;                                                                \
        R raw_none = T##_raw(&h);                                                       \
        R raw = raw_none;                                                               \
        if ((call) && (raw = T##_raw(&h)) != raw_none) CLOSES(T, gone);                 \
        else haft_test_fail(__FILE__, __LINE__, #T ": " #call);                         \
    } while (0)
#define NOT_ASKED (raw != raw_none) /* the system does not say, or must not be asked */

static void WINAPI fired(void *argument, BOOLEAN timer) {
    (void)timer;
    InterlockedIncrement((LONG volatile *)argument);
}
static LONG WINAPI no_handler(EXCEPTION_POINTERS *what) { return (void)what, EXCEPTION_CONTINUE_SEARCH; }

TEST(win32_families, kernel_timers_and_waits) {
    LONG volatile times = 0;
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
    ADOPTS(haft_timer_queue, HANDLE, CreateTimerQueue(), NOT_ASKED);
    TAKES(haft_queue_timer, HANDLE, CreateTimerQueueTimer(haft_queue_timer_out(&h), NULL, fired, (void *)&times, 60000, 0, 0),
          NOT_ASKED);
    TAKES(haft_wait, HANDLE, RegisterWaitForSingleObject(haft_wait_out(&h), event, fired, (void *)&times, INFINITE, 8), NOT_ASKED);
    SetEvent(event);
    CloseHandle(event);
    Sleep(20);
    CHECK_EQ(times, 0); /* whatever was to call back was ended */
}

static bool is_free(const void *address) {
    MEMORY_BASIC_INFORMATION m;
    return VirtualQuery(address, &m, sizeof m) && m.State == MEM_FREE;
}

/* A slot given up is the next to be handed out. */
static bool tls_is_free(DWORD slot) {
    DWORD next = TlsAlloc();
    return next == slot && TlsFree(next);
}

TEST(win32_families, kernel_others) {
    char name[64];
    ADOPTS(haft_global, HGLOBAL, GlobalAlloc(GMEM_MOVEABLE, 16), NOT_ASKED);
    ADOPTS(haft_pages, void *, VirtualAlloc(NULL, 1 << 20, MEM_RESERVE, PAGE_NOACCESS), is_free(raw));
    ADOPTS(haft_tls, DWORD, TlsAlloc(), tls_is_free(raw));
    ADOPTS(haft_fls, DWORD, FlsAlloc(NULL), !FlsFree(raw));
    ADOPTS(haft_exception_handler, void *, AddVectoredExceptionHandler(0, no_handler), !RemoveVectoredExceptionHandler(raw));
    ADOPTS(haft_volume_find, HANDLE, FindFirstVolumeA(name, sizeof name), NOT_ASKED);
    ADOPTS(haft_dll_directory, DLL_DIRECTORY_COOKIE, AddDllDirectory(L"C:\\windows"), NOT_ASKED);
}

TEST(win32_families, kernel_a_scope_discards_an_update) {
    WIN32_FILE_ATTRIBUTE_DATA before, after;
    char self[MAX_PATH];
    REQUIRE(GetModuleFileNameA(NULL, self, sizeof self));
    REQUIRE(CopyFileA(self, "haft_update.tmp", FALSE));
    REQUIRE(GetFileAttributesExA("haft_update.tmp", GetFileExInfoStandard, &before));
    ADOPTS(haft_update, HANDLE, BeginUpdateResourceA("haft_update.tmp", FALSE), NOT_ASKED);
    CHECK(GetFileAttributesExA("haft_update.tmp", GetFileExInfoStandard, &after));
    CHECK_EQ(before.nFileSizeLow, after.nFileSizeLow);
    CHECK(DeleteFileA("haft_update.tmp")); /* nobody has it open */
}

static void CALLBACK work(PTP_CALLBACK_INSTANCE instance, void *argument, PTP_WORK w) { (void)instance, (void)argument, (void)w; }
static void CALLBACK tick(PTP_CALLBACK_INSTANCE instance, void *argument, PTP_TIMER t) { (void)instance, (void)argument, (void)t; }
static void CALLBACK signalled(PTP_CALLBACK_INSTANCE instance, void *argument, PTP_WAIT w, TP_WAIT_RESULT result) {
    (void)instance, (void)argument, (void)w, (void)result;
}

TEST(win32_families, threadpool) {
    ADOPTS(haft_threadpool, PTP_POOL, CreateThreadpool(NULL), NOT_ASKED);
    ADOPTS(haft_threadpool_cleanup, PTP_CLEANUP_GROUP, CreateThreadpoolCleanupGroup(), NOT_ASKED);
    ADOPTS(haft_threadpool_work, PTP_WORK, CreateThreadpoolWork(work, NULL, NULL), NOT_ASKED);
    ADOPTS(haft_threadpool_timer, PTP_TIMER, CreateThreadpoolTimer(tick, NULL, NULL), NOT_ASKED);
    ADOPTS(haft_threadpool_wait, PTP_WAIT, CreateThreadpoolWait(signalled, NULL, NULL), NOT_ASKED);
}

static bool open_policy(LSA_HANDLE *ret) {
    LSA_OBJECT_ATTRIBUTES attributes;
    memset(&attributes, 0, sizeof attributes);
    return LsaOpenPolicy(NULL, &attributes, POLICY_VIEW_LOCAL_INFORMATION, ret) >= 0;
}

TEST(win32_families, security) {
    SID_IDENTIFIER_AUTHORITY nt = { { 0, 0, 0, 0, 0, 5 } };
    haft_lsa_policy policy = HAFT_INIT;
    TAKES(haft_sid, PSID, AllocateAndInitializeSid(&nt, 1, 18, 0, 0, 0, 0, 0, 0, 0, haft_sid_out(&h)), NOT_ASKED);
    TAKES(haft_lsa_policy, LSA_HANDLE, open_policy(haft_lsa_policy_out(&h)), NOT_ASKED);
    REQUIRE(open_policy(haft_lsa_policy_out(&policy)));
    TAKES(haft_lsa_memory, void *,
          LsaQueryInformationPolicy(haft_lsa_policy_raw(&policy), PolicyAccountDomainInformation, haft_lsa_memory_out(&h)) >= 0,
          NOT_ASKED);
    CHECK_EQ(haft_lsa_policy_close(&policy), HAFT_OK);
    ADOPTS(haft_event_source, HANDLE, RegisterEventSourceA(NULL, "haft"), NOT_ASKED);
}

/* Handles of 64 bits, on 32-bit Windows too. */
TEST(win32_families, tracing) {
    static const GUID provider = { 0x68617466, 1, 2, { 3, 4, 5, 6, 7, 8, 9, 10 } };
    TAKES(haft_event_provider, REGHANDLE, EventRegister(&provider, NULL, NULL, haft_event_provider_out(&h)) == 0, NOT_ASKED);
    haft_trace t = HAFT_INIT;
    CHECK_EQ(sizeof(haft_trace_raw(&t)), 8);
    CHECK(haft_trace_raw(&t) == ~(uint64_t)0);
    CHECK_EQ(haft_trace_adopt(&t, 0xFFFFFFFF, HAFT_OWNER_USER), HAFT_E_INVALID);
    CHECK(haft__trace_ended(ERROR_CTX_CLOSE_PENDING) && haft__trace_ended(0) && !haft__trace_ended(ERROR_BUSY));
    CHECK_EQ(GetLastError(), ERROR_BUSY);
}

TEST(win32_families, crypto) {
    haft_crypt_provider p = HAFT_INIT;
    REQUIRE(CryptAcquireContextA(haft_crypt_provider_out(&p), NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT));
    HCRYPTPROV provider = haft_crypt_provider_raw(&p);
    TAKES(haft_crypt_hash, HCRYPTHASH, CryptCreateHash(provider, CALG_SHA_256, 0, 0, haft_crypt_hash_out(&h)),
          !CryptDestroyHash(raw));
    TAKES(haft_crypt_key, HCRYPTKEY, CryptGenKey(provider, CALG_AES_128, 0, haft_crypt_key_out(&h)), !CryptDestroyKey(raw));
    CHECK_EQ(haft_crypt_provider_close(&p), HAFT_OK);
    CHECK(!CryptReleaseContext(provider, 0));
    ADOPTS(haft_cert_store, HCERTSTORE, CertOpenStore(CERT_STORE_PROV_MEMORY, 0, 0, CERT_STORE_CREATE_NEW_FLAG, NULL), NOT_ASKED);
    ADOPTS(haft_crypt_message, HCRYPTMSG,
           CryptMsgOpenToEncode(X509_ASN_ENCODING | PKCS_7_ASN_ENCODING, 0, CMSG_DATA, NULL, NULL, NULL), NOT_ASKED);
    haft_bcrypt_algorithm a = HAFT_INIT;
    REQUIRE(BCryptOpenAlgorithmProvider(haft_bcrypt_algorithm_out(&a), BCRYPT_SHA256_ALGORITHM, NULL, 0) >= 0);
    TAKES(haft_bcrypt_hash, BCRYPT_HASH_HANDLE,
          BCryptCreateHash(haft_bcrypt_algorithm_raw(&a), haft_bcrypt_hash_out(&h), NULL, 0, NULL, 0, 0) >= 0, NOT_ASKED);
    CHECK_EQ(haft_bcrypt_algorithm_close(&a), HAFT_OK);
}

TEST(win32_families, rpc_and_ole) {
    WCHAR address[] = L"ncalrpc:[haft]";
    TAKES(haft_rpc_binding, RPC_BINDING_HANDLE, RpcBindingFromStringBindingW((RPC_WSTR)address, haft_rpc_binding_out(&h)) == 0,
          NOT_ASKED);
    UUID id;
    memset(&id, 7, sizeof id);
    TAKES(haft_rpc_string, RPC_CSTR, UuidToStringA(&id, haft_rpc_string_out(&h)) == 0, NOT_ASKED);
    TAKES(haft_rpc_wstring, RPC_WSTR, UuidToStringW(&id, haft_rpc_wstring_out(&h)) == 0, NOT_ASKED);
    ADOPTS(haft_bstr, BSTR, SysAllocString(L"haft"), NOT_ASKED);
    ADOPTS(haft_task_memory, void *, CoTaskMemAlloc(16), NOT_ASKED);
}

TEST(win32_families, addresses) {
    WSADATA data;
    REQUIRE_EQ(WSAStartup(0x0202, &data), 0);
    TAKES(haft_addresses, struct addrinfo *, getaddrinfo("127.0.0.1", NULL, NULL, haft_addresses_out(&h)) == 0, NOT_ASKED);
    WSACleanup();
}

/* Where there is no display Wine has no windows, but all of these. */
TEST(win32_families, gdi) {
    ADOPTS(haft_dc, HDC, CreateCompatibleDC(NULL), GetObjectType(raw) == 0);
    ADOPTS(haft_bitmap, HBITMAP, CreateBitmap(8, 8, 1, 1, NULL), GetObjectType(raw) == 0);
    ADOPTS(haft_brush, HBRUSH, CreateSolidBrush(1), GetObjectType(raw) == 0);
    ADOPTS(haft_pen, HPEN, CreatePen(PS_SOLID, 1, 1), GetObjectType(raw) == 0);
    ADOPTS(haft_region, HRGN, CreateRectRgn(0, 0, 8, 8), GetObjectType(raw) == 0);
    ADOPTS(haft_gdi_object, HGDIOBJ, (HGDIOBJ)CreateSolidBrush(2), GetObjectType(raw) == 0);
    ADOPTS(haft_metafile, HMETAFILE, CloseMetaFile(CreateMetaFileA(NULL)), GetObjectType((HGDIOBJ)raw) == 0);
}

TEST(win32_families, user) {
    ACCEL key = { FVIRTKEY, 'A', 1 };
    BYTE mask[32] = { 0 };
    ADOPTS(haft_menu, HMENU, CreateMenu(), !IsMenu(raw));
    ADOPTS(haft_accelerators, HACCEL, CreateAcceleratorTableA(&key, 1), CopyAcceleratorTableA(raw, NULL, 0) == 0);
    ADOPTS(haft_icon, HICON, CreateIcon(NULL, 16, 16, 1, 1, mask, mask), !GetIconInfo(raw, &(ICONINFO){ 0, 0, 0, NULL, NULL }));
    ADOPTS(haft_window_station, HWINSTA, CreateWindowStationA(NULL, 0, GENERIC_READ, NULL), !CloseWindowStation(raw));
}

TEST(win32_families, a_scope_closes) {
    HBRUSH raw = NULL;
    {
        HAFT_AUTO(haft_brush, b);
        REQUIRE_EQ(haft_brush_adopt(&b, CreateSolidBrush(3), HAFT_OWNER_USER), HAFT_OK);
        raw = haft_brush_raw(&b);
        CHECK(GetObjectType(raw) == OBJ_BRUSH);
    }
    CHECK(GetObjectType(raw) == 0);
}

/* The closer's own answer is what the wrapper says. */
TEST(win32_families, a_close_that_fails_is_told) {
    haft_fls slot = HAFT_INIT;
    REQUIRE_EQ(haft_fls_adopt(&slot, FlsAlloc(NULL), HAFT_OWNER_USER), HAFT_OK);
    CHECK(FlsFree(haft_fls_raw(&slot)));
    SetLastError(0);
    CHECK_EQ(haft_fls_close(&slot), HAFT_E_OS);
    CHECK(GetLastError() != 0);
    CHECK(!haft__win32_ok(ERROR_BUSY));
    CHECK_EQ(GetLastError(), ERROR_BUSY);
    CHECK(haft__win32_ok(0));
    CHECK_EQ(GetLastError(), ERROR_BUSY);
}

/* CloseHandle would close a window station too; its class does not let it. */
TEST(win32_families, inv3_the_wrong_closer_is_refused) {
    haft_window_station w = HAFT_INIT;
    haft_handle h = HAFT_INIT;
    REQUIRE_EQ(haft_window_station_adopt(&w, CreateWindowStationA(NULL, 0, GENERIC_READ, NULL), HAFT_OWNER_USER), HAFT_OK);
    CHECK_EQ(haft_handle_adopt(&h, (HANDLE)haft_window_station_raw(&w), HAFT_OWNER_USER), HAFT_E_WRONG_CLASS);
    CHECK_EQ(haft_window_station_close(&w), HAFT_OK);
}
