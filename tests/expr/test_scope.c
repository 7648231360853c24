/* Names: definitions, functions and indices of the scope, places inside a scheme; and what an expression tells of itself. */
#include <inttypes.h>
#include <stdio.h>

#include "fixture.h"
#include "suite.h"

static const char *const definitions[] = {
    "full=100",
    "flag=true",
    "worth2=\"worth[level] * 2\"",
    "chain=\"worth2 + full\"",
    "half=\"full / 2\"",
    "ratio=\"one / two\"",
    "kinds=\"['a', 'abc']\"",
    "me=\"me + 1\"",
    "a=\"b + 1\"",
    "b=\"one + c\"",
    "c=\"two * a\"",
    "bad=\"one +\"",
    "worse=\"one + 'x'\"",
    "escaped=\"'\\u7532' + levle\"~'甲' + levle",
    "list=[1]",
    "digits=1e999999",
    "other=\"nt != 'a' && 1 / 0 > 1\"",
};

static void
defined(struct fixture *f, struct kit *kit)
{
    kit_init(kit);
    fixture_single(f, kit);
    f->definitions = make_object(kit, definitions, COUNT(definitions));
}

static const struct {
    const char *text, *value;
} uses[] = {
    { "full + 1", "101" },          { "flag ? 1 : 2", "1" },    { "worth2 + worth2", "22" }, { "chain", "111" },
    { "half * 2 == full", "true" }, { "abc in kinds", "true" }, { "ratio + ratio", "1" },    { "size(kinds)", "2" },
};

START_TEST(definition_use)
{
    struct kit kit;
    struct fixture f;
    defined(&f, &kit);
    ck_assert_str_eq(fixture_eval(&f, uses[_i].text), uses[_i].value);
    kit_free(&kit);
}
END_TEST

/* An error in a definition is told at its own place. The object begins "{\n" and has a member a line. */
static const struct {
    const char *text;
    enum kxi_msg msg;
    uint32_t line, column;
    const char *pointer, *says;
} misuses[] = {
    { "bad", KXI_MSG_EXPR_EXPECTED, 13, 14, "/bad", NULL },
    { "1 + worse", KXI_MSG_EXPR_OPERANDS, 14, 17, "/worse", NULL },
    { "escaped", KXI_MSG_EXPR_UNKNOWN_NAME_NEAR, 15, 12, "/escaped", "'level'" }, /* escapes: the start of the string */
    { "list", KXI_MSG_EXPR_SOURCE, 16, 9, "/list", NULL },
    { "digits", KXI_MSG_EXPR_DIGITS, 17, 11, "/digits", "20000" },
    { "me", KXI_MSG_EXPR_CIRCLE, 9, 8, "/me", "me -> me" },
    { "1 + a", KXI_MSG_EXPR_CIRCLE, 12, 13, "/c", "a -> b -> c -> a" },
    { "b", KXI_MSG_EXPR_CIRCLE, 10, 7, "/a", "b -> c -> a -> b" },
};

START_TEST(definition_misuse)
{
    struct kit kit;
    struct fixture f;
    const kxi_expr *e;
    defined(&f, &kit);
    kx_status st = fixture_compile(&f, misuses[_i].text, KXI_V_NULL, &e);
    ck_assert_msg(kit.err.code == kxi_msg_code(misuses[_i].msg), "%s: %d %s", misuses[_i].text, kit.err.code,
                  kit.err.message);
    ck_assert_int_eq(st, kit.err.status);
    ck_assert_str_eq(kit.err.input, "scheme.json");
    ck_assert_str_eq(kit.err.pointer, misuses[_i].pointer);
    ck_assert_uint_eq(kit.err.line, misuses[_i].line);
    ck_assert_uint_eq(kit.err.column, misuses[_i].column);
    ck_assert_msg(!misuses[_i].says || strstr(kit.err.message, misuses[_i].says), "%s", kit.err.message);
    kit_free(&kit);
}
END_TEST

