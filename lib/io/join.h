/* io/join.h: parts of columns, in input order, into whole columns.
 *
 *   block 0: codes of reader 0   block 1: codes of reader 1   block 2: codes of reader 0
 *        \_ one dictionary, numbered by first use in the input, whichever reader met a text first _/
 *
 * So the column's bytes do not depend on how many readers there were.
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_JOIN_H
#define KXI_IO_JOIN_H

#include "io/cells.h"

/* One block of the input, read. */
typedef struct kxi_block {
    uint32_t reader; /* whose terms its codes are */
    size_t rows;
    kxi_part *parts; /* one for each column that is read; owned */
} kxi_block;

/* Numbers that do not fit 64 bits at the scale their column has. */
typedef struct kxi_misfit {
    size_t row;
    int64_t number;
    uint32_t scale, column_scale;
} kxi_misfit;

typedef struct kxi_misfits {
    kxi_mem *mem;
    kxi_misfit *list; /* the first `limit`, by row */
    size_t count, capacity, limit, left_out;
} kxi_misfits;

typedef struct kxi_join {
    kxi_mem *mem;
    const kxi_column_spec *spec;
    uint32_t column; /* index into the blocks' parts */
    kxi_block *blocks;
    size_t block_count, rows;
    kxi_terms *terms; /* of this column: terms[reader * stride] */
    size_t readers, stride;
    kxi_misfits misfits;
} kxi_join;

/* Parts and terms are freed as they are used up. KX_E_NOMEM or KX_E_LIMIT (2^31 - 1 texts). A misfit is null in the
 * column. */
kx_status kxi_join_column(kxi_join *j, kxi_column *out);

/* renumber.c: the codes of each reader's terms in the column's dictionary. */
struct kxi_renumbering {
    int32_t **codes; /* by reader, by term */
    size_t *next;    /* the first of each reader's terms that has none yet */
};
/* KX_E_NOMEM or KX_E_LIMIT; free it in any case, before the terms change. */
kx_status kxi_renumber(kxi_join *j, struct kxi_renumbering *r, kxi_strmap *map);
void kxi_renumbering_free(kxi_join *j, struct kxi_renumbering *r);

#endif
