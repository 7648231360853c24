#include "oracle.h"

#include "text/text.h"

#include <stdlib.h>

/* Facts of Unicode (normal form C), then what kexie takes away. */
static const struct {
    const char *text, *normal;
} cases[] = {
    { "", "" },
    { "abc", "abc" },
    { "宁夏回族自治区科学技术协会", "宁夏回族自治区科学技术协会" },
    { "e\u0301", "é" },
    { "é", "é" },
    { "\u212B", "Å" },                   /* the Angstrom sign is the letter */
    { "\u2126", "\u03A9" },              /* Ohm */
    { "D\u0307\u0323", "\u1E0C\u0307" }, /* marks in canonical order */
    { "\u1E0A\u0323", "\u1E0C\u0307" },
    { "Vie\u0302\u0323t", "Vi\u1EC7t" },
    { "a\u0315\u0300\u05AE\u0300b", "\u00E0\u05AE\u0300\u0315b" },
    { "\u0344", "\u0308\u0301" }, /* decomposed for good */
    { "\u0958", "\u0915\u093C" }, /* excluded from composition */
    { "\u2ADC", "\u2ADD\u0338" },
    { "\uFB1D", "\u05D9\u05B4" },
    { "\u0B47\u0300\u0B3E", "\u0B47\u0300\u0B3E" }, /* a mark between blocks */
    { "\u0B47\u0B3E", "\u0B4B" },                   /* a second part that is no mark */
    { "\u1112\u1161\u11AB", "한" },                 /* Hangul */
    { "\u1100\uAC00\u11A8", "\u1100\uAC01" },
    { "か\u3099", "が" },
    { "\uF900\uFA30", "豈侮" }, /* compatibility ideographs */
    { "\U0002F800", "丽" },
    { "\uFA0E", "\uFA0E" },             /* one that is unified after all */
    { "ＫＸ１（①）", "ＫＸ１（①）" },   /* widths are not touched */
    { "葛\U000E0100", "葛\U000E0100" }, /* nor variants */
    { "\u2000x\u2000y", "x\u2002y" },
    { "  abc\t", "abc" },
    { "\u3000 \u00A0宁夏\u2003\u2028\r\n", "宁夏" },
    { "宁 夏\u3000x", "宁 夏\u3000x" },
    { " \t\u3000", "" },
    { "科\u200B协\u200D", "科协" },
    { "\uFEFF单位", "单位" },
    { "co\u00ADop\u2060s\u200C", "coops" },
    { "e\u200D\u0301", "é" },           /* composed over what is gone */
    { "\u200B \u3000甲\u200B ", "甲" }, /* and trimmed */
    { "\u200B", "" },
    { " \u0301x", "\u0301x" },
};

START_TEST(normal_case)
{
    struct kit k;
    kxi_str out, again;
    kit_init(&k);
    ck_assert_int_eq(kxi_text_normalise(&k.arena, kxi_str_of(cases[_i].text), &out), KX_OK);
    assert_str(out, cases[_i].normal);
    ck_assert_int_eq(kxi_text_normalise(&k.arena, out, &again), KX_OK);
    ck_assert(again.s == out.s && again.n == out.n); /* twice changes nothing, and copies nothing */
    kit_free(&k);
}
END_TEST

static const char *const untouched[] = { "",      "1",     "level == 'county'", "兴庆区", "A1 科普（示范）基地，2024年",
                                         "ñandú", "ทดสอบ", "ひらがな・カタカナ" };

START_TEST(nothing_is_copied_without_need)
{
    struct kit k;
    kxi_str out, in = kxi_str_of(untouched[_i]);
    kit_init(&k);
    ck_assert_int_eq(kxi_text_normalise(&k.arena, in, &out), KX_OK);
    ck_assert(out.s == in.s && out.n == in.n);
    in = KXI_STR("\t "
                 "兴庆区 ");
    ck_assert_int_eq(kxi_text_normalise(&k.arena, in, &out), KX_OK);
    ck_assert(out.s == in.s + 2 && out.n == 9);
    ck_assert_uint_eq(k.mem.peak, 0);
    kit_free(&k);
}
END_TEST

