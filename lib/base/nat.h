/* base/nat.h: natural numbers of any size, for the rationals of base/num.h that outgrow 64 bits.
 *
 *   limbs, least first:  18446744073709551617 = 2^64 + 1 = { 1, 0, 1 }      zero has none
 *
 * A nat is a plain value that borrows its limbs from an arena, from `space` of its owner, or from another nat; it is never
 * changed. Whatever makes one takes the arena to make it in and returns false when memory is gone; nothing else fails.
 *
 * Layer: base, and only there. May include: mem, str.
 */
#ifndef KXI_BASE_NAT_H
#define KXI_BASE_NAT_H

#include "base/str.h"

typedef struct kxi_nat {
    const uint32_t *w; /* w[n - 1] is not 0 */
    size_t n;
} kxi_nat;

/* v in the caller's own space, which has to live as long as the nat. */
kxi_nat kxi_nat_of(unsigned __int128 v, uint32_t space[4]);
bool kxi_nat_to_64(kxi_nat x, uint64_t *v); /* false: does not fit */
bool kxi_nat_copy(kxi_arena *a, kxi_nat x, kxi_nat *out);

int kxi_nat_cmp(kxi_nat x, kxi_nat y); /* -1, 0, 1 */
size_t kxi_nat_bits(kxi_nat x);        /* 0 for zero */
static inline bool
kxi_nat_is_one(kxi_nat x)
{
    return x.n == 1 && x.w[0] == 1;
}
static inline bool
kxi_nat_is_odd(kxi_nat x)
{
    return x.n > 0 && (x.w[0] & 1);
}

bool kxi_nat_add(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *out);
bool kxi_nat_sub(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *out); /* x >= y */
bool kxi_nat_mul(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *out);
bool kxi_nat_shift(kxi_arena *a, kxi_nat x, size_t bits, kxi_nat *out); /* x * 2^bits */
/* x = quotient * y + rest with rest < y; y is not 0. Either result may be NULL. */
bool kxi_nat_divmod(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *quotient, kxi_nat *rest);
/* gcd(x, 0) is x, which the result may then share. */
bool kxi_nat_gcd(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *out);
uint64_t kxi_gcd64(uint64_t x, uint64_t y);

bool kxi_nat_pow10(kxi_arena *a, size_t exponent, kxi_nat *out);
bool kxi_nat_parse(kxi_arena *a, kxi_str digits, kxi_nat *out); /* nothing but '0' .. '9' */
bool kxi_nat_text(kxi_arena *a, kxi_nat x, kxi_str *out);       /* without leading zeros, terminated */
/* Whether x has at most max decimal digits; scratch is used when its bits alone do not tell. */
bool kxi_nat_fits(kxi_arena *scratch, kxi_nat x, size_t max, bool *fits);

#endif
