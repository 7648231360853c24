#include "tally/tally_priv.h"

#include "tally/crew.h"

enum { PIECE = 32 * KXI_JOB_BATCH };

/* ---- life ---- */

static size_t
fold_room(const kxi_rules *rules)
{
    return rules->fold_count + 1;
}

kx_status
kxi_tally_new(kx_context *ctx, const kxi_rules *rules, kxi_day as_of, kxi_tally **out, kxi_diag *d)
{
    size_t n = fold_room(rules);
    *out = NULL;
    kxi_tally *t = kxi_alloc_zero(&ctx->mem, sizeof(*t));
    if (!t)
        return kxi_nomem(d);
    t->ctx = kxi_context_ref(ctx);
    t->rules = rules;
    t->as_of = as_of;
    t->dense_limit = KXI_DENSE_DEFAULT;
    t->piece = PIECE;
    kxi_lexicon_init(&t->pool, &ctx->mem);
    kxi_strmap_init(&t->parts, &ctx->mem);
    if (rules->doc)
        kxi_digest_add(&t->scheme, rules->doc->source.s, rules->doc->source.n);
    t->keys = kxi_alloc_array(&ctx->mem, n, sizeof(*t->keys));
    t->stores = kxi_alloc_array(&ctx->mem, n, sizeof(*t->stores));
    t->counts = kxi_alloc_array(&ctx->mem, n, sizeof(*t->counts));
    if (t->keys && t->stores && t->counts) {
        *out = t;
        return KX_OK;
    }
    kxi_tally_free(t);
    return kxi_nomem(d);
}

static void
free_stores(const kxi_tally *t, kxi_store *stores, const kxi_key *keys)
{
    for (uint32_t f = 0; stores && f < t->rules->fold_count; f++)
        if (stores[f].room)
            kxi_store_free(&stores[f], &keys[f], kxi_tally_measure(t, f), &t->ctx->mem);
    kxi_free(&t->ctx->mem, stores, fold_room(t->rules) * sizeof(*stores));
}

void
kxi_tally_free(kxi_tally *t)
{
    if (!t)
        return;
    kx_context *ctx = t->ctx;
    free_stores(t, t->stores, t->keys);
    kxi_free(&ctx->mem, t->keys, fold_room(t->rules) * sizeof(*t->keys));
    kxi_free(&ctx->mem, t->counts, fold_room(t->rules) * sizeof(*t->counts));
    kxi_lexicon_free(&t->pool);
    kxi_strmap_free(&t->parts);
    kxi_universe_unref(t->universe);
    kxi_free(&ctx->mem, t, sizeof(*t));
    kxi_context_unref(ctx);
}

kxi_universe *
kxi_tally_universe(const kxi_tally *t)
{
    return t->universe;
}

void
kxi_tally_counts(const kxi_tally *t, uint32_t fold, kxi_row_counts *out)
{
    *out = t->counts[fold];
}

/* ---- what an add or a merge makes, before anything of the tally changes ---- */

struct change {
    kxi_tally *t;
    kxi_diag *d;
    kxi_universe *universe; /* counted: the tally's, or a first one */
    bool first;             /* nothing was added before */
    kxi_key *keys;          /* the tally's, filled in when first: they mean nothing before */
    kxi_store *stores;      /* by fold: what is new, then what the tally will have */
    kxi_row_counts *counts; /* by fold, to be added */
    kx_progress_fn progress;
    void *user;
    uint64_t done, total;
};

static kx_status
change_start(struct change *c, kxi_tally *t, kxi_universe *universe, kxi_diag *d)
{
    size_t n = fold_room(t->rules);
    *c = (struct change){ .t = t, .d = d, .universe = universe, .first = !t->universe, .keys = t->keys };
    for (uint32_t f = 0; c->first && f < t->rules->fold_count; f++)
        kxi_key_make(universe, f, &c->keys[f]);
    c->stores = kxi_alloc_array(&t->ctx->mem, n, sizeof(*c->stores));
    c->counts = kxi_alloc_array(&t->ctx->mem, n, sizeof(*c->counts));
    return c->stores && c->counts ? KX_OK : kxi_nomem(d);
}

