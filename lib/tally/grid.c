/* Which cells are expected: all combinations of closed dimensions, of units that stand, in buckets that are over. */
#include "tally/ground.h"
#include "tally/key.h"
#include "tally/ranks.h"

/* Entries of some dimensions that go together, for each subject: the level dimensions are one axis, since units of different
 * levels lie in each other; every other dimension is an axis of its own. */
struct axis {
    uint8_t parts[KXI_PARTS]; /* of the key */
    size_t part_count;
    size_t *first; /* by subject: entries first[s] .. first[s + 1] - 1; NULL: the same for all, 0 .. count - 1 */
    size_t count;
    uint32_t *values; /* count x part_count */
    uint32_t *units;  /* of each entry; NULL: none */
    kxi_span *spans;  /* of each entry, when it is one of time; else NULL */
    bool *over;       /* with spans: expected by its time */
};

struct making {
    const kxi_universe *u;
    const kxi_rules *rules;
    const kxi_fold *fold;
    const kxi_measure *m;
    kxi_fold_time when;
    kxi_key key;     /* of the dimensions asked for */
    size_t subjects; /* 1 when the measure is over all */
    struct axis axes[KXI_PARTS];
    size_t axis_count;
    kxi_arena *scratch;
    kxi_ids ids, units;
    uint64_t *keys; /* cells found so far; NULL while they are only counted */
    size_t count, limit;
};

/* ---- time ---- */

static bool
is_over(const struct making *k, kxi_span span, bool whole)
{
    switch (k->m->expect) {
    case KXI_EXPECT_ALL:
        return true;
    case KXI_EXPECT_STARTED:
        return span.from <= k->when.as_of;
    default:
        return whole && span.to <= k->when.as_of;
    }
}

static kx_status
time_axis(struct making *k, const kxi_dim *dim, struct axis *axis)
{
    bool bucket = dim->kind == KXI_DIM_BUCKET;
    axis->count = bucket ? kxi_bucket_count(k->when.span, dim->bucket) : dim->window_count;
    axis->values = kxi_arena_array(k->scratch, axis->count, sizeof(*axis->values));
    axis->spans = kxi_arena_array(k->scratch, axis->count, sizeof(*axis->spans));
    axis->over = kxi_arena_array(k->scratch, axis->count, sizeof(*axis->over));
    if (!axis->values || !axis->spans || !axis->over)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < axis->count; i++) {
        kxi_span span = bucket ? kxi_bucket_span(k->when.span, dim->bucket, i)
                               : kxi_window_when(k->rules, k->fold, dim->windows[i].span);
        bool whole = bucket ? kxi_bucket_whole(k->when.span, dim->bucket, i)
                            : span.from >= k->when.span.from && span.to <= k->when.span.to;
        axis->values[i] = i;
        axis->spans[i] = span;
        axis->over[i] = is_over(k, span, whole);
    }
    return KX_OK;
}

/* ---- plain lists ---- */

static kx_status
list_axis(struct making *k, const kxi_dim *dim, struct axis *axis)
{
    axis->count = dim->value_count;
    axis->values = kxi_arena_array(k->scratch, axis->count, sizeof(*axis->values));
    for (uint32_t i = 0; axis->values && i < axis->count; i++)
        axis->values[i] = i;
    return axis->values ? KX_OK : KX_E_NOMEM;
}

/* ---- what belongs to subjects: units at a level, entities of a table ---- */

/* (subject, value) pairs in ids, two numbers each, become the axis' entries, by subject. */
static kx_status
by_subject(struct making *k, struct axis *axis)
{
    size_t n = k->ids.count / 2, *at = kxi_arena_array(k->scratch, k->subjects + 1, sizeof(*at));
    axis->count = n;
    axis->first = kxi_arena_array(k->scratch, k->subjects + 1, sizeof(*axis->first));
    axis->values = kxi_arena_array(k->scratch, n * axis->part_count, sizeof(*axis->values));
    axis->units = kxi_arena_array(k->scratch, n, sizeof(*axis->units));
    if (!at || !axis->first || !axis->values || !axis->units)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        axis->first[k->ids.items[2 * i] + 1]++;
    for (size_t s = 0; s < k->subjects; s++)
        axis->first[s + 1] += axis->first[s];
    memcpy(at, axis->first, k->subjects * sizeof(*at));
    for (size_t i = 0; i < n; i++)
        axis->units[at[k->ids.items[2 * i]]++] = k->ids.items[2 * i + 1];
    return KX_OK;
}

