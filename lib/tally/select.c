/* Which rows of a batch count, and their values. */
#include "tally/worker.h"

/* ---- by date ---- */

static bool
all_rows(kxi_worker *w, kxi_selection *s)
{
    s->base = kxi_arena_array(&w->arena, w->batch.n, sizeof(*s->base));
    return s->base != NULL;
}

static bool
event_rows(kxi_worker *w, const kxi_program *p, kxi_selection *s)
{
    const kxi_batch_column *days = kxi_batch_ints(&w->batch, w->job->rs->spec->date);
    uint32_t *base = kxi_arena_alloc(&w->arena, w->batch.n * sizeof(*base));
    const int64_t from = p->base.days.from, to = p->base.days.to;
    uint32_t outside = 0, undated = 0;
    if (!days || !base)
        return false;
    for (size_t i = 0; i < w->batch.n; i++) {
        base[i] = (uint32_t) - (days->ints[i] < from || days->ints[i] > to);
        outside -= base[i]; /* KXI_DEAD is -1 */
    }
    for (size_t i = 0; days->state && i < w->batch.n; i++)
        if (days->state[i]) {
            undated++;
            outside += base[i]; /* not counted twice */
            base[i] = KXI_DEAD;
        }
    s->base = base;
    s->outside = outside;
    s->undated = undated;
    return true;
}

