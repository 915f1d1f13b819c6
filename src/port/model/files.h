/* files.h: file objects, between files.c, pipes.c and file_io.c. */
#ifndef HAFT_SRC_MODEL_FILES_H
#define HAFT_SRC_MODEL_FILES_H

#include "port/model/model.h"

typedef struct haft__m_file {
    haft__m_object object;
    haft__m_file_data *data; /* NULL: a volume, a device, a directory */
    uint64_t at;
    uint32_t access;
} haft__m_file;

/* One end of a pipe. Two ends share the bytes that are on their way; a named pipe's server has them to itself. */
typedef struct haft__m_pipe_bytes {
    uint8_t *bytes;
    size_t first, count, room;
    uint32_t readers, writers; /* ends */
} haft__m_pipe_bytes;

typedef struct haft__m_pipe {
    haft__m_object object;
    haft__m_pipe_bytes *bytes;
    bool reads, writes;
} haft__m_pipe;

uint32_t haft__m_pipe_read(haft__m_pipe *pipe, void *to, uint32_t bytes, uint32_t *ret_done);
uint32_t haft__m_pipe_write(haft__m_pipe *pipe, const void *from, uint32_t bytes, uint32_t *ret_done);

/* A full path, C:\... or \\server\..., from any way to write it. False: too long. */
bool haft__m_file_path(wchar_t *path, const wchar_t *name);
bool haft__m_path_is_remote(const wchar_t *path);
bool haft__m_drive_is_remote(wchar_t letter);

#endif
