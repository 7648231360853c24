/* Values as people and programs write them: numbers, dates, bools, and the dictionary of texts. */
#include <stdio.h>

#include "io/cells.h"
#include "io/suite.h"

static const struct {
    const char *text;
    int64_t v;
    uint8_t scale; /* KXI_SCALE_NULL: null */
    enum kxi_msg msg;
} numbers[] = {
    { "", 0, KXI_SCALE_NULL, KXI_MSG_NONE },
    { "0", 0, 0, KXI_MSG_NONE },
    { "-0", 0, 0, KXI_MSG_NONE },
    { "12", 12, 0, KXI_MSG_NONE },
    { "-12", -12, 0, KXI_MSG_NONE },
    { "007", 7, 0, KXI_MSG_NONE },
    { "1.5", 15, 1, KXI_MSG_NONE },
    { "-0.000001", -1, 6, KXI_MSG_NONE },
    { "1.50", 15, 1, KXI_MSG_NONE },
    { "2.000", 2, 0, KXI_MSG_NONE },
    { "0.0", 0, 0, KXI_MSG_NONE },
    { "1.2500000000", 125, 2, KXI_MSG_NONE },
    { "123456789012345678", 123456789012345678, 0, KXI_MSG_NONE },
    { "1234567890123456789", 1234567890123456789, 0, KXI_MSG_NONE },
    { "9223372036854775807", INT64_MAX, 0, KXI_MSG_NONE },
    { "-9223372036854775808", INT64_MIN, 0, KXI_MSG_NONE },
    { "9223372036854.775807", INT64_MAX, 6, KXI_MSG_NONE },
    { "9007199254740993", 9007199254740993, 0, KXI_MSG_NONE },
    /* spaces around, full width, characters without width */
    { "  12 ", 12, 0, KXI_MSG_NONE },
    { "\t1.5\xC2\xA0", 15, 1, KXI_MSG_NONE },
    { "\xE3\x80\x80"
      "12",
      12, 0, KXI_MSG_NONE },
    { "１２．５", 125, 1, KXI_MSG_NONE },
    { "－３", -3, 0, KXI_MSG_NONE },
    { "\xE2\x80\x8B"
      "12\xEF\xBB\xBF",
      12, 0, KXI_MSG_NONE },
    { "   ", 0, KXI_SCALE_NULL, KXI_MSG_NONE },
    { "\xE2\x80\x8B", 0, KXI_SCALE_NULL, KXI_MSG_NONE },
    /* not numbers */
    { "abc", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "-", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { ".5", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "5.", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "-.5", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "1.2.3", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "+5", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "1e3", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "1/2", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "85%", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "12人", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "一", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "0x10", 0, KXI_SCALE_NULL, KXI_MSG_CELL_NUMBER },
    { "1,234", 0, KXI_SCALE_NULL, KXI_MSG_CELL_THOUSANDS },
    { "1，234", 0, KXI_SCALE_NULL, KXI_MSG_CELL_THOUSANDS },
    { "1 234", 0, KXI_SCALE_NULL, KXI_MSG_CELL_THOUSANDS },
    { "1'234", 0, KXI_SCALE_NULL, KXI_MSG_CELL_THOUSANDS },
    { "0.1234567", 0, KXI_SCALE_NULL, KXI_MSG_CELL_DIGITS },
    { "9223372036854775808", 0, KXI_SCALE_NULL, KXI_MSG_CELL_DIGITS },
    { "-9223372036854775809", 0, KXI_SCALE_NULL, KXI_MSG_CELL_DIGITS },
    { "99999999999999999999999999", 0, KXI_SCALE_NULL, KXI_MSG_CELL_DIGITS },
    { "922337203685477580.7", INT64_MAX, 1, KXI_MSG_NONE },
};

START_TEST(number_is_read)
{
    struct kit k;
    int64_t v = 77;
    uint8_t scale = 77;
    enum kxi_msg msg;
    kit_init(&k);
    ck_assert_int_eq(kxi_cell_number(&k.arena, kxi_str_of(numbers[_i].text), &v, &scale, &msg), KX_OK);
    ck_assert_msg(msg == numbers[_i].msg, "\"%s\": %s", numbers[_i].text, kxi_msg_name(msg));
    ck_assert_msg(scale == numbers[_i].scale, "\"%s\": scale %d", numbers[_i].text, scale);
    ck_assert_msg(scale == KXI_SCALE_NULL || v == numbers[_i].v, "\"%s\": %lld", numbers[_i].text, (long long)v);
    kit_free(&k);
}
END_TEST

static const struct {
    const char *text, *date; /* NULL: null */
    enum kxi_msg msg;
} dates[] = {
    { "", NULL, KXI_MSG_NONE },
    { " ", NULL, KXI_MSG_NONE },
    { "\xE2\x80\x8B", NULL, KXI_MSG_NONE },
    { "2025-01-31", "2025-01-31", KXI_MSG_NONE },
    { "2024-02-29", "2024-02-29", KXI_MSG_NONE },
    { "0001-01-01", "0001-01-01", KXI_MSG_NONE },
    { "9999-12-31", "9999-12-31", KXI_MSG_NONE },
    { "2025-11-30", "2025-11-30", KXI_MSG_NONE },
    { "2025/1/31", "2025-01-31", KXI_MSG_NONE },
    { "20250131", "2025-01-31", KXI_MSG_NONE },
    { "2025年1月31日", "2025-01-31", KXI_MSG_NONE },
    { " 2025-01-31 ", "2025-01-31", KXI_MSG_NONE },
    { "２０２５－０１－３１", "2025-01-31", KXI_MSG_NONE },
    { "\xE2\x80\x8B"
      "2025-01-31",
      "2025-01-31", KXI_MSG_NONE },
    { "2025-01-31 00:00:00", "2025-01-31", KXI_MSG_NONE },
    { "2025-02-29", NULL, KXI_MSG_CELL_DATE },
    { "2025-02-30", NULL, KXI_MSG_CELL_DATE },
    { "2025-04-31", NULL, KXI_MSG_CELL_DATE },
    { "2025-00-10", NULL, KXI_MSG_CELL_DATE },
    { "2025-13-01", NULL, KXI_MSG_CELL_DATE },
    { "2025-01-00", NULL, KXI_MSG_CELL_DATE },
    { "2025-01-32", NULL, KXI_MSG_CELL_DATE },
    { "0000-01-01", NULL, KXI_MSG_CELL_DATE },
    { "2025-01-3x", NULL, KXI_MSG_CELL_DATE },
    { "2025-0a-31", NULL, KXI_MSG_CELL_DATE },
    { "2025 01-31", NULL, KXI_MSG_CELL_DATE },
    { "31.01.2025", NULL, KXI_MSG_CELL_DATE },
    { "2025-01-31 08:00", NULL, KXI_MSG_CELL_DATE },
    { "2025", NULL, KXI_MSG_CELL_DATE },
    { "yesterday", NULL, KXI_MSG_CELL_DATE },
    { "45688", NULL, KXI_MSG_CELL_DATE }, /* a spreadsheet's number of a day */
};

/* As a whole column, because a plain date takes another way than kxi_cell_date. */
START_TEST(date_is_read)
{
    struct kit k;
    kxi_cells c;
    kxi_part part;
    kit_init(&k);
    kxi_faults faults = { .mem = &k.mem };
    kxi_str field = kxi_str_of(dates[_i].text);
    kxi_cells_init(&c, &k.mem, KX_DATE, false, 3, NULL);
    ck_assert_int_eq(kxi_cells_add(&c, &field, 1, 0, &faults), KX_OK);
    ck_assert_msg(faults.count == (dates[_i].msg != KXI_MSG_NONE), "\"%s\": %zu faults", field.s, faults.count);
    if (faults.count) {
        ck_assert(faults.list[0].msg == dates[_i].msg && faults.list[0].row == 0 && faults.list[0].column == 3);
        assert_str(faults.list[0].text, dates[_i].text);
    }
    int32_t day = c.small[0];
    char text[11] = "";
    if (day != KXI_CELL_NULL)
        kxi_date_print(day, text);
    ck_assert_msg(strcmp(text, dates[_i].date ? dates[_i].date : "") == 0, "\"%s\" is read as %s", field.s, text);
    ck_assert_int_eq(kxi_cells_pack(&c, &part), KX_OK);
    kxi_part_free(&k.mem, &part);
    kxi_cells_free(&c);
    kxi_free(&k.mem, faults.list, faults.capacity * sizeof(*faults.list));
    kit_free(&k);
}
END_TEST

/* Every day of 800 years, two of the calendar's own periods, against the way of all other spellings. */
START_TEST(every_plain_date_is_read_as_any_other)
{
    struct kit k;
    kxi_cells c;
    kit_init(&k);
    kxi_faults faults = { .mem = &k.mem };
    kxi_cells_init(&c, &k.mem, KX_DATE, false, 0, NULL);
    for (int year = 1600; year < 2400; year++)
        for (int month = 0; month <= 13; month++)
            for (int day = 0; day <= 32; day++) {
                char text[16];
                kxi_day expected;
                snprintf(text, sizeof(text), "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
                kxi_str field = { text, 10 };
                bool there = kxi_date_make(year, month, day, &expected);
                c.count = c.rows = faults.count = 0;
                ensure(kxi_cells_add(&c, &field, 1, 0, &faults) == KX_OK, "%s", text);
                ensure(faults.count == !there, "%s: %zu faults", text, faults.count);
                ensure(c.small[0] == (there ? expected : KXI_CELL_NULL), "%s", text);
            }
    kxi_cells_free(&c);
    kxi_free(&k.mem, faults.list, faults.capacity * sizeof(*faults.list));
    kit_free(&k);
}
END_TEST

static const struct {
    const char *text;
    int32_t value; /* KXI_CELL_NULL: null */
    enum kxi_msg msg;
} bools[] = {
    { "", KXI_CELL_NULL, KXI_MSG_NONE },
    { "  ", KXI_CELL_NULL, KXI_MSG_NONE },
    { "0", 0, KXI_MSG_NONE },
    { "1", 1, KXI_MSG_NONE },
    { "是", 1, KXI_MSG_NONE },
    { "否", 0, KXI_MSG_NONE },
    { "有", 1, KXI_MSG_NONE },
    { "无", 0, KXI_MSG_NONE },
    { "true", 1, KXI_MSG_NONE },
    { "FALSE", 0, KXI_MSG_NONE },
    { "Yes", 1, KXI_MSG_NONE },
    { "no", 0, KXI_MSG_NONE },
    { "Y", 1, KXI_MSG_NONE },
    { "n", 0, KXI_MSG_NONE },
    { "T", 1, KXI_MSG_NONE },
    { "f", 0, KXI_MSG_NONE },
    { "√", 1, KXI_MSG_NONE },
    { "×", 0, KXI_MSG_NONE },
    { " 是 ", 1, KXI_MSG_NONE },
    { "１", 1, KXI_MSG_NONE },
    { "2", KXI_CELL_NULL, KXI_MSG_CELL_BOOL },
    { "是的", KXI_CELL_NULL, KXI_MSG_CELL_BOOL },
    { "10", KXI_CELL_NULL, KXI_MSG_CELL_BOOL },
    { "-", KXI_CELL_NULL, KXI_MSG_CELL_BOOL },
};

START_TEST(bool_is_read)
{
    struct kit k;
    int32_t value;
    enum kxi_msg msg;
    kit_init(&k);
    ck_assert_int_eq(kxi_cell_bool(&k.arena, kxi_str_of(bools[_i].text), &value, &msg), KX_OK);
    ck_assert_msg(msg == bools[_i].msg && value == bools[_i].value, "\"%s\": %d, %s", bools[_i].text, (int)value,
                  kxi_msg_name(msg));
    kit_free(&k);
}
END_TEST

static const struct {
    int64_t v;
    uint32_t scale;
    const char *text;
} printed[] = {
    { 0, 0, "0" },
    { -5, 0, "-5" },
    { 5, 3, "0.005" },
    { -1234, 2, "-12.34" },
    { 0, 2, "0.00" },
    { INT64_MIN, 6, "-9223372036854.775808" },
    { INT64_MAX, 0, "9223372036854775807" },
};

START_TEST(number_is_printed)
{
    char out[32];
    assert_str(kxi_cell_print(out, printed[_i].v, printed[_i].scale), printed[_i].text);
}
END_TEST

/* Texts of every length, many of them, each found again under its code whatever follows it in memory. */
START_TEST(terms_are_found_again)
{
    enum { TEXTS = 3000 };
    struct kit k;
    kxi_terms t;
    static char texts[TEXTS][48];
    int32_t codes[KXI_TERMS_BATCH];
    kit_init(&k);
    kxi_terms_init(&t, &k.mem);
    for (int i = 0; i < TEXTS; i++)
        snprintf(texts[i], sizeof(texts[i]), "%0*d", 4 + i % 40, i);
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < TEXTS; i += 100) {
            kxi_str batch[100];
            for (int j = 0; j < 100; j++)
                batch[j] = kxi_str_of(texts[i + j]);
            ensure(kxi_terms_codes(&t, batch, 100, (uint32_t)round, codes) == KX_OK, "%d", i);
            for (int j = 0; j < 100; j++)
                ensure(codes[j] == i + j && t.list[i + j].block == 0, "text %d has code %d", i + j, (int)codes[j]);
        }
    ck_assert_uint_eq(t.count, TEXTS);
    kxi_terms_free(&t);
    kit_free(&k);
}
END_TEST

/* Texts that begin alike, one of them longer by a byte or two, from 1 to 40 bytes. */
START_TEST(terms_tell_neighbours_apart)
{
    struct kit k;
    kxi_terms t;
    int32_t codes[3];
    char text[64];
    kit_init(&k);
    kxi_terms_init(&t, &k.mem);
    memset(text, 'a', sizeof(text));
    for (size_t n = 1; n < 40; n++) {
        kxi_str batch[3] = { { text, n }, { text, n + 1 }, { text, n } };
        ensure(kxi_terms_codes(&t, batch, 3, 0, codes) == KX_OK, "%zu", n);
        ensure(codes[0] == (int32_t)n - 1 && codes[1] == (int32_t)n && codes[2] == codes[0], "%zu bytes", n);
    }
    for (size_t n = 1; n < 40; n++) {
        char other[64];
        memset(other, 'a', sizeof(other));
        for (size_t at = 0; at < n; at++) {
            other[at] = 'b';
            kxi_str one = { other, n };
            size_t before = t.count;
            ensure(kxi_terms_codes(&t, &one, 1, 7, codes) == KX_OK, "%zu", n);
            ensure(codes[0] == (int32_t)before && t.list[before].block == 7, "byte %zu of %zu is not looked at", at, n);
            other[at] = 'a';
        }
    }
    kxi_terms_free(&t);
    kit_free(&k);
}
END_TEST

START_TEST(terms_are_normalised)
{
    static const char nul[] = "a\0b";
    struct kit k;
    kxi_terms t;
    int32_t codes[8];
    kit_init(&k);
    kxi_terms_init(&t, &k.mem);
    kxi_str batch[8] = { KXI_STR(" 科普 "),
                         KXI_STR("科普"),
                         KXI_STR("  "),
                         KXI_STR("e\xCC\x81"),
                         KXI_STR("\xE2\x80\x8B"),
                         { nul, 3 },
                         KXI_STR("  \t \xE3\x80\x80      \xE3\x80\x80       "),
                         { NULL, 0 } };
    ck_assert_int_eq(kxi_terms_codes(&t, batch, 8, 0, codes), KX_OK);
    ck_assert_int_eq(codes[0], 0);
    ck_assert_int_eq(codes[1], 1); /* another spelling: the joiner finds that they are the same */
    assert_str(t.list[0].text, "科普");
    assert_str(t.list[1].text, "科普");
    ck_assert_int_eq(codes[2], KXI_CELL_NULL);
    assert_str(t.list[codes[3]].text, "\xC3\xA9");
    ck_assert_int_eq(codes[4], KXI_CELL_NULL);
    ck_assert_int_eq(codes[5], KXI_TERM_BAD);
    ck_assert_int_eq(codes[6], KXI_CELL_NULL);
    ck_assert_int_eq(codes[7], KXI_CELL_NULL);
    kxi_terms_free(&t);
    kit_free(&k);
}
END_TEST

TCase *
cell_tests(void)
{
    TCase *t = tcase_create("cells");
    tcase_add_loop_test(t, number_is_read, 0, COUNT(numbers));
    tcase_add_loop_test(t, date_is_read, 0, COUNT(dates));
    tcase_add_test(t, every_plain_date_is_read_as_any_other);
    tcase_add_loop_test(t, bool_is_read, 0, COUNT(bools));
    tcase_add_loop_test(t, number_is_printed, 0, COUNT(printed));
    tcase_add_test(t, terms_are_found_again);
    tcase_add_test(t, terms_tell_neighbours_apart);
    tcase_add_test(t, terms_are_normalised);
    return t;
}
