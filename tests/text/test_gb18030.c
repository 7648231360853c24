#include "suite.h"

#include "gb18030_digest.h"
#include "text/text.h"

#include <stdlib.h>
#if defined(__GLIBC__)
#include <iconv.h>
#endif

static const struct {
    const char *bytes;
    size_t n;
    const char *text;
    size_t bad; /* SIZE_MAX: none */
} cases[] = {
    { "", 0, "", SIZE_MAX },
    { "unit,level\r\n", 12, "unit,level\r\n", SIZE_MAX },
    { "\xC4\xFE\xCF\xC4\xBF\xC6\xD0\xAD", 8, "宁夏科协", SIZE_MAX },
    { "A\xA3\xC1\xA1\xA1z", 6, "AＡ\u3000z", SIZE_MAX },
    { "\xA2\xE3", 2, "€", SIZE_MAX },
    { "\x81\x30\x81\x30", 4, "\xC2\x80", SIZE_MAX }, /* the first of four bytes */
    { "\x84\x31\xA4\x39", 4, "\uFFFF", SIZE_MAX },   /* the last of the BMP */
    { "\x84\x31\xA4\x37", 4, "\uFFFD", SIZE_MAX },
    { "\x90\x30\x81\x30", 4, "\U00010000", SIZE_MAX },
    { "\xE3\x32\x9A\x35", 4, "\U0010FFFF", SIZE_MAX },
    { "\x81\x39\xEE\x39", 4,
      "\u3400"
      "",
      SIZE_MAX },                                                /* Extension A begins */
    { "\xA8\xBC\x81\x35\xF4\x37", 6, "\u1E3F\uE7C7", SIZE_MAX }, /* 2005 */
    { "\xA6\xD9\x84\x31\x82\x36", 6, "\uFE10\uFE10", SIZE_MAX }, /* 2022, and as it was before */
    { "\xFE\x59\x82\x35\x90\x37", 6, "\u9FB4\u9FB4", SIZE_MAX },
    { "\xFE\x51\x95\x32\x90\x31", 6, "\U00020087\U00020087", SIZE_MAX },
    { "\xAA\xA1\xF8\xA1\xA1\x40", 6, "\uE000\uE234\uE4C6", SIZE_MAX }, /* private rows */
    { "a\x80", 2, "a", 1 },
    { "a\xFF", 2, "a", 1 },
    { "a\xC4", 2, "a", 1 }, /* cut off */
    { "a\x81\x30", 3, "a", 1 },
    { "a\x81\x30\x81", 4, "a", 1 },
    { "\xC4\xFE\xCF", 3, "宁", 2 },
    { "\xC4\x20", 2, "", 0 }, /* no such second byte */
    { "\xC4\x7F", 2, "", 0 },
    { "\xC4\xFF", 2, "", 0 },
    { "ab\x81\x30\x41\x30", 6, "ab", 2 }, /* nor third */
    { "ab\x81\x30\x81\x41", 6, "ab", 2 }, /* nor fourth */
    { "\x84\x31\xA5\x30", 4, "", 0 },     /* past U+FFFF */
    { "\x8F\x39\xFE\x39", 4, "", 0 },
    { "\xE3\x32\x9A\x36", 4, "", 0 }, /* past U+10FFFF */
    { "\xFE\x39\xFE\x39", 4, "", 0 },
};

START_TEST(decode_case)
{
    struct kit k;
    size_t bad = 77;
    kxi_buf out;
    kit_init(&k);
    kxi_buf_init(&out, &k.mem);
    kx_status status = kxi_gb18030_decode((kxi_str){ cases[_i].bytes, cases[_i].n }, &out, &bad);
    ck_assert_msg(status == (cases[_i].bad == SIZE_MAX ? KX_OK : KX_E_SYNTAX), "case %d: %d", _i, (int)status);
    ck_assert_msg(bad == (status ? cases[_i].bad : 0), "case %d: bad at %zu", _i, bad);
    assert_str(kxi_buf_view(&out), cases[_i].text);
    kxi_buf_free(&out);
    kit_free(&k);
}
END_TEST

