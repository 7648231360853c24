#include "suite.h"

#include <stdlib.h>

/* Every pair of what and format, and what else may be wrong with options. */
static const struct {
    int32_t what, format, width;
    const char *subject, *indicator;
    kx_status status;
    const char *says;
} cases[] = {
    { 0, 0, 0, NULL, NULL, KX_OK, "" },
    { KX_WRITE_SCORES, KX_FORMAT_TEXT, 0, NULL, NULL, KX_OK, "" },
    { KX_WRITE_SCORES, KX_FORMAT_CSV, 0, NULL, NULL, KX_OK, "" },
    { KX_WRITE_SCORES, KX_FORMAT_JSON, 0, NULL, NULL, KX_E_UNSUPPORTED, "JSON" },
    { KX_WRITE_EXPLAIN, KX_FORMAT_TEXT, 0, NULL, NULL, KX_OK, "" },
    { KX_WRITE_EXPLAIN, KX_FORMAT_CSV, 0, NULL, NULL, KX_E_UNSUPPORTED, "CSV" },
    { KX_WRITE_EXPLAIN, KX_FORMAT_JSON, 0, NULL, NULL, KX_E_UNSUPPORTED, "explain" },
    { KX_WRITE_GAPS, KX_FORMAT_TEXT, 0, NULL, NULL, KX_OK, "" },
    { KX_WRITE_GAPS, KX_FORMAT_CSV, 0, NULL, NULL, KX_OK, "" },
    { KX_WRITE_GAPS, KX_FORMAT_JSON, 0, NULL, NULL, KX_OK, "" },
    { KX_WRITE_RESULT, KX_FORMAT_TEXT, 0, NULL, NULL, KX_E_UNSUPPORTED, "result" },
    { KX_WRITE_RESULT, KX_FORMAT_CSV, 0, NULL, NULL, KX_E_UNSUPPORTED, "result" },
    { KX_WRITE_RESULT, KX_FORMAT_JSON, 0, NULL, NULL, KX_OK, "" },
    { 5, KX_FORMAT_TEXT, 0, NULL, NULL, KX_E_ARGUMENT, "5" },
    { -1, KX_FORMAT_TEXT, 0, NULL, NULL, KX_E_ARGUMENT, "-1" },
    { KX_WRITE_SCORES, 4, 0, NULL, NULL, KX_E_ARGUMENT, "4" },
    { KX_WRITE_SCORES, -1, 0, NULL, NULL, KX_E_ARGUMENT, "-1" },
    { KX_WRITE_SCORES, KX_FORMAT_TEXT, -1, NULL, NULL, KX_E_ARGUMENT, "-1" },
    { 0, 0, 0, "640107", NULL, KX_E_NOTFOUND, "did you mean" },
    { 0, 0, 0, "甲县", NULL, KX_E_NOTFOUND, "640104" },
    { 0, 0, 0, "", NULL, KX_E_NOTFOUND, "" },
    { 0, 0, 0, "somewhere else", NULL, KX_E_NOTFOUND, "3" },
    { 0, 0, 0, NULL, "A3", KX_E_NOTFOUND, "did you mean" },
    { 0, 0, 0, NULL, "nothing like it", KX_E_NOTFOUND, "nothing like it" },
    { 0, 0, 0, "640104", "score", KX_OK, "" },
};

START_TEST(options)
{
    struct fixture f;
    struct written w = { NULL, 0, 0, 0 };
    kx_write_options o = KX_WRITE_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    o.what = cases[_i].what;
    o.format = cases[_i].format;
    o.width = cases[_i].width;
    o.subject = cases[_i].subject;
    o.indicator = cases[_i].indicator;
    fixture_init(&f, KX_LANG_EN);
    kx_status st = write_result(&f.score, &o, &w, &err);
    ck_assert_msg(st == cases[_i].status, "%d: %s", (int)st, err.message);
    ck_assert_msg(strstr(err.message, cases[_i].says) != NULL, "\"%s\" does not say \"%s\"", err.message,
                  cases[_i].says);
    ck_assert_int_eq(w.n == 0, st != KX_OK);
    free(w.s);
    fixture_free(&f);
}
END_TEST

