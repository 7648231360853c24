/* report/builder.h: a table made row by row: declared fields, typed cells, what is not set is null.
 *
 *   kxi_builder_begin -> { kxi_builder_row, _text, _num, ... } -> kxi_builder_end -> kx_table
 *
 * Storage grows by doubling and text is kept once per distinct string. A failure is remembered and returned at the end.
 *
 * Layer: report.
 */
#ifndef KXI_REPORT_BUILDER_H
#define KXI_REPORT_BUILDER_H

#include "base/num.h"
#include "model/table.h"

typedef struct kxi_field {
    const char *name;
    int32_t type;  /* KX_... */
    int32_t scale; /* numbers: KXI_SCALE for values, 0 for whole numbers */
} kxi_field;

typedef struct kxi_builder {
    kx_context *ctx;
    const kxi_field *fields;
    size_t count;
    struct kxi_builder_column *columns;
    size_t rows;
    kx_status status; /* KX_E_NOMEM or KX_E_LIMIT once something failed */
} kxi_builder;

/* fields are borrowed until the end. */
void kxi_builder_begin(kxi_builder *b, kx_context *ctx, const kxi_field *fields, size_t count);
/* Begin the next row. False when it is no use to go on. */
bool kxi_builder_row(kxi_builder *b);
void kxi_builder_text(kxi_builder *b, size_t field, kxi_str s); /* null when s.s is NULL */
void kxi_builder_num(kxi_builder *b, size_t field, kxi_num x);  /* null when it does not fit the field's scale */
void kxi_builder_int(kxi_builder *b, size_t field, int64_t v);  /* whole; dates: days; bools: 0 or 1 */
/* Frees the builder in any case. */
kx_status kxi_builder_end(kxi_builder *b, const char *name, kx_table **out, kxi_diag *d);

#endif
