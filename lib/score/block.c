/* Blocks: parts together, and what those that do not apply do. */
#include "score/engine.h"

struct sums {
    kxi_num points, full; /* of the ordinary parts that apply */
    kxi_num away;         /* full points of the ordinary parts that do not and are left out */
    kxi_num extra;        /* bonus and deduction */
    size_t applicable, parts;
    bool unknown;
    bool shrunk;     /* points left the scale, here or further down */
    uint32_t chosen; /* the part that stands for the block, KXI_NONE: all of them do */
};

/* A part as its block sees it. */
struct part {
    uint32_t node, subject;
    const kxi_rule_node *n;
    kxi_fact *f;
    const kxi_vec *weight; /* NULL: not weighted */
};

static kx_status
add(kxi_engine *e, kxi_num *to, kxi_num x)
{
    KXI_NUM(e, kxi_num_add(e->num, *to, x, to));
    return KX_OK;
}

static kx_status
larger(kxi_engine *e, kxi_num *than, kxi_num x)
{
    int c = 0;
    KXI_NUM(e, kxi_num_cmp(e->num, x, *than, &c));
    if (c > 0)
        *than = x;
    return KX_OK;
}

/* All parts count, not one of them for the others. */
static bool
together(const kxi_rule_node *block)
{
    return block->combine == KXI_SUM || block->combine == KXI_WEIGHTED;
}

static kx_status
weigh(kxi_engine *e, const struct part *p, kxi_num *x, struct sums *s)
{
    kxi_num w;
    if (!p->weight)
        return KX_OK;
    if (kxi_vec_state(p->weight, p->subject) != KXI_IS_KNOWN) {
        s->unknown = true;
        return KX_OK;
    }
    KXI_NUM(e, kxi_vec_num(e->num, p->weight, p->subject, &w));
    KXI_NUM(e, kxi_num_mul(e->num, *x, w, x));
    p->f->weighted = true;
    p->f->weight = w;
    return KX_OK;
}

/* The best or the worst part stands for the block; of equal ones the first. */
static kx_status
pick(kxi_engine *e, const kxi_rule_node *block, const struct part *p, struct sums *s)
{
    int points = 0, full = 0;
    bool first = s->chosen == KXI_NONE, most = block->combine == KXI_MAX;
    KXI_NUM(e, kxi_num_cmp(e->num, p->f->points, s->points, &points));
    KXI_NUM(e, kxi_num_cmp(e->num, p->f->full, s->full, &full));
    if (first || (most ? points > 0 : points < 0)) {
        s->points = p->f->points;
        s->chosen = p->node;
    }
    if (first || (most ? full > 0 : full < 0))
        s->full = p->f->full;
    return KX_OK;
}

static kx_status
present(kxi_engine *e, const kxi_rule_node *block, const struct part *p, struct sums *s)
{
    kxi_num points = p->f->points, full = p->f->full;
    s->applicable += p->n->kind == KXI_ORDINARY;
    s->shrunk |= p->f->shrunk;
    if (!together(block))
        return pick(e, block, p, s);
    KXI_TRY(weigh(e, p, &points, s));
    KXI_TRY(weigh(e, p, &full, s));
    if (p->n->kind != KXI_ORDINARY)
        return add(e, &s->extra, points);
    KXI_TRY(add(e, &s->points, points));
    return add(e, &s->full, full);
}

/* Whatever its points may be, its full points belong to the scale. */
static kx_status
unknown(kxi_engine *e, const kxi_rule_node *block, const struct part *p, struct sums *s)
{
    kxi_num full = p->f->full;
    s->unknown = true;
    s->shrunk |= p->f->shrunk;
    s->applicable += p->n->kind == KXI_ORDINARY;
    if (!together(block))
        return pick(e, block, p, s);
    if (p->n->kind != KXI_ORDINARY)
        return KX_OK;
    KXI_TRY(weigh(e, p, &full, s));
    return add(e, &s->full, full);
}

/* A part that does not apply: the block says what it gives. */
static kx_status
absent(kxi_engine *e, const kxi_rule_node *block, const struct part *p, struct sums *s)
{
    kxi_fact *f = p->f;
    kxi_num full = f->full;
    if (p->n->kind != KXI_ORDINARY) {
        f->points = kxi_num_int(0);
        return KX_OK;
    }
    if (block->na == KXI_NA_ZERO || block->na == KXI_NA_FULL) {
        f->points = block->na == KXI_NA_FULL ? f->full : kxi_num_int(0);
        KXI_TRY(kxi_fact_step(e, f, KXI_STEP_NOT_APPLICABLE, KXI_NONE, f->points));
        KXI_NUM(e, kxi_num_sub(e->num, f->full, f->points, &f->lost));
        return present(e, block, p, s);
    }
    f->left_out = true;
    s->shrunk |= block->na == KXI_NA_LEAVE;
    KXI_TRY(weigh(e, p, &full, s));
    return together(block) ? add(e, &s->away, full) : larger(e, &s->away, full);
}

