/* Names at subject grain: measures, points of other nodes, the subject's columns, quotas and the cohort. */
#include "rules/compile.h"

static kx_status
bind(kxi_comp *c, kxi_slot slot, bool nullable, kxi_binding *out)
{
    *out = (kxi_binding){ .kind = KXI_BIND_SLOT, .type = slot.type, .domain = KXI_DOMAIN_ROWS, .nullable = nullable };
    return kxi_slot_of(c, &slot, &out->slot);
}

static kxi_slot
slot_of(enum kxi_slot_kind kind, enum kxi_vtype type)
{
    return (kxi_slot){ .kind = kind, .type = type, .column = KXI_NONE, .fold = KXI_NONE, .node = KXI_NONE };
}

static kxi_slot
node_slot(enum kxi_slot_kind kind, enum kxi_vtype type, uint32_t node)
{
    kxi_slot slot = slot_of(kind, type);
    slot.node = node;
    return slot;
}

/* Whether a fold has a value over no rows. */
static bool
always_known(const kxi_measure *m)
{
    return m->op == KXI_OP_COUNT || m->op == KXI_OP_SUM || m->op == KXI_OP_DISTINCT || m->op == KXI_OP_PEAK;
}

static kx_status
bind_measure(kxi_comp *c, uint32_t measure, uint32_t shift, kxi_binding *out)
{
    const kxi_measure *m = kxi_comp_measure(c, measure);
    uint32_t fold;
    KXI_TRY(kxi_fold_of(c, measure, false, shift, &fold));
    kxi_slot slot = slot_of(KXI_SLOT_FOLD, m->type);
    slot.fold = fold;
    return bind(c, slot, !always_known(m), out);
}

static kx_status
bind_subject(kxi_comp *c, kxi_str name, kxi_place place, kxi_binding *out)
{
    const kxi_table_spec *t = kxi_comp_table(c, c->r->subjects);
    if (kxi_str_is(name, "key"))
        return bind(c, slot_of(KXI_SLOT_KEY, KXI_V_TEXT), false, out);
    uint32_t column = kxi_spec_column(t, name);
    if (column == KXI_NONE)
        return KXI_FAIL(c->d, UNKNOWN_COLUMN, place, KXI_A_STR(t->name), KXI_A_STR(name),
                        KXI_A_STR(kxi_column_list(c, c->r->subjects)));
    if (t->columns[column].list)
        return KXI_FAIL(c->d, LIST_COLUMN, place, KXI_A_STR(name), KXI_A_STR(t->name));
    kxi_use_column(c, c->r->subjects, column);
    if (c->r->subjects == c->r->schema.units.table && column == c->r->schema.units.level)
        return bind(c, slot_of(KXI_SLOT_LEVEL, KXI_V_TEXT), false, out);
    kxi_slot slot = slot_of(KXI_SLOT_COLUMN, kxi_column_vtype(&t->columns[column]));
    slot.column = column;
    return bind(c, slot, true, out);
}

/* `value`, `mark`, `label`, `full`: of the node at hand, as far as they are known when the expression is computed. */
enum own { OWN_FULL, OWN_VALUE, OWN_MARK, OWN_LABEL, OWN_COUNT };
static const struct {
    const char *name, *en, *zh;
} own_names[OWN_COUNT] = {
    { "full", "the full points of an indicator or block, known to all it says but \"points\" and \"for\"",
      "指标或大类的满分，在 \"points\" 和 \"for\" 中还不知道" },
    { "value", "the value of an indicator, known to its curve and what comes after", "指标的取值，从曲线起才知道" },
    { "mark", "the number entered for an indicator without value and checks, known to its curve and what comes after",
      "没有 value 和 checks 的指标所录入的分数，从曲线起才知道" },
    { "label", "the label entered for an indicator with a map or a range, known to its curve and what comes after",
      "带 map 或 range 的指标所录入的标签，从曲线起才知道" },
};

static bool
knows_own(kxi_comp *c, enum own which)
{
    if (which == OWN_FULL || !c->knows_value)
        return which == OWN_FULL && c->knows_full;
    const kxi_rule_node *n = kxi_comp_node(c, c->node);
    return which == OWN_VALUE || (n->mark && (which == OWN_MARK || kxi_value_type(c, c->node) == KXI_V_TEXT));
}

static kx_status
bind_own(kxi_comp *c, kxi_str name, kxi_place place, kxi_binding *out)
{
    static const enum kxi_slot_kind kinds[OWN_COUNT] = { KXI_SLOT_FULL, KXI_SLOT_VALUE, KXI_SLOT_MARK, KXI_SLOT_LABEL };
    int which = 0;
    while (which < OWN_COUNT && !kxi_str_is(name, own_names[which].name))
        which++;
    if (which == OWN_COUNT)
        return KX_E_NOTFOUND;
    if (!knows_own(c, (enum own)which))
        return KXI_FAIL(c->d, OWN_NAME, place, KXI_A_STR(name),
                        KXI_A_WORD(c, own_names[which].en, own_names[which].zh));
    enum kxi_vtype type = which == OWN_VALUE   ? kxi_value_type(c, c->node)
                          : which == OWN_LABEL ? KXI_V_TEXT
                                               : KXI_V_NUMBER;
    return bind(c, node_slot(kinds[which], type, c->node), which != OWN_FULL, out);
}

