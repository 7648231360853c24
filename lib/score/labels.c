/* How cells are called: their unit, and the rest of their dimensions in words. */
#include "score/engine.h"

static kx_status
put_open(kxi_engine *e, kxi_buf *b, const kxi_vec *open, uint32_t value)
{
    char day[11];
    if (kxi_vec_state(open, value) != KXI_IS_KNOWN)
        return KX_OK;
    switch (open->type) {
    case KXI_V_TEXT:
        kxi_buf_str(b, open->v.texts[kxi_vec_lane(open, value)]);
        return KX_OK;
    case KXI_V_DATE:
        kxi_date_print((kxi_day)open->v.ints[kxi_vec_lane(open, value)], day);
        kxi_buf_cstr(b, day);
        return KX_OK;
    case KXI_V_BOOL:
        kxi_buf_cstr(b, open->v.yes[kxi_vec_lane(open, value)] ? "true" : "false");
        return KX_OK;
    default: {
        kxi_num n;
        kxi_str text;
        KXI_NUM(e, kxi_vec_num(e->num, open, value, &n));
        KXI_NUM(e, kxi_num_print(e->num, n, &text));
        kxi_buf_str(b, text);
        return KX_OK;
    }
    }
}

static kx_status
put_dim(kxi_engine *e, kxi_buf *b, const kxi_dim *dim, const kxi_vec *open, kxi_span span, uint32_t value)
{
    char name[KXI_BUCKET_NAME];
    switch (dim->kind) {
    case KXI_DIM_LEVEL:
        kxi_buf_str(b, kxi_dataset_units(e->u->dataset)->keys[value]);
        return KX_OK;
    case KXI_DIM_REF:
        kxi_buf_str(b, e->u->dataset->tables[dim->target].entities.keys[value]);
        return KX_OK;
    case KXI_DIM_BUCKET:
        kxi_bucket_name(span, dim->bucket, value, name);
        kxi_buf_cstr(b, name);
        return KX_OK;
    case KXI_DIM_WINDOWS:
        kxi_buf_str(b, dim->windows[value].name);
        return KX_OK;
    case KXI_DIM_LIST:
        kxi_buf_str(b, dim->values[value]);
        return KX_OK;
    default:
        return put_open(e, b, open, value);
    }
}

static kx_status
finish(kxi_engine *e, kxi_buf *b, kx_status st, kxi_str *out)
{
    if (st == KX_OK && !b->failed)
        *out = kxi_str_copy(e->a, kxi_buf_view(b));
    bool gone = b->failed || (st == KX_OK && !out->s);
    kxi_buf_free(b);
    return gone ? kxi_nomem(e->d) : st;
}

kx_status
kxi_dim_text(kxi_engine *e, const kxi_dim *dim, const kxi_vec *open, kxi_span span, uint32_t value, kxi_str *out)
{
    kxi_buf b;
    kxi_buf_init(&b, &e->ctx->mem);
    return finish(e, &b, put_dim(e, &b, dim, open, span, value), out);
}

static kxi_str
unit_name(kxi_engine *e, uint32_t unit)
{
    const kxi_units_spec *spec = &e->r->schema.units;
    const kxi_column *column = e->u->dataset->tables[spec->table].columns[spec->name].column;
    uint32_t row = kxi_universe_row(e->u, spec->table, unit);
    if (!column || row == KXI_NONE || !kxi_column_known(column, row))
        return KXI_STR("");
    return kxi_column_text(column, row);
}

/* The dimension that is the cell's unit: of its levels, the lowest. */
static size_t
unit_dim(const kxi_measure *m)
{
    size_t found = m->dim_count;
    for (size_t d = 0; d < m->dim_count; d++)
        if (m->dims[d].kind == KXI_DIM_LEVEL && (found == m->dim_count || m->dims[d].level > m->dims[found].level))
            found = d;
    return found;
}

kx_status
kxi_cell_place(kxi_engine *e, uint32_t fold, const kxi_cells *reached, uint32_t *const *dims, size_t cell, kxi_gap *gap)
{
    const kxi_measure *m = &e->r->measures[e->r->folds[fold].measure];
    kxi_fold_time time = kxi_fold_when(e->r, &e->r->folds[fold], e->u->as_of);
    size_t unit = unit_dim(m);
    kxi_buf b;
    kx_status st = KX_OK;
    gap->unit = KXI_NONE;
    kxi_buf_init(&b, &e->ctx->mem);
    for (size_t d = 0; st == KX_OK && d < m->dim_count; d++) {
        uint32_t value = dims[d][cell];
        if (d == unit) {
            gap->unit = value;
            gap->unit_key = kxi_dataset_units(e->u->dataset)->keys[value];
            gap->unit_name = unit_name(e, value);
            continue;
        }
        if (m->dims[d].kind == KXI_DIM_BUCKET || m->dims[d].kind == KXI_DIM_WINDOWS) {
            gap->has_bucket = true;
            gap->bucket = m->dims[d].kind == KXI_DIM_BUCKET
                              ? kxi_bucket_span(time.span, m->dims[d].bucket, value)
                              : kxi_window_when(e->r, &e->r->folds[fold], m->dims[d].windows[value].span);
        }
        if (b.n)
            kxi_buf_cstr(&b, " / ");
        st =
            put_dim(e, &b, &m->dims[d], m->dims[d].kind == KXI_DIM_COLUMN ? &reached->open[d] : NULL, time.span, value);
    }
    return finish(e, &b, st, &gap->where);
}
