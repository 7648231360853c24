#include "base/num.h"

#include "base/num_priv.h"

typedef unsigned __int128 wide;

const int64_t kxi_pow10[19] = { 1,
                                10,
                                100,
                                1000,
                                10000,
                                100000,
                                1000000,
                                10000000,
                                100000000,
                                1000000000,
                                10000000000,
                                100000000000,
                                1000000000000,
                                10000000000000,
                                100000000000000,
                                1000000000000000,
                                10000000000000000,
                                100000000000000000,
                                1000000000000000000 };

void
kxi_num_take_apart(kxi_num x, struct kxi_parts *p)
{
    if (x.big) {
        p->negative = x.big->negative;
        p->n = x.big->n;
        p->d = x.big->d;
    } else {
        p->negative = x.n < 0;
        p->n = kxi_nat_of(kxi_abs64(x.n), p->space[0]);
        p->d = kxi_nat_of((uint64_t)x.d, p->space[1]);
    }
}

/* The greatest numerator of a sign that stays small: -2^63 does, 2^63 does not. */
static bool
is_small(bool negative, wide n, wide d)
{
    return n <= (wide)INT64_MAX + negative && d <= INT64_MAX;
}

static kxi_num
small_num(bool negative, uint64_t n, uint64_t d)
{
    return (kxi_num){ (int64_t)(negative ? 0 - n : n), (int64_t)d, NULL };
}

kx_status
kxi_num_join(kxi_numctx *c, kxi_arena *scratch, bool negative, kxi_nat n, kxi_nat d, kxi_num *out)
{
    uint64_t n64, d64;
    bool n_fits, d_fits;
    if (kxi_nat_to_64(n, &n64) && kxi_nat_to_64(d, &d64) && is_small(negative, n64, d64)) {
        *out = small_num(negative, n64, d64);
        return KX_OK;
    }
    if (!kxi_nat_fits(scratch, n, c->max_digits, &n_fits) || !kxi_nat_fits(scratch, d, c->max_digits, &d_fits))
        return KX_E_NOMEM;
    if (!n_fits || !d_fits)
        return KX_E_LIMIT;
    struct kxi_big *big = kxi_arena_new(c->arena, struct kxi_big);
    if (!big || !kxi_nat_copy(c->arena, n, &big->n) || !kxi_nat_copy(c->arena, d, &big->d))
        return KX_E_NOMEM;
    big->negative = negative;
    *out = (kxi_num){ 0, 0, big };
    return KX_OK;
}

kx_status
kxi_num_reduce(kxi_numctx *c, kxi_arena *scratch, bool negative, kxi_nat n, kxi_nat d, kxi_num *out)
{
    kxi_nat g;
    if (n.n == 0) {
        *out = kxi_num_int(0);
        return KX_OK;
    }
    if (!kxi_nat_gcd(scratch, n, d, &g))
        return KX_E_NOMEM;
    if (!kxi_nat_is_one(g) && (!kxi_nat_divmod(scratch, n, g, &n, NULL) || !kxi_nat_divmod(scratch, d, g, &d, NULL)))
        return KX_E_NOMEM;
    return kxi_num_join(c, scratch, negative, n, d, out);
}

/* n / d in lowest terms, of at most 128 bits each. */
static kx_status
join_wide(kxi_numctx *c, bool negative, wide n, wide d, kxi_num *out)
{
    if (is_small(negative, n, d)) {
        *out = small_num(negative, (uint64_t)n, (uint64_t)d);
        return KX_OK;
    }
    uint32_t space[2][4];
    kxi_arena scratch;
    kxi_arena_init(&scratch, c->arena->mem);
    kx_status status = kxi_num_join(c, &scratch, negative, kxi_nat_of(n, space[0]), kxi_nat_of(d, space[1]), out);
    kxi_arena_free(&scratch);
    return status;
}

kx_status
kxi_num_wide(kxi_numctx *c, kxi_wide v, int scale, kxi_num *out)
{
    if (scale < 0 || scale > 18)
        return KX_E_ARGUMENT;
    wide n = v < 0 ? 0 - (wide)v : (wide)v;
    uint64_t d = (uint64_t)kxi_pow10[scale];
    uint64_t g = d == 1 ? 1 : kxi_gcd64((uint64_t)(n % d), d);
    return join_wide(c, v < 0, n / g, d / g, out);
}

kx_status
kxi_num_dec(kxi_numctx *c, int64_t v, int scale, kxi_num *out)
{
    return kxi_num_wide(c, v, scale, out);
}

kx_status
kxi_num_ratio(kxi_numctx *c, int64_t n, int64_t d, kxi_num *out)
{
    if (d == 0)
        return KX_E_ARGUMENT;
    uint64_t an = kxi_abs64(n), ad = kxi_abs64(d);
    uint64_t g = kxi_gcd64(an, ad);
    return join_wide(c, (n < 0) != (d < 0) && n != 0, an / g, ad / g, out);
}

/* Knuth, volume 2, 4.5.1: with g = gcd(d1, d2) only gcd(t, g) is left to divide by, where t = n1 (d2/g) + n2 (d1/g). All
 * products stay below 2^126, their sum below 2^127. */
