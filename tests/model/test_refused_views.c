/* Columns given by view: what is refused. */
#include "model/fixture.h"
#include "model/suite.h"

static void
released(void *user)
{
    ++*(int *)user;
}

/* Every way in which a view may be wrong. Each begins with a good column of three numbers and spoils it. */
static const int64_t three[] = { 1, 2, 3 };
static const int64_t backwards[] = { 0, 2, 1, 3 }, negative[] = { -1, 0, 0, 0 };
static const int32_t late[] = { 0, 2932897, 0 };
static const int8_t two[] = { 0, 1, 2 };
static const int8_t code_high[] = { 0, 1, 2 }, code_low[] = { 0, -1, 0 };
static const int64_t offsets[] = { 0, 1, 2 }, offsets_back[] = { 0, 2, 1 }, offsets_low[] = { -1, 0, 1 };
static const char *const invalid[] = { "ok", "bad\xFF", "ok" };
static _Alignas(8) char unaligned[32];

#ifdef __clang__
#pragma clang diagnostic ignored "-Winitializer-overrides"
#else
#pragma GCC diagnostic ignored "-Woverride-init"
#endif
#define GOOD .name = "x", .type = KX_NUMBER, .layout = KX_LAYOUT_I64, .rows = 3, .values = three
#define CODES                                                                                     \
    .name = "x", .type = KX_TEXT, .layout = KX_LAYOUT_CODE8, .rows = 3, .values = two, .pool = 2, \
    .pool_offsets = offsets, .pool_bytes = "ab"
#define SIZED .size = sizeof(kx_column)
static const struct {
    kx_column view;
    enum kxi_msg msg;
    const char *words;
} bad[] = {
    { { GOOD }, KXI_MSG_STRUCT_SIZE, "kx_column|KX_COLUMN_INIT" },
    { { SIZED, GOOD, .name = NULL }, KXI_MSG_COLUMN_NAME, "column 2" },
    { { SIZED, GOOD, .name = "  " }, KXI_MSG_COLUMN_NAME, "column 2" },
    { { SIZED, GOOD, .name = "\xC3" }, KXI_MSG_NAME_UTF8, "" },
    { { SIZED, GOOD, .name = "first" }, KXI_MSG_COLUMN_TWICE, "\"first\"" },
    { { SIZED, GOOD, .reserved = 1 }, KXI_MSG_COLUMN_RESERVED, "\"x\"" },
    { { SIZED, GOOD, .type = 5 }, KXI_MSG_COLUMN_TYPE, "5" },
    { { SIZED, GOOD, .type = 0 }, KXI_MSG_COLUMN_TYPE, "0" },
    { { SIZED, GOOD, .layout = KX_LAYOUT_BITS }, KXI_MSG_COLUMN_LAYOUT, "numbers" },
    { { SIZED, GOOD, .type = KX_BOOL }, KXI_MSG_COLUMN_LAYOUT, "yes or no" },
    { { SIZED, GOOD, .type = KX_TEXT }, KXI_MSG_COLUMN_LAYOUT, "text" },
    { { SIZED, GOOD, .type = KX_DATE, .layout = KX_LAYOUT_CODE8 }, KXI_MSG_COLUMN_LAYOUT, "dates" },
    { { SIZED, GOOD, .scale = 7 }, KXI_MSG_COLUMN_SCALE, "7" },
    { { SIZED, GOOD, .scale = -1 }, KXI_MSG_COLUMN_SCALE, "-1" },
    { { SIZED, GOOD, .rows = 2 }, KXI_MSG_COLUMN_ROWS, "2|3" },
    { { SIZED, GOOD, .rows = UINT64_MAX }, KXI_MSG_ROWS_LIMIT, "2147483647" },
    { { SIZED, GOOD, .values = NULL }, KXI_MSG_COLUMN_POINTER, "values" },
    { { SIZED, GOOD, .values = unaligned + 1 }, KXI_MSG_COLUMN_POINTER, "values" },
    { { SIZED, GOOD, .lists = backwards }, KXI_MSG_LIST_OFFSETS, "row 2" },
    { { SIZED, GOOD, .lists = negative }, KXI_MSG_LIST_OFFSETS, "row 1" },
    { { SIZED, GOOD, .type = KX_DATE, .layout = KX_LAYOUT_I32, .values = late }, KXI_MSG_DAY_RANGE, "row 2|2932897" },
    { { SIZED, GOOD, .type = KX_BOOL, .layout = KX_LAYOUT_I8, .values = two }, KXI_MSG_BOOL_RANGE, "row 3|2 is" },
    { { SIZED, CODES, .values = code_high }, KXI_MSG_CODE_OUTSIDE, "row 3|code 2|2 strings" },
    { { SIZED, CODES, .values = code_low }, KXI_MSG_CODE_OUTSIDE, "row 2|code -1" },
    { { SIZED, CODES, .pool = 0 }, KXI_MSG_CODE_OUTSIDE, "row 1|0 strings" },
    { { SIZED, CODES, .pool = UINT64_MAX }, KXI_MSG_TEXTS_LIMIT, "2147483647" },
    { { SIZED, CODES, .pool_offsets = NULL }, KXI_MSG_COLUMN_POINTER, "pool_offsets" },
    { { SIZED, CODES, .pool_bytes = NULL }, KXI_MSG_COLUMN_POINTER, "pool_bytes" },
    { { SIZED, CODES, .pool_offsets = offsets_back }, KXI_MSG_POOL_OFFSETS, "string 2" },
    { { SIZED, CODES, .pool_offsets = offsets_low }, KXI_MSG_POOL_OFFSETS, "string 1" },
    { { SIZED, CODES, .layout = KX_LAYOUT_POOL }, KXI_MSG_POOL_COUNT, "2 strings for 3" },
    { { SIZED, GOOD, .type = KX_TEXT, .layout = KX_LAYOUT_CSTR, .values = invalid },
      KXI_MSG_COLUMN_UTF8,
      "row 2|byte 3" },
    { { SIZED, GOOD, .type = KX_TEXT, .layout = KX_LAYOUT_CSTR, .values = NULL }, KXI_MSG_COLUMN_POINTER, "values" },
};