static kx_status
bind_fixed(kxi_comp *c, kxi_str name, kxi_place place, kxi_binding *out)
{
    if (kxi_str_is(name, "total"))
        return bind(c, slot_of(KXI_SLOT_TOTAL, KXI_V_NUMBER), true, out);
    if (!kxi_str_is(name, "rank"))
        return bind_own(c, name, place, out);
    if (!kxi_node_get(c->r->doc->root, "rank"))
        return KXI_FAIL(c->d, RANK_NOT_SAID, place, KXI_A_CSTR("rank"));
    return bind(c, slot_of(KXI_SLOT_RANK, KXI_V_NUMBER), true, out);
}

/* A measure of the scheme that could not be compiled: that has been reported, so naming it is no error of its own. */
static bool
failed_measure(kxi_comp *c, kxi_str name)
{
    return c->failures && kxi_member(kxi_node_get(c->r->doc->root, "measures"), name) &&
           kxi_find_measure(c, name) == KXI_NONE;
}

static bool
has_value(kxi_comp *c, uint32_t node)
{
    return !kxi_node_get(kxi_comp_node(c, node)->node, "parts");
}

static kx_status
subject_name(void *user, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out, kxi_diag *d)
{
    kxi_comp *c = user;
    (void)d;
    if (parts == 2 && kxi_str_is(path[0], "subject"))
        return bind_subject(c, path[1], place, out);
    if (parts == 2 && kxi_str_is(path[0], "cohort") && kxi_str_is(path[1], "size"))
        return bind(c, slot_of(KXI_SLOT_COHORT_SIZE, KXI_V_NUMBER), false, out);
    uint32_t measure = parts == 1 ? kxi_find_measure(c, path[0]) : KXI_NONE;
    if (measure != KXI_NONE)
        return bind_measure(c, measure, 0, out);
    uint32_t node = kxi_find_node(c, path[0]);
    if (node != KXI_NONE && parts == 1)
        return bind(c, node_slot(KXI_SLOT_POINTS, KXI_V_NUMBER, node), true, out);
    if (node != KXI_NONE && parts == 2 && kxi_str_is(path[1], "value") && has_value(c, node))
        return bind(c, node_slot(KXI_SLOT_VALUE, KXI_V_NUMBER, node), true, out);
    enum kxi_common common;
    KXI_TRY(kxi_common_name(c, path, parts, out, &common));
    if (common == KXI_COMMON_BOUND)
        return KX_OK;
    static const enum kxi_slot_kind kinds[] = { 0, KXI_SLOT_AS_OF, KXI_SLOT_FROM, KXI_SLOT_TO };
    if (common != KXI_COMMON_NONE)
        return bind(c, slot_of(kinds[common], KXI_V_DATE), false, out);
    if (parts == 1 && failed_measure(c, path[0]))
        return KX_E_SCHEME;
    return parts == 1 ? bind_fixed(c, path[0], place, out) : KX_E_NOTFOUND;
}

static kx_status
dim_list(kxi_comp *c, const kxi_measure *m, kxi_str *out)
{
    const char **names = kxi_arena_array(c->a, m->dim_count + 1, sizeof(*names));
    if (!names)
        return kxi_nomem(c->d);
    for (size_t i = 0; i < m->dim_count; i++)
        names[i] = m->dims[i].name.s;
    return kxi_join(c, names, out);
}

static kx_status
measure_argument(kxi_comp *c, kxi_str function, const kxi_ast *arg, const char *takes, kxi_place place, uint32_t *out)
{
    kxi_str name;
    if (!arg || !kxi_ast_name(arg, &name))
        return KXI_FAIL(c->d, ARGUMENTS, place, KXI_A_STR(function), KXI_A_CSTR(takes));
    *out = kxi_find_measure(c, name);
    if (*out == KXI_NONE && failed_measure(c, name))
        return KX_E_SCHEME;
    if (*out == KXI_NONE)
        return KXI_FAIL(c->d, UNKNOWN_MEASURE, kxi_ast_place(c->a, arg), KXI_A_STR(name));
    return KX_OK;
}

