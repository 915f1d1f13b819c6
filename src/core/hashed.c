/* hashed.c: entries of pointers and of any other value: locked shards of chained nodes.
 *
 * A node goes away with its life, so its generation cannot count the openings of its value: it comes from the shard's own
 * count, which only rises. A wrapper of an earlier life therefore never matches a later one.
 */
#include "core/ledger.h"

#include "base/host.h"
#include "base/lock.h"

#define SHARDS 64u
#define FIRST_BUCKETS 16u

typedef struct node {
    haft__entry entry;
    haft__place place;
    struct node *next;
} node;

typedef struct shard {
    haft__mutex lock;
    node **buckets; /* a power of two; NULL until the first node */
    size_t bucket_count;
    size_t node_count;
    uint64_t generation; /* as in a tag: in steps of HAFT__GENERATION_ONE */
} shard;

#define ONE { HAFT__MUTEX(HAFT__RANK_LEDGER), NULL, 0, 0, 0 }
#define FOUR ONE, ONE, ONE, ONE
#define SIXTEEN FOUR, FOUR, FOUR, FOUR
static shard shards[SHARDS] = { SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN };
HAFT__FORK_SAFE(&shards[0].lock, SHARDS, sizeof shards[0])

static uint64_t hash_of(haft__place place) {
    uint64_t h = (place.raw ^ (uint64_t)place.space << 56) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

static shard *shard_of(haft__place place) { return &shards[hash_of(place) % SHARDS]; }

static node **bucket_of(shard *s, haft__place place) {
    return &s->buckets[(hash_of(place) / SHARDS) & (s->bucket_count - 1)];
}

/* Without memory the chains just grow longer. */
static void grow(shard *s) {
    size_t count = s->bucket_count ? s->bucket_count * 2 : FIRST_BUCKETS;
    node **old = s->buckets, **buckets = haft__alloc(count * sizeof *buckets);
    if (!buckets) return;
    size_t old_count = s->bucket_count;
    s->buckets = buckets;
    s->bucket_count = count;
    for (size_t i = 0; i < old_count; i++) {
        for (node *n = old[i], *next; n; n = next) {
            node **to = bucket_of(s, n->place);
            next = n->next;
            n->next = *to;
            *to = n;
        }
    }
    haft__free(old);
}

static node *find(shard *s, haft__place place) {
    if (!s->buckets) return NULL;
    node *n = *bucket_of(s, place);
    while (n && (n->place.raw != place.raw || n->place.space != place.space)) n = n->next;
    return n;
}

static node *insert(shard *s, haft__place place) {
    if (s->node_count >= s->bucket_count) grow(s);
    node *n = s->buckets ? haft__alloc(sizeof *n) : NULL;
    if (!n) return NULL;
    node **to = bucket_of(s, place);
    n->place = place;
    haft__store64(&n->entry.word, s->generation);
    n->next = *to;
    *to = n;
    s->node_count++;
    return n;
}

static void remove_node(shard *s, node *gone) {
    node **link = bucket_of(s, gone->place);
    while (*link != gone) link = &(*link)->next;
    *link = gone->next;
    s->node_count--;
    uint64_t generation = haft__tag_generation(haft__peek64(&gone->entry.word));
    if (generation > s->generation) s->generation = generation;
    haft__free(gone);
}

haft__entry *haft__hashed_pin(haft__place place, bool make) {
    shard *s = shard_of(place);
    haft__lock(&s->lock);
    node *n = find(s, place);
    if (!n && make) n = insert(s, place);
    if (n) return &n->entry;
    haft__unlock(&s->lock);
    return NULL;
}

void haft__hashed_unpin(haft__place place, haft__entry *entry) {
    shard *s = shard_of(place);
    if (!(haft__peek64(&entry->word) & HAFT__LIVE)) remove_node(s, (node *)(void *)entry);
    haft__unlock(&s->lock);
}

static bool shard_walk(shard *s, haft__visit *visit, void *user) {
    for (size_t i = 0; i < s->bucket_count; i++) {
        for (node *n = s->buckets[i]; n; n = n->next) {
            haft__life life;
            if (haft__entry_read(&n->entry, &life) && !visit(n->place.raw, &life, user)) return false;
        }
    }
    return true;
}

bool haft__hashed_walk(haft__visit *visit, void *user) {
    bool on = true;
    for (size_t i = 0; on && i < SHARDS; i++) {
        haft__lock(&shards[i].lock);
        on = shard_walk(&shards[i], visit, user);
        haft__unlock(&shards[i].lock);
    }
    return on;
}