static void
change_end(struct change *c)
{
    free_stores(c->t, c->stores, c->keys);
    kxi_free(&c->t->ctx->mem, c->counts, fold_room(c->t->rules) * sizeof(*c->counts));
    kxi_universe_unref(c->universe);
}

/* Reference tables are the same in every part, so their rows are counted once. */
static bool
is_reference(const kxi_tally *t, uint32_t fold)
{
    uint32_t table = kxi_tally_measure(t, fold)->table;
    return table != KXI_NONE && t->rules->schema.tables[table].kind == KXI_REFERENCE;
}

static kx_status
too_many_cells(const struct change *c, const kxi_measure *m)
{
    return KXI_FAIL(c->d, TALLY_CELLS, KXI_NOWHERE, KXI_A_STR(m->name), KXI_A_INT(c->t->ctx->max_cells));
}

static kx_status
store_failed(const struct change *c, kx_status st, const kxi_measure *m)
{
    return st == KX_E_LIMIT ? KXI_FAIL(c->d, TALLY_SUM, KXI_NOWHERE, KXI_A_STR(m->name)) : kxi_nomem(c->d);
}

/* The tally's cells and the new ones become one store; after this only the change is swapped in. */
static kx_status
merge_stores(struct change *c)
{
    const kxi_tally *t = c->t;
    for (uint32_t f = 0; f < t->rules->fold_count; f++) {
        const kxi_measure *m = kxi_tally_measure(t, f);
        kxi_store both;
        if (t->stores[f].count && c->stores[f].count && !is_reference(t, f)) {
            kx_status st = kxi_store_merge(&t->stores[f], &c->stores[f], &c->keys[f], m, &t->ctx->mem, &both);
            if (st != KX_OK)
                return store_failed(c, st, m);
            if (c->stores[f].room)
                kxi_store_free(&c->stores[f], &c->keys[f], m, &t->ctx->mem);
            c->stores[f] = both;
        }
        if (c->stores[f].count > t->ctx->max_cells)
            return too_many_cells(c, m);
    }
    return KX_OK;
}

static void
add_counts(kxi_row_counts *to, const kxi_row_counts *from)
{
    to->seen += from->seen;
    to->undated += from->undated;
    to->unplaced += from->unplaced;
    to->outside += from->outside;
    to->unknown += from->unknown;
}

/* Nothing here can fail. What the tally had is left in the change, to be freed. */
static void
commit(struct change *c)
{
    kxi_tally *t = c->t;
    for (uint32_t f = 0; f < t->rules->fold_count; f++) {
        kxi_store had = t->stores[f];
        if (c->stores[f].count) {
            t->stores[f] = c->stores[f];
            c->stores[f] = had;
        }
        add_counts(&t->counts[f], &c->counts[f]);
    }
    if (!t->universe)
        t->universe = kxi_universe_ref(c->universe);
}

/* ---- adding rows ---- */

static kx_status
worker_failed(const struct change *c, kx_status st, const kxi_worker *w)
{
    const kxi_measure *m = w ? w->failed : NULL;
    if (st == KX_E_CANCELLED)
        return KXI_FAIL0(c->d, TALLY_CANCELLED, KXI_NOWHERE);
    if (st == KX_E_LIMIT && w->limit == KXI_MSG_TALLY_DIGITS)
        return KXI_FAIL(c->d, TALLY_DIGITS, KXI_NOWHERE, KXI_A_STR(m->name));
    return st == KX_E_LIMIT ? too_many_cells(c, m) : kxi_nomem(c->d);
}

static void
take_counts(struct change *c, const kxi_job *job, const kxi_worker *workers, size_t count)
{
    for (size_t i = 0; i < job->plan_count; i++) {
        kxi_row_counts *to = &c->counts[job->plans[i].fold];
        for (size_t w = 0; w < count; w++)
            add_counts(to, &workers[w].counts[job->plans[i].program]);
        to->seen += job->rs->rows;
    }
}

