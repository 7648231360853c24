/* From the header to columns: what is noted, and what the table has. */
#include "io/fixture.h"
#include "io/suite.h"

static const struct {
    const char *text, *findings;
} notes[] = {
    { "id,amount\n", "" },
    { "id,note\n", "" }, /* in the scheme, only not used */
    { "id,colour\n", "COLUMN_EXTRA t.csv:1:4 the column \"colour\" is not in the scheme and is not read\n" },
    { "id,amuont\n",
      "COLUMN_EXTRA_NEAR t.csv:1:4 the column \"amuont\" is not in the scheme and is not read; did you mean \"amount\"?\n" },
    { "id,数 量 值\n",
      "COLUMN_EXTRA_NEAR t.csv:1:4 the column \"数 量 值\" is not in the scheme and is not read; did you mean "
      "\"数量\"?\n" },
    { "id,amount,counts,amounts\n",
      "COLUMN_EXTRA t.csv:1:18 the column \"amounts\" is not in the scheme and is not read\n" },
    { "\n\"x\ny\",id,\"z\"\n", "COLUMN_EXTRA t.csv:2:1 the column \"x\\x0Ay\" is not in the scheme and is not read\n"
                               "COLUMN_EXTRA t.csv:3:7 the column \"z\" is not in the scheme and is not read\n" },
    { "id,,\n", "" },
};

START_TEST(note)
{
    struct io io;
    io_init(&io, NULL);
    ck_assert_msg(read_csv(&io, notes[_i].text) == KX_OK, "%s", io.err.message);
    const char *shown = show_findings(&io);
    ck_assert_msg(strcmp(shown, notes[_i].findings) == 0, "got\n%sexpected\n%s", shown, notes[_i].findings);
    io_free(&io);
}
END_TEST

START_TEST(columns_have_the_schemes_names)
{
    struct io io;
    io_init(&io, NULL);
    ck_assert_int_eq(read_csv(&io, "日期,note,编号\n2025-01-01,x,a\n"), KX_OK);
    const kx_table *t = io.ds->tables[THINGS].table;
    ck_assert_uint_eq(t->column_count, 2);
    assert_str(t->columns[0].name, "day");
    assert_str(t->columns[1].name, "id");
    assert_str(t->name, "t.csv");
    const kxi_bound_table *bound = &io.ds->tables[THINGS];
    ck_assert(bound->columns[0].column == &t->columns[1] && bound->columns[2].column == &t->columns[0]);
    ck_assert(bound->columns[1].column == NULL && bound->rows == 1);
    io_free(&io);
}
END_TEST

/* What is found on the way is taken back when the call fails; what was there stays. */
START_TEST(failure_leaves_nothing)
{
    struct io io;
    io_init(&io, NULL);
    kx_status status = kxi_csv_read(io.ds, PLACES, KXI_STR("p.csv"), KXI_STR("code,colour\n1,red\n"), NULL, &io.diag);
    ck_assert_int_eq(status, KX_OK);
    ck_assert_uint_eq(io.ds->findings.count, 1);
    ck_assert_int_eq(read_csv(&io, "id,colour,amount\na,b,c\n"), KX_E_DATA);
    ck_assert_uint_eq(io.ds->findings.count, 1);
    ck_assert_uint_eq(io.ds->findings.errors, 0);
    assert_rows(&io, THINGS, "none");
    assert_rows(&io, PLACES, "2: 1\n");
    io.err = (kx_error)KX_ERROR_INIT;
    io.diag = kxi_context_diag(io.ctx, &io.err);
    ck_assert_int_eq(read_csv(&io, "id\na\n"), KX_OK);
    assert_rows(&io, THINGS, "2: a\n");
    io_free(&io);
}
END_TEST

START_TEST(table_twice_is_refused_before_it_is_read)
{
    struct io io;
    io_init(&io, NULL);
    ck_assert_int_eq(read_csv(&io, "id\na\n"), KX_OK);
    assert_failed(&io, read_csv(&io, "id\n\"\n"), KXI_MSG_TABLE_TWICE, 0, 0, "things");
    assert_rows(&io, THINGS, "2: a\n");
    io_free(&io);
}
END_TEST

START_TEST(sealed_dataset_is_refused)
{
    struct io io;
    io_init(&io, NULL);
    io.ds->sealed = true;
    assert_failed(&io, read_csv(&io, "id\n"), KXI_MSG_DATASET_SEALED, 0, 0, "");
    io.ds->sealed = false;
    io_free(&io);
}
END_TEST

START_TEST(rows_have_a_limit)
{
    struct io io;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.max_rows = 3;
    for (size_t block = 0; block < 3; block++) {
        io_init(&io, &options);
        io.opt.block = block;
        ck_assert_int_eq(read_csv(&io, "id\na\nb\nc\n"), KX_OK);
        io_again(&io);
        assert_failed(&io, read_csv(&io, "id\na\nb\nc\nd\n"), KXI_MSG_ROWS_LIMIT, 0, 0, "3");
        io_again(&io);
        /* what is wrong before the limit comes first */
        assert_failed(&io, read_csv(&io, "id,amount\na,1\nb,x\nc,1\nd,1\ne,1\n"), KXI_MSG_CELL_NUMBER, 3, 3, "");
        io_free(&io);
    }
}
END_TEST

TCase *
header_tests(void)
{
    TCase *t = tcase_create("header");
    tcase_add_loop_test(t, note, 0, COUNT(notes));
    tcase_add_test(t, columns_have_the_schemes_names);
    tcase_add_test(t, failure_leaves_nothing);
    tcase_add_test(t, table_twice_is_refused_before_it_is_read);
    tcase_add_test(t, sealed_dataset_is_refused);
    tcase_add_test(t, rows_have_a_limit);
    return t;
}
