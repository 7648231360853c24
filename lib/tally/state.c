#include "tally/state.h"

size_t
kxi_state_size(enum kxi_op op)
{
    switch (op) {
    case KXI_OP_SUM:
    case KXI_OP_MEAN:
        return sizeof(kxi_sum_state);
    case KXI_OP_SHARE:
        return sizeof(kxi_share_state);
    case KXI_OP_MIN:
    case KXI_OP_MAX:
        return sizeof(kxi_best_state);
    case KXI_OP_LATEST:
        return sizeof(kxi_latest_state);
    case KXI_OP_ONE:
        return sizeof(kxi_one_state);
    default:
        return 0;
    }
}

static int
compare_latest(const kxi_latest_state *a, const kxi_latest_state *b)
{
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->has_then != b->has_then)
        return a->has_then ? 1 : -1; /* without a tie break a row gives way to one that has it */
    return a->then == b->then ? 0 : a->then < b->then ? -1 : 1;
}

void
kxi_latest_add(kxi_latest_state *dst, const kxi_latest_state *src)
{
    if (!src->has)
        return;
    int order = dst->has ? compare_latest(dst, src) : -1;
    if (order < 0) {
        *dst = *src;
    } else if (order == 0 && (src->tied || src->value != dst->value)) {
        dst->tied = true;
        dst->value = 0; /* whichever came first must not show */
    }
}

void
kxi_one_add(kxi_one_state *dst, int64_t value)
{
    if (dst->has && (dst->tied || dst->value != value))
        *dst = (kxi_one_state){ 0, true, true };
    else
        *dst = (kxi_one_state){ value, true, false };
}

static void
one_merge(kxi_one_state *dst, const kxi_one_state *src)
{
    if (src->tied)
        *dst = *src;
    else if (src->has)
        kxi_one_add(dst, src->value);
}

bool
kxi_state_add(enum kxi_op op, void *dst, const void *src)
{
    switch (op) {
    case KXI_OP_SUM:
    case KXI_OP_MEAN: {
        kxi_sum_state *d = dst;
        return kxi_add_wide(d->sum, ((const kxi_sum_state *)src)->sum, &d->sum);
    }
    case KXI_OP_SHARE:
        ((kxi_share_state *)dst)->trues += ((const kxi_share_state *)src)->trues;
        return true;
    case KXI_OP_MIN:
    case KXI_OP_MAX:
        if (((const kxi_best_state *)src)->has)
            kxi_best_add(op, dst, ((const kxi_best_state *)src)->value);
        return true;
    case KXI_OP_LATEST:
        kxi_latest_add(dst, src);
        return true;
    case KXI_OP_ONE:
        one_merge(dst, src);
        return true;
    default:
        return true;
    }
}

int64_t *
kxi_state_number(const kxi_measure *m, void *state)
{
    kxi_latest_state *latest = state;
    kxi_one_state *one = state;
    if (m->type != KXI_V_TEXT)
        return NULL;
    if (m->op == KXI_OP_LATEST)
        return latest->has && !latest->tied ? &latest->value : NULL;
    return m->op == KXI_OP_ONE && one->has && !one->tied ? &one->value : NULL;
}
