/* Arithmetic. Integers of one scale as long as every known lane fits, else the whole batch again in rationals. */
#include "expr/code.h"

enum operation { ADD, SUB, MUL, MOD, LEAST, GREATEST };

static bool
fits(int64_t a, int64_t b, enum operation op)
{
    int64_t result;
    return op == ADD   ? kxi_add64(a, b, &result)
           : op == SUB ? !__builtin_sub_overflow(a, b, &result)
           : op == MUL ? kxi_mul64(a, b, &result)
                       : true;
}

/* A loop said that some lane overflowed: whether one that is known did. */
static bool
known_overflow(const kxi_run *r, const kxi_vec *const *args, const int64_t *x, const int64_t *y, enum operation op)
{
    for (size_t i = 0; i < r->n; i++)
        if (kxi_vec_state(args[0], i) == KXI_IS_KNOWN && kxi_vec_state(args[1], i) == KXI_IS_KNOWN &&
            !fits(x[kxi_vec_lane(args[0], i)], y[kxi_vec_lane(args[1], i)], op))
            return true;
    return false;
}

/* x - y * floor(x / y); y is not 0 */
static int64_t
floor_mod(int64_t x, int64_t y)
{
    int64_t m = y == -1 ? 0 : x % y;
    return m != 0 && (m ^ y) < 0 ? m + y : m;
}

/* lanes[i] = x op y for all lanes; false when a known one does not fit. */
static bool
loop_ints(const kxi_run *r, const kxi_vec *const *args, const int64_t *x, const int64_t *y, enum operation op,
          int64_t *lanes)
{
    bool cx = args[0]->constant, cy = args[1]->constant;
    int64_t bad = 0; /* negative: some lane overflowed */
    switch (op) {
    case ADD:
        KXI_LANES(r->n, x, cx, y, cy, int64_t s = (int64_t)((uint64_t)a + (uint64_t)b); bad |= (a ^ s) & (b ^ s);
                  lanes[i] = s);
        break;
    case SUB:
        KXI_LANES(r->n, x, cx, y, cy, int64_t s = (int64_t)((uint64_t)a - (uint64_t)b); bad |= (a ^ b) & (a ^ s);
                  lanes[i] = s);
        break;
    case MUL:
        KXI_LANES(r->n, x, cx, y, cy, bad |= -(int64_t)__builtin_mul_overflow(a, b, &lanes[i]));
        break;
    case MOD:
        KXI_LANES(r->n, x, cx, y, cy, lanes[i] = b ? floor_mod(a, b) : 0);
        break;
    case LEAST:
        KXI_LANES(r->n, x, cx, y, cy, lanes[i] = a < b ? a : b);
        break;
    case GREATEST:
        KXI_LANES(r->n, x, cx, y, cy, lanes[i] = a > b ? a : b);
        break;
    }
    return bad >= 0 || !known_overflow(r, args, x, y, op);
}

/* Products carry the digits of both sides: bring them back to 6, when the digits beyond are zeros in every known lane. */
static bool
reduce(const kxi_run *r, const kxi_vec *const *args, int64_t *lanes, int scale)
{
    int64_t factor = kxi_pow10[scale - KXI_SCALE];
    bool states = args[0]->state || args[1]->state;
    for (size_t i = 0; i < r->n; i++) {
        if (lanes[i] % factor != 0 &&
            (!states || (kxi_vec_state(args[0], i) == KXI_IS_KNOWN && kxi_vec_state(args[1], i) == KXI_IS_KNOWN)))
            return false;
        lanes[i] /= factor;
    }
    return true;
}

