#include "tally/worker.h"

#include "tally/ranks.h"

/* ---- life ---- */

static kx_status
init_lists(kxi_worker *w)
{
    const kxi_job *job = w->job;
    w->accs = kxi_alloc_array(w->mem, job->plan_count + 1, sizeof(*w->accs));
    w->selections = kxi_alloc_array(w->mem, job->program_count + 1, sizeof(*w->selections));
    w->counts = kxi_alloc_array(w->mem, job->program_count + 1, sizeof(*w->counts));
    w->texts = kxi_alloc_array(w->mem, job->program_count + 1, sizeof(*w->texts));
    w->ordinals = kxi_alloc_array(w->mem, job->factor_count + 1, sizeof(*w->ordinals));
    w->values = kxi_alloc_array(w->mem, job->factor_count + 1, sizeof(*w->values));
    w->batch.columns = kxi_alloc_array(w->mem, job->rs->columns + 1, sizeof(*w->batch.columns));
    if (!w->accs || !w->selections || !w->counts || !w->texts || !w->ordinals || !w->values || !w->batch.columns)
        return KX_E_NOMEM;
    for (size_t i = 0; i < job->program_count; i++)
        kxi_strmap_init(&w->texts[i], w->mem);
    for (size_t i = 0; i < job->factor_count; i++)
        kxi_keymap_init(&w->values[i], w->mem, 1);
    return KX_OK;
}

kx_status
kxi_worker_init(kxi_worker *w, const kxi_job *job)
{
    *w = (kxi_worker){ .job = job, .mem = job->arena->mem };
    kxi_arena_init(&w->arena, w->mem);
    w->slots.mem = w->at.mem = w->hits.mem = w->mem;
    for (size_t i = 0; i <= KXI_PARTS; i++)
        w->choices[i].mem = w->mem;
    w->batch = (kxi_batch){ .rs = job->rs, .arena = &w->arena };
    w->reader = (kxi_reader){ .rs = job->rs, .tables = job->tables, .batch = &w->batch };
    kx_status st = init_lists(w);
    for (size_t i = 0; st == KX_OK && i < job->plan_count; i++)
        st = kxi_acc_init(&w->accs[i], &job->plans[i], w->mem);
    return st;
}

void
kxi_worker_free(kxi_worker *w)
{
    const kxi_job *job = w->job;
    for (size_t i = 0; w->accs && i < job->plan_count; i++)
        if (w->accs[i].mem)
            kxi_acc_free(&w->accs[i]);
    for (size_t i = 0; w->texts && i < job->program_count; i++)
        if (w->texts[i].mem)
            kxi_strmap_free(&w->texts[i]);
    for (size_t i = 0; w->values && i < job->factor_count; i++)
        if (w->values[i].mem)
            kxi_keymap_free(&w->values[i]);
    kxi_free(w->mem, w->accs, (job->plan_count + 1) * sizeof(*w->accs));
    kxi_free(w->mem, w->selections, (job->program_count + 1) * sizeof(*w->selections));
    kxi_free(w->mem, w->counts, (job->program_count + 1) * sizeof(*w->counts));
    kxi_free(w->mem, w->texts, (job->program_count + 1) * sizeof(*w->texts));
    kxi_free(w->mem, w->ordinals, (job->factor_count + 1) * sizeof(*w->ordinals));
    kxi_free(w->mem, w->values, (job->factor_count + 1) * sizeof(*w->values));
    kxi_free(w->mem, w->batch.columns, (job->rs->columns + 1) * sizeof(*w->batch.columns));
    kxi_ids_free(&w->slots);
    kxi_ids_free(&w->at);
    kxi_ids_free(&w->hits);
    for (size_t i = 0; i <= KXI_PARTS; i++)
        kxi_ids_free(&w->choices[i]);
    kxi_arena_free(&w->arena);
}

/* ---- the item of DISTINCT: states first, then values ---- */

static kx_status
item_ordinal(kxi_acc *acc, const kxi_lanes *lanes, bool texts, size_t i, uint32_t *out)
{
    const uint64_t key = (uint64_t)lanes->values[i];
    if (lanes->state && lanes->state[i]) {
        *out = lanes->state[i];
        return KX_OK;
    }
    *out = (uint32_t)key;
    kx_status st = texts ? KX_OK : kxi_keymap_add(&acc->items, &key, out, NULL);
    *out += KXI_STATE_COUNT;
    return st;
}

static kx_status
item_ordinals(kxi_worker *w, kxi_acc *acc, const kxi_selection *s, const uint32_t **out)
{
    const kxi_program *p = &w->job->programs[acc->plan->program];
    bool texts = kxi_expr_type(p->m->value) == KXI_V_TEXT;
    uint32_t *items = kxi_arena_array(&w->arena, w->batch.n, sizeof(*items));
    kx_status st = items ? KX_OK : KX_E_NOMEM;
    for (size_t i = 0; st == KX_OK && i < w->batch.n; i++) {
        items[i] = KXI_DEAD;
        if (!(s->rows[i] >> 31))
            st = item_ordinal(acc, &s->value, texts, i, &items[i]);
    }
    *out = items;
    return st;
}

