/* Columns given by view: every layout in and out, what is lent, what is shared. */
#include "model/fixture.h"
#include "model/suite.h"

#include <pthread.h>
#include <stdio.h>

static const int8_t i8[] = { -128, 0, 127 };
static const int16_t i16[] = { -32768, 5, 32767 };
static const int32_t i32[] = { -719162, 20000, 2932896 }; /* the first day, 2024-10-04, the last day */
static const int64_t i64[] = { INT64_MIN, -1, INT64_MAX };
static const int8_t yes_no[] = { 1, 0, 1 };
static const uint8_t bits[] = { 0x05 };

static const struct {
    int32_t type, layout, scale;
    const void *values;
    int64_t expected[3];
} fixed[] = {
    { KX_NUMBER, KX_LAYOUT_I8, 0, i8, { -128, 0, 127 } },
    { KX_NUMBER, KX_LAYOUT_I16, 6, i16, { -32768, 5, 32767 } },
    { KX_NUMBER, KX_LAYOUT_I32, 2, i32, { -719162, 20000, 2932896 } },
    { KX_NUMBER, KX_LAYOUT_I64, 3, i64, { INT64_MIN, -1, INT64_MAX } },
    { KX_DATE, KX_LAYOUT_I8, 0, i8, { -128, 0, 127 } },
    { KX_DATE, KX_LAYOUT_I16, 0, i16, { -32768, 5, 32767 } },
    { KX_DATE, KX_LAYOUT_I32, 0, i32, { -719162, 20000, 2932896 } },
    { KX_BOOL, KX_LAYOUT_I8, 0, yes_no, { 1, 0, 1 } },
    { KX_BOOL, KX_LAYOUT_BITS, 0, bits, { 1, 0, 1 } },
};

START_TEST(fixed_width)
{
    struct model m;
    kx_table *t = new_table(&m);
    kx_column view = view_of("x", fixed[_i].type, fixed[_i].layout, 3, fixed[_i].values), back = KX_COLUMN_INIT;
    int64_t ints[3];
    view.scale = fixed[_i].scale;
    must_view(&m, t, &view);
    const kxi_column *c = &t->columns[0];
    kxi_column_ints(c, 0, 3, ints);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(ints[i], fixed[_i].expected[i]);
        ck_assert_int_eq(kxi_column_int(c, i), fixed[_i].expected[i]);
    }
    kxi_column_ints(c, 1, 2, ints);
    ck_assert_int_eq(ints[1], fixed[_i].expected[2]);
    ck_assert_ptr_ne(c->values, fixed[_i].values);
    ck_assert_int_eq(kxi_table_view(t, 0, &back), KX_OK);
    ck_assert_str_eq(back.name, "x");
    ck_assert_int_eq(back.type, view.type);
    ck_assert_int_eq(back.layout, view.layout);
    ck_assert_int_eq(back.scale, view.scale);
    ck_assert_uint_eq(back.rows, 3);
    ck_assert_ptr_eq(back.values, c->values);
    ck_assert_ptr_null(back.validity);
    ck_assert_ptr_null(back.pool_bytes);
    end_table(&m, t);
}
END_TEST

/* What stands where nothing is recorded does not matter. */
START_TEST(nulls)
{
    static const int32_t days[] = { INT32_MAX, 0, INT32_MIN, 1, 2, 3, 4, 5, INT32_MAX, 7 };
    static const uint8_t valid[] = { 0xFA, 0x02 }; /* 0, 2 and 8 are null */
    static const uint8_t all[] = { 0xFF, 0x03 };
    struct model m;
    kx_table *t = new_table(&m);
    kx_column view = view_of("d", KX_DATE, KX_LAYOUT_I32, 10, days);
    uint8_t null[10];
    view.validity = valid;
    must_view(&m, t, &view);
    const kxi_column *c = &t->columns[0];
    for (size_t i = 0; i < 10; i++)
        ck_assert_int_eq(kxi_column_known(c, i), i != 0 && i != 2 && i != 8);
    ck_assert(kxi_column_nulls(c, 0, 10, null));
    ck_assert_mem_eq(null, ((uint8_t[]){ 1, 0, 1, 0, 0, 0, 0, 0, 1, 0 }), 10);
    ck_assert(kxi_column_nulls(c, 2, 2, null));
    ck_assert_mem_eq(null, ((uint8_t[]){ 1, 0 }), 2);
    ck_assert(!kxi_column_nulls(c, 3, 5, null));
    ck_assert(!kxi_column_nulls(c, 9, 1, null));
    /* Bits that are all one are as good as none. */
    static const int32_t plain[10] = { 0 };
    view = view_of("e", KX_DATE, KX_LAYOUT_I32, 10, plain);
    view.validity = all;
    must_view(&m, t, &view);
    ck_assert_ptr_null(t->columns[1].validity);
    end_table(&m, t);
}
END_TEST

