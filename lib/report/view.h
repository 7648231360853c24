/* report/view.h: one look at a score: which subjects and nodes, in which language, and the printing of its numbers.
 *
 * Texts that are printed live in the view's arena until kxi_view_next. A failure is remembered in `status`.
 *
 * Layer: report.
 */
#ifndef KXI_REPORT_VIEW_H
#define KXI_REPORT_VIEW_H

#include "report/phrases.h"
#include "score/score.h"

typedef struct kxi_view {
    const kxi_score *score;
    const kxi_rules *rules;
    const kxi_universe *universe;
    kx_context *ctx;
    int32_t language;
    kxi_arena arena;
    kxi_numctx num;
    kx_status status;     /* KX_E_NOMEM or KX_E_LIMIT once printing failed */
    uint32_t first, last; /* subjects [first, last) */
    uint32_t node;        /* this node and what stands under it; KXI_NONE: all */
} kxi_view;

/* All subjects and nodes. */
void kxi_view_begin(kxi_view *v, const kxi_score *score);
/* Only these; NULL for all. KX_E_NOTFOUND. */
kx_status kxi_view_only(kxi_view *v, const char *subject, const char *indicator, kxi_diag *d);
/* What was printed so far is no longer needed. */
void kxi_view_next(kxi_view *v);
kx_status kxi_view_end(kxi_view *v, kxi_diag *d);

bool kxi_view_shows(const kxi_view *v, uint32_t node);
/* The gaps of a subject: [*from, *to). */
void kxi_view_gaps(const kxi_view *v, uint32_t subject, size_t *from, size_t *to);
/* Whether a gap is to be shown: gates are left out when one node is asked for. */
bool kxi_view_shows_gap(const kxi_view *v, const kxi_gap *gap);

/* The whole truth: "0.75", "1/3". */
kxi_str kxi_view_num(kxi_view *v, kxi_num x);
/* As points are shown: the digits of the scheme. */
kxi_str kxi_view_points(kxi_view *v, kxi_num x);
kxi_str kxi_view_fixed(kxi_view *v, kxi_num x, int places);
kxi_str kxi_view_int(kxi_view *v, int64_t i);
/* For people: exact when its digits end, else "≈" and four of them. */
kxi_str kxi_view_short(kxi_view *v, kxi_num x);
kxi_str kxi_view_fraction(kxi_view *v, kxi_num n, kxi_num d); /* "3/4", as counted */
kxi_str kxi_view_joined(kxi_view *v, kxi_str a, kxi_str b);   /* with a space between */
kxi_str kxi_view_date(kxi_view *v, kxi_day day);
/* The value of a fact as text: number, true or false, date, label; no text (NULL) when it has none. */
kxi_str kxi_view_value(kxi_view *v, const kxi_fact *f);
/* What a gap has and needs; no text when that is not known. */
kxi_str kxi_view_has(kxi_view *v, const kxi_gap *g);
kxi_str kxi_view_needs(kxi_view *v, const kxi_gap *g);
/* Who has to see to it: what the measure says, or the text of that column of the gap's unit; no text when it says nothing. */
kxi_str kxi_view_responsible(const kxi_view *v, const kxi_gap *g);
/* The kept text, or no text (NULL) when it is empty. */
kxi_str kxi_view_text(kxi_str s);
/* The phrase in the view's language with its arguments put in. */
kxi_str kxi_view_phrase(kxi_view *v, enum kxi_phrase phrase, const kxi_str *args, size_t count);
#define KXI_SAY(v, name, ...)                                            \
    kxi_view_phrase((v), KXI_P_##name, (const kxi_str[]){ __VA_ARGS__ }, \
                    sizeof((const kxi_str[]){ __VA_ARGS__ }) / sizeof(kxi_str))
#define KXI_SAY0(v, name) kxi_view_phrase((v), KXI_P_##name, NULL, 0)

/* Marks between parts of a line. */
const char *kxi_view_comma(const kxi_view *v);
const char *kxi_view_semicolon(const kxi_view *v);
const char *kxi_view_colon(const kxi_view *v);

/* Whether the node's points count for the subject: they are known, or were given though it does not apply. */
bool kxi_fact_has_points(const kxi_fact *f);
kxi_str kxi_grade_name(const kxi_rules *rules, uint32_t grade); /* no text (NULL) when there is none */

kxi_str kxi_gate_grade(const kxi_rules *rules,
                       const kxi_gate *g); /* likewise when the gate's effect is none on grades */

/* Stable names, as documents have them. */
const char *kxi_fact_state_name(const kxi_fact *f); /* known, na, unknown */
kxi_str kxi_state_code(kxi_view *v, uint8_t state); /* division, no_rows, ...; no text when known */
const char *kxi_kind_name(enum kxi_kind kind);      /* ordinary, bonus, deduction */
const char *kxi_curve_name(enum kxi_curve_kind kind);
const char *kxi_value_type_name(enum kxi_vtype type); /* number, bool, date, text */
const char *kxi_gate_effect_name(const kxi_gate *g);  /* admit, grade, ceiling, cancel */
/* Codes, and words in a language. */
const char *kxi_step_code(enum kxi_step_kind kind);
const char *kxi_step_word(enum kxi_step_kind kind, int32_t language);
const char *kxi_gap_code(enum kxi_gap_kind kind);
const char *kxi_gap_word(enum kxi_gap_kind kind, int32_t language);

#endif
