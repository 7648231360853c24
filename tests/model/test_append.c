/* Rows one by one. */
#include "model/fixture.h"
#include "model/suite.h"

#include <stdio.h>

#define NUMBER(n, s) ((kx_value){ KX_NUMBER, (s), (n), NULL, 0 })
#define DATE(n) ((kx_value){ KX_DATE, 0, (n), NULL, 0 })
#define BOOL(n) ((kx_value){ KX_BOOL, 0, (n), NULL, 0 })
#define TEXT(t) ((kx_value){ KX_TEXT, 0, 0, (t), sizeof(t) - 1 })
#define NONE ((kx_value){ 0, 0, 0, NULL, 0 })

static void
declare(struct model *m, kx_table *t, const char *name, int32_t type, int32_t layout)
{
    kx_column view = view_of(name, type, layout, 0, NULL);
    kx_status status = kxi_table_add_view(t, &view, NULL, NULL, &m->diag);
    ck_assert_msg(status == KX_OK, "%s", m->err.message);
}

/* A table of a text, a number, a date and a bool. */
static kx_table *
four_columns(struct model *m)
{
    kx_table *t;
    model_init(m);
    ck_assert_int_eq(kxi_table_new(m->ctx, KXI_STR("rows"), &t, &m->diag), KX_OK);
    declare(m, t, "kind", KX_TEXT, KX_LAYOUT_CSTR);
    declare(m, t, "n", KX_NUMBER, KX_LAYOUT_I8);
    declare(m, t, "day", KX_DATE, KX_LAYOUT_I32);
    declare(m, t, "yes", KX_BOOL, KX_LAYOUT_BITS);
    return t;
}

static kx_status
append(struct model *m, kx_table *t, kx_value kind, kx_value n, kx_value on, kx_value yes)
{
    kx_value row[] = { kind, n, on, yes };
    return kxi_table_append(t, row, 4, sizeof(kx_value), &m->diag);
}

START_TEST(rows)
{
    struct model m;
    kx_table *t = four_columns(&m);
    ck_assert_int_eq(append(&m, t, TEXT(" 科普 "), NUMBER(5, 0), DATE(20000), BOOL(1)), KX_OK);
    ck_assert_int_eq(append(&m, t, NONE, NONE, NONE, NONE), KX_OK);
    kx_column view = KX_COLUMN_INIT;
    ck_assert_int_eq(kxi_table_view(t, 0, &view), KX_OK);
    ck_assert_uint_eq(view.pool, 1);
    ck_assert_int_eq(append(&m, t, TEXT("科普"), NUMBER(-3, 0), DATE(-719162), BOOL(0)), KX_OK);
    ck_assert_int_eq(append(&m, t, TEXT(" "), NUMBER(0, 6), DATE(2932896), BOOL(1)), KX_OK);
    ck_assert_uint_eq(t->rows, 4);
    const kxi_column *c = t->columns;
    assert_str(kxi_column_text(&c[0], 0), "科普");
    ck_assert_uint_eq(kxi_column_code(&c[0], 1), KXI_NONE);
    ck_assert_uint_eq(kxi_column_code(&c[0], 2), 0);
    ck_assert_uint_eq(kxi_column_code(&c[0], 3), KXI_NONE);
    ck_assert_uint_eq(c[0].dict->count, 1);
    ck_assert_int_eq(append(&m, t, TEXT("new"), NONE, NONE, NONE), KX_OK);
    ck_assert_int_eq(kxi_table_view(t, 0, &view), KX_OK);
    ck_assert_uint_eq(view.pool, 2);
    ck_assert_mem_eq(view.pool_bytes, "科普new", 9);
    ck_assert_int_eq(c[1].scale, 0); /* zeros behind the point need no place */
    ck_assert_int_eq(kxi_column_int(&c[1], 2), -3);
    ck_assert(!kxi_column_known(&c[1], 1));
    ck_assert(kxi_column_known(&c[1], 3));
    ck_assert_int_eq(kxi_column_int(&c[2], 3), 2932896);
    ck_assert_int_eq(kxi_column_int(&c[3], 0), 1);
    ck_assert_int_eq(kxi_column_int(&c[3], 2), 0);
    ck_assert_int_eq(kxi_column_int(&c[3], 3), 1);
    end_table(&m, t);
}
END_TEST

