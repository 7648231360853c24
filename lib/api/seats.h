/* api/seats.h: what stands between the layer apportion, which knows neither tables nor expressions, and those that do.
 *
 *   rules text --io--> nodes --apportion--> plan --> schema of one table
 *   kx_table --model--> dataset --> source: every value of the plan is an expression over its columns
 *   outcome --> tables
 *
 * Layer: api, and only there.
 */
#ifndef KXI_API_SEATS_H
#define KXI_API_SEATS_H

#include "api/api.h"
#include "apportion/apportion.h"
#include "expr/expr.h"

/* Rules as read, with the schema of the table they are for. */
typedef struct kxi_seat_rules {
    kx_context *ctx;
    kxi_doc *doc;
    kxi_arena arena;
    const kxi_plan *plan;
    kxi_table_spec spec;
    kxi_schema schema;
} kxi_seat_rules;

/* seats_rules.c. free gives everything back, also of rules that failed. */
kx_status kxi_seat_rules_read(kx_context *ctx, kxi_str name, kxi_str text, kxi_diag *d, kxi_seat_rules *out);
void kxi_seat_rules_free(kxi_seat_rules *rules);

/* Units in the order of their names, and their columns as batches. */
typedef struct kxi_unit_table {
    const kxi_seat_rules *rules;
    const kxi_bound_table *table;
    kxi_arena *arena; /* of the run */
    uint32_t *rows;   /* unit -> row */
    kxi_str *names;
    kxi_vec *columns;    /* by column of the plan */
    bool *made;          /* whether the batch of a column is */
    kxi_outcome outcome; /* filled by the run; earlier seats are looked up here */
    kxi_diag *d;
} kxi_unit_table;

/* seats_source.c: ds holds the table, bound. */
kx_status kxi_unit_table_init(kxi_unit_table *t, const kxi_seat_rules *rules, const kx_dataset *ds, kxi_arena *arena,
                              kxi_diag *d);
kxi_seat_source kxi_unit_source(kxi_unit_table *t);

/* seats_tables.c: each is owned by the caller. */
kx_status kxi_seat_tables(const kxi_unit_table *t, kx_seats *out, kxi_diag *d);

#endif
