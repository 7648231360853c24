#include <stdio.h>
#include <stdlib.h>

#include "suite.h"

static kxi_place
place_at(const char *input, const char *pointer)
{
    return (kxi_place){ kxi_str_of(input), kxi_str_of(pointer), 17, 3, 5 };
}

START_TEST(first_error_is_kept)
{
    struct kit k;
    kit_init(&k);
    ck_assert_int_eq(KXI_FAIL(&k.diag, INTERNAL, place_at("a.json", "/parts/0"), KXI_A_CSTR("one")), KX_E_UNSUPPORTED);
    ck_assert_int_eq(KXI_FAIL(&k.diag, INTERNAL, KXI_NOWHERE, KXI_A_CSTR("two")), KX_E_UNSUPPORTED);
    ck_assert_str_eq(k.err.message, "internal error, please report it: one");
    ck_assert_str_eq(k.err.input, "a.json");
    ck_assert_str_eq(k.err.pointer, "/parts/0");
    ck_assert_int_eq(k.err.status, KX_E_UNSUPPORTED);
    ck_assert_int_eq(k.err.code, 1002);
    ck_assert_uint_eq(k.err.offset, 17);
    ck_assert_uint_eq(k.err.line, 3);
    ck_assert_uint_eq(k.err.column, 5);
    ck_assert(k.diag.failed);
    ck_assert_uint_eq(k.findings.count, 0); /* errors go there only when collecting */
    kit_free(&k);
}
END_TEST

START_TEST(chinese_by_default)
{
    struct kit k;
    kit_init(&k);
    k.diag.language = KX_LANG_ZH;
    KXI_FAIL(&k.diag, INTERNAL, KXI_NOWHERE, KXI_A_CSTR("甲"));
    ck_assert_str_eq(k.err.message, "内部错误，请向维护者报告：甲");
    ck_assert_uint_eq(k.err.line, 0);
    kit_free(&k);
}
END_TEST

START_TEST(nobody_has_to_listen)
{
    kxi_diag silent = { .language = KX_LANG_EN };
    ck_assert_int_eq(KXI_FAIL(&silent, INTERNAL, KXI_NOWHERE, KXI_A_INT(1)), KX_E_UNSUPPORTED);
    ck_assert_int_eq(KXI_FAIL(NULL, INTERNAL, KXI_NOWHERE, KXI_A_INT(1)), KX_E_UNSUPPORTED);
    ck_assert_int_eq(kxi_nomem(&silent), KX_E_NOMEM);
    ck_assert_int_eq(kxi_nomem(NULL), KX_E_NOMEM);
}
END_TEST

static const struct {
    const char *text;
    int64_t number; /* used when text is NULL */
    const char *message;
} arguments[] = {
    { "a b", 0, "internal error, please report it: a b" },
    { NULL, INT64_MIN, "internal error, please report it: -9223372036854775808" },
    { NULL, 0, "internal error, please report it: 0" },
    { "", 0, "internal error, please report it: " },
    { "{0} {1}", 0, "internal error, please report it: {0} {1}" },              /* arguments are not patterns */
    { "a\nb\t\x7f", 0, "internal error, please report it: a\\x0Ab\\x09\\x7F" }, /* stays one line */
    { "\xff"
      "a\xe4\xb8",
      0, "internal error, please report it: \\xFFa\\xE4\\xB8" },                /* stays UTF-8 */
    { "\xed\xa0\x80", 0, "internal error, please report it: \\xED\\xA0\\x80" }, /* no surrogates */
    { "\xc0\x80\xf4\x90\x80\x80", 0, "internal error, please report it: \\xC0\\x80\\xF4\\x90\\x80\\x80" },
    { "\xf0\xa0\x80\x80", 0, "internal error, please report it: \xf0\xa0\x80\x80" },
};

START_TEST(argument_case)
{
    struct kit k;
    kit_init(&k);
    kxi_arg arg = arguments[_i].text ? KXI_A_CSTR(arguments[_i].text) : KXI_A_INT(arguments[_i].number);
    kxi_diag_add(&k.diag, KXI_MSG_INTERNAL, KXI_NOWHERE, &arg, 1);
    ck_assert_str_eq(k.err.message, arguments[_i].message);
    kit_free(&k);
}
END_TEST

START_TEST(missing_argument_shows)
{
    struct kit k;
    kit_init(&k);
    KXI_FAIL0(&k.diag, INTERNAL, KXI_NOWHERE);
    ck_assert_str_eq(k.err.message, "internal error, please report it: {0}");
    kit_free(&k);
}
END_TEST

