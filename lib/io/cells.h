/* io/cells.h: the values of one column of one block, from text to what the column stores.
 *
 *   fields "2025-03-01", "", "2025/3/9" --kxi_cells_add, by batches--> days in a scratch array that is used again
 *   end of the block                    --kxi_cells_pack------------------> a part: as narrow as its values allow
 *
 * A value that does not read is reported as a fault and becomes null; whoever gave the fields knows their places.
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_CELLS_H
#define KXI_IO_CELLS_H

#include "io/terms.h"
#include "model/table.h"

#define KXI_CELLS_BATCH KXI_TERMS_BATCH /* fields converted at a time */

/* A value that was refused. */
typedef struct kxi_fault {
    uint32_t row;     /* of the batch */
    uint32_t column;  /* as kxi_cells was told */
    enum kxi_msg msg; /* {0} is the header, {1} the text */
    kxi_str text;     /* the element of a list, else the field; as long as the field */
} kxi_fault;

typedef struct kxi_faults {
    kxi_mem *mem;
    kxi_fault *list;
    size_t count, capacity;
} kxi_faults;

/* The packed values of one column of one block. */
typedef struct kxi_part {
    void *values;       /* count signed integers of `width` bytes; 0 where null */
    uint32_t width;     /* 1, 2, 4 or 8 */
    uint32_t scale;     /* numbers */
    uint8_t *scales;    /* NULL; or, when the numbers fit no one scale together, each number's own */
    uint8_t *validity;  /* NULL when none is null */
    uint32_t *lengths;  /* lists: values of each row */
    size_t count, rows; /* without lists the same */
    int64_t min, max;   /* of the values as stored; 0 when all are null */
} kxi_part;

typedef struct kxi_cells {
    kxi_mem *mem;
    kxi_terms *terms; /* text */
    int32_t type;     /* KX_... */
    bool list;
    uint32_t column;    /* for faults */
    size_t count, rows; /* without lists the same */
    int32_t *small;     /* codes, days, bools; KXI_CELL_NULL is null */
    int64_t *numbers;   /* numbers as written without the point, and the digits behind it; KXI_SCALE_NULL is null */
    uint8_t *scales;
    uint32_t *lengths; /* lists: values of each row */
    kxi_str *elements; /* of the list being split */
    size_t small_capacity, number_capacity, scale_capacity, length_capacity, element_capacity;
    kxi_arena scratch; /* spellings that are not plain */
    struct month {
        uint32_t number; /* 12 * year + month; 0 is none */
        int32_t before, days;
    } months[64]; /* what dates lately began with */
} kxi_cells;
#define KXI_SCALE_NULL UINT8_MAX

/* terms: borrowed, for text. */
void kxi_cells_init(kxi_cells *c, kxi_mem *mem, int32_t type, bool list, uint32_t column, kxi_terms *terms);
void kxi_cells_free(kxi_cells *c);
/* Append n <= KXI_CELLS_BATCH fields of valid UTF-8; an empty one is null. block: whose first use of a text this is.
 * Faults are appended in the order of rows. KX_E_NOMEM or KX_E_LIMIT (terms). */
kx_status kxi_cells_add(kxi_cells *c, const kxi_str *fields, size_t n, uint32_t block, kxi_faults *faults);
/* Append one row to a column of lists, whose elements are known already; row is what faults say. */
kx_status kxi_cells_add_list(kxi_cells *c, uint32_t row, const kxi_str *elements, size_t n, uint32_t block,
                             kxi_faults *faults);
/* Move what was gathered into a part, exactly as large as it must be; the cells are empty again. KX_E_NOMEM. */
kx_status kxi_cells_pack(kxi_cells *c, kxi_part *out);
void kxi_part_free(kxi_mem *mem, kxi_part *p);

/* Numbers, dates and bools as tables write them; what is not plain goes through scratch. The message says what is
 * wrong, KXI_MSG_NONE that it is null or well; *scale is KXI_SCALE_NULL, *out KXI_CELL_NULL for null. */
kx_status kxi_cell_number(kxi_arena *scratch, kxi_str s, int64_t *v, uint8_t *scale, enum kxi_msg *msg);
kx_status kxi_cell_date(kxi_arena *scratch, kxi_str s, int32_t *out, enum kxi_msg *msg);
kx_status kxi_cell_bool(kxi_arena *scratch, kxi_str s, int32_t *out, enum kxi_msg *msg);
/* v / 10^scale, scale 0 to 6, as text in the 32 bytes. */
kxi_str kxi_cell_print(char out[32], int64_t v, uint32_t scale);

#endif
