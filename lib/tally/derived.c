/* A fold over the cells of another measure: its cells are rows like any other. */
#include "tally/tally_priv.h"

static uint32_t
source_fold(const kxi_rules *rules, const kxi_fold *fold)
{
    uint32_t source = rules->measures[fold->measure].measure;
    for (uint32_t f = 0; f < rules->fold_count; f++)
        if (rules->folds[f].measure == source && rules->folds[f].shift == fold->shift &&
            (rules->folds[f].by_dims || rules->measures[source].dim_count == 0))
            return f;
    return KXI_NONE;
}

static kx_status
run_rows(const kxi_job *job, kxi_worker *w)
{
    kx_status st = kxi_worker_init(w, job);
    for (size_t first = 0; st == KX_OK && first < job->rs->rows; first += KXI_JOB_BATCH) {
        size_t n = job->rs->rows - first < KXI_JOB_BATCH ? job->rs->rows - first : KXI_JOB_BATCH;
        st = kxi_worker_batch(w, first, n);
    }
    return st;
}

static kx_status
failed(const kxi_tally *t, const kxi_measure *m, kx_status st, const kxi_worker *w, kxi_diag *d)
{
    if (st == KX_E_LIMIT && w->limit == KXI_MSG_TALLY_DIGITS)
        return KXI_FAIL(d, TALLY_DIGITS, KXI_NOWHERE, KXI_A_STR(m->name));
    if (st == KX_E_LIMIT)
        return KXI_FAIL(d, TALLY_CELLS, KXI_NOWHERE, KXI_A_STR(m->name), KXI_A_INT(t->ctx->max_cells));
    return kxi_nomem(d);
}

/* Fold the rows of a planned job into cells. */
static kx_status
fold_rows(const kxi_tally *t, uint32_t fold, const kxi_job *job, kxi_arena *a, kxi_cells *out, kxi_diag *d)
{
    const kxi_measure *m = kxi_tally_measure(t, fold);
    kxi_worker worker;
    kxi_store store = { .count = 0 };
    kxi_lexicon pool;
    kxi_lexicon_init(&pool, &t->ctx->mem);
    kx_status st = run_rows(job, &worker);
    if (st != KX_OK) {
        st = failed(t, m, st, &worker, d);
    } else {
        st = kxi_store_flush(job, 0, &worker, 1, &pool, &store);
        if (st == KX_OK)
            st = kxi_cells_make(t->universe, m, &t->keys[fold], &store, &pool, a, out);
        if (st == KX_E_LIMIT)
            KXI_FAIL(d, TALLY_SUM, KXI_NOWHERE, KXI_A_STR(m->name));
        else if (st != KX_OK)
            kxi_nomem(d);
    }
    if (store.room)
        kxi_store_free(&store, &t->keys[fold], m, &t->ctx->mem);
    kxi_worker_free(&worker);
    kxi_lexicon_free(&pool);
    return st;
}

kx_status
kxi_cells_derive(const kxi_tally *t, uint32_t fold, kxi_arena *a, kxi_cells *out, kxi_diag *d)
{
    const kxi_rules *rules = t->rules;
    uint32_t source = source_fold(rules, &rules->folds[fold]);
    kxi_arena scratch;
    kxi_cells cells;
    kxi_rowset rs;
    kxi_job job;
    if (source == KXI_NONE)
        return KXI_FAIL(d, INTERNAL, KXI_NOWHERE, KXI_A_CSTR("a measure over cells that are not kept"));
    kxi_arena_init(&scratch, &t->ctx->mem);
    kx_status st = kxi_tally_cells(t, source, &scratch, &cells, d);
    if (st == KX_OK) {
        kxi_rowset_cells(t->universe, kxi_tally_measure(t, source), &cells,
                         kxi_fold_when(rules, &rules->folds[source], t->as_of), &rs);
        st = kxi_job_make(&rs, &fold, 1, t->keys, t->dense_limit, &scratch, &job, d);
    }
    if (st == KX_OK) {
        st = fold_rows(t, fold, &job, a, out, d);
        kxi_job_free(&job);
    }
    kxi_arena_free(&scratch);
    return st;
}
