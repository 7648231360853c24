#include "tally/job.h"
#include "tally/ranks.h"
#include "tally/state.h"

/* ---- what rows count by their date ---- */

static bool
is_time(const kxi_dim *dim)
{
    return dim->kind == KXI_DIM_BUCKET || dim->kind == KXI_DIM_WINDOWS;
}

/* The buckets or windows of a dimension as the fold sees them. */
static kx_status
spans_of(const kxi_job *job, uint32_t fold, const kxi_dim *dim, kxi_fold_time when, const kxi_span **out, uint32_t *count)
{
    const kxi_rules *rules = job->rs->u->rules;
    bool bucket = dim->kind == KXI_DIM_BUCKET;
    *count = bucket ? kxi_bucket_count(when.span, dim->bucket) : (uint32_t)dim->window_count;
    kxi_span *spans = kxi_arena_array(job->arena, *count, sizeof(*spans));
    if (!spans)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < *count; i++)
        spans[i] = bucket ? kxi_bucket_span(when.span, dim->bucket, i)
                          : kxi_window_when(rules, &rules->folds[fold], dim->windows[i].span);
    *out = spans;
    return KX_OK;
}

/* Days on which states are read, ascending: the last ones of all buckets and windows up to as_of. */
static kx_status
bucket_ends(const kxi_job *job, const kxi_plan *plan, kxi_fold_time when, kxi_base *base)
{
    kxi_ids ends = { .mem = job->arena->mem };
    kx_status st = KX_OK;
    for (size_t i = plan->key->first_dim; st == KX_OK && i < plan->key->part_count; i++) {
        const kxi_span *spans;
        uint32_t count;
        if (!is_time(plan->key->parts[i].dim))
            continue;
        st = spans_of(job, plan->fold, plan->key->parts[i].dim, when, &spans, &count);
        for (uint32_t k = 0; st == KX_OK && k < count; k++)
            if (spans[k].to <= when.as_of && !kxi_ids_push(&ends, (uint32_t)(spans[k].to - KXI_DAY_MIN)))
                st = KX_E_NOMEM;
    }
    kxi_day *on = st == KX_OK ? kxi_arena_array(job->arena, ends.count, sizeof(*on)) : NULL;
    uint32_t *scratch = st == KX_OK ? kxi_arena_array(job->arena, ends.count, sizeof(*scratch)) : NULL;
    if (on && scratch) {
        kxi_order_numbers(ends.items, scratch, ends.count);
        for (size_t i = 0; i < ends.count; i++)
            on[i] = (kxi_day)ends.items[i] + KXI_DAY_MIN;
        base->on = on;
        base->on_count = ends.count;
    }
    kxi_ids_free(&ends);
    return on && scratch ? KX_OK : KX_E_NOMEM;
}

/* Rows of units: the version that stands on as_of. */
static kx_status
standing_rows(const kxi_job *job, kxi_base *base)
{
    const kxi_rowset *rs = job->rs;
    const kxi_tree *tree = &rs->u->tree;
    uint32_t *rows = kxi_arena_array(job->arena, rs->rows, sizeof(*rows));
    if (!rows)
        return KX_E_NOMEM;
    for (size_t i = 0; i < rs->rows; i++) {
        uint32_t unit = rs->row_entity[i];
        bool counts = unit != KXI_NONE && tree->at[unit] == unit && tree->version[unit] != KXI_NONE &&
                      rs->u->dataset->versions[tree->version[unit]].row == i;
        rows[i] = counts ? 0 : KXI_DEAD;
    }
    base->rows = rows;
    return KX_OK;
}

