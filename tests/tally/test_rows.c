/* Which rows count, and which are reported. */
#include "suite.h"

#include <stdio.h>

static void
world_of(struct world *w, const char *measures, const char *top, const char *table, const char *text, const char *as_of)
{
    world_init(w);
    world_scheme_with(w, measures, top, "");
    world_table(w, table, text);
    world_tally(w, as_of);
}

/* Undated rows, rows outside the period, after as_of, of no unit or below no subject are reported, each once. */
START_TEST(reported)
{
    struct world w;
    world_of(&w, "\"m\": {\"of\": \"acts\", \"where\": \"ok\"}, \"q\": {\"of\": \"acts\", \"sum\": \"n * 2\"}", "",
             "acts",
             "unit,date,kind,n,ok\n"
             "A,2025-01-05,,1,1\nA,,,1,1\nA,2024-01-05,,1,1\nA,2025-09-01,,1,1\n,2025-01-06,,1,1\nP,2025-01-06,,1,1\n"
             "A,2025-01-07,,1,0\nA,2025-01-08,,,\nA1,2025-08-31,,1,1\n,,,1,\n",
             "2025-08-31");
    assert_fold(&w, "m", false, "A = 2 r2 n0\n");
    assert_text(show_counts(&w, w.tally, fold_of(&w, "m", false, 0)), "10 2 2 2 1", "m");
    assert_fold(&w, "q", false, "A = computed from a value that is not recorded r4 n0\n");
    assert_text(show_counts(&w, w.tally, fold_of(&w, "q", false, 0)), "10 2 2 2 1", "q");
    world_free(&w);
}
END_TEST

/* A condition over one text column is decided per entry of its dictionary, null included; over other columns per row. */
static const struct {
    const char *where, *counts, *expected;
} conditions[] = {
    { "kind == 'a'", "6 0 0 0 0", "A = 2 r2 n0\n" },
    { "kind != 'a'", "6 0 0 0 0", "A = 3 r3 n0\nB = 1 r1 n0\n" },
    { "kind == null", "6 0 0 0 0", "A = 1 r1 n0\n" },
    { "size(kind) == 1", "6 0 0 0 1", "A = 4 r4 n0\nB = 1 r1 n0\n" },
    { "size(kind) == 1 && n == 1", "6 0 0 0 0", "A = 2 r2 n0\n" }, /* the null kind has n 2, which is not 1 */
    { "n > 1", "6 0 0 0 1", "A = 3 r3 n0\n" },
    { "ok", "6 0 0 0 2", "A = 2 r2 n0\n" },
    { "unit.name == 'Birch' || unit.level == 'township'", "6 0 0 0 0",
      "A = 1 r1 n0\nB = 1 r1 n0\n" }, /* A1 has no name */
    { "as_of < date('2025-01-01')", "6 0 0 0 0", "" },
    { "as_of >= period.from", "6 0 0 0 0", "A = 5 r5 n0\nB = 1 r1 n0\n" },
    { "date >= period.from && date <= period.to", "6 0 0 0 0", "A = 5 r5 n0\nB = 1 r1 n0\n" },
    { "who.born < date('2000-01-01')", "6 0 0 0 5", "A = 1 r1 n0\n" },
    { "who.unit.name == 'Birch'", "6 0 0 0 0", "A = 1 r1 n0\n" },
    { "'x' in tags", "6 0 0 0 0", "A = 2 r2 n0\n" },
    { "size(tags) == 2", "6 0 0 0 0", "A = 1 r1 n0\n" },
};

START_TEST(condition_case)
{
    struct world w;
    char measure[256];
    world_init(&w);
    snprintf(measure, sizeof(measure), "\"m\": {\"of\": \"acts\", \"where\": \"%s\"}", conditions[_i].where);
    world_scheme(&w, measure);
    const struct csv tables[] = { { "acts",
                                    "unit,date,kind,n,ok,due,who,tags\n"
                                    "A,2025-01-01,a,1,1,,p1,x;y\nA,2025-01-01,b,2,0,,,x\nA,2025-01-01,,2,1,,p2,\n"
                                    "A,2025-01-01,a,3,,,,z\nA1,2025-01-01,b,1,0,,,\nB,2025-01-01,c,,,,,\n" },
                                  { "people", "id,unit,born,team\np1,B,1999-12-31,\np2,A,,\n" },
                                  { NULL, NULL } };
    world_data(&w, tables);
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "m", false, conditions[_i].expected);
    assert_text(show_counts(&w, w.tally, fold_of(&w, "m", false, 0)), conditions[_i].counts, conditions[_i].where);
    world_free(&w);
}
END_TEST

