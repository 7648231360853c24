/* What the nodes of the score say: values, parts, points, bounds, rounding. They have their names by now (tree.c). */
#include "rules/compile.h"

static kx_status
read_expr(kxi_comp *c, const kxi_node *node, const char *key, enum kxi_vtype want, const kxi_expr **out)
{
    const kxi_node *member = kxi_node_get(node, key);
    *out = NULL;
    return member ? kxi_compile_subject(c, member, want, out) : KX_OK;
}

static kx_status
read_bound(kxi_comp *c, const kxi_node *node, const char *key, const kxi_expr **out, bool *open)
{
    const kxi_node *member = kxi_node_get(node, key);
    *open = member && member->type == KXI_NODE_NULL;
    *out = NULL;
    return member && !*open ? kxi_compile_subject(c, member, KXI_V_NUMBER, out) : KX_OK;
}

static kx_status
read_missing(kxi_comp *c, const kxi_node *node, uint32_t at)
{
    static const char *const names[] = { "unknown", "zero", "full", "na" };
    const kxi_node *missing = kxi_node_get(node, "missing");
    kxi_rule_node *n = kxi_comp_node(c, at);
    if (!missing)
        return KX_OK;
    if (missing->type == KXI_NODE_STRING)
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
            if (kxi_str_is(missing->text, names[i])) {
                n->missing = (enum kxi_missing)i;
                return KX_OK;
            }
    n->missing = KXI_MISSING_VALUE;
    const kxi_expr *e;
    KXI_TRY(kxi_compile_subject(c, missing, KXI_V_NUMBER, &e));
    kxi_comp_node(c, at)->missing_value = e;
    return KX_OK;
}

static kx_status
read_checks(kxi_comp *c, const kxi_node *checks, uint32_t at)
{
    KXI_TRY(kxi_read_type(c, checks, KXI_NODE_ARRAY));
    const kxi_expr **list = kxi_arena_array(c->a, checks->count + 1u, sizeof(*list));
    kxi_str *texts = kxi_arena_array(c->a, checks->count + 1u, sizeof(*texts));
    static const char *const known[] = { "when", "title", NULL };
    size_t n = 0;
    if (!list || !texts)
        return kxi_nomem(c->d);
    KXI_TRY(kxi_read_not_empty(c, checks));
    kxi_node_each (item, checks) {
        const kxi_node *when = item;
        if (item->type == KXI_NODE_OBJECT) {
            KXI_TRY(kxi_read_keys(c, item, "check", known));
            KXI_TRY(kxi_read_text(c, item, "title", true, "check", &texts[n]));
            when = kxi_node_get(item, "when");
            if (!when)
                return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, item), KXI_A_CSTR("check"), KXI_A_CSTR("when"));
        } else {
            texts[n] = item->text;
        }
        KXI_NEXT(c, kxi_compile_subject(c, when, KXI_V_BOOL, &list[n++]));
    }
    kxi_rule_node *node = kxi_comp_node(c, at);
    node->checks = list;
    node->check_texts = texts;
    node->check_count = n;
    return KX_OK;
}

static bool
has_extras(kxi_comp *c, uint32_t at)
{
    for (uint32_t child = kxi_comp_node(c, at)->first; child != KXI_NONE; child = kxi_comp_node(c, child)->next)
        if (kxi_comp_node(c, child)->kind != KXI_ORDINARY)
            return true;
    return false;
}

static kx_status
read_block(kxi_comp *c, const kxi_node *node, uint32_t at)
{
    static const char *const combines[] = { "sum", "weighted", "max", "min", NULL };
    static const char *const policies[] = { "zero", "full", "leave", "rescale", NULL };
    int combine = 0, na = 0;
    KXI_TRY(kxi_read_choice(c, kxi_node_get(node, "combine"), combines, &combine));
    KXI_TRY(kxi_read_choice(c, kxi_node_get(node, "na"), policies, &na));
    kxi_rule_node *n = kxi_comp_node(c, at);
    n->combine = (enum kxi_combine)combine;
    n->na = (enum kxi_na)na;
    if (n->first == KXI_NONE)
        return KXI_FAIL(c->d, NO_NODES, kxi_at(c, node), KXI_A_STR(n->id));
    static const char *const not_here[] = { "value", "checks", "curve", "missing" };
    for (size_t i = 0; i < sizeof(not_here) / sizeof(not_here[0]); i++)
        if (kxi_node_get(node, not_here[i]))
            KXI_NEXT(c, KXI_FAIL(c->d, VALUE_AND_PARTS, kxi_at(c, kxi_node_get(node, not_here[i])), KXI_A_STR(n->id),
                                 KXI_A_CSTR("parts"), KXI_A_CSTR(not_here[i])));
    if (!has_extras(c, at))
        return KX_OK;
    if (!kxi_node_get(node, "cap"))
        KXI_NEXT(c, KXI_FAIL(c->d, MUST_SAY_BOUND, kxi_at(c, node), KXI_A_STR(n->id), KXI_A_CSTR("cap")));
    if (!kxi_node_get(node, "floor"))
        KXI_NEXT(c, KXI_FAIL(c->d, MUST_SAY_BOUND, kxi_at(c, node), KXI_A_STR(n->id), KXI_A_CSTR("floor")));
    return KX_OK;
}

