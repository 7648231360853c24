/* What falls short: for every subject and indicator the complete list.
 *
 * Each gap of a linear curve carries its part of the loss, before rounding: with coverage x points every group that is not
 * met costs points / groups, shared among its cells; with so much for each record, that much. On other curves the list stands
 * against the whole loss. */
#include "score/engine.h"

static kx_status
push(kxi_engine *e, const kxi_gap *gap)
{
    if (e->gap_count == e->gap_capacity) {
        size_t capacity = e->gap_capacity ? e->gap_capacity * 2 : 256;
        kxi_gap *gaps = kxi_arena_array(e->a, capacity, sizeof(*gaps));
        if (!gaps)
            return kxi_nomem(e->d);
        if (e->gap_count)
            memcpy(gaps, e->gaps, e->gap_count * sizeof(*gaps));
        e->gaps = gaps;
        e->gap_capacity = capacity;
    }
    e->gaps[e->gap_count++] = *gap;
    return KX_OK;
}

static kxi_gap
blank(enum kxi_gap_kind kind, uint32_t subject, uint32_t node)
{
    kxi_num zero = kxi_num_int(0);
    kxi_str none = KXI_STR("");
    return (kxi_gap){ .kind = kind,
                      .subject = subject,
                      .node = node,
                      .gate = KXI_NONE,
                      .measure = KXI_NONE,
                      .unit = KXI_NONE,
                      .unit_key = none,
                      .unit_name = none,
                      .where = none,
                      .has = zero,
                      .needs = zero,
                      .has_text = none,
                      .needs_text = none,
                      .loss = zero };
}

/* Whether the points came straight off the curve: no bound, factor or override changed them. */
static bool
straight(const kxi_fact *f)
{
    for (size_t i = 0; i < f->step_count; i++)
        if (f->steps[i].kind != KXI_STEP_CURVE && f->steps[i].kind != KXI_STEP_ROUND)
            return false;
    return f->step_count > 0;
}

/* What each group of cells, or each record, that falls short costs. */
struct price {
    bool known;
    kxi_num each;
};

/* How many of them there are, when the value counts them: groups that are not met, records. */
static kx_status
count_short(kxi_engine *e, uint32_t slot, uint32_t subject, const kxi_fact *f, bool *known, kxi_num *count)
{
    const kxi_slot *s = &e->r->slots[slot];
    const kxi_grouping *g;
    *known = s->kind == KXI_SLOT_FOLD && e->r->measures[e->r->folds[s->fold].measure].op == KXI_OP_COUNT;
    *count = f->value;
    if (s->kind == KXI_SLOT_FOLD)
        return KX_OK;
    KXI_TRY(kxi_engine_grouping(e, slot, &g));
    *known = true;
    *count = kxi_num_int((int64_t)g->total[subject] - g->met[subject]);
    return KX_OK;
}

/* Points of each one of the value, the way it falls short. */
static kx_status
price_of_one(kxi_engine *e, uint32_t node, uint32_t slot, uint32_t subject, const kxi_fact *f, struct price *p)
{
    const kxi_rule_node *n = &e->r->nodes[node];
    const kxi_grouping *g;
    enum kxi_slot_kind kind = e->r->slots[slot].kind;
    if (n->curve.kind == KXI_CURVE_RATIO && kind == KXI_SLOT_COVERAGE) {
        KXI_TRY(kxi_engine_grouping(e, slot, &g));
        p->known = g->total[subject] > 0;
        if (p->known)
            KXI_NUM(e, kxi_num_div(e->num, f->full, kxi_num_int(g->total[subject]), &p->each));
        return KX_OK;
    }
    if (kind == KXI_SLOT_COVERAGE)
        return KX_OK;
    KXI_TRY(kxi_curve_rate(e, &n->curve, e->vecs[node].curve, subject, &p->known, &p->each));
    if (p->known && kind != KXI_SLOT_MET)
        KXI_NUM(e, kxi_num_neg(e->num, p->each, &p->each));
    return KX_OK;
}

