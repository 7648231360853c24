/* A store as the layers above see it: cells in canonical order, values of open dimensions in their own order. */
#include "tally/ranks.h"
#include "tally/tally_priv.h"

struct showing {
    const kxi_universe *u;
    const kxi_measure *m;
    const kxi_key *key;
    const kxi_store *s;
    const kxi_lexicon *pool;
    kxi_arena *a;       /* of the result */
    kxi_arena *scratch;
    kxi_cells *out;
    uint32_t *ranks[KXI_PARTS]; /* of open parts: number in the pool -> rank among those used */
    uint32_t *order;    /* place in the result -> cell of the store */
};

/* ---- open dimensions: from numbers of the pool to values in order ---- */

/* The distinct numbers of a part that cells use. */
static kx_status
used_numbers(struct showing *w, size_t part, size_t pool_count, uint32_t **numbers, size_t *count)
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
order_values(struct showing *w, const kxi_dim *dim, const uint32_t *numbers, size_t count, uint32_t *order)
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
open_texts(struct showing *w, const uint32_t *numbers, const uint32_t *order, kxi_vec *out)
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
open_values(struct showing *w, const kxi_dim *dim, const uint32_t *numbers, const uint32_t *order, kxi_vec *out)
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
show_open(struct showing *w, size_t part, kxi_vec *out)
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
part_value(const struct showing *w, size_t part, size_t cell)
{
    uint32_t number = kxi_key_get(w->key, part, w->s->keys + cell * w->key->words);
    return w->ranks[part] ? w->ranks[part][number] : number;
}

static kx_status
order_cells(struct showing *w, bool open)
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
show_keys(struct showing *w)
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
show_dims(struct showing *w)
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

/* ---- counts and records ---- */

static kx_status
show_counts(struct showing *w)
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

/* Every record of the pool that is asked for, once. */
static kx_status
record_texts(struct showing *w, uint32_t record, const kxi_str **shown)
{
    size_t n = w->m->keep_count;
    if (shown[record])
        return KX_OK;
    kxi_str *texts = kxi_arena_array(w->a, n, sizeof(*texts));
    if (!texts)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        uint32_t text = kxi_lexicon_record_text(w->pool, record, i);
        texts[i] = text == KXI_NONE ? KXI_STR("") : kxi_str_copy(w->a, w->pool->texts.keys[text]);
        if (!texts[i].s)
            return KX_E_NOMEM;
    }
    shown[record] = texts;
    return KX_OK;
}

/* Records in the order of their texts: the texts of one, put after each other, with a byte between that none has. */
static kx_status
record_ranks(struct showing *w, const kxi_str *const *shown, uint32_t **ranks)
{
    size_t n = w->pool->records.count, count = 0;
    kxi_str *joined = kxi_arena_array(w->scratch, n, sizeof(*joined));
    uint32_t *order = kxi_arena_array(w->scratch, n, sizeof(*order)), *spare = kxi_arena_array(w->scratch, n, sizeof(*spare));
    kxi_buf b;
    *ranks = kxi_arena_array(w->scratch, n, sizeof(**ranks));
    if (!joined || !order || !spare || !*ranks)
        return KX_E_NOMEM;
    kxi_buf_init(&b, w->a->mem);
    for (size_t i = 0; i < n; i++) {
        b.n = 0;
        for (size_t k = 0; shown[i] && k < w->m->keep_count; k++) {
            kxi_buf_str(&b, shown[i][k]);
            kxi_buf_char(&b, '\x01');
        }
        joined[i] = kxi_str_copy(w->scratch, b.n ? kxi_buf_view(&b) : KXI_STR(""));
        if (b.failed || !joined[i].s) {
            kxi_buf_free(&b);
            return KX_E_NOMEM;
        }
        if (shown[i])
            order[count++] = (uint32_t)i;
    }
    kxi_buf_free(&b);
    kxi_order_texts(order, spare, count, joined);
    for (size_t i = 0; i < count; i++)
        (*ranks)[order[i]] = (uint32_t)i;
    for (size_t i = 0; i < count; i++) /* a null and an empty text look alike */
        if (i && kxi_str_eq(joined[order[i]], joined[order[i - 1]]))
            (*ranks)[order[i]] = (*ranks)[order[i - 1]];
    return KX_OK;
}

