/* The only places where an expression rounds, and text that becomes a number. */
#include "expr/code.h"

/* q is x / p towards zero, rest what is left of x; p is at most half of 64 bits. */
static inline int64_t
adjust(int64_t q, int64_t rest, int64_t p, enum kxi_round_mode mode)
{
    int64_t away = rest < 0 ? -1 : 1, twice = 2 * (rest < 0 ? -rest : rest);
    switch (mode) {
    case KXI_ROUND_HALF_UP:
        return twice >= p ? q + away : q;
    case KXI_ROUND_HALF_EVEN:
        return twice > p || (twice == p && (q & 1)) ? q + away : q;
    case KXI_ROUND_FLOOR:
        return rest < 0 ? q - 1 : q;
    case KXI_ROUND_CEIL:
        return rest > 0 ? q + 1 : q;
    default:
        return q;
    }
}

/* Integers; *done false when they are none, or some lane does not fit (tens and hundreds next to the end of 64 bits). */
static kx_status
round_ints(kxi_run *r, const kxi_vec *x, enum kxi_round_mode mode, int places, kxi_vec *out, bool *done)
{
    *done = false;
    if (x->rep == KXI_REP_NUM || x->scale - places > 18)
        return KX_OK;
    *done = true;
    out->v.ints = x->v.ints;
    out->scale = x->scale;
    if (x->scale <= places)
        return KX_OK;
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes)), p = kxi_pow10[x->scale - places];
    int64_t back = places < 0 ? kxi_pow10[-places] : 1;
    const int64_t *from = x->v.ints;
    if (!lanes)
        return KX_E_NOMEM;
    bool bad = false;
    for (size_t i = 0; i < r->n; i++)
        bad |= !kxi_mul64(adjust(from[i] / p, from[i] % p, p, mode), back, &lanes[i]);
    out->v.ints = lanes;
    out->scale = (uint8_t)(places < 0 ? 0 : places);
    *done = !bad;
    return KX_OK;
}

/* x at `places` digits in 64 bits, when it is small; else false. */
static bool
round_small(kxi_num x, enum kxi_round_mode mode, int places, int64_t *out)
{
    int64_t top;
    if (x.big || x.d > INT64_MAX / 2)
        return false;
    if (kxi_mul64(x.n, kxi_pow10[places], &top)) {
        *out = adjust(top / x.d, top % x.d, x.d, mode);
        return true;
    }
    kxi_wide wide = (kxi_wide)x.n * kxi_pow10[places], q = wide / x.d;
    if (q >= INT64_MAX || q <= INT64_MIN)
        return false;
    *out = adjust((int64_t)q, (int64_t)(wide % x.d), x.d, mode);
    return true;
}

/* Rationals that all are small come out as integers; *done false when not. */
static kx_status
round_smalls(kxi_run *r, const kxi_code *c, const kxi_vec *x, const uint8_t *state, kxi_vec *out, bool *done)
{
    *done = false;
    if (x->rep == KXI_REP_INT || c->places < 0 || c->places > KXI_SCALE)
        return KX_OK;
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes));
    if (!lanes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++) {
        lanes[i] = 0;
        if ((!state || state[i] == KXI_IS_KNOWN) && !round_small(x->v.nums[i], c->mode, c->places, &lanes[i]))
            return KX_OK;
    }
    out->v.ints = lanes;
    out->scale = (uint8_t)c->places;
    *done = true;
    return KX_OK;
}

static kx_status
round_nums(kxi_run *r, const kxi_code *c, const kxi_vec *x, bool to, kxi_vec *out)
{
    kxi_num *lanes = kxi_lanes_new(r, sizeof(*lanes)), value;
    if (!lanes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++) {
        lanes[i] = kxi_num_int(0);
        if (kxi_vec_state(x, i) != KXI_IS_KNOWN)
            continue;
        KXI_TRY(kxi_vec_num(&r->num, x, i, &value));
        KXI_TRY(to ? kxi_num_round_to(&r->num, value, c->mode, c->step, &lanes[i])
                   : kxi_num_round(&r->num, value, c->mode, c->places, &lanes[i]));
    }
    out->rep = KXI_REP_NUM;
    out->scale = 0;
    out->v.nums = lanes;
    return kxi_vec_compact(r->arena, out);
}

kx_status
kxi_kernel_round(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    uint8_t *state;
    bool done;
    KXI_TRY(kxi_states_strict(r, args, 1, &state));
    out->state = state;
    KXI_TRY(round_ints(r, args[0], c->mode, c->places, out, &done));
    if (!done)
        KXI_TRY(round_smalls(r, c, args[0], state, out, &done));
    return done ? KX_OK : round_nums(r, c, args[0], false, out);
}

kx_status
kxi_kernel_round_to(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    uint8_t *state;
    KXI_TRY(kxi_states_strict(r, args, 1, &state));
    out->state = state;
    return round_nums(r, c, args[0], true, out);
}

/* Spaces around are allowed, a sign, digits and a point; no exponent, no fraction. */
static kx_status
parse_number(kxi_run *r, kxi_str s, kxi_num *out, uint8_t *state)
{
    while (s.n > 0 && s.s[0] == ' ')
        s = (kxi_str){ s.s + 1, s.n - 1 };
    while (s.n > 0 && s.s[s.n - 1] == ' ')
        s.n--;
    bool plain = s.n > 0;
    for (size_t i = 0; i < s.n; i++)
        plain = plain &&
                ((s.s[i] >= '0' && s.s[i] <= '9') || s.s[i] == '.' || ((s.s[i] == '-' || s.s[i] == '+') && i == 0));
    kx_status st = plain ? kxi_num_parse(&r->num, s, out) : KX_E_SYNTAX;
    if (st == KX_E_NOMEM)
        return st;
    if (st == KX_OK)
        return KX_OK;
    *out = kxi_num_int(0);
    *state = st == KX_E_LIMIT ? KXI_IS_RANGE : KXI_IS_FORMAT;
    return KX_OK;
}

kx_status
kxi_kernel_number(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    uint8_t *state;
    (void)c;
    KXI_TRY(kxi_states_strict(r, args, 1, &state));
    KXI_TRY(kxi_states_own(r, &state));
    kxi_num *lanes = kxi_lanes_new(r, sizeof(*lanes));
    if (!lanes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++) {
        lanes[i] = kxi_num_int(0);
        if (state[i] == KXI_IS_KNOWN)
            KXI_TRY(parse_number(r, args[0]->v.texts[i], &lanes[i], &state[i]));
    }
    out->rep = KXI_REP_NUM;
    out->v.nums = lanes;
    out->state = state;
    return kxi_vec_compact(r->arena, out);
}
