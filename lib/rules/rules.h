/* rules/rules.h: a compiled scheme: tables, subjects, measures, the score tree, gates and grades as data.
 *
 *   measures --(each grain it is used at)--> folds     what tally computes while rows go by
 *   names at subject grain ----------------> slots     one column over all subjects each; score fills them in order
 *   score tree ----------------------------> nodes     value and curve, or parts
 *
 * Everything lives in the arena of the rules and never changes. Indices are uint32_t; KXI_NONE is none.
 *
 * Layer: rules. May include: base, text, model, expr.
 */
/* clang-format off */ /* laid out in columns by hand */
#ifndef KXI_RULES_RULES_H
#define KXI_RULES_RULES_H

#include "expr/expr.h"
#include "model/schema.h"

/* ---- where and when rows count ---- */

typedef struct kxi_span { /* both ends belong */
    kxi_day from, to;
} kxi_span;

/* How a row leads to an entity: its own key (column KXI_NONE), or a reference column, then columns of what it refers to. */
typedef struct kxi_path {
    uint32_t target; /* the table that is reached; KXI_NONE: this path does not exist */
    uint32_t column; /* of the source table; KXI_NONE: the row itself (the source is the target) */
    const uint32_t *steps; /* columns, each of the table reached so far */
    size_t step_count;
} kxi_path;

enum kxi_dim_kind {
    KXI_DIM_LEVEL,   /* the unit's ancestor at a level: closed */
    KXI_DIM_BUCKET,  /* week, month, quarter, half, year of the period: closed */
    KXI_DIM_WINDOWS, /* named windows of dates, which may overlap: closed */
    KXI_DIM_LIST,    /* a column with the values that are expected: closed; rows with other values do not enter */
    KXI_DIM_REF,     /* a reference: closed, every row of the referenced table that belongs to the subject */
    KXI_DIM_COLUMN   /* a plain column: open, cells are where rows are */
};

typedef struct kxi_window {
    kxi_str name;
    kxi_span span;
} kxi_window;

typedef struct kxi_dim {
    enum kxi_dim_kind kind;
    kxi_str name;            /* as rules name it: "township", "quarter", "role" */
    uint32_t level;          /* LEVEL */
    enum kxi_bucket bucket;  /* BUCKET */
    const kxi_window *windows; /* WINDOWS */
    size_t window_count;
    uint32_t column;         /* LIST, REF, COLUMN: of the source table (of a measure: dimension number) */
    uint32_t target;         /* REF: table */
    kxi_path owner;          /* REF: from the referenced table to the subject; target KXI_NONE: its rows belong to every subject */
    const kxi_str *values;   /* LIST: text, normalised, in the scheme's order */
    size_t value_count;
    int32_t type;            /* COLUMN: KX_... of its values */
} kxi_dim;
#define KXI_DIM_CLOSED(dim) ((dim)->kind != KXI_DIM_COLUMN)

/* ---- measures and folds ---- */

/* Names as schemes write them. PEAK: most rows in n days running. ONE: the only value there is (marks). */
#define KXI_OPS(X)                                                                                              \
    X(COUNT, "count") X(SUM, "sum") X(SHARE, "share") X(MEAN, "mean") X(MIN, "min") X(MAX, "max") X(LATEST, "latest") \
    X(DISTINCT, "distinct") X(PEAK, "peak") X(ONE, "one")
enum kxi_op {
#define X(name, text) KXI_OP_##name,
    KXI_OPS(X)
#undef X
        KXI_OP_COUNT_
};

enum kxi_expect {
    KXI_EXPECT_WHOLE,   /* a cell is expected once its bucket is over and if its unit was there throughout (default) */
    KXI_EXPECT_STARTED, /* once its bucket has begun, if its unit stands on as_of */
    KXI_EXPECT_ALL      /* every bucket of the period */
};

