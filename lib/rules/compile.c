/* The top level of a scheme, and the order in which its parts are compiled. */
#include "rules/compile.h"

static const char *const scheme_keys[] = { "$schema", "kexie",  "id",      "title",    "source",  "period",
                                           "as_of",   "tree",   "levels",  "tables",   "headers", "subjects",
                                           "roles",   "define", "windows", "measures", "tracks",  "score",
                                           "round",   "rank",   "gates",   "grades",   "show",    NULL };

static kx_status
read_version(kxi_comp *c, const kxi_node *root)
{
    const kxi_node *version = kxi_node_get(root, "kexie");
    if (!version)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, root), KXI_A_CSTR("scheme"), KXI_A_CSTR("kexie"));
    KXI_TRY(kxi_read_type(c, version, KXI_NODE_NUMBER));
    if (!kxi_str_is(version->text, "1"))
        return KXI_FAIL(c->d, SCHEME_VERSION, kxi_at(c, version), KXI_A_STR(version->text));
    return KX_OK;
}

static kx_status
read_period(kxi_comp *c, const kxi_node *root)
{
    static const char *const known[] = { "from", "to", NULL };
    const kxi_node *period = kxi_node_get(root, "period");
    if (!period)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, root), KXI_A_CSTR("scheme"), KXI_A_CSTR("period"));
    return kxi_read_span(c, period, "period", known, &c->r->period);
}

/* Definitions are compiled where they are used; that each is something to compile shows here. */
static kx_status
read_define(kxi_comp *c, const kxi_node *define)
{
    const kxi_map *ignored;
    KXI_TRY(kxi_read_type(c, define, KXI_NODE_OBJECT));
    kxi_node_each (def, define) {
        if (kxi_reserved(def->key))
            KXI_NEXT(c, KXI_FAIL(c->d, RESERVED_NAME, kxi_node_key_place(c->a, def), KXI_A_STR(def->key)));
        if (def->type == KXI_NODE_OBJECT)
            KXI_NEXT(c, kxi_read_map(c, def, &ignored));
        else if (def->type == KXI_NODE_NULL || def->type == KXI_NODE_ARRAY)
            KXI_NEXT(c, kxi_read_type(c, def, KXI_NODE_STRING));
    }
    c->define = define;
    return KX_OK;
}

static kx_status
read_head(kxi_comp *c, const kxi_node *root)
{
    static const char *const trees[] = { "as_of", "row", NULL };
    const kxi_node *as_of = kxi_node_get(root, "as_of"), *define = kxi_node_get(root, "define");
    int tree = 0;
    KXI_NEXT(c, kxi_read_keys(c, root, "scheme", scheme_keys));
    KXI_TRY(read_version(c, root));
    KXI_NEXT(c, kxi_read_text(c, root, "id", true, "scheme", &c->r->id));
    KXI_NEXT(c, kxi_read_text(c, root, "title", false, "", &c->r->title));
    KXI_NEXT(c, kxi_read_text(c, root, "source", false, "", &c->r->source));
    KXI_NEXT(c, read_period(c, root));
    c->r->as_of = KX_DATE_NONE;
    if (as_of)
        KXI_NEXT(c, kxi_read_day(c, as_of, &c->r->as_of));
    KXI_NEXT(c, kxi_read_choice(c, kxi_node_get(root, "tree"), trees, &tree));
    c->r->tree_by_row = tree == 1;
    c->windows = kxi_node_get(root, "windows");
    if (c->windows)
        KXI_TRY(kxi_read_type(c, c->windows, KXI_NODE_OBJECT));
    return define ? read_define(c, define) : KX_OK;
}

