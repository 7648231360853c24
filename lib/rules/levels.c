/* Levels of the tree of units, and roles: which titles count as which. */
#include "rules/declare.h"

enum { LEVELS_MAX = 64 };
static const char *const level_names[][6] = {
    { "province", "省", "自治区", "直辖市", "省级", NULL },   { "city", "市", "地市", "市级", "地级", NULL },
    { "county", "县", "区县", "县级", "县（市、区）", NULL }, { "township", "乡镇", "街道", "乡", "镇", NULL },
    { "village", "村", "社区", "村级", "村（社区）", NULL },
};

static kx_status
default_levels(kxi_comp *c)
{
    size_t n = sizeof(level_names) / sizeof(level_names[0]);
    kxi_level *levels = kxi_arena_array(c->a, n, sizeof(*levels));
    if (!levels)
        return kxi_nomem(c->d);
    for (size_t i = 0; i < n; i++) {
        kxi_str *aliases = kxi_arena_array(c->a, 5, sizeof(*aliases));
        if (!aliases)
            return kxi_nomem(c->d);
        levels[i] = (kxi_level){ kxi_str_of(level_names[i][0]), aliases, 0 };
        for (size_t k = 1; level_names[i][k]; k++)
            KXI_TRY(kxi_fold_text(c, kxi_str_of(level_names[i][k]), &aliases[levels[i].alias_count++]));
    }
    c->r->schema.levels = levels;
    c->r->schema.level_count = n;
    return KX_OK;
}

/* Whether a level before this one is called so. */
static bool
level_named(const kxi_level *levels, size_t count, kxi_arena *a, kxi_str folded)
{
    const kxi_schema so_far = { .levels = levels, .level_count = count };
    uint32_t level;
    return kxi_schema_level(&so_far, a, folded, &level) == KX_OK && level != KXI_NONE;
}

static kx_status
read_alias(kxi_comp *c, const kxi_node *node, const kxi_level *levels, size_t count, kxi_str *out)
{
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
    KXI_TRY(kxi_fold_text(c, node->text, out));
    return level_named(levels, count, c->a, *out)
               ? KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, node), KXI_A_STR(node->text), KXI_A_CSTR("levels"))
               : KX_OK;
}

/* levels[count], its name being the item of an array or the key of an object of lists. */
static kx_status
read_level(kxi_comp *c, const kxi_node *node, kxi_level *levels, size_t count)
{
    kxi_level *out = &levels[count];
    bool listed = node->parent->type == KXI_NODE_ARRAY;
    if (listed)
        KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
    KXI_TRY(kxi_normal(c, listed ? node->text : node->key, &out->name));
    if (level_named(levels, count, c->a, out->name))
        return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_node_key_place(c->a, node), KXI_A_STR(out->name),
                        KXI_A_CSTR("levels"));
    if (listed)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_ARRAY));
    kxi_str *aliases = kxi_arena_array(c->a, node->count + 1u, sizeof(*aliases));
    if (!aliases)
        return kxi_nomem(c->d);
    out->aliases = aliases;
    kxi_node_each (alias, node) {
        KXI_TRY(read_alias(c, alias, levels, count, &aliases[out->alias_count]));
        out->alias_count++;
    }
    return KX_OK;
}

/* From the top down: an array of names, or an object of names with lists of how data writes them. */
kx_status
kxi_compile_levels(kxi_comp *c, const kxi_node *node)
{
    if (!node)
        return default_levels(c);
    if (node->type != KXI_NODE_OBJECT)
        KXI_TRY(kxi_read_type(c, node, KXI_NODE_ARRAY));
    KXI_TRY(kxi_read_not_empty(c, node));
    if (node->count > LEVELS_MAX)
        return KXI_FAIL(c->d, ARGUMENTS, kxi_at(c, node), KXI_A_CSTR("levels"), KXI_A_CSTR("1 .. 64"));
    kxi_level *levels = kxi_arena_array(c->a, node->count + 1u, sizeof(*levels));
    if (!levels)
        return kxi_nomem(c->d);
    size_t n = 0;
    kxi_node_each (item, node) {
        KXI_NEXT(c, read_level(c, item, levels, n));
        n++;
    }
    c->r->schema.levels = levels;
    c->r->schema.level_count = n;
    return KX_OK;
}