/* What a row-grain expression can name; expressions over rows use the slot's index. */
typedef struct kxi_row_slot {
    enum {
        KXI_ROW_COLUMN,    /* column of the source table */
        KXI_ROW_REF,       /* column `then` of the entity that path leads to (units: of its version on as_of) */
        KXI_ROW_LEVEL,     /* name of the level of the unit that path leads to, on as_of */
        KXI_ROW_KEY,       /* key of the entity that path leads to */
        KXI_ROW_AS_OF, KXI_ROW_FROM, KXI_ROW_TO, /* dates: as_of, the fold's span */
        KXI_ROW_DIM,       /* of a measure: dimension `column`; REF and LEVEL: its key */
        KXI_ROW_VALUE      /* of a measure: the cell's value */
    } kind;
    uint32_t table, measure; /* whose rows: one of them is KXI_NONE */
    uint32_t column;
    kxi_path path;
    uint32_t then;
    enum kxi_vtype type;
    uint32_t domain; /* KXI_DOMAIN_ROWS; KXI_DOMAIN_RUN; KXI_DOMAIN_FIRST + column for text and references */
} kxi_row_slot;

typedef struct kxi_measure {
    kxi_str name, title, clause, responsible; /* responsible: name of a unit column or a text; may be empty */
    const kxi_node *node;
    uint32_t table;   /* source: a table, or */
    uint32_t measure; /* the cells of another measure */
    const kxi_expr *where; /* NULL: all rows */
    enum kxi_op op;
    const kxi_expr *value; /* NULL for COUNT and PEAK; bool for SHARE; number, or date or text (MIN, MAX: not text) */
    const kxi_expr *then;  /* LATEST: breaks equal dates; the greater wins */
    enum kxi_vtype type;   /* of the measure's value */
    uint32_t days;         /* PEAK */
    const kxi_dim *dims;
    size_t dim_count;
    bool over_all;         /* over: "all": not by subject; every subject sees the same */
    kxi_path subject;      /* to the subjects' table */
    kxi_path unit;         /* to units, for LEVEL dimensions */
    enum { KXI_PERIOD_SCHEME, KXI_PERIOD_ALL, KXI_PERIOD_FIXED, KXI_PERIOD_BACK } period;
    kxi_span span;         /* FIXED */
    uint32_t back_months;  /* BACK: this many months up to as_of */
    enum kxi_expect expect;
    const kxi_expr *at_least, *at_most; /* cell scope; NULL: none */
    const uint32_t *keep;  /* columns of the source table that name a record */
    size_t keep_count;
} kxi_measure;

/* A measure at one grain: what tally keeps states for. */
typedef struct kxi_fold {
    uint32_t measure;
    bool by_dims;   /* cells of subject x dims; else one cell a subject */
    uint32_t shift; /* prev(): this many periods back, dates and as_of alike */
} kxi_fold;

/* ---- names at cell grain: for bounds ---- */
typedef struct kxi_cell_slot {
    enum {
        KXI_CELL_VALUE,      /* the cell's own */
        KXI_CELL_DIM,        /* LIST, COLUMN, WINDOWS: its text or value; BUCKET: "2025-Q1"; LEVEL, REF: its key */
        KXI_CELL_DIM_COLUMN, /* LEVEL, REF: column `column` of that entity */
        KXI_CELL_DIM_FROM, KXI_CELL_DIM_TO, /* BUCKET, WINDOWS */
        KXI_CELL_SUBJECT_COLUMN, KXI_CELL_AS_OF, KXI_CELL_FROM, KXI_CELL_TO
    } kind;
    uint32_t dim, column;
    enum kxi_vtype type;
} kxi_cell_slot;

/* ---- names at subject and cohort grain ---- */
#define KXI_SLOT_KINDS(X)                                                                            \
    X(COLUMN)      /* column of the subjects' table */                                               \
    X(KEY)         /* subject.key */                                                                 \
    X(LEVEL)       /* subject.level */                                                               \
    X(AS_OF) X(FROM) X(TO)                                                                           \
    X(FOLD)        /* a measure for the subject */                                                   \
    X(COVERAGE) X(MET) X(SHORT) X(CELLS) /* of a quota; groups by the dimensions in `group` */       \
    X(MARK) X(LABEL) /* what was entered for a node: its number, its label */                        \
    X(POINTS)      /* of a node, after all its steps */                                              \
    X(VALUE)       /* of a node */                                                                   \
    X(FULL)        /* full points of a node */                                                       \
    X(TOTAL) X(RANK) /* of the score */                                                              \
    X(COHORT_SIZE) X(COHORT_RANK) X(COHORT_MEAN) X(COHORT_SUM) X(COHORT_MAX) X(COHORT_MIN)
