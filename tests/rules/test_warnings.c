/* What is no error but worth saying. */
#include "suite.h"

#define W KX_OK

/* Warned of once, and compiled all the same. */
static const struct bad_case cases[] = {
    { { .nodes = "{`id`: `A1`, `points`: 4, `value`: `n`}, {`id`: `A2`, `points`: 5, `value`: `n`}", .more = "" },
      W,
      KXI_MSG_POINTS_SUM,
      "/score/points",
      "'total'|9|10" },
    { { .nodes = "{`id`: `A`, `points`: " AT "10, `parts`: [{`id`: `A1`, `points`: 3.5, `value`: `n`},"
                 "{`id`: `A2`, `points`: 6, `value`: `n`}]}" },
      W,
      KXI_MSG_POINTS_SUM,
      "/score/parts/0/points",
      "'A'|9.5|10" },
    { { .nodes = "{`id`: `A1`, `points`: 10, `value`: " AT "`n / cells(cov)`}" },
      W,
      KXI_MSG_MISSING_NOT_SAID,
      "/score/parts/0/value",
      "'A1'|missing" },
    { { .nodes = "{`id`: `A1`, `points`: 10, `value`: " AT "`coverage(cov)`, `curve`: `ratio`}" },
      W,
      KXI_MSG_MISSING_NOT_SAID,
      "/score/parts/0/value",
      "'A1'" },
    { { .nodes = "{`id`: `A1`, `points`: 10, `value`: " AT "`prev(m)`}",
        .measures = "`m`: {`of`: `acts`, `mean`: `people`}" },
      W,
      KXI_MSG_MISSING_NOT_SAID,
      "/score/parts/0/value",
      "'A1'" },
    { { .nodes = AT "{`id`: `A1`, `points`: 10}", .measures = "" },
      W,
      KXI_MSG_MISSING_NOT_SAID,
      "/score/parts/0",
      "'A1'" },
    { { .measures = "`n`: {`of`: `acts`},\n  " AT "`m`: {`of`: `acts`, `sum`: `people`}" },
      W,
      KXI_MSG_UNUSED_MEASURE,
      "/measures/m",
      "'m'" },
    { { .measures = "`n`: {`of`: `acts`, `where`: `" AT "kind != 'x'`}" },
      W,
      KXI_MSG_EXPR_NOT_EQUAL,
      "/measures/n/where",
      "'kind'" },
};

START_TEST(warned_once)
{
    const struct bad_case *c = &cases[_i];
    struct scheme s;
    scheme_compile(&s, &c->parts, false);
    must(s.status == KX_OK, "%s\n%s", s.err.message, s.text);
    must(findings_of(&s, c->msg) == 1, "%zu findings", s.findings.count);
    for (size_t i = 0; i < s.findings.count; i++) {
        const kxi_finding *f = &s.findings.items[i];
        if (f->msg != c->msg) {
            ck_assert_int_eq(f->msg, KXI_MSG_UNUSED_MEASURE); /* of the scheme's defaults */
            continue;
        }
        ck_assert_int_eq(f->severity, KXI_WARNING);
        assert_str(f->place.pointer, c->pointer);
        must(!s.line || (f->place.line == s.line && f->place.column == s.column), "%u:%u instead of %u:%u",
             f->place.line, f->place.column, s.line, s.column);
        assert_words(f->text.s, c->words);
    }
    scheme_free(&s);
}
END_TEST

/* Nothing is said of these. */
static const struct parts quiet[] = {
    { .measures = "`n`: {`of`: `acts`}" },
    /* a part that is not for everyone, a bonus, points that depend on the subject: the sum is nobody's fault */
    { .measures = "`n`: {`of`: `acts`}",
      .nodes = "{`id`: `A1`, `points`: 7, `value`: `n`, `for`: `subject.name == 'x'`}" },
    { .measures = "`n`: {`of`: `acts`}",
      .nodes = "{`id`: `A1`, `points`: `subject.name == 'x' ? 3 : 4`, `value`: `n`}" },
    { .measures = "`n`: {`of`: `acts`}",
      .nodes = "",
      .more = "`score`: {`points`: 10, `floor`: 0, `cap`: null, `parts`: [" DEFAULT_NODES
              ", {`id`: `P`, `kind`: `bonus`, `points`: 3, `value`: `n`}]}," },
    { .measures = "`n`: {`of`: `acts`}",
      .nodes = "",
      .more = "`score`: {`points`: 10, `combine`: `max`, `parts`: [{`id`: `A1`, `points`: 9, `value`: `n`}]}," },
    /* missing is said, if only to say that the value stays unknown; or cannot be */
    { .measures = "`m`: {`of`: `acts`, `mean`: `people`}",
      .nodes = "{`id`: `A1`, `points`: 10, `value`: `m`, `missing`: `unknown`}" },
    { .measures = "`n`: {`of`: `acts`}", .nodes = "{`id`: `A1`, `points`: 10, `value`: `n / 3`}" },
    { .measures = "`n`: {`of`: `acts`}",
      .nodes = "{`id`: `A1`, `points`: 10, `checks`: [`prev(n) > n`], `curve`: {`each`: 5}}" },
    /* used by another measure, a gate, a grade, an order */
    { .measures = "`c`: {`of`: `acts`, `per`: [`kind`]}, `n`: {`of`: `c`}" },
    { .measures = "`n`: {`of`: `acts`}, `v`: {`of`: `acts`, `where`: `ok`}",
      .more = "`gates`: [{`id`: `V`, `when`: `v > 0`, `cancel`: true}]," },
    { .measures = "`n`: {`of`: `acts`}, `v`: {`of`: `acts`, `where`: `ok`}",
      .more = "`grades`: [{`name`: `a`, `when`: `v > 0`}]," },
    { .measures = "`n`: {`of`: `acts`}, `v`: {`of`: `acts`, `where`: `ok`}",
      .more = "`rank`: {`by`: [`v`], `ties`: `dense`}," },
};

START_TEST(no_warning)
{
    struct scheme s;
    scheme_must(&s, &quiet[_i]);
    scheme_free(&s);
}
END_TEST

struct bad_list
warned(void)
{
    return (struct bad_list){ cases, COUNT(cases) };
}

TCase *
warning_tests(void)
{
    TCase *group = tcase_create("warnings");
    tcase_add_loop_test(group, warned_once, 0, COUNT(cases));
    tcase_add_loop_test(group, no_warning, 0, COUNT(quiet));
    return group;
}
