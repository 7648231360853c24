/* Quotas: the cells that are expected, what rows left in them, whether they meet the bounds, and their groups. */
#include "score/engine.h"

struct merge {
    kxi_engine *e;
    kxi_quota *q;
    const kxi_grid *grid;
    size_t dim_count;
    uint32_t *subjects, **dims;
    uint32_t *from; /* reached cell, or KXI_NONE */
};

static int
order(const struct merge *m, size_t expected, size_t reached)
{
    uint32_t a = m->grid->subjects[expected], b = m->q->reached.subjects[reached];
    for (size_t d = 0; a == b && d < m->dim_count; d++) {
        a = m->grid->dims[d][expected];
        b = m->q->reached.dims[d][reached];
    }
    return a < b ? -1 : a > b;
}

static void
take(struct merge *m, size_t expected, uint32_t reached)
{
    size_t at = m->q->count++;
    bool grid = reached == KXI_NONE;
    m->from[at] = reached;
    m->subjects[at] = grid ? m->grid->subjects[expected] : m->q->reached.subjects[reached];
    for (size_t d = 0; d < m->dim_count; d++)
        m->dims[d][at] = grid ? m->grid->dims[d][expected] : m->q->reached.dims[d][reached];
}

/* Expected and reached cells are in the same order. A reached cell that is not expected (its bucket is not over yet) can
 * break a maximum already, but not a minimum. */
static void
merge_cells(struct merge *m, bool extra)
{
    size_t i = 0, k = 0, expected = m->grid->count, reached = m->q->reached.count;
    while (i < expected || k < reached) {
        int c = i == expected ? 1 : k == reached ? -1 : order(m, i, k);
        if (c < 0) {
            take(m, i++, KXI_NONE);
            continue;
        }
        if (c == 0 || extra)
            take(m, i, (uint32_t)k);
        i += c == 0;
        k++;
    }
}

static kx_status
cell_values(kxi_engine *e, kxi_quota *q, const uint32_t *from)
{
    const kxi_measure *m = &e->r->measures[e->r->folds[q->fold].measure];
    kxi_num *nums = kxi_arena_array(e->a, q->count + 1, sizeof(*nums));
    uint8_t *states = kxi_arena_array(e->a, q->count + 1, 1);
    bool folds_to_zero =
        m->op == KXI_OP_COUNT || m->op == KXI_OP_SUM || m->op == KXI_OP_DISTINCT || m->op == KXI_OP_PEAK;
    if (!nums || !states)
        return kxi_nomem(e->d);
    for (size_t i = 0; i < q->count; i++) {
        nums[i] = kxi_num_int(0);
        states[i] = from[i] != KXI_NONE ? kxi_vec_state(&q->reached.value, from[i])
                    : folds_to_zero     ? KXI_IS_KNOWN
                                        : KXI_IS_NO_ROWS;
        if (from[i] != KXI_NONE && states[i] == KXI_IS_KNOWN && m->type == KXI_V_NUMBER)
            KXI_NUM(e, kxi_vec_num(e->num, &q->reached.value, from[i], &nums[i]));
    }
    q->value =
        (kxi_vec){ .type = KXI_V_NUMBER, .rep = KXI_REP_NUM, .count = q->count, .state = states, .v.nums = nums };
    return KX_OK;
}

static kx_status
within(kxi_engine *e, const kxi_quota *q, const kxi_vec *bound, size_t cell, int sign, bool *ok)
{
    kxi_num limit;
    int c = 0;
    if (bound->type == KXI_V_NULL)
        return KX_OK;
    if (kxi_vec_state(bound, cell) != KXI_IS_KNOWN) {
        *ok = false;
        return KX_OK;
    }
    KXI_NUM(e, kxi_vec_num(e->num, bound, cell, &limit));
    KXI_NUM(e, kxi_num_cmp(e->num, q->value.v.nums[cell], limit, &c));
    *ok &= c * sign >= 0;
    return KX_OK;
}

/* A cell whose value or bound is unknown does not meet it. */
static kx_status
judge(kxi_engine *e, kxi_quota *q)
{
    uint8_t *met = kxi_arena_array(e->a, q->count + 1, 1);
    if (!met)
        return kxi_nomem(e->d);
    for (size_t i = 0; i < q->count; i++) {
        bool ok = q->value.state[i] == KXI_IS_KNOWN;
        if (ok)
            KXI_TRY(within(e, q, &q->min, i, 1, &ok));
        if (ok)
            KXI_TRY(within(e, q, &q->max, i, -1, &ok));
        met[i] = ok;
    }
    q->met = met;
    return KX_OK;
}

static kx_status
make_quota(kxi_engine *e, kxi_quota *q)
{
    const kxi_measure *m = &e->r->measures[e->r->folds[q->fold].measure];
    kxi_grid grid;
    KXI_TRY(kxi_tally_cells(e->tally, q->fold, e->a, &q->reached, e->d));
    KXI_TRY(kxi_grid_make(e->u, q->fold, e->a, &grid, e->d));
    size_t most = q->reached.count + (grid.closed ? grid.count : 0);
    struct merge merge = { .e = e, .q = q, .grid = &grid, .dim_count = m->dim_count };
    merge.subjects = kxi_arena_array(e->a, most + 1, sizeof(*merge.subjects));
    merge.from = kxi_arena_array(e->a, most + 1, sizeof(*merge.from));
    merge.dims = kxi_arena_array(e->a, m->dim_count + 1, sizeof(*merge.dims));
    if (!merge.subjects || !merge.from || !merge.dims)
        return kxi_nomem(e->d);
    for (size_t d = 0; d < m->dim_count; d++)
        if (!(merge.dims[d] = kxi_arena_array(e->a, most + 1, sizeof(**merge.dims))))
            return kxi_nomem(e->d);
    if (!grid.closed)
        grid.count = 0;
    merge_cells(&merge, !grid.closed || !m->at_least);
    q->subjects = merge.subjects;
    q->dims = merge.dims;
    KXI_TRY(cell_values(e, q, merge.from));
    KXI_TRY(kxi_engine_bounds(e, q));
    return judge(e, q);
}