static bool
carries(const kxi_rule_node *block, const struct sums *s)
{
    return block->na == KXI_NA_RESCALE && together(block) && kxi_num_sign(s->away) != 0 && kxi_num_sign(s->full) != 0;
}

/* The parts that apply carry the points of those that do not, in proportion; bonus and deduction stay as they are. */
static kx_status
rescale(kxi_engine *e, kxi_fact *f, const struct sums *s)
{
    kxi_num by;
    KXI_NUM(e, kxi_num_add(e->num, s->full, s->away, &by));
    KXI_NUM(e, kxi_num_div(e->num, by, s->full, &by));
    KXI_NUM(e, kxi_num_mul(e->num, s->points, by, &f->points));
    KXI_TRY(add(e, &f->points, s->extra));
    return kxi_fact_step(e, f, KXI_STEP_RESCALE, KXI_NONE, by);
}

/* Declared points are the scale; without them it is what the parts have. Points that leave it are no more of it. */
static kx_status
scale(kxi_engine *e, const kxi_rule_node *block, const struct sums *s, kxi_fact *f)
{
    kxi_num full = s->full;
    bool none = s->parts && !s->applicable; /* nothing in it applies: what it would have had */
    int c = 0;
    if (carries(block, s) || none || f->state == KXI_FACT_NA)
        KXI_TRY(add(e, &full, s->away));
    KXI_NUM(e, kxi_num_cmp(e->num, full, f->full, &c));
    f->shrunk = s->shrunk;
    if (!block->points || (s->shrunk && !none && c < 0))
        f->full = full;
    return KX_OK;
}

static kx_status
combine(kxi_engine *e, uint32_t node, uint32_t subject, const kxi_vec *weights)
{
    const kxi_rule_node *block = &e->r->nodes[node];
    kxi_fact *f = kxi_engine_fact(e, node, subject);
    kxi_num zero = kxi_num_int(0);
    struct sums s = { .points = zero, .full = zero, .away = zero, .extra = zero, .chosen = KXI_NONE };
    size_t i = 0;
    for (uint32_t at = block->first; at != KXI_NONE; at = e->r->nodes[at].next, i++) {
        const struct part p = { at, subject, &e->r->nodes[at], kxi_engine_fact(e, at, subject),
                                weights ? &weights[i] : NULL };
        s.parts += p.n->kind == KXI_ORDINARY;
        KXI_TRY(p.f->state == KXI_FACT_UNKNOWN ? unknown(e, block, &p, &s)
                : p.f->state == KXI_FACT_NA    ? absent(e, block, &p, &s)
                                               : present(e, block, &p, &s));
    }
    KXI_TRY(scale(e, block, &s, f));
    if (f->state != KXI_FACT_KNOWN)
        return KX_OK;
    if (s.parts && !s.applicable && block->na != KXI_NA_ZERO && block->na != KXI_NA_FULL) {
        f->state = KXI_FACT_NA; /* nothing in it applies, so neither does the block */
        return KX_OK;
    }
    if (s.unknown) {
        kxi_fact_unknown(f, KXI_IS_DEPENDS);
        return KX_OK;
    }
    KXI_NUM(e, kxi_num_add(e->num, s.points, s.extra, &f->points));
    KXI_TRY(kxi_fact_step(e, f, KXI_STEP_PARTS, s.chosen, zero));
    return carries(block, &s) ? rescale(e, f, &s) : KX_OK;
}

/* What stands in a block that does not apply does not apply either. */
static void
leave_out(kxi_engine *e, uint32_t node, uint32_t subject)
{
    for (uint32_t p = e->r->nodes[node].first; p != KXI_NONE; p = e->r->nodes[p].next) {
        kxi_fact *f = kxi_engine_fact(e, p, subject);
        f->state = KXI_FACT_NA;
        f->left_out = true;
        f->points = f->lost = kxi_num_int(0);
        f->step_count = 0;
        leave_out(e, p, subject);
    }
}

kx_status
kxi_engine_block(kxi_engine *e, uint32_t node, const kxi_vec *weights)
{
    for (uint32_t i = 0; i < e->n; i++) {
        KXI_TRY(combine(e, node, i, weights));
        if (kxi_engine_fact(e, node, i)->state == KXI_FACT_NA)
            leave_out(e, node, i);
    }
    return KX_OK;
}
