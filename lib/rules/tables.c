/* Tables the scheme knows: the ones that are always there, widened by what it declares. */
#include "rules/compile.h"

/* Known tables. A column is "name:type", ? when the data may lack it even if a rule reads it. */
struct known_table {
    const char *name;
    enum kxi_table_kind kind;
    const char *key, *date, *from, *to;
    const char *columns[14];
};
static const struct known_table known_tables[] = {
    { "units", KXI_REFERENCE, "code", NULL, "from", "to",
      { "code:text", "name:text?", "level:text", "parent:units?", "from:date?", "to:date?", "into:units?", NULL } },
    { "people", KXI_REFERENCE, "id", NULL, NULL, NULL, { "id:text", "name:text?", "unit:units", "born:date", "title:text", NULL } },
    { "tasks", KXI_REFERENCE, "id", NULL, NULL, NULL,
      { "id:text", "list:text", "category:text", "title:text?", "lead:units[]", "support:units[]", "due:date", NULL } },
    { "posts", KXI_STATES, NULL, NULL, "from", "to",
      { "person:text", "unit:units", "title:text?", "role:text?", "position:text", "basis:text", "method:text", "filed:bool",
        "from:date?", "to:date?", NULL } },
    { "marks", KXI_PLAIN, NULL, NULL, NULL, NULL,
      { "subject:SUBJECTS", "indicator:text", "track:text?", "value:number?", "label:text?", "reason:text?", NULL } },
};
#define KNOWN_COUNT (sizeof(known_tables) / sizeof(known_tables[0]))

static const char *const level_names[][6] = {
    { "province", "省", "自治区", "直辖市", "省级", NULL },
    { "city", "市", "地市", "市级", "地级", NULL },
    { "county", "县", "区县", "县级", "县（市、区）", NULL },
    { "township", "乡镇", "街道", "乡", "镇", NULL },
    { "village", "村", "社区", "村级", "村（社区）", NULL },
};

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

/* A column's type as text, target resolved later: types may name tables that stand further down. */
struct declared {
    kxi_column_spec spec;
    kxi_str type; /* without [] and ? */
    const kxi_node *node;
};

static void
split_type(kxi_str type, struct declared *out)
{
    out->spec.required = true;
    if (type.n && type.s[type.n - 1] == '?') {
        out->spec.required = false;
        type.n--;
    }
    if (type.n > 2 && memcmp(type.s + type.n - 2, "[]", 2) == 0) {
        out->spec.list = true;
        type.n -= 2;
    }
    out->type = type;
}

static kx_status
resolve_type(kxi_comp *c, struct declared *col, kxi_str subjects)
{
    static const struct {
        const char *name;
        int32_t type;
    } types[] = { { "text", KX_TEXT }, { "number", KX_NUMBER }, { "date", KX_DATE }, { "bool", KX_BOOL } };
    col->spec.target = KXI_NONE;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (kxi_str_is(col->type, types[i].name)) {
            col->spec.type = types[i].type;
            return KX_OK;
        }
    kxi_str name = kxi_str_is(col->type, "SUBJECTS") ? subjects : col->type;
    uint32_t target = kxi_comp_find_table(c, name);
    if (target == KXI_NONE || kxi_comp_table(c, target)->key == KXI_NONE)
        return KXI_FAIL(c->d, SPEC_TYPE, col->node ? kxi_at(c, col->node) : KXI_NOWHERE, KXI_A_STR(name));
    col->spec.type = KX_TEXT;
    col->spec.target = target;
    return KX_OK;
}

/* The columns of a table while they are gathered. */
struct table_draft {
    kxi_table_spec spec;
    struct declared *columns;
    const kxi_node *node; /* of the scheme, or NULL */
    bool known;
};

static uint32_t
draft_column(const struct table_draft *t, kxi_str name)
{
    for (size_t i = 0; i < t->spec.column_count; i++)
        if (kxi_str_eq(t->columns[i].spec.name, name))
            return (uint32_t)i;
    return KXI_NONE;
}

static uint32_t
draft_cname(const struct table_draft *t, const char *name)
{
    return name ? draft_column(t, kxi_str_of(name)) : KXI_NONE;
}