static kx_status
make_base(const kxi_job *job, const kxi_plan *plan, kxi_fold_time when, kxi_base *base)
{
    const kxi_rowset *rs = job->rs;
    *base = (kxi_base){ .kind = KXI_BASE_ALL };
    if (rs->table == KXI_NONE)
        return KX_OK;
    if (rs->table == rs->u->dataset->schema->units.table) {
        base->kind = KXI_BASE_ROWS;
        return standing_rows(job, base);
    }
    if (rs->spec->kind == KXI_EVENTS) {
        base->kind = KXI_BASE_EVENTS;
        base->days = (kxi_span){ when.span.from, when.span.to < when.as_of ? when.span.to : when.as_of };
        return KX_OK;
    }
    if (rs->spec->kind != KXI_STATES)
        return KX_OK;
    base->kind = KXI_BASE_STATES;
    for (size_t i = plan->key->first_dim; i < plan->key->part_count; i++)
        if (is_time(plan->key->parts[i].dim))
            return bucket_ends(job, plan, when, base);
    kxi_day *on = kxi_arena_array(job->arena, 1, sizeof(*on));
    if (!on)
        return KX_E_NOMEM;
    *on = when.as_of;
    base->on = on;
    base->on_count = 1;
    return KX_OK;
}

static bool
base_same(const kxi_base *x, const kxi_base *y)
{
    return x->kind == y->kind && x->days.from == y->days.from && x->days.to == y->days.to && x->on_count == y->on_count &&
           (x->on_count == 0 || memcmp(x->on, y->on, x->on_count * sizeof(*x->on)) == 0);
}

/* ---- factors ---- */

static bool
part_same(const kxi_factor *x, const kxi_factor *y, size_t i)
{
    const kxi_dim *a = kxi_factor_dim(x, i), *b = kxi_factor_dim(y, i);
    if (!a || !b)
        return a == b && kxi_path_same(&x->m->subject, &y->m->subject);
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case KXI_DIM_LEVEL:
        return a->level == b->level && kxi_path_same(&x->m->unit, &y->m->unit);
    case KXI_DIM_BUCKET:
        return a->bucket == b->bucket;
    case KXI_DIM_WINDOWS:
        return a == b;
    case KXI_DIM_LIST:
        return a->column == b->column && a->values == b->values;
    default:
        return a->column == b->column;
    }
}

static bool
factor_same(const kxi_factor *x, const kxi_factor *y)
{
    bool same = x->kind == y->kind && x->column == y->column && x->part_count == y->part_count &&
                x->when.as_of == y->when.as_of && x->when.span.from == y->when.span.from && x->when.span.to == y->when.span.to;
    for (size_t i = 0; same && i < x->part_count; i++)
        same = part_same(x, y, i);
    return same;
}

/* Where a part of a key comes from. */
static enum kxi_factor_kind
part_source(const kxi_rowset *rs, const kxi_measure *m, const kxi_dim *dim, uint32_t *column)
{
    *column = KXI_NONE;
    if (rs->table == KXI_NONE) {
        *column = dim ? dim->column : (uint32_t)rs->cells->dim_count;
        return KXI_FACTOR_ENTRY;
    }
    if (dim && is_time(dim))
        return rs->spec->kind == KXI_STATES ? KXI_FACTOR_STATE : KXI_FACTOR_DAY;
    *column = !dim ? m->subject.column : dim->kind == KXI_DIM_LEVEL ? m->unit.column : dim->column;
    return kxi_rowset_coded(rs, *column) ? KXI_FACTOR_ENTRY : KXI_FACTOR_VALUE;
}

static bool
placed_by_tree(const kxi_factor *f)
{
    for (size_t i = 0; i < f->part_count; i++) {
        const kxi_dim *dim = kxi_factor_dim(f, i);
        if (!dim || dim->kind == KXI_DIM_LEVEL)
            return true;
    }
    return false;
}

