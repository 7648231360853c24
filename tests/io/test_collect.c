/* Gathering all that is found instead of stopping at the first. */
#include "io/fixture.h"
#include "io/suite.h"

static const struct {
    const char *text, *rows, *findings;
} cases[] = {
    /* a value that does not read is null; the row stays */
    { "id,amount,day,tags\na,x,y,z\nb,1,2025-01-01,\nc,2,2025-13-01,p;q\n",
      "2: a|~|~|[z]\n3: b|1|2025-01-01|[]\n4: c|2|~|[p;q]\n",
      "CELL_NUMBER t.csv:2:3 column \"amount\": \"x\" is not a number; write it as 12 or -3.5\n"
      "CELL_DATE t.csv:2:5 column \"day\": \"y\" is not a date; write it as 2025-01-31, without a time of day\n"
      "CELL_DATE t.csv:4:5 column \"day\": \"2025-13-01\" is not a date; write it as 2025-01-31, without a time of day\n" },
    /* so does a list without it */
    { "id,counts\na,1;x;3;y\n", "2: a|[1;3]\n",
      "CELL_NUMBER t.csv:2:3 column \"counts\": \"x\" is not a number; write it as 12 or -3.5\n"
      "CELL_NUMBER t.csv:2:3 column \"counts\": \"y\" is not a number; write it as 12 or -3.5\n" },
    /* a record of another number of fields is left out */
    { "id,amount\na,1\nb\nc,x,5\nd,2\n", "2: a|1\n5: d|2\n",
      "CSV_FIELDS t.csv:3:2 this record has 1 fields, the header has 2; check its commas and quotes\n"
      "CSV_FIELDS t.csv:4:5 this record has 3 fields, the header has 2; check its commas and quotes\n" },
    /* behind a quote that is wrong nothing can be trusted */
    { "id,amount\na,y\nb\"c,2\nd,x\n", "2: a|~\n",
      "CELL_NUMBER t.csv:2:3 column \"amount\": \"y\" is not a number; write it as 12 or -3.5\n"
      "CSV_STRAY_QUOTE t.csv:3:2 a quote stands inside a field; put the whole field in quotes and write the quote twice: "
      "\"a \"\"b\"\" c\"\n" },
    { "id,amount\na,1\nb,\"2\n", "2: a|1\n",
      "CSV_OPEN_QUOTE t.csv:3:3 the quote that opens here is never closed; close it, or was the file cut off?\n" },
    /* a header with faults: no table, and it is not reported again as missing */
    { "amount,amuont,day,DAY\n1,2,x,y\n", "none",
      "COLUMNS_SAME t.csv:1:19 the columns \"day\" and \"DAY\" are both the scheme's \"day\"; keep one of them\n"
      "COLUMN_MISSING t.csv:1:1 the table \"things\" has no column \"id\"; add it, or map its header in the scheme\n"
      "COLUMN_EXTRA t.csv:1:8 the column \"amuont\" is not in the scheme and is not read\n" },
    { "", "none", "CSV_EMPTY t.csv:1:1 there is no header; the first line has to name the columns\n" },
    { "id\n\xFFz\n", "none",
      "CSV_ENCODING t.csv:2:1 this is not UTF-8: \\xFF; and as GB18030 the file cannot be read either. Save it as UTF-8\n" },
    /* numbers that fit no one scale */
    { "id,amount\na,9223372036854775807\nb,0.5\nc,9223372036854775806\nd,922337203685477580\n",
      "2: a|~\n3: b|0.5\n4: c|~\n5: d|922337203685477580.0\n",
      "CELL_SCALE t.csv:2:1 column \"amount\": 9223372036854775807 is too large beside numbers with 1 digits after the point "
      "in the same column\n"
      "CELL_SCALE t.csv:4:1 column \"amount\": 9223372036854775806 is too large beside numbers with 1 digits after the point "
      "in the same column\n" },
};

