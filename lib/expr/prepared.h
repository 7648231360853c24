/* expr/prepared.h: an expression with all of it computed that does not vary by row. Private to expr.
 *
 * Layer: expr. May include: base, text, model.
 */
#ifndef KXI_EXPR_PREPARED_H
#define KXI_EXPR_PREPARED_H

#include "expr/compiler.h"

typedef struct kxi_gathered {
    uint32_t code, domain;
} kxi_gathered;

struct kxi_prepared {
    const kxi_expr *e;
    uint32_t max_digits;
    kxi_vec *values;       /* by code: constants, values of the run, tables over a domain; not those of rows */
    const uint32_t *steps; /* live codes over rows, in order */
    size_t step_count;
    const kxi_gathered *gathered; /* tables that rows look into, those of one domain together */
    size_t gathered_count;
    const bool *by_rows; /* by code: steps, and tables that are gathered */
};

/* What a source handed out for a slot, checked against what the compiler was told; n lanes. KX_E_ARGUMENT: it does not fit. */
kx_status kxi_vec_adopt(const kxi_code *c, size_t n, kxi_vec *v);

#endif
