#include "tally/rowset.h"

bool
kxi_path_same(const kxi_path *x, const kxi_path *y)
{
    return x->target == y->target && x->column == y->column && x->step_count == y->step_count &&
           (x->step_count == 0 || memcmp(x->steps, y->steps, x->step_count * sizeof(*x->steps)) == 0);
}

/* ---- tables ---- */

static void
units_of_rows(const kx_dataset *ds, uint32_t *row_entity)
{
    uint32_t units = kxi_dataset_units(ds)->count;
    for (uint32_t u = 0; u < units; u++)
        for (uint32_t v = ds->version_first[u]; v < ds->version_first[u + 1]; v++)
            row_entity[ds->versions[v].row] = u;
}

kx_status
kxi_rowset_table(const kxi_universe *u, const kx_dataset *ds, uint32_t table, kxi_arena *a, kxi_rowset *out)
{
    const kxi_bound_table *bound = &ds->tables[table];
    *out = (kxi_rowset){ .u = u, .table = table, .spec = &ds->schema->tables[table], .bound = bound };
    out->columns = out->spec->column_count;
    out->rows = bound->table ? bound->rows : 0;
    if (out->spec->kind != KXI_REFERENCE || out->rows == 0)
        return KX_OK;
    uint32_t *row_entity = kxi_arena_alloc(a, out->rows * sizeof(*row_entity));
    if (!row_entity)
        return KX_E_NOMEM;
    memset(row_entity, 0xFF, out->rows * sizeof(*row_entity));
    if (table == ds->schema->units.table)
        units_of_rows(ds, row_entity);
    else
        for (uint32_t e = 0; e < bound->entities.count; e++)
            row_entity[bound->entities.rows[e]] = e;
    out->row_entity = row_entity;
    return KX_OK;
}

void
kxi_rowset_cells(const kxi_universe *u, const kxi_measure *m, const kxi_cells *cells, kxi_fold_time when,
                 kxi_rowset *out)
{
    *out = (kxi_rowset){ .u = u, .table = KXI_NONE, .measure = m, .cells = cells, .when = when };
    out->rows = cells->count;
    out->columns = cells->dim_count + 1;
}

/* ---- columns ---- */

const kxi_column *
kxi_rowset_column(const kxi_rowset *rs, uint32_t column)
{
    return rs->table == KXI_NONE || column == KXI_NONE || rs->rows == 0 ? NULL : rs->bound->columns[column].column;
}

bool
kxi_rowset_is_list(const kxi_rowset *rs, uint32_t column)
{
    const kxi_column *c = kxi_rowset_column(rs, column);
    return c && c->lists;
}

bool
kxi_rowset_coded(const kxi_rowset *rs, uint32_t column)
{
    return rs->table == KXI_NONE || column == KXI_NONE || rs->spec->columns[column].type == KX_TEXT;
}

/* A measure over a measure takes over its dimensions, so the kind says what numbers a dimension holds. */
static uint32_t
cells_size(const kxi_rowset *rs, uint32_t column)
{
    if (column == rs->cells->dim_count)
        return rs->u->count;
    const kxi_dim *dim = &rs->measure->dims[column];
    switch (dim->kind) {
    case KXI_DIM_LEVEL:
        return rs->u->tree.count;
    case KXI_DIM_BUCKET:
        return kxi_bucket_count(rs->when.span, dim->bucket);
    case KXI_DIM_WINDOWS:
        return (uint32_t)dim->window_count;
    case KXI_DIM_LIST:
        return (uint32_t)dim->value_count;
    case KXI_DIM_REF:
        return rs->u->dataset->tables[dim->target].entities.count;
    default:
        return (uint32_t)rs->cells->open[column].count;
    }
}

uint32_t
kxi_rowset_size(const kxi_rowset *rs, uint32_t column)
{
    if (column == KXI_NONE)
        return (uint32_t)rs->rows;
    if (rs->table == KXI_NONE)
        return cells_size(rs, column);
    const kxi_column *c = kxi_rowset_column(rs, column);
    return c && c->dict ? c->dict->count : 0;
}