enum kxi_slot_kind {
#define X(name) KXI_SLOT_##name,
    KXI_SLOT_KINDS(X)
#undef X
        KXI_SLOT_KIND_COUNT
};

typedef struct kxi_slot {
    enum kxi_slot_kind kind;
    enum kxi_vtype type;
    uint32_t column; /* COLUMN */
    uint32_t fold;   /* FOLD, COVERAGE, MET, SHORT, CELLS, MARK, LABEL */
    uint32_t group;  /* COVERAGE ..: bit d: dimension d forms the groups; 0: each cell by itself */
    uint32_t node;   /* MARK, LABEL, POINTS, VALUE */
    const kxi_expr *arg; /* COHORT_...: computed for every subject first */
    uint32_t ties;       /* COHORT_RANK: enum kxi_ties; KXI_NONE: as the scheme ranks */
} kxi_slot;

/* ---- the score ---- */
enum kxi_kind { KXI_ORDINARY, KXI_BONUS, KXI_DEDUCTION };
#define KXI_CURVES(X) \
    X(NONE, "none") X(RATIO, "ratio") X(SLOPE, "slope") X(STEPS, "steps") X(CASES, "cases") X(MAP, "map") X(LINE, "line") X(RANGE, "range")
enum kxi_curve_kind {
#define X(name, text) KXI_CURVE_##name,
    KXI_CURVES(X)
#undef X
        KXI_CURVE_COUNT
};
typedef struct kxi_step { /* STEPS: value >= at; CASES: when; LINE: a point of the line */
    const kxi_expr *at, *points;
    const kxi_expr *when;
    const kxi_node *node;
} kxi_step;
typedef struct kxi_curve {
    enum kxi_curve_kind kind;
    const kxi_step *steps; /* STEPS, CASES, LINE */
    size_t step_count;
    const kxi_expr *other; /* STEPS, CASES, MAP: points when none applies; NULL: 0 */
    const kxi_map *map;    /* MAP: labels */
    /* SLOPE: base + up for every q above at, down for every q below; `each` is at 0, base 0, up. */
    const kxi_expr *at, *base, *up_q, *up, *down_q, *down;
    bool whole; /* only whole q count */
    /* RANGE: a label opens a share [low, high] of the points, inside which the number entered must lie. */
    const kxi_map *low, *high;
    enum { KXI_PICK_NONE, KXI_PICK_LOW, KXI_PICK_MIDDLE, KXI_PICK_HIGH } pick; /* when no number was entered */
    const kxi_node *node;
} kxi_curve;

typedef struct kxi_round {
    enum kxi_round_mode mode; /* NONE: as it is */
    int places;
    bool interval;
    kxi_num step; /* interval */
} kxi_round;

enum kxi_missing { KXI_MISSING_UNKNOWN, KXI_MISSING_ZERO, KXI_MISSING_FULL, KXI_MISSING_NA, KXI_MISSING_VALUE };
enum kxi_na { KXI_NA_ZERO, KXI_NA_FULL, KXI_NA_LEAVE, KXI_NA_RESCALE };
enum kxi_combine { KXI_SUM, KXI_WEIGHTED, KXI_MAX, KXI_MIN };