static kx_status
add_small(kxi_numctx *c, kxi_num x, kxi_num y, kxi_num *out)
{
    uint64_t g = x.d == 1 || y.d == 1 ? 1 : kxi_gcd64((uint64_t)x.d, (uint64_t)y.d);
    int64_t d1 = x.d / (int64_t)g, d2 = y.d / (int64_t)g;
    kxi_wide sum = (kxi_wide)x.n * d2 + (kxi_wide)y.n * d1;
    wide t = sum < 0 ? 0 - (wide)sum : (wide)sum;
    if (t == 0) {
        *out = kxi_num_int(0);
        return KX_OK;
    }
    uint64_t h = g == 1 ? 1 : kxi_gcd64((uint64_t)(t % g), g);
    return join_wide(c, sum < 0, t / h, (wide)d1 * ((uint64_t)y.d / h), out);
}

/* The signed sum of two naturals; cancels to zero without a sign. */
static bool
add_signed(kxi_arena *a, bool xneg, kxi_nat x, bool yneg, kxi_nat y, bool *negative, kxi_nat *out)
{
    int order = kxi_nat_cmp(x, y);
    *negative = order >= 0 ? xneg : yneg;
    if (xneg == yneg)
        return kxi_nat_add(a, x, y, out);
    return order >= 0 ? kxi_nat_sub(a, x, y, out) : kxi_nat_sub(a, y, x, out);
}

static bool
quotient(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *out)
{
    if (kxi_nat_is_one(y)) {
        *out = x;
        return true;
    }
    return kxi_nat_divmod(a, x, y, out, NULL);
}

/* As add_small, on naturals. */
static kx_status
add_parts(kxi_numctx *c, kxi_arena *a, const struct kxi_parts *x, const struct kxi_parts *y, kxi_num *out)
{
    kxi_nat g, h, d1, d2, left, right, t, d;
    bool negative;
    if (!kxi_nat_gcd(a, x->d, y->d, &g) || !quotient(a, x->d, g, &d1) || !quotient(a, y->d, g, &d2) ||
        !kxi_nat_mul(a, x->n, d2, &left) || !kxi_nat_mul(a, y->n, d1, &right) ||
        !add_signed(a, x->negative, left, y->negative, right, &negative, &t))
        return KX_E_NOMEM;
    if (t.n == 0) {
        *out = kxi_num_int(0);
        return KX_OK;
    }
    if (!kxi_nat_gcd(a, t, g, &h) || !quotient(a, t, h, &t) || !quotient(a, y->d, h, &d2) ||
        !kxi_nat_mul(a, d1, d2, &d))
        return KX_E_NOMEM;
    return kxi_num_join(c, a, negative, t, d, out);
}

/* Crosswise reduction leaves nothing to reduce in the product. */
static kx_status
mul_parts(kxi_numctx *c, kxi_arena *a, const struct kxi_parts *x, const struct kxi_parts *y, kxi_num *out)
{
    kxi_nat g, h, n1, n2, d1, d2, n, d;
    if (x->n.n == 0 || y->n.n == 0) {
        *out = kxi_num_int(0);
        return KX_OK;
    }
    if (!kxi_nat_gcd(a, x->n, y->d, &g) || !kxi_nat_gcd(a, y->n, x->d, &h) || !quotient(a, x->n, g, &n1) ||
        !quotient(a, y->n, h, &n2) || !quotient(a, x->d, h, &d1) || !quotient(a, y->d, g, &d2) ||
        !kxi_nat_mul(a, n1, n2, &n) || !kxi_nat_mul(a, d1, d2, &d))
        return KX_E_NOMEM;
    return kxi_num_join(c, a, x->negative != y->negative, n, d, out);
}

typedef kx_status (*parts_op)(kxi_numctx *, kxi_arena *, const struct kxi_parts *, const struct kxi_parts *, kxi_num *);

static kx_status
with_parts(kxi_numctx *c, parts_op op, kxi_num x, kxi_num y, bool invert_y, kxi_num *out)
{
    struct kxi_parts px, py;
    kxi_arena scratch;
    kxi_num_take_apart(x, &px);
    kxi_num_take_apart(y, &py);
    if (invert_y) {
        kxi_nat n = py.n;
        py.n = py.d;
        py.d = n;
    }
    kxi_arena_init(&scratch, c->arena->mem);
    kx_status status = op(c, &scratch, &px, &py, out);
    kxi_arena_free(&scratch);
    return status;
}

kx_status
kxi_num_add(kxi_numctx *c, kxi_num x, kxi_num y, kxi_num *out)
{
    if (x.big || y.big)
        return with_parts(c, add_parts, x, y, false, out);
    return add_small(c, x, y, out);
}

kx_status
kxi_num_neg(kxi_numctx *c, kxi_num x, kxi_num *out)
{
    if (!x.big)
        return join_wide(c, x.n > 0, kxi_abs64(x.n), (uint64_t)x.d, out);
    kxi_arena scratch;
    kxi_arena_init(&scratch, c->arena->mem);
    kx_status status = kxi_num_join(c, &scratch, !x.big->negative, x.big->n, x.big->d, out);
    kxi_arena_free(&scratch);
    return status;
}

