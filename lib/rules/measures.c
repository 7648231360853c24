/* Measures: a fold over the rows of a table, or over the cells of another measure. */
#include "rules/compile.h"

kxi_measure *
kxi_comp_measure(kxi_comp *c, uint32_t measure)
{
    return (kxi_measure *)c->measures.items + measure;
}

uint32_t
kxi_find_measure(kxi_comp *c, kxi_str name)
{
    for (uint32_t i = 0; i < c->measures.count; i++)
        if (kxi_str_eq(kxi_comp_measure(c, i)->name, name))
            return i;
    return KXI_NONE;
}

static kx_status
read_source(kxi_comp *c, const kxi_node *node, kxi_measure *m)
{
    kxi_str of;
    KXI_TRY(kxi_read_text(c, node, "of", true, "measure", &of));
    const kxi_node *at = kxi_node_get(node, "of");
    m->table = kxi_comp_find_table(c, of);
    m->measure = KXI_NONE;
    if (m->table != KXI_NONE) {
        kxi_use_table(c, m->table);
        return KX_OK;
    }
    m->measure = kxi_find_measure(c, of);
    const kxi_node *all = node->parent;
    if (m->measure == KXI_NONE && !kxi_node_get(all, of.s))
        return kxi_table_named(c, at, of, &m->table);
    if (m->measure == KXI_NONE || kxi_comp_measure(c, m->measure)->dim_count == 0)
        return KXI_FAIL(c->d, MEASURE_ORDER, kxi_at(c, at), KXI_A_STR(m->name), KXI_A_STR(of));
    return KX_OK;
}

/* {"back": {"months": 24}}, {"from", "to"}, "all", "scheme" */
static kx_status
read_period(kxi_comp *c, const kxi_node *node, kxi_measure *m)
{
    static const char *const names[] = { "scheme", "all", NULL };
    m->period = KXI_PERIOD_SCHEME;
    if (!node)
        return KX_OK;
    if (node->type == KXI_NODE_STRING) {
        int chosen = 0;
        KXI_TRY(kxi_read_choice(c, node, names, &chosen));
        m->period = chosen ? KXI_PERIOD_ALL : KXI_PERIOD_SCHEME;
        return KX_OK;
    }
    const kxi_node *back = kxi_node_get(node, "back");
    if (!back) {
        m->period = KXI_PERIOD_FIXED;
        return kxi_read_span(c, node, &m->span);
    }
    static const char *const known[] = { "months", NULL };
    int64_t months = 0;
    KXI_TRY(kxi_read_keys(c, back, "back", known));
    if (!kxi_node_get(back, "months"))
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, back), KXI_A_CSTR("back"), KXI_A_CSTR("months"));
    KXI_TRY(kxi_read_count(c, kxi_node_get(back, "months"), 1, 1200, &months));
    m->period = KXI_PERIOD_BACK;
    m->back_months = (uint32_t)months;
    return KX_OK;
}

static kx_status
set_op(kxi_comp *c, const kxi_node *node, enum kxi_op op, kxi_measure *m)
{
    static const char *const names[] = {
#define X(name, text) text,
        KXI_OPS(X)
#undef X
    };
    if (m->op != KXI_OP_COUNT_)
        return KXI_FAIL(c->d, TWO_FOLDS, kxi_node_key_place(c->a, node), KXI_A_STR(m->name), KXI_A_CSTR(names[m->op]),
                        KXI_A_CSTR(names[op]));
    m->op = op;
    m->type = KXI_V_NUMBER;
    switch (op) {
    case KXI_OP_COUNT:
        return kxi_read_type(c, node, KXI_NODE_BOOL);
    case KXI_OP_PEAK: {
        int64_t days = 0;
        KXI_TRY(kxi_read_count(c, node, 1, 36600, &days));
        m->days = (uint32_t)days;
        return KX_OK;
    }
    case KXI_OP_SHARE:
        return kxi_compile_row(c, node, KXI_V_BOOL, &m->value);
    case KXI_OP_SUM:
    case KXI_OP_MEAN:
        return kxi_compile_row(c, node, KXI_V_NUMBER, &m->value);
    default:
        KXI_TRY(kxi_compile_row(c, node, KXI_V_NULL, &m->value));
        if (op != KXI_OP_DISTINCT)
            m->type = kxi_expr_type(m->value);
        return KX_OK;
    }
}

