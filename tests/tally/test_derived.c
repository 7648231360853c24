/* Measures over measures: a measure with dimensions is a table again. */
#include "suite.h"

static const char acts[] =
    "unit,date,kind,n,ok\nA1,2025-01-10,x,5,1\nA1,2025-02-10,x,9,1\nA2,2025-02-11,y,4,0\nA,2025-05-01,x,1,1\n"
    "B1,2025-01-01,x,2,0\nB1,2025-08-01,,7,1\nC,2025-12-01,z,,\n";
#define BEST "\"best\": {\"of\": \"acts\", \"max\": \"n\", \"per\": [\"kind\", \"quarter\"]}"
#define COUNTS "\"counts\": {\"of\": \"acts\", \"per\": [\"township\", \"month\"]}"

static const struct {
    const char *measures;
    bool by_dims;
    const char *expected;
} cases[] = {
    /* Best per kind and quarter: A x Q1 9, x Q2 1, y Q1 4; B x Q1 2; C z Q4 no rows. */
    { BEST ", \"m\": {\"of\": \"best\", \"sum\": \"value\"}", false,
      "A = 14 r3 n0\nB = 2 r1 n0\nC = a part of it is unknown r1 n0\n" },
    { BEST ", \"m\": {\"of\": \"best\"}", false, "A = 3 r3 n0\nB = 1 r1 n0\nC = 1 r1 n0\n" },
    { BEST ", \"m\": {\"of\": \"best\", \"max\": \"value\", \"per\": [\"kind\"]}", true,
      "A|x = 9 r2 n0\nA|y = 4 r1 n0\nB|x = 2 r1 n0\nC|z = a part of it is unknown r1 n0\n" },
    { BEST ", \"m\": {\"of\": \"best\", \"where\": \"value > 1 && kind == 'x'\", \"per\": [\"quarter\"]}", true,
      "A|2025-Q1 = 1 r1 n0\nB|2025-Q1 = 1 r1 n0\n" },
    { BEST ", \"m\": {\"of\": \"best\", \"distinct\": \"kind\", \"per\": [{\"kind\": [\"y\", \"x\"]}]}", true,
      "A|y = 1 r1 n0\nA|x = 1 r2 n0\nB|x = 1 r1 n0\n" },
    { BEST ", \"m\": {\"of\": \"best\", \"one\": \"kind\", \"where\": \"quarter == '2025-Q1' && value < 5\"}", false,
      "A = y r1 n0\nB = x r1 n0\n" },
    { BEST ", \"m\": {\"of\": \"best\", \"over\": \"all\", \"mean\": \"value\", \"where\": \"kind != 'z'\"}", false,
      "* = 4 of 16/4 r4 n0\n" },
    /* Months with two or more; at most one counts. Rows of the county itself are in no township. */
    { COUNTS ", \"m\": {\"of\": \"counts\", \"sum\": \"min(value, 1)\", \"per\": [\"township\"]}", true,
      "A|A1 = 2 r2 n0\nA|A2 = 1 r1 n0\nB|B1 = 2 r2 n0\n" },
    { COUNTS ", \"m\": {\"of\": \"counts\", \"share\": \"township == 'A1'\"}", false,
      "A = 2/3 of 2/3 r3 n0\nB = 0 of 0/2 r2 n0\n" },
    /* Cells of cells. */
    { BEST
      ", \"step\": {\"of\": \"best\", \"sum\": \"value\", \"per\": [\"kind\"]}, \"m\": {\"of\": \"step\", \"max\": \"value\"}",
      false, "A = 10 r2 n0\nB = 2 r1 n0\nC = a part of it is unknown r1 n0\n" },
    /* A mean is a fraction; folding it needs six digits. */
    { "\"means\": {\"of\": \"acts\", \"mean\": \"n\", \"per\": [\"half\"]}, \"m\": {\"of\": \"means\", \"max\": \"round(value, 2, 'half-up')\"}",
      false, "A = 4.75 r1 n0\nB = 7 r2 n0\nC = a part of it is unknown r1 n0\n" },
    { "\"means\": {\"of\": \"acts\", \"mean\": \"n\", \"per\": [\"year\"], \"where\": \"kind == 'x'\"}, \"m\": {\"of\": \"means\", \"max\": \"value\"}",
      false, "A = 5 r1 n0\nB = 2 r1 n0\n" },
    { "\"means\": {\"of\": \"acts\", \"mean\": \"n / 2\", \"per\": [\"year\"], \"where\": \"n in [1, 2, 5, 4]\"}, \"m\": {\"of\": \"means\", \"max\": \"value\"}",
      false, "A = does not fit 6 digits after the point: round it r1 n0\nB = 1 r1 n0\n" },
};

START_TEST(derived_case)
{
    struct world w;
    world_init(&w);
    w.dense_limit = _i % 2 ? 0 : KXI_DENSE_DEFAULT;
    world_scheme(&w, cases[_i / 2].measures);
    world_table(&w, "acts", acts);
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "m", cases[_i / 2].by_dims, cases[_i / 2].expected);
    world_free(&w);
}
END_TEST

/* The subject of cells over all is nobody. */
START_TEST(over_all)
{
    struct world w;
    world_init(&w);
    world_scheme_with(
        &w,
        "\"a\": {\"of\": \"acts\", \"over\": \"all\", \"sum\": \"n\", \"per\": [\"kind\"]}, \"m\": {\"of\": \"a\", \"max\": \"value\"}",
        "", "prev(m)");
    world_table(&w, "acts",
                "unit,date,kind,n\nA,2025-01-01,x,1\nB,2025-01-01,x,2\nA,2024-01-01,x,5\nA,2024-01-02,y,6\n");
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "m", false, "* = 3 r1 n0\n");
    assert_text(show_fold(&w, w.tally, fold_of(&w, "m", false, 1)), "* = 6 r2 n0\n", "prev");
    world_free(&w);
}
END_TEST

/* prev of a measure over a measure: the cells, their buckets and windows are those of a period back. */
START_TEST(period_back)
{
    struct world w;
    world_init(&w);
    world_scheme_with(
        &w,
        "\"q\": {\"of\": \"acts\", \"sum\": \"n\", \"per\": [\"quarter\", \"feasts\"]},"
        "\"m\": {\"of\": \"q\", \"max\": \"value\"}",
        "\"windows\": {\"feasts\": [{\"name\": \"spring\", \"from\": \"2025-01-28\", \"to\": \"2025-02-28\"}]}, ",
        "prev(m)");
    world_table(&w, "acts",
                "unit,date,n\nA,2025-01-28,1\nA,2025-02-28,2\nA,2024-02-29,4\nA,2024-01-28,8\nA,2024-03-01,16\n"
                "A,2024-01-27,32\nA,2023-02-01,64\n");
    world_tally(&w, "2025-12-31");
    uint32_t now = fold_of(&w, "q", true, 0), back = fold_of(&w, "q", true, 1);
    assert_text(show_fold(&w, w.tally, now), "A|2025-Q1|spring = 3 r2 n0\n", "now");
    assert_text(show_fold(&w, w.tally, back), "A|2024-Q1|spring = 12 r2 n0\n", "back");
    assert_text(show_fold(&w, w.tally, fold_of(&w, "m", false, 1)), "A = 12 r1 n0\n", "prev(m)");
    world_free(&w);
}
END_TEST

TCase *
derived_tests(void)
{
    TCase *tc = tcase_create("derived");
    tcase_add_loop_test(tc, derived_case, 0, 2 * COUNT(cases));
    tcase_add_test(tc, over_all);
    tcase_add_test(tc, period_back);
    return tc;
}
