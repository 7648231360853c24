/* The score tree. Indicator, block and score are one thing: first all are named, then what they say is compiled, so that a
 * value may name the points of a node that stands further down. */
#include "rules/compile.h"

kxi_rule_node *
kxi_comp_node(kxi_comp *c, uint32_t node)
{
    return (kxi_rule_node *)c->nodes.items + node;
}

/* The root has no name of its own: its points are `total`. */
uint32_t
kxi_find_node(kxi_comp *c, kxi_str id)
{
    for (uint32_t i = 1; i < c->nodes.count; i++)
        if (kxi_str_eq(kxi_comp_node(c, i)->id, id))
            return i;
    return KXI_NONE;
}

static const char *const node_keys[] = { "id", "title", "clause", "kind", "points", "for", "value", "checks", "curve", "parts",
                                         "combine", "weight", "na", "missing", "factor", "floor", "cap", "round", "zero_if",
                                         NULL };

static kx_status
check_name(kxi_comp *c, const kxi_node *node, kxi_str id)
{
    static const char *const reserved[] = { "total", "rank", "mark", "label", "value", "full", "subject", "cohort", "as_of", "period",
                                            "true", "false", "null", "in" };
    const kxi_node *at = kxi_node_get(node, "id");
    for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
        if (kxi_str_is(id, reserved[i]))
            return KXI_FAIL(c->d, RESERVED_NAME, kxi_at(c, at), KXI_A_STR(id));
    if (kxi_find_node(c, id) != KXI_NONE)
        return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, at), KXI_A_STR(id), KXI_A_CSTR("score"));
    if (kxi_find_measure(c, id) != KXI_NONE)
        return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, at), KXI_A_STR(id), KXI_A_CSTR("measures"));
    return KX_OK;
}

static kx_status
name_node(kxi_comp *c, const kxi_node *node, uint32_t parent, uint32_t depth, uint32_t *out)
{
    kxi_rule_node n = { .node = node, .parent = parent, .first = KXI_NONE, .next = KXI_NONE, .depth = depth };
    static const char *const kinds[] = { "ordinary", "bonus", "deduction", NULL };
    int kind = 0;
    KXI_TRY(kxi_read_keys(c, node, parent == KXI_NONE ? "score" : "indicator", node_keys));
    KXI_TRY(kxi_read_text(c, node, "title", false, "", &n.title));
    KXI_TRY(kxi_read_text(c, node, "clause", false, "", &n.clause));
    KXI_TRY(kxi_read_text(c, node, "note", false, "", &n.note));
    KXI_TRY(kxi_read_choice(c, kxi_node_get(node, "kind"), kinds, &kind));
    n.kind = (enum kxi_kind)kind;
    n.id = KXI_STR("total");
    if (parent != KXI_NONE) {
        KXI_TRY(kxi_read_text(c, node, "id", true, "indicator", &n.id));
        n.id = kxi_str_copy(c->a, n.id);
        if (!n.id.s)
            return kxi_nomem(c->d);
        KXI_NEXT(c, check_name(c, node, n.id));
    }
    return kxi_list_push(c, &c->nodes, &n, out);
}

static kx_status
name_tree(kxi_comp *c, const kxi_node *node, uint32_t parent, uint32_t depth, uint32_t *out)
{
    KXI_TRY(name_node(c, node, parent, depth, out));
    const kxi_node *parts = kxi_node_get(node, "parts");
    if (!parts)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, parts, KXI_NODE_ARRAY));
    uint32_t last = KXI_NONE;
    kxi_node_each (part, parts) {
        uint32_t child = KXI_NONE;
        KXI_NEXT(c, name_tree(c, part, *out, depth + 1, &child));
        if (child == KXI_NONE)
            continue;
        if (last == KXI_NONE)
            kxi_comp_node(c, *out)->first = child;
        else
            kxi_comp_node(c, last)->next = child;
        last = child;
    }
    return KX_OK;
}

/* ---- marks: a fold over the table `marks` for each track ---- */

static kx_status
text_literal(kxi_comp *c, kxi_buf *b, const char *column, kxi_str text)
{
    kxi_buf_cstr(b, column);
    kxi_buf_cstr(b, " == '");
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] == '\'' || text.s[i] == '\\')
            kxi_buf_char(b, '\\');
        kxi_buf_char(b, text.s[i]);
    }
    kxi_buf_char(b, '\'');
    return b->failed ? kxi_nomem(c->d) : KX_OK;
}

