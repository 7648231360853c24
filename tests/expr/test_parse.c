/* Precedence, the tree as others see it, and how deep things may nest. */
#include <stdlib.h>

#include "fixture.h"
#include "suite.h"

static const struct {
    const char *text, *value;
} binding[] = {
    { "1 + 2 * 3", "7" },
    { "(1 + 2) * 3", "9" },
    { "2 * 3 + 1", "7" },
    { "10 - 4 - 3", "3" },
    { "10 - (4 - 3)", "9" },
    { "100 / 5 / 2", "10" },
    { "7 % 4 * 2", "6" },
    { "2 * 7 % 4", "2" },
    { "-2 * -3", "6" },
    { "-2 + 5", "3" },
    { "- 2 - -5", "3" },
    { "1 + 1 == 2", "true" },
    { "1 + 2 in [3]", "true" },
    { "-one in [-1]", "true" },
    { "2 > 1 && 1 > 2 || true", "true" },
    { "true || true && false", "true" },
    { "(true || true) && false", "false" },
    { "!false && false", "false" },
    { "!(false && false)", "true" },
    { "!yes == no", "true" },
    { "1 < 2 && 'a' in ['a'] && !no", "true" },
    { "yes ? 1 : 2 + 5", "1" },
    { "(yes ? 1 : 2) + 5", "6" },
    { "no || yes ? 1 : 2", "1" },
    { "no ? 1 : yes ? 2 : 3", "2" },
    { "yes ? no ? 1 : 2 : 3", "2" },
    { "-size('ab') + 1", "-1" },
    { "!'ab'.contains('c')", "true" },
    { "worth[level] * 2 + 1", "12" },
    { "'a' + 'b' == 'ab'", "true" },
    { "('a' + 'b').size()", "2" },
    { "((((1))))", "1" },
};

START_TEST(binding_case)
{
    struct kit kit;
    struct fixture f;
    kit_init(&kit);
    fixture_single(&f, &kit);
    const char *got = fixture_eval(&f, binding[_i].text);
    ck_assert_msg(strcmp(got, binding[_i].value) == 0, "%s: %s instead of %s", binding[_i].text, got,
                  binding[_i].value);
    kit_free(&kit);
}
END_TEST

/* `open` n times, `middle`, `close` n times. */
static char *
nested(const char *open, const char *middle, const char *close, size_t n)
{
    size_t a = strlen(open), b = strlen(close), m = strlen(middle);
    char *text = malloc(n * (a + b) + m + 1), *at = text;
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < n; i++, at += a)
        memcpy(at, open, a);
    memcpy(at, middle, m);
    at += m;
    for (size_t i = 0; i < n; i++, at += b)
        memcpy(at, close, b);
    *at = '\0';
    return text;
}

static const struct {
    const char *open, *middle, *close;
} nests[] = {
    { "(", "1", ")" },       { "-", "one", "" },         { "!", "yes", "" },        { "-(", "one", ")" },
    { "abs(", "one", ")" },  { "yes ? 1 : ", "2", "" },  { "yes ? ", "2", " : 1" }, { "(yes ? 1 : ", "2", ")" },
    { "1 + (", "1", ")" },   { "worth[", "level", "]" }, { "[", "1", "]" },         { "", "abc", ".size()" },
    { "max(1, ", "1", ")" }, { "one in [", "1", "]" },   { "(", "", "" },           { "abs(", "", "" },
    { "[", "", "" },         { "one < (", "", "" },
};

/* Whatever nests is refused at a depth, long before the C stack ends. */
START_TEST(nesting)
{
    static const size_t depths[] = { 600, 10000, 200000 };
    for (size_t i = 0; i < COUNT(depths); i++) {
        for (uint32_t max = 64; max <= 500; max += 436) {
            struct kit kit;
            struct fixture f;
            const kxi_expr *e;
            char *text = nested(nests[_i].open, nests[_i].middle, nests[_i].close, depths[i]);
            kit_init(&kit);
            fixture_single(&f, &kit);
            f.max_depth = max;
            kx_status st = fixture_compile(&f, text, KXI_V_NULL, &e);
            bool too_long = strlen(text) > 1 << 20;
            ck_assert_msg(st == KX_E_LIMIT, "%s %zu: %d %s", nests[_i].open, depths[i], (int)st, kit.err.message);
            ck_assert_int_eq(kit.err.code, kxi_msg_code(too_long ? KXI_MSG_EXPR_LONG : KXI_MSG_EXPR_DEPTH));
            free(text);
            kit_free(&kit);
        }
    }
}
END_TEST

