#include "apportion/seats.h"

#include "apportion/pool.h"

static const char *const method_names[KXI_SEAT_METHOD_COUNT] = {
#define X(name, text) text,
    KXI_SEAT_METHODS(X)
#undef X
};

bool
kxi_seat_method_find(kxi_str name, enum kxi_seat_method *out)
{
    for (int i = 0; i < KXI_SEAT_METHOD_COUNT; i++)
        if (kxi_str_is(name, method_names[i])) {
            *out = (enum kxi_seat_method)i;
            return true;
        }
    return false;
}

const char *
kxi_seat_method_name(enum kxi_seat_method method)
{
    return method_names[method];
}

/* Sums that tell what is possible; those of maxima stop when they are enough. */
static kx_status
add_up(kxi_numctx *c, const kxi_contest *contest, kxi_verdict *v)
{
    int64_t minima = 0, maxima = 0;
    for (size_t i = 0; i < contest->count; i++) {
        const kxi_claim *claim = &contest->claims[i];
        KXI_SEATS_TRY(kxi_num_add(c, v->total, claim->weight, &v->total));
        if (!kxi_add64(minima, claim->lo, &minima))
            return KX_E_LIMIT;
        if (maxima < contest->seats)
            maxima += kxi_num_sign(claim->weight) > 0 ? claim->hi : claim->lo;
    }
    if (minima > contest->seats) {
        v->fault = KXI_FAULT_MINIMA;
        v->sum = minima;
    } else if (maxima < contest->seats) {
        v->fault = KXI_FAULT_MAXIMA;
        v->sum = maxima;
    }
    return KX_OK;
}

kx_status
kxi_seats_award(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, kxi_verdict *v)
{
    *v = (kxi_verdict){ .total = kxi_num_int(0),
                        .last = kxi_num_int(0),
                        .next = kxi_num_int(0),
                        .last_claim = KXI_NONE,
                        .next_claim = KXI_NONE };
    for (size_t i = 0; i < contest->count; i++)
        awards[i] = (kxi_award){ .quota = kxi_num_int(0), .worth = kxi_num_int(0) };
    KXI_SEATS_TRY(add_up(c, contest, v));
    if (v->fault)
        return KX_OK;
    if (contest->method == KXI_SEAT_LARGEST_REMAINDER)
        return kxi_award_remainder(c, contest, awards, v);
    for (size_t i = 0; i < contest->count && kxi_num_sign(v->total) > 0; i++) {
        kxi_num share;
        KXI_SEATS_TRY(kxi_num_mul(c, contest->claims[i].weight, kxi_num_int(contest->seats), &share));
        KXI_SEATS_TRY(kxi_num_div(c, share, v->total, &awards[i].quota));
    }
    return kxi_award_divisor(c, contest, awards, v);
}