static kx_status
by_ints(kxi_run *r, const kxi_vec *const *args, enum operation op, kxi_vec *out, bool *done)
{
    const kxi_vec *x = args[0], *y = args[1];
    const int64_t *ix = x->v.ints, *iy = y->v.ints;
    int scale = op == MUL ? x->scale + y->scale : x->scale > y->scale ? x->scale : y->scale;
    *done = false;
    if (x->rep == KXI_REP_NUM || y->rep == KXI_REP_NUM)
        return KX_OK;
    if (op != MUL) {
        KXI_TRY(kxi_vec_at_scale(r, x, (uint8_t)scale, &ix));
        KXI_TRY(kxi_vec_at_scale(r, y, (uint8_t)scale, &iy));
        if (!ix || !iy)
            return KX_OK;
    }
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes));
    if (!lanes)
        return KX_E_NOMEM;
    if (!loop_ints(r, args, ix, iy, op, lanes) || (scale > KXI_SCALE && !reduce(r, args, lanes, scale)))
        return KX_OK;
    out->v.ints = lanes;
    out->scale = (uint8_t)(scale > KXI_SCALE ? KXI_SCALE : scale);
    *done = true;
    return KX_OK;
}

static kx_status
num_mod(kxi_numctx *c, kxi_num x, kxi_num y, kxi_num *out)
{
    KXI_TRY(kxi_num_div(c, x, y, out));
    KXI_TRY(kxi_num_round(c, *out, KXI_ROUND_FLOOR, 0, out));
    KXI_TRY(kxi_num_mul(c, *out, y, out));
    return kxi_num_sub(c, x, *out, out);
}

static kx_status
num_op(kxi_numctx *c, enum operation op, kxi_num x, kxi_num y, kxi_num *out)
{
    int order;
    switch (op) {
    case ADD:
        return kxi_num_add(c, x, y, out);
    case SUB:
        return kxi_num_sub(c, x, y, out);
    case MUL:
        return kxi_num_mul(c, x, y, out);
    case MOD:
        return kxi_num_sign(y) == 0 ? KX_OK : num_mod(c, x, y, out);
    default:
        KXI_TRY(kxi_num_cmp(c, x, y, &order));
        *out = (order < 0) == (op == LEAST) ? x : y;
        return KX_OK;
    }
}

static kx_status
by_nums(kxi_run *r, const kxi_vec *const *args, enum operation op, const uint8_t *state, kxi_vec *out)
{
    kxi_num *lanes = kxi_lanes_new(r, sizeof(*lanes)), x, y;
    if (!lanes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++) {
        lanes[i] = kxi_num_int(0);
        if (state && state[i] != KXI_IS_KNOWN)
            continue;
        KXI_TRY(kxi_vec_num(&r->num, args[0], i, &x));
        KXI_TRY(kxi_vec_num(&r->num, args[1], i, &y));
        KXI_TRY(num_op(&r->num, op, x, y, &lanes[i]));
    }
    out->rep = KXI_REP_NUM;
    out->v.nums = lanes;
    return KX_OK;
}

static kx_status
arithmetic(kxi_run *r, const kxi_vec *const *args, enum operation op, kxi_vec *out)
{
    uint8_t *state;
    bool done;
    KXI_TRY(kxi_states_strict(r, args, 2, &state));
    KXI_TRY(by_ints(r, args, op, out, &done));
    out->state = state;
    return done ? KX_OK : by_nums(r, args, op, state, out);
}

#define ARITHMETIC(name, op)                                                                             \
    kx_status kxi_kernel_##name(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out) \
    {                                                                                                    \
        (void)c;                                                                                         \
        return arithmetic(r, args, op, out);                                                             \
    }
ARITHMETIC(add, ADD)
ARITHMETIC(sub, SUB)
ARITHMETIC(mul, MUL)
ARITHMETIC(min, LEAST)
ARITHMETIC(max, GREATEST)

static bool
is_zero(const kxi_vec *v, size_t i)
{
    size_t lane = kxi_vec_lane(v, i);
    return v->rep == KXI_REP_INT ? v->v.ints[lane] == 0 : kxi_num_sign(v->v.nums[lane]) == 0;
}

