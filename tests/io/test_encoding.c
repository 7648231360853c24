/* UTF-8 and GB18030, told or detected; the bytes were made by another program. */
#include "io/fixture.h"
#include "io/suite.h"

static const struct {
    const char *text;
    size_t n;
    int32_t encoding;
    const char *rows;
} facts[] = {
    { "\xB1\xE0\xBA\xC5,\xCA\xFD\xC1\xBF\n\xBF\xC6\xC6\xD5\xBD\xB2\xD7\xF9,1\n\xC5\xA9\xD2\xB5,2\n", 28,
      KX_ENCODING_DETECT, "2: 科普讲座|1\n3: 农业|2\n" },
    { "\xB1\xE0\xBA\xC5,\xCA\xFD\xC1\xBF\n\xBF\xC6\xC6\xD5\xBD\xB2\xD7\xF9,1\n\xC5\xA9\xD2\xB5,2\n", 28,
      KX_ENCODING_GB18030, "2: 科普讲座|1\n3: 农业|2\n" },
    { "\xE7\xBC\x96\xE5\x8F\xB7,\xE6\x95\xB0\xE9\x87\x8F\n\xE7\xA7\x91\xE6\x99\xAE\xE8\xAE\xB2\xE5\xBA\xA7,1\n\xE5\x86\x9C\xE4\xB8\x9A,2\n",
      38, KX_ENCODING_DETECT, "2: 科普讲座|1\n3: 农业|2\n" },
    { "\xE7\xBC\x96\xE5\x8F\xB7,\xE6\x95\xB0\xE9\x87\x8F\n\xE7\xA7\x91\xE6\x99\xAE\xE8\xAE\xB2\xE5\xBA\xA7,1\n\xE5\x86\x9C\xE4\xB8\x9A,2\n",
      38, KX_ENCODING_UTF8, "2: 科普讲座|1\n3: 农业|2\n" },
    { "\xEF\xBB\xBF\xE7\xBC\x96\xE5\x8F\xB7,\xE6\x95\xB0\xE9\x87\x8F\n\xE7\xA7\x91\xE6\x99\xAE\xE8\xAE\xB2\xE5\xBA\xA7,1\n\xE5\x86\x9C\xE4\xB8\x9A,2\n",
      41, KX_ENCODING_UTF8, "2: 科普讲座|1\n3: 农业|2\n" },
    { "\x84"
      "1\x95"
      "3\xB1\xE0\xBA\xC5,\xCA\xFD\xC1\xBF\n\xBF\xC6\xC6\xD5\xBD\xB2\xD7\xF9,1\n\xC5\xA9\xD2\xB5,2\n",
      32, KX_ENCODING_GB18030, "2: 科普讲座|1\n3: 农业|2\n" },
    { "\x84"
      "1\x95"
      "3\xB1\xE0\xBA\xC5,\xCA\xFD\xC1\xBF\n\xBF\xC6\xC6\xD5\xBD\xB2\xD7\xF9,1\n\xC5\xA9\xD2\xB5,2\n",
      32, KX_ENCODING_DETECT, "2: 科普讲座|1\n3: 农业|2\n" },
    { "id,amount\na,1\na,1\na,1\n\xC3\xF1,2\n", 27, KX_ENCODING_DETECT, "2: a|1\n3: a|1\n4: a|1\n5: 民|2\n" },
    { "id,amount\n\x81\\\x81`\x81@\x81"
      "F,1\n\x81"
      "9\xEE"
      "9\x82"
      "5\x87"
      "8\xA2\xE3\x81"
      "0\x89"
      "7,2\n\x95"
      "2\x82"
      "6\x94"
      "9\xFC"
      "6,3\n",
      49, KX_ENCODING_GB18030, "2: 乗乣丂丗|1\n3: 㐀䶵€Þ|2\n4: 𠀀😀|3\n" },
    { "id,amount\n\"\x81\\,\"\"\x81`\"\"\n\x81"
      "F\",1\n\x81"
      "9\xEE"
      "9,2\n",
      34, KX_ENCODING_DETECT, "2: 乗,\"乣\"\n丗|1\n4: 㐀|2\n" },
    { "id,note\na,\xC3\xF1\n", 13, KX_ENCODING_DETECT, "2: a\n" },
    { "id\n\xE8\x81\x94\xE9\x80\x9A\n", 10, KX_ENCODING_DETECT, "2: 联通\n" },
    { "id\n\xC1\xAA\xCD\xA8\n", 8, KX_ENCODING_GB18030, "2: 联通\n" },
};

