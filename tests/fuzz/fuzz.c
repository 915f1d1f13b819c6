/* fuzz.c: what the fuzz targets share. */
#define _GNU_SOURCE /* ftruncate */
#include "fuzz.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

uint8_t fuzz_byte(fuzz_bytes *b) { return b->left ? (b->left--, *b->at++) : 0; }

const char *fuzz_text(fuzz_bytes *b, uint8_t end) {
    static char texts[4][64];
    static unsigned turn;
    char *text = texts[turn++ % 4];
    size_t n = 0;
    while (b->left && *b->at != end && n < sizeof texts[0] - 1) text[n++] = (char)fuzz_byte(b);
    if (b->left && *b->at == end) fuzz_byte(b);
    text[n] = '\0';
    return text;
}

static unsigned long long *counter(void) {
    static unsigned long long here, *shared;
    const char *file = shared ? NULL : getenv("FUZZ_OPERATIONS");
    int fd = file ? open(file, O_RDWR | O_CREAT, 0666) : -1;
    if (!shared) shared = &here;
    if (fd < 0) return shared;
    void *memory = MAP_FAILED;
    if (ftruncate(fd, sizeof *shared) == 0) memory = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory != MAP_FAILED) shared = memory;
    close(fd);
    return shared;
}

void fuzz_operation(void) {
    static unsigned long long *operations;
    if (!operations) operations = counter();
    ++*operations;
}

void fuzz_disagree(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("DISAGREE: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    abort();
}

fuzz_finding fuzz_told;

void fuzz_sink(const haft_finding *finding, void *user) {
    (void)user;
    fuzz_told.times++;
    fuzz_told.kind = finding->kind;
    fuzz_told.class_id = finding->class_id;
    fuzz_told.raw = finding->raw;
    snprintf(fuzz_told.name, sizeof fuzz_told.name, "%s", finding->name);
}
