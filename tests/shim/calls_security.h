/* calls_security.h: identifiers, descriptors and lists that are owed to FreeSid or LocalFree; policies; crypto. */

static PSID calls_sid(void) {
    SID_IDENTIFIER_AUTHORITY world = { SECURITY_WORLD_SID_AUTHORITY };
    PSID sid;
    MARK(sid);
    FILLS(AllocateAndInitializeSid(&world, 1, SECURITY_WORLD_RID, 0, 0, 0, 0, 0, 0, 0, &sid));
    return sid;
}

static void calls_identifiers(void) {
    SID_IDENTIFIER_AUTHORITY world = { SECURITY_WORLD_SID_AUTHORITY };
    PSID sid = calls_sid(), copy;
    char *text;
    WCHAR *wide;
    LENDS(ConvertSidToStringSidA(sid, &text), text, (uintptr_t)LocalFree(text));
    LENDS(ConvertSidToStringSidW(sid, &wide), wide, (uintptr_t)LocalFree(wide));
    LENDS(ConvertStringSidToSidA("S-1-1-0", &copy), copy, (uintptr_t)LocalFree(copy));
    LENDS(ConvertStringSidToSidW(L"S-1-5-18", &copy), copy, (uintptr_t)LocalFree(copy));
    FAILS(ConvertSidToStringSidA(NULL, &text), text);
    FAILS(ConvertSidToStringSidW(NULL, &wide), wide);
    FAILS(ConvertStringSidToSidA("no such identifier", &copy), copy);
    FAILS(ConvertStringSidToSidW(NULL, &copy), copy);
    FAILS(AllocateAndInitializeSid(&world, 99, 0, 0, 0, 0, 0, 0, 0, 0, &copy), copy);
    CLOSES_POINTER(FreeSid(sid));
    GIVES(FreeSid(NULL));
}

static void calls_descriptors_of(PSID sid) {
    PSECURITY_DESCRIPTOR sd, of;
    EXPLICIT_ACCESSA a;
    EXPLICIT_ACCESSW w;
    PACL list;
    char *text;
    WCHAR *wide;
    HANDLE e = CreateEventA(NULL, TRUE, FALSE, NULL);
    MARK(sd);
    FILLS(ConvertStringSecurityDescriptorToSecurityDescriptorA("D:(A;;GA;;;WD)", SDDL_REVISION_1, &sd, NULL));
    if (!sd) {
        CloseHandle(e);
        return;
    }
    LENDS(ConvertSecurityDescriptorToStringSecurityDescriptorA(sd, SDDL_REVISION_1, DACL_SECURITY_INFORMATION, &text, NULL),
          text, (uintptr_t)LocalFree(text));
    LENDS(ConvertSecurityDescriptorToStringSecurityDescriptorW(sd, SDDL_REVISION_1, DACL_SECURITY_INFORMATION, &wide, NULL),
          wide, (uintptr_t)LocalFree(wide));
    FAILS(ConvertSecurityDescriptorToStringSecurityDescriptorA(sd, 77, DACL_SECURITY_INFORMATION, &text, NULL), text);
    FAILS(ConvertSecurityDescriptorToStringSecurityDescriptorW(sd, 77, DACL_SECURITY_INFORMATION, &wide, NULL), wide);
    CLOSES_POINTER(LocalFree(sd));
    LENDS(ConvertStringSecurityDescriptorToSecurityDescriptorW(L"D:(A;;GA;;;WD)", SDDL_REVISION_1, &sd, NULL), sd,
          (uintptr_t)LocalFree(sd));
    FAILS(ConvertStringSecurityDescriptorToSecurityDescriptorA("no such descriptor", SDDL_REVISION_1, &sd, NULL), sd);
    FAILS(ConvertStringSecurityDescriptorToSecurityDescriptorW(L"D:", 77, &sd, NULL), sd);
    LENDS(GetSecurityInfo(e, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL, &list, NULL, &of), of,
          (uintptr_t)LocalFree(of));
    FAILS(GetSecurityInfo(JUNK, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL, &list, NULL, &of), of);
    LENDS(GetNamedSecurityInfoA((LPSTR) ".", SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL, &list, NULL, &of), of,
          (uintptr_t)LocalFree(of));
    LENDS(GetNamedSecurityInfoW((LPWSTR)L".", SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL, &list, NULL, &of), of,
          (uintptr_t)LocalFree(of));
    FAILS(GetNamedSecurityInfoA((LPSTR) "no such file", SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL, &list, NULL,
          &of), of);
    FAILS(GetNamedSecurityInfoW(NULL, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL, &list, NULL, &of), of);
    memset(&a, 0, sizeof a);
    memset(&w, 0, sizeof w);
    a.grfAccessPermissions = w.grfAccessPermissions = GENERIC_READ;
    a.grfAccessMode = w.grfAccessMode = GRANT_ACCESS;
    a.Trustee.TrusteeForm = w.Trustee.TrusteeForm = TRUSTEE_IS_SID;
    a.Trustee.ptstrName = sid, w.Trustee.ptstrName = sid;
    LENDS(SetEntriesInAclA(1, &a, NULL, &list), list, (uintptr_t)LocalFree(list));
    LENDS(SetEntriesInAclW(1, &w, NULL, &list), list, (uintptr_t)LocalFree(list));
    a.grfAccessMode = w.grfAccessMode = 77;
    FAILS(SetEntriesInAclA(1, &a, NULL, &list), list);
    FAILS(SetEntriesInAclW(1, &w, NULL, &list), list);
    CloseHandle(e);
}

