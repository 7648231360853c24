/* Dictionaries of model/table.h, and telling distinct texts apart. */
#include "model/model_priv.h"

/* One block: this, the offsets, the bytes. */
struct kxi_pool {
    size_t size;
    char *bytes;
    int64_t offsets[];
};

kx_status
kxi_dict_new(kxi_mem *mem, kxi_dict **out)
{
    *out = kxi_alloc_zero(mem, sizeof(**out));
    if (!*out)
        return KX_E_NOMEM;
    (*out)->mem = mem;
    kxi_arena_init(&(*out)->arena, mem);
    return KX_OK;
}

static void
pool_drop(const kxi_dict *dict, struct kxi_pool *pool)
{
    if (pool)
        kxi_free(dict->mem, pool, pool->size);
}

void
kxi_dict_free(kxi_dict *dict)
{
    if (!dict)
        return;
    pool_drop(dict, atomic_load_explicit(&dict->pool, memory_order_acquire));
    kxi_free(dict->mem, dict->texts, dict->capacity * sizeof(*dict->texts));
    kxi_arena_free(&dict->arena);
    kxi_free(dict->mem, dict, sizeof(*dict));
}

kx_status
kxi_dict_push(kxi_dict *dict, kxi_str text, uint32_t *code)
{
    if (dict->count >= INT32_MAX)
        return KX_E_LIMIT;
    if (!kxi_grow(dict->mem, &dict->texts, &dict->capacity, (size_t)dict->count + 1))
        return KX_E_NOMEM;
    kxi_str copy = kxi_str_copy(&dict->arena, text);
    if (!copy.s)
        return KX_E_NOMEM;
    pool_drop(dict, atomic_exchange_explicit(&dict->pool, NULL, memory_order_acq_rel)); /* it lacks this text */
    *code = dict->count;
    dict->texts[dict->count++] = copy;
    return KX_OK;
}

kx_status
kxi_dict_take(kxi_strmap *map, kxi_dict **out)
{
    *out = NULL;
    if (map->count > INT32_MAX)
        return KX_E_LIMIT;
    kx_status status = kxi_dict_new(map->mem, out);
    if (status != KX_OK)
        return status;
    (*out)->arena = map->bytes;
    (*out)->texts = map->keys;
    (*out)->count = (uint32_t)map->count;
    (*out)->capacity = map->capacity;
    kxi_free(map->mem, map->hashes, map->capacity * sizeof(*map->hashes));
    kxi_free(map->mem, map->slots, map->slot_count * sizeof(*map->slots));
    kxi_strmap_init(map, map->mem);
    return KX_OK;
}

static struct kxi_pool *
pool_make(const kxi_dict *dict)
{
    size_t bytes = 0, size = sizeof(struct kxi_pool) + ((size_t)dict->count + 1) * sizeof(int64_t);
    for (uint32_t i = 0; i < dict->count; i++)
        bytes += dict->texts[i].n;
    if (!kxi_add_size(size, bytes + 1, &size))
        return NULL;
    struct kxi_pool *pool = kxi_alloc(dict->mem, size);
    if (!pool)
        return NULL;
    pool->size = size;
    pool->bytes = (char *)(pool->offsets + dict->count + 1);
    size_t at = 0;
    for (uint32_t i = 0; i < dict->count; i++) {
        pool->offsets[i] = (int64_t)at;
        memcpy(pool->bytes + at, dict->texts[i].s, dict->texts[i].n);
        at += dict->texts[i].n;
    }
    pool->offsets[dict->count] = (int64_t)at;
    pool->bytes[at] = '\0';
    return pool;
}

/* Several threads may come here at once: the first to be ready wins. */
kx_status
kxi_dict_pool(const kxi_dict *dict, const int64_t **offsets, const char **bytes)
{
    _Atomic(struct kxi_pool *) *slot = kxi_writable(&dict->pool);
    struct kxi_pool *pool = atomic_load_explicit(slot, memory_order_acquire);
    if (!pool) {
        struct kxi_pool *made = pool_make(dict);
        if (!made)
            return KX_E_NOMEM;
        if (atomic_compare_exchange_strong_explicit(slot, &pool, made, memory_order_acq_rel, memory_order_acquire))
            pool = made;
        else
            pool_drop(dict, made);
    }
    *offsets = pool->offsets;
    *bytes = pool->bytes;
    return KX_OK;
}

void
kxi_intern_init(kxi_intern *in, kxi_mem *mem)
{
    kxi_strmap_init(&in->map, mem);
    kxi_arena_init(&in->scratch, mem);
}

void
kxi_intern_free(kxi_intern *in)
{
    kxi_strmap_free(&in->map);
    kxi_arena_free(&in->scratch);
}

kx_status
kxi_intern_add(kxi_intern *in, kxi_str raw, uint32_t *number)
{
    kxi_str text;
    *number = raw.n ? kxi_strmap_find(&in->map, raw) : KXI_NONE;
    if (*number != KXI_NONE || raw.n == 0)
        return KX_OK; /* what the map has is normalised */
    kxi_arena_reset(&in->scratch);
    kx_status status = kxi_text_normalise(&in->scratch, raw, &text);
    if (status != KX_OK || text.n == 0)
        return status;
    if (in->map.count >= INT32_MAX && kxi_strmap_find(&in->map, text) == KXI_NONE)
        return KX_E_LIMIT;
    return kxi_strmap_add(&in->map, text, number, NULL);
}
