/* Columns are converted to what the scheme wants. */
#include "model/fixture.h"
#include "model/suite.h"

#define NIL INT64_MIN /* null, in expected values */

static void
assert_ints(const kxi_column *c, const int64_t *expected, size_t n)
{
    ck_assert_uint_eq(c->count, n);
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_eq(kxi_column_known(c, i), expected[i] != NIL);
        if (expected[i] != NIL)
            ck_assert_int_eq(kxi_column_int(c, i), expected[i]);
    }
}

START_TEST(from_text)
{
    struct model m;
    model_init(&m);
    must_add(&m, ACTIVITIES,
             "date,people,open,kind\n"
             "2025-01-31,12.50,是,a\n"
             "2025/1/31,３,0,b\n"
             ",,,\n"
             "20250301,-0.125,TRUE,c\n"
             "2025年3月1日,1000000,ｎ,d\n");
    const kxi_column *date = column_of(&m, ACTIVITIES, A_DATE), *people = column_of(&m, ACTIVITIES, A_PEOPLE);
    const kxi_column *open = column_of(&m, ACTIVITIES, A_OPEN);
    ck_assert_int_eq(date->type, KX_DATE);
    assert_ints(date, (int64_t[]){ 20119, 20119, NIL, 20148, 20148 }, 5); /* python3: date.toordinal() - 719163 */
    ck_assert_int_eq(people->type, KX_NUMBER);
    ck_assert_int_eq(people->scale, 3);
    assert_ints(people, (int64_t[]){ 12500, 3000, NIL, -125, 1000000000 }, 5);
    ck_assert_int_eq(open->type, KX_BOOL);
    assert_ints(open, (int64_t[]){ 1, 0, NIL, 1, 0 }, 5);
    ck_assert_int_eq(column_of(&m, ACTIVITIES, A_KIND)->type, KX_TEXT);
    model_free(&m);
}
END_TEST

static const char *const yes[] = { "1", "是", "有", "真", "true", "True", "Y", "ｙ", "YES" };
static const char *const no[] = { "0", "否", "无", "假", "false", "FALSE", "n", "No", "０" };

START_TEST(bools)
{
    struct model m;
    kx_table *t;
    model_init(&m);
    for (int truth = 0; truth < 2; truth++) {
        model_again(&m);
        kx_column view = view_of("open", KX_TEXT, KX_LAYOUT_CSTR, COUNT(yes), truth ? yes : no);
        ck_assert_int_eq(kxi_table_new(m.ctx, KXI_STR("t"), &t, &m.diag), KX_OK);
        ck_assert_int_eq(kxi_table_add_view(t, &view, NULL, NULL, &m.diag), KX_OK);
        ck_assert_int_eq(kxi_dataset_add(m.ds, ACTIVITIES, t, &m.diag), KX_OK);
        for (size_t i = 0; i < COUNT(yes); i++)
            ck_assert_int_eq(kxi_column_int(column_of(&m, ACTIVITIES, A_OPEN), i), truth);
        kxi_table_unref(t);
    }
    model_free(&m);
}
END_TEST

/* A table of one column of numbers, added. */
static kx_status
add_numbers(struct model *m, uint32_t table, const char *name, const int64_t *values, size_t n, int scale,
            const uint8_t *validity)
{
    kx_table *t;
    kx_column view = view_of(name, KX_NUMBER, KX_LAYOUT_I64, n, values);
    view.scale = scale;
    view.validity = validity;
    ck_assert_int_eq(kxi_table_new(m->ctx, KXI_STR("numbers"), &t, &m->diag), KX_OK);
    ck_assert_int_eq(kxi_table_add_view(t, &view, NULL, NULL, &m->diag), KX_OK);
    kx_status status = kxi_dataset_add(m->ds, table, t, &m->diag);
    kxi_table_unref(t);
    return status;
}

START_TEST(from_numbers)
{
    static const int64_t codes[] = { 64010400, -500, 64010400, 7, 0 }, flags[] = { 0, 100, 77, 100 };
    static const uint8_t not_fourth[] = { 0x17 }, not_third[] = { 0x0B };
    struct model m;
    model_init(&m);
    ck_assert_int_eq(add_numbers(&m, PEOPLE, "id", codes, 5, 2, not_fourth), KX_OK);
    const kxi_column *id = column_of(&m, PEOPLE, H_ID);
    const char *expected[] = { "640104", "-5", "640104", NULL, "0" };
    ck_assert_int_eq(id->type, KX_TEXT);
    ck_assert_uint_eq(id->dict->count, 3);
    for (size_t i = 0; i < 5; i++)
        if (expected[i])
            assert_str(kxi_column_text(id, i), expected[i]);
        else
            ck_assert(!kxi_column_known(id, i));
    ck_assert_int_eq(add_numbers(&m, ACTIVITIES, "open", flags, 4, 2, not_third), KX_OK);
    assert_ints(column_of(&m, ACTIVITIES, A_OPEN), (int64_t[]){ 0, 1, NIL, 1 }, 4);
    model_free(&m);
}
END_TEST

