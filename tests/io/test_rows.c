/* JSON datasets: tables of rows, tables of columns, and each fault with its place. */
#include "io/fixture.h"
#include "io/suite.h"

static const struct {
    const char *text, *rows;
} facts[] = {
    { "{}", "none" },
    { "{\"things\": []}", "" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": 1.5}, {\"id\": \"b\", \"amount\": -2}]}", "1: a|1.5\n1: b|-2.0\n" },
    { "{\"things\": [\n{\"id\": \"a\"},\n\n{\"amount\": 2,\n \"id\": \"b\"},\n{\"id\": \"c\"}]}",
      "2: a|~\n4: b|2\n6: c|~\n" },
    { "{\"things\": {\"id\": [\"a\", \"b\"], \"amount\": [1, null]}}", "0: a|1\n0: b|~\n" },
    { "{\"things\": {\"id\": []}}", "" },
    { "{\"Ｔhings \": {\"编号\": [\"a\"], \"数量\": [1]}}", "0: a|1\n" },
    { "{\"things\": [{\"编号\": \"a\", \"日期\": \"2025年1月2日\"}]}", "1: a|2025-01-02\n" },
    /* null, absent, empty */
    { "{\"things\": [{\"id\": \"a\", \"amount\": null, \"day\": \"\", \"open\": null, \"tags\": null}, {\"id\": null}]}",
      "1: a|~|~|~|[]\n1: ~|~|~|~|[]\n" },
    /* numbers by their digits, also as strings; exponents exactly */
    { "{\"things\": [{\"id\": \"a\", \"amount\": 9007199254740993}]}", "1: a|9007199254740993\n" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": 0.1}, {\"id\": \"b\", \"amount\": \"12.25\"}]}",
      "1: a|0.10\n1: b|12.25\n" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": 1e3}, {\"id\": \"b\", \"amount\": 1.5E-05}, {\"id\": \"c\", \"amount\": -0.0}]}",
      "1: a|1000.000000\n1: b|0.000015\n1: c|0.000000\n" },
    /* a whole number may be a code; bools as true, 1, words */
    { "{\"things\": [{\"id\": 640104, \"open\": true}, {\"id\": -1, \"open\": 0}, {\"id\": \"x\", \"open\": \"是\"}]}",
      "1: 640104|1\n1: -1|0\n1: x|1\n" },
    /* lists */
    { "{\"things\": [{\"id\": \"a\", \"tags\": [\"x\", null, \"y;z\", \"\", 7], \"counts\": [1, 2.5, 1e1]}, {\"id\": \"b\", \"tags\": []}]}",
      "1: a|[x;y;z;7]|[1.0;2.5;10.0]\n1: b|[]|[]\n" },
    { "{\"things\": {\"id\": [\"a\", \"b\"], \"tags\": [[\"x\"], null]}}", "0: a|[x]\n0: b|[]\n" },
    /* text is normalised, columns nobody uses are skipped whatever is in them */
    { "{\"things\": [{\"note\": {\"deep\": [1]}, \"id\": \" \\u79d1\\u666e \"}]}", "1: 科普\n" },
    { "{\"things\": {\"note\": [{}, [], 1], \"id\": [\"a\", \"b\", \"c\"]}}", "0: a\n0: b\n0: c\n" },
};

START_TEST(fact)
{
    struct io io;
    io_init(&io, NULL);
    kx_status status = read_json(&io, facts[_i].text);
    ck_assert_msg(status == KX_OK, "%s: %s", facts[_i].text, io.err.message);
    assert_rows(&io, THINGS, facts[_i].rows);
    ck_assert_str_eq(show_findings(&io), "");
    io_free(&io);
}
END_TEST

