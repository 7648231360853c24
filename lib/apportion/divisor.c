/* Divisor methods: the minima, then a jump that gives most seats at once, then one seat after the other. */
#include "apportion/pool.h"

kx_status
kxi_seat_worth(kxi_numctx *c, enum kxi_seat_method method, kxi_num weight, int64_t seats, kxi_num *out, bool *finite)
{
    kxi_num first, second;
    *finite = true;
    switch (method) {
    case KXI_SEAT_DHONDT:
        return kxi_num_div(c, weight, kxi_num_int(seats + 1), out);
    case KXI_SEAT_SAINTE_LAGUE:
        return kxi_num_div(c, weight, kxi_num_int(2 * seats + 1), out);
    default:
        break;
    }
    *finite = seats > 0;
    if (!*finite)
        return KX_OK;
    if (method == KXI_SEAT_ADAMS)
        return kxi_num_div(c, weight, kxi_num_int(seats), out);
    KXI_SEATS_TRY(kxi_num_div(c, weight, kxi_num_int(seats), &first));
    KXI_SEATS_TRY(kxi_num_div(c, weight, kxi_num_int(seats + 1), &second));
    return kxi_num_mul(c, first, second, out);
}

/* The seats a claim has by right before any worth is compared. */
static int64_t
at_least(const kxi_contest *contest, const kxi_claim *claim)
{
    bool first = contest->method == KXI_SEAT_HUNTINGTON_HILL || contest->method == KXI_SEAT_ADAMS;
    return first && claim->lo == 0 && claim->hi > 0 && kxi_num_sign(claim->weight) > 0 ? 1 : claim->lo;
}

/* ---- the jump ---- */

/* How many seats of a claim are worth as much as one seat of a claim of `price` with d = 1, or more; exact for dhondt and
 * adams, never too many for the others: floor(claim / price + 1/2) or less. Capped at most. */
static kx_status
worth_a_price(kxi_numctx *c, enum kxi_seat_method method, kxi_num weight, kxi_num price, int64_t most, int64_t *out)
{
    kxi_num ratio, whole, half;
    int64_t n = 0;
    KXI_SEATS_TRY(kxi_num_div(c, weight, price, &ratio));
    if (method == KXI_SEAT_SAINTE_LAGUE) {
        KXI_SEATS_TRY(kxi_num_ratio(c, 1, 2, &half));
        KXI_SEATS_TRY(kxi_num_add(c, ratio, half, &ratio));
    }
    KXI_SEATS_TRY(kxi_num_round(c, ratio, method == KXI_SEAT_ADAMS ? KXI_ROUND_CEIL : KXI_ROUND_FLOOR, 0, &whole));
    if (!kxi_num_to_int(whole, &n) || n > most)
        n = most;
    if (method == KXI_SEAT_HUNTINGTON_HILL && n < most) {
        kxi_num square, next;
        int order;
        KXI_SEATS_TRY(kxi_num_mul(c, ratio, ratio, &square));
        KXI_SEATS_TRY(kxi_num_mul(c, kxi_num_int(n), kxi_num_int(n + 1), &next));
        KXI_SEATS_TRY(kxi_num_cmp(c, square, next, &order));
        n += order >= 0;
    }
    *out = n;
    return KX_OK;
}

/* Everybody's seats at a price, within bounds; *sum stops growing when it is past the contest's seats. */
static kx_status
seats_at(kxi_numctx *c, const kxi_contest *contest, kxi_num price, int64_t *seats, int64_t *sum)
{
    *sum = 0;
    for (size_t i = 0; i < contest->count && *sum <= contest->seats; i++) {
        const kxi_claim *claim = &contest->claims[i];
        int64_t least = at_least(contest, claim);
        seats[i] = least;
        if (kxi_num_sign(claim->weight) > 0)
            KXI_SEATS_TRY(worth_a_price(c, contest->method, claim->weight, price, claim->hi, &seats[i]));
        if (seats[i] < least)
            seats[i] = least;
        *sum += seats[i];
    }
    return KX_OK;
}

/* Prices that give few too few seats: 20 halvings between one that gives too many and one that does not. Whoever is given a
 * seat at a price would have come before all who are not, so nothing is decided here. */
static kx_status
jump(kxi_numctx *c, const kxi_contest *contest, kxi_num total, kxi_award *awards, int64_t *given)
{
    int64_t *seats = kxi_arena_array(c->arena, contest->count + 1, sizeof(*seats)), sum = 0;
    kxi_num price, low = kxi_num_int(0), high, half;
    if (!seats)
        return KX_E_NOMEM;
    KXI_SEATS_TRY(kxi_num_ratio(c, 1, 2, &half));
    KXI_SEATS_TRY(kxi_num_div(c, total, kxi_num_int(contest->seats), &high));
    for (int doubled = 0; doubled < 64; doubled++) {
        KXI_SEATS_TRY(seats_at(c, contest, high, seats, &sum));
        if (sum <= contest->seats)
            break;
        low = high;
        KXI_SEATS_TRY(kxi_num_add(c, high, high, &high));
    }
    if (sum > contest->seats)
        return KX_OK;
    for (int halved = 0; halved < 20; halved++) {
        KXI_SEATS_TRY(kxi_num_add(c, low, high, &price));
        KXI_SEATS_TRY(kxi_num_mul(c, price, half, &price));
        KXI_SEATS_TRY(seats_at(c, contest, price, seats, &sum));
        if (sum > contest->seats)
            low = price;
        else
            high = price;
    }
    KXI_SEATS_TRY(seats_at(c, contest, high, seats, &sum));
    for (size_t i = 0; i < contest->count; i++)
        awards[i].seats = seats[i];
    *given = sum;
    return KX_OK;
}

