/* identity.c: names and their counts, in locked shards.
 *
 * A record is one name. Its `truth` is NULL until settled, then itself or the record of the object's true name. `opens` of
 * a true record is the count; of any other it is the number of handles that came by that name, each of which has one open
 * on the true record too. A name that leads elsewhere pins its true record. Memory of a record is used again, though only
 * as a record of the same shard: one that was released a moment ago can still be locked and looked at.
 */
#include "core/identity.h"

#include "base/host.h"
#include "base/lock.h"

#include <string.h>

#define SHARDS 16u
#define FIRST_BUCKETS 16u

struct haft__identity {
    haft__identity *next;
    haft__aptr truth;
    uint64_t hash;
    uint32_t class_id;
    uint32_t opens;
    uint32_t pins;
    uint32_t shard;
    char *name;
    char *true_name; /* where it differs */
    size_t length;
};

typedef struct shard {
    haft__mutex lock;
    haft__identity **buckets;
    size_t bucket_count;
    size_t record_count;
    haft__identity *spare;
} shard;

#define ONE { HAFT__MUTEX(HAFT__RANK_IDENTITY), NULL, 0, 0, NULL }
#define FOUR ONE, ONE, ONE, ONE
static shard shards[SHARDS] = { FOUR, FOUR, FOUR, FOUR };
static haft__mutex resolving = HAFT__MUTEX(HAFT__RANK_RESOLVE);
HAFT__FORK_SAFE(&shards[0].lock, SHARDS, sizeof shards[0])
HAFT__FORK_SAFE(&resolving, 1, 0)

void haft__resolve_lock(void) { haft__lock(&resolving); }
void haft__resolve_unlock(void) { haft__unlock(&resolving); }

/* Eight bytes a step: names are long and a reopen must be cheap. The class is no part of it: lock_name compares that. */
static uint64_t hash_of(const char *name, size_t length) {
    const uint64_t prime = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t h = length * prime, piece;
    for (; length >= 8; name += 8, length -= 8) {
        memcpy(&piece, name, 8);
        h = (h ^ piece) * prime;
        h ^= h >> 32;
    }
    piece = 0;
    memcpy(&piece, name, length);
    h = (h ^ piece) * prime;
    return h ^ h >> 29;
}

static shard *home_of(const haft__identity *id) { return &shards[id->shard]; }

static haft__identity **bucket_of(shard *s, uint64_t hash) { return &s->buckets[(hash / SHARDS) & (s->bucket_count - 1)]; }

static void grow(shard *s) {
    size_t count = s->bucket_count ? s->bucket_count * 2 : FIRST_BUCKETS, old_count = s->bucket_count;
    haft__identity **old = s->buckets, **buckets = haft__alloc(count * sizeof *buckets);
    if (!buckets) return;
    s->buckets = buckets;
    s->bucket_count = count;
    for (size_t i = 0; i < old_count; i++) {
        for (haft__identity *id = old[i], *next; id; id = next) {
            haft__identity **to = bucket_of(s, id->hash);
            next = id->next;
            id->next = *to;
            *to = id;
        }
    }
    haft__free(old);
}

static char *copy_of(const char *text, size_t length) {
    char *copy = haft__alloc(length + 1);
    if (copy) memcpy(copy, text, length);
    return copy;
}

static haft__identity *create(shard *s, const haft__claim *claim, uint64_t hash) {
    if (s->record_count >= s->bucket_count) grow(s);
    if (!s->buckets) return NULL;
    haft__identity *id = s->spare;
    if (!id && !(id = haft__alloc(sizeof *id))) return NULL;
    if (id == s->spare) s->spare = id->next;
    id->shard = (uint32_t)(s - shards);
    char *name = copy_of(claim->name, claim->length);
    if (!name) {
        id->next = s->spare;
        s->spare = id;
        return NULL;
    }
    haft__putptr(&id->truth, NULL);
    id->hash = hash;
    id->class_id = claim->class_id;
    id->opens = id->pins = 0;
    id->name = name;
    id->true_name = NULL;
    id->length = claim->length;
    haft__identity **to = bucket_of(s, hash);
    id->next = *to;
    *to = id;
    s->record_count++;
    return id;
}

/* Locks the name's shard; its record is made if there is none. NULL: no memory; the shard is locked all the same. */
static haft__identity *lock_name(const haft__claim *claim, shard **ret_shard) {
    uint64_t hash = hash_of(claim->name, claim->length);
    shard *s = *ret_shard = &shards[hash % SHARDS];
    haft__lock(&s->lock);
    haft__identity *id = s->buckets ? *bucket_of(s, hash) : NULL;
    for (; id; id = id->next)
        if (id->hash == hash && id->class_id == claim->class_id && id->length == claim->length &&
            memcmp(id->name, claim->name, claim->length) == 0)
            return id;
    return create(s, claim, hash);
}

/* Unlocks the record's shard, after taking the record away if nothing counts on it. Gives back the true record that it no
 * longer pins. */
static haft__identity *unlock_record(haft__identity *id) {
    shard *s = home_of(id);
    haft__identity *pinned = NULL;
    if (id->opens == 0 && id->pins == 0) {
        haft__identity **link = bucket_of(s, id->hash), *truth = haft__peekptr(&id->truth);
        while (*link != id) link = &(*link)->next;
        *link = id->next;
        s->record_count--;
        if (truth && truth != id) pinned = truth;
        haft__free(id->name);
        haft__free(id->true_name);
        id->name = id->true_name = NULL;
        id->next = s->spare;
        s->spare = id;
    }
    haft__unlock(&s->lock);
    return pinned;
}

