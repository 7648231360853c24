/* JSON text: what is accepted, what is refused and where, and what the nodes hold. */
#include "io/fixture.h"
#include "io/suite.h"

#include <stdio.h>
#include <stdlib.h>

static kx_status
parse(struct io *io, const char *text, size_t n, kxi_doc **doc)
{
    return kxi_json_parse(io->ctx, KXI_STR("t.json"), (kxi_str){ text, n }, &io->diag, doc);
}

static const char *const accepted[] = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "12.50",
    "1e3",
    "1E+3",
    "1e-07",
    "0.1",
    "-0e0",
    "123456789012345678901234567890",
    "\"\"",
    "\"a\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\u00e9\"",
    "\"\\uD83D\\uDE00\"",
    "\"\\ud83d\\ude00x\"",
    "\"\\u2028\"",
    "\"\x7f\"",
    "\"中文\"",
    "\"\xF4\x8F\xBF\xBF\"",
    "[]",
    "[ ]",
    "[[]]",
    "[1,2]",
    "[1 , 2 ]",
    "[null, true, \"\"]",
    "{}",
    "{ }",
    "{\"\":0}",
    "{\"a\":{}}",
    "{\"a\":1,\"b\":2}",
    "{\"a\" : [1] }",
    " \t\r\n1\n\r\t ",
    "\xEF\xBB\xBF{}",
    "\xEF\xBB\xBF 1",
    "{\"a\":1,\"A\":2}",
    "{\"\\u0061b\":1,\"a\":2}",
    "[\"\\u0001\"]",
    "[-0.0]",
    "[1.000000000000000000000000000000000000001]",
};

START_TEST(is_accepted)
{
    struct io io;
    kxi_doc *doc;
    io_init(&io, NULL);
    kx_status status = parse(&io, accepted[_i], strlen(accepted[_i]), &doc);
    ck_assert_msg(status == KX_OK, "%s: %s", accepted[_i], io.err.message);
    kxi_doc_free(doc);
    io_free(&io);
}
END_TEST

