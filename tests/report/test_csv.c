#include "suite.h"

#include <stdlib.h>

#define SCORES_HEADER "subject,name,A1,A2,P1,N1,total,rank,grade\n"
#define SCORES_105 "640105,\"乙\"\"县\"\"\",13.33,8.00,5.00,-0.50,25.83,1,不合格\n"
#define GAPS_HEADER                                                                                            \
    "subject,name,indicator,gate,title,clause,kind,measure,unit,unit_name,where,from,to,has,needs,bound,loss," \
    "responsible\n"
#define GAPS_105 "640105,\"乙\"\"县\"\"\",A1,,三长吸纳,三(一)1,cell,heads,640105002,,\"a,b\",,,7,5,at_most,,\n"
#define GAPS_GATE "640105,\"乙\"\"县\"\"\",,V1,重大事件,四,record,severe,,,2025-06-01,,,是,,,,办公室\n"

static const struct {
    int32_t what;
    const char *subject, *indicator;
    int32_t bom;
    const char *csv;
} cases[] = {
    { KX_WRITE_SCORES, NULL, NULL, 0,
      SCORES_HEADER "640104,甲县,15.00,,0.00,0.00,,,\n" SCORES_105 "640106,,,10.00,0.00,0.00,10.00,2,不合格\n" },
    { KX_WRITE_SCORES, "640105", NULL, 1, "\xef\xbb\xbf" SCORES_HEADER SCORES_105 },
    { KX_WRITE_SCORES, "640104", "A", 0, "subject,name,A1,A2,total,rank,grade\n640104,甲县,15.00,,,,\n" },
    { KX_WRITE_SCORES, "640106", "N1", 0, "subject,name,N1,total,rank,grade\n640106,,0.00,10.00,2,不合格\n" },
    { KX_WRITE_GAPS, NULL, NULL, 0,
      GAPS_HEADER
      "640104,甲县,A1,,三长吸纳,三(一)1,cell,heads,640104001,东街,院长,2025-01-01,2025-03-31,0,1,at_least,5/3,P001\n"
      "640104,甲县,A2,,\"含逗号,与\"\"引号\"\"\",,missing,,,,,,,,,,,\n" GAPS_105 GAPS_GATE },
    { KX_WRITE_GAPS, "640105", NULL, 1, "\xef\xbb\xbf" GAPS_HEADER GAPS_105 GAPS_GATE },
    { KX_WRITE_GAPS, "640105", "A1", 0, GAPS_HEADER GAPS_105 },
    { KX_WRITE_GAPS, "640106", NULL, 0, GAPS_HEADER },
};

START_TEST(csv)
{
    struct fixture f;
    struct written w = { NULL, 0, 0, 0 };
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    options.what = cases[_i].what;
    options.format = KX_FORMAT_CSV;
    options.subject = cases[_i].subject;
    options.indicator = cases[_i].indicator;
    options.bom = cases[_i].bom;
    fixture_init(&f, KX_LANG_ZH);
    ck_assert_msg(write_result(&f.score, &options, &w, &err) == KX_OK, "%s", err.message);
    ck_assert_str_eq(w.s, cases[_i].csv);
    free(w.s);
    fixture_free(&f);
}
END_TEST

/* The digits shown are the scheme's; they change nothing else. */
static const struct {
    int show;
    const char *row;
} shows[] = {
    { 0, "640105,\"乙\"\"县\"\"\",13,8,5,-1,26,1,不合格\n" },
    { 1, "640105,\"乙\"\"县\"\"\",13.3,8.0,5.0,-0.5,25.8,1,不合格\n" },
    { 4, "640105,\"乙\"\"县\"\"\",13.3300,8.0000,5.0000,-0.5000,25.8300,1,不合格\n" },
};

START_TEST(digits)
{
    struct fixture f;
    struct written w = { NULL, 0, 0, 0 };
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    options.format = KX_FORMAT_CSV;
    options.subject = "640105";
    fixture_init(&f, KX_LANG_ZH);
    f.rules.show = shows[_i].show;
    ck_assert_int_eq(write_result(&f.score, &options, &w, NULL), KX_OK);
    ck_assert_str_eq(w.s + strlen(SCORES_HEADER), shows[_i].row);
    free(w.s);
    fixture_free(&f);
}
END_TEST

TCase *
csv_tests(void)
{
    TCase *t = tcase_create("csv");
    tcase_add_loop_test(t, csv, 0, COUNT(cases));
    tcase_add_loop_test(t, digits, 0, COUNT(shows));
    return t;
}