/* ---- the awards ---- */

/* Worth of the last seat given and of the next one, and which bounds decided. */
static kx_status
look_back(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, kxi_verdict *v)
{
    int order;
    bool finite;
    kxi_num worth;
    for (uint32_t i = 0; i < contest->count; i++) {
        const kxi_claim *claim = &contest->claims[i];
        kxi_award *award = &awards[i];
        award->has_worth = award->seats > at_least(contest, claim);
        if (award->has_worth) {
            KXI_SEATS_TRY(kxi_seat_worth(c, contest->method, claim->weight, award->seats - 1, &award->worth, &finite));
            order = -1;
            if (v->last_claim != KXI_NONE)
                KXI_SEATS_TRY(kxi_num_cmp(c, award->worth, v->last, &order));
            if (order < 0) {
                v->last = award->worth;
                v->last_claim = i;
            }
        }
        if (award->seats == claim->hi || kxi_num_sign(claim->weight) == 0)
            continue;
        KXI_SEATS_TRY(kxi_seat_worth(c, contest->method, claim->weight, award->seats, &worth, &finite));
        order = 1;
        if (v->next_claim != KXI_NONE)
            KXI_SEATS_TRY(kxi_num_cmp(c, worth, v->next, &order));
        if (order > 0) {
            v->next = worth;
            v->next_claim = i;
        }
    }
    return KX_OK;
}

/* Whether a seat at this place of a claim's own row would have come before the last that was given by worth. */
static kx_status
beats_last(kxi_numctx *c, const kxi_contest *contest, const kxi_claim *claim, int64_t seats, const kxi_verdict *v,
           int *order)
{
    bool finite;
    kxi_num worth;
    *order = -1;
    if (kxi_num_sign(claim->weight) == 0)
        return KX_OK;
    KXI_SEATS_TRY(kxi_seat_worth(c, contest->method, claim->weight, seats, &worth, &finite));
    *order = 1;
    return finite ? kxi_num_cmp(c, worth, v->last, order) : KX_OK;
}

static kx_status
mark_bounds(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, const kxi_verdict *v)
{
    for (size_t i = 0; i < contest->count; i++) {
        const kxi_claim *claim = &contest->claims[i];
        int order = -1;
        if (awards[i].seats == claim->lo && claim->lo > 0) {
            if (v->last_claim != KXI_NONE)
                KXI_SEATS_TRY(beats_last(c, contest, claim, claim->lo - 1, v, &order));
            awards[i].at_lo = order < 0;
        }
        if (awards[i].seats == claim->hi && v->last_claim != KXI_NONE) {
            KXI_SEATS_TRY(beats_last(c, contest, claim, claim->hi, v, &order));
            awards[i].at_hi = order > 0;
        }
    }
    return KX_OK;
}

kx_status
kxi_award_divisor(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, kxi_verdict *v)
{
    kxi_pool pool;
    int64_t given = 0, left;
    for (size_t i = 0; i < contest->count; i++)
        given += awards[i].seats = at_least(contest, &contest->claims[i]);
    if (given > contest->seats) {
        v->fault = KXI_FAULT_MINIMA;
        v->sum = given;
        return KX_OK;
    }
    if ((contest->seats - given) / 16 > (int64_t)contest->count)
        KXI_SEATS_TRY(jump(c, contest, v->total, awards, &given));
    KXI_SEATS_TRY(kxi_pool_init(&pool, c, contest, awards));
    for (uint32_t i = 0; i < contest->count; i++) {
        const kxi_claim *claim = &contest->claims[i];
        bool finite;
        kxi_num worth;
        if (kxi_num_sign(claim->weight) == 0 || awards[i].seats >= claim->hi)
            continue;
        KXI_SEATS_TRY(kxi_seat_worth(c, contest->method, claim->weight, awards[i].seats, &worth, &finite));
        KXI_SEATS_TRY(kxi_pool_add(&pool, i, worth));
    }
    KXI_SEATS_TRY(kxi_pool_give(&pool, contest->seats - given, &left));
    KXI_SEATS_TRY(kxi_pool_settle(&pool, &v->open));
    KXI_SEATS_TRY(look_back(c, contest, awards, v));
    return mark_bounds(c, contest, awards, v);
}
