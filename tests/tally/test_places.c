/* Where rows belong: the tree, lists of keys, references, open dimensions. */
#include "suite.h"

#include <stdio.h>

/* T1 moves from A to B in the middle of the year; T2 is dissolved into T3 of B, T4 into nobody; A2 stands throughout. */
static const char moving[] =
    "code,level,parent,from,to,into\n"
    "P,province,,,,\nA,county,P,,,\nB,county,P,,,\n"
    "T1,township,A,,2025-06-30,\nT1,township,B,2025-07-01,,\n"
    "T2,township,A,,2025-03-31,T3\nT3,township,B,,,\nT4,township,A,,2025-03-31,\nA2,township,A,,,\n"
    "V,village,T2,,2025-03-31,T3\n";
static const char moving_acts[] =
    "unit,date,n\nT1,2025-06-30,1\nT1,2025-07-01,2\nT2,2025-03-31,4\nT2,2025-04-01,8\nT3,2025-01-01,16\n"
    "T4,2025-03-31,32\nT4,2025-04-01,64\nA2,2025-01-01,128\nV,2025-02-01,256\nP,2025-02-01,512\n";
static const char sum_by_township[] = "\"m\": {\"of\": \"acts\", \"sum\": \"n\", \"per\": [\"township\"]}";

static const struct {
    const char *top, *as_of, *by_subject, *by_dims, *counts;
} trees[] = {
    /* The tree of as_of: all of T1 is B's, T2 is T3; rows of T4 lead nowhere, and P is below no county. */
    { "", "2025-12-31", "A = 128 r1 n0\nB = 287 r6 n0\n", "A|A2 = 128 r1 n0\nB|T1 = 3 r2 n0\nB|T3 = 284 r4 n0\n",
      "10 0 3 0 0" },
    { "", "2025-03-31", "A = 420 r4 n0\nB = 16 r1 n0\n",
      "A|A2 = 128 r1 n0\nA|T2 = 260 r2 n0\nA|T4 = 32 r1 n0\nB|T3 = 16 r1 n0\n", "10 0 1 4 0" },
    /* Each row by its own date: T1 half and half; T2 and T4 were A's while they stood, and what they are on as_of (T3, or
     * nothing) is the cell. */
    { "\"tree\": \"row\", ", "2025-12-31", "A = 421 r5 n0\nB = 26 r3 n0\n",
      "A|A2 = 128 r1 n0\nA|T1 = 1 r1 n0\nA|T3 = 260 r2 n0\nB|T1 = 2 r1 n0\nB|T3 = 24 r2 n0\n", "10 0 2 0 0" },
};

START_TEST(tree_case)
{
    struct world w;
    world_init(&w);
    w.dense_limit = _i % 2 ? 0 : KXI_DENSE_DEFAULT;
    world_scheme_with(&w, sum_by_township, trees[_i / 2].top, "");
    const struct csv tables[] = { { "units", moving }, { "acts", moving_acts }, { NULL, NULL } };
    world_data(&w, tables);
    world_tally(&w, trees[_i / 2].as_of);
    assert_fold(&w, "m", false, trees[_i / 2].by_subject);
    assert_fold(&w, "m", true, trees[_i / 2].by_dims);
    assert_text(show_counts(&w, w.tally, fold_of(&w, "m", true, 0)), trees[_i / 2].counts, "counts");
    world_free(&w);
}
END_TEST

/* Subjects at several levels: a row belongs to each on its path. */
START_TEST(several_levels)
{
    struct world w;
    world_init(&w);
    world_scheme_with(&w, "\"m\": {\"of\": \"acts\", \"per\": [\"township\"]}",
                      "\"subjects\": {\"of\": \"units\", \"where\": \"level != 'village'\"}, ", "");
    world_table(&w, "acts", "unit,date\nA11,2025-01-01\nA1,2025-01-01\nB,2025-01-01\nP,2025-01-01\nQ,2025-01-01\n");
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "m", false, "A = 2 r2 n0\nA1 = 2 r2 n0\nB = 1 r1 n0\nP = 4 r4 n0\nQ = 1 r1 n0\n");
    assert_fold(&w, "m", true, "A|A1 = 2 r2 n0\nA1|A1 = 2 r2 n0\nP|A1 = 2 r2 n0\n");
    assert_text(show_counts(&w, w.tally, fold_of(&w, "m", false, 0)), "5 0 0 0 0", "counts");
    world_free(&w);
}
END_TEST