static kx_status
run_job(struct change *c, const kxi_job *job, kxi_worker *workers, size_t count)
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
            return store_failed(c, st, plan->m);
        if (c->stores[plan->fold].count > c->t->ctx->max_cells)
            return too_many_cells(c, plan->m);
    }
    return KX_OK;
}

static kx_status
run_workers(struct change *c, const kxi_job *job, uint32_t threads)
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
add_rows(struct change *c, const kx_dataset *ds, uint32_t table, const uint32_t *folds, size_t count, uint32_t threads)
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
folds_of(const struct change *c, uint32_t table, uint32_t *folds)
{
    size_t n = 0;
    for (uint32_t f = 0; f < c->t->rules->fold_count; f++)
        if (kxi_tally_measure(c->t, f)->table == table && (c->first || !is_reference(c->t, f)))
            folds[n++] = f;
    return n;
}

static kx_status
add_tables(struct change *c, const kx_dataset *ds, uint32_t threads)
{
    const kxi_rules *rules = c->t->rules;
    kxi_mem *mem = &c->t->ctx->mem;
    uint32_t *folds = kxi_alloc_array(mem, fold_room(rules), sizeof(*folds));
    kx_status st = folds ? KX_OK : kxi_nomem(c->d);
    for (uint32_t i = 0; st == KX_OK && i < rules->schema.table_count; i++)
        c->total += folds_of(c, i, folds) ? ds->tables[i].rows : 0;
    for (uint32_t i = 0; st == KX_OK && i < rules->schema.table_count; i++) {
        size_t n = folds_of(c, i, folds);
        if (n)
            st = add_rows(c, ds, i, folds, n, threads);
    }
    kxi_free(mem, folds, fold_room(rules) * sizeof(*folds));
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
kxi_tally_add(kxi_tally *t, kx_dataset *ds, kxi_str part, uint32_t threads, kx_progress_fn progress, void *user, kxi_diag *d)
{
    struct change c;
    uint32_t number;
    kxi_universe *universe = NULL;
    kx_status st = may_add(t, ds, part, d);
    if (st == KX_OK && t->universe)
        universe = kxi_universe_ref(t->universe);
    else if (st == KX_OK)
        st = kxi_universe_new(t->ctx, t->rules, ds, t->as_of, &universe, d);
    if (st != KX_OK)
        return st;
    st = change_start(&c, t, universe, d);
    c.progress = progress;
    c.user = user;
    if (st == KX_OK)
        st = add_tables(&c, ds, threads);
    if (st == KX_OK)
        st = merge_stores(&c);
    if (st == KX_OK && kxi_strmap_add(&t->parts, part, &number, NULL) != KX_OK)
        st = kxi_nomem(d);
    if (st == KX_OK)
        commit(&c);
    change_end(&c);
    return st;
}

/* ---- adding another tally ---- */

static kx_status
same_scheme(const kxi_tally *t, const kxi_tally *other, kxi_diag *d)
{
    const kxi_rules *a = t->rules, *b = other->rules;
    char days[2][11];
    if (a != b && (!kxi_digest_eq(t->scheme, other->scheme) || a->fold_count != b->fold_count))
        return KXI_FAIL(d, TALLY_OTHER_SCHEME, KXI_NOWHERE, KXI_A_STR(b->id));
    if (a->period.from != b->period.from || a->period.to != b->period.to)
        return KXI_FAIL0(d, TALLY_OTHER_PERIOD, KXI_NOWHERE);
    if (t->as_of != other->as_of) {
        kxi_date_print(t->as_of, days[0]);
        kxi_date_print(other->as_of, days[1]);
        return KXI_FAIL(d, TALLY_OTHER_DATE, KXI_NOWHERE, KXI_A_CSTR(days[0]), KXI_A_CSTR(days[1]));
    }
    return KX_OK;
}

static kx_status
may_merge(const kxi_tally *t, const kxi_tally *other, kxi_diag *d)
{
    kx_status st = same_scheme(t, other, d);
    if (st != KX_OK)
        return st;
    for (size_t i = 0; i < other->parts.count; i++)
        if (kxi_strmap_find(&t->parts, other->parts.keys[i]) != KXI_NONE)
            return KXI_FAIL(d, TALLY_PART_TWICE, KXI_NOWHERE, KXI_A_STR(other->parts.keys[i]));
    if (t->universe && other->universe && !kxi_digest_eq(t->universe->dataset->digest, other->universe->dataset->digest))
        return KXI_FAIL(d, TALLY_OTHER_TABLES, KXI_NOWHERE,
                        KXI_A_STR(other->parts.count ? other->parts.keys[0] : KXI_STR("")));
    return KX_OK;
}

/* The other's cells, with the numbers of this tally's pool. */
static kx_status
take_stores(struct change *c, const kxi_tally *other)
{
    kxi_tally *t = c->t;
    for (uint32_t f = 0; f < t->rules->fold_count; f++) {
        const kxi_measure *m = kxi_tally_measure(t, f);
        if (is_reference(t, f) && !c->first)
            continue;
        c->counts[f] = other->counts[f];
        if (other->stores[f].count == 0)
            continue;
        kx_status st = kxi_store_translate(&other->stores[f], &other->pool, &t->pool, &c->keys[f], m, &t->ctx->mem,
                                           &c->stores[f]);
        if (st != KX_OK)
            return kxi_nomem(c->d);
    }
    return KX_OK;
}

/* All parts of both; the map is the caller's. */
static kx_status
join_parts(const kxi_tally *t, const kxi_tally *other, kxi_strmap *out)
{
    const kxi_strmap *from[] = { &t->parts, &other->parts };
    uint32_t number;
    kxi_strmap_init(out, &t->ctx->mem);
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < from[s]->count; i++)
            if (kxi_strmap_add(out, from[s]->keys[i], &number, NULL) != KX_OK) {
                kxi_strmap_free(out);
                return KX_E_NOMEM;
            }
    return KX_OK;
}