START_TEST(nesting_allowed)
{
    static const struct {
        const char *open, *middle, *close, *value;
        size_t n;
        uint32_t max_depth;
    } good[] = {
        { "(", "1", ")", "1", 63, 64 },         { "(", "1", ")", "1", 499, 500 },
        { "-", "one", "", "-1", 63, 64 },       { "!(", "yes", ")", "true", 30, 64 },
        { "abs(", "neg", ")", "7.25", 60, 64 }, { "no ? 1 : ", "2", "", "2", 63, 64 },
        { "1 + (", "0", ")", "60", 60, 64 },    { "max(2, (1 + (", "1", ")))", "20", 19, 64 },
    };
    for (size_t i = 0; i < COUNT(good); i++) {
        struct kit kit;
        struct fixture f;
        char *text = nested(good[i].open, good[i].middle, good[i].close, good[i].n);
        kit_init(&kit);
        fixture_single(&f, &kit);
        f.max_depth = good[i].max_depth;
        ck_assert_str_eq(fixture_eval(&f, text), good[i].value);
        free(text);
        kit_free(&kit);
    }
}
END_TEST

/* A chain does not nest, however long. */
START_TEST(chains)
{
    static const struct {
        const char *first, *more, *value;
    } chain[] = {
        { "one", " + one", "20001" },  { "one", " - 1", "-19999" }, { "yes", " && yes", "true" },
        { "no", " || ub", "?LOOKUP" }, { "(one)", " * 1", "1" },
    };
    struct kit kit;
    struct fixture f;
    char *text = nested("", chain[_i].first, chain[_i].more, 20000);
    kit_init(&kit);
    fixture_single(&f, &kit);
    ck_assert_str_eq(fixture_eval(&f, text), chain[_i].value);
    free(text);
    kit_free(&kit);
}
END_TEST

START_TEST(long_list)
{
    struct kit kit;
    struct fixture f;
    char *text = nested("", "two in [0", ",7,-3,2.5", 20000);
    kit_init(&kit);
    fixture_single(&f, &kit);
    size_t n = strlen(text);
    text = realloc(text, n + 4);
    memcpy(text + n, ",2]", 4);
    ck_assert_str_eq(fixture_eval(&f, text), "true");
    text[n + 1] = '5';
    ck_assert_str_eq(fixture_eval(&f, text), "false");
    free(text);
    kit_free(&kit);
}
END_TEST

/* Arguments as a scope sees them. */
struct seen {
    kxi_str function, name, text, string, path;
    kxi_num number;
    size_t count, parts;
    kxi_place place;
};

static kx_status
see_call(void *user, kxi_str function, const kxi_ast *const *args, size_t count, kxi_place place, kxi_binding *out,
         kxi_diag *d)
{
    struct seen *s = user;
    const kxi_str *path;
    (void)d;
    s->function = function;
    s->count = count;
    s->place = place;
    for (size_t i = 0; i < count; i++) {
        s->text = kxi_ast_text(args[i]);
        ck_assert_int_eq(kxi_ast_name(args[i], &s->name), i == 0);
        ck_assert_int_eq(kxi_ast_number(args[i], &s->number), i == 1);
        ck_assert_int_eq(kxi_ast_string(args[i], &s->string), i == 2);
        if (kxi_ast_path(args[i], &path) > 1) {
            s->parts = kxi_ast_path(args[i], &path);
            s->path = path[s->parts - 1];
        }
    }
    *out = (kxi_binding){ .kind = KXI_BIND_NUMBER, .number = kxi_num_int(42) };
    return KX_OK;
}

START_TEST(arguments)
{
    struct kit kit;
    struct seen s = { 0 };
    kxi_scope scope = { .user = &s, .call = see_call };
    const kxi_expr *e;
    kxi_num value;
    kit_init(&kit);
    kxi_compile c = { .arena = &kit.arena, .scope = &scope, .max_depth = 64, .max_digits = 100, .diag = &kit.diag };
    kxi_str text = KXI_STR("1 +\n 组.rank(total, -2.5, '甲', unit.level.name, (a + b)*c )");
    ck_assert_int_eq(kxi_expr_compile_text(&c, text, KXI_V_NUMBER, &e), KX_OK);
    ck_assert(kxi_expr_constant_number(e, &value) && kxi_num_eq(value, kxi_num_int(43)));
    assert_str(s.function, "组.rank");
    assert_str(s.name, "total");
    assert_str(s.string, "甲");
    assert_str(s.text, "(a + b)*c");
    assert_str(s.path, "name");
    ck_assert_uint_eq(s.parts, 3);
    ck_assert_uint_eq(s.count, 5);
    ck_assert_int_eq(s.number.n, -5);
    ck_assert_int_eq(s.number.d, 2);
    ck_assert_uint_eq(s.place.line, 2);
    ck_assert_uint_eq(s.place.column, 2);
    ck_assert_uint_eq(s.place.offset, 5);
    kit_free(&kit);
}
END_TEST

TCase *
parse_tests(void)
{
    TCase *t = tcase_create("parse");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, binding_case, 0, COUNT(binding));
    tcase_add_loop_test(t, nesting, 0, COUNT(nests));
    tcase_add_test(t, nesting_allowed);
    tcase_add_loop_test(t, chains, 0, 5);
    tcase_add_test(t, long_list);
    tcase_add_test(t, arguments);
    return t;
}
