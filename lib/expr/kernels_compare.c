/* == and the order of numbers, dates and durations; == of text and bools. != and > are made of these by the checker. */
#include "expr/code.h"

enum relation { EQUAL, LESS, LESS_EQUAL };

#define COMPARE(A, B)                                                                     \
    do {                                                                                  \
        if (relation == EQUAL)                                                            \
            KXI_LANES(r->n, A, args[0]->constant, B, args[1]->constant, yes[i] = a == b); \
        else if (relation == LESS)                                                        \
            KXI_LANES(r->n, A, args[0]->constant, B, args[1]->constant, yes[i] = a < b);  \
        else                                                                              \
            KXI_LANES(r->n, A, args[0]->constant, B, args[1]->constant, yes[i] = a <= b); \
    } while (0)

/* Integers whose scales are too far apart for 64 bits. */
static void
compare_wide(kxi_run *r, const kxi_vec *const *args, enum relation relation, uint8_t *yes)
{
    const kxi_vec *x = args[0], *y = args[1];
    size_t sx = !x->constant, sy = !y->constant;
    kxi_wide fx = x->scale < y->scale ? kxi_pow10[y->scale - x->scale] : 1;
    kxi_wide fy = y->scale < x->scale ? kxi_pow10[x->scale - y->scale] : 1;
    for (size_t i = 0; i < r->n; i++) {
        kxi_wide a = fx * x->v.ints[i * sx], b = fy * y->v.ints[i * sy];
        yes[i] = relation == EQUAL ? a == b : relation == LESS ? a < b : a <= b;
    }
}

static kx_status
compare_nums(kxi_run *r, const kxi_vec *const *args, enum relation relation, uint8_t *yes)
{
    for (size_t i = 0; i < r->n; i++) {
        kxi_num a, b;
        int order;
        yes[i] = 0;
        if (kxi_vec_state(args[0], i) != KXI_IS_KNOWN || kxi_vec_state(args[1], i) != KXI_IS_KNOWN)
            continue;
        KXI_TRY(kxi_vec_num(&r->num, args[0], i, &a));
        KXI_TRY(kxi_vec_num(&r->num, args[1], i, &b));
        KXI_TRY(kxi_num_cmp(&r->num, a, b, &order));
        yes[i] = relation == EQUAL ? order == 0 : relation == LESS ? order < 0 : order <= 0;
    }
    return KX_OK;
}

static kx_status
compare(kxi_run *r, const kxi_vec *const *args, enum relation relation, uint8_t *yes)
{
    const kxi_vec *x = args[0], *y = args[1];
    if (x->rep == KXI_REP_NUM || y->rep == KXI_REP_NUM)
        return compare_nums(r, args, relation, yes);
    uint8_t scale = x->scale > y->scale ? x->scale : y->scale;
    const int64_t *ix, *iy;
    KXI_TRY(kxi_vec_at_scale(r, x, scale, &ix));
    KXI_TRY(kxi_vec_at_scale(r, y, scale, &iy));
    if (ix && iy)
        COMPARE(ix, iy);
    else
        compare_wide(r, args, relation, yes);
    return KX_OK;
}

static kx_status
order(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, enum relation relation, kxi_vec *out)
{
    uint8_t *yes = kxi_lanes_new(r, 1), *state;
    if (!yes)
        return KX_E_NOMEM;
    KXI_TRY(compare(r, args, relation, yes));
    KXI_TRY(kxi_states_strict2(r, c, args, &state));
    out->v.yes = yes;
    out->state = state;
    return KX_OK;
}

kx_status
kxi_kernel_lt(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    return order(r, c, args, LESS, out);
}

kx_status
kxi_kernel_le(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    return order(r, c, args, LESS_EQUAL, out);
}

/* Where something is null, null == null holds and nothing else does; where something is unknown, so is the answer. */
static kx_status
equal_states(kxi_run *r, const kxi_vec *const *args, uint8_t *yes, kxi_vec *out)
{
    static const uint8_t known = KXI_IS_KNOWN;
    const kxi_vec *x = args[0], *y = args[1];
    out->v.yes = yes;
    if (!x->state && !y->state)
        return KX_OK;
    uint8_t *state = kxi_lanes_new(r, 1);
    if (!state)
        return KX_E_NOMEM;
    const uint8_t *px = x->state ? x->state : &known, *py = y->state ? y->state : &known;
    size_t sx = x->state && !x->constant, sy = y->state && !y->constant;
    for (size_t i = 0, n = r->n; i < n; i++) {
        uint8_t a = px[i * sx], b = py[i * sy], same = (a == KXI_IS_NULL) & (b == KXI_IS_NULL);
        state[i] = KXI_IS_UNKNOWN(a) ? a : KXI_IS_UNKNOWN(b) ? b : KXI_IS_KNOWN;
        yes[i] = (a | b) == KXI_IS_KNOWN ? yes[i] : same;
    }
    out->state = state;
    return KX_OK;
}

kx_status
kxi_kernel_eq_number(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    uint8_t *yes = kxi_lanes_new(r, 1);
    if (!yes)
        return KX_E_NOMEM;
    KXI_TRY(compare(r, args, EQUAL, yes));
    return equal_states(r, args, yes, out);
}

kx_status
kxi_kernel_eq_bool(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    enum relation relation = EQUAL;
    uint8_t *yes = kxi_lanes_new(r, 1);
    if (!yes)
        return KX_E_NOMEM;
    COMPARE(args[0]->v.yes, args[1]->v.yes);
    return equal_states(r, args, yes, out);
}

kx_status
kxi_kernel_eq_text(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    const kxi_vec *x = args[0], *y = args[1];
    uint8_t *yes = kxi_lanes_new(r, 1);
    if (!yes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++)
        yes[i] = (kxi_vec_state(x, i) | kxi_vec_state(y, i)) == KXI_IS_KNOWN &&
                 kxi_str_eq(x->v.texts[kxi_vec_lane(x, i)], y->v.texts[kxi_vec_lane(y, i)]);
    return equal_states(r, args, yes, out);
}
