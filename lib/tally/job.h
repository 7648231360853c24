/* tally/job.h: everything known before the first row of a rowset goes by.
 *
 *   factor   a source of a row (a column, its date, itself) -> ordinals: which part of a cell's key it decides
 *   program  condition, value and time of one measure; shared by its folds
 *   plan     a fold: its factors. The cell of a row is one ordinal of each; a row with several enters every combination once
 *
 *   unit 640104001 -> (county 3, township 17) -> ordinal 41 --+
 *   date 2025-02-01 -> quarter 0              -> ordinal 0  --+-> slot 41 * 4 + 0
 *
 * Read only while rows go by, so threads share it.
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_JOB_H
#define KXI_TALLY_JOB_H

#include "tally/ground.h"
#include "tally/key.h"
#include "tally/reader.h"

#define KXI_DEAD UINT32_MAX /* no ordinal: the row does not enter. Ordinals stay below 2^31. */

enum kxi_factor_kind {
    KXI_FACTOR_ENTRY, /* by the entry of a column, or by the row itself */
    KXI_FACTOR_DAY,   /* by the day of an event */
    KXI_FACTOR_STATE, /* by the last days of buckets on which a state is valid */
    KXI_FACTOR_VALUE  /* by a plain value: number, date, bool */
};

typedef struct kxi_factor {
    enum kxi_factor_kind kind;
    uint32_t index;  /* in the job */
    uint32_t column; /* ENTRY, VALUE */
    const kxi_measure *m;
    uint8_t parts[KXI_PARTS]; /* what it decides, ascending: parts of the key of the first plan that uses it */
    size_t part_count;
    kxi_fold_time when;
    kxi_span days; /* DAY: those it knows; the span up to as_of */
    const kxi_ground *grounds;
    size_t ground_count; /* 1, or one for each epoch of the tree */
    size_t lanes;        /* of one ground: entries and one for null; days */
    bool single;         /* at most one ordinal a lane, and no column of lists */
    /* single: the ordinal of each lane, KXI_DEAD for none; else those of lane i are first[i] .. first[i + 1] - 1. */
    const uint32_t *ordinals, *first;
    bool growing;           /* VALUE: ordinals are found as rows go by */
    uint32_t count;         /* else: how many there are */
    const uint32_t *tuples; /* ordinal -> a number for each part; NULL: the ordinal is that number */
    kxi_strmap texts;       /* an open text dimension: what those numbers stand for */
    const int64_t *listed;  /* VALUE of a LIST */
    /* DAY: the windows of a part; STATE: its buckets or windows, whose last days are looked at. */
    const kxi_span *spans[KXI_PARTS];
    uint32_t span_count[KXI_PARTS];
} kxi_factor;

/* What rows count by their date; base of a program. */
enum kxi_base_kind { KXI_BASE_ALL, KXI_BASE_EVENTS, KXI_BASE_STATES, KXI_BASE_ROWS };
typedef struct kxi_base {
    enum kxi_base_kind kind;
    kxi_span days;     /* EVENTS */
    const kxi_day *on; /* STATES: valid on one of these, ascending */
    size_t on_count;
    const uint32_t *rows; /* ROWS: 0 or KXI_DEAD */
} kxi_base;

enum kxi_where { KXI_WHERE_ALWAYS, KXI_WHERE_NEVER, KXI_WHERE_UNKNOWN, KXI_WHERE_ENTRY, KXI_WHERE_ROW };

typedef struct kxi_program {
    const kxi_measure *m;
    uint32_t shift;
    kxi_fold_time when;
    kxi_base base;
    uint32_t same_base;      /* the first program with this base */
    const kxi_factor *place; /* to the subject alone: rows that lead to none are reported; NULL: over all */
    uint32_t same_place;     /* the first program with this base and place */
    enum kxi_where where;
    uint32_t where_column;        /* ENTRY */
    const uint32_t *where_table;  /* entry -> 0 or KXI_DEAD */
    const uint8_t *where_unknown; /* entry -> 1 when the condition is; NULL: never */
    const kxi_prepared *condition, *value, *then;
    /* Texts that are decided per entry of value_column: their number, or a state with KXI_TEXT_STATE; else NULL. */
    const uint32_t *value_codes;
    uint32_t value_column;
    kxi_strmap value_texts;
} kxi_program;
#define KXI_TEXT_STATE UINT32_C(0x80000000)

