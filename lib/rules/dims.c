/* "per": the dimensions of a measure. */
#include "rules/compile.h"

static kx_status
read_windows(kxi_comp *c, const kxi_node *set, kxi_dim *dim)
{
    static const char *const known[] = { "name", "from", "to", NULL };
    KXI_TRY(kxi_read_type(c, set, KXI_NODE_ARRAY));
    KXI_TRY(kxi_read_not_empty(c, set));
    kxi_window *windows = kxi_arena_array(c->a, set->count + 1u, sizeof(*windows));
    if (!windows)
        return kxi_nomem(c->d);
    kxi_node_each (item, set) {
        kxi_window *w = &windows[dim->window_count];
        KXI_TRY(kxi_read_span(c, item, "window", known, &w->span));
        KXI_TRY(kxi_read_text(c, item, "name", true, "window", &w->name));
        for (size_t i = 0; i < dim->window_count; i++)
            if (kxi_str_eq(windows[i].name, w->name))
                return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, item), KXI_A_STR(w->name), KXI_A_STR(set->key));
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
    return KXI_FAIL(c->d, UNKNOWN_DIMENSION, kxi_at(c, node), KXI_A_STR(name),
                    KXI_A_STR(kxi_comp_table(c, m->table)->name));
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
    const kxi_node *windows = kxi_member(c->windows, name);
    bool is_level = level < c->r->schema.level_count, is_bucket = kxi_bucket_find(name, &dim->bucket);
    if (is_level + is_bucket + !!windows + (column != KXI_NONE) > 1)
        return KXI_FAIL(c->d, AMBIGUOUS_DIMENSION, kxi_at(c, node), KXI_A_STR(name),
                        is_level    ? KXI_A_WORD(c, "a level", "层级")
                        : is_bucket ? KXI_A_WORD(c, "a bucket of time", "时间段")
                                    : KXI_A_WORD(c, "a set of windows", "窗口"),
                        column != KXI_NONE ? KXI_A_WORD(c, "a column", "列")
                        : windows          ? KXI_A_WORD(c, "a set of windows", "窗口")
                                           : KXI_A_WORD(c, "a bucket of time", "时间段"));
    if (windows)
        return read_windows(c, windows, dim);
    if (!is_level && !is_bucket)
        return column_dim(c, node, m, name, dim);
    dim->kind = is_level ? KXI_DIM_LEVEL : KXI_DIM_BUCKET;
    dim->level = level;
    return KX_OK;
}

/* Which type of values a dimension that is narrowed to a list holds; 0: none that could be listed. */
static int32_t
listed_type(kxi_comp *c, const kxi_measure *m, const kxi_dim *dim)
{
    if (m->measure == KXI_NONE)
        return kxi_comp_table(c, m->table)->columns[dim->column].type;
    return dim->kind == KXI_DIM_BUCKET || (dim->kind == KXI_DIM_COLUMN && dim->type != KX_TEXT) ? 0 : KX_TEXT;
}

static bool
fits_type(int32_t type, kxi_str text)
{
    kxi_day day;
    int64_t number;
    int scale;
    switch (type) {
    case KX_TEXT:
        return true;
    case KX_DATE:
        return kxi_date_parse(text, &day);
    case KX_BOOL:
        return kxi_str_is(text, "true") || kxi_str_is(text, "false");
    default:
        return type == KX_NUMBER && kxi_dec_parse(text, &number, &scale) == KX_OK;
    }
}

static kx_status
add_value(kxi_comp *c, const kxi_node *item, int32_t type, kxi_str *values, kxi_dim *dim)
{
    static const enum kxi_vtype types[] = { KXI_V_NULL, KXI_V_TEXT, KXI_V_NUMBER, KXI_V_DATE, KXI_V_BOOL };
    kxi_str value;
    KXI_TRY(kxi_read_type(c, item, KXI_NODE_STRING));
    KXI_TRY(kxi_normal(c, item->text, &value));
    if (!fits_type(type, value))
        return KXI_FAIL(c->d, LIST_VALUE, kxi_at(c, item), KXI_A_STR(item->text), KXI_A_STR(dim->name),
                        type ? kxi_type_arg(c, types[type]) : KXI_A_WORD(c, "no text", "非文本"));
    for (size_t i = 0; i < dim->value_count; i++)
        if (kxi_str_eq(values[i], value))
            return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, item), KXI_A_STR(item->text), KXI_A_STR(dim->name));
    values[dim->value_count++] = value;
    return KX_OK;
}

/* {"role": ["院长", "校长"]}: a column with the values that are expected. */
static kx_status
list_dim(kxi_comp *c, const kxi_node *node, const kxi_measure *m, kxi_dim *dim)
{
    const kxi_node *list = node->child;
    if (node->count != 1 || list->type != KXI_NODE_ARRAY)
        return KXI_FAIL(c->d, PAIR_FORM, kxi_at(c, node), KXI_A_CSTR("per"),
                        KXI_A_CSTR("{\"role\": [\"院长\", \"校长\"]}"));
    dim->name = list->key;
    KXI_TRY(kxi_read_not_empty(c, list));
    if (m->measure != KXI_NONE)
        KXI_TRY(inherited_dim(c, node, m, list->key, dim));
    else
        KXI_TRY(source_column(c, node, m, list->key, &dim->column));
    kxi_str *values = kxi_arena_array(c->a, list->count + 1u, sizeof(*values));
    if (!values)
        return kxi_nomem(c->d);
    int32_t type = listed_type(c, m, dim);
    dim->value_count = 0;
    kxi_node_each (item, list)
        KXI_TRY(add_value(c, item, type, values, dim));
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
    return m->measure != KXI_NONE ? inherited_dim(c, node, m, dim->name, dim) : named_dim(c, node, m, dim->name, dim);
}

/* A bucket or window holds rows by their date. */
static kx_status
check_dim(kxi_comp *c, const kxi_node *node, const kxi_measure *m, const kxi_dim *dim)
{
    bool by_time = dim->kind == KXI_DIM_BUCKET || dim->kind == KXI_DIM_WINDOWS;
    if (kxi_reserved(dim->name))
        return KXI_FAIL(c->d, RESERVED_NAME, kxi_at(c, node), KXI_A_STR(dim->name));
    if (!by_time || m->measure != KXI_NONE)
        return KX_OK;
    const kxi_table_spec *t = kxi_comp_table(c, m->table);
    if (t->kind != KXI_EVENTS && t->kind != KXI_STATES)
        return KXI_FAIL(c->d, DATE_NEEDED, kxi_at(c, node), KXI_A_STR(dim->name), KXI_A_STR(m->name),
                        KXI_A_STR(t->name));
    return KX_OK;
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
        KXI_TRY(check_dim(c, node, m, dim));
        for (size_t i = 0; i < m->dim_count; i++)
            if (kxi_str_eq(dims[i].name, dim->name))
                return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, node), KXI_A_STR(dim->name), KXI_A_CSTR("per"));
        m->dim_count++;
    }
    m->dims = dims;
    return KX_OK;
}
