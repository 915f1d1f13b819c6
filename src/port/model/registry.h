/* registry.h: a key's storage, between keys (registry.c), values (values.c) and the Win32 functions (reg_api.c). */
#ifndef HAFT_SRC_MODEL_REGISTRY_H
#define HAFT_SRC_MODEL_REGISTRY_H

#include "port/model/model.h"

/* A value's data; text is kept wide. */
typedef struct haft__m_value {
    struct haft__m_value *next;
    wchar_t *name;
    void *data;
    uint32_t type, size;
} haft__m_value;

typedef struct haft__m_key {
    haft__m_named named; /* by its full name */
    haft__m_value *values;
    uint32_t opens;  /* what the system believes */
    uint64_t bodies; /* what is true */
    bool freed;      /* given back while bodies were left */
    bool remote;     /* another machine's: not counted here */
} haft__m_key;

/* One opening of a key: what its handle stands for. */
typedef struct haft__m_key_body {
    haft__m_object object;
    haft__m_key *key;
} haft__m_key_body;

bool haft__m_key_is_predefined(HKEY key);
haft__m_key *haft__m_key_at(HKEY handle, const char *what, uint32_t *ret_error);
uint32_t haft__m_key_open(HKEY parent, const wchar_t *subkey, REGSAM access, HKEY *ret);
uint32_t haft__m_key_create(HKEY parent, const wchar_t *subkey, REGSAM access, HKEY *ret, DWORD *disposition);
uint32_t haft__m_key_connect(const wchar_t *machine, HKEY root, HKEY *ret);
void haft__m_values_free(haft__m_key *key);

#endif