/* Every sequence there is, ascending, shorter ones first; n is how many bytes. */
static char *
all_sequences(size_t *n)
{
    size_t fours = 39420 + 0x100000, at = 0;
    char *bytes = malloc(128 + 2 * 126 * 190 + 4 * fours);
    ck_assert(bytes != NULL);
    for (int c = 0; c < 0x80; c++)
        bytes[at++] = (char)c;
    for (int lead = 0x81; lead <= 0xFE; lead++) {
        for (int trail = 0x40; trail <= 0xFE; trail++) {
            if (trail == 0x7F)
                continue;
            bytes[at++] = (char)lead;
            bytes[at++] = (char)trail;
        }
    }
    for (size_t i = 0; i < fours; i++) {
        size_t linear = i < 39420 ? i : i - 39420 + 189000;
        bytes[at++] = (char)(0x81 + linear / 12600);
        bytes[at++] = (char)(0x30 + linear / 1260 % 10);
        bytes[at++] = (char)(0x81 + linear / 10 % 126);
        bytes[at++] = (char)(0x30 + linear % 10);
    }
    *n = at;
    return bytes;
}

static uint64_t
fnv1a(kxi_str s)
{
    uint64_t digest = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < s.n; i++)
        digest = (digest ^ (unsigned char)s.s[i]) * UINT64_C(0x100000001B3);
    return digest;
}

/* All code points, against what Python makes of them. */
START_TEST(all_sequences_by_digest)
{
    struct kit k;
    kxi_buf out;
    size_t n, bad;
    char *bytes = all_sequences(&n);
    kit_init(&k);
    kxi_buf_init(&out, &k.mem);
    ck_assert_int_eq(kxi_gb18030_decode((kxi_str){ bytes, n }, &out, &bad), KX_OK);
    ck_assert_uint_eq(out.n, GB18030_UTF8_BYTES);
    ck_assert_uint_eq(kxi_utf8_check(kxi_buf_view(&out)), out.n);
    ck_assert_uint_eq(kxi_utf8_count(kxi_buf_view(&out)), GB18030_SEQUENCES);
    ck_assert_uint_eq(fnv1a(kxi_buf_view(&out)), GB18030_FNV1A);
    kxi_buf_free(&out);
    kit_free(&k);
    free(bytes);
}
END_TEST

/* There are as many sequences as code points. The 24 private code points of the editions before 2022 are read from none, and
 * 24 characters from two: their pair, and the four bytes they had besides. All others are read from exactly one. */
START_TEST(every_code_point_is_reached)
{
    struct kit k;
    kxi_buf out;
    size_t n, bad, length, never = 0, twice = 0;
    char *bytes = all_sequences(&n);
    uint8_t *seen = calloc(0x110000, 1);
    kit_init(&k);
    kxi_buf_init(&out, &k.mem);
    ck_assert(seen != NULL);
    ck_assert_int_eq(kxi_gb18030_decode((kxi_str){ bytes, n }, &out, &bad), KX_OK);
    for (size_t at = 0; at < out.n; at += length)
        seen[kxi_utf8_at(kxi_buf_view(&out), at, &length)]++;
    for (int32_t cp = 0; cp < 0x110000; cp++) {
        bool surrogate = cp >= 0xD800 && cp <= 0xDFFF,
             private = (cp >= 0xE78D && cp <= 0xE796) || (cp >= 0xE816 && cp <= 0xE864);
        ensure(surrogate ? !seen[cp] : seen[cp] <= 2, "U+%04X", (unsigned)cp);
        ensure(surrogate || private || seen[cp], "U+%04X is not reached", (unsigned)cp);
        never += !surrogate && !seen[cp];
        twice += seen[cp] == 2;
    }
    ck_assert_uint_eq(never, 24);
    ck_assert_uint_eq(twice, 24);
    kxi_buf_free(&out);
    kit_free(&k);
    free(seen);
    free(bytes);
}
END_TEST