static kx_status
cohort_key(kxi_comp *c, const kxi_node *node, kxi_cohort_key *key)
{
    const kxi_table_spec *t = kxi_comp_table(c, c->r->subjects);
    *key = (kxi_cohort_key){ KXI_NONE, KXI_NONE };
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
    for (uint32_t i = 0; c->r->subjects == c->r->schema.units.table && i < c->r->schema.level_count; i++)
        if (kxi_str_eq(c->r->schema.levels[i].name, node->text))
            key->level = i;
    bool column = kxi_spec_column(t, node->text) != KXI_NONE;
    if (key->level != KXI_NONE)
        return column ? KXI_FAIL(c->d, AMBIGUOUS_DIMENSION, kxi_at(c, node), KXI_A_STR(node->text),
                                 KXI_A_WORD(c, "a level", "层级"), KXI_A_WORD(c, "a column", "列"))
                      : KX_OK;
    KXI_TRY(kxi_column_named(c, node, c->r->subjects, node->text, &key->column));
    if (t->columns[key->column].list)
        return KXI_FAIL(c->d, LIST_COLUMN, kxi_at(c, node), KXI_A_STR(node->text), KXI_A_STR(t->name));
    kxi_use_column(c, c->r->subjects, key->column);
    return KX_OK;
}

static kx_status
compile_cohort(kxi_comp *c, const kxi_node *cohort)
{
    if (!cohort)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, cohort, KXI_NODE_ARRAY));
    KXI_TRY(kxi_read_not_empty(c, cohort));
    kxi_cohort_key *keys = kxi_arena_array(c->a, cohort->count + 1u, sizeof(*keys));
    if (!keys)
        return kxi_nomem(c->d);
    kxi_node_each (node, cohort)
        KXI_TRY(cohort_key(c, node, &keys[c->r->cohort_count++]));
    c->r->cohort = keys;
    return KX_OK;
}

static kx_status
compile_subjects(kxi_comp *c, const kxi_node *root)
{
    static const char *const known[] = { "of", "where", "cohort", "name", NULL };
    const kxi_node *subjects = kxi_node_get(root, "subjects");
    kxi_str of, name;
    if (!subjects)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, root), KXI_A_CSTR("scheme"), KXI_A_CSTR("subjects"));
    KXI_TRY(kxi_read_keys(c, subjects, "subjects", known));
    KXI_TRY(kxi_read_text(c, subjects, "of", true, "subjects", &of));
    KXI_TRY(kxi_table_named(c, kxi_node_get(subjects, "of"), of, &c->r->subjects));
    if (kxi_comp_table(c, c->r->subjects)->key == KXI_NONE)
        return KXI_FAIL(c->d, SUBJECT_TABLE, kxi_at(c, kxi_node_get(subjects, "of")), KXI_A_STR(of));
    kxi_use_column(c, c->r->subjects, kxi_comp_table(c, c->r->subjects)->key);
    KXI_TRY(kxi_read_text(c, subjects, "name", false, "", &name));
    c->r->name_column = kxi_spec_column(kxi_comp_table(c, c->r->subjects), name.n ? name : KXI_STR("name"));
    if (name.n && c->r->name_column == KXI_NONE)
        KXI_TRY(kxi_column_named(c, kxi_node_get(subjects, "name"), c->r->subjects, name, &c->r->name_column));
    if (c->r->name_column != KXI_NONE)
        kxi_use_column(c, c->r->subjects, c->r->name_column);
    KXI_TRY(compile_cohort(c, kxi_node_get(subjects, "cohort")));
    const kxi_node *where = kxi_node_get(subjects, "where");
    c->table = c->r->subjects;
    c->measure = KXI_NONE;
    return where ? kxi_compile_row(c, where, KXI_V_BOOL, &c->r->subject_where) : KX_OK;
}

static kx_status
read_show(kxi_comp *c, const kxi_node *root)
{
    const kxi_node *show = kxi_node_get(root, "show");
    int64_t places = 2;
    if (show)
        KXI_TRY(kxi_read_count(c, show, 0, 12, &places));
    c->r->show = (int)places;
    for (uint32_t i = 0; !show && i < c->nodes.count; i++) {
        const kxi_rule_node *n = kxi_comp_node(c, i);
        if (n->scored && n->rounds && !n->round.interval) {
            c->r->show = n->round.places;
            break;
        }
    }
    return KX_OK;
}

