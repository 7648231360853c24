/* Curves: from a value to points. */
#include "rules/compile.h"

/* [a, b] with two subject-grain expressions. */
static kx_status
read_pair(kxi_comp *c, const kxi_node *node, const char *key, const char *example, const kxi_expr **first,
          const kxi_expr **second)
{
    if (node->type != KXI_NODE_ARRAY || node->count != 2)
        return KXI_FAIL(c->d, PAIR_FORM, kxi_at(c, node), KXI_A_CSTR(key), KXI_A_CSTR(example));
    KXI_TRY(kxi_compile_subject(c, node->child, KXI_V_NUMBER, first));
    return kxi_compile_subject(c, node->child->next, KXI_V_NUMBER, second);
}

static kx_status
read_steps(kxi_comp *c, const kxi_node *list, kxi_curve *out)
{
    KXI_TRY(kxi_read_type(c, list, KXI_NODE_ARRAY));
    kxi_step *steps = kxi_arena_array(c->a, list->count + 1u, sizeof(*steps));
    if (!steps)
        return kxi_nomem(c->d);
    kxi_node_each (item, list) {
        kxi_step *step = &steps[out->step_count++];
        step->node = item;
        if (out->kind == KXI_CURVE_CASES) {
            if (item->type != KXI_NODE_ARRAY || item->count != 2)
                return KXI_FAIL(c->d, PAIR_FORM, kxi_at(c, item), KXI_A_CSTR("cases"),
                                KXI_A_CSTR("[\"value > 3\", 5]"));
            KXI_TRY(kxi_compile_subject(c, item->child, KXI_V_BOOL, &step->when));
            KXI_TRY(kxi_compile_subject(c, item->child->next, KXI_V_NUMBER, &step->points));
            continue;
        }
        KXI_TRY(read_pair(c, item, out->kind == KXI_CURVE_STEPS ? "steps" : "line", "[0.95, 20]", &step->at,
                          &step->points));
    }
    out->steps = steps;
    return KX_OK;
}

/* Bounds of steps must fall, points of a line must rise, as far as they are plain numbers. */
static kx_status
check_order(kxi_comp *c, const kxi_curve *curve)
{
    kxi_numctx num = { c->a, c->ctx->max_digits };
    for (size_t i = 1; i < curve->step_count; i++) {
        kxi_num before, now;
        int order = 0;
        if (!kxi_expr_constant_number(curve->steps[i - 1].at, &before) ||
            !kxi_expr_constant_number(curve->steps[i].at, &now))
            continue;
        KXI_TRY(kxi_num_status(c, curve->steps[i].node, kxi_num_cmp(&num, now, before, &order)));
        if (curve->kind == KXI_CURVE_STEPS && order >= 0)
            KXI_NEXT(c, KXI_FAIL(c->d, STEPS_ORDER, kxi_at(c, curve->steps[i].node), KXI_A_INT(i + 1)));
        if (curve->kind == KXI_CURVE_LINE && order <= 0)
            KXI_NEXT(c, KXI_FAIL(c->d, LINE_ORDER, kxi_at(c, curve->steps[i].node), KXI_A_INT(i + 1)));
    }
    return KX_OK;
}

/* [0.01, 0.5]: for every 0.01, 0.5. */
static kx_status
read_rate(kxi_comp *c, const kxi_node *node, const char *key, const char *example, const kxi_expr **q,
          const kxi_expr **rate)
{
    kxi_num number;
    KXI_TRY(read_pair(c, node, key, example, q, rate));
    if (kxi_expr_constant_number(*q, &number) && kxi_num_sign(number) <= 0)
        return KXI_FAIL(c->d, PAIR_FORM, kxi_at(c, node->child), KXI_A_CSTR(key), KXI_A_CSTR(example));
    return KX_OK;
}

/* {"each": 0.5} or {"each": [10000, 0.5]}: from 0, nothing below. */
static kx_status
read_each(kxi_comp *c, const kxi_node *each, kxi_curve *out)
{
    out->kind = KXI_CURVE_SLOPE;
    if (each->type == KXI_NODE_ARRAY)
        return read_rate(c, each, "each", "[10000, 0.5]", &out->up_q, &out->up);
    return kxi_compile_subject(c, each, KXI_V_NUMBER, &out->up);
}

