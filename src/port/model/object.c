/* object.c: the life of objects, and the directory of named ones. */
#include "port/model/model.h"

#include "base/host.h"

#include <wchar.h>

void *haft__m_object_new(haft__m_type type, size_t size) {
    haft__m_object *o = haft__alloc(size);
    if (!o) return NULL;
    o->type = (uint32_t)type;
    o->refs = 1;
    return o;
}

void haft__m_object_keep(haft__m_object *o) { o->refs++; }

static void forget_name(haft__m_object *o) { haft__m_names_remove(&haft__m.objects, &((haft__m_named_object *)o)->named); }

static void close_mutex(haft__m_object *o) {
    haft__m_mutex_closed(o);
    forget_name(o);
}

static void close_section(haft__m_object *o) {
    haft__m_section_closed(o);
    forget_name(o);
}

/* ORDER TYPE: what is to be done when an object's last reference goes. */
static void (*const closers[])(haft__m_object *o) = {
    NULL, /* any */
    haft__m_key_body_closed,
    haft__m_file_closed,
    haft__m_pipe_closed,
    NULL, /* mailslot */
    NULL, /* change */
    forget_name, /* event */
    close_mutex,
    forget_name, /* semaphore */
    forget_name, /* timer */
    NULL, /* thread */
    NULL, /* process */
    NULL, /* token */
    close_section,
};
HAFT__STATIC_ASSERT(HAFT__COUNT(closers) == HAFT__M_TYPES, a_closer_a_type);

void haft__m_object_drop(haft__m_object *o) {
    if (--o->refs) return;
    if (closers[o->type]) closers[o->type](o);
    haft__free(o);
}

uint32_t haft__m_handle_to_new(haft__m_object *o, uint32_t access, const SECURITY_ATTRIBUTES *security, HANDLE *ret) {
    if (!o) return ERROR_NOT_ENOUGH_MEMORY;
    uint32_t error = haft__m_handle_new(o, access, security && security->bInheritHandle ? HANDLE_FLAG_INHERIT : 0, ret);
    haft__m_object_drop(o);
    return error;
}

const SECURITY_ATTRIBUTES *haft__m_inherit(bool inherit, SECURITY_ATTRIBUTES *ret) {
    ret->nLength = sizeof *ret;
    ret->lpSecurityDescriptor = NULL;
    ret->bInheritHandle = inherit;
    return ret;
}

/* Before Terminal Server there are no directories below the one of an application's objects. */
static uint32_t check_name(const wchar_t *name) {
    if (wcslen(name) > MAX_PATH) return ERROR_FILENAME_EXCED_RANGE;
    return wcschr(name, L'\\') ? ERROR_PATH_NOT_FOUND : 0;
}

static uint32_t create(haft__m_type type, size_t size, const wchar_t *name, const SECURITY_ATTRIBUTES *security, HANDLE *ret,
                       haft__m_named_object **ret_object) {
    haft__m_named_object *it = haft__m_object_new(type, size);
    if (!it) return ERROR_NOT_ENOUGH_MEMORY;
    if (name && !haft__m_names_add(&haft__m.objects, &it->named, name)) {
        haft__m_object_drop(&it->object);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    *ret_object = it;
    return haft__m_handle_to_new(&it->object, MAXIMUM_ALLOWED, security, ret);
}

uint32_t haft__m_create_named(haft__m_type type, size_t size, const wchar_t *name, const SECURITY_ATTRIBUTES *security, HANDLE *ret,
                              haft__m_named_object **ret_object, bool *ret_new) {
    uint32_t error = name ? check_name(name) : 0;
    if (error) return error;
    if (name && !*name) name = NULL;
    haft__m_named *there = name ? haft__m_names_find(&haft__m.objects, name) : NULL;
    *ret_new = !there;
    haft__m.note = there ? ERROR_ALREADY_EXISTS : ERROR_SUCCESS;
    if (!there) return create(type, size, name, security, ret, ret_object);
    haft__m_named_object *it = (haft__m_named_object *)((char *)there - offsetof(haft__m_named_object, named));
    if (it->object.type != (uint32_t)type) return ERROR_INVALID_HANDLE;
    haft__m_object_keep(&it->object);
    *ret_object = it;
    return haft__m_handle_to_new(&it->object, MAXIMUM_ALLOWED, security, ret);
}

uint32_t haft__m_open_named(haft__m_type type, uint32_t access, bool inherit, const wchar_t *name, HANDLE *ret) {
    SECURITY_ATTRIBUTES security;
    if (!name) return ERROR_INVALID_PARAMETER;
    if (!*name) return ERROR_INVALID_NAME;
    uint32_t error = check_name(name);
    haft__m_named *there = error ? NULL : haft__m_names_find(&haft__m.objects, name);
    if (!there) return error ? error : ERROR_FILE_NOT_FOUND;
    haft__m_named_object *it = (haft__m_named_object *)((char *)there - offsetof(haft__m_named_object, named));
    if (it->object.type != (uint32_t)type) return ERROR_INVALID_HANDLE;
    haft__m_object_keep(&it->object);
    return haft__m_handle_to_new(&it->object, access, haft__m_inherit(inherit, &security), ret);
}
