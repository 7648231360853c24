/* One node over all subjects: for -> value and curve, or parts -> factor -> floor, cap -> round -> zero_if. */
#include "score/engine.h"

struct node_run {
    kxi_engine *e;
    uint32_t at;
    const kxi_rule_node *n;
    kxi_curve_vecs *curve;
    kxi_vec applies, full, factor, floor, cap, zero_if, missing;
    kxi_step_fact *steps; /* room for KXI_STEP_KIND_COUNT of each subject */
};

void
kxi_fact_unknown(kxi_fact *fact, uint8_t reason)
{
    fact->state = KXI_FACT_UNKNOWN;
    fact->reason = reason;
    fact->points = kxi_num_int(0);
    fact->lost = kxi_num_int(0);
}

/* Every fact has room for each kind of step once. */
kx_status
kxi_fact_step(kxi_engine *e, kxi_fact *fact, enum kxi_step_kind kind, uint32_t which, kxi_num by)
{
    kxi_step_fact *steps = (kxi_step_fact *)(uintptr_t)fact->steps;
    if (!steps || fact->step_count == KXI_STEP_KIND_COUNT)
        return KXI_FAIL(e->d, INTERNAL, KXI_NOWHERE, KXI_A_CSTR("steps of a node"));
    steps[fact->step_count++] = (kxi_step_fact){ kind, which, by, fact->points };
    return KX_OK;
}

/* ---- values ---- */

static kx_status
number_value(kxi_engine *e, const kxi_vec *v, uint32_t i, kxi_fact *f)
{
    f->value_state = kxi_vec_state(v, i);
    f->value_type = v->type;
    f->has_value = f->value_state == KXI_IS_KNOWN;
    if (!f->has_value)
        return KX_OK;
    size_t lane = kxi_vec_lane(v, i);
    switch (v->type) {
    case KXI_V_NUMBER:
        KXI_NUM(e, kxi_vec_num(e->num, v, i, &f->value));
        return KX_OK;
    case KXI_V_BOOL:
        f->value = kxi_num_int(v->v.yes[lane]);
        return KX_OK;
    case KXI_V_TEXT:
        f->label = v->v.texts[lane];
        return KX_OK;
    default:
        f->value = kxi_num_int(v->v.ints[lane]);
        return KX_OK;
    }
}

/* Numerator and denominator as counted: of coverage, of a share or mean, or of a division. */
static kx_status
fraction_of(kxi_engine *e, const kxi_rule_node *n, uint32_t node)
{
    uint32_t index;
    const kxi_expr *above, *below;
    if (kxi_expr_is_slot(n->value, &index)) {
        const kxi_slot *slot = &e->r->slots[index];
        const kxi_grouping *g = NULL;
        const kxi_cells *cells = NULL;
        if (slot->kind == KXI_SLOT_COVERAGE)
            KXI_TRY(kxi_engine_grouping(e, index, &g));
        else if (slot->kind == KXI_SLOT_FOLD)
            KXI_TRY(kxi_engine_fold(e, slot->fold, &cells));
        for (uint32_t i = 0; i < e->n; i++) {
            kxi_fact *f = kxi_engine_fact(e, node, i);
            uint32_t cell = cells && cells->numerators ? kxi_cells_subject(cells, i) : KXI_NONE;
            f->fraction = g || cell != KXI_NONE;
            if (!f->fraction)
                continue;
            f->numerator = g ? kxi_num_int(g->met[i]) : cells->numerators[cell];
            f->denominator = g ? kxi_num_int(g->total[i]) : cells->denominators[cell];
        }
        return KX_OK;
    }
    if (!kxi_expr_quotient(n->value, &above, &below))
        return KX_OK;
    kxi_vec num, den;
    KXI_TRY(kxi_engine_eval(e, above, &num));
    KXI_TRY(kxi_engine_eval(e, below, &den));
    for (uint32_t i = 0; i < e->n; i++) {
        kxi_fact *f = kxi_engine_fact(e, node, i);
        f->fraction = kxi_vec_state(&num, i) == KXI_IS_KNOWN && kxi_vec_state(&den, i) == KXI_IS_KNOWN;
        if (!f->fraction)
            continue;
        KXI_NUM(e, kxi_vec_num(e->num, &num, i, &f->numerator));
        KXI_NUM(e, kxi_vec_num(e->num, &den, i, &f->denominator));
    }
    return KX_OK;
}

