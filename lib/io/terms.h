/* io/terms.h: the distinct texts of one column, as one reading thread met them.
 *
 *   " 科普讲座"  -> 0      raw bytes are looked up as they stand; only a new spelling is normalised
 *   "科普讲座"   -> 1      (the joiner finds that 0 and 1 are one text)
 *   "农业"       -> 2
 *
 * Codes are handed out in order of first use, and each knows the block of that use: so the joiner can number the
 * texts of all threads in input order, whoever read what.
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_TERMS_H
#define KXI_IO_TERMS_H

#include "base/map.h"
#include "text/text.h"

#define KXI_CELL_NULL INT32_MIN /* in place of a code, a day or a bool */

typedef struct kxi_term {
    kxi_str text; /* normalised, never empty */
    uint32_t block;
} kxi_term;

typedef struct kxi_terms {
    kxi_mem *mem;
    kxi_arena bytes, scratch;
    kxi_term *list; /* by code */
    size_t count, capacity;
    struct kxi_term_slot *slots;
    size_t slot_count, taken;
} kxi_terms;

void kxi_terms_init(kxi_terms *t, kxi_mem *mem);
void kxi_terms_free(kxi_terms *t);

/* Codes of n <= KXI_TERMS_BATCH valid UTF-8 texts; KXI_CELL_NULL for those that are empty, also after normalising. A
 * text with a NUL in it gets the code KXI_TERM_BAD. KX_E_NOMEM, or KX_E_LIMIT after 2^31 - 1 texts. */
#define KXI_TERMS_BATCH 256
#define KXI_TERM_BAD (INT32_MIN + 1)
kx_status kxi_terms_codes(kxi_terms *t, const kxi_str *texts, size_t n, uint32_t block, int32_t *codes);

#endif
