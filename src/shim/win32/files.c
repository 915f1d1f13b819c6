/* files.c: shims of the ways to a file besides CreateFile, and of what finds files and volumes. */
#include "shim/win32/late_row.h"

#define LIBRARY "kernel32"
#define SECURITY LPSECURITY_ATTRIBUTES

struct _CREATEFILE2_EXTENDED_PARAMETERS; /* not every SDK has it */

HAFT__SHIM_CLASS(volume_find, OWN, INVALID_HANDLE_VALUE, NULL)
HAFT__SHIM_CLASS(mount_find, OWN, INVALID_HANDLE_VALUE, NULL)
HAFT__SHIM_CLASS(update, OWN, NULL, NULL)

#define FILES(X) \
    X(HANDLE, CreateFile2, 5, (LPCWSTR, DWORD, DWORD, DWORD, struct _CREATEFILE2_EXTENDED_PARAMETERS *), \
      OPENS_W, file, a, OR_INVALID) \
    X(HANDLE, CreateFileTransactedA, 10, (LPCSTR, DWORD, DWORD, SECURITY, DWORD, DWORD, HANDLE, HANDLE, PUSHORT, PVOID), \
      OPENS_A, file, a, OR_INVALID) \
    X(HANDLE, CreateFileTransactedW, 10, (LPCWSTR, DWORD, DWORD, SECURITY, DWORD, DWORD, HANDLE, HANDLE, PUSHORT, PVOID), \
      OPENS_W, file, a, OR_INVALID) \
    X(HANDLE, ReOpenFile, 4, (HANDLE, DWORD, DWORD, DWORD), OPENS, file, _, OR_INVALID) \
    X(HANDLE, OpenFileById, 6, (HANDLE, LPFILE_ID_DESCRIPTOR, DWORD, DWORD, SECURITY, DWORD), OPENS, file, _, OR_INVALID) \
    X(HANDLE, FindFirstFileExA, 6, (LPCSTR, FINDEX_INFO_LEVELS, LPVOID, FINDEX_SEARCH_OPS, LPVOID, DWORD), \
      OPENS, find, _, OR_INVALID) \
    X(HANDLE, FindFirstFileExW, 6, (LPCWSTR, FINDEX_INFO_LEVELS, LPVOID, FINDEX_SEARCH_OPS, LPVOID, DWORD), \
      OPENS, find, _, OR_INVALID) \
    X(HANDLE, FindFirstFileNameW, 4, (LPCWSTR, DWORD, LPDWORD, PWSTR), OPENS, find, _, OR_INVALID) \
    X(HANDLE, FindFirstStreamW, 4, (LPCWSTR, STREAM_INFO_LEVELS, LPVOID, DWORD), OPENS, find, _, OR_INVALID) \
    X(HANDLE, FindFirstVolumeA, 2, (LPSTR, DWORD), OPENS, volume_find, _, OR_INVALID) \
    X(HANDLE, FindFirstVolumeW, 2, (LPWSTR, DWORD), OPENS, volume_find, _, OR_INVALID) \
    X(BOOL, FindVolumeClose, 1, (HANDLE), CLOSES, volume_find, a, IF_TRUE) \
    X(HANDLE, FindFirstVolumeMountPointA, 3, (LPCSTR, LPSTR, DWORD), OPENS, mount_find, _, OR_INVALID) \
    X(HANDLE, FindFirstVolumeMountPointW, 3, (LPCWSTR, LPWSTR, DWORD), OPENS, mount_find, _, OR_INVALID) \
    X(BOOL, FindVolumeMountPointClose, 1, (HANDLE), CLOSES, mount_find, a, IF_TRUE) \
    X(HANDLE, BeginUpdateResourceA, 2, (LPCSTR, BOOL), OPENS, update, _, OR_NULL) \
    X(HANDLE, BeginUpdateResourceW, 2, (LPCWSTR, BOOL), OPENS, update, _, OR_NULL) \
    X(BOOL, EndUpdateResourceA, 2, (HANDLE, BOOL), CLOSES, update, a, IF_TRUE) \
    X(BOOL, EndUpdateResourceW, 2, (HANDLE, BOOL), CLOSES, update, a, IF_TRUE)
FILES(HAFT__LATE_SHIM)

/* ---- 16-bit Windows' own: the handle comes as an int ---- */

#define HAFT__REFUSED_HFILE(code) (haft__nt()->set_last_error(code), HFILE_ERROR)
#define HAFT__HFILE(got) (got) == 0

#define OPEN_HFILE(api, n, types, IS_OPEN)                                                      \
    HFILE WINAPI haft_shim_##api(HAFT__PARAMS_##n types);                                       \
    HFILE WINAPI haft_shim_##api(HAFT__PARAMS_##n types) {                                      \
        HAFT__LATE(HFILE, api, types)                                                           \
        haft__shim shim;                                                                        \
        if (!system) return HAFT__REFUSED_HFILE(ERROR_CALL_NOT_IMPLEMENTED);                    \
        uint32_t code = haft__shim_open(&shim, &haft__class_file, at, a, NULL);                 \
        if (code) return HAFT__REFUSED_HFILE(code);                                             \
        HFILE got = system(HAFT__ARGS_##n);                                                     \
        haft__shim_opened(&shim, (IS_OPEN) ? HAFT__RAW((INT_PTR)got) : 0);                      \
        return got;                                                                             \
    }                                                                                           \
    HAFT__IMPORT(haft_shim_##api, HAFT__BYTES_##n)                                              \
    HAFT__SAME(api)

/* To test, to delete and to parse a name, OpenFile gives the value of a handle that it has closed again. */
OPEN_HFILE(OpenFile, 3, (LPCSTR, LPOFSTRUCT, UINT), !(c & (OF_EXIST | OF_DELETE | OF_PARSE)))
OPEN_HFILE(_lopen, 2, (LPCSTR, int), true)
OPEN_HFILE(_lcreat, 2, (LPCSTR, int), true)

HFILE WINAPI haft_shim__lclose(HFILE file);
HFILE WINAPI haft_shim__lclose(HFILE file) {
    HAFT__LATE(HFILE, _lclose, (HFILE))
    HANDLE handle = (HANDLE)(INT_PTR)file;
    if (!system) return HAFT__REFUSED_HFILE(ERROR_CALL_NOT_IMPLEMENTED);
    HAFT__CLOSES(HFILE, system(file), handle, handle, HFILE)
}
HAFT__IMPORT(haft_shim__lclose, 4)
HAFT__SAME(_lclose)
