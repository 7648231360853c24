#include "suite.h"

#include "text/text.h"

static const struct {
    const char *text;
    size_t n, valid; /* bytes before the first bad one */
} checks[] = {
    { "", 0, 0 },
    { "plain ascii, longer than eight bytes", 36, 36 },
    { "\0nul is a character", 19, 19 },
    { "科协", 6, 6 },
    { "a\xC3\xA9z", 4, 4 },
    { "\xF0\xA0\x82\x87", 4, 4 },                 /* U+20087 */
    { "\xEF\xBB\xBFunit", 7, 7 },                 /* a byte order mark is valid */
    { "\xEF\xBF\xBF", 3, 3 },                     /* so is U+FFFF */
    { "ab\x80", 3, 2 },                           /* a trailing byte alone */
    { "ab\xC0\xAF", 4, 2 },                       /* overlong "/" in two */
    { "ab\xC1\xBF", 4, 2 },                       /* overlong U+007F */
    { "ab\xE0\x80\xAF", 5, 2 },                   /* in three */
    { "ab\xE0\x9F\xBF", 5, 2 },                   /* U+07FF in three */
    { "ab\xF0\x80\x80\xAF", 6, 2 },               /* in four */
    { "ab\xF0\x8F\xBF\xBF", 6, 2 },               /* U+FFFF in four */
    { "\xED\x9F\xBF\xED\xA0\x80", 6, 3 },         /* U+D7FF, then a lone surrogate U+D800 */
    { "\xED\xAF\xBF\xED\xBF\xBF", 6, 0 },         /* a pair of surrogates is none the better */
    { "\xEE\x80\x80\xED\xBF\xBF", 6, 3 },         /* U+E000, then U+DFFF */
    { "\xF4\x8F\xBF\xBF\xF4\x90\x80\x80", 8, 4 }, /* U+10FFFF, then U+110000 */
    { "\xF5\x80\x80\x80", 4, 0 },
    { "a\xFE", 2, 1 },
    { "a\xFF", 2, 1 },
    { "\xE7\xA7", 2, 0 }, /* cut off */
    { "\xE7\xA7\x91\xE5", 4, 3 },
    { "\xF0\xA0\x82", 3, 0 },
    { "\xC3", 1, 0 },
    { "\xE7\x41\x91", 3, 0 }, /* broken by a letter */
};

START_TEST(check_case)
{
    size_t got = kxi_utf8_check((kxi_str){ checks[_i].text, checks[_i].n });
    ck_assert_msg(got == checks[_i].valid, "case %d: %zu instead of %zu", _i, got, checks[_i].valid);
}
END_TEST

START_TEST(check_of_nothing)
{
    ck_assert_uint_eq(kxi_utf8_check((kxi_str){ NULL, 0 }), 0);
    ck_assert_uint_eq(kxi_utf8_count((kxi_str){ NULL, 0 }), 0);
}
END_TEST

/* The definition, which knows nothing of table 3-7: the bits of 1 to 4 bytes give a scalar value that needs as many. */
static size_t
length_by_definition(const unsigned char *p, size_t left)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t n = p[0] < 0x80 ? 1 : (p[0] & 0xE0) == 0xC0 ? 2 : (p[0] & 0xF0) == 0xE0 ? 3 : (p[0] & 0xF8) == 0xF0 ? 4 : 0;
    if (n == 0 || n > left)
        return 0;
    uint32_t value = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (p[i] & 0x3F);
    }
    return value < least[n] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) ? 0 : n;
}

static size_t
check_by_definition(const unsigned char *p, size_t n)
{
    size_t at = 0;
    while (at < n) {
        size_t length = length_by_definition(p + at, n - at);
        if (!length)
            break;
        at += length;
    }
    return at;
}

/* All sequences of up to four of the bytes at which anything changes. */
START_TEST(check_at_every_edge)
{
    static const unsigned char edges[] = { 0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
                                           0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF };
    unsigned char p[4];
    p[0] = edges[_i];
    for (size_t n = 1; n <= 4; n++) {
        for (size_t i = 0; i < COUNT(edges) * COUNT(edges) * COUNT(edges); i++) {
            p[1] = edges[i % COUNT(edges)];
            p[2] = edges[i / COUNT(edges) % COUNT(edges)];
            p[3] = edges[i / COUNT(edges) / COUNT(edges)];
            size_t got = kxi_utf8_check((kxi_str){ (const char *)p, n }), want = check_by_definition(p, n);
            ensure(got == want, "%02X %02X %02X %02X, %zu bytes: %zu", p[0], p[1], p[2], p[3], n, got);
        }
    }
}
END_TEST

START_TEST(check_at_every_offset)
{
    char text[41];
    for (size_t at = 0; at < 40; at++) {
        memset(text, 'a', sizeof(text));
        text[at] = (char)0x80;
        for (size_t start = 0; start <= at; start++)
            ck_assert_uint_eq(kxi_utf8_check((kxi_str){ text + start, 40 - start }), at - start);
        memcpy(text + at, "\xC3\xA9", at < 40 ? 2 : 1);
        ck_assert_uint_eq(kxi_utf8_check((kxi_str){ text, 41 }), 41);
        ck_assert_uint_eq(kxi_utf8_count((kxi_str){ text, 41 }), 40);
    }
}
END_TEST

START_TEST(every_code_point_there_and_back)
{
    for (int32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        size_t length, n;
        if (cp == 0xD800)
            cp = 0xE000;
        n = kxi_utf8_put(bytes, cp);
        kxi_str s = { bytes, n };
        bool good = kxi_utf8_check(s) == n && kxi_utf8_at(s, 0, &length) == cp && length == n &&
                    kxi_utf8_count(s) == 1 && length_by_definition((unsigned char *)bytes, n) == n;
        ensure(good, "U+%04X", (unsigned)cp);
    }
}
END_TEST

START_TEST(no_code_point_where_there_is_none)
{
    size_t length = 0;
    ck_assert_int_eq(kxi_utf8_at(KXI_STR("a\xED\xA0\x80"), 1, &length), -1);
    ck_assert_uint_eq(length, 1);
    ck_assert_int_eq(kxi_utf8_at((kxi_str){ "\xE7\xA7\x91", 2 }, 0, &length), -1);
    ck_assert_uint_eq(length, 1);
}
END_TEST

/* PropList.txt, White_Space. */
START_TEST(spaces)
{
    static const int32_t white[] = { 0x09,   0x0A,   0x0B,   0x0C,   0x0D,   0x20,   0x85,   0xA0,   0x1680,
                                     0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
                                     0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 };
    size_t found = 0;
    for (int32_t cp = -1; cp <= 0x10FFFF; cp++) {
        bool is = found < COUNT(white) && white[found] == cp;
        ensure(kxi_text_is_space(cp) == is, "U+%04X", (unsigned)cp);
        found += is;
    }
    ck_assert_uint_eq(found, COUNT(white));
}
END_TEST

TCase *
utf8_tests(void)
{
    TCase *group = tcase_create("utf8");
    tcase_set_timeout(group, 60);
    tcase_add_loop_test(group, check_case, 0, COUNT(checks));
    tcase_add_test(group, check_of_nothing);
    tcase_add_loop_test(group, check_at_every_edge, 0, 24);
    tcase_add_test(group, check_at_every_offset);
    tcase_add_test(group, every_code_point_there_and_back);
    tcase_add_test(group, no_code_point_where_there_is_none);
    tcase_add_test(group, spaces);
    return group;
}