/* States, too, are placed by the tree of the day they are read on when rows are placed by their own date. */
static kx_status
choose_ground(const kxi_job *job, kxi_factor *f, kxi_diag *d)
{
    const kxi_rowset *rs = job->rs;
    f->grounds = job->grounds;
    f->ground_count = placed_by_tree(f) ? job->ground_count : 1;
    if (!rs->u->rules->tree_by_row || rs->table == KXI_NONE || rs->spec->kind != KXI_STATES || !placed_by_tree(f) ||
        f->when.as_of == rs->u->as_of || rs->u->tree.count == 0)
        return KX_OK;
    kxi_ground *ground = kxi_arena_new(job->arena, kxi_ground);
    if (!ground)
        return kxi_nomem(d);
    f->grounds = ground;
    return kxi_ground_make(rs->u, f->when.as_of, job->arena, ground, d);
}

static kx_status
fill_spans(const kxi_job *job, uint32_t fold, kxi_factor *f)
{
    kx_status st = KX_OK;
    for (size_t i = 0; st == KX_OK && i < f->part_count; i++)
        st = spans_of(job, fold, kxi_factor_dim(f, i), f->when, &f->spans[i], &f->span_count[i]);
    return st;
}

static kx_status
fill_factor(const kxi_job *job, uint32_t fold, kxi_factor *f)
{
    kx_status st;
    switch (f->kind) {
    case KXI_FACTOR_ENTRY:
        return kxi_factor_entry(job, f);
    case KXI_FACTOR_DAY:
        st = fill_spans(job, fold, f);
        return st == KX_OK ? kxi_factor_day(job, f) : st;
    case KXI_FACTOR_STATE:
        st = fill_spans(job, fold, f);
        return st == KX_OK ? kxi_factor_state(job, f) : st;
    default:
        return kxi_factor_value(job, f);
    }
}

/* The factor with these parts: one there is, or a new one. */
static kx_status
use_factor(kxi_job *job, uint32_t fold, const kxi_factor *wanted, const kxi_factor **out, kxi_diag *d)
{
    for (size_t i = 0; i < job->factor_count; i++)
        if (factor_same(job->factors[i], wanted)) {
            *out = job->factors[i];
            return KX_OK;
        }
    kxi_factor *f = kxi_arena_new(job->arena, kxi_factor);
    if (!f)
        return KX_E_NOMEM;
    *f = *wanted;
    f->index = (uint32_t)job->factor_count;
    *out = job->factors[job->factor_count++] = f;
    kx_status st = f->kind == KXI_FACTOR_ENTRY ? choose_ground(job, f, d) : KX_OK;
    if (st != KX_OK)
        return st;
    st = fill_factor(job, fold, f);
    if (st == KX_E_LIMIT)
        return KXI_FAIL(d, TALLY_CELLS, KXI_NOWHERE, KXI_A_STR(f->m->name), KXI_A_INT(KXI_DEAD / 2));
    return st;
}

/* Parts of a key that have the same source are decided together. */
static kx_status
plan_factors(kxi_job *job, kxi_plan *plan, kxi_fold_time when, kxi_span days, kxi_diag *d)
{
    kxi_factor wanted[KXI_PARTS];
    size_t count = 0;
    const kxi_key *key = plan->key;
    for (size_t p = 0; p < key->part_count; p++) {
        uint32_t column;
        enum kxi_factor_kind kind = part_source(job->rs, plan->m, key->parts[p].dim, &column);
        size_t at = 0;
        while (at < count && (kind == KXI_FACTOR_VALUE || wanted[at].kind != kind || wanted[at].column != column))
            at++;
        if (at == count)
            wanted[count++] = (kxi_factor){ .kind = kind, .column = column, .m = plan->m, .when = when, .days = days };
        wanted[at].parts[wanted[at].part_count++] = (uint8_t)p;
    }
    plan->single = true;
    for (size_t i = 0; i < count; i++) {
        kx_status st = use_factor(job, plan->fold, &wanted[i], &plan->factors[i], d);
        if (st != KX_OK)
            return st;
        memcpy(plan->parts[i], wanted[i].parts, sizeof(plan->parts[i]));
        plan->single &= plan->factors[i]->single;
    }
    plan->factor_count = count;
    return KX_OK;
}

