/* Keys, references, periods; what is collected, and trying again. */
#include "model/fixture.h"
#include "model/suite.h"

#define SMALL_UNITS "code,level,parent\n64,province,\n6401,county,64\n6402,county,64\n640101,township,6401\n"

START_TEST(entities)
{
    struct model m;
    model_init(&m);
    must_add(&m, UNITS, "code,level\nb,county\nA1,county\nａ2,county\n中,county\n10,county\n");
    must_add(&m, PEOPLE, "id\nz\n");
    must_seal(&m);
    const kxi_entities *e = kxi_dataset_units(m.ds);
    /* By bytes: digits, capitals, small letters, Chinese, full width. */
    const char *keys[] = { "10", "A1", "b", "中", "ａ2" };
    static const uint32_t rows[] = { 4, 1, 0, 3, 2 };
    ck_assert_uint_eq(e->count, 5);
    for (uint32_t i = 0; i < 5; i++) {
        assert_str(e->keys[i], keys[i]);
        ck_assert_uint_eq(e->rows[i], rows[i]);
        ck_assert_uint_eq(kxi_entities_find(e, e->keys[i]), i);
    }
    ck_assert_uint_eq(kxi_entities_find(e, KXI_STR("a1")), 1); /* folded */
    ck_assert_uint_eq(kxi_entities_find(e, KXI_STR("a2")), 4);
    ck_assert_uint_eq(kxi_entities_find(e, KXI_STR("a3")), KXI_NONE);
    ck_assert_uint_eq(kxi_entities_find(&m.ds->tables[PEOPLE].entities, KXI_STR("z")), 0);
    const kxi_bound *code = &m.ds->tables[UNITS].columns[U_CODE];
    for (size_t row = 0; row < 5; row++)
        ck_assert_uint_eq(e->rows[code->entities[kxi_column_code(code->column, row)]], row);
    model_free(&m);
}
END_TEST

/* Of spellings of one key the first in byte order is shown, whichever row is first. */
START_TEST(spellings)
{
    struct model m;
    model_init(&m);
    must_add(&m, UNITS,
             "code,level,from,to\nｂ 1,county,2025-01-01,\nB1,county,2024-01-01,2024-12-31\nb1,county,,2023-12-31\n");
    must_seal(&m);
    const kxi_entities *e = kxi_dataset_units(m.ds);
    ck_assert_uint_eq(e->count, 1);
    assert_str(e->keys[0], "B1");
    ck_assert_uint_eq(e->rows[0], 2);
    ck_assert_uint_eq(kxi_entities_find(e, KXI_STR("ｂ 1")), 0);
    ck_assert_uint_eq(kxi_entities_find(e, KXI_STR("b1")), 0);
    ck_assert(kxi_unit_throughout(m.ds, 0, KXI_DAY_MIN, KXI_DAY_MAX));
    model_free(&m);
}
END_TEST

START_TEST(references)
{
    struct model m;
    model_init(&m);
    must_add(&m, UNITS, SMALL_UNITS);
    must_add(&m, PEOPLE, "id\nP2\np1\n");
    must_add(&m, ACTIVITIES,
             "unit,date,leads\n6402;640101,2025-01-01,p1\n,2025-01-02,\n６４０１,2025-01-03,ｐ2\n64;64,,P2\n");
    must_seal(&m);
    const kxi_bound *unit = &m.ds->tables[ACTIVITIES].columns[A_UNIT],
                    *leads = &m.ds->tables[ACTIVITIES].columns[A_LEADS];
    const char *units[] = { "6402", "640101", "6401", "64", "64" };
    ck_assert_uint_eq(unit->column->count, 5);
    for (size_t i = 0; i < 5; i++)
        ck_assert_uint_eq(unit->entities[kxi_column_code(unit->column, i)], unit_of(&m, units[i]));
    /* People are P2 and p1 in the order of bytes. */
    static const uint32_t people[] = { 1, KXI_NONE, 0, 0 };
    for (size_t i = 0; i < 4; i++) {
        uint32_t code = kxi_column_code(leads->column, i);
        ck_assert_uint_eq(code == KXI_NONE ? KXI_NONE : leads->entities[code], people[i]);
    }
    model_free(&m);
}
END_TEST

/* Numbers of unit codes, as a program hands them over. */
START_TEST(number_keys)
{
    static const int64_t units[] = { 6401, 64, 6401 };
    struct model m;
    kx_table *t;
    model_init(&m);
    must_add(&m, UNITS, SMALL_UNITS);
    ck_assert_int_eq(kxi_table_new(m.ctx, KXI_STR("rows"), &t, &m.diag), KX_OK);
    kx_column view = view_of("unit", KX_NUMBER, KX_LAYOUT_I64, 3, units);
    ck_assert_int_eq(kxi_table_add_view(t, &view, NULL, NULL, &m.diag), KX_OK);
    ck_assert_int_eq(kxi_dataset_add(m.ds, ACTIVITIES, t, &m.diag), KX_OK);
    kxi_table_unref(t);
    must_seal(&m);
    const kxi_bound *unit = &m.ds->tables[ACTIVITIES].columns[A_UNIT];
    ck_assert_uint_eq(unit->entities[kxi_column_code(unit->column, 2)], unit_of(&m, "6401"));
    ck_assert_uint_eq(unit->entities[kxi_column_code(unit->column, 1)], unit_of(&m, "64"));
    model_free(&m);
}
END_TEST

