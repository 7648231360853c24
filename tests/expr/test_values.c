/* Text -> value. Each case runs over rows, as rationals, at another scale, over a domain, once a run, and folded: all the
 * same. */
#include "fixture.h"
#include "suite.h"

static const struct {
    const char *text, *value;
} cases[] = {
    /* literals */
    { "1", "1" },
    { "0.50", "0.5" },
    { "12345678901234567890", "12345678901234567890" },
    { "1e3", "1000" },
    { "25E-2", "0.25" },
    { "0.0000001", "0.0000001" },
    { "-3", "-3" },
    { "true", "true" },
    { "false", "false" },
    { "null", "null" },
    { "'a'", "a" },
    { "\"it's\"", "it's" },
    { "'say \"so\"'", "say \"so\"" },
    { "'\\\\ \\' \\\" \\n \\t'", "\\ ' \" \n \t" },
    { "'\\u79d1\\u534F'", "科协" },
    { "'\\u0041\\u00e9'", "Aé" },
    { "''", "" },
    { "名称", "县科协" },
    { "u.kind", "town" },
    { "u.size.all / 10000", "5" },
    { "  1\t+\n2\r\n", "3" },
    { "one　+\xc2\xa0two", "3" },
    /* arithmetic */
    { "one + two", "3" },
    { "two - half_", "1.5" },
    { "half_ - two", "-1.5" },
    { "neg * two", "-14.5" },
    { "one / two", "0.5" },
    { "one / third", "3" },
    { "two / (one + two)", "2/3" },
    { "third + third + third", "1" },
    { "third * 3 == one", "true" },
    { "-neg", "7.25" },
    { "- - neg", "-7.25" },
    { "-(one + two)", "-3" },
    { "one - -two", "3" },
    { "neg % two", "0.75" }, /* -7.25 - 2 * -4 */
    { "7 % -two", "-1" },    /* 7 - -2 * -4 */
    { "-7 % two", "1" },
    { "neg % half_", "0.25" }, /* -7.25 - 0.5 * -15 */
    { "(0 - 6) % 3 % two", "0" },
    { "1 % third", "0" },
    { "one % (two / 3)", "1/3" },
    { "most + one", "9223372036854775808" },
    { "most + one - one == most", "true" },
    { "least - one", "-9223372036854775809" },
    { "least * -1", "9223372036854775808" },
    { "-least", "9223372036854775808" },
    { "abs(least)", "9223372036854775808" },
    { "most * most", "85070591730234615847396907784232501249" },
    { "most + half_", "9223372036854775807.5" },
    { "most - micro", "9223372036854775806.999999" },
    { "micro * micro", "0.000000000001" },
    { "micro * micro * 1000000", "0.000001" },
    { "half_ * half_ * half_ * half_ * half_ * half_ * half_ * half_", "0.00390625" },
    { "least % -1", "0" },
    { "least / -1", "9223372036854775808" },
    { "zero * neg", "0" },
    { "zero / neg", "0" },
    /* division by zero */
    { "one / zero", "?DIVISION" },
    { "one % zero", "?DIVISION" },
    { "zero / zero", "?DIVISION" },
    { "third / (one - one)", "?DIVISION" },
    { "one + one / zero", "?DIVISION" },
    { "one / zero == one / zero", "?DIVISION" },
    /* order */
    { "one < two", "true" },
    { "two < one", "false" },
    { "one < one", "false" },
    { "one <= one", "true" },
    { "two >= half_", "true" },
    { "two > two", "false" },
    { "most > most - micro", "true" },
    { "least < least + micro", "true" },
    { "third > 0.333333", "true" },
    { "third < 0.333334", "true" },
    { "third >= third", "true" },
    { "micro < zero", "false" },
    { "d1 > d2", "true" },
    { "d2 >= date('2024-02-29')", "true" },
    { "d1 == date(\"2025年1月31日\")", "true" },
    { "days(3) < days(4)", "true" },
    { "days3 <= days(3)", "true" },
    { "months(12) == years(1)", "true" },
    { "weeks(2) == days(14)", "true" },
    /* equality */
    { "one == 1.0", "true" },
    { "half_ == 1 / two", "true" },
    { "one != two", "true" },
    { "third == 0.333333", "false" },
    { "most == most + micro", "false" },
    { "abc == 'abc'", "true" },
    { "abc == 'ABC'", "false" },
    { "abc == 'abcd'", "false" },
    { "abc != ''", "true" },
    { "名称 == '县科协'", "true" },
    { "yes == true", "true" },
    { "yes == no", "false" },
    { "yes != no", "true" },
    /* logic, choice */
    { "yes && no", "false" },
    { "yes || no", "true" },
    { "!yes", "false" },
    { "!!yes", "true" },
    { "yes ? one : two", "1" },
    { "no ? one : two", "2" },
    { "yes ? 'a' : 'b'", "a" },
    { "no ? d1 : d2", "2024-02-29" },
    { "yes ? half_ : third", "0.5" },
    { "no ? half_ : third", "1/3" },
    { "no ? micro : most", "9223372036854775807" },
    { "no ? 1 : no ? 2 : 3", "3" },
    { "yes ? yes ? 1 : 2 : 3", "1" },
    { "one < two ? one < zero : yes", "false" },
    { "yes ? days3 : days(1)", "3d" },
    { "one > zero ? null : two", "null" },
    { "one < zero ? null : two", "2" },
    /* text */
    { "abc + 'd' + 名称", "abcd县科协" },
    { "'' + ''", "" },
    { "abc.contains('b')", "true" },
    { "contains(abc, 'bc')", "true" },
    { "abc.contains('ca')", "false" },
    { "'aab'.contains('ab')", "true" },
    { "abc.contains('')", "true" },
    { "''.contains(abc)", "false" },
    { "名称.startsWith('县')", "true" },
    { "名称.endsWith('科协')", "true" },
    { "endsWith(名称, '县')", "false" },
    { "startsWith('a', 'ab')", "false" },
    { "u.kind.startsWith('to')", "true" },
    { "(abc + 'x').endsWith('cx')", "true" },
    { "size(名称)", "3" },
    { "名称.size() + size('')", "3" },
    { "size(tags)", "2" },
    { "tags.size() * 2", "4" },
    { "size(bare)", "0" },
    { "size(['a', 'b', 'a'])", "3" },
    { "size([])", "0" },
    { "number(ten)", "10.5" },
    { "number(ten) + 1", "11.5" },
    { "number('-0012')", "-12" },
    { "number(abc)", "?FORMAT" },
    { "number(abc + '1')", "?FORMAT" },
    { "number('1' + 'e5' + abc)", "?FORMAT" },
    { "number(ten + '/2')", "?FORMAT" },
    { "number(abc + '') == 1", "?FORMAT" },
    /* dates */
    { "d1 + days(1)", "2025-02-01" },
    { "days(1) + d1", "2025-02-01" },
    { "d1 - days3", "2025-01-28" },
    { "d1 + days3 + days3", "2025-02-06" },
    { "d1 + months(1)", "2025-02-28" },
    { "d1 - months(2)", "2024-11-30" },
    { "d2 + years(1)", "2025-02-28" },
    { "d2 + years(4)", "2028-02-29" },
    { "d1 - d2", "337" },
    { "d2 - d1 == -337", "true" },
    { "(d1 - d2) / 2", "168.5" },
    { "last + days(1)", "?RANGE" },
    { "last + months(1)", "?RANGE" },
    { "last - days(9999999)", "?RANGE" },
    { "d1 + days(one + two)", "2025-02-03" },
    { "d1 + months(two)", "2025-03-31" },
    { "d1 + days(two * half_)", "2025-02-01" },
    { "d1 + days(half_)", "?FRACTION" },
    { "d1 + days(third)", "?FRACTION" },
    { "d1 + days(most * two)", "?RANGE" },
    { "d1 + weeks(most)", "?RANGE" },
    { "d1 + days(most)", "?RANGE" },
    { "d1 + months(most)", "?RANGE" },
    { "days(most) + days(most) == days(1)", "?RANGE" },
    { "-days3", "-3d" },
    { "-(days3 + days(one))", "-4d" },
    { "-days(least) == days(1)", "?RANGE" },
    { "days3 - days(5)", "-2d" },
    { "months(3) - years(one)", "-9mo" },
    { "year(d1)", "2025" },
    { "half(d1)", "1" },
    { "half(d1 + months(5))", "1" },
    { "half(d1 + months(6))", "2" },
    { "quarter(d2)", "1" },
    { "quarter(d2 + months(10))", "4" },
    { "month(d2)", "2" },
    { "day(d1)", "31" },
    { "weekday(d1)", "5" },
    { "weekday(date('2025-02-02'))", "7" },
    { "date(2025, 1, 31) == d1", "true" },
    { "date(year(d1) - 1, two, 29)", "2024-02-29" },
    { "date(2025, two, 29)", "?RANGE" },
    { "date(2025, two, half_)", "?RANGE" },
    { "date('2025-' + '01-' + '31')", "2025-01-31" },
    { "date(abc)", "?FORMAT" },
    /* numbers as functions */
    { "abs(neg)", "7.25" },
    { "abs(third - one)", "2/3" },
    { "min(one, two)", "1" },
    { "max(one, two, half_)", "2" },
    { "min(two, third, one)", "1/3" },
    { "min(third, 0.333333)", "0.333333" },
    { "max(neg, neg)", "-7.25" },
    { "min(d1, d2)", "2024-02-29" },
    { "max(d1, d2, last)", "9999-12-31" },
    { "floor(neg)", "-8" },
    { "ceil(neg)", "-7" },
    { "floor(third)", "0" },
    { "ceil(third)", "1" },
    { "floor(two)", "2" },
    { "floor(most + half_)", "9223372036854775807" },
    { "round(neg, 1)", "-7.3" },
    { "round(neg, 1, 'half-even')", "-7.2" },
    { "round(neg, 1, 'truncate')", "-7.2" },
    { "round(neg, 1, 'floor')", "-7.3" },
    { "round(neg, 1, 'ceil')", "-7.2" },
    { "round(neg, 0)", "-7" },
    { "round(-half_, 0)", "-1" },
    { "round(half_, 0, 'half-even')", "0" },
    { "round(half_ + one, 0, 'half-even')", "2" },
    { "round(u.size.all + 49, -2)", "50000" },
    { "round(u.size.all + 50, -2)", "50100" },
    { "round(u.size.all + 50, -2, 'half-even')", "50000" },
    { "round(neg, -18)", "0" },
    { "round(most, -1)", "9223372036854775810" },
    { "round(most, -18)", "9000000000000000000" },
    { "round(third, 4)", "0.3333" },
    { "round(two / 3, 4)", "0.6667" },
    { "round(third, 8)", "0.33333333" },
    { "round(neg, 6)", "-7.25" },
    { "round(most / 1000000007, 6)", "9223371972.291172" },
    { "round(-most / 1000000007, 6)", "-9223371972.291172" },
    { "round(most / 3, 6)", "3074457345618258602.333333" },
    { "round(-third, 0, 'floor')", "-1" },
    { "round(third * 2, 0, 'half-even')", "1" },
    { "round(-third / 2, 0, 'ceil')", "0" },
    { "round((third + third) / 4 * 3, 0)", "1" },
    { "round((third + third) / 4 * 3, 0, 'half-even')", "0" },
    { "round_to(neg, 0.5)", "-7.5" },
    { "round_to(neg, 0.5, 'half-even')", "-7" },
    { "round_to(third, 0.2)", "0.4" },
    { "round_to(neg, 0.5, 'ceil')", "-7" },
    { "round_to(two / 3, 1 / 3)", "2/3" },
    /* has, coalesce */
    { "has(one)", "true" },
    { "has(nn)", "false" },
    { "has(un)", "false" },
    { "has(nt) || has(ud) || has(nl) || has(ub)", "false" },
    { "has(tags)", "true" },
    { "has(bare)", "true" },
    { "has(null)", "false" },
    { "has(one / zero)", "false" },
    { "coalesce(nn, un, two)", "2" },
    { "coalesce(nn, third)", "1/3" },
    { "coalesce(two, nn)", "2" },
    { "coalesce(nn, un)", "?DIVISION" },
    { "coalesce(un, nn)", "null" },
    { "coalesce(nn, null)", "null" },
    { "coalesce(null, half_)", "0.5" },
    { "coalesce(nt, ut, abc)", "abc" },
    { "coalesce(nd, d1)", "2025-01-31" },
    { "coalesce(nb, no)", "false" },
    { "coalesce(ub, yes) ? 1 : 2", "1" },
    /* in */
    { "one in [1, 2]", "true" },
    { "two in [1, 3]", "false" },
    { "half_ in [1, 0.5]", "true" },
    { "third in [1, 0.333333]", "false" },
    { "third in [1 / 3]", "true" },
    { "most in [1, 9223372036854775808, 0.000001]", "false" },
    { "one in []", "false" },
    { "abc in ['x', 'abc', 'y']", "true" },
    { "abc in ['x', 'ab', 'abcd']", "false" },
    { "yes in [false]", "false" },
    { "no in [false, true]", "true" },
    { "d1 in [date('2024-01-01'), date('2025-01-31')]", "true" },
    { "days3 in [days(1), days(3)]", "true" },
    { "two in [one, two]", "true" },
    { "two in [one, half_, zero]", "false" },
    { "two in [one, one + one]", "true" },
    { "abc in [名称, abc]", "true" },
    { "'b' in tags", "true" },
    { "'c' in tags", "false" },
    { "abc in bare", "false" },
    { "5 in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]", "true" },
    { "half_ in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,0.5]", "true" },
    { "most in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]", "false" },
    { "neg in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]", "false" },
    { "level in worth", "true" },
    { "stray in worth", "false" },
    { "!(stray in worth)", "true" },
    { "stray in nothing", "false" },
    /* look-up */
    { "worth[level]", "5.5" },
    { "worth['国家级'] + worth[level]", "15.5" },
    { "worth['第三']", "1/3" },
    { "worth[stray]", "?LOOKUP" },
    { "nothing[stray]", "?LOOKUP" },
    { "coalesce(worth[stray], 0)", "0" },
    { "worth['第' + '三'] * 3", "1" },
};