static kx_status
merge(struct change *c, const kxi_tally *other)
{
    kxi_tally *t = c->t;
    kxi_strmap parts;
    kx_status st = take_stores(c, other);
    if (st == KX_OK)
        st = merge_stores(c);
    if (st != KX_OK)
        return st;
    if (join_parts(t, other, &parts) != KX_OK)
        return kxi_nomem(c->d);
    commit(c);
    kxi_strmap_free(&t->parts);
    t->parts = parts;
    return KX_OK;
}

kx_status
kxi_tally_merge(kxi_tally *t, const kxi_tally *other, kxi_diag *d)
{
    struct change c;
    kxi_universe *universe;
    kx_status st = may_merge(t, other, d);
    if (st != KX_OK || !other->universe)
        return st;
    if (t->universe)
        universe = kxi_universe_ref(t->universe);
    else if (t->rules == other->rules)
        universe = kxi_universe_ref(other->universe);
    else
        st = kxi_universe_new(t->ctx, t->rules, other->universe->dataset, t->as_of, &universe, d);
    if (st != KX_OK)
        return st;
    st = change_start(&c, t, universe, d);
    if (st == KX_OK)
        st = merge(&c, other);
    change_end(&c);
    return st;
}

/* ---- out ---- */

kx_status
kxi_tally_cells(const kxi_tally *t, uint32_t fold, kxi_arena *a, kxi_cells *out, kxi_diag *d)
{
    *out = (kxi_cells){ .count = 0 };
    if (!t->universe)
        return KX_OK;
    const kxi_measure *m = kxi_tally_measure(t, fold);
    if (m->measure != KXI_NONE)
        return kxi_cells_derive(t, fold, a, out, d);
    kx_status st = kxi_cells_make(t->universe, m, &t->keys[fold], &t->stores[fold], &t->pool, a, out);
    return st == KX_OK ? st : kxi_nomem(d);
}