/* Whatever its length, a text that is too long ends with "…" after a whole character. */
START_TEST(long_texts_end_at_a_character) /* _i ASCII letters before the Chinese ones */
{
    struct kit k;
    char text[1000];
    kit_init(&k);
    memset(text, 'x', (size_t)_i);
    size_t n = (size_t)_i;
    for (; n + 3 < sizeof(text); n += 3)
        memcpy(text + n, "县", 3);
    kxi_str s = { text, n };
    kxi_diag_add(&k.diag, KXI_MSG_INTERNAL, (kxi_place){ s, s, 0, 1, 1 }, &KXI_A_STR(s), 1);
    const struct {
        const char *field;
        size_t size, before;
    } fields[] = { { k.err.input, sizeof(k.err.input), 0 },
                   { k.err.pointer, sizeof(k.err.pointer), 0 },
                   { k.err.message, sizeof(k.err.message), strlen("internal error, please report it: ") } };
    for (size_t f = 0; f < COUNT(fields); f++) {
        size_t whole = fields[f].size - 1 - strlen("…") - fields[f].before;
        size_t kept = (size_t)_i + (whole - (size_t)_i) / 3 * 3;
        ck_assert_uint_eq(strlen(fields[f].field), fields[f].before + kept + strlen("…"));
        ck_assert_mem_eq(fields[f].field + fields[f].before, text, kept);
        ck_assert_str_eq(fields[f].field + fields[f].before + kept, "…");
    }
    kit_free(&k);
}
END_TEST

/* Text that fits to the last byte is not cut. */
START_TEST(text_that_just_fits)
{
    struct kit k;
    char text[200];
    kit_init(&k);
    memset(text, 'x', sizeof(text));
    KXI_FAIL(&k.diag, INTERNAL, ((kxi_place){ { text, 159 }, { text, 160 }, 0, 1, 1 }), KXI_A_INT(1));
    ck_assert_uint_eq(strlen(k.err.input), 159);
    ck_assert_int_eq(k.err.input[158], 'x');
    ck_assert_uint_eq(strlen(k.err.pointer), 159);
    ck_assert_str_eq(k.err.pointer + 156, "…");
    kit_free(&k);
}
END_TEST

/* A caller built with a shorter struct: nothing is written past what it has, texts are still terminated. */
START_TEST(shorter_error_structs)
{
    enum { GUARD = 0x5a };
    for (size_t size = 0; size <= sizeof(kx_error) + 8; size++) {
        unsigned char *raw = malloc(sizeof(kx_error) + 16);
        kx_error *err = (kx_error *)raw;
        memset(raw, GUARD, sizeof(kx_error) + 16);
        err->size = size;
        kxi_diag d = { .language = KX_LANG_EN, .err = err };
        KXI_FAIL(&d, INTERNAL, place_at("some file", "/a/b"), KXI_A_CSTR("a message of some length"));
        ck_assert_uint_eq(err->size, size);
        for (size_t i = size < sizeof(size_t) ? sizeof(size_t) : size; i < sizeof(kx_error) + 16; i++)
            must(raw[i] == GUARD, "size %zu: byte %zu", size, i);
        if (size >= offsetof(kx_error, code))
            ck_assert_int_eq(err->status, KX_E_UNSUPPORTED);
        if (size > offsetof(kx_error, message)) {
            size_t room = size - offsetof(kx_error, message);
            ck_assert(memchr(err->message, 0, room) != NULL);
            ck_assert_str_eq(err->input, "some file");
        }
        free(raw);
    }
}
END_TEST

START_TEST(findings_are_collected)
{
    struct kit k;
    kit_init(&k);
    k.findings.limit = 3;
    k.diag.collect = true;
    for (int i = 0; i < 5; i++)
        KXI_FAIL(&k.diag, INTERNAL, place_at("t.csv", ""), KXI_A_INT(i));
    ck_assert_uint_eq(k.findings.count, 3);
    ck_assert_uint_eq(k.findings.left_out, 2);
    ck_assert_uint_eq(k.findings.errors, 5);
    for (size_t i = 0; i < 3; i++) {
        const kxi_finding *f = &k.findings.items[i];
        char expected[40];
        snprintf(expected, sizeof(expected), "internal error, please report it: %zu", i);
        assert_str(f->text, expected);
        assert_str(f->place.input, "t.csv");
        ck_assert_uint_eq(f->place.pointer.n, 0);
        ck_assert_uint_eq(f->place.line, 3);
        ck_assert_int_eq(f->msg, KXI_MSG_INTERNAL);
        ck_assert_int_eq(f->severity, KXI_ERROR);
        ck_assert_str_eq(kxi_severity_name(f->severity), "error");
    }
    ck_assert_str_eq(k.err.message, "internal error, please report it: 0");
    /* out of memory ends the collecting, so that is what the call returned */
    ck_assert_int_eq(kxi_nomem(&k.diag), KX_E_NOMEM);
    ck_assert_int_eq(k.err.status, KX_E_NOMEM);
    kit_free(&k);
}
END_TEST

static kx_status
findings_scenario(kxi_mem *mem, void *user)
{
    (void)user;
    struct kit k;
    kx_status status = KX_E_UNSUPPORTED;
    kit_begin(&k, mem);
    k.diag.collect = true;
    for (int i = 0; i < 300 && status == KX_E_UNSUPPORTED; i++)
        status = KXI_FAIL(&k.diag, INTERNAL, place_at("t.csv", "/x"), KXI_A_INT(i));
    ck_assert(k.diag.failed);
    ck_assert_int_eq(k.err.status, status);
    kit_end(&k);
    return status == KX_E_UNSUPPORTED ? KX_OK : status;
}