static kx_status
read_op(kxi_comp *c, const kxi_node *node, kxi_measure *m)
{
    static const struct {
        const char *key;
        enum kxi_op op;
    } ops[] = { { "count", KXI_OP_COUNT }, { "sum", KXI_OP_SUM }, { "share", KXI_OP_SHARE }, { "mean", KXI_OP_MEAN },
                { "min", KXI_OP_MIN }, { "max", KXI_OP_MAX }, { "latest", KXI_OP_LATEST }, { "distinct", KXI_OP_DISTINCT },
                { "peak", KXI_OP_PEAK }, { "one", KXI_OP_ONE } };
    m->op = KXI_OP_COUNT_;
    for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
        const kxi_node *member = kxi_node_get(node, ops[i].key);
        if (member)
            KXI_TRY(set_op(c, member, ops[i].op, m));
    }
    if (m->op == KXI_OP_COUNT_) {
        m->op = KXI_OP_COUNT;
        m->type = KXI_V_NUMBER;
    }
    if ((m->op == KXI_OP_PEAK || m->op == KXI_OP_LATEST) &&
        (m->table == KXI_NONE || kxi_comp_table(c, m->table)->kind != KXI_EVENTS))
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, node), KXI_A_CSTR(m->op == KXI_OP_PEAK ? "peak" : "latest"),
                        KXI_A_CSTR("date"));
    const kxi_node *then = kxi_node_get(node, "then");
    return then ? kxi_compile_row(c, then, KXI_V_NUMBER, &m->then) : KX_OK;
}

/* How rows lead to the subject, and to units when a dimension is a level. */
static kx_status
read_paths(kxi_comp *c, const kxi_node *node, kxi_measure *m)
{
    const kxi_node *over = kxi_node_get(node, "over"), *via = kxi_node_get(node, "via");
    static const char *const overs[] = { "subject", "all", NULL };
    int chosen = 0;
    bool found;
    KXI_TRY(kxi_read_choice(c, over, overs, &chosen));
    m->over_all = chosen == 1;
    m->subject = m->unit = (kxi_path){ KXI_NONE, KXI_NONE, NULL, 0 };
    if (m->measure != KXI_NONE) {
        m->over_all |= kxi_comp_measure(c, m->measure)->over_all;
        return KX_OK;
    }
    uint32_t units = c->r->schema.units.table;
    if (!m->over_all) {
        KXI_TRY(kxi_path_find(c, m->table, c->r->subjects, via, node, &m->subject, &found));
        if (!found)
            return KXI_FAIL(c->d, NO_PATH, kxi_at(c, node), KXI_A_STR(kxi_comp_table(c, m->table)->name),
                            KXI_A_STR(kxi_comp_table(c, c->r->subjects)->name));
        kxi_use_table(c, c->r->subjects);
    }
    bool levels = false;
    for (size_t i = 0; i < m->dim_count; i++)
        levels |= m->dims[i].kind == KXI_DIM_LEVEL;
    if (!levels)
        return KX_OK;
    kxi_use_table(c, units);
    if (m->subject.target == units) {
        m->unit = m->subject;
        return KX_OK;
    }
    KXI_TRY(kxi_path_find(c, m->table, units, m->over_all ? via : NULL, node, &m->unit, &found));
    return found ? KX_OK : KXI_FAIL(c->d, NO_PATH, kxi_at(c, node), KXI_A_STR(kxi_comp_table(c, m->table)->name),
                                    KXI_A_CSTR("units"));
}

