/* tally/tally_priv.h: the tally itself.
 *
 * Layer: tally, and its tests.
 */
#ifndef KXI_TALLY_PRIV_H
#define KXI_TALLY_PRIV_H

#include "tally/store.h"

struct kxi_tally {
    kx_context *ctx; /* counted */
    const kxi_rules *rules;
    kxi_day as_of;
    kxi_digest scheme;
    kxi_universe *universe; /* counted; NULL before the first add */
    kxi_key *keys;          /* by fold; made with the universe */
    kxi_store *stores;      /* by fold; of folds over measures empty */
    kxi_row_counts *counts; /* by fold */
    kxi_lexicon pool;       /* only ever grows: numbers nobody uses do not show */
    kxi_strmap parts;
    /* For tests: KXI_DENSE_DEFAULT, and rows a thread takes at a time. */
    size_t dense_limit, piece;
};

static inline const kxi_measure *
kxi_tally_measure(const kxi_tally *t, uint32_t fold)
{
    return &t->rules->measures[t->rules->folds[fold].measure];
}

/* Lists by fold have room for one more, so that they are never empty. */
static inline size_t
kxi_tally_fold_room(const kxi_rules *rules)
{
    return rules->fold_count + 1;
}
/* Reference tables are the same in every part, so their rows are counted once. */
static inline bool
kxi_tally_is_reference(const kxi_tally *t, uint32_t fold)
{
    uint32_t table = kxi_tally_measure(t, fold)->table;
    return table != KXI_NONE && t->rules->schema.tables[table].kind == KXI_REFERENCE;
}
void kxi_tally_free_stores(const kxi_tally *t, kxi_store *stores, const kxi_key *keys);

/* cells.c */
kx_status kxi_cells_make(const kxi_universe *u, const kxi_measure *m, const kxi_key *key, const kxi_store *s,
                         const kxi_lexicon *pool, kxi_arena *a, kxi_cells *out);
/* derived.c: a fold over the cells of another. */
kx_status kxi_cells_derive(const kxi_tally *t, uint32_t fold, kxi_arena *a, kxi_cells *out, kxi_diag *d);

#endif
