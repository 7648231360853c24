/* The largest remainder: quotas, their whole parts, then one seat each for the greatest remainders. */
#include "apportion/pool.h"

/* ---- quotas within bounds: x * claim held within [lo, hi], adding up to the seats ---- */

/* What is still to be decided: claims without a quota, their sum, and the seats that are theirs. */
struct sharing {
    kxi_numctx *c;
    const kxi_contest *contest;
    kxi_award *awards;
    bool *fixed;
    kxi_num weights, seats;
};

static kx_status
fix(struct sharing *s, size_t claim, int64_t quota)
{
    s->fixed[claim] = true;
    s->awards[claim].quota = kxi_num_int(quota);
    KXI_SEATS_TRY(kxi_num_sub(s->c, s->weights, s->contest->claims[claim].weight, &s->weights));
    return kxi_num_sub(s->c, s->seats, kxi_num_int(quota), &s->seats);
}

/* -1 when the quota is below its minimum, 1 above its maximum; by how much goes onto *excess (minima add, maxima take). */
static kx_status
out_of_bounds(struct sharing *s, size_t claim, kxi_num quota, int *side, kxi_num *excess)
{
    const kxi_claim *c = &s->contest->claims[claim];
    kxi_num beyond;
    int low, high;
    KXI_SEATS_TRY(kxi_num_cmp(s->c, quota, kxi_num_int(c->lo), &low));
    KXI_SEATS_TRY(kxi_num_cmp(s->c, quota, kxi_num_int(c->hi), &high));
    *side = low < 0 ? -1 : high > 0;
    if (*side == 0)
        return KX_OK;
    KXI_SEATS_TRY(kxi_num_sub(s->c, kxi_num_int(*side < 0 ? c->lo : c->hi), quota, &beyond));
    return kxi_num_add(s->c, *excess, beyond, excess);
}

/* One round: everybody's share of what is left. Minima that lift more than maxima cut are final, for the others can only
 * lose by them; the other way round maxima are; when both even out, all is. */
static kx_status
share_round(struct sharing *s, bool *done)
{
    size_t n = s->contest->count;
    int8_t *sides = kxi_arena_array(s->c->arena, n + 1, sizeof(*sides));
    kxi_num excess = kxi_num_int(0), factor;
    if (!sides)
        return KX_E_NOMEM;
    KXI_SEATS_TRY(kxi_num_div(s->c, s->seats, s->weights, &factor));
    for (size_t i = 0; i < n; i++) {
        int side;
        if (s->fixed[i])
            continue;
        KXI_SEATS_TRY(kxi_num_mul(s->c, s->contest->claims[i].weight, factor, &s->awards[i].quota));
        KXI_SEATS_TRY(out_of_bounds(s, i, s->awards[i].quota, &side, &excess));
        sides[i] = (int8_t)side;
    }
    int sign = kxi_num_sign(excess);
    *done = true;
    for (size_t i = 0; i < n; i++) {
        const kxi_claim *c = &s->contest->claims[i];
        if (s->fixed[i] || sides[i] == 0)
            continue;
        if (sign == 0 || (sign > 0) == (sides[i] < 0)) {
            s->awards[i].at_lo = sides[i] < 0;
            s->awards[i].at_hi = sides[i] > 0;
            KXI_SEATS_TRY(fix(s, i, sides[i] < 0 ? c->lo : c->hi));
        }
        *done &= sign == 0;
    }
    return KX_OK;
}

static kx_status
bounded_quotas(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, kxi_num total)
{
    struct sharing s = { c,      contest,
                         awards, kxi_arena_array(c->arena, contest->count + 1, 1),
                         total,  kxi_num_int(contest->seats) };
    bool done = false;
    if (!s.fixed)
        return KX_E_NOMEM;
    for (size_t i = 0; i < contest->count; i++)
        if (kxi_num_sign(contest->claims[i].weight) == 0) {
            awards[i].at_lo = contest->claims[i].lo > 0;
            KXI_SEATS_TRY(fix(&s, i, contest->claims[i].lo));
        }
    while (!done && kxi_num_sign(s.weights) > 0)
        KXI_SEATS_TRY(share_round(&s, &done));
    return KX_OK;
}

/* ---- plain quotas ---- */