kx_status
kxi_num_sub(kxi_numctx *c, kxi_num x, kxi_num y, kxi_num *out)
{
    kxi_num minus;
    kx_status status = kxi_num_neg(c, y, &minus);
    return status == KX_OK ? kxi_num_add(c, x, minus, out) : status;
}

/* (n1 / d1) (n2 / d2), reduced crosswise. */
static kx_status
mul_small(kxi_numctx *c, bool negative, uint64_t n1, uint64_t d1, uint64_t n2, uint64_t d2, kxi_num *out)
{
    if (n1 == 0 || n2 == 0) {
        *out = kxi_num_int(0);
        return KX_OK;
    }
    uint64_t g = d2 == 1 ? 1 : kxi_gcd64(n1, d2), h = d1 == 1 ? 1 : kxi_gcd64(n2, d1);
    return join_wide(c, negative, (wide)(n1 / g) * (n2 / h), (wide)(d1 / h) * (d2 / g), out);
}

kx_status
kxi_num_mul(kxi_numctx *c, kxi_num x, kxi_num y, kxi_num *out)
{
    if (x.big || y.big)
        return with_parts(c, mul_parts, x, y, false, out);
    return mul_small(c, (x.n < 0) != (y.n < 0), kxi_abs64(x.n), (uint64_t)x.d, kxi_abs64(y.n), (uint64_t)y.d, out);
}

kx_status
kxi_num_div(kxi_numctx *c, kxi_num x, kxi_num y, kxi_num *out)
{
    if (kxi_num_sign(y) == 0)
        return KX_E_ARGUMENT;
    if (x.big || y.big)
        return with_parts(c, mul_parts, x, y, true, out);
    return mul_small(c, (x.n < 0) != (y.n < 0), kxi_abs64(x.n), (uint64_t)x.d, (uint64_t)y.d, kxi_abs64(y.n), out);
}

static kx_status
cmp_parts(kxi_arena *a, const struct kxi_parts *x, const struct kxi_parts *y, int *out)
{
    kxi_nat left, right;
    if (!kxi_nat_mul(a, x->n, y->d, &left) || !kxi_nat_mul(a, y->n, x->d, &right))
        return KX_E_NOMEM;
    *out = kxi_nat_cmp(left, right);
    return KX_OK;
}

kx_status
kxi_num_cmp(kxi_numctx *c, kxi_num x, kxi_num y, int *out)
{
    int sx = kxi_num_sign(x), sy = kxi_num_sign(y);
    if (sx != sy || sx == 0) {
        *out = sx < sy ? -1 : sx > sy;
        return KX_OK;
    }
    if (!x.big && !y.big) {
        kxi_wide left = (kxi_wide)x.n * y.d, right = (kxi_wide)y.n * x.d;
        *out = left < right ? -1 : left > right;
        return KX_OK;
    }
    struct kxi_parts px, py;
    kxi_arena scratch;
    kxi_num_take_apart(x, &px);
    kxi_num_take_apart(y, &py);
    kxi_arena_init(&scratch, c->arena->mem);
    kx_status status = cmp_parts(&scratch, &px, &py, out);
    kxi_arena_free(&scratch);
    if (status == KX_OK)
        *out *= sx;
    return status;
}

int
kxi_num_sign(kxi_num x)
{
    if (x.big)
        return x.big->negative ? -1 : 1; /* zero is small */
    return x.n < 0 ? -1 : x.n > 0;
}

bool
kxi_num_eq(kxi_num x, kxi_num y)
{
    if (!x.big || !y.big)
        return x.big == y.big && x.n == y.n && x.d == y.d;
    return x.big->negative == y.big->negative && kxi_nat_cmp(x.big->n, y.big->n) == 0 &&
           kxi_nat_cmp(x.big->d, y.big->d) == 0;
}

bool
kxi_num_is_int(kxi_num x)
{
    return x.big ? kxi_nat_is_one(x.big->d) : x.d == 1;
}

kx_status
kxi_num_copy(kxi_numctx *c, kxi_num x, kxi_num *out)
{
    if (!x.big) {
        *out = x;
        return KX_OK;
    }
    struct kxi_big *big = kxi_arena_new(c->arena, struct kxi_big);
    if (!big || !kxi_nat_copy(c->arena, x.big->n, &big->n) || !kxi_nat_copy(c->arena, x.big->d, &big->d))
        return KX_E_NOMEM;
    big->negative = x.big->negative;
    *out = (kxi_num){ 0, 0, big };
    return KX_OK;
}

bool
kxi_num_to_dec(kxi_num x, int scale, int64_t *v)
{
    if (x.big || scale < 0 || scale > 18 || kxi_pow10[scale] % x.d != 0)
        return false; /* a big one is too large, or its denominator is greater than any 10^scale */
    return kxi_mul64(x.n, kxi_pow10[scale] / x.d, v);
}

bool
kxi_num_to_int(kxi_num x, int64_t *v)
{
    return kxi_num_to_dec(x, 0, v);
}