typedef struct kxi_rule_node {
    kxi_str id, title, clause, note;
    const kxi_node *node;
    uint32_t parent;     /* KXI_NONE for the root, `score`, which is node 0 */
    uint32_t first, next; /* child, sibling; nodes stand in scheme order, parents before children */
    uint32_t depth;
    enum kxi_kind kind;
    const kxi_expr *points; /* full points; NULL: none declared */
    const kxi_expr *applies; /* "for"; NULL: always */
    const kxi_expr *value;   /* NULL: parts, checks, or a mark */
    const kxi_expr *const *checks; /* conditions; the value is how many hold */
    const kxi_str *check_texts;
    size_t check_count;
    bool mark;               /* takes its mark */
    uint32_t const *marks;   /* folds, one a track in order of preference (label folds follow at marks[track_count + i]) */
    kxi_curve curve;
    enum kxi_missing missing;
    const kxi_expr *missing_value;
    enum kxi_combine combine;
    const kxi_expr *weight;  /* in a weighted parent */
    enum kxi_na na;          /* what its parts that do not apply do */
    const kxi_expr *factor;
    bool floor_open, cap_open;      /* null in the scheme */
    const kxi_expr *floor, *cap;    /* NULL and not open: the default of its kind */
    bool rounds;
    kxi_round round;
    const kxi_expr *zero_if;
    bool scored;             /* an indicator: carries points itself, no parts */
} kxi_rule_node;

typedef struct kxi_gate {
    kxi_str id, title, clause;
    const kxi_expr *when;
    enum { KXI_GATE_ADMIT, KXI_GATE_GRADE, KXI_GATE_CEILING, KXI_GATE_CANCEL } effect;
    uint32_t grade; /* GRADE, CEILING */
    bool after;     /* after the places are given: the place stays empty */
    const kxi_node *node;
} kxi_gate;

enum kxi_ties { KXI_TIES_COMPETITION, KXI_TIES_DENSE, KXI_TIES_MODIFIED, KXI_TIES_OPEN };
enum kxi_cut_ties { KXI_CUT_OUT, KXI_CUT_IN, KXI_CUT_OPEN };

typedef struct kxi_grade { /* from the best down */
    kxi_str name;
    const kxi_expr *when; /* NULL: always */
    bool places;          /* limited */
    const kxi_expr *share, *number; /* one of them: places = share x members, rounded, or a number */
    bool of_admitted;     /* members: the admitted of the cohort, else those for whom `when` holds */
    enum kxi_round_mode round;
    enum kxi_cut_ties ties;
    const kxi_node *node;
} kxi_grade;

typedef struct kxi_cohort_key { /* a level (its ancestor there) or a column of the subjects' table */
    uint32_t level, column;
} kxi_cohort_key;

typedef struct kxi_rules {
    kxi_arena arena;
    kx_context *ctx; /* counted by whoever owns the rules */
    kxi_doc *doc;    /* owned */
    kxi_str id, title, source;
    kxi_schema schema;
    kxi_span period;
    kxi_day as_of; /* KX_DATE_NONE: the end of the period */
    bool tree_by_row;
    uint32_t subjects; /* table */
    uint32_t name_column; /* of the subjects' table, for showing; KXI_NONE */
    const kxi_expr *subject_where; /* rows of the subjects' table; slots are row slots */
    const kxi_cohort_key *cohort;
    size_t cohort_count;
    const kxi_row_slot *row_slots;
    size_t row_slot_count;
    const kxi_cell_slot *cell_slots;
    size_t cell_slot_count;
    const kxi_measure *measures; /* scheme order; a measure's source stands before it */
    size_t measure_count;
    const kxi_fold *folds;
    size_t fold_count;
    const kxi_slot *slots;
    size_t slot_count;
    const kxi_str *tracks;
    size_t track_count;
    const kxi_rule_node *nodes;
    size_t node_count;
    const uint32_t *order; /* nodes in the order they can be scored: what a value names comes first; rank and total where due */
    size_t order_count;
    const kxi_expr *const *rank_by; /* descending */
    size_t rank_by_count;
    enum kxi_ties ties;
    const kxi_gate *gates;
    size_t gate_count;
    const kxi_grade *grades;
    size_t grade_count;
    int show; /* digits after the point when points are shown; from round.indicator, or "show" */
} kxi_rules;

/* Compile. name is what errors call the text. */
kx_status kxi_rules_compile(kx_context *ctx, kxi_doc *doc, kxi_diag *d, kxi_rules **out);
/* doc included. */
void kxi_rules_free(kxi_rules *rules);

/* Steps of `order` that are not nodes. */
#define KXI_ORDER_RANK (KXI_NONE - 1)

#endif