/* In blocks of every size, so that the first that is not UTF-8 is any of them. */
START_TEST(fact)
{
    for (size_t block = 0; block < 40; block++) {
        struct io io;
        io_init(&io, NULL);
        io.opt.encoding = facts[_i].encoding;
        io.opt.block = block;
        io.opt.threads = 1 + block % 3;
        kx_status status = read_csv_bytes(&io, facts[_i].text, facts[_i].n);
        ck_assert_msg(status == KX_OK, "block %zu: %s", block, io.err.message);
        assert_rows(&io, THINGS, facts[_i].rows);
        io_free(&io);
    }
}
END_TEST

static const struct {
    const char *text;
    size_t n;
    int32_t encoding;
    enum kxi_msg msg;
    uint32_t line, column;
    const char *words;
    uint64_t offset;
} faults[] = {
    { "id,amount\n\xE4\xB8\xAD\xE6\x96\x87,1\nb\xFF,2\n", 24, KX_ENCODING_UTF8, KXI_MSG_CSV_UTF8, 3, 2, "\\xFF", 20 },
    { "id,amount\n\xE4\xB8\xAD\xE6\x96\x87,1\nb\xFF,2\n", 24, KX_ENCODING_DETECT, KXI_MSG_CSV_ENCODING, 3, 2,
      "\\xFF|GB18030", 20 },
    { "\xB1\xE0\xBA\xC5,\xCA\xFD\xC1\xBF\n\xBF\xC6\xC6\xD5,1\n\xBD\xB2\xD7\xF9\xFF,2\n", 25, KX_ENCODING_GB18030,
      KXI_MSG_CSV_GB18030, 3, 3, "\\xFF", 21 },
    { "\xB1\xE0\xBA\xC5,\xCA\xFD\xC1\xBF\n\xBF\xC6\xC6\xD5,1\n\xBD\xB2\xD7\xF9\xFF,2\n", 25, KX_ENCODING_DETECT,
      KXI_MSG_CSV_ENCODING, 1, 1, "\\xB1", 0 },
    { "id,note\n\xE4\xB8\xAD\xE6\x96\x87,1\nb,\xE4\xB8\n", 22, KX_ENCODING_UTF8, KXI_MSG_CSV_UTF8, 3, 3, "\\xE4", 19 },
    { "\xB1\xE0\xBA\xC5,\xCA\xFD\xC1\xBF\n\xBF\xC6\xC6\xD5,1\n\xBD\xB2\xD7\xF9\xBD\xB2\xD7\xF9,x\n", 28,
      KX_ENCODING_DETECT, KXI_MSG_CELL_NUMBER, 3, 6, "数量|x", 26 },
    { "\xB1\xE0\xBA\xC5,\xCA\xFD\xC1\xBF\n\xBF\xC6\xC6\xD5,1\n\xBD\xB2\xD7\xF9\xBD\xB2\xD7\xF9,x\n", 28,
      KX_ENCODING_GB18030, KXI_MSG_CELL_NUMBER, 3, 6, "数量|x", 26 },
    { "note,\xB1\xE0\xBA\xC5,\xCA\xFD\xC1\xBF\n\"\x81"
      "9\xEE"
      "9\n\xC3\xF1\",\xBD\xB2\xD7\xF9,1\n\"\xC3\xF1\n\x81"
      "9\xEE"
      "9\x81"
      "0\x89"
      "7\",b,y\n",
      50, KX_ENCODING_DETECT, KXI_MSG_CELL_NUMBER, 5, 7, "y", 48 },
    { "id,amount\na,x\n\xC3\xF1,2\n", 19, KX_ENCODING_DETECT, KXI_MSG_CELL_NUMBER, 2, 3, "x", 12 },
    { "id,amount\na,x\nb\xFF,1\n", 19, KX_ENCODING_DETECT, KXI_MSG_CSV_ENCODING, 3, 2, "\\xFF", 15 },
    { "id,amount\na,x\nb\xFF,1\n", 19, KX_ENCODING_UTF8, KXI_MSG_CELL_NUMBER, 2, 3, "x", 12 },
    { "idd,amount\na,1\nb\xFF,1\n", 20, KX_ENCODING_DETECT, KXI_MSG_CSV_ENCODING, 3, 2, "\\xFF", 16 },
    { "idd,amount\na,1\nb\xFF,1\n", 20, KX_ENCODING_UTF8, KXI_MSG_COLUMN_MISSING_NEAR, 1, 1, "idd", 0 },
    { "id,amount\na,1\nb\xFF\"c,1\n", 21, KX_ENCODING_UTF8, KXI_MSG_CSV_UTF8, 3, 2, "", 15 },
    { "id,amount\na,1\n\"b\xFF,1\n", 20, KX_ENCODING_UTF8, KXI_MSG_CSV_UTF8, 3, 3, "", 16 },
    { "id,amount\na,\"x\n\xE4\xB8\xAD\n\x80", 20, KX_ENCODING_DETECT, KXI_MSG_CSV_ENCODING, 4, 1, "\\x80", 19 },
    { "\xFF\xFEi\x00"
      "d\x00\n\x00",
      8, KX_ENCODING_DETECT, KXI_MSG_CSV_UTF16, 1, 1, "UTF-16", 0 },
    { "\xFE\xFF\x00i\x00"
      "d\x00\n",
      8, KX_ENCODING_GB18030, KXI_MSG_CSV_UTF16, 1, 1, "UTF-16", 0 },
    { "\xEF\xBB\xBFid,amount\n\xE4\xB8\xAD,\xFF\n", 19, KX_ENCODING_DETECT, KXI_MSG_CSV_ENCODING, 2, 3, "", 17 },
    { "\xEF\xBB\xBFid,\xFF\n", 8, KX_ENCODING_DETECT, KXI_MSG_CSV_ENCODING, 1, 4, "", 6 },
    { "\xEF\xBB\xBFid,\xFF\n", 8, KX_ENCODING_UTF8, KXI_MSG_CSV_UTF8, 1, 4, "", 6 },
    { "id,amount\n\xC3\xF1,1\n\xC3", 16, KX_ENCODING_GB18030, KXI_MSG_CSV_GB18030, 3, 1, "\\xC3", 15 },
};

