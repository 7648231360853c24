/* Accumulators into a store: ordinals become keys, workers become one. */
#include "tally/flush.h"
#include "tally/ranks.h"

static bool
distinct(const kxi_flushing *f)
{
    return f->plan->m->op == KXI_OP_DISTINCT;
}

/* ---- texts of one dictionary into the pool, when they are asked for ---- */

static kx_status
pool_text(const kxi_flushing *f, uint32_t **cache, const kxi_strmap *texts, uint32_t number, uint32_t *out)
{
    if (!*cache) {
        *cache = kxi_arena_alloc(f->scratch, (texts->count + 1) * sizeof(**cache));
        if (!*cache)
            return KX_E_NOMEM;
        memset(*cache, 0xFF, (texts->count + 1) * sizeof(**cache));
    }
    kx_status st = KX_OK;
    if ((*cache)[number] == KXI_NONE)
        st = kxi_strmap_add(&f->pool->texts, texts->keys[number], &(*cache)[number], NULL);
    *out = (*cache)[number];
    return st;
}

/* ---- values of states that are texts ---- */

static kx_status
settle_texts(kxi_flushing *f, size_t worker)
{
    kxi_acc *acc = kxi_flush_acc(f, worker);
    size_t size = kxi_state_size(f->plan->m->op), used = kxi_acc_used(acc);
    const kxi_strmap *texts =
        f->program->value_codes ? &f->program->value_texts : &f->workers[worker].texts[f->plan->program];
    uint32_t *own = NULL, **cache = f->program->value_codes ? &f->item_texts : &own, number;
    for (size_t i = KXI_TRASH; i < used; i++) {
        if (!acc->rows[i] || texts->count == 0)
            continue;
        int64_t *text = kxi_state_number(f->plan->m, acc->states + i * size);
        if (!text)
            continue;
        kx_status st = pool_text(f, cache, texts, (uint32_t)*text, &number);
        if (st != KX_OK)
            return st;
        *text = number;
    }
    return KX_OK;
}

/* ---- dense cells: all workers into the first ---- */

static void
add_lacks(kxi_acc *to, const kxi_acc *from, size_t i)
{
    to->nulls[i] += from->nulls[i];
    if (from->reasons[i] && (!to->reasons[i] || from->reasons[i] < to->reasons[i]))
        to->reasons[i] = from->reasons[i];
}

static kx_status
add_dense(kxi_flushing *f, size_t worker)
{
    kxi_acc *to = kxi_flush_acc(f, 0), *from = kxi_flush_acc(f, worker);
    size_t size = kxi_state_size(f->plan->m->op);
    if (from->nulls && !to->nulls) {
        to->nulls = kxi_alloc_array(f->mem, to->slots, sizeof(*to->nulls));
        to->reasons = to->nulls ? kxi_alloc_array(f->mem, to->slots, 1) : NULL;
        if (!to->nulls || !to->reasons)
            return KX_E_NOMEM;
    }
    for (size_t i = KXI_TRASH, used = kxi_acc_used(to); i < used; i++) {
        to->rows[i] += from->rows[i];
        if (from->rows[i] && size && !kxi_state_add(f->plan->m->op, to->states + i * size, from->states + i * size))
            return KX_E_LIMIT;
        if (from->nulls)
            add_lacks(to, from, i);
    }
    return KX_OK;
}

/* ---- ordinals to keys ---- */

static int64_t
open_value(const kxi_vec *open, uint32_t i)
{
    return open->type == KXI_V_BOOL ? open->v.yes[i] : open->v.ints[i];
}

static kx_status
part_number(kxi_flushing *f, size_t worker, size_t factor, size_t p, uint32_t ordinal, uint32_t *out)
{
    const kxi_factor *from = f->plan->factors[factor];
    const kxi_dim *dim = kxi_factor_dim(from, p);
    uint32_t value = from->tuples ? from->tuples[(size_t)ordinal * from->part_count + p] : ordinal;
    *out = value;
    if (!dim || dim->kind != KXI_DIM_COLUMN)
        return KX_OK;
    if (from->kind == KXI_FACTOR_VALUE) {
        int64_t plain =
            from->growing ? (int64_t)*kxi_keymap_key(&f->workers[worker].values[from->index], value) : value;
        return kxi_lexicon_number(f->pool, plain, out);
    }
    if (dim->type != KX_TEXT) /* an open dimension of cells */
        return kxi_lexicon_number(f->pool, open_value(&f->job->rs->cells->open[from->column], value), out);
    return pool_text(f, &f->texts[factor], &from->texts, value, out);
}