enum kxi_vtype
kxi_value_type(kxi_comp *c, uint32_t node)
{
    const kxi_rule_node *n = kxi_comp_node(c, node);
    return n->value ? kxi_expr_type(n->value) : n->mark && (n->curve.map || n->curve.low) ? KXI_V_TEXT : KXI_V_NUMBER;
}

/* What a share of the full points is taken of has to be said; without it an indicator says how far it may go. */
static kx_status
check_full(kxi_comp *c, const kxi_node *node, uint32_t at)
{
    const kxi_rule_node *n = kxi_comp_node(c, at);
    bool yes_or_no = n->curve.kind == KXI_CURVE_NONE && kxi_value_type(c, at) == KXI_V_BOOL;
    const char *en = NULL, *zh = NULL;
    if (n->points)
        return KX_OK;
    if (n->curve.kind == KXI_CURVE_RATIO)
        en = zh = "\"ratio\"";
    else if (n->curve.kind == KXI_CURVE_RANGE)
        en = zh = "\"range\"";
    else if (yes_or_no)
        en = "a value of true or false", zh = "真假取值";
    else if (n->missing == KXI_MISSING_FULL)
        en = zh = "\"missing\": \"full\"";
    else if (n->kind == KXI_DEDUCTION && !kxi_node_get(node, "floor"))
        en = "a deduction without \"floor\"", zh = "没有 \"floor\" 的扣分项";
    else if (n->kind != KXI_DEDUCTION && !kxi_node_get(node, "cap"))
        en = "an indicator without \"cap\"", zh = "没有 \"cap\" 的指标";
    return en ? KXI_FAIL(c->d, NO_POINTS, kxi_at(c, node), KXI_A_STR(n->id), KXI_A_WORD(c, en, zh)) : KX_OK;
}

static kx_status
read_value(kxi_comp *c, const kxi_node *value, uint32_t at)
{
    const kxi_expr *e;
    KXI_TRY(kxi_compile_subject(c, value, KXI_V_NULL, &e));
    kxi_comp_node(c, at)->value = e;
    return KX_OK;
}

static kx_status
read_indicator(kxi_comp *c, const kxi_node *node, uint32_t at)
{
    const kxi_node *value = kxi_node_get(node, "value"), *checks = kxi_node_get(node, "checks");
    kxi_curve curve;
    kxi_comp_node(c, at)->scored = true;
    KXI_NEXT(c, kxi_read_not_here(c, node, "combine", "\"parts\""));
    KXI_NEXT(c, kxi_read_not_here(c, node, "na", "\"parts\""));
    if (value && checks)
        return KXI_FAIL(c->d, VALUE_AND_PARTS, kxi_at(c, checks), KXI_A_STR(kxi_comp_node(c, at)->id),
                        KXI_A_CSTR("value"), KXI_A_CSTR("checks"));
    KXI_TRY(value ? read_value(c, value, at) : checks ? read_checks(c, checks, at) : KX_OK);
    kxi_comp_node(c, at)->mark = !value && !checks;
    c->knows_value = true;
    KXI_TRY(kxi_compile_curve(c, kxi_node_get(node, "curve"), &curve));
    kxi_comp_node(c, at)->curve = curve;
    KXI_NEXT(c, kxi_check_curve(c, at));
    KXI_NEXT(c, kxi_check_sign(c, at));
    if (!value && !checks)
        KXI_TRY(kxi_compile_marks(c, at));
    KXI_NEXT(c, read_missing(c, node, at));
    return check_full(c, node, at);
}

/* "round" at the top: for indicators, blocks and the total that say none themselves. */
static kx_status
read_rounds(kxi_comp *c, const kxi_node *all)
{
    static const char *const known[] = { "indicator", "block", "total", NULL };
    if (!all)
        return KX_OK;
    KXI_TRY(kxi_read_keys(c, all, "round", known));
    for (size_t i = 0; i < 3; i++)
        KXI_NEXT(c, kxi_read_round(c, kxi_node_get(all, known[i]), &c->rounds[i]));
    return KX_OK;
}

static kx_status
read_node_round(kxi_comp *c, const kxi_node *node, uint32_t at)
{
    const kxi_node *own = kxi_node_get(node, "round");
    kxi_rule_node *n = kxi_comp_node(c, at);
    kxi_round round = c->rounds[n->parent == KXI_NONE ? 2 : n->scored ? 0 : 1];
    if (own)
        KXI_TRY(kxi_read_round(c, own, &round));
    n->round = round;
    n->rounds = round.mode != KXI_ROUND_NONE;
    return KX_OK;
}

static kx_status
check_points(kxi_comp *c, const kxi_node *node, uint32_t at)
{
    kxi_num points;
    const kxi_rule_node *n = kxi_comp_node(c, at);
    if (n->points && kxi_expr_constant_number(n->points, &points) && kxi_num_sign(points) < 0)
        return KXI_FAIL(c->d, NEGATIVE_POINTS, kxi_at(c, kxi_node_get(node, "points")), KXI_A_STR(n->id),
                        KXI_A_STR(kxi_node_get(node, "points")->text));
    return KX_OK;
}

