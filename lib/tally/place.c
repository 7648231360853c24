/* Where rows belong: the ordinals of their factors. */
#include "tally/worker.h"

/* ---- days and trees ---- */

/* The date of each row; of a table that has none, NULL. */
static const kxi_batch_column *
row_days(kxi_worker *w)
{
    return kxi_batch_ints(&w->batch, w->job->rs->spec->date);
}

static uint32_t
epoch_of(const kxi_job *job, int64_t day)
{
    size_t low = 0, high = job->epoch_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (job->epochs[middle] <= day)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static const uint32_t *
row_epochs(kxi_worker *w)
{
    const kxi_batch_column *days = row_days(w);
    if (w->epochs || !days)
        return w->epochs;
    uint32_t *epochs = kxi_arena_array(&w->arena, w->batch.n, sizeof(*epochs));
    for (size_t i = 0; epochs && i < w->batch.n; i++)
        epochs[i] = epoch_of(w->job, days->ints[i]);
    return w->epochs = epochs;
}

/* ---- one ordinal a row ---- */

static bool
by_entry(kxi_worker *w, const kxi_factor *f, uint32_t *out)
{
    const kxi_batch_column *b = kxi_batch_codes(&w->batch, f->column);
    if (!b)
        return false;
    const uint32_t *codes = b->codes, *ordinals = f->ordinals;
    if (f->ground_count == 1) {
        for (size_t i = 0; i < w->batch.n; i++)
            out[i] = ordinals[codes[i]];
        return true;
    }
    const uint32_t *epochs = row_epochs(w);
    for (size_t i = 0; epochs && i < w->batch.n; i++)
        out[i] = ordinals[epochs[i] * f->lanes + codes[i]];
    return epochs != NULL;
}

static bool
by_day(kxi_worker *w, const kxi_factor *f, uint32_t *out)
{
    if (w->job->rs->spec->kind != KXI_EVENTS) {
        memset(out, 0xFF, w->batch.n * sizeof(*out));
        return true;
    }
    const kxi_batch_column *days = row_days(w);
    if (!days)
        return false;
    for (size_t i = 0; i < w->batch.n; i++) {
        uint64_t lane = (uint64_t)(days->ints[i] - f->days.from);
        out[i] = lane < f->lanes && !(days->state && days->state[i]) ? f->ordinals[lane] : KXI_DEAD;
    }
    return true;
}

/* A plain value at scale 6; *dead when it does not fit. */
static int64_t
plain_value(const kxi_job *job, const kxi_factor *f, int64_t v, bool *dead)
{
    const kxi_column *c = kxi_rowset_column(job->rs, f->column);
    if (c && c->type == KX_NUMBER)
        *dead = !kxi_mul64(v, kxi_pow10[KXI_SCALE - c->scale], &v);
    return v;
}

static kx_status
value_ordinal(kxi_worker *w, const kxi_factor *f, int64_t v, uint32_t *out)
{
    bool dead = false;
    v = plain_value(w->job, f, v, &dead);
    *out = KXI_DEAD;
    if (dead)
        return KX_OK;
    if (f->growing) {
        const uint64_t key = (uint64_t)v;
        return kxi_keymap_add(&w->values[f->index], &key, out, NULL);
    }
    if (!f->listed)
        *out = (uint32_t)v;
    for (uint32_t i = 0; f->listed && i < f->count; i++)
        if (f->listed[i] == v)
            *out = i;
    return KX_OK;
}

static bool
by_value(kxi_worker *w, const kxi_factor *f, uint32_t *out)
{
    const kxi_batch_column *b = kxi_batch_ints(&w->batch, f->column);
    kx_status st = b ? KX_OK : KX_E_NOMEM;
    for (size_t i = 0; st == KX_OK && i < w->batch.n; i++) {
        out[i] = KXI_DEAD;
        if (!b->state || !b->state[i])
            st = value_ordinal(w, f, b->ints[i], &out[i]);
    }
    return st == KX_OK;
}

const uint32_t *
kxi_worker_ordinals(kxi_worker *w, const kxi_factor *f)
{
    if (w->ordinals[f->index])
        return w->ordinals[f->index];
    uint32_t *out = kxi_arena_alloc(&w->arena, w->batch.n * sizeof(*out));
    if (!out)
        return NULL;
    bool done = f->kind == KXI_FACTOR_ENTRY ? by_entry(w, f, out)
                : f->kind == KXI_FACTOR_DAY ? by_day(w, f, out)
                                            : by_value(w, f, out);
    return w->ordinals[f->index] = done ? out : NULL;
}

/* ---- any number of ordinals for one row ---- */

static kx_status
lane_choices(const kxi_factor *f, size_t lane, kxi_ids *out)
{
    if (f->single)
        return f->ordinals[lane] == KXI_DEAD || kxi_ids_push(out, f->ordinals[lane]) ? KX_OK : KX_E_NOMEM;
    for (uint32_t i = f->first[lane]; i < f->first[lane + 1]; i++)
        if (!kxi_ids_push(out, f->ordinals[i]))
            return KX_E_NOMEM;
    return KX_OK;
}

static kx_status
entry_choices(kxi_worker *w, const kxi_factor *f, size_t i, kxi_ids *out)
{
    const kxi_batch_column *b = kxi_batch_codes(&w->batch, f->column);
    const kxi_column *c = kxi_rowset_column(w->job->rs, f->column);
    const uint32_t *epochs = f->ground_count > 1 ? row_epochs(w) : NULL;
    kx_status st = b && (f->ground_count == 1 || epochs) ? KX_OK : KX_E_NOMEM;
    if (st != KX_OK)
        return st;
    size_t at = kxi_batch_element(&w->batch, c, i), end = kxi_batch_element(&w->batch, c, i + 1);
    for (; st == KX_OK && at < end; at++)
        st = lane_choices(f, (epochs ? epochs[i] : 0) * f->lanes + b->codes[at], out);
    return st;
}

static kx_status
value_choices(kxi_worker *w, const kxi_factor *f, size_t i, kxi_ids *out)
{
    const kxi_batch_column *b = kxi_batch_ints(&w->batch, f->column);
    const kxi_column *c = kxi_rowset_column(w->job->rs, f->column);
    if (!b)
        return KX_E_NOMEM;
    size_t at = kxi_batch_element(&w->batch, c, i), end = kxi_batch_element(&w->batch, c, i + 1);
    for (; at < end; at++) {
        uint32_t ordinal;
        if (b->state && b->state[at])
            continue;
        kx_status st = value_ordinal(w, f, b->ints[at], &ordinal);
        if (st != KX_OK)
            return st;
        if (ordinal != KXI_DEAD && !kxi_ids_push(out, ordinal))
            return KX_E_NOMEM;
    }
    return KX_OK;
}

/* ---- states: buckets on whose last day they are valid ---- */

/* The days on which a state is valid; open ends are the ends of time. */
static bool
valid_days(kxi_worker *w, size_t i, int64_t *from, int64_t *to)
{
    const kxi_table_spec *spec = w->job->rs->spec;
    const kxi_batch_column *f = spec->from == KXI_NONE ? NULL : kxi_batch_ints(&w->batch, spec->from);
    const kxi_batch_column *t = spec->to == KXI_NONE ? NULL : kxi_batch_ints(&w->batch, spec->to);
    *from = f && !(f->state && f->state[i]) ? f->ints[i] : INT64_MIN;
    *to = t && !(t->state && t->state[i]) ? t->ints[i] : INT64_MAX;
    return (f || spec->from == KXI_NONE) && (t || spec->to == KXI_NONE);
}

static kx_status
state_parts(const kxi_factor *f, int64_t from, int64_t to, size_t p, uint32_t ordinal, kxi_ids *out)
{
    if (p == f->part_count)
        return kxi_ids_push(out, ordinal) ? KX_OK : KX_E_NOMEM;
    kx_status st = KX_OK;
    for (uint32_t k = 0; st == KX_OK && k < f->span_count[p]; k++) {
        kxi_day end = f->spans[p][k].to;
        if (from <= end && end <= to && end <= f->when.as_of)
            st = state_parts(f, from, to, p + 1, ordinal * f->span_count[p] + k, out);
    }
    return st;
}

static kx_status
state_choices(kxi_worker *w, const kxi_factor *f, size_t i, kxi_ids *out)
{
    int64_t from, to;
    if (!valid_days(w, i, &from, &to))
        return KX_E_NOMEM;
    return state_parts(f, from, to, 0, 0, out);
}

kx_status
kxi_worker_choices(kxi_worker *w, const kxi_factor *f, size_t i, kxi_ids *out)
{
    if (f->kind == KXI_FACTOR_ENTRY)
        return entry_choices(w, f, i, out);
    if (f->kind == KXI_FACTOR_STATE)
        return state_choices(w, f, i, out);
    if (f->kind == KXI_FACTOR_VALUE)
        return value_choices(w, f, i, out);
    if (f->single) {
        const uint32_t *ordinals = kxi_worker_ordinals(w, f);
        if (!ordinals)
            return KX_E_NOMEM;
        return ordinals[i] == KXI_DEAD || kxi_ids_push(out, ordinals[i]) ? KX_OK : KX_E_NOMEM;
    }
    const kxi_batch_column *days = w->job->rs->spec->kind == KXI_EVENTS ? row_days(w) : NULL;
    if (!days)
        return w->job->rs->spec->kind == KXI_EVENTS ? KX_E_NOMEM : KX_OK;
    uint64_t lane = (uint64_t)(days->ints[i] - f->days.from);
    return lane < f->lanes && !(days->state && days->state[i]) ? lane_choices(f, lane, out) : KX_OK;
}
