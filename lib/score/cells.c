/* The cells of every quota that was used, as facts. */
#include "score/engine.h"

static kx_status
bound(kxi_engine *e, const kxi_vec *v, size_t cell, bool *known, kxi_num *out)
{
    *out = kxi_num_int(0);
    *known = v->type != KXI_V_NULL && kxi_vec_state(v, cell) == KXI_IS_KNOWN;
    if (*known)
        KXI_NUM(e, kxi_vec_num(e->num, v, cell, out));
    return KX_OK;
}

static kx_status
cell_fact(kxi_engine *e, const kxi_quota *q, size_t cell, kxi_cell_fact *out)
{
    kxi_gap place = { .unit = KXI_NONE, .unit_key = KXI_STR(""), .unit_name = KXI_STR(""), .where = KXI_STR("") };
    KXI_TRY(kxi_cell_place(e, q->fold, &q->reached, q->dims, cell, &place));
    *out = (kxi_cell_fact){ .subject = q->subjects[cell],
                            .measure = e->r->folds[q->fold].measure,
                            .cell = cell,
                            .unit_key = place.unit_key,
                            .unit_name = place.unit_name,
                            .where = place.where,
                            .has_bucket = place.has_bucket,
                            .bucket = place.bucket,
                            .state = q->value.state[cell],
                            .has = q->value.v.nums[cell],
                            .met = q->met[cell] };
    KXI_TRY(bound(e, &q->min, cell, &out->min_known, &out->min));
    return bound(e, &q->max, cell, &out->max_known, &out->max);
}

kx_status
kxi_engine_cell_facts(kxi_engine *e)
{
    size_t count = 0, n = 0;
    for (uint32_t f = 0; f < e->r->fold_count; f++)
        if (e->quotas[f].made)
            count += e->quotas[f].count;
    kxi_cell_fact *facts = kxi_arena_array(e->a, count + 1, sizeof(*facts));
    if (!facts)
        return kxi_nomem(e->d);
    for (uint32_t m = 0; m < e->r->measure_count; m++)
        for (uint32_t f = 0; f < e->r->fold_count; f++) {
            const kxi_quota *q = &e->quotas[f];
            if (!q->made || e->r->folds[f].measure != m)
                continue;
            for (size_t i = 0; i < q->count; i++)
                KXI_TRY(cell_fact(e, q, i, &facts[n++]));
        }
    e->s->cells = facts;
    e->s->cell_count = count;
    return KX_OK;
}
