/* tally/ground.h: which subjects a unit belongs to, in the tree of one day.
 *
 * Subjects are those of as_of. In another day's tree a unit's ancestors are found as they stood then, and each leads to the
 * subject it is on as_of, or its heir.
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_GROUND_H
#define KXI_TALLY_GROUND_H

#include "tally/rowset.h"

typedef struct kxi_ground {
    const kxi_universe *u;
    const kxi_tree *tree;
    const uint32_t *nearest; /* unit -> unit at or above it that is a subject, or KXI_NONE */
} kxi_ground;

/* Of as_of: what the universe has. */
kxi_ground kxi_ground_now(const kxi_universe *u);
/* Of any day; in the arena. */
kx_status kxi_ground_make(const kxi_universe *u, kxi_day day, kxi_arena *a, kxi_ground *out, kxi_diag *d);
/* Fills nearest for a tree; count of the tree's units. */
kx_status kxi_ground_nearest(const kxi_universe *u, const kxi_tree *tree, kxi_arena *a, const uint32_t **out);
/* Append the subjects of an entity of the subjects' table: itself, or for units every subject up the tree. */
kx_status kxi_ground_subjects(const kxi_ground *g, uint32_t entity, kxi_ids *out);
/* The unit's ancestor at a level, as it stands on as_of; KXI_NONE when there is none. */
uint32_t kxi_ground_level(const kxi_ground *g, uint32_t unit, uint32_t level);

#endif
