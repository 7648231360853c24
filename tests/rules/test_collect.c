/* All errors at once: what a scheme's author sees in one go, without errors that only follow from others. */
#include "suite.h"

struct expected {
    enum kxi_msg msg;
    const char *pointer;
};

static const struct {
    struct parts parts;
    struct expected found[12]; /* errors in any order; ends with an empty one */
} cases[] = {
    /* each part of a scheme is read although another has errors */
    { { .top = "`kexie`: 1, `period`: {`from`: `x`, `to`: `2025-01-01`}, `as_of`: `y`, `tree`: `z`, `titel`: `w`,",
        .measures = "`n`: {`of`: `acts`, `wher`: `ok`}, `m`: {`of`: `nothing`}",
        .nodes = "{`id`: `A1`, `points`: 10, `value`: `nn`}, {`id`: `A2`, `points`: -1, `value`: `n`}",
        .more = "`rank`: {`by`: [`total`]}, `gates`: [{`id`: `V`, `when`: `n > 1`}], `grades`: [{`when`: `n`}]," },
      { { KXI_MSG_UNKNOWN_KEY_NEAR, "/titel" },
        { KXI_MSG_MISSING_KEY, "" },
        { KXI_MSG_SCHEME_DATE, "/period/from" },
        { KXI_MSG_SCHEME_DATE, "/as_of" },
        { KXI_MSG_UNKNOWN_CHOICE, "/tree" },
        { KXI_MSG_UNKNOWN_KEY_NEAR, "/measures/n/wher" },
        { KXI_MSG_UNKNOWN_TABLE, "/measures/m/of" },
        { KXI_MSG_EXPR_UNKNOWN_NAME_NEAR, "/score/parts/0/value" },
        { KXI_MSG_NEGATIVE_POINTS, "/score/parts/1/points" },
        { KXI_MSG_TIES_NOT_SAID, "/rank" },
        { KXI_MSG_GATE_EFFECT, "/gates/0" },
        { KXI_MSG_MISSING_KEY, "/grades/0" } } },
    /* within one measure and one indicator */
    { { .measures =
            "`n`: {`of`: `acts`, `where`: `a`, `sum`: `b`, `per`: [`c`], `period`: `d`, `keep`: [`e`], `title`: 1}" },
      { { KXI_MSG_EXPR_UNKNOWN_NAME, "/measures/n/sum" },
        { KXI_MSG_UNKNOWN_DIMENSION, "/measures/n/per/0" },
        { KXI_MSG_UNKNOWN_CHOICE, "/measures/n/period" },
        { KXI_MSG_UNKNOWN_COLUMN, "/measures/n/keep/0" },
        { KXI_MSG_EXPECTED_TYPE, "/measures/n/title" } } },
    { { .nodes =
            "{`id`: `A1`, `points`: `p`, `for`: `f`, `value`: `v`, `factor`: `g`, `floor`: `h`, `cap`: `i`, `zero_if`: `j`,"
            " `weight`: 1, `round`: {}}" },
      { { KXI_MSG_EXPR_UNKNOWN_NAME, "/score/parts/0/points" },
        { KXI_MSG_EXPR_UNKNOWN_NAME, "/score/parts/0/for" },
        { KXI_MSG_EXPR_UNKNOWN_NAME, "/score/parts/0/value" },
        { KXI_MSG_EXPR_UNKNOWN_NAME, "/score/parts/0/factor" },
        { KXI_MSG_EXPR_UNKNOWN_NAME, "/score/parts/0/floor" },
        { KXI_MSG_EXPR_UNKNOWN_NAME, "/score/parts/0/cap" },
        { KXI_MSG_EXPR_UNKNOWN_NAME, "/score/parts/0/zero_if" },
        { KXI_MSG_MISSING_KEY, "/score/parts/0/round" },
        { KXI_MSG_KEY_NOT_HERE, "/score/parts/0/weight" } } },
    /* a measure that failed is not missed again where it is named */
    { { .measures = "`n`: {`of`: `act`, `per`: [`kind`]}, `m`: {`of`: `n`}, `k`: {`of`: `m`}",
        .nodes = "{`id`: `A1`, `points`: 10, `value`: `n + prev(m) + coverage(k)`}",
        .more = "`rank`: {`by`: [`n`], `ties`: `open`}," },
      { { KXI_MSG_UNKNOWN_TABLE, "/measures/n/of" } } },
    /* one in "round" is told once, however many indicators there are */
    { { .nodes = "{`id`: `A1`, `points`: 5, `value`: `n`}, {`id`: `A2`, `points`: 5, `value`: `n`}",
        .more = "`round`: {`indicator`: {`places`: 2, `mode`: `up`}, `x`: 1}," },
      { { KXI_MSG_UNKNOWN_CHOICE, "/round/indicator/mode" }, { KXI_MSG_UNKNOWN_KEY, "/round/x" } } },
    /* the parts of a block that has errors of its own */
    { { .nodes =
            "{`id`: `A`, `value`: `n`, `curve`: `ratio`, `parts`: [{`id`: `A`, `points`: 1, `value`: `x`}, 7, {`points`: 2}]}" },
      { { KXI_MSG_VALUE_AND_PARTS, "/score/parts/0/value" },
        { KXI_MSG_VALUE_AND_PARTS, "/score/parts/0/curve" },
        { KXI_MSG_DUPLICATE_NAME, "/score/parts/0/parts/0/id" },
        { KXI_MSG_EXPR_UNKNOWN_NAME, "/score/parts/0/parts/0/value" },
        { KXI_MSG_EXPECTED_TYPE, "/score/parts/0/parts/1" },
        { KXI_MSG_MISSING_KEY, "/score/parts/0/parts/2" } } },
    /* errors in tables end the check after the tables: everything else is about them */
    { { .tables =
            "`a`: {`columns`: {`x`: `txt`, `y`: `txet`}, `date`: null}, `b`: {`columns`: {`x`: `text`}, `key`: `x`, `headers`: {`h`: `z`}}",
        .measures = "`n`: {`of`: `nothing`}" },
      { { KXI_MSG_SPEC_TYPE, "/tables/a/columns/x" },
        { KXI_MSG_SPEC_TYPE, "/tables/a/columns/y" },
        { KXI_MSG_UNKNOWN_COLUMN, "/tables/b/headers/h" } } },
    { { .more =
            "`levels`: {`county`: [`县`], `city`: [`县`], `x`: 1}, `roles`: {`a`: 1, `b`: [`t`], `c`: [`t`, 2]}, `headers`: {`q`: `nope`}," },
      { { KXI_MSG_HEADER_COLUMN, "/headers/q" },
        { KXI_MSG_DUPLICATE_NAME, "/levels/city/0" },
        { KXI_MSG_EXPECTED_TYPE, "/levels/x" },
        { KXI_MSG_NO_TITLES, "/roles/a" },
        { KXI_MSG_DUPLICATE_NAME, "/roles/c/0" },
        { KXI_MSG_EXPECTED_TYPE, "/roles/c/1" } } },
    /* grades and gates, each on its own */
    { { .more =
            "`grades`: [{`name`: `a`, `when`: `x`}, {`name`: `a`}], `gates`: [{`id`: `V`, `when`: `y`, `grade`: `z`, `after`: `w`}]," },
      { { KXI_MSG_EXPR_UNKNOWN_NAME, "/grades/0/when" },
        { KXI_MSG_DUPLICATE_NAME, "/grades/1" },
        { KXI_MSG_EXPR_UNKNOWN_NAME, "/gates/0/when" },
        { KXI_MSG_UNKNOWN_CHOICE, "/gates/0/after" },
        { KXI_MSG_UNKNOWN_GRADE, "/gates/0/grade" } } },
    /* warnings stand beside errors, but are not looked for in a scheme that has errors */
    { { .measures = "`n`: {`of`: `acts`}, `unused`: {`of`: `acts`}",
        .nodes = "{`id`: `A1`, `points`: 3, `value`: `zzzzz`}" },
      { { KXI_MSG_EXPR_UNKNOWN_NAME, "/score/parts/0/value" } } },
};

