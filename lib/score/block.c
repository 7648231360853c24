/* Blocks: parts together, and what those that do not apply do. */
#include "score/engine.h"

struct sums {
    kxi_num points, full;   /* of the ordinary parts that apply */
    kxi_num away;           /* full points of the ordinary parts that do not, under rescale */
    kxi_num extra;          /* bonus and deduction */
    size_t applicable, parts;
    bool unknown;
    bool first;
};

static kx_status
add(kxi_engine *e, kxi_num *to, kxi_num x)
{
    KXI_NUM(e, kxi_num_add(e->num, *to, x, to));
    return KX_OK;
}

/* A part that does not apply: the block says what it gives. */
static kx_status
absent(kxi_engine *e, const kxi_rule_node *block, const kxi_rule_node *part, kxi_fact *f, struct sums *s)
{
    if (part->kind != KXI_ORDINARY) {
        f->points = kxi_num_int(0);
        return KX_OK;
    }
    switch (block->na) {
    case KXI_NA_ZERO:
    case KXI_NA_FULL:
        f->points = block->na == KXI_NA_FULL ? f->full : kxi_num_int(0);
        KXI_TRY(kxi_fact_step(e, f, KXI_STEP_NOT_APPLICABLE, KXI_NONE, f->points));
        KXI_NUM(e, kxi_num_sub(e->num, f->full, f->points, &f->lost));
        KXI_TRY(add(e, &s->points, f->points));
        s->applicable++;
        return add(e, &s->full, f->full);
    case KXI_NA_RESCALE:
        f->left_out = true;
        return add(e, &s->away, f->full);
    default:
        f->left_out = true;
        return KX_OK;
    }
}

/* The best or the worst part stands for the block. */
static kx_status
pick(kxi_engine *e, const kxi_rule_node *block, const kxi_fact *f, struct sums *s)
{
    int c = 0;
    KXI_NUM(e, kxi_num_cmp(e->num, f->points, s->points, &c));
    if (s->first || (block->combine == KXI_MAX ? c > 0 : c < 0))
        s->points = f->points;
    KXI_NUM(e, kxi_num_cmp(e->num, f->full, s->full, &c));
    if (s->first || (block->combine == KXI_MAX ? c > 0 : c < 0))
        s->full = f->full;
    s->first = false;
    return KX_OK;
}

static kx_status
present(kxi_engine *e, const kxi_rule_node *block, const kxi_rule_node *part, const kxi_fact *f, const kxi_vec *weight,
        uint32_t subject, struct sums *s)
{
    kxi_num points = f->points, full = f->full, w;
    if (part->kind == KXI_ORDINARY)
        s->applicable++;
    if (block->combine == KXI_MAX || block->combine == KXI_MIN)
        return pick(e, block, f, s);
    if (weight) {
        if (kxi_vec_state(weight, subject) != KXI_IS_KNOWN) {
            s->unknown = true;
            return KX_OK;
        }
        KXI_NUM(e, kxi_vec_num(e->num, weight, subject, &w));
        KXI_NUM(e, kxi_num_mul(e->num, points, w, &points));
        KXI_NUM(e, kxi_num_mul(e->num, full, w, &full));
    }
    if (part->kind != KXI_ORDINARY)
        return add(e, &s->extra, points);
    KXI_TRY(add(e, &s->points, points));
    return add(e, &s->full, full);
}

/* The parts that apply carry the points of those that do not, in proportion. */
static kx_status
rescale(kxi_engine *e, kxi_fact *f, struct sums *s)
{
    kxi_num by;
    if (kxi_num_sign(s->away) == 0 || kxi_num_sign(s->full) == 0)
        return KX_OK;
    KXI_NUM(e, kxi_num_add(e->num, s->full, s->away, &by));
    KXI_NUM(e, kxi_num_div(e->num, by, s->full, &by));
    KXI_NUM(e, kxi_num_mul(e->num, s->points, by, &s->points));
    KXI_NUM(e, kxi_num_add(e->num, s->full, s->away, &s->full));
    f->points = s->points;
    return kxi_fact_step(e, f, KXI_STEP_RESCALE, KXI_NONE, by);
}

static kx_status
combine(kxi_engine *e, uint32_t node, uint32_t subject, const kxi_vec *weights)
{
    const kxi_rule_node *block = &e->r->nodes[node];
    kxi_fact *f = kxi_engine_fact(e, node, subject);
    kxi_num zero = kxi_num_int(0);
    struct sums s = { .points = zero, .full = zero, .away = zero, .extra = zero, .first = true };
    size_t i = 0;
    for (uint32_t p = block->first; p != KXI_NONE; p = e->r->nodes[p].next, i++) {
        const kxi_rule_node *part = &e->r->nodes[p];
        kxi_fact *pf = kxi_engine_fact(e, p, subject);
        s.parts += part->kind == KXI_ORDINARY;
        if (pf->state == KXI_FACT_UNKNOWN)
            s.unknown = true;
        else if (pf->state == KXI_FACT_NA)
            KXI_TRY(absent(e, block, part, pf, &s));
        else
            KXI_TRY(present(e, block, part, pf, weights ? &weights[i] : NULL, subject, &s));
    }
    if (f->state != KXI_FACT_KNOWN)
        return KX_OK;
    if (s.parts && !s.applicable && block->na != KXI_NA_ZERO && block->na != KXI_NA_FULL) {
        f->state = KXI_FACT_NA; /* nothing in it applies, so neither does the block */
        return KX_OK;
    }
    KXI_TRY(rescale(e, f, &s));
    KXI_NUM(e, kxi_num_add(e->num, s.points, s.extra, &f->points));
    if (!block->points || block->na == KXI_NA_LEAVE)
        f->full = s.full;
    if (s.unknown) {
        kxi_fact_unknown(f, KXI_IS_DEPENDS);
        return KX_OK;
    }
    return kxi_fact_step(e, f, KXI_STEP_PARTS, KXI_NONE, zero);
}

kx_status
kxi_engine_block(kxi_engine *e, uint32_t node, const kxi_vec *weights)
{
    for (uint32_t i = 0; i < e->n; i++)
        KXI_TRY(combine(e, node, i, weights));
    return KX_OK;
}
