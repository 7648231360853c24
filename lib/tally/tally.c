#include "tally/tally_priv.h"

/* ---- life ---- */

kx_status
kxi_tally_new(kx_context *ctx, const kxi_rules *rules, kxi_day as_of, kxi_tally **out, kxi_diag *d)
{
    size_t n = kxi_tally_fold_room(rules);
    *out = NULL;
    kxi_tally *t = kxi_alloc_zero(&ctx->mem, sizeof(*t));
    if (!t)
        return kxi_nomem(d);
    t->ctx = kxi_context_ref(ctx);
    t->rules = rules;
    t->as_of = as_of;
    t->dense_limit = KXI_DENSE_DEFAULT;
    t->piece = 32 * KXI_JOB_BATCH;
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

void
kxi_tally_free_stores(const kxi_tally *t, kxi_store *stores, const kxi_key *keys)
{
    for (uint32_t f = 0; stores && f < t->rules->fold_count; f++)
        if (stores[f].room)
            kxi_store_free(&stores[f], &keys[f], kxi_tally_measure(t, f), &t->ctx->mem);
    kxi_free(&t->ctx->mem, stores, kxi_tally_fold_room(t->rules) * sizeof(*stores));
}

void
kxi_tally_free(kxi_tally *t)
{
    if (!t)
        return;
    kx_context *ctx = t->ctx;
    kxi_tally_free_stores(t, t->stores, t->keys);
    kxi_free(&ctx->mem, t->keys, kxi_tally_fold_room(t->rules) * sizeof(*t->keys));
    kxi_free(&ctx->mem, t->counts, kxi_tally_fold_room(t->rules) * sizeof(*t->counts));
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
