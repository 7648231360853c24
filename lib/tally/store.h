/* tally/store.h: what a tally keeps of one fold: cells by ascending keys, a state each, and for some a bag of items.
 *
 *   accumulators of the workers --flush--> store      store + store --merge--> store
 *
 * Items are numbers of the pool: the values of DISTINCT (each once), the days of PEAK since KXI_DAY_MIN (as often as they came,
 * ascending), the records a measure keeps (as often as they came).
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_STORE_H
#define KXI_TALLY_STORE_H

#include "tally/worker.h"

typedef struct kxi_bag {
    size_t *first; /* cells + 1; NULL: no bag */
    uint32_t *items;
    size_t room; /* items there is room for */
} kxi_bag;

typedef struct kxi_store {
    size_t count, room; /* cells */
    uint64_t *keys;     /* words of each */
    uint64_t *rows, *nulls;
    uint8_t *reasons;
    char *states;
    kxi_bag items, kept;
} kxi_store;

void kxi_store_free(kxi_store *s, const kxi_key *key, const kxi_measure *m, kxi_mem *mem);
/* Room for so many cells, all zero; bags have offsets but no items yet. */
kx_status kxi_store_init(kxi_store *s, size_t room, const kxi_key *key, const kxi_measure *m, kxi_mem *mem);
bool kxi_store_has_items(const kxi_measure *m);

/* Cells of plan `plan` of all workers into a new store; the workers' accumulators of that plan are spent. KX_E_LIMIT: a sum
 * does not fit. */
kx_status kxi_store_flush(const kxi_job *job, size_t plan, kxi_worker *workers, size_t count, kxi_lexicon *pool,
                          kxi_store *out);
/* a + b into a new store; neither changes. */
kx_status kxi_store_merge(const kxi_store *a, const kxi_store *b, const kxi_key *key, const kxi_measure *m,
                          kxi_mem *mem, kxi_store *out);
/* The same store with the numbers of another pool. */
kx_status kxi_store_translate(const kxi_store *s, const kxi_lexicon *from, kxi_lexicon *to, const kxi_key *key,
                              const kxi_measure *m, kxi_mem *mem, kxi_store *out);

/* bag.c: while a store is filled. Room for so many items. */
kx_status kxi_bag_room(kxi_bag *bag, size_t items, kxi_mem *mem);
/* Put logged items where their slots' cells are. */
typedef struct kxi_bag_source {
    const kxi_log *log;
    const uint32_t *cells; /* slot -> cell of the store */
} kxi_bag_source;
kx_status kxi_bag_fill(kxi_bag *bag, size_t cells, const kxi_bag_source *sources, size_t count, kxi_mem *mem);
/* The same for days, of which every row of a cell has one, by as many threads as there are sources. apart: a slot is the same cell in all sources. */
typedef struct kxi_bag_days {
    const kxi_daylog *log;
    const uint32_t *cells;
} kxi_bag_days;
kx_status kxi_bag_days_fill(kxi_bag *bag, const uint64_t *rows, size_t cells, const kxi_bag_days *sources, size_t count,
                            bool apart, kxi_mem *mem);

#endif
