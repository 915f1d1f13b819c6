/* guard_drive.c: Q235425: CreateFile on a drive letter that the redirector maps.
 *
 * "a program makes a call to ... CreateFile(), and passes a drive letter that is mapped to a remote file system using the
 * Windows NT redirector (this results in an error value of ERROR_INVALID_NAME). The Windows NT redirector did not release
 * memory allocated to attempt this operation."
 *
 * What is done: decline. The same answer is given without the call. What is not: memory that code which was not rebuilt
 * makes the redirector take cannot be given back by any program. A drive letter here is the letter and its colon, alone or
 * as a device (\\.\X: and \\?\X:); names that go on after it reach the system.
 */
#include "types/guard.h"

#include "core/finding.h"

/* The first few characters of a name, whichever form it has; 0 beyond its end. */
static void first_characters(const char *a, const wchar_t *w, char ret[8]) {
    for (size_t i = 0; i < 8; i++) {
        uint32_t c = a ? (unsigned char)a[i] : w ? (uint32_t)w[i] : 0;
        ret[i] = c < 0x80 ? (char)c : '?';
        if (c) continue;
        while (i < 8) ret[i++] = '\0';
    }
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* The letter of a name that is a drive letter and nothing else; 0 for any other. */
static char drive_letter(const char *a, const wchar_t *w) {
    char name[8], *c = name;
    first_characters(a, w, name);
    if (c[0] == '\\' && c[1] == '\\' && (c[2] == '.' || c[2] == '?') && c[3] == '\\') c += 4;
    return is_letter(c[0]) && c[1] == ':' && c[2] == '\0' ? c[0] : '\0';
}

bool haft__guard_declines(const void *at, const char *a, const wchar_t *w) {
    char letter = drive_letter(a, w);
    if (!letter || !haft_quirk_active(HAFT_Q235425) || !haft__nt()->drive_is_remote(letter)) return false;
    char name[] = { letter, ':', '\0' };
    haft__seen seen = { .kind = HAFT_FINDING_DECLINED, .class_id = HAFT_CLASS_FILE, .at = haft__site_of(at),
                        .quirk = haft__quirk_name(HAFT_Q235425), .name = name };
    haft__found(&seen);
    haft__nt()->set_last_error(ERROR_INVALID_NAME);
    return true;
}
