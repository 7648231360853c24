/* What is shown to people: places in a text, quoted text, width. */
#include "suite.h"

#include "text/text.h"

static const struct {
    const char *text;
    size_t n, offset;
    uint32_t line, column;
} positions[] = {
    { "", 0, 0, 1, 1 },
    { "", 0, 99, 1, 1 },
    { "abc", 3, 0, 1, 1 },
    { "abc", 3, 2, 1, 3 },
    { "abc", 3, 3, 1, 4 },
    { "abc", 3, 99, 1, 4 }, /* past the end is the end */
    { "a\nb", 3, 1, 1, 2 }, /* the line end belongs to its line */
    { "a\nb", 3, 2, 2, 1 },
    { "a\r\nb", 4, 1, 1, 2 },
    { "a\r\nb", 4, 2, 1, 2 }, /* \r\n is one */
    { "a\r\nb", 4, 3, 2, 1 },
    { "a\r\nb\r\n", 6, 6, 3, 1 },
    { "a\rb", 3, 2, 1, 3 }, /* \r alone ends no line */
    { "\n\n\n", 3, 3, 4, 1 },
    { "单位,得分\n西夏区,9", 25, 7, 1, 4 }, /* characters, not bytes */
    { "单位,得分\n西夏区,9", 25, 14, 2, 1 },
    { "单位,得分\n西夏区,9", 25, 24, 2, 5 },
    { "单位", 6, 4, 1, 2 }, /* within a character */
    { "a\xFF\xFE"
      "b",
      4, 3, 1, 4 }, /* invalid bytes are one each */
    { "\xEF\xBB\xBF"
      "ab",
      5, 4, 1, 2 }, /* a byte order mark takes no column */
    { "\xEF\xBB\xBF"
      "ab",
      5, 0, 1, 1 },
    { "\xEF\xBB\xBF"
      "ab",
      5, 1, 1, 1 },
    { "a\n\xEF\xBB\xBF"
      "b",
      6, 5, 2, 2 }, /* within a text it does */
};

START_TEST(position_case)
{
    uint32_t line = 0, column = 0;
    kxi_text_position((kxi_str){ positions[_i].text, positions[_i].n }, positions[_i].offset, &line, &column);
    ck_assert_msg(line == positions[_i].line && column == positions[_i].column, "case %d: %u:%u", _i, line, column);
}
END_TEST

static const struct {
    const char *text;
    size_t n, max;
    const char *quoted;
} quotes[] = {
    { "", 0, 5, "" },
    { "", 0, 0, "" },
    { "西夏区", 9, 3, "西夏区" },
    { "西夏区", 9, 2, "西夏…" },
    { "西夏区", 9, 0, "…" },
    { "a\tb\r\n", 5, 9, "a\\x09b\\x0D\\x0A" },
    { "a\0b", 3, 9, "a\\x00b" },
    { "\x1B[31m", 5, 9, "\\x1B[31m" },
    { "\x7F", 1, 9, "\\x7F" },
    { "\xC2\x85", 2, 9, "\\xC2\\x85" }, /* a control character of two bytes */
    { "a\xFF\xE7\xA7", 4, 9, "a\\xFF\\xE7\\xA7" },
    { "\xFF\xFF\xFF", 3, 2, "\\xFF\\xFF…" },
    { "a\xE2\x80\x8B"
      "b",
      5, 9, "a\\u{200B}b" },                    /* zero-width space */
    { "\xE2\x80\xAE", 3, 9, "\\u{202E}" },      /* right-to-left override */
    { "\xE2\x80\xA8", 3, 9, "\\u{2028}" },      /* line separator */
    { "\xF3\xA0\x81\x81", 4, 9, "\\u{E0041}" }, /* a tag */
    { "a\\b \"c\"", 7, 9, "a\\b \"c\"" },
};

START_TEST(quote_case)
{
    struct kit k;
    kit_init(&k);
    kxi_buf b;
    kxi_buf_init(&b, &k.mem);
    kxi_buf_char(&b, '<');
    kxi_text_quote(&b, (kxi_str){ quotes[_i].text, quotes[_i].n }, quotes[_i].max);
    ck_assert_msg(b.s[0] == '<' && strcmp(b.s + 1, quotes[_i].quoted) == 0, "case %d: %s", _i, b.s);
    kxi_buf_free(&b);
    kit_free(&k);
}
END_TEST

static const struct {
    const char *text;
    size_t width;
} widths[] = {
    { "", 0 },
    { "kexie", 5 },
    { "宁夏科协", 8 },
    { "，。、（）《》【】", 18 },
    { "ＡＢ１２", 8 },       /* full width */
    { "ｱｲｳ", 3 },            /* half width */
    { "e\u0301\u0302x", 2 }, /* combining marks */
    { "\u4E00\uFE00", 2 },   /* a variation selector */
    { "\u200B\u200D", 0 },
    { "“”‘’…—·", 7 }, /* ambiguous is narrow */
    { "─│┌", 3 },
    { "①", 1 },
    { "한국", 4 },
    { "\U0001F600", 2 },
    { "\U00020087", 2 },
    { "\t", 0 },
    { "2025年\u3000得分 98.5", 17 },
    { "\xFF", 1 }, /* not valid, yet not lost */
};

START_TEST(width_case)
{
    size_t got = kxi_text_width(kxi_str_of(widths[_i].text));
    ck_assert_msg(got == widths[_i].width, "%s: %zu", widths[_i].text, got);
}
END_TEST

TCase *
show_tests(void)
{
    TCase *group = tcase_create("show");
    tcase_add_loop_test(group, position_case, 0, COUNT(positions));
    tcase_add_loop_test(group, quote_case, 0, COUNT(quotes));
    tcase_add_loop_test(group, width_case, 0, COUNT(widths));
    return group;
}
