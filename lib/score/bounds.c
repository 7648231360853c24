/* Bounds of quotas: expressions of the cell, computed over all cells of a quota at once. */
#include "score/engine.h"

struct cells {
    kxi_engine *e;
    const kxi_quota *q;
    const kxi_measure *m;
    kxi_fold_time time;
};

struct lanes {
    kxi_num *nums;
    int64_t *ints;
    kxi_str *texts;
    uint8_t *yes, *states;
};

static kx_status
make_lanes(kxi_engine *e, kxi_arena *a, size_t n, struct lanes *l)
{
    *l = (struct lanes){ kxi_arena_array(a, n + 1, sizeof(*l->nums)), kxi_arena_array(a, n + 1, sizeof(*l->ints)),
                         kxi_arena_array(a, n + 1, sizeof(*l->texts)), kxi_arena_array(a, n + 1, 1),
                         kxi_arena_array(a, n + 1, 1) };
    return l->nums && l->ints && l->texts && l->yes && l->states ? KX_OK : kxi_nomem(e->d);
}

/* One value of a table's column for the entity of each cell. */
static kx_status
entity_column(struct cells *c, uint32_t table, const kxi_cell_slot *slot, const uint32_t *entities, bool subjects,
              size_t first, size_t n, kxi_arena *a, kxi_vec *out)
{
    const kxi_column *column = c->e->u->dataset->tables[table].columns[slot->column].column;
    bool level = table == c->e->r->schema.units.table && slot->column == c->e->r->schema.units.level;
    struct lanes l;
    KXI_TRY(make_lanes(c->e, a, n, &l));
    for (size_t i = 0; i < n; i++) {
        uint32_t entity = entities[first + i];
        if (subjects)
            entity = c->e->u->entities[entity];
        uint32_t row = kxi_universe_row(c->e->u, table, entity);
        if (!column || row == KXI_NONE || !kxi_column_known(column, row))
            l.states[i] = KXI_IS_NULL;
        else if (level)
            l.texts[i] = c->e->r->schema.levels[c->e->u->tree.level[entity]].name;
        else if (slot->type == KXI_V_TEXT)
            l.texts[i] = kxi_column_text(column, row);
        else
            l.ints[i] = kxi_column_int(column, row);
        l.yes[i] = l.ints[i] != 0;
    }
    *out = (kxi_vec){ .type = slot->type, .rep = KXI_REP_INT, .count = n, .state = l.states };
    out->scale = column && slot->type == KXI_V_NUMBER ? (uint8_t)column->scale : 0;
    if (slot->type == KXI_V_TEXT)
        out->v.texts = l.texts;
    else if (slot->type == KXI_V_BOOL)
        out->v.yes = l.yes;
    else
        out->v.ints = l.ints;
    return KX_OK;
}

static kx_status
dim_day(struct cells *c, const kxi_cell_slot *slot, size_t first, size_t n, kxi_arena *a, kxi_vec *out)
{
    const kxi_dim *dim = &c->m->dims[slot->dim];
    struct lanes l;
    KXI_TRY(make_lanes(c->e, a, n, &l));
    for (size_t i = 0; i < n; i++) {
        uint32_t value = c->q->dims[slot->dim][first + i];
        kxi_span span = dim->kind == KXI_DIM_BUCKET
                            ? kxi_bucket_span(c->time.span, dim->bucket, value)
                            : kxi_window_when(c->e->r, &c->e->r->folds[c->q->fold], dim->windows[value].span);
        l.ints[i] = slot->kind == KXI_CELL_DIM_FROM ? span.from : span.to;
    }
    *out = (kxi_vec){ .type = KXI_V_DATE, .count = n, .v.ints = l.ints };
    return KX_OK;
}