static const char *const broken[] = { "\xFF",     "abc\xC0\xAF", "科协\xED\xA0\x80", "e\u0301\xE7\xA7",
                                      "\xE7\xA7", "\u200B\x80" };

START_TEST(broken_text_is_refused)
{
    struct kit k;
    kxi_str out = KXI_STR("x");
    kit_init(&k);
    ck_assert_int_eq(kxi_text_normalise(&k.arena, kxi_str_of(broken[_i]), &out), KX_E_SYNTAX);
    ck_assert(out.s == NULL && out.n == 0);
    out = KXI_STR("x");
    ck_assert_int_eq(kxi_text_fold(&k.arena, kxi_str_of(broken[_i]), &out), KX_E_SYNTAX);
    ck_assert(out.s == NULL && out.n == 0);
    kit_free(&k);
}
END_TEST

START_TEST(zero_bytes_are_characters)
{
    struct kit k;
    kxi_str out;
    kit_init(&k);
    ck_assert_int_eq(kxi_text_normalise(&k.arena, (kxi_str){ " a\0e\xCC\x81 ", 7 }, &out), KX_OK);
    ck_assert(kxi_str_eq(out, (kxi_str){ "a\0\xC3\xA9", 4 }));
    ck_assert_int_eq(kxi_text_normalise(&k.arena, (kxi_str){ NULL, 0 }, &out), KX_OK);
    ck_assert_uint_eq(out.n, 0);
    kit_free(&k);
}
END_TEST

/* Every character alone and taken apart: utf8proc's NFC of it, whichever way we go. What has a decomposition must not pass
 * as plain, nor what composes with the character before it. */
START_TEST(every_character_as_utf8proc_has_it)
{
    struct kit k;
    kit_init(&k);
    for (int32_t cp = 1; cp < 0x32400; cp++) {
        char text[5];
        kxi_str out;
        if (cp == 0xD800)
            cp = 0xE000;
        if (oracle_is_zero_width(cp) || kxi_text_is_space(cp))
            continue;
        oracle_encode(&cp, 1, true, text);
        char *apart = (char *)utf8proc_NFD((utf8proc_uint8_t *)text),
             *normal = (char *)utf8proc_NFC((utf8proc_uint8_t *)text);
        ensure(!kxi_text_normalise(&k.arena, kxi_str_of(text), &out) && kxi_str_is(out, normal), "U+%04X",
               (unsigned)cp);
        ensure(!kxi_text_normalise(&k.arena, kxi_str_of(apart), &out) && kxi_str_is(out, normal), "U+%04X taken apart",
               (unsigned)cp);
        free(apart);
        free(normal);
        kxi_arena_reset(&k.arena);
    }
    kit_free(&k);
}
END_TEST

static const int32_t tricky[] = { 'a',    'e',    'A',    ' ',    '\n',   0xE9,    0xAD,    0x300,  0x301,
                                  0x302,  0x307,  0x308,  0x315,  0x316,  0x323,   0x327,   0x338,  0x345,
                                  0x5AE,  0x5B4,  0x915,  0x93C,  0xB47,  0xB3E,   0x1100,  0x1161, 0x11A8,
                                  0xAC00, 0x200B, 0x200D, 0x2002, 0x2000, 0x2126,  0x3000,  0x304B, 0x3099,
                                  0x309A, 0x4E2D, 0xF900, 0xFEFF, 0xFF21, 0x1D15E, 0x20087, 0x2F800 };

