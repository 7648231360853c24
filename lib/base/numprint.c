/* Numbers as results show them. */
#include "base/num_priv.h"

enum { WIDE_DIGITS = 39 }; /* of 2^128 */

/* The digits of v at the end of space. */
static kxi_str
wide_text(unsigned __int128 v, char space[WIDE_DIGITS])
{
    size_t at = WIDE_DIGITS;
    do
        space[--at] = (char)('0' + (int)(v % 10));
    while (v /= 10);
    return (kxi_str){ space + at, WIDE_DIGITS - at };
}

/* Digits with a point before the last `places`, terminated. */
static kx_status
print_decimal(kxi_arena *a, bool negative, kxi_str digits, size_t places, kxi_str *out)
{
    size_t zeros = digits.n <= places ? places + 1 - digits.n : 0;
    size_t whole = digits.n + zeros - places;
    char *s = kxi_arena_alloc(a, digits.n + zeros + 3), *p = s;
    if (!s)
        return KX_E_NOMEM;
    if (negative)
        *p++ = '-';
    for (size_t i = 0; i < digits.n + zeros; i++) {
        if (i == whole)
            *p++ = '.';
        *p++ = i < zeros ? '0' : digits.s[i - zeros];
    }
    *p = '\0';
    *out = (kxi_str){ s, (size_t)(p - s) };
    return KX_OK;
}

/* A small x with all of `places` digits; d divides 10^places. */
static kx_status
print_small(kxi_arena *a, kxi_num x, size_t places, kxi_str *out)
{
    char space[WIDE_DIGITS];
    uint64_t factor = (uint64_t)(kxi_pow10[places] / x.d);
    return print_decimal(a, x.n < 0, wide_text((unsigned __int128)kxi_abs64(x.n) * factor, space), places, out);
}

static kx_status
print_fraction(kxi_arena *a, bool negative, kxi_str n, kxi_str d, kxi_str *out)
{
    char *s = kxi_arena_alloc(a, n.n + d.n + 3), *p = s;
    if (!s)
        return KX_E_NOMEM;
    if (negative)
        *p++ = '-';
    memcpy(p, n.s, n.n);
    p[n.n] = '/';
    memcpy(p + n.n + 1, d.s, d.n + 1);
    *out = (kxi_str){ s, (size_t)negative + n.n + 1 + d.n };
    return KX_OK;
}

/* The fewest places, at most 18, in which something over d ends: d divides 10^places. False when there are none. */
static bool
places_of(uint64_t d, size_t *places)
{
    for (size_t k = 0; k < 19; k++)
        if ((uint64_t)kxi_pow10[k] % d == 0) {
            *places = k;
            return true;
        }
    return false;
}

static kx_status
print_parts(kxi_arena *keep, kxi_arena *a, const struct kxi_parts *p, kxi_str *out)
{
    size_t places;
    uint64_t d64;
    uint32_t space[4];
    kxi_nat scaled;
    kxi_str n, d;
    if (kxi_nat_to_64(p->d, &d64) && places_of(d64, &places)) {
        if (!kxi_nat_mul(a, p->n, kxi_nat_of((uint64_t)kxi_pow10[places] / d64, space), &scaled) ||
            !kxi_nat_text(a, scaled, &n))
            return KX_E_NOMEM;
        return print_decimal(keep, p->negative, n, places, out);
    }
    if (!kxi_nat_text(a, p->n, &n) || !kxi_nat_text(a, p->d, &d))
        return KX_E_NOMEM;
    return print_fraction(keep, p->negative, n, d, out);
}

kx_status
kxi_num_print(kxi_numctx *c, kxi_num x, kxi_str *out)
{
    struct kxi_parts p;
    kxi_arena scratch;
    size_t places;
    if (!x.big && places_of((uint64_t)x.d, &places))
        return print_small(c->arena, x, places, out);
    kxi_num_take_apart(x, &p);
    kxi_arena_init(&scratch, c->arena->mem);
    kx_status status = print_parts(c->arena, &scratch, &p, out);
    kxi_arena_free(&scratch);
    return status;
}

/* x has at most `places` digits after its point; write all of them. */
static kx_status
print_padded(kxi_arena *keep, kxi_arena *a, kxi_num x, size_t places, kxi_str *out)
{
    struct kxi_parts p;
    kxi_nat power, n;
    kxi_str digits;
    if (!x.big && places <= 18)
        return print_small(keep, x, places, out);
    kxi_num_take_apart(x, &p);
    if (!kxi_nat_pow10(a, places, &power) || !kxi_nat_divmod(a, power, p.d, &power, NULL) ||
        !kxi_nat_mul(a, p.n, power, &n) || !kxi_nat_text(a, n, &digits))
        return KX_E_NOMEM;
    return print_decimal(keep, p.negative, digits, places, out);
}

kx_status
kxi_num_print_fixed(kxi_numctx *c, kxi_num x, int places, enum kxi_round_mode mode, kxi_str *out)
{
    kxi_arena arena;
    kxi_num rounded;
    if (places > 0 && (uint32_t)places > c->max_digits)
        return KX_E_LIMIT;
    kxi_arena_init(&arena, c->arena->mem);
    kx_status status = kxi_num_round(&(kxi_numctx){ &arena, UINT32_MAX }, x,
                                     mode == KXI_ROUND_NONE ? KXI_ROUND_HALF_UP : mode, places, &rounded);
    if (status == KX_OK)
        status = print_padded(c->arena, &arena, rounded, places > 0 ? (size_t)places : 0, out);
    kxi_arena_free(&arena);
    return status;
}

kx_status
kxi_num_parts(kxi_numctx *c, kxi_num x, kxi_str *n, kxi_str *d)
{
    struct kxi_parts p;
    kxi_arena scratch;
    kxi_str digits;
    kx_status status = KX_E_NOMEM;
    if (!x.big) {
        char space[WIDE_DIGITS];
        status = print_decimal(c->arena, x.n < 0, wide_text(kxi_abs64(x.n), space), 0, n);
        return status == KX_OK ? print_decimal(c->arena, false, wide_text((uint64_t)x.d, space), 0, d) : status;
    }
    kxi_num_take_apart(x, &p);
    kxi_arena_init(&scratch, c->arena->mem);
    if (kxi_nat_text(&scratch, p.n, &digits) && kxi_nat_text(c->arena, p.d, d))
        status = print_decimal(c->arena, p.negative, digits, 0, n);
    kxi_arena_free(&scratch);
    return status;
}