static const struct {
    const char *text;
    enum kxi_msg msg;
    uint32_t line, column;
    const char *words;
} refused[] = {
    { "", KXI_MSG_JSON_EMPTY, 1, 1, "empty" },
    { " \n ", KXI_MSG_JSON_EMPTY, 2, 2, "" },
    { "\xEF\xBB\xBF", KXI_MSG_JSON_EMPTY, 1, 1, "" },
    /* words that are no values */
    { "nul", KXI_MSG_JSON_VALUE, 1, 1, "nul" },
    { "True", KXI_MSG_JSON_VALUE, 1, 1, "True" },
    { "NaN", KXI_MSG_JSON_VALUE, 1, 1, "NaN" },
    { "[Infinity]", KXI_MSG_JSON_VALUE, 1, 2, "Infinity" },
    { "-Infinity", KXI_MSG_JSON_NUMBER, 1, 1, "-Infinity" },
    { "nullx", KXI_MSG_JSON_VALUE, 1, 1, "nullx" },
    { "'a'", KXI_MSG_JSON_VALUE, 1, 1, "'" },
    { "[中]", KXI_MSG_JSON_VALUE, 1, 2, "中" },
    { "/* */ 1", KXI_MSG_JSON_VALUE, 1, 1, "/" },
    { "*", KXI_MSG_JSON_VALUE, 1, 1, "*" },
    { "[,1]", KXI_MSG_JSON_VALUE, 1, 2, "," },
    { "]", KXI_MSG_JSON_VALUE, 1, 1, "]" },
    { "-", KXI_MSG_JSON_VALUE, 1, 1, "-" },
    { "{\"a\":}", KXI_MSG_JSON_VALUE, 1, 6, "}" },
    /* numbers */
    { "01", KXI_MSG_JSON_NUMBER, 1, 1, "\"01\"|01, .5" },
    { "-01", KXI_MSG_JSON_NUMBER, 1, 1, "-01" },
    { "[ .5]", KXI_MSG_JSON_NUMBER, 1, 3, ".5" },
    { "1.", KXI_MSG_JSON_NUMBER, 1, 1, "1." },
    { "1.e5", KXI_MSG_JSON_NUMBER, 1, 1, "" },
    { "+1", KXI_MSG_JSON_NUMBER, 1, 1, "+1" },
    { "1e", KXI_MSG_JSON_NUMBER, 1, 1, "" },
    { "1e+", KXI_MSG_JSON_NUMBER, 1, 1, "" },
    { "1.2.3", KXI_MSG_JSON_NUMBER, 1, 1, "" },
    { "0x10", KXI_MSG_JSON_NUMBER, 1, 1, "0x10" },
    { "1a", KXI_MSG_JSON_NUMBER, 1, 1, "" },
    { "--1", KXI_MSG_JSON_NUMBER, 1, 1, "" },
    { "1_000", KXI_MSG_JSON_NUMBER, 1, 1, "" },
    { "[1234567890123456789012345678901234567890123456789012345678901234]", KXI_MSG_JSON_NUMBER_LONG, 1, 2, "64|63" },
    /* strings */
    { "\"abc", KXI_MSG_JSON_CUT_OFF, 1, 5, "a string|line 1, column 1" },
    { "[\"a\\", KXI_MSG_JSON_CUT_OFF, 1, 5, "a string" },
    { "\"\\x41\"", KXI_MSG_JSON_ESCAPE, 1, 2, "\\x" },
    { "\"\\'\"", KXI_MSG_JSON_ESCAPE, 1, 2, "" },
    { "\"\\u12\"", KXI_MSG_JSON_ESCAPE, 1, 2, "\\u12" },
    { "\"\\u12G4\"", KXI_MSG_JSON_ESCAPE, 1, 2, "" },
    { "\"ab\\u0000\"", KXI_MSG_JSON_NUL, 1, 4, "NUL" },
    { "\"\\ud800\"", KXI_MSG_JSON_SURROGATE, 1, 2, "\\ud800" },
    { "\"\\ud800x\"", KXI_MSG_JSON_SURROGATE, 1, 2, "" },
    { "\"\\udc00\\ud800\"", KXI_MSG_JSON_SURROGATE, 1, 2, "\\udc00" },
    { "\"\\ud800\\u0041\"", KXI_MSG_JSON_SURROGATE, 1, 2, "" },
    { "\"\\ud800\\ud800\"", KXI_MSG_JSON_SURROGATE, 1, 2, "" },
    { "[\"\\uD83D\\uDE\"]", KXI_MSG_JSON_SURROGATE, 1, 3, "" },
    { "\"a\tb\"", KXI_MSG_JSON_CONTROL, 1, 3, "control" },
    { "\"a\nb\"", KXI_MSG_JSON_CONTROL, 1, 3, "" },
    /* objects and arrays */
    { "[1,]", KXI_MSG_JSON_EXTRA_COMMA, 1, 3, "]" },
    { "{\"a\":1 , }", KXI_MSG_JSON_EXTRA_COMMA, 1, 8, "}" },
    { "[1 2]", KXI_MSG_JSON_COMMA, 1, 4, "]|2" },
    { "[1}", KXI_MSG_JSON_COMMA, 1, 3, "\"]\"|\"}\"" },
    { "{\"a\":1]", KXI_MSG_JSON_COMMA, 1, 7, "\"}\"|\"]\"" },
    { "[1,,2]", KXI_MSG_JSON_VALUE, 1, 4, "" },
    { "{a:1}", KXI_MSG_JSON_KEY, 1, 2, "a" },
    { "{1:1}", KXI_MSG_JSON_KEY, 1, 2, "1" },
    { "{'a':1}", KXI_MSG_JSON_KEY, 1, 2, "'" },
    { "{,}", KXI_MSG_JSON_KEY, 1, 2, "" },
    { "{\"a\" 1}", KXI_MSG_JSON_COLON, 1, 6, "\"a\"|1" },
    { "{\"a\"}", KXI_MSG_JSON_COLON, 1, 5, "" },
    { "{\"a\"=1}", KXI_MSG_JSON_COLON, 1, 5, "=" },
    { "{\"a\":1,\"b\":2,\n \"a\":3}", KXI_MSG_JSON_DUPLICATE, 2, 2, "\"a\"|line 1" },
    { "{\"ab\":1,\"\\u0061b\":3}", KXI_MSG_JSON_DUPLICATE, 1, 9, "\"ab\"" },
    { "[{\"x\":{\"中\":1,\n\"中\":1}}]", KXI_MSG_JSON_DUPLICATE, 2, 1, "中" },
    /* the end */
    { "[", KXI_MSG_JSON_CUT_OFF, 1, 2, "a list|line 1, column 1" },
    { "\n {\"a\": [1, ", KXI_MSG_JSON_CUT_OFF, 2, 12, "a list|line 2, column 8" },
    { "{", KXI_MSG_JSON_CUT_OFF, 1, 2, "an object" },
    { "{\"a\"", KXI_MSG_JSON_CUT_OFF, 1, 5, "an object" },
    { "{\"a\":", KXI_MSG_JSON_CUT_OFF, 1, 6, "an object" },
    { "{\"a\":1", KXI_MSG_JSON_CUT_OFF, 1, 7, "" },
    { "{\"a\":1,", KXI_MSG_JSON_CUT_OFF, 1, 8, "" },
    { "{} {}", KXI_MSG_JSON_TRAILING, 1, 4, "{" },
    { "1 2", KXI_MSG_JSON_TRAILING, 1, 3, "2" },
    { "[]]", KXI_MSG_JSON_TRAILING, 1, 3, "]" },
    { "{}\n# note", KXI_MSG_JSON_TRAILING, 2, 1, "#" },
    { "\xEF\xBB\xBF\xEF\xBB\xBF{}", KXI_MSG_JSON_VALUE, 1, 1, "" },
    /* bytes that are not UTF-8, wherever they stand */
    { "[\"\xFF\"]", KXI_MSG_JSON_UTF8, 1, 3, "\\xFF" },
    { "[\n\"\xC0\xAF\"]", KXI_MSG_JSON_UTF8, 2, 2, "\\xC0" },
    { "\"\xED\xA0\x80\"", KXI_MSG_JSON_UTF8, 1, 2, "" },
    { "\"\xF4\x90\x80\x80\"", KXI_MSG_JSON_UTF8, 1, 2, "" },
    { "\"中\xE4\xB8\"", KXI_MSG_JSON_UTF8, 1, 3, "" },
};