START_TEST(collected)
{
    struct scheme s;
    size_t count = 0;
    scheme_compile(&s, &cases[_i].parts, true);
    ck_assert_int_eq(s.status, KX_E_SCHEME);
    for (; count < COUNT(cases[_i].found) && cases[_i].found[count].pointer; count++) {
        const struct expected *e = &cases[_i].found[count];
        size_t seen = 0;
        for (size_t i = 0; i < s.findings.count; i++)
            seen += s.findings.items[i].msg == e->msg && kxi_str_is(s.findings.items[i].place.pointer, e->pointer);
        must(seen == 1, "%zu times %s at %s\n%s", seen, kxi_msg_name(e->msg), e->pointer, s.text);
    }
    for (size_t i = 0; i < s.findings.count; i++) {
        const kxi_finding *f = &s.findings.items[i];
        bool known = f->msg == KXI_MSG_EXPR_UNKNOWN_NAME; /* some have the same place */
        for (size_t k = 0; k < count; k++)
            known |= f->msg == cases[_i].found[k].msg;
        must(known, "%.*s: %s", (int)f->place.pointer.n, f->place.pointer.s, f->text.s);
        ck_assert_uint_gt(f->place.line, 0);
    }
    must(s.err.code != 0, "the first error is in err too");
    scheme_free(&s);
}
END_TEST

/* What is found all at once begins with what is found alone. */
START_TEST(first_is_first)
{
    struct scheme one, all;
    scheme_compile(&one, &cases[_i].parts, false);
    scheme_compile(&all, &cases[_i].parts, true);
    ck_assert_int_eq(one.err.code, kxi_msg_code(all.findings.items[0].msg));
    ck_assert_int_eq(one.err.code, all.err.code);
    ck_assert_str_eq(one.err.message, all.findings.items[0].text.s);
    ck_assert_uint_eq(one.findings.errors, 0);
    scheme_free(&one);
    scheme_free(&all);
}
END_TEST

/* A scheme without errors has the same rules and findings either way. */
START_TEST(nothing_to_collect)
{
    struct scheme s;
    scheme_compile(&s, &(struct parts){ .measures = "`n`: {`of`: `acts`}" }, true);
    ck_assert_int_eq(s.status, KX_OK);
    ck_assert_uint_eq(s.findings.count, 0);
    scheme_free(&s);
}
END_TEST

TCase *
collect_tests(void)
{
    TCase *group = tcase_create("collecting");
    tcase_add_loop_test(group, collected, 0, COUNT(cases));
    tcase_add_loop_test(group, first_is_first, 0, COUNT(cases));
    tcase_add_test(group, nothing_to_collect);
    return group;
}