START_TEST(refused)
{
    struct model m;
    kx_table *t = new_table(&m);
    kx_column first = view_of("first", KX_NUMBER, KX_LAYOUT_I64, 3, three);
    int count = 0;
    must_view(&m, t, &first);
    for (int lent = 0; lent < 2; lent++) {
        m.diag = kxi_context_diag(m.ctx, &m.err);
        kx_status status = kxi_table_add_view(t, &bad[_i].view, lent ? released : NULL, &count, &m.diag);
        assert_failed(&m, status, bad[_i].msg, 0, bad[_i].words);
    }
    ck_assert_uint_eq(t->column_count, 1);
    ck_assert_int_eq(count, 0);
    end_table(&m, t);
}
END_TEST

START_TEST(invalid_pool)
{
    static const int8_t zeros[] = { 0, 0, 0 };
    struct model m;
    kx_table *t = new_table(&m);
    kx_column view = { SIZED, CODES, .values = zeros, .pool_bytes = "a\xFF" };
    kx_status status = kxi_table_add_view(t, &view, NULL, NULL, &m.diag);
    assert_failed(&m, status, KXI_MSG_POOL_UTF8, 0, "string 2|byte 0");
    m.diag = kxi_context_diag(m.ctx, &m.err);
    status = kxi_table_add_view(t, NULL, NULL, NULL, &m.diag);
    assert_failed(&m, status, KXI_MSG_NULL_ARGUMENT, 0, "column");
    end_table(&m, t);
}
END_TEST

/* A pool of 300 strings cannot be reached by negative codes of one byte. */
START_TEST(negative_code)
{
    static const int8_t values[] = { -56 };
    static int64_t many[301];
    struct model m;
    kx_table *t = new_table(&m);
    kx_column view = { SIZED, CODES, .rows = 1, .values = values, .pool = 300, .pool_offsets = many };
    kx_status status = kxi_table_add_view(t, &view, NULL, NULL, &m.diag);
    assert_failed(&m, status, KXI_MSG_CODE_OUTSIDE, 0, "code -56");
    end_table(&m, t);
}
END_TEST

START_TEST(newer_view)
{
    struct {
        kx_column view;
        uint64_t more;
    } newer = { view_of("x", KX_NUMBER, KX_LAYOUT_I64, 3, three), 0 };
    struct model m;
    kx_table *t = new_table(&m);
    newer.view.size = sizeof(newer);
    must_view(&m, t, &newer.view);
    newer.more = 1;
    kx_status status = kxi_table_add_view(t, &newer.view, NULL, NULL, &m.diag);
    assert_failed(&m, status, KXI_MSG_STRUCT_NEWER, 0, "kx_column");
    end_table(&m, t);
}
END_TEST

START_TEST(limited_rows)
{
    struct model m;
    kx_table *t = new_table(&m);
    kx_column view = view_of("x", KX_NUMBER, KX_LAYOUT_I64, 3, three);
    m.ctx->max_rows = 2;
    kx_status status = kxi_table_add_view(t, &view, NULL, NULL, &m.diag);
    assert_failed(&m, status, KXI_MSG_ROWS_LIMIT, 0, "2 rows|max_rows");
    view.rows = 2;
    must_view(&m, t, &view);
    end_table(&m, t);
}
END_TEST

TCase *
refused_views_tests(void)
{
    TCase *t = tcase_create("refused views");
    tcase_add_loop_test(t, refused, 0, COUNT(bad));
    tcase_add_test(t, invalid_pool);
    tcase_add_test(t, negative_code);
    tcase_add_test(t, newer_view);
    tcase_add_test(t, limited_rows);
    return t;
}
