/* Quotas: which cells there are, which are met, their groups, and what expressions see of them.
 *
 * Acts of A: three in Q1 (two of kind talk), one in Q2, none in Q3, one in Q4, undated and of 2024 besides; of B: one in Q3. */
#include "suite.h"

#include <stdio.h>

static const char acts[] = "\"acts\": ["
                           "{\"unit\": \"A\", \"date\": \"2025-01-01\", \"kind\": \"talk\", \"n\": 5},"
                           "{\"unit\": \"A\", \"date\": \"2025-02-10\", \"kind\": \"talk\", \"n\": 6},"
                           "{\"unit\": \"A\", \"date\": \"2025-03-31\", \"kind\": \"fair\", \"n\": null},"
                           "{\"unit\": \"A\", \"date\": \"2025-04-01\", \"kind\": \"fair\", \"n\": 7},"
                           "{\"unit\": \"A\", \"date\": \"2025-12-31\", \"kind\": \"visit\", \"n\": 8},"
                           "{\"unit\": \"A\", \"date\": null, \"kind\": \"talk\", \"n\": 100},"
                           "{\"unit\": \"A\", \"date\": \"2024-12-31\", \"kind\": \"talk\", \"n\": 100},"
                           "{\"unit\": \"B\", \"date\": \"2025-09-30\", \"kind\": \"talk\", \"n\": 1}]";

struct quota_case {
    const char *measure, *value, *expected; /* expected: value of each subject, "-" for unknown */
};

static const struct quota_case cases[] = {
    { "\"per\": [\"quarter\"], \"at_least\": 1", "met(m)", "3 1 0 0 0" },
    { "\"per\": [\"quarter\"], \"at_least\": 1", "short(m)", "1 3 4 4 4" },
    { "\"per\": [\"quarter\"], \"at_least\": 1", "cells(m)", "4 4 4 4 4" },
    { "\"per\": [\"quarter\"], \"at_least\": 1", "coverage(m) * 4", "3 1 0 0 0" },
    { "\"per\": [\"quarter\"], \"at_least\": 2", "met(m)", "1 0 0 0 0" },
    /* both bounds: Q1 has three */
    { "\"per\": [\"quarter\"], \"at_least\": 1, \"at_most\": 2", "met(m)", "2 1 0 0 0" },
    { "\"per\": [\"quarter\"], \"at_most\": 2", "short(m)", "1 0 0 0 0" },
    /* halves: three and one, one; a bound that depends on the cell and on the subject */
    { "\"per\": [\"half\"], \"at_least\": \"half.from > date('2025-06-01') ? 1 : 4\"", "met(m)", "2 1 0 0 0" },
    { "\"per\": [\"half\"], \"at_least\": \"subject.x / 8\"", "met(m)", "2 0 2 0 2" },
    { "\"per\": [\"half\"], \"at_least\": \"subject.y / subject.y\"", "met(m)", "2 1 0 0 0" },
    /* listed kinds by quarter, grouped */
    { "\"per\": [{\"kind\": [\"talk\", \"fair\"]}, \"half\"], \"at_least\": 1", "met(m)", "2 1 0 0 0" },
    { "\"per\": [{\"kind\": [\"talk\", \"fair\"]}, \"half\"], \"at_least\": 1", "cells(m)", "4 4 4 4 4" },
    { "\"per\": [{\"kind\": [\"talk\", \"fair\"]}, \"half\"], \"at_least\": 1", "met(m, kind)", "0 0 0 0 0" },
    { "\"per\": [{\"kind\": [\"talk\", \"fair\"]}, \"half\"], \"at_least\": 1", "met(m, half)", "1 0 0 0 0" },
    { "\"per\": [{\"kind\": [\"talk\", \"fair\"]}, \"half\"], \"at_least\": 1", "coverage(m, half) * 2", "1 0 0 0 0" },
    { "\"per\": [{\"kind\": [\"talk\", \"fair\"]}, \"half\"], \"at_least\": 1", "short(m, half)", "1 2 2 2 2" },
    { "\"per\": [{\"kind\": [\"talk\", \"fair\"]}, \"half\"], \"at_least\": 1", "cells(m, half, kind)", "4 4 4 4 4" },
    /* open kinds have the cells that are there; without any there is no coverage */
    { "\"per\": [\"kind\"], \"at_most\": 1", "cells(m)", "3 1 0 0 0" },
    { "\"per\": [\"kind\"], \"at_most\": 1", "short(m)", "2 0 0 0 0" },
    { "\"per\": [\"kind\"], \"at_most\": 1", "coverage(m) * 3", "1 3 - - -" },
    /* a value is folded too: n is 5 + 6 and null, 7, nothing, 8 */
    { "\"sum\": \"n\", \"per\": [\"quarter\"], \"at_least\": 8", "met(m)", "2 0 0 0 0" },
    { "\"max\": \"n\", \"per\": [\"quarter\"], \"at_least\": 6", "met(m)", "3 0 0 0 0" },
    { "\"mean\": \"n\", \"per\": [\"quarter\"], \"at_most\": 6", "short(m)", "3 3 4 4 4" },
    /* over all: every subject sees the six acts of the year */
    { "\"over\": \"all\", \"per\": [\"quarter\"], \"at_least\": 1", "met(m)", "4 4 4 4 4" },
    { "\"over\": \"all\"", "m", "6 6 6 6 6" },
    { "\"sum\": \"n\"", "m", "26 1 0 0 0" },
    { "\"min\": \"n\"", "m", "5 1 - - -" },
    { "\"share\": \"kind == 'talk'\"", "m * 5", "2 5 - - -" },
    { "\"distinct\": \"kind\"", "m", "3 1 0 0 0" },
    { "\"peak\": 50", "m", "2 1 0 0 0" },
    { "\"peak\": 51", "m", "3 1 0 0 0" },
    { "\"sum\": \"n\"", "prev(m)", "100 0 0 0 0" },
};

