/* Schoolbook arithmetic on limbs of 32 bits; scores are far too small for anything cleverer to pay. */
#include "base/nat.h"

static kxi_nat
trimmed(const uint32_t *w, size_t n)
{
    while (n && w[n - 1] == 0)
        n--;
    return (kxi_nat){ w, n };
}

static uint32_t *
limbs(kxi_arena *a, size_t n)
{
    return kxi_arena_array(a, n, sizeof(uint32_t));
}

kxi_nat
kxi_nat_of(unsigned __int128 v, uint32_t space[4])
{
    for (size_t i = 0; i < 4; i++)
        space[i] = (uint32_t)(v >> (32 * i));
    return trimmed(space, 4);
}

bool
kxi_nat_to_64(kxi_nat x, uint64_t *v)
{
    if (x.n > 2)
        return false;
    *v = (x.n > 0 ? x.w[0] : 0) | (x.n > 1 ? (uint64_t)x.w[1] << 32 : 0);
    return true;
}

bool
kxi_nat_copy(kxi_arena *a, kxi_nat x, kxi_nat *out)
{
    uint32_t *w = limbs(a, x.n);
    if (!w)
        return false;
    if (x.n)
        memcpy(w, x.w, x.n * sizeof(*w));
    *out = (kxi_nat){ w, x.n };
    return true;
}

int
kxi_nat_cmp(kxi_nat x, kxi_nat y)
{
    if (x.n != y.n)
        return x.n < y.n ? -1 : 1;
    for (size_t i = x.n; i-- > 0;)
        if (x.w[i] != y.w[i])
            return x.w[i] < y.w[i] ? -1 : 1;
    return 0;
}

size_t
kxi_nat_bits(kxi_nat x)
{
    return x.n ? 32 * x.n - (size_t)__builtin_clz(x.w[x.n - 1]) : 0;
}

bool
kxi_nat_add(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *out)
{
    if (x.n < y.n) {
        kxi_nat t = x;
        x = y;
        y = t;
    }
    uint32_t *w = limbs(a, x.n + 1);
    if (!w)
        return false;
    uint64_t carry = 0;
    for (size_t i = 0; i < x.n; i++) {
        carry += (uint64_t)x.w[i] + (i < y.n ? y.w[i] : 0);
        w[i] = (uint32_t)carry;
        carry >>= 32;
    }
    w[x.n] = (uint32_t)carry;
    *out = trimmed(w, x.n + 1);
    return true;
}

bool
kxi_nat_sub(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *out)
{
    uint32_t *w = limbs(a, x.n);
    if (!w)
        return false;
    uint64_t borrow = 0;
    for (size_t i = 0; i < x.n; i++) {
        uint64_t t = (uint64_t)x.w[i] - (i < y.n ? y.w[i] : 0) - borrow;
        w[i] = (uint32_t)t;
        borrow = t >> 63;
    }
    *out = trimmed(w, x.n);
    return true;
}

bool
kxi_nat_mul(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *out)
{
    uint32_t *w = limbs(a, x.n + y.n);
    if (!w)
        return false;
    for (size_t i = 0; i < x.n; i++) {
        uint64_t carry = 0;
        for (size_t j = 0; j < y.n; j++) {
            carry += (uint64_t)x.w[i] * y.w[j] + w[i + j];
            w[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        w[i + y.n] = (uint32_t)carry;
    }
    *out = trimmed(w, x.n + y.n);
    return true;
}

/* w[0 .. n] = x * 2^bits for bits < 32. */
static void
shift_into(uint32_t *w, kxi_nat x, unsigned bits)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < x.n; i++) {
        carry |= (uint64_t)x.w[i] << bits;
        w[i] = (uint32_t)carry;
        carry >>= 32;
    }
    w[x.n] = (uint32_t)carry;
}

bool
kxi_nat_shift(kxi_arena *a, kxi_nat x, size_t bits, kxi_nat *out)
{
    size_t whole = bits / 32;
    uint32_t *w = limbs(a, x.n + whole + 1);
    if (!w)
        return false;
    shift_into(w + whole, x, (unsigned)(bits % 32));
    *out = trimmed(w, x.n + whole + 1);
    return true;
}

