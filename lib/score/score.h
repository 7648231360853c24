/* score/score.h: cells to subjects to cohort, and the facts of why.
 *
 *   tally -> slots (a column over all subjects each) -> nodes in order -> total, rank -> gates, grades, places
 *
 * Every number that leaves is a fact kept here; report and api only show it. Numbers live in the score's arena.
 *
 * Layer: score. May include: base, text, model, expr, rules, tally.
 */
#ifndef KXI_SCORE_SCORE_H
#define KXI_SCORE_SCORE_H

#include "tally/tally.h"

/* What changed the points of a node on their way, in this order. */
#define KXI_STEP_KINDS(X)                                                                   \
    X(CURVE, "curve", "曲线得分")       /* out of the value */                              \
    X(PARTS, "parts", "各项合计")       /* out of the parts */                              \
    X(MISSING, "missing", "缺数据")     /* missing said what to give */                     \
    X(NOT_APPLICABLE, "na", "不适用")   /* the block's na said what to give */              \
    X(RESCALE, "rescale", "不适用折算") /* parts that do not apply carried by the others */ \
    X(FACTOR, "factor", "乘系数")                                                           \
    X(FLOOR, "floor", "保底") /* the floor bit */                                           \
    X(CAP, "cap", "封顶")     /* the cap bit */                                             \
    X(ROUND, "round", "取舍")                                                               \
    X(ZERO_IF, "zero_if", "出现即不得分")
enum kxi_step_kind {
#define X(name, en, zh) KXI_STEP_##name,
    KXI_STEP_KINDS(X)
#undef X
        KXI_STEP_KIND_COUNT
};
typedef struct kxi_step_fact {
    enum kxi_step_kind kind;
    uint32_t
        which;  /* CURVE: number of the step, case or label that applied; PARTS: the node that stands for all of them
                        ("combine": "max", "min"); KXI_NONE when none or not of that kind */
    kxi_num by; /* FACTOR, RESCALE: the factor; FLOOR, CAP: the bound; ROUND: the points before */
    kxi_num points; /* after the step */
} kxi_step_fact;

/* One subject and node. */
typedef struct kxi_fact {
    enum { KXI_FACT_KNOWN, KXI_FACT_NA, KXI_FACT_UNKNOWN } state;
    uint8_t reason; /* UNKNOWN: enum kxi_state */
    bool left_out;  /* not applicable and its points leave the scale */
    bool shrunk;    /* points of parts below it have left the scale */
    bool weighted;  /* weight: its own in a block that weighs its parts, when it is known */
    kxi_num weight;
    bool has_value;            /* value is known */
    uint8_t value_state;       /* enum kxi_state of the value (null, unknown), when has_value is false */
    enum kxi_vtype value_type; /* NUMBER, BOOL (value 0 or 1), DATE (value: days), TEXT (label) */
    kxi_num value;
    kxi_str label;
    bool fraction; /* value = numerator / denominator as counted, not reduced */
    kxi_num numerator, denominator;
    kxi_num full;   /* full points for this subject; 0 when it has none */
    kxi_num points; /* after all steps; meaningful when KNOWN */
    kxi_num lost;   /* full - points for ordinary nodes; 0 for bonus and deduction */
    const kxi_step_fact *steps;
    size_t step_count;
    bool mark_known; /* mark: a number was entered, beside the label or alone */
    kxi_num mark;
    uint32_t track;      /* mark: index of the track that is official, or KXI_NONE */
    kxi_str reason_text; /* mark: why, as entered */
} kxi_fact;

/* What falls short. */
#define KXI_GAP_KINDS(X)                                                                \
    X(CELL, "cell", "未达标")       /* a cell below its minimum or above its maximum */ \
    X(VALUE, "value", "未达值")     /* the value is short of what full points need */   \
    X(CHECK, "check", "条件未满足") /* a condition of a checklist that does not hold */ \
    X(RECORD, "record", "扣分记录") /* a kept record that cost points */                \
    X(MISSING, "missing", "未提供") /* nothing recorded: a mark, a value */             \
    X(GATE, "gate", "一票否决")     /* a gate that applies */
enum kxi_gap_kind {
#define X(name, en, zh) KXI_GAP_##name,
    KXI_GAP_KINDS(X)
#undef X
        KXI_GAP_KIND_COUNT
};
typedef struct kxi_gap {
    enum kxi_gap_kind kind;
    uint32_t subject;
    uint32_t node;    /* KXI_NONE: a gate */
    uint32_t gate;    /* KXI_NONE: a node */
    uint32_t measure; /* whose cell or record; KXI_NONE */
    uint32_t unit;    /* of a LEVEL dimension, else KXI_NONE */
    kxi_str unit_key, unit_name;
    kxi_str where; /* the other dimensions of the cell: "院长", "2025-Q1", joined by " / "; a record's kept columns */
    bool has_bucket;
    kxi_span bucket;                    /* by when: its last day */
    bool has_known, needs_known, upper; /* upper: needs is a maximum */
    kxi_num has, needs;
    kxi_str has_text; /* when it is not a number: a label, true/false, a date */
    kxi_str needs_text;
    bool
        loss_known; /* on linear curves: this gap's part of the loss before rounding; else the list stands against all of it */
    kxi_num loss;
} kxi_gap;

typedef struct kxi_standing { /* one subject */
    bool admitted, complete, cancelled, has_rank, place_open;
    kxi_num total;           /* meaningful when complete */
    uint32_t rank;           /* 1 is best, when has_rank */
    bool tied;               /* shares its rank */
    uint32_t grade;          /* KXI_NONE: none */
    uint32_t grade_by_score; /* before gates and places */
    const uint32_t *gates;   /* that apply */
    size_t gate_count;
    bool missed_place; /* qualified for a better grade but there was no place */
} kxi_standing;

/* One expected or reached cell of a quota, for the cells table. */
typedef struct kxi_cell_fact {
    uint32_t subject, measure;
    size_t cell; /* index for dims: into the quota's own arrays */
    kxi_str unit_key, unit_name, where;
    bool has_bucket;
    kxi_span bucket;
    uint8_t state; /* of has */
    kxi_num has;
    bool min_known, max_known;
    kxi_num min, max;
    bool met;
} kxi_cell_fact;

typedef struct kxi_score {
    kxi_arena arena;
    kxi_numctx num;
    const kxi_rules *rules;
    kxi_universe *universe; /* counted */
    uint32_t subject_count;
    const kxi_fact *facts;         /* [node * subject_count + subject] */
    const kxi_standing *standings; /* by subject */
    const kxi_gap *gaps;           /* ordered by subject, node, then cell */
    size_t gap_count;
    const kxi_cell_fact *cells; /* of every quota used, ordered by measure in scheme order, then as kxi_cells */
    size_t cell_count;
    kxi_findings findings; /* what the run noticed */
} kxi_score;

static inline const kxi_fact *
kxi_score_fact(const kxi_score *s, uint32_t node, uint32_t subject)
{
    return &s->facts[(size_t)node * s->subject_count + subject];
}

kx_status kxi_score_make(kx_context *ctx, const kxi_rules *rules, const kxi_tally *tally, kxi_score **out, kxi_diag *d);
void kxi_score_free(kxi_score *score);

#endif
