/* tests/score/fixture.h: the parts of a score as JSON, a few subjects with values, and the score that comes out, as text. All data
 * is made up.
 *
 *   course_init -> course_run(parts, top, data) -> show_node, show_gaps, show_standings, show_notes
 */
#ifndef KEXIE_TESTS_SCORE_FIXTURE_H
#define KEXIE_TESTS_SCORE_FIXTURE_H

#include "score/score.h"
#include "support.h"

struct course {
    struct fault fault; /* of the course's own memory */
    kx_context *ctx;
    kx_error err;
    kxi_diag diag;
    kxi_rules *rules;
    kx_dataset *data;
    kxi_tally *tally;
    kxi_score *score;
    kxi_buf shown;
};

void course_init(struct course *c);
void course_free(struct course *c); /* asserts that nothing is left */
/* On memory watched elsewhere; course_end asserts nothing. */
kx_status course_begin(struct course *c, kxi_mem *mem);
void course_end(struct course *c);

/* Score a scheme with these parts (JSON objects, commas between) over these tables (members of a JSON object), as of the last
 * day of 2025. The tables are
 *
 *   units    code, name, level, parent, and x, y (number), p, q (bool), t (text), d (date), all of which may be null
 *   acts     events: unit, date, n (number), ok (bool), kind (text)
 *   marks
 *
 * Subjects are the counties, in cohorts by province. top: members of the top level, each with a comma after it, such as
 * measures; "" when there are none. It may name its own "score". data "" is fixture_units. */
kx_status course_try(struct course *c, const char *parts, const char *top, const char *data);
void course_run(struct course *c, const char *parts, const char *top, const char *data);
/* From rules and data that are there already to the tally and the score. */
kx_status course_score(struct course *c);

/* Counties A to D of province P, and E of Q:
 *
 *        x    y    p     t     d            q is null for all
 *   A    8   10  true   good  2025-03-01
 *   B   12   10  false  fair  2025-04-01
 *   C    0    0  null   bad   2025-05-01
 *   D  null  10  true   null  null
 *   E   -3  null false  odd   2025-07-01 */
extern const char fixture_units[];

/* Each is a line a subject, without the last line's end; valid until the next call.
 * "A 5/10: curve 14 #2, cap 10", "B na", "C na 4/4", "D ?division"; with lost: " lost 5" when not 0. */
const char *show_node(struct course *c, const char *node);
/* "A cell T1 2025-Q1 0<2 -2.5": kind, unit, where, has < needs (> an upper bound), loss. */
const char *show_gaps(struct course *c, const char *node);
/* "A 12 1= good": total, rank (= when tied), grade; then words: by score, out, cancelled, missed, open, and gates. */
const char *show_standings(struct course *c);
/* Codes of the findings, in order. */
const char *show_notes(struct course *c);

void assert_text(const char *got, const char *expected, const char *what);
/* A part, what show_node makes of it for the subjects of fixture_units, and what else stands at the top. */
struct node_case {
    const char *part, *expected, *top;
};
/* The part's id is N. */
void run_node_case(const struct node_case *t);

#endif
