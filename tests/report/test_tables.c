#include "suite.h"

#include "text/date.h"

static struct fixture f;

static void
setup(void)
{
    fixture_init(&f, KX_LANG_EN);
}

static void
teardown(void)
{
    fixture_free(&f);
}

/* A value as text, "-" for null: numbers without trailing zeros, dates, bools as 0 and 1. */
static const char *
value_at(const kx_table *t, const char *column, size_t row, char *to, size_t size)
{
    uint32_t at = kxi_table_find(t, kxi_str_of(column));
    ck_assert_msg(at != KXI_NONE, "no column %s", column);
    const kxi_column *c = &t->columns[at];
    char date[11];
    if (!kxi_column_known(c, row))
        return "-";
    if (c->type == KX_TEXT) {
        kxi_str s = kxi_column_text(c, row);
        snprintf(to, size, "%.*s", (int)s.n, s.s);
    } else if (c->type == KX_DATE) {
        kxi_date_print((kxi_day)kxi_column_int(c, row), date);
        snprintf(to, size, "%s", date);
    } else {
        snprintf(to, size, "%lld", (long long)kxi_column_int(c, row));
    }
    return to;
}

/* Numbers are millionths when the column has six digits. */
static const struct {
    int32_t which;
    size_t row;
    const char *column, *value;
} values[] = {
    { KX_RESULT_SUBJECTS, 0, "subject", "640104" },
    { KX_RESULT_SUBJECTS, 0, "name", "甲县" },
    { KX_RESULT_SUBJECTS, 0, "total", "-" },
    { KX_RESULT_SUBJECTS, 0, "total_exact", "-" },
    { KX_RESULT_SUBJECTS, 0, "rank", "-" },
    { KX_RESULT_SUBJECTS, 0, "complete", "0" },
    { KX_RESULT_SUBJECTS, 0, "gates", "" },
    { KX_RESULT_SUBJECTS, 1, "total", "25830000" },
    { KX_RESULT_SUBJECTS, 1, "total_exact", "25.83" },
    { KX_RESULT_SUBJECTS, 1, "rank", "1" },
    { KX_RESULT_SUBJECTS, 1, "grade", "不合格" },
    { KX_RESULT_SUBJECTS, 1, "grade_by_score", "合格" },
    { KX_RESULT_SUBJECTS, 1, "gates", "V1" },
    { KX_RESULT_SUBJECTS, 2, "name", "-" },
    { KX_RESULT_SUBJECTS, 2, "tied", "1" },
    { KX_RESULT_SUBJECTS, 2, "missed_place", "1" },
    /* six rows a subject: score, A, A1, A2, P1, N1 */
    { KX_RESULT_INDICATORS, 0, "parent", "-" },
    { KX_RESULT_INDICATORS, 0, "reason", "depends" },
    { KX_RESULT_INDICATORS, 2, "subject", "640104" },
    { KX_RESULT_INDICATORS, 2, "indicator", "A1" },
    { KX_RESULT_INDICATORS, 2, "parent", "A" },
    { KX_RESULT_INDICATORS, 2, "clause", "三(一)1" },
    { KX_RESULT_INDICATORS, 2, "value", "750000" },
    { KX_RESULT_INDICATORS, 2, "value_exact", "0.75" },
    { KX_RESULT_INDICATORS, 2, "numerator", "3000000" },
    { KX_RESULT_INDICATORS, 2, "denominator", "4000000" },
    { KX_RESULT_INDICATORS, 2, "points", "15000000" },
    { KX_RESULT_INDICATORS, 2, "lost_exact", "5" },
    { KX_RESULT_INDICATORS, 2, "curve", "ratio" },
    { KX_RESULT_INDICATORS, 3, "state", "unknown" },
    { KX_RESULT_INDICATORS, 3, "reason", "null" },
    { KX_RESULT_INDICATORS, 3, "points", "-" },
    { KX_RESULT_INDICATORS, 8, "value", "-" }, /* 2/3 does not fit six digits */
    { KX_RESULT_INDICATORS, 8, "value_exact", "2/3" },
    { KX_RESULT_INDICATORS, 8, "steps", "curve 40/3; round 13.33" },
    { KX_RESULT_INDICATORS, 9, "type", "text" },
    { KX_RESULT_INDICATORS, 9, "value", "-" },
    { KX_RESULT_INDICATORS, 9, "value_exact", "好" },
    { KX_RESULT_INDICATORS, 9, "track", "审核" },
    { KX_RESULT_INDICATORS, 9, "note", "查阅资料" },
    { KX_RESULT_INDICATORS, 11, "points_exact", "-0.5" },
    { KX_RESULT_INDICATORS, 11, "kind", "deduction" },
    { KX_RESULT_INDICATORS, 14, "state", "na" },
    { KX_RESULT_INDICATORS, 14, "points", "-" },
    { KX_RESULT_INDICATORS, 15, "value_exact", "true" },
    { KX_RESULT_CELLS, 0, "measure", "heads" },
    { KX_RESULT_CELLS, 0, "subject_name", "甲县" },
    { KX_RESULT_CELLS, 0, "from", "2025-01-01" },
    { KX_RESULT_CELLS, 0, "to", "2025-03-31" },
    { KX_RESULT_CELLS, 0, "has_exact", "0" },
    { KX_RESULT_CELLS, 0, "min", "1000000" },
    { KX_RESULT_CELLS, 0, "max", "-" },
    { KX_RESULT_CELLS, 0, "met", "0" },
    { KX_RESULT_CELLS, 1, "state", "no_rows" },
    { KX_RESULT_CELLS, 1, "has", "-" },
    { KX_RESULT_CELLS, 1, "max", "-" },
    { KX_RESULT_CELLS, 1, "max_exact", "16/3" },
    { KX_RESULT_CELLS, 1, "unit_name", "-" },
    { KX_RESULT_GAPS, 0, "indicator", "A1" },
    { KX_RESULT_GAPS, 0, "gate", "-" },
    { KX_RESULT_GAPS, 0, "where", "院长" },
    { KX_RESULT_GAPS, 0, "needs", "1000000" },
    { KX_RESULT_GAPS, 0, "loss", "-" },
    { KX_RESULT_GAPS, 0, "loss_exact", "5/3" },
    { KX_RESULT_GAPS, 0, "responsible", "P001" },
    { KX_RESULT_GAPS, 1, "kind", "missing" },
    { KX_RESULT_GAPS, 1, "has_exact", "-" },
    { KX_RESULT_GAPS, 2, "upper", "1" },
    { KX_RESULT_GAPS, 2, "responsible", "-" },
    { KX_RESULT_GAPS, 3, "indicator", "-" },
    { KX_RESULT_GAPS, 3, "gate", "V1" },
    { KX_RESULT_GAPS, 3, "has", "-" },
    { KX_RESULT_GAPS, 3, "has_exact", "是" },
    { KX_RESULT_GAPS, 3, "responsible", "办公室" },
};