/* States are read on as_of; in buckets on the bucket's last day, up to as_of; both ends belong, an empty end is open. */
static const char terms[] = "unit,role,from,to\n"
                            "A,head,2025-01-01,2025-06-30\nA,head,2025-06-30,\nA1,aide,,2025-03-31\nB,head,,\n"
                            "B,aide,2025-07-01,2025-07-31\nA2,aide,2025-08-01,\n";
static const struct {
    const char *measure, *as_of;
    bool by_dims;
    const char *expected, *counts;
} states[] = {
    { "\"m\": {\"of\": \"terms\"}", "2025-06-30", false, "A = 2 r2 n0\nB = 1 r1 n0\n", "6 0 0 3 0" },
    { "\"m\": {\"of\": \"terms\"}", "2025-07-31", false, "A = 1 r1 n0\nB = 2 r2 n0\n", "6 0 0 3 0" },
    { "\"m\": {\"of\": \"terms\"}", "2025-03-31", false, "A = 2 r2 n0\nB = 1 r1 n0\n", "6 0 0 3 0" },
    { "\"m\": {\"of\": \"terms\"}", "2020-01-01", false, "A = 1 r1 n0\nB = 1 r1 n0\n", "6 0 0 4 0" },
    { "\"m\": {\"of\": \"terms\", \"per\": [\"quarter\", \"role\"]}", "2025-10-15", true,
      "A|2025-Q1|aide = 1 r1 n0\nA|2025-Q1|head = 1 r1 n0\nA|2025-Q2|head = 2 r2 n0\nA|2025-Q3|aide = 1 r1 n0\n"
      "A|2025-Q3|head = 1 r1 n0\nB|2025-Q1|head = 1 r1 n0\nB|2025-Q2|head = 1 r1 n0\nB|2025-Q3|head = 1 r1 n0\n",
      "6 0 0 1 0" },
    { "\"m\": {\"of\": \"terms\", \"per\": [\"township\", \"half\"]}", "2025-12-31", true, "A|A2|2025-H2 = 1 r1 n0\n",
      "6 0 0 2 0" },
    { "\"m\": {\"of\": \"terms\", \"per\": [\"feasts\"]}", "2025-12-31", true,
      "A|spring = 1 r1 n0\nA|summer = 1 r1 n0\nB|spring = 1 r1 n0\nB|summer = 2 r2 n0\n", "6 0 0 2 0" },
};

START_TEST(state_case)
{
    struct world w;
    static const char windows[] =
        "\"windows\": {\"feasts\": [{\"name\": \"spring\", \"from\": \"2025-04-01\", \"to\": \"2025-04-10\"},"
        "{\"name\": \"summer\", \"from\": \"2025-07-05\", \"to\": \"2025-07-15\"}]}, ";
    world_of(&w, states[_i].measure, windows, "terms", terms, states[_i].as_of);
    assert_fold(&w, "m", states[_i].by_dims, states[_i].expected);
    assert_text(show_counts(&w, w.tally, fold_of(&w, "m", states[_i].by_dims, 0)), states[_i].counts, "counts");
    world_free(&w);
}
END_TEST

/* Windows may overlap: an event enters each that holds its day. */
START_TEST(windows)
{
    struct world w;
    static const char top[] =
        "\"windows\": {\"feasts\": [{\"name\": \"early\", \"from\": \"2025-01-01\", \"to\": \"2025-01-10\"},"
        "{\"name\": \"long\", \"from\": \"2025-01-05\", \"to\": \"2025-02-28\"},"
        "{\"name\": \"never\", \"from\": \"2027-01-01\", \"to\": \"2027-02-28\"}]}, ";
    world_of(
        &w, "\"m\": {\"of\": \"acts\", \"sum\": \"n\", \"per\": [\"feasts\", \"month\"]}", top, "acts",
        "unit,date,n\nA,2025-01-04,1\nA,2025-01-05,2\nA,2025-01-10,4\nA,2025-01-11,8\nA,2025-02-28,16\nA,2025-03-01,32\n",
        "2025-12-31");
    assert_fold(&w, "m", false, "A = 63 r6 n0\n");
    assert_fold(&w, "m", true, "A|early|2025-01 = 7 r3 n0\nA|long|2025-01 = 14 r3 n0\nA|long|2025-02 = 16 r1 n0\n");
    world_free(&w);
}
END_TEST