/* A key may be a list: the row enters each cell it leads to once, in full. */
static const struct {
    const char *measure, *by_subject, *by_dims;
} lists[] = {
    { "\"m\": {\"of\": \"joint\", \"sum\": \"n\", \"per\": [\"township\"]}", "A = 7 r3 n0\nB = 5 r2 n0\n",
      "A|A1 = 3 r2 n0\nA|A2 = 5 r2 n0\nB|B1 = 1 r1 n0\n" },
    { "\"m\": {\"of\": \"joint\", \"sum\": \"n\", \"per\": [\"crew\"]}", "A = 7 r3 n0\nB = 5 r2 n0\n",
      /* the unit and its county come from the same element of the list */
      "A|A1 = 3 r2 n0\nA|A11 = 3 r2 n0\nA|A2 = 5 r2 n0\nB|B = 4 r1 n0\nB|B1 = 1 r1 n0\n" },
    { "\"m\": {\"of\": \"joint\", \"per\": [\"tags\"]}", "A = 3 r3 n0\nB = 2 r2 n0\n",
      "A|x = 2 r2 n0\nA|y = 2 r2 n0\nB|x = 1 r1 n0\nB|y = 1 r1 n0\n" },
    { "\"m\": {\"of\": \"joint\", \"per\": [{\"tags\": [\"y\", \"z\"]}, \"nums\"]}", "A = 3 r3 n0\nB = 2 r2 n0\n",
      "A|y|1 = 1 r1 n0\nA|y|2.5 = 2 r2 n0\nB|y|1 = 1 r1 n0\nB|y|2.5 = 1 r1 n0\n" },
    { "\"m\": {\"of\": \"joint\", \"distinct\": \"date\", \"per\": [\"tags\"]}", "A = 2 r3 n0\nB = 2 r2 n0\n",
      "A|x = 2 r2 n0\nA|y = 2 r2 n0\nB|x = 1 r1 n0\nB|y = 1 r1 n0\n" },
    { "\"m\": {\"of\": \"joint\", \"peak\": 1, \"per\": [\"tags\"]}", "A = 2 r3 n0\nB = 1 r2 n0\n",
      "A|x = 1 r2 n0\nA|y = 1 r2 n0\nB|x = 1 r1 n0\nB|y = 1 r1 n0\n" },
};

START_TEST(list_case)
{
    struct world w;
    world_init(&w);
    w.dense_limit = _i % 2 ? 0 : KXI_DENSE_DEFAULT;
    world_scheme(&w, lists[_i / 2].measure);
    world_table(&w, "joint",
                "crew,date,n,tags,nums\nA1;A11;A2;B1,2025-01-01,1,x;y;x,2.5;1;2.5\nA2;B,2025-01-02,4,,1\n"
                "A1;A11;A1,2025-01-02,2,y;x,2.5\n,2025-01-01,8,x,\n");
    world_tally(&w, "2025-12-31");
    /* A2;B of the second row: its 4 goes to A and B alike, and to A2. */
    assert_fold(&w, "m", false, lists[_i / 2].by_subject);
    assert_fold(&w, "m", true, lists[_i / 2].by_dims);
    assert_text(show_counts(&w, w.tally, fold_of(&w, "m", true, 0)), "4 0 1 0 0", "counts");
    world_free(&w);
}
END_TEST

/* Rows lead to the subject through a reference of a reference; subjects may be people; windows of dates and references too. */
START_TEST(through_references)
{
    struct world w;
    world_init(&w);
    world_scheme(&w, "\"m\": {\"of\": \"visits\", \"per\": [\"contact\", \"month\"]},"
                     "\"r\": {\"of\": \"visits\", \"sum\": \"contact.rank\", \"per\": [\"township\"]}");
    const struct csv tables[] = {
        { "visits", "contact,date\nc2,2025-01-01\nc1,2025-01-02\nc2,2025-02-01\nc3,2025-01-01\n,2025-01-01\n" },
        { "contacts", "id,unit,rank\nc3,B1,\nc1,A11,1\nc2,A2,2.5\n" },
        { NULL, NULL }
    };
    world_data(&w, tables);
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "m", true,
                "A|c1|2025-01 = 1 r1 n0\nA|c2|2025-01 = 1 r1 n0\nA|c2|2025-02 = 1 r1 n0\nB|c3|2025-01 = 1 r1 n0\n");
    assert_fold(&w, "r", true, "A|A1 = 1 r1 n0\nA|A2 = 5 r2 n0\nB|B1 = 0 r1 n1\n");
    world_free(&w);
}
END_TEST