/* Numbers widen their column: in bytes, and in digits behind the point. */
START_TEST(widening)
{
    static const struct {
        int64_t number;
        int scale;
        int32_t layout, scale_then;
    } steps[] = {
        { 127, 0, KX_LAYOUT_I8, 0 },
        { 128, 0, KX_LAYOUT_I16, 0 },
        { 5, 1, KX_LAYOUT_I16, 1 },       /* 0.5: 1270, 1280, 5 */
        { -400000, 2, KX_LAYOUT_I16, 1 }, /* -4000 is -40000.0, which needs more than 16 bits */
        { 125, 3, KX_LAYOUT_I32, 3 },     /* 0.125 */
        { 4611686018427387, 0, KX_LAYOUT_I64, 3 },
    };
    static const char *const texts[] = { "127", "128", "0.5", "-4000", "0.125", "4611686018427387" };
    struct model m;
    kx_table *t = four_columns(&m);
    for (size_t i = 0; i < COUNT(steps); i++) {
        ck_assert_int_eq(append(&m, t, NONE, NUMBER(steps[i].number, steps[i].scale), NONE, NONE), KX_OK);
        ck_assert_int_eq(t->columns[1].scale, steps[i].scale_then);
        if (i != 3)
            ck_assert_int_eq(t->columns[1].layout, steps[i].layout);
    }
    kxi_arena a;
    kxi_arena_init(&a, &m.ctx->mem);
    kxi_numctx num = { &a, 100 };
    for (size_t i = 0; i < COUNT(steps); i++) {
        kxi_num v;
        kxi_str s;
        ck_assert_int_eq(kxi_num_dec(&num, kxi_column_int(&t->columns[1], i), t->columns[1].scale, &v), KX_OK);
        ck_assert_int_eq(kxi_num_print(&num, v, &s), KX_OK);
        assert_str(s, texts[i]);
    }
    /* At three digits behind the point 2^63 is 9223372036854775.807 and some. */
    kx_status status = append(&m, t, NONE, NUMBER(9223372036854776, 0), NONE, NONE);
    assert_failed(&m, status, KXI_MSG_APPEND_RANGE, 0, "\"n\"|row 7|9223372036854776");
    m.diag = kxi_context_diag(m.ctx, &m.err);
    status = append(&m, t, NONE, NUMBER(1, 6), NONE, NONE);
    assert_failed(&m, status, KXI_MSG_APPEND_RANGE, 0, "row 7|0.000001");
    ck_assert_uint_eq(t->rows, 6);
    ck_assert_int_eq(t->columns[1].scale, 3);
    kxi_arena_free(&a);
    end_table(&m, t);
}
END_TEST

/* A digit behind the point may need wider values for what was there before. */
START_TEST(widening_by_scale)
{
    struct model m;
    kx_table *t = four_columns(&m);
    ck_assert_int_eq(append(&m, t, NONE, NUMBER(-100, 0), NONE, NONE), KX_OK);
    ck_assert_int_eq(append(&m, t, NONE, NUMBER(25, 2), NONE, NONE), KX_OK);
    ck_assert_int_eq(t->columns[1].layout, KX_LAYOUT_I16);
    ck_assert_int_eq(t->columns[1].scale, 2);
    ck_assert_int_eq(kxi_column_int(&t->columns[1], 0), -10000);
    ck_assert_int_eq(kxi_column_int(&t->columns[1], 1), 25);
    kx_value null_text = { KX_TEXT, 0, 0, NULL, 0 };
    ck_assert_int_eq(append(&m, t, null_text, NONE, NONE, NONE), KX_OK);
    ck_assert_uint_eq(kxi_column_code(&t->columns[0], 2), KXI_NONE);
    end_table(&m, t);
}
END_TEST

static const struct {
    kx_value kind, n, on, yes;
    enum kxi_msg msg;
    const char *words;
} wrong[] = {
    { { KX_NUMBER, 0, 1, NULL, 0 }, { 0 }, { 0 }, { 0 }, KXI_MSG_APPEND_TYPE, "\"kind\"|numbers|text" },
    { { 7, 0, 1, NULL, 0 }, { 0 }, { 0 }, { 0 }, KXI_MSG_APPEND_NO_TYPE, "type 7" },
    { { KX_TEXT, 0, 0, "\xC3(", 2 }, { 0 }, { 0 }, { 0 }, KXI_MSG_COLUMN_UTF8, "row 2|byte 0" },
    { { KX_TEXT, 0, 0, NULL, 2 }, { 0 }, { 0 }, { 0 }, KXI_MSG_NULL_ARGUMENT, "text" },
    { { 0 }, { KX_NUMBER, 7, 1, NULL, 0 }, { 0 }, { 0 }, KXI_MSG_COLUMN_SCALE, "7" },
    { { 0 }, { KX_NUMBER, -1, 1, NULL, 0 }, { 0 }, { 0 }, KXI_MSG_COLUMN_SCALE, "-1" },
    { { 0 }, { 0 }, { KX_DATE, 0, 2932897, NULL, 0 }, { 0 }, KXI_MSG_DAY_RANGE, "row 2|2932897" },
    { { 0 }, { 0 }, { KX_DATE, 0, -719163, NULL, 0 }, { 0 }, KXI_MSG_DAY_RANGE, "-719163" },
    { { 0 }, { 0 }, { 0 }, { KX_BOOL, 0, 2, NULL, 0 }, KXI_MSG_BOOL_RANGE, "row 2|2 is neither" },
};