static const struct {
    const char *units, *people, *activities, *posts;
    enum kxi_msg msg;
    uint32_t line;
    const char *words;
} wrong[] = {
    { SMALL_UNITS, "id\np1\np2\np1\n", NULL, NULL, KXI_MSG_KEY_TWICE, 4, "\"p1\"|\"people\"|1 and 3" },
    { SMALL_UNITS, "id\nP1\np2\nｐ 1\n", NULL, NULL, KXI_MSG_KEY_TWICE, 4, "1 and 3" },
    { SMALL_UNITS, "id,born\np1,\n,1990-01-01\n", NULL, NULL, KXI_MSG_KEY_EMPTY, 3, "\"id\"|row 2|\"people\"" },
    { "code,level\n64,province\n,county\n", NULL, NULL, NULL, KXI_MSG_KEY_EMPTY, 3, "\"code\"|row 2" },
    { SMALL_UNITS, NULL, "unit\n6401\n6403\n6401;6403\n", NULL, KXI_MSG_KEY_UNKNOWN_NEAR, 3,
      "\"unit\"|row 2|\"6403\"|\"units\"|2 rows|did you mean" },
    { SMALL_UNITS, NULL, "unit\n中宁县科协\n", NULL, KXI_MSG_KEY_UNKNOWN, 2, "中宁县科协|1 rows" },
    { SMALL_UNITS, NULL, NULL, "unit,from,to\n64,2025-01-01,2025-01-01\n64,2025-01-02,2025-01-01\n",
      KXI_MSG_PERIOD_BACKWARDS, 3, "row 2|\"from\" (2025-01-02)|\"to\" (2025-01-01)" },
};

START_TEST(refused)
{
    struct model m;
    model_init(&m);
    must_add(&m, UNITS, wrong[_i].units);
    if (wrong[_i].people)
        must_add(&m, PEOPLE, wrong[_i].people);
    if (wrong[_i].activities)
        must_add(&m, ACTIVITIES, wrong[_i].activities);
    if (wrong[_i].posts)
        must_add(&m, POSTS, wrong[_i].posts);
    kx_status status = kxi_dataset_seal(m.ds, &m.diag);
    assert_failed(&m, status, wrong[_i].msg, wrong[_i].line, wrong[_i].words);
    ck_assert(!m.ds->sealed);
    ck_assert_ptr_null(m.ds->versions);
    ck_assert_uint_eq(m.ds->tables[UNITS].entities.count, 0);
    ck_assert_ptr_null(m.ds->tables[UNITS].columns[U_CODE].entities);
    model_free(&m);
}
END_TEST

/* A reference to a table that is not there: nobody reads it, or it is needed and missing. */
START_TEST(missing_table)
{
    struct model m;
    model_init(&m);
    must_add(&m, UNITS, SMALL_UNITS);
    must_add(&m, ACTIVITIES, "unit,leads\n64,p9\n");
    must_seal(&m);
    ck_assert_ptr_null(m.ds->tables[ACTIVITIES].columns[A_LEADS].entities);
    model_again(&m);
    m.tables[PEOPLE].needed = true;
    must_add(&m, UNITS, SMALL_UNITS);
    assert_failed(&m, kxi_dataset_seal(m.ds, &m.diag), KXI_MSG_TABLE_MISSING, 0, "\"people\"");
    /* Nothing is lost: what was missing is added and the seal tried again. */
    kx_error err = KX_ERROR_INIT;
    m.err = err;
    m.diag = kxi_context_diag(m.ctx, &m.err);
    must_add(&m, PEOPLE, "id\np1\n");
    must_seal(&m);
    ck_assert_uint_eq(m.ds->findings.count, 0);
    ck_assert_uint_eq(kxi_dataset_units(m.ds)->count, 4);
    model_free(&m);
}
END_TEST

#define BAD_UNITS "code,level,parent\n64,province,\n6401,县,64\n6402,卫,64\n6403,county,65\n"
#define BAD_ROWS "unit,leads\n6401,p1\n6409,p1\n6401;6408,p2\n6409,p3\n,\n6409;,p2\n"

