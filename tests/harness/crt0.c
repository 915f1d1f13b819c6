/* crt0.c: the start of a program built by clang with the MSVC ABI, where there is no C runtime of Microsoft's to link:
 * msvcrt.dll has all of it but what must stand in the program itself. */
typedef int (*on_exit_fn)(void);

void exit(int status);
on_exit_fn _onexit(on_exit_fn fn);
int atexit(void (*fn)(void));
int main(int argc, char **argv);
int __cdecl __getmainargs(int *argc, char ***argv, char ***envp, int wildcards, int *new_mode);
void mainCRTStartup(void);

int _fltused = 1;

/* Thread-local variables: the section's ends, the index that the loader fills, and the directory that tells the loader. */
#pragma section(".tls", long, read, write)
#pragma section(".tls$ZZZ", long, read, write)
#pragma section(".rdata$T", long, read)
__declspec(allocate(".tls")) char _tls_start = 0;
__declspec(allocate(".tls$ZZZ")) char _tls_end = 0;
unsigned long _tls_index;

typedef struct tls_directory {
    const void *start, *end;
    unsigned long *index;
    void *callbacks;
    unsigned long zero_fill, characteristics;
} tls_directory;

extern const tls_directory _tls_used;
__declspec(allocate(".rdata$T")) const tls_directory _tls_used = { &_tls_start, &_tls_end, &_tls_index, 0, 0, 0 };

/* Part of a program, not of the DLL, so that a DLL's own can run when that is unloaded. */
int atexit(void (*fn)(void)) { return _onexit((on_exit_fn)fn) ? 0 : -1; }

/* The header, though, says that it comes from the DLL. */
extern int (*const __imp_atexit)(void (*)(void));
int (*const __imp_atexit)(void (*)(void)) = atexit;

void mainCRTStartup(void) {
    int argc = 0, new_mode = 0;
    char **argv = 0, **envp = 0;
    __getmainargs(&argc, &argv, &envp, 0, &new_mode);
    exit(main(argc, argv));
}
