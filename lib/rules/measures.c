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
    for (uint32_t i = 0; i < c->scheme_measures; i++)
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
    const kxi_node *named = kxi_member(node->parent, of);
    if (!named)
        return kxi_table_named(c, at, of, &m->table);
    if (m->measure == KXI_NONE && named->index < node->index && c->failures)
        return KX_E_SCHEME; /* it could not be compiled, which has been reported */
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
        static const char *const span[] = { "from", "to", NULL };
        m->period = KXI_PERIOD_FIXED;
        return kxi_read_span(c, node, "period", span, &m->span);
    }
    static const char *const only[] = { "back", NULL }, *const known[] = { "months", NULL };
    int64_t months = 0;
    KXI_TRY(kxi_read_keys(c, node, "period", only));
    KXI_TRY(kxi_read_keys(c, back, "back", known));
    if (!kxi_node_get(back, "months"))
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, back), KXI_A_CSTR("back"), KXI_A_CSTR("months"));
    KXI_TRY(kxi_read_count(c, kxi_node_get(back, "months"), 1, 1200, &months));
    m->period = KXI_PERIOD_BACK;
    m->back_months = (uint32_t)months;
    return KX_OK;
}

/* As schemes write them; the order in which a measure's keys are looked for. */
static const char *const op_names[] = {
#define X(name, text) text,
    KXI_OPS(X)
#undef X
};

static kx_status
wrong_type(kxi_comp *c, const kxi_node *node, const char *key, const kxi_measure *m, kxi_arg takes, enum kxi_vtype is)
{
    return KXI_FAIL(c->d, FOLD_TYPE, kxi_at(c, node), KXI_A_CSTR(key), KXI_A_STR(m->name), takes, kxi_type_arg(c, is));
}

/* min, max: a number or a date; latest, distinct, one: anything that is one value. */
static kx_status
check_fold_type(kxi_comp *c, const kxi_node *node, const kxi_measure *m)
{
    enum kxi_vtype type = kxi_expr_type(m->value);
    bool ordered = type == KXI_V_NUMBER || type == KXI_V_DATE;
    if (m->op == KXI_OP_MIN || m->op == KXI_OP_MAX)
        return ordered ? KX_OK
                       : wrong_type(c, node, op_names[m->op], m, KXI_A_WORD(c, "a number or a date", "数或日期"), type);
    return ordered || type == KXI_V_TEXT || type == KXI_V_BOOL
               ? KX_OK
               : wrong_type(c, node, op_names[m->op], m, KXI_A_WORD(c, "a single value", "单个值"), type);
}

static kx_status
set_op(kxi_comp *c, const kxi_node *node, enum kxi_op op, kxi_measure *m)
{
    if (m->op != KXI_OP_COUNT_)
        return KXI_FAIL(c->d, TWO_FOLDS, kxi_node_key_place(c->a, node), KXI_A_STR(m->name),
                        KXI_A_CSTR(op_names[m->op]), KXI_A_CSTR(op_names[op]));
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
        KXI_TRY(check_fold_type(c, node, m));
        if (op != KXI_OP_DISTINCT)
            m->type = kxi_expr_type(m->value);
        return KX_OK;
    }
}

/* peak and latest go by the date of each row. */
static kx_status
check_dated(kxi_comp *c, const kxi_node *node, const kxi_measure *m)
{
    if (m->op != KXI_OP_PEAK && m->op != KXI_OP_LATEST)
        return KX_OK;
    if (m->table != KXI_NONE && kxi_comp_table(c, m->table)->kind == KXI_EVENTS)
        return KX_OK;
    kxi_str source = m->table == KXI_NONE ? kxi_comp_measure(c, m->measure)->name : kxi_comp_table(c, m->table)->name;
    return KXI_FAIL(c->d, DATE_NEEDED, kxi_at(c, kxi_node_get(node, op_names[m->op])), KXI_A_CSTR(op_names[m->op]),
                    KXI_A_STR(m->name), KXI_A_STR(source));
}

static kx_status
read_op(kxi_comp *c, const kxi_node *node, kxi_measure *m)
{
    m->op = KXI_OP_COUNT_;
    for (int op = 0; op < KXI_OP_COUNT_; op++) {
        const kxi_node *member = kxi_node_get(node, op_names[op]);
        if (member)
            KXI_TRY(set_op(c, member, (enum kxi_op)op, m));
    }
    if (m->op == KXI_OP_COUNT_) {
        m->op = KXI_OP_COUNT;
        m->type = KXI_V_NUMBER;
    }
    KXI_TRY(check_dated(c, node, m));
    if (m->op != KXI_OP_LATEST)
        return kxi_read_not_here(c, node, "then", "latest");
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
        return kxi_read_not_here(c, node, "via", "the rows of a table");
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
    return found ? KX_OK
                 : KXI_FAIL(c->d, NO_PATH, kxi_at(c, node), KXI_A_STR(kxi_comp_table(c, m->table)->name),
                            KXI_A_CSTR("units"));
}

static kx_status
read_bound(kxi_comp *c, const kxi_node *bound, const kxi_measure *m, const kxi_expr **out)
{
    if (!bound)
        return KX_OK;
    if (m->type != KXI_V_NUMBER)
        return wrong_type(c, bound, bound->key.s, m, kxi_type_arg(c, KXI_V_NUMBER), m->type);
    return kxi_compile_cell(c, bound, KXI_V_NUMBER, out);
}