START_TEST(stopped_by_the_caller)
{
    struct fixture f;
    struct written w = { NULL, 0, 0, 1 };
    kx_write_options o = KX_WRITE_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    fixture_init(&f, KX_LANG_EN);
    ck_assert_int_eq(write_result(&f.score, &o, &w, &err), KX_E_CALLBACK);
    ck_assert_int_eq(err.status, KX_E_CALLBACK);
    free(w.s);
    fixture_free(&f);
}
END_TEST

/* Nothing is left behind, and a failure is never taken for a complete output. */
static const struct {
    int32_t what, format;
} outputs[] = {
    { KX_WRITE_SCORES, KX_FORMAT_TEXT }, { KX_WRITE_SCORES, KX_FORMAT_CSV }, { KX_WRITE_EXPLAIN, KX_FORMAT_TEXT },
    { KX_WRITE_GAPS, KX_FORMAT_TEXT },   { KX_WRITE_GAPS, KX_FORMAT_CSV },   { KX_WRITE_GAPS, KX_FORMAT_JSON },
    { KX_WRITE_RESULT, KX_FORMAT_JSON },
};

static kx_status
one_output(struct fixture *f, int number)
{
    struct written w = { NULL, 0, 0, 0 };
    kx_write_options o = KX_WRITE_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    o.what = outputs[number].what;
    o.format = outputs[number].format;
    kx_status st = write_result(&f->score, &o, &w, &err);
    ck_assert_int_eq(st, err.status);
    free(w.s);
    return st;
}

static kx_status
one_table(struct fixture *f, int number)
{
    kx_table *t;
    kx_error err = KX_ERROR_INIT;
    kxi_diag d = { .language = KX_LANG_EN, .err = &err };
    struct written w = { NULL, 0, 0, 0 };
    kx_write_options o = KX_WRITE_OPTIONS_INIT;
    kx_status st = kxi_report_table(&f->score, number, &t, &d);
    for (o.format = KX_FORMAT_TEXT; o.format <= KX_FORMAT_JSON && st == KX_OK; o.format++)
        st = kxi_report_write_table(t, &o, keep_bytes, &w, &d);
    ck_assert_int_eq(st, err.status);
    kxi_table_unref(t);
    free(w.s);
    return st;
}

/* The fixture is made before the allocator begins to fail. */
static void
fail_each(kx_status (*run)(struct fixture *f, int number), int number, bool once)
{
    struct fixture f;
    fixture_init(&f, KX_LANG_ZH);
    size_t live = f.fault.live;
    for (size_t n = 0;; n++) {
        f.fault.left = n;
        f.fault.once = once;
        f.fault.hit = false;
        kx_status st = run(&f, number);
        bool hit = f.fault.hit;
        f.fault.left = SIZE_MAX;
        ck_assert_msg(f.fault.live == live, "something leaks when allocation %zu fails", n);
        ck_assert_msg(st == (hit ? KX_E_NOMEM : KX_OK), "allocation %zu: %d", n, (int)st);
        if (!hit)
            break;
    }
    fixture_free(&f);
}

START_TEST(every_allocation_of_an_output_may_fail)
{
    fail_each(one_output, _i / 2, _i % 2);
}
END_TEST

START_TEST(every_allocation_of_a_table_may_fail)
{
    fail_each(one_table, _i / 2 + 1, _i % 2);
}
END_TEST

/* ---- any table ---- */

static kx_table *
mixed_table(struct fixture *f)
{
    static const int64_t numbers[] = { -1500, 0, 1000001 };
    static const int32_t dates[] = { 0, 19723, 0 };
    static const uint8_t bools[] = { 5 }, validity[] = { 3 };
    static const char *const texts[] = { "甲", "a,\"b\"", "x" };
    static const int64_t lists[] = { 0, 2, 2, 3 };
    const kx_column columns[] = {
        { sizeof(kx_column), "n", KX_NUMBER, KX_LAYOUT_I64, 3, 0, 3, numbers, validity, NULL, 0, NULL, NULL },
        { sizeof(kx_column), "日期", KX_DATE, KX_LAYOUT_I32, 0, 0, 3, dates, NULL, NULL, 0, NULL, NULL },
        { sizeof(kx_column), "b", KX_BOOL, KX_LAYOUT_BITS, 0, 0, 3, bools, NULL, NULL, 0, NULL, NULL },
        { sizeof(kx_column), "l", KX_TEXT, KX_LAYOUT_CSTR, 0, 0, 3, texts, NULL, lists, 0, NULL, NULL },
    };
    kx_table *t;
    ck_assert_int_eq(kxi_table_new(f->ctx, KXI_STR("mixed"), &t, NULL), KX_OK);
    for (size_t i = 0; i < COUNT(columns); i++)
        ck_assert_int_eq(kxi_table_add_view(t, &columns[i], NULL, NULL, NULL), KX_OK);
    return t;
}

