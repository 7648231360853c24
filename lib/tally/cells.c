/* A store as the layers above see it: cells in canonical order, values of open dimensions in their own order. */
#include "tally/cells.h"
#include "tally/ranks.h"

/* ---- open dimensions: from numbers of the pool to values in order ---- */

/* The distinct numbers of a part that cells use. */
static kx_status
used_numbers(kxi_showing *w, size_t part, size_t pool_count, uint32_t **numbers, size_t *count)
{
    uint8_t *used = kxi_arena_array(w->scratch, pool_count, 1);
    *count = 0;
    if (!used)
        return KX_E_NOMEM;
    for (size_t i = 0; i < w->s->count; i++)
        used[kxi_key_get(w->key, part, w->s->keys + i * w->key->words)] = 1;
    *numbers = kxi_arena_array(w->scratch, pool_count, sizeof(**numbers));
    if (!*numbers)
        return KX_E_NOMEM;
    for (uint32_t n = 0; n < pool_count; n++)
        if (used[n])
            (*numbers)[(*count)++] = n;
    return KX_OK;
}

static bool
is_text(const kxi_dim *dim)
{
    return dim->type == KX_TEXT;
}

/* Positions 0 .. count - 1 in the order of what the numbers stand for. */
static kx_status
order_values(kxi_showing *w, const kxi_dim *dim, const uint32_t *numbers, size_t count, uint32_t *order)
{
    uint32_t *spare = kxi_arena_array(w->scratch, count, sizeof(*spare));
    kxi_str *texts = is_text(dim) ? kxi_arena_array(w->scratch, count, sizeof(*texts)) : NULL;
    uint64_t *keys = is_text(dim) ? NULL : kxi_arena_array(w->scratch, count, sizeof(*keys));
    if (!spare || (!texts && !keys))
        return KX_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        if (texts)
            texts[i] = w->pool->texts.keys[numbers[i]];
        else
            keys[i] = (uint64_t)kxi_lexicon_value(w->pool, numbers[i]) ^ UINT64_C(1) << 63; /* signed order */
    }
    if (texts)
        kxi_order_texts(order, spare, count, texts);
    else
        kxi_order_keys(order, spare, count, keys, 1);
    return KX_OK;
}

static kx_status
open_texts(kxi_showing *w, const uint32_t *numbers, const uint32_t *order, kxi_vec *out)
{
    kxi_str *texts = kxi_arena_array(w->a, out->count, sizeof(*texts));
    if (!texts)
        return KX_E_NOMEM;
    for (size_t i = 0; i < out->count; i++) {
        texts[i] = kxi_str_copy(w->a, w->pool->texts.keys[numbers[order[i]]]);
        if (!texts[i].s)
            return KX_E_NOMEM;
    }
    out->v.texts = texts;
    return KX_OK;
}

static kx_status
open_values(kxi_showing *w, const kxi_dim *dim, const uint32_t *numbers, const uint32_t *order, kxi_vec *out)
{
    int64_t *ints = kxi_arena_array(w->a, out->count, sizeof(*ints));
    uint8_t *yes = dim->type == KX_BOOL ? kxi_arena_array(w->a, out->count, 1) : NULL;
    out->type = dim->type == KX_DATE ? KXI_V_DATE : dim->type == KX_BOOL ? KXI_V_BOOL : KXI_V_NUMBER;
    out->scale = dim->type == KX_NUMBER ? KXI_SCALE : 0;
    if (!ints || (dim->type == KX_BOOL && !yes))
        return KX_E_NOMEM;
    for (size_t i = 0; i < out->count; i++) {
        ints[i] = kxi_lexicon_value(w->pool, numbers[order[i]]);
        if (yes)
            yes[i] = ints[i] != 0;
    }
    if (yes)
        out->v.yes = yes;
    else
        out->v.ints = ints;
    return KX_OK;
}

static kx_status
show_open(kxi_showing *w, size_t part, kxi_vec *out)
{
    const kxi_dim *dim = w->key->parts[part].dim;
    size_t pool_count = is_text(dim) ? w->pool->texts.count : w->pool->numbers.count;
    uint32_t *numbers, *order, *ranks = kxi_arena_array(w->scratch, pool_count, sizeof(*ranks));
    *out = (kxi_vec){ .type = KXI_V_TEXT, .rep = KXI_REP_INT };
    if (!ranks || used_numbers(w, part, pool_count, &numbers, &out->count) != KX_OK)
        return KX_E_NOMEM;
    order = kxi_arena_array(w->scratch, out->count, sizeof(*order));
    if (!order || order_values(w, dim, numbers, out->count, order) != KX_OK)
        return KX_E_NOMEM;
    for (size_t i = 0; i < out->count; i++)
        ranks[numbers[order[i]]] = (uint32_t)i;
    w->ranks[part] = ranks;
    return is_text(dim) ? open_texts(w, numbers, order, out) : open_values(w, dim, numbers, order, out);
}

