/* "per": the dimensions of a measure. */
#include "rules/compile.h"

static kx_status
read_windows(kxi_comp *c, const kxi_node *set, kxi_dim *dim)
{
    KXI_TRY(kxi_read_type(c, set, KXI_NODE_ARRAY));
    kxi_window *windows = kxi_arena_array(c->a, set->count + 1u, sizeof(*windows));
    if (!windows)
        return kxi_nomem(c->d);
    kxi_node_each (item, set) {
        KXI_TRY(kxi_read_span(c, item, &windows[dim->window_count].span));
        KXI_TRY(kxi_read_text(c, item, "name", true, "window", &windows[dim->window_count].name));
        dim->window_count++;
    }
    dim->windows = windows;
    dim->kind = KXI_DIM_WINDOWS;
    return KX_OK;
}

static kx_status
source_column(kxi_comp *c, const kxi_node *node, const kxi_measure *m, kxi_str name, uint32_t *column)
{
    *column = kxi_spec_column(kxi_comp_table(c, m->table), name);
    if (*column != KXI_NONE) {
        kxi_use_column(c, m->table, *column);
        return KX_OK;
    }
    return KXI_FAIL(c->d, UNKNOWN_DIMENSION, kxi_at(c, node), KXI_A_STR(name), KXI_A_STR(kxi_comp_table(c, m->table)->name));
}

static kx_status
column_dim(kxi_comp *c, const kxi_node *node, const kxi_measure *m, kxi_str name, kxi_dim *dim)
{
    KXI_TRY(source_column(c, node, m, name, &dim->column));
    const kxi_column_spec *spec = &kxi_comp_table(c, m->table)->columns[dim->column];
    dim->type = spec->type;
    dim->kind = KXI_DIM_COLUMN;
    if (spec->target == KXI_NONE)
        return KX_OK;
    bool found;
    dim->kind = KXI_DIM_REF;
    dim->target = spec->target;
    return kxi_path_find(c, spec->target, c->r->subjects, NULL, node, &dim->owner, &found);
}

/* A dimension of a measure over a measure is one of its dimensions. */
static kx_status
inherited_dim(kxi_comp *c, const kxi_node *node, const kxi_measure *m, kxi_str name, kxi_dim *dim)
{
    const kxi_measure *source = kxi_comp_measure(c, m->measure);
    for (uint32_t i = 0; i < source->dim_count; i++)
        if (kxi_str_eq(source->dims[i].name, name)) {
            *dim = source->dims[i];
            dim->column = i;
            return KX_OK;
        }
    return KXI_FAIL(c->d, UNKNOWN_DIMENSION, kxi_at(c, node), KXI_A_STR(name), KXI_A_STR(source->name));
}

static kx_status
named_dim(kxi_comp *c, const kxi_node *node, const kxi_measure *m, kxi_str name, kxi_dim *dim)
{
    uint32_t level = 0, column = kxi_spec_column(kxi_comp_table(c, m->table), name);
    while (level < c->r->schema.level_count && !kxi_str_eq(c->r->schema.levels[level].name, name))
        level++;
    const kxi_node *windows = c->windows ? kxi_node_get(c->windows, name.s) : NULL;
    bool is_level = level < c->r->schema.level_count, is_bucket = kxi_bucket_find(name, &dim->bucket);
    if (is_level + is_bucket + !!windows + (column != KXI_NONE) > 1)
        return KXI_FAIL(c->d, AMBIGUOUS_DIMENSION, kxi_at(c, node), KXI_A_STR(name),
                        KXI_A_CSTR(is_level ? "a level" : is_bucket ? "a bucket of time" : "a set of windows"),
                        KXI_A_CSTR(column != KXI_NONE ? "a column" : "another of these"));
    if (windows)
        return read_windows(c, windows, dim);
    if (!is_level && !is_bucket)
        return column_dim(c, node, m, name, dim);
    dim->kind = is_level ? KXI_DIM_LEVEL : KXI_DIM_BUCKET;
    dim->level = level;
    return KX_OK;
}

/* {"role": ["院长", "校长"]}: a text column with the values that are expected. */
static kx_status
list_dim(kxi_comp *c, const kxi_node *node, const kxi_measure *m, kxi_dim *dim)
{
    const kxi_node *list = node->child;
    if (node->count != 1)
        return KXI_FAIL(c->d, PAIR_FORM, kxi_at(c, node), KXI_A_CSTR("per"), KXI_A_CSTR("{\"role\": [\"院长\", \"校长\"]}"));
    dim->name = kxi_str_copy(c->a, list->key);
    KXI_TRY(kxi_read_type(c, list, KXI_NODE_ARRAY));
    if (m->measure != KXI_NONE)
        KXI_TRY(inherited_dim(c, node, m, list->key, dim));
    else
        KXI_TRY(source_column(c, node, m, list->key, &dim->column));
    kxi_str *values = kxi_arena_array(c->a, list->count + 1u, sizeof(*values));
    if (!values || !dim->name.s)
        return kxi_nomem(c->d);
    dim->value_count = 0;
    kxi_node_each (item, list) {
        KXI_TRY(kxi_read_type(c, item, KXI_NODE_STRING));
        KXI_TRY(kxi_normal(c, item->text, &values[dim->value_count]));
        for (size_t i = 0; i < dim->value_count; i++)
            if (kxi_str_eq(values[i], values[dim->value_count]))
                return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, item), KXI_A_STR(item->text), KXI_A_CSTR("the same list"));
        dim->value_count++;
    }
    dim->values = values;
    dim->kind = KXI_DIM_LIST;
    return KX_OK;
}

static kx_status
compile_dim(kxi_comp *c, const kxi_node *node, const kxi_measure *m, kxi_dim *dim)
{
    *dim = (kxi_dim){ .level = KXI_NONE, .column = KXI_NONE, .target = KXI_NONE, .type = KX_TEXT };
    dim->owner.target = KXI_NONE;
    if (node->type == KXI_NODE_OBJECT)
        return list_dim(c, node, m, dim);
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
    KXI_TRY(kxi_normal(c, node->text, &dim->name));
    dim->name = kxi_str_copy(c->a, dim->name);
    if (!dim->name.s)
        return kxi_nomem(c->d);
    return m->measure != KXI_NONE ? inherited_dim(c, node, m, dim->name, dim) : named_dim(c, node, m, dim->name, dim);
}

kx_status
kxi_compile_dims(kxi_comp *c, const kxi_node *per, kxi_measure *m)
{
    if (!per)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, per, KXI_NODE_ARRAY));
    kxi_dim *dims = kxi_arena_array(c->a, per->count + 1u, sizeof(*dims));
    if (!dims)
        return kxi_nomem(c->d);
    if (per->count > 16)
        return KXI_FAIL(c->d, ARGUMENTS, kxi_at(c, per), KXI_A_CSTR("per"), KXI_A_CSTR("1 .. 16"));
    kxi_node_each (node, per) {
        kxi_dim *dim = &dims[m->dim_count];
        KXI_TRY(compile_dim(c, node, m, dim));
        for (size_t i = 0; i < m->dim_count; i++)
            if (kxi_str_eq(dims[i].name, dim->name))
                return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, node), KXI_A_STR(dim->name), KXI_A_CSTR("per"));
        m->dim_count++;
    }
    m->dims = dims;
    return KX_OK;
}