static kx_status
expr_values(kxi_engine *e, const kxi_rule_node *n, uint32_t node)
{
    kxi_vec v;
    KXI_TRY(kxi_engine_eval(e, n->value, &v));
    for (uint32_t i = 0; i < e->n; i++)
        KXI_TRY(number_value(e, &v, i, kxi_engine_fact(e, node, i)));
    return fraction_of(e, n, node);
}

/* How many conditions hold; one that cannot be decided does not. */
static kx_status
check_values(kxi_engine *e, const kxi_rule_node *n, uint32_t node)
{
    for (uint32_t i = 0; i < e->n; i++) {
        kxi_fact *f = kxi_engine_fact(e, node, i);
        f->has_value = f->fraction = true;
        f->value_type = KXI_V_NUMBER;
        f->value = f->numerator = kxi_num_int(0);
        f->denominator = kxi_num_int((int64_t)n->check_count);
    }
    kxi_vec *checks = kxi_arena_array(e->a, n->check_count + 1, sizeof(*checks));
    if (!checks)
        return kxi_nomem(e->d);
    e->vecs[node].checks = checks;
    for (size_t k = 0; k < n->check_count; k++) {
        KXI_TRY(kxi_engine_eval(e, n->checks[k], &checks[k]));
        for (uint32_t i = 0; i < e->n; i++) {
            kxi_fact *f = kxi_engine_fact(e, node, i);
            if (kxi_vec_true(&checks[k], i))
                f->value = f->numerator = kxi_num_int(f->value.n + 1);
        }
    }
    return KX_OK;
}

static kxi_str
mark_reason(const kxi_cells *cells, uint32_t cell)
{
    if (!cells->kept_first || cells->kept_first[cell] == cells->kept_first[cell + 1])
        return KXI_STR("");
    return cells->kept[cells->kept_first[cell]].texts[0];
}

/* What one track entered, as number or as label; `entered` stays false when there is nothing. */
static kx_status
read_mark(kxi_engine *e, uint32_t fold, uint32_t subject, kxi_fact *out, bool *entered)
{
    const kxi_cells *cells;
    uint32_t cell;
    if (fold == KXI_NONE)
        return KX_OK;
    KXI_TRY(kxi_engine_fold(e, fold, &cells));
    cell = kxi_cells_subject(cells, subject);
    if (cell == KXI_NONE)
        return KX_OK;
    KXI_TRY(number_value(e, &cells->value, cell, out));
    *entered = out->has_value || KXI_IS_UNKNOWN(out->value_state);
    if (out->value_state == KXI_IS_NO_ROWS)
        *entered = false;
    if (*entered)
        out->reason_text = mark_reason(cells, cell);
    return KX_OK;
}

/* The first track in order that entered anything is official; the others are reported when they differ. */
static kx_status
mark_value(kxi_engine *e, const kxi_rule_node *n, uint32_t node, uint32_t subject)
{
    size_t tracks = e->r->track_count ? e->r->track_count : 1;
    kxi_fact *f = kxi_engine_fact(e, node, subject);
    f->value_state = KXI_IS_NULL;
    f->value_type = KXI_V_NUMBER;
    for (uint32_t t = 0; t < tracks; t++) {
        kxi_fact number = { .value = kxi_num_int(0) }, label = { .value = kxi_num_int(0) };
        bool has_number = false, has_label = false;
        KXI_TRY(read_mark(e, n->marks[t], subject, &number, &has_number));
        KXI_TRY(read_mark(e, n->marks[tracks + t], subject, &label, &has_label));
        if (!has_number && !has_label)
            continue;
        if (f->track != KXI_NONE) {
            KXI_TRY(kxi_engine_track_differs(e, node, subject, t, &number, &label));
            continue;
        }
        const kxi_fact *from = has_label ? &label : &number;
        f->track = e->r->track_count ? t : KXI_NONE; /* without tracks there is only one way to enter */
        f->has_value = from->has_value;
        f->value_state = from->value_state;
        f->value_type = from->value_type;
        f->value = from->value;
        f->label = label.has_value ? label.label : KXI_STR("");
        f->reason_text = from->reason_text;
        f->mark_known = number.has_value;
        f->mark = number.value;
    }
    return KX_OK;
}

