/* CSV into a table: what RFC 4180 and our doc say of it, and each fault with its place. */
#include "io/fixture.h"
#include "io/suite.h"

#include <stdlib.h>

static const struct {
    const char *text, *rows;
} facts[] = {
    /* line ends */
    { "id,amount\na,1\nb,2\n", "2: a|1\n3: b|2\n" },
    { "id,amount\na,1\nb,2", "2: a|1\n3: b|2\n" },
    { "id,amount\r\na,1\r\nb,2\r\n", "2: a|1\n3: b|2\n" },
    { "id,amount\r\na,1\nb,2\r", "2: a|1\n3: b|2\n" },
    { "id\n", "" },
    { "id", "" },
    { "id,amount\r\n", "" },
    /* blank lines */
    { "\n\nid\n\na\n\r\n\nb\n\n", "5: a\n8: b\n" },
    { "\r\nid\r\n\r\na\r\n", "4: a\n" },
    { "id\n \n", "2: ~\n" },
    { "id\n\"\"\na\n", "2: ~\n3: a\n" },
    { "id,amount\n,\n", "2: ~|~\n" },
    /* quotes */
    { "id,amount\n\"a\",\"1\"\n", "2: a|1\n" },
    { "id,amount\n\"a,b\",1\n", "2: a,b|1\n" },
    { "id,amount\n\"a \"\"b\"\" c\",1\n", "2: a \"b\" c|1\n" },
    { "id,amount\n\"\"\"\",1\n", "2: \"|1\n" },
    { "id,amount\n\"a\nb\",1\nc,2\n", "2: a\nb|1\n4: c|2\n" },
    { "id,amount\r\n\"a\r\nb\",1\r\nc,2\r\n", "2: a\r\nb|1\n4: c|2\n" },
    { "id,amount\n\"\n\n\nb\",1\nc,2\n\nd,3\n", "2: b|1\n6: c|2\n8: d|3\n" },
    { "\"id\",\"amount\"\n\"a\",1\n", "2: a|1\n" },
    { "\"id\n\",amount\na,1\n", "3: a|1\n" },
    { "id,amount\n\"a\",1", "2: a|1\n" },
    { "id,amount\na,\"1\"", "2: a|1\n" },
    { "id,amount\na,\"1\"\r", "2: a|1\n" },
    { "id,amount\na,\"\"\n", "2: a|~\n" },
    { "id,amount\n\"\",1\n", "2: ~|1\n" },
    /* empty and blank fields are null; what is around a text goes */
    { "id,amount,day,open\na,,,\n", "2: a|~|~|~\n" },
    { "id,amount\n   ,  \n", "2: ~|~\n" },
    { "id,amount\n  a b  , 3 \n", "2: a b|3\n" },
    { "id\n科普讲座\n\xE3\x80\x80科普讲座\xE2\x80\x8B\n", "2: 科普讲座\n3: 科普讲座\n" },
    { "id\na\rb\n", "2: a\rb\n" },
    /* columns: in any order, those nobody uses skipped, with what is in them */
    { "amount,id\n1,a\n", "2: 1|a\n" },
    { "note,id,amount\n\"x, \"\"y\"\"\nz\",a,1\n,b,2\n", "2: a|1\n4: b|2\n" },
    { "编号,数量,日期\na,1,2025年3月1日\n", "2: a|1|2025-03-01\n" },
    { " ID , ＡＭＯＵＮＴ \na,1\n", "2: a|1\n" },
    { "id,amount,\na,1,\nb,2,x\n", "2: a|1\n3: b|2\n" },
    /* kinds */
    { "id,amount\na,1.50\nb,-0.25\nc,3\n", "2: a|1.50\n3: b|-0.25\n4: c|3.00\n" },
    { "id,amount\na,300\nb,-70000\nc,5000000000\n", "2: a|300\n3: b|-70000\n4: c|5000000000\n" },
    { "id,day\na,2025-01-31\nb,2025/2/1\nc,\nd,0001-01-01\ne,9999-12-31\n",
      "2: a|2025-01-31\n3: b|2025-02-01\n4: c|~\n5: d|0001-01-01\n6: e|9999-12-31\n" },
    { "id,open\na,1\nb,0\nc,是\nd,否\ne,\nf,TRUE\ng,无\nh,y\ni,n\n",
      "2: a|1\n3: b|0\n4: c|1\n5: d|0\n6: e|~\n7: f|1\n8: g|0\n9: h|1\n10: i|0\n" },
    /* lists */
    { "id,tags\na,x;y\nb,x； y、z|w\nc,\nd,x\n", "2: a|[x;y]\n3: b|[x;y;z;w]\n4: c|[]\n5: d|[x]\n" },
    { "id,tags\na,;x;;y;\nb, ; \nc,\";\"\n", "2: a|[x;y]\n3: b|[]\n4: c|[]\n" },
    { "id,counts\na,1;2.5\nb,\nc,-3\n", "2: a|[1.0;2.5]\n3: b|[]\n4: c|[-3.0]\n" },
    { "id,tags,counts\na,一、二,1、2\n", "2: a|[一;二]|[1;2]\n" },
};