/* A warning inside a definition is said once. */
START_TEST(one_warning)
{
    struct kit kit;
    struct fixture f;
    const kxi_expr *e;
    defined(&f, &kit);
    ck_assert_int_eq(fixture_compile(&f, "other || one > 1", KXI_V_BOOL, &e), KX_OK);
    ck_assert_int_eq(fixture_compile(&f, "two > 1 && other", KXI_V_BOOL, &e), KX_OK);
    ck_assert_uint_eq(kit.findings.count, 2);
    ck_assert_int_eq(kit.findings.items[0].msg, KXI_MSG_EXPR_NOT_EQUAL);
    ck_assert_int_eq(kit.findings.items[1].msg, KXI_MSG_EXPR_ALWAYS_UNKNOWN);
    kit_free(&kit);
}
END_TEST

/* Nodes themselves: a string is an expression, a number or a bool is itself. */
START_TEST(from_node)
{
    static const struct {
        const char *name;
        enum kxi_vtype want;
        kx_status status;
    } nodes[] = {
        { "full", KXI_V_NUMBER, KX_OK },     { "flag", KXI_V_BOOL, KX_OK },         { "ratio", KXI_V_NUMBER, KX_OK },
        { "full", KXI_V_BOOL, KX_E_SCHEME }, { "flag", KXI_V_NUMBER, KX_E_SCHEME }, { "list", KXI_V_NULL, KX_E_SCHEME },
        { "bad", KXI_V_NULL, KX_E_SYNTAX },  { "digits", KXI_V_NULL, KX_E_LIMIT },
    };
    for (size_t i = 0; i < COUNT(nodes); i++) {
        struct kit kit;
        struct fixture f;
        kxi_scope scope;
        const kxi_expr *e;
        defined(&f, &kit);
        kxi_compile c = fixture_compiler(&f, &scope);
        const kxi_node *node = kxi_node_get(f.definitions, nodes[i].name);
        ck_assert_int_eq(kxi_expr_compile(&c, node, nodes[i].want, &e), nodes[i].status);
        ck_assert_int_eq(kit.err.status, nodes[i].status);
        kit_free(&kit);
    }
}
END_TEST

/* Definitions that double each other stay small, those that nest too deep are refused. */
START_TEST(many_definitions)
{
    enum { COUNT_OF = 600 };
    static char texts[COUNT_OF][48];
    const char *members[COUNT_OF];
    for (int depth = 200; depth <= COUNT_OF; depth += 400) {
        struct kit kit;
        struct fixture f;
        const kxi_expr *e;
        for (int i = 0; i < depth; i++) {
            snprintf(texts[i], sizeof(texts[i]), i + 1 < depth ? "x%d=\"x%d + x%d\"" : "x%d=1", i, i + 1, i + 1);
            members[i] = texts[i];
        }
        kit_init(&kit);
        fixture_single(&f, &kit);
        f.definitions = make_object(&kit, members, (size_t)depth);
        f.max_depth = depth == 200 ? 128 : 64;
        kx_status st = fixture_compile(&f, "x0 > 0", KXI_V_BOOL, &e);
        ck_assert_int_eq(st, depth == 200 ? KX_OK : KX_E_LIMIT);
        ck_assert_int_eq(kit.err.code, depth == 200 ? 0 : kxi_msg_code(KXI_MSG_EXPR_DEPTH));
        kit_free(&kit);
    }
}
END_TEST

/* ---- a scope with functions and indices ---- */

struct asked {
    kxi_str function, index, key;
    size_t calls;
};

static kx_status
give_number(kxi_binding *out, int64_t n)
{
    *out = (kxi_binding){ .kind = KXI_BIND_NUMBER, .number = kxi_num_int(n) };
    return KX_OK;
}

static kx_status
ask_name(void *user, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out, kxi_diag *d)
{
    (void)user;
    if (parts == 1 && kxi_str_is(path[0], "fails"))
        return KXI_FAIL(d, INTERNAL, place, KXI_A_CSTR("on purpose"));
    if (parts == 1 && kxi_str_is(path[0], "served"))
        return give_number(out, 7);
    if (parts == 1 && kxi_str_is(path[0], "word")) {
        *out = (kxi_binding){ .kind = KXI_BIND_TEXT, .text = KXI_STR("word") };
        return KX_OK;
    }
    return KX_E_NOTFOUND;
}

