/* tally/flush.h: one plan on its way from the accumulators into a store.
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_FLUSH_H
#define KXI_TALLY_FLUSH_H

#include "tally/store.h"

typedef struct kxi_flushing {
    const kxi_job *job;
    size_t plan_index;
    const kxi_plan *plan;
    const kxi_program *program;
    const kxi_key *key;
    kxi_mem *mem;
    kxi_arena *scratch;
    kxi_worker *workers;
    size_t worker_count; /* whose slots are separate: one when cells are dense */
    size_t all_workers;
    kxi_lexicon *pool;
    size_t words; /* of an entry's key: the cell's, and one more for the item of DISTINCT */
    /* By factor, and for values decided per entry: number of a text -> number in the pool; KXI_NONE when not asked for yet. */
    uint32_t *texts[KXI_PARTS], *item_texts;
    /* Entries: slots with rows. */
    size_t count;
    uint64_t *keys;
    uint32_t *worker, *slot, *order;
    uint32_t **cells; /* by worker: slot -> cell */
} kxi_flushing;

static inline kxi_acc *
kxi_flush_acc(const kxi_flushing *f, size_t worker)
{
    return &f->workers[worker].accs[f->plan_index];
}

/* flush_logs.c: from slots to cells; before the cells are filled, and after. */
kx_status kxi_flush_map(kxi_flushing *f);
kx_status kxi_flush_kept(kxi_flushing *f, kxi_store *out);
kx_status kxi_flush_days(kxi_flushing *f, kxi_store *out);

#endif