START_TEST(is_refused)
{
    struct io io;
    kxi_doc *doc = (kxi_doc *)&io;
    io_init(&io, NULL);
    kx_status status = parse(&io, refused[_i].text, strlen(refused[_i].text), &doc);
    ck_assert_msg(status != KX_OK, "%s is accepted", refused[_i].text);
    assert_failed(&io, status, refused[_i].msg, refused[_i].line, refused[_i].column, refused[_i].words);
    ck_assert_str_eq(io.err.input, "t.json");
    ck_assert_ptr_null(doc);
    io_free(&io);
}
END_TEST

START_TEST(nul_bytes_are_refused)
{
    static const char inside[] = "[\"a\0b\"]", behind[] = "1\0", between[] = "[\0]";
    struct io io;
    kxi_doc *doc;
    io_init(&io, NULL);
    assert_failed(&io, parse(&io, inside, sizeof(inside) - 1, &doc), KXI_MSG_JSON_CONTROL, 1, 4, "");
    io_again(&io);
    assert_failed(&io, parse(&io, behind, sizeof(behind) - 1, &doc), KXI_MSG_JSON_TRAILING, 1, 2, "\\x00");
    io_again(&io);
    assert_failed(&io, parse(&io, between, sizeof(between) - 1, &doc), KXI_MSG_JSON_VALUE, 1, 2, "");
    io_free(&io);
}
END_TEST