static kx_status
mark_values(kxi_engine *e, const kxi_rule_node *n, uint32_t node)
{
    for (uint32_t i = 0; i < e->n; i++)
        KXI_TRY(mark_value(e, n, node, i));
    return KX_OK;
}

/* ---- the steps ---- */

static kx_status
known_number(kxi_engine *e, const kxi_vec *v, uint32_t i, kxi_num *out, uint8_t *state)
{
    *state = kxi_vec_state(v, i);
    if (*state == KXI_IS_KNOWN)
        KXI_NUM(e, kxi_vec_num(e->num, v, i, out));
    return KX_OK;
}

static kx_status
missing_points(struct node_run *r, uint32_t i, kxi_fact *f)
{
    uint8_t state;
    switch (r->n->missing) {
    case KXI_MISSING_ZERO:
        f->points = kxi_num_int(0);
        return kxi_fact_step(r->e, f, KXI_STEP_MISSING, KXI_NONE, f->points);
    case KXI_MISSING_FULL:
        f->points = f->full;
        return kxi_fact_step(r->e, f, KXI_STEP_MISSING, KXI_NONE, f->points);
    case KXI_MISSING_NA:
        f->state = KXI_FACT_NA;
        return KX_OK;
    case KXI_MISSING_VALUE:
        KXI_TRY(known_number(r->e, &r->missing, i, &f->points, &state));
        if (state == KXI_IS_KNOWN)
            return kxi_fact_step(r->e, f, KXI_STEP_MISSING, KXI_NONE, f->points);
        break;
    default:
        break;
    }
    kxi_fact_unknown(f, f->value_state ? f->value_state : KXI_IS_NULL);
    return KX_OK;
}

/* Entered, but not what the scheme takes: a label it does not know, a number outside the label's range, two marks that
 * differ. `missing` is about what was not entered, so it does not make points of these. */
static bool
wrongly_entered(const kxi_rule_node *n, uint8_t state)
{
    bool labels = n->curve.kind == KXI_CURVE_MAP || n->curve.kind == KXI_CURVE_RANGE;
    return (labels && (state == KXI_IS_LOOKUP || state == KXI_IS_RANGE)) || (n->mark && state == KXI_IS_TIED);
}

static kx_status
curve_points(struct node_run *r, uint32_t i, kxi_fact *f)
{
    uint32_t which = KXI_NONE;
    uint8_t state = f->value_state;
    if (f->has_value)
        KXI_TRY(kxi_curve_points(r->e, &r->n->curve, r->curve, i, f, &f->points, &which, &state));
    if (!f->has_value || state != KXI_IS_KNOWN) {
        f->value_state = state;
        if (!wrongly_entered(r->n, state))
            return missing_points(r, i, f);
        kxi_fact_unknown(f, state);
        return KX_OK;
    }
    return kxi_fact_step(r->e, f, KXI_STEP_CURVE, which, kxi_num_int(0));
}

static kx_status
apply_factor(struct node_run *r, uint32_t i, kxi_fact *f)
{
    kxi_num by;
    uint8_t state;
    if (!r->n->factor)
        return KX_OK;
    KXI_TRY(known_number(r->e, &r->factor, i, &by, &state));
    if (state != KXI_IS_KNOWN) {
        kxi_fact_unknown(f, KXI_IS_DEPENDS);
        return KX_OK;
    }
    KXI_NUM(r->e, kxi_num_mul(r->e->num, f->points, by, &f->points));
    return kxi_fact_step(r->e, f, KXI_STEP_FACTOR, KXI_NONE, by);
}