START_TEST(refused)
{
    struct model m;
    kx_table *t = four_columns(&m);
    ck_assert_int_eq(append(&m, t, TEXT("a"), NUMBER(1, 0), DATE(1), BOOL(1)), KX_OK);
    kx_status status = append(&m, t, wrong[_i].kind, wrong[_i].n, wrong[_i].on, wrong[_i].yes);
    assert_failed(&m, status, wrong[_i].msg, 0, wrong[_i].words);
    ck_assert_uint_eq(t->rows, 1);
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(t->columns[i].count, 1);
    ck_assert_int_eq(append(&m, t, TEXT("b"), NUMBER(2, 0), DATE(2), BOOL(0)), KX_OK);
    assert_str(kxi_column_text(&t->columns[0], 1), "b");
    end_table(&m, t);
}
END_TEST

static void
released(void *user)
{
    ++*(int *)user;
}

START_TEST(misuse)
{
    static const int64_t offsets[] = { 0 };
    struct model m;
    kx_table *t = four_columns(&m);
    kx_value row[5] = { NONE, NONE, NONE, NONE, NONE };
    kx_status status = kxi_table_append(t, row, 3, sizeof(kx_value), &m.diag);
    assert_failed(&m, status, KXI_MSG_APPEND_COUNT, 0, "3 values|4 columns");
    m.diag = kxi_context_diag(m.ctx, &m.err);
    status = kxi_table_append(t, row, 4, 8, &m.diag);
    assert_failed(&m, status, KXI_MSG_APPEND_STRIDE, 0, "8");
    m.diag = kxi_context_diag(m.ctx, &m.err);
    status = kxi_table_append(t, NULL, 4, sizeof(kx_value), &m.diag);
    assert_failed(&m, status, KXI_MSG_NULL_ARGUMENT, 0, "values");
    m.ctx->max_rows = 1;
    ck_assert_int_eq(kxi_table_append(t, row, 4, sizeof(kx_value), &m.diag), KX_OK);
    m.diag = kxi_context_diag(m.ctx, &m.err);
    status = kxi_table_append(t, row, 4, sizeof(kx_value), &m.diag);
    assert_failed(&m, status, KXI_MSG_ROWS_LIMIT, 0, "1 rows");
    kxi_table_unref(t);
    /* A lent column, or one of lists, cannot grow. */
    for (int lent = 0; lent < 2; lent++) {
        int count = 0;
        kx_column view = view_of("x", KX_NUMBER, KX_LAYOUT_I8, 0, NULL);
        view.lists = lent ? NULL : offsets;
        ck_assert_int_eq(kxi_table_new(m.ctx, KXI_STR("u"), &t, &m.diag), KX_OK);
        ck_assert_int_eq(kxi_table_add_view(t, &view, lent ? released : NULL, &count, &m.diag), KX_OK);
        m.diag = kxi_context_diag(m.ctx, &m.err);
        status = kxi_table_append(t, row, 1, sizeof(kx_value), &m.diag);
        assert_failed(&m, status, lent ? KXI_MSG_APPEND_BORROWED : KXI_MSG_APPEND_LIST, 0, "\"x\"");
        kxi_table_unref(t);
        ck_assert_int_eq(count, lent);
    }
    model_free(&m);
}
END_TEST

/* A caller whose kx_value is longer than ours may leave the tail zero. */
START_TEST(newer_caller)
{
    struct {
        kx_value v;
        uint64_t more;
    } row[4] = { { TEXT("a"), 0 }, { NUMBER(1, 0), 0 }, { DATE(1), 0 }, { BOOL(1), 0 } };
    struct model m;
    kx_table *t = four_columns(&m);
    ck_assert_int_eq(kxi_table_append(t, &row[0].v, 4, sizeof(row[0]), &m.diag), KX_OK);
    ck_assert_int_eq(kxi_column_int(&t->columns[2], 0), 1);
    row[2].more = 1;
    kx_status status = kxi_table_append(t, &row[0].v, 4, sizeof(row[0]), &m.diag);
    assert_failed(&m, status, KXI_MSG_STRUCT_NEWER, 0, "kx_value");
    end_table(&m, t);
}
END_TEST