static const struct {
    const char *text;
    enum kxi_msg msg;
    uint32_t line, column;
    const char *pointer, *words;
} faults[] = {
    { "[]", KXI_MSG_DATA_SHAPE, 1, 1, "", "a list" },
    { " \"x\"", KXI_MSG_DATA_SHAPE, 1, 2, "", "a string" },
    { "{\"things\": 5}", KXI_MSG_DATA_TABLE, 1, 12, "/things", "things|a number" },
    { "{\"things\": [{\"id\": \"a\"},\n 7]}", KXI_MSG_DATA_ROW, 2, 2, "/things/1", "things|a number" },
    { "{\"things\": [[1]]}", KXI_MSG_DATA_ROW, 1, 13, "/things/0", "a list" },
    { "{\"things\": {\"id\": [\"a\"],\n\"day\": \"x\"}}", KXI_MSG_DATA_COLUMN, 2, 8, "/things/day",
      "\"day\"|a string" },
    { "{\"things\": {\"id\": [\"a\", \"b\"],\n \"note\": [1]}}", KXI_MSG_DATA_LENGTHS, 2, 10, "/things/note",
      "\"note\" has 1|\"id\" has 2" },
    { "{\"things\": [{\"amount\": 1}]}", KXI_MSG_COLUMN_MISSING, 1, 12, "/things", "things|\"id\"" },
    { "{\"things\": {\"amount\": [1]}}", KXI_MSG_COLUMN_MISSING, 1, 12, "/things", "" },
    { "{\"things\": [{\"id\": \"a\", \"编号\": \"b\"}]}", KXI_MSG_COLUMNS_SAME, 1, 25, "/things/0/编号",
      "\"id\" and \"编号\"" },
    { "{\"things\": [{\"id\": \"a\"}, {\"编号\": \"b\"}]}", KXI_MSG_COLUMNS_SAME, 1, 27, "/things/1/编号", "" },
    { "{\"things\": [], \"Things\": []}", KXI_MSG_TABLE_TWICE, 0, 0, "", "things" },
    /* values */
    { "{\"things\": [{\"id\": \"a\", \"amount\": \"x\"}]}", KXI_MSG_CELL_NUMBER, 1, 35, "/things/0/amount",
      "\"amount\"|\"x\"" },
    { "{\"things\": [{\"id\": \"中\",\n \"amount\": \"1,2\"}]}", KXI_MSG_CELL_THOUSANDS, 2, 12, "/things/0/amount",
      "1,2" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": 1e-7}]}", KXI_MSG_CELL_NUMBER, 1, 35, "/things/0/amount", "1e-7" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": 1e30}]}", KXI_MSG_CELL_NUMBER, 1, 35, "/things/0/amount", "1e30" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": 0.1234567}]}", KXI_MSG_CELL_DIGITS, 1, 35, "/things/0/amount", "" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": 99999999999999999999}]}", KXI_MSG_CELL_DIGITS, 1, 35,
      "/things/0/amount", "" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": true}]}", KXI_MSG_CELL_KIND, 1, 35, "/things/0/amount",
      "true or false|write a number" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": [1]}]}", KXI_MSG_CELL_KIND, 1, 35, "/things/0/amount",
      "a list|a number" },
    { "{\"things\": [{\"id\": {\"a\": 1}}]}", KXI_MSG_CELL_KIND, 1, 20, "/things/0/id", "an object|a string" },
    { "{\"things\": [{\"id\": 1.5}]}", KXI_MSG_CELL_KIND, 1, 20, "/things/0/id", "a number|a string" },
    { "{\"things\": [{\"id\": 1e3}]}", KXI_MSG_CELL_KIND, 1, 20, "/things/0/id", "" },
    { "{\"things\": [{\"id\": \"a\", \"day\": 20250101}]}", KXI_MSG_CELL_KIND, 1, 32, "/things/0/day",
      "a number|2025-01-31" },
    { "{\"things\": [{\"id\": \"a\", \"day\": \"2025-02-30\"}]}", KXI_MSG_CELL_DATE, 1, 32, "/things/0/day",
      "2025-02-30" },
    { "{\"things\": [{\"id\": \"a\", \"open\": 2}]}", KXI_MSG_CELL_BOOL, 1, 33, "/things/0/open", "2" },
    { "{\"things\": [{\"id\": \"a\", \"tags\": \"x;y\"}]}", KXI_MSG_CELL_KIND, 1, 33, "/things/0/tags",
      "a string|an array" },
    { "{\"things\": [{\"id\": \"a\", \"counts\": [1, \"z\"]}]}", KXI_MSG_CELL_NUMBER, 1, 35, "/things/0/counts",
      "\"z\"" },
    { "{\"things\": [{\"id\": \"a\", \"counts\": [1, [2]]}]}", KXI_MSG_CELL_KIND, 1, 35, "/things/0/counts",
      "a list|a number" },
    { "{\"things\": {\"id\": [\"a\", \"b\"], \"amount\": [1,\n \"z\"]}}", KXI_MSG_CELL_NUMBER, 2, 2, "/things/amount/1",
      "z" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": \"x\", \"day\": \"y\"}, {\"id\": \"b\", \"amount\": \"z\"}]}",
      KXI_MSG_CELL_NUMBER, 1, 35, "/things/0/amount", "\"x\"" },
    { "{\"things\": [{\"id\": \"a\", \"amount\": 9223372036854775807},\n{\"id\": \"b\", \"amount\": 0.5}]}",
      KXI_MSG_CELL_SCALE, 1, 1, "", "9223372036854775807" },
    /* text */
    { "{\"things\": [{\"id\": \"a\"}", KXI_MSG_JSON_CUT_OFF, 1, 24, "", "" },
    { "{\"things\": [{\"id\": \"a\", \"id\": \"b\"}]}", KXI_MSG_JSON_DUPLICATE, 1, 25, "/things/0/id", "" },
};

