/* Plans of folds: their factors, where their cells lie. */
#include "tally/job.h"
#include "tally/state.h"

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
                x->when.as_of == y->when.as_of && x->when.span.from == y->when.span.from &&
                x->when.span.to == y->when.span.to;
    for (size_t i = 0; same && i < x->part_count; i++)
        same = part_same(x, y, i);
    return same;
}

enum kxi_factor_kind
kxi_part_source(const kxi_rowset *rs, const kxi_measure *m, const kxi_dim *dim, uint32_t *column)
{
    *column = KXI_NONE;
    if (rs->table == KXI_NONE) {
        *column = dim ? dim->column : (uint32_t)rs->cells->dim_count;
        return KXI_FACTOR_ENTRY;
    }
    if (dim && kxi_dim_is_time(dim))
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
        st = kxi_job_spans(job, fold, kxi_factor_dim(f, i), f->when, &f->spans[i], &f->span_count[i]);
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

kx_status
kxi_job_factor(kxi_job *job, uint32_t fold, const kxi_factor *wanted, const kxi_factor **out, kxi_diag *d)
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
        enum kxi_factor_kind kind = kxi_part_source(job->rs, plan->m, key->parts[p].dim, &column);
        size_t at = 0;
        while (at < count && (kind == KXI_FACTOR_VALUE || wanted[at].kind != kind || wanted[at].column != column))
            at++;
        if (at == count)
            wanted[count++] = (kxi_factor){ .kind = kind, .column = column, .m = plan->m, .when = when, .days = days };
        wanted[at].parts[wanted[at].part_count++] = (uint8_t)p;
    }
    plan->single = true;
    for (size_t i = 0; i < count; i++) {
        kx_status st = kxi_job_factor(job, plan->fold, &wanted[i], &plan->factors[i], d);
        if (st != KX_OK)
            return st;
        memcpy(plan->parts[i], wanted[i].parts, sizeof(plan->parts[i]));
        plan->single &= plan->factors[i]->single;
    }
    plan->factor_count = count;
    return KX_OK;
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
    bool by_row =
        u->rules->tree_by_row && job->rs->table != KXI_NONE && job->rs->spec->kind == KXI_EVENTS && u->tree.count;
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
    kx_status st = kxi_job_program(job, plan, when, d);
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