/* What follows one letter after the other of a sound text is never taken for the whole. */
START_TEST(every_cut_is_refused)
{
    static const char text[] = "{\"a\": [1, -2.5e3, \"\\u4e2d\\n中\", {\"b\": null}], \"c\": true}";
    struct io io;
    io_init(&io, NULL);
    for (size_t n = 0; n + 1 < sizeof(text); n++) {
        kxi_doc *doc;
        char *copy = malloc(n + 1); /* so that a byte too far is seen */
        memcpy(copy, text, n);
        ck_assert_msg(parse(&io, copy, n, &doc) == KX_E_SYNTAX, "%zu bytes are accepted", n);
        free(copy);
    }
    io_free(&io);
}
END_TEST

START_TEST(nodes_hold_the_text)
{
    static const char text[] = " {\"a\": [9007199254740993, \"x\\u4e2d\\n \", false],\n  \"k\\u0021\": {\"\": null}}";
    struct io io;
    kxi_doc *doc;
    io_init(&io, NULL);
    ck_assert_int_eq(parse(&io, text, strlen(text), &doc), KX_OK);
    const kxi_node *root = doc->root;
    ck_assert(root->type == KXI_NODE_OBJECT && root->count == 2 && !root->parent && root->doc == doc);
    ck_assert(root->offset == 1 && root->end == strlen(text));
    const kxi_node *a = kxi_node_get(root, "a");
    ck_assert(a && a->type == KXI_NODE_ARRAY && a->count == 3 && a->parent == root && a->index == 0);
    ck_assert(a->key_offset == 2 && a->offset == 7);
    const kxi_node *item = a->child;
    ck_assert(item->type == KXI_NODE_NUMBER && item->offset == 8 && item->end == 24);
    assert_str(item->text, "9007199254740993");
    item = item->next;
    ck_assert(item->type == KXI_NODE_STRING && item->index == 1);
    assert_str(item->text, "x中\n ");
    ck_assert(item->text.s[item->text.n] == '\0');
    item = item->next;
    ck_assert(item->type == KXI_NODE_BOOL && !item->yes && !item->next);
    const kxi_node *k = kxi_node_get(root, "k!");
    ck_assert(k && k->index == 1 && k->child && k->child->type == KXI_NODE_NULL && k->child->key.n == 0);
    kxi_place place = kxi_node_place(&doc->arena, k->child);
    ck_assert(place.line == 2 && place.column == 19);
    assert_str(place.pointer, "/k!/");
    kxi_doc_free(doc);
    io_free(&io);
}
END_TEST

static const char *const digits[] = {
    "9007199254740993",     "0.1", "-0", "1e400", "1E-400", "123456789012345678901234567890.123456789", "0.10000",
    "-9223372036854775808",
};

START_TEST(numbers_keep_their_digits)
{
    struct io io;
    kxi_doc *doc;
    io_init(&io, NULL);
    ck_assert_int_eq(parse(&io, digits[_i], strlen(digits[_i]), &doc), KX_OK);
    assert_str(doc->root->text, digits[_i]);
    kxi_doc_free(doc);
    io_free(&io);
}
END_TEST

static kx_status
parse_nested(struct io *io, size_t depth, char open, kxi_doc **doc)
{
    char *text = malloc(2 * depth + 1);
    memset(text, open, depth);
    memset(text + depth, ']', depth);
    kx_status status = parse(io, text, open == '[' ? 2 * depth : depth, doc);
    free(text);
    return status;
}

