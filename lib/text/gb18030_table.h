/* text/gb18030_table.h: what is known of GB18030, made by make_gb18030.py; read by gb18030.c alone.
 *
 *   two bytes   81..FE, then 40..7E or 80..FE: a table of 126 rows of 190
 *   four bytes  81..FE, 30..39, 81..FE, 30..39: digits of a linear index; up to U+FFFF in runs of consecutive code points,
 *               from index 189000 on arithmetic
 *
 * Layer: text. May include: nothing of ours.
 */
#ifndef KXI_TEXT_GB18030_TABLE_H
#define KXI_TEXT_GB18030_TABLE_H

#include <stdint.h>

enum { KXI_GB18030_BEYONDS = 6, KXI_GB18030_RUNS = 208 };

typedef struct kxi_gb18030_beyond {
    uint16_t pair; /* index in the table of pairs, which has 0 there */
    int32_t code_point;
} kxi_gb18030_beyond;

typedef struct kxi_gb18030_run {
    uint16_t linear, code_point; /* of its first; ascending by linear */
} kxi_gb18030_run;

extern const uint16_t kxi_gb18030_pairs[126 * 190];
extern const kxi_gb18030_beyond kxi_gb18030_beyonds[KXI_GB18030_BEYONDS];
extern const kxi_gb18030_run kxi_gb18030_runs[KXI_GB18030_RUNS];

#endif