/* quotient (x.n limbs) and the rest of a division by one limb. */
static uint32_t
div_limb(uint32_t *quotient, kxi_nat x, uint32_t y)
{
    uint64_t rest = 0;
    for (size_t i = x.n; i-- > 0;) {
        rest = rest << 32 | x.w[i];
        quotient[i] = (uint32_t)(rest / y);
        rest %= y;
    }
    return (uint32_t)rest;
}

/* The next limb of a quotient: u has n + 1 limbs, v has n >= 2 with its highest bit set; at most one too large. */
static uint64_t
guess(const uint32_t *u, const uint32_t *v, size_t n)
{
    uint64_t top = (uint64_t)u[n] << 32 | u[n - 1];
    uint64_t q = top / v[n - 1], rest = top % v[n - 1];
    while (q >> 32 || q * v[n - 2] > (rest << 32 | u[n - 2])) {
        q--;
        rest += v[n - 1];
        if (rest >> 32)
            break;
    }
    return q;
}

/* u -= q * v; returns whether that went below zero (then u is 2^(32 (n + 1)) too large). */
static bool
sub_product(uint32_t *u, const uint32_t *v, size_t n, uint64_t q)
{
    uint64_t carry = 0, borrow = 0;
    for (size_t i = 0; i <= n; i++) {
        carry += i < n ? q * v[i] : 0;
        uint64_t t = (uint64_t)u[i] - (uint32_t)carry - borrow;
        u[i] = (uint32_t)t;
        borrow = t >> 63;
        carry >>= 32;
    }
    return borrow;
}

static void
add_back(uint32_t *u, const uint32_t *v, size_t n)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < n; i++) {
        carry += (uint64_t)u[i] + v[i];
        u[i] = (uint32_t)carry;
        carry >>= 32;
    }
    u[n] += (uint32_t)carry;
}

static bool
div_by_limb(kxi_arena *a, kxi_nat x, uint32_t y, kxi_nat *quotient, kxi_nat *rest)
{
    uint32_t *q = limbs(a, x.n), *r = limbs(a, 1);
    if (!q || !r)
        return false;
    *r = div_limb(q, x, y);
    if (quotient)
        *quotient = trimmed(q, x.n);
    if (rest)
        *rest = trimmed(r, 1);
    return true;
}

/* The rest lies in u still shifted; put it right in place. */
static void
shift_back(uint32_t *u, size_t n, unsigned bits)
{
    for (size_t i = 0; i < n; i++)
        u[i] = (uint32_t)(((uint64_t)u[i + 1] << 32 | u[i]) >> bits);
}

/* Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D. */
bool
kxi_nat_divmod(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *quotient, kxi_nat *rest)
{
    if (kxi_nat_cmp(x, y) < 0) {
        if (quotient)
            *quotient = (kxi_nat){ NULL, 0 };
        if (rest)
            *rest = x;
        return true;
    }
    if (y.n == 1)
        return div_by_limb(a, x, y.w[0], quotient, rest);
    size_t n = y.n, m = x.n - y.n;
    uint32_t *u = limbs(a, x.n + 1), *v = limbs(a, n + 1), *q = limbs(a, m + 1);
    if (!u || !v || !q)
        return false;
    unsigned bits = (unsigned)__builtin_clz(y.w[n - 1]);
    shift_into(u, x, bits);
    shift_into(v, y, bits);
    for (size_t j = m + 1; j-- > 0;) {
        uint64_t digit = guess(u + j, v, n);
        if (sub_product(u + j, v, n, digit)) {
            digit--;
            add_back(u + j, v, n);
        }
        q[j] = (uint32_t)digit;
    }
    shift_back(u, n, bits);
    if (quotient)
        *quotient = trimmed(q, m + 1);
    if (rest)
        *rest = trimmed(u, n);
    return true;
}