/* ---- slots ---- */

/* The slot of a combination of ordinals, as many as the plan has factors and items. */
static kx_status
slot_of(kxi_acc *acc, const uint32_t *ordinals, size_t count, uint32_t *out)
{
    const kxi_plan *plan = acc->plan;
    uint64_t key[KXI_PARTS / 2 + 2] = { 0 };
    if (plan->dense) {
        *out = KXI_TRASH;
        for (size_t f = 0; f < count; f++)
            *out += ordinals[f] * (f < plan->factor_count ? plan->strides[f] : 1);
        return KX_OK;
    }
    for (size_t f = 0; f < count; f++)
        key[f / 2] |= (uint64_t)ordinals[f] << (f % 2 ? 0 : 32);
    kx_status st = kxi_keymap_add(&acc->map, key, out, NULL);
    *out += KXI_TRASH;
    return st;
}

/* Slots of cells that lie in an array. A dead ordinal has its highest bit set, and so has what it is or-ed into; without a
 * branch, so that the compiler can take many rows at a time. */
static inline uint32_t
dense_slot(uint32_t cell, uint32_t bad, size_t i)
{
    uint32_t mask = (uint32_t)((int32_t)bad >> 31);
    return ((cell + KXI_TRASH) & ~mask) | ((uint32_t)i % KXI_TRASH & mask);
}

static void
dense_one(uint32_t *restrict slots, const uint32_t *restrict rows, const uint32_t *restrict a, uint32_t x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        slots[i] = dense_slot(a[i] * x, rows[i] | a[i], i);
}

static void
dense_two(uint32_t *restrict slots, const uint32_t *restrict rows, const uint32_t *restrict a, uint32_t x,
          const uint32_t *restrict b, uint32_t y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        slots[i] = dense_slot(a[i] * x + b[i] * y, rows[i] | a[i] | b[i], i);
}

static void
dense_three(uint32_t *restrict slots, const uint32_t *restrict rows, const uint32_t *restrict a, uint32_t x,
            const uint32_t *restrict b, uint32_t y, const uint32_t *restrict c, uint32_t z, size_t n)
{
    for (size_t i = 0; i < n; i++)
        slots[i] = dense_slot(a[i] * x + b[i] * y + c[i] * z, rows[i] | a[i] | b[i] | c[i], i);
}

/* Any number of factors: what a row has so far in slots, whether it enters in bad. */
static bool
dense_many(kxi_worker *w, const uint32_t *strides, const kxi_selection *s, const uint32_t *const *ordinals,
           size_t count, uint32_t *restrict slots)
{
    size_t n = w->batch.n;
    uint32_t *restrict bad = kxi_arena_alloc(&w->arena, n * sizeof(*bad));
    if (!bad)
        return false;
    memcpy(bad, s->rows, n * sizeof(*bad));
    memset(slots, 0, n * sizeof(*slots));
    for (size_t f = 0; f < count; f++) {
        const uint32_t *restrict one = ordinals[f];
        for (size_t i = 0; i < n; i++) {
            slots[i] += one[i] * strides[f];
            bad[i] |= one[i];
        }
    }
    for (size_t i = 0; i < n; i++)
        slots[i] = dense_slot(slots[i], bad[i], i);
    return true;
}

static kx_status
dense_slots(kxi_worker *w, const kxi_plan *plan, const kxi_selection *s, const uint32_t *const *ordinals, size_t count,
            uint32_t *slots)
{
    uint32_t strides[KXI_PARTS + 1];
    size_t n = w->batch.n;
    for (size_t f = 0; f < count; f++)
        strides[f] = f < plan->factor_count ? plan->strides[f] : 1;
    if (count == 1)
        dense_one(slots, s->rows, ordinals[0], strides[0], n);
    else if (count == 2)
        dense_two(slots, s->rows, ordinals[0], strides[0], ordinals[1], strides[1], n);
    else if (count == 3)
        dense_three(slots, s->rows, ordinals[0], strides[0], ordinals[1], strides[1], ordinals[2], strides[2], n);
    else if (!dense_many(w, strides, s, ordinals, count, slots))
        return KX_E_NOMEM;
    return KX_OK;
}

static kx_status
map_slots(kxi_worker *w, kxi_acc *acc, const kxi_selection *s, const uint32_t *const *ordinals, size_t count,
          uint32_t *slots)
{
    uint32_t row[KXI_PARTS + 1] = { 0 };
    kx_status st = KX_OK;
    for (size_t i = 0; st == KX_OK && i < w->batch.n; i++) {
        uint32_t bad = s->rows[i];
        for (size_t f = 0; f < count; f++)
            bad |= row[f] = ordinals[f][i];
        slots[i] = (uint32_t)(i % KXI_TRASH);
        if (!(bad >> 31))
            st = slot_of(acc, row, count, &slots[i]);
    }
    return st;
}