/* ---- programs ---- */

static kx_status
where_table(const kxi_job *job, kxi_program *p, uint32_t domain, const kxi_vec *lanes)
{
    size_t n = (size_t)kxi_rowset_size(job->rs, domain - KXI_DOMAIN_FIRST) + 1;
    uint32_t *table = kxi_arena_array(job->arena, n, sizeof(*table));
    uint8_t *unknown = kxi_arena_array(job->arena, n, 1);
    bool any = false;
    if (!table || !unknown)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        table[i] = kxi_vec_true(lanes, i) ? 0 : KXI_DEAD;
        unknown[i] = kxi_vec_state(lanes, i) != KXI_IS_KNOWN;
        any |= unknown[i];
    }
    p->where = KXI_WHERE_ENTRY;
    p->where_column = domain - KXI_DOMAIN_FIRST;
    p->where_table = table;
    p->where_unknown = any ? unknown : NULL;
    return KX_OK;
}

static kx_status
plan_where(const kxi_job *job, kxi_program *p, const kxi_source *source)
{
    uint32_t domain;
    const kxi_vec *lanes;
    p->where = KXI_WHERE_ALWAYS;
    if (!p->m->where)
        return KX_OK;
    kx_status st = kxi_expr_prepare(p->m->where, source, job->arena, job->rs->u->ctx->max_digits, &p->condition);
    p->where = KXI_WHERE_ROW;
    if (st != KX_OK || !kxi_prepared_table(p->condition, &domain, &lanes))
        return st;
    if (domain >= KXI_DOMAIN_FIRST)
        return where_table(job, p, domain, lanes);
    p->where = kxi_vec_state(lanes, 0) != KXI_IS_KNOWN ? KXI_WHERE_UNKNOWN
               : kxi_vec_true(lanes, 0)                ? KXI_WHERE_ALWAYS
                                                       : KXI_WHERE_NEVER;
    return KX_OK;
}

static kx_status
plan_texts(const kxi_job *job, kxi_program *p, uint32_t domain, const kxi_vec *lanes)
{
    size_t n = (size_t)kxi_rowset_size(job->rs, domain - KXI_DOMAIN_FIRST) + 1;
    uint32_t *codes = kxi_arena_array(job->arena, n, sizeof(*codes));
    if (!codes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        uint8_t state = kxi_vec_state(lanes, i);
        kx_status st = KX_OK;
        codes[i] = KXI_TEXT_STATE | state;
        if (state == KXI_IS_KNOWN)
            st = kxi_strmap_add(&p->value_texts, lanes->v.texts[kxi_vec_lane(lanes, i)], &codes[i], NULL);
        if (st != KX_OK)
            return st;
    }
    p->value_codes = codes;
    p->value_column = domain - KXI_DOMAIN_FIRST;
    return KX_OK;
}

static kx_status
plan_value(const kxi_job *job, kxi_program *p, const kxi_source *source)
{
    uint32_t digits = job->rs->u->ctx->max_digits, domain;
    const kxi_vec *lanes;
    kx_status st = KX_OK;
    if (p->m->value)
        st = kxi_expr_prepare(p->m->value, source, job->arena, digits, &p->value);
    if (st == KX_OK && p->m->then)
        st = kxi_expr_prepare(p->m->then, source, job->arena, digits, &p->then);
    if (st == KX_OK && p->value && kxi_expr_type(p->m->value) == KXI_V_TEXT &&
        kxi_prepared_table(p->value, &domain, &lanes) && domain >= KXI_DOMAIN_FIRST)
        st = plan_texts(job, p, domain, lanes);
    return st;
}

