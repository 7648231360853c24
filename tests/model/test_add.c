/* Tables join a dataset. */
#include "model/fixture.h"
#include "model/suite.h"

START_TEST(by_header)
{
    struct model m;
    model_init(&m);
    must_add(&m, UNITS, "名称,单位编码,层　级,ＰＡＲＥＮＴ\n宁夏,64,province,\n银川,6401,县,64\n");
    assert_str(kxi_column_text(column_of(&m, UNITS, U_CODE), 1), "6401");
    assert_str(kxi_column_text(column_of(&m, UNITS, U_NAME), 0), "宁夏");
    assert_str(kxi_column_text(column_of(&m, UNITS, U_PARENT), 1), "64");
    ck_assert_ptr_null(column_of(&m, UNITS, U_FROM));
    ck_assert_uint_eq(m.ds->tables[UNITS].rows, 2);
    ck_assert_uint_eq(m.ds->findings.count, 0);
    model_free(&m);
}
END_TEST

static const struct {
    uint32_t table;
    const char *text;
    enum kxi_msg msg;
    const char *words;
} wrong[] = {
    { UNITS, "code,单位编码,level\n", KXI_MSG_COLUMNS_SAME, "\"code\"|\"单位编码\"" },
    { ACTIVITIES, "日期,举办日期\n", KXI_MSG_COLUMNS_SAME, "\"日期\"|\"举办日期\"|\"date\"" },
    { UNITS, "code,leval\n", KXI_MSG_COLUMN_MISSING_NEAR, "\"units\"|\"level\"|\"leval\"" },
    { UNITS, "单位编号,level\n", KXI_MSG_COLUMN_MISSING_NEAR, "\"code\"|\"单位编号\"" },
    { UNITS, "code,x\n", KXI_MSG_COLUMN_MISSING, "\"units\"|\"level\"" },
    { UNITS, "level,name,parent\n", KXI_MSG_COLUMN_MISSING, "\"code\"" },
};

START_TEST(refused)
{
    struct model m;
    model_init(&m);
    kx_status status = add_text(&m, wrong[_i].table, wrong[_i].text);
    assert_failed(&m, status, wrong[_i].msg, 0, wrong[_i].words);
    ck_assert_ptr_null(m.ds->tables[wrong[_i].table].table);
    ck_assert_uint_eq(m.ds->findings.count, 0);
    model_free(&m);
}
END_TEST

START_TEST(unused)
{
    const kxi_finding *first;
    struct model m;
    model_init(&m);
    must_add(&m, PEOPLE, "id,备注,note,born\np1,x,y,1980-01-01\n");
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_COLUMN_UNUSED, &first),
                      1); /* note is the scheme's, though nobody reads it */
    ck_assert_int_eq(first->severity, KXI_NOTE);
    assert_str(first->text, "the column \"备注\" of \"people\" is not in the scheme and is not read");
    assert_str(first->place.input, "people.csv");
    ck_assert_ptr_null(column_of(&m, PEOPLE, H_NOTE));
    model_free(&m);
}
END_TEST

START_TEST(twice)
{
    struct model m;
    model_init(&m);
    must_add(&m, PEOPLE, "id\np1\n");
    kx_table *kept = m.ds->tables[PEOPLE].table;
    kx_status status = add_text(&m, PEOPLE, "id,extra\np1,x\n");
    assert_failed(&m, status, KXI_MSG_TABLE_TWICE, 0, "\"people\"");
    ck_assert_ptr_eq(m.ds->tables[PEOPLE].table, kept);
    ck_assert_uint_eq(m.ds->findings.count, 0); /* not even a note of what was refused */
    model_free(&m);
}
END_TEST