static kx_status
call_quota(kxi_comp *c, enum kxi_slot_kind kind, kxi_str function, const kxi_ast *const *args, size_t count,
           kxi_place place, kxi_binding *out)
{
    uint32_t measure, fold, group = 0;
    KXI_TRY(measure_argument(c, function, count ? args[0] : NULL, "(measure, dimension, ...)", place, &measure));
    const kxi_measure *m = kxi_comp_measure(c, measure);
    if (!m->at_least && !m->at_most && kind != KXI_SLOT_CELLS)
        return KXI_FAIL(c->d, NOT_A_QUOTA, kxi_ast_place(c->a, args[0]), KXI_A_STR(m->name), KXI_A_STR(function));
    for (size_t i = 1; i < count; i++) {
        kxi_str name = KXI_STR("");
        uint32_t dim = 0;
        bool named = kxi_ast_name(args[i], &name);
        while (dim < m->dim_count && !kxi_str_eq(m->dims[dim].name, name))
            dim++;
        if (!named || dim == m->dim_count) {
            kxi_str all;
            KXI_TRY(dim_list(c, m, &all));
            return KXI_FAIL(c->d, NOT_A_DIMENSION, kxi_ast_place(c->a, args[i]), KXI_A_STR(kxi_ast_text(args[i])),
                            KXI_A_STR(m->name), KXI_A_STR(all));
        }
        group |= 1u << dim;
    }
    KXI_TRY(kxi_fold_of(c, measure, true, 0, &fold));
    kxi_slot slot = slot_of(kind, KXI_V_NUMBER);
    slot.fold = fold;
    slot.group = group;
    return bind(c, slot, kind == KXI_SLOT_COVERAGE, out);
}

static kx_status subject_call(void *user, kxi_str function, const kxi_ast *const *args, size_t count, kxi_place place,
                              kxi_binding *out, kxi_diag *d);
static size_t subject_names(void *user, kxi_str *list, size_t max);

kxi_compile
kxi_subject_compile(kxi_comp *c, kxi_scope *scope)
{
    *scope = (kxi_scope){ c, subject_name, subject_call, NULL, subject_names };
    return (kxi_compile){ c->a, scope, c->ctx->max_depth, c->ctx->max_digits, c->d };
}

static kx_status
call_prev(kxi_comp *c, kxi_str function, const kxi_ast *const *args, size_t count, kxi_place place, kxi_binding *out)
{
    uint32_t measure;
    KXI_TRY(measure_argument(c, function, count == 1 ? args[0] : NULL, "(measure)", place, &measure));
    return bind_measure(c, measure, 1, out);
}

static kx_status
subject_call(void *user, kxi_str function, const kxi_ast *const *args, size_t count, kxi_place place, kxi_binding *out,
             kxi_diag *d)
{
    static const struct {
        const char *name;
        enum kxi_slot_kind kind;
        bool cohort;
    } calls[] = { { "coverage", KXI_SLOT_COVERAGE, false },
                  { "met", KXI_SLOT_MET, false },
                  { "short", KXI_SLOT_SHORT, false },
                  { "cells", KXI_SLOT_CELLS, false },
                  { "cohort.rank", KXI_SLOT_COHORT_RANK, true },
                  { "cohort.mean", KXI_SLOT_COHORT_MEAN, true },
                  { "cohort.sum", KXI_SLOT_COHORT_SUM, true },
                  { "cohort.max", KXI_SLOT_COHORT_MAX, true },
                  { "cohort.min", KXI_SLOT_COHORT_MIN, true } };
    kxi_comp *c = user;
    (void)d;
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
        if (kxi_str_is(function, calls[i].name))
            return calls[i].cohort ? kxi_call_cohort(c, calls[i].kind, function, args, count, place, out)
                                   : call_quota(c, calls[i].kind, function, args, count, place, out);
    if (kxi_str_is(function, "cohort.size"))
        return KXI_FAIL(c->d, ARGUMENTS, place, KXI_A_STR(function), KXI_A_WORD(c, "no parentheses", "（不带括号）"));
    return kxi_str_is(function, "prev") ? call_prev(c, function, args, count, place, out) : KX_E_NOTFOUND;
}

static size_t
subject_names(void *user, kxi_str *list, size_t max)
{
    static const char *const fixed[] = { "total",       "rank",       "subject",    "cohort.size", "coverage",
                                         "met",         "short",      "cells",      "prev",        "cohort.rank",
                                         "cohort.mean", "cohort.sum", "cohort.max", "cohort.min" };
    kxi_comp *c = user;
    size_t n = kxi_common_names(c, list, max);
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]) && n < max; i++)
        list[n++] = kxi_str_of(fixed[i]);
    for (int i = 0; i < OWN_COUNT && n < max; i++)
        if (knows_own(c, (enum own)i))
            list[n++] = kxi_str_of(own_names[i].name);
    for (uint32_t i = 0; i < c->scheme_measures && n < max; i++)
        list[n++] = kxi_comp_measure(c, i)->name;
    for (uint32_t i = 0; i < c->nodes.count && n < max; i++)
        list[n++] = kxi_comp_node(c, i)->id;
    return n;
}

kx_status
kxi_compile_subject(kxi_comp *c, const kxi_node *node, enum kxi_vtype want, const kxi_expr **out)
{
    kxi_scope scope;
    const kxi_compile compile = kxi_subject_compile(c, &scope);
    return kxi_expr_compile(&compile, node, want, out);
}
