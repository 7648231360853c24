/* base/num_priv.h: the inside of kxi_num, for num.c, round.c and numtext.c.
 *
 * One representation a value: small whenever numerator and denominator fit 64 bits, else big, both in lowest terms.
 * Operations on big numbers work in an arena of their own and copy only the result to the caller's.
 *
 * Layer: base, and only there. */
#ifndef KXI_BASE_NUM_PRIV_H
#define KXI_BASE_NUM_PRIV_H

#include "base/nat.h"
#include "base/num.h"

struct kxi_big {
    bool negative;
    kxi_nat n, d; /* in the arena of the number */
};

/* A number of either kind taken apart; n and d of a small one stand in space, so this must not be copied. */
struct kxi_parts {
    bool negative;
    kxi_nat n, d;
    uint32_t space[2][4];
};
void kxi_num_take_apart(kxi_num x, struct kxi_parts *p);

/* n / d, already in lowest terms (or not, for reduce), as a number of c. Scratch is for what is only needed meanwhile. */
kx_status kxi_num_join(kxi_numctx *c, kxi_arena *scratch, bool negative, kxi_nat n, kxi_nat d, kxi_num *out);
kx_status kxi_num_reduce(kxi_numctx *c, kxi_arena *scratch, bool negative, kxi_nat n, kxi_nat d, kxi_num *out);

static inline uint64_t
kxi_abs64(int64_t v)
{
    return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

#endif