START_TEST(findings_survive_faults)
{
    fault_each(_i == 1, findings_scenario, NULL);
}
END_TEST

/* Every placeholder of one language stands in the other too, codes are in order within a layer, nothing is empty. */
START_TEST(message_table_is_sound)
{
    for (int m = 1; m < KXI_MSG_COUNT; m++) {
        const char *en = kxi_msg_text(m, KX_LANG_EN), *zh = kxi_msg_text(m, KX_LANG_ZH);
        ck_assert_msg(*en && *zh, "%s: no text", kxi_msg_name(m));
        for (char digit = '0'; digit <= '9'; digit++) {
            const char mark[] = { '{', digit, '}', 0 };
            must(!strstr(en, mark) == !strstr(zh, mark), "%s: %s in one language only", kxi_msg_name(m), mark);
        }
        ck_assert_msg((kxi_msg_severity(m) == KXI_ERROR) == (kxi_msg_status(m) < 0), "%s: status", kxi_msg_name(m));
        for (int other = 1; other < m; other++)
            must(kxi_msg_code(m) != kxi_msg_code(other), "%s and %s: the same code", kxi_msg_name(m),
                 kxi_msg_name(other));
    }
}
END_TEST

static const struct {
    const char *asked, *answer;
} nearest[] = {
    { "lebel", "level" },
    { "levle", "level" },
    { "parnet", "parent" },
    { "population", "population" },
    { "popluatoin", "population" },
    { "xyz", "" },
    { "", "" },
    { "a", "" }, /* nothing in common */
    { "townsihp", "township" },
    { "单价", "单位" }, /* two bytes of six differ */
    { "年份", "" },
    { "所属单价", "所属单位" },
};

START_TEST(nearest_case)
{
    static const kxi_str names[] = { { "level", 5 }, { "parent", 6 }, { "population", 10 }, { "township", 8 },
                                     { "x", 1 },     { "单位", 6 },   { "所属单位", 12 } };
    assert_str(kxi_nearest(kxi_str_of(nearest[_i].asked), names, COUNT(names)), nearest[_i].answer);
}
END_TEST

struct options_v2 {
    size_t size;
    uint32_t a, b; /* b came later */
};

START_TEST(options_of_any_age)
{
    enum { V1 = offsetof(struct options_v2, b) };
    const struct options_v2 defaults = { sizeof(defaults), 1, 2 };
    struct options_v2 local = defaults;
    struct {
        struct options_v2 known;
        uint64_t newer;
    } given = { { sizeof(given.known), 7, 8 }, 0 };

    ck_assert_int_eq(kxi_options_read(&local, sizeof(local), V1, NULL), KX_OK);
    ck_assert_uint_eq(local.a, 1);
    ck_assert_int_eq(kxi_options_read(&local, sizeof(local), V1, &given), KX_OK);
    ck_assert(local.a == 7 && local.b == 8);
    local = defaults;
    given.known.size = V1;
    ck_assert_int_eq(kxi_options_read(&local, sizeof(local), V1, &given), KX_OK);
    ck_assert(local.a == 7 && local.b == 2 && local.size == sizeof(local));
    local = defaults;
    given.known.size = V1 - 1;
    ck_assert_int_eq(kxi_options_read(&local, sizeof(local), V1, &given), KX_E_ARGUMENT);
    given.known.size = 0x7fffffff;
    ck_assert_int_eq(kxi_options_read(&local, sizeof(local), V1, &given), KX_E_ARGUMENT);
    given.known.size = sizeof(given);
    ck_assert_int_eq(kxi_options_read(&local, sizeof(local), V1, &given), KX_OK);
    local = defaults;
    given.newer = 1;
    ck_assert_int_eq(kxi_options_read(&local, sizeof(local), V1, &given), KX_E_UNSUPPORTED);
    ck_assert(local.a == 1 && local.b == 2);
}
END_TEST

TCase *
diag_tests(void)
{
    TCase *group = tcase_create("diag");
    tcase_add_test(group, first_error_is_kept);
    tcase_add_test(group, chinese_by_default);
    tcase_add_test(group, nobody_has_to_listen);
    tcase_add_loop_test(group, argument_case, 0, COUNT(arguments));
    tcase_add_test(group, missing_argument_shows);
    tcase_add_loop_test(group, long_texts_end_at_a_character, 0, 4);
    tcase_add_test(group, text_that_just_fits);
    tcase_add_test(group, shorter_error_structs);
    tcase_add_test(group, findings_are_collected);
    tcase_add_loop_test(group, findings_survive_faults, 0, 2);
    tcase_add_test(group, message_table_is_sound);
    tcase_add_loop_test(group, nearest_case, 0, COUNT(nearest));
    tcase_add_test(group, options_of_any_age);
    return group;
}
