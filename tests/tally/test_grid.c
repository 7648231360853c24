/* Which cells are expected. */
#include "suite.h"

#include <stdio.h>

/* A2 begins in the second quarter, B1 ends in the third; X is a society of A, at the level of a township. */
static const char units[] =
    "code,level,parent,from,to\nP,province,,,\nA,county,P,,\nB,county,P,,\nD,county,P,2025-05-01,\n"
    "A1,township,A,,\nA2,township,A,2025-04-01,\nB1,township,B,,2025-09-30\nD1,township,D,2025-05-01,\n"
    "A11,village,A1,,\nA12,village,A1,,\nB11,village,B1,,2025-09-30\n";
static const char contacts[] = "id,unit,rank\nk3,A1,\nk1,A11,\nk2,B,\nk0,P,\n";

static const struct {
    const char *measure, *top, *as_of;
    uint32_t mask;
    const char *expected;
} cases[] = {
    { "\"of\": \"acts\", \"per\": [\"township\"]", "", "2025-12-31", 1, "A|A1\nA|A2\nD|D1\n" },
    { "\"of\": \"acts\", \"per\": [\"township\"]", "", "2025-03-31", 1, "A|A1\nB|B1\n" },
    /* A bucket counts once it is over, for units that were there throughout. */
    { "\"of\": \"acts\", \"per\": [\"township\", \"quarter\"]", "", "2025-09-30", 3,
      "A|A1|2025-Q1\nA|A1|2025-Q2\nA|A1|2025-Q3\nA|A2|2025-Q2\nA|A2|2025-Q3\nB|B1|2025-Q1\nB|B1|2025-Q2\nB|B1|2025-Q3\nD|D1|2025-Q3\n" },
    { "\"of\": \"acts\", \"per\": [\"township\", \"quarter\"]", "", "2025-06-29", 3, "A|A1|2025-Q1\nB|B1|2025-Q1\n" },
    { "\"of\": \"acts\", \"per\": [\"quarter\", \"township\"]", "", "2025-06-30", 3,
      "A|2025-Q1|A1\nA|2025-Q2|A1\nA|2025-Q2|A2\nB|2025-Q1|B1\nB|2025-Q2|B1\n" },
    /* The groups of some dimensions only; without a unit among them the subject itself has to have been there. */
    { "\"of\": \"acts\", \"per\": [\"township\", \"quarter\"]", "", "2025-06-30", 1, "A|A1\nA|A2\nB|B1\nD|D1\n" },
    { "\"of\": \"acts\", \"per\": [\"township\", \"quarter\"]", "", "2025-09-30", 2,
      "A|2025-Q1\nA|2025-Q2\nA|2025-Q3\nB|2025-Q1\nB|2025-Q2\nB|2025-Q3\nD|2025-Q3\n" },
    { "\"of\": \"acts\", \"per\": [\"township\", \"quarter\"]", "", "2025-06-30", 0, "A\nB\nD\n" },
    { "\"of\": \"acts\", \"expect\": \"started\", \"per\": [\"township\", \"half\"]", "", "2025-07-01", 3,
      "A|A1|2025-H1\nA|A1|2025-H2\nA|A2|2025-H1\nA|A2|2025-H2\nB|B1|2025-H1\nB|B1|2025-H2\nD|D1|2025-H1\nD|D1|2025-H2\n" },
    { "\"of\": \"acts\", \"expect\": \"all\", \"per\": [\"half\"]", "", "2025-02-01", 1,
      "A|2025-H1\nA|2025-H2\nB|2025-H1\nB|2025-H2\n" },
    /* Weeks that the period cuts off are not whole. */
    { "\"of\": \"acts\", \"per\": [\"week\"]", "\"period\": {\"from\": \"2025-01-01\", \"to\": \"2025-01-15\"}, ",
      "2025-01-15", 1, "A|2025-W02\nB|2025-W02\n" },
    /* Levels lie in each other. */
    { "\"of\": \"acts\", \"per\": [\"village\", \"township\"]", "", "2025-06-30", 3, "A|A11|A1\nA|A12|A1\nB|B11|B1\n" },
    { "\"of\": \"acts\", \"per\": [\"township\", {\"kind\": [\"z\", \"a\"]}, \"village\"]", "", "2025-06-30", 7,
      "A|A1|z|A11\nA|A1|z|A12\nA|A1|a|A11\nA|A1|a|A12\nB|B1|z|B11\nB|B1|a|B11\n" },
    { "\"of\": \"acts\", \"per\": [\"kind\"]", "", "2025-06-30", 1, "open\n" },
    { "\"of\": \"acts\", \"per\": [\"kind\", \"half\"]", "", "2025-06-30", 2, "A|2025-H1\nB|2025-H1\n" },
    { "\"of\": \"acts\", \"over\": \"all\", \"per\": [\"township\", \"half\"]", "", "2025-06-30", 3,
      "*|A1|2025-H1\n*|B1|2025-H1\n" },
    /* References: every row of the table that belongs to the subject; units themselves. */
    { "\"of\": \"visits\", \"per\": [\"contact\"]", "", "2025-06-30", 1, "A|k1\nA|k3\nB|k2\n" },
    { "\"of\": \"visits\", \"per\": [\"contact\", \"half\"]", "", "2025-06-30", 3,
      "A|k1|2025-H1\nA|k3|2025-H1\nB|k2|2025-H1\n" },
    { "\"of\": \"plain\", \"per\": [\"unit\"]", "", "2025-06-30", 1,
      "A|A\nA|A1\nA|A11\nA|A12\nA|A2\nB|B\nB|B1\nB|B11\nD|D\nD|D1\n" },
    { "\"of\": \"acts\", \"per\": [\"feasts\"]",
      "\"windows\": {\"feasts\": [{\"name\": \"w1\", \"from\": \"2025-01-10\", \"to\": \"2025-01-20\"},"
      "{\"name\": \"w2\", \"from\": \"2025-06-10\", \"to\": \"2025-06-20\"},"
      "{\"name\": \"out\", \"from\": \"2024-12-10\", \"to\": \"2025-01-20\"}]}, ",
      "2025-06-20", 1, "A|w1\nA|w2\nB|w1\nB|w2\nD|w2\n" },
};