/* Piece by piece gives the same, wherever the pieces end. */
START_TEST(pieces)
{
    static const char text[] = "a\xC4\xFE"
                               "12\x81\x30\x81\x30\x90\x30\x81\x30\xCF\xC4z";
    const char *want = "a宁12\xC2\x80\U00010000夏z";
    size_t n = sizeof(text) - 1, size = (size_t)_i + 1, start = 0, used, bad;
    struct kit k;
    kxi_buf out;
    kit_init(&k);
    kxi_buf_init(&out, &k.mem);
    for (size_t end = size; start < n; end += size) {
        end = end < n ? end : n;
        ck_assert_int_eq(kxi_gb18030_decode_part((kxi_str){ text + start, end - start }, &out, &used, &bad), KX_OK);
        start += used;
        ck_assert(start + 4 > end && start <= end);
    }
    assert_str(kxi_buf_view(&out), want);
    ck_assert_int_eq(kxi_gb18030_decode_part(KXI_STR("ab\xC4\x20"), &out, &used, &bad), KX_E_SYNTAX);
    ck_assert_uint_eq(used, 2);
    ck_assert_uint_eq(bad, 2);
    kxi_buf_free(&out);
    kit_free(&k);
}
END_TEST

/* Runs of ASCII longer and shorter than what is gathered at a time, and four bytes where that ends. */
START_TEST(long_text)
{
    struct kit k;
    kxi_buf in, out;
    size_t bad;
    kit_init(&k);
    kxi_buf_init(&in, &k.mem);
    kxi_buf_init(&out, &k.mem);
    for (size_t run = 1000; run < 1050; run++) {
        kxi_buf_repeat(&in, 'x', run);
        kxi_buf_cstr(&in, "\x90\x30\x81\x30");
    }
    ck_assert_int_eq(kxi_gb18030_decode(kxi_buf_view(&in), &out, &bad), KX_OK);
    size_t at = 0;
    for (size_t run = 1000; run < 1050; run++) {
        ck_assert(out.s[at] == 'x' && strncmp(out.s + at + run, "\U00010000", 4) == 0);
        at += run + 4;
    }
    ck_assert_uint_eq(at, out.n);
    kxi_buf_free(&in);
    kxi_buf_free(&out);
    kit_free(&k);
}
END_TEST

#if defined(__GLIBC__)

/* Where glibc reads another edition than we do, by version of glibc. */
static const struct {
    uint32_t first, last;
    const char *reason;
} differences[] = {
    { 0x84318236, 0x84318239,
      "four-byte codes of U+FE10..FE19: glibc up to 2.38 refuses them, later ones make them private" },
    { 0x84318330, 0x84318335, "the same" },
    { 0x82359037, 0x82359039, "four-byte codes of U+9FB4..9FBB: likewise" },
    { 0x82359130, 0x82359134, "the same" },
    { 0x95329031, 0x95329031, "U+20087: glibc from 2.39 on may keep FE51 private" },
    { 0xFE51, 0xFE53, "private in the standard, ideographs here and in glibc up to 2.38" },
    { 0xFE6C, 0xFE6C, "the same" },
    { 0xFE76, 0xFE76, "the same" },
    { 0xFE91, 0xFE91, "the same" },
};

static bool
is_difference(const char *bytes, size_t n)
{
    uint32_t number = 0;
    for (size_t i = 0; i < n; i++)
        number = number << 8 | (unsigned char)bytes[i];
    for (size_t i = 0; i < COUNT(differences); i++)
        if (number >= differences[i].first && number <= differences[i].last)
            return true;
    return false;
}

