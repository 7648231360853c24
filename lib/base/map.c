#include "base/map.h"

#include "base/hash.h"

/* Slots are a power of two, at most two thirds taken, and searched from the hash's place on. */
enum { SLOTS_MIN = 16 };

static bool
slots_enough(size_t slot_count, size_t keys)
{
    return keys <= slot_count - slot_count / 3 && slot_count > 0;
}

static uint32_t *
slots_new(kxi_mem *mem, size_t slot_count)
{
    return kxi_alloc_array(mem, slot_count, sizeof(uint32_t));
}

static void
slots_put(uint32_t *slots, size_t slot_count, uint64_t hash, uint32_t number)
{
    size_t at = hash & (slot_count - 1);
    while (slots[at])
        at = (at + 1) & (slot_count - 1);
    slots[at] = number + 1;
}

static void
slots_replace(kxi_mem *mem, uint32_t **slots, size_t *slot_count, uint32_t *fresh, size_t fresh_count)
{
    kxi_free(mem, *slots, *slot_count * sizeof(uint32_t));
    *slots = fresh;
    *slot_count = fresh_count;
}

static size_t
more(size_t capacity)
{
    return capacity ? capacity * 2 : SLOTS_MIN;
}

void
kxi_strmap_init(kxi_strmap *m, kxi_mem *mem)
{
    *m = (kxi_strmap){ .mem = mem };
    kxi_arena_init(&m->bytes, mem);
}

void
kxi_strmap_free(kxi_strmap *m)
{
    kxi_free(m->mem, m->keys, m->capacity * sizeof(*m->keys));
    kxi_free(m->mem, m->hashes, m->capacity * sizeof(*m->hashes));
    kxi_free(m->mem, m->slots, m->slot_count * sizeof(*m->slots));
    kxi_arena_free(&m->bytes);
    kxi_strmap_init(m, m->mem);
}

static uint32_t
strmap_look(const kxi_strmap *m, kxi_str s, uint64_t hash)
{
    if (!m->slot_count)
        return KXI_NONE;
    for (size_t at = hash & (m->slot_count - 1); m->slots[at]; at = (at + 1) & (m->slot_count - 1)) {
        uint32_t number = m->slots[at] - 1;
        if (m->hashes[number] == hash && kxi_str_eq(m->keys[number], s))
            return number;
    }
    return KXI_NONE;
}

uint32_t
kxi_strmap_find(const kxi_strmap *m, kxi_str s)
{
    return strmap_look(m, s, kxi_str_hash(s));
}

/* Keys and hashes share a capacity, so both grow or neither does. */
static bool
strmap_grow_keys(kxi_strmap *m)
{
    if (m->count < m->capacity)
        return true;
    size_t capacity = more(m->capacity);
    kxi_str *keys = kxi_alloc_array(m->mem, capacity, sizeof(*keys));
    uint64_t *hashes = kxi_alloc_array(m->mem, capacity, sizeof(*hashes));
    if (!keys || !hashes) {
        kxi_free(m->mem, keys, capacity * sizeof(*keys));
        kxi_free(m->mem, hashes, capacity * sizeof(*hashes));
        return false;
    }
    if (m->count) {
        memcpy(keys, m->keys, m->count * sizeof(*keys));
        memcpy(hashes, m->hashes, m->count * sizeof(*hashes));
    }
    kxi_free(m->mem, m->keys, m->capacity * sizeof(*keys));
    kxi_free(m->mem, m->hashes, m->capacity * sizeof(*hashes));
    m->keys = keys;
    m->hashes = hashes;
    m->capacity = capacity;
    return true;
}

static bool
strmap_grow_slots(kxi_strmap *m)
{
    if (slots_enough(m->slot_count, m->count + 1))
        return true;
    size_t slot_count = more(m->slot_count);
    uint32_t *slots = slots_new(m->mem, slot_count);
    if (!slots)
        return false;
    for (size_t i = 0; i < m->count; i++)
        slots_put(slots, slot_count, m->hashes[i], (uint32_t)i);
    slots_replace(m->mem, &m->slots, &m->slot_count, slots, slot_count);
    return true;
}

