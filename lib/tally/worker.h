/* tally/worker.h: one thread: goes through batches of rows, adds into accumulators of its own.
 *
 *   batch -> per program: which rows, their values -> per plan: the slots rows fall into -> accumulator
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_WORKER_H
#define KXI_TALLY_WORKER_H

#include "tally/daylog.h"
#include "tally/job.h"
#include "tally/state.h"

/* The first slots of an accumulator take rows that do not enter, so that loops need no branch; several, because adding to
 * the same one again and again would wait for itself. */
enum { KXI_TRASH = 16 };

/* The rows a measure keeps; what: first the row, then its record. */
typedef struct kxi_log_item {
    uint32_t slot, what;
} kxi_log_item;
typedef struct kxi_log {
    kxi_log_item *items;
    size_t count, capacity;
} kxi_log;

typedef struct kxi_acc {
    const kxi_plan *plan;
    kxi_mem *mem;
    kxi_keymap map;   /* not dense: ordinals, two a word -> slot - KXI_TRASH */
    size_t slots;     /* there is room for, trash included */
    uint32_t *rows;   /* of PEAK: counted from the days at the end */
    uint32_t *nulls;  /* NULL until a value is null or unknown */
    uint8_t *reasons; /* the same */
    char *states;
    int scale;       /* of SUM and MEAN: all values so far had it; KXI_SCALE once they differ; -1: none yet */
    kxi_daylog days; /* PEAK */
    kxi_log kept;
    kxi_keymap items; /* DISTINCT over numbers, dates, bools: value -> number */
} kxi_acc;

kx_status kxi_acc_init(kxi_acc *acc, const kxi_plan *plan, kxi_mem *mem);
void kxi_acc_free(kxi_acc *acc);
/* Slots in use, trash included. */
size_t kxi_acc_used(const kxi_acc *acc);
kx_status kxi_acc_room(kxi_acc *acc, size_t slots);
/* Bring the sums to scale 6. false when one does not fit 128 bits. */
bool kxi_acc_rescale(kxi_acc *acc);

/* One value a row, as accumulators take it: days, 0 and 1, numbers of texts; numbers at scale 6, those of SUM and MEAN at the
 * scale they have. */
typedef struct kxi_lanes {
    const uint8_t *state; /* NULL: all known */
    const int64_t *values;
    int scale;
} kxi_lanes;

/* Rows of a batch as a program sees them. */
typedef struct kxi_selection {
    bool ready, any;
    const uint32_t *base; /* 0 or KXI_DEAD, by date alone */
    uint64_t outside, undated, unplaced;
    bool counted;         /* unplaced is */
    const uint32_t *rows; /* and by the condition */
    kxi_lanes value, then, day;
} kxi_selection;

typedef struct kxi_worker {
    const kxi_job *job;
    kxi_mem *mem;
    kxi_arena arena; /* of the batch */
    kxi_batch batch;
    kxi_reader reader;
    kxi_acc *accs;                  /* by plan */
    kxi_selection *selections;      /* by program */
    const uint32_t **ordinals;      /* by factor: of the batch; NULL until asked for */
    const uint32_t *epochs;         /* of the batch's rows; NULL until asked for */
    kxi_keymap *values;             /* by factor: those of growing ones */
    kxi_strmap *texts;              /* by program: values that are texts and not decided per entry */
    kxi_row_counts *counts;         /* by program; seen is not counted here */
    kxi_ids choices[KXI_PARTS + 1]; /* ordinals of one row, by factor and one for items */
    kxi_ids hits;                   /* slots of one row */
    kxi_ids slots, at;              /* of rows that fall into several */
    kx_status status;
    const kxi_measure *failed; /* what status was met in */
    enum kxi_msg limit;        /* which one was met when status is KX_E_LIMIT */
} kxi_worker;

kx_status kxi_worker_init(kxi_worker *w, const kxi_job *job);
void kxi_worker_free(kxi_worker *w);
/* Rows [first, first + n), n at most KXI_JOB_BATCH. On failure status and failed say what happened; nothing is reported. */
kx_status kxi_worker_batch(kxi_worker *w, size_t first, size_t n);

/* select.c */
const kxi_selection *kxi_worker_select(kxi_worker *w, uint32_t program); /* NULL: status is set */
/* place.c: the ordinal of each row, of a factor that has one a row at most. NULL: no memory. */
const uint32_t *kxi_worker_ordinals(kxi_worker *w, const kxi_factor *f);
/* All ordinals of row i of the batch, added to out; a number may come more than once. */
kx_status kxi_worker_choices(kxi_worker *w, const kxi_factor *f, size_t i, kxi_ids *out);
/* values.c */
kx_status kxi_lanes_make(kxi_worker *w, const kxi_vec *v, bool any_scale, kxi_strmap *texts, kxi_lanes *out);
/* acc.c: rows at[k] (at NULL: k) into slots[k]. */
kx_status kxi_acc_add(kxi_acc *acc, const kxi_selection *s, size_t first_row, const uint32_t *slots, const uint32_t *at,
                      size_t count);

#endif