START_TEST(all_is_gathered)
{
    for (size_t block = 0; block < 30; block++) {
        struct io io;
        io_init(&io, NULL);
        io.ds->collect = true;
        io.opt.block = block;
        io.opt.threads = 1 + block % 3;
        kx_status status = read_csv(&io, cases[_i].text);
        ck_assert_msg(status == KX_OK, "%d: %s", (int)status, io.err.message);
        ck_assert_int_eq(io.err.status, KX_OK); /* nothing failed */
        assert_rows(&io, THINGS, cases[_i].rows);
        const char *shown = show_findings(&io);
        ck_assert_msg(strcmp(shown, cases[_i].findings) == 0, "got\n%sexpected\n%s", shown, cases[_i].findings);
        ck_assert(io.ds->findings.errors > 0);
        ck_assert(io.ds->tables[THINGS].failed == (strcmp(cases[_i].rows, "none") == 0));
        io_free(&io);
    }
}
END_TEST

START_TEST(told_encodings_stop_where_they_break)
{
    struct io io;
    io_init(&io, NULL);
    io.ds->collect = true;
    io.opt.encoding = KX_ENCODING_UTF8;
    ck_assert_int_eq(read_csv(&io, "id,amount\na,x\nb,1\nc\xFF,2\nd,3\n"), KX_OK);
    assert_rows(&io, THINGS, "2: a|~\n3: b|1\n");
    ck_assert_str_eq(
        show_findings(&io),
        "CELL_NUMBER t.csv:2:3 column \"amount\": \"x\" is not a number; write it as 12 or -3.5\n"
        "CSV_UTF8 t.csv:4:2 this is not UTF-8: \\xFF; save the file as UTF-8, or say that it is GB18030\n");
    io_free(&io);
}
END_TEST

/* Past the limit findings are counted, and the first are those of the input. */
START_TEST(findings_have_a_limit)
{
    for (size_t block = 0; block < 40; block += 3) {
        struct io io;
        kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
        options.max_findings = 3;
        io_init(&io, &options);
        io.ds->collect = true;
        io.opt.block = block;
        io.opt.threads = 1 + block % 4;
        ck_assert_int_eq(read_csv(&io, "id,amount,day\na,1,u\nb,x,v\nc\nd,y,w\ne,z,2025-01-01\nf,g,h\n"), KX_OK);
        ck_assert_uint_eq(io.ds->findings.count, 3);
        ck_assert_uint_eq(io.ds->findings.left_out, 6);
        ck_assert_uint_eq(io.ds->findings.errors, 9);
        ck_assert(strstr(show_findings(&io), "CELL_DATE t.csv:2:5 "));
        ck_assert(strstr(show_findings(&io), "CELL_NUMBER t.csv:3:3 "));
        ck_assert(strstr(show_findings(&io), "CELL_DATE t.csv:3:5 "));
        io_free(&io);
    }
}
END_TEST

/* What is no fault of the data ends the call also while collecting, and takes back what was found. */
static int
stop_at_once(void *user, uint64_t done, uint64_t total)
{
    (void)user;
    (void)done;
    (void)total;
    return 1;
}

START_TEST(failures_end_the_call)
{
    struct io io;
    io_init(&io, NULL);
    io.ds->collect = true;
    io.opt.progress = stop_at_once;
    assert_failed(&io, read_csv(&io, "id,amount\na,x\n"), KXI_MSG_READ_CANCELLED, 0, 0, "");
    ck_assert_uint_eq(io.ds->findings.count, 0);
    ck_assert_uint_eq(io.ds->findings.errors, 0);
    assert_rows(&io, THINGS, "none");
    ck_assert(!io.ds->tables[THINGS].failed);
    io_free(&io);
}
END_TEST

START_TEST(table_twice_is_a_finding)
{
    struct io io;
    io_init(&io, NULL);
    io.ds->collect = true;
    ck_assert_int_eq(read_csv(&io, "id\na\n"), KX_OK);
    ck_assert_int_eq(read_csv(&io, "id\nb\n"), KX_OK);
    assert_rows(&io, THINGS, "2: a\n");
    ck_assert(strstr(show_findings(&io), "TABLE_TWICE t.csv:0:0 "));
    ck_assert(!io.ds->tables[THINGS].failed);
    io_free(&io);
}
END_TEST

TCase *
collect_tests(void)
{
    TCase *t = tcase_create("collect");
    tcase_add_loop_test(t, all_is_gathered, 0, COUNT(cases));
    tcase_add_test(t, told_encodings_stop_where_they_break);
    tcase_add_test(t, findings_have_a_limit);
    tcase_add_test(t, failures_end_the_call);
    tcase_add_test(t, table_twice_is_a_finding);
    return t;
}