static kx_status
read_bounds(kxi_comp *c, const kxi_node *node, kxi_measure *m)
{
    const kxi_node *least = kxi_node_get(node, "at_least"), *most = kxi_node_get(node, "at_most");
    c->current = m;
    if (least)
        KXI_TRY(kxi_compile_cell(c, least, KXI_V_NUMBER, &m->at_least));
    if (most)
        KXI_TRY(kxi_compile_cell(c, most, KXI_V_NUMBER, &m->at_most));
    for (size_t i = 0; least && i < m->dim_count; i++)
        if (!KXI_DIM_CLOSED(&m->dims[i]))
            return KXI_FAIL(c->d, OPEN_AT_LEAST, kxi_at(c, least), KXI_A_STR(m->dims[i].name));
    return KX_OK;
}

static kx_status
read_keep(kxi_comp *c, const kxi_node *keep, kxi_measure *m)
{
    if (!keep)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, keep, KXI_NODE_ARRAY));
    if (m->table == KXI_NONE)
        return KXI_FAIL(c->d, UNKNOWN_KEY, kxi_at(c, keep), KXI_A_CSTR("keep"), KXI_A_STR(m->name), KXI_A_CSTR("of, per, sum"));
    uint32_t *columns = kxi_arena_array(c->a, keep->count + 1u, sizeof(*columns));
    if (!columns)
        return kxi_nomem(c->d);
    kxi_node_each (item, keep) {
        KXI_TRY(kxi_read_type(c, item, KXI_NODE_STRING));
        KXI_TRY(kxi_column_named(c, item, m->table, item->text, &columns[m->keep_count]));
        kxi_use_column(c, m->table, columns[m->keep_count++]);
    }
    m->keep = columns;
    return KX_OK;
}

static kx_status
compile_measure(kxi_comp *c, const kxi_node *node)
{
    static const char *const known[] = { "of", "where", "count", "sum", "share", "mean", "min", "max", "latest", "then",
                                         "distinct", "peak", "one", "per", "period", "via", "over", "at_least", "at_most",
                                         "keep", "expect", "title", "clause", "responsible", NULL };
    static const char *const expects[] = { "whole", "started", "all", NULL };
    kxi_measure m = { .name = kxi_str_copy(c->a, node->key), .node = node };
    int expect = 0;
    if (!m.name.s)
        return kxi_nomem(c->d);
    if (kxi_find_measure(c, m.name) != KXI_NONE || (c->define && kxi_node_get(c->define, m.name.s)))
        return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_node_key_place(c->a, node), KXI_A_STR(m.name), KXI_A_CSTR("define"));
    KXI_TRY(kxi_read_keys(c, node, "measure", known));
    KXI_TRY(read_source(c, node, &m));
    c->table = m.table;
    c->measure = m.measure;
    KXI_TRY(kxi_read_text(c, node, "title", false, "", &m.title));
    KXI_TRY(kxi_read_text(c, node, "clause", false, "", &m.clause));
    KXI_TRY(kxi_read_text(c, node, "responsible", false, "", &m.responsible));
    KXI_TRY(read_period(c, kxi_node_get(node, "period"), &m));
    KXI_TRY(kxi_read_choice(c, kxi_node_get(node, "expect"), expects, &expect));
    m.expect = (enum kxi_expect)expect;
    const kxi_node *where = kxi_node_get(node, "where");
    if (where)
        KXI_TRY(kxi_compile_row(c, where, KXI_V_BOOL, &m.where));
    KXI_TRY(read_op(c, node, &m));
    KXI_TRY(kxi_compile_dims(c, kxi_node_get(node, "per"), &m));
    KXI_TRY(read_paths(c, node, &m));
    KXI_TRY(read_keep(c, kxi_node_get(node, "keep"), &m));
    KXI_TRY(read_bounds(c, node, &m));
    return kxi_list_push(c, &c->measures, &m, NULL);
}

kx_status
kxi_compile_measures(kxi_comp *c, const kxi_node *root)
{
    const kxi_node *measures = kxi_node_get(root, "measures");
    size_t extra = 4096; /* the folds that marks need */
    c->measure_used = kxi_arena_zero(c->a, (measures ? measures->count : 0) + extra);
    if (!c->measure_used)
        return kxi_nomem(c->d);
    if (!measures)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, measures, KXI_NODE_OBJECT));
    kxi_node_each (node, measures)
        KXI_NEXT(c, compile_measure(c, node));
    return KX_OK;
}