static kx_status
compile_row_text(kxi_comp *c, kxi_str text, enum kxi_vtype want, const kxi_expr **out)
{
    /* A string node of our own, so that the row scope is used as for the scheme's own conditions. */
    kxi_node *node = kxi_arena_new(c->a, kxi_node);
    if (!node)
        return kxi_nomem(c->d);
    *node = *kxi_comp_node(c, c->node)->node;
    node->type = KXI_NODE_STRING;
    node->text = kxi_str_copy(c->a, text);
    return node->text.s ? kxi_compile_row(c, node, want, out) : kxi_nomem(c->d);
}

static kx_status
mark_fold(kxi_comp *c, const kxi_rule_node *n, uint32_t track, const char *column, uint32_t *fold)
{
    uint32_t table = kxi_comp_find_table(c, KXI_STR("marks"));
    const kxi_table_spec *t = kxi_comp_table(c, table);
    kxi_measure m = { .name = n->id, .title = n->title, .clause = n->clause, .node = n->node, .table = table,
                      .measure = KXI_NONE, .op = KXI_OP_ONE, .period = KXI_PERIOD_ALL };
    kxi_buf where;
    bool found;
    c->table = table;
    c->measure = KXI_NONE;
    kxi_use_table(c, table);
    kxi_buf_init(&where, &c->ctx->mem);
    kx_status st = text_literal(c, &where, "indicator", n->id);
    if (st == KX_OK && c->r->track_count) {
        kxi_buf_cstr(&where, " && ");
        st = text_literal(c, &where, "track", c->r->tracks[track]);
    }
    if (st == KX_OK)
        st = compile_row_text(c, kxi_buf_view(&where), KXI_V_BOOL, &m.where);
    kxi_buf_free(&where);
    KXI_TRY(st);
    KXI_TRY(compile_row_text(c, kxi_str_of(column), KXI_V_NULL, &m.value));
    m.type = kxi_expr_type(m.value);
    KXI_TRY(kxi_path_find(c, table, c->r->subjects, NULL, n->node, &m.subject, &found));
    m.unit = (kxi_path){ KXI_NONE, KXI_NONE, NULL, 0 };
    uint32_t *keep = kxi_arena_array(c->a, 1, sizeof(*keep));
    if (!keep)
        return kxi_nomem(c->d);
    keep[0] = kxi_spec_column(t, KXI_STR("reason"));
    kxi_use_column(c, table, keep[0]);
    m.keep = keep;
    m.keep_count = 1;
    uint32_t index;
    KXI_TRY(kxi_list_push(c, &c->measures, &m, &index));
    return kxi_fold_of(c, index, false, 0, fold);
}

static kx_status
compile_marks(kxi_comp *c, uint32_t node)
{
    size_t tracks = c->r->track_count ? c->r->track_count : 1;
    kxi_rule_node *n = kxi_comp_node(c, node);
    bool labels = n->curve.kind == KXI_CURVE_MAP || n->curve.kind == KXI_CURVE_RANGE;
    uint32_t *folds = kxi_arena_array(c->a, tracks * 2, sizeof(*folds));
    if (!folds)
        return kxi_nomem(c->d);
    for (uint32_t i = 0; i < tracks; i++) {
        folds[tracks + i] = KXI_NONE;
        KXI_TRY(mark_fold(c, kxi_comp_node(c, node), i, "value", &folds[i]));
        if (labels)
            KXI_TRY(mark_fold(c, kxi_comp_node(c, node), i, "label", &folds[tracks + i]));
    }
    n = kxi_comp_node(c, node);
    n->mark = true;
    n->marks = folds;
    return KX_OK;
}

/* ---- what a node says ---- */

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
        KXI_TRY(kxi_compile_subject(c, when, KXI_V_BOOL, &list[n++]));
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
        return KXI_FAIL0(c->d, NO_NODES, kxi_at(c, node));
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

static kx_status
bounds_of_extra(kxi_comp *c, const kxi_node *node, uint32_t at)
{
    const kxi_rule_node *n = kxi_comp_node(c, at);
    const char *bound = n->kind == KXI_BONUS ? "cap" : "floor";
    if (n->points || kxi_node_get(node, bound))
        return KX_OK;
    if (n->kind == KXI_ORDINARY)
        return n->curve.kind == KXI_CURVE_RATIO || kxi_node_get(node, "cap") == NULL
                   ? KXI_FAIL(c->d, NO_POINTS, kxi_at(c, node), KXI_A_STR(n->id), KXI_A_CSTR("an indicator"))
                   : KX_OK;
    return KXI_FAIL(c->d, MUST_SAY_BOUND, kxi_at(c, node), KXI_A_STR(n->id), KXI_A_CSTR(bound));
}