START_TEST(depth_has_a_limit)
{
    struct io io;
    kxi_doc *doc;
    io_init(&io, NULL);
    ck_assert_int_eq(parse_nested(&io, 64, '[', &doc), KX_OK);
    kxi_doc_free(doc);
    assert_failed(&io, parse_nested(&io, 65, '[', &doc), KXI_MSG_JSON_DEPTH, 1, 65, "64|max_depth");
    io_again(&io);
    assert_failed(&io, parse_nested(&io, 10000, '[', &doc), KXI_MSG_JSON_DEPTH, 1, 65, "");
    io_again(&io);
    assert_failed(&io, parse_nested(&io, 10000, '{', &doc), KXI_MSG_JSON_KEY, 1, 2, "");
    io_free(&io);
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.max_depth = 500;
    io_init(&io, &options);
    ck_assert_int_eq(parse_nested(&io, 500, '[', &doc), KX_OK);
    kxi_doc_free(doc);
    io_free(&io);
}
END_TEST

START_TEST(size_has_a_limit)
{
    struct io io;
    kxi_doc *doc;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.max_text = 8;
    io_init(&io, &options);
    ck_assert_int_eq(parse(&io, "[1,2,34]", 8, &doc), KX_OK);
    kxi_doc_free(doc);
    assert_failed(&io, parse(&io, "[1,2,345]", 9, &doc), KXI_MSG_JSON_SIZE, 0, 0, "8 bytes|max_text");
    io_free(&io);
}
END_TEST

/* Objects of many members are searched for a second key in another way than those of few. */
START_TEST(keys_are_unique_in_large_objects)
{
    struct io io;
    kxi_doc *doc;
    kxi_buf text;
    io_init(&io, NULL);
    for (int members = 15; members <= 40; members++) {
        for (int twice = 0; twice < 2; twice++) {
            kxi_buf_init(&text, &io.ctx->mem);
            for (int i = 0; i < members; i++) {
                kxi_buf_cstr(&text, i ? ",\n\"k" : "{\"k");
                kxi_buf_int(&text, twice && i == members - 1 ? members / 2 : i);
                kxi_buf_cstr(&text, "\":0");
            }
            kxi_buf_char(&text, '}');
            kx_status status = parse(&io, text.s, text.n, &doc);
            kxi_buf_free(&text);
            if (!twice) {
                ck_assert_int_eq(status, KX_OK);
                kxi_doc_free(doc);
                continue;
            }
            char line[32];
            snprintf(line, sizeof(line), "line %d", members / 2 + 1);
            assert_failed(&io, status, KXI_MSG_JSON_DUPLICATE, (uint32_t)members, 1, line);
            io_again(&io);
        }
    }
    io_free(&io);
}
END_TEST

START_TEST(messages_speak_chinese)
{
    struct io io;
    kxi_doc *doc;
    io_init(&io, NULL);
    io.diag.language = KX_LANG_ZH;
    assert_failed(&io, parse(&io, "[1, {", 5, &doc), KXI_MSG_JSON_CUT_OFF, 1, 6, "对象|第 1 行第 5 列");
    io_free(&io);
}
END_TEST

TCase *
json_tests(void)
{
    TCase *t = tcase_create("json");
    tcase_add_loop_test(t, is_accepted, 0, COUNT(accepted));
    tcase_add_loop_test(t, is_refused, 0, COUNT(refused));
    tcase_add_test(t, nul_bytes_are_refused);
    tcase_add_test(t, every_cut_is_refused);
    tcase_add_test(t, nodes_hold_the_text);
    tcase_add_loop_test(t, numbers_keep_their_digits, 0, COUNT(digits));
    tcase_add_test(t, depth_has_a_limit);
    tcase_add_test(t, size_has_a_limit);
    tcase_add_test(t, keys_are_unique_in_large_objects);
    tcase_add_test(t, messages_speak_chinese);
    return t;
}
