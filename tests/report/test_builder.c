#include "suite.h"

#include "report/builder.h"

enum { F_TEXT, F_NUM, F_WHOLE, F_DATE, F_BOOL, F_EMPTY, FIELDS };
static const kxi_field fields[FIELDS] = {
    { "text", KX_TEXT, 0 }, { "num", KX_NUMBER, KXI_SCALE }, { "whole", KX_NUMBER, 0 },
    { "date", KX_DATE, 0 }, { "bool", KX_BOOL, 0 },          { "empty", KX_TEXT, 0 },
};

/* Row i: text of i % 3 (null every fifth), i / 4 as a number, i, a day, i is odd. */
static kx_status
build(kx_context *ctx, size_t rows, kx_table **out, kxi_diag *d)
{
    static const char *const texts[] = { "甲", "乙", "" };
    kxi_arena arena;
    kxi_builder b;
    kx_status st = KX_OK;
    kxi_arena_init(&arena, &ctx->mem);
    kxi_numctx num = { &arena, 100 };
    kxi_builder_begin(&b, ctx, fields, FIELDS);
    for (size_t i = 0; i < rows && st == KX_OK && kxi_builder_row(&b); i++) {
        kxi_num x = kxi_num_int(0);
        st = kxi_num_ratio(&num, (int64_t)i, 4, &x);
        if (i % 5)
            kxi_builder_text(&b, F_TEXT, kxi_str_of(texts[i % 3]));
        else
            kxi_builder_text(&b, F_TEXT, (kxi_str){ NULL, 0 });
        kxi_builder_num(&b, F_NUM, x);
        kxi_builder_num(&b, F_WHOLE, x);
        kxi_builder_int(&b, F_DATE, (int64_t)i - 10);
        kxi_builder_int(&b, F_BOOL, i & 1);
    }
    if (st != KX_OK)
        b.status = st;
    st = kxi_builder_end(&b, "made", out, d);
    kxi_arena_free(&arena);
    return st;
}

static void
check_row(const kx_table *t, size_t i)
{
    static const char *const texts[] = { "甲", "乙", "" };
    const kxi_column *c = t->columns;
    ck_assert_int_eq(kxi_column_known(&c[F_TEXT], i), i % 5 != 0);
    if (i % 5)
        assert_str(kxi_column_text(&c[F_TEXT], i), texts[i % 3]);
    ck_assert(kxi_column_known(&c[F_NUM], i));
    ck_assert_int_eq(kxi_column_int(&c[F_NUM], i), (int64_t)i * 250000);
    ck_assert_int_eq(kxi_column_known(&c[F_WHOLE], i), i % 4 == 0);
    if (i % 4 == 0)
        ck_assert_int_eq(kxi_column_int(&c[F_WHOLE], i), (int64_t)i / 4);
    ck_assert_int_eq(kxi_column_int(&c[F_DATE], i), (int64_t)i - 10);
    ck_assert_int_eq(kxi_column_int(&c[F_BOOL], i), i & 1);
    ck_assert(!kxi_column_known(&c[F_EMPTY], i));
}

/* Sizes around the steps of growth and around whole bytes of validity. */
static const size_t sizes[] = { 0, 1, 7, 8, 9, 63, 64, 65, 128, 1000 };

START_TEST(rows)
{
    struct fixture f;
    kx_table *t;
    fixture_init(&f, KX_LANG_EN);
    ck_assert_int_eq(build(f.ctx, sizes[_i], &t, NULL), KX_OK);
    ck_assert_uint_eq(t->rows, sizes[_i]);
    ck_assert_uint_eq(t->column_count, FIELDS);
    ck_assert(t->frozen);
    for (size_t i = 0; i < sizes[_i]; i++)
        check_row(t, i);
    ck_assert_uint_le(t->columns[F_TEXT].dict->count, 3);
    ck_assert(t->columns[F_DATE].validity == NULL);
    kxi_table_unref(t);
    fixture_free(&f);
}
END_TEST

START_TEST(no_more_rows_than_the_limit)
{
    struct fixture f;
    kx_error err = KX_ERROR_INIT;
    kxi_diag d = { .language = KX_LANG_EN, .err = &err };
    kx_table *t;
    fixture_init(&f, KX_LANG_EN);
    f.ctx->max_rows = 9;
    ck_assert_int_eq(build(f.ctx, 9, &t, &d), KX_OK);
    kxi_table_unref(t);
    ck_assert_int_eq(build(f.ctx, 10, &t, &d), KX_E_LIMIT);
    ck_assert_ptr_null(t);
    ck_assert(strstr(err.message, "max_rows") != NULL);
    fixture_free(&f);
}
END_TEST

/* A file name may be any bytes; a table holds text. */
START_TEST(bytes_that_are_no_text)
{
    struct fixture f;
    kxi_builder b;
    kx_table *t;
    fixture_init(&f, KX_LANG_EN);
    kxi_builder_begin(&b, f.ctx, fields, 1);
    ck_assert(kxi_builder_row(&b));
    kxi_builder_text(&b, 0, KXI_STR("a\xff.csv"));
    ck_assert_int_eq(kxi_builder_end(&b, "made", &t, NULL), KX_OK);
    assert_str(kxi_column_text(&t->columns[0], 0), "a\\xFF.csv");
    kxi_table_unref(t);
    fixture_free(&f);
}
END_TEST

static kx_status
faulty(kxi_mem *mem, void *user)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    kx_context *ctx;
    kx_table *t;
    kx_error err = KX_ERROR_INIT;
    (void)user;
    options.alloc = mem->alloc;
    options.alloc_user = mem->user;
    kx_status st = kxi_context_new(&options, &ctx, &err);
    if (st != KX_OK)
        return st;
    kxi_diag d = kxi_context_diag(ctx, &err);
    st = build(ctx, 130, &t, &d);
    ck_assert_int_eq(st, err.status);
    ck_assert_msg((st == KX_OK) == (t != NULL), "a table after a failure");
    kxi_table_unref(t);
    kxi_context_unref(ctx);
    return st;
}

START_TEST(every_allocation_may_fail)
{
    fault_each(_i == 1, faulty, NULL);
}
END_TEST

TCase *
builder_tests(void)
{
    TCase *t = tcase_create("builder");
    tcase_add_loop_test(t, rows, 0, COUNT(sizes));
    tcase_add_test(t, no_more_rows_than_the_limit);
    tcase_add_test(t, bytes_that_are_no_text);
    tcase_add_loop_test(t, every_allocation_may_fail, 0, 2);
    return t;
}
