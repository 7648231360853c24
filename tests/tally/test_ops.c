/* Every fold over rows whose result is worked out by hand. */
#include "suite.h"

/* County A has rows 1 to 6 (townships A1, A2, village A11), B has 7 and 8, C has none that count. */
static const char acts[] = "unit,date,kind,n,ok,due\n"
                           "A1,2025-01-10,talk,10,1,2025-02-01\n"   /* 1 */
                           "A11,2025-01-12,talk,2.5,0,2025-01-05\n" /* 2 */
                           "A2,2025-03-01,fair,,1,\n"               /* 3: n and due null */
                           "A2,2025-04-01,talk,-4,,2025-09-09\n"    /* 4: ok null */
                           "A,2025-04-01,show,7,1,2025-03-03\n"     /* 5: of the county itself */
                           "A1,2025-12-31,fair,10,0,2025-02-01\n"   /* 6: the last day counts */
                           "B1,2025-05-05,,1,1,2025-05-05\n"        /* 7: kind null */
                           "B1,2025-05-06,talk,,,\n"                /* 8 */
                           "C1,2024-12-31,talk,5,1,2025-01-01\n"    /* a day early */
                           "C1,2026-01-01,talk,5,1,2025-01-01\n";   /* a day late */

static const struct {
    const char *measure, *by_subject, *by_dims;
} cases[] = {
    { "\"m\": {\"of\": \"acts\", \"per\": [\"township\", \"quarter\"]}", "A = 6 r6 n0\nB = 2 r2 n0\n",
      "A|A1|2025-Q1 = 2 r2 n0\nA|A1|2025-Q4 = 1 r1 n0\nA|A2|2025-Q1 = 1 r1 n0\nA|A2|2025-Q2 = 1 r1 n0\nB|B1|2025-Q2 = 2 r2 n0\n" },
    { "\"m\": {\"of\": \"acts\", \"sum\": \"n\", \"per\": [\"kind\"]}", "A = 25.5 r6 n1\nB = 1 r2 n1\n",
      "A|fair = 10 r2 n1\nA|show = 7 r1 n0\nA|talk = 8.5 r3 n0\nB|talk = 0 r1 n1\n" },
    { "\"m\": {\"of\": \"acts\", \"share\": \"ok\", \"per\": [\"half\"]}", "A = 0.6 of 3/5 r6 n1\nB = 1 of 1/1 r2 n1\n",
      "A|2025-H1 = 0.75 of 3/4 r5 n1\nA|2025-H2 = 0 of 0/1 r1 n0\nB|2025-H1 = 1 of 1/1 r2 n1\n" },
    { "\"m\": {\"of\": \"acts\", \"mean\": \"n\", \"per\": [\"month\"]}",
      "A = 5.1 of 25.5/5 r6 n1\nB = 1 of 1/1 r2 n1\n",
      "A|2025-01 = 6.25 of 12.5/2 r2 n0\nA|2025-03 = no rows to fold r1 n1\nA|2025-04 = 1.5 of 3/2 r2 n0\n"
      "A|2025-12 = 10 of 10/1 r1 n0\nB|2025-05 = 1 of 1/1 r2 n1\n" },
    { "\"m\": {\"of\": \"acts\", \"min\": \"n\", \"per\": [{\"kind\": [\"talk\", \"fair\"]}]}",
      "A = -4 r6 n1\nB = 1 r2 n1\n", "A|talk = -4 r3 n0\nA|fair = 10 r2 n1\nB|talk = no rows to fold r1 n1\n" },
    { "\"m\": {\"of\": \"acts\", \"max\": \"due\", \"per\": [\"ok\"]}", "A = 2025-09-09 r6 n1\nB = 2025-05-05 r2 n1\n",
      "A|false = 2025-02-01 r2 n0\nA|true = 2025-03-03 r3 n1\nB|true = 2025-05-05 r1 n0\n" },
    /* Equal dates and different values are tied, unless `then` tells them apart; a null value is passed over. */
    { "\"m\": {\"of\": \"acts\", \"latest\": \"n\", \"per\": [\"quarter\"]}", "A = 10 r6 n1\nB = 1 r2 n1\n",
      "A|2025-Q1 = 2.5 r3 n1\nA|2025-Q2 = several records are equally late r2 n0\nA|2025-Q4 = 10 r1 n0\nB|2025-Q2 = 1 r2 n1\n" },
    { "\"m\": {\"of\": \"acts\", \"latest\": \"kind\", \"then\": \"n\", \"per\": [\"quarter\"]}",
      "A = fair r6 n0\nB = talk r2 n1\n",
      "A|2025-Q1 = fair r3 n0\nA|2025-Q2 = show r2 n0\nA|2025-Q4 = fair r1 n0\nB|2025-Q2 = talk r2 n1\n" },
    { "\"m\": {\"of\": \"acts\", \"distinct\": \"kind\", \"per\": [\"township\"]}", "A = 3 r6 n0\nB = 1 r2 n1\n",
      "A|A1 = 2 r3 n0\nA|A2 = 2 r2 n0\nB|B1 = 1 r2 n1\n" },
    { "\"m\": {\"of\": \"acts\", \"distinct\": \"n\", \"per\": [\"township\"]}", "A = 4 r6 n1\nB = 1 r2 n1\n",
      "A|A1 = 2 r3 n0\nA|A2 = 1 r2 n1\nB|B1 = 1 r2 n1\n" },
    { "\"m\": {\"of\": \"acts\", \"distinct\": \"date\", \"per\": [\"township\"]}", "A = 5 r6 n0\nB = 2 r2 n0\n",
      "A|A1 = 3 r3 n0\nA|A2 = 2 r2 n0\nB|B1 = 2 r2 n0\n" },
    /* Three days running hold 10 and 12 January; two do not. */
    { "\"m\": {\"of\": \"acts\", \"peak\": 3, \"per\": [\"township\"]}", "A = 2 r6 n0\nB = 2 r2 n0\n",
      "A|A1 = 2 r3 n0\nA|A2 = 1 r2 n0\nB|B1 = 2 r2 n0\n" },
    { "\"m\": {\"of\": \"acts\", \"peak\": 2, \"per\": [\"township\"]}",
      "A = 2 r6 n0\nB = 2 r2 n0\n", /* the county's own row and A2's are both of 1 April */
      "A|A1 = 1 r3 n0\nA|A2 = 1 r2 n0\nB|B1 = 2 r2 n0\n" },
    { "\"m\": {\"of\": \"acts\", \"one\": \"n\", \"per\": [\"kind\"]}",
      "A = several records are equally late r6 n1\nB = 1 r2 n1\n",
      "A|fair = 10 r2 n1\nA|show = 7 r1 n0\nA|talk = several records are equally late r3 n0\nB|talk = no rows to fold r1 n1\n" },
    { "\"m\": {\"of\": \"acts\", \"one\": \"kind\", \"per\": [\"township\", \"month\"]}",
      "A = several records are equally late r6 n0\nB = talk r2 n1\n",
      "A|A1|2025-01 = talk r2 n0\nA|A1|2025-12 = fair r1 n0\nA|A2|2025-03 = fair r1 n0\nA|A2|2025-04 = talk r1 n0\n"
      "B|B1|2025-05 = talk r2 n1\n" },
    { "\"m\": {\"of\": \"acts\", \"one\": \"ok\", \"per\": [\"n\"]}",
      "A = several records are equally late r6 n1\nB = true r2 n1\n",
      "A|-4 = no rows to fold r1 n1\nA|2.5 = false r1 n0\nA|7 = true r1 n0\nA|10 = several records are equally late r2 n0\n"
      "B|1 = true r1 n0\n" },
    /* Row values are expressions; what does not fit 6 digits makes the cell unknown, and of several reasons the first in the
     * list of states shows. */
    { "\"m\": {\"of\": \"acts\", \"sum\": \"n / 3\", \"per\": [\"kind\"]}",
      "A = computed from a value that is not recorded r6 n0\nB = computed from a value that is not recorded r2 n0\n",
      "A|fair = computed from a value that is not recorded r2 n0\nA|show = does not fit 6 digits after the point: round it r1 n0\n"
      "A|talk = does not fit 6 digits after the point: round it r3 n0\nB|talk = computed from a value that is not recorded r1 n0\n" },
    { "\"m\": {\"of\": \"acts\", \"sum\": \"round(n / 3, 6, 'half-up')\", \"where\": \"n == 10\", \"per\": [\"kind\"]}",
      "A = 6.666666 r2 n0\n", "A|fair = 3.333333 r1 n0\nA|talk = 3.333333 r1 n0\n" },
    { "\"m\": {\"of\": \"acts\", \"where\": \"kind in ['talk', 'show'] && n > 0\", \"per\": [\"week\"]}",
      "A = 3 r3 n0\n", "A|2025-W02 = 2 r2 n0\nA|2025-W14 = 1 r1 n0\n" },
    { "\"m\": {\"of\": \"acts\", \"over\": \"all\", \"sum\": \"n\", \"per\": [\"year\"]}", "* = 26.5 r8 n2\n",
      "*|2025 = 26.5 r8 n2\n" },
    /* Kept records, in order of their texts, as often as they came. */
    { "\"m\": {\"of\": \"acts\", \"where\": \"kind == 'fair'\", \"keep\": [\"n\", \"due\"], \"per\": [\"township\"]}",
      "A = 2 r2 n0 [|] [10|2025-02-01]\n", "A|A1 = 1 r1 n0 [10|2025-02-01]\nA|A2 = 1 r1 n0 [|]\n" },
    /* Of a share, those that do not count for it. */
    { "\"m\": {\"of\": \"acts\", \"share\": \"ok\", \"keep\": [\"kind\"], \"per\": [\"township\"]}",
      "A = 0.6 of 3/5 r6 n1 [fair] [talk] [talk]\nB = 1 of 1/1 r2 n1 [talk]\n",
      "A|A1 = 1/3 of 1/3 r3 n0 [fair] [talk]\nA|A2 = 1 of 1/1 r2 n1 [talk]\nB|B1 = 1 of 1/1 r2 n1 [talk]\n" },
};