static kx_status
dim_value(struct cells *c, const kxi_cell_slot *slot, size_t first, size_t n, kxi_arena *a, kxi_vec *out)
{
    const kxi_dim *dim = &c->m->dims[slot->dim];
    struct lanes l;
    KXI_TRY(make_lanes(c->e, a, n, &l));
    *out = (kxi_vec){ .type = slot->type, .rep = KXI_REP_NUM, .count = n };
    const kxi_vec *open = dim->kind == KXI_DIM_COLUMN ? &c->q->reached.open[slot->dim] : NULL;
    for (size_t i = 0; i < n; i++) {
        uint32_t value = c->q->dims[slot->dim][first + i];
        if (slot->type == KXI_V_TEXT)
            KXI_TRY(kxi_dim_text(c->e, dim, open, c->time.span, value, &l.texts[i]));
        else if (slot->type == KXI_V_NUMBER)
            KXI_NUM(c->e, kxi_vec_num(c->e->num, open, value, &l.nums[i]));
        else if (slot->type == KXI_V_BOOL)
            l.yes[i] = open->v.yes[value];
        else
            l.ints[i] = open->v.ints[value];
    }
    if (slot->type == KXI_V_TEXT)
        out->v.texts = l.texts;
    else if (slot->type == KXI_V_NUMBER)
        out->v.nums = l.nums;
    else if (slot->type == KXI_V_BOOL)
        out->v.yes = l.yes;
    else
        out->v.ints = l.ints;
    return KX_OK;
}

static kx_status
constant_day(struct cells *c, kxi_day day, kxi_arena *a, kxi_vec *out)
{
    int64_t *lane = kxi_arena_alloc(a, sizeof(*lane));
    if (!lane)
        return kxi_nomem(c->e->d);
    *lane = day;
    *out = (kxi_vec){ .type = KXI_V_DATE, .constant = true, .count = 1, .v.ints = lane };
    return KX_OK;
}

static kx_status
cell_rows(void *user, uint32_t index, size_t first, size_t n, kxi_arena *a, kxi_vec *out)
{
    struct cells *c = user;
    const kxi_cell_slot *slot = &c->e->r->cell_slots[index];
    switch (slot->kind) {
    case KXI_CELL_VALUE:
        *out = c->q->value;
        out->count = n;
        out->state += first;
        out->v.nums += first;
        return KX_OK;
    case KXI_CELL_DIM:
        return dim_value(c, slot, first, n, a, out);
    case KXI_CELL_DIM_COLUMN: {
        const kxi_dim *dim = &c->m->dims[slot->dim];
        uint32_t table = dim->kind == KXI_DIM_LEVEL ? c->e->r->schema.units.table : dim->target;
        return entity_column(c, table, slot, c->q->dims[slot->dim], false, first, n, a, out);
    }
    case KXI_CELL_DIM_FROM:
    case KXI_CELL_DIM_TO:
        return dim_day(c, slot, first, n, a, out);
    case KXI_CELL_SUBJECT_COLUMN:
        return entity_column(c, c->e->r->subjects, slot, c->q->subjects, true, first, n, a, out);
    case KXI_CELL_AS_OF:
        return constant_day(c, c->time.as_of, a, out);
    case KXI_CELL_FROM:
        return constant_day(c, c->time.span.from, a, out);
    default:
        return constant_day(c, c->time.span.to, a, out);
    }
}

static kx_status
bound(struct cells *c, const kxi_expr *expr, kxi_vec *out)
{
    const kxi_source source = { .user = c, .rows = cell_rows };
    const kxi_prepared *prepared;
    *out = (kxi_vec){ .type = KXI_V_NULL, .constant = true, .count = 1 };
    if (!expr)
        return KX_OK;
    KXI_NUM(c->e, kxi_expr_prepare(expr, &source, c->e->a, c->e->ctx->max_digits, &prepared));
    KXI_NUM(c->e, kxi_expr_run(prepared, &source, 0, c->q->count, c->e->a, out));
    if (out->type == KXI_V_NULL) /* a bound that is null in every cell is unknown, not absent */
        out->type = KXI_V_NUMBER;
    return KX_OK;
}

kx_status
kxi_engine_bounds(kxi_engine *e, kxi_quota *q)
{
    const kxi_fold *fold = &e->r->folds[q->fold];
    const kxi_measure *m = &e->r->measures[fold->measure];
    struct cells c = { e, q, m, kxi_fold_when(e->r, fold, e->u->as_of) };
    KXI_TRY(bound(&c, m->at_least, &q->min));
    return bound(&c, m->at_most, &q->max);
}