static void
freeze(kxi_comp *c)
{
    kxi_rules *r = c->r;
    /* A column that the data may lack only when no rule reads it. */
    for (uint32_t i = 0; i < c->tables.count; i++) {
        const kxi_table_spec *t = kxi_comp_table(c, i);
        for (size_t k = 0; k < t->column_count; k++) {
            kxi_column_spec *spec = (kxi_column_spec *)(uintptr_t)&t->columns[k];
            spec->required = spec->required && spec->used;
        }
    }
    r->schema.tables = c->tables.items;
    r->schema.table_count = c->tables.count;
    r->row_slots = c->row_slots.items;
    r->row_slot_count = c->row_slots.count;
    r->cell_slots = c->cell_slots.items;
    r->cell_slot_count = c->cell_slots.count;
    r->measures = c->measures.items;
    r->measure_count = c->measures.count;
    r->folds = c->folds.items;
    r->fold_count = c->folds.count;
    r->slots = c->slots.items;
    r->slot_count = c->slots.count;
    r->nodes = c->nodes.items;
    r->node_count = c->nodes.count;
}

static kx_status
compile_all(kxi_comp *c, const kxi_node *root)
{
    KXI_TRY(kxi_read_type(c, root, KXI_NODE_OBJECT));
    KXI_TRY(read_head(c, root));
    KXI_TRY(kxi_compile_tables(c, root));
    KXI_TRY(compile_subjects(c, root));
    KXI_NEXT(c, kxi_compile_measures(c, root));
    KXI_NEXT(c, kxi_compile_nodes(c, root));
    KXI_NEXT(c, kxi_compile_decisions(c, root));
    KXI_NEXT(c, kxi_check_named_values(c));
    if (c->d->failed)
        return KX_E_SCHEME;
    KXI_TRY(kxi_compile_order(c));
    KXI_TRY(read_show(c, root));
    return kxi_check_whole(c);
}

kx_status
kxi_rules_compile(kx_context *ctx, kxi_doc *doc, kxi_diag *d, kxi_rules **out)
{
    kxi_rules *r = kxi_alloc_zero(&ctx->mem, sizeof(*r));
    *out = NULL;
    if (!r) {
        kxi_doc_free(doc);
        return kxi_nomem(d);
    }
    kxi_arena_init(&r->arena, &ctx->mem);
    r->ctx = ctx;
    r->doc = doc;
    kxi_comp c = { .r = r,
                   .a = &r->arena,
                   .d = d,
                   .ctx = ctx,
                   .node = KXI_NONE,
                   .table = KXI_NONE,
                   .measure = KXI_NONE,
                   .tables.size = sizeof(kxi_table_spec),
                   .row_slots.size = sizeof(kxi_row_slot),
                   .cell_slots.size = sizeof(kxi_cell_slot),
                   .folds.size = sizeof(kxi_fold),
                   .measures.size = sizeof(kxi_measure),
                   .slots.size = sizeof(kxi_slot),
                   .nodes.size = sizeof(kxi_rule_node),
                   .cohort_calls.size = sizeof(kxi_cohort_call) };
    kx_status st = compile_all(&c, doc->root);
    if (st == KX_OK && d->failed)
        st = KX_E_SCHEME;
    if (st != KX_OK) {
        kxi_rules_free(r);
        return st;
    }
    freeze(&c);
    *out = r;
    return KX_OK;
}

void
kxi_rules_free(kxi_rules *rules)
{
    if (!rules)
        return;
    kx_context *ctx = rules->ctx;
    kxi_doc_free(rules->doc);
    kxi_arena_free(&rules->arena);
    kxi_free(&ctx->mem, rules, sizeof(*rules));
}
