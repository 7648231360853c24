/* The values of cells out of their states. */
#include "tally/cells.h"

/* What a cell's value is made of. */
struct cell_values {
    uint8_t *state;
    int64_t *ints; /* COUNT, DISTINCT, PEAK at scale 0; MIN, MAX, LATEST, ONE and SUM when all fit, at scale 6; days */
    uint8_t *yes;
    kxi_str *texts;
    kxi_num *nums; /* SUM when some do not fit, SHARE, MEAN */
    kxi_num *numerators, *denominators;
    bool wide; /* some sum does not fit 64 bits */
};

static uint64_t
known_rows(const kxi_store *s, size_t cell)
{
    return s->rows[cell] - s->nulls[cell];
}

static const void *
state_at(const kxi_showing *w, size_t cell)
{
    return w->s->states + cell * kxi_state_size(w->m->op);
}

/* Most days that lie within so many days running; days ascending. A day that ends a stretch of one more than the most so far
 * makes it the most. */
static int64_t
peak(const uint32_t *days, size_t n, uint32_t width)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++)
        most += days[i] - days[i - most] < width;
    return (int64_t)most;
}

static int64_t
counted(const kxi_showing *w, size_t cell)
{
    const kxi_bag *bag = &w->s->items;
    if (w->m->op == KXI_OP_COUNT)
        return (int64_t)w->s->rows[cell];
    size_t n = bag->first[cell + 1] - bag->first[cell];
    return w->m->op == KXI_OP_DISTINCT ? (int64_t)n : peak(bag->items + bag->first[cell], n, w->m->days);
}

static kx_status
ratio_of(kxi_showing *w, size_t cell, kxi_num *n, kxi_num *d, kxi_num *out)
{
    kxi_numctx c = { w->a, w->u->ctx->max_digits };
    kx_status st;
    if (w->m->op == KXI_OP_SHARE)
        st = kxi_num_wide(&c, (kxi_wide)((const kxi_share_state *)state_at(w, cell))->trues, 0, n);
    else
        st = kxi_num_wide(&c, ((const kxi_sum_state *)state_at(w, cell))->sum, KXI_SCALE, n);
    if (st == KX_OK)
        st = kxi_num_wide(&c, (kxi_wide)known_rows(w->s, cell), 0, d);
    return st == KX_OK ? kxi_num_div(&c, *n, *d, out) : st;
}

static kx_status
plain_value(kxi_showing *w, size_t i, struct cell_values *v, int64_t value)
{
    if (w->m->type == KXI_V_BOOL) {
        v->yes[i] = value != 0;
    } else if (w->m->type == KXI_V_TEXT) {
        v->texts[i] = kxi_str_copy(w->a, w->pool->texts.keys[value]);
        return v->texts[i].s ? KX_OK : KX_E_NOMEM;
    } else {
        v->ints[i] = value;
    }
    return KX_OK;
}

static kx_status
one_value(kxi_showing *w, size_t cell, size_t i, struct cell_values *v)
{
    const kxi_best_state *best = state_at(w, cell);
    const kxi_latest_state *latest = state_at(w, cell);
    const kxi_one_state *one = state_at(w, cell);
    bool has, tied = false;
    int64_t value;
    switch (w->m->op) {
    case KXI_OP_LATEST:
        has = latest->has;
        tied = latest->tied;
        value = latest->value;
        break;
    case KXI_OP_ONE:
        has = one->has;
        tied = one->tied;
        value = one->value;
        break;
    default:
        has = best->has;
        value = best->value;
    }
    v->state[i] = !has ? KXI_IS_NO_ROWS : tied ? KXI_IS_TIED : KXI_IS_KNOWN;
    return v->state[i] ? KX_OK : plain_value(w, i, v, value);
}

static void
sum_value(kxi_showing *w, size_t cell, size_t i, struct cell_values *v)
{
    kxi_wide sum = ((const kxi_sum_state *)state_at(w, cell))->sum;
    v->ints[i] = (int64_t)sum;
    v->wide |= v->ints[i] != sum;
}