/* Random heaps of characters that act on each other, of every length around the one at which memory is needed. */
START_TEST(heaps_as_utf8proc_has_them)
{
    struct kit k;
    uint64_t state = 1 + (uint64_t)_i;
    kit_init(&k);
    for (int round = 0; round < 3000; round++) {
        int32_t cps[300];
        char text[1201], kept[1201];
        kxi_str out;
        size_t n = round % 100 ? oracle_dice(&state, 13) : 230 + oracle_dice(&state, 71);
        for (size_t i = 0; i < n; i++)
            cps[i] = tricky[oracle_dice(&state, COUNT(tricky))];
        oracle_encode(cps, n, true, text);
        oracle_encode(cps, n, false, kept);
        char *normal = (char *)utf8proc_NFC((utf8proc_uint8_t *)kept);
        kxi_str want = kxi_str_of(normal);
        size_t length;
        while (want.n && kxi_text_is_space(kxi_utf8_at(want, 0, &length)))
            want = (kxi_str){ want.s + length, want.n - length };
        for (size_t last = want.n; last-- > 0;) {
            if (kxi_utf8_at(want, last, &length) < 0)
                continue;
            if (!kxi_text_is_space(kxi_utf8_at(want, last, &length)))
                break;
            want.n = last;
        }
        ck_assert_int_eq(kxi_text_normalise(&k.arena, kxi_str_of(text), &out), KX_OK);
        ck_assert_msg(kxi_str_eq(out, want), "round %d: %s", round, text);
        free(normal);
        kxi_arena_reset(&k.arena);
    }
    kit_free(&k);
}
END_TEST

/* A text of nothing but marks in the worst order takes no longer than another. */
START_TEST(many_marks)
{
    enum { MARKS = 600000 };
    struct kit k;
    kxi_str out;
    char *text = malloc(2 * MARKS), *want = malloc(2 * MARKS);
    kit_init(&k);
    ck_assert(text && want);
    for (size_t i = 0; i < MARKS; i++) {
        memcpy(text + 2 * i, i % 2 ? "\u0316" : "\u0308", 2);
        memcpy(want + 2 * i, i < MARKS / 2 ? "\u0316" : "\u0308", 2);
    }
    ck_assert_int_eq(kxi_text_normalise(&k.arena, (kxi_str){ text, 2 * MARKS }, &out), KX_OK);
    ck_assert(kxi_str_eq(out, (kxi_str){ want, 2 * MARKS }));
    free(text);
    free(want);
    kit_free(&k);
}
END_TEST

/* Short and long, plain and not, and a long run of marks. */
static kx_status
scenario(kxi_mem *mem, void *user)
{
    (void)user;
    char marks[201], words[2400];
    kxi_arena a;
    kxi_str out;
    for (size_t i = 0; i < 100; i++)
        memcpy(marks + 2 * i, i % 2 ? "\u0316" : "\u0300", 2);
    for (size_t i = 0; i < 400; i++)
        memcpy(words + 6 * i, "e\u0301Ａ", 6);
    const kxi_str texts[] = { KXI_STR(" plain "), KXI_STR("e\u0301"), { marks, 200 }, { words, sizeof(words) } };
    kx_status status = KX_OK;
    kxi_arena_init(&a, mem);
    for (size_t i = 0; i < COUNT(texts) && !status; i++) {
        status = kxi_text_normalise(&a, texts[i], &out);
        if (!status)
            status = kxi_text_fold(&a, texts[i], &out);
        ck_assert(!status || out.s == NULL);
    }
    kxi_arena_free(&a);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    fault_each(_i == 1, scenario, NULL);
}
END_TEST

TCase *
normalise_tests(void)
{
    TCase *group = tcase_create("normalise");
    tcase_set_timeout(group, 60);
    tcase_add_loop_test(group, normal_case, 0, COUNT(cases));
    tcase_add_loop_test(group, nothing_is_copied_without_need, 0, COUNT(untouched));
    tcase_add_loop_test(group, broken_text_is_refused, 0, COUNT(broken));
    tcase_add_test(group, zero_bytes_are_characters);
    tcase_add_test(group, every_character_as_utf8proc_has_it);
    tcase_add_loop_test(group, heaps_as_utf8proc_has_them, 0, 3);
    tcase_add_test(group, many_marks);
    tcase_add_loop_test(group, every_allocation_may_fail, 0, 2);
    return group;
}