START_TEST(fault)
{
    struct io io;
    io_init(&io, NULL);
    kx_status status = read_json(&io, faults[_i].text);
    ck_assert_msg(status != KX_OK, "%s is read", faults[_i].text);
    assert_failed(&io, status, faults[_i].msg, faults[_i].line, faults[_i].column, faults[_i].words);
    ck_assert_str_eq(io.err.pointer, faults[_i].pointer);
    ck_assert_str_eq(io.err.input, "t.json");
    ck_assert_uint_eq(io.ds->findings.count, 0);
    assert_rows(&io, THINGS, "none");
    io_free(&io);
}
END_TEST

/* The tables of a call come together: here the second is at fault. */
START_TEST(tables_come_together)
{
    struct io io;
    io_init(&io, NULL);
    ck_assert_int_eq(read_json(&io, "{\"places\": [{\"code\": \"64\"}], \"things\": [{\"id\": []}]}"), KX_E_DATA);
    assert_rows(&io, PLACES, "none");
    io_again(&io);
    ck_assert_int_eq(read_json(&io, "{\"places\": [{\"code\": \"64\"}], \"things\": [{\"id\": \"a\"}]}"), KX_OK);
    assert_rows(&io, PLACES, "1: 64\n");
    assert_rows(&io, THINGS, "1: a\n");
    io_free(&io);
}
END_TEST

START_TEST(extra_names_are_noted_once)
{
    struct io io;
    io_init(&io, NULL);
    ck_assert_int_eq(
        read_json(
            &io,
            "{\"thing\": 1, \"x\": {},\n\"things\": [{\"id\": \"a\", \"amuont\": 1}, {\"amuont\": 2, \"colour\": 3}]}"),
        KX_OK);
    ck_assert_str_eq(
        show_findings(&io),
        "TABLE_EXTRA_NEAR t.json:1:2 \"thing\" is no table of the scheme and is not read; did you mean \"things\"?\n"
        "TABLE_EXTRA t.json:1:14 \"x\" is no table of the scheme and is not read\n"
        "COLUMN_EXTRA_NEAR t.json:2:24 the column \"amuont\" is not in the scheme and is not read; did you mean "
        "\"amount\"?\n"
        "COLUMN_EXTRA t.json:2:52 the column \"colour\" is not in the scheme and is not read\n");
    assert_str(io.ds->findings.items[2].place.pointer, "/things/0/amuont");
    assert_rows(&io, THINGS, "2: a\n2: ~\n");
    io_free(&io);
}
END_TEST

START_TEST(all_is_gathered)
{
    struct io io;
    io_init(&io, NULL);
    io.ds->collect = true;
    ck_assert_int_eq(
        read_json(
            &io,
            "{\"places\": {\"code\": [1, 2], \"name\": [3]},\n"
            "\"things\": [{\"id\": \"a\", \"amount\": \"x\", \"day\": 5}, 7, {\"id\": \"b\", \"counts\": [1, \"y\", 2]}]}"),
        KX_OK);
    ck_assert_int_eq(io.err.status, KX_OK);
    assert_rows(&io, PLACES, "none");
    ck_assert(io.ds->tables[PLACES].failed && !io.ds->tables[THINGS].failed);
    assert_rows(&io, THINGS, "2: a|~|~|[]\n2: b|~|~|[1;2]\n");
    ck_assert_str_eq(
        show_findings(&io),
        "DATA_LENGTHS t.json:1:37 the column \"name\" has 1 values, the column \"code\" has 2; all columns of a table "
        "need the same number\n"
        "DATA_ROW t.json:2:50 a row of the table \"things\" has to be an object, {\"column\": value, ..}; this is a "
        "number\n"
        "CELL_NUMBER t.json:2:34 column \"amount\": \"x\" is not a number; write it as 12 or -3.5\n"
        "CELL_KIND t.json:2:46 column \"day\": this is a number; write a date as a string, \"2025-01-31\"\n"
        "CELL_NUMBER t.json:2:75 column \"counts\": \"y\" is not a number; write it as 12 or -3.5\n");
    /* a text that is no JSON fails all the same */
    ck_assert_int_eq(read_json(&io, "{"), KX_E_SYNTAX);
    ck_assert_uint_eq(io.ds->findings.count, 5);
    io_free(&io);
}
END_TEST

