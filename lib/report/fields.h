/* report/fields.h: the fields of the tables that come out, in order; doc/result.md describes them. Names and order are part of
 * the interface; new fields come last.
 *
 * Layer: report, and only tables.c.
 */
#ifndef KXI_REPORT_FIELDS_H
#define KXI_REPORT_FIELDS_H

#include "report/builder.h"

/* Type and scale. */
#define VALUE KX_NUMBER, KXI_SCALE
#define WHOLE KX_NUMBER, 0
#define TEXT KX_TEXT, 0
#define BOOL KX_BOOL, 0
#define DATE KX_DATE, 0

/* clang-format off */
#define SUBJECT_FIELDS(X) \
    X(SUBJECT, "subject", TEXT) X(NAME, "name", TEXT) X(COHORT, "cohort", TEXT) X(TOTAL, "total", VALUE) \
    X(TOTAL_EXACT, "total_exact", TEXT) X(RANK, "rank", WHOLE) X(TIED, "tied", BOOL) X(GRADE, "grade", TEXT) \
    X(GRADE_BY_SCORE, "grade_by_score", TEXT) X(ADMITTED, "admitted", BOOL) X(COMPLETE, "complete", BOOL) \
    X(CANCELLED, "cancelled", BOOL) X(MISSED_PLACE, "missed_place", BOOL) X(PLACE_OPEN, "place_open", BOOL) \
    X(GATES, "gates", TEXT)

#define INDICATOR_FIELDS(X) \
    X(SUBJECT, "subject", TEXT) X(ID, "indicator", TEXT) X(PARENT, "parent", TEXT) X(TITLE, "title", TEXT) \
    X(CLAUSE, "clause", TEXT) X(KIND, "kind", TEXT) X(CURVE, "curve", TEXT) X(SCORED, "scored", BOOL) \
    X(STATE, "state", TEXT) X(REASON, "reason", TEXT) X(TYPE, "type", TEXT) X(VALUE_, "value", VALUE) \
    X(VALUE_EXACT, "value_exact", TEXT) X(NUMERATOR, "numerator", VALUE) X(DENOMINATOR, "denominator", VALUE) \
    X(FULL, "full", VALUE) X(FULL_EXACT, "full_exact", TEXT) X(POINTS, "points", VALUE) \
    X(POINTS_EXACT, "points_exact", TEXT) X(LOST, "lost", VALUE) X(LOST_EXACT, "lost_exact", TEXT) \
    X(TRACK, "track", TEXT) X(NOTE, "note", TEXT) X(STEPS, "steps", TEXT) \
    X(WEIGHT, "weight", VALUE) X(WEIGHT_EXACT, "weight_exact", TEXT)

#define CELL_FIELDS(X) \
    X(SUBJECT, "subject", TEXT) X(SUBJECT_NAME, "subject_name", TEXT) X(MEASURE, "measure", TEXT) \
    X(UNIT, "unit", TEXT) X(UNIT_NAME, "unit_name", TEXT) X(WHERE, "where", TEXT) X(FROM, "from", DATE) \
    X(TO, "to", DATE) X(STATE, "state", TEXT) X(HAS, "has", VALUE) X(HAS_EXACT, "has_exact", TEXT) \
    X(MIN, "min", VALUE) X(MIN_EXACT, "min_exact", TEXT) X(MAX, "max", VALUE) X(MAX_EXACT, "max_exact", TEXT) \
    X(MET, "met", BOOL)

#define GAP_FIELDS(X) \
    X(SUBJECT, "subject", TEXT) X(SUBJECT_NAME, "subject_name", TEXT) X(INDICATOR, "indicator", TEXT) \
    X(GATE, "gate", TEXT) X(KIND, "kind", TEXT) X(MEASURE, "measure", TEXT) X(UNIT, "unit", TEXT) \
    X(UNIT_NAME, "unit_name", TEXT) X(WHERE, "where", TEXT) X(FROM, "from", DATE) X(TO, "to", DATE) \
    X(HAS, "has", VALUE) X(HAS_EXACT, "has_exact", TEXT) X(NEEDS, "needs", VALUE) \
    X(NEEDS_EXACT, "needs_exact", TEXT) X(UPPER, "upper", BOOL) X(LOSS, "loss", VALUE) \
    X(LOSS_EXACT, "loss_exact", TEXT) X(RESPONSIBLE, "responsible", TEXT)

#define NODE_FIELDS(X) \
    X(ID, "id", TEXT) X(TITLE, "title", TEXT) X(PARENT, "parent", TEXT) X(KIND, "kind", TEXT) \
    X(POINTS, "points", TEXT) X(CLAUSE, "clause", TEXT) X(VALUE_, "value", TEXT) X(CURVE, "curve", TEXT) \
    X(SCORED, "scored", BOOL)
/* clang-format on */

#endif