static kx_status
read_indicator(kxi_comp *c, const kxi_node *node, uint32_t at)
{
    const kxi_node *value = kxi_node_get(node, "value"), *checks = kxi_node_get(node, "checks");
    const kxi_expr *e = NULL;
    kxi_curve curve;
    kxi_comp_node(c, at)->scored = true;
    if (value && checks)
        return KXI_FAIL(c->d, VALUE_AND_PARTS, kxi_at(c, checks), KXI_A_STR(kxi_comp_node(c, at)->id), KXI_A_CSTR("value"),
                        KXI_A_CSTR("checks"));
    if (value) {
        KXI_TRY(kxi_compile_subject(c, value, KXI_V_NULL, &e));
        kxi_comp_node(c, at)->value = e;
    }
    if (checks)
        KXI_TRY(read_checks(c, checks, at));
    KXI_TRY(kxi_compile_curve(c, kxi_node_get(node, "curve"), &curve));
    kxi_comp_node(c, at)->curve = curve;
    if (e && kxi_expr_type(e) == KXI_V_TEXT && curve.kind != KXI_CURVE_MAP && curve.kind != KXI_CURVE_CASES)
        return KXI_FAIL(c->d, CELL_GRAIN_ONLY, kxi_at(c, value), KXI_A_STR(kxi_comp_node(c, at)->id));
    if (!value && !checks)
        KXI_TRY(compile_marks(c, at));
    KXI_TRY(read_missing(c, node, at));
    return bounds_of_extra(c, node, at);
}

static const char *
round_key(const kxi_rule_node *n)
{
    return n->parent == KXI_NONE ? "total" : n->scored ? "indicator" : "block";
}

static kx_status
read_node_round(kxi_comp *c, const kxi_node *node, uint32_t at)
{
    static const char *const known[] = { "indicator", "block", "total", NULL };
    const kxi_node *own = kxi_node_get(node, "round"), *all = kxi_node_get(c->r->doc->root, "round");
    if (!own && all) {
        KXI_TRY(kxi_read_keys(c, all, "round", known));
        own = kxi_node_get(all, round_key(kxi_comp_node(c, at)));
    }
    kxi_round round;
    KXI_TRY(kxi_read_round(c, own, &round));
    kxi_rule_node *n = kxi_comp_node(c, at);
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

static kx_status
compile_node(kxi_comp *c, uint32_t at)
{
    const kxi_node *node = kxi_comp_node(c, at)->node;
    const kxi_expr *points, *applies, *weight, *factor, *zero_if, *floor, *cap;
    bool floor_open, cap_open;
    c->node = at;
    KXI_TRY(read_expr(c, node, "points", KXI_V_NUMBER, &points));
    kxi_comp_node(c, at)->points = points;
    KXI_TRY(check_points(c, node, at));
    KXI_TRY(kxi_node_get(node, "parts") ? read_block(c, node, at) : read_indicator(c, node, at));
    KXI_TRY(read_expr(c, node, "for", KXI_V_BOOL, &applies));
    KXI_TRY(read_expr(c, node, "weight", KXI_V_NUMBER, &weight));
    KXI_TRY(read_expr(c, node, "factor", KXI_V_NUMBER, &factor));
    KXI_TRY(read_expr(c, node, "zero_if", KXI_V_BOOL, &zero_if));
    KXI_TRY(read_bound(c, node, "floor", &floor, &floor_open));
    KXI_TRY(read_bound(c, node, "cap", &cap, &cap_open));
    KXI_TRY(read_node_round(c, node, at));
    kxi_rule_node *n = kxi_comp_node(c, at);
    n->applies = applies;
    n->weight = weight;
    n->factor = factor;
    n->zero_if = zero_if;
    n->floor = floor;
    n->cap = cap;
    n->floor_open = floor_open;
    n->cap_open = cap_open;
    if (n->parent != KXI_NONE && kxi_comp_node(c, n->parent)->combine == KXI_WEIGHTED && !weight)
        return KXI_FAIL(c->d, WEIGHT_NOT_SAID, kxi_at(c, node), KXI_A_STR(n->id));
    return KX_OK;
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
        KXI_TRY(kxi_normal(c, item->text, &names[c->r->track_count++]));
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
    KXI_TRY(read_tracks(c, kxi_node_get(root, "tracks")));
    KXI_TRY(name_tree(c, score, KXI_NONE, 0, &ignored));
    if (!kxi_node_get(score, "parts"))
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, score), KXI_A_CSTR("score"), KXI_A_CSTR("parts"));
    for (uint32_t i = 0; i < c->nodes.count; i++)
        KXI_NEXT(c, compile_node(c, i));
    c->node = KXI_NONE;
    return KX_OK;
}
