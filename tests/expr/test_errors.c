/* What is refused, with its message, the column it points at, and what the message says. */
#include "fixture.h"
#include "suite.h"

static const struct {
    const char *text;
    enum kxi_msg msg;
    uint32_t column;
    const char *says; /* NULL: whatever */
} cases[] = {
    /* characters and tokens */
    { "", KXI_MSG_EXPR_EMPTY, 1, NULL },
    { "  \n ", KXI_MSG_EXPR_EMPTY, 2, NULL }, /* the end, in line 2 */
    { "1 + \xff", KXI_MSG_EXPR_UTF8, 5, NULL },
    { "'\xc3'", KXI_MSG_EXPR_UTF8, 2, NULL },
    { "a ~ b", KXI_MSG_EXPR_CHARACTER, 3, "'~'" },
    { "one # two", KXI_MSG_EXPR_CHARACTER, 5, "'#'" },
    { "$x", KXI_MSG_EXPR_CHARACTER, 1, NULL },
    { "a; b", KXI_MSG_EXPR_CHARACTER, 2, NULL },
    { "one + €", KXI_MSG_EXPR_CHARACTER, 7, "€" },
    { "（one）", KXI_MSG_EXPR_INSTEAD, 1, "write (" },
    { "max(one，two)", KXI_MSG_EXPR_INSTEAD, 8, "write ," },
    { "one ≥ two", KXI_MSG_EXPR_INSTEAD, 5, "write >=" },
    { "one = two", KXI_MSG_EXPR_INSTEAD, 5, "write ==" },
    { "one === two", KXI_MSG_EXPR_INSTEAD, 5, "write ==" },
    { "one <> two", KXI_MSG_EXPR_INSTEAD, 5, "write !=" },
    { "yes & no", KXI_MSG_EXPR_INSTEAD, 5, "write &&" },
    { "yes | no", KXI_MSG_EXPR_INSTEAD, 5, "write ||" },
    { "yes and no", KXI_MSG_EXPR_INSTEAD, 5, "write &&" },
    { "yes 或者 no", KXI_MSG_EXPR_INSTEAD, 5, "write ||" },
    { "not yes", KXI_MSG_EXPR_INSTEAD, 1, "write !" },
    { "yes && not no", KXI_MSG_EXPR_INSTEAD, 8, "write !" },
    { "(one and two)", KXI_MSG_EXPR_INSTEAD, 6, "write &&" },
    { "名称 == “县”", KXI_MSG_EXPR_INSTEAD, 7, "write \"" },
    { "'abc", KXI_MSG_EXPR_OPEN_TEXT, 1, "closing '" },
    { "one + \"abc'", KXI_MSG_EXPR_OPEN_TEXT, 7, "closing \"" },
    { "'abc\\'", KXI_MSG_EXPR_OPEN_TEXT, 1, NULL },
    { "'a\\x41'", KXI_MSG_EXPR_ESCAPE, 3, "\\x" },
    { "'\\u12'", KXI_MSG_EXPR_ESCAPE, 2, NULL },
    { "'\\uD83D\\uDE00'", KXI_MSG_EXPR_ESCAPE, 2, NULL },
    { "'\\u0000'", KXI_MSG_EXPR_ESCAPE, 2, NULL },
    { "'科\\科'", KXI_MSG_EXPR_ESCAPE, 3, "\\科" },
    { "1.", KXI_MSG_EXPR_NUMBER, 1, "'1.'" },
    { "1.2.3", KXI_MSG_EXPR_NUMBER, 1, NULL },
    { "3abc", KXI_MSG_EXPR_NUMBER, 1, "'3abc'" },
    { "3人", KXI_MSG_EXPR_NUMBER, 1, "'3人'" },
    { "1e", KXI_MSG_EXPR_NUMBER, 1, NULL },
    { "2 * 1e+", KXI_MSG_EXPR_NUMBER, 5, NULL },
    { "1_000", KXI_MSG_EXPR_NUMBER, 1, NULL },
    { "1e99999999", KXI_MSG_EXPR_DIGITS, 1, "20000" },
    /* grammar */
    { "1 +", KXI_MSG_EXPR_EXPECTED, 4, "the end" },
    { "* 2", KXI_MSG_EXPR_EXPECTED, 1, "stands *" },
    { "(1 + 2", KXI_MSG_EXPR_EXPECTED, 7, "expected )" },
    { "1 + 2)", KXI_MSG_EXPR_EXPECTED, 6, NULL },
    { "[1, 2", KXI_MSG_EXPR_EXPECTED, 6, "expected ]" },
    { "one in [1, 2,]", KXI_MSG_EXPR_EXPECTED, 14, NULL },
    { "max(one two)", KXI_MSG_EXPR_EXPECTED, 9, "two" },
    { "max(one,)", KXI_MSG_EXPR_EXPECTED, 9, NULL },
    { "yes ? 1", KXI_MSG_EXPR_EXPECTED, 8, "expected :" },
    { "yes ? 1 : ", KXI_MSG_EXPR_EXPECTED, 11, NULL },
    { "one two", KXI_MSG_EXPR_EXPECTED, 5, NULL },
    { "u.", KXI_MSG_EXPR_EXPECTED, 3, "name" },
    { "u.1", KXI_MSG_EXPR_EXPECTED, 3, NULL },
    { "worth[level", KXI_MSG_EXPR_EXPECTED, 12, "expected ]" },
    { "worth[]", KXI_MSG_EXPR_EXPECTED, 7, NULL },
    { "worth[level].x", KXI_MSG_EXPR_FIELD, 14, "'.x'" },
    { "'a'.b", KXI_MSG_EXPR_FIELD, 5, NULL },
    { "in", KXI_MSG_EXPR_EXPECTED, 1, NULL },
    { "one < two < 3", KXI_MSG_EXPR_CHAIN, 11, NULL },
    { "one == two != yes", KXI_MSG_EXPR_CHAIN, 12, NULL },
    { "one in [1] in [2]", KXI_MSG_EXPR_CHAIN, 12, NULL },
    /* names */
    { "ones", KXI_MSG_EXPR_UNKNOWN_NAME_NEAR, 1, "did you mean 'one'" },
    { "one + levle", KXI_MSG_EXPR_UNKNOWN_NAME_NEAR, 7, "did you mean 'level'" },
    { "u.knid == 'a'", KXI_MSG_EXPR_UNKNOWN_NAME_NEAR, 1, "did you mean 'u.kind'" },
    { "名字 == 'a'", KXI_MSG_EXPR_UNKNOWN_NAME, 1, "'名字'" },
    { "completely_else", KXI_MSG_EXPR_UNKNOWN_NAME, 1, NULL },
    { "wroth[level]", KXI_MSG_EXPR_UNKNOWN_NAME_NEAR, 1, "did you mean 'worth'" },
    { "True", KXI_MSG_EXPR_UNKNOWN_NAME, 1, NULL },
    { "rond(one, 2)", KXI_MSG_EXPR_UNKNOWN_FUNCTION_NEAR, 1, "did you mean 'round'" },
    { "one + frobnicate(1)", KXI_MSG_EXPR_UNKNOWN_FUNCTION, 7, "frobnicate" },
    { "abc.contain('a')", KXI_MSG_EXPR_UNKNOWN_FUNCTION_NEAR, 1, "did you mean 'contains'" },
    { "('a' + abc).startWith('a')", KXI_MSG_EXPR_UNKNOWN_FUNCTION_NEAR, 1, "did you mean 'startsWith'" },
    { "d1.year()", KXI_MSG_EXPR_NO_METHOD, 1, "year(d1)" },
    { "tags.exists(x, x == 'a')", KXI_MSG_EXPR_MACRO, 1, "'exists'" },
    { "tags.all(x, true)", KXI_MSG_EXPR_MACRO, 1, NULL },
    /* types of operators */
    { "one + 'a'", KXI_MSG_EXPR_OPERANDS, 7, "a number and a text" },
    { "'a' + one", KXI_MSG_EXPR_OPERANDS, 7, "a text and a number" },
    { "yes + one", KXI_MSG_EXPR_OPERAND, 1, "a condition" },
    { "'a' - 'b'", KXI_MSG_EXPR_OPERAND, 1, "'-'" },
    { "d1 + d2", KXI_MSG_EXPR_OPERANDS, 6, "a date and a date" },
    { "d1 + 1", KXI_MSG_EXPR_OPERANDS, 6, "a date and a number" },
    { "1 - d1", KXI_MSG_EXPR_OPERANDS, 5, NULL },
    { "days(1) * 2", KXI_MSG_EXPR_OPERAND, 1, "a duration in days" },
    { "days(1) + months(1)", KXI_MSG_EXPR_DURATIONS, 1, NULL },
    { "days(30) < months(1)", KXI_MSG_EXPR_DURATIONS, 1, NULL },
    { "yes ? days(1) : months(1)", KXI_MSG_EXPR_DURATIONS, 17, NULL },
    { "d1 == '2025-01-31'", KXI_MSG_EXPR_DATE_TEXT, 7, "date('2025-01-31')" },
    { "abc < d1", KXI_MSG_EXPR_DATE_TEXT, 1, NULL },
    { "one == '1'", KXI_MSG_EXPR_NUMBER_TEXT, 8, NULL },
    { "ten > 10", KXI_MSG_EXPR_NUMBER_TEXT, 1, NULL },
    { "abc < 'b'", KXI_MSG_EXPR_TEXT_ORDER, 1, NULL },
    { "yes < no", KXI_MSG_EXPR_OPERAND, 1, NULL },
    { "yes == 1", KXI_MSG_EXPR_OPERANDS, 8, NULL },
    { "tags == tags", KXI_MSG_EXPR_OPERAND, 1, "a list of texts" },
    { "worth == 1", KXI_MSG_EXPR_TABLE, 1, "worth[key]" },
    { "1 + worth", KXI_MSG_EXPR_TABLE, 5, NULL },
    { "worth", KXI_MSG_EXPR_TABLE, 1, NULL },
    { "!one", KXI_MSG_EXPR_CONDITION, 2, "a number" },
    { "!abc in tags", KXI_MSG_EXPR_CONDITION, 2, NULL },
    { "one && yes", KXI_MSG_EXPR_CONDITION, 1, NULL },
    { "yes || 'a'", KXI_MSG_EXPR_CONDITION, 8, NULL },
    { "yes && one > 0 && two", KXI_MSG_EXPR_CONDITION, 19, NULL },
    { "one ? 1 : 2", KXI_MSG_EXPR_CONDITION, 1, NULL },
    { "yes ? 1 : 'a'", KXI_MSG_EXPR_BRANCHES, 11, "a number and a text" },
    { "yes ? tags : tags", KXI_MSG_EXPR_BRANCHES, 14, NULL },
    { "-'a'", KXI_MSG_EXPR_OPERAND, 2, "a text" },
    { "-d1", KXI_MSG_EXPR_OPERAND, 2, "a date" },
    /* lists, tables */
    { "one in ['a', 'b']", KXI_MSG_EXPR_MEMBER_TYPE, 1, "a list of texts" },
    { "one in [1, 'b']", KXI_MSG_EXPR_ITEMS, 12, "a text among a number" },
    { "one in [two, 'b']", KXI_MSG_EXPR_ITEMS, 14, NULL },
    { "abc in [two, one]", KXI_MSG_EXPR_MEMBER_TYPE, 9, "a list of numbers" },
    { "one in two", KXI_MSG_EXPR_MEMBER, 8, NULL },
    { "one in abc", KXI_MSG_EXPR_MEMBER, 8, NULL },
    { "one in tags", KXI_MSG_EXPR_MEMBER_TYPE, 1, NULL },
    { "one in worth", KXI_MSG_EXPR_MEMBER_TYPE, 1, "a table of values" },
    { "size([one, two])", KXI_MSG_EXPR_LIST, 6, NULL },
    { "one in [[1], [2]]", KXI_MSG_EXPR_ITEMS, 9, NULL },
    { "worth[one]", KXI_MSG_EXPR_OPERAND, 7, NULL },
    { "worth['省']", KXI_MSG_EXPR_KEY, 7, "'省'" },
    { "worth['省級']", KXI_MSG_EXPR_KEY_NEAR, 7, "did you mean '省级'" },
    { "tags[0]", KXI_MSG_EXPR_INDEX, 1, "'tags'" },
    { "(one)['a']", KXI_MSG_EXPR_INDEX, 1, NULL },
    { "'abc'[0]", KXI_MSG_EXPR_INDEX, 1, NULL },
    /* functions */
    { "size()", KXI_MSG_EXPR_ARGUMENTS, 1, "size(text) or size(list); here stand none" },
    { "size(one)", KXI_MSG_EXPR_ARGUMENTS, 1, "here stand a number" },
    { "1 + round(one)", KXI_MSG_EXPR_ARGUMENTS, 5, "round(number, whole number, mode)" },
    { "min(one)", KXI_MSG_EXPR_ARGUMENTS, 1, "min(number, number, ...)" },
    { "min(one, 'a')", KXI_MSG_EXPR_ARGUMENTS, 1, NULL },
    { "min(one, d1)", KXI_MSG_EXPR_ARGUMENTS, 1, NULL },
    { "has()", KXI_MSG_EXPR_ARGUMENTS, 1, NULL },
    { "has(worth)", KXI_MSG_EXPR_ARGUMENTS, 1, NULL },
    { "coalesce(one)", KXI_MSG_EXPR_ARGUMENTS, 1, NULL },
    { "coalesce(one, 'a')", KXI_MSG_EXPR_ARGUMENTS, 1, NULL },
    { "coalesce(tags, tags)", KXI_MSG_EXPR_ARGUMENTS, 1, NULL },
    { "coalesce(days(1), months(1))", KXI_MSG_EXPR_ARGUMENTS, 1, NULL },
    { "abc.contains(1)", KXI_MSG_EXPR_ARGUMENTS, 1, NULL },
    { "abc.contains('a', 'b')", KXI_MSG_EXPR_ARGUMENTS, 1, NULL },
    { "round(one, two)", KXI_MSG_EXPR_CONSTANT, 12, "whole number" },
    { "round(one, 0.5)", KXI_MSG_EXPR_CONSTANT, 12, NULL },
    { "round(one, 19)", KXI_MSG_EXPR_CONSTANT, 12, NULL },
    { "round(one, null)", KXI_MSG_EXPR_CONSTANT, 12, NULL },
    { "round(one, 2, abc)", KXI_MSG_EXPR_CONSTANT, 15, NULL },
    { "round(one, 2, 'up')", KXI_MSG_EXPR_MODE, 15, "half-up" },
    { "round(one, 2, 'none')", KXI_MSG_EXPR_MODE, 15, NULL },
    { "round_to(one, 0)", KXI_MSG_EXPR_CONSTANT, 15, "above 0" },
    { "round_to(one, -0.5)", KXI_MSG_EXPR_CONSTANT, 15, NULL },
    { "date('2025-02-29')", KXI_MSG_EXPR_FAILS, 1, "date('2025-02-29')" },
    { "d1 > date(2025, 13, 1)", KXI_MSG_EXPR_FAILS, 6, NULL },
    { "days(0.5)", KXI_MSG_EXPR_FAILS, 1, "whole number" },
    { "number('abc')", KXI_MSG_EXPR_FAILS, 1, NULL },
};