static kx_status
draft_known(kxi_comp *c, const struct known_table *k, size_t extra, struct table_draft *t)
{
    t->known = true;
    t->columns = kxi_arena_array(c->a, 16 + extra, sizeof(*t->columns));
    if (!t->columns)
        return kxi_nomem(c->d);
    for (const char *const *p = k->columns; *p; p++) {
        const char *colon = strchr(*p, ':');
        struct declared *col = &t->columns[t->spec.column_count++];
        col->spec.name = kxi_str_copy(c->a, (kxi_str){ *p, (size_t)(colon - *p) });
        if (!col->spec.name.s)
            return kxi_nomem(c->d);
        split_type(kxi_str_of(colon + 1), col);
    }
    t->spec.kind = k->kind;
    t->spec.key = draft_cname(t, k->key);
    t->spec.date = draft_cname(t, k->date);
    t->spec.from = draft_cname(t, k->from);
    t->spec.to = draft_cname(t, k->to);
    return KX_OK;
}

static kx_status
declare_columns(kxi_comp *c, struct table_draft *t, const kxi_node *columns)
{
    KXI_TRY(kxi_read_type(c, columns, KXI_NODE_OBJECT));
    kxi_node_each (member, columns) {
        KXI_TRY(kxi_read_type(c, member, KXI_NODE_STRING));
        uint32_t at = draft_column(t, member->key);
        struct declared *col = &t->columns[at == KXI_NONE ? t->spec.column_count++ : at];
        *col = (struct declared){ .node = member };
        col->spec.name = kxi_str_copy(c->a, member->key);
        if (!col->spec.name.s)
            return kxi_nomem(c->d);
        split_type(member->text, col);
    }
    return KX_OK;
}

static kx_status
named_in(kxi_comp *c, struct table_draft *t, const kxi_node *name, uint32_t *out)
{
    KXI_TRY(kxi_read_type(c, name, KXI_NODE_STRING));
    *out = draft_column(t, name->text);
    if (*out != KXI_NONE)
        return KX_OK;
    kxi_str all = KXI_STR("");
    return KXI_FAIL(c->d, UNKNOWN_COLUMN, kxi_at(c, name), KXI_A_STR(t->spec.name), KXI_A_STR(name->text), KXI_A_STR(all));
}

/* "key": ..., "date": ... (null: every row counts), "valid": [from, to]: one of them, which makes the table's kind. */
static kx_status
declare_kind(kxi_comp *c, struct table_draft *t)
{
    const kxi_node *key = kxi_node_get(t->node, "key"), *date = kxi_node_get(t->node, "date");
    const kxi_node *valid = kxi_node_get(t->node, "valid");
    int said = !!key + !!date + !!valid;
    if (said == 0 && t->known)
        return KX_OK;
    if (said != 1)
        return KXI_FAIL(c->d, TABLE_KIND, kxi_at(c, t->node), KXI_A_STR(t->spec.name));
    t->spec.key = t->spec.date = t->spec.from = t->spec.to = KXI_NONE;
    if (key) {
        t->spec.kind = KXI_REFERENCE;
        return named_in(c, t, key, &t->spec.key);
    }
    if (date) {
        t->spec.kind = date->type == KXI_NODE_NULL ? KXI_PLAIN : KXI_EVENTS;
        return date->type == KXI_NODE_NULL ? KX_OK : named_in(c, t, date, &t->spec.date);
    }
    t->spec.kind = KXI_STATES;
    if (valid->type != KXI_NODE_ARRAY || valid->count != 2)
        return KXI_FAIL(c->d, PAIR_FORM, kxi_at(c, valid), KXI_A_CSTR("valid"), KXI_A_CSTR("[\"from\", \"to\"]"));
    KXI_TRY(named_in(c, t, valid->child, &t->spec.from));
    return named_in(c, t, valid->child->next, &t->spec.to);
}

static kx_status
declare_table(kxi_comp *c, struct table_draft *t)
{
    static const char *const known[] = { "columns", "key", "date", "valid", "headers", NULL };
    KXI_TRY(kxi_read_keys(c, t->node, "table", known));
    const kxi_node *columns = kxi_node_get(t->node, "columns");
    if (!columns && !t->known)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, t->node), KXI_A_STR(t->spec.name), KXI_A_CSTR("columns"));
    if (columns)
        KXI_TRY(declare_columns(c, t, columns));
    return declare_kind(c, t);
}

static size_t
count_columns(const kxi_node *node)
{
    const kxi_node *columns = node ? kxi_node_get(node, "columns") : NULL;
    return columns ? columns->count : 0;
}