START_TEST(people_as_subjects)
{
    struct world w;
    world_init(&w);
    world_scheme_with(&w,
                      "\"m\": {\"of\": \"acts\", \"sum\": \"n\", \"per\": [\"county\"]},"
                      "\"p\": {\"of\": \"people\"}",
                      "\"subjects\": {\"of\": \"people\", \"where\": \"team == 'red'\"}, ", "");
    const struct csv tables[] = {
        { "acts", "unit,date,n,who\nA1,2025-01-01,1,p1\nB,2025-01-01,2,p1\nP,2025-01-01,4,p1\nC,2025-01-01,8,p2\n"
                  "C,2025-01-01,16,p3\nC,2025-01-01,32,\n" },
        { "people", "id,unit,team\np3,A,red\np2,A,blue\np1,B,red\n" },
        { NULL, NULL }
    };
    world_data(&w, tables);
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "m", false, "p1 = 7 r3 n0\np3 = 16 r1 n0\n");
    assert_fold(&w, "m", true, "p1|A = 1 r1 n0\np1|B = 2 r1 n0\np3|C = 16 r1 n0\n"); /* P is in no county */
    assert_fold(&w, "p", false, "p1 = 1 r1 n0\np3 = 1 r1 n0\n");
    assert_text(show_counts(&w, w.tally, fold_of(&w, "m", false, 0)), "6 0 2 0 0", "counts");
    world_free(&w);
}
END_TEST

/* Over all: nobody's rows count as well, and levels are looked up without a subject. A reference to units is to whoever stands
 * for them on as_of. */
START_TEST(without_subjects)
{
    struct world w;
    world_init(&w);
    world_scheme(&w, "\"a\": {\"of\": \"acts\", \"over\": \"all\", \"sum\": \"n\", \"per\": [\"township\", \"half\"]},"
                     "\"u\": {\"of\": \"acts\", \"sum\": \"n\", \"per\": [\"unit\"]}");
    const struct csv tables[] = { { "units", moving }, { "acts", moving_acts }, { NULL, NULL } };
    world_data(&w, tables);
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "a", false, "* = 1023 r10 n0\n");
    assert_fold(&w, "a", true,
                "*|A2|2025-H1 = 128 r1 n0\n*|T1|2025-H1 = 1 r1 n0\n*|T1|2025-H2 = 2 r1 n0\n*|T3|2025-H1 = 284 r4 n0\n");
    assert_text(show_counts(&w, w.tally, fold_of(&w, "a", true, 0)), "10 0 0 0 0", "counts");
    assert_fold(&w, "u", true, "A|A2 = 128 r1 n0\nB|T1 = 3 r2 n0\nB|T3 = 284 r4 n0\n");
    world_free(&w);
}
END_TEST

/* Values of open dimensions stand in their own order, whatever came first; null has no cell. */
START_TEST(open_dimensions)
{
    struct world w;
    world_init(&w);
    world_scheme(
        &w,
        "\"t\": {\"of\": \"acts\", \"per\": [\"kind\"]}, \"n\": {\"of\": \"acts\", \"per\": [\"n\"]},"
        "\"d\": {\"of\": \"acts\", \"per\": [\"date\", \"ok\"]}, \"l\": {\"of\": \"acts\", \"per\": [{\"n\": [\"2\", \"-1.50\"]}]},"
        "\"o\": {\"of\": \"acts\", \"over\": \"all\", \"per\": [\"due\"]}");
    world_table(
        &w, "acts",
        "unit,date,kind,n,ok,due\nA,2025-03-01,z,2,1,2025-05-05\nA,2025-01-01,b,-1.5,0,2024-01-01\n"
        "A,2025-03-01,,100,0,\nP,2025-02-01,ab,,1,2024-01-01\nA,2025-03-01,乙,2.0,1,\nB,2025-01-01,甲,-1.5,,\n");
    world_tally(&w, "2025-12-31");
    assert_fold(&w, "t", true, "A|b = 1 r1 n0\nA|z = 1 r1 n0\nA|乙 = 1 r1 n0\nB|甲 = 1 r1 n0\n");
    assert_fold(&w, "n", true, "A|-1.5 = 1 r1 n0\nA|2 = 2 r2 n0\nA|100 = 1 r1 n0\nB|-1.5 = 1 r1 n0\n");
    assert_fold(&w, "d", true,
                "A|2025-01-01|false = 1 r1 n0\nA|2025-03-01|false = 1 r1 n0\nA|2025-03-01|true = 2 r2 n0\n");
    assert_fold(&w, "l", true, "A|2 = 2 r2 n0\nA|-1.50 = 1 r1 n0\nB|-1.50 = 1 r1 n0\n"); /* in the scheme's order */
    assert_fold(&w, "o", true, "*|2024-01-01 = 2 r2 n0\n*|2025-05-05 = 1 r1 n0\n");
    world_free(&w);
}
END_TEST

TCase *
places_tests(void)
{
    TCase *tc = tcase_create("places");
    tcase_add_loop_test(tc, tree_case, 0, 2 * COUNT(trees));
    tcase_add_test(tc, several_levels);
    tcase_add_loop_test(tc, list_case, 0, 2 * COUNT(lists));
    tcase_add_test(tc, through_references);
    tcase_add_test(tc, people_as_subjects);
    tcase_add_test(tc, without_subjects);
    tcase_add_test(tc, open_dimensions);
    return tc;
}