START_TEST(fault)
{
    for (size_t block = 0; block < 40; block++) {
        struct io io;
        io_init(&io, NULL);
        io.opt.encoding = faults[_i].encoding;
        io.opt.block = block;
        io.opt.threads = 1 + block % 3;
        kx_status status = read_csv_bytes(&io, faults[_i].text, faults[_i].n);
        ck_assert_msg(status != KX_OK, "block %zu is read", block);
        assert_failed(&io, status, faults[_i].msg, faults[_i].line, faults[_i].column, faults[_i].words);
        ck_assert_msg(io.err.offset == faults[_i].offset, "offset %llu", (unsigned long long)io.err.offset);
        assert_rows(&io, THINGS, "none");
        io_free(&io);
    }
}
END_TEST

/* A record that is too long as it lies in the file, and no longer so when decoded: four bytes of GB18030 become two. */
START_TEST(long_record_of_gb18030)
{
    struct io io;
    kxi_buf text;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.max_field = 1000;
    io_init(&io, &options);
    io.opt.encoding = KX_ENCODING_GB18030;
    io.opt.block = 64;
    kxi_buf_init(&text, &io.ctx->mem);
    kxi_buf_cstr(&text, "id");
    kxi_buf_repeat(&text, ',', 32);
    kxi_buf_cstr(&text, "\nok");
    kxi_buf_repeat(&text, ',', 32);
    kxi_buf_char(&text, '\n');
    for (int field = 0; field <= 32; field++) {
        for (int i = 0; i < 240; i++)
            kxi_buf_cstr(&text, "\x81\x30\x89\x37"); /* U+00DE */
        kxi_buf_char(&text, field < 32 ? ',' : '\n');
    }
    kx_status status = read_csv_bytes(&io, text.s, text.n);
    kxi_buf_free(&text);
    assert_failed(&io, status, KXI_MSG_CSV_RECORD_LONG, 3, 1, "");
    io_free(&io);
}
END_TEST

TCase *
encoding_tests(void)
{
    TCase *t = tcase_create("encoding");
    tcase_add_loop_test(t, fact, 0, COUNT(facts));
    tcase_add_loop_test(t, fault, 0, COUNT(faults));
    tcase_add_test(t, long_record_of_gb18030);
    return t;
}