/* All sequences but the differences, in one go. */
START_TEST(as_iconv_has_it)
{
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1)
        return; /* glibc without its modules */
    struct kit k;
    kxi_buf out;
    size_t n, bad, kept = 0, length, left = GB18030_UTF8_BYTES;
    char *bytes = all_sequences(&n), *theirs = malloc(GB18030_UTF8_BYTES);
    kit_init(&k);
    kxi_buf_init(&out, &k.mem);
    ck_assert(theirs != NULL);
    for (size_t at = 0; at < n; at += length) {
        bool ascii = (unsigned char)bytes[at] < 0x80;
        length = ascii ? 1 : bytes[at + 1] >= '0' && bytes[at + 1] <= '9' ? 4 : 2;
        if (is_difference(bytes + at, length))
            continue;
        memmove(bytes + kept, bytes + at, length);
        kept += length;
    }
    ck_assert_uint_gt(kept, n - 200);
    ck_assert_int_eq(kxi_gb18030_decode((kxi_str){ bytes, kept }, &out, &bad), KX_OK);
    char *from = bytes, *to = theirs;
    size_t converted = iconv(converter, &from, &kept, &to, &left);
    ck_assert_msg(converted == 0 && kept == 0, "iconv stops at byte %zu", (size_t)(from - bytes));
    size_t size = (size_t)(to - theirs), at = 0;
    while (at < size && at < out.n && out.s[at] == theirs[at])
        at++;
    ck_assert_msg(at == size && at == out.n, "differs after character %zu", kxi_utf8_count((kxi_str){ theirs, at }));
    iconv_close(converter);
    kxi_buf_free(&out);
    kit_free(&k);
    free(theirs);
    free(bytes);
}
END_TEST

/* The other way round: what glibc writes for a code point is read as that code point. */
START_TEST(what_iconv_writes)
{
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    if (converter == (iconv_t)-1)
        return;
    struct kit k;
    kxi_buf out;
    kit_init(&k);
    kxi_buf_init(&out, &k.mem);
    for (int32_t cp = 0x80; cp < 0x110000; cp += cp < 0x30000 ? 1 : 251) {
        char text[4], written[8], *from = text, *to = written;
        size_t left = sizeof(written), bad;
        if (cp == 0xD800)
            cp = 0xE000;
        size_t n = kxi_utf8_put(text, cp), rest = n;
        if (iconv(converter, &from, &rest, &to, &left) != 0 || is_difference(written, (size_t)(to - written)))
            continue;
        out.n = 0;
        kx_status status = kxi_gb18030_decode((kxi_str){ written, (size_t)(to - written) }, &out, &bad);
        bool private =
            (cp >= 0xE78D && cp <= 0xE796) || (cp >= 0xE816 && cp <= 0xE864); /* written as what replaced it */
        ensure(!status && (private || kxi_str_eq(kxi_buf_view(&out), (kxi_str){ text, n })), "U+%04X", (unsigned)cp);
    }
    iconv_close(converter);
    kxi_buf_free(&out);
    kit_free(&k);
}
END_TEST

#endif

static kx_status
scenario(kxi_mem *mem, void *user)
{
    (void)user;
    char text[5000];
    size_t bad;
    kxi_buf out;
    for (size_t i = 0; i < sizeof(text); i += 2)
        memcpy(text + i, "\xBF\xC6", 2);
    memset(text, 'x', 1500);
    kxi_buf_init(&out, mem);
    kx_status status = kxi_gb18030_decode((kxi_str){ text, sizeof(text) }, &out, &bad);
    kxi_buf_free(&out);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    fault_each(_i == 1, scenario, NULL);
}
END_TEST

TCase *
gb18030_tests(void)
{
    TCase *group = tcase_create("gb18030");
    tcase_set_timeout(group, 60);
    tcase_add_loop_test(group, decode_case, 0, COUNT(cases));
    tcase_add_test(group, all_sequences_by_digest);
    tcase_add_test(group, every_code_point_is_reached);
    tcase_add_loop_test(group, pieces, 0, 19);
    tcase_add_test(group, long_text);
#if defined(__GLIBC__)
    tcase_add_test(group, as_iconv_has_it);
    tcase_add_test(group, what_iconv_writes);
#endif
    tcase_add_loop_test(group, every_allocation_may_fail, 0, 2);
    return group;
}