typedef struct kxi_plan {
    uint32_t fold;
    const kxi_measure *m;
    const kxi_key *key;
    uint32_t program;
    const kxi_factor *factors[KXI_PARTS];
    uint8_t parts[KXI_PARTS][KXI_PARTS]; /* by factor: the parts of this plan's key that it decides */
    size_t factor_count;
    bool single;                 /* of all factors */
    bool dense;                  /* cells lie in an array, mixed radix of the ordinals; else in a map */
    uint32_t strides[KXI_PARTS]; /* dense */
    uint32_t item_count; /* DISTINCT, dense: values and the states before them are the last, least ordinal; else 1 */
    size_t slots;        /* dense */
} kxi_plan;

typedef struct kxi_job {
    const kxi_rowset *rs;
    kxi_arena *arena;
    const kxi_vec **tables; /* of the readers */
    kxi_factor **factors;
    kxi_program *programs;
    kxi_plan *plans;
    size_t factor_count, program_count, plan_count;
    kxi_day *epochs; /* when rows are placed by their own date: days on which the tree changes */
    size_t epoch_count;
    kxi_ground *grounds; /* of the epochs, else one: of as_of */
    size_t ground_count;
    size_t dense_limit;
} kxi_job;

/* Rows that are worked on together, so that loops over them need no memory. */
enum { KXI_JOB_BATCH = 2048 };
/* Dense cells of one fold and thread may take so many bytes; 0 puts all cells into maps (for tests). */
#define KXI_DENSE_DEFAULT SIZE_MAX

/* Plan the folds of `folds` (indices into rules->folds) over a rowset. keys: by fold. Errors are reported. */
kx_status kxi_job_make(const kxi_rowset *rs, const uint32_t *folds, size_t fold_count, const kxi_key *keys,
                       size_t dense_limit, kxi_arena *a, kxi_job *out, kxi_diag *d);
void kxi_job_free(kxi_job *job); /* what does not lie in the arena */

/* job.c: the factor with these parts, one there is or a new one; where a part of a key comes from. */
kx_status kxi_job_factor(kxi_job *job, uint32_t fold, const kxi_factor *wanted, const kxi_factor **out, kxi_diag *d);
enum kxi_factor_kind kxi_part_source(const kxi_rowset *rs, const kxi_measure *m, const kxi_dim *dim, uint32_t *column);
/* program.c: the program of a plan, one there is or a new one. */
kx_status kxi_job_program(kxi_job *job, kxi_plan *plan, kxi_fold_time when, kxi_diag *d);
/* base.c; spans: the buckets or windows of a dimension as the fold sees them, in the arena. */
kx_status kxi_base_make(const kxi_job *job, const kxi_plan *plan, kxi_fold_time when, kxi_base *base);
bool kxi_base_same(const kxi_base *x, const kxi_base *y);
kx_status kxi_job_spans(const kxi_job *job, uint32_t fold, const kxi_dim *dim, kxi_fold_time when, const kxi_span **out,
                        uint32_t *count);
static inline bool
kxi_dim_is_time(const kxi_dim *dim)
{
    return dim->kind == KXI_DIM_BUCKET || dim->kind == KXI_DIM_WINDOWS;
}

/* factor.c, factor_plain.c: parts is those of the fold's key that have the same source. */
kx_status kxi_factor_entry(const kxi_job *job, kxi_factor *f);
kx_status kxi_factor_day(const kxi_job *job, kxi_factor *f);
kx_status kxi_factor_state(const kxi_job *job, kxi_factor *f);
kx_status kxi_factor_value(const kxi_job *job, kxi_factor *f);
/* The dimension of part p of a key with or without subject; part 0 of a fold by subject is NULL. */
static inline const kxi_dim *
kxi_factor_dim(const kxi_factor *f, size_t i)
{
    size_t dim = f->parts[i];
    if (!f->m->over_all)
        return dim == 0 ? NULL : &f->m->dims[dim - 1];
    return &f->m->dims[dim];
}

#endif
