/* base/num.h: exact numbers.
 *
 *   row values   decimals: int64 with a scale of 0..6 digits                (kxi_dec_...)
 *   sums         __int128 at such a scale, every addition checked           (kxi_wide)
 *   the rest     rationals of any size up to max_digits, always reduced     (kxi_num)
 *
 * A kxi_num is a plain value: n / d in lowest terms with d > 0 when both fit 64 bits, else `big`, an immutable pair of
 * naturals in the arena it was made in. It lives as long as that arena. Nothing here rounds but kxi_num_round*.
 *
 * Layer: base. May include: mem, str.
 */
#ifndef KXI_BASE_NUM_H
#define KXI_BASE_NUM_H

#include "base/str.h"

typedef __int128 kxi_wide;

typedef struct kxi_num {
    int64_t n, d; /* d > 0; both 0 when big is set */
    const struct kxi_big *big;
} kxi_num;

/* Where numbers are made. */
typedef struct kxi_numctx {
    kxi_arena *arena;
    uint32_t max_digits; /* decimal digits of a numerator or denominator; more is KX_E_LIMIT, but 64 bits always do */
} kxi_numctx;

#define KXI_SCALE 6 /* digits after the point of a row value */

/* Names as schemes write them: "half-up" (away from zero), "half-even" (GB/T 8170), "truncate", "floor", "ceil". */
#define KXI_ROUND_MODES(X) \
    X(NONE, "none")        \
    X(HALF_UP, "half-up") X(HALF_EVEN, "half-even") X(TRUNCATE, "truncate") X(FLOOR, "floor") X(CEIL, "ceil")
enum kxi_round_mode {
#define X(name, text) KXI_ROUND_##name,
    KXI_ROUND_MODES(X)
#undef X
        KXI_ROUND_COUNT
};

static inline kxi_num
kxi_num_int(int64_t v)
{
    return (kxi_num){ v, 1, NULL };
}
extern const int64_t kxi_pow10[19];

/* v / 10^scale; never fails for scale 0..18 (KX_E_ARGUMENT for another scale). */
kx_status kxi_num_dec(kxi_numctx *c, int64_t v, int scale, kxi_num *out);
kx_status kxi_num_wide(kxi_numctx *c, kxi_wide v, int scale, kxi_num *out);
/* KX_E_ARGUMENT when d is 0. */
kx_status kxi_num_ratio(kxi_numctx *c, int64_t n, int64_t d, kxi_num *out);
/* "12", "-0.50", "1e-3", "3/16": KX_E_SYNTAX, KX_E_LIMIT (digits; exponents beyond max_digits), KX_E_NOMEM. */
kx_status kxi_num_parse(kxi_numctx *c, kxi_str s, kxi_num *out);

kx_status kxi_num_add(kxi_numctx *c, kxi_num x, kxi_num y, kxi_num *out);
kx_status kxi_num_sub(kxi_numctx *c, kxi_num x, kxi_num y, kxi_num *out);
kx_status kxi_num_mul(kxi_numctx *c, kxi_num x, kxi_num y, kxi_num *out);
/* KX_E_ARGUMENT when y is 0: the caller asks first. */
kx_status kxi_num_div(kxi_numctx *c, kxi_num x, kxi_num y, kxi_num *out);
kx_status kxi_num_neg(kxi_numctx *c, kxi_num x, kxi_num *out);
kx_status kxi_num_cmp(kxi_numctx *c, kxi_num x, kxi_num y, int *out); /* -1, 0, 1 */
int kxi_num_sign(kxi_num x);
bool kxi_num_eq(kxi_num x, kxi_num y); /* both are reduced, so this is comparing digits */
bool kxi_num_is_int(kxi_num x);
/* A copy that lives in c's arena. */
kx_status kxi_num_copy(kxi_numctx *c, kxi_num x, kxi_num *out);

/* To places digits after the point (negative: tens, hundreds); NONE leaves x as it is. */
kx_status kxi_num_round(kxi_numctx *c, kxi_num x, enum kxi_round_mode mode, int places, kxi_num *out);
/* To a multiple of step > 0 (else KX_E_ARGUMENT), as 0.5 or 0.2 (GB/T 8170 0.5 单位, 0.2 单位修约). */
kx_status kxi_num_round_to(kxi_numctx *c, kxi_num x, enum kxi_round_mode mode, kxi_num step, kxi_num *out);

/* Whether x is exactly v / 10^scale in int64. */
bool kxi_num_to_dec(kxi_num x, int scale, int64_t *v);
bool kxi_num_to_int(kxi_num x, int64_t *v);
/* The whole truth: "12", "-0.5", "3/16" becomes "0.1875", 1/3 stays "1/3" (decimal when that ends within 18 digits). */
kx_status kxi_num_print(kxi_numctx *c, kxi_num x, kxi_str *out);
/* Exactly places digits, rounded by mode for showing (NONE is shown half-up): "7.50", never "-0.00". */
kx_status kxi_num_print_fixed(kxi_numctx *c, kxi_num x, int places, enum kxi_round_mode mode, kxi_str *out);

/* Numerator and denominator as text, for values that are shown as a fraction. */
kx_status kxi_num_parts(kxi_numctx *c, kxi_num x, kxi_str *n, kxi_str *d);

bool kxi_round_mode_find(kxi_str name, enum kxi_round_mode *out);
const char *kxi_round_mode_name(enum kxi_round_mode mode);

/* Decimals of rows: "1234.5" and "1234.50" -> 12345 at scale 1. At most 6 digits after the point (trailing zeros beyond are fine), no
 * exponent; KX_E_SYNTAX, KX_E_LIMIT (does not fit 64 bits or 6 digits). */
kx_status kxi_dec_parse(kxi_str s, int64_t *v, int *scale);

/* Checked: false when the result does not fit. */
static inline bool
kxi_add64(int64_t a, int64_t b, int64_t *r)
{
    return !__builtin_add_overflow(a, b, r);
}
static inline bool
kxi_mul64(int64_t a, int64_t b, int64_t *r)
{
    return !__builtin_mul_overflow(a, b, r);
}
static inline bool
kxi_add_wide(kxi_wide a, kxi_wide b, kxi_wide *r)
{
    return !__builtin_add_overflow(a, b, r);
}
static inline bool
kxi_add_size(size_t a, size_t b, size_t *r)
{
    return !__builtin_add_overflow(a, b, r);
}
static inline bool
kxi_mul_size(size_t a, size_t b, size_t *r)
{
    return !__builtin_mul_overflow(a, b, r);
}

#endif