static kx_status
plan_place(kxi_job *job, kxi_program *p, uint32_t fold, kxi_diag *d)
{
    if (p->m->over_all || job->rs->table == KXI_NONE)
        return KX_OK;
    kxi_factor wanted = { .m = p->m, .part_count = 1, .when = p->when, .days = p->base.days };
    wanted.kind = part_source(job->rs, p->m, NULL, &wanted.column);
    kx_status st = use_factor(job, fold, &wanted, &p->place, d);
    p->same_place = (uint32_t)(p - job->programs);
    for (uint32_t i = 0; st == KX_OK && i < p->same_place; i++)
        if (job->programs[i].place == p->place && job->programs[i].same_base == p->same_base)
            p->same_place = i;
    return st;
}

static kx_status
fill_program(kxi_job *job, kxi_program *p, uint32_t fold, kxi_diag *d)
{
    kxi_reader reader = { job->rs, p->when, job->tables, NULL };
    const kxi_source source = kxi_reader_source(&reader);
    const kxi_expr *exprs[] = { p->m->where, p->m->value, p->m->then };
    kxi_strmap_init(&p->value_texts, job->arena->mem);
    for (size_t i = 0; i < 3; i++)
        if (kxi_reader_look_up(job->rs, exprs[i], job->arena, job->tables) != KX_OK)
            return KX_E_NOMEM;
    kx_status st = plan_where(job, p, &source);
    if (st == KX_OK)
        st = plan_value(job, p, &source);
    if (st == KX_E_LIMIT)
        return KXI_FAIL(d, TALLY_DIGITS, KXI_NOWHERE, KXI_A_STR(p->m->name));
    return st == KX_OK ? plan_place(job, p, fold, d) : st;
}

static kx_status
use_program(kxi_job *job, kxi_plan *plan, kxi_fold_time when, kxi_diag *d)
{
    kxi_program wanted = { .m = plan->m, .shift = job->rs->u->rules->folds[plan->fold].shift, .when = when };
    kx_status st = make_base(job, plan, when, &wanted.base);
    if (st != KX_OK)
        return st;
    for (size_t i = 0; i < job->program_count; i++)
        if (job->programs[i].m == wanted.m && job->programs[i].shift == wanted.shift &&
            base_same(&job->programs[i].base, &wanted.base)) {
            plan->program = (uint32_t)i;
            return KX_OK;
        }
    plan->program = wanted.same_base = (uint32_t)job->program_count;
    for (uint32_t i = 0; i < plan->program; i++)
        if (base_same(&job->programs[i].base, &wanted.base)) {
            wanted.same_base = i;
            break;
        }
    job->programs[job->program_count] = wanted;
    return fill_program(job, &job->programs[job->program_count++], plan->fold, d);
}

/* ---- where cells lie ---- */

static void
plan_slots(const kxi_job *job, kxi_plan *plan)
{
    const kxi_program *p = &job->programs[plan->program];
    bool distinct = plan->m->op == KXI_OP_DISTINCT, known = !distinct || p->value_codes;
    plan->item_count = distinct && known ? (uint32_t)(KXI_STATE_COUNT + p->value_texts.count) : 1;
    uint64_t slots = plan->item_count;
    for (size_t i = plan->factor_count; known && i-- > 0;) {
        plan->strides[i] = (uint32_t)slots;
        slots *= plan->factors[i]->count;
        known = !plan->factors[i]->growing && slots < UINT64_C(1) << 26;
    }
    size_t bytes = sizeof(uint32_t) + kxi_state_size(plan->m->op);
    plan->dense = known && slots * bytes <= job->dense_limit;
    plan->slots = plan->dense ? (size_t)slots : 0;
}

/* ---- trees of several days ---- */