/* Claims for one seat. */
static kx_status
divisor_of(kxi_numctx *c, const kxi_contest *contest, kxi_num total, kxi_num *out)
{
    if (contest->quota == KXI_QUOTA_HARE)
        return kxi_num_div(c, total, kxi_num_int(contest->seats), out);
    KXI_SEATS_TRY(kxi_num_div(c, total, kxi_num_int(contest->seats + 1), out));
    KXI_SEATS_TRY(kxi_num_round(c, *out, KXI_ROUND_FLOOR, 0, out));
    return kxi_num_add(c, *out, kxi_num_int(1), out);
}

static kx_status
plain_quotas(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, kxi_num total)
{
    kxi_num divisor;
    if (contest->seats == 0 || kxi_num_sign(total) == 0)
        return KX_OK;
    KXI_SEATS_TRY(divisor_of(c, contest, total, &divisor));
    for (size_t i = 0; i < contest->count; i++)
        KXI_SEATS_TRY(kxi_num_div(c, contest->claims[i].weight, divisor, &awards[i].quota));
    return KX_OK;
}

/* ---- the awards ---- */

/* The whole part of a quota within bounds, and what remains of it when no bound cut into it and it may get one more. */
static kx_status
whole_part(kxi_numctx *c, const kxi_claim *claim, kxi_award *award, kxi_num *rest)
{
    kxi_num whole;
    int64_t n;
    KXI_SEATS_TRY(kxi_num_round(c, award->quota, KXI_ROUND_FLOOR, 0, &whole));
    if (!kxi_num_to_int(whole, &n))
        return KX_E_LIMIT;
    *rest = kxi_num_int(0);
    award->seats = n < claim->lo ? claim->lo : n > claim->hi ? claim->hi : n;
    award->at_lo |= n < claim->lo;
    KXI_SEATS_TRY(kxi_num_sub(c, award->quota, whole, &whole));
    award->at_hi |= n > claim->hi || (n == claim->hi && kxi_num_sign(whole) > 0);
    if (!award->at_lo && !award->at_hi)
        *rest = whole;
    return KX_OK;
}

static kx_status
give_remainders(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, kxi_verdict *v)
{
    kxi_pool pool;
    int64_t given = 0, left;
    size_t waiting;
    KXI_SEATS_TRY(kxi_pool_init(&pool, c, contest, awards));
    for (uint32_t i = 0; i < contest->count; i++) {
        kxi_num rest;
        KXI_SEATS_TRY(whole_part(c, &contest->claims[i], &awards[i], &rest));
        given += awards[i].seats;
        if (kxi_num_sign(rest) > 0)
            KXI_SEATS_TRY(kxi_pool_add(&pool, i, rest));
    }
    waiting = pool.size;
    if (given > contest->seats || contest->seats - given > (int64_t)waiting) {
        v->fault = given > contest->seats ? KXI_FAULT_MINIMA : KXI_FAULT_LEFT;
        v->sum = given > contest->seats ? given : given + (int64_t)waiting;
        return KX_OK;
    }
    KXI_SEATS_TRY(kxi_pool_give(&pool, contest->seats - given, &left));
    KXI_SEATS_TRY(kxi_pool_settle(&pool, &v->open));
    /* Those that wait are on the heap; the last that got a seat by its remainder is the least of these. */
    for (uint32_t i = 0; i < contest->count; i++) {
        int order = -1;
        if (!awards[i].has_worth)
            continue;
        if (v->last_claim != KXI_NONE)
            KXI_SEATS_TRY(kxi_num_cmp(c, awards[i].worth, v->last, &order));
        if (order < 0) {
            v->last = awards[i].worth;
            v->last_claim = i;
        }
    }
    if (v->open) {
        v->next_claim = pool.tail[0];
        v->next = awards[pool.tail[0]].worth;
    } else if (pool.size) {
        v->next_claim = pool.heap[0];
        v->next = pool.worths[pool.heap[0]];
    }
    return KX_OK;
}

kx_status
kxi_award_remainder(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, kxi_verdict *v)
{
    bool bounded = contest->quota == KXI_QUOTA_HARE && contest->bounds == KXI_BOUND_QUOTAS;
    KXI_SEATS_TRY(bounded ? bounded_quotas(c, contest, awards, v->total) : plain_quotas(c, contest, awards, v->total));
    return give_remainders(c, contest, awards, v);
}