START_TEST(list_column)
{
    static const int64_t lists[] = { 0, 2, 2, 5 };
    static const int16_t values[] = { 10, 20, 30, 40, 50 };
    struct model m;
    kx_table *t = new_table(&m);
    kx_column view = view_of("x", KX_NUMBER, KX_LAYOUT_I16, 3, values);
    view.lists = lists;
    must_view(&m, t, &view);
    const kxi_column *c = &t->columns[0];
    ck_assert_uint_eq(c->rows, 3);
    ck_assert_uint_eq(c->count, 5);
    ck_assert_int_eq(kxi_column_int(c, 4), 50);
    static const size_t rows[] = { 0, 0, 2, 2, 2 };
    for (size_t i = 0; i < 5; i++)
        ck_assert_uint_eq(kxi_column_row(c, i), rows[i]);
    ck_assert_uint_eq(kxi_column_first(c, 0), 0);
    ck_assert_uint_eq(kxi_column_first(c, 1), KXI_NO_VALUE);
    ck_assert_uint_eq(kxi_column_first(c, 2), 2);
    end_table(&m, t);
}
END_TEST

/* Text is normalised and each distinct one kept once; the cases differ only in layout. */
static const char *const raw[] = { " 科普 ", "b", NULL, "科\xE2\x80\x8B普", "", "b" };
static const char pool_bytes[] = " 科普 b科\xE2\x80\x8B普";
static const int64_t pool_offsets[] = { 0, 8, 9, 9, 18, 18, 18 };
static const int8_t code8[] = { 0, 1, -1, 3, 4, 1 };
static const int16_t code16[] = { 0, 1, 999, 3, 4, 1 };
static const int32_t code32[] = { 0, 1, INT32_MIN, 3, 4, 1 };

static kx_column
text_view(int32_t layout)
{
    static const uint8_t not_third[] = { 0x3B };
    static const int64_t one_by_one[] = { 0, 8, 9, 9, 18, 18, 19 };
    static const char one_by_one_bytes[] = " 科普 b科\xE2\x80\x8B普b";
    const void *values = layout == KX_LAYOUT_CSTR     ? (const void *)raw
                         : layout == KX_LAYOUT_CODE8  ? (const void *)code8
                         : layout == KX_LAYOUT_CODE16 ? (const void *)code16
                         : layout == KX_LAYOUT_CODE32 ? (const void *)code32
                                                      : NULL;
    kx_column view = view_of("x", KX_TEXT, layout, 6, values);
    if (layout == KX_LAYOUT_CSTR)
        return view;
    view.validity = not_third;
    view.pool = 6;
    view.pool_offsets = layout == KX_LAYOUT_POOL ? one_by_one : pool_offsets;
    view.pool_bytes = layout == KX_LAYOUT_POOL ? one_by_one_bytes : pool_bytes;
    return view;
}

static void
released(void *user)
{
    ++*(int *)user;
}

START_TEST(text)
{
    int32_t layout = KX_LAYOUT_CSTR + _i / 2;
    bool lent = _i % 2;
    struct model m;
    kx_table *t = new_table(&m);
    kx_column view = text_view(layout), back = KX_COLUMN_INIT;
    int count = 0;
    ck_assert_int_eq(kxi_table_add_view(t, &view, lent ? released : NULL, &count, &m.diag), KX_OK);
    const kxi_column *c = &t->columns[0];
    const char *expected[] = { "科普", "b", NULL, "科普", NULL, "b" };
    uint32_t codes[6];
    kxi_column_codes(c, 0, 6, codes);
    for (size_t i = 0; i < 6; i++) {
        ck_assert_int_eq(kxi_column_known(c, i), expected[i] != NULL);
        ck_assert_uint_eq(codes[i], kxi_column_code(c, i));
        if (expected[i])
            assert_str(kxi_column_text(c, i), expected[i]);
        else
            ck_assert_ptr_null(kxi_column_text(c, i).s);
    }
    bool as_it_lies = lent && layout >= KX_LAYOUT_CODE8;
    ck_assert_uint_eq(c->dict->count, as_it_lies ? 6 : 2);
    ck_assert((c->values == view.values) == as_it_lies);
    ck_assert_int_eq(c->layout, as_it_lies ? layout : KX_LAYOUT_CODE8);
    ck_assert_int_eq(kxi_table_view(t, 0, &back), KX_OK);
    ck_assert_uint_eq(back.pool, c->dict->count);
    ck_assert_int_eq(back.pool_offsets[0], 0);
    ck_assert_int_eq(back.pool_offsets[1], 6);
    ck_assert_int_eq(back.pool_offsets[2], 7);
    ck_assert_mem_eq(back.pool_bytes, "科普b", 7);
    ck_assert_int_eq(count, 0);
    end_table(&m, t);
    ck_assert_int_eq(count, lent);
}
END_TEST

