/* apportion/plan.h: the rules of an allotment (名额分配) as a JSON text has them, read and checked.
 *
 *   {"kexie-seats": 1, "columns": {"unit": "text", "members": "number"},
 *    "allotments": [{"id": "delegates", "seats": 120, "method": "largest-remainder", "weight": "members", "min": 1},
 *                   {"id": "council", "number": "ceil(0.5 * delegates)", "max": "delegates"}],
 *    "checks": [{"id": "women", "of": "council", "where": "woman", "share": true, "at_least": 0.3}]}
 *
 * An allotment gives every unit (a row of one table) a number of seats, in one of three ways:
 *
 *   method   a fixed number of seats is divided by claims (weight)
 *   number   each unit has its own number, whatever they add up to
 *   choice   somebody chooses, within a range
 *
 * each within [min, max], by columns or by bands of a value; then adjusted. Later allotments and checks see the seats of
 * earlier ones under their id. Values are expressions, which this layer hands on as nodes and never looks into.
 *
 * Layer: apportion. May include: base, text.
 */
#ifndef KXI_APPORTION_PLAN_H
#define KXI_APPORTION_PLAN_H

#include "apportion/seats.h"
#include "text/date.h"
#include "text/node.h"

typedef struct kxi_plan_column {
    kxi_str name;
    int32_t type; /* KX_... */
    bool optional;
    const kxi_node *node;
} kxi_plan_column;

typedef struct kxi_plan_round {
    bool given;
    enum kxi_round_mode mode;
} kxi_plan_round;

/* One band of a value: it begins from `from` on or above it, and so on; without an end it is open. */
typedef struct kxi_band {
    bool has_from, has_to, above, below; /* above: > from, else >=; below: < to, else <= */
    kxi_num from, to;
    bool has_number, has_lo, has_hi;
    kxi_num number;
    int64_t lo, hi;
    const kxi_node *node;
} kxi_band;

typedef struct kxi_adjust {
    const kxi_node *when, *times, *plus; /* NULL when not given */
    kxi_plan_round round;
    const kxi_node *node;
} kxi_adjust;

enum kxi_seat_way { KXI_WAY_METHOD, KXI_WAY_NUMBER, KXI_WAY_CHOICE };

typedef struct kxi_allotment {
    kxi_str id, title, clause;
    const kxi_node *node;
    enum kxi_seat_way way;
    const kxi_node *where, *weight, *number, *choice, *min, *max; /* expressions; NULL when not given */
    /* The total, when there is one: a number, or `times` that of an earlier allotment. */
    bool has_seats;
    int64_t seats;
    uint32_t seats_of; /* KXI_NONE: seats is the number */
    kxi_num seats_times;
    kxi_plan_round seats_round;
    const kxi_node *seats_node;
    int64_t reserve; /* 机动名额: out of the total, or on top of what the units have */
    bool has_method;
    enum kxi_seat_method method;
    enum kxi_seat_quota quota;
    enum kxi_seat_bounds bounds;
    kxi_plan_round round;    /* of numbers */
    const kxi_node *band_of; /* the value the bands are of; NULL: no bands */
    const kxi_band *bands;   /* as written; the first that fits is the one */
    size_t band_count;
    bool has_ceiling, over_share; /* over_share: what is past the ceiling is divided by the method, else reported */
    int64_t ceiling;
    const kxi_node **ties; /* expressions that order who is tied, the lower first; none: ties stay open */
    size_t tie_count;
    const kxi_adjust *adjust;
    size_t adjust_count;
} kxi_allotment;

/* One condition on the seats there are. */
enum kxi_check_kind {
    KXI_CHECK_SUM,  /* the seats of some rows, or their share of those of others, are within bounds */
    KXI_CHECK_EACH, /* something holds in every row */
    KXI_CHECK_FLAG  /* rows where something holds are named */
};
typedef struct kxi_seat_check {
    kxi_str id, title, clause;
    const kxi_node *node;
    enum kxi_check_kind kind;
    uint32_t of; /* allotment */
    const kxi_node *where, *base,
        *per;                  /* base: whose seats are the whole, of a share; per: a text, each checked alone */
    const kxi_node *condition; /* EACH, FLAG */
    bool share, has_least, has_most;
    kxi_num least, most;
} kxi_seat_check;

typedef struct kxi_plan {
    kxi_str id, title, source;
    const kxi_node *root, *define, *headers; /* define, headers: NULL when not given */
    bool has_as_of;
    kxi_day as_of;
    kxi_str unit, name; /* columns; name may be empty */
    const kxi_plan_column *columns;
    size_t column_count;
    const kxi_allotment *allotments;
    size_t allotment_count;
    const kxi_seat_check *checks;
    size_t check_count;
} kxi_plan;

/* Everything lives in the arena; nodes are borrowed from the doc. KX_E_SCHEME, KX_E_UNSUPPORTED, KX_E_LIMIT, KX_E_NOMEM,
 * each reported with its place; what is doubtful is a warning. */
kx_status kxi_plan_read(const kxi_node *root, kxi_arena *arena, kxi_diag *d, const kxi_plan **out);
/* The column with this name, or KXI_NONE. */
uint32_t kxi_plan_column_find(const kxi_plan *plan, kxi_str name);

#endif