START_TEST(value)
{
    char text[256];
    kx_table *t;
    ck_assert_int_eq(kxi_report_table(&f.score, values[_i].which, &t, NULL), KX_OK);
    const char *found = value_at(t, values[_i].column, values[_i].row, text, sizeof(text));
    ck_assert_msg(strcmp(found, values[_i].value) == 0, "table %d, row %zu, %s: \"%s\" instead of \"%s\"",
                  (int)values[_i].which, values[_i].row, values[_i].column, found, values[_i].value);
    kxi_table_unref(t);
}
END_TEST

static const struct {
    int32_t which;
    size_t rows;
    const char *columns;
} shapes[] = {
    { KX_RESULT_SUBJECTS, 3,
      "subject name cohort total total_exact rank tied grade grade_by_score admitted complete cancelled missed_place place_open "
      "gates" },
    { KX_RESULT_INDICATORS, 18,
      "subject indicator parent title clause kind curve scored state reason type value value_exact numerator denominator full "
      "full_exact points points_exact lost lost_exact track note steps weight weight_exact" },
    { KX_RESULT_CELLS, 2,
      "subject subject_name measure unit unit_name where from to state has has_exact min min_exact max max_exact met" },
    { KX_RESULT_GAPS, 4,
      "subject subject_name indicator gate kind measure unit unit_name where from to has has_exact needs needs_exact upper loss "
      "loss_exact responsible" },
    { KX_RESULT_FINDINGS, 0, "severity code input line column pointer message" },
};

