/* What single rows left behind: days of PEAK, records that are kept. */
#include "tally/flush.h"

kx_status
kxi_flush_map(kxi_flushing *f)
{
    f->cells = kxi_arena_array(f->scratch, f->all_workers, sizeof(*f->cells));
    if (!f->cells)
        return KX_E_NOMEM;
    for (size_t w = 0; w < f->all_workers; w++) {
        f->cells[w] = w < f->worker_count
                          ? kxi_arena_array(f->scratch, kxi_acc_used(kxi_flush_acc(f, w)), sizeof(**f->cells))
                          : f->cells[0]; /* dense: the same slots for all */
        if (!f->cells[w])
            return KX_E_NOMEM;
    }
    return KX_OK;
}

/* A kept column of one row, as text; KXI_NONE for null. Lists are joined. */
static kx_status
kept_text(kxi_flushing *f, uint32_t column, uint32_t row, kxi_buf *b, uint32_t *out)
{
    const kxi_column *c = kxi_rowset_column(f->job->rs, column);
    size_t at = c && c->lists ? (size_t)c->lists[row] : row,
           end = c && c->lists ? (size_t)c->lists[row + 1] : row + (size_t)1;
    *out = KXI_NONE;
    b->n = 0;
    bool any = false;
    for (; c && at < end; at++) {
        if (!kxi_column_known(c, at))
            continue;
        if (any)
            kxi_buf_cstr(b, "、");
        any = true;
        kxi_column_print(c, at, b);
    }
    if (b->failed)
        return KX_E_NOMEM;
    return any ? kxi_strmap_add(&f->pool->texts, b->n ? kxi_buf_view(b) : KXI_STR(""), out, NULL) : KX_OK;
}

/* Rows in the log become records of the pool. */
static kx_status
keep_records(kxi_flushing *f, kxi_log *log, kxi_buf *b)
{
    const kxi_measure *m = f->plan->m;
    uint32_t *texts = kxi_arena_array(f->scratch, m->keep_count, sizeof(*texts));
    kx_status st = texts ? KX_OK : KX_E_NOMEM;
    for (size_t i = 0; st == KX_OK && i < log->count; i++) {
        for (size_t k = 0; st == KX_OK && k < m->keep_count; k++)
            st = kept_text(f, m->keep[k], log->items[i].what, b, &texts[k]);
        if (st == KX_OK)
            st = kxi_lexicon_record(f->pool, texts, m->keep_count, &log->items[i].what);
    }
    return st;
}

kx_status
kxi_flush_kept(kxi_flushing *f, kxi_store *out)
{
    kxi_bag_source *sources = kxi_arena_array(f->scratch, f->all_workers, sizeof(*sources));
    kx_status st = sources ? KX_OK : KX_E_NOMEM;
    kxi_buf b;
    kxi_buf_init(&b, f->mem);
    for (size_t w = 0; st == KX_OK && w < f->all_workers; w++) {
        kxi_log *log = &kxi_flush_acc(f, w)->kept;
        sources[w] = (kxi_bag_source){ log, f->cells[w] };
        st = keep_records(f, log, &b);
    }
    kxi_buf_free(&b);
    return st == KX_OK ? kxi_bag_fill(&out->kept, out->count, sources, f->all_workers, f->mem) : st;
}

kx_status
kxi_flush_days(kxi_flushing *f, kxi_store *out)
{
    kxi_bag_days *sources = kxi_arena_array(f->scratch, f->all_workers, sizeof(*sources));
    if (!sources)
        return KX_E_NOMEM;
    for (size_t w = 0; w < f->all_workers; w++)
        sources[w] = (kxi_bag_days){ &kxi_flush_acc(f, w)->days, f->cells[w] };
    return kxi_bag_days_fill(&out->items, out->rows, out->count, sources, f->all_workers, f->plan->dense, f->mem);
}