static kx_status
push_pairs(struct making *k, const kxi_ids *subjects, uint32_t value)
{
    for (size_t i = 0; i < subjects->count; i++)
        if (!kxi_ids_push(&k->ids, subjects->items[i]) || !kxi_ids_push(&k->ids, value))
            return KX_E_NOMEM;
    return KX_OK;
}

/* The level that lies deepest, whose units are listed; the others are their ancestors. */
static uint32_t
deepest(const struct making *k, const struct axis *axis)
{
    uint32_t level = 0;
    for (size_t i = 0; i < axis->part_count; i++)
        if (k->key.parts[axis->parts[i]].dim->level > level)
            level = k->key.parts[axis->parts[i]].dim->level;
    return level;
}

static bool
has_ancestors(const struct making *k, const struct axis *axis, uint32_t unit)
{
    for (size_t i = 0; i < axis->part_count; i++)
        if (k->u->tree.up[k->key.parts[axis->parts[i]].dim->level][unit] == KXI_NONE)
            return false;
    return true;
}

static kx_status
level_axis(struct making *k, struct axis *axis)
{
    const kxi_tree *tree = &k->u->tree;
    const kxi_ground ground = kxi_ground_now(k->u);
    uint32_t level = deepest(k, axis), all = 0;
    kx_status st = KX_OK;
    k->ids.count = 0;
    for (uint32_t unit = 0; st == KX_OK && unit < tree->count; unit++) {
        if (tree->at[unit] != unit || tree->level[unit] != level || !has_ancestors(k, axis, unit))
            continue;
        k->units.count = 0;
        if (k->m->over_all)
            st = kxi_ids_push(&k->units, all) ? KX_OK : KX_E_NOMEM;
        else if (ground.nearest)
            st = kxi_ground_subjects(&ground, unit, &k->units);
        if (st == KX_OK)
            st = push_pairs(k, &k->units, unit);
    }
    if (st == KX_OK)
        st = by_subject(k, axis);
    for (size_t e = 0; st == KX_OK && e < axis->count; e++)
        for (size_t i = 0; i < axis->part_count; i++)
            axis->values[e * axis->part_count + i] = tree->up[k->key.parts[axis->parts[i]].dim->level][axis->units[e]];
    return st;
}

/* Subjects that an entity of a referenced table belongs to; all when it belongs to none in particular. */
static kx_status
owners(struct making *k, const kxi_rowset *rs, const kxi_dim *dim, uint32_t entity)
{
    const kxi_ground ground = kxi_ground_now(k->u);
    kxi_ids starts = { .mem = k->ids.mem };
    kx_status st = KX_OK;
    k->units.count = 0;
    if (k->m->over_all || dim->owner.target == KXI_NONE) {
        for (uint32_t s = 0; st == KX_OK && s < k->subjects; s++)
            st = kxi_ids_push(&k->units, s) ? KX_OK : KX_E_NOMEM;
        return st;
    }
    uint32_t row = kxi_universe_row(k->u, dim->target, entity);
    if (row != KXI_NONE)
        st = kxi_path_follow_row(rs, &dim->owner, row, &starts);
    for (size_t i = 0; st == KX_OK && i < starts.count; i++)
        st = kxi_ground_subjects(&ground, starts.items[i], &k->units);
    kxi_ids_free(&starts);
    return st;
}