START_TEST(bad_numbers)
{
    static const int64_t halves[] = { 10, 25, 25, 30 }, flags[] = { 0, 1, 2, 1, 2, -1 };
    struct model m;
    model_init(&m);
    kx_status status = add_numbers(&m, PEOPLE, "id", halves, 4, 1, NULL);
    assert_failed(&m, status, KXI_MSG_VALUE_WHOLE, 0, "\"id\"|row 2|2.5 is not|2 rows");
    model_again(&m);
    status = add_numbers(&m, ACTIVITIES, "open", flags, 6, 0, NULL);
    assert_failed(&m, status, KXI_MSG_VALUE_BOOL, 0, "\"open\"|row 3|\"2\"|2 rows");
    model_again(&m);
    m.ds->collect = true;
    ck_assert_int_eq(add_numbers(&m, ACTIVITIES, "open", flags, 6, 0, NULL), KX_E_DATA);
    ck_assert_uint_eq(m.ds->findings.errors, 2);
    ck_assert_ptr_null(m.ds->tables[ACTIVITIES].table);
    model_free(&m);
}
END_TEST

static const struct {
    const char *text;
    enum kxi_msg msg;
    uint32_t line;
    const char *words;
} wrong[] = {
    { "date\n2025-01-01\n2025-02-29\n2025-02-29\n", KXI_MSG_VALUE_DATE, 3, "\"date\"|row 2|2025-02-29|2 rows" },
    { "举办日期\n昨天\n", KXI_MSG_VALUE_DATE, 2, "\"举办日期\"|昨天" },
    { "people\n1\n1e3\n", KXI_MSG_VALUE_NUMBER, 3, "row 2|1e3" },
    { "people\n0.1234567\n", KXI_MSG_VALUE_NUMBER, 2, "0.1234567" },
    { "people\n9223372036854775808\n", KXI_MSG_VALUE_NUMBER, 2, "9223372036854775808" },
    { "people\n9223372036854775807\n0.5\n", KXI_MSG_VALUE_NUMBER, 2, "9223372036854775807" },
    { "open\n1\n2\n", KXI_MSG_VALUE_BOOL, 3, "row 2|\"2\"" },
};

START_TEST(bad_text)
{
    struct model m;
    model_init(&m);
    kx_status status = add_text(&m, ACTIVITIES, wrong[_i].text);
    assert_failed(&m, status, wrong[_i].msg, wrong[_i].line, wrong[_i].words);
    ck_assert_str_eq(m.err.input, "activities.csv");
    model_free(&m);
}
END_TEST

static const struct {
    const char *column;
    int32_t type, layout;
    const char *words;
} kinds[] = {
    { "date", KX_NUMBER, KX_LAYOUT_I32, "\"date\" holds numbers|wants dates" },
    { "people", KX_DATE, KX_LAYOUT_I32, "holds dates|wants numbers" },
    { "people", KX_BOOL, KX_LAYOUT_I8, "holds yes or no|wants numbers" },
    { "kind", KX_BOOL, KX_LAYOUT_I8, "holds yes or no|wants text" },
    { "unit", KX_DATE, KX_LAYOUT_I8, "holds dates|wants text" },
    { "open", KX_DATE, KX_LAYOUT_I8, "holds dates|wants yes or no" },
};

START_TEST(wrong_kind)
{
    static const int32_t values[] = { 1, 0, 1 };
    static const uint8_t none[] = { 0 };
    struct model m;
    model_init(&m);
    for (int empty = 0; empty < 2; empty++) {
        kx_table *t;
        kx_column view = view_of(kinds[_i].column, kinds[_i].type, kinds[_i].layout, 3, values);
        static const int8_t small[] = { 1, 0, 1 };
        if (kinds[_i].layout == KX_LAYOUT_I8)
            view.values = small;
        view.validity = empty ? none : NULL;
        model_again(&m);
        ck_assert_int_eq(kxi_table_new(m.ctx, KXI_STR("t"), &t, &m.diag), KX_OK);
        ck_assert_int_eq(kxi_table_add_view(t, &view, NULL, NULL, &m.diag), KX_OK);
        kx_status status = kxi_dataset_add(m.ds, ACTIVITIES, t, &m.diag);
        kxi_table_unref(t);
        if (empty)
            ck_assert_msg(status == KX_OK, "%s", m.err.message); /* nothing recorded fits every type */
        else
            assert_failed(&m, status, KXI_MSG_COLUMN_KIND, 0, kinds[_i].words);
    }
    for (uint32_t i = 0; i < A_COLUMNS; i++) {
        const kxi_column *c = column_of(&m, ACTIVITIES, i);
        ck_assert(!c || (c->type == m.tables[ACTIVITIES].columns[i].type && !kxi_column_known(c, 2)));
    }
    model_free(&m);
}
END_TEST