START_TEST(quota)
{
    const struct quota_case *t = &cases[_i];
    struct course c;
    char top[512], part[256];
    course_init(&c);
    snprintf(top, sizeof(top), "\"measures\": {\"m\": {\"of\": \"acts\", %s}},", t->measure);
    snprintf(part, sizeof(part), "{\"id\": \"N\", \"cap\": null, \"value\": \"%s\"}", t->value);
    course_run(&c, part, top, acts);
    c.shown.n = 0;
    for (uint32_t i = 0; i < c.score->subject_count; i++) {
        const kxi_fact *f = kxi_score_fact(c.score, 1, i);
        kxi_str text = KXI_STR("-");
        if (f->has_value)
            ck_assert_int_eq(kxi_num_print(&c.score->num, f->value, &text), KX_OK);
        kxi_buf_cstr(&c.shown, i ? " " : "");
        kxi_buf_str(&c.shown, text);
    }
    kxi_buf_char(&c.shown, '\0');
    assert_text(kxi_buf_view(&c.shown).s, t->expected, part);
    course_free(&c);
}
END_TEST

/* A value that was counted as a fraction keeps both numbers as they were counted. */
START_TEST(fractions)
{
    static const struct {
        const char *value;
        int64_t above, below;
    } kinds[] = { { "coverage(q)", 3, 4 }, { "talks", 2, 5 }, { "size", 26, 4 }, { "held / 10", 5, 10 } };
    struct course c;
    char part[128];
    course_init(&c);
    snprintf(part, sizeof(part), "{\"id\": \"N\", \"points\": 9, \"value\": \"%s\"}", kinds[_i].value);
    course_run(
        &c, part,
        "\"measures\": {\"q\": {\"of\": \"acts\", \"per\": [\"quarter\"], \"at_least\": 1},"
        " \"talks\": {\"of\": \"acts\", \"share\": \"kind == 'talk'\"}, \"size\": {\"of\": \"acts\", \"mean\": \"n\"},"
        " \"held\": {\"of\": \"acts\"}},",
        acts);
    const kxi_fact *f = kxi_score_fact(c.score, 1, 0);
    ck_assert(f->fraction);
    ck_assert(kxi_num_eq(f->numerator, kxi_num_int(kinds[_i].above)));
    ck_assert(kxi_num_eq(f->denominator, kxi_num_int(kinds[_i].below)));
    course_free(&c);
}
END_TEST

/* What did not count is told: rows without a date and outside the period, rows without a value. */
START_TEST(notes)
{
    struct course c;
    course_init(&c);
    course_run(&c, "{\"id\": \"N\", \"points\": 9, \"value\": \"m\"}",
               "\"measures\": {\"m\": {\"of\": \"acts\", \"sum\": \"n\"}},", acts);
    assert_text(show_notes(&c), "7005 7011", "notes");
    const kxi_findings *f = &c.score->findings;
    ck_assert_ptr_nonnull(strstr(f->items[0].text.s, "of 8 rows, 1 without a date, 0 without a subject, 1 outside"));
    ck_assert_ptr_nonnull(strstr(f->items[1].text.s, "'m': 1 rows have nothing recorded"));
    course_free(&c);
}
END_TEST

/* A record without a kind is in no cell by kind, which is told where cells by kind are used, and only there. */
START_TEST(keyless)
{
    static const char *const values[][2] = { { "m", "7018" }, { "n", "" } };
    static const char lacking[] = "\"acts\": [{\"unit\": \"A\", \"date\": \"2025-01-01\", \"kind\": null},"
                                  "{\"unit\": \"A\", \"date\": \"2025-01-02\", \"kind\": \"talk\"},"
                                  "{\"unit\": \"A\", \"date\": \"2025-01-03\"},"
                                  "{\"unit\": \"A\", \"date\": \"2025-01-04\", \"kind\": null, \"ok\": false}]";
    struct course c;
    char part[128];
    course_init(&c);
    snprintf(part, sizeof(part), "{\"id\": \"N\", \"cap\": null, \"value\": \"%s\"}", values[_i][0]);
    course_run(&c, part,
               "\"measures\": {\"n\": {\"of\": \"acts\", \"where\": \"ok == null\", \"per\": [\"kind\"]},"
               " \"m\": {\"of\": \"n\", \"sum\": \"value\"}},",
               lacking);
    ck_assert(kxi_num_eq(kxi_score_fact(c.score, 1, 0)->value, kxi_num_int(_i ? 3 : 1)));
    assert_text(show_notes(&c), values[_i][1], part);
    if (!_i)
        ck_assert_ptr_nonnull(strstr(c.score->findings.items[0].text.s,
                                     "'n': 2 rows have nothing recorded for one of its dimensions (kind)"));
    course_free(&c);
}
END_TEST

TCase *
quotas_tests(void)
{
    TCase *tc = tcase_create("quotas");
    tcase_add_loop_test(tc, quota, 0, COUNT(cases));
    tcase_add_loop_test(tc, fractions, 0, 4);
    tcase_add_test(tc, notes);
    tcase_add_loop_test(tc, keyless, 0, 2);
    return tc;
}