static const struct {
    int32_t format, bom;
    const char *text;
} tables[] = {
    { KX_FORMAT_CSV, 0,
      "n,日期,b,l\n-1.5,1970-01-01,true,\"甲;a,\"\"b\"\"\"\n0,2024-01-01,false,\n,1970-01-01,true,x\n" },
    { KX_FORMAT_CSV, 1,
      "\xef\xbb\xbfn,日期,b,l\n-1.5,1970-01-01,true,\"甲;a,\"\"b\"\"\"\n0,2024-01-01,false,\n,1970-01-01,true,x\n" },
    { KX_FORMAT_JSON, 0,
      "[\n{\"n\":-1.5,\"日期\":\"1970-01-01\",\"b\":true,\"l\":[\"甲\",\"a,\\\"b\\\"\"]},\n"
      "{\"n\":0,\"日期\":\"2024-01-01\",\"b\":false,\"l\":[]},\n"
      "{\"n\":null,\"日期\":\"1970-01-01\",\"b\":true,\"l\":[\"x\"]}]\n" },
    { KX_FORMAT_TEXT, 0,
      "   n  日期        b      l\n"
      "----  ----------  -----  --------\n"
      "-1.5  1970-01-01  true   甲;a,\"b\"\n"
      "   0  2024-01-01  false\n"
      "      1970-01-01  true   x\n" },
};

START_TEST(any_table)
{
    struct fixture f;
    struct written w = { NULL, 0, 0, 0 };
    kx_write_options o = KX_WRITE_OPTIONS_INIT;
    fixture_init(&f, KX_LANG_ZH);
    kx_table *t = mixed_table(&f);
    o.format = tables[_i].format;
    o.bom = tables[_i].bom;
    ck_assert_int_eq(kxi_report_write_table(t, &o, keep_bytes, &w, NULL), KX_OK);
    ck_assert_str_eq(w.s, tables[_i].text);
    free(w.s);
    kxi_table_unref(t);
    fixture_free(&f);
}
END_TEST

START_TEST(no_columns)
{
    struct fixture f;
    kx_write_options o = KX_WRITE_OPTIONS_INIT;
    kx_table *t;
    struct written w = { NULL, 0, 0, 0 };
    fixture_init(&f, KX_LANG_ZH);
    ck_assert_int_eq(kxi_table_new(f.ctx, KXI_STR("none"), &t, NULL), KX_OK);
    ck_assert_int_eq(kxi_report_write_table(t, &o, keep_bytes, &w, NULL), KX_OK);
    ck_assert_uint_eq(w.n, 0);
    o.format = KX_FORMAT_JSON;
    ck_assert_int_eq(kxi_report_write_table(t, &o, keep_bytes, &w, NULL), KX_OK);
    ck_assert_str_eq(w.s, "[]\n");
    o.format = 9;
    ck_assert_int_eq(kxi_report_write_table(t, &o, keep_bytes, &w, NULL), KX_E_ARGUMENT);
    o.format = KX_FORMAT_TEXT;
    o.width = -1;
    ck_assert_int_eq(kxi_report_write_table(t, &o, keep_bytes, &w, NULL), KX_E_ARGUMENT);
    free(w.s);
    kxi_table_unref(t);
    fixture_free(&f);
}
END_TEST

TCase *
write_tests(void)
{
    TCase *t = tcase_create("write");
    tcase_add_loop_test(t, options, 0, COUNT(cases));
    tcase_add_test(t, stopped_by_the_caller);
    tcase_add_loop_test(t, every_allocation_of_an_output_may_fail, 0, 2 * COUNT(outputs));
    tcase_add_loop_test(t, every_allocation_of_a_table_may_fail, 0, 10);
    tcase_add_loop_test(t, any_table, 0, COUNT(tables));
    tcase_add_test(t, no_columns);
    return t;
}
