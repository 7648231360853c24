/* tally/reader.h: gives expressions the values of a rowset's rows.
 *
 * Whatever varies on the entries of one column only (text, and what references lead to) is looked up once per entry, before
 * the first row: a slot's table. Rows then take lanes of it by their entry numbers.
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_READER_H
#define KXI_TALLY_READER_H

#include "tally/rowset.h"

typedef struct kxi_reader {
    const kxi_rowset *rs;
    kxi_fold_time when;           /* as_of and the period, as the measure at hand sees them */
    const kxi_vec *const *tables; /* by row slot: size + 1 lanes, the last for null; NULL when it needs none */
    kxi_batch *batch;             /* the rows at hand; NULL while expressions are prepared */
} kxi_reader;

kxi_source kxi_reader_source(kxi_reader *r);
/* Fill in the tables of every slot that e names; tables has room for all row slots, in the arena. */
kx_status kxi_reader_look_up(const kxi_rowset *rs, const kxi_expr *e, kxi_arena *a, const kxi_vec **tables);

/* Lanes codes[i] of a table; the table's own arrays when it is constant. */
kx_status kxi_vec_take(kxi_arena *a, const kxi_vec *table, const uint32_t *codes, size_t n, kxi_vec *out);
/* The values of a column (NULL: nulls of the type) at rows[i], KXI_NONE is null. */
kx_status kxi_vec_of_column(kxi_arena *a, const kxi_column *c, int32_t type, const uint32_t *rows, size_t n,
                            kxi_vec *out);
/* A known value as text: text as it is, 2025-01-31, -0.5, true. */
void kxi_column_print(const kxi_column *c, size_t at, kxi_buf *out);

#endif