static kx_status
draft_tables(kxi_comp *c, const kxi_node *declared, struct table_draft *drafts, size_t *count)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        struct table_draft *t = &drafts[(*count)++];
        t->spec.name = kxi_str_of(known_tables[i].name);
        t->node = declared ? kxi_node_get(declared, known_tables[i].name) : NULL;
        KXI_TRY(draft_known(c, &known_tables[i], count_columns(t->node), t));
    }
    if (!declared)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, declared, KXI_NODE_OBJECT));
    kxi_node_each (member, declared) {
        bool known = false;
        for (size_t i = 0; i < KNOWN_COUNT; i++)
            known |= kxi_str_is(member->key, known_tables[i].name);
        if (known)
            continue;
        struct table_draft *t = &drafts[(*count)++];
        t->spec.name = kxi_str_copy(c->a, member->key);
        t->spec.key = t->spec.date = t->spec.from = t->spec.to = KXI_NONE;
        t->node = member;
        t->columns = kxi_arena_array(c->a, count_columns(member) + 1, sizeof(*t->columns));
        if (!t->columns || !t->spec.name.s)
            return kxi_nomem(c->d);
    }
    return KX_OK;
}

static kx_status
add_header(kxi_comp *c, kxi_table_spec *t, const kxi_node *member, bool strict, kxi_header *headers, size_t *count)
{
    KXI_TRY(kxi_read_type(c, member, KXI_NODE_STRING));
    uint32_t column = kxi_spec_column(t, member->text);
    if (column == KXI_NONE)
        return strict ? KXI_FAIL(c->d, UNKNOWN_COLUMN, kxi_at(c, member), KXI_A_STR(t->name), KXI_A_STR(member->text),
                                 KXI_A_STR(kxi_column_list(c, (uint32_t)(t - kxi_comp_table(c, 0)))))
                      : KX_OK;
    kx_status st = kxi_text_fold(c->a, member->key, &headers[*count].folded);
    if (st != KX_OK)
        return st == KX_E_NOMEM ? kxi_nomem(c->d) : st;
    headers[(*count)++].column = column;
    return KX_OK;
}

/* Headers of the table itself must name its columns; those for all tables apply where they fit. */
static kx_status
compile_headers(kxi_comp *c, kxi_table_spec *t, const kxi_node *own, const kxi_node *common)
{
    size_t n = (own ? own->count : 0u) + (common ? common->count : 0u), count = 0;
    kxi_header *headers = kxi_arena_array(c->a, n + 1, sizeof(*headers));
    if (!headers)
        return kxi_nomem(c->d);
    if (own) {
        KXI_TRY(kxi_read_type(c, own, KXI_NODE_OBJECT));
        kxi_node_each (member, own)
            KXI_NEXT(c, add_header(c, t, member, true, headers, &count));
    }
    if (common) {
        KXI_TRY(kxi_read_type(c, common, KXI_NODE_OBJECT));
        kxi_node_each (member, common)
            KXI_NEXT(c, add_header(c, t, member, false, headers, &count));
    }
    t->headers = headers;
    t->header_count = count;
    return KX_OK;
}

static kx_status
finish_table(kxi_comp *c, struct table_draft *t, uint32_t index, kxi_str subjects, const kxi_node *root)
{
    kxi_column_spec *columns = kxi_arena_array(c->a, t->spec.column_count + 1, sizeof(*columns));
    if (!columns)
        return kxi_nomem(c->d);
    for (size_t i = 0; i < t->spec.column_count; i++) {
        KXI_NEXT(c, resolve_type(c, &t->columns[i], subjects));
        columns[i] = t->columns[i].spec;
    }
    kxi_table_spec *spec = kxi_comp_table(c, index);
    *spec = t->spec;
    spec->columns = columns;
    const uint32_t always[] = { spec->key, spec->date, spec->from, spec->to };
    for (size_t i = 0; i < 4; i++)
        if (always[i] != KXI_NONE)
            columns[always[i]].used = true;
    return compile_headers(c, spec, t->node ? kxi_node_get(t->node, "headers") : NULL, kxi_node_get(root, "headers"));
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

static kx_status
folded(kxi_comp *c, kxi_str text, kxi_str *out)
{
    kx_status st = kxi_text_fold(c->a, text, out);
    return st == KX_E_NOMEM ? kxi_nomem(c->d) : st;
}

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
            KXI_TRY(folded(c, kxi_str_of(level_names[i][k]), &aliases[levels[i].alias_count++]));
    }
    c->r->schema.levels = levels;
    c->r->schema.level_count = n;
    return KX_OK;
}