/* prev looks one period back, dates and as_of alike. */
START_TEST(one_period_back)
{
    struct world w;
    world_init(&w);
    world_scheme_with(&w, "\"m\": {\"of\": \"acts\", \"sum\": \"n\"}, \"s\": {\"of\": \"terms\"}", "",
                      "prev(m)|prev(s)");
    const struct csv tables[] = {
        { "acts",
          "unit,date,n\nA,2024-01-01,1\nA,2024-06-30,2\nA,2024-07-01,4\nA,2025-06-30,8\nA,2025-07-01,16\nA,2023-12-31,32\n" },
        { "terms", "unit,role,from,to\nA,x,2024-01-01,2024-06-30\nA,x,2024-07-01,\n" },
        { NULL, NULL }
    };
    world_data(&w, tables);
    world_tally(&w, "2025-06-30");
    assert_fold(&w, "m", false, "A = 8 r1 n0\n");
    assert_text(show_fold(&w, w.tally, fold_of(&w, "m", false, 1)), "A = 3 r2 n0\n", "prev");
    assert_fold(&w, "s", false, "A = 1 r1 n0\n");
    assert_text(show_fold(&w, w.tally, fold_of(&w, "s", false, 1)), "A = 1 r1 n0\n", "prev of states");
    world_free(&w);
}
END_TEST

/* Rows of a reference table are counted once, however many parts are added; units as they stand on as_of. */
START_TEST(reference_tables)
{
    struct world w;
    static const char units[] =
        "code,name,level,parent,from,to,into\nP,,province,,,,\nA,Ash,county,P,,,\nB,Birch,county,P,,,\n"
        "A1,,township,A,,2025-06-30,\nA1,,township,B,2025-07-01,,\nA2,,township,A,,2025-03-31,A1\n"
        "B1,,township,B,2026-01-01,,\n";
    world_init(&w);
    world_scheme(&w, "\"m\": {\"of\": \"units\", \"where\": \"level == 'township'\", \"per\": [\"township\"]},"
                     "\"p\": {\"of\": \"people\", \"distinct\": \"team\"}, \"a\": {\"of\": \"acts\"}");
    const struct csv tables[] = { { "units", units },
                                  { "people", "id,unit,team\np1,A,red\np2,B,red\np3,A2,blue\np4,A,red\n" },
                                  { "acts", "unit,date\nA,2025-01-01\n" },
                                  { NULL, NULL } };
    world_data(&w, tables);
    world_data(&w, tables);
    world_tally(&w, "2025-06-30");
    assert_fold(&w, "m", true, "A|A1 = 1 r1 n0\n");
    assert_fold(&w, "m", false, "A = 1 r1 n0\n");
    assert_fold(&w, "p", false, "A = 2 r3 n0\nB = 1 r1 n0\n"); /* p3's unit stands as A1 */
    assert_fold(&w, "a", false, "A = 2 r2 n0\n");
    assert_text(show_counts(&w, w.tally, fold_of(&w, "m", false, 0)), "7 0 1 3 0", "units");
    world_tally(&w, "2025-07-01");
    assert_fold(&w, "m", true, "B|A1 = 1 r1 n0\n");
    world_free(&w);
}
END_TEST

TCase *
rows_tests(void)
{
    TCase *tc = tcase_create("rows");
    tcase_add_test(tc, reported);
    tcase_add_loop_test(tc, condition_case, 0, COUNT(conditions));
    tcase_add_loop_test(tc, state_case, 0, COUNT(states));
    tcase_add_test(tc, windows);
    tcase_add_test(tc, one_period_back);
    tcase_add_test(tc, reference_tables);
    return tc;
}
