/* report/report.h: what leaves: tables, JSON, CSV and aligned text, out of the facts of a score.
 *
 *   kxi_score --+--> kx_table      subjects, indicators, cells, gaps, findings   (tables.c, findings.c)
 *               +--> JSON          the format kexie-result/1                      (json.c)
 *               +--> CSV           scores, gaps                                   (csv.c)
 *               +--> text          ranking, explanation, gaps                     (ranking.c, explain.c)
 *
 * Nothing here writes to the score, so threads may share one; every call works in an arena of its own. Output goes in
 * pieces to the caller's function and is never held as a whole.
 *
 * Layer: report. May include: base, text, model, expr, rules, tally, score.
 */
#ifndef KXI_REPORT_REPORT_H
#define KXI_REPORT_REPORT_H

#include "score/score.h"

/* A frozen table; which: KX_RESULT_..., else KX_E_ARGUMENT. */
kx_status kxi_report_table(const kxi_score *score, int32_t which, kx_table **out, kxi_diag *d);
/* Severity, code, input, line, column, pointer, message. by_place: in the order of the text they are about, else as found. */
kx_status kxi_report_findings(kx_context *ctx, const kxi_findings *findings, bool by_place, kx_table **out,
                              kxi_diag *d);
/* The score tree of a scheme. */
kx_status kxi_report_nodes(const kxi_rules *rules, kx_table **out, kxi_diag *d);

/* Defaults are in; options are checked: an unknown `what` or format is KX_E_ARGUMENT, a pair that does not exist
 * KX_E_UNSUPPORTED. */
kx_status kxi_report_write(const kxi_score *score, const kx_write_options *options, kx_write_fn write, void *user,
                           kxi_diag *d);
kx_status kxi_report_write_table(const kx_table *table, const kx_write_options *options, kx_write_fn write, void *user,
                                 kxi_diag *d);

#endif