static kxi_str
cells_text(const kxi_rowset *rs, uint32_t column, uint32_t entry)
{
    const kxi_dim *dim = &rs->measure->dims[column];
    switch (dim->kind) {
    case KXI_DIM_LEVEL:
        return kxi_dataset_units(rs->u->dataset)->keys[entry];
    case KXI_DIM_REF:
        return rs->u->dataset->tables[dim->target].entities.keys[entry];
    case KXI_DIM_WINDOWS:
        return dim->windows[entry].name;
    case KXI_DIM_LIST:
        return dim->values[entry];
    default:
        return dim->type == KX_TEXT && dim->kind == KXI_DIM_COLUMN ? rs->cells->open[column].v.texts[entry]
                                                                   : KXI_STR("");
    }
}

kxi_str
kxi_rowset_text(const kxi_rowset *rs, uint32_t column, uint32_t entry)
{
    if (rs->table == KXI_NONE)
        return column == rs->cells->dim_count ? kxi_universe_key(rs->u, entry) : cells_text(rs, column, entry);
    return kxi_rowset_column(rs, column)->dict->texts[entry];
}

uint32_t
kxi_rowset_entity(const kxi_rowset *rs, uint32_t column, uint32_t entry)
{
    if (column == KXI_NONE)
        return rs->row_entity ? rs->row_entity[entry] : KXI_NONE;
    if (rs->table == KXI_NONE)
        return column == rs->cells->dim_count ? rs->u->entities[entry] : entry;
    const uint32_t *entities = rs->bound->columns[column].entities;
    return entities ? entities[entry] : KXI_NONE;
}

/* ---- paths ---- */

/* Append what column `column` of an entity's row refers to; it may be a list. */
static kx_status
step(const kxi_universe *u, uint32_t table, uint32_t column, uint32_t entity, kxi_ids *out)
{
    const kxi_bound *b = &u->dataset->tables[table].columns[column];
    uint32_t row = kxi_universe_row(u, table, entity);
    if (row == KXI_NONE || !b->column || !b->entities)
        return KX_OK;
    size_t at = b->column->lists ? (size_t)b->column->lists[row] : row;
    size_t end = b->column->lists ? (size_t)b->column->lists[row + 1] : row + (size_t)1;
    for (; at < end; at++) {
        uint32_t code = kxi_column_code(b->column, at);
        if (code != KXI_NONE && b->entities[code] != KXI_NONE && !kxi_ids_push(out, b->entities[code]))
            return KX_E_NOMEM;
    }
    return KX_OK;
}

kx_status
kxi_path_follow(const kxi_rowset *rs, const kxi_path *path, uint32_t entry, kxi_ids *out)
{
    const kxi_schema *schema = rs->u->dataset->schema;
    uint32_t entity = kxi_rowset_entity(rs, path->column, entry);
    size_t begin = out->count;
    if (entity == KXI_NONE)
        return KX_OK;
    if (!kxi_ids_push(out, entity))
        return KX_E_NOMEM;
    uint32_t table = path->column == KXI_NONE ? rs->table
                     : rs->table == KXI_NONE  ? path->target
                                              : rs->spec->columns[path->column].target;
    for (size_t s = 0; s < path->step_count; s++) {
        size_t end = out->count;
        for (size_t i = begin; i < end; i++) {
            kx_status st = step(rs->u, table, path->steps[s], out->items[i], out);
            if (st != KX_OK)
                return st;
        }
        memmove(out->items + begin, out->items + end, (out->count - end) * sizeof(*out->items));
        out->count -= end - begin;
        table = schema->tables[table].columns[path->steps[s]].target;
    }
    return KX_OK;
}

kx_status
kxi_path_follow_row(const kxi_rowset *rs, const kxi_path *path, uint32_t row, kxi_ids *out)
{
    const kxi_column *c = kxi_rowset_column(rs, path->column);
    if (path->column == KXI_NONE)
        return kxi_path_follow(rs, path, row, out);
    size_t at = c && c->lists ? (size_t)c->lists[row] : row,
           end = c && c->lists ? (size_t)c->lists[row + 1] : row + (size_t)1;
    kx_status st = KX_OK;
    for (; c && st == KX_OK && at < end; at++) {
        uint32_t code = kxi_column_code(c, at);
        if (code != KXI_NONE)
            st = kxi_path_follow(rs, path, code, out);
    }
    return st;
}

