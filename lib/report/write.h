/* report/write.h: the writers behind kxi_report_write, one for each pair of what and format.
 *
 * They append to out and let the view remember what could not be printed; whoever calls asks both at the end.
 *
 * Layer: report.
 */
#ifndef KXI_REPORT_WRITE_H
#define KXI_REPORT_WRITE_H

#include "report/out.h"
#include "report/view.h"
#include "text/text.h"

void kxi_write_result_json(kxi_out *o, kxi_view *v);
void kxi_write_gaps_json(kxi_out *o, kxi_view *v);
void kxi_write_scores_csv(kxi_out *o, kxi_view *v);
void kxi_write_gaps_csv(kxi_out *o, kxi_view *v);
/* width: of the terminal, 0 for no limit */
void kxi_write_ranking(kxi_out *o, kxi_view *v, size_t width);
void kxi_write_explain(kxi_out *o, kxi_view *v, size_t width);
void kxi_write_gaps(kxi_out *o, kxi_view *v, size_t width);

/* Text from outside as part of a line: nothing in it breaks the line or the terminal. */
static inline void
kxi_write_text(kxi_out *o, kxi_str s)
{
    kxi_text_quote(&o->buf, s, SIZE_MAX);
}
/* "金凤区 640106" */
void kxi_write_subject_name(kxi_out *o, const kxi_view *v, uint32_t subject);
/* The gaps of a subject [at, end), all of one node or gate, as lists by kind and measure, indented. */
void kxi_write_gap_list(kxi_out *o, kxi_view *v, size_t at, size_t end, size_t indent, size_t width);

#endif