START_TEST(fact)
{
    struct io io;
    io_init(&io, NULL);
    kx_status status = read_csv(&io, facts[_i].text);
    ck_assert_msg(status == KX_OK, "%s: %s", facts[_i].text, io.err.message);
    assert_rows(&io, THINGS, facts[_i].rows);
    io_free(&io);
}
END_TEST

static const struct {
    const char *text;
    enum kxi_msg msg;
    uint32_t line, column;
    const char *words;
    uint64_t offset;
} faults[] = {
    { "", KXI_MSG_CSV_EMPTY, 1, 1, "header", 0 },
    { "\n\n", KXI_MSG_CSV_EMPTY, 1, 1, "", 0 },
    { "\xEF\xBB\xBF", KXI_MSG_CSV_EMPTY, 1, 1, "", 0 },
    /* fields */
    { "id,amount\na\n", KXI_MSG_CSV_FIELDS, 2, 2, "has 1 fields|has 2", 11 },
    { "id,amount\na,1\nb,2,3\n", KXI_MSG_CSV_FIELDS, 3, 5, "has 3 fields", 18 },
    { "id,amount\n中文,1,2,3\n", KXI_MSG_CSV_FIELDS, 2, 6, "has 4 fields", 19 },
    { "id,amount\n\"a\nb\",1\n\n\"c\nd\",2,3", KXI_MSG_CSV_FIELDS, 6, 6, "3", 27 },
    { "id\na,b", KXI_MSG_CSV_FIELDS, 2, 3, "2|1", 5 },
    /* quotes */
    { "id,amount\na,1\nb\"c,2\n", KXI_MSG_CSV_STRAY_QUOTE, 3, 2, "twice", 15 },
    { "id,amount\n \"b\",2\n", KXI_MSG_CSV_STRAY_QUOTE, 2, 2, "", 11 },
    { "id,amount\n\"b\"c,2\n", KXI_MSG_CSV_AFTER_QUOTE, 2, 4, "\"c\"", 13 },
    { "id,amount\n\"b\" ,2\n", KXI_MSG_CSV_AFTER_QUOTE, 2, 4, "", 13 },
    { "id,amount\n\"b\"中,2\n", KXI_MSG_CSV_AFTER_QUOTE, 2, 4, "\"中\"", 13 },
    { "id,amount\n\"b\"\rc,2\n", KXI_MSG_CSV_AFTER_QUOTE, 2, 4, "\\x0D", 13 },
    { "id,amount\na,\"1\nb,2\nc,3\n", KXI_MSG_CSV_OPEN_QUOTE, 2, 3, "never closed", 12 },
    { "id,amount\na,1\n\"", KXI_MSG_CSV_OPEN_QUOTE, 3, 1, "", 14 },
    { "id,\"amount\na,1\n", KXI_MSG_CSV_OPEN_QUOTE, 1, 4, "", 3 },
    { "id,am\"ount\na,1\n", KXI_MSG_CSV_STRAY_QUOTE, 1, 6, "", 5 },
    { "\n\r\nid,\"amount\"x\na,1\n", KXI_MSG_CSV_AFTER_QUOTE, 3, 12, "\"x\"", 14 },
    { "id,amount\ra,1\rb,2\r", KXI_MSG_CSV_CARRIAGE_RETURN, 1, 4, "LF or CRLF", 3 },
    /* values: the column is that of the field in its line */
    { "id,amount\na,1\nb,x2\n", KXI_MSG_CELL_NUMBER, 3, 3, "\"amount\"|\"x2\"", 16 },
    { "编号,数量\n中文,1\n中文中文,二\n", KXI_MSG_CELL_NUMBER, 3, 6, "\"数量\"|\"二\"", 36 },
    { "id,amount\na,\"1,234\"\n", KXI_MSG_CELL_THOUSANDS, 2, 3, "\"1,234\"|separators", 12 },
    { "id,amount\na,0.1234567\n", KXI_MSG_CELL_DIGITS, 2, 3, "0.1234567|6 digits", 12 },
    { "id,amount\na,99999999999999999999\n", KXI_MSG_CELL_DIGITS, 2, 3, "too large", 12 },
    { "id,day\na,2025-02-29\n", KXI_MSG_CELL_DATE, 2, 3, "\"day\"|2025-02-29|2025-01-31", 9 },
    { "id,open\na,maybe\n", KXI_MSG_CELL_BOOL, 2, 3, "\"open\"|maybe|是", 10 },
    { "id,counts\na,1;x;3\n", KXI_MSG_CELL_NUMBER, 2, 3, "\"counts\"|\"x\"", 12 },
    { "id,tags,amount\n\"a\nb\nc\",\"x;y\",z\n", KXI_MSG_CELL_NUMBER, 4, 10, "\"z\"", 29 },
    { "note,id,amount\n\"1\n2\",a,\"q\"\"r\"\n", KXI_MSG_CELL_NUMBER, 3, 6, "q\"r", 23 },
    { "id,amount\r\na,1\r\nb,x\r\n", KXI_MSG_CELL_NUMBER, 3, 3, "", 18 },
    { "\xEF\xBB\xBFid,amount\na,x\n", KXI_MSG_CELL_NUMBER, 2, 3, "", 15 },
    { "id,amount\na,\x01\n", KXI_MSG_CELL_NUMBER, 2, 3, "\\x01", 12 },
    /* the first of several: by row, then by column; a fault of the record after values before it */
    { "id,amount,day\na,1,2025-01-01\nb,x,y\nc,z,z\n", KXI_MSG_CELL_NUMBER, 3, 3, "\"x\"", 31 },
    { "id,amount,day\na,1,x\nb,y,2025-01-01\n", KXI_MSG_CELL_DATE, 2, 5, "\"x\"", 18 },
    { "id,amount\na,x\nb\n", KXI_MSG_CELL_NUMBER, 2, 3, "", 12 },
    { "id,amount\na\nb,x\n", KXI_MSG_CSV_FIELDS, 2, 2, "", 11 },
    { "id,amount\na,1\nb,x\nc,\"2\n", KXI_MSG_CELL_NUMBER, 3, 3, "", 16 },
    /* columns */
    { "amount,day\n1,2025-01-01\n", KXI_MSG_COLUMN_MISSING, 1, 1, "things|\"id\"", 0 },
    { "amount,idd\n1,a\n", KXI_MSG_COLUMN_MISSING_NEAR, 1, 1, "\"id\"|\"idd\"", 0 },
    { "id,amount,ID\na,1,b\n", KXI_MSG_COLUMNS_SAME, 1, 11, "\"id\"|\"ID\"", 10 },
    { "编号,id\na,b\n", KXI_MSG_COLUMNS_SAME, 1, 4, "\"编号\"|\"id\"", 7 },
    /* one scale for a column */
    { "id,amount\na,9223372036854775807\nb,1\nc,0.5\n", KXI_MSG_CELL_SCALE, 2, 1,
      "\"amount\"|9223372036854775807|1 digits", 0 },
    { "id,amount\na,0.000001\nb,1\nc,9223372036855\n", KXI_MSG_CELL_SCALE, 4, 1, "9223372036855|6 digits", 0 },
};

