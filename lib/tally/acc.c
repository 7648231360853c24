#include "tally/worker.h"

/* ---- life ---- */

kx_status
kxi_acc_room(kxi_acc *acc, size_t slots)
{
    size_t size = kxi_state_size(acc->plan->m->op), had = acc->slots;
    if (slots <= had)
        return KX_OK;
    size_t more = slots < had + had / 2 ? had + had / 2 : slots;
    kxi_acc grown = *acc;
    grown.slots = more;
    grown.rows = kxi_alloc_array(acc->mem, more, sizeof(*grown.rows));
    grown.states = size ? kxi_alloc_array(acc->mem, more, size) : NULL;
    grown.nulls = acc->nulls ? kxi_alloc_array(acc->mem, more, sizeof(*grown.nulls)) : NULL;
    grown.reasons = acc->reasons ? kxi_alloc_array(acc->mem, more, 1) : NULL;
    if (!grown.rows || (size && !grown.states) || (acc->nulls && !grown.nulls) || (acc->reasons && !grown.reasons)) {
        kxi_free(acc->mem, grown.rows, more * sizeof(*grown.rows));
        kxi_free(acc->mem, grown.states, more * size);
        kxi_free(acc->mem, grown.nulls, more * sizeof(*grown.nulls));
        kxi_free(acc->mem, grown.reasons, more);
        return KX_E_NOMEM;
    }
    if (had) {
        memcpy(grown.rows, acc->rows, had * sizeof(*grown.rows));
        if (size)
            memcpy(grown.states, acc->states, had * size);
        if (acc->nulls)
            memcpy(grown.nulls, acc->nulls, had * sizeof(*grown.nulls));
        if (acc->reasons)
            memcpy(grown.reasons, acc->reasons, had);
    }
    kxi_free(acc->mem, acc->rows, had * sizeof(*acc->rows));
    kxi_free(acc->mem, acc->states, had * size);
    kxi_free(acc->mem, acc->nulls, had * sizeof(*acc->nulls));
    kxi_free(acc->mem, acc->reasons, had);
    *acc = grown;
    return KX_OK;
}

kx_status
kxi_acc_init(kxi_acc *acc, const kxi_plan *plan, kxi_mem *mem)
{
    size_t ordinals = plan->factor_count + (plan->m->op == KXI_OP_DISTINCT);
    *acc = (kxi_acc){ .plan = plan, .mem = mem, .scale = -1 };
    kxi_keymap_init(&acc->map, mem, ordinals ? (ordinals + 1) / 2 : 1);
    kxi_keymap_init(&acc->items, mem, 1);
    return kxi_acc_room(acc, KXI_TRASH + plan->slots);
}

void
kxi_acc_free(kxi_acc *acc)
{
    kxi_keymap_free(&acc->map);
    kxi_keymap_free(&acc->items);
    kxi_free(acc->mem, acc->rows, acc->slots * sizeof(*acc->rows));
    kxi_free(acc->mem, acc->states, acc->slots * kxi_state_size(acc->plan->m->op));
    kxi_free(acc->mem, acc->nulls, acc->slots * sizeof(*acc->nulls));
    kxi_free(acc->mem, acc->reasons, acc->slots);
    kxi_daylog_free(&acc->days, acc->mem);
    kxi_free(acc->mem, acc->kept.items, acc->kept.capacity * sizeof(*acc->kept.items));
    *acc = (kxi_acc){ .plan = acc->plan, .mem = acc->mem };
    kxi_keymap_init(&acc->map, acc->mem, 1);
    kxi_keymap_init(&acc->items, acc->mem, 1);
}

size_t
kxi_acc_used(const kxi_acc *acc)
{
    return KXI_TRASH + (acc->plan->dense ? acc->plan->slots : acc->map.count);
}

/* ---- values that are null or unknown ---- */

static bool
expect_lacks(kxi_acc *acc)
{
    if (!acc->nulls)
        acc->nulls = kxi_alloc_array(acc->mem, acc->slots, sizeof(*acc->nulls));
    if (!acc->reasons)
        acc->reasons = kxi_alloc_array(acc->mem, acc->slots, 1);
    return acc->nulls && acc->reasons;
}

static void
add_lack(kxi_acc *acc, uint32_t slot, uint8_t state)
{
    if (!KXI_IS_UNKNOWN(state))
        acc->nulls[slot]++;
    else if (!acc->reasons[slot] || state < acc->reasons[slot])
        acc->reasons[slot] = state;
}

/* ---- adding ---- */

/* What one call adds. */
struct adding {
    const uint32_t *slots, *at;
    size_t count;
};

#define ROW(a, k) ((a)->at ? (a)->at[k] : (k))
/* The statement sees slot, row and the known value v of each. */
#define EACH_VALUE(acc, lanes, a, ...)                      \
    do {                                                    \
        for (size_t k = 0; k < (a)->count; k++) {           \
            const uint32_t slot = (a)->slots[k];            \
            const size_t row = ROW(a, k);                   \
            const int64_t v = (lanes)->values[row];         \
            if ((lanes)->state && (lanes)->state[row])      \
                add_lack((acc), slot, (lanes)->state[row]); \
            else                                            \
                __VA_ARGS__;                                \
        }                                                   \
    } while (0)

bool
kxi_acc_rescale(kxi_acc *acc)
{
    kxi_sum_state *states = (kxi_sum_state *)(void *)acc->states;
    if (acc->scale >= 0 && acc->scale < KXI_SCALE)
        for (size_t i = KXI_TRASH, used = kxi_acc_used(acc); i < used; i++)
            if (__builtin_mul_overflow(states[i].sum, (kxi_wide)kxi_pow10[KXI_SCALE - acc->scale], &states[i].sum))
                return false;
    acc->scale = KXI_SCALE;
    return true;
}

