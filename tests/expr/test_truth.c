/* Known, null and unknown for each operator and function. Rows of a table: the operands known, then the expected result
 * with null and with an unknown in each place. */
#include "fixture.h"
#include "suite.h"

static const struct {
    const char *text, *value;
} cases[] = {
    /* equality: null is a value, unknown is not */
    { "nn == null", "true" },
    { "one == null", "false" },
    { "null == null", "true" },
    { "un == null", "?DIVISION" },
    { "null == un", "?DIVISION" },
    { "nn == 3", "false" },
    { "3 == nn", "false" },
    { "nn == nn", "true" },
    { "un == un", "?DIVISION" },
    { "un == nn", "?DIVISION" },
    { "nn == un", "?DIVISION" },
    { "nt == 'a'", "false" },
    { "nt == null", "true" },
    { "ut == 'a'", "?TIED" },
    { "nb == true", "false" },
    { "nb == false", "false" },
    { "nb == nb", "true" },
    { "ub == true", "?LOOKUP" },
    { "nd == d1", "false" },
    { "ud == d1", "?NO_ROWS" },
    { "nn != null", "false" },
    { "one != null", "true" },
    { "nn != 3", "true" },
    { "nn != nn", "false" },
    { "un != 3", "?DIVISION" },
    { "nt != 'a'", "true" },
    { "nt != nt", "false" },
    { "ut != nt", "?TIED" },
    /* order and arithmetic: null is unknown */
    { "nn < 3", "?NULL_OPERAND" },
    { "3 < nn", "?NULL_OPERAND" },
    { "nn <= nn", "?NULL_OPERAND" },
    { "nn > 3", "?NULL_OPERAND" },
    { "nn >= 3", "?NULL_OPERAND" },
    { "un < 3", "?DIVISION" },
    { "3 >= un", "?DIVISION" },
    { "null < 3", "?NULL_OPERAND" },
    { "3 > null", "?NULL_OPERAND" },
    { "nd < d1", "?NULL_OPERAND" },
    { "d1 <= ud", "?NO_ROWS" },
    { "nn + 1", "?NULL_OPERAND" },
    { "1 + nn", "?NULL_OPERAND" },
    { "un + 1", "?DIVISION" },
    { "nn + un", "?NULL_OPERAND" },
    { "un + nn", "?DIVISION" },
    { "nn - 1", "?NULL_OPERAND" },
    { "nn * 0", "?NULL_OPERAND" },
    { "nn / 2", "?NULL_OPERAND" },
    { "2 / nn", "?NULL_OPERAND" },
    { "nn / 0", "?NULL_OPERAND" },
    { "un / zero", "?DIVISION" },
    { "nn % 2", "?NULL_OPERAND" },
    { "7 % nn", "?NULL_OPERAND" },
    { "-nn", "?NULL_OPERAND" },
    { "-un", "?DIVISION" },
    { "null + 1", "?NULL_OPERAND" },
    { "nt + 'a'", "?NULL_OPERAND" },
    { "'a' + ut", "?TIED" },
    { "nd + days(1)", "?NULL_OPERAND" },
    { "ud + months(1)", "?NO_ROWS" },
    { "d1 + days(nn)", "?NULL_OPERAND" },
    { "d1 - nd", "?NULL_OPERAND" },
    { "nd - d1", "?NULL_OPERAND" },
    { "ud - nd", "?NO_ROWS" },
    { "nn + third", "?NULL_OPERAND" },
    { "third * un", "?DIVISION" },
    { "third < nn", "?NULL_OPERAND" },
    { "nn == third", "false" },
    /* && */
    { "yes && nb", "?NULL_OPERAND" },
    { "nb && yes", "?NULL_OPERAND" },
    { "no && nb", "false" },
    { "nb && no", "false" },
    { "yes && ub", "?LOOKUP" },
    { "ub && yes", "?LOOKUP" },
    { "no && ub", "false" },
    { "ub && no", "false" },
    { "nb && nb", "?NULL_OPERAND" },
    { "nb && ub", "?NULL_OPERAND" },
    { "ub && nb", "?LOOKUP" },
    { "null && no", "false" },
    { "null && yes", "?NULL_OPERAND" },
    { "true && nb", "?NULL_OPERAND" },
    { "false && nb", "false" },
    { "nb && false", "false" },
    /* || */
    { "yes || nb", "true" },
    { "nb || yes", "true" },
    { "no || nb", "?NULL_OPERAND" },
    { "nb || no", "?NULL_OPERAND" },
    { "yes || ub", "true" },
    { "ub || yes", "true" },
    { "no || ub", "?LOOKUP" },
    { "ub || no", "?LOOKUP" },
    { "nb || ub", "?NULL_OPERAND" },
    { "ub || ub", "?LOOKUP" },
    { "true || nb", "true" },
    { "nb || true", "true" },
    { "false || nb", "?NULL_OPERAND" },
    /* ! and ?: */
    { "!nb", "?NULL_OPERAND" },
    { "!ub", "?LOOKUP" },
    { "!null", "?NULL_OPERAND" },
    { "nb ? 1 : 2", "?NULL_OPERAND" },
    { "ub ? 1 : 2", "?LOOKUP" },
    { "yes ? nn : 2", "null" },
    { "yes ? un : 2", "?DIVISION" },
    { "no ? un : 2", "2" },
    { "no ? 2 : nn", "null" },
    { "yes ? third : un", "1/3" },
    { "no ? third : un", "?DIVISION" },
    { "nn > 1 ? 1 : 2", "?NULL_OPERAND" },
    { "nb ? nt : abc", "?NULL_OPERAND" },
    { "ub ? d1 : nd", "?LOOKUP" },
    /* in */
    { "nn in [1, 2]", "false" },
    { "nn in [1, null]", "true" },
    { "null in [1, null]", "true" },
    { "null in []", "false" },
    { "null in [null]", "true" },
    { "one in [null]", "false" },
    { "one in [2, null]", "false" },
    { "un in [1, null]", "?DIVISION" },
    { "un in []", "?DIVISION" },
    { "nt in ['a']", "false" },
    { "nt in ['a', null]", "true" },
    { "ut in ['a']", "?TIED" },
    { "nb in [true]", "false" },
    { "ub in [true, null]", "?LOOKUP" },
    { "one in [two, un]", "?DIVISION" },
    { "one in [un, one]", "true" },
    { "one in [nn, two]", "false" },
    { "nn in [nn, two]", "true" },
    { "one in [1 / 0, 1]", "true" },
    { "two in [1 / 0, 1]", "?DIVISION" },
    { "nn in [1 / 0, 1]", "?DIVISION" },
    { "nn in [1 / 0, null]", "true" },
    { "'a' in holes", "true" },
    { "'b' in holes", "false" },
    { "nt in holes", "true" },
    { "nt in tags", "false" },
    { "null in holes", "true" },
    { "null in bare", "false" },
    { "ut in holes", "?TIED" },
    { "ut in bare", "?TIED" },
    { "1 in murky", "true" },
    { "2.5 in murky", "true" },
    { "2 in murky", "?RANGE" },
    { "third in murky", "?RANGE" },
    { "nn in murky", "?RANGE" },
    { "'a' in nl", "?NULL_OPERAND" },
    { "nt in nl", "?NULL_OPERAND" },
    { "'a' in ul", "?DEPENDS" },
    { "ut in ul", "?TIED" },
    { "nt in worth", "false" },
    { "ut in worth", "?TIED" },
    { "null in worth", "false" },
    /* look-up */
    { "worth[nt]", "?LOOKUP" },
    { "worth[ut]", "?TIED" },
    { "worth[null]", "?LOOKUP" },
    { "nothing[nt]", "?LOOKUP" },
    { "nothing[ut]", "?TIED" },
    /* functions */
    { "size(nt)", "?NULL_OPERAND" },
    { "size(ut)", "?TIED" },
    { "size(nl)", "?NULL_OPERAND" },
    { "size(ul)", "?DEPENDS" },
    { "nt.contains('a')", "?NULL_OPERAND" },
    { "'a'.contains(ut)", "?TIED" },
    { "startsWith(nt, 'a')", "?NULL_OPERAND" },
    { "endsWith('a', nt)", "?NULL_OPERAND" },
    { "number(nt)", "?NULL_OPERAND" },
    { "number(ut)", "?TIED" },
    { "date(nt)", "?NULL_OPERAND" },
    { "date(ut)", "?TIED" },
    { "date(2025, nn, 1)", "?NULL_OPERAND" },
    { "date(2025, 1, un)", "?DIVISION" },
    { "year(nd)", "?NULL_OPERAND" },
    { "weekday(ud)", "?NO_ROWS" },
    { "abs(nn)", "?NULL_OPERAND" },
    { "abs(un)", "?DIVISION" },
    { "min(1, nn)", "?NULL_OPERAND" },
    { "max(un, 1, nn)", "?DIVISION" },
    { "min(nd, d1)", "?NULL_OPERAND" },
    { "floor(nn)", "?NULL_OPERAND" },
    { "ceil(un)", "?DIVISION" },
    { "round(nn, 2)", "?NULL_OPERAND" },
    { "round(un, -2)", "?DIVISION" },
    { "round_to(nn, 0.5)", "?NULL_OPERAND" },
    { "round_to(un, 0.5)", "?DIVISION" },
    { "days(nn) == days(1)", "?NULL_OPERAND" },
    { "days(un) == days(1)", "?DIVISION" },
    { "days(nn) < days(1)", "?NULL_OPERAND" },
    { "-days(nn) < days(1)", "?NULL_OPERAND" },
    { "days(nn) + days(1) < days(1)", "?NULL_OPERAND" },
    { "has(un + 1)", "false" },
    { "has(nb && no)", "true" },
    { "coalesce(nn + 1, 5)", "5" },
};