START_TEST(error_case)
{
    struct kit kit;
    struct fixture f;
    const kxi_expr *e = (const kxi_expr *)&kit;
    kit_init(&kit);
    fixture_single(&f, &kit);
    kx_status st = fixture_compile(&f, cases[_i].text, KXI_V_NULL, &e);
    const char *says = cases[_i].says;
    ck_assert_msg(kit.err.code == kxi_msg_code(cases[_i].msg), "%s: %d, %s", cases[_i].text, kit.err.code,
                  kit.err.message);
    ck_assert_int_eq(st, kxi_msg_status(cases[_i].msg));
    ck_assert_int_eq(kit.err.status, st);
    ck_assert_msg(kit.err.column == cases[_i].column, "%s: column %u, %s", cases[_i].text, kit.err.column,
                  kit.err.message);
    ck_assert_msg(!says || strstr(kit.err.message, says), "%s: %s", cases[_i].text, kit.err.message);
    ck_assert_ptr_null(e);
    kit_free(&kit);
}
END_TEST

/* What was wanted, and what it is. */
static const struct {
    const char *text;
    enum kxi_vtype want;
    bool fits;
} wants[] = {
    { "one", KXI_V_NUMBER, true },
    { "one", KXI_V_BOOL, false },
    { "yes", KXI_V_BOOL, true },
    { "d1", KXI_V_NUMBER, false },
    { "null", KXI_V_BOOL, true },
    { "null", KXI_V_TEXT, true },
    { "tags", KXI_V_LIST, true },
    { "tags", KXI_V_TEXT, false },
    { "days(1)", KXI_V_DURATION, true },
    { "worth", KXI_V_NUMBER, false },
    { "yes ? null : null", KXI_V_DATE, true },
};

