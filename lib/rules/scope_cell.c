/* Names at cell grain: the dimensions of a measure and what they refer to, the subject's columns. For bounds. */
#include "rules/compile.h"

static kx_status
bind(kxi_comp *c, const kxi_cell_slot *slot, bool nullable, kxi_binding *out)
{
    out->kind = KXI_BIND_SLOT;
    out->type = slot->type;
    out->domain = KXI_DOMAIN_ROWS;
    out->nullable = nullable;
    const kxi_cell_slot *have = c->cell_slots.items;
    for (uint32_t i = 0; i < c->cell_slots.count; i++)
        if (have[i].kind == slot->kind && have[i].dim == slot->dim && have[i].column == slot->column &&
            have[i].type == slot->type) {
            out->slot = i;
            return KX_OK;
        }
    return kxi_list_push(c, &c->cell_slots, slot, &out->slot);
}

static kx_status
bind_table_column(kxi_comp *c, kxi_cell_slot *slot, uint32_t table, kxi_str name, kxi_place place, kxi_binding *out)
{
    const kxi_table_spec *t = kxi_comp_table(c, table);
    slot->column = kxi_spec_column(t, name);
    if (slot->column == KXI_NONE)
        return KXI_FAIL(c->d, UNKNOWN_COLUMN, place, KXI_A_STR(t->name), KXI_A_STR(name),
                        KXI_A_STR(kxi_column_list(c, table)));
    if (t->columns[slot->column].list)
        return KXI_FAIL(c->d, LIST_COLUMN, place, KXI_A_STR(name), KXI_A_STR(t->name));
    kxi_use_column(c, table, slot->column);
    slot->type = kxi_column_vtype(&t->columns[slot->column]);
    return bind(c, slot, slot->column != t->key, out);
}

static kx_status
bind_dim(kxi_comp *c, uint32_t i, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out)
{
    const kxi_dim *dim = &c->current->dims[i];
    kxi_cell_slot slot = { KXI_CELL_DIM, i, KXI_NONE, KXI_V_TEXT };
    if (parts == 1) {
        kxi_column_spec spec = { .type = dim->type };
        if (dim->kind == KXI_DIM_COLUMN)
            slot.type = kxi_column_vtype(&spec);
        return bind(c, &slot, false, out);
    }
    if (parts != 2)
        return KX_E_NOTFOUND;
    if (dim->kind == KXI_DIM_BUCKET || dim->kind == KXI_DIM_WINDOWS) {
        slot.kind = kxi_str_is(path[1], "from") ? KXI_CELL_DIM_FROM : KXI_CELL_DIM_TO;
        slot.type = KXI_V_DATE;
        if (slot.kind == KXI_CELL_DIM_TO && !kxi_str_is(path[1], "to"))
            return KX_E_NOTFOUND;
        return bind(c, &slot, false, out);
    }
    if (dim->kind != KXI_DIM_LEVEL && dim->kind != KXI_DIM_REF)
        return KX_E_NOTFOUND;
    slot.kind = KXI_CELL_DIM_COLUMN;
    return bind_table_column(c, &slot, dim->kind == KXI_DIM_LEVEL ? c->r->schema.units.table : dim->target, path[1],
                             place, out);
}

static kx_status
cell_name(void *user, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out, kxi_diag *d)
{
    kxi_comp *c = user;
    (void)d;
    if (parts == 1 && kxi_str_is(path[0], "value")) {
        kxi_cell_slot slot = { KXI_CELL_VALUE, 0, KXI_NONE, c->current->type };
        return bind(c, &slot, true, out);
    }
    for (uint32_t i = 0; i < c->current->dim_count; i++)
        if (kxi_str_eq(c->current->dims[i].name, path[0]))
            return bind_dim(c, i, path, parts, place, out);
    if (parts == 2 && kxi_str_is(path[0], "subject") && !c->current->over_all) {
        kxi_cell_slot slot = { KXI_CELL_SUBJECT_COLUMN, 0, KXI_NONE, KXI_V_TEXT };
        return bind_table_column(c, &slot, c->r->subjects, path[1], place, out);
    }
    enum kxi_common common;
    KXI_TRY(kxi_common_name(c, path, parts, out, &common));
    if (common == KXI_COMMON_NONE)
        return KX_E_NOTFOUND;
    if (common == KXI_COMMON_BOUND)
        return KX_OK;
    static const int kinds[] = { 0, KXI_CELL_AS_OF, KXI_CELL_FROM, KXI_CELL_TO };
    kxi_cell_slot slot = { .dim = 0, .column = KXI_NONE, .type = KXI_V_DATE };
    slot.kind = kinds[common];
    return bind(c, &slot, false, out);
}

static size_t
cell_names(void *user, kxi_str *list, size_t max)
{
    kxi_comp *c = user;
    size_t n = kxi_common_names(c, list, max);
    for (size_t i = 0; i < c->current->dim_count && n < max; i++)
        list[n++] = c->current->dims[i].name;
    if (n < max)
        list[n++] = KXI_STR("value");
    if (n < max)
        list[n++] = KXI_STR("subject");
    return n;
}

kx_status
kxi_compile_cell(kxi_comp *c, const kxi_node *node, enum kxi_vtype want, const kxi_expr **out)
{
    const kxi_scope scope = { c, cell_name, NULL, NULL, cell_names };
    const kxi_compile compile = { c->a, &scope, c->ctx->max_depth, c->ctx->max_digits, c->d };
    return kxi_expr_compile(&compile, node, want, out);
}