static void
fill_kept(struct showing *w, const kxi_str *const *shown, const uint32_t *ranks, uint32_t *first, kxi_kept *kept,
          uint32_t *list, uint32_t *spare, uint32_t *by_rank)
{
    size_t at = 0;
    for (size_t i = 0; i < w->pool->records.count; i++)
        if (shown[i])
            by_rank[ranks[i]] = (uint32_t)i;
    for (size_t i = 0; i < w->s->count; i++) {
        size_t from = w->s->kept.first[w->order[i]], n = w->s->kept.first[w->order[i] + 1] - from;
        for (size_t k = 0; k < n; k++)
            list[k] = ranks[w->s->kept.items[from + k]];
        kxi_order_numbers(list, spare, n);
        first[i] = (uint32_t)at;
        for (size_t k = 0; k < n; k++)
            kept[at++].texts = shown[by_rank[list[k]]];
    }
    first[w->s->count] = (uint32_t)at;
}

static kx_status
show_kept(struct showing *w)
{
    size_t n = w->s->count, records = w->pool->records.count, total = n ? w->s->kept.first[n] : 0;
    const kxi_str **shown = kxi_arena_array(w->scratch, records, sizeof(*shown));
    uint32_t *first = kxi_arena_array(w->a, n + 1, sizeof(*first)), *ranks;
    kxi_kept *kept = kxi_arena_array(w->a, total, sizeof(*kept));
    uint32_t *list = kxi_arena_array(w->scratch, total, sizeof(*list)), *spare = kxi_arena_array(w->scratch, total, sizeof(*spare));
    uint32_t *by_rank = kxi_arena_array(w->scratch, records, sizeof(*by_rank));
    if (!shown || !first || !kept || !list || !spare || !by_rank)
        return KX_E_NOMEM;
    for (size_t i = 0; i < total; i++)
        if (record_texts(w, w->s->kept.items[i], shown) != KX_OK)
            return KX_E_NOMEM;
    if (record_ranks(w, shown, &ranks) != KX_OK)
        return KX_E_NOMEM;
    if (n)
        fill_kept(w, shown, ranks, first, kept, list, spare, by_rank);
    w->out->kept_first = first;
    w->out->kept = kept;
    return KX_OK;
}

/* ---- values ---- */

/* What a cell's value is made of. */
struct cell_values {
    uint8_t *state;
    int64_t *ints;  /* COUNT, DISTINCT, PEAK at scale 0; MIN, MAX, LATEST, ONE and SUM when all fit, at scale 6; days */
    uint8_t *yes;
    kxi_str *texts;
    kxi_num *nums;  /* SUM when some do not fit, SHARE, MEAN */
    kxi_num *numerators, *denominators;
    bool wide;      /* some sum does not fit 64 bits */
};

static uint64_t
known_rows(const kxi_store *s, size_t cell)
{
    return s->rows[cell] - s->nulls[cell];
}

static const void *
state_at(const struct showing *w, size_t cell)
{
    return w->s->states + cell * kxi_state_size(w->m->op);
}

/* Most days that lie within so many days running; days ascending. A day that ends a stretch of one more than the most so far
 * makes it the most. */
static int64_t
peak(const uint32_t *days, size_t n, uint32_t width)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++)
        most += days[i] - days[i - most] < width;
    return (int64_t)most;
}

static int64_t
counted(const struct showing *w, size_t cell)
{
    const kxi_bag *bag = &w->s->items;
    if (w->m->op == KXI_OP_COUNT)
        return (int64_t)w->s->rows[cell];
    size_t n = bag->first[cell + 1] - bag->first[cell];
    return w->m->op == KXI_OP_DISTINCT ? (int64_t)n : peak(bag->items + bag->first[cell], n, w->m->days);
}