/* Everything at once, each distinct value once, in the order in which it is met. */
START_TEST(collected)
{
    struct model m;
    model_init(&m);
    m.ds->collect = true;
    must_add(&m, UNITS, BAD_UNITS);
    must_add(&m, PEOPLE, "id,extra\np1,\np1,\n,\n");
    must_add(&m, ACTIVITIES, BAD_ROWS);
    kx_status status = kxi_dataset_seal(m.ds, &m.diag);
    assert_failed(&m, status, KXI_MSG_DATA_ERRORS, 0, "8 errors|the first: \"p1\"");
    static const struct {
        enum kxi_msg msg;
        uint32_t line;
        const char *words;
    } expected[] = {
        { KXI_MSG_COLUMN_UNUSED, 0, "extra" },
        { KXI_MSG_KEY_TWICE, 3, "\"p1\"" },
        { KXI_MSG_KEY_EMPTY, 4, "row 3" },
        { KXI_MSG_LEVEL_UNKNOWN, 4, "\"6402\"" },
        { KXI_MSG_UNIT_PARENT_NEAR, 5, "\"65\"" },
        { KXI_MSG_KEY_UNKNOWN_NEAR, 3, "\"6409\" in the table \"units\" (3 rows" },
        { KXI_MSG_KEY_UNKNOWN_NEAR, 4, "\"6408\" in the table \"units\" (1 rows" },
        { KXI_MSG_KEY_UNKNOWN_NEAR, 4, "\"p2\" in the table \"people\" (2 rows" },
        { KXI_MSG_KEY_UNKNOWN_NEAR, 5, "\"p3\" in the table \"people\" (1 rows" },
    };
    for (int again = 0; again < 2; again++) {
        ck_assert_uint_eq(m.ds->findings.count, COUNT(expected));
        for (size_t i = 0; i < COUNT(expected); i++) {
            const kxi_finding *f = &m.ds->findings.items[i];
            ck_assert_msg(f->msg == expected[i].msg, "%zu: %s", i, f->text.s);
            ck_assert_msg(f->place.line == expected[i].line, "%zu: line %u: %s", i, f->place.line, f->text.s);
            ck_assert_msg(strstr(f->text.s, expected[i].words) != NULL, "%zu: %s", i, f->text.s);
        }
        ck_assert_uint_eq(m.ds->findings.errors, 8);
        ck_assert_int_eq(kxi_dataset_seal(m.ds, &m.diag), KX_E_DATA); /* once more: the same findings, not twice */
    }
    model_free(&m);
}
END_TEST

START_TEST(limited_findings)
{
    struct model m;
    model_init(&m);
    m.ds->collect = true;
    m.ds->findings.limit = 2;
    must_add(&m, UNITS, SMALL_UNITS);
    must_add(&m, ACTIVITIES, "unit\na\nb\nc\nd\n");
    for (int again = 0; again < 2; again++) {
        ck_assert_int_eq(kxi_dataset_seal(m.ds, &m.diag), KX_E_DATA);
        ck_assert_uint_eq(m.ds->findings.count, 2);
        ck_assert_uint_eq(m.ds->findings.left_out, 2);
        ck_assert_uint_eq(m.ds->findings.errors, 4);
    }
    ck_assert_msg(strstr(m.err.message, "4 errors") != NULL, "%s", m.err.message);
    model_free(&m);
}
END_TEST

/* Codes that were lent may name a unit twice, and name some that no row uses. */
START_TEST(lent_codes)
{
    static const int8_t codes[] = { 0, 1, 3, 1 };
    static const int64_t offsets[] = { 0, 4, 6, 10, 14 };
    struct model m;
    kx_table *t;
    model_init(&m);
    must_add(&m, UNITS, SMALL_UNITS);
    ck_assert_int_eq(kxi_table_new(m.ctx, KXI_STR("rows"), &t, &m.diag), KX_OK);
    kx_column view = view_of("unit", KX_TEXT, KX_LAYOUT_CODE8, 4, codes);
    view.pool = 4;
    view.pool_offsets = offsets;
    view.pool_bytes = "640164nope6401";
    ck_assert_int_eq(kxi_table_add_view(t, &view, NULL, NULL, &m.diag), KX_OK);
    ck_assert_int_eq(kxi_dataset_add(m.ds, ACTIVITIES, t, &m.diag), KX_OK);
    kxi_table_unref(t);
    must_seal(&m);
    const kxi_bound *unit = &m.ds->tables[ACTIVITIES].columns[A_UNIT];
    ck_assert_uint_eq(unit->entities[kxi_column_code(unit->column, 0)], unit_of(&m, "6401"));
    ck_assert_uint_eq(unit->entities[kxi_column_code(unit->column, 2)], unit_of(&m, "6401"));
    ck_assert_uint_eq(unit->entities[kxi_column_code(unit->column, 1)], unit_of(&m, "64"));
    model_free(&m);
}
END_TEST

TCase *
seal_tests(void)
{
    TCase *t = tcase_create("seal");
    tcase_add_test(t, entities);
    tcase_add_test(t, spellings);
    tcase_add_test(t, references);
    tcase_add_test(t, number_keys);
    tcase_add_loop_test(t, refused, 0, COUNT(wrong));
    tcase_add_test(t, missing_table);
    tcase_add_test(t, collected);
    tcase_add_test(t, limited_findings);
    tcase_add_test(t, lent_codes);
    return t;
}