/* More than 128 texts need two bytes, more than 32768 four. */
START_TEST(wide_dictionary)
{
    static const size_t sizes[] = { 128, 129, 32768, 32769 };
    static const int32_t layouts[] = { KX_LAYOUT_CODE8, KX_LAYOUT_CODE16, KX_LAYOUT_CODE16, KX_LAYOUT_CODE32 };
    static char texts[32769][8];
    static const char *views[32769];
    size_t n = sizes[_i];
    struct model m;
    kx_table *t = new_table(&m);
    for (size_t i = 0; i < n; i++) {
        snprintf(texts[i], sizeof(texts[i]), "t%zu", i);
        views[i] = texts[i];
    }
    kx_column view = view_of("x", KX_TEXT, KX_LAYOUT_CSTR, n, views);
    must_view(&m, t, &view);
    ck_assert_int_eq(t->columns[0].layout, layouts[_i]);
    for (size_t i = 0; i < n; i++)
        must(kxi_str_is(kxi_column_text(&t->columns[0], i), texts[i]), "text %zu", i);
    end_table(&m, t);
}
END_TEST

START_TEST(lent_numbers)
{
    static const int64_t values[] = { 7, 8, 9 };
    static const uint8_t valid[] = { 0x05 };
    struct model m;
    kx_table *t = new_table(&m);
    kx_column view = view_of("x", KX_NUMBER, KX_LAYOUT_I64, 3, values);
    int count = 0;
    view.validity = valid;
    ck_assert_int_eq(kxi_table_add_view(t, &view, released, &count, &m.diag), KX_OK);
    ck_assert_ptr_eq(t->columns[0].values, values);
    ck_assert_ptr_eq(t->columns[0].validity, valid);
    view.name = "x"; /* again: fails, and then the values are still the caller's */
    kx_status status = kxi_table_add_view(t, &view, released, &count, &m.diag);
    assert_failed(&m, status, KXI_MSG_COLUMN_TWICE, 0, "\"x\"");
    ck_assert_int_eq(count, 0);
    ck_assert_uint_eq(t->column_count, 1);
    kxi_table_unref(kxi_table_ref(t));
    ck_assert_int_eq(count, 0);
    end_table(&m, t);
    ck_assert_int_eq(count, 1);
}
END_TEST

static const int64_t three[] = { 1, 2, 3 };

START_TEST(older_reader)
{
    struct model m;
    kx_table *t = new_table(&m);
    kx_column view = view_of("x", KX_NUMBER, KX_LAYOUT_I64, 3, three), out;
    must_view(&m, t, &view);
    memset(&out, 0x55, sizeof(out));
    out.size = offsetof(kx_column, rows);
    ck_assert_int_eq(kxi_table_view(t, 0, &out), KX_OK);
    ck_assert_int_eq(out.layout, KX_LAYOUT_I64);
    ck_assert_uint_eq(out.rows, UINT64_C(0x5555555555555555));
    ck_assert_uint_eq(out.size, offsetof(kx_column, rows));
    out.size = 0;
    ck_assert_int_eq(kxi_table_view(t, 0, &out), KX_E_ARGUMENT);
    out.size = sizeof(out);
    ck_assert_int_eq(kxi_table_view(t, 1, &out), KX_E_NOTFOUND);
    ck_assert_int_eq(kxi_table_view(t, 0, NULL), KX_E_ARGUMENT);
    ck_assert_uint_eq(kxi_table_find(t, KXI_STR("x")), 0);
    ck_assert_uint_eq(kxi_table_find(t, KXI_STR("X")), KXI_NONE);
    end_table(&m, t);
}
END_TEST

