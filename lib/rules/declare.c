/* Tables the scheme knows: the ones that are always there, widened by what it declares. */
#include "rules/declare.h"

/* Known tables. A column is "name:type", ? when the data may lack it even if a rule reads it. */
struct known_table {
    const char *name;
    enum kxi_table_kind kind;
    const char *key, *date, *from, *to;
    const char *columns[14];
};
static const struct known_table known_tables[KXI_KNOWN_TABLES] = {
    { "units",
      KXI_REFERENCE,
      "code",
      NULL,
      "from",
      "to",
      { "code:text", "name:text?", "level:text", "parent:units?", "from:date?", "to:date?", "into:units?", NULL } },
    { "people",
      KXI_REFERENCE,
      "id",
      NULL,
      NULL,
      NULL,
      { "id:text", "name:text?", "unit:units", "born:date", "title:text", NULL } },
    { "tasks",
      KXI_REFERENCE,
      "id",
      NULL,
      NULL,
      NULL,
      { "id:text", "list:text", "category:text", "title:text?", "lead:units[]", "support:units[]", "due:date", NULL } },
    { "posts",
      KXI_STATES,
      NULL,
      NULL,
      "from",
      "to",
      { "person:text", "unit:units", "title:text?", "role:text?", "position:text", "basis:text", "method:text",
        "filed:bool", "from:date?", "to:date?", NULL } },
    { "marks",
      KXI_PLAIN,
      NULL,
      NULL,
      NULL,
      NULL,
      { "subject:SUBJECTS", "indicator:text", "track:text?", "value:number?", "label:text?", "reason:text?", NULL } },
};

static void
split_type(kxi_str type, kxi_declared *out)
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
resolve_type(kxi_comp *c, kxi_declared *col, kxi_str subjects)
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
    bool of_marks = !col->node && kxi_str_is(col->type, "SUBJECTS");
    kxi_str name = of_marks ? subjects : col->type;
    uint32_t target = kxi_comp_find_table(c, name);
    bool keyed = target != KXI_NONE && kxi_comp_table(c, target)->key != KXI_NONE;
    if (!keyed && col->node)
        return KXI_FAIL(c->d, SPEC_TYPE, kxi_at(c, col->node), KXI_A_STR(name));
    col->spec.type = KX_TEXT;
    col->spec.target =
        keyed ? target : KXI_NONE; /* what is wrong with a known column's target is told where it stands */
    return KX_OK;
}

static uint32_t
draft_column(const kxi_draft *t, kxi_str name)
{
    for (size_t i = 0; i < t->spec.column_count; i++)
        if (kxi_str_eq(t->columns[i].spec.name, name))
            return (uint32_t)i;
    return KXI_NONE;
}

static uint32_t
draft_cname(const kxi_draft *t, const char *name)
{
    return name ? draft_column(t, kxi_str_of(name)) : KXI_NONE;
}