/* Values come at the scale of their column, the same in every batch; those of an expression may come otherwise. 2^31 rows of
 * 64 bits fit 128, at scale 6 as well. */
static void
add_sums(kxi_acc *acc, const kxi_lanes *lanes, const struct adding *a)
{
    kxi_sum_state *states = (kxi_sum_state *)(void *)acc->states;
    if (acc->scale < 0)
        acc->scale = lanes->scale;
    if (acc->scale != lanes->scale)
        kxi_acc_rescale(acc);
    if (acc->scale == lanes->scale) {
        EACH_VALUE(acc, lanes, a, states[slot].sum += v);
    } else {
        const int64_t factor = kxi_pow10[KXI_SCALE - lanes->scale];
        EACH_VALUE(acc, lanes, a, states[slot].sum += v * factor); /* known values fit, see values.c */
    }
}

static void
add_shares(kxi_acc *acc, const kxi_lanes *lanes, const struct adding *a)
{
    kxi_share_state *states = (kxi_share_state *)(void *)acc->states;
    EACH_VALUE(acc, lanes, a, states[slot].trues += v != 0);
}

static void
add_bests(kxi_acc *acc, const kxi_lanes *lanes, const struct adding *a)
{
    kxi_best_state *states = (kxi_best_state *)(void *)acc->states;
    enum kxi_op op = acc->plan->m->op;
    EACH_VALUE(acc, lanes, a, kxi_best_add(op, &states[slot], v));
}

static void
add_ones(kxi_acc *acc, const kxi_lanes *lanes, const struct adding *a)
{
    kxi_one_state *states = (kxi_one_state *)(void *)acc->states;
    EACH_VALUE(acc, lanes, a, kxi_one_add(&states[slot], v));
}

static void
add_latest(kxi_acc *acc, const kxi_selection *s, const struct adding *a)
{
    kxi_latest_state *states = (kxi_latest_state *)(void *)acc->states;
    EACH_VALUE(acc, &s->value, a, {
        kxi_latest_state one = { .value = v, .has = true, .day = s->day.values ? (kxi_day)s->day.values[row] : 0 };
        uint8_t state = s->then.state ? s->then.state[row] : KXI_IS_KNOWN;
        one.has_then = s->then.values && state == KXI_IS_KNOWN;
        one.then = one.has_then ? s->then.values[row] : 0;
        if (KXI_IS_UNKNOWN(state))
            add_lack(acc, slot, state);
        else
            kxi_latest_add(&states[slot], &one);
    });
}

/* Only rows that enter are logged. */
static bool
log_days(kxi_acc *acc, const struct adding *a, const int64_t *days)
{
    if (!kxi_daylog_room(&acc->days, acc->slots, acc->mem))
        return false;
    for (size_t k = 0; k < a->count; k++)
        if (a->slots[k] >= KXI_TRASH &&
            !kxi_daylog_add(&acc->days, a->slots[k], (uint32_t)(days[ROW(a, k)] - KXI_DAY_MIN), acc->mem))
            return false;
    return true;
}

/* With a share, only those that do not count for it: they are what cost points. */
static bool
log_rows(kxi_acc *acc, const struct adding *a, size_t first_row, const kxi_lanes *share)
{
    kxi_log *log = &acc->kept;
    if (!kxi_grow(acc->mem, &log->items, &log->capacity, log->count + a->count))
        return false;
    for (size_t k = 0; k < a->count; k++) {
        size_t row = ROW(a, k);
        bool counts = share && share->values[row] && !(share->state && share->state[row]);
        if (a->slots[k] >= KXI_TRASH && !counts)
            log->items[log->count++] = (kxi_log_item){ a->slots[k], (uint32_t)(first_row + row) };
    }
    return true;
}

static void
add_values(kxi_acc *acc, const kxi_selection *s, const struct adding *a)
{
    switch (acc->plan->m->op) {
    case KXI_OP_SUM:
    case KXI_OP_MEAN:
        add_sums(acc, &s->value, a);
        break;
    case KXI_OP_SHARE:
        add_shares(acc, &s->value, a);
        break;
    case KXI_OP_MIN:
    case KXI_OP_MAX:
        add_bests(acc, &s->value, a);
        break;
    case KXI_OP_LATEST:
        add_latest(acc, s, a);
        break;
    case KXI_OP_ONE:
        add_ones(acc, &s->value, a);
        break;
    default:
        break;
    }
}

kx_status
kxi_acc_add(kxi_acc *acc, const kxi_selection *s, size_t first_row, const uint32_t *slots, const uint32_t *at,
            size_t count)
{
    const struct adding a = { slots, at, count };
    const kxi_measure *m = acc->plan->m;
    uint32_t *rows = acc->rows;
    bool lacks = m->op != KXI_OP_DISTINCT && (s->value.state || s->then.state);
    if (lacks && !expect_lacks(acc))
        return KX_E_NOMEM;
    if (m->op == KXI_OP_PEAK && !log_days(acc, &a, s->day.values))
        return KX_E_NOMEM;
    if (m->keep_count && !log_rows(acc, &a, first_row, m->op == KXI_OP_SHARE ? &s->value : NULL))
        return KX_E_NOMEM;
    for (size_t k = 0; k < count && m->op != KXI_OP_PEAK; k++)
        rows[slots[k]]++;
    add_values(acc, s, &a);
    return KX_OK;
}
