/* Who is scored, and among whom. */
#include "suite.h"

#include <stdio.h>

static const char units[] = "code,name,level,parent,from,to,into\n"
                            "P,Province,province,,,,\nQ,Other,province,,,,\n"
                            "B,Birch,county,P,,,\nA,Ash,county,P,,,\n"
                            "C,Cedar,county,Q,,2025-05-31,A\n" /* dissolved into A */
                            "D,Dale,county,Q,,2025-06-30,\nD,Dale (moved),county,P,2025-07-01,,\n"
                            "E,Elm,county,Q,2026-01-01,,\n" /* not yet */
                            "A1,,township,A,,,\nC1,,township,C,,2025-05-31,A1\nC2,,township,C,,,\n";

static const char *
show_universe(struct world *w, const kxi_universe *u)
{
    w->shown.n = 0;
    for (uint32_t s = 0; s < u->count; s++) {
        kxi_buf_str(&w->shown, kxi_universe_key(u, s));
        kxi_buf_char(&w->shown, '|');
        kxi_buf_str(&w->shown, kxi_universe_name(u, s));
        kxi_buf_char(&w->shown, '|');
        kxi_buf_str(&w->shown, u->cohort_names[u->cohorts[s]]);
        kxi_buf_char(&w->shown, '\n');
    }
    return w->shown.n ? w->shown.s : "";
}

static const struct {
    const char *subjects, *as_of, *expected;
} cases[] = {
    { "\"of\": \"units\", \"where\": \"level == 'county'\", \"cohort\": [\"province\"]", "2025-03-01",
      "A|Ash|P\nB|Birch|P\nC|Cedar|Q\nD|Dale|Q\n" },
    { "\"of\": \"units\", \"where\": \"level == 'county'\", \"cohort\": [\"province\"]", "2025-12-31",
      "A|Ash|P\nB|Birch|P\nD|Dale (moved)|P\n" },
    { "\"of\": \"units\", \"where\": \"level == 'county'\"", "2025-12-31", "A|Ash|\nB|Birch|\nD|Dale (moved)|\n" },
    { "\"of\": \"units\", \"where\": \"size(name) > 3 && level == 'county'\"", "2025-12-31",
      "B|Birch|\nD|Dale (moved)|\n" },
    { "\"of\": \"units\", \"where\": \"level == 'county'\", \"cohort\": [\"province\", \"name\"]", "2025-12-31",
      "A|Ash|P / Ash\nB|Birch|P / Birch\nD|Dale (moved)|P / Dale (moved)\n" },
    { "\"of\": \"units\", \"where\": \"as_of == date('2025-12-31') && parent.name == 'Other'\"", "2025-03-01", "" },
    { "\"of\": \"units\", \"where\": \"as_of > period.from && parent.name == 'Other'\"", "2025-03-01",
      "C|Cedar|\nD|Dale|\n" },
    { "\"of\": \"people\", \"cohort\": [\"team\", \"born\"]", "2025-12-31",
      "p1|| / 1990-01-02\np2||red / \np3||red / 1990-01-02\n" },
    { "\"of\": \"people\", \"where\": \"unit.level == 'township' && unit.name == null\"", "2025-12-31",
      "p1||\np3||\n" },
};

START_TEST(universe_case)
{
    struct world w;
    char top[256];
    world_init(&w);
    snprintf(top, sizeof(top), "\"subjects\": {%s}, ", cases[_i].subjects);
    world_scheme_with(&w, "\"m\": {\"of\": \"people\", \"over\": \"all\"}", top, "");
    const struct csv tables[] = { { "units", units },
                                  { "people",
                                    "id,unit,born,team\np3,A1,1990-01-02,red\np1,C2,1990-01-02,\np2,B,,red\n" },
                                  { NULL, NULL } };
    kxi_universe *u;
    ck_assert_int_eq(kxi_universe_new(w.ctx, w.rules, world_data(&w, tables), day(cases[_i].as_of), &u, &w.diag),
                     KX_OK);
    assert_text(show_universe(&w, u), cases[_i].expected, cases[_i].subjects);
    for (uint32_t s = 0; s < u->count; s++)
        ck_assert_uint_eq(u->subject_of[u->entities[s]], s);
    kxi_universe_unref(kxi_universe_ref(u)); /* counted */
    kxi_universe_unref(u);
    world_free(&w);
}
END_TEST

/* The row of a unit is that of its version; nobody stands before time. */
START_TEST(rows_of_versions)
{
    struct world w;
    world_init(&w);
    world_scheme(&w, "\"m\": {\"of\": \"acts\"}");
    const struct csv tables[] = { { "units", units }, { NULL, NULL } };
    kx_dataset *ds = world_data(&w, tables);
    uint32_t table = w.rules->schema.units.table, d = kxi_entities_find(kxi_dataset_units(ds), KXI_STR("D"));
    uint32_t e = kxi_entities_find(kxi_dataset_units(ds), KXI_STR("E"));
    static const struct {
        const char *as_of;
        uint32_t row;
    } days[] = { { "2025-06-30", 5 }, { "2025-07-01", 6 } };
    for (size_t i = 0; i < COUNT(days); i++) {
        kxi_universe *u;
        ck_assert_int_eq(kxi_universe_new(w.ctx, w.rules, ds, day(days[i].as_of), &u, &w.diag), KX_OK);
        ck_assert_uint_eq(kxi_universe_row(u, table, d), days[i].row);
        ck_assert_uint_eq(kxi_universe_row(u, table, e), KXI_NONE);
        kxi_universe_unref(u);
    }
    world_free(&w);
}
END_TEST

/* A dataset that is not sealed is refused, and so is one of another scheme. */
START_TEST(refused)
{
    struct world w;
    kx_dataset *ds;
    kxi_universe *u;
    world_init(&w);
    world_scheme(&w, "\"m\": {\"of\": \"acts\"}");
    ck_assert_int_eq(kxi_dataset_new(w.ctx, &w.rules->schema, NULL, NULL, &ds, &w.diag), KX_OK);
    assert_refused(&w, kxi_universe_new(w.ctx, w.rules, ds, 0, &u, &w.diag), KXI_MSG_TALLY_NOT_SEALED, "seal");
    ck_assert_ptr_null(u);
    kxi_dataset_unref(ds);
    world_free(&w);
}
END_TEST

TCase *
universe_tests(void)
{
    TCase *tc = tcase_create("universe");
    tcase_add_loop_test(tc, universe_case, 0, COUNT(cases));
    tcase_add_test(tc, rows_of_versions);
    tcase_add_test(tc, refused);
    return tc;
}