/* In constants what never comes to a value is an error. */
static bool
is_refused(const struct kit *kit, enum mode mode)
{
    return mode == MODE_CONST &&
           (kit->err.code == kxi_msg_code(KXI_MSG_EXPR_FAILS) || kit->err.code == kxi_msg_code(KXI_MSG_EXPR_KEY) ||
            kit->err.code == kxi_msg_code(KXI_MSG_EXPR_KEY_NEAR));
}

START_TEST(value_case)
{
    for (int mode = 0; mode < MODE_COUNT; mode++) {
        struct kit kit;
        struct fixture f;
        const kxi_expr *e;
        const char *got = NULL, *text = cases[_i].text;
        kit_init(&kit);
        fixture_single(&f, &kit);
        f.mode = (enum mode)mode;
        kx_status st = fixture_compile(&f, text, KXI_V_NULL, &e);
        ck_assert_msg(st == KX_OK || is_refused(&kit, f.mode), "%s: %s", text, kit.err.message);
        if (st == KX_OK) {
            ck_assert_int_eq(fixture_run(&f, e, &got), KX_OK);
            ck_assert_msg(strcmp(got, cases[_i].value) == 0, "%s, mode %d: %s instead of %s", text, mode, got,
                          cases[_i].value);
        }
        kit_free(&kit);
    }
}
END_TEST

/* The same over several equal rows, which are no constant lane. */
START_TEST(value_rows)
{
    struct kit kit;
    struct fixture f;
    kit_init(&kit);
    fixture_single(&f, &kit);
    f.rows = 5;
    const char *got = fixture_eval(&f, cases[_i].text), *at = got;
    size_t n = strlen(cases[_i].value);
    for (size_t i = 0; i < f.rows; i++) {
        ck_assert_msg(strncmp(at, cases[_i].value, n) == 0 && strncmp(at + n, " | ", i < 4 ? 3 : 0) == 0,
                      "%s: %s instead of %s in each row", cases[_i].text, got, cases[_i].value);
        at += n + 3;
    }
    kit_free(&kit);
}
END_TEST

TCase *
value_tests(void)
{
    TCase *t = tcase_create("values");
    tcase_add_loop_test(t, value_case, 0, COUNT(cases));
    tcase_add_loop_test(t, value_rows, 0, COUNT(cases));
    return t;
}