/* Columns that were copied with rows grow too, also when they have nulls; then another column is added. */
START_TEST(after_copies)
{
    static const char *const kinds[] = { "a", NULL, "b" };
    static const int64_t numbers[] = { 10, INT64_MAX, 30, 40 }; /* the second is null */
    static const uint8_t valid[] = { 0x05 };
    struct model m;
    kx_table *t;
    model_init(&m);
    ck_assert_int_eq(kxi_table_new(m.ctx, KXI_STR("rows"), &t, &m.diag), KX_OK);
    kx_column view = view_of("kind", KX_TEXT, KX_LAYOUT_CSTR, 3, kinds);
    ck_assert_int_eq(kxi_table_add_view(t, &view, NULL, NULL, &m.diag), KX_OK);
    view = view_of("n", KX_NUMBER, KX_LAYOUT_I64, 3, numbers);
    view.validity = valid;
    view.scale = 1;
    ck_assert_int_eq(kxi_table_add_view(t, &view, NULL, NULL, &m.diag), KX_OK);
    kx_value row[3] = { TEXT("b"), NUMBER(425, 2), NUMBER(9, 0) };
    ck_assert_int_eq(kxi_table_append(t, row, 2, sizeof(kx_value), &m.diag), KX_OK);
    ck_assert_uint_eq(kxi_column_code(&t->columns[0], 3), 1);
    ck_assert_int_eq(t->columns[1].scale, 2);
    ck_assert_int_eq(kxi_column_int(&t->columns[1], 0), 100);
    ck_assert(!kxi_column_known(&t->columns[1], 1));
    ck_assert_int_eq(kxi_column_int(&t->columns[1], 2), 300);
    ck_assert_int_eq(kxi_column_int(&t->columns[1], 3), 425);
    view = view_of("more", KX_NUMBER, KX_LAYOUT_I64, 4, numbers);
    ck_assert_int_eq(kxi_table_add_view(t, &view, NULL, NULL, &m.diag), KX_OK);
    ck_assert_int_eq(kxi_table_append(t, row, 3, sizeof(kx_value), &m.diag), KX_OK);
    ck_assert_int_eq(kxi_column_int(&t->columns[2], 4), 9);
    assert_str(kxi_column_text(&t->columns[0], 4), "b");
    ck_assert_uint_eq(t->columns[0].dict->count, 2);
    end_table(&m, t);
}
END_TEST

START_TEST(many)
{
    struct model m;
    kx_table *t = four_columns(&m);
    char text[16];
    for (int i = 0; i < 40000; i++) {
        snprintf(text, sizeof(text), "t%d", i % 300);
        kx_value kind = { KX_TEXT, 0, 0, text, strlen(text) };
        must(append(&m, t, kind, i % 7 ? NUMBER(i, 0) : NONE, DATE(i), BOOL(i % 3 == 0)) == KX_OK, "row %d", i);
    }
    ck_assert_uint_eq(t->columns[0].dict->count, 300);
    ck_assert_int_eq(t->columns[0].layout, KX_LAYOUT_CODE16);
    for (int i = 0; i < 40000; i++) {
        snprintf(text, sizeof(text), "t%d", i % 300);
        must(kxi_str_is(kxi_column_text(&t->columns[0], i), text), "text %d", i);
        must(kxi_column_known(&t->columns[1], i) == (i % 7 != 0), "null %d", i);
        must(i % 7 == 0 || kxi_column_int(&t->columns[1], i) == i, "number %d", i);
        must(kxi_column_int(&t->columns[3], i) == (i % 3 == 0), "bool %d", i);
    }
    end_table(&m, t);
}
END_TEST

TCase *
append_tests(void)
{
    TCase *t = tcase_create("append");
    tcase_add_test(t, rows);
    tcase_add_test(t, widening);
    tcase_add_test(t, widening_by_scale);
    tcase_add_loop_test(t, refused, 0, COUNT(wrong));
    tcase_add_test(t, misuse);
    tcase_add_test(t, newer_caller);
    tcase_add_test(t, after_copies);
    tcase_add_test(t, many);
    return t;
}