/* The bound a node has when it says none: an indicator stays within 0 and its points, a deduction within -points and 0. */
static kx_status
bound_of(struct node_run *r, uint32_t i, const kxi_fact *f, bool upper, bool *has, kxi_num *out, uint8_t *state)
{
    const kxi_rule_node *n = r->n;
    const kxi_vec *said = upper ? &r->cap : &r->floor;
    *state = KXI_IS_KNOWN;
    *has = !(upper ? n->cap_open : n->floor_open);
    if (!*has)
        return KX_OK;
    if (upper ? n->cap : n->floor)
        return known_number(r->e, said, i, out, state);
    *has = n->scored && (n->points || upper == (n->kind == KXI_DEDUCTION));
    *out = upper == (n->kind == KXI_DEDUCTION) ? kxi_num_int(0) : f->full;
    if (n->kind == KXI_DEDUCTION && !upper)
        KXI_NUM(r->e, kxi_num_neg(r->e->num, f->full, out));
    return KX_OK;
}

static kx_status
apply_bound(struct node_run *r, uint32_t i, kxi_fact *f, bool upper)
{
    kxi_num bound;
    uint8_t state;
    bool has;
    int c = 0;
    KXI_TRY(bound_of(r, i, f, upper, &has, &bound, &state));
    if (state != KXI_IS_KNOWN)
        kxi_fact_unknown(f, KXI_IS_DEPENDS);
    if (!has || f->state != KXI_FACT_KNOWN)
        return KX_OK;
    KXI_NUM(r->e, kxi_num_cmp(r->e->num, f->points, bound, &c));
    if (upper ? c <= 0 : c >= 0)
        return KX_OK;
    f->points = bound;
    return kxi_fact_step(r->e, f, upper ? KXI_STEP_CAP : KXI_STEP_FLOOR, KXI_NONE, bound);
}

static kx_status
apply_round(struct node_run *r, kxi_fact *f)
{
    const kxi_round *round = &r->n->round;
    kxi_num before = f->points;
    if (!r->n->rounds)
        return KX_OK;
    if (round->interval)
        KXI_NUM(r->e, kxi_num_round_to(r->e->num, before, round->mode, round->step, &f->points));
    else
        KXI_NUM(r->e, kxi_num_round(r->e->num, before, round->mode, round->places, &f->points));
    return kxi_num_eq(before, f->points) ? KX_OK : kxi_fact_step(r->e, f, KXI_STEP_ROUND, KXI_NONE, before);
}

static kx_status
apply_zero(struct node_run *r, uint32_t i, kxi_fact *f)
{
    if (!r->n->zero_if)
        return KX_OK;
    if (kxi_vec_state(&r->zero_if, i) != KXI_IS_KNOWN) {
        kxi_fact_unknown(f, KXI_IS_DEPENDS);
        return KX_OK;
    }
    if (!kxi_vec_true(&r->zero_if, i))
        return KX_OK;
    f->points = kxi_num_int(0);
    return kxi_fact_step(r->e, f, KXI_STEP_ZERO_IF, KXI_NONE, f->points);
}

static kx_status
finish(struct node_run *r, uint32_t i, kxi_fact *f)
{
    if (f->state == KXI_FACT_KNOWN)
        KXI_TRY(apply_factor(r, i, f));
    if (f->state == KXI_FACT_KNOWN)
        KXI_TRY(apply_bound(r, i, f, false));
    if (f->state == KXI_FACT_KNOWN)
        KXI_TRY(apply_bound(r, i, f, true));
    if (f->state == KXI_FACT_KNOWN)
        KXI_TRY(apply_round(r, f));
    if (f->state == KXI_FACT_KNOWN)
        KXI_TRY(apply_zero(r, i, f));
    bool measured = !r->n->scored || r->n->points; /* an indicator without full points has nothing to lose */
    if (f->state == KXI_FACT_KNOWN && r->n->kind == KXI_ORDINARY && measured)
        KXI_NUM(r->e, kxi_num_sub(r->e->num, f->full, f->points, &f->lost));
    return KX_OK;
}

/* ---- all of it ---- */

static kx_status
start_facts(struct node_run *r)
{
    kxi_engine *e = r->e;
    r->steps = kxi_arena_array(e->a, (size_t)e->n * KXI_STEP_KIND_COUNT + 1, sizeof(*r->steps));
    if (!r->steps)
        return kxi_nomem(e->d);
    for (uint32_t i = 0; i < e->n; i++) {
        kxi_fact *f = kxi_engine_fact(e, r->at, i);
        kxi_num zero = kxi_num_int(0);
        *f = (kxi_fact){ .value = zero,
                         .numerator = zero,
                         .denominator = zero,
                         .full = zero,
                         .points = zero,
                         .lost = zero,
                         .weight = zero,
                         .mark = zero,
                         .track = KXI_NONE };
        f->steps = r->steps + (size_t)i * KXI_STEP_KIND_COUNT;
        f->label = f->reason_text = KXI_STR("");
    }
    return KX_OK;
}