static kx_status
ask_call(void *user, kxi_str function, const kxi_ast *const *args, size_t count, kxi_place place, kxi_binding *out,
         kxi_diag *d)
{
    struct asked *a = user;
    (void)args;
    a->function = function;
    a->calls++;
    if (kxi_str_is(function, "wrong"))
        return KXI_FAIL(d, INTERNAL, place, KXI_A_CSTR("on purpose"));
    if (kxi_str_is(function, "coverage") || kxi_str_is(function, "cohort.rank"))
        return give_number(out, (int64_t)count);
    if (kxi_str_is(function, "abs")) /* the scope goes before the language */
        return give_number(out, 1000);
    return KX_E_NOTFOUND;
}

static kx_status
ask_index(void *user, const kxi_str *path, size_t parts, const kxi_ast *key, kxi_place place, kxi_binding *out,
          kxi_diag *d)
{
    struct asked *a = user;
    (void)place;
    (void)d;
    a->index = path[parts - 1];
    a->key = kxi_ast_text(key);
    return kxi_str_is(path[0], "given") || kxi_str_is(path[0], "served") ? give_number(out, 5) : KX_E_NOTFOUND;
}

static const struct {
    const char *text;
    kx_status status;
    int64_t value;
    const char *function; /* last asked */
} scoped[] = {
    { "coverage(heads, township)", KX_OK, 2, "coverage" },
    { "coverage() + 1", KX_OK, 1, "coverage" },
    { "cohort.rank(total)", KX_OK, 1, "cohort.rank" },
    { "cohort . rank(total, 1, 2)", KX_OK, 3, "cohort.rank" },
    { "abs(-3)", KX_OK, 1000, "abs" },
    { "given[rater]", KX_OK, 5, NULL },
    { "served[rater] + served", KX_OK, 12, NULL },
    { "word.size()", KX_OK, 4, "word.size" },
    { "max(served, given[x], 6)", KX_OK, 7, "max" },
    { "wrong(1)", KX_E_UNSUPPORTED, 0, "wrong" },
    { "1 + fails", KX_E_UNSUPPORTED, 0, NULL },
    { "fails[1]", KX_E_UNSUPPORTED, 0, NULL },
    { "fails.size()", KX_E_UNSUPPORTED, 0, "fails.size" },
    { "unheard(1)", KX_E_SCHEME, 0, "unheard" },
    { "word[1]", KX_E_SCHEME, 0, NULL },
    { "(served).rank(1)", KX_E_SCHEME, 0, "served.rank" },
    { "'x'.rank(1)", KX_E_SCHEME, 0, NULL },
};

START_TEST(scope_case)
{
    struct kit kit;
    struct asked a = { 0 };
    kxi_scope scope = { &a, ask_name, ask_call, ask_index, NULL };
    const kxi_expr *e;
    kxi_num value;
    kit_init(&kit);
    kxi_compile c = { .arena = &kit.arena, .scope = &scope, .max_depth = 64, .max_digits = 100, .diag = &kit.diag };
    kx_status st = kxi_expr_compile_text(&c, kxi_str_of(scoped[_i].text), KXI_V_NULL, &e);
    ck_assert_msg(st == scoped[_i].status, "%s: %d %s", scoped[_i].text, (int)st, kit.err.message);
    ck_assert_int_eq(kit.err.status, st);
    if (st == KX_OK) {
        ck_assert(kxi_expr_constant_number(e, &value));
        ck_assert_msg(kxi_num_eq(value, kxi_num_int(scoped[_i].value)), "%s: %" PRId64, scoped[_i].text, value.n);
    }
    if (scoped[_i].function)
        assert_str(a.function, scoped[_i].function);
    else
        ck_assert_uint_eq(a.calls, 0);
    kit_free(&kit);
}
END_TEST

/* Without a scope there are still constants and functions. */
START_TEST(no_scope)
{
    struct kit kit;
    const kxi_expr *e;
    kxi_str text;
    kit_init(&kit);
    kxi_compile c = { .arena = &kit.arena, .max_depth = 64, .max_digits = 100, .diag = &kit.diag };
    ck_assert_int_eq(kxi_expr_compile_text(&c, KXI_STR("'a' + 'b'"), KXI_V_TEXT, &e), KX_OK);
    ck_assert(kxi_expr_constant_text(e, &text));
    assert_str(text, "ab");
    ck_assert_int_eq(kxi_expr_compile_text(&c, KXI_STR("abc"), KXI_V_TEXT, &e), KX_E_SCHEME);
    kit_free(&kit);
}
END_TEST

/* ---- what an expression tells of itself ---- */