static kx_status
ratio_of(struct showing *w, size_t cell, kxi_num *n, kxi_num *d, kxi_num *out)
{
    kxi_numctx c = { w->a, w->u->ctx->max_digits };
    kx_status st;
    if (w->m->op == KXI_OP_SHARE)
        st = kxi_num_wide(&c, (kxi_wide)((const kxi_share_state *)state_at(w, cell))->trues, 0, n);
    else
        st = kxi_num_wide(&c, ((const kxi_sum_state *)state_at(w, cell))->sum, KXI_SCALE, n);
    if (st == KX_OK)
        st = kxi_num_wide(&c, (kxi_wide)known_rows(w->s, cell), 0, d);
    return st == KX_OK ? kxi_num_div(&c, *n, *d, out) : st;
}

static kx_status
plain_value(struct showing *w, size_t i, struct cell_values *v, int64_t value)
{
    if (w->m->type == KXI_V_BOOL) {
        v->yes[i] = value != 0;
    } else if (w->m->type == KXI_V_TEXT) {
        v->texts[i] = kxi_str_copy(w->a, w->pool->texts.keys[value]);
        return v->texts[i].s ? KX_OK : KX_E_NOMEM;
    } else {
        v->ints[i] = value;
    }
    return KX_OK;
}

static kx_status
one_value(struct showing *w, size_t cell, size_t i, struct cell_values *v)
{
    const kxi_best_state *best = state_at(w, cell);
    const kxi_latest_state *latest = state_at(w, cell);
    const kxi_one_state *one = state_at(w, cell);
    bool has, tied = false;
    int64_t value;
    switch (w->m->op) {
    case KXI_OP_LATEST:
        has = latest->has;
        tied = latest->tied;
        value = latest->value;
        break;
    case KXI_OP_ONE:
        has = one->has;
        tied = one->tied;
        value = one->value;
        break;
    default:
        has = best->has;
        value = best->value;
    }
    v->state[i] = !has ? KXI_IS_NO_ROWS : tied ? KXI_IS_TIED : KXI_IS_KNOWN;
    return v->state[i] ? KX_OK : plain_value(w, i, v, value);
}

static void
sum_value(struct showing *w, size_t cell, size_t i, struct cell_values *v)
{
    kxi_wide sum = ((const kxi_sum_state *)state_at(w, cell))->sum;
    v->ints[i] = (int64_t)sum;
    v->wide |= v->ints[i] != sum;
}

/* One of them does not fit, so all become rationals. */
static kx_status
wide_sums(struct showing *w, struct cell_values *v)
{
    kxi_numctx c = { w->a, w->u->ctx->max_digits };
    kx_status st = KX_OK;
    v->nums = kxi_arena_array(w->a, w->s->count, sizeof(*v->nums));
    if (!v->nums)
        return KX_E_NOMEM;
    for (size_t i = 0; st == KX_OK && i < w->s->count; i++)
        st = kxi_num_wide(&c, ((const kxi_sum_state *)state_at(w, w->order[i]))->sum, KXI_SCALE, &v->nums[i]);
    return st;
}

static kx_status
cell_value(struct showing *w, size_t cell, size_t i, struct cell_values *v)
{
    switch (w->m->op) {
    case KXI_OP_COUNT:
    case KXI_OP_PEAK:
    case KXI_OP_DISTINCT:
        v->ints[i] = counted(w, cell);
        return KX_OK;
    case KXI_OP_SUM:
        sum_value(w, cell, i, v);
        return KX_OK;
    case KXI_OP_SHARE:
    case KXI_OP_MEAN:
        if (known_rows(w->s, cell))
            return ratio_of(w, cell, &v->numerators[i], &v->denominators[i], &v->nums[i]);
        v->state[i] = KXI_IS_NO_ROWS;
        return KX_OK;
    default:
        return one_value(w, cell, i, v);
    }
}