/* `for` and full points. */
static kx_status
read_facts(struct node_run *r)
{
    kxi_engine *e = r->e;
    KXI_TRY(kxi_engine_eval(e, r->n->applies, &r->applies));
    KXI_TRY(kxi_engine_eval(e, r->n->points, &r->full));
    for (uint32_t i = 0; i < e->n; i++) {
        kxi_fact *f = kxi_engine_fact(e, r->at, i);
        uint8_t state;
        if (r->n->applies && kxi_vec_state(&r->applies, i) != KXI_IS_KNOWN)
            kxi_fact_unknown(f, kxi_vec_state(&r->applies, i));
        else if (r->n->applies && !kxi_vec_true(&r->applies, i))
            f->state = KXI_FACT_NA;
        if (!r->n->points)
            continue;
        KXI_TRY(known_number(e, &r->full, i, &f->full, &state));
        if (state == KXI_IS_KNOWN || f->state != KXI_FACT_KNOWN)
            continue;
        kxi_fact_unknown(f, state);
        KXI_TRY(kxi_engine_points_unknown(e, r->at, i, state));
    }
    return KX_OK;
}

static kx_status
score_indicator(struct node_run *r)
{
    kxi_engine *e = r->e;
    KXI_TRY(r->n->value         ? expr_values(e, r->n, r->at)
            : r->n->check_count ? check_values(e, r->n, r->at)
                                : mark_values(e, r->n, r->at));
    KXI_TRY(kxi_curve_prepare(e, &r->n->curve, &r->curve));
    e->vecs[r->at].curve = r->curve;
    KXI_TRY(kxi_engine_eval(e, r->n->missing_value, &r->missing));
    for (uint32_t i = 0; i < e->n; i++) {
        kxi_fact *f = kxi_engine_fact(e, r->at, i);
        if (f->state == KXI_FACT_KNOWN)
            KXI_TRY(curve_points(r, i, f));
    }
    return KX_OK;
}

/* Weights of the parts of a weighted block, one column a part, in order. */
static kx_status
score_block(struct node_run *r)
{
    kxi_engine *e = r->e;
    size_t n = 0;
    kxi_vec *weights = NULL;
    for (uint32_t p = r->n->first; p != KXI_NONE; p = e->r->nodes[p].next)
        n++;
    if (r->n->combine == KXI_WEIGHTED) {
        weights = kxi_arena_array(e->a, n + 1, sizeof(*weights));
        if (!weights)
            return kxi_nomem(e->d);
        n = 0;
        for (uint32_t p = r->n->first; p != KXI_NONE; p = e->r->nodes[p].next)
            KXI_TRY(kxi_engine_eval(e, e->r->nodes[p].weight, &weights[n++]));
    }
    return kxi_engine_block(e, r->at, weights);
}

kx_status
kxi_engine_node(kxi_engine *e, uint32_t node)
{
    struct node_run r = { .e = e, .at = node, .n = &e->r->nodes[node] };
    KXI_TRY(start_facts(&r));
    KXI_TRY(read_facts(&r));
    KXI_TRY(r.n->scored ? score_indicator(&r) : score_block(&r));
    KXI_TRY(kxi_engine_eval(e, r.n->factor, &r.factor));
    KXI_TRY(kxi_engine_eval(e, r.n->floor, &r.floor));
    KXI_TRY(kxi_engine_eval(e, r.n->cap, &r.cap));
    KXI_TRY(kxi_engine_eval(e, r.n->zero_if, &r.zero_if));
    for (uint32_t i = 0; i < e->n; i++) {
        kxi_fact *f = kxi_engine_fact(e, node, i);
        if (f->state == KXI_FACT_KNOWN)
            KXI_TRY(finish(&r, i, f));
    }
    return KX_OK;
}