/* ---- keys ---- */

static uint32_t
part_value(const kxi_showing *w, size_t part, size_t cell)
{
    uint32_t number = kxi_key_get(w->key, part, w->s->keys + cell * w->key->words);
    return w->ranks[part] ? w->ranks[part][number] : number;
}

static kx_status
order_cells(kxi_showing *w, bool open)
{
    size_t n = w->s->count, words = w->key->words;
    w->order = kxi_arena_array(w->scratch, n, sizeof(*w->order));
    if (!w->order)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        w->order[i] = (uint32_t)i;
    if (!open)
        return KX_OK; /* the store's order */
    uint64_t *keys = kxi_arena_array(w->scratch, n, words * sizeof(*keys));
    uint32_t *spare = kxi_arena_array(w->scratch, n, sizeof(*spare));
    if (!keys || !spare)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        for (size_t p = 0; p < w->key->part_count; p++)
            kxi_key_put(w->key, p, part_value(w, p, i), keys + i * words);
    kxi_order_keys(w->order, spare, n, keys, words);
    return KX_OK;
}

static kx_status
show_keys(kxi_showing *w)
{
    size_t n = w->s->count, dims = w->key->part_count - w->key->first_dim;
    uint32_t *subjects = kxi_arena_array(w->a, n, sizeof(*subjects));
    uint32_t **columns = kxi_arena_array(w->a, dims, sizeof(*columns));
    if (!subjects || !columns)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        subjects[i] = w->key->first_dim ? part_value(w, 0, w->order[i]) : KXI_NONE;
    for (size_t d = 0; d < dims; d++) {
        columns[d] = kxi_arena_array(w->a, n, sizeof(**columns));
        if (!columns[d])
            return KX_E_NOMEM;
        for (size_t i = 0; i < n; i++)
            columns[d][i] = part_value(w, d + w->key->first_dim, w->order[i]);
    }
    w->out->count = n;
    w->out->dim_count = dims;
    w->out->subjects = subjects;
    w->out->dims = (const uint32_t *const *)columns;
    return KX_OK;
}

static kx_status
show_dims(kxi_showing *w)
{
    size_t dims = w->key->part_count - w->key->first_dim;
    kxi_vec *open = kxi_arena_array(w->a, dims, sizeof(*open));
    bool any = false;
    if (!open)
        return KX_E_NOMEM;
    for (size_t d = 0; d < dims; d++) {
        size_t part = d + w->key->first_dim;
        if (!kxi_key_open(w->key, part))
            continue;
        any = true;
        if (show_open(w, part, &open[d]) != KX_OK)
            return KX_E_NOMEM;
    }
    w->out->open = open;
    return order_cells(w, any) == KX_OK ? show_keys(w) : KX_E_NOMEM;
}

/* ---- counts ---- */

static kx_status
show_counts(kxi_showing *w)
{
    uint64_t *rows = kxi_arena_array(w->a, w->s->count, sizeof(*rows));
    uint64_t *nulls = kxi_arena_array(w->a, w->s->count, sizeof(*nulls));
    if (!rows || !nulls)
        return KX_E_NOMEM;
    for (size_t i = 0; i < w->s->count; i++) {
        rows[i] = w->s->rows[w->order[i]];
        nulls[i] = w->s->nulls[w->order[i]];
    }
    w->out->rows = rows;
    w->out->nulls = nulls;
    return KX_OK;
}

kx_status
kxi_cells_make(const kxi_universe *u, const kxi_measure *m, const kxi_key *key, const kxi_store *s,
               const kxi_lexicon *pool, kxi_arena *a, kxi_cells *out)
{
    kxi_arena scratch;
    kxi_showing w = { .u = u, .m = m, .key = key, .s = s, .pool = pool, .a = a, .scratch = &scratch, .out = out };
    kxi_arena_init(&scratch, a->mem);
    *out = (kxi_cells){ .count = 0 };
    kx_status st = show_dims(&w);
    if (st == KX_OK)
        st = show_counts(&w);
    if (st == KX_OK)
        st = kxi_cells_values(&w);
    if (st == KX_OK && m->keep_count)
        st = kxi_cells_kept(&w);
    kxi_arena_free(&scratch);
    return st;
}
