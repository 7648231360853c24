/* tally/tally.h: rows into cells.
 *
 *   rows (batches of columns) --where, path, dims--> cell --> state       one pass, nothing allocated per row
 *
 * A tally holds, for every fold of the rules and every cell that rows reached, a small exact state. Tallies add:
 * tally(A + B) = tally(A) + tally(B), in any order and grouping, so threads, shards and streams give the same bytes.
 * Folds whose value is a set or a bag (distinct, peak) have the value as one more key of the cell, with a count.
 *
 * Layer: tally. May include: base, text, model, expr, rules.
 */
#ifndef KXI_TALLY_TALLY_H
#define KXI_TALLY_TALLY_H

#include "model/dataset.h"
#include "rules/rules.h"

/* Who is scored, and where units belong, for one set of reference tables and one day. */
typedef struct kxi_universe {
    atomic_uint refs; /* a tally and every score made from it share one */
    kx_context *ctx;  /* counted */
    kxi_arena arena;
    kx_dataset *dataset; /* counted: its reference tables */
    const kxi_rules *rules;
    kxi_day as_of;
    kxi_tree tree;            /* of as_of; count 0 when the scheme has no units */
    uint32_t count;           /* subjects, in the byte order of their keys */
    const uint32_t *entities; /* subject -> entity of the subjects' table */
    const uint32_t *cohorts;  /* subject -> number of its cohort */
    uint32_t cohort_count;
    const kxi_str *cohort_names; /* keys of the cohort, joined by " / "; "" when there is one for all */
    const uint32_t *subject_of;  /* entity of the subjects' table -> subject or KXI_NONE */
    /* Unit -> the unit at or above it, on as_of, that is a subject; or KXI_NONE. NULL when subjects are not units. */
    const uint32_t *nearest;
} kxi_universe;

kx_status kxi_universe_new(kx_context *ctx, const kxi_rules *rules, kx_dataset *dataset, kxi_day as_of,
                           kxi_universe **out, kxi_diag *d);
kxi_universe *kxi_universe_ref(kxi_universe *u);
void kxi_universe_unref(kxi_universe *u);
kxi_str kxi_universe_key(const kxi_universe *u, uint32_t subject);
kxi_str kxi_universe_name(const kxi_universe *u, uint32_t subject); /* empty when there is none */
/* The row of an entity's attributes on as_of (units: of its version), or KXI_NONE. */
uint32_t kxi_universe_row(const kxi_universe *u, uint32_t table, uint32_t entity);

/* A span, its as_of and its buckets, as one fold sees them (prev shifts them). */
typedef struct kxi_fold_time {
    kxi_span span;
    kxi_day as_of;
} kxi_fold_time;
kxi_fold_time kxi_fold_when(const kxi_rules *rules, const kxi_fold *fold, kxi_day as_of);
/* Buckets tile the span from its first day (weeks: ISO); the number of buckets, and bucket i, cut to the span. */
uint32_t kxi_bucket_count(kxi_span span, enum kxi_bucket b);
kxi_span kxi_bucket_span(kxi_span span, enum kxi_bucket b, uint32_t i);
/* The number of the bucket that holds a day of the span. */
uint32_t kxi_bucket_of(kxi_span span, enum kxi_bucket b, kxi_day day);
/* Whether bucket i lies in the span as a whole, not cut off at an end. */
bool kxi_bucket_whole(kxi_span span, enum kxi_bucket b, uint32_t i);
/* How reports name bucket i: 2025, 2025-H1, 2025-Q1, 2025-03, 2025-W05; those of an assessment year that begins
 * elsewhere by their months, 2024-12~2025-02, or by their days. out: KXI_BUCKET_NAME bytes, terminated. */
#define KXI_BUCKET_NAME 24
void kxi_bucket_name(kxi_span span, enum kxi_bucket b, uint32_t i, char *out);
/* A window of the scheme as a fold sees it (prev shifts it). */
kxi_span kxi_window_when(const kxi_rules *rules, const kxi_fold *fold, kxi_span window);

/* The cells of one fold. Rows of cells are ordered by subject, then by dimension values: units and entities by key,
 * buckets, windows and listed values in their order, open values ascending. */