START_TEST(want_case)
{
    struct kit kit;
    struct fixture f;
    const kxi_expr *e;
    kit_init(&kit);
    fixture_single(&f, &kit);
    kx_status st = fixture_compile(&f, wants[_i].text, wants[_i].want, &e);
    ck_assert_msg(st == (wants[_i].fits ? KX_OK : KX_E_SCHEME), "%s: %d", wants[_i].text, (int)st);
    ck_assert_msg(st != KX_OK || kxi_expr_type(e) == wants[_i].want, "%s", wants[_i].text);
    kit_free(&kit);
}
END_TEST

/* Warnings: text, how many, which. */
static const struct {
    const char *text;
    enum kxi_msg msg; /* NONE: no warning */
    uint32_t column;
} warnings[] = {
    { "nt != 'a'", KXI_MSG_EXPR_NOT_EQUAL, 1 },
    { "'a' != nt", KXI_MSG_EXPR_NOT_EQUAL, 8 },
    { "nn != 3", KXI_MSG_EXPR_NOT_EQUAL, 1 },
    { "has(nt) && nt != 'a'", KXI_MSG_NONE, 0 },
    { "has(nn) && nt != 'a'", KXI_MSG_EXPR_NOT_EQUAL, 12 },
    { "nt != null", KXI_MSG_NONE, 0 },
    { "abc != 'a'", KXI_MSG_NONE, 0 },
    { "nt == 'a'", KXI_MSG_NONE, 0 },
    { "coalesce(nt, '') != 'a'", KXI_MSG_NONE, 0 },
    { "nn + 1 != 3", KXI_MSG_NONE, 0 }, /* unknown, not null */
    { "one + 1 / 0", KXI_MSG_EXPR_ALWAYS_UNKNOWN, 7 },
    { "1 / 0 + 1", KXI_MSG_EXPR_ALWAYS_UNKNOWN, 1 },
    { "one / zero", KXI_MSG_NONE, 0 },
};

