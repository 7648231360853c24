/* Names at row grain: the columns of a table (and of what they refer to), or the dimensions and value of a measure's cells. */
#include "rules/compile.h"

enum kxi_vtype
kxi_column_vtype(const kxi_column_spec *spec)
{
    switch (spec->type) {
    case KX_NUMBER:
        return KXI_V_NUMBER;
    case KX_DATE:
        return KXI_V_DATE;
    case KX_BOOL:
        return KXI_V_BOOL;
    default:
        return KXI_V_TEXT;
    }
}

kxi_arg
kxi_type_arg(kxi_comp *c, enum kxi_vtype type)
{
    static const char *const words[][2] = {
        [KXI_V_NULL] = { "空值", "null" },     [KXI_V_BOOL] = { "真假", "true or false" },
        [KXI_V_NUMBER] = { "数", "a number" }, [KXI_V_DATE] = { "日期", "a date" },
        [KXI_V_TEXT] = { "文本", "text" },     [KXI_V_DURATION] = { "时长", "a duration" },
        [KXI_V_LIST] = { "列表", "a list" },   [KXI_V_MAP] = { "取值表", "a table of values" },
    };
    return KXI_A_CSTR(words[type][c->d->language == KX_LANG_EN]);
}

kx_status
kxi_column_text_type(kxi_comp *c, const kxi_column_spec *spec, kxi_str *out)
{
    static const char *const names[] = {
        [KX_TEXT] = "text", [KX_NUMBER] = "number", [KX_DATE] = "date", [KX_BOOL] = "bool"
    };
    kxi_buf b;
    kxi_buf_init(&b, &c->ctx->mem);
    if (spec->target != KXI_NONE)
        kxi_buf_str(&b, kxi_comp_table(c, spec->target)->name);
    else
        kxi_buf_cstr(&b, names[spec->type]);
    if (spec->list)
        kxi_buf_cstr(&b, "[]");
    *out = b.failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(c->a, kxi_buf_view(&b));
    kxi_buf_free(&b);
    return out->s ? KX_OK : kxi_nomem(c->d);
}

/* as_of, period.from, period.to, and what the scheme defines. */
kx_status
kxi_common_name(kxi_comp *c, const kxi_str *path, size_t parts, kxi_binding *out, enum kxi_common *which)
{
    *which = KXI_COMMON_NONE;
    if (parts == 1 && kxi_str_is(path[0], "as_of"))
        *which = KXI_COMMON_AS_OF;
    else if (parts == 2 && kxi_str_is(path[0], "period") && kxi_str_is(path[1], "from"))
        *which = KXI_COMMON_FROM;
    else if (parts == 2 && kxi_str_is(path[0], "period") && kxi_str_is(path[1], "to"))
        *which = KXI_COMMON_TO;
    else if (parts == 1 && c->define) {
        kxi_node_each (def, c->define)
            if (kxi_str_eq(def->key, path[0])) {
                *which = KXI_COMMON_BOUND;
                out->kind = KXI_BIND_NODE;
                out->node = def;
                if (def->type != KXI_NODE_OBJECT)
                    return KX_OK;
                out->kind = KXI_BIND_MAP;
                out->type = KXI_V_MAP;
                return kxi_read_map(c, def, &out->map);
            }
    }
    return KX_OK;
}

size_t
kxi_common_names(kxi_comp *c, kxi_str *list, size_t max)
{
    size_t n = 0;
    if (n < max)
        list[n++] = KXI_STR("as_of");
    if (n < max)
        list[n++] = KXI_STR("period.from");
    if (n < max)
        list[n++] = KXI_STR("period.to");
    if (c->define)
        kxi_node_each (def, c->define)
            if (n < max)
                list[n++] = def->key;
    return n;
}

static bool
same_path(const kxi_path *x, const kxi_path *y)
{
    return x->target == y->target && x->column == y->column && x->step_count == y->step_count &&
           (x->step_count == 0 || memcmp(x->steps, y->steps, x->step_count * sizeof(*x->steps)) == 0);
}