START_TEST(limits)
{
    struct io io;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.max_rows = 2;
    options.max_findings = 2;
    io_init(&io, &options);
    ck_assert_int_eq(read_json(&io, "{\"things\": [{\"id\": 1}, {\"id\": 2}]}"), KX_OK);
    io_again(&io);
    assert_failed(&io, read_json(&io, "{\"things\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]}"), KXI_MSG_ROWS_LIMIT, 1,
                  12, "2");
    io_again(&io);
    assert_failed(&io, read_json(&io, "{\"things\": {\"id\": [1, 2, 3]}}"), KXI_MSG_ROWS_LIMIT, 1, 12, "2");
    io.ds->collect = true;
    io_again(&io);
    ck_assert_int_eq(read_json(&io, "{\"things\": {\"id\": [[], {}], \"amount\": [[], {}]}}"), KX_OK);
    ck_assert_uint_eq(io.ds->findings.count, 2);
    ck_assert_uint_eq(io.ds->findings.left_out, 2);
    ck_assert_uint_eq(io.ds->findings.errors, 4);
    io_free(&io);
}
END_TEST

/* More rows than one batch, with columns that come late and go early. */
START_TEST(many_rows)
{
    struct io io;
    kxi_buf text;
    io_init(&io, NULL);
    kxi_buf_init(&text, &io.ctx->mem);
    kxi_buf_cstr(&text, "{\"things\": [\n");
    for (int i = 0; i < 1500; i++) {
        kxi_buf_cstr(&text, i ? ",\n{\"id\": \"k" : "{\"id\": \"k");
        kxi_buf_int(&text, i % 300);
        kxi_buf_cstr(&text, i >= 700 ? "\", \"amount\": " : "\", \"counts\": [");
        kxi_buf_int(&text, i);
        kxi_buf_cstr(&text, i >= 700 ? "}" : "]}");
    }
    kxi_buf_cstr(&text, "]}");
    ck_assert_int_eq(kxi_dataset_read_json(io.ds, KXI_STR("t.json"), kxi_buf_view(&text), NULL, &io.diag), KX_OK);
    kxi_buf_free(&text);
    const kx_table *t = io.ds->tables[THINGS].table;
    ck_assert_uint_eq(t->rows, 1500);
    const kxi_column *id = &t->columns[0], *counts = &t->columns[1], *amount = &t->columns[2];
    ck_assert_uint_eq(id->dict->count, 300);
    ck_assert_uint_eq(counts->count, 700);
    for (size_t i = 0; i < 1500; i++) {
        ensure(kxi_column_code(id, i) == i % 300, "row %zu", i);
        ensure(kxi_column_known(amount, i) == (i >= 700), "row %zu", i);
        ensure(i < 700 || kxi_column_int(amount, i) == (int64_t)i, "row %zu", i);
        ensure(i >= 700 || kxi_column_int(counts, i) == (int64_t)i, "row %zu", i);
        ensure(kxi_table_place(t, i).line == i + 2, "row %zu", i);
    }
    io_free(&io);
}
END_TEST

struct steps {
    uint64_t last, total;
    int left, calls;
};

static int
count_steps(void *user, uint64_t done, uint64_t total)
{
    struct steps *s = user;
    s->calls++;
    s->last = done;
    s->total = total;
    return s->left-- == 0;
}

START_TEST(progress_may_cancel)
{
    static const char text[] = "{\"places\": [{\"code\": \"64\"}], \"things\": [{\"id\": \"a\"}]}";
    struct io io;
    io_init(&io, NULL);
    struct steps steps = { .left = -1 };
    io.opt.progress = count_steps;
    io.opt.progress_user = &steps;
    ck_assert_int_eq(read_json(&io, text), KX_OK);
    ck_assert(steps.calls == 3 && steps.last == sizeof(text) - 2 && steps.total == sizeof(text) - 1);
    for (int left = 0; left < 3; left++) {
        io_again(&io);
        steps.left = left;
        assert_failed(&io, read_json(&io, text), KXI_MSG_READ_CANCELLED, 0, 0, "cancelled");
        assert_rows(&io, PLACES, "none");
    }
    io_free(&io);
}
END_TEST

TCase *
rows_tests(void)
{
    TCase *t = tcase_create("rows");
    tcase_add_loop_test(t, fact, 0, COUNT(facts));
    tcase_add_loop_test(t, fault, 0, COUNT(faults));
    tcase_add_test(t, tables_come_together);
    tcase_add_test(t, extra_names_are_noted_once);
    tcase_add_test(t, all_is_gathered);
    tcase_add_test(t, limits);
    tcase_add_test(t, many_rows);
    tcase_add_test(t, progress_may_cancel);
    return t;
}