/* A table may be in several datasets, but nothing may be added to it any more. */
START_TEST(frozen)
{
    static const int64_t one[] = { 1 };
    struct model m;
    kx_table *t;
    kx_dataset *other;
    model_init(&m);
    ck_assert_int_eq(table_of(&m, "people.csv", "id\np1\n", &t), KX_OK);
    ck_assert_int_eq(kxi_dataset_add(m.ds, PEOPLE, t, &m.diag), KX_OK);
    ck_assert_int_eq(kxi_dataset_new(m.ctx, &m.schema, NULL, NULL, &other, &m.diag), KX_OK);
    ck_assert_int_eq(kxi_dataset_add(other, PEOPLE, t, &m.diag), KX_OK);
    kx_column view = view_of("x", KX_NUMBER, KX_LAYOUT_I64, 1, one);
    kx_status status = kxi_table_add_view(t, &view, NULL, NULL, &m.diag);
    assert_failed(&m, status, KXI_MSG_TABLE_FROZEN, 0, "");
    kx_value v = { KX_TEXT, 0, 0, "p2", 2 };
    m.diag = kxi_context_diag(m.ctx, &m.err);
    status = kxi_table_append(t, &v, 1, sizeof(v), &m.diag);
    assert_failed(&m, status, KXI_MSG_TABLE_FROZEN, 0, "");
    kxi_column c = { .name = KXI_STR("y"), .type = KX_NUMBER, .rows = 1 };
    m.diag = kxi_context_diag(m.ctx, &m.err);
    assert_failed(&m, kxi_table_take(t, &c, &m.diag), KXI_MSG_TABLE_FROZEN, 0, "");
    kxi_table_unref(t);
    kxi_dataset_unref(other);
    must_seal(&m);
    model_free(&m);
}
END_TEST

START_TEST(after_seal)
{
    struct model m;
    model_init(&m);
    must_seal(&m);
    kx_status status = add_text(&m, PEOPLE, "id\np1\n");
    assert_failed(&m, status, KXI_MSG_DATASET_SEALED, 0, "");
    m.diag = kxi_context_diag(m.ctx, &m.err);
    assert_failed(&m, kxi_dataset_seal(m.ds, &m.diag), KXI_MSG_DATASET_SEALED, 0, "");
    model_free(&m);
}
END_TEST

static void
gone(void *user)
{
    ++*(int *)user;
}

START_TEST(owner)
{
    struct model m;
    kx_dataset *ds;
    int count = 0;
    model_init(&m);
    ck_assert_int_eq(kxi_dataset_new(m.ctx, &m.schema, &count, gone, &ds, &m.diag), KX_OK);
    kxi_dataset_unref(kxi_dataset_ref(ds));
    ck_assert_int_eq(count, 0);
    kxi_dataset_unref(ds);
    ck_assert_int_eq(count, 1);
    kxi_dataset_unref(NULL);
    model_free(&m);
}
END_TEST

/* While collecting everything wrong with a table is said at once, and its absence is not held against it again. */
START_TEST(collected)
{
    struct model m;
    model_init(&m);
    m.tables[ACTIVITIES].needed = true;
    m.ds->collect = true;
    kx_status status = add_text(&m, ACTIVITIES,
                                "日期,date,people,open,x\n2025-01-01,2025-01-01,many,perhaps,1\n"
                                "2025-13-01,2025-01-01,many,1,1\n");
    ck_assert_int_eq(status, KX_E_DATA);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_COLUMNS_SAME, NULL), 1);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_VALUE_DATE, NULL), 1);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_VALUE_NUMBER, NULL), 1);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_VALUE_BOOL, NULL), 1);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_COLUMN_UNUSED, NULL), 1);
    ck_assert_uint_eq(m.ds->findings.errors, 4);
    ck_assert_ptr_null(m.ds->tables[ACTIVITIES].table);
    kx_error err = KX_ERROR_INIT;
    m.err = err;
    m.diag = kxi_context_diag(m.ctx, &m.err);
    status = kxi_dataset_seal(m.ds, &m.diag);
    assert_failed(&m, status, KXI_MSG_DATA_ERRORS, 0, "4 errors|\"日期\"|\"date\"");
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_TABLE_MISSING, NULL), 0);
    ck_assert(!m.ds->sealed);
    model_free(&m);
}
END_TEST

TCase *
add_tests(void)
{
    TCase *t = tcase_create("add");
    tcase_add_test(t, by_header);
    tcase_add_loop_test(t, refused, 0, COUNT(wrong));
    tcase_add_test(t, unused);
    tcase_add_test(t, twice);
    tcase_add_test(t, frozen);
    tcase_add_test(t, after_seal);
    tcase_add_test(t, owner);
    tcase_add_test(t, collected);
    return t;
}
