/* What is wrong with rules or units: the message, and where it points. */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>

#include "suite.h"

#define UNITS "unit,n,k,b\na,10,x,1\nb,20,y,0\nc,30,x,\n"
#define COLUMNS "\"columns\": {\"unit\": \"text\", \"n\": \"number\", \"k\": \"text?\", \"b\": \"bool?\"}"
#define RULES(rest) "{\"kexie-seats\": 1, " COLUMNS ", " rest "}"
#define BANDS(list) RULES("\"bands\": {\"of\": \"n\", \"list\": [" list "]}")

static const struct {
    const char *rules, *units;
    enum kxi_msg msg;
    const char *pointer; /* into the rules; NULL: the place is a row of the units, in this line */
    uint32_t line;
} bad[] = {
    /* the rules as a whole */
    { "[]", UNITS, KXI_MSG_EXPECTED_TYPE, "", 1 },
    { "{}", UNITS, KXI_MSG_MISSING_KEY, "", 1 },
    { "{\"kexie-seats\": 2}", UNITS, KXI_MSG_SEATS_VERSION, "/kexie-seats", 1 },
    { "{\"kexie-seats\": \"one\"}", UNITS, KXI_MSG_SEATS_VERSION, "/kexie-seats", 1 },
    { "{\"kexie-seats\": 1}", UNITS, KXI_MSG_MISSING_KEY, "", 1 },
    { RULES("\"numbr\": 1"), UNITS, KXI_MSG_UNKNOWN_KEY_NEAR, "/numbr", 1 },
    { RULES("\"zzzzzz\": 1"), UNITS, KXI_MSG_UNKNOWN_KEY, "/zzzzzz", 1 },
    { RULES("\"allotments\": [], \"seats\": 3"), UNITS, KXI_MSG_UNKNOWN_KEY, "/seats", 1 },
    { RULES("\"allotments\": []"), UNITS, KXI_MSG_MISSING_KEY, "/allotments", 1 },
    { RULES("\"allotments\": [{\"number\": 1}]"), UNITS, KXI_MSG_MISSING_KEY, "/allotments/0", 1 },
    { RULES("\"number\": 1, \"as_of\": \"2025-13-01\""), UNITS, KXI_MSG_SCHEME_DATE, "/as_of", 1 },
    { RULES("\"number\": 1, \"define\": []"), UNITS, KXI_MSG_EXPECTED_TYPE, "/define", 1 },
    { RULES("\"number\": 1, \"headers\": {\"N\": \"m\"}"), UNITS, KXI_MSG_SEATS_NO_COLUMN, "/headers/N", 1 },
    { RULES("\"number\": 1, \"unit\": \"state\""), UNITS, KXI_MSG_SEATS_NO_COLUMN, "/unit", 1 },
    { RULES("\"number\": 1, \"unit\": \"n\""), UNITS, KXI_MSG_SEATS_UNIT_TEXT, "/unit", 1 },
    { RULES("\"number\": 1, \"name\": \"b\""), UNITS, KXI_MSG_SEATS_UNIT_TEXT, "/name", 1 },
    { "{\"kexie-seats\": 1, \"columns\": {\"unit\": \"string\"}, \"number\": 1}", UNITS, KXI_MSG_SEATS_COLUMN_TYPE,
      "/columns/unit", 1 },
    { "{\"kexie-seats\": 1, \"columns\": {\"unit\": \"text\", \"unit \": \"text\"}, \"number\": 1}", UNITS,
      KXI_MSG_DUPLICATE_NAME, "/columns/unit ", 1 },
    { RULES("\"allotments\": [{\"id\": \"n\", \"number\": 1}]"), UNITS, KXI_MSG_DUPLICATE_NAME, "/allotments/0/id", 1 },
    { RULES("\"allotments\": [{\"id\": \"s\", \"number\": 1}, {\"id\": \"s\", \"number\": 1}]"), UNITS,
      KXI_MSG_DUPLICATE_NAME, "/allotments/1/id", 1 },
    { RULES("\"define\": {\"s\": 1}, \"allotments\": [{\"id\": \"s\", \"number\": 1}]"), UNITS, KXI_MSG_DUPLICATE_NAME,
      "/allotments/0/id", 1 },

    /* where seats come from */
    { RULES("\"min\": 1"), UNITS, KXI_MSG_SEATS_NO_WAY, "", 1 },
    { RULES("\"method\": \"dhondt\", \"seats\": 5"), UNITS, KXI_MSG_SEATS_NEEDS, "", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\""), UNITS, KXI_MSG_SEATS_NEEDS, "", 1 },
    { RULES("\"method\": \"jefferson\", \"weight\": \"n\", \"seats\": 5"), UNITS, KXI_MSG_UNKNOWN_CHOICE, "/method",
      1 },
    { RULES("\"number\": \"n\", \"weight\": \"n\""), UNITS, KXI_MSG_SEATS_TWO_WAYS, "/weight", 1 },
    { RULES("\"number\": \"n\", \"choice\": \"n\""), UNITS, KXI_MSG_SEATS_TWO_WAYS, "/choice", 1 },
    { RULES("\"number\": \"n\", \"method\": \"dhondt\""), UNITS, KXI_MSG_SEATS_USELESS, "/method", 1 },
    { RULES("\"number\": \"n\", \"quota\": \"hare\""), UNITS, KXI_MSG_SEATS_USELESS, "/quota", 1 },
    { RULES("\"number\": \"n\", \"ties\": \"report\""), UNITS, KXI_MSG_SEATS_USELESS, "/ties", 1 },
    { RULES("\"choice\": \"n\", \"round\": \"floor\""), UNITS, KXI_MSG_SEATS_USELESS, "/round", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": 5, \"bounds\": \"seats\""), UNITS,
      KXI_MSG_SEATS_USELESS, "/bounds", 1 },
    { RULES(
          "\"method\": \"largest-remainder\", \"quota\": \"droop\", \"bounds\": \"quotas\", \"weight\": \"n\", \"seats\": 5"),
      UNITS, KXI_MSG_SEATS_TWO_WAYS, "/bounds", 1 },
    { RULES("\"number\": \"n\", \"over\": \"share\""), UNITS, KXI_MSG_SEATS_USELESS, "/over", 1 },
    { RULES("\"number\": \"n\", \"ceiling\": 9, \"over\": \"share\""), UNITS, KXI_MSG_SEATS_NEEDS, "", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": 5, \"ceiling\": 9, \"over\": \"share\""), UNITS,
      KXI_MSG_SEATS_USELESS, "/over", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": 5, \"reserve\": 6"), UNITS, KXI_MSG_SEATS_RESERVE,
      "", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": 2.5"), UNITS, KXI_MSG_SEATS_COUNT, "/seats", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": -1"), UNITS, KXI_MSG_SEATS_COUNT, "/seats", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": \"5\""), UNITS, KXI_MSG_SEATS_COUNT, "/seats", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": 1000000000001"), UNITS, KXI_MSG_SEATS_COUNT,
      "/seats", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": {\"of\": \"x\", \"times\": 1}"), UNITS,
      KXI_MSG_SEATS_NO_ALLOTMENT, "/seats/of", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": {\"times\": 1}"), UNITS, KXI_MSG_MISSING_KEY,
      "/seats", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": 5, \"ties\": {}"), UNITS, KXI_MSG_MISSING_KEY,
      "/ties", 1 },
    { RULES("\"method\": \"dhondt\", \"weight\": \"n\", \"seats\": 5, \"ties\": \"lot\""), UNITS,
      KXI_MSG_UNKNOWN_CHOICE, "/ties", 1 },
    { RULES("\"number\": 1, \"round\": \"up\""), UNITS, KXI_MSG_UNKNOWN_CHOICE, "/round", 1 },
    { RULES("\"number\": 1, \"adjust\": [{\"when\": \"b\"}]"), UNITS, KXI_MSG_SEATS_ADJUST_FORM, "/adjust/0", 1 },

    /* bands */
    { BANDS("{\"from\": 1, \"above\": 1, \"number\": 1}"), UNITS, KXI_MSG_SEATS_BAND_ENDS, "/bands/list/0", 1 },
    { BANDS("{\"to\": 1, \"below\": 1, \"number\": 1}"), UNITS, KXI_MSG_SEATS_BAND_ENDS, "/bands/list/0", 1 },
    { BANDS("{\"from\": 2, \"to\": 1, \"number\": 1}"), UNITS, KXI_MSG_SEATS_BAND_EMPTY, "/bands/list/0", 1 },
    { BANDS("{\"from\": 2, \"below\": 2, \"number\": 1}"), UNITS, KXI_MSG_SEATS_BAND_EMPTY, "/bands/list/0", 1 },
    { BANDS("{\"to\": 20, \"number\": 1}, {\"from\": 20, \"number\": 2}"), UNITS, KXI_MSG_SEATS_BAND_OVERLAP,
      "/bands/list/1", 1 },
    { BANDS("{\"number\": 1}, {\"from\": 20, \"number\": 2}"), UNITS, KXI_MSG_SEATS_BAND_OVERLAP, "/bands/list/1", 1 },
    { BANDS("{\"below\": 20, \"number\": 1}, {\"from\": 20, \"max\": 2}"), UNITS, KXI_MSG_SEATS_BAND_GIVES,
      "/bands/list/1", 1 },
    { BANDS("{\"number\": 1, \"min\": 1}"), UNITS, KXI_MSG_SEATS_BAND_GIVES, "/bands/list/0", 1 },
    { BANDS("{\"from\": \"x\", \"number\": 1}"), UNITS, KXI_MSG_SEATS_NUMBER, "/bands/list/0/from", 1 },
    { BANDS("{\"to\": 20, \"number\": 1}"), UNITS, KXI_MSG_SEATS_NO_BAND, NULL, 4 },
    { RULES("\"bands\": {\"list\": []}"), UNITS, KXI_MSG_MISSING_KEY, "/bands", 1 },
    { RULES("\"min\": 1, \"bands\": {\"of\": \"n\", \"list\": [{\"min\": 1}]}"), UNITS, KXI_MSG_SEATS_TWO_WAYS, "/min",
      1 },
    { RULES("\"number\": 1, \"bands\": {\"of\": \"n\", \"list\": [{\"number\": 1}]}"), UNITS, KXI_MSG_SEATS_TWO_WAYS,
      "/number", 1 },

    /* checks */
    { RULES("\"number\": 1, \"checks\": [{}]"), UNITS, KXI_MSG_MISSING_KEY, "/checks/0", 1 },
    { RULES("\"number\": 1, \"checks\": [{\"id\": \"c\"}]"), UNITS, KXI_MSG_SEATS_CHECK_KIND, "/checks/0", 1 },
    { RULES("\"number\": 1, \"checks\": [{\"id\": \"c\", \"each\": \"b\", \"at_least\": 1}]"), UNITS,
      KXI_MSG_SEATS_CHECK_KIND, "/checks/0", 1 },
    { RULES("\"number\": 1, \"checks\": [{\"id\": \"c\", \"each\": \"b\", \"share\": true}]"), UNITS,
      KXI_MSG_UNKNOWN_KEY, "/checks/0/share", 1 },
    { RULES("\"number\": 1, \"checks\": [{\"id\": \"c\", \"at_least\": 3, \"at_most\": 2}]"), UNITS,
      KXI_MSG_SEATS_BOUNDS_CROSS, "/checks/0", 1 },
    { RULES("\"number\": 1, \"checks\": [{\"id\": \"c\", \"share\": true, \"at_least\": 80}]"), UNITS,
      KXI_MSG_SEATS_SHARE_RANGE, "/checks/0", 1 },
    { RULES("\"number\": 1, \"checks\": [{\"id\": \"c\", \"base\": \"b\", \"at_least\": 1}]"), UNITS,
      KXI_MSG_SEATS_USELESS, "/checks/0/base", 1 },
    { RULES("\"number\": 1, \"checks\": [{\"id\": \"c\", \"of\": \"x\", \"at_least\": 1}]"), UNITS,
      KXI_MSG_SEATS_NO_ALLOTMENT, "/checks/0/of", 1 },
    { RULES("\"number\": 1, \"checks\": [{\"id\": \"c\", \"at_least\": 1}, {\"id\": \"c\", \"at_least\": 1}]"), UNITS,
      KXI_MSG_DUPLICATE_NAME, "/checks/1", 1 },
    { RULES(
          "\"allotments\": [{\"id\": \"p\", \"number\": 1}, {\"id\": \"q\", \"number\": 1}], \"checks\": [{\"id\": \"c\", "
          "\"at_least\": 1}]"),
      UNITS, KXI_MSG_SEATS_CHECK_OF, "/checks/0", 1 },

    /* expressions */
    { RULES("\"number\": \"m\""), UNITS, KXI_MSG_EXPR_UNKNOWN_NAME, "/number", 1 },
    { RULES("\"number\": \"k\""), UNITS, KXI_MSG_EXPR_WANT, "/number", 1 },
    { RULES("\"number\": \"seats\""), UNITS, KXI_MSG_SEATS_LATER, "/number", 1 },
    { RULES("\"number\": 1, \"where\": \"n\""), UNITS, KXI_MSG_EXPR_WANT, "/where", 1 },
    { RULES("\"number\": \"r[k]\", \"define\": {\"r\": {\"x\": \"1\"}}"), UNITS, KXI_MSG_SEATS_NUMBER, "/define/r/x",
      1 },
    { RULES("\"allotments\": [{\"id\": \"p\", \"number\": \"q\"}, {\"id\": \"q\", \"number\": 1}]"), UNITS,
      KXI_MSG_SEATS_LATER, "/allotments/0/number", 1 },

    /* the units */
    { RULES("\"number\": 1"), "unit,n,k,b\na,1,,\n,1,,\n", KXI_MSG_SEATS_UNIT_NAMELESS, NULL, 3 },
    { RULES("\"number\": 1"), "unit,n,k,b\na,1,,\nb,1,,\na,1,,\n", KXI_MSG_SEATS_UNIT_TWICE, NULL, 4 },
    { RULES("\"number\": \"b ? 1 : 2\""), UNITS, KXI_MSG_SEATS_UNKNOWN, NULL, 4 },
    { RULES("\"number\": 1, \"where\": \"b\""), UNITS, KXI_MSG_SEATS_UNKNOWN, NULL, 4 },
    { RULES("\"number\": \"n - 15\""), UNITS, KXI_MSG_SEATS_NEGATIVE, NULL, 2 },
    { RULES("\"number\": \"1 / (n - 10)\""), UNITS, KXI_MSG_SEATS_UNKNOWN, NULL, 2 },
    { RULES("\"number\": \"n / 4\""), UNITS, KXI_MSG_SEATS_FRACTION, NULL, 2 },
    { RULES("\"number\": \"n * 100000000000\""), UNITS, KXI_MSG_SEATS_TOO_MANY, NULL, 3 },
    { RULES("\"number\": \"400000000000\""), UNITS, KXI_MSG_SEATS_SUM, "", 1 },
    { RULES("\"number\": 1, \"min\": \"n - 9.5\""), UNITS, KXI_MSG_SEATS_FRACTION, NULL, 2 },
    { RULES("\"number\": 1, \"min\": \"n\", \"max\": 25"), UNITS, KXI_MSG_SEATS_MIN_MAX, NULL, 4 },
    { RULES("\"number\": 1, \"adjust\": [{\"times\": 0.5}]"), UNITS, KXI_MSG_SEATS_FRACTION, NULL, 2 },
    { RULES("\"number\": 1, \"adjust\": [{\"plus\": -2}]"), UNITS, KXI_MSG_SEATS_NEGATIVE, NULL, 2 },
    { RULES("\"number\": 1, \"adjust\": [{\"when\": \"b\", \"plus\": 2}]"), UNITS, KXI_MSG_SEATS_UNKNOWN, NULL, 4 },
    { RULES("\"method\": \"dhondt\", \"seats\": 5, \"weight\": \"n - 11\""), UNITS, KXI_MSG_SEATS_NEGATIVE, NULL, 2 },
    { RULES("\"method\": \"dhondt\", \"seats\": 5, \"weight\": \"n\", \"min\": 2"), UNITS, KXI_MSG_SEATS_MINIMA, "",
      1 },
    { RULES("\"method\": \"adams\", \"seats\": 2, \"weight\": \"n\""), UNITS, KXI_MSG_SEATS_MINIMA, "", 1 },
    { RULES("\"method\": \"dhondt\", \"seats\": 7, \"weight\": \"n\", \"max\": 2"), UNITS, KXI_MSG_SEATS_MAXIMA, "",
      1 },
    { RULES("\"method\": \"dhondt\", \"seats\": 1, \"weight\": 0"), UNITS, KXI_MSG_SEATS_MAXIMA, "", 1 },
    { RULES("\"method\": \"largest-remainder\", \"bounds\": \"seats\", \"seats\": 6, \"weight\": \"n\", \"max\": 2"),
      UNITS, KXI_MSG_SEATS_LEFT, "", 1 },
    { RULES(
          "\"allotments\": [{\"id\": \"p\", \"choice\": \"n\"}, {\"id\": \"q\", \"number\": 1, \"seats\": {\"times\": \"1/7\", "
          "\"of\": \"p\"}}]"),
      UNITS, KXI_MSG_SEATS_FRACTION, "/allotments/1/seats", 1 },
    { RULES("\"allotments\": [{\"id\": \"p\", \"choice\": \"b ? 1 : null\"}, {\"id\": \"q\", \"number\": 1, \"seats\": "
            "{\"times\": 1, \"of\": \"p\"}}]"),
      "unit,n,k,b\na,1,,1\nb,1,,0\n", KXI_MSG_SEATS_OF_SUM, "/allotments/1/seats", 1 },
    { RULES("\"number\": 1"), "unit,k\na,1\n", KXI_MSG_NONE, NULL,
      0 }, /* a column is missing: the message is model's or io's */
    { RULES("\"number\": 1"), "{\"posts\": []}", KXI_MSG_SEATS_NO_UNITS, NULL, 0 },
};

