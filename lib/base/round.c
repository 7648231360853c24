/* Rounding: x to a multiple of a step. In units of the step x is n / d, and its whole part and rest decide. */
#include "base/num_priv.h"

static const char *const mode_names[KXI_ROUND_COUNT] = {
#define X(name, text) text,
    KXI_ROUND_MODES(X)
#undef X
};

bool
kxi_round_mode_find(kxi_str name, enum kxi_round_mode *out)
{
    for (int mode = 0; mode < KXI_ROUND_COUNT; mode++)
        if (kxi_str_is(name, mode_names[mode])) {
            *out = (enum kxi_round_mode)mode;
            return true;
        }
    return false;
}

const char *
kxi_round_mode_name(enum kxi_round_mode mode)
{
    return mode_names[mode];
}

/* Whether the magnitude goes up to the next whole: half tells how the rest compares to a half, odd is of the whole part. */
static bool
goes_up(enum kxi_round_mode mode, bool negative, bool rest, int half, bool odd)
{
    switch (mode) {
    case KXI_ROUND_HALF_UP:
        return half >= 0;
    case KXI_ROUND_HALF_EVEN:
        return half > 0 || (half == 0 && odd);
    case KXI_ROUND_FLOOR:
        return rest && negative;
    case KXI_ROUND_CEIL:
        return rest && !negative;
    default:
        return false;
    }
}

static kx_status
whole_small(kxi_numctx *c, enum kxi_round_mode mode, kxi_num x, kxi_num *out)
{
    uint64_t n = kxi_abs64(x.n), d = (uint64_t)x.d, whole = n / d, rest = n % d;
    int half = rest < d - rest ? -1 : rest > d - rest;
    whole += goes_up(mode, x.n < 0, rest != 0, half, whole & 1);
    return kxi_num_wide(c, x.n < 0 ? -(kxi_wide)whole : (kxi_wide)whole, 0, out);
}

static kx_status
whole_big(kxi_numctx *c, kxi_arena *a, enum kxi_round_mode mode, kxi_num x, kxi_num *out)
{
    struct kxi_parts p;
    kxi_nat whole, rest, twice;
    uint32_t space[4];
    kxi_nat one = kxi_nat_of(1, space);
    kxi_num_take_apart(x, &p);
    if (!kxi_nat_divmod(a, p.n, p.d, &whole, &rest) || !kxi_nat_shift(a, rest, 1, &twice))
        return KX_E_NOMEM;
    if (goes_up(mode, p.negative, rest.n != 0, kxi_nat_cmp(twice, p.d), kxi_nat_is_odd(whole)) &&
        !kxi_nat_add(a, whole, one, &whole))
        return KX_E_NOMEM;
    return kxi_num_join(c, a, p.negative && whole.n, whole, one, out);
}

/* All of it with numbers of scratch, where what goes beyond max_digits only meanwhile is no matter. */
static kx_status
round_in(kxi_numctx *scratch, kxi_num x, enum kxi_round_mode mode, kxi_num step, kxi_num *out)
{
    kxi_num units, whole;
    kx_status status = kxi_num_div(scratch, x, step, &units);
    if (status != KX_OK)
        return status;
    status =
        units.big ? whole_big(scratch, scratch->arena, mode, units, &whole) : whole_small(scratch, mode, units, &whole);
    return status == KX_OK ? kxi_num_mul(scratch, whole, step, out) : status;
}

/* A number of scratch as one of c. */
static kx_status
move_out(kxi_numctx *c, kxi_arena *scratch, kxi_num x, kxi_num *out)
{
    if (x.big)
        return kxi_num_join(c, scratch, x.big->negative, x.big->n, x.big->d, out);
    *out = x;
    return KX_OK;
}

kx_status
kxi_num_round_to(kxi_numctx *c, kxi_num x, enum kxi_round_mode mode, kxi_num step, kxi_num *out)
{
    kxi_arena arena;
    kxi_num rounded = x;
    if (kxi_num_sign(step) <= 0)
        return KX_E_ARGUMENT;
    if (mode == KXI_ROUND_NONE) {
        *out = x;
        return KX_OK;
    }
    kxi_arena_init(&arena, c->arena->mem);
    kx_status status = round_in(&(kxi_numctx){ &arena, UINT32_MAX }, x, mode, step, &rounded);
    if (status == KX_OK)
        status = move_out(c, &arena, rounded, out);
    kxi_arena_free(&arena);
    return status;
}

/* 10^-places */
static kx_status
step_of(kxi_numctx *scratch, int places, kxi_num *out)
{
    uint32_t space[4];
    kxi_nat power, one = kxi_nat_of(1, space);
    size_t exponent = (size_t)(places < 0 ? -(int64_t)places : places);
    if (exponent <= 18) {
        *out = places < 0 ? kxi_num_int(kxi_pow10[exponent]) : (kxi_num){ 1, kxi_pow10[exponent], NULL };
        return KX_OK;
    }
    if (!kxi_nat_pow10(scratch->arena, exponent, &power))
        return KX_E_NOMEM;
    return places < 0 ? kxi_num_join(scratch, scratch->arena, false, power, one, out)
                      : kxi_num_join(scratch, scratch->arena, false, one, power, out);
}

kx_status
kxi_num_round(kxi_numctx *c, kxi_num x, enum kxi_round_mode mode, int places, kxi_num *out)
{
    kxi_arena arena;
    kxi_num step;
    if (mode == KXI_ROUND_NONE) {
        *out = x;
        return KX_OK;
    }
    if ((places < 0 ? -(int64_t)places : places) > c->max_digits)
        return KX_E_LIMIT;
    kxi_arena_init(&arena, c->arena->mem);
    kx_status status = step_of(&(kxi_numctx){ &arena, UINT32_MAX }, places, &step);
    if (status == KX_OK)
        status = kxi_num_round_to(c, x, mode, step, out);
    kxi_arena_free(&arena);
    return status;
}