static const struct {
    const char *text;
    const char *slots;         /* names of the columns it reads, in order of the columns */
    const char *above, *below; /* NULL: no quotient */
    bool is_slot, number, words;
} facts[] = {
    { "one", "one ", NULL, NULL, true, false, false },
    { "(one)", "one ", NULL, NULL, true, false, false },
    { "one / two", "one two ", "one", "two", false, false, false },
    { " (one + neg) / (two * 3) ", "one two neg ", "(one + neg)", "(two * 3)", false, false, false },
    { "1 / 3", "", NULL, NULL, false, true, false },
    { "one / two + 0", "one two ", NULL, NULL, false, false, false },
    { "two + one * two + zero", "one two zero ", NULL, NULL, false, false, false },
    { "true ? one : two", "one ", NULL, NULL, true, false, false },
    { "false && yes", "", NULL, NULL, false, false, false },
    { "one in [zero, 1] && nt == 'a'", "one zero nt ", NULL, NULL, false, false, false },
    { "2 * 21", "", NULL, NULL, false, true, false },
    { "'a' + \"b\"", "", NULL, NULL, false, false, true },
    { "null", "", NULL, NULL, false, false, false },
    { "1 / two", "two ", "1", "two", false, false, false },
};

START_TEST(facts_case)
{
    struct kit kit;
    struct fixture f;
    const kxi_expr *e, *above, *below;
    const uint32_t *slots;
    uint32_t slot;
    kxi_num number;
    kxi_str words;
    char names[256] = "";
    kit_init(&kit);
    fixture_single(&f, &kit);
    ck_assert_int_eq(fixture_compile(&f, facts[_i].text, KXI_V_NULL, &e), KX_OK);
    size_t count = kxi_expr_slots(e, &slots);
    for (size_t i = 0; i < count; i++) {
        ck_assert(i == 0 || slots[i - 1] < slots[i]);
        strcat(strcat(names, single_columns[slots[i]].name), " ");
    }
    ck_assert_str_eq(names, facts[_i].slots);
    ck_assert_int_eq(kxi_expr_is_slot(e, &slot), facts[_i].is_slot);
    ck_assert_int_eq(kxi_expr_constant_number(e, &number), facts[_i].number);
    ck_assert_int_eq(kxi_expr_constant_text(e, &words), facts[_i].words);
    ck_assert_int_eq(kxi_expr_quotient(e, &above, &below), facts[_i].above != NULL);
    if (facts[_i].above) {
        assert_str(kxi_expr_source_text(above), facts[_i].above);
        assert_str(kxi_expr_source_text(below), facts[_i].below);
    }
    kit_free(&kit);
}
END_TEST

/* The two sides of a quotient are expressions that run. */
START_TEST(quotient_runs)
{
    struct kit kit;
    struct fixture f;
    const kxi_expr *e, *above, *below;
    const char *text;
    kit_init(&kit);
    fixture_single(&f, &kit);
    ck_assert_int_eq(fixture_compile(&f, "(two + half_ * two) / (neg + micro)", KXI_V_NUMBER, &e), KX_OK);
    ck_assert(kxi_expr_quotient(e, &above, &below));
    ck_assert_int_eq(fixture_run(&f, above, &text), KX_OK);
    ck_assert_str_eq(text, "3");
    ck_assert_int_eq(fixture_run(&f, below, &text), KX_OK);
    ck_assert_str_eq(text, "-7.249999");
    ck_assert_int_eq(fixture_run(&f, e, &text), KX_OK);
    ck_assert_str_eq(text, "-3000000/7249999");
    assert_str(kxi_expr_source_text(e), "(two + half_ * two) / (neg + micro)");
    kit_free(&kit);
}
END_TEST

TCase *
scope_tests(void)
{
    TCase *t = tcase_create("scope");
    tcase_add_loop_test(t, definition_use, 0, COUNT(uses));
    tcase_add_loop_test(t, definition_misuse, 0, COUNT(misuses));
    tcase_add_test(t, one_warning);
    tcase_add_test(t, from_node);
    tcase_add_test(t, many_definitions);
    tcase_add_loop_test(t, scope_case, 0, COUNT(scoped));
    tcase_add_test(t, no_scope);
    tcase_add_loop_test(t, facts_case, 0, COUNT(facts));
    tcase_add_test(t, quotient_runs);
    return t;
}