static kx_status
reference_axis(struct making *k, const kxi_dim *dim, struct axis *axis)
{
    const kx_dataset *ds = k->u->dataset;
    bool units = dim->target == ds->schema->units.table;
    kxi_rowset rs;
    kx_status st = kxi_rowset_table(k->u, ds, dim->target, k->scratch, &rs);
    k->ids.count = 0;
    for (uint32_t e = 0; st == KX_OK && e < ds->tables[dim->target].entities.count; e++) {
        if (units && k->u->tree.at[e] != e)
            continue;
        st = owners(k, &rs, dim, e);
        if (st == KX_OK)
            st = push_pairs(k, &k->units, e);
    }
    if (st == KX_OK)
        st = by_subject(k, axis);
    for (size_t e = 0; st == KX_OK && e < axis->count; e++)
        axis->values[e] = axis->units[e];
    if (!units)
        axis->units = NULL;
    return st;
}

/* ---- axes ---- */

static kx_status
fill_axis(struct making *k, struct axis *axis)
{
    const kxi_dim *dim = k->key.parts[axis->parts[0]].dim;
    switch (dim->kind) {
    case KXI_DIM_LEVEL:
        return level_axis(k, axis);
    case KXI_DIM_BUCKET:
    case KXI_DIM_WINDOWS:
        return time_axis(k, dim, axis);
    case KXI_DIM_REF:
        return reference_axis(k, dim, axis);
    default:
        return list_axis(k, dim, axis);
    }
}

static kx_status
make_axes(struct making *k)
{
    size_t levels = KXI_PARTS;
    kx_status st = KX_OK;
    for (size_t p = k->key.first_dim; p < k->key.part_count; p++) {
        bool level = k->key.parts[p].dim->kind == KXI_DIM_LEVEL;
        size_t at = level && levels < KXI_PARTS ? levels : k->axis_count++;
        if (level)
            levels = at;
        k->axes[at].parts[k->axes[at].part_count++] = (uint8_t)p;
    }
    for (size_t i = 0; st == KX_OK && i < k->axis_count; i++)
        st = fill_axis(k, &k->axes[i]);
    return st;
}

/* ---- cells ---- */

/* Whether a unit was there as long as expected. */
static bool
was_there(const struct making *k, uint32_t unit, kxi_span span)
{
    return k->m->expect != KXI_EXPECT_WHOLE || kxi_unit_throughout(k->u->dataset, unit, span.from, span.to);
}

/* The unit that has to have been there: of the cell, else the subject itself. */
static bool
units_were_there(const struct making *k, uint32_t subject, const size_t *entries)
{
    bool any = false, there = true;
    for (size_t t = 0; t < k->axis_count && there; t++) {
        if (!k->axes[t].spans)
            continue;
        kxi_span span = k->axes[t].spans[entries[t]];
        for (size_t i = 0; i < k->axis_count && there; i++)
            if (k->axes[i].units) {
                any = true;
                there = was_there(k, k->axes[i].units[entries[i]], span);
            }
        if (!any && k->u->nearest && !k->m->over_all)
            there = was_there(k, k->u->entities[subject], span);
    }
    return there;
}

static bool
is_expected(const struct making *k, uint32_t subject, const size_t *entries)
{
    for (size_t i = 0; i < k->axis_count; i++)
        if (k->axes[i].over && !k->axes[i].over[entries[i]])
            return false;
    return units_were_there(k, subject, entries);
}

static void
put_cell(struct making *k, uint32_t subject, const size_t *entries)
{
    uint64_t *out = k->keys + k->count * k->key.words;
    memset(out, 0, k->key.words * sizeof(*out));
    if (k->key.first_dim)
        kxi_key_put(&k->key, 0, subject, out);
    for (size_t i = 0; i < k->axis_count; i++)
        for (size_t p = 0; p < k->axes[i].part_count; p++)
            kxi_key_put(&k->key, k->axes[i].parts[p], k->axes[i].values[entries[i] * k->axes[i].part_count + p], out);
}

static bool
add_cells(struct making *k, uint32_t subject, size_t axis, size_t *entries)
{
    if (axis == k->axis_count) {
        if (!is_expected(k, subject, entries))
            return true;
        if (k->count == k->limit)
            return false;
        if (k->keys)
            put_cell(k, subject, entries);
        k->count++;
        return true;
    }
    const struct axis *x = &k->axes[axis];
    size_t from = x->first ? x->first[subject] : 0, to = x->first ? x->first[subject + 1] : x->count;
    for (size_t e = from; e < to; e++) {
        entries[axis] = e;
        if (!add_cells(k, subject, axis + 1, entries))
            return false;
    }
    return true;
}

