/* Factors: from a source of a row to ordinals, each standing for the parts of a cell's key that the source decides.
 *
 * A lane (an entry, a day) leads to any number of tuples, one number for each part. Tuples are numbered in ascending order, so
 * that cells kept in order of their ordinals are in order of their keys. */
#include "tally/job.h"
#include "tally/ranks.h"

/* One factor being made. */
struct making {
    const kxi_job *job;
    const kxi_rowset *rs;
    kxi_factor *f;
    kxi_mem *mem;
    kxi_keymap tuples; /* of 64-bit words, one for each part */
    kxi_ids found;     /* tuple numbers of all lanes, one lane after the other */
    kxi_ids subjects, starts, units;
    uint32_t *first;         /* lanes + 1 */
    const uint32_t *numbers; /* entry -> number of its text (open dimension) */
    uint64_t tuple[KXI_PARTS];
    uint32_t bucket[KXI_PARTS]; /* of the day at hand */
};

static void
making_start(struct making *k, const kxi_job *job, kxi_factor *f)
{
    *k = (struct making){ .job = job, .rs = job->rs, .f = f, .mem = job->arena->mem };
    kxi_keymap_init(&k->tuples, k->mem, f->part_count);
    k->found.mem = k->subjects.mem = k->starts.mem = k->units.mem = k->mem;
}

static void
making_end(struct making *k)
{
    kxi_keymap_free(&k->tuples);
    kxi_ids_free(&k->found);
    kxi_ids_free(&k->subjects);
    kxi_ids_free(&k->starts);
    kxi_ids_free(&k->units);
}

static kx_status
emit(struct making *k)
{
    uint32_t number;
    kx_status st = kxi_keymap_add(&k->tuples, k->tuple, &number, NULL);
    if (st != KX_OK)
        return st;
    return kxi_ids_push(&k->found, number) ? KX_OK : KX_E_NOMEM;
}

/* ---- finishing: tuples in order ---- */

static kx_status
order_tuples(struct making *k, uint32_t **rank)
{
    kxi_factor *f = k->f;
    size_t n = k->tuples.count;
    kxi_arena *a = k->job->arena;
    uint32_t *order = kxi_arena_array(a, n, sizeof(*order)), *scratch = kxi_arena_array(a, n, sizeof(*scratch));
    uint32_t *tuples = kxi_arena_array(a, n * f->part_count, sizeof(*tuples));
    if (!order || !scratch || !tuples)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    kxi_order_keys(order, scratch, n, k->tuples.keys, f->part_count);
    *rank = scratch;
    for (size_t i = 0; i < n; i++) {
        (*rank)[order[i]] = (uint32_t)i;
        for (size_t p = 0; p < f->part_count; p++)
            tuples[i * f->part_count + p] = (uint32_t)kxi_keymap_key(&k->tuples, order[i])[p];
    }
    f->tuples = tuples;
    f->count = (uint32_t)n;
    return KX_OK;
}

static bool
at_most_one(const struct making *k, size_t lanes)
{
    for (size_t i = 0; i < lanes; i++)
        if (k->first[i + 1] - k->first[i] > 1)
            return false;
    return true;
}

static kx_status
finish(struct making *k)
{
    kxi_factor *f = k->f;
    size_t lanes = f->lanes * f->ground_count;
    uint32_t *rank;
    if (order_tuples(k, &rank) != KX_OK)
        return KX_E_NOMEM;
    f->single = at_most_one(k, lanes) && !kxi_rowset_is_list(k->rs, f->kind == KXI_FACTOR_ENTRY ? f->column : KXI_NONE);
    uint32_t *ordinals = kxi_arena_array(k->job->arena, f->single ? lanes : k->found.count, sizeof(*ordinals));
    if (!ordinals)
        return KX_E_NOMEM;
    f->ordinals = ordinals;
    if (f->single) {
        for (size_t i = 0; i < lanes; i++)
            ordinals[i] = k->first[i + 1] > k->first[i] ? rank[k->found.items[k->first[i]]] : KXI_DEAD;
        return KX_OK;
    }
    for (size_t i = 0; i < k->found.count; i++)
        ordinals[i] = rank[k->found.items[i]];
    f->first = k->first;
    return KX_OK;
}

/* ---- entries of a table's column ---- */

