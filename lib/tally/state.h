/* tally/state.h: the small exact state of a cell, by fold. Adding states is commutative and associative, so that it never
 * matters which rows, threads and parts came first.
 *
 * Besides this every cell knows its rows, how many of them had a null value, and the least reason why a value was unknown.
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_STATE_H
#define KXI_TALLY_STATE_H

#include "tally/key.h"

typedef struct kxi_sum_state { /* SUM, MEAN: at scale 6 */
    kxi_wide sum;
} kxi_sum_state;

typedef struct kxi_share_state {
    uint64_t trues;
} kxi_share_state;

typedef struct kxi_best_state { /* MIN, MAX: numbers at scale 6, days */
    int64_t value;
    bool has;
} kxi_best_state;

typedef struct kxi_latest_state { /* the greatest (day, then); two of them with different values are tied */
    int64_t value, then;
    kxi_day day;
    bool has, has_then, tied;
} kxi_latest_state;

typedef struct kxi_one_state {
    int64_t value;
    bool has, tied;
} kxi_one_state;

/* Bytes of a state; COUNT, DISTINCT and PEAK have none. */
size_t kxi_state_size(enum kxi_op op);
/* dst += src. false when a sum does not fit 128 bits. */
bool kxi_state_add(enum kxi_op op, void *dst, const void *src);
/* One value more. */
void kxi_latest_add(kxi_latest_state *dst, const kxi_latest_state *src);
void kxi_one_add(kxi_one_state *dst, int64_t value);
static inline void
kxi_best_add(enum kxi_op op, kxi_best_state *dst, int64_t value)
{
    if (!dst->has || (op == KXI_OP_MIN ? value < dst->value : value > dst->value))
        *dst = (kxi_best_state){ value, true };
}
/* The value where it is the number of a text: LATEST and ONE over text; NULL when it is not, or there is none. */
int64_t *kxi_state_number(const kxi_measure *m, void *state);

#endif