START_TEST(truth_case)
{
    for (int mode = 0; mode < MODE_COUNT; mode++) {
        for (size_t rows = 1; rows <= 3; rows += 2) {
            struct kit kit;
            struct fixture f;
            kit_init(&kit);
            fixture_single(&f, &kit);
            f.mode = (enum mode)mode;
            f.rows = rows;
            const char *got = fixture_eval(&f, cases[_i].text);
            ck_assert_msg(strncmp(got, cases[_i].value, strlen(cases[_i].value)) == 0 &&
                              (rows > 1 || strlen(got) == strlen(cases[_i].value)),
                          "%s, mode %d: %s instead of %s", cases[_i].text, mode, got, cases[_i].value);
            kit_free(&kit);
        }
    }
}
END_TEST

/* Whether the checker expects a value to lack. A column that may be null may be unknown, too. */
static const struct {
    const char *text;
    bool lacks;
} lacking[] = {
    { "one", false },
    { "nn", true },
    { "one + two", false },
    { "one + nn", true },
    { "one / two", true },
    { "one / 2", false },
    { "one % 0.5", false },
    { "one % two", true },
    { "nn == 1", true },
    { "nn < 1", true },
    { "nn in [1]", true },
    { "has(nn)", false },
    { "coalesce(nn, 1)", false },
    { "coalesce(nn, nn)", true },
    { "coalesce(one, nn)", false },
    { "worth[level]", true },
    { "worth['省级']", false },
    { "yes ? 1 : null", true },
    { "yes ? 1 : 2", false },
    { "nb ? 1 : 2", true },
    { "number(ten)", true },
    { "d1 + days(1)", true },
    { "d1 - d2", false },
    { "null", true },
    { "nb && no", true },
    { "abc in ['a']", false },
};

START_TEST(may_lack)
{
    struct kit kit;
    struct fixture f;
    const kxi_expr *e;
    kit_init(&kit);
    fixture_single(&f, &kit);
    ck_assert_int_eq(fixture_compile(&f, lacking[_i].text, KXI_V_NULL, &e), KX_OK);
    ck_assert_msg(kxi_expr_may_lack(e) == lacking[_i].lacks, "%s", lacking[_i].text);
    kit_free(&kit);
}
END_TEST

TCase *
truth_tests(void)
{
    TCase *t = tcase_create("truth");
    tcase_add_loop_test(t, truth_case, 0, COUNT(cases));
    tcase_add_loop_test(t, may_lack, 0, COUNT(lacking));
    return t;
}