/* The states of x / y and x % y: those of the operands, and DIVISION where y is 0. */
static kx_status
division_states(kxi_run *r, const kxi_vec *const *args, uint8_t **state)
{
    KXI_TRY(kxi_states_strict(r, args, 2, state));
    for (size_t i = 0; i < r->n; i++) {
        if ((*state && (*state)[i] != KXI_IS_KNOWN) || !is_zero(args[1], i))
            continue;
        KXI_TRY(kxi_states_own(r, state));
        (*state)[i] = KXI_IS_DIVISION;
    }
    return KX_OK;
}

kx_status
kxi_kernel_mod(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    uint8_t *state;
    bool done;
    (void)c;
    KXI_TRY(division_states(r, args, &state));
    KXI_TRY(by_ints(r, args, MOD, out, &done));
    out->state = state;
    return done ? KX_OK : by_nums(r, args, MOD, state, out);
}

/* Integers of one scale divide as they are: one reduction instead of three. */
static kx_status
divide(kxi_run *r, const kxi_vec *const *args, size_t i, const int64_t *ix, const int64_t *iy, kxi_num *out)
{
    if (ix && iy)
        return kxi_num_ratio(&r->num, ix[kxi_vec_lane(args[0], i)], iy[kxi_vec_lane(args[1], i)], out);
    kxi_num x, y;
    KXI_TRY(kxi_vec_num(&r->num, args[0], i, &x));
    KXI_TRY(kxi_vec_num(&r->num, args[1], i, &y));
    return kxi_num_div(&r->num, x, y, out);
}

kx_status
kxi_kernel_div(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    const kxi_vec *x = args[0], *y = args[1];
    const int64_t *ix = NULL, *iy = NULL;
    uint8_t *state;
    (void)c;
    KXI_TRY(division_states(r, args, &state));
    if (x->rep == KXI_REP_INT && y->rep == KXI_REP_INT) {
        uint8_t scale = x->scale > y->scale ? x->scale : y->scale;
        KXI_TRY(kxi_vec_at_scale(r, x, scale, &ix));
        KXI_TRY(kxi_vec_at_scale(r, y, scale, &iy));
    }
    kxi_num *lanes = kxi_lanes_new(r, sizeof(*lanes));
    if (!lanes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++) {
        lanes[i] = kxi_num_int(0);
        if (!state || state[i] == KXI_IS_KNOWN)
            KXI_TRY(divide(r, args, i, ix, iy, &lanes[i]));
    }
    out->rep = KXI_REP_NUM;
    out->v.nums = lanes;
    out->state = state;
    return KX_OK;
}

/* -x, or |x| */
static kx_status
sign_op(kxi_run *r, const kxi_vec *const *args, bool negate, kxi_vec *out)
{
    const kxi_vec *x = args[0];
    uint8_t *state;
    KXI_TRY(kxi_states_strict(r, args, 1, &state));
    out->state = state;
    if (x->rep == KXI_REP_INT) {
        int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes));
        const int64_t *from = x->v.ints;
        bool lowest = false;
        if (!lanes)
            return KX_E_NOMEM;
        for (size_t i = 0; i < r->n; i++) {
            lowest |= from[i] == INT64_MIN && (!state || state[i] == KXI_IS_KNOWN);
            lanes[i] = (negate || from[i] < 0) ? (int64_t)(0 - (uint64_t)from[i]) : from[i];
        }
        out->scale = x->scale;
        out->v.ints = lanes;
        if (!lowest)
            return KX_OK;
    }
    kxi_num *lanes = kxi_lanes_new(r, sizeof(*lanes));
    if (!lanes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++) {
        lanes[i] = kxi_num_int(0);
        if (state && state[i] != KXI_IS_KNOWN)
            continue;
        KXI_TRY(kxi_vec_num(&r->num, x, i, &lanes[i]));
        if (negate || kxi_num_sign(lanes[i]) < 0)
            KXI_TRY(kxi_num_neg(&r->num, lanes[i], &lanes[i]));
    }
    out->rep = KXI_REP_NUM;
    out->v.nums = lanes;
    return KX_OK;
}

kx_status
kxi_kernel_neg(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    return sign_op(r, args, true, out);
}

kx_status
kxi_kernel_abs(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    return sign_op(r, args, false, out);
}