static void calls_security(void) {
    LSA_OBJECT_ATTRIBUTES none = { 0 };
    SAFER_LEVEL_HANDLE level;
    LSA_HANDLE policy;
    PVOID file;
    PSID sid;
    calls_identifiers();
    sid = calls_sid();
    if (sid) calls_descriptors_of(sid);
    CLOSES_POINTER(FreeSid(sid));
    MARK(level);
    FILLS(SaferCreateLevel(SAFER_SCOPEID_USER, SAFER_LEVELID_NORMALUSER, SAFER_LEVEL_OPEN, &level, NULL));
    CLOSES(SaferCloseLevel(level));
    SAYS(SaferCloseLevel(NULL));
    MARK(policy);
    FILLS(LsaOpenPolicy(NULL, &none, POLICY_VIEW_LOCAL_INFORMATION, &policy));
    CLOSES(LsaClose(policy));
    SAYS(LsaClose(NULL));
    FAILS(OpenEncryptedFileRawA("no such file", 0, &file), file);
    FAILS(OpenEncryptedFileRawW(L"no such file", 0, &file), file);
    SAYS_VOID(CloseEncryptedFileRaw(NULL));
}

static void calls_crypto(void) {
    HCRYPTPROV p, q;
    HCRYPTKEY k, l;
    HCRYPTHASH h, i;
    BYTE blob[64];
    MARK(p);
    FILLS(CryptAcquireContextA(&p, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT));
    MARK(q);
    FILLS(CryptAcquireContextW(&q, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT));
    CLOSES(CryptReleaseContext(q, 0));
    MARK(q);
    SAYS(CryptAcquireContextA(&q, "haft no such keys", NULL, PROV_RSA_FULL, 0));
    MARK(q);
    SAYS(CryptAcquireContextW(&q, NULL, L"no such provider", 77, 0));
    MARK(q);
    SAYS(CryptAcquireContextA(&q, "haft no such keys", NULL, PROV_RSA_FULL, CRYPT_DELETEKEYSET));
    MARK(h);
    FILLS(CryptCreateHash(p, CALG_SHA1, 0, 0, &h));
    SAYS(CryptHashData(h, (const BYTE *)"haft", 4, 0));
    MARK(i);
    FILLS(CryptDuplicateHash(h, NULL, 0, &i));
    CLOSES(CryptDestroyHash(i));
    MARK(k);
    FILLS(CryptDeriveKey(p, CALG_RC4, h, 0, &k));
    MARK(l);
    FILLS(CryptDuplicateKey(k, NULL, 0, &l));
    CLOSES(CryptDestroyKey(l));
    CLOSES(CryptDestroyKey(k));
    CLOSES(CryptDestroyHash(h));
    MARK(k);
    FILLS(CryptGenKey(p, CALG_RC2, 0, &k));
    CLOSES(CryptDestroyKey(k));
    memset(blob, 0, sizeof blob);
    FAILS(CryptImportKey(p, blob, sizeof blob, 0, 0, &k), k);
    FAILS(CryptGetUserKey(p, AT_SIGNATURE, &k), k);
    FAILS(CryptGenKey(p, 0x77777777, 0, &k), k);
    FAILS(CryptGenKey(0, CALG_RC2, 0, &k), k);
    FAILS(CryptDeriveKey(p, CALG_RC4, 0, 0, &k), k);
    FAILS(CryptDuplicateKey(0, NULL, 0, &k), k);
    FAILS(CryptCreateHash(p, 0x77777777, 0, 0, &h), h);
    FAILS(CryptCreateHash(0, CALG_SHA1, 0, 0, &h), h);
    FAILS(CryptDuplicateHash(0, NULL, 0, &h), h);
    SAYS(CryptDestroyKey(0));
    SAYS(CryptDestroyHash(0));
    SAYS(CryptReleaseContext(0, 0));
    CLOSES(CryptReleaseContext(p, 0));
}
