/* A small score made by hand, with one of everything that can be shown. Made-up data: units, points and texts mean nothing.
 *
 *   demo                          100                 640104 甲县     A1 15 of 20, A2 unknown: no total
 *     A  组织建设                  30                 640105 乙"县"   rank 1, everything known, grade by a gate
 *       A1 三长吸纳                20  coverage        640106 (no name) A1 does not apply and leaves the scale; rank 2
 *       A2 含逗号,与"引号"         10  label
 *     P1 (bonus), N1 (deduction)
 */
#ifndef KEXIE_TESTS_REPORT_FIXTURE_H
#define KEXIE_TESTS_REPORT_FIXTURE_H

#include <stdio.h>

#include "report/report.h"
#include "support.h"

struct fixture {
    struct fault fault;
    kx_context *ctx;
    kxi_arena arena;
    kxi_numctx num;
    kxi_rules rules;
    kx_dataset dataset;
    kxi_bound_table table;
    kxi_universe universe;
    kxi_score score;
};

enum { N_SCORE, N_A, N_A1, N_A2, N_P1, N_N1, NODES };
enum { S_104, S_105, S_106, SUBJECTS };

void fixture_init(struct fixture *f, int32_t language);
void fixture_free(struct fixture *f); /* asserts that nothing is left */

/* What a writer wrote; a kx_write_fn. */
struct written {
    char *s;
    size_t n, pieces, stop_after; /* stop_after 0: never */
};
int keep_bytes(void *user, const char *bytes, size_t length);

/* Reports into w; returns the status. */
kx_status write_result(const kxi_score *score, const kx_write_options *options, struct written *w, kx_error *err);

#endif