typedef struct kxi_kept { /* one record that a measure keeps */
    const kxi_str *texts; /* one for each kept column, printed */
} kxi_kept;
typedef struct kxi_cells {
    size_t count;
    size_t dim_count;
    const uint32_t *subjects;    /* KXI_NONE throughout when over: "all" */
    const uint32_t *const *dims; /* dims[d][i]: unit, entity, bucket, window, listed value; open: index into open[d] */
    const kxi_vec *open;         /* per dimension: the distinct values, ascending (COLUMN), else empty */
    kxi_vec value;               /* one lane a cell: numbers, dates, texts; with states */
    const kxi_num *numerators, *denominators; /* SHARE, MEAN: not reduced; else NULL */
    const uint64_t *rows;                     /* rows that entered; nulls: those whose value was null and was skipped */
    const uint64_t *nulls;
    const uint32_t *kept_first; /* NULL, or count + 1 offsets into kept */
    const kxi_kept *kept;       /* ordered by their texts */
} kxi_cells;

/* Rows of the fold's table that did not count, each under the first of these that applies, and those without a key. Rows for which
 * the condition is false are in none of them. */
typedef struct kxi_row_counts {
    uint64_t seen;     /* rows of the table */
    uint64_t undated;  /* no date (events) */
    uint64_t outside;  /* the period, or after as_of; states: valid on no day they are read; units: not as they stand */
    uint64_t unplaced; /* no unit, or one that leads to no subject: not below any, or not in the tree that day */
    uint64_t unknown;  /* condition null or unknown, or value unknown (the cell is then unknown as well) */
    uint64_t
        keyless; /* not left out, but nothing recorded where a dimension stands: they enter no cell by dimensions */
} kxi_row_counts;

typedef struct kxi_tally kxi_tally;

/* as_of: a day. */
kx_status kxi_tally_new(kx_context *ctx, const kxi_rules *rules, kxi_day as_of, kxi_tally **out, kxi_diag *d);
void kxi_tally_free(kxi_tally *t);
/* Rows of reference tables are counted with the first part only, since every part has the same ones. The first dataset is
 * counted as long as the tally lives. On failure the tally is as it was. */
kx_status kxi_tally_add(kxi_tally *t, kx_dataset *ds, kxi_str part, uint32_t threads, kx_progress_fn progress,
                        void *user, kxi_diag *d);
kx_status kxi_tally_merge(kxi_tally *t, const kxi_tally *other, kxi_diag *d);

/* After at least one add (else NULL). Borrowed; take a reference to keep it. */
kxi_universe *kxi_tally_universe(const kxi_tally *t);
/* The cells that rows reached, canonical: the same bytes whatever the order of rows, parts and threads. In a. Folds over
 * measures are computed from the cells of their source.
 * A fold by subject takes all rows of the measure, whatever its dimensions; by dimensions, rows that have no value in one of
 * them (not listed, below no unit of the level, nothing recorded) enter no cell. Kept records of a SHARE are those that do not
 * count for it. */
kx_status kxi_tally_cells(const kxi_tally *t, uint32_t fold, kxi_arena *a, kxi_cells *out, kxi_diag *d);
/* Of one fold, over all parts; zero for folds over measures. */
void kxi_tally_counts(const kxi_tally *t, uint32_t fold, kxi_row_counts *out);

/* The cells that are expected of a fold: closed dimensions only (a fold with an open one has none and closed is false). In
 * the order of kxi_cells, without value. Units as they stand on as_of; a bucket or window is whole when the period does not
 * cut it, and for the default of `expect` the cell's unit (else the subject, when it is a unit) was there on all its days. */
typedef struct kxi_grid {
    bool closed;
    size_t count;
    const uint32_t *subjects;
    const uint32_t *const *dims;
} kxi_grid;
kx_status kxi_grid_make(const kxi_universe *u, uint32_t fold, kxi_arena *a, kxi_grid *out, kxi_diag *d);
/* The same over some dimensions only (bit d of mask), all of them closed: the groups of coverage(heads, township). dims[d] is
 * NULL for the others. */
kx_status kxi_grid_groups(const kxi_universe *u, uint32_t fold, uint32_t mask, kxi_arena *a, kxi_grid *out,
                          kxi_diag *d);

#endif