START_TEST(fault)
{
    struct io io;
    io_init(&io, NULL);
    kx_status status = read_csv(&io, faults[_i].text);
    ck_assert_msg(status != KX_OK, "%s is read", faults[_i].text);
    assert_failed(&io, status, faults[_i].msg, faults[_i].line, faults[_i].column, faults[_i].words);
    ck_assert_msg(io.err.offset == faults[_i].offset, "%s: offset %llu", faults[_i].text,
                  (unsigned long long)io.err.offset);
    ck_assert_str_eq(io.err.input, "t.csv");
    ck_assert(io.diag.failed && io.ds->findings.count == 0);
    assert_rows(&io, THINGS, "none");
    io_free(&io);
}
END_TEST

START_TEST(nul_is_refused_in_text)
{
    static const char text[] = "id,note\na,\0\nb\0c,\n";
    struct io io;
    io_init(&io, NULL);
    assert_failed(&io, read_csv_bytes(&io, text, sizeof(text) - 1), KXI_MSG_CELL_NUL, 3, 1, "\"id\"|b\\x00c");
    io_free(&io);
}
END_TEST

/* Layouts are as narrow as what is in them allows, whatever the input's order. */
static const struct {
    const char *text;
    int32_t layout, scale;
} layouts[] = {
    { "id,amount\na,127\nb,-128\n", KX_LAYOUT_I8, 0 },
    { "id,amount\na,128\n", KX_LAYOUT_I16, 0 },
    { "id,amount\na,12.7\nb,3\n", KX_LAYOUT_I8, 1 },
    { "id,amount\na,12.7\nb,30\n", KX_LAYOUT_I16, 1 },
    { "id,amount\na,-32769\n", KX_LAYOUT_I32, 0 },
    { "id,amount\na,2147483648\n", KX_LAYOUT_I64, 0 },
    { "id,amount\na,\n", KX_LAYOUT_I8, 0 },
    { "id,day\na,2025-01-01\n", KX_LAYOUT_I16, 0 },
    { "id,day\na,9999-01-01\n", KX_LAYOUT_I32, 0 },
    { "id,open\na,1\n", KX_LAYOUT_BITS, 0 },
};

