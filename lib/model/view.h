/* model/view.h: one foreign column on its way into a table.
 *
 * Layer: model, and only there.
 */
#ifndef KXI_MODEL_VIEW_H
#define KXI_MODEL_VIEW_H

#include "model/model_priv.h"

typedef struct kxi_adding {
    kx_table *table;
    kxi_mem *mem;
    kxi_diag *diag;
    kx_column view;
    kxi_str name;
    kxi_place place;
    bool lent;         /* blocks are borrowed, not copied */
    kxi_column column; /* what is being made of it; without release until it is in the table */
} kxi_adding;

/* Copy a block, or borrow it when it is lent. */
kx_status kxi_adding_block(kxi_adding *a, const void *from, size_t size, const void **block, size_t *block_size);
/* Values of fixed width, or bits. */
kx_status kxi_adding_fixed(kxi_adding *a);
/* Values and dictionary of a text column, for all its layouts. */
kx_status kxi_adding_text(kxi_adding *a);

#endif