static kx_status
add_single(kxi_worker *w, kxi_acc *acc, const kxi_selection *s)
{
    const kxi_plan *plan = acc->plan;
    const uint32_t *ordinals[KXI_PARTS + 1];
    size_t count = plan->factor_count;
    uint32_t *slots = kxi_arena_alloc(&w->arena, w->batch.n * sizeof(*slots));
    kx_status st = slots ? KX_OK : KX_E_NOMEM;
    for (size_t f = 0; f < count; f++)
        if (!(ordinals[f] = kxi_worker_ordinals(w, plan->factors[f])))
            return KX_E_NOMEM;
    if (st == KX_OK && plan->m->op == KXI_OP_DISTINCT)
        st = item_ordinals(w, acc, s, &ordinals[count++]);
    if (st == KX_OK)
        st = plan->dense ? dense_slots(w, plan, s, ordinals, count, slots)
                         : map_slots(w, acc, s, ordinals, count, slots);
    if (st == KX_OK && !plan->dense)
        st = kxi_acc_room(acc, kxi_acc_used(acc));
    return st == KX_OK ? kxi_acc_add(acc, s, w->batch.first, slots, NULL, w->batch.n) : st;
}

/* ---- rows that fall into several cells ---- */

/* Every combination of the row's choices from factor f on. */
static kx_status
combine(kxi_worker *w, kxi_acc *acc, size_t f, size_t count, uint32_t *row)
{
    kx_status st = KX_OK;
    if (f == count) {
        uint32_t slot;
        st = slot_of(acc, row, count, &slot);
        return st != KX_OK || kxi_ids_push(&w->hits, slot) ? st : KX_E_NOMEM;
    }
    for (size_t i = 0; st == KX_OK && i < w->choices[f].count; i++) {
        row[f] = w->choices[f].items[i];
        st = combine(w, acc, f + 1, count, row);
    }
    return st;
}

/* A row enters each cell once. */
static kx_status
push_slots(kxi_worker *w, uint32_t row)
{
    kxi_ids *slots = &w->hits;
    uint32_t *scratch = kxi_arena_array(&w->arena, slots->count, sizeof(*scratch));
    if (!scratch)
        return KX_E_NOMEM;
    kxi_order_numbers(slots->items, scratch, slots->count);
    for (size_t i = 0; i < slots->count; i++)
        if (i == 0 || slots->items[i] != slots->items[i - 1])
            if (!kxi_ids_push(&w->slots, slots->items[i]) || !kxi_ids_push(&w->at, row))
                return KX_E_NOMEM;
    return KX_OK;
}

static kx_status
row_slots(kxi_worker *w, kxi_acc *acc, const uint32_t *items, uint32_t i)
{
    const kxi_plan *plan = acc->plan;
    size_t count = plan->factor_count;
    uint32_t row[KXI_PARTS + 1];
    kx_status st = KX_OK;
    for (size_t f = 0; st == KX_OK && f < count; f++) {
        w->choices[f].count = 0;
        st = kxi_worker_choices(w, plan->factors[f], i, &w->choices[f]);
    }
    w->hits.count = 0;
    if (st == KX_OK && items) {
        w->choices[count].count = 0;
        st = kxi_ids_push(&w->choices[count++], items[i]) ? KX_OK : KX_E_NOMEM;
    }
    if (st == KX_OK)
        st = combine(w, acc, 0, count, row);
    return st == KX_OK ? push_slots(w, i) : st;
}

static kx_status
add_several(kxi_worker *w, kxi_acc *acc, const kxi_selection *s)
{
    const uint32_t *items = NULL;
    kx_status st = KX_OK;
    if (acc->plan->m->op == KXI_OP_DISTINCT)
        st = item_ordinals(w, acc, s, &items);
    w->slots.count = w->at.count = 0;
    for (uint32_t i = 0; st == KX_OK && i < w->batch.n; i++)
        if (!(s->rows[i] >> 31))
            st = row_slots(w, acc, items, i);
    if (st == KX_OK && !acc->plan->dense)
        st = kxi_acc_room(acc, kxi_acc_used(acc));
    return st == KX_OK ? kxi_acc_add(acc, s, w->batch.first, w->slots.items, w->at.items, w->slots.count) : st;
}

/* ---- batches ---- */

static kx_status
add_plan(kxi_worker *w, kxi_acc *acc)
{
    const kxi_selection *s = kxi_worker_select(w, acc->plan->program);
    if (!s)
        return w->status;
    if (!s->any)
        return KX_OK;
    kx_status st = acc->plan->single ? add_single(w, acc, s) : add_several(w, acc, s);
    if (st == KX_OK && acc->map.count > w->job->rs->u->ctx->max_cells)
        st = KX_E_LIMIT;
    if (st != KX_OK) {
        w->failed = acc->plan->m;
        w->limit = KXI_MSG_TALLY_CELLS;
    }
    return st;
}

kx_status
kxi_worker_batch(kxi_worker *w, size_t first, size_t n)
{
    const kxi_job *job = w->job;
    kxi_batch_start(&w->batch, first, n);
    memset(w->selections, 0, job->program_count * sizeof(*w->selections));
    memset(w->ordinals, 0, job->factor_count * sizeof(*w->ordinals));
    w->epochs = NULL;
    for (size_t i = 0; w->status == KX_OK && i < job->plan_count; i++)
        w->status = add_plan(w, &w->accs[i]);
    return w->status;
}
