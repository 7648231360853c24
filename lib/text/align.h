/* text/align.h: tables for a terminal, where Chinese takes two columns.
 *
 *     单位            得分  等次
 *     ------------  ------  ------
 *     金凤区          98.5  优秀
 *     盐池县大水坑…      7  合格
 *
 * Cells are copied as they come; nothing is known of widths before the last, so nothing is printed before. Two spaces stand
 * between columns, none at the end of a line. What would break a line or the terminal (line ends, control characters) is
 * shown as kxi_text_quote does.
 *
 * Layer: text. May include: base.
 */
#ifndef KXI_TEXT_ALIGN_H
#define KXI_TEXT_ALIGN_H

#include "base/str.h"

enum kxi_align_side { KXI_ALIGN_LEFT, KXI_ALIGN_RIGHT };

typedef struct kxi_align_cell {
    kxi_str text;
    size_t width;
} kxi_align_cell;

typedef struct kxi_align_column {
    enum kxi_align_side side;
    size_t width; /* of its widest cell */
} kxi_align_column;

typedef struct kxi_align {
    kxi_arena arena; /* the texts */
    kxi_buf quoted;  /* a cell on its way in */
    kxi_align_column *columns;
    size_t column_count;
    kxi_align_cell *cells; /* row by row; a rule is a row of cells without text (s is NULL) */
    size_t count, capacity;
    bool failed; /* memory is gone: rows are missing, and printing says so */
} kxi_align;

/* KX_E_NOMEM; the table is then empty and may be freed all the same. At least one column. */
kx_status kxi_align_init(kxi_align *t, kxi_mem *mem, const enum kxi_align_side *sides, size_t columns);
void kxi_align_free(kxi_align *t);
/* One cell for each column, valid UTF-8. */
void kxi_align_row(kxi_align *t, const kxi_str *cells);
/* A line of "-" under every column. */
void kxi_align_rule(kxi_align *t);
/* Append the lines to out. With width > 0, lines are made to fit it by cutting text in left columns, the widest first, and
 * "…" where something was cut. Numbers, in right columns, are never cut, nor is a left column to less than KXI_ALIGN_LEAST:
 * what then still does not fit is wider than asked. With width 0 nothing is cut. KX_E_NOMEM. */
kx_status kxi_align_print(const kxi_align *t, size_t width, kxi_buf *out);

enum { KXI_ALIGN_LEAST = 9 }; /* four characters of Chinese and "…" */

#endif
