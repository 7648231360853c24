/* score/engine.h: what the files of score share while one score is made. Private to score. */
#ifndef KXI_SCORE_ENGINE_H
#define KXI_SCORE_ENGINE_H

#include "score/score.h"

/* The cells of one quota: expected ones, with what rows left in them. */
typedef struct kxi_quota {
    bool made;
    uint32_t fold;
    kxi_cells reached;
    size_t count; /* merged cells, in the order of kxi_cells */
    const uint32_t *subjects;
    uint32_t *const *dims;   /* dims[d][i] */
    kxi_vec value, min, max; /* min, max: of type NULL when there is no such bound */
    const uint8_t *met;
} kxi_quota;

/* Cells of a quota in groups, per subject. */
typedef struct kxi_grouping {
    bool made;
    const uint32_t *total, *met; /* groups, by subject */
    const uint32_t *group;       /* of each cell, KXI_NONE when grouped by cell */
    const uint32_t *unmet;       /* cells not met, by group */
} kxi_grouping;

typedef struct kxi_curve_vecs kxi_curve_vecs;

/* What a node was scored with, over all subjects; gaps are told with the same. */
typedef struct kxi_node_vecs {
    kxi_curve_vecs *curve;
    const kxi_vec *checks; /* by condition */
} kxi_node_vecs;

typedef struct kxi_engine {
    kxi_score *s;
    const kxi_rules *r;
    kxi_universe *u;
    const kxi_tally *tally;
    kx_context *ctx;
    kxi_diag *d;
    kxi_arena *a;
    kxi_numctx *num;
    uint32_t n;     /* subjects */
    kxi_vec *slots; /* by slot, once made */
    bool *slot_made;
    kxi_cells *fold_cells; /* subject grain, by fold */
    bool *fold_made;
    kxi_quota *quotas;       /* by fold */
    kxi_grouping *groupings; /* by slot */
    kxi_fact *facts;
    kxi_node_vecs *vecs; /* by node, once scored */
    kxi_standing *standings;
    bool admission_made;
    bool ordered;
    uint32_t *order;       /* admitted subjects that can be ranked: by cohort, best first */
    uint32_t *order_first; /* of each cohort; cohorts + 1 */
    kxi_gap *gaps;
    size_t gap_count, gap_capacity;
} kxi_engine;

#define KXI_TRY(call)            \
    do {                         \
        kx_status try_ = (call); \
        if (try_ != KX_OK)       \
            return try_;         \
    } while (0)

static inline kxi_fact *
kxi_engine_fact(kxi_engine *e, uint32_t node, uint32_t subject)
{
    return &e->facts[(size_t)node * e->n + subject];
}
/* The status of a number operation, with its message. */
kx_status kxi_engine_num(kxi_engine *e, kx_status st);
#define KXI_NUM(e, call) KXI_TRY(kxi_engine_num((e), (call)))

/* slots.c: an expression over all subjects; a slot's column. */
kx_status kxi_engine_eval(kxi_engine *e, const kxi_expr *expr, kxi_vec *out);
kx_status kxi_engine_slot(kxi_engine *e, uint32_t slot, kxi_vec *out);
/* The cell of a subject in a subject-grain fold, or KXI_NONE when rows never reached it. */
kx_status kxi_engine_fold(kxi_engine *e, uint32_t fold, const kxi_cells **out);
uint32_t kxi_cells_subject(const kxi_cells *cells, uint32_t subject);
/* Writable columns. */
kx_status kxi_engine_numbers(kxi_engine *e, kxi_num **nums, uint8_t **states, kxi_vec *out);

/* quota.c, bounds.c */
kx_status kxi_engine_quota(kxi_engine *e, uint32_t fold, const kxi_quota **out);
kx_status kxi_engine_grouping(kxi_engine *e, uint32_t slot, const kxi_grouping **out);
kx_status kxi_engine_bounds(kxi_engine *e, kxi_quota *q);

/* node.c, curve.c, block.c */
kx_status kxi_engine_node(kxi_engine *e, uint32_t node);
kx_status kxi_curve_prepare(kxi_engine *e, const kxi_curve *curve, kxi_curve_vecs **out);
/* Points of a known value; *state is set when they cannot be computed. which: the step that applied. */
kx_status kxi_curve_points(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject,
                           kxi_fact *fact, kxi_num *points, uint32_t *which, uint8_t *state);
/* What the value must be for full points, when that can be said, as a number, or in words;
 * *upper: it must not be more. */
kx_status kxi_curve_needs(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject,
                          const kxi_fact *fact, bool *known, bool *upper, kxi_num *needs, kxi_str *text);
/* Points for each one more of the value, where that is the same all along. */
kx_status kxi_curve_rate(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, bool *known,
                         kxi_num *rate);
kx_status kxi_engine_block(kxi_engine *e, uint32_t node, const kxi_vec *weights);
kx_status kxi_fact_step(kxi_engine *e, kxi_fact *fact, enum kxi_step_kind kind, uint32_t which, kxi_num by);
void kxi_fact_unknown(kxi_fact *fact, uint8_t reason);

/* cohort.c, grade.c */
kx_status kxi_engine_admission(kxi_engine *e);
kx_status kxi_engine_rank(kxi_engine *e);
kx_status kxi_engine_cohort(kxi_engine *e, const kxi_slot *slot, kxi_vec *out);
kx_status kxi_engine_grades(kxi_engine *e);
/* Names of some subjects for a message, cut after a few with their number said. */
kx_status kxi_engine_names(kxi_engine *e, const uint32_t *subjects, size_t count, kxi_str *out);

/* labels.c */
kx_status kxi_dim_text(kxi_engine *e, const kxi_dim *dim, const kxi_vec *open, kxi_span span, uint32_t value,
                       kxi_str *out);
kx_status kxi_cell_place(kxi_engine *e, uint32_t fold, const kxi_cells *reached, uint32_t *const *dims, size_t cell,
                         kxi_gap *gap);

/* notes.c */
/* Reports a track whose label, or else whose number, is not that of the official mark of the fact. */
kx_status kxi_engine_track_differs(kxi_engine *e, uint32_t node, uint32_t subject, uint32_t track,
                                   const kxi_fact *number, const kxi_fact *label);

kx_status kxi_engine_points_unknown(kxi_engine *e, uint32_t node, uint32_t subject, uint8_t state);

/* gaps.c, facts.c */
kx_status kxi_engine_gaps(kxi_engine *e);
kx_status kxi_engine_cell_facts(kxi_engine *e);
kx_status kxi_engine_notes(kxi_engine *e);

#endif