static kx_status
bind(kxi_comp *c, const kxi_row_slot *slot, bool nullable, kxi_binding *out)
{
    out->kind = KXI_BIND_SLOT;
    out->type = slot->type;
    out->domain = slot->domain;
    out->nullable = nullable;
    const kxi_row_slot *have = c->row_slots.items;
    for (uint32_t i = 0; i < c->row_slots.count; i++)
        if (have[i].kind == slot->kind && have[i].table == slot->table && have[i].measure == slot->measure &&
            have[i].column == slot->column && have[i].then == slot->then && same_path(&have[i].path, &slot->path)) {
            out->slot = i;
            return KX_OK;
        }
    return kxi_list_push(c, &c->row_slots, slot, &out->slot);
}

static uint32_t
domain_of(const kxi_table_spec *t, uint32_t column)
{
    if (column == KXI_NONE || t->columns[column].list || t->columns[column].type != KX_TEXT)
        return KXI_DOMAIN_ROWS;
    return KXI_DOMAIN_FIRST + column;
}

static kx_status
bind_column(kxi_comp *c, uint32_t column, kxi_binding *out)
{
    const kxi_table_spec *t = kxi_comp_table(c, c->table);
    const kxi_column_spec *spec = &t->columns[column];
    kxi_row_slot slot = { .kind = KXI_ROW_COLUMN,
                          .table = c->table,
                          .measure = KXI_NONE,
                          .column = column,
                          .path = { KXI_NONE, KXI_NONE, NULL, 0 },
                          .then = KXI_NONE,
                          .type = spec->list ? KXI_V_LIST : kxi_column_vtype(spec),
                          .domain = domain_of(t, column) };
    kxi_use_column(c, c->table, column);
    if (c->table == c->r->schema.units.table && column == c->r->schema.units.level) {
        slot.kind = KXI_ROW_LEVEL;
        slot.path.target = c->table;
        slot.domain = KXI_DOMAIN_ROWS;
    }
    out->item = kxi_column_vtype(spec);
    return bind(c, &slot, column != t->key, out);
}

/* unit.level, contact.leader.name: references, then a column. */
static kx_status
bind_reference(kxi_comp *c, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out)
{
    uint32_t steps[8], at = c->table, column = KXI_NONE;
    if (parts > 8)
        return KX_E_NOTFOUND;
    for (size_t i = 0; i + 1 < parts; i++) {
        const kxi_table_spec *t = kxi_comp_table(c, at);
        steps[i] = kxi_spec_column(t, path[i]);
        if (steps[i] == KXI_NONE)
            return KX_E_NOTFOUND;
        if (t->columns[steps[i]].target == KXI_NONE || t->columns[steps[i]].list)
            return KXI_FAIL(c->d, NOT_A_REFERENCE, place, KXI_A_STR(path[i]), KXI_A_STR(t->name),
                            KXI_A_STR(path[i + 1]));
        kxi_use_column(c, at, steps[i]);
        at = t->columns[steps[i]].target;
    }
    const kxi_table_spec *target = kxi_comp_table(c, at);
    column = kxi_spec_column(target, path[parts - 1]);
    if (column == KXI_NONE)
        return KXI_FAIL(c->d, UNKNOWN_COLUMN, place, KXI_A_STR(target->name), KXI_A_STR(path[parts - 1]),
                        KXI_A_STR(kxi_column_list(c, at)));
    kxi_use_column(c, at, column);
    uint32_t *copy = kxi_arena_array(c->a, parts, sizeof(*copy));
    if (!copy)
        return kxi_nomem(c->d);
    memcpy(copy, steps + 1, (parts - 2) * sizeof(*copy));
    kxi_row_slot slot = { .kind = KXI_ROW_REF,
                          .table = c->table,
                          .measure = KXI_NONE,
                          .column = steps[0],
                          .path = { at, steps[0], copy, parts - 2 },
                          .then = column,
                          .type =
                              target->columns[column].list ? KXI_V_LIST : kxi_column_vtype(&target->columns[column]),
                          .domain = domain_of(kxi_comp_table(c, c->table), steps[0]) };
    if (column == target->key)
        slot.kind = KXI_ROW_KEY;
    if (at == c->r->schema.units.table && column == c->r->schema.units.level)
        slot.kind = KXI_ROW_LEVEL;
    out->item = kxi_column_vtype(&target->columns[column]);
    return bind(c, &slot, true, out);
}