START_TEST(warning_case)
{
    struct kit kit;
    struct fixture f;
    const kxi_expr *e;
    kit_init(&kit);
    fixture_single(&f, &kit);
    ck_assert_int_eq(fixture_compile(&f, warnings[_i].text, KXI_V_NULL, &e), KX_OK);
    bool expected = warnings[_i].msg != KXI_MSG_NONE;
    ck_assert_msg(kit.findings.count == expected, "%s: %zu warnings", warnings[_i].text, kit.findings.count);
    for (size_t i = 0; i < kit.findings.count; i++) {
        ck_assert_int_eq(kit.findings.items[i].msg, warnings[_i].msg);
        ck_assert_int_eq(kit.findings.items[i].severity, KXI_WARNING);
        ck_assert_uint_eq(kit.findings.items[i].place.column, warnings[_i].column);
    }
    ck_assert_int_eq(kit.err.status, KX_OK);
    kit_free(&kit);
}
END_TEST

/* Chinese messages come out of the same places. */
START_TEST(chinese)
{
    struct kit kit;
    struct fixture f;
    const kxi_expr *e;
    kit_init(&kit);
    fixture_single(&f, &kit);
    kit.diag.language = KX_LANG_ZH;
    ck_assert_int_eq(fixture_compile(&f, "round(abc, 2) + 1", KXI_V_NULL, &e), KX_E_SCHEME);
    ck_assert_str_eq(kit.err.message, "round 的参数应为 round(数, 整数) 或 round(数, 整数, 取舍方式)，此处是 文本、数");
    ck_assert_uint_eq(kit.err.column, 1);
    kit_free(&kit);
}
END_TEST

TCase *
error_tests(void)
{
    TCase *t = tcase_create("errors");
    tcase_add_loop_test(t, error_case, 0, COUNT(cases));
    tcase_add_loop_test(t, want_case, 0, COUNT(wants));
    tcase_add_loop_test(t, warning_case, 0, COUNT(warnings));
    tcase_add_test(t, chinese);
    return t;
}
