/* apportion/run.h: what the files of a run share. Private to apportion.
 *
 *   run.c     who takes part, bounds, totals        way.c     method, number, choice
 *   adjust.c  adjustments                           checks.c  checks on the seats
 *   say.c     what is said about units
 */
#ifndef KXI_APPORTION_RUN_H
#define KXI_APPORTION_RUN_H

#include "apportion/apportion.h"

#define KXI_RUN_TRY(call)        \
    do {                         \
        kx_status try_ = (call); \
        if (try_ != KX_OK)       \
            return try_;         \
    } while (0)

typedef struct kxi_run {
    const kxi_plan *plan;
    const kxi_seat_source *source;
    kxi_arena *a;
    kxi_numctx num;
    kxi_diag *d;
    kxi_outcome *out;
    bool lost; /* memory was gone while something was being said */
} kxi_run;

/* The allotment being made, with room for what its expressions give. */
typedef struct kxi_making {
    kxi_run *run;
    const kxi_allotment *rules;
    kxi_allotted *out;
    kxi_num *numbers; /* by unit */
    uint8_t *states;
    bool *flags;
} kxi_making;

/* Reports what a call on numbers failed with. */
kx_status kxi_run_num(kxi_run *r, kx_status st);

/* say.c */
kxi_place kxi_say_place(const kxi_run *r, size_t unit);
/* Texts for messages, in the arena; when memory is gone the run is told (lost). A number: */
kxi_str kxi_say_num(kxi_run *r, kxi_num x);
/* "3 .. 5", "3 .." */
kxi_str kxi_say_range(kxi_run *r, int64_t lo, int64_t hi);
/* The names of units with a flag: the first of them, and how many more there are. */
kxi_str kxi_say_units(kxi_run *r, const bool *which, size_t *count);
kx_status kxi_say_unknown(kxi_run *r, size_t unit, const char *key, uint8_t state);
void kxi_seat_add_step(kxi_seat *s, enum kxi_seat_step_kind kind, kxi_num value);

/* A number of seats: whole, not negative, not above KXI_SEATS_MOST; else reported as what the key says. */
kx_status kxi_run_whole(kxi_run *r, size_t unit, const char *key, kxi_num x, int64_t *out);
/* m->numbers and m->states of an expression; every unit that takes part has to be known. */
kx_status kxi_making_numbers(kxi_making *m, const kxi_node *node, const char *key, bool null_allowed);
/* m->flags: true in units that take part and for which it holds; unknown is an error. */
kx_status kxi_making_flags(kxi_making *m, const kxi_node *node, const char *key);

/* way.c */
kx_status kxi_make_seats(kxi_making *m);
/* adjust.c */
kx_status kxi_adjust_seats(kxi_making *m);
/* checks.c */
kx_status kxi_run_checks(kxi_run *r);

#endif