START_TEST(op_case)
{
    struct world w;
    world_init(&w);
    w.dense_limit = _i % 2 ? 0 : KXI_DENSE_DEFAULT;
    world_scheme(&w, cases[_i / 2].measure);
    world_table(&w, "acts", acts);
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "m", false, cases[_i / 2].by_subject);
    assert_fold(&w, "m", true, cases[_i / 2].by_dims);
    world_free(&w);
}
END_TEST

/* Sums wider than 64 bits are exact. */
START_TEST(wide_sum)
{
    struct world w;
    world_init(&w);
    world_scheme(
        &w,
        "\"m\": {\"of\": \"plain\", \"sum\": \"n\", \"per\": [\"word\"]}, \"top\": {\"of\": \"plain\", \"max\": \"n\"}");
    world_table(&w, "plain",
                "unit,n,word\nA,9223372036854.775807,x\nA,9223372036854.775807,x\nA,-1,y\nB,-9223372036854.775807,x\n"
                "B,-0.000002,x\n");
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "m", true,
                "A|x = 18446744073709.551614 r2 n0\nA|y = -1 r1 n0\nB|x = -9223372036854.775809 r2 n0\n");
    assert_fold(&w, "top", false, "A = 9223372036854.775807 r3 n0\nB = -0.000002 r2 n0\n");
    world_free(&w);
}
END_TEST

/* A number that 64 bits do not hold at six digits is out of range: the cell says so, the others go on. */
START_TEST(out_of_range)
{
    struct world w;
    world_init(&w);
    world_scheme(&w,
                 "\"m\": {\"of\": \"plain\", \"sum\": \"n\"}, \"e\": {\"of\": \"plain\", \"max\": \"n * 1000000\"}");
    world_table(&w, "plain", "unit,n,word\nA,9223372036855,x\nA,1,x\nB,5,x\n");
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "m", false, "A = outside the range of dates or numbers r2 n0\nB = 5 r1 n0\n");
    assert_fold(&w, "e", false, "A = outside the range of dates or numbers r2 n0\nB = 5000000 r1 n0\n");
    assert_text(show_counts(&w, w.tally, fold_of(&w, "m", false, 0)), "3 0 0 0 1", "counts");
    world_free(&w);
}
END_TEST

TCase *
ops_tests(void)
{
    TCase *tc = tcase_create("ops");
    tcase_add_loop_test(tc, op_case, 0, 2 * COUNT(cases));
    tcase_add_test(tc, wide_sum);
    tcase_add_test(tc, out_of_range);
    return tc;
}
