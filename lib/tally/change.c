#include "tally/change.h"

kx_status
kxi_change_start(kxi_change *c, kxi_tally *t, kxi_universe *universe, kxi_diag *d)
{
    size_t n = kxi_tally_fold_room(t->rules);
    *c = (kxi_change){ .t = t, .d = d, .universe = universe, .first = !t->universe, .keys = t->keys };
    for (uint32_t f = 0; c->first && f < t->rules->fold_count; f++)
        kxi_key_make(universe, f, &c->keys[f]);
    c->stores = kxi_alloc_array(&t->ctx->mem, n, sizeof(*c->stores));
    c->counts = kxi_alloc_array(&t->ctx->mem, n, sizeof(*c->counts));
    return c->stores && c->counts ? KX_OK : kxi_nomem(d);
}

void
kxi_change_end(kxi_change *c)
{
    kxi_tally_free_stores(c->t, c->stores, c->keys);
    kxi_free(&c->t->ctx->mem, c->counts, kxi_tally_fold_room(c->t->rules) * sizeof(*c->counts));
    kxi_universe_unref(c->universe);
}

kx_status
kxi_change_too_many(const kxi_change *c, const kxi_measure *m)
{
    return KXI_FAIL(c->d, TALLY_CELLS, KXI_NOWHERE, KXI_A_STR(m->name), KXI_A_INT(c->t->ctx->max_cells));
}

kx_status
kxi_change_failed(const kxi_change *c, kx_status st, const kxi_measure *m)
{
    return st == KX_E_LIMIT ? KXI_FAIL(c->d, TALLY_SUM, KXI_NOWHERE, KXI_A_STR(m->name)) : kxi_nomem(c->d);
}

/* The tally's cells and the new ones become one store; after this only the change is swapped in. */
kx_status
kxi_change_join(kxi_change *c)
{
    const kxi_tally *t = c->t;
    for (uint32_t f = 0; f < t->rules->fold_count; f++) {
        const kxi_measure *m = kxi_tally_measure(t, f);
        kxi_store both;
        if (t->stores[f].count && c->stores[f].count && !kxi_tally_is_reference(t, f)) {
            kx_status st = kxi_store_merge(&t->stores[f], &c->stores[f], &c->keys[f], m, &t->ctx->mem, &both);
            if (st != KX_OK)
                return kxi_change_failed(c, st, m);
            if (c->stores[f].room)
                kxi_store_free(&c->stores[f], &c->keys[f], m, &t->ctx->mem);
            c->stores[f] = both;
        }
        if (c->stores[f].count > t->ctx->max_cells)
            return kxi_change_too_many(c, m);
    }
    return KX_OK;
}

/* Nothing here can fail. What the tally had is left in the change, to be freed. */
void
kxi_change_commit(kxi_change *c)
{
    kxi_tally *t = c->t;
    for (uint32_t f = 0; f < t->rules->fold_count; f++) {
        kxi_store had = t->stores[f];
        if (c->stores[f].count) {
            t->stores[f] = c->stores[f];
            c->stores[f] = had;
        }
        kxi_counts_add(&t->counts[f], &c->counts[f]);
    }
    if (!t->universe)
        t->universe = kxi_universe_ref(c->universe);
}