/* One of them does not fit, so all become rationals. */
static kx_status
wide_sums(kxi_showing *w, struct cell_values *v)
{
    kxi_numctx c = { w->a, w->u->ctx->max_digits };
    kx_status st = KX_OK;
    v->nums = kxi_arena_array(w->a, w->s->count, sizeof(*v->nums));
    if (!v->nums)
        return KX_E_NOMEM;
    for (size_t i = 0; st == KX_OK && i < w->s->count; i++)
        st = kxi_num_wide(&c, ((const kxi_sum_state *)state_at(w, w->order[i]))->sum, KXI_SCALE, &v->nums[i]);
    return st;
}

static kx_status
cell_value(kxi_showing *w, size_t cell, size_t i, struct cell_values *v)
{
    switch (w->m->op) {
    case KXI_OP_COUNT:
    case KXI_OP_PEAK:
    case KXI_OP_DISTINCT:
        v->ints[i] = counted(w, cell);
        return KX_OK;
    case KXI_OP_SUM:
        sum_value(w, cell, i, v);
        return KX_OK;
    case KXI_OP_SHARE:
    case KXI_OP_MEAN:
        if (known_rows(w->s, cell))
            return ratio_of(w, cell, &v->numerators[i], &v->denominators[i], &v->nums[i]);
        v->state[i] = KXI_IS_NO_ROWS;
        return KX_OK;
    default:
        return one_value(w, cell, i, v);
    }
}

static bool
is_ratio(const kxi_measure *m)
{
    return m->op == KXI_OP_SHARE || m->op == KXI_OP_MEAN;
}

static kx_status
value_room(kxi_showing *w, struct cell_values *v)
{
    size_t n = w->s->count;
    *v = (struct cell_values){ .state = kxi_arena_array(w->a, n, 1),
                               .ints = kxi_arena_array(w->a, n, sizeof(*v->ints)) };
    if (!v->state || !v->ints)
        return KX_E_NOMEM;
    if (w->m->type == KXI_V_BOOL && !(v->yes = kxi_arena_array(w->a, n, 1)))
        return KX_E_NOMEM;
    if (w->m->type == KXI_V_TEXT && !(v->texts = kxi_arena_array(w->a, n, sizeof(*v->texts))))
        return KX_E_NOMEM;
    if (!is_ratio(w->m))
        return KX_OK;
    v->nums = kxi_arena_array(w->a, n, sizeof(*v->nums));
    v->numerators = kxi_arena_array(w->a, n, sizeof(*v->numerators));
    v->denominators = kxi_arena_array(w->a, n, sizeof(*v->denominators));
    if (!v->nums || !v->numerators || !v->denominators)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        v->nums[i] = v->numerators[i] = v->denominators[i] = kxi_num_int(0);
    return KX_OK;
}

static void
make_vec(const kxi_showing *w, const struct cell_values *v, kxi_vec *out)
{
    bool plain =
        w->m->op == KXI_OP_MIN || w->m->op == KXI_OP_MAX || w->m->op == KXI_OP_LATEST || w->m->op == KXI_OP_ONE;
    bool any = false;
    for (size_t i = 0; i < w->s->count; i++)
        any |= v->state[i] != KXI_IS_KNOWN;
    *out = (kxi_vec){ .type = w->m->type, .rep = KXI_REP_INT, .count = w->s->count, .state = any ? v->state : NULL };
    if (v->texts) {
        out->v.texts = v->texts;
    } else if (v->yes) {
        out->v.yes = v->yes;
    } else if (is_ratio(w->m) || v->wide) {
        out->rep = KXI_REP_NUM;
        out->v.nums = v->nums;
    } else {
        out->scale = (plain || w->m->op == KXI_OP_SUM) && w->m->type == KXI_V_NUMBER ? KXI_SCALE : 0;
        out->v.ints = v->ints;
    }
}

kx_status
kxi_cells_values(kxi_showing *w)
{
    struct cell_values v;
    kx_status st = value_room(w, &v);
    for (size_t i = 0; st == KX_OK && i < w->s->count; i++) {
        size_t cell = w->order[i];
        v.state[i] = w->s->reasons[cell];
        if (!v.state[i])
            st = cell_value(w, cell, i, &v);
    }
    if (st == KX_OK && v.wide)
        st = wide_sums(w, &v);
    if (st != KX_OK)
        return st;
    make_vec(w, &v, &w->out->value);
    w->out->numerators = v.numerators;
    w->out->denominators = v.denominators;
    return KX_OK;
}