START_TEST(layout_is_narrow)
{
    struct io io;
    io_init(&io, NULL);
    ck_assert_int_eq(read_csv(&io, layouts[_i].text), KX_OK);
    const kxi_column *c = &io.ds->tables[THINGS].table->columns[1];
    ck_assert_msg(c->layout == layouts[_i].layout && c->scale == layouts[_i].scale, "%s: layout %d scale %d",
                  layouts[_i].text, c->layout, c->scale);
    ck_assert_int_eq(io.ds->tables[THINGS].table->columns[0].layout, KX_LAYOUT_CODE8);
    io_free(&io);
}
END_TEST

START_TEST(codes_are_narrow)
{
    static const struct {
        uint32_t texts;
        int32_t layout;
    } cases[] = {
        { 128, KX_LAYOUT_CODE8 }, { 129, KX_LAYOUT_CODE16 }, { 32768, KX_LAYOUT_CODE16 }, { 32769, KX_LAYOUT_CODE32 }
    };
    struct io io;
    kxi_buf text;
    io_init(&io, NULL);
    kxi_buf_init(&text, &io.ctx->mem);
    kxi_buf_cstr(&text, "id\n");
    for (uint32_t i = 0; i < cases[_i].texts; i++) {
        kxi_buf_int(&text, i);
        kxi_buf_cstr(&text, i % 3 ? "\n" : "\n0\n");
    }
    ck_assert_int_eq(read_csv_bytes(&io, text.s, text.n), KX_OK);
    const kxi_column *c = &io.ds->tables[THINGS].table->columns[0];
    ck_assert_int_eq(c->layout, cases[_i].layout);
    ck_assert_uint_eq(c->dict->count, cases[_i].texts);
    for (uint32_t i = 0; i < c->dict->count; i++)
        ensure(strtoul(c->dict->texts[i].s, NULL, 10) == i, "code %u is %s", i, c->dict->texts[i].s);
    kxi_buf_free(&text);
    io_free(&io);
}
END_TEST

/* Spellings that are one text after normalising have one code. */
START_TEST(spellings_share_a_code)
{
    struct io io;
    io_init(&io, NULL);
    ck_assert_int_eq(read_csv(&io, "id\n科普\n 科普\n\"科普\"\ne\xCC\x81\n\xC3\xA9\n科普\xE3\x80\x80\n"), KX_OK);
    const kxi_column *c = &io.ds->tables[THINGS].table->columns[0];
    ck_assert_uint_eq(c->dict->count, 2);
    assert_rows(&io, THINGS, "2: 科普\n3: 科普\n4: 科普\n5: \xC3\xA9\n6: \xC3\xA9\n7: 科普\n");
    io_free(&io);
}
END_TEST