/* node: KXI_NONE of a gate. Known only when the parts together are exactly what the curve left away from full points (a deduction: what it took). */
static kx_status
price(kxi_engine *e, uint32_t node, uint32_t slot, uint32_t subject, const kxi_fact *f, struct price *p)
{
    const kxi_rule_node *n = node == KXI_NONE ? NULL : &e->r->nodes[node];
    uint32_t only;
    kxi_num count, sum, gone;
    bool counted;
    *p = (struct price){ false, kxi_num_int(0) };
    if (!n || n->kind == KXI_BONUS || !straight(f) || !n->value || !kxi_expr_is_slot(n->value, &only) || only != slot)
        return KX_OK;
    KXI_TRY(price_of_one(e, node, slot, subject, f, p));
    KXI_TRY(count_short(e, slot, subject, f, &counted, &count));
    p->known &= counted;
    if (!p->known)
        return KX_OK;
    KXI_NUM(e, kxi_num_mul(e->num, p->each, count, &sum));
    KXI_NUM(e, kxi_num_sub(e->num, n->kind == KXI_ORDINARY ? f->full : kxi_num_int(0), f->steps[0].points, &gone));
    p->known = kxi_num_eq(sum, gone);
    return KX_OK;
}

/* ---- cells of a quota ---- */

static kx_status
bound_gap(kxi_engine *e, const kxi_quota *q, size_t cell, kxi_gap *gap)
{
    const kxi_vec *bound = &q->min;
    gap->has_known = kxi_vec_state(&q->value, cell) == KXI_IS_KNOWN;
    if (gap->has_known)
        gap->has = q->value.v.nums[cell];
    if (gap->has_known && q->max.type != KXI_V_NULL) {
        bool below = false;
        if (q->min.type != KXI_V_NULL && kxi_vec_state(&q->min, cell) == KXI_IS_KNOWN) {
            kxi_num min;
            int c = 0;
            KXI_NUM(e, kxi_vec_num(e->num, &q->min, cell, &min));
            KXI_NUM(e, kxi_num_cmp(e->num, gap->has, min, &c));
            below = c < 0;
        }
        gap->upper = !below;
    }
    if (gap->upper)
        bound = &q->max;
    gap->needs_known = bound->type != KXI_V_NULL && kxi_vec_state(bound, cell) == KXI_IS_KNOWN;
    if (gap->needs_known)
        KXI_NUM(e, kxi_vec_num(e->num, bound, cell, &gap->needs));
    return KX_OK;
}

