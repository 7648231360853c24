/* apportion/apportion.h: rules applied to units: who gets how many seats, why, and what is to be said about it.
 *
 *   plan + source (names and values of the units) -> outcome: seats of each allotment, checks, findings
 *
 * Units come in the order of their names, so that nothing depends on the order of rows. All lives in the arena given.
 *
 * Layer: apportion. May include: base, text.
 */
#ifndef KXI_APPORTION_APPORTION_H
#define KXI_APPORTION_APPORTION_H

#include "apportion/plan.h"
#include "base/diag.h"

/* States of a value; what is above is unknown, for a reason the source can name. */
enum { KXI_SEAT_KNOWN = 0, KXI_SEAT_NULL = 1 };

/* Where values come from. Each call fills one value and state for every unit; what is wrong with an expression it reports. */
typedef struct kxi_seat_source {
    void *user;
    size_t count;
    const kxi_str *names; /* of the units: unique, ascending by bytes */
    kx_status (*numbers)(void *user, const kxi_node *node, kxi_num *out, uint8_t *states, kxi_diag *d);
    kx_status (*flags)(void *user, const kxi_node *node, bool *out, uint8_t *states, kxi_diag *d);
    kx_status (*texts)(void *user, const kxi_node *node, kxi_str *out, uint8_t *states, kxi_diag *d);
    const char *(*reason)(void *user, uint8_t state, int32_t language);
    kxi_place (*place)(void *user, size_t unit); /* of its row */
} kxi_seat_source;

/* What made a number of seats, in this order. */
/* clang-format off */
#define KXI_SEAT_STEPS(X) \
    X(NUMBER, "number") X(BAND, "band") X(QUOTA, "quota") X(REMAINDER, "remainder") X(QUOTIENT, "quotient") \
    X(ROUND, "round") X(MIN, "min") X(MAX, "max") X(CHOICE, "choice") X(TIMES, "times") X(PLUS, "plus")
/* clang-format on */
enum kxi_seat_step_kind {
#define X(name, text) KXI_SEAT_STEP_##name,
    KXI_SEAT_STEPS(X)
#undef X
        KXI_SEAT_STEP_COUNT
};
const char *kxi_seat_step_name(enum kxi_seat_step_kind kind);

typedef struct kxi_seat_step {
    enum kxi_seat_step_kind kind;
    kxi_num
        value; /* the number after it; BAND: which, from 1; QUOTIENT: the seats before that one, so that k gives d(k) */
} kxi_seat_step;

#define KXI_SEAT_FLAGS(X)                                                 \
    X(MIN, "min")           /* held up by its minimum */                  \
    X(MAX, "max")           /* held down by its maximum */                \
    X(TIED, "tied")         /* part of a tie that is open */              \
    X(ORDERED, "tie-order") /* part of a tie that an order has decided */ \
    X(ADJUSTED, "adjusted")                                               \
    X(OUTSIDE, "outside") /* chosen or adjusted out of its range */       \
    X(OPEN, "open")       /* not chosen yet */
enum kxi_seat_flag_bit {
#define X(name, text) KXI_SEAT_BIT_##name,
    KXI_SEAT_FLAGS(X)
#undef X
        KXI_SEAT_FLAG_COUNT
};
#define KXI_SEAT_FLAG(name) (1u << KXI_SEAT_BIT_##name)
const char *kxi_seat_flag_name(enum kxi_seat_flag_bit bit);

/* A unit in an allotment. */
typedef struct kxi_seat {
    bool in;    /* it takes part */
    bool known; /* its seats are: not when it has not chosen */
    bool has_claim, has_quota;
    kxi_num claim, quota; /* the weight, or the number before rounding; the exact share of the seats */
    int64_t lo, hi;       /* hi: KXI_SEATS_MOST is none */
    int64_t given, seats; /* before and after adjusting */
    uint32_t flags;
    kxi_seat_step *steps;
    size_t step_count;
} kxi_seat;

typedef struct kxi_allotted {
    const kxi_allotment *rules;
    kxi_seat *seats; /* by unit */
    size_t members, open_choices;
    bool has_total;
    int64_t total; /* as declared, the reserve included */
    int64_t sum;   /* of the units, adjusted */
    int64_t open;  /* left open by a tie */
    int64_t over;  /* above the ceiling */
    bool divided;  /* a method gave the seats, and told this of it: */
    kxi_num claims, last, next;
    uint32_t last_unit, next_unit; /* KXI_NONE: there is none */
} kxi_allotted;

/* One line of a check: of a group, of a unit, or of all. */
typedef struct kxi_seat_finding {
    const kxi_seat_check *check;
    kxi_str group;   /* the text of "per"; empty without */
    uint32_t unit;   /* EACH that does not hold, FLAG that does; else KXI_NONE */
    bool met;        /* FLAG: nothing was flagged */
    bool upper;      /* it is at_most that does not hold */
    int64_t has, of; /* seats of `where`; of the whole */
    bool has_needs;
    int64_t needs; /* the least, or most, that would do */
    int64_t miss;  /* how many too few or too many, the whole staying as it is */
    int64_t alone; /* the same when the whole grows, or shrinks, by them; -1 when that cannot do it */
} kxi_seat_finding;

typedef struct kxi_outcome {
    const kxi_plan *plan;
    kxi_allotted *allotted;
    size_t made; /* allotments whose seats may be named by expressions; one being adjusted belongs to them */
    kxi_seat_finding *checks;
    size_t check_count, check_room;
} kxi_outcome;

/* *out is filled as the run goes on, for the source to look up earlier seats; it is complete when KX_OK is returned. Warnings
 * and notes go to d; errors are reported and end the run. */
kx_status kxi_apportion_run(const kxi_plan *plan, const kxi_seat_source *source, kxi_arena *arena, uint32_t max_digits,
                            kxi_diag *d, kxi_outcome *out);

#endif