START_TEST(bad_input)
{
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    kx_status st = run_seats(ctx, bad[_i].rules, bad[_i].units, &seats, &err);
    const char *what = bad[_i].rules;
    ck_assert_msg(st < 0, "%s: no error", what);
    ck_assert_msg(!seats.seats && !seats.allotments && !seats.checks && !seats.findings, "%s: tables are left", what);
    if (bad[_i].msg != KXI_MSG_NONE) {
        ck_assert_msg(err.code == kxi_msg_code(bad[_i].msg), "%s: %d %s", what, (int)err.code, err.message);
        ck_assert_int_eq(st, kxi_msg_status(bad[_i].msg));
        ck_assert_msg(err.line == bad[_i].line, "%s: line %u: %s", what, err.line, err.message);
        ck_assert_msg(strcmp(err.pointer, bad[_i].pointer ? bad[_i].pointer : "") == 0, "%s: at %s", what, err.pointer);
    }
    ck_assert_msg(strchr(err.message, '{') == NULL || strstr(err.message, "\"by\"") || strstr(err.message, "\"units\""),
                  "%s: %s", what, err.message);
    kx_context_unref(ctx);
}
END_TEST

/* Doubtful, but no error: gaps between bands. */
static const struct {
    const char *list;
    bool gap;
} gaps[] = {
    { "{\"to\": 20, \"number\": 1}, {\"above\": 20, \"number\": 2}", false },
    { "{\"below\": 20, \"number\": 1}, {\"from\": 20, \"number\": 2}", false },
    { "{\"below\": 20, \"number\": 1}, {\"above\": 20, \"number\": 2}, {\"from\": 20, \"to\": 20, \"number\": 9}",
      false },
    { "{\"below\": 15, \"number\": 1}, {\"above\": 15, \"number\": 2}", true },
    { "{\"to\": 11, \"number\": 1}, {\"from\": 12, \"number\": 2}", true },
    { "{\"from\": 12, \"number\": 2}, {\"to\": 11, \"number\": 1}", true },
    { "{\"to\": 11, \"number\": 1}, {\"from\": 12, \"number\": 2}], \"decimals\": 0, \"note\": [", false },
    { "{\"to\": 11, \"number\": 1}, {\"from\": 12, \"number\": 2}], \"decimals\": 1, \"note\": [", true },
    { "{\"to\": 11.9, \"number\": 1}, {\"from\": 12, \"number\": 2}], \"decimals\": 1, \"note\": [", false },
    { "{\"below\": 11, \"number\": 1}, {\"from\": 12, \"number\": 2}], \"decimals\": 0, \"note\": [", true },
};