/* An open text dimension goes by texts, not by entries: several may hold the same. */
static kx_status
number_texts(struct making *k)
{
    uint32_t n = kxi_rowset_size(k->rs, k->f->column);
    uint32_t *numbers = kxi_arena_array(k->job->arena, n, sizeof(*numbers));
    if (!numbers)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        kx_status st = kxi_strmap_add(&k->f->texts, kxi_rowset_text(k->rs, k->f->column, i), &numbers[i], NULL);
        if (st != KX_OK)
            return st;
    }
    k->numbers = numbers;
    return KX_OK;
}

static uint32_t
listed_value(const kxi_dim *dim, kxi_str text)
{
    for (uint32_t i = 0; i < dim->value_count; i++)
        if (kxi_str_eq(dim->values[i], text))
            return i;
    return KXI_NONE;
}

/* Parts that an entry decides by itself; false when it is outside one of them. */
static bool
own_parts(struct making *k, uint32_t entry)
{
    for (size_t p = 0; p < k->f->part_count; p++) {
        const kxi_dim *dim = kxi_factor_dim(k->f, p);
        uint32_t value = 0;
        if (!dim || dim->kind == KXI_DIM_LEVEL)
            continue;
        if (dim->kind == KXI_DIM_LIST)
            value = listed_value(dim, kxi_rowset_text(k->rs, k->f->column, entry));
        else if (dim->kind == KXI_DIM_REF)
            value = kxi_rowset_entity(k->rs, k->f->column, entry);
        else
            value = k->numbers[entry];
        if (dim->kind == KXI_DIM_REF && value != KXI_NONE && dim->target == k->rs->u->dataset->schema->units.table)
            value = k->rs->u->tree.at[value];
        if (value == KXI_NONE)
            return false;
        k->tuple[p] = value;
    }
    return true;
}

/* Level parts of a unit; false when it has no ancestor at one of them. */
static bool
level_parts(struct making *k, const kxi_ground *g, uint32_t unit)
{
    for (size_t p = 0; p < k->f->part_count; p++) {
        const kxi_dim *dim = kxi_factor_dim(k->f, p);
        if (!dim || dim->kind != KXI_DIM_LEVEL)
            continue;
        uint32_t at = kxi_ground_level(g, unit, dim->level);
        if (at == KXI_NONE)
            return false;
        k->tuple[p] = at;
    }
    return true;
}

/* Every unit of `units` with the subject already in the tuple. */
static kx_status
emit_units(struct making *k, const kxi_ground *g, const kxi_ids *units)
{
    kx_status st = KX_OK;
    for (size_t i = 0; st == KX_OK && i < units->count; i++)
        if (level_parts(k, g, units->items[i]))
            st = emit(k);
    return st;
}

/* Which of the two a factor decides, and whether they go together. */
struct anchors {
    bool subject, levels, same;
};

static struct anchors
anchors_of(const kxi_factor *f)
{
    struct anchors a = { false, false, kxi_path_same(&f->m->subject, &f->m->unit) };
    for (size_t p = 0; p < f->part_count; p++) {
        const kxi_dim *dim = kxi_factor_dim(f, p);
        a.subject |= !dim;
        a.levels |= dim && dim->kind == KXI_DIM_LEVEL;
    }
    return a;
}

static kx_status
emit_subjects(struct making *k, const kxi_ground *g, const struct anchors *a, uint32_t start)
{
    const kxi_ids one = { .items = &start, .count = 1 };
    kx_status st;
    k->subjects.count = 0;
    st = kxi_ground_subjects(g, start, &k->subjects);
    for (size_t i = 0; st == KX_OK && i < k->subjects.count; i++) {
        k->tuple[0] = k->subjects.items[i];
        st = !a->levels ? emit(k) : emit_units(k, g, a->same ? &one : &k->units);
    }
    return st;
}

static kx_status
entry_lane(struct making *k, const kxi_ground *g, const struct anchors *a, uint32_t entry)
{
    kx_status st = KX_OK;
    if (!own_parts(k, entry))
        return KX_OK;
    if (!a->subject && !a->levels)
        return emit(k);
    k->units.count = k->starts.count = 0;
    if (a->levels && !(a->same && a->subject))
        st = kxi_path_follow(k->rs, &k->f->m->unit, entry, &k->units);
    if (st == KX_OK && !a->subject)
        return emit_units(k, g, &k->units);
    if (st == KX_OK)
        st = kxi_path_follow(k->rs, &k->f->m->subject, entry, &k->starts);
    for (size_t i = 0; st == KX_OK && i < k->starts.count; i++)
        st = emit_subjects(k, g, a, k->starts.items[i]);
    return st;
}