static kx_status
make_grounds(kxi_job *job, kxi_span days, kxi_diag *d)
{
    const kxi_universe *u = job->rs->u;
    kx_status st = KX_OK;
    job->ground_count = 1;
    bool by_row = u->rules->tree_by_row && job->rs->table != KXI_NONE && job->rs->spec->kind == KXI_EVENTS && u->tree.count;
    if (by_row && days.from <= days.to) {
        st = kxi_tree_epochs(u->dataset, days.from, days.to, job->arena, &job->epochs, &job->epoch_count);
        job->ground_count = job->epoch_count;
    }
    if (st != KX_OK)
        return st;
    job->grounds = kxi_arena_array(job->arena, job->ground_count, sizeof(*job->grounds));
    if (!job->grounds)
        return KX_E_NOMEM;
    job->grounds[0] = kxi_ground_now(u);
    for (size_t i = 0; st == KX_OK && i < job->epoch_count; i++)
        st = kxi_ground_make(u, job->epochs[i], job->arena, &job->grounds[i], d);
    return st;
}

/* From the first to the last day on which an event may count. */
static kxi_span
all_days(const kxi_rowset *rs, const uint32_t *folds, size_t count)
{
    kxi_span out = { KXI_DAY_MAX, KXI_DAY_MIN };
    for (size_t i = 0; i < count; i++) {
        kxi_fold_time when = kxi_fold_when(rs->u->rules, &rs->u->rules->folds[folds[i]], rs->u->as_of);
        kxi_day to = when.span.to < when.as_of ? when.span.to : when.as_of;
        out.from = when.span.from < out.from ? when.span.from : out.from;
        out.to = to > out.to ? to : out.to;
    }
    return out;
}

/* ---- the whole ---- */

static kx_status
plan_fold(kxi_job *job, uint32_t fold, const kxi_key *key, kxi_diag *d)
{
    const kxi_rules *rules = job->rs->u->rules;
    kxi_plan *plan = &job->plans[job->plan_count++];
    kxi_fold_time when = kxi_fold_when(rules, &rules->folds[fold], job->rs->u->as_of);
    *plan = (kxi_plan){ .fold = fold, .m = &rules->measures[rules->folds[fold].measure], .key = key };
    kx_status st = use_program(job, plan, when, d);
    if (st == KX_OK)
        st = plan_factors(job, plan, when, job->programs[plan->program].base.days, d);
    if (st == KX_OK)
        plan_slots(job, plan);
    return st;
}

kx_status
kxi_job_make(const kxi_rowset *rs, const uint32_t *folds, size_t fold_count, const kxi_key *keys, size_t dense_limit,
             kxi_arena *a, kxi_job *out, kxi_diag *d)
{
    size_t sparse = 16 * rs->rows, least = (size_t)1 << 18;
    *out = (kxi_job){ .rs = rs, .arena = a, .dense_limit = dense_limit };
    if (dense_limit == KXI_DENSE_DEFAULT)
        out->dense_limit = sparse > least ? sparse : least;
    out->tables = kxi_arena_array(a, rs->u->rules->row_slot_count + 1, sizeof(*out->tables));
    out->factors = kxi_arena_array(a, fold_count * (KXI_PARTS + 1), sizeof(*out->factors));
    out->programs = kxi_arena_array(a, fold_count, sizeof(*out->programs));
    out->plans = kxi_arena_array(a, fold_count, sizeof(*out->plans));
    kx_status st = KX_E_NOMEM;
    if (out->tables && out->factors && out->programs && out->plans)
        st = make_grounds(out, all_days(rs, folds, fold_count), d);
    for (size_t i = 0; st == KX_OK && i < fold_count; i++)
        st = plan_fold(out, folds[i], &keys[folds[i]], d);
    if (st == KX_E_NOMEM)
        kxi_nomem(d);
    if (st != KX_OK)
        kxi_job_free(out);
    return st;
}

void
kxi_job_free(kxi_job *job)
{
    for (size_t i = 0; i < job->factor_count; i++)
        if (job->factors[i]->texts.mem)
            kxi_strmap_free(&job->factors[i]->texts);
    for (size_t i = 0; i < job->program_count; i++)
        if (job->programs[i].value_texts.mem)
            kxi_strmap_free(&job->programs[i].value_texts);
    job->factor_count = job->program_count = 0;
}
