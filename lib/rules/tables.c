/* Tables of a scheme: finding them and their columns, and compiling them, with levels and roles. */
#include "rules/declare.h"

kxi_table_spec *
kxi_comp_table(kxi_comp *c, uint32_t table)
{
    return (kxi_table_spec *)c->tables.items + table;
}

uint32_t
kxi_comp_find_table(kxi_comp *c, kxi_str name)
{
    for (uint32_t i = 0; i < c->tables.count; i++)
        if (kxi_str_eq(kxi_comp_table(c, i)->name, name))
            return i;
    return KXI_NONE;
}

static kxi_column_spec *
column_of(kxi_comp *c, uint32_t table, uint32_t column)
{
    /* Specs belong to the compiler until they are frozen. */
    return (kxi_column_spec *)(uintptr_t)&kxi_comp_table(c, table)->columns[column];
}

void
kxi_use_table(kxi_comp *c, uint32_t table)
{
    kxi_comp_table(c, table)->needed = true;
}

void
kxi_use_column(kxi_comp *c, uint32_t table, uint32_t column)
{
    if (column != KXI_NONE)
        column_of(c, table, column)->used = true;
    kxi_use_table(c, table);
}

kxi_str
kxi_column_list(kxi_comp *c, uint32_t table)
{
    const kxi_table_spec *t = kxi_comp_table(c, table);
    kxi_buf b;
    kxi_buf_init(&b, &c->ctx->mem);
    for (size_t i = 0; i < t->column_count; i++) {
        if (i)
            kxi_buf_cstr(&b, ", ");
        kxi_buf_str(&b, t->columns[i].name);
    }
    kxi_str list = b.failed ? KXI_STR("") : kxi_str_copy(c->a, kxi_buf_view(&b));
    kxi_buf_free(&b);
    return list;
}

static kx_status
table_list(kxi_comp *c, kxi_str *out)
{
    const char **names = kxi_arena_array(c->a, c->tables.count + 1, sizeof(*names));
    if (!names)
        return kxi_nomem(c->d);
    for (size_t i = 0; i < c->tables.count; i++)
        names[i] = kxi_comp_table(c, (uint32_t)i)->name.s;
    return kxi_join(c, names, out);
}

kx_status
kxi_table_named(kxi_comp *c, const kxi_node *node, kxi_str name, uint32_t *out)
{
    *out = kxi_comp_find_table(c, name);
    if (*out != KXI_NONE)
        return KX_OK;
    kxi_str all;
    KXI_TRY(table_list(c, &all));
    return KXI_FAIL(c->d, UNKNOWN_TABLE, kxi_at(c, node), KXI_A_STR(name), KXI_A_STR(all));
}

kx_status
kxi_column_named(kxi_comp *c, const kxi_node *node, uint32_t table, kxi_str name, uint32_t *out)
{
    *out = kxi_spec_column(kxi_comp_table(c, table), name);
    if (*out != KXI_NONE)
        return KX_OK;
    return KXI_FAIL(c->d, UNKNOWN_COLUMN, kxi_at(c, node), KXI_A_STR(kxi_comp_table(c, table)->name), KXI_A_STR(name),
                    KXI_A_STR(kxi_column_list(c, table)));
}

static kx_status
finish_table(kxi_comp *c, kxi_draft *t, uint32_t index, kxi_str subjects, const kxi_node *root)
{
    kxi_column_spec *columns = kxi_arena_array(c->a, t->spec.column_count + 1, sizeof(*columns));
    if (!columns)
        return kxi_nomem(c->d);
    KXI_NEXT(c, kxi_draft_resolve(c, t, subjects));
    for (size_t i = 0; i < t->spec.column_count; i++)
        columns[i] = t->columns[i].spec;
    kxi_table_spec *spec = kxi_comp_table(c, index);
    *spec = t->spec;
    spec->columns = columns;
    const uint32_t always[] = { spec->key, spec->date, spec->from, spec->to };
    for (size_t i = 0; i < 4; i++)
        if (always[i] != KXI_NONE)
            columns[always[i]].used = true;
    return kxi_compile_headers(c, spec, t->node ? kxi_node_get(t->node, "headers") : NULL,
                               kxi_node_get(root, "headers"));
}

static kx_status
compile_units(kxi_comp *c)
{
    kxi_units_spec *u = &c->r->schema.units;
    u->table = kxi_comp_find_table(c, KXI_STR("units"));
    kxi_table_spec *t = kxi_comp_table(c, u->table);
    u->code = t->key;
    u->name = kxi_spec_column(t, KXI_STR("name"));
    u->level = kxi_spec_column(t, KXI_STR("level"));
    u->parent = kxi_spec_column(t, KXI_STR("parent"));
    u->from = kxi_spec_column(t, KXI_STR("from"));
    u->to = kxi_spec_column(t, KXI_STR("to"));
    u->into = kxi_spec_column(t, KXI_STR("into"));
    const uint32_t read[] = { u->name, u->level, u->parent, u->from, u->to, u->into };
    for (size_t i = 0; i < sizeof(read) / sizeof(read[0]); i++)
        column_of(c, u->table, read[i])->used = true;
    return KX_OK;
}

kx_status
kxi_compile_tables(kxi_comp *c, const kxi_node *root)
{
    const kxi_node *declared = kxi_node_get(root, "tables"), *subjects = kxi_node_get(root, "subjects");
    const kxi_node *of = subjects ? kxi_node_get(subjects, "of") : NULL;
    kxi_str subject_table = of && of->type == KXI_NODE_STRING ? of->text : KXI_STR("units");
    kxi_draft *drafts = kxi_arena_array(c->a, KXI_KNOWN_TABLES + (declared ? declared->count : 0u), sizeof(*drafts));
    size_t count = 0, failures = c->failures;
    const kxi_node *headers = kxi_node_get(root, "headers");
    if (!drafts)
        return kxi_nomem(c->d);
    if (headers)
        KXI_TRY(kxi_read_type(c, headers, KXI_NODE_OBJECT));
    KXI_TRY(kxi_draft_tables(c, declared, drafts, &count));
    for (size_t i = 0; i < count; i++) {
        if (drafts[i].node)
            KXI_NEXT(c, kxi_draft_declare(c, &drafts[i]));
        KXI_TRY(kxi_list_push(c, &c->tables, &drafts[i].spec, NULL));
    }
    if (c->failures != failures)
        return KX_E_SCHEME;
    for (size_t i = 0; i < count; i++)
        KXI_NEXT(c, finish_table(c, &drafts[i], (uint32_t)i, subject_table, root));
    if (c->failures != failures)
        return KX_E_SCHEME;
    KXI_NEXT(c, kxi_check_headers(c, headers));
    KXI_TRY(compile_units(c));
    KXI_NEXT(c, kxi_compile_levels(c, kxi_node_get(root, "levels")));
    KXI_NEXT(c, kxi_compile_roles(c, kxi_node_get(root, "roles")));
    return c->failures == failures ? KX_OK : KX_E_SCHEME;
}