/* ---- entries of cells: a dimension of a measure over a measure is one of its source's ---- */

static kx_status
cell_lane(struct making *k, uint32_t entry)
{
    for (size_t p = 0; p < k->f->part_count; p++) {
        const kxi_dim *dim = kxi_factor_dim(k->f, p);
        uint32_t value = entry;
        if (dim && dim->kind == KXI_DIM_LIST)
            value = listed_value(dim, kxi_rowset_text(k->rs, k->f->column, entry));
        else if (dim && dim->kind == KXI_DIM_COLUMN && dim->type == KX_TEXT)
            value = k->numbers[entry];
        if (value == KXI_NONE)
            return KX_OK;
        k->tuple[p] = value;
    }
    return emit(k);
}

static kx_status
entry_lanes(struct making *k)
{
    const kxi_factor *f = k->f;
    const struct anchors a = anchors_of(f);
    size_t lane = 0;
    kx_status st = KX_OK;
    for (size_t g = 0; g < f->ground_count; g++) {
        for (uint32_t i = 0; st == KX_OK && i + 1 < f->lanes; i++) {
            st = k->rs->table == KXI_NONE ? cell_lane(k, i) : entry_lane(k, &f->grounds[g], &a, i);
            k->first[++lane] = (uint32_t)k->found.count;
        }
        k->first[++lane] = (uint32_t)k->found.count; /* null leads nowhere */
        if (st != KX_OK)
            break;
    }
    return st;
}

static bool
has_open_text(const kxi_factor *f)
{
    for (size_t p = 0; p < f->part_count; p++) {
        const kxi_dim *dim = kxi_factor_dim(f, p);
        if (dim && dim->kind == KXI_DIM_COLUMN && dim->type == KX_TEXT)
            return true;
    }
    return false;
}

kx_status
kxi_factor_entry(const kxi_job *job, kxi_factor *f)
{
    struct making k;
    kx_status st = KX_OK;
    making_start(&k, job, f);
    kxi_strmap_init(&f->texts, k.mem);
    f->lanes = (size_t)kxi_rowset_size(job->rs, f->column) + 1;
    k.first = kxi_arena_array(job->arena, f->lanes * f->ground_count + 1, sizeof(*k.first));
    if (!k.first)
        st = KX_E_NOMEM;
    if (st == KX_OK && has_open_text(f))
        st = number_texts(&k);
    if (st == KX_OK)
        st = entry_lanes(&k);
    if (st == KX_OK)
        st = finish(&k);
    making_end(&k);
    return st;
}

/* ---- days of events ---- */

/* The tuples of a day from part p on. */
static kx_status
day_lane(struct making *k, kxi_day day, size_t p)
{
    if (p == k->f->part_count)
        return emit(k);
    const kxi_dim *dim = kxi_factor_dim(k->f, p);
    kx_status st = KX_OK;
    if (dim->kind == KXI_DIM_BUCKET) {
        while (k->f->spans[p][k->bucket[p]].to < day) /* days come in order */
            k->bucket[p]++;
        k->tuple[p] = k->bucket[p];
        return day_lane(k, day, p + 1);
    }
    for (uint32_t i = 0; st == KX_OK && i < k->f->span_count[p]; i++)
        if (k->f->spans[p][i].from <= day && day <= k->f->spans[p][i].to) {
            k->tuple[p] = i;
            st = day_lane(k, day, p + 1);
        }
    return st;
}

kx_status
kxi_factor_day(const kxi_job *job, kxi_factor *f)
{
    struct making k;
    kx_status st = KX_OK;
    making_start(&k, job, f);
    f->ground_count = 1;
    f->lanes = f->days.to < f->days.from ? 0 : (size_t)(f->days.to - f->days.from) + 1;
    k.first = kxi_arena_array(job->arena, f->lanes + 1, sizeof(*k.first));
    if (!k.first)
        st = KX_E_NOMEM;
    for (size_t i = 0; st == KX_OK && i < f->lanes; i++) {
        st = day_lane(&k, f->days.from + (kxi_day)i, 0);
        k.first[i + 1] = (uint32_t)k.found.count;
    }
    if (st == KX_OK)
        st = finish(&k);
    making_end(&k);
    return st;
}