START_TEST(split)
{
    struct model m;
    model_init(&m);
    must_add(&m, ACTIVITIES, "unit,counts\na;b,1;2.5\nb； c 、a|d,\n,3\n;;,4、5\nc,6\n");
    const kxi_column *unit = column_of(&m, ACTIVITIES, A_UNIT), *counts = column_of(&m, ACTIVITIES, A_COUNTS);
    static const int64_t unit_lists[] = { 0, 2, 6, 6, 6, 7 }, count_lists[] = { 0, 2, 2, 3, 5, 6 };
    const char *units[] = { "a", "b", "b", "c", "a", "d", "c" };
    ck_assert_mem_eq(unit->lists, unit_lists, sizeof(unit_lists));
    ck_assert_uint_eq(unit->count, 7);
    for (size_t i = 0; i < 7; i++)
        assert_str(kxi_column_text(unit, i), units[i]);
    ck_assert_uint_eq(unit->dict->count, 4);
    ck_assert_mem_eq(counts->lists, count_lists, sizeof(count_lists));
    ck_assert_int_eq(counts->scale, 1);
    assert_ints(counts, (int64_t[]){ 10, 25, 30, 40, 50, 60 }, 6);
    model_again(&m);
    must_add(&m, ACTIVITIES, "unit\na\nb\n"); /* nothing to split: stays as it lies */
    ck_assert_ptr_null(column_of(&m, ACTIVITIES, A_UNIT)->lists);
    ck_assert_ptr_null(m.ds->tables[ACTIVITIES].columns[A_UNIT].converted);
    model_free(&m);
}
END_TEST

START_TEST(lists_not_wanted)
{
    static const int32_t days[] = { 1, 2 };
    static const int64_t lists[] = { 0, 2 };
    struct model m;
    kx_table *t;
    model_init(&m);
    kx_column view = view_of("date", KX_DATE, KX_LAYOUT_I32, 1, days);
    view.lists = lists;
    ck_assert_int_eq(kxi_table_new(m.ctx, KXI_STR("t"), &t, &m.diag), KX_OK);
    ck_assert_int_eq(kxi_table_add_view(t, &view, NULL, NULL, &m.diag), KX_OK);
    assert_failed(&m, kxi_dataset_add(m.ds, ACTIVITIES, t, &m.diag), KXI_MSG_COLUMN_LISTS, 0, "\"date\"");
    kxi_table_unref(t);
    model_free(&m);
}
END_TEST

static void
gone(void *user)
{
    ++*(int *)user;
}

/* A bad value in a list is reported with its row; codes that were lent may name a text twice. */
START_TEST(lists_and_twins)
{
    static const int8_t codes[] = { 0, 1, 3, 3, 1 };
    static const int64_t lists[] = { 0, 1, 3, 3, 5 }, offsets[] = { 0, 1, 2, 3, 4 };
    struct model m;
    kx_table *t;
    int released = 0;
    model_init(&m);
    kx_column view = view_of("counts", KX_TEXT, KX_LAYOUT_CODE8, 4, codes);
    view.lists = lists;
    view.pool = 4;
    view.pool_offsets = offsets;
    view.pool_bytes = "1x2x";
    m.ds->collect = true;
    ck_assert_int_eq(kxi_table_new(m.ctx, KXI_STR("t"), &t, &m.diag), KX_OK);
    ck_assert_int_eq(kxi_table_add_view(t, &view, gone, &released, &m.diag), KX_OK);
    ck_assert_int_eq(kxi_dataset_add(m.ds, ACTIVITIES, t, &m.diag), KX_E_DATA);
    ck_assert_int_eq(released, 0);
    kxi_table_unref(t);
    ck_assert_int_eq(released, 1);
    ck_assert_uint_eq(m.ds->findings.count, 1);
    ck_assert_msg(strstr(m.ds->findings.items[0].text.s, "row 2: \"x\"") &&
                      strstr(m.ds->findings.items[0].text.s, "4 rows"),
                  "%s", m.ds->findings.items[0].text.s);
    model_free(&m);
}
END_TEST

TCase *
convert_tests(void)
{
    TCase *t = tcase_create("convert");
    tcase_add_test(t, from_text);
    tcase_add_test(t, bools);
    tcase_add_test(t, from_numbers);
    tcase_add_test(t, bad_numbers);
    tcase_add_loop_test(t, bad_text, 0, COUNT(wrong));
    tcase_add_loop_test(t, wrong_kind, 0, COUNT(kinds));
    tcase_add_test(t, split);
    tcase_add_test(t, lists_not_wanted);
    tcase_add_test(t, lists_and_twins);
    return t;
}