/* ---- roles ---- */

static kx_status
add_title(kxi_comp *c, const kxi_node *node, uint32_t role, uint32_t level, kxi_list *titles)
{
    kxi_title title = { .role = role, .level = level };
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
    KXI_TRY(kxi_fold_text(c, node->text, &title.folded));
    const kxi_title *have = titles->items;
    for (size_t i = 0; i < titles->count; i++)
        if (kxi_str_eq(have[i].folded, title.folded) && have[i].level == level)
            return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, node), KXI_A_STR(node->text),
                            KXI_A_STR(c->r->schema.roles[have[i].role]));
    return kxi_list_push(c, titles, &title, NULL);
}

static kx_status
level_of_titles(kxi_comp *c, const kxi_node *list, uint32_t *level)
{
    const kxi_schema *schema = &c->r->schema;
    if (kxi_schema_level(schema, c->a, list->key, level) != KX_OK)
        return kxi_nomem(c->d);
    if (*level != KXI_NONE)
        return KX_OK;
    const char **names = kxi_arena_array(c->a, schema->level_count + 1, sizeof(*names));
    kxi_str all;
    if (!names)
        return kxi_nomem(c->d);
    for (size_t i = 0; i < schema->level_count; i++)
        names[i] = schema->levels[i].name.s;
    KXI_TRY(kxi_join(c, names, &all));
    return KXI_FAIL(c->d, UNKNOWN_LEVEL, kxi_node_key_place(c->a, list), KXI_A_STR(list->key), KXI_A_STR(all));
}

static kx_status
read_role(kxi_comp *c, const kxi_node *node, uint32_t role, kxi_list *titles)
{
    if (node->type == KXI_NODE_ARRAY) {
        kxi_node_each (title, node)
            KXI_NEXT(c, add_title(c, title, role, KXI_NONE, titles));
        return KX_OK;
    }
    if (node->type != KXI_NODE_OBJECT)
        return KXI_FAIL(c->d, NO_TITLES, kxi_at(c, node), KXI_A_STR(node->key));
    kxi_node_each (list, node) {
        uint32_t level;
        KXI_TRY(level_of_titles(c, list, &level));
        KXI_TRY(kxi_read_type(c, list, KXI_NODE_ARRAY));
        kxi_node_each (title, list)
            KXI_NEXT(c, add_title(c, title, role, level, titles));
    }
    return KX_OK;
}

/* Every table with a `role` and a `title` column has its roles filled from the titles. */
static kx_status
role_columns(kxi_comp *c)
{
    kxi_list columns = { .size = sizeof(kxi_role_column) };
    for (uint32_t i = 0; i < c->tables.count; i++) {
        const kxi_table_spec *t = kxi_comp_table(c, i);
        kxi_role_column rc = { i, kxi_spec_column(t, KXI_STR("role")), kxi_spec_column(t, KXI_STR("title")), KXI_NONE };
        if (rc.role == KXI_NONE || rc.title == KXI_NONE)
            continue;
        for (uint32_t k = 0; k < t->column_count && rc.unit == KXI_NONE; k++)
            if (t->columns[k].target == c->r->schema.units.table && !t->columns[k].list)
                rc.unit = k;
        KXI_TRY(kxi_list_push(c, &columns, &rc, NULL));
    }
    c->r->schema.role_columns = columns.items;
    c->r->schema.role_column_count = columns.count;
    return KX_OK;
}

kx_status
kxi_compile_roles(kxi_comp *c, const kxi_node *node)
{
    if (!node)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_OBJECT));
    kxi_str *roles = kxi_arena_array(c->a, node->count + 1u, sizeof(*roles));
    kxi_list titles = { .size = sizeof(kxi_title) };
    if (!roles)
        return kxi_nomem(c->d);
    uint32_t n = 0;
    c->r->schema.roles = roles;
    kxi_node_each (role, node) {
        KXI_TRY(kxi_normal(c, role->key, &roles[n]));
        KXI_NEXT(c, read_role(c, role, n, &titles));
        n++;
    }
    c->r->schema.role_count = n;
    c->r->schema.titles = titles.items;
    c->r->schema.title_count = titles.count;
    return role_columns(c);
}