static enum kxi_vtype
dim_type(const kxi_dim *dim)
{
    kxi_column_spec spec = { .type = dim->type };
    return dim->kind == KXI_DIM_COLUMN ? kxi_column_vtype(&spec) : KXI_V_TEXT;
}

static kx_status
bind_cell(kxi_comp *c, const kxi_str *path, size_t parts, kxi_binding *out)
{
    const kxi_measure *m = kxi_comp_measure(c, c->measure);
    kxi_row_slot slot = { .kind = KXI_ROW_VALUE,
                          .table = KXI_NONE,
                          .measure = c->measure,
                          .column = KXI_NONE,
                          .path = { KXI_NONE, KXI_NONE, NULL, 0 },
                          .then = KXI_NONE,
                          .type = m->type,
                          .domain = KXI_DOMAIN_ROWS };
    if (parts != 1)
        return KX_E_NOTFOUND;
    if (kxi_str_is(path[0], "value"))
        return bind(c, &slot, true, out);
    for (uint32_t i = 0; i < m->dim_count; i++)
        if (kxi_str_eq(m->dims[i].name, path[0])) {
            slot.kind = KXI_ROW_DIM;
            slot.column = i;
            slot.type = dim_type(&m->dims[i]);
            return bind(c, &slot, false, out);
        }
    return KX_E_NOTFOUND;
}

static kx_status
row_name(void *user, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out, kxi_diag *d)
{
    kxi_comp *c = user;
    (void)d;
    if (c->table != KXI_NONE) {
        uint32_t column = parts == 1 ? kxi_spec_column(kxi_comp_table(c, c->table), path[0]) : KXI_NONE;
        if (column != KXI_NONE)
            return bind_column(c, column, out);
    }
    enum kxi_common common;
    KXI_TRY(kxi_common_name(c, path, parts, out, &common));
    if (common == KXI_COMMON_BOUND)
        return KX_OK;
    if (common != KXI_COMMON_NONE) {
        static const int kinds[] = { 0, KXI_ROW_AS_OF, KXI_ROW_FROM, KXI_ROW_TO };
        kxi_row_slot slot = { .table = c->table,
                              .measure = c->measure,
                              .column = KXI_NONE,
                              .path = { KXI_NONE, KXI_NONE, NULL, 0 },
                              .then = KXI_NONE,
                              .type = KXI_V_DATE,
                              .domain = KXI_DOMAIN_RUN };
        slot.kind = kinds[common];
        return bind(c, &slot, false, out);
    }
    if (c->table == KXI_NONE)
        return bind_cell(c, path, parts, out);
    return parts > 1 ? bind_reference(c, path, parts, place, out) : KX_E_NOTFOUND;
}

static size_t
row_names(void *user, kxi_str *list, size_t max)
{
    kxi_comp *c = user;
    size_t n = kxi_common_names(c, list, max);
    if (c->table != KXI_NONE) {
        const kxi_table_spec *t = kxi_comp_table(c, c->table);
        for (size_t i = 0; i < t->column_count && n < max; i++)
            list[n++] = t->columns[i].name;
        return n;
    }
    const kxi_measure *m = kxi_comp_measure(c, c->measure);
    for (size_t i = 0; i < m->dim_count && n < max; i++)
        list[n++] = m->dims[i].name;
    if (n < max)
        list[n++] = KXI_STR("value");
    return n;
}

kx_status
kxi_compile_row(kxi_comp *c, const kxi_node *node, enum kxi_vtype want, const kxi_expr **out)
{
    const kxi_scope scope = { c, row_name, NULL, NULL, row_names };
    const kxi_compile compile = { c->a, &scope, c->ctx->max_depth, c->ctx->max_digits, c->d };
    return kxi_expr_compile(&compile, node, want, out);
}