START_TEST(shape)
{
    char names[512] = "";
    kx_table *t;
    ck_assert_int_eq(kxi_report_table(&f.score, shapes[_i].which, &t, NULL), KX_OK);
    for (size_t i = 0; i < t->column_count; i++) {
        strcat(names, i ? " " : "");
        strcat(names, t->columns[i].name.s);
    }
    ck_assert_str_eq(names, shapes[_i].columns);
    ck_assert_uint_eq(t->rows, shapes[_i].rows);
    kxi_table_unref(t);
}
END_TEST

START_TEST(no_such_table)
{
    static const int32_t numbers[] = { -1, 0, 6, INT32_MAX, INT32_MIN };
    kx_table *t = (kx_table *)&f;
    ck_assert_int_eq(kxi_report_table(&f.score, numbers[_i], &t, NULL), KX_E_ARGUMENT);
    ck_assert_ptr_null(t);
}
END_TEST

/* A table lives on without the score. */
START_TEST(outlives_the_score)
{
    char text[64];
    kx_table *t;
    ck_assert_int_eq(kxi_report_table(&f.score, KX_RESULT_GAPS, &t, NULL), KX_OK);
    memset((void *)(uintptr_t)f.score.gaps, 0x55, f.score.gap_count * sizeof(*f.score.gaps));
    f.score.gap_count = 0;
    ck_assert_str_eq(value_at(t, "unit_name", 0, text, sizeof(text)), "东街");
    kxi_table_unref(t);
}
END_TEST

/* ---- findings ---- */

static void
find(kxi_findings *list, const char *input, uint32_t line, uint64_t offset)
{
    kxi_diag d = { .language = KX_LANG_EN, .collect = true, .all = list };
    kxi_place place = { .input = kxi_str_of(input), .line = line, .column = line ? 3 : 0, .offset = offset };
    KXI_FAIL(&d, SUBJECT_NEAR, place, KXI_A_INT(offset), KXI_A_CSTR("x"));
}

static void
check_order(bool by_place, const char *expected)
{
    kxi_findings list;
    kx_table *t;
    char order[128] = "", text[256];
    kxi_findings_init(&list, &f.ctx->mem, 10);
    find(&list, "b.csv", 9, 90);
    find(&list, "a.csv", 7, 70);
    find(&list, "b.csv", 0, 1);
    find(&list, "b.csv", 2, 20);
    find(&list, "a.csv", 7, 70);
    find(&list, "", 0, 0);
    ck_assert_int_eq(kxi_report_findings(f.ctx, &list, by_place, &t, NULL), KX_OK);
    ck_assert_uint_eq(t->rows, 6);
    for (size_t i = 0; i < 6; i++) {
        strcat(order, value_at(t, "input", i, text, sizeof(text)));
        strcat(order, ":");
        strcat(order, value_at(t, "line", i, text, sizeof(text)));
        strcat(order, " ");
    }
    ck_assert_str_eq(order, expected);
    kxi_table_unref(t);
    kxi_findings_free(&list);
}

START_TEST(findings_in_order)
{
    check_order(false, "b.csv:9 a.csv:7 b.csv:- b.csv:2 a.csv:7 -:- ");
    check_order(true, "-:- a.csv:7 a.csv:7 b.csv:2 b.csv:9 b.csv:- ");
}
END_TEST

START_TEST(findings_left_out_are_counted)
{
    kxi_findings list;
    kx_table *t;
    char text[256];
    kxi_findings_init(&list, &f.ctx->mem, 2);
    for (uint32_t i = 1; i <= 5; i++)
        find(&list, "a.csv", i, i);
    ck_assert_int_eq(kxi_report_findings(f.ctx, &list, true, &t, NULL), KX_OK);
    ck_assert_uint_eq(t->rows, 3);
    ck_assert_str_eq(value_at(t, "severity", 2, text, sizeof(text)), "note");
    ck_assert(strncmp(value_at(t, "message", 2, text, sizeof(text)), "3 more", 6) == 0);
    kxi_table_unref(t);
    kxi_findings_free(&list);
}
END_TEST

TCase *
tables_tests(void)
{
    TCase *t = tcase_create("tables");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, value, 0, COUNT(values));
    tcase_add_loop_test(t, shape, 0, COUNT(shapes));
    tcase_add_loop_test(t, no_such_table, 0, 5);
    tcase_add_test(t, outlives_the_score);
    tcase_add_test(t, findings_in_order);
    tcase_add_test(t, findings_left_out_are_counted);
    return t;
}