/* Whether one of the days lies in [from, to]. */
static bool
valid_on_one(const kxi_base *base, int64_t from, int64_t to)
{
    size_t low = 0, high = base->on_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (base->on[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < base->on_count && base->on[low] <= to;
}

static bool
state_rows(kxi_worker *w, const kxi_program *p, kxi_selection *s)
{
    const kxi_table_spec *spec = w->job->rs->spec;
    const kxi_batch_column *f = spec->from == KXI_NONE ? NULL : kxi_batch_ints(&w->batch, spec->from);
    const kxi_batch_column *t = spec->to == KXI_NONE ? NULL : kxi_batch_ints(&w->batch, spec->to);
    uint32_t *base = kxi_arena_alloc(&w->arena, w->batch.n * sizeof(*base));
    if (!base || (!f && spec->from != KXI_NONE) || (!t && spec->to != KXI_NONE))
        return false;
    for (size_t i = 0; i < w->batch.n; i++) {
        int64_t from = f && !(f->state && f->state[i]) ? f->ints[i] : INT64_MIN;
        int64_t to = t && !(t->state && t->state[i]) ? t->ints[i] : INT64_MAX;
        base[i] = valid_on_one(&p->base, from, to) ? 0 : KXI_DEAD;
        s->outside += base[i] != 0;
    }
    s->base = base;
    return true;
}

static bool
listed_rows(kxi_worker *w, const kxi_program *p, kxi_selection *s)
{
    s->base = p->base.rows + w->batch.first;
    for (size_t i = 0; i < w->batch.n; i++)
        s->outside += s->base[i] != 0;
    return true;
}

static bool
make_base(kxi_worker *w, const kxi_program *p, kxi_selection *s)
{
    switch (p->base.kind) {
    case KXI_BASE_EVENTS:
        return event_rows(w, p, s);
    case KXI_BASE_STATES:
        return state_rows(w, p, s);
    case KXI_BASE_ROWS:
        return listed_rows(w, p, s);
    default:
        return all_rows(w, s);
    }
}

/* Programs of one base look at dates once. */
static bool
base_rows(kxi_worker *w, const kxi_program *p, kxi_selection *s)
{
    kxi_row_counts *counts = &w->counts[p - w->job->programs];
    kxi_selection *first = &w->selections[p->same_base];
    if (!first->base && !make_base(w, p, first))
        return false;
    s->base = first->base;
    s->outside = first->outside;
    s->undated = first->undated;
    counts->outside += s->outside;
    counts->undated += s->undated;
    return true;
}

/* ---- by subject: counted, not filtered, since every cell asks for the subject anyway ---- */

/* 0 or not for each row; NULL when all lead to a subject. */
static kx_status
unplaced_rows(kxi_worker *w, const kxi_factor *place, const uint32_t **out)
{
    if (place->single) {
        *out = kxi_worker_ordinals(w, place);
        return *out ? KX_OK : KX_E_NOMEM;
    }
    uint32_t *rows = kxi_arena_array(&w->arena, w->batch.n, sizeof(*rows));
    kx_status st = rows ? KX_OK : KX_E_NOMEM;
    for (size_t i = 0; st == KX_OK && i < w->batch.n; i++) {
        w->choices[0].count = 0;
        st = kxi_worker_choices(w, place, i, &w->choices[0]);
        rows[i] = w->choices[0].count ? 0 : KXI_DEAD;
    }
    *out = rows;
    return st;
}

/* Programs with one base and one way to the subject count once. */
static void
count_unplaced(kxi_worker *w, const kxi_program *p, const uint32_t *base, const uint32_t *place)
{
    kxi_selection *first = &w->selections[p->same_place];
    if (!first->counted) {
        uint32_t n = 0;
        for (size_t i = 0; i < w->batch.n; i++)
            n += (place[i] & ~base[i]) >> 31;
        first->unplaced = n;
        first->counted = true;
    }
    w->counts[p - w->job->programs].unplaced += first->unplaced;
}

/* ---- by condition ---- */

/* Rows that would have counted but for an unknown condition or value. */
static void
count_unknown(kxi_worker *w, const kxi_program *p, const uint32_t *rows, const uint32_t *place, const uint8_t *unknown,
              uint8_t least)
{
    uint64_t n = 0;
    for (size_t i = 0; i < w->batch.n; i++)
        n += unknown[i] >= least && !(rows[i] >> 31) && !(place && place[i] >> 31);
    w->counts[p - w->job->programs].unknown += n;
}

static kx_status
where_entries(kxi_worker *w, const kxi_program *p, kxi_selection *s, const uint32_t *place)
{
    const kxi_batch_column *b = kxi_batch_codes(&w->batch, p->where_column);
    uint32_t *rows = kxi_arena_alloc(&w->arena, w->batch.n * sizeof(*rows)), none = KXI_DEAD;
    if (!b || !rows)
        return KX_E_NOMEM;
    const uint32_t *codes = b->codes, *table = p->where_table, *base = s->base;
    for (size_t i = 0; i < w->batch.n; i++) {
        rows[i] = base[i] | table[codes[i]];
        none &= rows[i];
    }
    s->rows = rows;
    s->any = !(none >> 31);
    if (!p->where_unknown)
        return KX_OK;
    uint8_t *unknown = kxi_arena_alloc(&w->arena, w->batch.n);
    if (!unknown)
        return KX_E_NOMEM;
    for (size_t i = 0; i < w->batch.n; i++)
        unknown[i] = p->where_unknown[codes[i]];
    count_unknown(w, p, base, place, unknown, 1);
    return KX_OK;
}

static kx_status
where_rows(kxi_worker *w, const kxi_program *p, kxi_selection *s, const uint32_t *place)
{
    const kxi_source source = kxi_reader_source(&w->reader);
    uint32_t *rows = kxi_arena_array(&w->arena, w->batch.n, sizeof(*rows)), none = KXI_DEAD;
    uint8_t *unknown = kxi_arena_array(&w->arena, w->batch.n, 1);
    kxi_vec holds;
    if (!rows || !unknown)
        return KX_E_NOMEM;
    kx_status st = kxi_expr_run(p->condition, &source, w->batch.first, w->batch.n, &w->arena, &holds);
    if (st != KX_OK)
        return st;
    for (size_t i = 0; i < w->batch.n; i++) {
        unknown[i] = kxi_vec_state(&holds, i) != KXI_IS_KNOWN;
        rows[i] = s->base[i] | (kxi_vec_true(&holds, i) ? 0 : KXI_DEAD);
        none &= rows[i];
    }
    s->rows = rows;
    s->any = !(none >> 31);
    count_unknown(w, p, s->base, place, unknown, 1);
    return KX_OK;
}

static kx_status
apply_where(kxi_worker *w, const kxi_program *p, kxi_selection *s, const uint32_t *place)
{
    s->rows = s->base;
    s->any = true;
    if (p->where == KXI_WHERE_ENTRY)
        return where_entries(w, p, s, place);
    if (p->where == KXI_WHERE_ROW)
        return where_rows(w, p, s, place);
    if (p->where == KXI_WHERE_ALWAYS)
        return KX_OK;
    s->any = false;
    for (size_t i = 0; p->where == KXI_WHERE_UNKNOWN && i < w->batch.n; i++)
        w->counts[p - w->job->programs].unknown += !(s->base[i] >> 31) && !(place && place[i] >> 31);
    return KX_OK;
}

/* ---- values ---- */

static kx_status
text_lanes(kxi_worker *w, const kxi_program *p, kxi_lanes *out)
{
    const kxi_batch_column *b = kxi_batch_codes(&w->batch, p->value_column);
    int64_t *values = kxi_arena_alloc(&w->arena, w->batch.n * sizeof(*values));
    uint8_t *state = kxi_arena_alloc(&w->arena, w->batch.n), any = 0;
    if (!b || !values || !state)
        return KX_E_NOMEM;
    for (size_t i = 0; i < w->batch.n; i++) {
        uint32_t code = p->value_codes[b->codes[i]];
        state[i] = (uint8_t)(code & KXI_TEXT_STATE ? code & 0xFF : 0);
        values[i] = code & ~KXI_TEXT_STATE;
        any |= state[i];
    }
    *out = (kxi_lanes){ any ? state : NULL, values, 0 };
    return KX_OK;
}

static kx_status
run_lanes(kxi_worker *w, const kxi_program *p, const kxi_prepared *e, kxi_lanes *out)
{
    const kxi_source source = kxi_reader_source(&w->reader);
    kxi_vec v;
    bool any_scale = e == p->value && (p->m->op == KXI_OP_SUM || p->m->op == KXI_OP_MEAN);
    kx_status st = kxi_expr_run(e, &source, w->batch.first, w->batch.n, &w->arena, &v);
    return st == KX_OK ? kxi_lanes_make(w, &v, any_scale, &w->texts[p - w->job->programs], out) : st;
}

static kx_status
read_values(kxi_worker *w, const kxi_program *p, kxi_selection *s, const uint32_t *place)
{
    kx_status st = KX_OK;
    if (p->value_codes)
        st = text_lanes(w, p, &s->value);
    else if (p->value)
        st = run_lanes(w, p, p->value, &s->value);
    if (st == KX_OK && p->then)
        st = run_lanes(w, p, p->then, &s->then);
    if (st == KX_OK && s->value.state)
        count_unknown(w, p, s->rows, place, s->value.state, KXI_IS_NULL + 1);
    if (st != KX_OK || p->base.kind != KXI_BASE_EVENTS)
        return st;
    const kxi_batch_column *days = kxi_batch_ints(&w->batch, w->job->rs->spec->date);
    s->day = (kxi_lanes){ days->state, days->ints, 0 };
    return KX_OK;
}

/* ---- by dimension: counted, not filtered, since the rows still count where nothing goes by it ---- */

static bool
recorded(const kxi_column *c, size_t row)
{
    return c->lists ? c->lists[row + 1] > c->lists[row] : kxi_column_known(c, row);
}

static void
count_keyless(kxi_worker *w, const kxi_program *p, const uint32_t *rows, const uint32_t *place)
{
    const kxi_column *columns[16];
    size_t count = 0;
    uint64_t n = 0;
    bool never = false; /* the data lacks a column */
    for (size_t d = 0; d < p->m->dim_count; d++) {
        const kxi_dim *dim = &p->m->dims[d];
        if (dim->kind != KXI_DIM_COLUMN && dim->kind != KXI_DIM_REF)
            continue;
        const kxi_column *c = kxi_rowset_column(w->job->rs, dim->column);
        never |= !c;
        if (c && (c->validity || c->lists))
            columns[count++] = c;
    }
    for (size_t i = 0; (never || count) && i < w->batch.n; i++) {
        bool lacks = never;
        for (size_t k = 0; k < count; k++)
            lacks |= !recorded(columns[k], w->batch.first + i);
        n += lacks && !(rows[i] >> 31) && !(place && place[i] >> 31);
    }
    w->counts[p - w->job->programs].keyless += n;
}

const kxi_selection *
kxi_worker_select(kxi_worker *w, uint32_t program)
{
    kxi_selection *s = &w->selections[program];
    const kxi_program *p = &w->job->programs[program];
    const uint32_t *place = NULL;
    kx_status st = KX_OK;
    if (s->ready)
        return s;
    s->ready = true;
    w->reader.when = p->when;
    st = base_rows(w, p, s) ? KX_OK : KX_E_NOMEM;
    bool any = s->outside + s->undated < w->batch.n;
    if (st == KX_OK && p->place && any)
        st = unplaced_rows(w, p->place, &place);
    if (st == KX_OK && place)
        count_unplaced(w, p, s->base, place);
    if (st == KX_OK && any)
        st = apply_where(w, p, s, place);
    if (st == KX_OK && s->any)
        st = read_values(w, p, s, place);
    if (st == KX_OK && s->any && w->job->rs->table != KXI_NONE)
        count_keyless(w, p, s->rows, place);
    if (st == KX_OK)
        return s;
    w->status = st;
    w->failed = p->m;
    w->limit = KXI_MSG_TALLY_DIGITS;
    return NULL;
}
