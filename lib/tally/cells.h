/* tally/cells.h: a store on its way out, shared by the files that show it.
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_CELLS_H
#define KXI_TALLY_CELLS_H

#include "tally/tally_priv.h"

typedef struct kxi_showing {
    const kxi_universe *u;
    const kxi_measure *m;
    const kxi_key *key;
    const kxi_store *s;
    const kxi_lexicon *pool;
    kxi_arena *a; /* of the result */
    kxi_arena *scratch;
    kxi_cells *out;
    uint32_t *ranks[KXI_PARTS]; /* of open parts: number in the pool -> rank among those used */
    uint32_t *order;            /* place in the result -> cell of the store */
} kxi_showing;

/* cells_value.c, cells_kept.c: fill in the values, the records a measure keeps. */
kx_status kxi_cells_values(kxi_showing *w);
kx_status kxi_cells_kept(kxi_showing *w);

#endif
