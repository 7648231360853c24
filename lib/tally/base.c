/* What rows count by their date. */
#include "tally/job.h"
#include "tally/ranks.h"

kx_status
kxi_job_spans(const kxi_job *job, uint32_t fold, const kxi_dim *dim, kxi_fold_time when, const kxi_span **out,
              uint32_t *count)
{
    const kxi_rules *rules = job->rs->u->rules;
    bool bucket = dim->kind == KXI_DIM_BUCKET;
    *count = bucket ? kxi_bucket_count(when.span, dim->bucket) : (uint32_t)dim->window_count;
    kxi_span *spans = kxi_arena_array(job->arena, *count, sizeof(*spans));
    if (!spans)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < *count; i++)
        spans[i] = bucket ? kxi_bucket_span(when.span, dim->bucket, i)
                          : kxi_window_when(rules, &rules->folds[fold], dim->windows[i].span);
    *out = spans;
    return KX_OK;
}

/* Days on which states are read, ascending: the last ones of all buckets and windows up to as_of. */
static kx_status
bucket_ends(const kxi_job *job, const kxi_plan *plan, kxi_fold_time when, kxi_base *base)
{
    kxi_ids ends = { .mem = job->arena->mem };
    kx_status st = KX_OK;
    for (size_t i = plan->key->first_dim; st == KX_OK && i < plan->key->part_count; i++) {
        const kxi_span *spans;
        uint32_t count;
        if (!kxi_dim_is_time(plan->key->parts[i].dim))
            continue;
        st = kxi_job_spans(job, plan->fold, plan->key->parts[i].dim, when, &spans, &count);
        for (uint32_t k = 0; st == KX_OK && k < count; k++)
            if (spans[k].to <= when.as_of && !kxi_ids_push(&ends, (uint32_t)(spans[k].to - KXI_DAY_MIN)))
                st = KX_E_NOMEM;
    }
    kxi_day *on = st == KX_OK ? kxi_arena_array(job->arena, ends.count, sizeof(*on)) : NULL;
    uint32_t *scratch = st == KX_OK ? kxi_arena_array(job->arena, ends.count, sizeof(*scratch)) : NULL;
    if (on && scratch) {
        kxi_order_numbers(ends.items, scratch, ends.count);
        for (size_t i = 0; i < ends.count; i++)
            on[i] = (kxi_day)ends.items[i] + KXI_DAY_MIN;
        base->on = on;
        base->on_count = ends.count;
    }
    kxi_ids_free(&ends);
    return on && scratch ? KX_OK : KX_E_NOMEM;
}

/* Rows of units: the version that stands on as_of. */
static kx_status
standing_rows(const kxi_job *job, kxi_base *base)
{
    const kxi_rowset *rs = job->rs;
    const kxi_tree *tree = &rs->u->tree;
    uint32_t *rows = kxi_arena_array(job->arena, rs->rows, sizeof(*rows));
    if (!rows)
        return KX_E_NOMEM;
    for (size_t i = 0; i < rs->rows; i++) {
        uint32_t unit = rs->row_entity[i];
        bool counts = unit != KXI_NONE && tree->at[unit] == unit && tree->version[unit] != KXI_NONE &&
                      rs->u->dataset->versions[tree->version[unit]].row == i;
        rows[i] = counts ? 0 : KXI_DEAD;
    }
    base->rows = rows;
    return KX_OK;
}

kx_status
kxi_base_make(const kxi_job *job, const kxi_plan *plan, kxi_fold_time when, kxi_base *base)
{
    const kxi_rowset *rs = job->rs;
    *base = (kxi_base){ .kind = KXI_BASE_ALL };
    if (rs->table == KXI_NONE)
        return KX_OK;
    if (rs->table == rs->u->dataset->schema->units.table) {
        base->kind = KXI_BASE_ROWS;
        return standing_rows(job, base);
    }
    if (rs->spec->kind == KXI_EVENTS) {
        base->kind = KXI_BASE_EVENTS;
        base->days = (kxi_span){ when.span.from, when.span.to < when.as_of ? when.span.to : when.as_of };
        return KX_OK;
    }
    if (rs->spec->kind != KXI_STATES)
        return KX_OK;
    base->kind = KXI_BASE_STATES;
    for (size_t i = plan->key->first_dim; i < plan->key->part_count; i++)
        if (kxi_dim_is_time(plan->key->parts[i].dim))
            return bucket_ends(job, plan, when, base);
    kxi_day *on = kxi_arena_array(job->arena, 1, sizeof(*on));
    if (!on)
        return KX_E_NOMEM;
    *on = when.as_of;
    base->on = on;
    base->on_count = 1;
    return KX_OK;
}

bool
kxi_base_same(const kxi_base *x, const kxi_base *y)
{
    return x->kind == y->kind && x->days.from == y->days.from && x->days.to == y->days.to &&
           x->on_count == y->on_count && (x->on_count == 0 || memcmp(x->on, y->on, x->on_count * sizeof(*x->on)) == 0);
}