static size_t
first_cell(const kxi_quota *q, uint32_t subject)
{
    size_t low = 0, high = q->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (q->subjects[mid] != KXI_NONE && q->subjects[mid] < subject)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static kx_status
quota_gaps(kxi_engine *e, uint32_t node, uint32_t subject, uint32_t slot, const kxi_fact *f, bool *any)
{
    const kxi_quota *q;
    const kxi_grouping *g;
    uint32_t fold = e->r->slots[slot].fold;
    struct price p;
    KXI_TRY(kxi_engine_quota(e, fold, &q));
    KXI_TRY(kxi_engine_grouping(e, slot, &g));
    KXI_TRY(price(e, node, slot, subject, f, &p));
    for (size_t i = first_cell(q, subject); i < q->count && (q->subjects[i] == subject || q->subjects[i] == KXI_NONE);
         i++) {
        if (q->met[i])
            continue;
        kxi_gap gap = blank(KXI_GAP_CELL, subject, node);
        gap.measure = e->r->folds[fold].measure;
        KXI_TRY(kxi_cell_place(e, fold, &q->reached, q->dims, i, &gap));
        KXI_TRY(bound_gap(e, q, i, &gap));
        gap.loss_known = p.known;
        if (p.known) /* shared among the cells of its group */
            KXI_NUM(e, kxi_num_div(e->num, p.each, kxi_num_int(g->group ? g->unmet[g->group[i]] : 1), &gap.loss));
        KXI_TRY(push(e, &gap));
        *any = true;
    }
    return KX_OK;
}

/* ---- records that a measure keeps ---- */

/* Whether more records would be better: then those that are there cost nothing. */
static kx_status
more_is_better(kxi_engine *e, uint32_t node, uint32_t slot, uint32_t subject, bool *better)
{
    const kxi_rule_node *n = node == KXI_NONE ? NULL : &e->r->nodes[node];
    uint32_t only;
    kxi_num rate;
    bool known;
    *better = false;
    if (!n || n->kind == KXI_DEDUCTION || !n->value || !kxi_expr_is_slot(n->value, &only) || only != slot)
        return KX_OK;
    KXI_TRY(kxi_curve_rate(e, &n->curve, e->vecs[node].curve, subject, &known, &rate));
    *better = known ? kxi_num_sign(rate) >= 0 : n->curve.kind == KXI_CURVE_RATIO || n->curve.kind == KXI_CURVE_STEPS;
    return KX_OK;
}

/* "2025-03-01 / 讲座" */
static kx_status
record_text(kxi_engine *e, const kxi_kept *kept, size_t count, kxi_str *out)
{
    kxi_buf b;
    kxi_buf_init(&b, &e->ctx->mem);
    for (size_t c = 0; c < count; c++) {
        kxi_buf_cstr(&b, c ? " / " : "");
        kxi_buf_str(&b, kept->texts[c]);
    }
    *out = b.failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(e->a, kxi_buf_view(&b));
    kxi_buf_free(&b);
    return out->s ? KX_OK : kxi_nomem(e->d);
}

static kx_status
record_gaps(kxi_engine *e, uint32_t node, uint32_t gate, uint32_t subject, uint32_t slot, const kxi_fact *f, bool *any)
{
    const kxi_cells *cells;
    uint32_t fold = e->r->slots[slot].fold;
    struct price p;
    bool better;
    KXI_TRY(more_is_better(e, node, slot, subject, &better));
    if (better)
        return KX_OK;
    KXI_TRY(kxi_engine_fold(e, fold, &cells));
    uint32_t cell = kxi_cells_subject(cells, subject);
    if (cell == KXI_NONE || !cells->kept_first)
        return KX_OK;
    KXI_TRY(price(e, node, slot, subject, f, &p));
    for (uint32_t k = cells->kept_first[cell]; k < cells->kept_first[cell + 1]; k++) {
        kxi_gap gap = blank(KXI_GAP_RECORD, subject, node);
        gap.gate = gate;
        gap.measure = e->r->folds[fold].measure;
        gap.loss_known = p.known;
        gap.loss = p.each;
        KXI_TRY(record_text(e, &cells->kept[k], e->r->measures[gap.measure].keep_count, &gap.where));
        KXI_TRY(push(e, &gap));
        *any = true;
    }
    return KX_OK;
}

/* Everything an expression counts: the unmet cells of its quotas, the records its measures keep. */
static kx_status
expr_gaps(kxi_engine *e, const kxi_expr *expr, uint32_t node, uint32_t gate, uint32_t subject, const kxi_fact *f,
          bool *any)
{
    const uint32_t *slots;
    size_t n = expr ? kxi_expr_slots(expr, &slots) : 0;
    for (size_t i = 0; i < n; i++) {
        const kxi_slot *slot = &e->r->slots[slots[i]];
        switch (slot->kind) {
        case KXI_SLOT_COVERAGE:
        case KXI_SLOT_MET:
        case KXI_SLOT_SHORT:
            if (f)
                KXI_TRY(quota_gaps(e, node, subject, slots[i], f, any));
            break;
        case KXI_SLOT_FOLD:
            if (e->r->measures[e->r->folds[slot->fold].measure].keep_count)
                KXI_TRY(record_gaps(e, node, gate, subject, slots[i], f, any));
            break;
        default:
            break;
        }
    }
    return KX_OK;
}

/* ---- indicators ---- */

static kx_status
check_gaps(kxi_engine *e, uint32_t node, uint32_t subject, const kxi_fact *f)
{
    const kxi_rule_node *n = &e->r->nodes[node];
    bool linear = n->curve.kind == KXI_CURVE_RATIO && straight(f);
    for (size_t k = 0; k < n->check_count; k++) {
        bool any = false;
        kxi_gap gap = blank(KXI_GAP_CHECK, subject, node);
        if (kxi_vec_true(&e->vecs[node].checks[k], subject))
            continue;
        gap.where = n->check_texts[k];
        gap.loss_known = linear;
        if (linear)
            KXI_NUM(e, kxi_num_div(e->num, f->full, kxi_num_int((int64_t)n->check_count), &gap.loss));
        KXI_TRY(push(e, &gap));
        KXI_TRY(expr_gaps(e, n->checks[k], node, KXI_NONE, subject, f, &any));
    }
    return KX_OK;
}

/* Whether the value alone decides how far the points are from full ones: not when it stands on the curve and what else it takes is
 * not known, nor when a factor or a bound below full points comes after the curve. */
static bool
goes_by_value(const kxi_fact *f)
{
    for (size_t i = 0; i < f->step_count; i++)
        if (f->steps[i].kind == KXI_STEP_FACTOR || f->steps[i].kind == KXI_STEP_CAP ||
            f->steps[i].kind == KXI_STEP_ZERO_IF)
            return false;
    return f->state != KXI_FACT_UNKNOWN || !f->has_value || f->value_state != KXI_IS_KNOWN;
}

/* "good 18.5": a label, and the number entered beside it. */
static kx_status
label_text(kxi_engine *e, const kxi_rule_node *n, const kxi_fact *f, kxi_str *out)
{
    kxi_str number;
    kxi_buf b;
    *out = f->label;
    if (n->curve.kind != KXI_CURVE_RANGE || !f->mark_known)
        return KX_OK;
    KXI_NUM(e, kxi_num_print(e->num, f->mark, &number));
    kxi_buf_init(&b, &e->ctx->mem);
    kxi_buf_str(&b, f->label);
    kxi_buf_char(&b, ' ');
    kxi_buf_str(&b, number);
    *out = b.failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(e->a, kxi_buf_view(&b));
    kxi_buf_free(&b);
    return out->s ? KX_OK : kxi_nomem(e->d);
}

static kx_status
value_gap(kxi_engine *e, uint32_t node, uint32_t subject, const kxi_fact *f)
{
    const kxi_rule_node *n = &e->r->nodes[node];
    kxi_gap gap = blank(f->has_value ? KXI_GAP_VALUE : KXI_GAP_MISSING, subject, node);
    gap.has_known = f->has_value && f->value_type == KXI_V_NUMBER;
    gap.has = f->value;
    if (f->has_value && f->value_type == KXI_V_TEXT)
        KXI_TRY(label_text(e, n, f, &gap.has_text));
    if (f->value_type == KXI_V_BOOL)
        gap.has_text = f->has_value ? kxi_num_sign(f->value) ? KXI_STR("true") : KXI_STR("false") : KXI_STR("");
    if (goes_by_value(f) && f->value_type == KXI_V_BOOL)
        gap.needs_text = KXI_STR("true");
    else if (goes_by_value(f))
        KXI_TRY(kxi_curve_needs(e, &n->curve, e->vecs[node].curve, subject, f, &gap.needs_known, &gap.upper, &gap.needs,
                                &gap.needs_text));
    gap.where = f->reason_text;
    gap.loss_known = n->kind == KXI_ORDINARY && f->state == KXI_FACT_KNOWN;
    gap.loss = f->lost;
    return push(e, &gap);
}

/* Points were lost, taken, or cannot be given. */
static bool
falls_short(const kxi_rule_node *n, const kxi_fact *f)
{
    if (f->state == KXI_FACT_NA)
        return false;
    if (f->state == KXI_FACT_UNKNOWN)
        return true;
    return n->kind == KXI_DEDUCTION ? kxi_num_sign(f->points) < 0 : kxi_num_sign(f->lost) > 0;
}

static kx_status
node_gaps(kxi_engine *e, uint32_t node, uint32_t subject)
{
    const kxi_rule_node *n = &e->r->nodes[node];
    const kxi_fact *f = kxi_engine_fact(e, node, subject);
    bool any = false;
    if (!n->scored || !falls_short(n, f))
        return KX_OK;
    if (n->check_count)
        return check_gaps(e, node, subject, f);
    KXI_TRY(expr_gaps(e, n->value, node, KXI_NONE, subject, f, &any));
    KXI_TRY(expr_gaps(e, n->zero_if, node, KXI_NONE, subject, f, &any));
    return any ? KX_OK : value_gap(e, node, subject, f);
}

static kx_status
gate_gaps(kxi_engine *e, uint32_t subject)
{
    const kxi_standing *s = &e->standings[subject];
    for (size_t i = 0; i < s->gate_count; i++) {
        kxi_gap gap = blank(KXI_GAP_GATE, subject, KXI_NONE);
        bool any = false;
        gap.gate = s->gates[i];
        gap.where = e->r->gates[gap.gate].title;
        KXI_TRY(push(e, &gap));
        KXI_TRY(expr_gaps(e, e->r->gates[gap.gate].when, KXI_NONE, gap.gate, subject, NULL, &any));
    }
    return KX_OK;
}

kx_status
kxi_engine_gaps(kxi_engine *e)
{
    for (uint32_t i = 0; i < e->n; i++) {
        for (uint32_t node = 0; node < e->r->node_count; node++)
            KXI_TRY(node_gaps(e, node, i));
        KXI_TRY(gate_gaps(e, i));
    }
    e->s->gaps = e->gaps;
    e->s->gap_count = e->gap_count;
    return KX_OK;
}
