/* tally/change.h: what an add or a merge makes before anything of the tally changes, and how it comes in.
 *
 *   start -> fill stores and counts -> join with what the tally has -> commit, which cannot fail -> end
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_CHANGE_H
#define KXI_TALLY_CHANGE_H

#include "tally/tally_priv.h"

typedef struct kxi_change {
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
} kxi_change;

/* Takes the reference to the universe over, also when it fails. */
kx_status kxi_change_start(kxi_change *c, kxi_tally *t, kxi_universe *universe, kxi_diag *d);
kx_status kxi_change_join(kxi_change *c);
void kxi_change_commit(kxi_change *c);
void kxi_change_end(kxi_change *c);
/* Report that a store could not be made, or is too large. */
kx_status kxi_change_failed(const kxi_change *c, kx_status st, const kxi_measure *m);
kx_status kxi_change_too_many(const kxi_change *c, const kxi_measure *m);

static inline void
kxi_counts_add(kxi_row_counts *to, const kxi_row_counts *from)
{
    to->seen += from->seen;
    to->undated += from->undated;
    to->unplaced += from->unplaced;
    to->outside += from->outside;
    to->unknown += from->unknown;
    to->keyless += from->keyless;
}

#endif
