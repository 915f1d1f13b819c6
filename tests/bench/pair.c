/* pair.c: what an opening and a closing cost in the ledger, beside the least that anybody could do. */
#include "bench.h"

#include <haft.h>

#include "base/atomic.h"
#include "core/ledger.h"
#include "core/site.h"

#include <pthread.h>

/* What a constructor and a close do in the ledger: site, class, tag and generation; in a close the one exchange. */
double lives(unsigned n) {
    static const char here;
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        haft__place place = { VALUE + i % VALUES, HAFT_SPACE_FD };
        haft__birth birth = { HAFT_CLASS_FD, HAFT_OWNER_USER, haft__site_of(&here), NULL, false };
        haft__life was;
        uint64_t tag;
        must(haft__begin_life(place, &birth, &tag, &was) == HAFT_OK);
        must(haft__end_life(place, tag, haft__site_of(&here), &was));
    }
    return now() - start;
}

/* Of a value that is declared: adopting it takes an exchange too, for another may declare it at the same moment. */
double adoptions(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        haft_fd f = HAFT_INIT;
        haft_fd_adopt(&f, (int)(VALUE + i % VALUES), HAFT_OWNER_USER);
        must(haft_fd_release(&f) >= 0);
    }
    return now() - start;
}

/* A check of owners can hardly be less: a plain table of tags, an exchange to own a value, an exchange to give it up. */
static haft__a64 owner_tags[VALUE + VALUES];

double two_exchanges(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        haft__a64 *slot = &owner_tags[VALUE + i % VALUES];
        must(haft__cas64(slot, 0, i + 1) && haft__cas64(slot, i + 1, 0));
    }
    return now() - start;
}

/* What one writes first: a mutex and a map from value to record. */
typedef struct node {
    struct node *next;
    unsigned key;
} node;
#define BUCKETS 1024u
static node *buckets[BUCKETS];
static pthread_mutex_t map_lock = PTHREAD_MUTEX_INITIALIZER;

static node **bucket_of(unsigned key) { return &buckets[key * 2654435761u >> 22]; }

static void map_add(unsigned key) {
    node *added = malloc(sizeof *added), **bucket = bucket_of(key);
    must(added != NULL);
    added->key = key;
    pthread_mutex_lock(&map_lock);
    added->next = *bucket;
    *bucket = added;
    pthread_mutex_unlock(&map_lock);
}

static void map_remove(unsigned key) {
    pthread_mutex_lock(&map_lock);
    node **link = bucket_of(key);
    while ((*link)->key != key) link = &(*link)->next;
    node *gone = *link;
    *link = gone->next;
    pthread_mutex_unlock(&map_lock);
    free(gone);
}

double locked_map(unsigned n) {
    double start = now();
    for (unsigned i = 0; i < n; i++) {
        map_add(VALUE + i % VALUES);
        map_remove(VALUE + i % VALUES);
    }
    return now() - start;
}