static bool
all_cells(struct making *k)
{
    size_t entries[KXI_PARTS];
    k->count = 0;
    for (uint32_t s = 0; s < k->subjects; s++)
        if (!add_cells(k, s, 0, entries))
            return false;
    return true;
}

/* ---- out ---- */

static kx_status
show(struct making *k, uint32_t mask, kxi_arena *a, kxi_grid *out)
{
    size_t n = k->count, part = k->key.first_dim;
    uint32_t *order = kxi_arena_array(k->scratch, n, sizeof(*order)),
             *spare = kxi_arena_array(k->scratch, n, sizeof(*spare));
    uint32_t *subjects = kxi_arena_array(a, n, sizeof(*subjects));
    uint32_t **dims = kxi_arena_array(a, k->m->dim_count, sizeof(*dims));
    if (!order || !spare || !subjects || !dims)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    kxi_order_keys(order, spare, n, k->keys, k->key.words);
    for (size_t i = 0; i < n; i++)
        subjects[i] = k->key.first_dim ? kxi_key_get(&k->key, 0, k->keys + order[i] * k->key.words) : KXI_NONE;
    for (size_t d = 0; d < k->m->dim_count; d++) {
        if (!(mask >> d & 1))
            continue;
        dims[d] = kxi_arena_array(a, n, sizeof(**dims));
        if (!dims[d])
            return KX_E_NOMEM;
        for (size_t i = 0; i < n; i++)
            dims[d][i] = kxi_key_get(&k->key, part, k->keys + order[i] * k->key.words);
        part++;
    }
    *out = (kxi_grid){ true, n, subjects, (const uint32_t *const *)dims };
    return KX_OK;
}

static kx_status
make(struct making *k, uint32_t mask, kxi_arena *a, kxi_grid *out, kxi_diag *d)
{
    kx_status st = make_axes(k);
    if (st != KX_OK)
        return kxi_nomem(d);
    if (!all_cells(k))
        return KXI_FAIL(d, TALLY_CELLS, KXI_NOWHERE, KXI_A_STR(k->m->name), KXI_A_INT(k->limit));
    k->keys = kxi_arena_array(k->scratch, k->count, k->key.words * sizeof(*k->keys));
    if (!k->keys)
        return kxi_nomem(d);
    all_cells(k);
    return show(k, mask, a, out) == KX_OK ? KX_OK : kxi_nomem(d);
}

kx_status
kxi_grid_groups(const kxi_universe *u, uint32_t fold, uint32_t mask, kxi_arena *a, kxi_grid *out, kxi_diag *d)
{
    const kxi_rules *rules = u->rules;
    const kxi_measure *m = &rules->measures[rules->folds[fold].measure];
    kxi_arena scratch;
    struct making k = { .u = u, .rules = rules, .fold = &rules->folds[fold], .m = m, .scratch = &scratch };
    *out = (kxi_grid){ .count = 0 };
    for (size_t i = 0; i < m->dim_count; i++)
        if (mask >> i & 1 && !KXI_DIM_CLOSED(&m->dims[i]))
            return KX_OK;
    kxi_arena_init(&scratch, a->mem);
    kxi_key_groups(u, fold, mask, &k.key);
    k.when = kxi_fold_when(rules, k.fold, u->as_of);
    k.subjects = m->over_all ? 1 : u->count;
    k.limit = u->ctx->max_cells;
    k.ids.mem = k.units.mem = a->mem;
    kx_status st = make(&k, mask, a, out, d);
    kxi_ids_free(&k.ids);
    kxi_ids_free(&k.units);
    kxi_arena_free(&scratch);
    return st;
}

kx_status
kxi_grid_make(const kxi_universe *u, uint32_t fold, kxi_arena *a, kxi_grid *out, kxi_diag *d)
{
    return kxi_grid_groups(u, fold, UINT32_MAX, a, out, d);
}