/* The other parts of a weighted block, and only those, have a weight. */
static kx_status
check_weight(kxi_comp *c, const kxi_node *node, uint32_t at)
{
    const kxi_rule_node *n = kxi_comp_node(c, at);
    bool weighted = n->parent != KXI_NONE && kxi_comp_node(c, n->parent)->combine == KXI_WEIGHTED;
    if (weighted && !kxi_node_get(node, "weight"))
        return KXI_FAIL(c->d, WEIGHT_NOT_SAID, kxi_at(c, node), KXI_A_STR(n->id));
    return weighted ? KX_OK : kxi_read_not_here(c, node, "weight", "\"combine\": \"weighted\"");
}

static kx_status
compile_node(kxi_comp *c, uint32_t at)
{
    const kxi_node *node = kxi_comp_node(c, at)->node;
    const kxi_expr *points, *applies, *weight, *factor, *zero_if, *floor, *cap;
    bool floor_open, cap_open;
    c->node = at;
    c->knows_full = c->knows_value = false;
    KXI_NEXT(c, read_expr(c, node, "points", KXI_V_NUMBER, &points));
    kxi_comp_node(c, at)->points = points;
    KXI_NEXT(c, check_points(c, node, at));
    KXI_NEXT(c, read_expr(c, node, "for", KXI_V_BOOL, &applies));
    c->knows_full = true;
    KXI_NEXT(c, kxi_node_get(node, "parts") ? read_block(c, node, at) : read_indicator(c, node, at));
    c->knows_value = !kxi_node_get(node, "parts");
    KXI_NEXT(c, read_expr(c, node, "weight", KXI_V_NUMBER, &weight));
    KXI_NEXT(c, read_expr(c, node, "factor", KXI_V_NUMBER, &factor));
    KXI_NEXT(c, read_expr(c, node, "zero_if", KXI_V_BOOL, &zero_if));
    KXI_NEXT(c, read_bound(c, node, "floor", &floor, &floor_open));
    KXI_NEXT(c, read_bound(c, node, "cap", &cap, &cap_open));
    KXI_NEXT(c, read_node_round(c, node, at));
    kxi_rule_node *n = kxi_comp_node(c, at);
    n->applies = applies;
    n->weight = weight;
    n->factor = factor;
    n->zero_if = zero_if;
    n->floor = floor;
    n->cap = cap;
    n->floor_open = floor_open;
    n->cap_open = cap_open;
    return check_weight(c, node, at);
}

static kx_status
read_tracks(kxi_comp *c, const kxi_node *tracks)
{
    if (!tracks)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, tracks, KXI_NODE_ARRAY));
    kxi_str *names = kxi_arena_array(c->a, tracks->count + 1u, sizeof(*names));
    if (!names)
        return kxi_nomem(c->d);
    kxi_node_each (item, tracks) {
        KXI_TRY(kxi_read_type(c, item, KXI_NODE_STRING));
        KXI_TRY(kxi_normal(c, item->text, &names[c->r->track_count]));
        for (size_t i = 0; i < c->r->track_count; i++)
            if (kxi_str_eq(names[i], names[c->r->track_count]))
                return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, item), KXI_A_STR(names[i]), KXI_A_CSTR("tracks"));
        c->r->track_count++;
    }
    c->r->tracks = names;
    return KX_OK;
}

kx_status
kxi_compile_nodes(kxi_comp *c, const kxi_node *root)
{
    const kxi_node *score = kxi_node_get(root, "score");
    uint32_t ignored;
    if (!score)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, root), KXI_A_CSTR("scheme"), KXI_A_CSTR("score"));
    KXI_NEXT(c, read_tracks(c, kxi_node_get(root, "tracks")));
    KXI_NEXT(c, read_rounds(c, kxi_node_get(root, "round")));
    KXI_TRY(kxi_name_tree(c, score, KXI_NONE, 0, &ignored));
    if (!kxi_node_get(score, "parts"))
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, score), KXI_A_CSTR("score"), KXI_A_CSTR("parts"));
    for (uint32_t i = 0; i < c->nodes.count; i++)
        KXI_NEXT(c, compile_node(c, i));
    c->node = KXI_NONE;
    c->knows_full = c->knows_value = false;
    return KX_OK;
}

kx_status
kxi_check_named_values(kxi_comp *c)
{
    for (uint32_t i = 0; i < c->slots.count; i++) {
        const kxi_slot *slot = (const kxi_slot *)c->slots.items + i;
        if (slot->kind != KXI_SLOT_VALUE || slot->type != KXI_V_NUMBER)
            continue;
        const kxi_rule_node *n = kxi_comp_node(c, slot->node);
        enum kxi_vtype type = kxi_value_type(c, slot->node);
        if (type != KXI_V_NUMBER && type != KXI_V_BOOL)
            KXI_NEXT(c, KXI_FAIL(c->d, VALUE_TYPE, kxi_at(c, n->node), KXI_A_STR(n->id), kxi_type_arg(c, type)));
    }
    return KX_OK;
}