static kx_status
read_slope(kxi_comp *c, const kxi_node *node, kxi_curve *out)
{
    const kxi_node *base = kxi_node_get(node, "base"), *up = kxi_node_get(node, "up"),
                   *down = kxi_node_get(node, "down");
    out->kind = KXI_CURVE_SLOPE;
    if (!base)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, node), KXI_A_CSTR("curve"), KXI_A_CSTR("base"));
    KXI_TRY(kxi_compile_subject(c, kxi_node_get(node, "at"), KXI_V_NUMBER, &out->at));
    KXI_TRY(kxi_compile_subject(c, base, KXI_V_NUMBER, &out->base));
    if (up)
        KXI_TRY(read_rate(c, up, "up", "[0.01, 0.5]", &out->up_q, &out->up));
    return down ? read_rate(c, down, "down", "[0.01, -1]", &out->down_q, &out->down) : KX_OK;
}

static kx_status
read_range(kxi_comp *c, const kxi_node *node, kxi_curve *out)
{
    static const char *const picks[] = { "none", "low", "middle", "high", NULL };
    int pick = KXI_PICK_NONE;
    out->kind = KXI_CURVE_RANGE;
    KXI_TRY(kxi_read_choice(c, kxi_node_get(node, "pick"), picks, &pick));
    out->pick = pick;
    KXI_TRY(kxi_read_ranges(c, kxi_node_get(node, "range"), &out->low, &out->high));
    return kxi_read_not_empty(c, kxi_node_get(node, "range"));
}

static kx_status
read_list(kxi_comp *c, const kxi_node *list, enum kxi_curve_kind kind, kxi_curve *out)
{
    out->kind = kind;
    KXI_TRY(read_steps(c, list, out));
    KXI_TRY(kxi_read_not_empty(c, list));
    return kind == KXI_CURVE_CASES ? KX_OK : check_order(c, out);
}

/* The key that says what kind of curve it is, and whether other keys stand with it. */
static const struct curve_key {
    const char *key;
    bool other, whole, sides, pick;
} curve_keys[] = {
    { "each", false, true, false, false },  { "at", false, true, true, false },
    { "steps", true, false, false, false }, { "cases", true, false, false, false },
    { "line", false, false, false, false }, { "map", true, false, false, false },
    { "range", false, false, false, true },
};
#define CURVE_KEYS (sizeof(curve_keys) / sizeof(curve_keys[0]))

static kx_status
check_keys(kxi_comp *c, const kxi_node *node, const struct curve_key *key)
{
    const struct {
        const char *key, *with;
        bool fits;
    } more[] = { { "else", "steps, cases, map", key->other },
                 { "whole", "each, at", key->whole },
                 { "base", "at", key->sides },
                 { "up", "at", key->sides },
                 { "down", "at", key->sides },
                 { "pick", "range", key->pick } };
    for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
        if (!more[i].fits)
            KXI_NEXT(c, kxi_read_not_here(c, node, more[i].key, more[i].with));
    return KX_OK;
}

static kx_status
read_kind(kxi_comp *c, const kxi_node *node, const struct curve_key *key, kxi_curve *out)
{
    const kxi_node *said = kxi_node_get(node, key->key);
    switch (key - curve_keys) {
    case 0:
        return read_each(c, said, out);
    case 1:
        return read_slope(c, node, out);
    case 2:
        return read_list(c, said, KXI_CURVE_STEPS, out);
    case 3:
        return read_list(c, said, KXI_CURVE_CASES, out);
    case 4:
        return read_list(c, said, KXI_CURVE_LINE, out);
    case 5:
        out->kind = KXI_CURVE_MAP;
        KXI_TRY(kxi_read_map(c, said, &out->map));
        return kxi_read_not_empty(c, said);
    default:
        return read_range(c, node, out);
    }
}