kx_status
kxi_engine_quota(kxi_engine *e, uint32_t fold, const kxi_quota **out)
{
    kxi_quota *q = &e->quotas[fold];
    *out = q;
    if (q->made)
        return KX_OK;
    *q = (kxi_quota){ .fold = fold };
    KXI_TRY(make_quota(e, q));
    q->made = true;
    return KX_OK;
}

/* ---- groups ---- */

struct groups {
    kxi_engine *e;
    const kxi_quota *q;
    uint32_t mask;
    size_t dim_count;
    uint32_t *total, *met, *group, *unmet;
};

/* A cell of a measure over all subjects stands for every subject. */
static void
count_for(const struct groups *g, uint32_t *counts, uint32_t subject, uint32_t by)
{
    if (subject != KXI_NONE) {
        counts[subject] += by;
        return;
    }
    for (uint32_t i = 0; i < g->e->n; i++)
        counts[i] += by;
}

static void
each_cell(struct groups *g)
{
    for (size_t i = 0; i < g->q->count; i++) {
        count_for(g, g->total, g->q->subjects[i], 1);
        if (g->q->met[i])
            count_for(g, g->met, g->q->subjects[i], 1);
    }
}

static size_t
group_key(const struct groups *g, size_t cell, uint64_t *key)
{
    size_t n = 0;
    key[n++] = g->q->subjects[cell];
    for (size_t d = 0; d < g->dim_count; d++)
        if (g->mask >> d & 1)
            key[n++] = g->q->dims[d][cell];
    return n;
}

/* Groups that the scheme expects even when no cell is in them: all closed dimensions. They are met. */
static kx_status
expected_groups(struct groups *g, const kxi_measure *m, kxi_keymap *map)
{
    kxi_grid grid;
    for (size_t d = 0; d < m->dim_count; d++)
        if ((g->mask >> d & 1) && !KXI_DIM_CLOSED(&m->dims[d]))
            return KX_OK;
    KXI_TRY(kxi_grid_groups(g->e->u, g->q->fold, g->mask, g->e->a, &grid, g->e->d));
    for (size_t i = 0; i < grid.count; i++) {
        uint64_t key[17];
        size_t n = 0;
        uint32_t number;
        key[n++] = grid.subjects[i];
        for (size_t d = 0; d < m->dim_count; d++)
            if (g->mask >> d & 1)
                key[n++] = grid.dims[d][i];
        KXI_NUM(g->e, kxi_keymap_add(map, key, &number, NULL));
    }
    return KX_OK;
}

static kx_status
number_groups(struct groups *g, const kxi_measure *m, kxi_keymap *map)
{
    KXI_TRY(expected_groups(g, m, map));
    g->group = kxi_arena_array(g->e->a, g->q->count + 1, sizeof(*g->group));
    if (!g->group)
        return kxi_nomem(g->e->d);
    for (size_t i = 0; i < g->q->count; i++) {
        uint64_t key[17];
        group_key(g, i, key);
        KXI_NUM(g->e, kxi_keymap_add(map, key, &g->group[i], NULL));
    }
    g->unmet = kxi_arena_array(g->e->a, map->count + 1, sizeof(*g->unmet));
    if (!g->unmet)
        return kxi_nomem(g->e->d);
    for (size_t i = 0; i < g->q->count; i++)
        g->unmet[g->group[i]] += !g->q->met[i];
    for (uint32_t k = 0; k < map->count; k++) {
        uint64_t subject = kxi_keymap_key(map, k)[0];
        count_for(g, g->total, (uint32_t)subject, 1);
        if (!g->unmet[k])
            count_for(g, g->met, (uint32_t)subject, 1);
    }
    return KX_OK;
}

static kx_status
make_grouping(kxi_engine *e, const kxi_slot *slot, kxi_grouping *out)
{
    const kxi_quota *q;
    const kxi_measure *m = &e->r->measures[e->r->folds[slot->fold].measure];
    KXI_TRY(kxi_engine_quota(e, slot->fold, &q));
    struct groups g = { .e = e, .q = q, .mask = slot->group, .dim_count = m->dim_count };
    g.total = kxi_arena_array(e->a, e->n + 1u, sizeof(*g.total));
    g.met = kxi_arena_array(e->a, e->n + 1u, sizeof(*g.met));
    if (!g.total || !g.met)
        return kxi_nomem(e->d);
    if (!g.mask) {
        each_cell(&g);
    } else {
        kxi_keymap map;
        kxi_keymap_init(&map, &e->ctx->mem, 1 + (size_t)__builtin_popcount(g.mask));
        kx_status st = number_groups(&g, m, &map);
        kxi_keymap_free(&map);
        KXI_TRY(st);
    }
    *out = (kxi_grouping){ .total = g.total, .met = g.met, .group = g.group, .unmet = g.unmet };
    return KX_OK;
}

kx_status
kxi_engine_grouping(kxi_engine *e, uint32_t slot, const kxi_grouping **out)
{
    kxi_grouping *g = &e->groupings[slot];
    *out = g;
    if (g->made)
        return KX_OK;
    KXI_TRY(make_grouping(e, &e->r->slots[slot], g));
    g->made = true;
    return KX_OK;
}