kx_status
kxi_strmap_add(kxi_strmap *m, kxi_str s, uint32_t *number, bool *added)
{
    uint64_t hash = kxi_str_hash(s);
    uint32_t known = strmap_look(m, s, hash);
    if (added)
        *added = false;
    *number = known;
    if (known != KXI_NONE)
        return KX_OK;
    if (m->count >= KXI_NONE - 1)
        return KX_E_LIMIT;
    if (!strmap_grow_keys(m) || !strmap_grow_slots(m))
        return KX_E_NOMEM;
    kxi_str key = kxi_str_copy(&m->bytes, s);
    if (!key.s)
        return KX_E_NOMEM;
    *number = (uint32_t)m->count++;
    m->keys[*number] = key;
    m->hashes[*number] = hash;
    slots_put(m->slots, m->slot_count, hash, *number);
    if (added)
        *added = true;
    return KX_OK;
}

void
kxi_keymap_init(kxi_keymap *m, kxi_mem *mem, size_t words)
{
    *m = (kxi_keymap){ .mem = mem, .words = words };
}

/* A key of no words (there is but one) still takes a place, so that keys is never NULL when there is a key. */
static size_t
key_bytes(const kxi_keymap *m)
{
    return (m->words ? m->words : 1) * sizeof(uint64_t);
}

void
kxi_keymap_free(kxi_keymap *m)
{
    kxi_free(m->mem, m->keys, m->capacity * key_bytes(m));
    kxi_free(m->mem, m->slots, m->slot_count * sizeof(*m->slots));
    kxi_keymap_init(m, m->mem, m->words);
}

static bool
words_eq(const uint64_t *a, const uint64_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static uint32_t
keymap_look(const kxi_keymap *m, const uint64_t *key, uint64_t hash)
{
    if (!m->slot_count)
        return KXI_NONE;
    for (size_t at = hash & (m->slot_count - 1); m->slots[at]; at = (at + 1) & (m->slot_count - 1))
        if (words_eq(kxi_keymap_key(m, m->slots[at] - 1), key, m->words))
            return m->slots[at] - 1;
    return KXI_NONE;
}

uint32_t
kxi_keymap_find(const kxi_keymap *m, const uint64_t *key)
{
    return keymap_look(m, key, kxi_hash_words(key, m->words));
}

static bool
keymap_grow(kxi_keymap *m)
{
    if (!kxi_grow_bytes(m->mem, (void **)&m->keys, &m->capacity, m->count + 1, key_bytes(m)))
        return false;
    if (slots_enough(m->slot_count, m->count + 1))
        return true;
    size_t slot_count = more(m->slot_count);
    uint32_t *slots = slots_new(m->mem, slot_count);
    if (!slots)
        return false;
    for (size_t i = 0; i < m->count; i++)
        slots_put(slots, slot_count, kxi_hash_words(kxi_keymap_key(m, (uint32_t)i), m->words), (uint32_t)i);
    slots_replace(m->mem, &m->slots, &m->slot_count, slots, slot_count);
    return true;
}

kx_status
kxi_keymap_add(kxi_keymap *m, const uint64_t *key, uint32_t *number, bool *added)
{
    uint64_t hash = kxi_hash_words(key, m->words);
    uint32_t known = keymap_look(m, key, hash);
    if (added)
        *added = false;
    *number = known;
    if (known != KXI_NONE)
        return KX_OK;
    if (m->count >= KXI_NONE - 1)
        return KX_E_LIMIT;
    if (!keymap_grow(m))
        return KX_E_NOMEM;
    *number = (uint32_t)m->count++;
    if (m->words)
        memcpy(m->keys + *number * m->words, key, m->words * sizeof(uint64_t));
    slots_put(m->slots, m->slot_count, hash, *number);
    if (added)
        *added = true;
    return KX_OK;
}

void
kxi_digest_add(kxi_digest *d, const void *bytes, size_t n)
{
    d->lo += kxi_hash_bytes(bytes, n, KXI_HASH_B);
    d->hi += kxi_hash_bytes(bytes, n, KXI_HASH_C);
}

bool
kxi_digest_eq(kxi_digest a, kxi_digest b)
{
    return a.lo == b.lo && a.hi == b.hi;
}