/* The item of DISTINCT: states stay what they are, values become numbers of the pool after them. */
static kx_status
item_number(kxi_flushing *f, size_t worker, uint32_t item, uint64_t *out)
{
    uint32_t number = 0;
    kx_status st;
    *out = item;
    if (item < KXI_STATE_COUNT)
        return KX_OK;
    item -= KXI_STATE_COUNT;
    if (f->program->value_codes)
        st = pool_text(f, &f->item_texts, &f->program->value_texts, item, &number);
    else if (kxi_expr_type(f->plan->m->value) == KXI_V_TEXT)
        st = kxi_strmap_add(&f->pool->texts, f->workers[worker].texts[f->plan->program].keys[item], &number, NULL);
    else
        st = kxi_lexicon_number(f->pool, (int64_t)*kxi_keymap_key(&kxi_flush_acc(f, worker)->items, item), &number);
    *out = (uint64_t)number + KXI_STATE_COUNT;
    return st;
}

/* The ordinals of a slot, factors first, then the item of DISTINCT. */
static void
slot_ordinals(const kxi_flushing *f, const kxi_acc *acc, size_t slot, uint32_t *out)
{
    const kxi_plan *plan = f->plan;
    size_t rest = slot - KXI_TRASH, count = plan->factor_count;
    const uint64_t *key = plan->dense ? NULL : kxi_keymap_key(&acc->map, (uint32_t)rest);
    for (size_t i = 0; i < count + distinct(f); i++) {
        if (key) {
            out[i] = (uint32_t)(key[i / 2] >> (i % 2 ? 0 : 32));
        } else {
            uint32_t stride = i < count ? plan->strides[i] : 1;
            out[i] = (uint32_t)(rest / stride);
            rest %= stride;
        }
    }
}

static kx_status
make_key(kxi_flushing *f, size_t worker, size_t slot, uint64_t *out)
{
    uint32_t ordinals[KXI_PARTS + 1];
    kx_status st = KX_OK;
    memset(out, 0, f->words * sizeof(*out));
    slot_ordinals(f, kxi_flush_acc(f, worker), slot, ordinals);
    for (size_t i = 0; i < f->plan->factor_count; i++)
        for (size_t p = 0; st == KX_OK && p < f->plan->factors[i]->part_count; p++) {
            uint32_t number;
            st = part_number(f, worker, i, p, ordinals[i], &number);
            if (st == KX_OK)
                kxi_key_put(f->key, f->plan->parts[i][p], number, out);
        }
    if (st == KX_OK && distinct(f))
        st = item_number(f, worker, ordinals[f->plan->factor_count], &out[f->words - 1]);
    return st;
}

/* ---- entries ---- */

static size_t
count_entries(const kxi_flushing *f)
{
    size_t n = 0;
    for (size_t w = 0; w < f->worker_count; w++) {
        const kxi_acc *acc = kxi_flush_acc(f, w);
        for (size_t i = KXI_TRASH, used = kxi_acc_used(acc); i < used; i++)
            n += acc->rows[i] != 0;
    }
    return n;
}

static kx_status
list_entries(kxi_flushing *f)
{
    size_t n = count_entries(f);
    f->keys = kxi_arena_array(f->scratch, n * f->words, sizeof(*f->keys));
    f->worker = kxi_arena_array(f->scratch, n, sizeof(*f->worker));
    f->slot = kxi_arena_array(f->scratch, n, sizeof(*f->slot));
    f->order = kxi_arena_array(f->scratch, n, sizeof(*f->order));
    uint32_t *spare = kxi_arena_array(f->scratch, n, sizeof(*spare));
    if (!f->keys || !f->worker || !f->slot || !f->order || !spare)
        return KX_E_NOMEM;
    for (size_t w = 0; w < f->worker_count; w++) {
        const kxi_acc *acc = kxi_flush_acc(f, w);
        for (size_t i = KXI_TRASH, used = kxi_acc_used(acc); i < used; i++) {
            if (!acc->rows[i])
                continue;
            kx_status st = make_key(f, w, i, f->keys + f->count * f->words);
            if (st != KX_OK)
                return st;
            f->worker[f->count] = (uint32_t)w;
            f->slot[f->count] = (uint32_t)i;
            f->order[f->count] = (uint32_t)f->count;
            f->count++;
        }
    }
    kxi_order_keys(f->order, spare, f->count, f->keys, f->words);
    return KX_OK;
}

/* ---- cells ---- */

static const uint64_t *
entry_key(const kxi_flushing *f, size_t i)
{
    return f->keys + f->order[i] * f->words;
}

static size_t
count_cells(const kxi_flushing *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->count; i++)
        n += i == 0 || kxi_compare_words(entry_key(f, i), entry_key(f, i - 1), f->key->words) != 0;
    return n;
}

static void
add_reason(kxi_store *s, size_t cell, uint8_t reason)
{
    if (reason && (!s->reasons[cell] || reason < s->reasons[cell]))
        s->reasons[cell] = reason;
}