static kx_status
draft_known(kxi_comp *c, const struct known_table *k, size_t extra, kxi_draft *t)
{
    t->known = true;
    t->columns = kxi_arena_array(c->a, 16 + extra, sizeof(*t->columns));
    if (!t->columns)
        return kxi_nomem(c->d);
    for (const char *const *p = k->columns; *p; p++) {
        const char *colon = strchr(*p, ':');
        kxi_declared *col = &t->columns[t->spec.column_count++];
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
declare_columns(kxi_comp *c, kxi_draft *t, const kxi_node *columns)
{
    KXI_TRY(kxi_read_type(c, columns, KXI_NODE_OBJECT));
    kxi_node_each (member, columns) {
        KXI_TRY(kxi_read_type(c, member, KXI_NODE_STRING));
        uint32_t at = draft_column(t, member->key);
        kxi_declared *col = &t->columns[at == KXI_NONE ? t->spec.column_count++ : at];
        *col = (kxi_declared){ .node = member };
        col->spec.name = kxi_str_copy(c->a, member->key);
        if (!col->spec.name.s)
            return kxi_nomem(c->d);
        split_type(member->text, col);
    }
    return KX_OK;
}

static kx_status
named_in(kxi_comp *c, kxi_draft *t, const kxi_node *name, uint32_t *out)
{
    KXI_TRY(kxi_read_type(c, name, KXI_NODE_STRING));
    *out = draft_column(t, name->text);
    if (*out != KXI_NONE)
        return KX_OK;
    const char **names = kxi_arena_array(c->a, t->spec.column_count + 1, sizeof(*names));
    kxi_str all;
    if (!names)
        return kxi_nomem(c->d);
    for (size_t i = 0; i < t->spec.column_count; i++)
        names[i] = t->columns[i].spec.name.s;
    KXI_TRY(kxi_join(c, names, &all));
    return KXI_FAIL(c->d, UNKNOWN_COLUMN, kxi_at(c, name), KXI_A_STR(t->spec.name), KXI_A_STR(name->text),
                    KXI_A_STR(all));
}

/* "key": ..., "date": ... (null: every row counts), "valid": [from, to]: one of them, which makes the table's kind. */
static kx_status
declare_kind(kxi_comp *c, kxi_draft *t)
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

/* The table of units is read by the library itself. */
static kx_status
keeps_kind(kxi_comp *c, const kxi_draft *t)
{
    static const char *const keys[] = { "key", "date", "valid" };
    for (size_t i = 0; kxi_str_is(t->spec.name, "units") && i < 3; i++)
        if (kxi_node_get(t->node, keys[i]))
            return KXI_FAIL(c->d, KNOWN_KIND, kxi_node_key_place(c->a, kxi_node_get(t->node, keys[i])),
                            KXI_A_STR(t->spec.name));
    return KX_OK;
}

kx_status
kxi_draft_declare(kxi_comp *c, kxi_draft *t)
{
    static const char *const known[] = { "columns", "key", "date", "valid", "headers", NULL };
    KXI_TRY(keeps_kind(c, t));
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

kx_status
kxi_draft_tables(kxi_comp *c, const kxi_node *declared, kxi_draft *drafts, size_t *count)
{
    for (size_t i = 0; i < KXI_KNOWN_TABLES; i++) {
        kxi_draft *t = &drafts[(*count)++];
        t->spec.name = kxi_str_of(known_tables[i].name);
        t->node = declared ? kxi_node_get(declared, known_tables[i].name) : NULL;
        KXI_TRY(draft_known(c, &known_tables[i], count_columns(t->node), t));
    }
    if (!declared)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, declared, KXI_NODE_OBJECT));
    kxi_node_each (member, declared) {
        bool known = false;
        for (size_t i = 0; i < KXI_KNOWN_TABLES; i++)
            known |= kxi_str_is(member->key, known_tables[i].name);
        if (known)
            continue;
        kxi_draft *t = &drafts[(*count)++];
        t->spec.name = kxi_str_copy(c->a, member->key);
        t->spec.key = t->spec.date = t->spec.from = t->spec.to = KXI_NONE;
        t->node = member;
        t->columns = kxi_arena_array(c->a, count_columns(member) + 1, sizeof(*t->columns));
        if (!t->columns || !t->spec.name.s)
            return kxi_nomem(c->d);
    }
    return KX_OK;
}

/* A known column that is declared again keeps its type; it may be a list where the library does not read it itself. */
static kx_status
check_known(kxi_comp *c, const kxi_draft *t, const kxi_declared *col, kxi_str subjects)
{
    for (size_t k = 0; t->known && k < KXI_KNOWN_TABLES; k++)
        for (const char *const *p = known_tables[k].columns; kxi_str_is(t->spec.name, known_tables[k].name) && *p;
             p++) {
            size_t n = (size_t)(strchr(*p, ':') - *p);
            kxi_declared was = { .node = NULL };
            if (!kxi_str_eq(col->spec.name, (kxi_str){ *p, n }))
                continue;
            split_type(kxi_str_of(*p + n + 1), &was);
            KXI_TRY(resolve_type(c, &was, subjects));
            bool single = was.spec.target == KXI_NONE || kxi_str_is(t->spec.name, "units");
            if (was.spec.type == col->spec.type && was.spec.target == col->spec.target &&
                (was.spec.list == col->spec.list || !single))
                return KX_OK;
            kxi_str is, said;
            KXI_TRY(kxi_column_text_type(c, &was.spec, &is));
            KXI_TRY(kxi_column_text_type(c, &col->spec, &said));
            return KXI_FAIL(c->d, KNOWN_COLUMN, kxi_at(c, col->node), KXI_A_STR(col->spec.name),
                            KXI_A_STR(t->spec.name), KXI_A_STR(is), KXI_A_STR(said));
        }
    return KX_OK;
}

/* Keys are text, dates are dates, and neither is a list. */
static kx_status
check_role(kxi_comp *c, const kxi_draft *t, uint32_t column, const char *role, int32_t type)
{
    if (column == KXI_NONE)
        return KX_OK;
    const kxi_declared *col = &t->columns[column];
    kxi_column_spec wants = { .type = type, .target = KXI_NONE };
    kxi_str is, want;
    if (col->spec.type == type && !col->spec.list)
        return KX_OK;
    KXI_TRY(kxi_column_text_type(c, &col->spec, &is));
    KXI_TRY(kxi_column_text_type(c, &wants, &want));
    const kxi_node *node = kxi_node_get(t->node, role);
    return KXI_FAIL(c->d, COLUMN_ROLE, kxi_at(c, node ? node : t->node), KXI_A_STR(col->spec.name),
                    KXI_A_STR(t->spec.name), KXI_A_STR(is), KXI_A_CSTR(role), KXI_A_STR(want));
}

static kx_status
check_roles(kxi_comp *c, const kxi_draft *t)
{
    if (!t->node)
        return KX_OK;
    KXI_NEXT(c, check_role(c, t, t->spec.key, "key", KX_TEXT));
    KXI_NEXT(c, check_role(c, t, t->spec.date, "date", KX_DATE));
    KXI_NEXT(c, check_role(c, t, t->spec.from, "valid", KX_DATE));
    return check_role(c, t, t->spec.to, "valid", KX_DATE);
}

kx_status
kxi_draft_resolve(kxi_comp *c, kxi_draft *t, kxi_str subjects)
{
    size_t failures = c->failures;
    for (size_t i = 0; i < t->spec.column_count; i++) {
        KXI_NEXT(c, resolve_type(c, &t->columns[i], subjects));
        if (t->columns[i].node && c->failures == failures)
            KXI_NEXT(c, check_known(c, t, &t->columns[i], subjects));
    }
    return c->failures == failures ? check_roles(c, t) : KX_E_SCHEME;
}