kx_status
kxi_compile_curve(kxi_comp *c, const kxi_node *node, kxi_curve *out)
{
    static const char *const names[] = { "none", "ratio", NULL };
    static const char *const known[] = { "each",  "whole", "at",  "base",  "up",   "down", "steps",
                                         "cases", "line",  "map", "range", "pick", "else", NULL };
    const struct curve_key *kind = NULL;
    size_t kinds = 0;
    *out = (kxi_curve){ .kind = KXI_CURVE_NONE, .node = node };
    if (!node)
        return KX_OK;
    if (node->type == KXI_NODE_STRING) {
        int chosen = 0;
        KXI_TRY(kxi_read_choice(c, node, names, &chosen));
        out->kind = chosen ? KXI_CURVE_RATIO : KXI_CURVE_NONE;
        return KX_OK;
    }
    KXI_TRY(kxi_read_keys(c, node, "curve", known));
    for (size_t i = 0; i < CURVE_KEYS; i++)
        if (kxi_node_get(node, curve_keys[i].key)) {
            kind = &curve_keys[i];
            kinds++;
        }
    if (kinds != 1)
        return KXI_FAIL0(c->d, CURVE_FORM, kxi_at(c, node));
    KXI_TRY(check_keys(c, node, kind));
    KXI_TRY(kxi_read_bool(c, node, "whole", &out->whole));
    const kxi_node *other = kxi_node_get(node, "else");
    if (other)
        KXI_TRY(kxi_compile_subject(c, other, KXI_V_NUMBER, &out->other));
    return read_kind(c, node, kind, out);
}

/* ---- whether it fits the node ---- */

static kx_status
fail_value(kxi_comp *c, uint32_t at, const char *en, const char *zh)
{
    const kxi_rule_node *n = kxi_comp_node(c, at);
    const kxi_node *value = kxi_node_get(n->node, "value"), *checks = kxi_node_get(n->node, "checks");
    return KXI_FAIL(c->d, CURVE_VALUE,
                    kxi_at(c, value    ? value
                              : checks ? checks
                                       : n->node),
                    KXI_A_STR(n->id), KXI_A_WORD(c, en, zh), kxi_type_arg(c, kxi_value_type(c, at)));
}

kx_status
kxi_check_curve(kxi_comp *c, uint32_t at)
{
    const kxi_rule_node *n = kxi_comp_node(c, at);
    enum kxi_vtype type = kxi_value_type(c, at);
    switch (n->curve.kind) {
    case KXI_CURVE_CASES:
        return KX_OK;
    case KXI_CURVE_RANGE:
        return n->mark ? KX_OK : fail_value(c, at, "a mark with a label", "带标签的评分");
    case KXI_CURVE_MAP:
        return n->mark || type == KXI_V_TEXT ? KX_OK : fail_value(c, at, "a label", "标签");
    default:
        return type == KXI_V_NUMBER || type == KXI_V_BOOL ? KX_OK : fail_value(c, at, "a number", "数");
    }
}

/* A number that is known now and is not below 0; also one that is not said, which is 0. */
static bool
never_below(const kxi_expr *e)
{
    kxi_num number;
    return !e || (kxi_expr_constant_number(e, &number) && kxi_num_sign(number) >= 0);
}

static bool
never_takes(const kxi_curve *curve, enum kxi_vtype value)
{
    switch (curve->kind) {
    case KXI_CURVE_NONE:
        return value == KXI_V_BOOL;
    case KXI_CURVE_RATIO:
        return true;
    case KXI_CURVE_SLOPE:
        return never_below(curve->base) && never_below(curve->up) && never_below(curve->down);
    case KXI_CURVE_MAP:
        for (size_t i = 0; i < curve->map->count; i++)
            if (kxi_num_sign(curve->map->values[i]) < 0)
                return false;
        return never_below(curve->other);
    case KXI_CURVE_RANGE:
        return false;
    default:
        for (size_t i = 0; i < curve->step_count; i++)
            if (!never_below(curve->steps[i].points))
                return false;
        return never_below(curve->other);
    }
}

kx_status
kxi_check_sign(kxi_comp *c, uint32_t at)
{
    const kxi_rule_node *n = kxi_comp_node(c, at);
    bool known = n->scored && (n->value || n->check_count || n->curve.kind != KXI_CURVE_NONE);
    if (n->kind != KXI_DEDUCTION || kxi_node_get(n->node, "factor") || !known ||
        !never_takes(&n->curve, kxi_value_type(c, at)))
        return KX_OK;
    return KXI_FAIL(c->d, DEDUCTION_SIGN, kxi_at(c, n->curve.node ? n->curve.node : n->node), KXI_A_STR(n->id));
}