static bool
is_ratio(const kxi_measure *m)
{
    return m->op == KXI_OP_SHARE || m->op == KXI_OP_MEAN;
}

static kx_status
value_room(struct showing *w, struct cell_values *v)
{
    size_t n = w->s->count;
    *v = (struct cell_values){ .state = kxi_arena_array(w->a, n, 1), .ints = kxi_arena_array(w->a, n, sizeof(*v->ints)) };
    if (!v->state || !v->ints)
        return KX_E_NOMEM;
    if (w->m->type == KXI_V_BOOL && !(v->yes = kxi_arena_array(w->a, n, 1)))
        return KX_E_NOMEM;
    if (w->m->type == KXI_V_TEXT && !(v->texts = kxi_arena_array(w->a, n, sizeof(*v->texts))))
        return KX_E_NOMEM;
    if (!is_ratio(w->m))
        return KX_OK;
    v->nums = kxi_arena_array(w->a, n, sizeof(*v->nums));
    v->numerators = kxi_arena_array(w->a, n, sizeof(*v->numerators));
    v->denominators = kxi_arena_array(w->a, n, sizeof(*v->denominators));
    if (!v->nums || !v->numerators || !v->denominators)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        v->nums[i] = v->numerators[i] = v->denominators[i] = kxi_num_int(0);
    return KX_OK;
}

static void
make_vec(const struct showing *w, const struct cell_values *v, kxi_vec *out)
{
    bool plain = w->m->op == KXI_OP_MIN || w->m->op == KXI_OP_MAX || w->m->op == KXI_OP_LATEST || w->m->op == KXI_OP_ONE;
    bool any = false;
    for (size_t i = 0; i < w->s->count; i++)
        any |= v->state[i] != KXI_IS_KNOWN;
    *out = (kxi_vec){ .type = w->m->type, .rep = KXI_REP_INT, .count = w->s->count, .state = any ? v->state : NULL };
    if (v->texts) {
        out->v.texts = v->texts;
    } else if (v->yes) {
        out->v.yes = v->yes;
    } else if (is_ratio(w->m) || v->wide) {
        out->rep = KXI_REP_NUM;
        out->v.nums = v->nums;
    } else {
        out->scale = (plain || w->m->op == KXI_OP_SUM) && w->m->type == KXI_V_NUMBER ? KXI_SCALE : 0;
        out->v.ints = v->ints;
    }
}

static kx_status
show_values(struct showing *w)
{
    struct cell_values v;
    kx_status st = value_room(w, &v);
    for (size_t i = 0; st == KX_OK && i < w->s->count; i++) {
        size_t cell = w->order[i];
        v.state[i] = w->s->reasons[cell];
        if (!v.state[i])
            st = cell_value(w, cell, i, &v);
    }
    if (st == KX_OK && v.wide)
        st = wide_sums(w, &v);
    if (st != KX_OK)
        return st;
    make_vec(w, &v, &w->out->value);
    w->out->numerators = v.numerators;
    w->out->denominators = v.denominators;
    return KX_OK;
}

kx_status
kxi_cells_make(const kxi_universe *u, const kxi_measure *m, const kxi_key *key, const kxi_store *s, const kxi_lexicon *pool,
               kxi_arena *a, kxi_cells *out)
{
    kxi_arena scratch;
    struct showing w = { .u = u, .m = m, .key = key, .s = s, .pool = pool, .a = a, .scratch = &scratch, .out = out };
    kxi_arena_init(&scratch, a->mem);
    *out = (kxi_cells){ .count = 0 };
    kx_status st = show_dims(&w);
    if (st == KX_OK)
        st = show_counts(&w);
    if (st == KX_OK)
        st = show_values(&w);
    if (st == KX_OK && m->keep_count)
        st = show_kept(&w);
    kxi_arena_free(&scratch);
    return st;
}