/* A header "id,x1,x2,.." and one record whose fields all have that many bytes. */
static void
make_long(kxi_buf *text, size_t fields, size_t bytes)
{
    kxi_buf_cstr(text, "id");
    for (size_t f = 1; f < fields; f++) {
        kxi_buf_cstr(text, ",x");
        kxi_buf_int(text, (int64_t)f);
    }
    kxi_buf_cstr(text, "\nok");
    kxi_buf_repeat(text, ',', fields - 1);
    kxi_buf_char(text, '\n');
    for (size_t f = 0; f < fields; f++) {
        kxi_buf_repeat(text, 'x', bytes);
        kxi_buf_char(text, f + 1 < fields ? ',' : '\n');
    }
    kxi_buf_cstr(text, "after");
    kxi_buf_repeat(text, ',', fields - 1);
}

/* The same, whether the record is in one block or is longer than many. */
START_TEST(long_fields_and_records_are_limits)
{
    static const struct {
        size_t bytes, fields;
        enum kxi_msg msg;
    } cases[] = {
        { 1000, 2, KXI_MSG_NONE },
        { 1001, 2, KXI_MSG_CSV_FIELD_LONG },
        { 999, 16, KXI_MSG_NONE },
        { 1000, 16, KXI_MSG_CSV_RECORD_LONG },
        { 200000, 1, KXI_MSG_CSV_FIELD_LONG },
        { 2, 60000, KXI_MSG_CSV_RECORD_LONG },
    };
    for (size_t block = 0; block < 4; block++) {
        struct io io;
        kxi_buf text;
        kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
        options.max_field = 1000;
        io_init(&io, &options);
        io.opt.block = (size_t[]){ 0, 1, 64, 5000 }[block];
        kxi_buf_init(&text, &io.ctx->mem);
        make_long(&text, cases[_i].fields, cases[_i].bytes);
        kx_status status = read_csv_bytes(&io, text.s, text.n);
        kxi_buf_free(&text);
        if (cases[_i].msg == KXI_MSG_NONE)
            ck_assert_msg(status == KX_OK, "block %zu: %u:%u %s", block, io.err.line, io.err.column, io.err.message);
        else
            ck_assert_msg(status, "block %zu", block),
                assert_failed(&io, status, cases[_i].msg, _i == 5 ? 1 : 3, 1, _i == 1 ? "1000 bytes|max_field" : "");
        io_free(&io);
    }
}
END_TEST

/* A line of 200 MB that is never held. */
static int
keep_going(void *user, uint64_t done, uint64_t total)
{
    (void)user;
    (void)done;
    (void)total;
    return 0;
}

START_TEST(line_of_200_megabytes)
{
    enum { SIZE = 200 << 20 };
    struct io io;
    char *text = malloc(SIZE);
    ck_assert(text != NULL);
    memset(text, 'x', SIZE);
    memcpy(text, "id,amount\na,1\n", 14);
    io_init(&io, NULL);
    io.opt.progress = keep_going;
    if (_i == 1)
        text[14] = '"';
    assert_failed(&io, read_csv_bytes(&io, text, SIZE), KXI_MSG_CSV_FIELD_LONG, 3, 1, "1048576 bytes|quote");
    ck_assert_msg(io.ctx->mem.peak < 64 << 20, "%zu bytes were taken", (size_t)io.ctx->mem.peak);
    io_free(&io);
    free(text);
}
END_TEST

TCase *
csv_tests(void)
{
    TCase *t = tcase_create("csv");
    tcase_add_loop_test(t, fact, 0, COUNT(facts));
    tcase_add_loop_test(t, fault, 0, COUNT(faults));
    tcase_add_test(t, nul_is_refused_in_text);
    tcase_add_loop_test(t, layout_is_narrow, 0, COUNT(layouts));
    tcase_add_loop_test(t, codes_are_narrow, 0, 4);
    tcase_add_test(t, spellings_share_a_code);
    tcase_add_loop_test(t, long_fields_and_records_are_limits, 0, 6);
    tcase_add_loop_test(t, line_of_200_megabytes, 0, 2);
    tcase_set_timeout(t, 60);
    return t;
}