static void unpin_truth(haft__identity *truth) {
    if (!truth) return;
    haft__lock(&home_of(truth)->lock);
    truth->pins--;
    unlock_record(truth);
}

static void drop(haft__identity *id) {
    haft__lock(&home_of(id)->lock);
    id->opens--;
    unpin_truth(unlock_record(id));
}

/* One more open on a true record, within the bound. The caller sees to it that the record stays: it is pinned or locked. */
static haft_status count_on(haft__identity *truth, uint32_t bound, uint32_t *ret_live) {
    *ret_live = truth->opens;
    if (truth->opens == UINT32_MAX) return HAFT_E_LIMIT; /* GCOVR_EXCL_BR_LINE: no test has memory for 2^32 opens */
    if (bound && truth->opens >= bound) return HAFT_E_LIMIT;
    truth->opens++;
    return HAFT_OK;
}

static haft_status count_on_pinned(haft__identity *truth, uint32_t bound, uint32_t *ret_live) {
    haft__lock(&home_of(truth)->lock);
    haft_status status = count_on(truth, bound, ret_live);
    haft__unlock(&home_of(truth)->lock);
    return status;
}

haft_status haft__identity_reserve(const haft__claim *claim, haft__identity **ret, bool *ret_settled, uint32_t *ret_live) {
    shard *s;
    haft__identity *id = lock_name(claim, &s);
    if (!id) {
        haft__unlock(&s->lock);
        return HAFT_E_NOMEM;
    }
    if (claim->is_true) haft__storeptr(&id->truth, id);
    haft__identity *truth = haft__peekptr(&id->truth);
    bool elsewhere = truth && truth != id;
    haft_status status = count_on(id, elsewhere ? 0 : claim->bound, ret_live);
    unlock_record(id);
    if (status == HAFT_OK && elsewhere) {
        status = count_on_pinned(truth, claim->bound, ret_live);
        if (status != HAFT_OK) drop(id);
    }
    if (status != HAFT_OK) return status;
    *ret = id;
    *ret_settled = truth != NULL;
    return HAFT_OK;
}

bool haft__identity_attach(haft__identity *id, uint32_t bound, haft_status *ret_status, uint32_t *ret_live) {
    haft__identity *truth = haft__loadptr(&id->truth);
    if (!truth) return false;
    *ret_status = truth == id ? HAFT_OK : count_on_pinned(truth, bound, ret_live);
    if (*ret_status != HAFT_OK) drop(id);
    return true;
}

/* The true name's record with one open and one pin more; NULL with the status why not. */
static haft__identity *lead_to(const haft__claim *claim, haft_status *ret_status, uint32_t *ret_live) {
    shard *s;
    haft__identity *truth = lock_name(claim, &s);
    *ret_status = truth ? count_on(truth, claim->bound, ret_live) : HAFT_E_NOMEM;
    if (*ret_status == HAFT_OK) {
        truth->pins++;
        haft__storeptr(&truth->truth, truth);
    }
    if (truth) unlock_record(truth);
    else haft__unlock(&s->lock);
    return *ret_status == HAFT_OK ? truth : NULL;
}

haft_status haft__identity_settle(haft__identity *id, const char *true_name, size_t length, uint32_t bound, uint32_t *ret_live) {
    haft__claim claim = { id->class_id, true_name, length, bound, true };
    if (!true_name || (length == id->length && memcmp(true_name, id->name, length) == 0)) {
        haft__storeptr(&id->truth, id);
        return HAFT_OK;
    }
    haft_status status;
    haft__identity *truth = lead_to(&claim, &status, ret_live);
    if (!truth) {
        drop(id);
        return status;
    }
    char *shown = copy_of(true_name, length);
    haft__lock(&home_of(id)->lock);
    id->true_name = shown;
    haft__storeptr(&id->truth, truth);
    haft__unlock(&home_of(id)->lock);
    return HAFT_OK;
}

void haft__identity_release(haft__identity *id) {
    if (!id) return;
    haft__identity *truth = haft__loadptr(&id->truth);
    if (truth && truth != id) drop(truth);
    drop(id);
}

void haft__identity_unreserve(haft__identity *id) {
    if (id) drop(id);
}

size_t haft__identity_name(haft__identity *id, haft__place place, uint64_t tag, char *text, size_t size) {
    size_t length = 0;
    haft__lock(&home_of(id)->lock);
    if (haft__look(place).tag == tag) {
        const char *name = id->true_name ? id->true_name : id->name;
        length = strlen(name);
        if (length < size) memcpy(text, name, length + 1);
        else length = 0;
    }
    haft__unlock(&home_of(id)->lock);
    return length;
}

uint32_t haft__identity_opens(haft__identity *id, haft__place place, uint64_t tag) {
    uint32_t opens = 1;
    haft__lock(&home_of(id)->lock);
    bool lives = haft__look(place).tag == tag;
    haft__identity *truth = lives ? haft__loadptr(&id->truth) : NULL;
    if (lives && (!truth || truth == id)) opens = id->opens;
    haft__unlock(&home_of(id)->lock);
    if (!truth || truth == id) return opens;
    haft__lock(&home_of(truth)->lock);
    opens = truth->opens;
    haft__unlock(&home_of(truth)->lock);
    return opens;
}