/* An entry of DISTINCT: a state, or a value that counts once. */
static void
add_item(kxi_store *s, size_t cell, uint64_t item, uint64_t rows)
{
    size_t *end = &s->items.first[cell + 1];
    if (item == KXI_IS_NULL)
        s->nulls[cell] += rows;
    else if (item < KXI_STATE_COUNT)
        add_reason(s, cell, (uint8_t)item);
    else if (*end == s->items.first[cell] || s->items.items[*end - 1] != item - KXI_STATE_COUNT)
        s->items.items[(*end)++] = (uint32_t)(item - KXI_STATE_COUNT);
}

static kx_status
add_entry(kxi_flushing *f, size_t i, size_t cell, kxi_store *out)
{
    uint32_t entry = f->order[i], slot = f->slot[entry];
    const kxi_acc *acc = kxi_flush_acc(f, f->worker[entry]);
    size_t size = kxi_state_size(f->plan->m->op);
    out->rows[cell] += acc->rows[slot];
    if (f->cells)
        f->cells[f->worker[entry]][slot] = (uint32_t)cell;
    if (distinct(f))
        add_item(out, cell, entry_key(f, i)[f->words - 1], acc->rows[slot]);
    if (acc->nulls) {
        out->nulls[cell] += acc->nulls[slot];
        add_reason(out, cell, acc->reasons[slot]);
    }
    if (size && !kxi_state_add(f->plan->m->op, out->states + cell * size, acc->states + slot * size))
        return KX_E_LIMIT;
    return KX_OK;
}

static kx_status
fill_cells(kxi_flushing *f, kxi_store *out)
{
    kx_status st = KX_OK;
    if (distinct(f))
        st = kxi_bag_room(&out->items, f->count, f->mem);
    for (size_t i = 0; st == KX_OK && i < f->count; i++) {
        if (i == 0 || kxi_compare_words(entry_key(f, i), entry_key(f, i - 1), f->key->words) != 0) {
            memcpy(out->keys + out->count * f->key->words, entry_key(f, i), f->key->words * sizeof(*out->keys));
            out->count++;
            if (distinct(f))
                out->items.first[out->count] = out->items.first[out->count - 1];
        }
        st = add_entry(f, i, out->count - 1, out);
    }
    return st;
}

/* ---- the whole ---- */

static kx_status
gather(kxi_flushing *f)
{
    kx_status st = KX_OK;
    if (f->plan->m->op == KXI_OP_SUM || f->plan->m->op == KXI_OP_MEAN)
        for (size_t w = 0; w < f->all_workers; w++)
            if (!kxi_acc_rescale(kxi_flush_acc(f, w)))
                return KX_E_LIMIT;
    if (f->plan->m->op == KXI_OP_PEAK)
        for (size_t w = 0; w < f->all_workers; w++)
            kxi_daylog_count(&kxi_flush_acc(f, w)->days, kxi_flush_acc(f, w)->rows);
    bool text_states = kxi_state_size(f->plan->m->op) && f->plan->m->type == KXI_V_TEXT;
    for (size_t w = 0; st == KX_OK && text_states && w < f->all_workers; w++)
        st = settle_texts(f, w);
    for (size_t w = f->worker_count; st == KX_OK && w < f->all_workers; w++)
        st = add_dense(f, w);
    return st == KX_OK ? list_entries(f) : st;
}

static kx_status
flush(kxi_flushing *f, kxi_store *out)
{
    const kxi_measure *m = f->plan->m;
    bool logs = m->op == KXI_OP_PEAK || m->keep_count;
    kx_status st = gather(f);
    if (st == KX_OK && logs)
        st = kxi_flush_map(f);
    if (st == KX_OK)
        st = kxi_store_init(out, count_cells(f), f->key, m, f->mem);
    if (st == KX_OK)
        st = fill_cells(f, out);
    if (st == KX_OK && m->op == KXI_OP_PEAK)
        st = kxi_flush_days(f, out);
    if (st == KX_OK && m->keep_count)
        st = kxi_flush_kept(f, out);
    return st;
}

kx_status
kxi_store_flush(const kxi_job *job, size_t plan, kxi_worker *workers, size_t count, kxi_lexicon *pool, kxi_store *out)
{
    const kxi_plan *p = &job->plans[plan];
    kxi_mem *mem = job->arena->mem;
    kxi_arena scratch;
    kxi_flushing f = { .job = job,
                       .plan_index = plan,
                       .plan = p,
                       .program = &job->programs[p->program],
                       .key = p->key,
                       .mem = mem,
                       .scratch = &scratch,
                       .workers = workers,
                       .all_workers = count,
                       .pool = pool };
    f.worker_count = p->dense ? 1 : count;
    f.words = p->key->words + (p->m->op == KXI_OP_DISTINCT);
    *out = (kxi_store){ .count = 0 };
    kxi_arena_init(&scratch, mem);
    kx_status st = flush(&f, out);
    if (st != KX_OK)
        kxi_store_free(out, p->key, p->m, mem);
    kxi_arena_free(&scratch);
    for (size_t w = 0; w < count; w++)
        kxi_acc_free(kxi_flush_acc(&f, w));
    return st;
}