/* Cells that are expected must be so many as can be told: of values that are known, and of time that has ends. */
static kx_status
read_bounds(kxi_comp *c, const kxi_node *node, kxi_measure *m)
{
    const kxi_node *least = kxi_node_get(node, "at_least"), *most = kxi_node_get(node, "at_most");
    c->current = m;
    kx_status st = read_bound(c, least, m, &m->at_least);
    if (st == KX_OK)
        st = read_bound(c, most, m, &m->at_most);
    c->current = NULL;
    KXI_TRY(st);
    const kxi_measure *rows = m;
    while (rows->measure != KXI_NONE)
        rows = kxi_comp_measure(c, rows->measure);
    for (size_t i = 0; (least || most) && i < m->dim_count; i++) {
        if (least && !KXI_DIM_CLOSED(&m->dims[i]))
            return KXI_FAIL(c->d, OPEN_AT_LEAST, kxi_at(c, least), KXI_A_STR(m->dims[i].name));
        if (m->dims[i].kind == KXI_DIM_BUCKET && rows->period == KXI_PERIOD_ALL)
            return KXI_FAIL(c->d, OPEN_PERIOD, kxi_at(c, least ? least : most), KXI_A_STR(m->name),
                            KXI_A_STR(m->dims[i].name));
    }
    return KX_OK;
}

static kx_status
read_keep(kxi_comp *c, const kxi_node *keep, kxi_measure *m)
{
    if (!keep)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, keep, KXI_NODE_ARRAY));
    if (m->table == KXI_NONE)
        return kxi_read_not_here(c, keep->parent, "keep", "the rows of a table");
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
name_measure(kxi_comp *c, const kxi_node *node)
{
    kxi_place place = kxi_node_key_place(c->a, node);
    if (kxi_reserved(node->key))
        return KXI_FAIL(c->d, RESERVED_NAME, place, KXI_A_STR(node->key));
    return kxi_member(c->define, node->key)
               ? KXI_FAIL(c->d, DUPLICATE_NAME, place, KXI_A_STR(node->key), KXI_A_CSTR("define"))
               : KX_OK;
}

static kx_status
read_texts(kxi_comp *c, const kxi_node *node, kxi_measure *m)
{
    KXI_TRY(kxi_read_text(c, node, "title", false, "", &m->title));
    KXI_TRY(kxi_read_text(c, node, "clause", false, "", &m->clause));
    KXI_TRY(kxi_read_text(c, node, "responsible", false, "", &m->responsible));
    uint32_t units = c->r->schema.units.table, column = kxi_spec_column(kxi_comp_table(c, units), m->responsible);
    if (column != KXI_NONE)
        kxi_use_column(c, units, column); /* of the unit that a gap is at */
    return KX_OK;
}

/* Which rows count. */
static kx_status
read_rows(kxi_comp *c, const kxi_node *node, kxi_measure *m)
{
    static const char *const expects[] = { "whole", "started", "all", NULL };
    const kxi_node *where = kxi_node_get(node, "where");
    int expect = 0;
    if (m->measure != KXI_NONE)
        KXI_TRY(kxi_read_not_here(c, node, "period", "the rows of a table"));
    KXI_TRY(read_period(c, kxi_node_get(node, "period"), m));
    KXI_TRY(kxi_read_choice(c, kxi_node_get(node, "expect"), expects, &expect));
    m->expect = (enum kxi_expect)expect;
    return where ? kxi_compile_row(c, where, KXI_V_BOOL, &m->where) : KX_OK;
}

static kx_status
compile_measure(kxi_comp *c, const kxi_node *node)
{
    static const char *const known[] = { "of",     "where",  "count",       "sum",      "share",   "mean", "min",
                                         "max",    "latest", "then",        "distinct", "peak",    "one",  "per",
                                         "period", "via",    "over",        "at_least", "at_most", "keep", "expect",
                                         "title",  "clause", "responsible", NULL };
    kxi_measure m = { .name = node->key, .node = node };
    KXI_TRY(name_measure(c, node));
    KXI_TRY(kxi_read_keys(c, node, "measure", known));
    KXI_TRY(read_source(c, node, &m));
    size_t failures = c->failures;
    c->table = m.table;
    c->measure = m.measure;
    KXI_NEXT(c, read_texts(c, node, &m));
    KXI_NEXT(c, read_rows(c, node, &m));
    KXI_NEXT(c, read_op(c, node, &m));
    KXI_NEXT(c, kxi_compile_dims(c, kxi_node_get(node, "per"), &m));
    KXI_NEXT(c, read_keep(c, kxi_node_get(node, "keep"), &m));
    if (c->failures != failures)
        return KX_E_SCHEME;
    KXI_TRY(read_paths(c, node, &m));
    KXI_TRY(read_bounds(c, node, &m));
    c->scheme_measures++;
    return kxi_list_push(c, &c->measures, &m, NULL);
}

kx_status
kxi_compile_measures(kxi_comp *c, const kxi_node *root)
{
    const kxi_node *measures = kxi_node_get(root, "measures");
    if (!measures)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, measures, KXI_NODE_OBJECT));
    kxi_node_each (node, measures)
        KXI_NEXT(c, compile_measure(c, node));
    return KX_OK;
}