/* A finished column is moved in. */
START_TEST(taken)
{
    struct model m;
    kx_table *t = new_table(&m);
    uint32_t code;
    for (int i = 0; i < 2; i++) {
        kxi_column c = { .name = KXI_STR("x"), .type = KX_TEXT, .layout = KX_LAYOUT_CODE8, .rows = 2, .count = 2 };
        char *codes = kxi_alloc(&m.ctx->mem, 2);
        ck_assert_int_eq(kxi_dict_new(&m.ctx->mem, &c.dict), KX_OK);
        ck_assert_int_eq(kxi_dict_push(c.dict, KXI_STR("a"), &code), KX_OK);
        ck_assert_int_eq(kxi_dict_push(c.dict, KXI_STR("a"), &code), KX_OK);
        codes[0] = 0;
        codes[1] = 1;
        c.values = codes;
        c.values_size = 2;
        kx_status status = kxi_table_take(t, &c, &m.diag);
        if (i == 0) {
            ck_assert_int_eq(status, KX_OK);
            ck_assert_ptr_null(c.values);
            ck_assert_ptr_eq(t->columns[0].values, codes);
        } else {
            assert_failed(&m, status, KXI_MSG_COLUMN_TWICE, 0, "\"x\"");
            ck_assert_ptr_eq(c.values, codes); /* still ours */
            kxi_column_free(&m.ctx->mem, &c);
        }
    }
    /* Its dictionary has a text twice, so no row can be appended. */
    kx_value v = { KX_TEXT, 0, 0, "a", 1 };
    m.diag = kxi_context_diag(m.ctx, &m.err);
    assert_failed(&m, kxi_table_append(t, &v, 1, sizeof(v), &m.diag), KXI_MSG_INTERNAL, 0, "twice");
    kxi_column c = { .name = KXI_STR("y"), .type = KX_NUMBER, .layout = KX_LAYOUT_I8, .rows = 3 };
    m.diag = kxi_context_diag(m.ctx, &m.err);
    assert_failed(&m, kxi_table_take(t, &c, &m.diag), KXI_MSG_COLUMN_ROWS, 0, "3 rows|has 2");
    m.ctx->max_rows = 2;
    m.diag = kxi_context_diag(m.ctx, &m.err);
    assert_failed(&m, kxi_table_take(t, &c, &m.diag), KXI_MSG_ROWS_LIMIT, 0, "2 rows");
    end_table(&m, t);
}
END_TEST

static void *
look(void *table)
{
    kx_table *t = kxi_table_ref(table);
    kx_column out = KX_COLUMN_INIT;
    bool well = kxi_table_view(t, 0, &out) == KX_OK && out.pool == 2 && memcmp(out.pool_bytes, "科普b", 7) == 0;
    kxi_table_unref(t);
    return well ? table : NULL;
}

/* The pool of a shared table is made by whoever asks first. */
START_TEST(shared)
{
    pthread_t threads[4];
    struct model m;
    for (int round = 0; round < 50; round++) {
        kx_table *t = new_table(&m);
        kx_column view = text_view(KX_LAYOUT_CSTR);
        must_view(&m, t, &view);
        for (size_t i = 0; i < COUNT(threads); i++)
            ck_assert_int_eq(pthread_create(&threads[i], NULL, look, t), 0);
        for (size_t i = 0; i < COUNT(threads); i++) {
            void *well;
            ck_assert_int_eq(pthread_join(threads[i], &well), 0);
            ck_assert_ptr_eq(well, t);
        }
        end_table(&m, t);
    }
}
END_TEST

START_TEST(places)
{
    struct model m;
    kx_table *t = new_table(&m);
    ck_assert_uint_eq(kxi_table_place(t, 4).line, 0);
    uint64_t *lines = kxi_alloc(&m.ctx->mem, 4 * sizeof(*lines));
    memcpy(lines, (uint64_t[]){ 2, 10, 5, 20 }, 4 * sizeof(*lines));
    kxi_table_set_lines(t, 3, lines, 2);
    static const uint32_t expected[] = { 3, 4, 10, 11, 12, 20, 21 };
    for (size_t row = 0; row < COUNT(expected); row++)
        ck_assert_uint_eq(kxi_table_place(t, row).line, expected[row]);
    assert_str(kxi_table_place(t, 0).input, "t");
    end_table(&m, t);
}
END_TEST

TCase *
view_tests(void)
{
    TCase *t = tcase_create("view");
    tcase_add_loop_test(t, fixed_width, 0, COUNT(fixed));
    tcase_add_test(t, nulls);
    tcase_add_test(t, list_column);
    tcase_add_loop_test(t, text, 0, 10);
    tcase_add_loop_test(t, wide_dictionary, 0, 4);
    tcase_add_test(t, lent_numbers);
    tcase_add_test(t, older_reader);
    tcase_add_test(t, taken);
    tcase_add_test(t, shared);
    tcase_add_test(t, places);
    return t;
}
