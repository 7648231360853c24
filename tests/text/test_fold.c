#include "oracle.h"

#include "text/text.h"

#include <stdlib.h>

static const struct {
    const char *text, *folded;
} cases[] = {
    { "", "" },
    { "Unit", "unit" },
    { "ＵＮＩＴ－２０２５", "unit-2025" },
    { "单 位\u3000名称\t\n", "单位名称" },
    { "（科协）", "(科协)" },
    { "名称：甲，乙；丙！？", "名称:甲,乙;丙!?" },
    { "［１］｛２｝＜３＞", "[1]{2}<3>" },
    { "“十四五”、《规划》。【一】", "“十四五”、《规划》。【一】" }, /* these have no narrow form */
    { "２０２４年１０月", "2024年10月" },
    { "９８．５％", "98.5%" },
    { "①②Ⅷ", "12viii" },
    { "㈠", "(一)" },
    { "㎡", "m2" },
    { "½", "1\u20442" },
    { "ﬁ", "fi" },
    { "…", "..." },
    { "￥", "¥" },
    { "⼀⽇", "一日" }, /* Kangxi radicals, as some PDFs have them */
    { "\uF900", "豈" },
    { "ｶﾞ", "ガ" },
    { "Straße", "strasse" },
    { "ΣΑΣ ς", "σασσ" },
    { "\u212A", "k" },
    { "A\u0301", "á" },
    { "İ", "i\u0307" },
    { "ᾳ", "αι" },
    { "葛\U000E0100", "葛" }, /* a variant of the same character */
    { "科\u200B协\uFE0F", "科协" },
    { "\u00A8a", "\u0308a" }, /* a space inside a character */
    { " ", "" },
    { "\U0001D400", "a" },
};

START_TEST(fold_case)
{
    struct kit k;
    kxi_str out, again;
    kit_init(&k);
    ck_assert_int_eq(kxi_text_fold(&k.arena, kxi_str_of(cases[_i].text), &out), KX_OK);
    assert_str(out, cases[_i].folded);
    ck_assert_int_eq(kxi_text_fold(&k.arena, out, &again), KX_OK);
    assert_str(again, cases[_i].folded);
    kit_free(&k);
}
END_TEST

static const char *const untouched[] = { "", "unit_2025(a)", "兴庆区", "任职、《科普》", "mañana" };

START_TEST(nothing_is_copied_without_need)
{
    struct kit k;
    kxi_str out, in = kxi_str_of(untouched[_i]);
    kit_init(&k);
    ck_assert_int_eq(kxi_text_fold(&k.arena, in, &out), KX_OK);
    ck_assert(out.s == in.s && out.n == in.n);
    ck_assert_uint_eq(k.mem.peak, 0);
    kit_free(&k);
}
END_TEST

static void
drop_spaces(char *text)
{
    size_t kept = 0, length;
    kxi_str s = kxi_str_of(text);
    for (size_t at = 0; at < s.n; at += length) {
        bool space = kxi_text_is_space(kxi_utf8_at(s, at, &length));
        memmove(text + kept, text + at, length);
        kept += space ? 0 : length;
    }
    text[kept] = '\0';
}

/* Every character: utf8proc's NFKC_Casefold without spaces; and folding what is folded changes nothing. */
START_TEST(every_character_as_utf8proc_has_it)
{
    struct kit k;
    kit_init(&k);
    for (int32_t cp = 1; cp < 0x32400; cp++) {
        char text[5];
        kxi_str out, again;
        if (cp == 0xD800)
            cp = 0xE000;
        oracle_encode(&cp, 1, true, text);
        char *want = (char *)utf8proc_NFKC_Casefold((utf8proc_uint8_t *)text);
        drop_spaces(want);
        ensure(!kxi_text_fold(&k.arena, kxi_str_of(text), &out) && kxi_str_is(out, want), "U+%04X", (unsigned)cp);
        ensure(!kxi_text_fold(&k.arena, out, &again) && kxi_str_eq(again, out), "U+%04X twice", (unsigned)cp);
        free(want);
        kxi_arena_reset(&k.arena);
    }
    kit_free(&k);
}
END_TEST

/* What is written with parts folds like what is written whole: fold(normalise(x)) = fold(x). */
START_TEST(normal_form_does_not_matter)
{
    struct kit k;
    kit_init(&k);
    for (int32_t cp = 1; cp < 0x32400; cp++) {
        char text[5];
        kxi_str whole, parts;
        if (cp == 0xD800)
            cp = 0xE000;
        oracle_encode(&cp, 1, true, text);
        char *apart = (char *)utf8proc_NFD((utf8proc_uint8_t *)text);
        bool good =
            !kxi_text_fold(&k.arena, kxi_str_of(text), &whole) && !kxi_text_fold(&k.arena, kxi_str_of(apart), &parts);
        ensure(good && kxi_str_eq(whole, parts), "U+%04X", (unsigned)cp);
        free(apart);
        kxi_arena_reset(&k.arena);
    }
    kit_free(&k);
}
END_TEST

TCase *
fold_tests(void)
{
    TCase *group = tcase_create("fold");
    tcase_set_timeout(group, 60);
    tcase_add_loop_test(group, fold_case, 0, COUNT(cases));
    tcase_add_loop_test(group, nothing_is_copied_without_need, 0, COUNT(untouched));
    tcase_add_test(group, every_character_as_utf8proc_has_it);
    tcase_add_test(group, normal_form_does_not_matter);
    return group;
}
