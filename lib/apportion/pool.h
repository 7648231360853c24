/* apportion/pool.h: who waits for the next seat, the greatest worth first. Private to apportion.
 *
 *   kxi_pool_add for each who may get one -> kxi_pool_give as many seats as there are -> kxi_pool_settle the tie
 */
#ifndef KXI_APPORTION_POOL_H
#define KXI_APPORTION_POOL_H

#include "apportion/seats.h"

#define KXI_SEATS_TRY(call)      \
    do {                         \
        kx_status try_ = (call); \
        if (try_ != KX_OK)       \
            return try_;         \
    } while (0)

typedef struct kxi_pool {
    kxi_numctx *c;
    const kxi_contest *contest;
    kxi_award *awards;
    kxi_num *worths; /* by claim: of the seat it waits for */
    uint32_t *heap;  /* claims that wait, the first on top */
    size_t size;
    uint32_t *tail; /* claims whose seat had the worth of the last one given */
    size_t tail_size;
} kxi_pool;

kx_status kxi_pool_init(kxi_pool *p, kxi_numctx *c, const kxi_contest *contest, kxi_award *awards);
kx_status kxi_pool_add(kxi_pool *p, uint32_t claim, kxi_num worth);
/* One seat after the other; *left is how many were not given since nobody waits any more. */
kx_status kxi_pool_give(kxi_pool *p, int64_t seats, int64_t *left);
/* Take back what a tie forbids; *open says how many seats that are. */
kx_status kxi_pool_settle(kxi_pool *p, int64_t *open);

/* The worth of the seat after `seats` of a divisor method; false when it is infinite. */
kx_status kxi_seat_worth(kxi_numctx *c, enum kxi_seat_method method, kxi_num weight, int64_t seats, kxi_num *out,
                         bool *finite);

/* divisor.c, remainder.c: awards are zeroed but for their quotas; minima and maxima have been found possible. */
kx_status kxi_award_divisor(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, kxi_verdict *verdict);
kx_status kxi_award_remainder(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, kxi_verdict *verdict);

#endif
