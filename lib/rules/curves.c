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
                return KXI_FAIL(c->d, PAIR_FORM, kxi_at(c, item), KXI_A_CSTR("cases"), KXI_A_CSTR("[\"value > 3\", 5]"));
            KXI_TRY(kxi_compile_subject(c, item->child, KXI_V_BOOL, &step->when));
            KXI_TRY(kxi_compile_subject(c, item->child->next, KXI_V_NUMBER, &step->points));
            continue;
        }
        KXI_TRY(read_pair(c, item, out->kind == KXI_CURVE_STEPS ? "steps" : "line", "[0.95, 20]", &step->at, &step->points));
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
        if (!kxi_expr_constant_number(curve->steps[i - 1].at, &before) || !kxi_expr_constant_number(curve->steps[i].at, &now))
            continue;
        if (kxi_num_cmp(&num, now, before, &order) != KX_OK)
            return kxi_nomem(c->d);
        if (curve->kind == KXI_CURVE_STEPS && order >= 0)
            KXI_NEXT(c, KXI_FAIL(c->d, STEPS_ORDER, kxi_at(c, curve->steps[i].node), KXI_A_INT(i + 1)));
        if (curve->kind == KXI_CURVE_LINE && order <= 0)
            KXI_NEXT(c, KXI_FAIL(c->d, LINE_ORDER, kxi_at(c, curve->steps[i].node), KXI_A_INT(i + 1)));
    }
    return KX_OK;
}

/* {"each": 0.5} or {"each": [10000, 0.5]}: from 0, nothing below. */
static kx_status
read_each(kxi_comp *c, const kxi_node *each, kxi_curve *out)
{
    out->kind = KXI_CURVE_SLOPE;
    if (each->type == KXI_NODE_ARRAY)
        return read_pair(c, each, "each", "[10000, 0.5]", &out->up_q, &out->up);
    return kxi_compile_subject(c, each, KXI_V_NUMBER, &out->up);
}

static kx_status
read_slope(kxi_comp *c, const kxi_node *node, kxi_curve *out)
{
    const kxi_node *base = kxi_node_get(node, "base"), *up = kxi_node_get(node, "up"), *down = kxi_node_get(node, "down");
    out->kind = KXI_CURVE_SLOPE;
    if (!base)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, node), KXI_A_CSTR("curve"), KXI_A_CSTR("base"));
    KXI_TRY(kxi_compile_subject(c, kxi_node_get(node, "at"), KXI_V_NUMBER, &out->at));
    KXI_TRY(kxi_compile_subject(c, base, KXI_V_NUMBER, &out->base));
    if (up)
        KXI_TRY(read_pair(c, up, "up", "[0.01, 0.5]", &out->up_q, &out->up));
    return down ? read_pair(c, down, "down", "[0.01, -1]", &out->down_q, &out->down) : KX_OK;
}

kx_status
kxi_compile_curve(kxi_comp *c, const kxi_node *node, kxi_curve *out)
{
    static const char *const names[] = { "none", "ratio", NULL };
    static const char *const known[] = { "each", "whole", "at", "base", "up", "down", "steps", "cases", "line", "map", "range", "pick", "else",
                                         NULL };
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
    const kxi_node *each = kxi_node_get(node, "each"), *at = kxi_node_get(node, "at"), *steps = kxi_node_get(node, "steps");
    const kxi_node *cases = kxi_node_get(node, "cases"), *line = kxi_node_get(node, "line"), *map = kxi_node_get(node, "map");
    const kxi_node *other = kxi_node_get(node, "else");
    const kxi_node *range = kxi_node_get(node, "range"), *pick = kxi_node_get(node, "pick");
    if (!!each + !!at + !!steps + !!cases + !!line + !!map + !!range != 1)
        return KXI_FAIL0(c->d, CURVE_FORM, kxi_at(c, node));
    KXI_TRY(kxi_read_bool(c, node, "whole", &out->whole));
    if (other)
        KXI_TRY(kxi_compile_subject(c, other, KXI_V_NUMBER, &out->other));
    if (each)
        return read_each(c, each, out);
    if (at)
        return read_slope(c, node, out);
    if (map) {
        out->kind = KXI_CURVE_MAP;
        return kxi_read_map(c, map, &out->map);
    }
    if (range) {
        static const char *const picks[] = { "none", "low", "middle", "high", NULL };
        int chosen = 0;
        out->kind = KXI_CURVE_RANGE;
        KXI_TRY(kxi_read_choice(c, pick, picks, &chosen));
        out->pick = chosen;
        return kxi_read_ranges(c, range, &out->low, &out->high);
    }
    out->kind = steps ? KXI_CURVE_STEPS : cases ? KXI_CURVE_CASES : KXI_CURVE_LINE;
    KXI_TRY(read_steps(c, steps ? steps : cases ? cases : line, out));
    return check_order(c, out);
}
