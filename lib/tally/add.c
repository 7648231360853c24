/* Rows of a dataset into a tally, one table after the other. */
#include "tally/change.h"
#include "tally/crew.h"

static kx_status
worker_failed(const kxi_change *c, kx_status st, const kxi_worker *w)
{
    const kxi_measure *m = w ? w->failed : NULL;
    if (st == KX_E_CANCELLED)
        return KXI_FAIL0(c->d, TALLY_CANCELLED, KXI_NOWHERE);
    if (st == KX_E_LIMIT && w->limit == KXI_MSG_TALLY_DIGITS)
        return KXI_FAIL(c->d, TALLY_DIGITS, KXI_NOWHERE, KXI_A_STR(m->name));
    return st == KX_E_LIMIT ? kxi_change_too_many(c, m) : kxi_nomem(c->d);
}

static void
take_counts(kxi_change *c, const kxi_job *job, const kxi_worker *workers, size_t count)
{
    for (size_t i = 0; i < job->plan_count; i++) {
        kxi_row_counts *to = &c->counts[job->plans[i].fold];
        for (size_t w = 0; w < count; w++)
            kxi_counts_add(to, &workers[w].counts[job->plans[i].program]);
        to->seen += job->rs->rows;
    }
}

static kx_status
run_job(kxi_change *c, const kxi_job *job, kxi_worker *workers, size_t count)
{
    const kxi_worker *failed;
    const kxi_crew team = { workers, count, job->rs->rows, c->t->piece, c->progress, c->user, c->done, c->total };
    kx_status st = kxi_crew_run(&team, &failed);
    if (st != KX_OK)
        return worker_failed(c, st, failed);
    take_counts(c, job, workers, count);
    c->done += job->rs->rows;
    for (size_t i = 0; i < job->plan_count; i++) {
        const kxi_plan *plan = &job->plans[i];
        st = kxi_store_flush(job, i, workers, count, &c->t->pool, &c->stores[plan->fold]);
        if (st != KX_OK)
            return kxi_change_failed(c, st, plan->m);
        if (c->stores[plan->fold].count > c->t->ctx->max_cells)
            return kxi_change_too_many(c, plan->m);
    }
    return KX_OK;
}

static kx_status
run_workers(kxi_change *c, const kxi_job *job, uint32_t threads)
{
    kxi_mem *mem = &c->t->ctx->mem;
    size_t pieces = (job->rs->rows + c->t->piece - 1) / c->t->piece;
    size_t count = threads > 1 ? threads : 1, ready = 0;
    count = count < pieces ? count : pieces;
    kxi_worker *workers = kxi_alloc_array(mem, count, sizeof(*workers));
    if (!workers)
        return kxi_nomem(c->d);
    kx_status st = KX_OK;
    while (st == KX_OK && ready < count)
        st = kxi_worker_init(&workers[ready++], job);
    st = st == KX_OK ? run_job(c, job, workers, count) : kxi_nomem(c->d);
    for (size_t i = 0; i < ready; i++)
        kxi_worker_free(&workers[i]);
    kxi_free(mem, workers, count * sizeof(*workers));
    return st;
}

static kx_status
add_rows(kxi_change *c, const kx_dataset *ds, uint32_t table, const uint32_t *folds, size_t count, uint32_t threads)
{
    kxi_arena arena;
    kxi_rowset rs;
    kxi_job job;
    kxi_arena_init(&arena, &c->t->ctx->mem);
    kx_status st = kxi_rowset_table(c->universe, ds, table, &arena, &rs);
    if (st == KX_E_NOMEM)
        kxi_nomem(c->d);
    if (st == KX_OK && rs.rows) {
        st = kxi_job_make(&rs, folds, count, c->keys, c->t->dense_limit, &arena, &job, c->d);
        if (st == KX_OK) {
            st = run_workers(c, &job, threads);
            kxi_job_free(&job);
        }
    }
    kxi_arena_free(&arena);
    return st;
}

/* Folds whose rows are those of a table; reference tables only once. */
static size_t
folds_of(const kxi_change *c, uint32_t table, uint32_t *folds)
{
    size_t n = 0;
    for (uint32_t f = 0; f < c->t->rules->fold_count; f++)
        if (kxi_tally_measure(c->t, f)->table == table && (c->first || !kxi_tally_is_reference(c->t, f)))
            folds[n++] = f;
    return n;
}

static kx_status
add_tables(kxi_change *c, const kx_dataset *ds, uint32_t threads)
{
    const kxi_rules *rules = c->t->rules;
    kxi_mem *mem = &c->t->ctx->mem;
    uint32_t *folds = kxi_alloc_array(mem, kxi_tally_fold_room(rules), sizeof(*folds));
    kx_status st = folds ? KX_OK : kxi_nomem(c->d);
    for (uint32_t i = 0; st == KX_OK && i < rules->schema.table_count; i++)
        c->total += folds_of(c, i, folds) ? ds->tables[i].rows : 0;
    for (uint32_t i = 0; st == KX_OK && i < rules->schema.table_count; i++) {
        size_t n = folds_of(c, i, folds);
        if (n)
            st = add_rows(c, ds, i, folds, n, threads);
    }
    kxi_free(mem, folds, kxi_tally_fold_room(rules) * sizeof(*folds));
    return st;
}

static kx_status
may_add(const kxi_tally *t, const kx_dataset *ds, kxi_str part, kxi_diag *d)
{
    if (!ds->sealed)
        return KXI_FAIL0(d, TALLY_NOT_SEALED, KXI_NOWHERE);
    if (ds->schema != &t->rules->schema)
        return KXI_FAIL(d, TALLY_OTHER_SCHEME, KXI_NOWHERE, KXI_A_STR(part));
    if (kxi_strmap_find(&t->parts, part) != KXI_NONE)
        return KXI_FAIL(d, TALLY_PART_TWICE, KXI_NOWHERE, KXI_A_STR(part));
    if (t->universe && !kxi_digest_eq(t->universe->dataset->digest, ds->digest))
        return KXI_FAIL(d, TALLY_OTHER_TABLES, KXI_NOWHERE, KXI_A_STR(part));
    return KX_OK;
}

kx_status
kxi_tally_add(kxi_tally *t, kx_dataset *ds, kxi_str part, uint32_t threads, kx_progress_fn progress, void *user,
              kxi_diag *d)
{
    kxi_change c;
    uint32_t number;
    kxi_universe *universe = NULL;
    kx_status st = may_add(t, ds, part, d);
    if (st == KX_OK && t->universe)
        universe = kxi_universe_ref(t->universe);
    else if (st == KX_OK)
        st = kxi_universe_new(t->ctx, t->rules, ds, t->as_of, &universe, d);
    if (st != KX_OK)
        return st;
    st = kxi_change_start(&c, t, universe, d);
    c.progress = progress;
    c.user = user;
    if (st == KX_OK)
        st = add_tables(&c, ds, threads);
    if (st == KX_OK)
        st = kxi_change_join(&c);
    if (st == KX_OK && kxi_strmap_add(&t->parts, part, &number, NULL) != KX_OK)
        st = kxi_nomem(d);
    if (st == KX_OK)
        kxi_change_commit(&c);
    kxi_change_end(&c);
    return st;
}