/* ---- batches ---- */

void
kxi_batch_start(kxi_batch *b, size_t first, size_t n)
{
    kxi_arena_reset(b->arena);
    b->first = first;
    b->n = n;
    memset(b->columns, 0, (b->rs->columns + 1) * sizeof(*b->columns));
}

static kxi_batch_column *
slot_of(kxi_batch *b, uint32_t column)
{
    return &b->columns[column == KXI_NONE ? b->rs->columns : column];
}

/* Values of the column that belong to the batch. */
static size_t
value_range(const kxi_batch *b, const kxi_column *c, size_t *first)
{
    *first = c->lists ? (size_t)c->lists[b->first] : b->first;
    return c->lists ? (size_t)(c->lists[b->first + b->n] - c->lists[b->first]) : b->n;
}

static const uint32_t *
own_codes(kxi_batch *b, uint32_t column)
{
    const kxi_cells *cells = b->rs->cells;
    if (cells && column != KXI_NONE)
        return (column == cells->dim_count ? cells->subjects : cells->dims[column]) + b->first;
    uint32_t *codes = kxi_arena_alloc(b->arena, b->n * sizeof(*codes));
    for (size_t i = 0; codes && i < b->n; i++)
        codes[i] = column == KXI_NONE ? (uint32_t)(b->first + i) : 0;
    return codes;
}

const kxi_batch_column *
kxi_batch_codes(kxi_batch *b, uint32_t column)
{
    kxi_batch_column *out = slot_of(b, column);
    const kxi_column *c = kxi_rowset_column(b->rs, column);
    if (out->codes)
        return out;
    if (!c) {
        out->values = b->n;
        out->codes = own_codes(b, column);
        return out->codes ? out : NULL;
    }
    size_t first;
    out->values = value_range(b, c, &first);
    if (c->layout == KX_LAYOUT_CODE32 && !c->validity) {
        out->codes = (const uint32_t *)c->values + first;
        return out;
    }
    uint32_t *codes = kxi_arena_alloc(b->arena, out->values * sizeof(*codes)), size = c->dict->count;
    if (!codes)
        return NULL;
    kxi_column_codes(c, first, out->values, codes);
    for (size_t i = 0; c->validity && i < out->values; i++)
        codes[i] = codes[i] < size ? codes[i] : size;
    out->codes = codes;
    return out;
}

/* A column the data does not have: null in every row. */
static bool
all_null(kxi_batch *b, kxi_batch_column *out)
{
    int64_t *ints = kxi_arena_zero(b->arena, b->n * sizeof(*ints));
    uint8_t *state = kxi_arena_alloc(b->arena, b->n);
    if (!ints || !state)
        return false;
    memset(state, KXI_IS_NULL, b->n);
    out->ints = ints;
    out->state = state;
    out->values = b->n;
    return out->read = true;
}

const kxi_batch_column *
kxi_batch_ints(kxi_batch *b, uint32_t column)
{
    kxi_batch_column *out = slot_of(b, column);
    const kxi_column *c = kxi_rowset_column(b->rs, column);
    if (out->read)
        return out;
    if (!c)
        return all_null(b, out) ? out : NULL;
    size_t first;
    out->values = value_range(b, c, &first);
    int64_t *ints = kxi_arena_alloc(b->arena, out->values * sizeof(*ints));
    uint8_t *state = c->validity ? kxi_arena_alloc(b->arena, out->values) : NULL;
    if (!ints || (c->validity && !state))
        return NULL;
    kxi_column_ints(c, first, out->values, ints);
    if (c->validity && kxi_column_nulls(c, first, out->values, state))
        out->state = state;
    out->ints = ints;
    out->read = true;
    return out;
}