static kx_status
read_level(kxi_comp *c, const kxi_node *node, kxi_level *out)
{
    if (node->parent->type == KXI_NODE_ARRAY) {
        KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
        return kxi_normal(c, node->text, &out->name);
    }
    KXI_TRY(kxi_normal(c, node->key, &out->name));
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_ARRAY));
    kxi_str *aliases = kxi_arena_array(c->a, node->count + 1u, sizeof(*aliases));
    if (!aliases)
        return kxi_nomem(c->d);
    kxi_node_each (alias, node) {
        KXI_TRY(kxi_read_type(c, alias, KXI_NODE_STRING));
        KXI_TRY(folded(c, alias->text, &aliases[out->alias_count++]));
    }
    out->aliases = aliases;
    return KX_OK;
}

/* From the top down: an array of names, or an object of names with lists of how data writes them. */
static kx_status
compile_levels(kxi_comp *c, const kxi_node *node)
{
    if (!node)
        return default_levels(c);
    if (node->type != KXI_NODE_OBJECT)
        KXI_TRY(kxi_read_type(c, node, KXI_NODE_ARRAY));
    kxi_level *levels = kxi_arena_array(c->a, node->count + 1u, sizeof(*levels));
    if (!levels)
        return kxi_nomem(c->d);
    size_t n = 0;
    kxi_node_each (item, node)
        KXI_NEXT(c, read_level(c, item, &levels[n++]));
    c->r->schema.levels = levels;
    c->r->schema.level_count = n;
    return KX_OK;
}

static kx_status
add_title(kxi_comp *c, const kxi_node *node, uint32_t role, uint32_t level, kxi_list *titles)
{
    kxi_title title = { .role = role, .level = level };
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
    KXI_TRY(folded(c, node->text, &title.folded));
    return kxi_list_push(c, titles, &title, NULL);
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
        uint32_t level = KXI_NONE;
        KXI_TRY(kxi_schema_level(&c->r->schema, c->a, list->key, &level));
        if (level == KXI_NONE)
            return KXI_FAIL(c->d, UNKNOWN_DIMENSION, kxi_node_key_place(c->a, list), KXI_A_STR(list->key), KXI_A_CSTR("units"));
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

static kx_status
compile_roles(kxi_comp *c, const kxi_node *node)
{
    if (!node)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_OBJECT));
    kxi_str *roles = kxi_arena_array(c->a, node->count + 1u, sizeof(*roles));
    kxi_list titles = { .size = sizeof(kxi_title) };
    if (!roles)
        return kxi_nomem(c->d);
    uint32_t n = 0;
    kxi_node_each (role, node) {
        KXI_TRY(kxi_normal(c, role->key, &roles[n]));
        KXI_NEXT(c, read_role(c, role, n, &titles));
        n++;
    }
    c->r->schema.roles = roles;
    c->r->schema.role_count = n;
    c->r->schema.titles = titles.items;
    c->r->schema.title_count = titles.count;
    return role_columns(c);
}

kx_status
kxi_compile_tables(kxi_comp *c, const kxi_node *root)
{
    const kxi_node *declared = kxi_node_get(root, "tables"), *subjects = kxi_node_get(root, "subjects");
    const kxi_node *of = subjects ? kxi_node_get(subjects, "of") : NULL;
    kxi_str subject_table = of && of->type == KXI_NODE_STRING ? of->text : KXI_STR("units");
    struct table_draft *drafts = kxi_arena_array(c->a, KNOWN_COUNT + (declared ? declared->count : 0u), sizeof(*drafts));
    size_t count = 0;
    if (!drafts)
        return kxi_nomem(c->d);
    KXI_TRY(draft_tables(c, declared, drafts, &count));
    for (size_t i = 0; i < count; i++) {
        if (drafts[i].node)
            KXI_NEXT(c, declare_table(c, &drafts[i]));
        KXI_TRY(kxi_list_push(c, &c->tables, &drafts[i].spec, NULL));
    }
    if (c->d->failed)
        return KX_E_SCHEME;
    for (size_t i = 0; i < count; i++)
        KXI_NEXT(c, finish_table(c, &drafts[i], (uint32_t)i, subject_table, root));
    if (c->d->failed)
        return KX_E_SCHEME;
    KXI_TRY(compile_units(c));
    KXI_TRY(compile_levels(c, kxi_node_get(root, "levels")));
    return compile_roles(c, kxi_node_get(root, "roles"));
}