START_TEST(grid_case)
{
    struct world w;
    char measure[256];
    world_init(&w);
    snprintf(measure, sizeof(measure), "\"m\": {%s}", cases[_i].measure);
    world_scheme_with(&w, measure, cases[_i].top, "");
    const struct csv tables[] = { { "units", units }, { "contacts", contacts }, { NULL, NULL } };
    world_data(&w, tables);
    world_tally(&w, cases[_i].as_of);
    assert_text(show_grid(&w, w.tally, fold_of(&w, "m", true, 0), cases[_i].mask), cases[_i].expected,
                cases[_i].measure);
    world_free(&w);
}
END_TEST

/* A contact that belongs to nobody in particular is expected of every subject. */
START_TEST(shared_reference)
{
    struct world w;
    world_init(&w);
    world_scheme_with(&w, "\"m\": {\"of\": \"acts\", \"per\": [\"who\"]}", "", "");
    kxi_dim *dim = (kxi_dim *)(uintptr_t)&w.rules->measures[0].dims[0];
    dim->owner.target = KXI_NONE;
    const struct csv tables[] = { { "units", units },
                                  { "people", "id,unit,born,team\np2,A1,,\np1,B,,\n" },
                                  { NULL, NULL } };
    world_data(&w, tables);
    world_tally(&w, "2025-06-30");
    assert_text(show_grid(&w, w.tally, fold_of(&w, "m", true, 0), 1), "A|p1\nA|p2\nB|p1\nB|p2\nD|p1\nD|p2\n", "shared");
    world_free(&w);
}
END_TEST

/* The limit names the measure; what was there stays. */
START_TEST(limit)
{
    struct world w;
    kxi_arena a;
    kxi_grid grid;
    world_init(&w);
    world_scheme(&w, "\"weekly\": {\"of\": \"acts\", \"per\": [\"township\", \"week\"]}");
    world_table(&w, "acts", "unit,date\n");
    world_tally(&w, "2025-12-31");
    w.ctx->max_cells = 203; /* 4 townships x 51 whole weeks are 204 */
    kxi_arena_init(&a, &w.ctx->mem);
    kx_status st = kxi_grid_make(w.tally->universe, fold_of(&w, "weekly", true, 0), &a, &grid, &w.diag);
    assert_refused(&w, st, KXI_MSG_TALLY_CELLS, "weekly");
    ck_assert_uint_eq(grid.count, 0);
    w.ctx->max_cells = 204;
    ck_assert_int_eq(kxi_grid_make(w.tally->universe, fold_of(&w, "weekly", true, 0), &a, &grid, &w.diag), KX_OK);
    ck_assert_uint_eq(grid.count, 204);
    kxi_arena_free(&a);
    world_free(&w);
}
END_TEST

TCase *
grid_tests(void)
{
    TCase *tc = tcase_create("grid");
    tcase_add_loop_test(tc, grid_case, 0, COUNT(cases));
    tcase_add_test(tc, shared_reference);
    tcase_add_test(tc, limit);
    return tc;
}