START_TEST(band_gaps)
{
    char rules[512];
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    snprintf(rules, sizeof(rules), BANDS("%s"), gaps[_i].list);
    kx_status st = run_seats(ctx, rules, UNITS, &seats, &err);
    ck_assert_msg(st == KX_OK, "%s: %s", gaps[_i].list, err.message);
    char *text = seats_text(&seats);
    ck_assert_msg((strstr(text, "warning SEATS_BAND_GAP") != NULL) == gaps[_i].gap, "%s: %s", gaps[_i].list, text);
    free(text);
    free_seats(&seats);
    kx_context_unref(ctx);
}
END_TEST

/* Values with more digits than the bands were told are in none of them. */
START_TEST(value_in_a_gap)
{
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    const char *rules =
        RULES("\"bands\": {\"of\": \"n\", \"decimals\": 0, \"list\": [{\"to\": 11, \"number\": 1}, {\"from\": 12, "
              "\"number\": 2}]}");
    ck_assert_int_eq(run_seats(ctx, rules, "unit,n\na,11.5\n", &seats, &err), KX_E_DATA);
    ck_assert_int_eq(err.code, kxi_msg_code(KXI_MSG_SEATS_NO_BAND));
    kx_context_unref(ctx);
}
END_TEST

/* An item too many, and many of them fast. */
START_TEST(long_lists)
{
    char *rules = malloc(100000), *at = rules;
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    at += sprintf(at, "{\"kexie-seats\": 1, " COLUMNS ", \"bands\": {\"of\": \"n\", \"list\": [");
    for (int i = 0; i <= 1000; i++)
        at += sprintf(at, "%s{\"from\": %d, \"below\": %d, \"number\": 1}", i ? "," : "", i, i + 1);
    sprintf(at, "]}}");
    ck_assert_int_eq(run_seats(ctx, rules, UNITS, &seats, &err), KX_E_LIMIT);
    ck_assert_int_eq(err.code, kxi_msg_code(KXI_MSG_SEATS_LIST_LONG));
    ck_assert_str_eq(err.pointer, "/bands/list");
    kx_context_unref(ctx);
    free(rules);
}
END_TEST

TCase *
seat_bad_tests(void)
{
    TCase *tc = tcase_create("bad input");
    tcase_add_loop_test(tc, bad_input, 0, COUNT(bad));
    tcase_add_loop_test(tc, band_gaps, 0, COUNT(gaps));
    tcase_add_test(tc, value_in_a_gap);
    tcase_add_test(tc, long_lists);
    return tc;
}
