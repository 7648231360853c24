/* tally/crew.h: rows shared out among threads. Whoever is free takes the next piece; which rows a worker saw never shows in
 * what comes out.
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_CREW_H
#define KXI_TALLY_CREW_H

#include "tally/worker.h"

typedef struct kxi_crew {
    kxi_worker *workers; /* the first is the calling thread's */
    size_t count;
    size_t rows, piece;      /* rows in all, and of a piece */
    kx_progress_fn progress; /* NULL for none; on the calling thread */
    void *user;
    uint64_t before, total; /* rows done by teams before this one, and to be done by all */
} kxi_crew;

/* KX_OK, KX_E_CANCELLED, or what a worker's status says; then *failed is that worker. */
kx_status kxi_crew_run(const kxi_crew *team, const kxi_worker **failed);

/* work(user, thread, i) for every i below count, by so many threads, the calling one included; work cannot fail. */
kx_status kxi_crew_each(size_t threads, size_t count, void (*work)(void *user, size_t thread, size_t i), void *user,
                        kxi_mem *mem);

#endif
